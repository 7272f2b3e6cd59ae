//! Reading a bundle: whole or not at all.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use zstd::stream::read::Decoder;

use super::write::{at, digest, list};
use super::{BundleError, MANIFEST, Manifest, RULES, Rule, SCHEMA, VERDICTS};
use crate::inventory::attempt::Attempt;

/// Where a bundle's files are: a folder, or the binary itself.
pub trait Files: fmt::Debug {
    /// What to call it in complaints.
    fn name(&self) -> String;
    /// The names of all files, in order.
    fn names(&self) -> Result<Vec<String>, BundleError>;
    /// The bytes of one; `None` if there is none of that name.
    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError>;
}

/// A bundle in a folder.
#[derive(Debug, Clone)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn name(&self) -> String {
        self.0.display().to_string()
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        let mut names = Vec::new();
        list(&self.0, &self.0, &mut names)?;
        Ok(names)
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        let path = self.0.join(Path::new(name));
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && self.0.is_dir() => {
                Ok(None)
            }
            Err(error) => Err(at(&path, error)),
        }
    }
}

/// A bundle that has been opened: its manifest is ours, and every file agrees with its digest.
#[derive(Debug)]
pub struct Bundle<F> {
    files: F,
    /// What it says of itself.
    pub manifest: Manifest,
}

impl<F: Files> Bundle<F> {
    /// Opens a bundle and holds every file against its digest. A bundle whose run was killed has no digests yet and is
    /// taken for what it is: partial.
    pub fn open(files: F) -> Result<Self, BundleError> {
        let Some(text) = files.read(MANIFEST)? else {
            return Err(BundleError::NoManifest(files.name()));
        };
        let value: serde_json::Value = serde_json::from_slice(&text)
            .map_err(|error| damaged(MANIFEST, format!("it is not JSON: {error}")))?;
        match value.get("schema").and_then(serde_json::Value::as_str) {
            Some(SCHEMA) => {}
            other => {
                return Err(BundleError::Foreign(
                    files.name(),
                    other.unwrap_or("nothing").to_owned(),
                ));
            }
        }
        let manifest: Manifest =
            serde_json::from_value(value).map_err(|error| damaged(MANIFEST, error.to_string()))?;
        for (name, expected) in &manifest.files {
            let bytes = files
                .read(name)?
                .ok_or_else(|| damaged(name, "it is missing".to_owned()))?;
            if digest(&bytes) != *expected {
                return Err(damaged(
                    name,
                    "it differs from the digest in the manifest".to_owned(),
                ));
            }
        }
        Ok(Self { files, manifest })
    }

    /// Every recorded attempt, in order of account, region, service and time.
    pub fn attempts(&self) -> Result<Vec<Attempt>, BundleError> {
        let mut attempts = Vec::new();
        for name in self
            .files
            .names()?
            .iter()
            .filter(|name| name.starts_with("calls/"))
        {
            // A file that a sealed manifest does not know was put there later.
            if !self.manifest.run.partial && !self.manifest.files.contains_key(name) {
                return Err(damaged(name, "the manifest does not know it".to_owned()));
            }
            attempts.extend(self.lines::<Attempt>(name)?);
        }
        Ok(attempts)
    }

    /// The rules the run was judged by.
    pub fn rules(&self) -> Result<Vec<Rule>, BundleError> {
        self.lines(RULES)
    }

    /// The verdicts, decompressed: what a replay must equal, byte for byte.
    pub fn verdicts(&self) -> Result<Vec<u8>, BundleError> {
        let bytes = self
            .files
            .read(VERDICTS)?
            .ok_or_else(|| damaged(VERDICTS, "it is missing".to_owned()))?;
        zstd::decode_all(&*bytes).map_err(|error| damaged(VERDICTS, error.to_string()))
    }

    fn lines<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, BundleError> {
        let bytes = self
            .files
            .read(name)?
            .ok_or_else(|| damaged(name, "it is missing".to_owned()))?;
        let decoder = Decoder::new(&*bytes).map_err(|error| damaged(name, error.to_string()))?;
        let mut lines = Vec::new();
        for (n, line) in until_cut(BufReader::new(decoder), self.manifest.run.partial).enumerate() {
            let line = line.map_err(|error| damaged(name, error.to_string()))?;
            match serde_json::from_str(&line) {
                Ok(value) => lines.push(value),
                Err(error) => return Err(damaged(name, format!("line {}: {error}", n + 1))),
            }
        }
        Ok(lines)
    }
}

/// The lines of a file. Where the run was killed while it wrote, the file ends within a frame, perhaps within a
/// line: what is whole counts, and the rest was never answered.
fn until_cut(
    reader: BufReader<impl Read>,
    partial: bool,
) -> impl Iterator<Item = std::io::Result<String>> {
    let mut reader = reader;
    std::iter::from_fn(move || {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) if partial && !line.ends_with('\n') => None,
            Ok(_) => Some(Ok(line)),
            Err(_) if partial => None,
            Err(error) => Some(Err(error)),
        }
    })
}

fn damaged(file: &str, what: String) -> BundleError {
    BundleError::Damaged {
        file: file.to_owned(),
        what,
    }
}
