//! From flags and environment to a configuration of the SDK: credentials, the role to assume, the HTTP client.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, Connector, tls};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::app_name::AppName;

use super::{Options, SessionError};
use crate::aws::replay::Answers;
use crate::aws::{Progress, Wire, message};
use crate::inventory::attempt::Keep;

/// Attempts per call. Adaptive retry waits ever longer between them, and slows the calls that follow.
const ATTEMPTS: u32 = 6;

/// Until a connection stands.
const CONNECT: Duration = Duration::from_secs(5);

/// The same for the few calls that find out who is scanning, while somebody waits for the first sign of life. They are
/// small and AWS answers them in a fraction of a second.
const ATTEMPTS_AT_THE_DOOR: u32 = 3;

/// The SDK's configuration for a scan of AWS.
pub async fn live(
    options: &Options,
    keep: Arc<dyn Keep>,
    progress: Arc<Progress>,
) -> Result<SdkConfig, SessionError> {
    let client = http_client();
    let mut sdk = own(options, client.clone()).await?;
    if let Some(role) = &options.role_arn {
        let mut assumed = AssumeRoleProvider::builder(role)
            .session_name(&options.session_name)
            .configure(&sdk);
        if let Some(id) = &options.external_id {
            assumed = assumed.external_id(id);
        }
        let provider = SharedCredentialsProvider::new(assumed.build().await);
        sdk = sdk.to_builder().credentials_provider(provider).build();
        provided(&sdk)
            .await
            .map_err(|error| not_assumed(&sdk, role, &error))?;
    }
    let wire = Wire::live(client, sdk.endpoint_url(), keep, progress);
    Ok(sdk
        .to_builder()
        .http_client(wire)
        .retry_config(RetryConfig::adaptive().with_max_attempts(ATTEMPTS))
        .timeout_config(timeouts(Duration::from_secs(60)))
        // It takes a request that waits for its turn for one that has stalled, and ends it before it is recorded. The recorder
        // keeps the time itself.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .build())
}

/// The SDK's configuration with the credentials of whoever runs this: before any role is assumed, and past the recorder.
pub async fn own(options: &Options, client: SharedHttpClient) -> Result<SdkConfig, SessionError> {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(client.clone())
        .retry_config(door_retries())
        .timeout_config(door_timeouts());
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(name) = app_name(&options.session_name) {
        loader = loader.app_name(name);
    }
    let base = loader.load().await;
    let region = base
        .region()
        .cloned()
        .unwrap_or_else(|| Region::from_static("us-east-1"));
    // The SDK passes over a value that it cannot parse, and its clients then fail one by one.
    let named = std::env::var("AWS_ENDPOINT_URL").ok();
    let endpoint = base.endpoint_url().or(named.as_deref());
    usable(&region, endpoint.filter(|endpoint| !endpoint.is_empty()))?;
    let mut sdk = base.to_builder().region(region.clone()).build();
    if let Some(profile) = &options.profile {
        // The profile and nothing else. The chain would go on from a profile that is misspelt to whatever else is at
        // hand, and would take keys in the environment first: a scan of another account than the one that was named.
        let config = ProviderConfig::without_region()
            .with_region(Some(region))
            .with_http_client(client)
            .with_retry_config(door_retries())
            .with_timeout_config(door_timeouts());
        let provider = ProfileFileCredentialsProvider::builder()
            .configure(&config)
            .profile_name(profile)
            .build();
        sdk = sdk
            .to_builder()
            .credentials_provider(SharedCredentialsProvider::new(provider))
            .build();
    }
    // Asked for once here, because "no credentials" deserves a better answer than a failed call.
    provided(&sdk)
        .await
        .map_err(|error| no_credentials(options, &error))?;
    Ok(sdk)
}

/// The run in the user agent of every request (`app/tieout-run-2026-11-24T02-11-09Z`), and so in CloudTrail, also where no role
/// is assumed whose session could bear its name. It stands in the place of `AWS_SDK_UA_APP_ID`.
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html>
fn app_name(run: &str) -> Option<AppName> {
    AppName::new(format!("tieout-{run}")).ok()
}

async fn provided(sdk: &SdkConfig) -> Result<Credentials, CredentialsError> {
    match sdk.credentials_provider() {
        Some(provider) => provider.provide_credentials().await,
        None => Err(CredentialsError::not_loaded_no_source()),
    }
}

fn no_credentials(options: &Options, error: &CredentialsError) -> SessionError {
    match (&options.profile, error) {
        (Some(profile), _) => SessionError::Profile {
            profile: profile.clone(),
            why: cause(error)
                .unwrap_or_else(|| "it is not there, or there are none in it".to_owned()),
        },
        (None, CredentialsError::CredentialsNotLoaded(_)) => SessionError::NoCredentials,
        (None, _) => SessionError::Credentials(
            cause(error).unwrap_or_else(|| "the source does not say why".to_owned()),
        ),
    }
}

/// What lies behind an error of the credential chain, which itself says only that there was one.
fn cause(error: &CredentialsError) -> Option<String> {
    error.source().map(message::one_line)
}

/// Why a role is not to be had: the role's fault, the caller's, or nobody answers.
fn not_assumed(sdk: &SdkConfig, role: &str, error: &CredentialsError) -> SessionError {
    let why = cause(error).unwrap_or_else(|| "AWS does not say why".to_owned());
    let refused = |why| SessionError::Role {
        role: role.to_owned(),
        why,
    };
    let Some(sent) = error
        .source()
        .and_then(|source| source.downcast_ref::<SdkError<AssumeRoleError, Response>>())
    else {
        return refused(why);
    };
    let Some(answered) = sent.as_service_error() else {
        return SessionError::Unreachable {
            at: place(sdk),
            why: format!("sts:AssumeRole: {why}"),
        };
    };
    let code = answered.code().unwrap_or("no code");
    let said = format!(
        "sts:AssumeRole: {code}: {}",
        answered.message().unwrap_or("no message")
    );
    match code {
        "ExpiredToken" | "ExpiredTokenException" => SessionError::Expired(said),
        code if super::REFUSED.contains(&code) => SessionError::Refused(said),
        _ => refused(said),
    }
}

/// Where AWS is asked, for people.
pub(super) fn place(sdk: &SdkConfig) -> String {
    match (sdk.endpoint_url(), sdk.region()) {
        (Some(endpoint), _) => format!("at {endpoint}"),
        (None, Some(region)) => format!("in {region}"),
        (None, None) => "in no region".to_owned(),
    }
}

/// Whether requests can be sent at all: to the region, and to an endpoint of the user's own.
fn usable(region: &Region, endpoint: Option<&str>) -> Result<(), SessionError> {
    let label = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if region.as_ref().is_empty() || !region.as_ref().chars().all(label) {
        return Err(SessionError::Region(region.to_string()));
    }
    let Some(endpoint) = endpoint else {
        return Ok(());
    };
    let host = endpoint
        .strip_prefix("https://")
        .or_else(|| endpoint.strip_prefix("http://"))
        .and_then(|rest| rest.split(['/', '?', '#']).next());
    if host.is_some_and(|host| !host.is_empty()) && HttpRequest::get(endpoint).is_ok() {
        Ok(())
    } else {
        Err(SessionError::Endpoint(endpoint.to_owned()))
    }
}

/// The SDK's configuration for a replay: no network, no credentials, no retries.
pub fn recorded(answers: Arc<Answers>, region: &str, progress: Arc<Progress>) -> SdkConfig {
    // Requests are signed before they reach the replayer, and any key will do.
    let credentials = Credentials::new("REPLAY", "REPLAY", None, None, "replay");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .sleep_impl(aws_smithy_async::rt::sleep::SharedAsyncSleep::new(
            aws_smithy_async::rt::sleep::TokioSleep::new(),
        ))
        .time_source(aws_smithy_async::time::SharedTimeSource::new(
            aws_smithy_async::time::SystemTimeSource::new(),
        ))
        .retry_config(RetryConfig::disabled())
        .http_client(Wire::recorded(answers, progress))
        .build()
}

/// The client all requests go through. It heeds `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, as the AWS CLI does; the SDK's own does not.
pub fn http_client() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env());
        connector.set_connector_settings(settings.cloned());
        if let Some(components) = components {
            connector.set_sleep_impl(components.sleep_impl());
        }
        connector
            .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
            .build()
    })
}

