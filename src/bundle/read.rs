//! Reading a bundle: whole or not at all.

use std::borrow::Cow;
use std::fmt;
use std::fs;
use std::io::BufRead;
use std::path::{Component, Path, PathBuf};

use serde::de::DeserializeOwned;

use super::manifest::merkle;
use super::unpack;
use super::write::{digest, list};
use super::{
    BundleError, CRITERIA, Declared, GOVERNANCE, Governed, INPUTS, Input, MANIFEST, Manifest,
    RESULTS, RULES, Rule, SCHEMA, VERDICTS,
};
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
            Err(error) => Err(BundleError::Unreadable { path, error }),
        }
    }
}

/// A bundle that has been opened: its manifest is ours, and every file agrees with its digest.
#[derive(Debug)]
pub struct Bundle<F> {
    files: F,
    /// What it says of itself.
    pub manifest: Manifest,
    /// SHA-256 of the manifest as it stands, hexadecimal: by this, other runs name it.
    pub manifest_sha256: String,
}

impl<F: Files> Bundle<F> {
    /// Opens a bundle and holds every file against its digest. A bundle whose run was killed has no digests yet and is
    /// taken for what it is: partial.
    pub fn open(files: F) -> Result<Self, BundleError> {
        let bundle = Self::glance(files)?;
        for name in bundle.manifest.files.keys() {
            bundle.checked(name)?;
        }
        Ok(bundle)
    }

    /// Reads the manifest alone. A history of a year looks at hundreds of bundles, and needs of each the verdicts and not
    /// the answers: it reads what it needs with [`Bundle::checked`].
    pub fn glance(files: F) -> Result<Self, BundleError> {
        let Some(text) = files.read(MANIFEST)? else {
            return Err(BundleError::NoManifest(files.name()));
        };
        let value: serde_json::Value = serde_json::from_slice(&text)
            .map_err(|error| damaged(MANIFEST, format!("it is not JSON: {error}")))?;
        match value.get("schema") {
            Some(schema) if *schema == SCHEMA => {}
            Some(other) => return Err(BundleError::Foreign(files.name(), other.to_string())),
            None => return Err(BundleError::Foreign(files.name(), "nothing".to_owned())),
        }
        let manifest: Manifest =
            serde_json::from_value(value).map_err(|error| damaged(MANIFEST, error.to_string()))?;
        let bundle = Self {
            files,
            manifest,
            manifest_sha256: digest(&text).sha256,
        };
        if !bundle.is_sealed() && !bundle.manifest.run.partial {
            return Err(damaged(
                MANIFEST,
                "it holds no digests, and says that the run came to its end".to_owned(),
            ));
        }
        for name in bundle.manifest.files.keys() {
            if Path::new(name)
                .components()
                .any(|part| !matches!(part, Component::Normal(_)))
            {
                return Err(damaged(
                    MANIFEST,
                    format!("it names a file outside the bundle: {name}"),
                ));
            }
        }
        if let Some(root) = &bundle.manifest.merkle_root
            && merkle::root(&bundle.manifest.files).as_ref() != Some(root)
        {
            return Err(damaged(
                MANIFEST,
                "its Merkle root is not that of the files it names".to_owned(),
            ));
        }
        Ok(bundle)
    }

    /// A bundle taken as it lies there, whether or not its files agree with their digests: for somebody who has looked at those
    /// himself and wants to know what else is wrong.
    pub(crate) fn unheld(files: F, manifest: Manifest) -> Self {
        let manifest_sha256 = match files.read(MANIFEST) {
            Ok(Some(text)) => digest(&text).sha256,
            Ok(None) | Err(_) => String::new(),
        };
        Self {
            files,
            manifest,
            manifest_sha256,
        }
    }

    /// Where its files are.
    pub fn files(&self) -> &F {
        &self.files
    }

