//! The laws of the roll-up, over checks, outcomes and attestations drawn at random.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

mod attested;

use super::result::{CriterionResult, ResultCounts, ResultKind};
use super::roll_up::roll_up;
use super::tally::{CheckTally, Tally};
use super::{EvidenceKind, Frameworks};
use crate::check::Counts;
use crate::govern::attestation::Standings;

use attested::{all_attestations, attestations, is_current};

static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| Frameworks::embedded().unwrap());

fn ids() -> Vec<String> {
    FRAMEWORKS
        .criteria()
        .map(|criterion| criterion.id.clone())
        .collect()
}

fn results(checks: &[CheckTally], current: &Standings) -> Vec<CriterionResult> {
    roll_up(&FRAMEWORKS, checks, current).unwrap()
}

fn kinds(checks: &[CheckTally], current: &Standings) -> Vec<ResultKind> {
    results(checks, current)
        .into_iter()
        .map(|criterion| criterion.result)
        .collect()
}

/// The result of one criterion with these checks on it and every attestation current.
pub(super) fn kind_of(id: &str, checks: &[CheckTally]) -> ResultKind {
    let results = results(checks, &all_attestations());
    results
        .into_iter()
        .find(|criterion| criterion.id == id)
        .unwrap()
        .result
}

pub(super) fn passes(check: &str, criterion: &str) -> CheckTally {
    CheckTally {
        check: check.into(),
        criteria: vec![criterion.into()],
        supports: BTreeMap::new(),
        outcome: Counts::Verdict,
        tally: Tally {
            pass: 1,
            ..Tally::default()
        },
        unlisted: 0,
        left_out: false,
    }
}

/// Small counts, mostly none: the corners are where a law breaks.
fn count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0), 1 => 1..4_u64]
}

fn tally() -> impl Strategy<Value = Tally> {
    (count(), count(), count(), count(), count()).prop_map(
        |(pass, fail, waived, unknown, not_applicable)| Tally {
            pass,
            fail,
            waived,
            unknown,
            not_applicable,
        },
    )
}

fn checks() -> impl Strategy<Value = Vec<CheckTally>> {
    let outcome = select(vec![
        Counts::Verdict,
        Counts::Verdict,
        Counts::Population,
        Counts::Advisory,
    ]);
    let check = (
        subsequence(ids(), 0..12),
        0..12_usize,
        outcome,
        tally(),
        count(),
        prop::bool::weighted(0.1),
    );
    vec(check, 0..12).prop_map(|checks| {
        let numbered = checks.into_iter().enumerate();
        numbered
            .map(
                |(n, (criteria, direct, outcome, tally, unlisted, left_out))| CheckTally {
                    check: format!("test.check_{n:02}"),
                    supports: criteria
                        .iter()
                        .skip(direct)
                        .map(|id: &String| (id.clone(), "bears on it".to_owned()))
                        .collect(),
                    criteria,
                    outcome,
                    tally,
                    unlisted,
                    left_out,
                },
            )
            .collect()
    })
}

/// How much a result lets one believe.
fn belief(kind: ResultKind) -> u8 {
    match kind {
        ResultKind::Exceptions => 0,
        ResultKind::Incomplete => 1,
        ResultKind::Supported | ResultKind::Inherited | ResultKind::Attested => 2,
    }
}

