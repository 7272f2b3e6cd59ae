//! Over generated rules.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::any;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use tieout::check::expr::{Env, Judgement, Rule, Subject, Truth, compile};
use tieout::inventory::Inventory;

use crate::holes::{hole, names_a_gap, pierced, places, shown};
use crate::rules::{Choices, Rules};
use crate::world::{KIND, SCHEMA, judged, params, world};

/// Enough for every day. Before a release, and after a change to the evaluator, ask for more: `TIEOUT_RULES=150000`.
const RULES: u32 = 5_000;

fn rules() -> u32 {
    let asked = std::env::var("TIEOUT_RULES").ok();
    asked.map_or(RULES, |number| number.parse().unwrap())
}

#[test]
fn a_hole_takes_the_truth_of_a_rule_away_and_never_turns_it() {
    let rules = rules();
    let config = Config {
        cases: rules,
        failure_persistence: None,
        ..Config::default()
    };
    let seed = TestRng::deterministic_rng(RngAlgorithm::XorShift);
    let mut runner = TestRunner::new_with_rng(config, seed);
    let cases = (
        vec(any::<u8>(), 0..120),
        vec(any::<u8>(), 0..200),
        vec(vec(any::<Index>(), 1..12), 6),
    );
    let counts: RefCell<BTreeMap<String, u32>> = RefCell::default();
    let count = |what: String| *counts.borrow_mut().entry(what).or_default() += 1;
    let outcome = runner.run(&cases, |(rule, facts, holes)| {
        let source = Rules::rule(&mut Choices(&rule));
        let whole = world(&mut Choices(&facts));
        let Some(rule) = compiled(&source)? else {
            count("refused".to_owned());
            return Ok(());
        };
        let before = evaluate(&rule, &whole);
        count(format!("{:?}", before.truth));
        holds(
            before.truth != Truth::Unknown || names_a_gap(&before.evidence),
            || format!("{source}\n    is unknown and names no gap"),
        )?;
        let places = places(&whole, &SCHEMA);
        for set in &holes {
            let set: BTreeSet<String> = set.iter().map(|n| n.get(&places).clone()).collect();
            let after = evaluate(&rule, &pierced(&whole, &SCHEMA, &set));
            count(format!("{:?} to {:?}", before.truth, after.truth));
            let same = after.truth == before.truth;
            let explained = names_a_gap(&after.evidence);
            holds(same || after.truth == Truth::Unknown && explained, || {
                format!(
                    "{source}\n    comes to {:?}{}\n    and with holes at {set:?} to {:?}{}",
                    before.truth,
                    shown(&before.evidence),
                    after.truth,
                    shown(&after.evidence)
                )
            })?;
        }
        Ok(())
    });
    let counts = counts.into_inner();
    println!("{rules} rules: {counts:?}");
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, _)) => panic!("\n  {why}"),
        Err(TestError::Abort(why)) => panic!("\n  {why}"),
    }
    // It would prove nothing if rules came to one thing only, or if no hole were ever felt.
    for (what, least) in [
        ("True", 500),
        ("False", 500),
        ("Unknown", 100),
        ("True to Unknown", 300),
        ("False to Unknown", 300),
    ] {
        assert!(
            counts.get(what).is_some_and(|n| *n >= least),
            "{what}: {counts:?}"
        );
    }
}

fn holds(law: bool, why: impl FnOnce() -> String) -> Result<(), TestCaseError> {
    if law {
        Ok(())
    } else {
        Err(TestCaseError::fail(why()))
    }
}

/// A rule that does not load is a mistake of the generator, or of the type check; unless it computes with constants what
/// they do not have, or is larger than rules may be.
fn compiled(source: &str) -> Result<Option<Rule>, TestCaseError> {
    let (shapes, _) = params();
    let env = Env {
        schema: &SCHEMA,
        kind: KIND,
        params: &shapes,
    };
    const FAIR: [&str; 4] = [
        "division by zero",
        "is not an int",
        "is never null",
        "nested more than",
    ];
    match compile(source, &env) {
        Ok(rule) => Ok(Some(rule)),
        Err(complaints) => {
            let said: Vec<String> = complaints.into_iter().map(|said| said.message).collect();
            let unfair = |said: &String| !FAIR.iter().any(|fair| said.contains(fair));
            holds(!said.iter().any(unfair), || {
                format!("{source}\n    does not load: {}", said.join("; "))
            })?;
            Ok(None)
        }
    }
}

fn evaluate(rule: &Rule, inventory: &Inventory) -> Judgement {
    let (_, params) = params();
    let subject = Subject {
        inventory,
        resource: judged(inventory),
        account: Err(hole()),
        region: Err(hole()),
        params: &params,
        now: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    rule.evaluate(&subject)
}
