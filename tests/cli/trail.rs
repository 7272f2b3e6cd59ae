//! A run held against the log files of a trail.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::logs::{Trail, packed};
use crate::run::{Ended, Place};

fn bundle() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle")
}

/// Acme's run, held against the log files in `trail`: how it ended, and what it found.
fn held(place: &Place) -> (Ended, Value) {
    let bundle = bundle();
    let ended = place.run(&[
        "corroborate",
        bundle.to_str().unwrap(),
        "--trail",
        "trail",
        "--out",
        "found",
    ]);
    let result = fs::read(place.path().join("found/corroboration.json"))
        .unwrap_or_else(|error| panic!("{error}: {}", ended.err));
    (ended, serde_json::from_slice(&result).unwrap())
}

/// A trail that keeps management events, changed, in a directory of its own.
fn trail(change: impl FnOnce(&mut Trail)) -> (Place, Vec<PathBuf>) {
    let place = Place::empty();
    let mut trail = Trail::of(&bundle(), false);
    change(&mut trail);
    let files = trail.write(&place.path().join("trail"));
    (place, files)
}

fn count(found: &Value, list: &str) -> usize {
    found[list].as_array().unwrap().len()
}

#[test]
fn every_call_is_found_but_those_that_are_documented_as_data_events() {
    let (place, files) = trail(|_| {});
    let (ended, found) = held(&place);
    let ended = ended.with(0);
    for list in ["missing", "differing", "unclaimed", "unread"] {
        assert_eq!(found[list], json!([]), "{list}");
    }
    assert!(count(&found, "matched") > 1_300);
    for one in found["not_corroborable"].as_array().unwrap() {
        let link = one["link"].as_str().unwrap();
        assert!(link.starts_with("https://docs.aws.amazon.com/"), "{one}");
    }
    assert_eq!(found["trail"]["files"], files.len());
    assert_eq!(count(&found["trail"], "held"), files.len());
    assert_eq!(found.get("asked_by"), None, "nobody was asked");
    for words in [
        "in 4 log files of ",
        "not corroborable: sqs:ListQueues, ",
        "a data event: the event history has none",
        "aws cloudtrail validate-logs",
    ] {
        assert!(ended.out.contains(words), "{words}:\n{}", ended.out);
    }
}

#[test]
fn a_trail_that_keeps_data_events_has_those_too() {
    let place = Place::empty();
    Trail::of(&bundle(), true).write(&place.path().join("trail"));
    let (ended, found) = held(&place);
    ended.with(0);
    assert_eq!(found["not_corroborable"], json!([]));
}

#[test]
fn two_trails_of_one_bucket_have_each_event_twice_and_it_counts_once() {
    let (place, files) = trail(|_| {});
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let copy = name.replace("Mu0Ks", "Another");
        fs::copy(&file, file.with_file_name(copy)).unwrap();
    }
    let (ended, found) = held(&place);
    ended.with(0);
    assert_eq!(found["unclaimed"], json!([]));
}

#[test]
fn what_one_side_lacks_is_named_and_is_the_exit_code() {
    let (place, _) = trail(|trail| {
        let records = trail.records("us-east-1");
        let lost = records
            .iter()
            .position(|record| record["eventName"] == "ListAccountAliases");
        let mut invented = records.remove(lost.unwrap());
        invented["eventName"] = json!("CreateUser");
        invented["requestID"] = json!("nobody asked");
        invented["eventID"] = json!("invented");
        invented["readOnly"] = json!(false);
        let mut of_others = invented.clone();
        of_others["userIdentity"]["accessKeyId"] = json!("AKIASOMEBODYELSE0000");
        records.extend([invented, of_others]);
    });
    let (ended, found) = held(&place);
    let ended = ended.with(1);
    assert_eq!(
        (count(&found, "missing"), count(&found, "unclaimed")),
        (1, 1)
    );
    for words in [
        "not in CloudTrail: iam:ListAccountAliases",
        "not in the bundle: CreateUser of iam.amazonaws.com",
    ] {
        assert!(ended.out.contains(words), "{words}:\n{}", ended.out);
    }
}

