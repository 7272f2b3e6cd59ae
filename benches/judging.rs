//! How fast checks are judged: 100,000 users and 20,000 buckets by all their checks, and by one rule of one
//! comparison. Items are verdicts, so a row reads in verdicts per second of one core.
//!
//! A figure of one machine says little about another, so two rows of the same run are there to divide by: `by_hand`
//! answers the question of `simple` in plain Rust, without a rule and without evidence; `walk` goes once over every
//! fact that the users have.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a benchmark ends where its setting fails, and goes over facts the short way"
)]

mod company;

use std::sync::LazyLock;

use company::{Buckets, Users, checks, collected, now, related, sound};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box, black_box_drop};
use tieout::check::judge::judge;
use tieout::check::load::Found;
use tieout::check::{Check, Outcome};
use tieout::complaint::File;
use tieout::inventory::kinds::schema;
use tieout::inventory::relate::relate;
use tieout::inventory::{Fact, Inventory};

const USERS: usize = 100_000;
const BUCKETS: usize = 20_000;

static PEOPLE: LazyLock<Inventory> = LazyLock::new(|| related::<Users>(USERS));
static STORES: LazyLock<Inventory> = LazyLock::new(|| related::<Buckets>(BUCKETS));

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn users(bencher: Bencher<'_, '_>) {
    measure(bencher, &checks("iam.user"), &PEOPLE);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn buckets(bencher: Bencher<'_, '_>) {
    measure(bencher, &checks("s3.bucket"), &STORES);
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn simple(bencher: Bencher<'_, '_>) {
    measure(bencher, &rule("user.active_keys <= 1"), &PEOPLE);
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn by_hand(bencher: Bencher<'_, '_>) {
    let schema = schema();
    let (position, _) = schema
        .kind("iam.user")
        .unwrap()
        .field("active_keys")
        .unwrap();
    bencher.counter(ItemsCount::new(USERS)).bench_local(|| {
        let judge = |fact: &Fact| match fact {
            Fact::Int(keys) if *keys <= 1 => Outcome::Pass,
            Fact::Int(_) => Outcome::Fail,
            _ => Outcome::Unknown,
        };
        for (_, user) in PEOPLE.members("iam.user") {
            black_box(judge(&user.fields[position].fact));
        }
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn walk(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(USERS)).bench_local(|| {
        let users = PEOPLE.members("iam.user");
        users
            .flat_map(|(_, user)| &user.fields)
            .map(|field| size(&field.fact))
            .sum::<usize>()
    });
}

/// Each check by itself, to see which is slow.
#[divan::bench(args = ids("iam.user"), sample_count = 5, sample_size = 1)]
fn user_check(bencher: Bencher<'_, '_>, id: &str) {
    measure(bencher, &only(id, "iam.user"), &PEOPLE);
}

/// Each check by itself, to see which is slow.
#[divan::bench(args = ids("s3.bucket"), sample_count = 5, sample_size = 1)]
fn bucket_check(bencher: Bencher<'_, '_>, id: &str) {
    measure(bencher, &only(id, "s3.bucket"), &STORES);
}

/// Links: users to their groups and policies, and back. Items are resources.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn links(bencher: Bencher<'_, '_>) {
    let schema = schema();
    bencher
        .with_inputs(|| collected::<Users>(USERS))
        .input_counter(|inventory: &Inventory| ItemsCount::new(inventory.len()))
        .bench_local_values(|mut inventory| {
            relate(&mut inventory, &schema);
            inventory
        });
}

fn measure(bencher: Bencher<'_, '_>, checks: &[Check], inventory: &Inventory) {
    let mut verdicts = 0_usize;
    judge(checks, inventory, now(), |_| verdicts += 1);
    bencher
        .counter(ItemsCount::new(verdicts))
        .bench_local(|| judge(checks, inventory, now(), black_box_drop));
}

/// A check of one rule, as a user would write it.
fn rule(require: &str) -> Vec<Check> {
    let text = format!(
        r#"
title = "The rule"
severity = "low"
resource = "iam.user"
criteria = ["tsc2017:CC6.1"]
require = "{require}"
why = "So that it can be measured."
fix = "Nothing to do."
[[example]]
name = "few"
expect = "pass"
given.user.active_keys = 1
[[example]]
name = "many"
expect = "fail"
given.user.active_keys = 2
"#
    );
    sound(&[Found {
        id: "mine.rule".to_owned(),
        file: File::new("mine/rule.toml", text),
    }])
}

fn ids(kind: &str) -> Vec<String> {
    checks(kind).into_iter().map(|check| check.id).collect()
}

fn only(id: &str, kind: &str) -> Vec<Check> {
    let mut checks = checks(kind);
    checks.retain(|check| check.id == id);
    checks
}

/// Goes over all that is in a fact.
fn size(fact: &Fact) -> usize {
    match fact {
        Fact::Text(text) => text.len(),
        Fact::List(items) => items.iter().map(size).sum(),
        Fact::Record(record) => record.values.iter().map(size).sum(),
        Fact::Map(entries) => entries
            .iter()
            .map(|(key, value)| key.len() + size(value))
            .sum(),
        Fact::Many(ids, _) => ids.len(),
        _ => 1,
    }
}
