//! Over the checks in the binary: in the accounts of their own examples, and in the recorded one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use tieout::bundle::{Bundle, Folder};
use tieout::check::judge::judge;
use tieout::check::load::{Known, embedded, load};
use tieout::check::{About, Check, Outcome, Reading};
use tieout::inventory::schema::Schema;
use tieout::inventory::{Inventory, kinds};
use tieout::scan;

use crate::holes::{names_a_gap, pierced, places, shown};

static SCHEMA: LazyLock<Schema> = LazyLock::new(kinds::schema);

static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let known = Known {
        schema: &SCHEMA,
        criterion: &|_| Ok(()),
        config: None,
    };
    load(&embedded(), known).unwrap_or_else(|complaints| panic!("\n{complaints}"))
});

/// What is said of each resource by each check.
type Said = BTreeMap<(String, String), (Outcome, Vec<Reading>)>;

fn said(checks: &[Check], inventory: &Inventory, now: Timestamp) -> Said {
    let mut said = Said::new();
    judge(checks, inventory, now, |verdict| {
        if let About::Resource(resource) = verdict.about {
            let of = (verdict.check.id.clone(), resource.arn.to_string());
            said.insert(of, (verdict.outcome, verdict.evidence));
        }
    });
    said
}

/// Each verdict that a set of holes turned, or left unexplained, or made vanish.
fn turned(before: &Said, after: &Said, holes: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (of, (outcome, evidence)) in before {
        let Some((now, now_read)) = after.get(of) else {
            wrong.push(format!("\n  {} of {} vanished", of.0, of.1));
            continue;
        };
        let fine = now == outcome || *now == Outcome::Unknown;
        if !fine || *now == Outcome::Unknown && !names_a_gap(now_read) {
            let own: Vec<_> = holes.iter().filter(|hole| hole.contains(&of.1)).collect();
            wrong.push(format!(
                "\n  {} of {}\n    comes to {outcome:?}{}\n    and with {} holes, its own at {own:?}, to {now:?}{}",
                of.0,
                of.1,
                shown(evidence),
                holes.len(),
                shown(now_read)
            ));
        }
    }
    assert_eq!(before.len(), after.len());
    wrong
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        // The high bits of a linear congruence, by Knuth's constants.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn some(&mut self, places: &[String], count: usize) -> BTreeSet<String> {
        (0..count)
            .map(|_| places[self.below(places.len())].clone())
            .collect()
    }
}

fn report(what: &str, tried: usize, felt: usize, wrong: &[String]) {
    println!(
        "{what}: {tried} verdicts with holes, {felt} taken away, {} turned",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.concat());
    assert!(felt > tried / 100, "the holes are hardly felt");
}

fn taken(before: &Said, after: &Said) -> usize {
    let lost = |(of, (outcome, _)): &(&(String, String), &(Outcome, Vec<Reading>))| {
        *outcome != Outcome::Unknown && after[*of].0 == Outcome::Unknown
    };
    before.iter().filter(lost).count()
}

/// Every single hole there can be, and some sets of holes, in every example.
#[test]
fn holes_in_the_examples_turn_no_verdict() {
    let (mut tried, mut felt, mut wrong) = (0, 0, Vec::new());
    let mut chance = Chance(1);
    for check in CHECKS.iter() {
        for example in &check.examples {
            let mut check = check.clone();
            check.params.clone_from(&check.defaults);
            check.params.extend(example.params.clone());
            let check = std::slice::from_ref(&check);
            let before = said(check, example.inventory(), example.now);
            let places = places(example.inventory(), &SCHEMA);
            let single = places.iter().map(|place| BTreeSet::from([place.clone()]));
            let sets: Vec<_> = match places.len() {
                0 => Vec::new(),
                n => (0..10).map(|_| chance.some(&places, 1 + n / 4)).collect(),
            };
            for holes in single.chain(sets) {
                let pierced = pierced(example.inventory(), &SCHEMA, &holes);
                let after = said(check, &pierced, example.now);
                tried += after.len();
                felt += taken(&before, &after);
                wrong.extend(turned(&before, &after, &holes));
            }
        }
    }
    report("examples", tried, felt, &wrong);
}

/// The demo's account, read from its recorded answers, with ever more holes.
#[test]
fn holes_in_the_recorded_account_turn_no_verdict() {
    let bundle = Bundle::open(Folder("fixtures/acme/bundle".into())).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let reading = scan::replay(&bundle, &SCHEMA);
    let collected = runtime.block_on(reading).unwrap();
    let now = collected.run.started;
    let before = said(&CHECKS, &collected.inventory, now);
    let places = places(&collected.inventory, &SCHEMA);
    let (mut tried, mut felt, mut wrong) = (0, 0, Vec::new());
    let mut chance = Chance(2);
    for round in 0..40 {
        let holes = chance.some(&places, places.len() * (round + 1) / 200);
        let after = said(
            &CHECKS,
            &pierced(&collected.inventory, &SCHEMA, &holes),
            now,
        );
        tried += after.len();
        felt += taken(&before, &after);
        wrong.extend(turned(&before, &after, &holes));
    }
    println!(
        "{} resources, {} places",
        collected.inventory.len(),
        places.len()
    );
    report("recorded account", tried, felt, &wrong);
}