#[test]
fn a_damaged_file_is_named_and_is_neither_a_match_nor_a_contradiction() {
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let flipped = |mut bytes: Vec<u8>| {
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        bytes
    };
    let other = |_: Vec<u8>| packed(b"{\"Record\":[]}");
    let spoils: [&dyn Fn(Vec<u8>) -> Vec<u8>; 3] = [&cut, &flipped, &other];
    for spoil in spoils {
        let (place, files) = trail(|_| {});
        let of_region = |file: &&PathBuf| file.to_str().unwrap().contains("eu-west-1");
        let file = files.iter().find(of_region).unwrap();
        fs::write(file, spoil(fs::read(file).unwrap())).unwrap();
        let (ended, found) = held(&place);
        let ended = ended.with(3);
        assert_eq!(
            (count(&found, "missing"), count(&found, "unclaimed")),
            (0, 0)
        );
        let unread = found["unread"].as_array().unwrap();
        assert!(unread.len() > 100);
        assert!(unread.iter().all(|call| call["region"] == "eu-west-1"));
        let named = found["trail"]["unread"][0]["file"].as_str().unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(named.ends_with(name), "{named}");
        assert!(ended.out.contains(name), "{}", ended.out);
        assert_eq!(found["read"], json!(["us-east-1"]));
    }
}

#[test]
fn a_trail_that_does_not_show_that_it_would_have_the_calls_contradicts_none() {
    type Change = fn(&mut Trail);
    let cases: [(&str, Change); 4] = [
        ("there is no log file of the region", |trail| {
            trail.forget("eu-west-1");
        }),
        ("the trail may keep writes alone", |trail| {
            let records = trail.records("eu-west-1");
            records.truncate(1);
            records[0]["readOnly"] = json!(false);
            records[0]["userIdentity"]["accessKeyId"] = json!("AKIASOMEBODYELSE0000");
        }),
        ("no event of KMS: the trail may leave them out", |trail| {
            let records = trail.records("eu-west-1");
            records.retain(|record| record["eventSource"] != "kms.amazonaws.com");
        }),
        ("before the run's last call there", |trail| {
            let first = trail.records("eu-west-1")[0]["eventTime"].clone();
            let first: jiff::Timestamp = first.as_str().unwrap().parse().unwrap();
            trail.delivered(first.as_second() - 300);
            trail.records("eu-west-1").truncate(1);
        }),
    ];
    for (why, change) in cases {
        let (place, _) = trail(change);
        let (ended, found) = held(&place);
        let ended = ended.with(3);
        assert_eq!(found["missing"], json!([]), "{why}");
        assert!(count(&found, "unread") > 0, "{why}");
        assert!(ended.out.contains(why), "{why}:\n{}", ended.out);
    }
}

#[test]
fn files_of_others_and_of_other_days_are_not_opened() {
    let (place, files) = trail(|_| {});
    let (account, day) = {
        let parts: Vec<&str> = files[0].to_str().unwrap().split('/').collect();
        let at = parts.iter().position(|part| *part == "AWSLogs").unwrap();
        (parts[at + 1].to_owned(), parts[at + 4..at + 7].join("/"))
    };
    let name = files[0].file_name().unwrap().to_str().unwrap().to_owned();
    for folder in [
        format!("{account}/CloudTrail-Digest/us-east-1/{day}"),
        format!("{account}/Config/us-east-1/{day}"),
        format!("{account}/CloudTrail/us-east-1/2019/01/01"),
        format!("444455556666/CloudTrail/us-east-1/{day}"),
    ] {
        let folder = place.path().join("trail/AWSLogs").join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(&name), "no log file").unwrap();
    }
    let (ended, found) = held(&place);
    ended.with(0);
    assert_eq!(found["trail"]["files"], files.len());
}

#[test]
fn a_place_without_log_files_is_refused() {
    let bundle = bundle();
    let place = Place::empty().with("trail/readme.txt", "nothing");
    let refused = |trail: &str, says: &[&str]| {
        place
            .run(&["corroborate", bundle.to_str().unwrap(), "--trail", trail])
            .could_not_run(says);
    };
    refused(
        "trail",
        &[
            "holds no log file of CloudTrail",
            "AWSLogs/<account>/CloudTrail",
        ],
    );
    refused(
        "nowhere",
        &["nowhere cannot be read", "help: check the path"],
    );
    let run = bundle.to_str().unwrap();
    place
        .scan_of(
            "http://127.0.0.1:1",
            &["corroborate", run, "--trail", "s3://"],
        )
        .could_not_run(&["it names no bucket", "help: write s3://bucket/prefix"]);
    assert_eq!(place.holds().len(), 2, "nothing was written");
}
