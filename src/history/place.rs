//! Where bundles are: a folder of folders, or a prefix of a bucket.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use super::s3::Prefix;
use super::{HistoryError, looks_like_a_run};
use crate::bundle::{BundleError, Files, Folder, MANIFEST, VERDICTS};

/// One bundle's place.
#[derive(Debug, Clone)]
pub enum Place {
    /// A folder.
    Folder(Folder),
    /// A prefix of a bucket.
    Bucket(Prefix),
}

impl Place {
    /// The bundle in a folder.
    pub fn folder(path: PathBuf) -> Self {
        Self::Folder(Folder(path))
    }
}

impl Files for Place {
    fn name(&self) -> String {
        match self {
            Self::Folder(folder) => folder.name(),
            Self::Bucket(prefix) => prefix.name(),
        }
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        match self {
            Self::Folder(folder) => folder.names(),
            Self::Bucket(prefix) => prefix.names(),
        }
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        match self {
            Self::Folder(folder) => folder.read(name),
            Self::Bucket(prefix) => prefix.read(name),
        }
    }
}

/// The bundles in a folder: its folders that hold a manifest, or that look as if they had held one. Others are none of
/// this tool's, and passed over.
///
/// # Errors
/// When the folder cannot be read.
pub fn bundles(folder: &Path) -> Result<Vec<Place>, HistoryError> {
    let unreadable = |error| BundleError::Unreadable {
        path: folder.to_owned(),
        error,
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let named = path
            .file_name()
            .is_some_and(|name| looks_like_a_run(&name.to_string_lossy()));
        if path.is_dir()
            && (named
                || [MANIFEST, VERDICTS]
                    .iter()
                    .any(|file| path.join(file).exists()))
        {
            found.push(path);
        }
    }
    found.sort();
    Ok(found.into_iter().map(Place::folder).collect())
}
