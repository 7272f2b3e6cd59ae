//! Storage that is read one file at a time: a folder, or a prefix of a bucket of S3.
//!
//! A bucket is read with `s3:ListBucket` on it and `s3:GetObject` below the prefix; nothing is written. The credentials are those
//! of whoever runs the command, and no part of a scan's plan: this is the user's own storage, not the account under audit.

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::SdkConfig;
use futures::TryStreamExt;
use object_store::aws::{AmazonS3Builder, AwsCredential};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{CredentialProvider, ObjectStore, ObjectStoreExt};
use tokio::runtime::Handle;

use super::HistoryError;

/// How a bucket and prefix are named: `s3://bucket/prefix`.
pub const SCHEME: &str = "s3://";

/// A place in storage.
#[derive(Clone)]
pub struct Store {
    store: Arc<dyn ObjectStore>,
    /// What stands before the path of a file: `s3://bucket`, or nothing where it is a folder.
    root: String,
    path: Path,
    /// The folder that paths start from; none of a bucket.
    folder: Option<PathBuf>,
    runtime: Handle,
}

impl fmt::Debug for Store {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Store").field(&self.name()).finish()
    }
}

/// What is in a place, its folders' contents left out.
#[derive(Debug, Default)]
pub struct Level {
    /// The folders, in order of their names.
    pub folders: Vec<Store>,
    /// The files, in order of their names.
    pub files: Vec<Stored>,
}

