//! Whether a bundle is what its run left: what can be told without performing the scan again.
//!
//! [`Bundle::open`](super::Bundle::open) stops at the first thing that is wrong, because nothing may be built on a damaged
//! bundle. Here everything is looked at to the end and every fault is named, because somebody wants to know what was
//! touched. Each [`Step`] says what it verified, what is wrong, or why it could not tell; a step never guesses.

mod calls;
mod chain;
mod files;
pub mod handed;
mod signature;
mod stamp;

use std::borrow::Cow;

use serde::Serialize;

use super::sign::PublicKey;
use super::sign::timestamp::trust::Anchors;
use super::{BundleError, Files, MANIFEST, Manifest, SCHEMA};

pub use chain::Earlier;

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It was looked at and holds.
    Verified,
    /// It does not hold.
    Failed,
    /// It could not be looked at, or there is nothing to look at.
    NotVerified,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file, within the bundle.
    pub file: String,
    /// The line of it, from 1, decompressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What is wrong.
    pub what: String,
}

impl Fault {
    /// A fault of a whole file.
    pub fn of(file: &str, what: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            what: what.into(),
        }
    }

    /// A fault of a line.
    pub fn at(file: &str, line: u64, what: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            ..Self::of(file, what)
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Which.
    pub name: &'static str,
    /// What it came to.
    pub standing: Standing,
    /// What was verified, or why not, in words.
    pub what: String,
    /// What is wrong, all of it.
    pub faults: Vec<Fault>,
}

impl Step {
    /// A step that holds, unless there are faults.
    pub fn looked(name: &'static str, what: impl Into<String>, faults: Vec<Fault>) -> Self {
        let standing = if faults.is_empty() {
            Standing::Verified
        } else {
            Standing::Failed
        };
        let what = match standing {
            Standing::Failed if faults.len() == 1 => "1 fault".to_owned(),
            Standing::Failed => format!("{} faults", faults.len()),
            Standing::Verified | Standing::NotVerified => what.into(),
        };
        Self {
            name,
            standing,
            what,
            faults,
        }
    }

    /// A step that could not be taken.
    pub fn not(name: &'static str, why: impl Into<String>) -> Self {
        Self {
            name,
            standing: Standing::NotVerified,
            what: why.into(),
            faults: Vec::new(),
        }
    }
}

/// What whoever verifies brings along.
#[derive(Debug, Default)]
pub struct Brought {
    /// Keys, one of which must have signed.
    pub keys: Vec<PublicKey>,
    /// Authorities, one of which must stand behind the timestamp.
    pub anchors: Option<Anchors>,
    /// Earlier bundles: named ones.
    pub previous: Vec<Earlier>,
    /// Earlier bundles that lie beside.
    pub beside: Vec<Earlier>,
    /// Whether an unsigned bundle is a fault.
    pub require_signature: bool,
    /// Whether a bundle without a timestamp is a fault.
    pub require_timestamp: bool,
}

/// A bundle as it lies there, sound or not.
#[derive(Debug)]
pub struct Lying<'a, F> {
    files: &'a F,
    names: Vec<String>,
    /// The manifest, or why there is none to go by.
    pub manifest: Result<Manifest, Fault>,
}

impl<'a, F: Files> Lying<'a, F> {
    /// Looks at what is there.
    ///
    /// # Errors
    /// When the folder cannot be read, or is no bundle at all: it holds neither a manifest nor anything that vouches for one.
    pub fn find(files: &'a F) -> Result<Self, BundleError> {
        let names = files.names()?;
        let text = files.read(MANIFEST)?.map(Cow::into_owned);
        if text.is_none() && !names.iter().any(|name| super::sign::vouches(name)) {
            return Err(BundleError::NoManifest(files.name()));
        }
        let manifest = manifest(text.as_deref());
        Ok(Self {
            files,
            names,
            manifest,
        })
    }

    /// Every step that needs no replay, in the order in which they build on each other.
    /// `redactable` says of a call, by service and operation, whether its answers may have been redacted.
    pub fn steps(&self, brought: &Brought, redactable: &dyn Fn(&str, &str) -> bool) -> Vec<Step> {
        let steps = [
            self.about_manifest(),
            self.digests(),
            self.merkle(),
            self.sums(),
            self.signature(brought),
            self.timestamp(brought),
            self.chain(brought),
            self.calls(redactable),
        ];
        steps.into_iter().chain(self.redaction()).collect()
    }

    /// That names were taken out, where they were: what that leaves nobody to verify but who has the key.
    fn redaction(&self) -> Option<Step> {
        let redaction = self.manifest.as_ref().ok()?.run.redaction.as_ref()?;
        let what = format!(
            "{} are replaced by pseudonyms under the key {}; that these answers are the ones that arrived, but for that, shows who \
             has the run's own bundle and the key, and exports it again: the bytes are the same",
            redaction.words(),
            redaction.key
        );
        Some(Step::not("redaction", what))
    }

    /// The bytes of a file, or the fault that there are none.
    fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>, Fault> {
        bytes(self.files, name)
    }

    fn about_manifest(&self) -> Step {
        match &self.manifest {
            Ok(manifest) => Step::looked(
                "manifest",
                format!(
                    "{}, recorded by tieout {}",
                    manifest.run.id, manifest.run.tool
                ),
                Vec::new(),
            ),
            Err(fault) => Step::looked("manifest", "", vec![fault.clone()]),
        }
    }
}

/// The bytes of a file, or the fault that there are none.
fn bytes<F: Files>(files: &F, name: &str) -> Result<Cow<'static, [u8]>, Fault> {
    match files.read(name) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => Err(Fault::of(name, "it is missing")),
        Err(BundleError::Damaged { file, what }) => Err(Fault::of(&file, what)),
        Err(error) => Err(Fault::of(name, error.to_string())),
    }
}

fn manifest(text: Option<&[u8]>) -> Result<Manifest, Fault> {
    let wrong = |what: String| Fault::of(MANIFEST, what);
    let text = text.ok_or_else(|| wrong("it is missing".to_owned()))?;
    let manifest: Manifest = serde_json::from_slice(text)
        .map_err(|error| wrong(format!("it does not read: {error}")))?;
    if manifest.schema != SCHEMA {
        return Err(wrong(format!(
            "it says {:?} where {SCHEMA:?} belongs",
            manifest.schema
        )));
    }
    if manifest.files.is_empty() && !manifest.run.partial {
        return Err(wrong(
            "it holds no digests, and says that the run came to its end".to_owned(),
        ));
    }
    Ok(manifest)
}
