//! What whoever verifies brings along: keys, authorities, earlier bundles.

use std::fs;
use std::path::{Path, PathBuf};

use super::Args;
use crate::bundle::MANIFEST;
use crate::bundle::sign::PublicKey;
use crate::bundle::sign::timestamp::trust::Anchors;
use crate::bundle::verify::{Brought, Earlier};
use crate::cli::output::Failure;
use crate::cli::sign::unfit;

impl Args {
    /// Reads what the flags name, so that a misspelt file is no verdict on the bundle.
    pub(super) fn brought(&self) -> Result<Brought, Failure> {
        let mut keys = Vec::new();
        for path in &self.keys {
            let place = path.display().to_string();
            let key = PublicKey::from_pem(&read(path)?);
            keys.push(key.map_err(|error| unfit(&place, &error))?);
        }
        let mut certificates = String::new();
        for path in &self.tsa_ca {
            certificates.push_str(&read(path)?);
            certificates.push('\n');
        }
        let anchors = if self.tsa_ca.is_empty() {
            None
        } else {
            let anchors = Anchors::from_pem(&certificates).map_err(|what| {
                let named: Vec<_> = self.tsa_ca.iter().map(|it| it.display().to_string()).collect();
                Failure::new(
                    format_args!("{}: {what}", named.join(", ")),
                    "ask the authority for its certificate in PEM, a file that begins with BEGIN CERTIFICATE",
                )
            })?;
            Some(anchors)
        };
        let mut previous = Vec::new();
        for folder in &self.previous {
            previous.push(Earlier::read(folder)?);
        }
        Ok(Brought {
            keys,
            anchors,
            previous,
            beside: beside(&self.bundle),
            require_signature: self.require_signature,
            require_timestamp: self.require_timestamp,
        })
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| {
        Failure::new(
            format_args!("{} cannot be read: {error}", path.display()),
            "check the path",
        )
    })
}

/// The bundles that lie beside one. They are offered to the chain, which takes the one whose digest it knows; so what is no
/// bundle, or cannot be read, is passed over.
pub(super) fn beside(bundle: &Path) -> Vec<Earlier> {
    let Ok(own) = bundle.canonicalize() else {
        return Vec::new();
    };
    let Some(Ok(entries)) = own.parent().map(fs::read_dir) else {
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| *path != own && path.join(MANIFEST).is_file())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|folder| Earlier::read(folder).ok())
        .collect()
}
