//! Log files of a trail, written from a bundle's calls as CloudTrail would have recorded them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

/// The home of services without a region.
const HOME: &str = "us-east-1";

/// Calls that a trail keeps where it is set to keep data events.
const DATA_EVENTS: [&str; 3] = [
    "cloudwatch:GetMetricData",
    "sqs:GetQueueAttributes",
    "sqs:ListQueues",
];

/// S3 names the subresource and not the operation.
const OF_S3: [(&str, &str); 7] = [
    ("s3:GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
    (
        "s3control:GetPublicAccessBlock",
        "GetAccountPublicAccessBlock",
    ),
    ("s3:GetBucketLifecycleConfiguration", "GetBucketLifecycle"),
    (
        "s3:GetBucketNotificationConfiguration",
        "GetBucketNotification",
    ),
    (
        "s3:GetObjectLockConfiguration",
        "GetBucketObjectLockConfiguration",
    ),
    (
        "s3:ListBucketInventoryConfigurations",
        "GetBucketInventoryConfiguration",
    ),
    (
        "s3:ListBucketIntelligentTieringConfigurations",
        "GetBucketIntelligentTieringConfiguration",
    ),
];

/// The hosts that services are asked at, where they are not called so.
const SOURCES: [(&str, &str); 18] = [
    ("accessanalyzer", "access-analyzer"),
    ("apigatewayv2", "apigateway"),
    ("application-autoscaling", "autoscaling"),
    ("cloudwatch", "monitoring"),
    ("efs", "elasticfilesystem"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("emr", "elasticmapreduce"),
    ("marketplace-agreement", "agreement-marketplace"),
    ("mq", "amazonmq"),
    ("opensearch", "es"),
    ("resourcegroupstaggingapi", "tagging"),
    ("s3control", "s3"),
    ("service-quotas", "servicequotas"),
    ("sesv2", "ses"),
    ("sso-admin", "sso"),
    ("stepfunctions", "states"),
    ("sts", "sts"),
];

/// The records of a run, by region.
pub(crate) struct Trail {
    account: String,
    regions: BTreeMap<String, Vec<Value>>,
    /// The minute at which the files are delivered: `20261124T0215Z`.
    minute: String,
}

impl Trail {
    /// Of the calls in a bundle, all of which it keeps: those of data events with `data`.
    pub(crate) fn of(bundle: &Path, data: bool) -> Self {
        let attempts = attempts(bundle);
        let mut regions: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut account = String::new();
        let mut last = String::new();
        for attempt in &attempts {
            let call = format!(
                "{}:{}",
                text(attempt, "service"),
                text(attempt, "operation")
            );
            if text(attempt, "account") != "caller" {
                text(attempt, "account").clone_into(&mut account);
            }
            last = last.max(text(attempt, "ended").to_owned());
            if data || !DATA_EVENTS.contains(&call.as_str()) {
                let region = match text(attempt, "region") {
                    "global" => HOME,
                    region => region,
                };
                let of = regions.entry(region.to_owned()).or_default();
                of.push(record(attempt, &call, region));
            }
        }
        let ended: jiff::Timestamp = last.parse().unwrap();
        let delivered = ended.as_second() + 300;
        Self {
            account,
            regions,
            minute: minute(delivered),
        }
    }

    /// Has its files delivered in another minute: that of a second since 1970.
    pub(crate) fn delivered(&mut self, second: i64) {
        self.minute = minute(second);
    }

    /// Its records in a region.
    pub(crate) fn records(&mut self, region: &str) -> &mut Vec<Value> {
        self.regions.get_mut(region).unwrap()
    }

    /// A region that it does not keep.
    pub(crate) fn forget(&mut self, region: &str) {
        self.regions.remove(region).unwrap();
    }

    /// Writes the files below a folder, two of each region, and says where they are.
    pub(crate) fn write(&self, top: &Path) -> Vec<PathBuf> {
        let (year, month, day) = (&self.minute[..4], &self.minute[4..6], &self.minute[6..8]);
        let mut written = Vec::new();
        for (region, records) in &self.regions {
            let folder = top.join(format!(
                "AWSLogs/{}/CloudTrail/{region}/{year}/{month}/{day}",
                self.account
            ));
            fs::create_dir_all(&folder).unwrap();
            let (first, second) = records.split_at(records.len() / 2);
            for (part, records) in [first, second].into_iter().enumerate() {
                let name = format!(
                    "{}_CloudTrail_{region}_{}_Mu0KsOhtH1ar15Z{part}.json.gz",
                    self.account, self.minute
                );
                let text = json!({ "Records": records }).to_string();
                fs::write(folder.join(&name), packed(text.as_bytes())).unwrap();
                written.push(folder.join(name));
            }
        }
        written
    }
}

fn minute(second: i64) -> String {
    let at = jiff::Timestamp::from_second(second).unwrap();
    at.strftime("%Y%m%dT%H%MZ").to_string()
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

/// The calls of a bundle.
fn attempts(bundle: &Path) -> Vec<Value> {
    let mut found = Vec::new();
    let mut folders = vec![bundle.join("calls")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let lines = zstd::decode_all(&*fs::read(path).unwrap()).unwrap();
                let lines = String::from_utf8(lines).unwrap();
                found.extend(
                    lines
                        .lines()
                        .map(|line| serde_json::from_str::<Value>(line).unwrap()),
                );
            }
        }
    }
    found
}

fn record(attempt: &Value, call: &str, region: &str) -> Value {
    let (service, operation) = call.split_once(':').unwrap();
    let source = SOURCES.iter().find(|(of, _)| *of == service);
    let name = OF_S3.iter().find(|(of, _)| *of == call);
    let at = &text(attempt, "ended")[..19];
    let id = attempt["answer"]["request_id"].clone();
    let mut record = json!({
        "eventVersion": "1.11",
        "eventID": format!("event of {}", id.as_str().unwrap()),
        "eventName": name.map_or(operation, |(_, name)| name),
        "eventSource": format!("{}.amazonaws.com", source.map_or(service, |(_, source)| source)),
        "eventTime": format!("{at}Z"),
        "eventType": "AwsApiCall",
        "awsRegion": region,
        "readOnly": true,
        "requestID": id,
        "requestParameters": { "status": ["whatever", "it", "was"] },
        "userIdentity": { "type": "AssumedRole", "accessKeyId": attempt["access_key_id"] },
    });
    if attempt["answer"]["status"].as_u64().unwrap() >= 400 {
        record["errorCode"] = json!("AccessDenied");
    }
    record
}

/// Gzip, as CloudTrail packs a file.
pub(crate) fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}
