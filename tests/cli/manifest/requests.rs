//! What every request of a run bears, and what is kept of each attempt.

use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use super::{read, scanned_twice};
use crate::account::Account;
use crate::run::Place;

#[test]
fn the_run_stands_in_the_user_agent_of_every_request() {
    let agents = Arc::<Mutex<Vec<String>>>::default();
    let heard = agents.clone();
    let account = Account::acme_but(move |asked| {
        heard
            .lock()
            .unwrap()
            .push(asked.headers["user-agent"].clone());
        None
    });
    let place = Place::empty();
    // One service with an SDK crate of its own, and one without.
    let args = [
        "scan",
        "--out",
        "it",
        "--only",
        "iam.root_*",
        "--only",
        "sqs",
    ];
    place.scan_of(&account.endpoint, &args);
    let id = read(&place, "it/manifest.json")["run"]["id"].clone();
    let mark = format!("app/tieout-{}", id.as_str().unwrap());
    let agents = agents.lock().unwrap();
    assert!(agents.len() > 5, "{agents:?}");
    for agent in agents.iter() {
        assert!(agent.contains(&mark), "{agent}");
    }
}

#[test]
fn an_attempt_says_which_host_was_asked_by_which_key_for_which_page() {
    let (place, _) = scanned_twice();
    let calls = place
        .path()
        .join("runs/run-a/calls/123456789012/us-east-1/iam.ndjson.zst");
    let text = zstd::decode_all(&*fs::read(calls).unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let attempts: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for attempt in &attempts {
        assert_eq!(attempt["access_key_id"], "AKIAEXAMPLE");
        assert!(
            attempt["endpoint"]
                .as_str()
                .unwrap()
                .starts_with("127.0.0.1:")
        );
    }
    let listed = attempts
        .iter()
        .find(|attempt| attempt["operation"] == "ListAccountAliases");
    assert_eq!(listed.unwrap()["page"], 1);
}
