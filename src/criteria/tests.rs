//! The frameworks that come with Tieout, and what a check can carry of them.

use std::collections::{BTreeMap, BTreeSet};

use super::laws::{kind_of, passes};
use super::load;
use super::result::ResultKind;
use super::tally::{CheckTally, Tally};
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
    let files = load::embedded();
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

#[test]
fn what_merely_supports_never_carries_a_criterion_alone() {
    let direct = passes("test.direct", "tsc2017:CC6.1");
    let supporting = CheckTally {
        supports: BTreeMap::from([("tsc2017:CC6.1".to_owned(), "bears on it".to_owned())]),
        ..passes("test.supporting", "tsc2017:CC6.1")
    };
    let kind = |checks: &[CheckTally]| kind_of("tsc2017:CC6.1", checks);
    assert_eq!(
        kind(std::slice::from_ref(&supporting)),
        ResultKind::Incomplete
    );
    assert_eq!(kind(&[direct, supporting.clone()]), ResultKind::Supported);
    let failing = CheckTally {
        tally: Tally {
            fail: 1,
            ..Tally::default()
        },
        ..supporting
    };
    assert_eq!(kind(&[failing]), ResultKind::Exceptions);
}
