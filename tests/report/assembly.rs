//! The report ties out within itself.

use std::collections::{BTreeMap, BTreeSet};

use tieout::check::{Counts, Outcome};
use tieout::report::{Counted, Report};

use crate::sample;

fn sum<'a>(of: impl Iterator<Item = &'a Counted>) -> Counted {
    of.fold(Counted::default(), |mut sum, counted| {
        sum += *counted;
        sum
    })
}

fn reports() -> [Report; 2] {
    [sample::small(), sample::company::report(2)]
}

#[test]
fn every_resource_has_one_verdict_of_every_check_of_its_kind() {
    for report in reports() {
        let mut kinds: BTreeMap<&str, u64> = BTreeMap::new();
        for population in &report.populations {
            *kinds.entry(&population.kind).or_default() += population.discovered;
        }
        for check in &report.checks {
            let rows = report
                .verdicts
                .iter()
                .filter(|verdict| verdict.check == check.id);
            let listed = rows
                .clone()
                .filter(|verdict| verdict.resource.is_some())
                .count() as u64;
            assert_eq!(
                check.outcomes.discovered,
                kinds[check.kind.as_str()],
                "{}",
                check.id
            );
            assert_eq!(
                check.outcomes.discovered,
                check.outcomes.tally.discovered(),
                "{}",
                check.id
            );
            assert_eq!(check.outcomes.discovered, listed, "{}", check.id);
            assert_eq!(
                check.outcomes.unlisted,
                rows.count() as u64 - listed,
                "{}",
                check.id
            );
        }
    }
}

#[test]
fn areas_and_severities_add_up_to_the_run() {
    for report in reports() {
        let deciding = report
            .checks
            .iter()
            .filter(|check| check.outcome == Counts::Verdict);
        let whole = sum(deciding.map(|check| &check.outcomes));
        assert_eq!(report.summary.outcomes, whole);
        assert_eq!(
            sum(report.summary.areas.iter().map(|line| &line.outcomes)),
            whole
        );
        assert_eq!(
            sum(report.summary.severities.iter().map(|line| &line.outcomes)),
            whole
        );
        assert!(whole.tally.pass > 0 && whole.tally.fail > 0 && whole.unlisted > 0);
    }
}

#[test]
fn every_unknown_verdict_is_left_so_by_a_gap_of_the_list() {
    for report in reports() {
        let unknown = report
            .verdicts
            .iter()
            .filter(|verdict| verdict.outcome == Outcome::Unknown)
            .count();
        let left: u64 = report.gaps.iter().map(|gap| gap.undecided).sum();
        assert!(unknown > 0);
        assert!(left >= unknown as u64, "{left} < {unknown}");
        assert!(
            report
                .gaps
                .is_sorted_by_key(|gap| std::cmp::Reverse(gap.undecided))
        );
    }
}

#[test]
fn a_waived_failure_stays_a_failure_and_is_counted_apart() {
    let report = sample::small();
    let waived = report
        .verdicts
        .iter()
        .find(|verdict| verdict.waiver.is_some())
        .unwrap();
    assert_eq!(waived.outcome, Outcome::Fail);
    assert_eq!(report.summary.outcomes.tally.waived, 1);
    assert_eq!(report.summary.outcomes.tally.fail, 1);
}

#[test]
fn verdicts_are_in_order_and_named_apart() {
    for report in reports() {
        let keys: Vec<_> = report
            .verdicts
            .iter()
            .map(|verdict| {
                (
                    &verdict.check,
                    &verdict.account,
                    &verdict.region,
                    &verdict.resource,
                )
            })
            .collect();
        assert!(keys.is_sorted());
        let ids: BTreeSet<&str> = report
            .verdicts
            .iter()
            .map(|verdict| verdict.id.as_str())
            .collect();
        assert_eq!(ids.len(), report.verdicts.len());
    }
}

#[test]
fn the_actions_to_grant_are_those_of_the_denied_calls() {
    let report = sample::small();
    assert_eq!(
        report.summary.actions_to_grant,
        ["ec2:DescribeInstances", "s3:GetPublicAccessBlock"]
    );
}
