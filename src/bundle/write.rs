//! Writing a bundle while the run goes on, so that a killed process leaves what it had.

mod streams;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base16ct::lower::encode_string as hexadecimal;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zstd::stream::write::Encoder;

use super::manifest::{Seen, merkle};
use super::{BundleError, FileDigest, MANIFEST, Manifest, sign};
use crate::inventory::attempt::{Attempt, Keep};
use streams::Streams;

/// Answers are repetitive text: higher levels cost time and save little.
const LEVEL: i32 = 6;

/// A bundle in the making.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    calls: Mutex<Calls>,
}

#[derive(Default)]
struct Calls {
    /// Attempts from before the folder was made.
    early: Vec<Attempt>,
    begun: bool,
    streams: Streams,
    seen: Seen,
    /// The first thing that went wrong; told when the calls are ended.
    failed: Option<BundleError>,
}

impl std::fmt::Debug for Calls {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Calls")
            .field("begun", &self.begun)
            .field("failed", &self.failed)
            .finish()
    }
}

impl Writer {
    /// A bundle to be. Nothing is on disk until [`Writer::begin`]: a scan that AWS turns away at the door leaves
    /// no folder behind.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            calls: Mutex::default(),
        }
    }

    /// Makes the folder and writes a first manifest into it, one that says the run is partial: true until it is
    /// sealed.
    pub fn begin(&self, manifest: &Manifest) -> Result<(), BundleError> {
        fs::create_dir_all(&self.folder).map_err(|error| at(&self.folder, error))?;
        let text =
            text_of(manifest).map_err(|error| at(&self.folder.join(MANIFEST), error.into()))?;
        self.manifest(&text)?;
        let early = {
            let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
            calls.begun = true;
            std::mem::take(&mut calls.early)
        };
        early.iter().for_each(|attempt| self.keep(attempt));
        Ok(())
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes a file whole.
    pub fn file(&self, name: &str, bytes: &[u8]) -> Result<(), BundleError> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| at(parent, error))?;
        }
        fs::write(&path, bytes).map_err(|error| at(&path, error))
    }

    /// Writes lines of JSON, compressed, as they come.
    pub fn lines<T: Serialize>(
        &self,
        name: &str,
        written: impl IntoIterator<Item = T>,
    ) -> Result<(), BundleError> {
        let path = self.folder.join(name);
        let write = || self::lines(File::create(&path)?, written)?.sync_all();
        write().map_err(|error| at(&path, error))
    }

    /// Ends the calls' files. Nothing can be kept after it. Tells what went wrong while keeping, if anything did.
    pub fn end_calls(&self) -> Result<(), BundleError> {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = calls.failed.take();
        let streams = std::mem::take(&mut calls.streams);
        // What was seen stays to be told, and an attempt that comes late is not kept.
        calls.begun = false;
        streams
            .end(&self.folder)
            .map_err(|(path, error)| at(&path, error))?;
        failed.map_or(Ok(()), Err)
    }

    /// What was seen of the attempts that were kept.
    pub fn seen(&self) -> Seen {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.seen.clone()
    }

    /// Writes the final manifest, with the digest of every file and the one over them all, and the digests of all in `SHA256SUMS`.
    pub fn seal(&self, manifest: Manifest) -> Result<(), BundleError> {
        let mut names = Vec::new();
        list(&self.folder, &self.folder, &mut names)?;
        let mut digests = BTreeMap::new();
        for name in names.into_iter().filter(|name| name != MANIFEST) {
            let path = self.folder.join(&name);
            let digest = digest(&fs::read(&path).map_err(|error| at(&path, error))?);
            digests.insert(name, digest);
        }
        let unwritten = |error: serde_json::Error| at(&self.folder.join(MANIFEST), error.into());
        let (text, sums) = sealed(manifest, digests).map_err(unwritten)?;
        self.manifest(&text)?;
        self.file(sign::SUMS, sums.as_bytes())
    }

    fn manifest(&self, text: &[u8]) -> Result<(), BundleError> {
        let path = self.folder.join(MANIFEST);
        // Written aside and renamed, so that there is never half a manifest.
        let aside = path.with_extension("json.new");
        fs::write(&aside, text)
            .and_then(|()| fs::rename(&aside, &path))
            .map_err(|error| at(&path, error))
    }
}

impl Lines for Writer {
    fn lines<T: Serialize>(
        &self,
        name: &str,
        written: impl IntoIterator<Item = T>,
    ) -> Result<(), BundleError> {
        Self::lines(self, name, written)
    }
}

/// Where lines of JSON can be put, compressed, as a file of a bundle.
pub trait Lines {
    /// Puts them there.
    ///
    /// # Errors
    /// When they cannot be written.
    fn lines<T: Serialize>(
        &self,
        name: &str,
        written: impl IntoIterator<Item = T>,
    ) -> Result<(), BundleError>;
}

/// Lines of JSON, compressed.
pub(super) fn lines<W: Write, T: Serialize>(
    out: W,
    written: impl IntoIterator<Item = T>,
) -> io::Result<W> {
    let mut encoder = Encoder::new(out, LEVEL)?;
    for line in written {
        serde_json::to_writer(&mut encoder, &line)?;
        encoder.write_all(b"\n")?;
    }
    encoder.finish()
}

/// The final manifest, with the digest of every file and the one over them all; and `SHA256SUMS`.
pub(super) fn sealed(
    mut manifest: Manifest,
    files: BTreeMap<String, FileDigest>,
) -> serde_json::Result<(Vec<u8>, String)> {
    manifest.files = files;
    manifest.merkle_root = merkle::root(&manifest.files);
    let text = text_of(&manifest)?;
    let sums = sign::sums::of(&manifest, &text);
    Ok((text, sums))
}

fn text_of(manifest: &Manifest) -> serde_json::Result<Vec<u8>> {
    let mut text = serde_json::to_vec_pretty(manifest)?;
    text.push(b'\n');
    Ok(text)
}

impl Keep for Writer {
    fn keep(&self, attempt: &Attempt) {
        let name = attempt.file();
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        if !calls.begun {
            calls.early.push(attempt.clone());
            return;
        }
        calls.seen.attempt(attempt);
        if let Err((path, error)) = calls.streams.append(&self.folder, &name, attempt) {
            calls.failed.get_or_insert(at(&path, error));
        }
    }
}

/// Every file below a folder, by its name within it.
pub(super) fn list(top: &Path, folder: &Path, names: &mut Vec<String>) -> Result<(), BundleError> {
    let unreadable = |error| BundleError::Unreadable {
        path: folder.to_owned(),
        error,
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            list(top, &path, names)?;
        } else if let Ok(name) = path.strip_prefix(top) {
            names.push(
                name.components()
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect::<Vec<_>>()
                    .join("/"),
            );
        }
    }
    names.sort();
    Ok(())
}

/// Size and SHA-256 of a file's bytes.
pub fn digest(bytes: &[u8]) -> FileDigest {
    FileDigest {
        bytes: bytes.len() as u64,
        sha256: hexadecimal(&Sha256::digest(bytes)),
    }
}

fn at(path: &Path, error: io::Error) -> BundleError {
    BundleError::Unwritable {
        path: path.to_owned(),
        error,
    }
}
