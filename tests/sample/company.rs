//! A report of the size one looks at: every check of the binary on a handful of made-up resources, with
//! outcomes that are spread, not judged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tieout::check::{About, Check, Counts, Outcome, Reading, Severity, Verdict};
use tieout::criteria::Frameworks;
use tieout::criteria::roll_up::roll_up;
use tieout::inventory::run::{Coverage, Tally};
use tieout::inventory::{Fact, Inventory, Place, Population};
use tieout::report::Report;
use tieout::report::assemble::{Assembly, Context};

use super::{ACCOUNT, call, check, denied, hostile, place, read, resource, run, unread};

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

fn checks() -> Vec<Check> {
    let mut files: Vec<std::path::PathBuf> = Vec::new();
    for dir in std::fs::read_dir("checks").unwrap() {
        let dir = dir.unwrap().path();
        if dir.is_dir() && !dir.ends_with("criteria") {
            files.extend(
                std::fs::read_dir(dir)
                    .unwrap()
                    .map(|file| file.unwrap().path()),
            );
        }
    }
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap();
            let table: toml::Table = text.parse().unwrap();
            let said = |key: &str| {
                table
                    .get(key)
                    .and_then(|v| v.as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            let id = path
                .strip_prefix("checks")
                .unwrap()
                .with_extension("")
                .to_string_lossy()
                .replace('/', ".");
            let severity = Severity::ALL
                .into_iter()
                .find(|s| s.name() == said("severity"))
                .unwrap();
            let criteria: Vec<&str> = table["criteria"]
                .as_array()
                .unwrap()
                .iter()
                .map(|v| v.as_str().unwrap())
                .collect();
            let mut made = check(
                &id,
                &said("title"),
                severity,
                &said("resource"),
                &criteria,
                &said("require"),
            );
            made.why = said("why");
            made.fix = said("fix");
            made.outcome = match said("outcome").as_str() {
                "population" => Counts::Population,
                "advisory" => Counts::Advisory,
                _ => Counts::Verdict,
            };
            made.blind_spots = said("blind_spots");
            if let Some(links) = table.get("links").and_then(|v| v.as_array()) {
                made.links = links
                    .iter()
                    .map(|v| v.as_str().unwrap().to_owned())
                    .collect();
            }
            for form in ["cli", "terraform", "cloudformation"] {
                let text = said(&format!("fix_{form}"));
                if !text.is_empty() {
                    made.fixes.insert(form.to_owned(), text);
                }
            }
            made
        })
        .collect()
}

/// The report, with `each` resources of each kind and region.
pub(crate) fn report(each: usize) -> Report {
    let checks = checks();
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
                let evidence = evidence(check, place, &found.name, outcome, n * 31 + m);
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
    let frameworks = Frameworks::embedded().unwrap_or_else(|complaints| panic!("{complaints}"));
    let criteria = roll_up(&frameworks, &assembly.tallies(), &BTreeSet::new()).unwrap();
    assembly.finish(Context {
        run: run(),
        frameworks: &frameworks,
        criteria,
        coverage: ledger(),
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

/// The fields the rule names, with made-up values.
fn evidence(check: &Check, place: &Place, name: &str, outcome: Outcome, n: usize) -> Vec<Reading> {
    let service = match place.kind.split('.').next().unwrap() {
        "account" | "region" => check.id.split('.').next().unwrap(),
        service => service,
    };
    let mut paths: Vec<&str> = Vec::new();
    for path in check
        .require
        .source()
        .split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'))
    {
        if path.contains('.')
            && path.starts_with(|c: char| c.is_lowercase())
            && !paths.contains(&path)
        {
            paths.push(path);
        }
    }
    // A rule that needs its parameters' types is shown as `true` here, and reads one made-up fact.
    if paths.is_empty() {
        paths.push("resource.fact");
    }
    let last = paths.len().saturating_sub(1);
    let name: String = name.chars().take(40).collect();
    paths
        .iter()
        .enumerate()
        .map(|(m, path)| {
            let operation = ["DescribeSettings", "GetConfiguration", "ListThings"][m % 3];
            let source = call(
                service,
                operation,
                &place.region,
                &format!("id={name}"),
                (n * 3 + m % 3) as i64,
            );
            if outcome == Outcome::Unknown && m == last {
                return unread(
                    path,
                    &denied(service, operation, &place.region, &format!("id={name}")),
                );
            }
            let fact = match (n + m) % 6 {
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
            };
            read(path, fact, &source)
        })
        .collect()
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
