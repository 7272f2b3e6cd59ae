//! What the recorder keeps and what a call settles to, against a server on loopback that misbehaves.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

#[path = "support/loopback.rs"]
mod loopback;

use std::sync::Arc;
use std::time::Duration;

use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use loopback::Kept;
use tieout::ask;
use tieout::aws::replay::Answers;
use tieout::aws::session;
use tieout::aws::{Plan, Reply, Shared, Site};
use tieout::inventory::attempt::{Attempt, Failure};
use tieout::inventory::{Gap, Reason};

const USERS: &str = "<ListUsersResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListUsersResult>\
    <Users/><IsTruncated>false</IsTruncated></ListUsersResult><ResponseMetadata><RequestId>r-ok</RequestId>\
    </ResponseMetadata></ListUsersResponse>";

#[tokio::test]
async fn a_throttled_call_is_tried_again_and_every_attempt_is_kept() {
    let scan = Scan::of(vec![error("400 Bad Request", "Throttling"), ok(USERS)]).await;
    let told = scan
        .list_users()
        .await
        .expect("the second attempt is answered");
    assert_eq!(
        told,
        Some("r-ok".to_owned()),
        "evidence cites the attempt that told"
    );

    let kept = scan.kept();
    let seen: Vec<_> = kept
        .iter()
        .map(|one| (one.call, one.attempt, one.answer.as_ref().unwrap().status))
        .collect();
    assert_eq!(seen, [(1, 1, 400), (1, 2, 200)]);
    assert_eq!(kept[1].request.body, "Action=ListUsers&Version=2010-05-08");
    assert!(
        !format!("{kept:?}").contains("Signature"),
        "no signature and no credential is kept"
    );
}

#[tokio::test]
async fn what_did_not_tell_is_a_gap_with_its_reason() {
    let cut = format!("{}...", &USERS[..150]);
    for (answer, reason) in [
        (error("403 Forbidden", "AccessDenied"), Reason::Denied),
        (
            error("403 Forbidden", "OptInRequired"),
            Reason::NotSubscribed,
        ),
        (
            error("403 Forbidden", "InvalidClientTokenId"),
            Reason::Refused,
        ),
        (error("403 Forbidden", "ExpiredToken"), Reason::Expired),
        (error("400 Bad Request", "SomethingNew"), Reason::Broken),
        (error("400 Bad Request", "Throttling"), Reason::Throttled),
        (
            error("500 Internal Server Error", "InternalFailure"),
            Reason::Broken,
        ),
        (ok(&USERS[..150]), Reason::Malformed),
        (ok(""), Reason::Malformed),
        (ok("<html><body>sign in</body></html>"), Reason::Malformed),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".to_owned() + &cut,
            Reason::Broken,
        ),
        (String::new(), Reason::Broken),
    ] {
        let scan = Scan::of(vec![answer.clone()]).await;
        let gap = scan.list_users().await.expect_err(&answer);
        assert_eq!(gap.reason, reason, "{answer}");
        assert!(
            reason != Reason::Malformed || !gap.message.contains("sign in"),
            "a report must not hold what an answer holds: {}",
            gap.message
        );
        assert_eq!(
            gap.action, "iam:ListUsers",
            "the gap names what would settle it"
        );
    }
}

#[tokio::test]
async fn a_replay_settles_every_call_as_the_scan_did() {
    for answer in [
        ok(USERS),
        error("403 Forbidden", "AccessDenied"),
        ok(&USERS[..150]),
        String::new(),
    ] {
        let scan = Scan::of(vec![answer.clone()]).await;
        let live = scan.list_users().await;
        let replayed = list_users(&site(replay(&scan.kept()))).await;
        assert_eq!(live, replayed, "{answer}");
    }
}

#[tokio::test]
async fn what_a_bundle_does_not_hold_was_not_asked() {
    let gap = list_users(&site(replay(&[]))).await.unwrap_err();
    assert_eq!(gap.reason, Reason::NotAsked);
}

