//! A run's evidence on disk: what was asked and answered, by which rules it was judged, and what came of it.
//!
//! ```text
//! run-2026-11-24T02-11-09Z/
//!   manifest.json          the run, its rules and parameters, what it reached, how it adds up, digest of every file below,
//!                          digest of the manifest of the run before it
//!   calls/<account>/<region>/<service>.ndjson.zst
//!   rules.ndjson.zst       the checks as they stood, so that the run can be judged again by its own rules
//!   criteria.ndjson.zst    the frameworks as they stood, for the same reason
//!   inputs.ndjson.zst      the user's own files and the dated data, as they were read
//!   governance.ndjson.zst  what people state: waivers, attestations, responses, as they were read
//!   verdicts.ndjson.zst
//!   results.ndjson.zst     what each criterion came to, so that a history need not roll up again
//!   report.html  report.json
//!   SHA256SUMS  manifest.dsse.json  timestamp.tsr    what vouches for it: see [`sign`]
//! ```

pub mod chain;
pub mod corroborate;
pub mod handover;
pub mod manifest;
pub mod memory;
pub mod packed;
mod read;
pub mod redaction;
pub mod sign;
mod unpack;
pub mod verify;
mod write;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use manifest::{FileDigest, MANIFEST, Manifest, SCHEMA};
pub use read::{Bundle, Files, Folder};
pub use write::{Lines, Writer, digest};

/// Name of the verdicts' file.
pub const VERDICTS: &str = "verdicts.ndjson.zst";

/// Name of the file that says what each criterion came to.
pub const RESULTS: &str = "results.ndjson.zst";

/// Name of the rules' file.
pub const RULES: &str = "rules.ndjson.zst";

/// Name of the frameworks' file.
pub const CRITERIA: &str = "criteria.ndjson.zst";

/// Name of the file that holds what the user's own files said.
pub const INPUTS: &str = "inputs.ndjson.zst";

/// Name of the file that holds what people state.
pub const GOVERNANCE: &str = "governance.ndjson.zst";

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
    /// What is named as the run before this one cannot be that.
    #[error("{path} cannot be the run before this one: {what}")]
    NotPrevious {
        /// Bundle or manifest.
        path: PathBuf,
        /// Why not.
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
            Self::NotPrevious { .. } => {
                "name the bundle, or its manifest.json, of an earlier run of this account, or leave --previous out"
            }
            Self::Nothing(_) => "scan again",
        }
    }
}
