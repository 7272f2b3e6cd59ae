//! The laws of a decision, over random policies.

use proptest::prelude::*;
use tieout::policy::context::{Context, Told};
use tieout::policy::evaluate::{Decision, Request, applies};
use tieout::policy::statement::{Effect, Selection, Statement};
use tieout::policy::{Truth, matches_resource};

use super::words::{Case, OTHER, OWN, ROLE, SESSION, USER, allow, ann, statement, to, when};

/// Rank by what is allowed: a rule that only takes away never raises it.
fn rank(decision: &Decision) -> u8 {
    match decision.allowed {
        Truth::No => 0,
        Truth::Maybe(_) => 1,
        Truth::Yes => 2,
    }
}

/// Texts from few letters, so that they meet often.
fn pattern() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(vec!["a", "b", ":", "/", "*", "?"]),
        0..7,
    )
    .prop_map(|parts| parts.concat())
}

fn some_statement() -> impl Strategy<Value = Statement> {
    let actions = prop::sample::select(vec![
        "*", "s3:*", "s3:Get*", "s3:Put*", "!s3:*", "!iam:*", "sqs:*",
    ]);
    let resources = prop::sample::select(vec![
        "*",
        "arn:aws:s3:::acme/*",
        "!arn:aws:s3:::acme/*",
        "arn:aws:s3:::hr/*",
    ]);
    let operator = prop::sample::select(vec![
        "",
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIfExists",
        "ForAllValues:StringLike",
        "Null",
    ]);
    let key = prop::sample::select(vec!["known", "absent", "chosen", "untold"]);
    let principal = prop::sample::select(vec![USER, ROLE, SESSION, OWN, OTHER, "*"]);
    (
        any::<bool>(),
        actions,
        resources,
        operator,
        key,
        prop::sample::select(vec!["v", "w"]),
        principal,
    )
        .prop_map(
            |(allows, actions, resources, operator, key, value, principal)| {
                let effect = if allows { Effect::Allow } else { Effect::Deny };
                let plain = to("AWS", principal, statement(effect, actions, resources));
                let value = if operator == "Null" { "true" } else { value };
                if operator.is_empty() {
                    plain
                } else {
                    when(operator, key, value, plain)
                }
            },
        )
}

fn some_policy() -> impl Strategy<Value = Vec<Statement>> {
    proptest::collection::vec(some_statement(), 0..4)
}

fn some_case() -> impl Strategy<Value = Case> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let bounds = (
        prop::option::of(some_policy()),
        prop::option::of(some_policy()),
        proptest::collection::vec(some_policy(), 0..3),
        proptest::collection::vec(some_policy(), 0..2),
    );
    (
        flags,
        some_policy(),
        bounds,
        prop::option::of(some_policy()),
    )
        .prop_map(
            |(
                (role, away, must_grant),
                identity,
                (boundary, session, service_control, resource_control),
                there,
            )| Case {
                role,
                resource_account: if away { OTHER } else { OWN },
                context: Context::complete()
                    .with("known", "v")
                    .but("chosen", Told::Chosen)
                    .but("untold", Told::Untold),
                identity,
                boundary,
                session,
                service_control,
                resource_control,
                there,
                must_grant,
                ..ann()
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_deny_more_never_allows_more(case in some_case(), more in some_statement(), place in 0..4_usize) {
        let before = rank(&case.decide());
        let more = Statement { effect: Effect::Deny, ..more };
        let mut after = case;
        match place {
            0 => after.identity.push(more),
            1 => after.boundary.iter_mut().for_each(|policy| policy.push(more.clone())),
            2 => after.service_control.iter_mut().for_each(|policy| policy.push(more.clone())),
            _ => after.there.iter_mut().for_each(|policy| policy.push(more.clone())),
        }
        prop_assert!(rank(&after.decide()) <= before);
    }

    #[test]
    fn an_allow_more_never_allows_less(case in some_case(), more in some_statement(), place in 0..4_usize) {
        let before = rank(&case.decide());
        let more = Statement { effect: Effect::Allow, ..more };
        let mut after = case;
        match place {
            0 => after.identity.push(more),
            1 => after.boundary.iter_mut().for_each(|policy| policy.push(more.clone())),
            2 => after.service_control.iter_mut().for_each(|policy| policy.push(more.clone())),
            _ => after.there.iter_mut().for_each(|policy| policy.push(more.clone())),
        }
        prop_assert!(rank(&after.decide()) >= before);
    }

    #[test]
    fn a_bound_more_never_allows_more(case in some_case(), bound in some_policy()) {
        let before = rank(&case.decide());
        let mut controlled = case.clone();
        controlled.service_control.push(bound.clone());
        prop_assert!(rank(&controlled.decide()) <= before);
        if case.boundary.is_none() {
            let bounded = Case { boundary: Some(bound.clone()), ..case.clone() };
            prop_assert!(rank(&bounded.decide()) <= before);
        }
        if case.session.is_none() {
            let in_session = Case { session: Some(bound), ..case };
            prop_assert!(rank(&in_session.decide()) <= before);
        }
    }

    #[test]
    fn nothing_is_allowed_that_nothing_grants(case in some_case()) {
        let grants = case.identity.iter().chain(case.there.iter().flatten()).any(|statement| statement.effect == Effect::Allow);
        if !grants {
            prop_assert_eq!(case.decide().allowed, Truth::No);
        }
    }

    #[test]
    fn what_is_undecided_is_decided_by_what_it_turns_out_to_be(case in some_case(), value in "[vw]") {
        let decided = Case {
            context: case.context.clone().with("untold", value),
            ..case.clone()
        };
        let (before, after) = (case.decide().allowed, decided.decide().allowed);
        match before {
            Truth::Maybe(_) => prop_assert!(!matches!(after, Truth::Maybe(_))),
            Truth::Yes | Truth::No => prop_assert_eq!(after, before),
        }
    }

    #[test]
    fn not_action_is_the_complement(actions in proptest::collection::vec(pattern(), 1..4), action in pattern()) {
        let of = Statement { actions: Selection::Of(actions.clone()), ..allow("*", "*") };
        let but = Statement { actions: Selection::AllBut(actions), ..allow("*", "*") };
        let case = ann();
        let request = Request { action: &action, ..case.request() };
        prop_assert_eq!(applies(&of, &request), applies(&but, &request).negate());
    }

    #[test]
    fn not_resource_is_the_complement(resources in proptest::collection::vec(pattern(), 1..4), resource in pattern()) {
        let of = Statement { resources: Some(Selection::Of(resources.clone())), ..allow("*", "*") };
        let but = Statement { resources: Some(Selection::AllBut(resources)), ..allow("*", "*") };
        let case = ann();
        let request = Request { resource: &resource, ..case.request() };
        prop_assert_eq!(applies(&of, &request), applies(&but, &request).negate());
    }

    #[test]
    fn wildcards_agree_with_a_naive_matcher(pattern in pattern(), text in pattern()) {
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        let whole = |letters: &[char]| letters.iter().collect::<String>();
        prop_assert_eq!(matches_resource(&whole(&pattern), &whole(&text)), naive(&pattern, &text));
    }
}

/// As the documentation words it, trying every length for each star.
fn naive(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|taken| naive(rest, text.get(taken..).unwrap())),
        Some(('?', rest)) => text
            .split_first()
            .is_some_and(|(_, text)| naive(rest, text)),
        Some((letter, rest)) => text
            .split_first()
            .is_some_and(|(first, text)| first == letter && naive(rest, text)),
    }
}
