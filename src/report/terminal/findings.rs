//! What fails and what is unknown, with the facts and calls that show it.

use std::io::{self, Write};

use super::Page;
use crate::check::{Counts, Outcome, Severity};
use crate::inventory::Call;
use crate::report::text::{clipped, counted, number, shown};
use crate::report::{Check, Evidence, Gap, Read, Report, Verdict};

/// Facts of one verdict and gaps of the run before the rest is counted.
const FACTS: usize = 8;
const GAPS: usize = 12;
/// Things one gap was asked about before the rest is counted.
const ASKED: usize = 3;

impl<W: Write> Page<'_, W> {
    pub(super) fn failures(&mut self, report: &Report) -> io::Result<()> {
        for severity in Severity::ALL {
            let mut checks = report
                .checks
                .iter()
                .filter(|check| {
                    check.severity == severity
                        && check.outcome == Counts::Verdict
                        && check.outcomes.tally.fail > 0
                })
                .peekable();
            if checks.peek().is_none() {
                continue;
            }
            let style = self.palette.severity(severity);
            writeln!(self.out, "\n{style}{severity}{style:#}")?;
            for check in checks {
                self.failing(check, report)?;
            }
        }
        Ok(())
    }

    fn failing(&mut self, check: &Check, report: &Report) -> io::Result<()> {
        let strong = self.palette.strong;
        let dim = self.palette.dim;
        let tally = check.outcomes.tally;
        writeln!(
            self.out,
            "  not true: {strong}{}{strong:#}",
            shown(&check.title)
        )?;
        writeln!(
            self.out,
            "  {dim}{} · fails for {} of {}{dim:#}",
            check.id,
            number(tally.fail),
            number(check.outcomes.discovered),
        )?;
        let failing: Vec<&Verdict> = verdicts_of(check, report)
            .filter(|verdict| verdict.outcome == Outcome::Fail && verdict.waiver.is_none())
            .collect();
        for verdict in failing.iter().take(self.options.each) {
            self.verdict(verdict)?;
        }
        let more = failing.len().saturating_sub(self.options.each);
        if more > 0 {
            writeln!(self.out, "    {dim}and {} more{dim:#}", number(more as u64))?;
        }
        Ok(())
    }

    fn verdict(&mut self, verdict: &Verdict) -> io::Result<()> {
        let dim = self.palette.dim;
        let style = self.palette.outcome(verdict.outcome);
        let place = format!("{} {}", shown(&verdict.account), shown(&verdict.region));
        let name = if verdict.name.is_empty() {
            verdict.resource.as_deref().unwrap_or(&verdict.kind)
        } else {
            &verdict.name
        };
        let room = self.options.width.saturating_sub(place.len() + 8).max(24);
        writeln!(
            self.out,
            "    {style}✕{style:#} {}  {dim}{place}{dim:#}",
            clipped(name, room)
        )?;
        for evidence in verdict.evidence.iter().take(FACTS) {
            self.fact(evidence)?;
        }
        let more = verdict.evidence.len().saturating_sub(FACTS);
        if more > 0 {
            writeln!(
                self.out,
                "        {dim}and {} more{dim:#}",
                counted(more as u64, "fact", "facts")
            )?;
        }
        Ok(())
    }

    /// `bucket.public_access.block_acls = false  ← s3:GetPublicAccessBlock 4F2A…`, the call on a line of its
    /// own where it does not fit.
    fn fact(&mut self, evidence: &Evidence) -> io::Result<()> {
        let dim = self.palette.dim;
        let width = self.options.width.saturating_sub(8).max(32);
        let said = match &evidence.read {
            Read::Value(value) => format!("{} = {value}", evidence.path),
            Read::Gap(gap) => format!("{} is unread: {gap}", evidence.path),
        };
        let said = clipped(&said, width);
        let Some(call) = &evidence.call else {
            return writeln!(self.out, "        {said}");
        };
        let style = self.palette.call();
        let source = source(call);
        let break_line = if said.chars().count() + source.chars().count() + 4 > width {
            "\n          "
        } else {
            "  "
        };
        writeln!(
            self.out,
            "        {said}{break_line}{dim}←{dim:#} {style}{source}{style:#}"
        )
    }

    pub(super) fn unknowns(&mut self, report: &Report) -> io::Result<()> {
        let deciding: Vec<&Gap> = report.gaps.iter().filter(|gap| gap.undecided > 0).collect();
        if deciding.is_empty() {
            return Ok(());
        }
        let unknown = self.palette.unknown;
        let dim = self.palette.dim;
        writeln!(
            self.out,
            "\n{unknown}unknown{unknown:#}, until these calls are answered"
        )?;
        for gap in deciding.iter().take(GAPS) {
            let code = gap
                .code
                .as_ref()
                .map_or_else(String::new, |code| format!(" [{code}]"));
            writeln!(
                self.out,
                "  {}:{}  {dim}{} {}{dim:#}  {}{}",
                shown(&gap.service),
                shown(&gap.operation),
                shown(&gap.account),
                shown(&gap.region),
                gap.reason,
                shown(&code),
            )?;
            if !gap.asked_about.is_empty() {
                let line = clipped(&asked(gap), self.options.width.saturating_sub(4).max(32));
                writeln!(self.out, "    {dim}{line}{dim:#}")?;
            }
            let left = counted(gap.undecided, "verdict", "verdicts");
            writeln!(
                self.out,
                "    leaves {left} unknown. {}",
                shown(&gap.remedy)
            )?;
        }
        let more = deciding.len().saturating_sub(GAPS);
        if more > 0 {
            writeln!(
                self.out,
                "  {dim}and {} more{dim:#}",
                counted(more as u64, "gap", "gaps")
            )?;
        }
        Ok(())
    }
}

fn verdicts_of<'r>(check: &'r Check, report: &'r Report) -> impl Iterator<Item = &'r Verdict> {
    // Verdicts are ordered by check first, so a check's are one run.
    let start = report
        .verdicts
        .partition_point(|verdict| verdict.check < check.id);
    report
        .verdicts
        .iter()
        .skip(start)
        .take_while(move |verdict| verdict.check == check.id)
}

fn asked(gap: &Gap) -> String {
    let mut asked = gap
        .asked_about
        .iter()
        .take(ASKED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    let more = gap.asked_about.len().saturating_sub(ASKED);
    if more > 0 {
        asked.push_str(&format!(" and {} more", number(more as u64)));
    }
    format!("asked about {asked}")
}

fn source(call: &Call) -> String {
    let request = call.request_id.as_deref().unwrap_or("no request id");
    format!(
        "{}:{} {}",
        shown(&call.service),
        shown(&call.operation),
        shown(request)
    )
}