/// A file in storage.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its name within the place that was listed.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Store {
    /// A folder.
    ///
    /// # Errors
    /// When there is none.
    pub fn folder(folder: &std::path::Path, runtime: &Handle) -> Result<Self, HistoryError> {
        let unreadable = |why| HistoryError::Unreadable(folder.display().to_string(), why);
        let folder = folder
            .canonicalize()
            .map_err(|error| unreadable(error.to_string()))?;
        let store = LocalFileSystem::new_with_prefix(&folder)
            .map_err(|error| unreadable(innermost(&error)))?;
        Ok(Self {
            store: Arc::new(store),
            root: String::new(),
            path: Path::default(),
            folder: Some(folder),
            runtime: runtime.clone(),
        })
    }

    /// What `s3://bucket/prefix` names.
    ///
    /// # Errors
    /// When it names nothing.
    pub fn bucket(url: &str, sdk: &SdkConfig, runtime: &Handle) -> Result<Self, HistoryError> {
        let wrong = |what: String| HistoryError::Url(url.to_owned(), what);
        let rest = url
            .strip_prefix(SCHEME)
            .ok_or_else(|| wrong("it does not begin with s3://".to_owned()))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(wrong("it names no bucket".to_owned()));
        }
        let path =
            Path::parse(prefix.trim_end_matches('/')).map_err(|error| wrong(error.to_string()))?;
        // Whoever installed a provider first is as good: they are the same.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(sdk.region().map_or("us-east-1", |region| region.as_ref()));
        if let Some(provider) = sdk.credentials_provider() {
            builder = builder.with_credentials(Arc::new(Keys(provider)));
        }
        if let Some(endpoint) = endpoint(sdk) {
            // Somebody who names an endpoint without TLS, as that of an emulator, means it.
            builder = builder
                .with_allow_http(endpoint.starts_with("http://"))
                .with_endpoint(endpoint);
        }
        let store = builder.build().map_err(|error| wrong(error.to_string()))?;
        Ok(Self {
            store: Arc::new(store),
            root: format!("{SCHEME}{bucket}"),
            path,
            folder: None,
            runtime: runtime.clone(),
        })
    }

    /// The whole path, as people write it.
    pub fn name(&self) -> String {
        match &self.folder {
            Some(folder) => folder.join(self.path.as_ref()).display().to_string(),
            None => format!("{}/{}", self.root, self.path),
        }
    }

    /// Name of the last folder of the path; none at a bucket's top.
    pub fn last(&self) -> Option<&str> {
        self.path.filename()
    }

    /// What is in it.
    ///
    /// # Errors
    /// When it cannot be listed to the last page.
    pub fn level(&self) -> Result<Level, HistoryError> {
        // The listing goes on to its last page: what a page leaves out would be missing and seem not to be there.
        let listed = self
            .runtime
            .block_on(self.store.list_with_delimiter(Some(&self.path)))
            .map_err(|error| self.refused(&error))?;
        let folders = listed.common_prefixes.into_iter().map(|path| Self {
            path,
            ..self.clone()
        });
        let mut folders: Vec<Self> = folders.collect();
        folders.sort_by(|a, b| a.path.cmp(&b.path));
        let files = listed.objects.iter().filter_map(|object| {
            Some(Stored {
                name: object.location.filename()?.to_owned(),
                bytes: object.size,
            })
        });
        let mut files: Vec<Stored> = files.collect();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Level { folders, files })
    }

    /// The paths of all files below it, without its own, in order.
    ///
    /// # Errors
    /// When it cannot be listed to the last page.
    pub fn all(&self) -> Result<Vec<String>, HistoryError> {
        let listed: Result<Vec<_>, _> = self
            .runtime
            .block_on(self.store.list(Some(&self.path)).try_collect());
        let listed = listed.map_err(|error| self.refused(&error))?;
        let top = format!("{}/", self.path);
        let mut names: Vec<String> = listed
            .iter()
            .map(|object| object.location.as_ref())
            .map(|name| name.strip_prefix(&top).unwrap_or(name).to_owned())
            .collect();
        names.sort();
        Ok(names)
    }

    /// The bytes of a file; none where there is no such file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, HistoryError> {
        let fetched = self.runtime.block_on(async {
            let found = self.store.get(&self.within(name)?).await?;
            found.bytes().await
        });
        match fetched {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.refused(&error)),
        }
    }

    /// Whether there is a file of that name.
    ///
    /// # Errors
    /// When the storage does not say.
    pub fn holds(&self, name: &str) -> Result<bool, HistoryError> {
        let asked = self
            .runtime
            .block_on(async { self.store.head(&self.within(name)?).await });
        match asked {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.refused(&error)),
        }
    }

    fn within(&self, name: &str) -> Result<Path, object_store::Error> {
        Ok(Path::parse(format!("{}/{name}", self.path))?)
    }

    fn refused(&self, error: &object_store::Error) -> HistoryError {
        use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
        let place = self.name();
        let told = innermost(error);
        if self.folder.is_some() {
            return HistoryError::Unreadable(place, told);
        }
        // What a listing is answered comes without a kind of its own; S3's code stands in its words.
        let says = |code: &str| told.contains(&format!("<Code>{code}</Code>"));
        if matches!(error, PermissionDenied { .. } | Unauthenticated { .. }) || says("AccessDenied")
        {
            HistoryError::Denied(place)
        } else if matches!(error, NotFound { .. }) || says("NoSuchBucket") {
            HistoryError::NoBucket(place)
        } else {
            HistoryError::Unreachable(place, told)
        }
    }
}

fn endpoint(sdk: &SdkConfig) -> Option<String> {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    named("AWS_ENDPOINT_URL_S3")
        .or_else(|| sdk.endpoint_url().map(str::to_owned))
        .or_else(|| named("AWS_ENDPOINT_URL"))
}

/// The credentials of the AWS SDK's own chain, for a client that is not the SDK's.
#[derive(Debug)]
struct Keys(SharedCredentialsProvider);

impl CredentialProvider for Keys {
    type Credential = AwsCredential;

    fn get_credential<'life, 'out>(
        &'life self,
    ) -> Pin<Box<dyn Future<Output = object_store::Result<Arc<AwsCredential>>> + Send + 'out>>
    where
        'life: 'out,
        Self: 'out,
    {
        Box::pin(async move {
            let given = self.0.provide_credentials().await.map_err(|error| {
                object_store::Error::Generic {
                    store: "S3",
                    source: Box::new(error),
                }
            })?;
            Ok(Arc::new(AwsCredential {
                key_id: given.access_key_id().to_owned(),
                secret_key: given.secret_access_key().to_owned(),
                token: given.session_token().map(str::to_owned),
            }))
        })
    }
}

/// An error's innermost cause: the outer words say only that there was one.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
