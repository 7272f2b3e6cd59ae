//! AWS Config: recorders, delivery, rules with how they were last evaluated, and samples of what was recorded.

mod counts;
mod findings;
mod packs;
mod remediation;
mod rules;
mod timeline;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::aws::{
    Api, Missing, Moment, Protocol, Question, Reply, Site, Turn, gather, list, missing, pages,
};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::config::{DeliveryChannel, History, Recorder, Timeline};

/// <https://docs.aws.amazon.com/config/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "config",
    Protocol::Json {
        version: "1.1",
        target: "StarlingDoveService",
    },
);

/// Reads what one region records.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    futures::join!(
        recorders(site, intake),
        channels(site, intake),
        counts::collect(site, intake),
        packs::collect(site, intake),
        rules::collect(site, intake),
        history(site, intake),
    );
}

async fn recorders(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let listing = pages(
        async |_| {
            let question = Question::json(json!({}));
            site.tell::<Recorders>(&API, "DescribeConfigurationRecorders", question, "")
                .await
        },
        // There is one page: a region holds one recorder of the customer's and a few of AWS's services.
        |_| Turn::End,
        async |page| {
            intake.listed::<Recorder>(account, region, &page.source);
            intake.listed::<Timeline>(account, region, &page.source);
            let all = &page.value.recorders;
            // Those that AWS's services set up for themselves record for them alone.
            let own: Vec<_> = all.iter().filter(|one| one.service.is_none()).collect();
            if !own.is_empty() {
                let question = Question::json(json!({}));
                let statuses = site
                    .tell::<Statuses>(&API, "DescribeConfigurationRecorderStatus", question, "")
                    .await;
                for recorder in &own {
                    one_recorder(site, intake, page, recorder, &statuses);
                }
                // Without a recorder there is no history, and with one that rests it has stopped.
                let of = |all: &Statuses| -> Result<Vec<(bool, Option<Timestamp>)>, Missing> {
                    let each = own.iter().map(|recorder| status(all, recorder));
                    each.map(|one| one.map(|one| (one.recording, one.stopped.map(|at| at.0))))
                        .collect()
                };
                let records = timeline::Recording {
                    now: statuses.read(|all| Ok(of(all)?.iter().any(|(now, _)| *now))),
                    stopped: statuses
                        .read(|all| Ok(of(all)?.iter().filter_map(|(_, at)| *at).max())),
                };
                timeline::collect(site, intake, &records).await;
            }
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<Recorder>(account, region, gap.clone());
        intake.incomplete::<Timeline>(account, region, gap);
    }
}

/// What is said of one recorder.
fn status<'a>(all: &'a Statuses, recorder: &Described) -> Result<&'a Status, Missing> {
    let mut found = all.statuses.iter();
    let lacks = || missing(&format!("the status of recorder {}", recorder.name));
    found
        .find(|one| one.name == recorder.name)
        .ok_or_else(lacks)
}

fn one_recorder(
    site: &Site,
    intake: &Intake,
    page: &Told<Recorders>,
    recorder: &Described,
    statuses: &Reply<Statuses>,
) {
    let fields = Recorder {
        name: page.fact(recorder.name.clone()),
        all_types: page.fact(recorder.group.as_ref().is_some_and(|group| group.all)),
        iam_types: page.fact(recorder.group.as_ref().is_some_and(Group::with_iam)),
        recording: statuses.read(|all| Ok(status(all, recorder)?.recording)),
        // The model says `Success`, live answers `SUCCESS`.
        last_status: statuses.read(|all| {
            let last = status(all, recorder)?.last.as_ref();
            Ok(last.map(|last| last.to_lowercase()))
        }),
        stopped: statuses.read(|all| Ok(status(all, recorder)?.stopped.map(|at| at.0))),
    };
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let name = &recorder.name;
    let arn = recorder.arn.clone().unwrap_or_else(|| {
        format!("arn:{partition}:config:{region}:{account}:configuration-recorder/{name}")
    });
    let identity = Identity {
        arn,
        name: name.clone(),
    };
    intake.add(account, region, identity, fields);
}

/// <https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigurationRecorder.html>
#[derive(Debug, Deserialize)]
struct Recorders {
    #[serde(rename = "ConfigurationRecorders")]
    recorders: Vec<Described>,
}