/// Retries of the calls that find out who is scanning.
pub(super) fn door_retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(ATTEMPTS_AT_THE_DOOR)
}

/// How long they may take.
pub(super) fn door_timeouts() -> TimeoutConfig {
    timeouts(Duration::from_secs(8))
}

fn timeouts(attempt: Duration) -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(CONNECT)
        .read_timeout(attempt)
        .build()
}

#[cfg(test)]
mod tests {
    use super::{Region, usable};

    #[test]
    fn an_endpoint_is_an_http_url_with_a_host() {
        let usable = |endpoint| usable(&Region::from_static("eu-west-1"), Some(endpoint));
        for good in [
            "http://127.0.0.1:5000",
            "https://vpce-1.sts.eu-west-1.vpce.amazonaws.com/",
        ] {
            assert!(usable(good).is_ok(), "{good}");
        }
        for bad in [
            "localhost:5000",
            "",
            "http://",
            "https:///sts",
            "ftp://host",
            "http://a b",
        ] {
            assert!(usable(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_region_is_a_part_of_a_host_name() {
        for (region, good) in [("us-east-1", true), ("us_east", false), ("", false)] {
            let region = Region::from_static(region);
            assert_eq!(usable(&region, None).is_ok(), good, "{region}");
        }
    }
}