    /// The bytes of a file, held against its digest in the manifest.
    pub fn checked(&self, name: &str) -> Result<Cow<'static, [u8]>, BundleError> {
        let bytes = self.bytes(name)?;
        match self.manifest.files.get(name) {
            Some(expected) if digest(&bytes) != *expected => Err(damaged(
                name,
                "it differs from the digest in the manifest".to_owned(),
            )),
            Some(_) | None => Ok(bytes),
        }
    }

    /// The lines of a file, decompressed, as [`Bundle::checked`] reads it.
    pub fn checked_text(&self, name: &str) -> Result<Vec<u8>, BundleError> {
        unpack::all(&self.checked(name)?).map_err(|error| damaged(name, error.to_string()))
    }

    /// Whether its run came to write the final manifest, with the digest of every file. A run that was killed did not.
    pub fn is_sealed(&self) -> bool {
        self.manifest.is_sealed()
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
            attempts.extend(self.lines::<Attempt>(name)?);
        }
        Ok(attempts)
    }

    /// The rules the run was judged by: all, or an error. Fewer would judge, and pass, less than the run set out to.
    pub fn rules(&self) -> Result<Vec<Rule>, BundleError> {
        if !self.is_sealed() && self.files.read(RULES)?.is_none() {
            return Err(BundleError::Nothing(self.files.name()));
        }
        let rules: Vec<Rule> = self.lines(RULES)?;
        let kept = |id: &String| rules.iter().any(|rule| rule.id == *id);
        if self.manifest.rules.keys().all(kept) {
            Ok(rules)
        } else if self.is_sealed() {
            Err(damaged(
                RULES,
                "it lacks rules that the manifest names".to_owned(),
            ))
        } else {
            Err(BundleError::Nothing(self.files.name()))
        }
    }

    /// The criteria the run was judged by; none where it was recorded before they were kept. A run that has its rules has
    /// its criteria, because it writes them first.
    pub fn criteria(&self) -> Result<Option<Vec<Declared>>, BundleError> {
        let kept = if self.is_sealed() {
            self.manifest.files.contains_key(CRITERIA)
        } else {
            self.files.read(CRITERIA)?.is_some()
        };
        kept.then(|| self.lines(CRITERIA)).transpose()
    }

    /// What the user's own files said; nothing where the run was recorded before there were any.
    pub fn inputs(&self) -> Result<Vec<Input>, BundleError> {
        let kept = if self.is_sealed() {
            self.manifest.files.contains_key(INPUTS)
        } else {
            self.files.read(INPUTS)?.is_some()
        };
        if kept {
            self.lines(INPUTS)
        } else {
            Ok(Vec::new())
        }
    }

    /// What people stated; nothing where the run was recorded before statements were kept.
    pub fn governance(&self) -> Result<Vec<Governed>, BundleError> {
        let kept = if self.is_sealed() {
            self.manifest.files.contains_key(GOVERNANCE)
        } else {
            self.files.read(GOVERNANCE)?.is_some()
        };
        if kept {
            self.lines(GOVERNANCE)
        } else {
            Ok(Vec::new())
        }
    }

    /// The verdicts, decompressed: what a replay must equal, byte for byte. A run that was killed has none.
    pub fn verdicts(&self) -> Result<Option<Vec<u8>>, BundleError> {
        if !self.is_sealed() {
            return Ok(None);
        }
        unpack::all(&self.bytes(VERDICTS)?)
            .map(Some)
            .map_err(|error| damaged(VERDICTS, error.to_string()))
    }

    /// What each criterion came to, decompressed; none where the run did not keep it.
    pub fn results(&self) -> Result<Option<Vec<u8>>, BundleError> {
        if !self.manifest.files.contains_key(RESULTS) {
            return Ok(None);
        }
        unpack::all(&self.bytes(RESULTS)?)
            .map(Some)
            .map_err(|error| damaged(RESULTS, error.to_string()))
    }

    /// A report of that name, where the run wrote one.
    pub fn report(&self, name: &str) -> Result<Option<Vec<u8>>, BundleError> {
        let kept = self.manifest.files.contains_key(name);
        kept.then(|| self.bytes(name).map(Cow::into_owned))
            .transpose()
    }

    /// The bytes of a file. One that a sealed manifest does not know was put there later.
    fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>, BundleError> {
        if self.is_sealed() && !self.manifest.files.contains_key(name) {
            return Err(damaged(name, "the manifest does not know it".to_owned()));
        }
        self.files
            .read(name)?
            .ok_or_else(|| damaged(name, "it is missing".to_owned()))
    }

    fn lines<T: DeserializeOwned>(&self, name: &str) -> Result<Vec<T>, BundleError> {
        let bytes = self.bytes(name)?;
        let reader = unpack::reader(&bytes).map_err(|error| damaged(name, error.to_string()))?;
        let mut lines = Vec::new();
        for (n, line) in until_cut(reader, !self.is_sealed()).enumerate() {
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
fn until_cut(reader: impl BufRead, killed: bool) -> impl Iterator<Item = std::io::Result<String>> {
    let mut reader = reader;
    std::iter::from_fn(move || {
        let mut line = String::new();
        match reader.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) if killed && !line.ends_with('\n') => None,
            Ok(_) => Some(Ok(line)),
            Err(_) if killed => None,
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
