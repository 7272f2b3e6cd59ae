//! Who scans: credentials, roles, the caller's identity, the account's name and regions.

mod connect;

use aws_sdk_sts::Client as Sts;
use thiserror::Error;

use super::{Site, Turn, gather, missing};
use crate::ask;
use crate::inventory::run::{Caller, session_of};
use crate::inventory::{Gap, Read, Reason};

pub use connect::{http_client, live, own, recorded};

/// Which credentials to use.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A profile of the shared configuration, and no other source; the standard chain's choice, if absent.
    pub profile: Option<String>,
    /// A role to assume first.
    pub role_arn: Option<String>,
    /// The external id its trust policy asks for.
    pub external_id: Option<String>,
    /// Name of the role session, and part of the user agent: the run's, so that CloudTrail shows which calls were ours.
    pub session_name: String,
}

/// Why a scan cannot begin.
#[derive(Debug, Error)]
pub enum SessionError {
    /// The chain found no credentials.
    #[error(
        "no AWS credentials were found: not in the environment, in a profile, nor of the machine or container"
    )]
    NoCredentials,
    /// The profile that was named has none, or is not there.
    #[error("the profile `{profile}` gives no credentials: {why}")]
    Profile {
        /// As given.
        profile: String,
        /// What the SDK said.
        why: String,
    },
    /// A source was there and failed.
    #[error("the AWS credentials could not be loaded: {0}")]
    Credentials(String),
    /// The role that was named is not to be had.
    #[error("the role {role} could not be assumed: {why}")]
    Role {
        /// As given.
        role: String,
        /// What AWS said.
        why: String,
    },
    /// The user's own endpoint is none.
    #[error("the AWS endpoint `{0}` is not a URL")]
    Endpoint(String),
    /// The region in the environment or the profile is none.
    #[error("the AWS region `{0}` is not the name of a region")]
    Region(String),
    /// AWS refuses the credentials.
    #[error("AWS does not accept the credentials: {0}")]
    Refused(String),
    /// They were valid once.
    #[error("the AWS credentials have expired: {0}")]
    Expired(String),
    /// Nothing answers.
    #[error("AWS does not answer ({at}): {why}")]
    Unreachable {
        /// Where it was asked: a region, or an endpoint of the user's own.
        at: String,
        /// How it does not.
        why: String,
    },
    /// Something answers that is not AWS, or AWS is not well.
    #[error("AWS gave no usable answer: {0}")]
    Unusable(String),
    /// The regions could not be listed, and none were named.
    #[error("the account's regions could not be listed: {0}")]
    Regions(String),
    /// A replay of a run that ended before AWS had said who was scanning.
    #[error("the bundle holds no answer to {0}, so there is nothing to judge")]
    NotRecorded(&'static str),
}

impl SessionError {
    /// The regions could not be listed: now, or in the run that is replayed.
    pub fn regions(gap: &Gap) -> Self {
        if gap.reason == Reason::NotAsked {
            Self::NotRecorded("ec2:DescribeRegions")
        } else {
            Self::Regions(said(gap))
        }
    }

