//! A history in a bucket of S3.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use aws_types::SdkConfig;
use tokio::runtime::Handle;

use super::looks_like_a_run;
use super::store::Store;
use super::{HistoryError, Place};
use crate::bundle::{BundleError, Files, MANIFEST};

pub use super::store::SCHEME;

/// One bundle in a bucket.
#[derive(Debug, Clone)]
pub struct Prefix(Store);

/// The bundles below `s3://bucket/prefix`.
///
/// # Errors
/// When the name is none, or the bucket does not let itself be listed.
pub fn bundles(url: &str, sdk: &SdkConfig, runtime: &Handle) -> Result<Vec<Place>, HistoryError> {
    let mut places = Vec::new();
    for folder in Store::bucket(url, sdk, runtime)?.level()?.folders {
        if folder.last().is_some_and(looks_like_a_run) || folder.holds(MANIFEST)? {
            places.push(Place::Bucket(Prefix(folder)));
        }
    }
    Ok(places)
}

/// The bundle at `s3://bucket/prefix`.
///
/// # Errors
/// When the name is none.
pub fn bundle(url: &str, sdk: &SdkConfig, runtime: &Handle) -> Result<Place, HistoryError> {
    Store::bucket(url, sdk, runtime).map(|store| Place::Bucket(Prefix(store)))
}

impl Prefix {
    fn unreadable(&self, name: &str, error: HistoryError) -> BundleError {
        let kind = if matches!(error, HistoryError::Denied(_)) {
            io::ErrorKind::PermissionDenied
        } else {
            io::ErrorKind::Other
        };
        BundleError::Unreadable {
            path: PathBuf::from(format!("{}/{name}", self.0.name())),
            error: io::Error::new(kind, error.to_string()),
        }
    }
}

impl Files for Prefix {
    fn name(&self) -> String {
        self.0.name()
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        self.0.all().map_err(|error| self.unreadable("", error))
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        self.0
            .read(name)
            .map(|bytes| bytes.map(Cow::Owned))
            .map_err(|error| self.unreadable(name, error))
    }
}