proptest! {
    // A case rolls up two frameworks whole; the corners are drawn often enough.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_place_of_every_criterion_is_there(checks in checks(), current in attestations()) {
        let places: Vec<_> = FRAMEWORKS
            .iter()
            .flat_map(|framework| framework.places().map(|place| (place.criterion.id.clone(), place.position)))
            .collect();
        let results = results(&checks, &current);
        let got: Vec<_> = results.iter().map(|result| (result.id.clone(), result.position)).collect();
        prop_assert_eq!(got.len(), 78);
        prop_assert_eq!(got, places);
        for repeated in results.iter().filter(|result| result.repeated) {
            let first = results.iter().find(|result| result.id == repeated.id).unwrap();
            prop_assert_eq!(first.result, repeated.result);
            prop_assert_eq!(&first.reasons, &repeated.reasons);
        }
    }

    #[test]
    fn what_is_believed_has_been_shown(checks in checks(), current in attestations()) {
        for criterion in results(&checks, &current) {
            let deciding: Vec<_> = checks
                .iter()
                .filter(|check| check.outcome == Counts::Verdict && check.criteria.contains(&criterion.id))
                .collect();
            let sum = |of: fn(&CheckTally) -> u64| deciding.iter().map(|check| of(check)).sum::<u64>();
            let failed = sum(|check| check.tally.fail) > 0;
            prop_assert_eq!(criterion.result == ResultKind::Exceptions, failed);
            if belief(criterion.result) == 2 {
                prop_assert_eq!(sum(|check| check.tally.unknown + check.unlisted + u64::from(check.left_out)), 0);
                prop_assert!(criterion.attestations.iter().all(|needed| is_current(&current, &needed.attestation.id)));
            }
            if criterion.result == ResultKind::Supported {
                let direct = deciding.iter().filter(|check| !check.supports.contains_key(&criterion.id));
                prop_assert!(direct.map(|check| check.tally.pass + check.tally.waived).sum::<u64>() > 0);
                prop_assert!(matches!(criterion.evidence, EvidenceKind::Automated | EvidenceKind::Partial));
            }
            // Whatever is not believed says why.
            prop_assert!(belief(criterion.result) == 2 || !criterion.reasons.is_empty());
        }
    }

    #[test]
    fn an_unknown_is_never_believed(mut checks in checks(), at in any::<prop::sample::Index>(), how in 0..3) {
        prop_assume!(!checks.is_empty());
        let check = at.get_mut(&mut checks);
        check.outcome = Counts::Verdict;
        match how {
            0 => check.tally.unknown += 1,
            1 => check.unlisted += 1,
            _ => check.left_out = true,
        }
        let named = check.criteria.clone();
        for criterion in results(&checks, &all_attestations()) {
            prop_assert!(belief(criterion.result) < 2 || !named.contains(&criterion.id));
        }
    }

    #[test]
    fn a_failure_is_always_an_exception(mut checks in checks(), at in any::<prop::sample::Index>(), current in attestations()) {
        prop_assume!(!checks.is_empty());
        let check = at.get_mut(&mut checks);
        check.outcome = Counts::Verdict;
        check.tally.fail += 1;
        let named = check.criteria.clone();
        for criterion in results(&checks, &current) {
            prop_assert!(criterion.result == ResultKind::Exceptions || !named.contains(&criterion.id));
        }
    }

    #[test]
    fn losing_a_fact_never_raises_belief(checks in checks(), at in any::<prop::sample::Index>(), current in attestations()) {
        prop_assume!(checks.iter().any(|check| check.tally.pass > 0));
        let passing: Vec<usize> =
            (0..checks.len()).filter(|n| checks[*n].tally.pass > 0).collect();
        let mut less = checks.clone();
        let lost = &mut less[*at.get(&passing)].tally;
        lost.pass -= 1;
        lost.unknown += 1;
        for (before, after) in kinds(&checks, &current).into_iter().zip(kinds(&less, &current)) {
            prop_assert!(belief(after) <= belief(before), "{before} became {after}");
        }
    }

    #[test]
    fn lists_for_review_and_advice_move_nothing(checks in checks(), current in attestations()) {
        let deciding: Vec<_> =
            checks.iter().filter(|check| check.outcome == Counts::Verdict).cloned().collect();
        prop_assert_eq!(kinds(&checks, &current), kinds(&deciding, &current));
    }

    #[test]
    fn the_order_of_the_checks_does_not_matter(checks in checks(), current in attestations()) {
        let mut reversed = checks.clone();
        reversed.reverse();
        let json = |checks: &[CheckTally]| serde_json::to_string(&results(checks, &current)).unwrap();
        prop_assert_eq!(json(&checks), json(&reversed));
    }

    #[test]
    fn each_criterion_is_counted_once(checks in checks(), current in attestations()) {
        let results = results(&checks, &current);
        for framework in FRAMEWORKS.iter() {
            let ResultCounts { exceptions, incomplete, supported, inherited, attested } =
                ResultCounts::of(&results, &framework.id);
            prop_assert_eq!(exceptions + incomplete + supported + inherited + attested, 38);
        }
    }
}

