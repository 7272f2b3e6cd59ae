//! `tieout criteria`: what the frameworks ask, and which checks are evidence for it.

use std::fmt;
use std::io::{self, Write};

use super::text::{columns, count, prose, section};
use crate::check::{Check, Counts};
use crate::criteria::{Criterion, EvidenceKind, Frameworks};

/// Every framework with its criteria in order: how many checks are evidence for each, and what AWS cannot show.
pub fn all(frameworks: &Frameworks, checks: &[Check], out: &mut impl Write) -> io::Result<()> {
    for (n, framework) in frameworks.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let once: Vec<&Criterion> = framework
            .places()
            .filter(|place| !place.is_repeated())
            .map(|place| place.criterion)
            .collect();
        let checked = once
            .iter()
            .filter(|criterion| Evidence::of(criterion, checks).any())
            .count();
        writeln!(
            out,
            "{}: {checked} of {} criteria have checks",
            framework.title,
            once.len()
        )?;
        for part in &framework.sections {
            writeln!(out, "\n  {}", part.title)?;
            for criterion in &part.criteria {
                let evidence = Evidence::of(criterion, checks);
                writeln!(
                    out,
                    "    {}  {}\n        {}: {evidence}",
                    criterion.id,
                    criterion.title,
                    who_decides(criterion.evidence)
                )?;
                if !criterion.limits.is_empty() {
                    prose(out, 8, &criterion.limits)?;
                }
            }
        }
    }
    writeln!(out, "\n`tieout criteria tsc2017:CC6.1` shows one.")
}

/// How many checks are evidence for a criterion.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    direct: usize,
    supporting: usize,
    listing: usize,
}

impl Evidence {
    pub(super) fn of(criterion: &Criterion, checks: &[Check]) -> Self {
        let mut evidence = Self::default();
        for check in self::evidence(criterion, checks) {
            match check.outcome {
                Counts::Population | Counts::Advisory => evidence.listing += 1,
                Counts::Verdict if check.supports.contains_key(&criterion.id) => {
                    evidence.supporting += 1;
                }
                Counts::Verdict => evidence.direct += 1,
            }
        }
        evidence
    }

    pub(super) fn any(&self) -> bool {
        self.direct + self.supporting + self.listing > 0
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.any() {
            return out.write_str("no check");
        }
        let counts = [
            (self.direct, "direct"),
            (self.supporting, "supporting"),
            (self.listing, "for review"),
        ];
        let said = counts.iter().filter(|(number, _)| *number > 0);
        let said: Vec<_> = said
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        let all = self.direct + self.supporting + self.listing;
        write!(out, "{} ({})", count(all, "check"), said.join(", "))
    }
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
