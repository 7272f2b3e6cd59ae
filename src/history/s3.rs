//! A history in a bucket of S3.
//!
//! Read with `s3:ListBucket` on the bucket and `s3:GetObject` below the prefix; nothing is written. The credentials are those
//! of whoever runs the command, and no part of a scan's plan: this is the user's own storage, not the account under audit.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_types::SdkConfig;
use futures::TryStreamExt;
use object_store::aws::{AmazonS3Builder, AwsCredential};
use object_store::path::Path;
use object_store::{CredentialProvider, ObjectStore, ObjectStoreExt};
use tokio::runtime::Handle;

use super::place::looks_like_a_run;
use super::{HistoryError, Place};
use crate::bundle::{BundleError, Files, MANIFEST};

/// How a bucket and prefix are named: `s3://bucket/prefix`.
pub const SCHEME: &str = "s3://";

/// One bundle in a bucket.
#[derive(Clone)]
pub struct Prefix {
    store: Arc<dyn ObjectStore>,
    bucket: String,
    prefix: Path,
    runtime: Handle,
}

impl fmt::Debug for Prefix {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Prefix").field(&self.name()).finish()
    }
}

/// The bundles below `s3://bucket/prefix`.
///
/// # Errors
/// When the name is none, or the bucket does not let itself be listed.
pub fn bundles(url: &str, sdk: &SdkConfig, runtime: &Handle) -> Result<Vec<Place>, HistoryError> {
    let top = open(url, sdk, runtime)?;
    // The listing goes on to its last page: a bundle that a page leaves out would be a gap that is none.
    let listed = runtime
        .block_on(top.store.list_with_delimiter(Some(&top.prefix)))
        .map_err(|error| top.refused(&error))?;
    let mut places = Vec::new();
    for prefix in listed.common_prefixes {
        let named = prefix.filename().is_some_and(looks_like_a_run);
        let bundle = Prefix {
            prefix,
            ..top.clone()
        };
        if named
            || bundle
                .holds(MANIFEST)
                .map_err(|error| top.refused(&error))?
        {
            places.push(Place::Bucket(bundle));
        }
    }
    Ok(places)
}

/// The bundle at `s3://bucket/prefix`.
///
/// # Errors
/// When the name is none.
pub fn bundle(url: &str, sdk: &SdkConfig, runtime: &Handle) -> Result<Place, HistoryError> {
    open(url, sdk, runtime).map(Place::Bucket)
}

fn open(url: &str, sdk: &SdkConfig, runtime: &Handle) -> Result<Prefix, HistoryError> {
    let wrong = |what: String| HistoryError::Url(url.to_owned(), what);
    let rest = url
        .strip_prefix(SCHEME)
        .ok_or_else(|| wrong("it does not begin with s3://".to_owned()))?;
    let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
    if bucket.is_empty() {
        return Err(wrong("it names no bucket".to_owned()));
    }
    let prefix =
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
    Ok(Prefix {
        store: Arc::new(store),
        bucket: bucket.to_owned(),
        prefix,
        runtime: runtime.clone(),
    })
}

fn endpoint(sdk: &SdkConfig) -> Option<String> {
    let named = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    named("AWS_ENDPOINT_URL_S3")
        .or_else(|| sdk.endpoint_url().map(str::to_owned))
        .or_else(|| named("AWS_ENDPOINT_URL"))
}

impl Prefix {
    fn refused(&self, error: &object_store::Error) -> HistoryError {
        use object_store::Error::{NotFound, PermissionDenied, Unauthenticated};
        let place = self.name();
        let told = innermost(error);
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

    async fn fetched(&self, name: &str) -> Result<Option<Vec<u8>>, object_store::Error> {
        let path = Path::parse(format!("{}/{name}", self.prefix))?;
        match self.store.get(&path).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn holds(&self, name: &str) -> Result<bool, object_store::Error> {
        let path = Path::parse(format!("{}/{name}", self.prefix))?;
        match self.runtime.block_on(self.store.head(&path)) {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn unreadable(&self, name: &str, error: &object_store::Error) -> BundleError {
        let refused = self.refused(error);
        let kind = if matches!(refused, HistoryError::Denied(_)) {
            io::ErrorKind::PermissionDenied
        } else {
            io::ErrorKind::Other
        };
        BundleError::Unreadable {
            path: PathBuf::from(format!("{}/{name}", self.name())),
            error: io::Error::new(kind, refused.to_string()),
        }
    }
}

impl Files for Prefix {
    fn name(&self) -> String {
        format!("{SCHEME}{}/{}", self.bucket, self.prefix)
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        let listed: Result<Vec<_>, _> = self
            .runtime
            .block_on(self.store.list(Some(&self.prefix)).try_collect());
        let listed = listed.map_err(|error| self.unreadable("", &error))?;
        let top = format!("{}/", self.prefix);
        let mut names: Vec<String> = listed
            .iter()
            .map(|object| object.location.as_ref())
            .map(|name| name.strip_prefix(&top).unwrap_or(name).to_owned())
            .collect();
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        self.runtime
            .block_on(self.fetched(name))
            .map(|bytes| bytes.map(Cow::Owned))
            .map_err(|error| self.unreadable(name, &error))
    }
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
