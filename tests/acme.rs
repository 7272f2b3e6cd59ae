//! The recorded account, which the demo replays: whole, and as the documentation shows it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

#[path = "support/acme.rs"]
mod acme;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use acme::{Denied, denied, paged};
use tieout::bundle::{Bundle, Folder};
use tieout::inventory::attempt::Attempt;
use tieout::inventory::{Fact, Gap, Inventory, Reason, kinds};
use tieout::scan;

const RECORDED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/acme/bundle");

#[tokio::test]
async fn every_fact_is_told_or_denied_on_purpose() {
    let bundle = Bundle::open(Folder(RECORDED.into())).expect("the recording is whole");
    let collected = scan::replay(&bundle, &kinds::schema())
        .await
        .expect("it replays");
    let mut missing: Vec<_> = gaps(&collected.inventory)
        .into_iter()
        // Also those that no check reads; what the plan has no call for is not among what was asked.
        .filter(|gap| gap.reason != Reason::NotAsked)
        .map(|gap| Denied {
            call: format!("{}:{}", gap.service, gap.operation),
            region: gap.region.clone(),
            reason: serde_json::to_value(gap.reason)
                .ok()
                .and_then(|reason| Some(reason.as_str()?.to_owned()))
                .unwrap_or_else(|| panic!("no reason: {gap}")),
        })
        .collect();
    missing.sort_by(|a, b| (&a.call, &a.region).cmp(&(&b.call, &b.region)));
    missing.dedup();
    assert_eq!(missing, denied());
}

fn gaps(inventory: &Inventory) -> Vec<&Arc<Gap>> {
    let mut found = Vec::new();
    for (_, population) in inventory.populations() {
        found.extend(&population.gaps);
        for resource in &population.resources {
            resource
                .fields
                .iter()
                .for_each(|field| within(&field.fact, &mut found));
        }
    }
    found
}

fn within<'a>(fact: &'a Fact, found: &mut Vec<&'a Arc<Gap>>) {
    match fact {
        Fact::Gap(gap) => found.push(gap),
        Fact::Many(_, Some(hidden)) => found.extend(hidden.gaps()),
        Fact::List(items) => items.iter().for_each(|item| within(item, found)),
        Fact::Record(record) => record.values.iter().for_each(|item| within(item, found)),
        Fact::Map(entries) => entries.values().for_each(|item| within(item, found)),
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Text(_)
        | Fact::Time(_)
        | Fact::One(_)
        | Fact::Many(_, None) => {}
    }
}

#[test]
fn listings_in_pages_are_recorded_to_the_last() {
    let bundle = Bundle::open(Folder(RECORDED.into())).expect("the recording is whole");
    let asked = bundle.attempts().expect("the recording is whole");
    let of = |call: &str| {
        let same =
            |attempt: &&Attempt| call == format!("{}:{}", attempt.service, attempt.operation);
        asked.iter().filter(same).count()
    };
    let planned = |call: &String| bundle.manifest.plan.contains(call);
    let short: Vec<_> = paged()
        .into_iter()
        .filter(planned)
        .filter(|call| of(call) < 2)
        .collect();
    assert!(short.is_empty(), "{short:?}");
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme-demo");
    let demo = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .arg("demo")
        .arg("--out")
        .arg(&folder)
        .output()
        .expect("tieout runs");
    let printed = String::from_utf8(demo.stdout).expect("it prints text");
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(readme).expect("there is a README");
    let shown = readme
        .split_once("-- demo\n")
        .and_then(|(_, rest)| rest.split_once('…'))
        .expect("the README shows the demo")
        .0;
    let mut rest = printed.as_str();
    for line in shown.lines() {
        let (_, after) = rest.split_once(line).unwrap_or_else(|| {
            panic!(
                "the demo does not print {line:?}; fixtures/acme/record.sh puts the README right"
            )
        });
        rest = after;
    }
}

/// A replay asks in another order: of two answers to one question it would cite the other one.
#[test]
fn nothing_is_asked_twice_but_what_is_polled() {
    const POLLED: [&str; 1] = ["GenerateCredentialReport"];
    let bundle = Bundle::open(Folder(RECORDED.into())).expect("the recording is whole");
    let mut asked = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for attempt in bundle.attempts().expect("its calls can be read") {
        let first = attempt.attempt == 1 && !POLLED.contains(&attempt.operation.as_str());
        let call = format!("{}:{}", attempt.service, attempt.operation);
        let question = (
            call.clone(),
            attempt.account,
            attempt.region,
            attempt.request,
        );
        if first && !asked.insert(question) {
            twice.insert(call);
        }
    }
    assert!(
        twice.is_empty(),
        "to be put into src/aws/once.rs: {twice:?}"
    );
}