#[derive(Debug, Deserialize)]
struct Described {
    name: String,
    /// Left out by recorders from before there were several.
    arn: Option<String>,
    /// Left out where it records nothing yet.
    #[serde(rename = "recordingGroup")]
    group: Option<Group>,
    /// Of a recorder that a service of AWS set up; left out of the customer's own.
    #[serde(rename = "servicePrincipal")]
    service: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Group {
    #[serde(rename = "allSupported")]
    all: bool,
    /// Left out where it is off.
    #[serde(rename = "includeGlobalResourceTypes", default)]
    global: bool,
    /// Left out where types are not named one by one.
    #[serde(rename = "resourceTypes", default)]
    types: Vec<String>,
    /// Left out where none are left out.
    #[serde(rename = "exclusionByResourceTypes")]
    without: Option<Without>,
}

#[derive(Debug, Deserialize)]
struct Without {
    #[serde(rename = "resourceTypes", default)]
    types: Vec<String>,
}

/// The types of resources without a region that Config records of IAM.
/// <https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html#select-resources-global>
const IAM_TYPES: [&str; 4] = [
    "AWS::IAM::Group",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::User",
];

impl Group {
    /// Whether IAM's types are recorded: with all others, named, or not named where some are left out.
    fn with_iam(&self) -> bool {
        let among = |types: &[String]| IAM_TYPES.map(|iam| types.iter().any(|one| one == iam));
        let left_out = |without: &Without| !without.types.is_empty();
        match self.without.as_ref().filter(|without| left_out(without)) {
            Some(without) => among(&without.types) == [false; 4],
            None => self.all && self.global || among(&self.types) == [true; 4],
        }
    }
}

#[derive(Debug, Deserialize)]
struct Statuses {
    #[serde(rename = "ConfigurationRecordersStatus")]
    statuses: Vec<Status>,
}

#[derive(Debug, Deserialize)]
struct Status {
    name: String,
    recording: bool,
    /// Left out before the first delivery.
    #[serde(rename = "lastStatus")]
    last: Option<String>,
    /// Left out where it never was.
    #[serde(rename = "lastStopTime")]
    stopped: Option<Moment>,
}

async fn channels(site: &Site, intake: &Intake) {
    list::<DeliveryChannel, Channels>(
        site,
        intake,
        async |_| {
            let question = Question::json(json!({}));
            site.tell(&API, "DescribeDeliveryChannelStatus", question, "")
                .await
        },
        |_| Turn::End,
        async |page| {
            for channel in &page.value.channels {
                let history = channel.history.as_ref();
                let fields = DeliveryChannel {
                    name: page.fact(channel.name.clone()),
                    history_delivered: page
                        .fact(history.and_then(|history| Some(history.last_success?.0))),
                };
                let (partition, region, account) = (&site.partition, &site.region, &site.account);
                let name = &channel.name;
                let identity = Identity {
                    arn: format!(
                        "arn:{partition}:config:{region}:{account}:delivery-channel/{name}"
                    ),
                    name: name.clone(),
                };
                intake.add(account, region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
struct Channels {
    #[serde(rename = "DeliveryChannelsStatus")]
    channels: Vec<Channel>,
}

#[derive(Debug, Deserialize)]
struct Channel {
    name: String,
    /// Left out before the first delivery.
    #[serde(rename = "configHistoryDeliveryInfo")]
    history: Option<Delivery>,
}

#[derive(Debug, Deserialize)]
struct Delivery {
    #[serde(rename = "lastSuccessfulTime")]
    last_success: Option<Moment>,
}

async fn history(site: &Site, intake: &Intake) {
    let days = gather(
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell::<Retentions>(&API, "DescribeRetentionConfigurations", question, "")
                .await
        },
        |page| Turn::to(page.next.as_deref()),
        |page| Ok(page.all.iter().map(|one| one.days).collect()),
    )
    .await;
    // A region has one such configuration at most.
    let fields = History {
        config_retention_days: days.map(|days| days.map(|days: Vec<i64>| days.first().copied())),
    };
    intake.facet(&site.account, &site.region, fields);
}

#[derive(Debug, Deserialize)]
struct Retentions {
    #[serde(rename = "RetentionConfigurations")]
    all: Vec<Retention>,
    #[serde(rename = "NextToken")]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Retention {
    #[serde(rename = "RetentionPeriodInDays")]
    days: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iam_is_recorded_with_all_others_named_or_not_left_out() {
        for (group, recorded) in [
            (
                r#"{"allSupported":true,"includeGlobalResourceTypes":true}"#,
                true,
            ),
            (r#"{"allSupported":true}"#, false),
            (
                r#"{"allSupported":false,"resourceTypes":["AWS::IAM::Group","AWS::IAM::Policy","AWS::IAM::Role","AWS::IAM::User"]}"#,
                true,
            ),
            (
                r#"{"allSupported":false,"resourceTypes":["AWS::IAM::Role","AWS::EC2::Instance"]}"#,
                false,
            ),
            (
                r#"{"allSupported":false,"exclusionByResourceTypes":{"resourceTypes":["AWS::EC2::Volume"]}}"#,
                true,
            ),
            (
                r#"{"allSupported":false,"exclusionByResourceTypes":{"resourceTypes":["AWS::IAM::User"]}}"#,
                false,
            ),
            (
                r#"{"allSupported":true,"exclusionByResourceTypes":{"resourceTypes":[]}}"#,
                false,
            ),
        ] {
            let parsed: Group = serde_json::from_str(group).unwrap();
            assert_eq!(parsed.with_iam(), recorded, "{group}");
        }
    }
}
