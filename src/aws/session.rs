//! Who scans: credentials, roles, the caller's identity and the account's regions.

use std::sync::Arc;
use std::time::Duration;

use aws_config::sts::AssumeRoleProvider;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use thiserror::Error;

use super::replay::Answers;
use super::{Progress, Site, Wire, message, missing};
use crate::ask;
use crate::inventory::attempt::Keep;
use crate::inventory::run::Caller;
use crate::inventory::{Gap, Reason};

/// Attempts per call. Adaptive retry waits ever longer between them, and slows the calls that follow.
const ATTEMPTS: u32 = 6;

/// Which credentials to use.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A profile of the shared configuration; the standard chain's choice, if absent.
    pub profile: Option<String>,
    /// A role to assume first.
    pub role_arn: Option<String>,
    /// The external id its trust policy asks for.
    pub external_id: Option<String>,
    /// Name of the role session: the run's, so that CloudTrail shows which calls were ours.
    pub session_name: String,
}

/// Why a scan cannot begin.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The chain found no credentials.
    #[error("no AWS credentials were found: {0}")]
    NoCredentials(String),
    /// AWS refuses the credentials.
    #[error("AWS does not accept the credentials: {0}")]
    Refused(Arc<Gap>),
    /// They were valid once.
    #[error("the AWS credentials have expired: {0}")]
    Expired(Arc<Gap>),
    /// Nothing answers.
    #[error("AWS does not answer: {0}")]
    Unreachable(Arc<Gap>),
    /// The regions could not be listed, and none were named.
    #[error("the account's regions could not be listed: {0}")]
    Regions(Arc<Gap>),
}

impl SessionError {
    /// What to do next.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NoCredentials(_) => {
                "name a profile with --profile, sign in with `aws sso login`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            }
            Self::Refused(_) => {
                "check the profile, and with --role-arn the role's trust policy and external id"
            }
            Self::Expired(_) => {
                "sign in again (`aws sso login`) or renew the session, then run the same command"
            }
            Self::Unreachable(_) => "check the network, the proxy settings and AWS_ENDPOINT_URL",
            Self::Regions(_) => "grant ec2:DescribeRegions, or name the regions with --region",
        }
    }
}

/// The SDK's configuration for a scan of AWS.
pub async fn live(
    options: &Options,
    keep: Arc<dyn Keep>,
    progress: Arc<Progress>,
) -> Result<SdkConfig, SessionError> {
    let client = http_client();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(client.clone())
        .retry_config(retries());
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    let base = loader.load().await;
    let region = base
        .region()
        .cloned()
        .unwrap_or_else(|| Region::from_static("us-east-1"));
    let mut sdk = base.to_builder().region(region).build();
    if let Some(role) = &options.role_arn {
        let mut assumed = AssumeRoleProvider::builder(role)
            .session_name(&options.session_name)
            .configure(&sdk);
        if let Some(id) = &options.external_id {
            assumed = assumed.external_id(id);
        }
        let provider = SharedCredentialsProvider::new(assumed.build().await);
        sdk = sdk.to_builder().credentials_provider(provider).build();
    }
    // Asked for once here, because "no credentials" deserves a better answer than a failed call.
    let Some(provider) = sdk.credentials_provider() else {
        return Err(SessionError::NoCredentials(
            "the credential chain is empty".to_owned(),
        ));
    };
    provider
        .provide_credentials()
        .await
        .map_err(|error| SessionError::NoCredentials(credentials_error(&error)))?;
    let wire = Wire::live(client, sdk.endpoint_url(), keep, progress);
    Ok(sdk
        .to_builder()
        .http_client(wire)
        .timeout_config(timeouts())
        .build())
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

fn http_client() -> SharedHttpClient {
    Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

fn retries() -> RetryConfig {
    RetryConfig::adaptive().with_max_attempts(ATTEMPTS)
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(60))
        .build()
}

fn credentials_error(error: &CredentialsError) -> String {
    if let CredentialsError::CredentialsNotLoaded(_) = error {
        "no source of the standard chain has any".to_owned()
    } else {
        message::one_line(error)
    }
}

/// Who the credentials belong to: `sts:GetCallerIdentity`, which needs no permission.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
pub async fn caller(site: &Site) -> Result<Caller, SessionError> {
    let sts = site.sts();
    let told = ask!(site, "sts:GetCallerIdentity", sts.get_caller_identity())
        .told()
        .map_err(|gap| match gap.reason {
            Reason::Expired => SessionError::Expired(gap),
            Reason::Broken | Reason::Malformed | Reason::Throttled | Reason::NotAsked => {
                SessionError::Unreachable(gap)
            }
            Reason::Denied
            | Reason::DeniedByScp
            | Reason::RegionDisabled
            | Reason::NotSubscribed
            | Reason::Refused
            | Reason::Vanished
            | Reason::Undefined => SessionError::Refused(gap),
        })?;
    let identity = told.read(|answer| {
        let account = answer.account().ok_or(missing("Account"))?;
        let arn = answer.arn().ok_or(missing("Arn"))?;
        let partition = arn
            .split(':')
            .nth(1)
            .ok_or(missing("the partition in Arn"))?;
        Ok(Caller {
            account: account.to_owned(),
            arn: arn.to_owned(),
            alias: String::new(),
            partition: partition.to_owned(),
        })
    });
    identity
        .map(|identity| identity.value)
        .map_err(SessionError::Unreachable)
}

/// The regions of an account's partition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Regions {
    /// Enabled for the account.
    pub enabled: Vec<String>,
    /// Not enabled, so that they hold nothing.
    pub disabled: Vec<String>,
}

/// Asks which regions are enabled: `ec2:DescribeRegions`.
/// <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html>
pub async fn regions(site: &Site) -> Result<Regions, SessionError> {
    let ec2 = site.ec2();
    let told = ask!(
        site,
        "ec2:DescribeRegions",
        ec2.describe_regions().all_regions(true)
    )
    .told()
    .map_err(SessionError::Regions)?;
    let sorted = told.read(|answer| {
        let mut regions = Regions::default();
        for region in answer.regions.as_ref().ok_or(missing("regionInfo"))? {
            let name = region
                .region_name()
                .ok_or(missing("regionName"))?
                .to_owned();
            match region.opt_in_status().ok_or(missing("optInStatus"))? {
                "not-opted-in" => regions.disabled.push(name),
                _enabled => regions.enabled.push(name),
            }
        }
        regions.enabled.sort();
        regions.disabled.sort();
        Ok(regions)
    });
    sorted
        .map(|regions| regions.value)
        .map_err(SessionError::Regions)
}

/// Where the services that exist once per account are asked.
/// <https://docs.aws.amazon.com/general/latest/gr/iam-service.html>
pub fn home_region(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        _ => "us-east-1",
    }
}
