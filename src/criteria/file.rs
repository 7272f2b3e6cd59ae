//! A framework file as it is written.

use base16ct::lower::encode_string as hexadecimal;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::{Crosswalk, EvidenceKind};
use crate::complaint::File;

/// A framework, its criteria not yet joined with anything.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFramework {
    pub(super) id: Spanned<String>,
    pub(super) title: String,
    pub(super) sections: Vec<RawSection>,
    pub(super) criterion: Vec<RawCriterion>,
}

/// A heading and the codes under it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) title: Spanned<String>,
    pub(super) criteria: Vec<Spanned<String>>,
}

/// A criterion that names others, and attestations, by their ids.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCriterion {
    pub(super) code: Spanned<String>,
    pub(super) title: String,
    pub(super) statement: String,
    pub(super) evidence: EvidenceKind,
    pub(super) attestations: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) inherited: Vec<String>,
    pub(super) limits: String,
    pub(super) crosswalk: Option<Spanned<Crosswalk>>,
}

/// An attestation; its id is the name of its table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAttestation {
    pub(super) what: String,
    pub(super) document: String,
    pub(super) max_age_days: u32,
    pub(super) report_max_days: Option<u32>,
}

/// The last part of a file's path.
pub(super) fn name(file: &File) -> &str {
    file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name)
}

/// SHA-256 of its text, hexadecimal.
pub(super) fn sha256(file: &File) -> String {
    hexadecimal(&Sha256::digest(file.text.as_bytes()))
}
