use std::collections::BTreeSet;

use super::*;
use crate::inventory::attempt::{Answer, Request};

const AT: &str = "2026-11-24T02:11:09Z";

fn attempt(call: u64, operation: &str, request_id: Option<&str>) -> Attempt {
    let at: Timestamp = AT.parse().unwrap();
    Attempt {
        service: "iam".into(),
        operation: operation.into(),
        account: "111122223333".into(),
        region: "us-east-1".into(),
        call,
        attempt: 1,
        request: Request {
            method: "POST".into(),
            path: "/".into(),
            target: None,
            body: String::new(),
        },
        started: at,
        ended: at,
        answer: Some(answer(request_id)),
        failure: None,
        ..blank()
    }
}

/// What else an attempt has, none of which is compared.
fn blank() -> Attempt {
    serde_json::from_value(serde_json::json!({
        "service": "", "operation": "", "account": "", "region": "", "call": 0, "attempt": 0,
        "request": { "method": "", "path": "" }, "started": AT, "ended": AT,
    }))
    .unwrap()
}

fn answer(request_id: Option<&str>) -> Answer {
    serde_json::from_value(serde_json::json!({
        "status": 200, "content_type": null, "request_id": request_id, "date": null, "sha256": "", "bytes": 0, "body": "",
    }))
    .unwrap()
}

fn event(name: &str, request_id: &str) -> Event {
    Event {
        event_id: format!("event of {request_id}"),
        name: name.into(),
        source: "iam.amazonaws.com".into(),
        region: "us-east-1".into(),
        at: AT.parse().unwrap(),
        request_id: Some(request_id.into()),
        error: None,
        sha256: String::new(),
    }
}

fn held(attempts: &[Attempt], events: &[Event]) -> Corroboration {
    let read = BTreeSet::from(["us-east-1".to_owned()]);
    let is_read = |attempt: &Attempt| read.contains(history_of(attempt, "us-east-1"));
    let found = reconcile(attempts, events, &is_read);
    let total = found.total();
    assert_eq!(total.attempts, attempts.len() as u64);
    assert_eq!(
        total.attempts,
        total.matched + total.differing + total.missing + total.unread + total.not_corroborable
    );
    found
}

#[test]
fn what_both_have_is_matched() {
    let found = held(
        &[attempt(1, "ListUsers", Some("a"))],
        &[event("ListUsers", "a")],
    );
    assert_eq!(found.total().matched, 1);
    assert!(!found.contradicts());
}

#[test]
fn what_one_of_them_lacks_is_named() {
    let found = held(
        &[
            attempt(1, "ListUsers", Some("a")),
            attempt(2, "ListRoles", Some("b")),
        ],
        &[event("ListUsers", "a"), event("CreateUser", "c")],
    );
    assert_eq!(found.missing[0].operation, "ListRoles");
    assert_eq!(found.unclaimed[0].name, "CreateUser");
    assert!(found.contradicts());
}

#[test]
fn an_id_that_belongs_to_another_call_is_no_match() {
    let mut late = event("ListRoles", "b");
    late.at = "2026-11-24T03:00:00Z".parse().unwrap();
    let mut refused = event("ListGroups", "c");
    refused.error = Some("AccessDenied".into());
    let found = held(
        &[
            attempt(1, "ListUsers", Some("a")),
            attempt(2, "ListRoles", Some("b")),
            attempt(3, "ListGroups", Some("c")),
        ],
        &[event("GetUser", "a"), late, refused],
    );
    let in_what: Vec<_> = found
        .differing
        .iter()
        .map(|one| one.in_what.clone())
        .collect();
    assert_eq!(
        in_what,
        [vec!["the operation"], vec!["the time"], vec!["the outcome"]]
    );
}

#[test]
fn what_cannot_be_there_is_not_held_against_the_run() {
    let mut metrics = attempt(2, "GetMetricData", Some("b"));
    metrics.service = "cloudwatch".into();
    let mut silent = attempt(3, "ListUsers", None);
    silent.answer = None;
    let found = held(&[metrics, silent], &[]);
    assert_eq!(found.total().not_corroborable, 2);
    assert!(!found.contradicts());
}

#[test]
fn a_history_that_could_not_be_read_contradicts_nothing() {
    let mut elsewhere = attempt(1, "ListUsers", Some("a"));
    elsewhere.region = "eu-west-1".into();
    let found = held(&[elsewhere], &[]);
    assert_eq!(found.total().unread, 1);
    assert!(!found.contradicts());
}
