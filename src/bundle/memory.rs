//! A bundle that is nowhere on disk: what is made of another one on its way out of the house.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::write::{Lines, lines, sealed};
use super::{BundleError, Files, MANIFEST, Manifest, digest, sign};

/// Its files. A clone has the same ones.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Memory {
    /// Puts a file there.
    pub fn file(&self, name: &str, bytes: &[u8]) {
        self.held().insert(name.to_owned(), bytes.to_vec());
    }

    /// Puts the final manifest there, with the digest of every file and the one over them all, and the digests of all in `SHA256SUMS`.
    ///
    /// # Errors
    /// When the manifest does not go into JSON.
    pub fn seal(&self, manifest: Manifest) -> Result<(), BundleError> {
        let digests = {
            let held = self.held();
            let files = held
                .iter()
                .map(|(name, bytes)| (name.clone(), digest(bytes)));
            files.collect()
        };
        let (text, sums) =
            sealed(manifest, digests).map_err(|error| unwritable(MANIFEST, error))?;
        self.file(MANIFEST, &text);
        self.file(sign::SUMS, sums.as_bytes());
        Ok(())
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines for Memory {
    fn lines<T: Serialize>(
        &self,
        name: &str,
        written: impl IntoIterator<Item = T>,
    ) -> Result<(), BundleError> {
        let bytes = lines(Vec::new(), written).map_err(|error| unwritable(name, error))?;
        self.file(name, &bytes);
        Ok(())
    }
}

impl Files for Memory {
    fn name(&self) -> String {
        "the bundle without names".to_owned()
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        Ok(self.held().keys().cloned().collect())
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        Ok(self.held().get(name).map(|bytes| bytes.clone().into()))
    }
}

fn unwritable(name: &str, error: impl Into<std::io::Error>) -> BundleError {
    BundleError::Unwritable {
        path: PathBuf::from(name),
        error: error.into(),
    }
}