#[test]
fn with_no_checks_and_no_attestations_everything_is_incomplete_and_says_what_it_awaits() {
    for criterion in results(&[], &Standings::new()) {
        assert_eq!(criterion.result, ResultKind::Incomplete, "{}", criterion.id);
        let awaits = |id: &str| {
            criterion
                .reasons
                .iter()
                .any(|why| why.contains(&format!("attestation {id}:")))
        };
        for needed in &criterion.attestations {
            assert!(
                awaits(&needed.attestation.id),
                "{}: {:?}",
                criterion.id,
                criterion.reasons
            );
        }
        let says_no_read_decides = criterion
            .reasons
            .iter()
            .any(|why| why.starts_with("No AWS answer can decide"));
        assert_eq!(
            says_no_read_decides,
            criterion.evidence == EvidenceKind::Attested,
            "{}",
            criterion.id
        );
    }
}

#[test]
fn with_every_attestation_each_kind_of_evidence_comes_to_its_own_result() {
    let kind = |id, checks: &[CheckTally]| kind_of(id, checks);
    assert_eq!(kind("tsc2017:CC1.1", &[]), ResultKind::Attested);
    assert_eq!(kind("tsc2017:CC6.4", &[]), ResultKind::Inherited);
    assert_eq!(kind("tsc2017:CC6.1", &[]), ResultKind::Incomplete);
    assert_eq!(
        kind("tsc2017:CC6.1", &[passes("a", "tsc2017:CC6.1")]),
        ResultKind::Supported
    );
    assert_eq!(
        kind("tsc2017:CC6.8", &[passes("a", "tsc2017:CC6.8")]),
        ResultKind::Supported
    );
}

#[test]
fn an_empty_population_supports_nothing_and_hinders_nothing() {
    let id = "tsc2017:CC6.1";
    let empty = CheckTally {
        tally: Tally::default(),
        ..passes("empty", id)
    };
    let applies_to_none = CheckTally {
        tally: Tally {
            not_applicable: 7,
            ..Tally::default()
        },
        ..empty.clone()
    };
    assert_eq!(
        kind_of(id, &[empty.clone(), applies_to_none.clone()]),
        ResultKind::Incomplete
    );
    assert_eq!(
        kind_of(id, &[empty, applies_to_none, passes("some", id)]),
        ResultKind::Supported
    );
}

#[test]
fn a_waived_failure_supports_and_stays_in_sight() {
    let id = "tsc2017:CC6.1";
    let waived = CheckTally {
        tally: Tally {
            waived: 2,
            ..Tally::default()
        },
        ..passes("s3.shut", id)
    };
    let results = results(&[waived], &all_attestations());
    let criterion = results.iter().find(|criterion| criterion.id == id).unwrap();
    assert_eq!(criterion.result, ResultKind::Supported);
    assert_eq!(
        criterion.reasons,
        ["s3.shut fails for 2 resources, and the failure is waived."]
    );
}

#[test]
fn a_check_for_a_criterion_that_does_not_exist_is_an_error() {
    let error = roll_up(
        &FRAMEWORKS,
        &[passes("s3.shut", "tsc2017:CC6.9")],
        &Standings::new(),
    )
    .unwrap_err();
    let said = error.to_string();
    assert!(said.starts_with(
        "check s3.shut names the criterion tsc2017:CC6.9, which no framework has; did you"
    ));
}

#[test]
fn the_json_keeps_the_names_of_the_report() {
    let results = results(&[passes("s3.shut", "tsc2017:CC6.1")], &Standings::new());
    let criterion = results
        .iter()
        .find(|criterion| criterion.id == "tsc2017:CC6.1")
        .unwrap();
    let json = serde_json::to_value(criterion).unwrap();
    assert_eq!(json["id"], "tsc2017:CC6.1");
    assert_eq!(json["framework"], "tsc2017");
    assert_eq!(json["section"], "Logical and Physical Access");
    assert_eq!(json["title"], criterion.title);
    assert_eq!(json["result"], "incomplete");
    assert_eq!(json["checks"], serde_json::json!(["s3.shut"]));
    assert_eq!(json["standings"][0]["state"], "passes");
    assert_eq!(json["attestations"][0]["id"], "access-control-policy");
    assert_eq!(json["attestations"][0]["current"], false);
}
