//! `tieout criteria`: what the frameworks ask, and which checks are evidence for it.

use std::io::{self, Write};

use super::text::{columns, count, prose, section};
use crate::check::Check;
use crate::criteria::{Criterion, EvidenceKind, Frameworks};

/// Every framework with its criteria in order, and how many checks each has.
pub fn all(frameworks: &Frameworks, checks: &[Check], out: &mut impl Write) -> io::Result<()> {
    for (n, framework) in frameworks.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", framework.title)?;
        for part in &framework.sections {
            writeln!(out, "\n  {}", part.title)?;
            let rows: Vec<[String; 4]> = part
                .criteria
                .iter()
                .map(|criterion| {
                    [
                        criterion.id.clone(),
                        count(evidence(criterion, checks).count(), "check"),
                        who_decides(criterion.evidence).to_owned(),
                        criterion.title.clone(),
                    ]
                })
                .collect();
            columns(out, 4, &rows)?;
        }
    }
    writeln!(out, "\n`tieout criteria tsc2017:CC6.1` shows one.")
}

/// One criterion: what it asks, its checks, its attestations, and what AWS cannot show.
pub fn one(criterion: &Criterion, checks: &[Check], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}  {}", criterion.id, criterion.title)?;
    prose(out, 0, &criterion.statement)?;
    writeln!(out, "\nsection   {}", criterion.section)?;
    writeln!(out, "evidence  {}", who_decides(criterion.evidence))?;
    let rows: Vec<[String; 3]> = evidence(criterion, checks)
        .map(|check| {
            [
                check.id.clone(),
                check.severity.to_string(),
                check.title.clone(),
            ]
        })
        .collect();
    section(out, &count(rows.len(), "check"), |out| {
        columns(out, 2, &rows)
    })?;
    if !criterion.attestations.is_empty() {
        section(out, "Attestations it needs", |out| {
            for needed in &criterion.attestations {
                writeln!(
                    out,
                    "  {} (counts for {})",
                    needed.id,
                    count(needed.max_age_days as usize, "day")
                )?;
                prose(out, 4, &needed.what)?;
            }
            Ok(())
        })?;
    }
    list(out, "AWS's own controls it rests on", &criterion.inherited)?;
    if !criterion.limits.is_empty() {
        section(out, "What AWS cannot show", |out| {
            prose(out, 2, &criterion.limits)
        })?;
    }
    list(
        out,
        "Closest in other frameworks",
        &criterion.crosswalk.primary,
    )?;
    list(
        out,
        "Also touched in other frameworks",
        &criterion.crosswalk.related,
    )
}

fn list(out: &mut impl Write, heading: &str, items: &[String]) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    section(out, heading, |out| {
        items.iter().try_for_each(|item| prose(out, 2, item))
    })
}

/// The checks that are evidence for a criterion.
fn evidence<'a>(criterion: &'a Criterion, checks: &'a [Check]) -> impl Iterator<Item = &'a Check> {
    checks
        .iter()
        .filter(|check| check.criteria.contains(&criterion.id))
}

fn who_decides(evidence: EvidenceKind) -> &'static str {
    match evidence {
        EvidenceKind::Automated => "checks and attestations",
        EvidenceKind::Partial => "attestations, with checks",
        EvidenceKind::Inherited => "AWS's own report",
        EvidenceKind::Attested => "attestations alone",
    }
}
