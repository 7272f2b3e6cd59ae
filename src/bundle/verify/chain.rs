//! The chain: each run names the manifest of the run before it, so that none can be left out or exchanged unnoticed.

use std::path::Path;

use super::{Brought, Fault, Lying, Step};
use crate::bundle::digest;
use crate::bundle::{BundleError, Files, Folder, MANIFEST, Manifest};

const NAME: &str = "chain";

/// An earlier bundle, as far as the chain needs it.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Where it is.
    pub place: String,
    sha256: String,
    manifest: Manifest,
}

impl Earlier {
    /// Reads the manifest in a folder.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(folder: &Path) -> Result<Self, BundleError> {
        let files = Folder(folder.to_owned());
        let Some(text) = files.read(MANIFEST)? else {
            return Err(BundleError::NoManifest(files.name()));
        };
        let manifest = super::manifest(Some(&text)).map_err(|fault| BundleError::Damaged {
            file: format!("{}/{}", files.name(), fault.file),
            what: fault.what,
        })?;
        // Without its names, a run goes by the digest it had with them.
        let redaction = manifest.run.redaction.as_ref();
        Ok(Self {
            place: files.name(),
            sha256: redaction.map_or_else(|| digest(&text).sha256, |it| it.of_manifest.clone()),
            manifest,
        })
    }
}

/// The run that a run says it follows, and the digest of its manifest.
fn before(manifest: &Manifest) -> Option<(&str, &str)> {
    let previous = manifest.previous()?;
    Some((&previous.run, &previous.manifest_sha256))
}

impl<F: Files> Lying<'_, F> {
    /// The run before this one is the one that this one followed; and so on, as far as the bundles reach.
    pub(super) fn chain(&self, brought: &Brought) -> Step {
        let Ok(manifest) = &self.manifest else {
            return Step::not(NAME, "there is no manifest to go by");
        };
        let Some((run, _)) = before(manifest) else {
            return match brought.previous.first() {
                Some(named) => {
                    let what = format!("it follows no run, and {} was named", named.place);
                    Step::looked(NAME, "", vec![Fault::of(MANIFEST, what)])
                }
                None => Step::not(NAME, "it names no run before it"),
            };
        };
        let all: Vec<&Earlier> = brought.previous.iter().chain(&brought.beside).collect();
        let mut links: Vec<&Earlier> = Vec::new();
        let mut faults = Vec::new();
        let mut current = manifest;
        while let Some((run, sha256)) = before(current) {
            let same = |one: &&&Earlier| one.sha256 == sha256;
            let namesake = |one: &&&Earlier| one.manifest.run.id == run;
            if let Some(found) = all.iter().find(same) {
                // A manifest cannot hold its own digest, so there are no circles.
                links.push(found);
                current = &found.manifest;
                continue;
            }
            if let Some(other) = all.iter().find(namesake) {
                let what = format!(
                    "{} followed a {run} with another manifest: {sha256}, not {}",
                    current.run.id, other.sha256
                );
                faults.push(Fault::of(&format!("{}/{MANIFEST}", other.place), what));
            }
            break;
        }
        let linked = |named: &&Earlier| links.iter().any(|link| link.sha256 == named.sha256);
        for named in brought.previous.iter().filter(|named| !linked(named)) {
            let what = format!(
                "it does not follow {} ({})",
                named.manifest.run.id, named.place
            );
            if faults.is_empty() {
                faults.push(Fault::of(MANIFEST, what));
            }
        }
        if !faults.is_empty() {
            return Step::looked(NAME, "", faults);
        }
        match links.last() {
            Some(last) => Step::looked(
                NAME,
                format!(
                    "it follows {run}, and the chain holds over {} earlier runs, back to {}",
                    links.len(),
                    last.manifest.run.id
                ),
                Vec::new(),
            ),
            None => Step::not(
                NAME,
                format!("it follows {run}, which is not beside it: name it with --previous"),
            ),
        }
    }
}
