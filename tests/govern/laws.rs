//! The law of waivers, over whatever people may waive.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tieout::check::Outcome;
use tieout::govern::Kept;
use tieout::govern::marking::State;
use tieout::report::Report;

use crate::acme::{ACME, PLAIN, Stated, judged};

/// Resources as somebody may name them: one, some, or one that is not there.
fn pattern() -> impl Strategy<Value = String> {
    let arns: Vec<String> = PLAIN
        .verdicts
        .iter()
        .filter_map(|verdict| verdict.resource.as_deref().map(str::to_owned))
        .collect();
    let one = prop::sample::select(arns);
    prop_oneof![
        one.clone(),
        one.prop_map(|arn| {
            // The resource alone is cut: a pattern that names none is refused.
            let named = arn.rmatch_indices(':').next().map_or(0, |(at, _)| at + 1);
            let kept = (arn.len() - named).div_ceil(2);
            format!("{}*", arn.get(..named + kept).unwrap_or(&arn))
        }),
        Just("arn:aws:s3:::*c*".to_owned()),
        Just("*a*".to_owned()),
        Just("arn:aws:s3:::nobodys".to_owned()),
    ]
}

fn stated() -> impl Strategy<Value = Stated> {
    let mut checks: Vec<String> = ACME.judged.iter().map(|check| check.id.clone()).collect();
    checks.push("s3.no_such_check".to_owned());
    (
        prop::sample::select(checks),
        pattern(),
        -120_i64..10,
        0_i64..140,
    )
        .prop_map(|(check, resource, approved, lasts)| Stated {
            check,
            resource,
            approved,
            expires: approved + lasts,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever people waive: every verdict stands where it stood with the outcome and the evidence it had, each
    /// population counts the same, and a failure at most becomes a waived one.
    #[test]
    fn waivers_move_failures_to_waived_and_nothing_else(
        waivers in prop::collection::vec(stated(), 0..12)
    ) {
        let files: Vec<Kept> = waivers
            .iter()
            .enumerate()
            .map(|(n, stated)| stated.kept(&format!("w{n}")))
            .collect();
        let report = judged(files);
        let told = |report: &Report| -> Vec<_> {
            report.verdicts.iter().map(|it| (it.id.clone(), it.outcome, it.evidence.len())).collect()
        };
        prop_assert_eq!(told(&report), told(&PLAIN));
        for (now, before) in report.checks.iter().zip(&PLAIN.checks) {
            let (now, before) = (now.outcomes, before.outcomes);
            prop_assert_eq!(now.discovered, before.discovered);
            prop_assert_eq!(now.unlisted, before.unlisted);
            prop_assert_eq!(now.tally.pass, before.tally.pass);
            prop_assert_eq!(now.tally.unknown, before.tally.unknown);
            prop_assert_eq!(now.tally.not_applicable, before.tally.not_applicable);
            prop_assert_eq!(now.tally.fail + now.tally.waived, before.tally.fail);
            prop_assert!(now.ties_out());
        }
        for verdict in &report.verdicts {
            prop_assert!(verdict.waiver.is_none() || verdict.outcome == Outcome::Fail);
        }
        prop_assert_eq!(report.waivers.len(), waivers.len(), "no waiver goes untold");
        let mut covered: BTreeMap<&str, u64> = BTreeMap::new();
        for waiver in report.verdicts.iter().filter_map(|verdict| verdict.waiver.as_ref()) {
            *covered.entry(&waiver.id).or_default() += 1;
        }
        for waiver in &report.waivers {
            prop_assert_eq!(waiver.applied, covered.get(&*waiver.id).copied().unwrap_or(0));
            prop_assert_eq!(waiver.applied > 0, waiver.state == State::Active);
            if waiver.applied > 0 {
                prop_assert!(waiver.days_left >= 0 && waiver.terms.approved <= ACME.day);
            }
        }
    }
}
