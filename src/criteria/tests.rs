//! The frameworks that come with Tieout, and what the loader says of bad ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::file::SourceFile;
use super::load::{directory, embedded_files};
use super::{Criterion, EvidenceKind, Frameworks};

fn embedded() -> Frameworks {
    Frameworks::embedded().unwrap()
}

fn sections(frameworks: &Frameworks, id: &str) -> Vec<(String, Vec<String>)> {
    let framework = frameworks
        .iter()
        .find(|framework| framework.id == id)
        .unwrap();
    let codes =
        |criteria: &[std::sync::Arc<Criterion>]| criteria.iter().map(|c| c.code.clone()).collect();
    framework
        .sections
        .iter()
        .map(|s| (s.title.clone(), codes(&s.criteria)))
        .collect()
}

fn codes(prefix: &str, last: u8) -> Vec<String> {
    (1..=last).map(|n| format!("{prefix}.{n}")).collect()
}

#[test]
fn the_criteria_of_2016_stand_in_the_order_the_users_know() {
    let communications = [codes("CC2", 6), vec!["C1.7".into(), "C1.8".into()]].concat();
    let expected = [
        ("Availability", codes("A1", 3)),
        ("Confidentiality", codes("C1", 8)),
        ("Organization and Management", codes("CC1", 4)),
        ("Communications", communications),
        (
            "Risk Management and Design and Implementation of Controls",
            codes("CC3", 2),
        ),
        ("Monitoring of Controls", codes("CC4", 1)),
        ("Logical and Physical Access Controls", codes("CC5", 8)),
        ("System Operations", codes("CC6", 2)),
        ("Change Management", codes("CC7", 4)),
    ]
    .map(|(title, codes)| (title.to_owned(), codes));
    assert_eq!(sections(&embedded(), "tsp2016"), expected);
}

#[test]
fn the_38_criteria_of_2016_have_40_places() {
    let frameworks = embedded();
    let framework = frameworks
        .iter()
        .find(|framework| framework.id == "tsp2016")
        .unwrap();
    let places: Vec<_> = framework.places().collect();
    let distinct: BTreeSet<_> = places.iter().map(|place| &place.criterion.id).collect();
    assert_eq!((places.len(), distinct.len()), (40, 38));
    assert_eq!(
        places
            .iter()
            .map(|place| place.position)
            .collect::<Vec<_>>(),
        (1..=40).collect::<Vec<_>>()
    );

    let repeated: Vec<_> = places
        .iter()
        .filter(|place| place.is_repeated())
        .map(|place| (place.position, place.criterion.code.as_str(), place.section))
        .collect();
    assert_eq!(
        repeated,
        [
            (22, "C1.7", "Communications"),
            (23, "C1.8", "Communications")
        ]
    );
}

#[test]
fn the_38_criteria_of_2017_are_33_common_3_of_availability_and_2_of_confidentiality() {
    let expected = [
        ("Control Environment", codes("CC1", 5)),
        ("Communication and Information", codes("CC2", 3)),
        ("Risk Assessment", codes("CC3", 4)),
        ("Monitoring Activities", codes("CC4", 2)),
        ("Control Activities", codes("CC5", 3)),
        ("Logical and Physical Access", codes("CC6", 8)),
        ("System Operations", codes("CC7", 5)),
        ("Change Management", codes("CC8", 1)),
        ("Risk Mitigation", codes("CC9", 2)),
        ("Availability", codes("A1", 3)),
        ("Confidentiality", codes("C1", 2)),
    ]
    .map(|(title, codes)| (title.to_owned(), codes));
    assert_eq!(sections(&embedded(), "tsc2017"), expected);
}

#[test]
fn the_present_framework_comes_first() {
    assert_eq!(
        embedded().iter().map(|f| f.id.clone()).collect::<Vec<_>>(),
        ["tsc2017", "tsp2016"]
    );
}

#[test]
fn every_link_of_the_crosswalk_leads_back_as_strongly() {
    let frameworks = embedded();
    let mut links = 0;
    for criterion in frameworks.criteria() {
        for (strength, linked) in [
            ("primary", &criterion.crosswalk.primary),
            ("related", &criterion.crosswalk.related),
        ] {
            for id in linked {
                let back = &frameworks.criterion(id).unwrap().crosswalk;
                let back = if strength == "primary" {
                    &back.primary
                } else {
                    &back.related
                };
                assert!(
                    back.contains(&criterion.id),
                    "{id} does not lead back to {}",
                    criterion.id
                );
                links += 1;
            }
        }
    }
    assert_eq!(links, 2 * declared_links());
}

fn declared_links() -> usize {
    let files = embedded_files().unwrap();
    files
        .iter()
        .map(|file| file.text.lines())
        .flat_map(|lines| {
            lines
                .filter(|line| line.starts_with("crosswalk "))
                .map(|line| line.matches("tsc2017:").count())
        })
        .sum()
}

#[test]
fn each_criterion_of_2016_has_a_closest_successor_and_none_of_2017_stands_alone() {
    for criterion in embedded().criteria() {
        let crosswalk = &criterion.crosswalk;
        match criterion.framework.as_str() {
            "tsp2016" => assert!(!crosswalk.primary.is_empty(), "{}", criterion.id),
            _ => assert!(
                crosswalk.primary.len() + crosswalk.related.len() > 0,
                "{}",
                criterion.id
            ),
        }
    }
}

#[test]
fn every_criterion_says_what_it_asks_what_aws_cannot_show_and_what_people_must_state() {
    for criterion in embedded().criteria() {
        for text in [&criterion.title, &criterion.statement, &criterion.limits] {
            assert!(text.len() > 10, "{}: {text:?}", criterion.id);
        }
        assert!(
            !criterion.title.ends_with('.') && criterion.statement.ends_with('.'),
            "{}",
            criterion.id
        );
        assert!(!criterion.attestations.is_empty(), "{}", criterion.id);
        assert!(criterion.evidence != EvidenceKind::Inherited || !criterion.inherited.is_empty());
    }
}

