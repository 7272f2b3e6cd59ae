//! The in-toto statement: which files, by digest, and of which run.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{PublicKey, SUMS};
use crate::bundle::digest;
use crate::bundle::{MANIFEST, Manifest};

/// What every in-toto statement of version 1 calls itself.
pub const TYPE: &str = "https://in-toto.io/Statement/v1";

/// What the predicate is: that these files are the evidence of a run.
pub const PREDICATE: &str = "urn:tieout:bundle:v1";

/// The statement.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// [`TYPE`].
    #[serde(rename = "_type")]
    pub form: String,
    /// The files it speaks of.
    pub subject: Vec<Subject>,
    /// [`PREDICATE`].
    pub predicate_type: String,
    /// What it says of them.
    pub predicate: Predicate,
}

/// One file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Subject {
    /// Its name within the bundle.
    pub name: String,
    /// Its digest.
    pub digest: Sha256,
}

/// A digest, by its algorithm.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sha256 {
    /// Hexadecimal.
    pub sha256: String,
}

/// What is said of the files: they are the evidence of this run.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Predicate {
    /// The run's id.
    pub run: String,
    /// The tool that collected: name and version.
    pub tool: String,
    /// When the run started.
    pub started: Timestamp,
    /// When it had read everything.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub finished: Option<Timestamp>,
    /// Root of the Merkle tree over the files that the manifest names.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub merkle_root: Option<String>,
    /// The public key, SPKI in DER, in base64. It shows that the signature is whole; whose key it is, only somebody else can say.
    pub public_key: String,
}

/// The statement for a bundle, as bytes: about every file, or about the two that name all the others.
pub(super) fn payload(
    manifest: &Manifest,
    text: &[u8],
    sums: &[u8],
    key: &PublicKey,
    every_file: bool,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut named = vec![
        (MANIFEST.to_owned(), digest(text).sha256),
        (SUMS.to_owned(), digest(sums).sha256),
    ];
    if every_file {
        let files = manifest.files.iter();
        named.extend(files.map(|(name, file)| (name.clone(), file.sha256.clone())));
    }
    let statement = Statement {
        form: TYPE.to_owned(),
        subject: named
            .into_iter()
            .map(|(name, sha256)| Subject {
                name,
                digest: Sha256 { sha256 },
            })
            .collect(),
        predicate_type: PREDICATE.to_owned(),
        predicate: Predicate {
            run: manifest.run.id.clone(),
            tool: format!("tieout {}", manifest.run.tool),
            started: manifest.run.started,
            finished: manifest.run.finished,
            merkle_root: manifest.merkle_root.clone(),
            public_key: STANDARD.encode(key.der()),
        },
    };
    serde_json::to_vec(&statement)
}

impl Statement {
    /// Reads a payload.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(payload: &[u8]) -> Result<Self, String> {
        let read: Self = serde_json::from_slice(payload)
            .map_err(|error| format!("its payload is not a statement about a bundle: {error}"))?;
        if read.form != TYPE {
            return Err(format!("its payload is a {:?}, not {TYPE}", read.form));
        }
        if read.predicate_type != PREDICATE {
            return Err(format!(
                "its statement is of the kind {:?}, not {PREDICATE}",
                read.predicate_type
            ));
        }
        Ok(read)
    }

    /// The key it names itself.
    pub fn key(&self) -> Option<PublicKey> {
        let der = STANDARD.decode(&self.predicate.public_key);
        PublicKey::from_der(&der.ok()?).ok()
    }
}
