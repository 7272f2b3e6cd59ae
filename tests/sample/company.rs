//! A report of the size one looks at: every check of the binary on a handful of made-up resources, with
//! outcomes that are spread, not judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tieout::check::load::{Known, embedded, load};
use tieout::check::{About, Check, Outcome, Reading, Verdict};
use tieout::criteria::Frameworks;
use tieout::criteria::roll_up::roll_up;
use tieout::govern::attestation::Standings;
use tieout::inventory::run::{Coverage, Tally};
use tieout::inventory::schema::Schema;
use tieout::inventory::{Fact, Inventory, Place, Population, kinds};
use tieout::report::Report;
use tieout::report::assemble::{Assembly, Context};
use tieout::report::people::Stated;

use super::{ACCOUNT, call, denied, hostile, place, read, resource, run, unread};

const NAMES: [&str; 8] = [
    "acme-assets",
    "acme-backups",
    "acme-billing-exports",
    "acme-customer-uploads",
    "acme-hr",
    "acme-logs",
    "payments-api",
    "warehouse",
];

/// The checks of the binary, loaded as a scan loads them.
fn checks(schema: &Schema, frameworks: &Frameworks) -> Vec<Check> {
    let known = Known {
        schema,
        criterion: &|id| frameworks.known(id),
        config: None,
    };
    load(&embedded(), known).unwrap_or_else(|complaints| panic!("{complaints}"))
}

/// The report, with `each` resources of each kind and region.
pub(crate) fn report(each: usize) -> Report {
    let schema = kinds::schema();
    let frameworks = Frameworks::embedded().unwrap_or_else(|complaints| panic!("{complaints}"));
    let checks = checks(&schema, &frameworks);
    let kinds: BTreeSet<&str> = checks.iter().map(|check| check.resource.as_str()).collect();
    let inventory = Inventory::new(
        kinds
            .iter()
            .flat_map(|kind| populations(kind, each))
            .collect(),
    );
    let mut assembly = Assembly::new(&checks, []);
    assembly.inventory(&inventory);
    for (n, check) in checks.iter().enumerate() {
        for (place, population) in inventory.of_kind(&check.resource) {
            for (m, found) in population.resources.iter().enumerate() {
                let outcome = outcome(n, m);
                let facts = facts(check, &schema);
                let evidence = evidence(&facts, place, &found.name, outcome, n * 31 + m);
                let about = About::Resource(found);
                assembly.verdict(
                    &Verdict {
                        check,
                        place,
                        about,
                        outcome,
                        evidence,
                    },
                    &inventory,
                    None,
                );
            }
            for gap in &population.gaps {
                let about = About::Unlisted(gap);
                let verdict = Verdict {
                    check,
                    place,
                    about,
                    outcome: Outcome::Unknown,
                    evidence: Vec::new(),
                };
                assembly.verdict(&verdict, &inventory, None);
            }
        }
    }
    let criteria = roll_up(&frameworks, &assembly.tallies(), &Standings::new()).unwrap();
    assembly.finish(Context {
        run: run(),
        frameworks: &frameworks,
        criteria,
        attested: Standings::new(),
        listing: super::stated::not_listed(),
        coverage: ledger(),
        stated: Stated::default(),
        suppressions: Vec::new(),
    })
}

fn outcome(check: usize, resource: usize) -> Outcome {
    match (check * 7 + resource * 5) % 13 {
        0 if check.is_multiple_of(3) => Outcome::Fail,
        4 if check.is_multiple_of(2) => Outcome::Fail,
        7 if check % 5 == 1 => Outcome::Unknown,
        9 => Outcome::NotApplicable,
        _ => Outcome::Pass,
    }
}

