//! What hung together hangs together still: verdicts, runs, two exports under one key.

use std::collections::BTreeMap;

use crate::exported::{exported, files, lines, nameless, tieout, with_names};
use serde_json::Value;

/// How many verdicts there are of each check, outcome and region.
fn counted(verdicts: &[Value]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for verdict in verdicts {
        let of = ["check", "outcome", "region"].map(|name| verdict[name].as_str().unwrap());
        *counted.entry(of.join(" ")).or_default() += 1;
    }
    counted
}

#[test]
fn every_verdict_is_what_it_was() {
    let without = lines(&files(nameless()), "/verdicts.ndjson.zst");
    let with = with_names();
    assert!(with.len() > 4000);
    assert_eq!(counted(&with), counted(&without));
    let arns = |verdicts: &[Value]| -> std::collections::BTreeSet<String> {
        verdicts
            .iter()
            .map(|it| it["resource"].to_string())
            .collect()
    };
    assert_eq!(
        arns(&with).len(),
        arns(&without).len(),
        "two names became one"
    );
}

#[test]
fn it_verifies_and_says_what_that_leaves_open() {
    let said = tieout(&["verify", "it.zip"], nameless()).with(0);
    said.says("all that was looked at holds; not verified: signed list");
    said.says("accounts, people and names are replaced by pseudonyms under the key");
    assert!(!said.said.contains("FAILED"), "{}", said.said);
}

#[test]
fn the_same_key_makes_the_same_bytes_and_another_other_names() {
    let again = exported("accounts,people,names", &[]);
    let read = |place: &std::path::Path| std::fs::read(place.join("it.zip")).unwrap();
    assert!(read(again.path()) == read(nameless()));
    let key = again.path().join("other.key");
    std::fs::write(&key, "00112233445566778899aabbccddeeff\n").unwrap();
    let other = exported(
        "names,people,accounts",
        &["--redact-key", key.to_str().unwrap()],
    );
    let buckets = |place: &std::path::Path| -> Vec<String> {
        let verdicts = lines(&files(place), "/verdicts.ndjson.zst");
        let of = verdicts.iter().filter(|it| it["kind"] == "s3.bucket");
        of.map(|it| it["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(
        buckets(other.path())
            .iter()
            .all(|name| !buckets(nameless()).contains(name))
    );
}

#[test]
fn a_name_is_one_pseudonym_in_every_call_verdict_and_paper() {
    let files = files(nameless());
    let verdicts = lines(&files, "/verdicts.ndjson.zst");
    let users: std::collections::BTreeSet<&str> = verdicts
        .iter()
        .filter(|it| it["kind"] == "iam.user")
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert!(users.len() > 5, "{users:?}");
    let text = |end: &str| {
        let (_, bytes) = files.iter().find(|(name, _)| name.ends_with(end)).unwrap();
        String::from_utf8(bytes.clone()).unwrap()
    };
    let (calls, page) = (text("/us-east-1/iam.ndjson.zst"), text("report.html"));
    for user in users {
        assert!(calls.contains(user) && page.contains(user), "{user}");
    }
}

#[test]
fn the_papers_say_that_names_are_none() {
    let files = files(nameless());
    let readme = String::from_utf8(files["README.txt"].clone()).unwrap();
    assert!(
        readme.contains("WITHOUT NAMES. The accounts, people and names in it are pseudonyms"),
        "{readme}"
    );
    assert!(
        readme.contains("the bundle, without its names. VERIFY.md says"),
        "{readme}"
    );
    let verify = String::from_utf8(files["VERIFY.md"].clone()).unwrap();
    assert!(
        verify.contains("Its accounts, people and names are pseudonyms"),
        "{verify}"
    );
    let page = String::from_utf8(files["report.html"].clone()).unwrap();
    assert!(page.contains("accounts, people and names are pseudonyms"));
}
