//! What a bundle says of itself: the run, by what it was judged, what was reached and what was not, how all adds up, and the
//! digest of every other file.
//!
//! `manifest.json` is this value; `schemas/manifest.v1.schema.json` is the frozen copy of its names. What could not be known is
//! absent, and a bundle that was recorded before a part was kept has not that part: [`Manifest::lacks`] says which.
//!
//! Whatever follows from the bundle's other files (counts, gaps, digests of rows) is worked out anew by each replay, so that whoever
//! verifies can hold one against the other. What only the run could know (who, where, by which build, under which
//! configuration) a replay takes over from the original, and says in `replay` that it is one.

mod counts;
pub mod merkle;
mod rules;
mod scope;
mod seen;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::inventory::run::{Previous, Run, Tool};

pub use counts::{
    Calls, CheckCounts, Evidence, Outcomes, PopulationCounts, Populations, ServiceCalls,
};
pub use rules::{Configuration, FileSha256, Parameter, Rulepack, SetBy};
pub use scope::{Declared, Gap, NotReached, Reached, Scope};
pub use seen::Seen;

/// What a bundle's manifest calls its own form.
pub const SCHEMA: &str = "tieout-bundle/1";

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The run: who, when, by which build, after which other run.
    pub run: Run,
    /// Says that this is a replay, and of what. None of a scan.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub replay: Option<Replay>,
    /// What was asked for, and what was reached.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scope: Option<Scope>,
    /// What could not be read, the gap that leaves most undecided first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub gaps: Option<Vec<Gap>>,
    /// How the calls came out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub calls: Option<Calls>,
    /// How much evidence there is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub evidence: Option<Evidence>,
    /// The arithmetic of each check that was judged, by id.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub checks: Option<Vec<CheckCounts>>,
    /// The populations, and the digest of each one's members.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub populations: Option<Populations>,
    /// The calls its plan allowed, as `service:Operation`.
    pub plan: Vec<String>,
    /// SHA-256 of the file of each check that was judged.
    pub rules: BTreeMap<String, String>,
    /// The same in one digest, with the checks that were left out, and the digests of what else it was judged by.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rulepack: Option<Rulepack>,
    /// What the run was told to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub configuration: Option<Configuration>,
    /// Parameters that the user set: check, name, value.
    pub parameters: BTreeMap<String, BTreeMap<String, toml::Value>>,
    /// Every parameter of the checks that were judged, with its default and who set it: check, name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub parameters_in_force: Option<BTreeMap<String, BTreeMap<String, Parameter>>>,
    /// Root of the [Merkle tree](merkle) over `files`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub merkle_root: Option<String>,
    /// Every other file of the bundle. Empty while the run goes on, and in a bundle whose run was killed.
    pub files: BTreeMap<String, FileDigest>,
}

/// Size and digest of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// Of what a bundle is a replay, and by which build.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replay {
    /// Name of the run whose answers were replayed.
    pub of: String,
    /// SHA-256 of the manifest of the bundle they were read from, hexadecimal.
    pub manifest_sha256: String,
    /// The build that replayed and judged.
    pub tool: Tool,
}

impl Manifest {
    /// Whether it is the final one, with the digest of every file. That of a run that was killed is not.
    pub fn is_sealed(&self) -> bool {
        !self.files.is_empty()
    }

    /// SHA-256 of every other file by its name, hexadecimal.
    pub fn digests(&self) -> BTreeMap<String, String> {
        let files = self.files.iter();
        files
            .map(|(name, digest)| (name.clone(), digest.sha256.clone()))
            .collect()
    }

    /// The run before it, where it follows one and knows.
    pub fn previous(&self) -> Option<&Previous> {
        self.run.origin.as_ref()?.previous.as_ref()
    }

    /// What it does not tell, because the bundle was recorded before that was kept; in words, in order. Empty: it tells all.
    pub fn lacks(&self) -> Vec<&'static str> {
        [
            (
                self.run.origin.is_none(),
                "who started the run, on which machine and by which build",
            ),
            (self.configuration.is_none(), "its configuration"),
            (
                self.rulepack.is_none() || self.parameters_in_force.is_none(),
                "the digests of its criteria and inputs, and its parameters",
            ),
            (
                self.is_sealed() && (self.scope.is_none() || self.calls.is_none()),
                "what it reached",
            ),
            (
                self.is_sealed() && (self.checks.is_none() || self.populations.is_none()),
                "its counts",
            ),
            (
                self.is_sealed() && self.merkle_root.is_none(),
                "the Merkle root of its files",
            ),
        ]
        .into_iter()
        .filter_map(|(lacks, what)| lacks.then_some(what))
        .collect()
    }
}
