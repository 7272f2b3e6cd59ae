//! A run's evidence on disk: what was asked and answered, by which rules it was judged, and what came of it.
//!
//! ```text
//! run-2026-11-24T02-11-09Z/
//!   manifest.json          the run, its rules and parameters, digest of every file below
//!   calls/<account>/<region>/<service>.ndjson.zst
//!   rules.ndjson.zst       the checks as they stood, so that the run can be judged again by its own rules
//!   criteria.ndjson.zst    the frameworks as they stood, for the same reason
//!   inputs.ndjson.zst      the user's own files and the dated data, as they were read
//!   governance.ndjson.zst  what people state: waivers, attestations, responses, as they were read
//!   verdicts.ndjson.zst
//!   report.html  report.json
//!   SHA256SUMS  manifest.dsse.json  timestamp.tsr    what vouches for it: see [`sign`]
//! ```

mod read;
pub mod sign;
pub mod verify;
mod write;

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::inventory::run::Run;

pub use read::{Bundle, Files, Folder};
pub use write::{Writer, digest};

/// What a bundle's manifest calls its own form.
pub const SCHEMA: &str = "tieout-bundle/1";

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// Name of the verdicts' file.
pub const VERDICTS: &str = "verdicts.ndjson.zst";

/// Name of the rules' file.
pub const RULES: &str = "rules.ndjson.zst";

/// Name of the frameworks' file.
pub const CRITERIA: &str = "criteria.ndjson.zst";

/// Name of the file that holds what the user's own files said.
pub const INPUTS: &str = "inputs.ndjson.zst";

/// Name of the file that holds what people state.
pub const GOVERNANCE: &str = "governance.ndjson.zst";

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// The run.
    pub run: Run,
    /// The calls its plan allowed, as `service:Operation`.
    pub plan: Vec<String>,
    /// SHA-256 of each check's file.
    pub rules: BTreeMap<String, String>,
    /// Parameters that differ from the checks' own: check, name, value.
    pub parameters: BTreeMap<String, BTreeMap<String, toml::Value>>,
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

/// A check as it stood when the run was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Where it was read from.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// A file of criteria as it stood when the run was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// Where it was read from.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// A file of the user's, or the dated data, as it stood when the run was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Key under `[inputs]` in `tieout.toml`.
    pub key: String,
    /// Where it was read from.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// A record of people's: a waiver, an attestation, a response, as it stood when the run was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Governed {
    /// What it is: `waivers`, `attestations`, `responses`, `limits`.
    pub kind: String,
    /// Where it was read from.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// Why a bundle cannot be written or read.
#[derive(Debug, Error)]
pub enum BundleError {
    /// The operating system refuses to write.
    #[error("{path} cannot be written: {error}")]
    Unwritable {
        /// File or folder.
        path: PathBuf,
        /// What it said.
        error: std::io::Error,
    },
    /// The operating system refuses to read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// File or folder.
        path: PathBuf,
        /// What it said.
        error: std::io::Error,
    },
    /// There is no manifest.
    #[error("{0} is not a bundle: it holds no {MANIFEST}")]
    NoManifest(String),
    /// The manifest is of another tool or version.
    #[error("{0} is not a bundle of this tool: its manifest says {1} where {SCHEMA:?} belongs")]
    Foreign(String, String),
    /// A file differs from its digest, is missing, or cannot be read.
    #[error("the bundle is damaged: {file}: {what}")]
    Damaged {
        /// The file, within the bundle.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// The run was killed before there was anything to judge.
    #[error("{0} is what a run left that was killed before it had read anything")]
    Nothing(String),
}

impl BundleError {
    /// What to do next.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unwritable { .. } => {
                "check that there is room and that you may write there, or name another folder with --out"
            }
            Self::Unreadable { .. } | Self::NoManifest(_) | Self::Foreign(..) => {
                "name the folder that a scan wrote (it holds manifest.json and calls/)"
            }
            Self::Damaged { .. } => {
                "get the bundle again from where it was made; what it says now proves nothing"
            }
            Self::Nothing(_) => "scan again",
        }
    }
}