    /// What to do next.
    pub fn remedy(&self) -> String {
        let fixed = match self {
            Self::NoCredentials => {
                "name a profile with --profile, sign in with `aws sso login`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            }
            Self::Profile { profile, .. } => {
                return format!(
                    "`aws configure list-profiles` shows the profiles there are; one of IAM Identity Center needs \
                     `aws sso login --profile {profile}` first"
                );
            }
            Self::Credentials(_) => {
                "sign in again (`aws sso login`), or mend what this names in the AWS configuration"
            }
            Self::Role { .. } => {
                "let the role's trust policy name whoever runs this, with the external id if it asks for one \
                 (--external-id), and allow them sts:AssumeRole"
            }
            Self::Endpoint(_) => {
                "set AWS_ENDPOINT_URL to a URL like http://127.0.0.1:5000, or unset it to reach AWS"
            }
            Self::Region(_) => "set AWS_REGION, or the profile's region, to one like eu-west-1",
            Self::Refused(_) => {
                "check the access key, its secret and session token, and this machine's clock; in China and GovCloud, \
                 AWS_REGION must name a region of theirs"
            }
            Self::Expired(_) => {
                "sign in again (`aws sso login`) or renew the session, then run the same command"
            }
            Self::Unreachable { .. } => {
                "check the network and the proxy settings, that AWS_REGION is a region, and AWS_ENDPOINT_URL if it is set"
            }
            Self::Unusable(_) => {
                "run the same command again in a while; behind a proxy or with AWS_ENDPOINT_URL, check that AWS answers and \
                 not something else"
            }
            Self::Regions(_) => {
                "grant ec2:DescribeRegions (`tieout policy` prints all that is needed), or name the regions with --region"
            }
            Self::NotRecorded(_) => "scan again: this run was stopped before it had read anything",
        };
        fixed.to_owned()
    }
}

/// What a gap says to whoever waits at the door: AWS's own words rather than what they mean for a fact.
fn said(gap: &Gap) -> String {
    let call = format!("{}:{}", gap.service, gap.operation);
    match &gap.code {
        Some(code) if gap.message.is_empty() => format!("{call}: {code}"),
        Some(code) => format!("{call}: {code}: {}", gap.message),
        None if gap.message.is_empty() => format!("{call}: {}", gap.reason),
        None => format!("{call}: {}", gap.message),
    }
}

/// Who the credentials belong to: `sts:GetCallerIdentity`, which needs no permission.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
pub async fn caller(site: &Site) -> Result<Caller, SessionError> {
    let sts = at_the_door(site);
    let told = ask!(site, "sts:GetCallerIdentity", sts.get_caller_identity())
        .told()
        .map_err(|gap| turned_away(site, &gap))?;
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
            user_id: answer.user_id().map(str::to_owned),
            session: session_of(arn).map(str::to_owned),
            access_key_ids: Vec::new(),
            organization: None,
        })
    });
    identity
        .map(|identity| identity.value)
        .map_err(|gap| SessionError::Unusable(said(&gap)))
}

/// STS for the one call that somebody waits for: it gives up sooner than the rest of the scan.
fn at_the_door(site: &Site) -> Sts {
    if site.is_replayed() {
        return site.sts();
    }
    let config = aws_sdk_sts::config::Builder::from(&site.config())
        .retry_config(connect::door_retries())
        .timeout_config(connect::door_timeouts());
    Sts::from_conf(config.build())
}

/// Codes with which AWS says that it does not know the credentials, or the signature made with them.
/// <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
const REFUSED: [&str; 7] = [
    "IncompleteSignature",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];

fn turned_away(site: &Site, gap: &Gap) -> SessionError {
    let why = said(gap);
    if gap
        .code
        .as_ref()
        .is_some_and(|code| REFUSED.contains(&code.as_str()))
    {
        return SessionError::Refused(why);
    }
    match gap.reason {
        Reason::Expired => SessionError::Expired(why),
        Reason::NotAsked => SessionError::NotRecorded("sts:GetCallerIdentity"),
        Reason::Broken if gap.code.is_none() => SessionError::Unreachable {
            at: connect::place(&site.config()),
            why,
        },
        Reason::Broken | Reason::Malformed | Reason::Throttled => SessionError::Unusable(why),
        Reason::Denied
        | Reason::DeniedByScp
        | Reason::RegionDisabled
        | Reason::NotSubscribed
        | Reason::Refused
        | Reason::Vanished
        | Reason::NotGiven
        | Reason::Undefined => SessionError::Refused(why),
    }
}

/// The account's alias, empty where it has none: `iam:ListAccountAliases`. An account has at most one.
/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
pub async fn alias(site: &Site) -> Read<String> {
    let iam = site.iam();
    let listed = gather(
        async |token| {
            ask!(
                site,
                "iam:ListAccountAliases",
                iam.list_account_aliases().set_marker(token)
            )
        },
        |page| Turn::marked(page.is_truncated(), page.marker()),
        |page| Ok(page.account_aliases().to_vec()),
    );
    listed.await?.read(|aliases| Ok(aliases.join(", ")))
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
pub async fn regions(site: &Site) -> Read<Regions> {
    let ec2 = site.ec2();
    let listed = ask!(
        site,
        "ec2:DescribeRegions",
        ec2.describe_regions().all_regions(true)
    );
    listed.read(|answer| {
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
    })
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
