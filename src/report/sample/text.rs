//! A sample for a person to read.

use std::io::{self, Write};

use super::{METHOD, Sample};
use crate::report::papers::cells::{call, cited, facts, request_id, shown};
use crate::report::text::{counted, number};

pub(super) fn write(sample: &Sample<'_>, run: &str, out: &mut impl Write) -> io::Result<()> {
    let Sample {
        check,
        asked,
        population,
        drawn_from,
        incomplete,
        rows_sha256,
        csv_sha256,
        rows,
    } = sample;
    writeln!(
        out,
        "Sample of {}: {}",
        shown(&check.id),
        shown(&check.title)
    )?;
    writeln!(out)?;
    writeln!(out, "  run          {}", shown(run))?;
    let members = counted(*population as u64, "member", "members");
    if incomplete.is_empty() {
        writeln!(out, "  population   {members}, complete")?;
    } else {
        writeln!(
            out,
            "  population   {members} listed, INCOMPLETE: there may be others that no sample can reach"
        )?;
        for why in incomplete {
            writeln!(out, "               {why}")?;
        }
    }
    if let Some(sha256) = rows_sha256 {
        writeln!(out, "  rows digest  sha256:{sha256} (of the manifest)")?;
    }
    writeln!(out, "  CSV digest   sha256:{csv_sha256}")?;
    if !asked.outcomes.is_empty() {
        let of = sample.outcomes().join(", ");
        writeln!(
            out,
            "  drawn from   the {} of outcome {of}",
            number(*drawn_from as u64)
        )?;
    }
    writeln!(out, "  method       {METHOD}")?;
    writeln!(out, "  seed         {}", shown(&asked.seed))?;
    let all = if *drawn_from < asked.size {
        ": all there are"
    } else {
        ""
    };
    writeln!(
        out,
        "  size         {} asked for, {} drawn{all}",
        number(asked.size as u64),
        number(rows.len() as u64)
    )?;
    for row in rows {
        let verdict = row.verdict;
        writeln!(out)?;
        writeln!(
            out,
            "{:>5}  {}  {:<14}  {} {}  {}",
            row.position,
            verdict.id,
            verdict.outcome.name(),
            shown(&verdict.account),
            shown(&verdict.region),
            shown(&verdict.name)
        )?;
        if let Some(arn) = &verdict.resource {
            writeln!(out, "       {}", shown(arn))?;
        }
        if let Some(waiver) = &verdict.waiver {
            writeln!(
                out,
                "       waived: {} until {}",
                shown(&waiver.id),
                waiver.expires
            )?;
        }
        for line in facts(verdict).lines() {
            writeln!(out, "       {line}")?;
        }
        for (n, source) in cited(verdict).into_iter().enumerate() {
            writeln!(
                out,
                "       [{}] {}  request {}  {}  sha256:{}",
                n + 1,
                call(source),
                request_id(source),
                source.at,
                shown(&source.sha256)
            )?;
        }
    }
    Ok(())
}