#[test]
fn every_attestation_serves_a_criterion_in_both_frameworks() {
    let frameworks = embedded();
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for criterion in frameworks.criteria() {
        for attestation in &criterion.attestations {
            uses.entry(&attestation.id)
                .or_default()
                .insert(&criterion.framework);
        }
    }
    for attestation in frameworks.attestations() {
        assert_eq!(
            uses.get(attestation.id.as_str()).map(BTreeSet::len),
            Some(2),
            "{}",
            attestation.id
        );
        assert!(
            (30..=366).contains(&attestation.max_age_days),
            "{}",
            attestation.id
        );
    }
}

#[test]
fn a_slip_of_the_hand_gets_a_suggestion() {
    let frameworks = embedded();
    assert_eq!(frameworks.suggest("tsc2017:CC6.11"), Some("tsc2017:CC6.1"));
    assert_eq!(frameworks.suggest("TSC2017:cc6.1"), Some("tsc2017:CC6.1"));
    assert_eq!(frameworks.suggest("tsc2016:CC5.8"), Some("tsp2016:CC5.8"));
    assert_eq!(frameworks.suggest("CC6.4"), Some("tsc2017:CC6.4"));
    assert_eq!(frameworks.suggest("pci:3.4.1/b"), None);
}

const SOUND: &str = r#"
id = "mine"
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

fn file(path: &str, text: impl Into<String>) -> SourceFile {
    SourceFile {
        path: path.into(),
        text: text.into(),
    }
}

/// What the loader says of the sound framework with `from` replaced by `to`.
fn complaint(from: &str, to: &str) -> String {
    assert!(SOUND.contains(from), "{from}");
    let files = [
        file("checks/criteria/mine.toml", SOUND.replacen(from, to, 1)),
        file("attestations.toml", WALK),
    ];
    Frameworks::parse(files).unwrap_err().to_string()
}

#[test]
fn a_users_own_framework_stands_beside_those_in_the_binary() {
    let mut files = embedded_files().unwrap();
    files.push(file(
        "own/mine.toml",
        SOUND.to_owned() + "crosswalk.primary = [\"tsc2017:CC6.4\"]",
    ));
    files.push(file("own/attestations.toml", WALK));
    let frameworks = Frameworks::parse(files).unwrap();
    assert_eq!(
        frameworks.iter().map(|f| f.id.clone()).collect::<Vec<_>>(),
        ["mine", "tsc2017", "tsp2016"]
    );
    assert!(
        frameworks
            .criterion("tsc2017:CC6.4")
            .unwrap()
            .crosswalk
            .primary
            .contains(&"mine:1".to_owned())
    );
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
        directory(checks.path())
            .unwrap_err()
            .to_string()
            .contains("folder.toml:1:1: cannot be read")
    );
}

#[test]
fn a_bad_framework_is_refused_with_line_and_remedy() {
    let cases = [
        (
            "limits =",
            "limit =",
            "12:1: unknown field `limit`",
            "checks/criteria/",
        ),
        (
            "\"attested\"",
            "\"atested\"",
            "10:12: unknown variant `atested`",
            "checks/criteria/",
        ),
        (
            "criteria = [\"1\"]",
            "criteria = [\"2\"]",
            "4:42: no criterion of this file has the code `2`",
            "spelling",
        ),
        (
            "criteria = [\"1\"]",
            "criteria = []",
            "7:8: no section lists `1`",
            "list it in one of `sections`",
        ),
        (
            "[\"1\"]",
            "[\"1\", \"1\"]",
            "4:47: the section lists `1` twice",
            "once in a section",
        ),
        (
            "}]",
            "}, { title = \"One\", criteria = [] }]",
            "the section `One` is there twice",
            "join the two",
        ),
        (
            "[\"walk\"]",
            "[\"wallk\"]",
            "there is no attestation `wallk`",
            "did you mean `walk`?",
        ),
        (
            "[\"walk\"]",
            "[]",
            "`1` rests on attestations and names none",
            "at least one of attestations.toml",
        ),
        (
            "\"mine\"",
            "\"yours\"",
            "2:6: the framework `yours` is not in a file of that name",
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
        let said = complaint(from, to);
        assert!(said.starts_with("checks/criteria/mine.toml:"), "{said}");
        assert!(
            said.contains(message) && said.contains(help),
            "{to}: {said}"
        );
    }
}

#[test]
fn all_complaints_come_at_once() {
    let two = SOUND.replace("[\"walk\"]", "[\"wallk\", \"run\"]");
    let error =
        Frameworks::parse([file("mine.toml", two), file("attestations.toml", WALK)]).unwrap_err();
    assert_eq!(error.complaints.len(), 2);
}

#[test]
fn the_same_name_in_two_files_is_refused() {
    let twice = |path: &str, text: &str| {
        let files = [
            file("a/mine.toml", SOUND),
            file("a/attestations.toml", WALK),
            file(path, text),
        ];
        Frameworks::parse(files).unwrap_err().to_string()
    };
    assert!(twice("b/mine.toml", SOUND).contains("the criterion `mine:1` is described twice"));
    assert!(
        twice("b/attestations.toml", WALK)
            .contains("b/attestations.toml:1:2: the attestation `walk`")
    );
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let complaint = SourceFile::new("own/mine.toml", vec![0xff, 0xfe]).unwrap_err();
    assert_eq!(
        complaint.to_string(),
        "own/mine.toml:1:1: the file is not UTF-8 text\n  help: save it as UTF-8"
    );
}
