//! A service that a region does not offer has no host there. Where AWS says so, there is nothing of it; where it does not, the
//! gap stands. The scan is replayed from attempts as a recorder would have kept them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::json;
use tieout::aws::replay::Answers;
use tieout::aws::{Plan, Shared, Site, session};
use tieout::collect;
use tieout::inventory::attempt::{Answer, Attempt, Failure, Request};
use tieout::inventory::intake::Intake;
use tieout::inventory::{Fact, Inventory, Population, Reason, Sourced, kinds};

const ACCOUNT: &str = "111122223333";
const HOME: &str = "us-east-1";
const FAR: &str = "ap-south-2";
const NO_HOST: &str =
    "no host of that name: dispatch failure: dns error: Name or service not known";

#[tokio::test]
async fn a_region_without_the_service_has_none_of_its_things() {
    let found = experiments(&[no_host(NO_HOST), regions(&[HOME, "eu-west-1"])]).await;
    assert!(found.gaps.is_empty(), "{:?}", found.gaps);
    assert!(found.resources.is_empty());
    let source = found.sources.first().unwrap();
    assert_eq!(
        (source.service.as_str(), source.operation.as_str()),
        ("ssm", "GetParametersByPath"),
        "that there are none has its evidence"
    );
    assert_eq!(source.parameters, "service=fis");
}

#[tokio::test]
async fn where_the_region_has_the_service_the_gap_of_the_host_stands() {
    let found = experiments(&[no_host(NO_HOST), regions(&[HOME, FAR])]).await;
    assert_eq!(only_gap(&found), ("fis".to_owned(), Reason::Broken));
}

#[tokio::test]
async fn where_aws_publishes_nothing_of_the_service_the_gap_stands() {
    let found = experiments(&[no_host(NO_HOST), regions(&[])]).await;
    assert_eq!(only_gap(&found), ("fis".to_owned(), Reason::Broken));
}

#[tokio::test]
async fn where_aws_may_not_be_asked_the_gap_stands() {
    let mut refused = regions(&[]);
    refused.answer = Some(answer(400, &json!({ "__type": "AccessDeniedException" })));
    let found = experiments(&[no_host(NO_HOST), refused]).await;
    assert_eq!(only_gap(&found), ("fis".to_owned(), Reason::Broken));
}

#[tokio::test]
async fn a_connection_that_broke_says_nothing_of_the_region() {
    let found = experiments(&[no_host("connection reset"), regions(&[HOME])]).await;
    assert_eq!(only_gap(&found), ("fis".to_owned(), Reason::Broken));
}

#[tokio::test]
async fn what_is_known_of_a_region_as_a_whole_has_no_value_where_the_service_is_not_offered() {
    let hub = hub_of_region(&[HOME, "eu-west-1"]).await;
    let told = |field: &Sourced| field.source.as_ref().map(|call| call.operation.clone());
    assert_eq!(hub[0].fact, Fact::Null, "neither on nor off");
    assert_eq!(hub[1].fact, Fact::List(Arc::from([])));
    for field in &hub {
        assert_eq!(told(field).as_deref(), Some("GetParametersByPath"));
    }
}

#[tokio::test]
async fn what_is_known_of_a_region_stays_unread_where_the_service_is_offered() {
    for field in hub_of_region(&[HOME, FAR]).await {
        let Fact::Gap(gap) = field.fact else {
            panic!("{field:?}")
        };
        assert_eq!(gap.operation, "DescribeHub");
    }
}

/// What the far region says of Security Hub, which has no host there.
async fn hub_of_region(offered: &[&str]) -> [Sourced; 2] {
    let attempts = [
        Attempt {
            request: Request {
                method: "GET".to_owned(),
                path: "/accounts".to_owned(),
                target: None,
                body: String::new(),
            },
            failure: Some(Failure::Connection(NO_HOST.to_owned())),
            ..attempt("securityhub", "DescribeHub", FAR, 1)
        },
        regions_of("securityhub", offered),
    ];
    let calls = [
        "securityhub:DescribeHub",
        "securityhub:ListEnabledProductsForImport",
    ];
    let inventory = collected(&attempts, &calls).await;
    let schema = kinds::schema();
    let kind = schema.kind("region").unwrap();
    let (_, region) = inventory.members("region").next().unwrap();
    ["security_hub", "security_hub_sources"]
        .map(|name| region.fields[kind.field(name).unwrap().0].clone())
}

