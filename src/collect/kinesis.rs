//! Kinesis Data Streams: streams with how they are encrypted, how long they keep, and whom they let in.

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::{other_accounts, statements};
use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, list};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::kinesis::Stream;
use crate::inventory::kinds::statement::Statement;

/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "kinesis",
    Protocol::Json {
        version: "1.1",
        target: "Kinesis_20131202",
    },
);

/// Reads the streams of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Stream, Names>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "NextToken": token }));
            site.tell(&API, "ListStreams", question, "").await
        },
        |page| Turn::marked(page.has_more_streams, page.next_token.as_deref()),
        async |page| {
            each(&page.value.stream_names, async |name| {
                one_stream(site, intake, page, name).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Names {
    stream_names: Vec<String>,
    has_more_streams: bool,
    next_token: Option<String>,
}

async fn one_stream(site: &Site, intake: &Intake, page: &Told<Names>, name: &str) {
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let arn = format!("arn:{partition}:kinesis:{region}:{account}:stream/{name}");
    let by_name = Question::json(json!({ "StreamName": name }));
    let by_arn = Question::json(json!({ "ResourceARN": arn }));
    let about = format!("stream={name}");
    let (described, policy) = futures::join!(
        site.tell::<Answer>(&API, "DescribeStreamSummary", by_name, &about),
        site.tell::<Policy>(&API, "GetResourcePolicy", by_arn, &about),
    );
    let stream = Stream {
        name: page.fact(name.to_owned()),
        encrypted: described.read(|d| Ok(d.summary.encryption_type == "KMS")),
        kms_key: described.read(|d| Ok(d.summary.key_id.clone())),
        retention_hours: described.read(|d| Ok(d.summary.retention_period_hours)),
        policy: policy.read(Policy::statements),
        policy_accounts: policy.read(|p| Ok(other_accounts(&p.statements()?, account))),
    };
    let identity = Identity {
        arn,
        name: name.to_owned(),
    };
    intake.add(account, region, identity, stream);
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "StreamDescriptionSummary")]
    summary: Summary,
}

/// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_StreamDescriptionSummary.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    retention_period_hours: i64,
    encryption_type: String,
    /// Left out where nothing is encrypted.
    key_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Policy {
    #[serde(rename = "Policy")]
    policy: String,
}

impl Policy {
    /// A stream without a policy has an empty document.
    /// <https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetResourcePolicy.html>
    fn statements(&self) -> Result<Vec<Statement>, Missing> {
        if self.policy.trim() == "{}" {
            return Ok(Vec::new());
        }
        statements(&self.policy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_document_is_no_policy_and_an_empty_text_is_malformed() {
        let of = |text: &str| {
            let policy = text.to_owned();
            Policy { policy }.statements()
        };
        assert_eq!(of("{}"), Ok(vec![]));
        assert_eq!(
            of(r#"{"Version": "2012-10-17", "Statement": []}"#),
            Ok(vec![])
        );
        assert!(of("").is_err());
    }
}
