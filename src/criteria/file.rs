//! A framework file as it is written, and what can be wrong with one.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::{Crosswalk, EvidenceKind};

/// The text of a file and what to call it.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path, as complaints show it. The last part says what the file is.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Something wrong in a framework file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The file's path.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            column,
            message,
            help,
        } = self;
        write!(out, "{file}:{line}:{column}: {message}\n  help: {help}")
    }
}

impl SourceFile {
    /// The file at `path`, which holds `bytes`.
    ///
    /// # Errors
    /// When it is not UTF-8.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Complaint> {
        let path = path.into();
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { path, text }),
            Err(_) => Err(Complaint {
                file: path,
                line: 1,
                column: 1,
                message: "the file is not UTF-8 text".into(),
                help: "save it as UTF-8".into(),
            }),
        }
    }

    /// The last part of the path.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path)
    }

    pub(super) fn sha256(&self) -> String {
        Sha256::digest(self.text.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// What is wrong so far.
#[derive(Default)]
pub(super) struct Complaints(pub(super) Vec<Complaint>);

impl Complaints {
    pub(super) fn add(
        &mut self,
        file: &SourceFile,
        at: Range<usize>,
        message: String,
        help: String,
    ) {
        let before = file.text.get(..at.start).unwrap_or(&file.text);
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |start| start.chars().count())
            + 1;
        self.0.push(Complaint {
            file: file.path.clone(),
            line,
            column,
            message,
            help,
        });
    }

    pub(super) fn parse<T: DeserializeOwned>(&mut self, file: &SourceFile) -> Option<T> {
        match toml::from_str(&file.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let help = "write it like the files in checks/criteria/".into();
                self.add(
                    file,
                    error.span().unwrap_or(0..0),
                    error.message().to_owned(),
                    help,
                );
                None
            }
        }
    }
}

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
}