fn only_gap(found: &Population) -> (String, Reason) {
    let [gap] = &found.gaps[..] else {
        panic!("{found:?}")
    };
    assert!(found.sources.is_empty());
    (gap.service.clone(), gap.reason)
}

/// The experiments of the far region, as a replay of these attempts comes to them.
async fn experiments(attempts: &[Attempt]) -> Population {
    let inventory = collected(attempts, &["fis:ListExperiments"]).await;
    let mut found = inventory.of_kind("fis.experiment");
    let (place, population) = found.next().unwrap();
    assert_eq!(&*place.region, FAR);
    population.clone()
}

/// The far region, as a replay of these attempts comes to it by these calls.
async fn collected(attempts: &[Attempt], calls: &[&str]) -> Inventory {
    let answers = Arc::new(Answers::new(attempts.to_vec()));
    let sdk = session::recorded(answers, HOME, Arc::default());
    let calls = calls.iter().chain(&["ssm:GetParametersByPath"]);
    let plan = Plan::new(calls.map(|call| (*call).to_owned()));
    let shared = Shared::new(sdk, plan, Timestamp::UNIX_EPOCH, true, Arc::default());
    let global = Site::new(ACCOUNT, "aws", "global", HOME, Arc::new(shared));
    let regions = [global.at(FAR)];
    let intake = Intake::new("aws");
    collect::collect(&global, &regions, &intake).await;
    let schema = kinds::schema();
    intake.finish(&schema, collect::places(&schema, &global, &regions))
}

fn no_host(why: &str) -> Attempt {
    Attempt {
        request: Request {
            method: "GET".to_owned(),
            path: "/experiments".to_owned(),
            target: None,
            body: String::new(),
        },
        failure: Some(Failure::Connection(why.to_owned())),
        ..attempt("fis", "ListExperiments", FAR, 1)
    }
}

fn regions(offered: &[&str]) -> Attempt {
    regions_of("fis", offered)
}

fn regions_of(service: &str, offered: &[&str]) -> Attempt {
    let path = format!("/aws/service/global-infrastructure/services/{service}/regions");
    let parameters: Vec<_> = offered
        .iter()
        .map(|region| json!({ "Name": format!("{path}/{region}"), "Value": region }))
        .collect();
    Attempt {
        request: Request {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            target: Some("AmazonSSM.GetParametersByPath".to_owned()),
            body: json!({ "Path": path }).to_string(),
        },
        answer: Some(answer(200, &json!({ "Parameters": parameters }))),
        ..attempt("ssm", "GetParametersByPath", HOME, 2)
    }
}

fn answer(status: u16, body: &serde_json::Value) -> Answer {
    let body = body.to_string();
    Answer {
        arrived: None,
        status,
        content_type: Some("application/x-amz-json-1.1".to_owned()),
        request_id: Some("r-1".to_owned()),
        date: None,
        headers: Vec::new(),
        sha256: String::new(),
        bytes: body.len() as u64,
        redacted: Vec::new(),
        body,
    }
}

fn attempt(service: &str, operation: &str, region: &str, call: u64) -> Attempt {
    Attempt {
        service: service.to_owned(),
        operation: operation.to_owned(),
        account: ACCOUNT.to_owned(),
        region: region.to_owned(),
        call,
        attempt: 1,
        endpoint: None,
        access_key_id: None,
        page: None,
        request: Request {
            method: String::new(),
            path: String::new(),
            target: None,
            body: String::new(),
        },
        started: Timestamp::UNIX_EPOCH,
        ended: Timestamp::UNIX_EPOCH,
        answer: None,
        failure: None,
    }
}
