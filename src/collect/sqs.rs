//! SQS: queues with their policy, how they are encrypted, and where what cannot be worked off goes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::aws::documents::{other_accounts, statements};
use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, key_arn, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::sqs::Queue;
use crate::inventory::kinds::statement::Statement;

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "sqs",
    Protocol::Json {
        version: "1.0",
        target: "AmazonSQS",
    },
);

/// Most queues of a page. Where none is asked for, SQS answers a thousand and does not say that there are more.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html>
const PAGE: u16 = 1000;

/// Reads the queues of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Queue, Urls>(
        site,
        intake,
        async |token| {
            let question = Question::json(json!({ "MaxResults": PAGE, "NextToken": token }));
            site.tell(&API, "ListQueues", question, "").await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            let named = page
                .value
                .queue_urls
                .iter()
                .flatten()
                .map(|url| Ok((url.as_str(), name_in(url)?)));
            let named: Vec<(&str, &str)> = named.collect::<Result<_, Missing>>()?;
            each(named, async |(url, name)| {
                one_queue(site, intake, page, url, name).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Urls {
    /// SQS leaves the list out where it is empty, so that an answer with nothing in it means that there is no queue.
    queue_urls: Option<Vec<String>>,
    next_token: Option<String>,
}

/// `https://sqs.eu-west-1.amazonaws.com/111122223333/orders` is the queue `orders`.
fn name_in(url: &str) -> Result<&str, Missing> {
    let name = url.rsplit('/').next().filter(|name| !name.is_empty());
    name.ok_or_else(|| missing("the name of a queue in its URL"))
}

async fn one_queue(site: &Site, intake: &Intake, page: &Told<Urls>, url: &str, name: &str) {
    let question = Question::json(json!({ "QueueUrl": url, "AttributeNames": ["All"] }));
    let about = format!("queue={name}");
    let told = site
        .tell::<Answer>(&API, "GetQueueAttributes", question, about)
        .await;
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let queue = Queue {
        name: page.fact(name.to_owned()),
        policy: told.read(|answer| answer.policy()),
        policy_accounts: told.read(|answer| Ok(other_accounts(&answer.policy()?, account))),
        kms_key: told.read(|answer| Ok(answer.kms_key())),
        key_arn: told.read(|answer| {
            let key = answer.kms_key();
            Ok(key.map(|key| key_arn(site, region, &key)))
        }),
        encrypted: told.read(|answer| {
            let by_kms = answer.kms_key().is_some();
            Ok(by_kms || answer.demand("SqsManagedSseEnabled")? == "true")
        }),
        dead_letter_arn: told.read(|answer| answer.dead_letter_arn()),
        retention_seconds: told.read(|answer| {
            let seconds = answer.demand("MessageRetentionPeriod")?;
            seconds
                .parse()
                .map_err(|_| missing("a number of MessageRetentionPeriod"))
        }),
    };
    let identity = Identity {
        arn: format!("arn:{partition}:sqs:{region}:{account}:{name}"),
        name: name.to_owned(),
    };
    intake.add(account, region, identity, queue);
}

/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html>
#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "Attributes")]
    attributes: BTreeMap<String, String>,
}

impl Answer {
    /// An attribute that is left out where it has not been set.
    fn find(&self, name: &str) -> Option<&str> {
        let found = self.attributes.get(name).map(String::as_str);
        found.filter(|text| !text.is_empty())
    }

    fn demand(&self, name: &str) -> Result<&str, Missing> {
        self.find(name).ok_or_else(|| missing(name))
    }

    fn policy(&self) -> Result<Vec<Statement>, Missing> {
        self.find("Policy").map_or(Ok(Vec::new()), statements)
    }

    fn kms_key(&self) -> Option<String> {
        self.find("KmsMasterKeyId").map(str::to_owned)
    }

    fn dead_letter_arn(&self) -> Result<Option<String>, Missing> {
        let Some(document) = self.find("RedrivePolicy") else {
            return Ok(None);
        };
        let redrive: Redrive = serde_json::from_str(document)
            .map_err(|error| Missing(format!("the RedrivePolicy cannot be read: {error}")))?;
        Ok(Some(redrive.target))
    }
}

#[derive(Debug, Deserialize)]
struct Redrive {
    #[serde(rename = "deadLetterTargetArn")]
    target: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(pairs: &[(&str, &str)]) -> Answer {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Answer {
            attributes: pairs.collect(),
        }
    }

    #[test]
    fn what_was_never_set_is_none_and_what_cannot_be_read_is_malformed() {
        let plain = answer(&[]);
        assert_eq!(plain.policy(), Ok(vec![]));
        assert_eq!(plain.dead_letter_arn(), Ok(None));
        assert!(plain.demand("SqsManagedSseEnabled").is_err());
        let odd = answer(&[("RedrivePolicy", "{}"), ("Policy", "no")]);
        assert!(odd.dead_letter_arn().is_err());
        assert!(odd.policy().is_err());
    }

    #[test]
    fn a_queue_is_named_at_the_end_of_its_url() {
        let url = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders.fifo";
        assert_eq!(name_in(url), Ok("orders.fifo"));
        assert!(name_in("https://sqs.eu-west-1.amazonaws.com/").is_err());
    }
}
