//! SNS: topics with their policy, and this account's subscriptions.

use aws_sdk_sns::Client;
use aws_sdk_sns::operation::get_topic_attributes::GetTopicAttributesOutput;
use aws_sdk_sns::types::Subscription as Listed;
use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use crate::ask;
use crate::aws::documents::statements;
use crate::aws::hosts::of_address;
use crate::aws::{Missing, Site, Turn, each, key_arn, missing, pages};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::sns::{Subscription, Topic};

/// Reads the topics and subscriptions of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let sns = site.sns();
    futures::join!(
        topics(site, &sns, intake),
        subscriptions(site, &sns, intake)
    );
}

async fn topics(site: &Site, sns: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            ask!(
                site,
                "sns:ListTopics",
                sns.list_topics().set_next_token(token)
            )
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Topic>(&site.account, &site.region, &page.source);
            let topics = page.value.topics.as_ref().ok_or(missing("Topics"))?;
            let arns = topics
                .iter()
                .map(|topic| topic.topic_arn().ok_or(missing("TopicArn")));
            let arns = arns.collect::<Result<Vec<_>, _>>()?;
            each(arns, async |arn| {
                one_topic(site, sns, intake, page, arn).await
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Topic>(&site.account, &site.region, gap);
    }
}

async fn one_topic<T>(site: &Site, sns: &Client, intake: &Intake, page: &Told<T>, arn: &str) {
    let attributes = ask!(
        site,
        "sns:GetTopicAttributes",
        sns.get_topic_attributes().topic_arn(arn),
        format!("topic={arn}")
    );
    let name = arn.rsplit(':').next().unwrap_or(arn);
    let topic = Topic {
        name: page.fact(name.to_owned()),
        policy: attributes.read(|a| statements(attribute(a, "Policy")?.ok_or(missing("Policy"))?)),
        // Left out while server-side encryption is off.
        // <https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html>
        kms_key: attributes.read(|a| Ok(attribute(a, "KmsMasterKeyId")?.map(str::to_owned))),
        key_arn: attributes.read(|a| {
            let key = attribute(a, "KmsMasterKeyId")?;
            Ok(key.map(|key| key_arn(site, &site.region, key)))
        }),
        confirmed: attributes.read(|a| {
            let count = attribute(a, "SubscriptionsConfirmed")?;
            count
                .and_then(|count| count.parse().ok())
                .ok_or(missing("a number of SubscriptionsConfirmed"))
        }),
    };
    let identity = Identity {
        arn: arn.to_owned(),
        name: name.to_owned(),
    };
    intake.add(&site.account, &site.region, identity, topic);
}

fn attribute<'a>(
    answer: &'a GetTopicAttributesOutput,
    name: &str,
) -> Result<Option<&'a str>, Missing> {
    let attributes = answer.attributes().ok_or(missing("Attributes"))?;
    Ok(attributes.get(name).map(String::as_str))
}

async fn subscriptions(site: &Site, sns: &Client, intake: &Intake) {
    let listing = pages(
        async |token| {
            let list = sns.list_subscriptions().set_next_token(token);
            ask!(site, "sns:ListSubscriptions", list)
        },
        |page| Turn::to(page.next_token()),
        async |page| {
            intake.listed::<Subscription>(&site.account, &site.region, &page.source);
            let subscriptions = page.value.subscriptions.as_ref();
            for subscription in subscriptions.ok_or(missing("Subscriptions"))? {
                let (identity, fields) = one_subscription(page, subscription)?;
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Subscription>(&site.account, &site.region, gap);
    }
}

fn one_subscription<T>(
    page: &Told<T>,
    subscription: &Listed,
) -> Result<(Identity, Subscription), Missing> {
    let topic = subscription.topic_arn().ok_or(missing("TopicArn"))?;
    let protocol = subscription.protocol().ok_or(missing("Protocol"))?;
    let arn = subscription
        .subscription_arn()
        .ok_or(missing("SubscriptionArn"))?;
    // One that waits for its confirmation has the words `PendingConfirmation` for an ARN, and one that has just been
    // removed `Deleted`.
    let confirmed = arn.starts_with("arn:");
    let arn = if confirmed {
        arn.to_owned()
    } else {
        // The endpoint tells such apart, and may be an address with a secret in it, or a person's.
        let endpoint = subscription.endpoint().ok_or(missing("Endpoint"))?;
        let mut digest = hexadecimal(&Sha256::digest(endpoint.as_bytes()));
        digest.truncate(12);
        format!("{topic}:{arn}:{protocol}:{digest}")
    };
    // Nobody knows a subscription by its id; the endpoint, which they know it by, may be an address with a secret in it.
    let name = format!(
        "{} by {protocol}",
        topic.rsplit(':').next().unwrap_or(topic)
    );
    let endpoint = subscription.endpoint();
    let fields = Subscription {
        topic_arn: page.fact(topic.to_owned()),
        protocol: page.fact(protocol.to_owned()),
        confirmed: page.fact(confirmed),
        email: page.fact(
            endpoint
                .filter(|_| protocol.starts_with("email"))
                .map(str::to_owned),
        ),
        host: page.fact(
            endpoint
                .filter(|_| protocol.starts_with("http"))
                .map(|address| of_address(address).to_owned()),
        ),
    };
    Ok((Identity { arn, name }, fields))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::intake::example_source;

    const TOPIC: &str = "arn:aws:sns:eu-west-1:111122223333:oncall";

    fn told(arn: &str, endpoint: &str) -> (Identity, bool) {
        let page = Told {
            value: (),
            source: example_source("111122223333", "eu-west-1"),
        };
        let listed = Listed::builder()
            .topic_arn(TOPIC)
            .protocol("https")
            .subscription_arn(arn)
            .endpoint(endpoint)
            .build();
        let (identity, fields) = one_subscription(&page, &listed).unwrap();
        (identity, fields.confirmed.unwrap().value)
    }

    #[test]
    fn a_pending_subscription_is_told_apart_without_its_endpoint() {
        let arn = format!("{TOPIC}:0b6941c3");
        let (identity, confirmed) = told(&arn, "https://example.com/");
        assert_eq!(
            (identity.arn, identity.name),
            (arn, "oncall by https".to_owned())
        );
        assert!(confirmed);

        let (one, confirmed) = told("PendingConfirmation", "https://example.com/?key=secret");
        let (other, _) = told("PendingConfirmation", "https://example.com/?key=other");
        assert!(!confirmed);
        assert_ne!(one.arn, other.arn);
        assert!(
            one.arn
                .starts_with(&format!("{TOPIC}:PendingConfirmation:https:"))
        );
        assert!(!one.arn.contains("secret"));
        assert!(!told("Deleted", "https://example.com/").1);
    }
}
