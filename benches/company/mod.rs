//! A made-up company of any size, put together as the collectors would: the same kinds through the same intake,
//! every fact with the call that told it. No two resources are alike, and the same number gives the same company.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark ends where its setting fails"
)]

mod buckets;
mod people;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use tieout::check::Check;
use tieout::check::load::{Found, Known, embedded, load};
use tieout::inventory::intake::Intake;
use tieout::inventory::kinds::{s3, schema};
use tieout::inventory::relate::relate;
use tieout::inventory::{Call, GLOBAL, Inventory, Place, Read, Source, Told};

pub(crate) use buckets::Buckets;
pub(crate) use people::Users;

/// The moment of the scan.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T02:11:09Z".parse().unwrap()
}

/// A part of the company: how its resources come in.
pub(crate) trait Part {
    /// How many resources of this part an account holds, at most.
    const PER_ACCOUNT: usize;
    /// Puts `count` resources of an account in.
    fn fill(account: &Account, count: usize, intake: &Intake);
}

/// `count` resources in as many accounts as they need, not yet related.
pub(crate) fn collected<P: Part>(count: usize) -> Inventory {
    let intake = Intake::new("aws");
    let accounts: Vec<Account> = (0..count.div_ceil(P::PER_ACCOUNT)).map(Account).collect();
    for account in &accounts {
        let rest = count - account.0 * P::PER_ACCOUNT;
        P::fill(account, rest.min(P::PER_ACCOUNT), &intake);
        account.settings(&intake);
    }
    let places = accounts.iter().map(|account| account.place("account"));
    intake.finish(&schema(), places)
}

/// The same with its links.
pub(crate) fn related<P: Part>(count: usize) -> Inventory {
    let mut inventory = collected::<P>(count);
    relate(&mut inventory, &schema());
    inventory
}

/// The checks of a kind, as the binary holds them.
pub(crate) fn checks(kind: &str) -> Vec<Check> {
    let mut checks = sound(&embedded());
    checks.retain(|check| check.resource == kind);
    checks
}

/// The checks in these files.
pub(crate) fn sound(found: &[Found]) -> Vec<Check> {
    let known = Known {
        schema: &schema(),
        criterion: &|_| Ok(()),
        config: None,
    };
    load(found, known).unwrap()
}

/// One account of the company, by its number.
pub(crate) struct Account(usize);

impl Account {
    /// Twelve digits.
    fn id(&self) -> String {
        format!("{:012}", 210_987_654_321_u64 + self.0 as u64 * 7_919_113)
    }

    fn place(&self, kind: &str) -> Place {
        Place {
            kind: kind.into(),
            account: self.id().into(),
            region: GLOBAL.into(),
        }
    }

    /// A call that was answered, the `n`th of its operation.
    fn call(&self, call: &str, region: &str, parameters: &str, n: usize) -> Source {
        let (service, operation) = call.split_once(':').unwrap();
        let mut dice = Dice::of(call, self.0 * 1_000_003 + n);
        let request_id = match service {
            "s3" => dice.hex(16).to_uppercase(),
            _ => format!("{}-51ab-4c6e-9e05-{}", dice.hex(8), dice.hex(12)),
        };
        Arc::new(Call {
            service: service.into(),
            operation: operation.into(),
            account: self.id(),
            region: region.into(),
            parameters: parameters.into(),
            request_id: Some(request_id),
            at: ago(0) + jiff::SignedDuration::from_millis((n % 3_600_000) as i64),
            sha256: dice.hex(64),
        })
    }

    /// What the checks read of the account as a whole.
    fn settings(&self, intake: &Intake) {
        let source = self.call("s3control:GetPublicAccessBlock", "us-east-1", "", 0);
        let on = self.0.is_multiple_of(2);
        let fields = s3::AccountAccess {
            s3_public_access: told(
                &source,
                s3::PublicAccess {
                    block_acls: on,
                    ignore_acls: on,
                    block_policy: on,
                    restrict_buckets: on,
                },
            ),
        };
        intake.facet(&self.id(), GLOBAL, fields);
    }
}

fn told<T>(source: &Source, value: T) -> Read<T> {
    Ok(Told {
        value,
        source: source.clone(),
    })
}

/// So many days before the scan.
fn ago(days: i64) -> Timestamp {
    now() - jiff::SignedDuration::from_hours(24 * days)
}

const TEAMS: [&str; 24] = [
    "billing", "checkout", "claims", "core", "crm", "data", "finance", "fraud", "growth", "hr",
    "identity", "infra", "legal", "mobile", "network", "orders", "payments", "platform", "pricing",
    "risk", "sales", "search", "security", "support",
];

/// Tags as a company with a tagging policy has them: most of them, on most things.
fn tags(dice: &mut Dice, owner: &str) -> BTreeMap<String, String> {
    let team = dice.one_of(&TEAMS);
    let values = [
        ("owner", format!("{owner}@acme.example"), 85),
        ("team", team.to_owned(), 90),
        ("cost-center", format!("cc-{:04}", dice.below(400)), 80),
        (
            "environment",
            dice.one_of(&["prod", "staging", "dev"]).to_owned(),
            75,
        ),
        (
            "data-classification",
            dice.one_of(&["internal", "confidential", "restricted", "public"])
                .to_owned(),
            70,
        ),
        ("ticket", format!("OPS-{}", dice.below(90_000)), 40),
        (
            "managed-by",
            dice.one_of(&["terraform", "cloudformation"]).to_owned(),
            50,
        ),
        ("backup", "daily".to_owned(), 30),
        ("retention-class", "regulated".to_owned(), 10),
        ("criticality", "critical".to_owned(), 15),
    ];
    values
        .into_iter()
        .filter(|(_, _, percent)| dice.chance(*percent))
        .map(|(key, value, _)| (key.to_owned(), value))
        .collect()
}

/// Numbers that look thrown and are the same every time.
struct Dice(u64);

impl Dice {
    fn of(what: &str, n: usize) -> Self {
        let seed = what.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(seed ^ (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// The next number of the sequence SplitMix64.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).unwrap()
    }

    /// So many hexadecimal digits.
    fn hex(&mut self, digits: usize) -> String {
        let mut text = String::new();
        while text.len() < digits {
            text.push_str(&format!("{:016x}", self.next()));
        }
        text.truncate(digits);
        text
    }

    /// An instant between so many days before the scan and the scan.
    fn within(&mut self, days: usize) -> Timestamp {
        ago(1 + self.below(days) as i64)
            + jiff::SignedDuration::from_secs(self.below(86_400) as i64)
    }
}
