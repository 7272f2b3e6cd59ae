//! What fails and what is unknown, with the facts and calls that show it.

use std::io::{self, Write};

use anstyle::Style;

use super::Page;
use crate::check::{Counts, Outcome, Severity};
use crate::report::text::{clipped, counted, number, shown};
use crate::report::{Check, Evidence, Gap, Read, Report, Verdict};

/// Where facts begin.
const FACT: usize = 8;
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
        let dim = self.palette.dim;
        let tally = check.outcomes.tally;
        let mut title = vec![(Style::new(), "not true:".to_owned())];
        let words = check.title.split(' ');
        title.extend(words.map(|word| (self.palette.strong, word.to_owned())));
        self.flow(2, " ", &title)?;
        let of = number(check.outcomes.discovered);
        let fails = format!("fails for {} of {of}", number(tally.fail));
        self.flow(2, " · ", &[(dim, check.id.to_string()), (dim, fails)])?;
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
        let shown = verdict.evidence.get(..FACTS).unwrap_or(&verdict.evidence);
        for told in shown.chunk_by(|a, b| a.call == b.call) {
            self.told(told)?;
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
    /// own where it does not fit, or where it told several facts.
    fn told(&mut self, facts: &[Evidence]) -> io::Result<()> {
        let plain = Style::new();
        let room = self.options.width.saturating_sub(FACT).max(32);
        let mut lines: Vec<String> = facts.iter().map(|fact| said(fact, room)).collect();
        let Some(call) = facts.first().and_then(|fact| fact.call.as_ref()) else {
            return lines
                .into_iter()
                .try_for_each(|line| self.flow(FACT, "", &[(plain, line)]));
        };
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            self.flow(FACT, "", &[(plain, line)])?;
        }
        let style = self.palette.call();
        let name = format!("← {}:{}", call.service, call.operation);
        let request = call.request_id.as_deref().unwrap_or("no request id");
        let both = format!("{name} {request}");
        let told = if both.chars().count() + FACT + 2 <= self.options.width {
            vec![(style, both)]
        } else {
            vec![(style, name), (style, request.to_owned())]
        };
        if facts.len() > 1 {
            self.flow(FACT, "", &[(plain, last)])?;
            return self.flow(FACT + 2, "  ", &told);
        }
        let mut parts = vec![(plain, last)];
        parts.extend(told);
        self.flow(FACT, "  ", &parts)
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
            let plain = Style::new();
            let parts = [
                (plain, format!("{}:{}", gap.service, gap.operation)),
                (dim, format!("{} {}", gap.account, gap.region)),
                (plain, format!("{}{code}", gap.reason)),
            ];
            self.flow(2, "  ", &parts)?;
            if !gap.asked_about.is_empty() {
                let line = clipped(&asked(gap), self.options.width.saturating_sub(4).max(32));
                writeln!(self.out, "    {dim}{line}{dim:#}")?;
            }
            let left = counted(gap.undecided, "verdict", "verdicts");
            let settles = format!("leaves {left} unknown. {}", gap.remedy);
            self.words(4, plain, &settles)?;
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

/// A fact on one line: of what is too long for it, the value keeps its beginning and the path its end.
fn said(fact: &Evidence, room: usize) -> String {
    let (between, value) = match &fact.read {
        Read::Value(value) => (" = ", shown(&value.to_string()).into_owned()),
        Read::Gap(gap) => (" is unread: ", shown(&gap.to_string()).into_owned()),
    };
    let path = shown(&fact.path);
    let length = |text: &str| text.chars().count();
    if length(&path) + length(between) + length(&value) <= room {
        return format!("{path}{between}{value}");
    }
    let path = without_arns(&path);
    let least = length(&path).min(room / 2);
    let value = clipped(&value, room.saturating_sub(length(between) + least));
    let left = room.saturating_sub(length(between) + length(&value));
    let over = length(&path).saturating_sub(left);
    if over == 0 {
        return format!("{path}{between}{value}");
    }
    let end: String = path.chars().skip(over + 1).collect();
    format!("…{end}{between}{value}")
}

/// `groups[arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1].ingress` as `groups[sg-1].ingress`.
fn without_arns(path: &str) -> String {
    let mut parts = path.split("[arn:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (arn, rest) = part.split_once(']').unwrap_or((part, ""));
        let name = arn.rsplit([':', '/']).next().unwrap_or(arn);
        out.push_str(&format!("[{name}]{rest}"));
    }
    out
}
