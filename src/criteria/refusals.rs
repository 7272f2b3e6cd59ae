//! What the loader says of bad frameworks.

use std::fs;

use super::Frameworks;
use super::load::{self, directory};
use crate::complaint::{Complaints, File};

const SOUND: &str = r#"id = "mine"
title = "Ours"
sections = [{ title = "One", criteria = ["1"] }]

[[criterion]]
code = "1"
title = "Doors are shut"
statement = "Doors are shut."
evidence = "attested"
attestations = ["walk"]
limits = "AWS has no doors."
"#;
const WALK: &str = "[walk]\nwhat = \"A walk\"\ndocument = \"a note\"\nmax_age_days = 30\n";

fn file(path: &str, text: impl AsRef<str>) -> File {
    File::new(path, text)
}

/// Each complaint on a line: place, what is wrong, what to do.
fn said(complaints: &Complaints) -> String {
    let line = |c: &crate::complaint::Complaint| {
        format!(
            "{}:{}:{}: {}; {}\n",
            c.file.name, c.line, c.column, c.message, c.help
        )
    };
    complaints.0.iter().map(line).collect()
}

/// What the loader says of these frameworks beside the attestation `walk`.
fn refused(frameworks: &[(&str, &str)]) -> String {
    let mut files = vec![file("a/attestations.toml", WALK)];
    files.extend(frameworks.iter().map(|(path, text)| file(path, text)));
    said(&Frameworks::parse(files).unwrap_err())
}

#[test]
fn what_is_in_the_binary_is_text() {
    let files = load::embedded();
    assert_eq!(files.len(), 3);
    for file in files {
        assert!(!file.text.contains('\u{fffd}'), "{}", file.name);
    }
}

#[test]
fn a_users_own_framework_stands_beside_those_in_the_binary() {
    let mut files = load::embedded();
    files.push(file(
        "own/mine.toml",
        SOUND.to_owned() + "crosswalk.primary = [\"tsc2017:CC6.4\"]",
    ));
    files.push(file("own/attestations.toml", WALK));
    let frameworks = Frameworks::parse(files).unwrap();
    let ids: Vec<_> = frameworks
        .iter()
        .map(|framework| framework.id.as_str())
        .collect();
    assert_eq!(ids, ["mine", "tsc2017", "tsp2016"]);
    let linked = frameworks.criterion("tsc2017:CC6.4").unwrap();
    assert!(linked.crosswalk.primary.contains(&"mine:1".to_owned()));
}

#[test]
fn a_directory_of_checks_may_have_frameworks_and_need_not() {
    let checks = tempfile::tempdir().unwrap();
    assert!(directory(checks.path()).unwrap().is_empty());
    let folder = checks.path().join("criteria");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [
        ("mine.toml", SOUND),
        ("attestations.toml", WALK),
        ("README.md", "Ours."),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
    let files = directory(checks.path()).unwrap();
    assert!(
        Frameworks::parse(files)
            .unwrap()
            .criterion("mine:1")
            .is_some()
    );

    fs::create_dir(folder.join("folder.toml")).unwrap();
    assert!(
        said(&directory(checks.path()).unwrap_err()).contains("folder.toml:1:1: cannot be read")
    );
}

#[test]
fn a_bad_framework_is_refused_with_place_and_remedy() {
    let one = "criteria = [\"1\"]";
    let walk = "[\"walk\"]";
    // What is replaced, by what, and what is said then.
    let cases = [
        (
            "limits =",
            "limit =",
            ":11:1: unknown field `limit`",
            "checks/criteria/",
        ),
        (
            "\"attested\"",
            "\"atested\"",
            ":9:12: unknown variant `atested`",
            "checks/criteria/",
        ),
        (
            one,
            "criteria = [\"2\"]",
            ":3:42: no criterion of this file has the code `2`",
            "spelling",
        ),
        (
            one,
            "criteria = []",
            ":6:8: no section lists `1`",
            "list it in one of `sections`",
        ),
        (
            one,
            "criteria = [\"1\", \"1\"]",
            ":3:47: the section lists `1` twice",
            "once in a section",
        ),
        (
            "}]",
            "}, { title = \"One\", criteria = [] }]",
            "the section `One` is there twice",
            "join the two",
        ),
        (
            walk,
            "[\"wallk\"]",
            "there is no attestation `wallk`",
            "did you mean `walk`?",
        ),
        (
            walk,
            "[]",
            ":6:8: `1` rests on attestations and names none",
            "at least one of attestations.toml",
        ),
        (
            "\"mine\"",
            "\"yours\"",
            ":1:6: the framework `yours` is not in a file of that name",
            "yours.toml",
        ),
        (
            "limits",
            "crosswalk.related = [\"mine:2\"]\nlimits",
            "leads to `mine:2`",
            "did you mean `mine:1`?",
        ),
        (
            "limits",
            "crosswalk.related = [\"mine:1\"]\nlimits",
            "are linked already",
            "once, at one end",
        ),
    ];
    for (from, to, message, help) in cases {
        assert!(SOUND.contains(from), "{from}");
        let said = refused(&[("own/mine.toml", &SOUND.replacen(from, to, 1))]);
        assert!(said.starts_with("own/mine.toml:"), "{said}");
        assert!(
            said.contains(message) && said.contains(help),
            "{to}: {said}"
        );
    }
}

#[test]
fn all_complaints_come_at_once() {
    let said = refused(&[(
        "mine.toml",
        &SOUND.replace("[\"walk\"]", "[\"wallk\", \"run\"]"),
    )]);
    assert_eq!(said.lines().count(), 2, "{said}");
}

#[test]
fn the_same_name_in_two_files_is_refused() {
    let twice = refused(&[("a/mine.toml", SOUND), ("b/mine.toml", SOUND)]);
    assert!(
        twice.contains("b/mine.toml:6:8: the criterion `mine:1` is described twice"),
        "{twice}"
    );
    let twice = refused(&[("mine.toml", SOUND), ("b/attestations.toml", WALK)]);
    assert!(
        twice.contains("b/attestations.toml:1:2: the attestation `walk`"),
        "{twice}"
    );
}