#[tokio::test]
async fn nothing_outside_the_plan_is_called() {
    let scan = Scan::of(vec![ok(USERS)]).await;
    let iam = scan.site.iam();
    let reply = ask!(&scan.site, "iam:ListGroups", iam.list_groups());
    assert!(matches!(reply, Reply::Gap(gap) if gap.reason == Reason::NotAsked));
    assert!(scan.kept().is_empty(), "no request left the machine");
}

#[tokio::test]
async fn an_answer_that_was_cut_short_is_kept_with_the_reason() {
    let scan = Scan::of(vec![ok(&USERS[..150])]).await;
    let _gap = scan.list_users().await;
    let last = scan.kept().pop().unwrap();
    assert!(matches!(last.failure, Some(Failure::Malformed(_))));
    assert_eq!(last.answer.unwrap().bytes, 150);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_kept_and_replayed_as_that() {
    // It takes connections, and nobody is behind it.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (sdk, kept) = loopback::answering(Vec::new()).await;
    let patience = TimeoutConfig::builder().read_timeout(Duration::from_millis(50));
    let sdk = sdk
        .to_builder()
        .endpoint_url(endpoint)
        .timeout_config(patience.build())
        .build();
    let live = list_users(&site(sdk)).await;
    assert_eq!(live.clone().unwrap_err().reason, Reason::Broken);
    assert_eq!(kept.all().len(), 2, "every attempt is kept");
    for attempt in kept.all() {
        assert!(
            matches!(attempt.failure, Some(Failure::Timeout(_))),
            "{attempt:?}"
        );
    }
    assert_eq!(live, list_users(&site(replay(&kept.all()))).await);
}

#[tokio::test]
async fn the_ledger_counts_refusals_for_the_rate_in_the_scan_and_in_its_replay() {
    let mut listed = USERS.replace("<Users/>", "<Users></Users><!-- Throttling -->");
    listed.push('\n');
    let (sdk, kept) =
        loopback::answering(vec![error("400 Bad Request", "Throttling"), ok(&listed)]).await;
    let throttled = async |sdk| {
        let shared = Arc::new(shared(sdk));
        list_users(&site_of(shared.clone())).await.unwrap();
        let ledger = shared.ledger();
        let tallies = ledger.values().map(|tally| (tally.ok, tally.throttled));
        tallies.collect::<Vec<_>>()
    };
    assert_eq!(throttled(sdk).await, [(1, 1)], "once, not in a good answer");
    assert_eq!(throttled(replay(&kept.all())).await, [(1, 1)]);
}

fn replay(kept: &[Attempt]) -> SdkConfig {
    let answers = Answers::new(kept.to_vec());
    session::recorded(Arc::new(answers), "us-east-1", Arc::default())
}

/// A scan of one call against a server that gives the answers in order, and the last one for ever.
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

    async fn list_users(&self) -> Result<Option<String>, Arc<Gap>> {
        list_users(&self.site).await
    }

    fn kept(&self) -> Vec<Attempt> {
        self.kept.all()
    }
}

fn site(sdk: SdkConfig) -> Site {
    site_of(Arc::new(shared(sdk)))
}

fn shared(sdk: SdkConfig) -> Shared {
    let plan = Plan::new(["iam:ListUsers".to_owned()]);
    Shared::new(
        sdk,
        plan,
        jiff::Timestamp::UNIX_EPOCH,
        false,
        Arc::default(),
    )
}

fn site_of(shared: Arc<Shared>) -> Site {
    Site::new("123456789012", "aws", "global", "us-east-1", shared)
}

/// The request id of the answer, or the gap.
async fn list_users(site: &Site) -> Result<Option<String>, Arc<Gap>> {
    let iam = site.iam();
    ask!(site, "iam:ListUsers", iam.list_users())
        .told()
        .map(|told| told.source.request_id.clone())
}

fn ok(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn error(status: &str, code: &str) -> String {
    let body = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>no</Message></Error><RequestId>r-no</RequestId></ErrorResponse>"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
