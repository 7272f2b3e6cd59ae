//! The document of a statement, held against the digest that the statement gives.
//!
//! It is read once, when the run is made, and the digest that it has then is kept in the bundle: a replay reads no document.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use super::{Compared, Statement};
use crate::complaint::{self, Complaint};

/// What a document was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Its SHA-256, hexadecimal.
    Sha256(String),
    /// Why it could not be read.
    Unread(String),
}

impl Found {
    /// As a bundle keeps it: `sha256 9f86…`, `unread …`.
    pub fn text(&self) -> String {
        match self {
            Self::Sha256(sha256) => format!("sha256 {sha256}"),
            Self::Unread(why) => format!("unread {why}"),
        }
    }
}

/// The same from a bundle, with the name of the statement's file.
pub fn kept(file: &complaint::File, complaints: &mut Vec<Complaint>) -> Option<(String, Found)> {
    let found = match file.text.split_once(' ') {
        Some(("sha256", sha256)) => Some(Found::Sha256(sha256.to_owned())),
        Some(("unread", why)) => Some(Found::Unread(why.to_owned())),
        Some(_) | None => None,
    };
    if found.is_none() {
        let what = "this does not say what a document was found to be";
        let help = "use the version of Tieout that wrote it";
        complaints.push(Complaint::new(file, 0..0, what, help));
    }
    Some((file.name.to_string(), found?))
}

/// What the documents were found to be, by the file of the statement.
pub type Documents = BTreeMap<String, Found>;

/// Where the document is, if its location is a path: whatever has no scheme. A statement's document that was moved away must not
/// pass for one that is kept elsewhere, so it does not matter whether there is such a file.
pub fn path(statement: &Statement) -> Option<PathBuf> {
    let location = &statement.document.location;
    if has_scheme(location) {
        return None;
    }
    let base = Path::new(&statement.file).parent().unwrap_or(Path::new(""));
    Some(base.join(location))
}

/// `https://…`, `s3://…`, `paper:safe 4`; not `C:\…`, whose scheme would have one letter.
fn has_scheme(location: &str) -> bool {
    location.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// Reads the document of each statement whose location is a path.
pub fn find(statements: &[Statement]) -> Documents {
    let read = |statement: &Statement| Some((statement.file.clone(), found(&path(statement)?)));
    statements.iter().filter_map(read).collect()
}

fn found(path: &Path) -> Found {
    match digest(path) {
        Ok(sha256) => Found::Sha256(sha256),
        Err(error) => Found::Unread(error.to_string()),
    }
}

/// SHA-256 of a file, hexadecimal.
///
/// # Errors
/// What the system says where it cannot be read.
pub fn digest(path: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut reader = BufReader::new(File::open(path)?);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        digest.update(bytes);
        let read = bytes.len();
        reader.consume(read);
    }
    Ok(hexadecimal(&digest.finalize()))
}

/// Enters into the statements what their documents were found to be.
pub fn compare(statements: &mut [Statement], documents: &Documents) {
    for statement in statements {
        let stated = &statement.document.sha256;
        statement.document.compared = match documents.get(&statement.file) {
            Some(Found::Sha256(sha256)) if sha256 == stated => Compared::Same,
            Some(Found::Sha256(sha256)) => Compared::Differs {
                sha256: sha256.clone(),
            },
            Some(Found::Unread(why)) => Compared::Unread { why: why.clone() },
            None if path(statement).is_none() => Compared::NotCompared,
            None => Compared::Unread {
                why: "the run did not keep what it found there".to_owned(),
            },
        };
    }
}
