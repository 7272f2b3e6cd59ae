//! Who vouches for a bundle, and since when: digests that any tool can check, a signature over them, a time of
//! somebody else's clock.
//!
//! ```text
//! SHA256SUMS           digest of every file, the manifest's too, as `sha256sum -c` reads it
//! manifest.dsse.json   DSSE envelope over an in-toto statement that names the files by digest, Ed25519
//! timestamp.tsr        RFC 3161 answer over the envelope, or over SHA256SUMS where there is none
//! ```
//!
//! None of the three is in the manifest: they are made after it, and may be made long after it.
//! <https://github.com/secure-systems-lab/dsse/blob/master/protocol.md>,
//! <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>

pub mod envelope;
pub mod guide;
pub mod key;
pub mod statement;
pub mod sums;
pub mod timestamp;

use std::fs;
use std::io;
use std::path::Path;

use super::{BundleError, MANIFEST, Manifest};

pub use key::{KeyError, PrivateKey, PublicKey};

/// Name of the file of digests.
pub const SUMS: &str = "SHA256SUMS";

/// Name of the envelope.
pub const ENVELOPE: &str = "manifest.dsse.json";

/// Name of the timestamp.
pub const TIMESTAMP: &str = "timestamp.tsr";

/// Whether a file vouches for the bundle and so is not among what its manifest names.
pub fn vouches(name: &str) -> bool {
    [SUMS, ENVELOPE, TIMESTAMP].contains(&name)
}

/// What is to be signed in a bundle that has been sealed.
#[derive(Debug)]
pub struct Unsigned {
    /// The statement, as it stands in the envelope.
    pub payload: Vec<u8>,
}

impl Unsigned {
    /// States what a sealed bundle holds, on behalf of a key. `limit` is the most bytes that the key can sign at once; a
    /// statement that would be longer names the manifest and `SHA256SUMS` alone, which name all the others.
    ///
    /// # Errors
    /// When the bundle cannot be read or was never sealed.
    pub fn of(folder: &Path, key: &PublicKey, limit: Option<usize>) -> Result<Self, BundleError> {
        let (manifest, text) = sealed(folder)?;
        let sums = sums::of(&manifest, &text);
        let written = read(folder, SUMS)?;
        if written != sums.as_bytes() {
            return Err(BundleError::Damaged {
                file: SUMS.to_owned(),
                what: "it does not list what the manifest lists, so it is not signed".to_owned(),
            });
        }
        let state = |every_file| {
            statement::payload(&manifest, &text, &written, key, every_file)
                .map_err(|error| unwritable(folder, ENVELOPE, error.into()))
        };
        let whole = state(true)?;
        let fits = limit.is_none_or(|limit| envelope::pae(&whole).len() <= limit);
        let payload = if fits { whole } else { state(false)? };
        Ok(Self { payload })
    }

    /// The bytes that are signed.
    pub fn message(&self) -> Vec<u8> {
        envelope::pae(&self.payload)
    }

    /// Writes the envelope into the bundle: a new file, or one that takes the place of another envelope.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(
        &self,
        folder: &Path,
        key: &PublicKey,
        signature: &[u8],
    ) -> Result<(), BundleError> {
        let text = envelope::text(&self.payload, &key.id(), signature)
            .map_err(|error| unwritable(folder, ENVELOPE, error.into()))?;
        put(folder, ENVELOPE, &text)
    }
}

/// What a timestamp is asked for: the envelope, or `SHA256SUMS` where the bundle is not signed.
///
/// # Errors
/// When it cannot be read.
pub fn stamped(folder: &Path) -> Result<Vec<u8>, BundleError> {
    if folder.join(ENVELOPE).exists() {
        read(folder, ENVELOPE)
    } else {
        read(folder, SUMS)
    }
}

/// Writes one of the files that vouch, whole or not at all.
///
/// # Errors
/// When it cannot be written.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
    let aside = folder.join(format!("{name}.new"));
    fs::write(&aside, bytes)
        .and_then(|()| fs::rename(&aside, folder.join(name)))
        .map_err(|error| unwritable(folder, name, error))
}

fn unwritable(folder: &Path, name: &str, error: io::Error) -> BundleError {
    BundleError::Unwritable {
        path: folder.join(name),
        error,
    }
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, BundleError> {
    let path = folder.join(name);
    fs::read(&path).map_err(|error| BundleError::Unreadable { path, error })
}

/// A sealed bundle's manifest, and its bytes.
fn sealed(folder: &Path) -> Result<(Manifest, Vec<u8>), BundleError> {
    let text = read(folder, MANIFEST)?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| BundleError::Damaged {
            file: MANIFEST.to_owned(),
            what: error.to_string(),
        })?;
    if manifest.files.is_empty() {
        return Err(BundleError::Damaged {
            file: MANIFEST.to_owned(),
            what: "it holds no digests: the run was killed, and there is nothing to sign"
                .to_owned(),
        });
    }
    Ok((manifest, text))
}
