//! `tieout checks list` and `tieout checks test`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::criteria::Evidence;
use super::text::{columns, count};
use crate::check::example::{self, mutation};
use crate::check::{Check, Outcome};
use crate::criteria::Frameworks;

/// The checks by service, and how many there are for each criterion.
pub fn list(checks: &[Check], frameworks: &Frameworks, out: &mut impl Write) -> io::Result<()> {
    let mut services: BTreeMap<&str, Vec<&Check>> = BTreeMap::new();
    for check in checks {
        let service = check.id.split('.').next().unwrap_or(&check.id);
        services.entry(service).or_default().push(check);
    }
    for (service, checks) in &services {
        writeln!(out, "{service} ({})", checks.len())?;
        let rows: Vec<[String; 3]> = checks
            .iter()
            .map(|check| {
                [
                    check.id.clone(),
                    check.severity.to_string(),
                    check.title.clone(),
                ]
            })
            .collect();
        columns(out, 2, &rows)?;
        writeln!(out)?;
    }
    for framework in frameworks.iter() {
        // A criterion may stand in two sections; it is counted once.
        let places = framework.places().filter(|place| !place.is_repeated());
        let rows: Vec<[String; 3]> = places
            .filter_map(|place| {
                let id = &place.criterion.id;
                let evidence = Evidence::of(place.criterion, checks);
                let row = || {
                    [
                        id.clone(),
                        evidence.to_string(),
                        place.criterion.title.clone(),
                    ]
                };
                evidence.any().then(row)
            })
            .collect();
        if !rows.is_empty() {
            writeln!(
                out,
                "{} ({} criteria with checks)",
                framework.title,
                rows.len()
            )?;
            columns(out, 2, &rows)?;
            writeln!(out)?;
        }
    }
    writeln!(
        out,
        "{} of {}. `tieout explain <check>` shows one.",
        count(checks.len(), "check"),
        count(services.len(), "service")
    )
}

/// Runs the examples of these checks and breaks their rules; whether all of it came out as it should.
pub fn test(checks: &[Check], out: &mut impl Write) -> io::Result<bool> {
    let (mut examples, mut broken) = (0, 0);
    let (mut failed, mut unnoticed) = (0, 0);
    for check in checks {
        examples += check.examples.len();
        let failures = example::failures(check);
        for failure in &failures {
            writeln!(out, "{failure}")?;
        }
        if asserts_nothing(check) {
            writeln!(
                out,
                "  `require` is still what `tieout checks new` wrote: say what must hold \
                 (`tieout kinds {}` lists the facts), and give the examples those facts",
                check.resource
            )?;
        }
        if !failures.is_empty() {
            failed += failures.len();
            writeln!(out)?;
            // A rule that its examples do not describe is not worth breaking.
            continue;
        }
        let report = mutation::test(check);
        broken += report.tried;
        unnoticed += report.survivors.len();
        for survivor in &report.survivors {
            writeln!(out, "{survivor}\n")?;
        }
    }
    writeln!(
        out,
        "{}: {} run, {failed} not as expected; rules broken in {}, {unnoticed} unnoticed",
        count(checks.len(), "check"),
        count(examples, "example"),
        count(broken, "way"),
    )?;
    Ok(failed == 0 && unnoticed == 0)
}

/// Whether this is a skeleton that nobody has filled in: nothing passes it, whatever the facts.
fn asserts_nothing(check: &Check) -> bool {
    check.require.source().trim() == "false"
        && check
            .examples
            .iter()
            .any(|example| example.expect == Outcome::Pass)
}
