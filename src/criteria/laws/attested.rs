//! Attestations in every state, drawn at random, and what they can and cannot move.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{FRAMEWORKS, belief, checks, kinds, results};
use crate::criteria::result::ResultKind;
use crate::govern::attestation::{Standing, Standings, State};

/// Every attestation current.
pub(super) fn all_attestations() -> Standings {
    FRAMEWORKS
        .attestations()
        .map(|attestation| (attestation.id.clone(), standing(State::Current)))
        .collect()
}

fn standing(state: State) -> Standing {
    Standing {
        state,
        ..Standing::missing()
    }
}

/// The state of an attestation that does not count, whichever.
fn not_current() -> impl Strategy<Value = State> {
    let since = jiff::civil::date(2026, 7, 1);
    let text = || "any".to_owned();
    select(vec![
        State::Missing,
        State::Expired { since },
        State::TooOld { since },
        State::NotYetValid { from: since },
        State::Unreviewed,
        State::DocumentDiffers { found: text() },
        State::DocumentUnread { why: text() },
        State::Superseded { by: text() },
        State::ScopeExcludesAccount {
            accounts: vec![text()],
        },
        State::ReportNotNamed,
        State::ReportUnconfirmed { why: text() },
        State::ReportNotListed,
        State::ReportDiffers { what: text() },
        State::ReportOutdated {
            covers_until: since,
            max_days: 365,
        },
    ])
}

pub(super) fn is_current(attested: &Standings, id: &str) -> bool {
    attested
        .get(id)
        .is_some_and(|standing| standing.state.is_current())
}

pub(super) fn attestations() -> impl Strategy<Value = Standings> {
    let all: Vec<String> = all_attestations().into_keys().collect();
    let drawn = prop_oneof![2 => Just(State::Current), 1 => not_current()];
    let some = vec(drawn, all.len()).prop_map(move |states| {
        let stand = states.into_iter().map(standing);
        all.iter().cloned().zip(stand).collect()
    });
    // Half the time all are there, or nothing would ever be supported.
    prop_oneof![Just(all_attestations()), some]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn losing_an_attestation_never_raises_belief(
        checks in checks(),
        current in attestations(),
        at in any::<prop::sample::Index>(),
        state in not_current(),
    ) {
        let lost = at.get(&current.keys().collect::<Vec<_>>()).to_string();
        let mut less = current.clone();
        less.insert(lost.clone(), standing(state));
        for (before, after) in results(&checks, &current).iter().zip(results(&checks, &less)) {
            prop_assert!(belief(after.result) <= belief(before.result));
            let needed = after.attestations.iter().any(|needed| needed.attestation.id == lost);
            prop_assert!(!needed || belief(after.result) < 2, "{} without {lost}", after.id);
        }
    }

    #[test]
    fn no_statement_hides_an_exception(checks in checks(), some in attestations(), other in attestations()) {
        for (one, two) in kinds(&checks, &some).into_iter().zip(kinds(&checks, &other)) {
            prop_assert_eq!(one == ResultKind::Exceptions, two == ResultKind::Exceptions);
        }
    }

    #[test]
    fn what_is_awaited_says_why_and_what_to_do(current in attestations()) {
        for criterion in results(&[], &current) {
            for needed in criterion.attestations.iter().filter(|needed| !needed.current) {
                let said = format!("Awaits the attestation {}:", needed.attestation.id);
                let reason = criterion.reasons.iter().find(|reason| reason.starts_with(&said));
                prop_assert!(reason.is_some_and(|reason| reason.contains(" To do: ")), "{:?}", criterion.reasons);
            }
        }
    }
}