fn populations(kind: &str, each: usize) -> Vec<(Place, Population)> {
    let service = kind.split('.').next().unwrap();
    let regions: &[&str] = match service {
        "account" | "iam" => &["global"],
        _ => &["eu-west-1", "us-east-1"],
    };
    let number = if kind == "account" || kind == "region" {
        1
    } else {
        each
    };
    let thing = kind.split('.').next_back().unwrap();
    regions
        .iter()
        .map(|region| {
            let resources = (0..number)
                .map(|n| {
                    let name = match (kind, n, *region) {
                        ("ec2.instance", 1, "eu-west-1") => hostile(),
                        _ => format!("{}-{}", NAMES[(n * 3 + kind.len()) % NAMES.len()], n),
                    };
                    let arn = format!(
                        "arn:aws:{service}:{region}:{ACCOUNT}:{thing}/{n:04x}{:08x}",
                        kind.len() * 7919
                    );
                    resource(&arn, &name, region)
                })
                .collect();
            let cut = kind == "kms.key" && *region == "us-east-1";
            let gaps = if cut {
                vec![denied("kms", "ListKeys", region, "")]
            } else {
                Vec::new()
            };
            (
                place(kind, region),
                Population {
                    resources,
                    gaps,
                    sources: Vec::new(),
                },
            )
        })
        .collect()
}

/// The fields the rule may read, each with the call that tells it.
fn facts(check: &Check, schema: &Schema) -> Vec<(String, &'static str)> {
    let fields = check.require.reads().fields.iter();
    let facts: Vec<_> = fields
        .map(|(kind, field)| {
            let kind = schema.kind(kind).unwrap();
            // A name or an ARN is no field of its kind: whoever listed it tells it.
            let from = kind.field(field).map_or(&[][..], |(_, field)| field.from);
            let call = from.first().or(kind.listed_by.first());
            let call = call.copied().unwrap_or("sts:GetCallerIdentity");
            (format!("{}.{field}", kind.variable), call)
        })
        .collect();
    assert!(!facts.is_empty(), "{} reads no fact", check.id);
    facts
}

/// The facts with made-up values; of an unknown verdict the last is a gap.
fn evidence(
    facts: &[(String, &str)],
    place: &Place,
    name: &str,
    outcome: Outcome,
    n: usize,
) -> Vec<Reading> {
    let name: String = name.chars().take(40).collect();
    let asked = format!("id={name}");
    facts
        .iter()
        .enumerate()
        .map(|(m, (path, told))| {
            let (service, operation) = told.split_once(':').unwrap();
            if outcome == Outcome::Unknown && m + 1 == facts.len() {
                return unread(path, &denied(service, operation, &place.region, &asked));
            }
            let call = call(service, operation, &place.region, &asked, n as i64);
            read(path, fact(n, m, outcome), &call)
        })
        .collect()
}

fn fact(n: usize, m: usize, outcome: Outcome) -> Fact {
    match (n + m) % 6 {
        0 => Fact::text("aws:kms"),
        1 => Fact::Int(n as i64),
        2 => Fact::List(Arc::from([
            Fact::text("10.0.0.0/8"),
            Fact::text("0.0.0.0/0"),
        ])),
        3 => Fact::Null,
        4 if n.is_multiple_of(4) => Fact::text(format!(
            "{{\"Statement\":[{}]}}",
            "{\"Effect\":\"Allow\"},".repeat(40)
        )),
        _ => Fact::Bool(outcome == Outcome::Pass),
    }
}

fn ledger() -> Vec<Coverage> {
    let mut lines = BTreeMap::new();
    for region in ["eu-west-1", "us-east-1"] {
        for (n, service) in [
            "backup",
            "cloudtrail",
            "cloudwatch",
            "ec2",
            "kms",
            "logs",
            "rds",
            "s3",
            "sns",
        ]
        .iter()
        .enumerate()
        {
            let denied = u64::from(region == "us-east-1" && *service == "kms");
            let calls = Tally {
                ok: 3 + n as u64 * 7,
                absent: n as u64 % 3 * 4,
                denied,
                failed: 0,
                throttled: n as u64 % 4 / 3 * 11,
            };
            lines.insert((region, *service), calls);
        }
    }
    for service in ["iam", "s3", "s3control", "sts"] {
        lines.insert(
            ("global", service),
            Tally {
                ok: 4,
                ..Tally::default()
            },
        );
    }
    lines
        .into_iter()
        .map(|((region, service), calls)| Coverage {
            account: ACCOUNT.into(),
            region: region.into(),
            service: service.into(),
            calls,
        })
        .collect()
}
