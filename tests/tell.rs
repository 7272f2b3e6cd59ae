//! Calls of services without an SDK crate of their own: signed, recorded, tried again and settled as all others.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

#[path = "support/loopback.rs"]
mod loopback;

use std::sync::Arc;

use aws_types::SdkConfig;
use loopback::Kept;
use serde::Deserialize;
use serde_json::json;
use tieout::aws::replay::Answers;
use tieout::aws::session;
use tieout::aws::{Api, Plan, Protocol, Question, Reply, Shared, Site};
use tieout::inventory::{Gap, Reason};

const TABLES: Api = Api::new(
    "dynamodb",
    Protocol::Json {
        version: "1.0",
        target: "DynamoDB_20120810",
    },
);
const BALANCERS: Api = Api::new(
    "elb",
    Protocol::Query {
        version: "2012-06-01",
    },
)
.at("elasticloadbalancing", "elasticloadbalancing");

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Names {
    table_names: Vec<String>,
}

#[tokio::test]
async fn a_call_is_signed_and_kept_like_any_other() {
    let scan = Scan::of(vec![json_answer("200 OK", r#"{"TableNames":["orders"]}"#)]).await;
    let told = scan.tables().await.unwrap();
    assert_eq!(told, ["orders"]);

    let kept = scan.kept.all();
    let [attempt] = &kept[..] else {
        panic!("{kept:?}")
    };
    assert_eq!(
        (
            attempt.service.as_str(),
            attempt.operation.as_str(),
            attempt.region.as_str()
        ),
        ("dynamodb", "ListTables", "us-east-1")
    );
    assert_eq!(
        attempt.request.target.as_deref(),
        Some("DynamoDB_20120810.ListTables")
    );
    assert_eq!(attempt.request.body, r#"{"Limit":100}"#);
    assert_eq!(
        attempt.answer.as_ref().unwrap().request_id.as_deref(),
        Some("r-1")
    );
    assert!(
        !format!("{kept:?}").contains("Signature"),
        "no signature is kept"
    );
}

#[tokio::test]
async fn a_refusal_for_its_rate_is_tried_again() {
    let scan = Scan::of(vec![
        json_answer(
            "400 Bad Request",
            r#"{"__type":"ThrottlingException","message":"no"}"#,
        ),
        json_answer("200 OK", r#"{"TableNames":[]}"#),
    ])
    .await;
    assert_eq!(scan.tables().await.unwrap(), Vec::<String>::new());
    let attempts: Vec<_> = scan
        .kept
        .all()
        .iter()
        .map(|one| (one.call, one.attempt))
        .collect();
    assert_eq!(attempts, [(1, 1), (1, 2)]);
}

#[tokio::test]
async fn what_did_not_tell_is_a_gap_with_its_reason_live_and_replayed() {
    for (status, body, reason) in [
        (
            "400 Bad Request",
            r#"{"__type":"com.amazon#AccessDeniedException","Message":"no"}"#,
            Reason::Denied,
        ),
        (
            "400 Bad Request",
            r#"{"__type":"AccessDeniedException","Message":"an explicit deny in a service control policy"}"#,
            Reason::DeniedByScp,
        ),
        (
            "400 Bad Request",
            r#"{"__type":"ThrottlingException"}"#,
            Reason::Throttled,
        ),
        (
            "400 Bad Request",
            r#"{"__type":"SomethingNew"}"#,
            Reason::Broken,
        ),
        (
            "400 Bad Request",
            r#"{"__type":"UnrecognizedClientException"}"#,
            Reason::Refused,
        ),
        ("500 Internal Server Error", "oops", Reason::Malformed),
        ("503 Service Unavailable", "{}", Reason::Broken),
        ("200 OK", r#"{"TableNames":["orders"#, Reason::Malformed),
        ("200 OK", r#"{}"#, Reason::Malformed),
        ("200 OK", r#"{"TableNames":"orders"}"#, Reason::Malformed),
        ("200 OK", "", Reason::Malformed),
    ] {
        let scan = Scan::of(vec![json_answer(status, body)]).await;
        let gap = scan.tables().await.unwrap_err();
        assert_eq!(
            (gap.reason, gap.action.as_str()),
            (reason, "dynamodb:ListTables"),
            "{body}"
        );
        assert!(
            !gap.message.contains("orders"),
            "a report must not hold what an answer holds: {}",
            gap.message
        );

        let answers = Arc::new(Answers::new(scan.kept.all()));
        let replayed = tables(&site(session::recorded(
            answers,
            "us-east-1",
            Arc::default(),
        )))
        .await;
        assert_eq!(replayed.unwrap_err(), gap, "{body}");
    }
}

#[tokio::test]
async fn a_form_is_answered_in_xml() {
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Page {
        load_balancer_descriptions: Vec<Balancer>,
    }
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Balancer {
        load_balancer_name: String,
    }
    let body = "<DescribeLoadBalancersResponse xmlns=\"http://x/\"><DescribeLoadBalancersResult><LoadBalancerDescriptions>\
        <member><LoadBalancerName>web</LoadBalancerName></member></LoadBalancerDescriptions></DescribeLoadBalancersResult>\
        <ResponseMetadata><RequestId>r-2</RequestId></ResponseMetadata></DescribeLoadBalancersResponse>";
    let scan = Scan::of(vec![answer("200 OK", "text/xml", body)]).await;
    let question = Question::form().with("PageSize", Some(400));
    let told: Reply<Page> = scan
        .site
        .tell(&BALANCERS, "DescribeLoadBalancers", question, "")
        .await;
    let told = told.told().unwrap();
    let names: Vec<_> = told
        .value
        .load_balancer_descriptions
        .iter()
        .map(|one| &one.load_balancer_name)
        .collect();
    assert_eq!(names, ["web"]);
    let kept = scan.kept.all();
    assert_eq!(
        kept[0].request.body,
        "Action=DescribeLoadBalancers&Version=2012-06-01&PageSize=400"
    );
}

#[tokio::test]
async fn nothing_outside_the_plan_is_called() {
    let scan = Scan::of(vec![json_answer("200 OK", "{}")]).await;
    let question = Question::json(json!({}));
    let reply: Reply<Names> = scan.site.tell(&TABLES, "ListBackups", question, "").await;
    assert!(matches!(reply, Reply::Gap(gap) if gap.reason == Reason::NotAsked));
    assert!(scan.kept.all().is_empty(), "no request left the machine");
}

/// A scan against a server that gives the answers in order.
struct Scan {
    site: Site,
    kept: Arc<Kept>,
}

impl Scan {
    async fn of(answers: Vec<String>) -> Self {
        let (sdk, kept) = loopback::answering(answers).await;
        Self {
            site: site(sdk),
            kept,
        }
    }

    async fn tables(&self) -> Result<Vec<String>, Arc<Gap>> {
        tables(&self.site).await
    }
}

async fn tables(site: &Site) -> Result<Vec<String>, Arc<Gap>> {
    let question = Question::json(json!({ "Limit": 100 }));
    let reply: Reply<Names> = site.tell(&TABLES, "ListTables", question, "").await;
    reply.told().map(|told| told.value.table_names)
}

fn site(sdk: SdkConfig) -> Site {
    let calls = ["dynamodb:ListTables", "elb:DescribeLoadBalancers"];
    let plan = Plan::new(calls.map(str::to_owned));
    let now = jiff::Timestamp::UNIX_EPOCH;
    let shared = Shared::new(sdk, plan, now, false, Arc::default());
    Site::new(
        "123456789012",
        "aws",
        "us-east-1",
        "us-east-1",
        Arc::new(shared),
    )
}

fn json_answer(status: &str, body: &str) -> String {
    answer(status, "application/x-amz-json-1.0", body)
}

fn answer(status: &str, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nx-amzn-RequestId: r-1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
