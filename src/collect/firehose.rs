//! Firehose: delivery streams, where they read, and how they write.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::aws::{Api, Missing, Protocol, Question, Site, Turn, each, list, missing};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::firehose::{Destination, Stream};

/// <https://docs.aws.amazon.com/firehose/latest/APIReference/Welcome.html>
const API: Api = Api::new(
    "firehose",
    Protocol::Json {
        version: "1.1",
        target: "Firehose_20150804",
    },
);

/// Most streams of a page. Where none is asked for, Firehose answers ten.
const PAGE: u16 = 10_000;

/// Reads the delivery streams of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<Stream, Names>(
        site,
        intake,
        async |after| {
            let input = json!({ "Limit": PAGE, "ExclusiveStartDeliveryStreamName": after });
            site.tell(&API, "ListDeliveryStreams", Question::json(input), "")
                .await
        },
        Names::turn,
        async |page| {
            each(&page.value.delivery_stream_names, async |name| {
                one_stream(site, intake, page, name).await
            })
            .await;
            Ok(())
        },
    )
    .await;
}

/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Names {
    delivery_stream_names: Vec<String>,
    has_more_delivery_streams: bool,
}

impl Names {
    /// The last name of a page is the token of the next.
    fn turn(&self) -> Turn {
        let more = self.has_more_delivery_streams;
        let last = self.delivery_stream_names.last().filter(|_| more);
        Turn::marked(more, last.map(String::as_str))
    }
}

async fn one_stream(site: &Site, intake: &Intake, page: &Told<Names>, name: &str) {
    let question = Question::json(json!({ "DeliveryStreamName": name }));
    let about = format!("stream={name}");
    let told = site
        .tell::<Answer>(&API, "DescribeDeliveryStream", question, about)
        .await;
    let (partition, region, account) = (&site.partition, &site.region, &site.account);
    let stream = Stream {
        name: page.fact(name.to_owned()),
        reads_from: told.read(|t| Ok(t.stream.kind.clone())),
        source_arn: told.read(|t| t.stream.source_arn()),
        encrypted: told.read(|t| {
            // Left out where it was never turned on.
            let encryption = t.stream.encryption.as_ref();
            Ok(encryption.is_some_and(|encryption| encryption.status == "ENABLED"))
        }),
        destinations: told.read(|t| t.stream.destinations.iter().map(destination).collect()),
    };
    let identity = Identity {
        arn: format!("arn:{partition}:firehose:{region}:{account}:deliverystream/{name}"),
        name: name.to_owned(),
    };
    intake.add(account, region, identity, stream);
}

#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(rename = "DeliveryStreamDescription")]
    stream: Described,
}

/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamDescription.html>
#[derive(Debug, Deserialize)]
struct Described {
    #[serde(rename = "DeliveryStreamType")]
    kind: String,
    #[serde(rename = "DeliveryStreamEncryptionConfiguration")]
    encryption: Option<Encryption>,
    /// Left out where producers write to it directly.
    #[serde(rename = "Source")]
    source: Option<Source>,
    #[serde(rename = "Destinations")]
    destinations: Vec<Map<String, Value>>,
}

impl Described {
    fn source_arn(&self) -> Result<Option<String>, Missing> {
        if self.kind != "KinesisStreamAsSource" {
            return Ok(None);
        }
        let of = self
            .source
            .as_ref()
            .and_then(|source| source.stream.as_ref());
        let of = of.ok_or_else(|| missing("KinesisStreamSourceDescription"))?;
        Ok(Some(of.arn.clone()))
    }
}

#[derive(Debug, Deserialize)]
struct Encryption {
    #[serde(rename = "Status")]
    status: String,
}

#[derive(Debug, Deserialize)]
struct Source {
    #[serde(rename = "KinesisStreamSourceDescription")]
    stream: Option<StreamSource>,
}

#[derive(Debug, Deserialize)]
struct StreamSource {
    #[serde(rename = "KinesisStreamARN")]
    arn: String,
}

/// A destination says what it is by the member it is in: `ExtendedS3DestinationDescription`. One in S3 stands there twice,
/// in the form of old as `S3DestinationDescription` too.
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_DestinationDescription.html>
fn destination(members: &Map<String, Value>) -> Result<Destination, Missing> {
    const END: &str = "DestinationDescription";
    let described = members
        .iter()
        .filter_map(|(name, value)| Some((name.strip_suffix(END)?, value)));
    let particular = described.clone().find(|(name, _)| *name != "S3");
    let (name, value) = particular
        .or_else(|| described.clone().next())
        .ok_or_else(|| missing("a description of a destination"))?;
    let r#type = if name == "ExtendedS3" { "S3" } else { name };
    // Left out where errors are not logged.
    let logging = value.get("CloudWatchLoggingOptions");
    let logs_errors = match logging.and_then(|logging| logging.get("Enabled")) {
        None => false,
        Some(enabled) => enabled
            .as_bool()
            .ok_or_else(|| missing("a yes or no in CloudWatchLoggingOptions"))?,
    };
    Ok(Destination {
        r#type: r#type.to_owned(),
        logs_errors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> Result<Destination, Missing> {
        destination(value.as_object().unwrap())
    }

    #[test]
    fn a_destination_is_known_by_its_member() {
        let on = json!({ "CloudWatchLoggingOptions": { "Enabled": true } });
        let off = json!({ "CloudWatchLoggingOptions": { "Enabled": false } });
        let of = |value| {
            let found = read(value).unwrap();
            (found.r#type, found.logs_errors)
        };
        let s3 = json!({ "DestinationId": "d", "S3DestinationDescription": off, "ExtendedS3DestinationDescription": on });
        assert_eq!(of(s3), ("S3".to_owned(), true));
        let old = json!({ "DestinationId": "d", "S3DestinationDescription": on });
        assert_eq!(of(old), ("S3".to_owned(), true));
        let splunk = json!({ "DestinationId": "d", "SplunkDestinationDescription": {} });
        assert_eq!(of(splunk), ("Splunk".to_owned(), false));
        assert!(read(json!({ "DestinationId": "d" })).is_err());
    }

    #[test]
    fn the_last_name_leads_on_where_there_are_more() {
        let turn = |names: &[&str], more| {
            let names = names.iter().map(|name| (*name).to_owned());
            let page = Names {
                delivery_stream_names: names.collect(),
                has_more_delivery_streams: more,
            };
            page.turn()
        };
        assert_eq!(turn(&["a", "b"], true), Turn::Next("b".to_owned()));
        assert_eq!(turn(&["a", "b"], false), Turn::End);
        assert_eq!(turn(&[], true), Turn::Cut);
    }
}
