//! `report.json`, version 1.
//!
//! One row of a list to a line, so that two reports compare line by line and `grep` finds a verdict,
//! and no more white space than that, for a report of a large organization is many gigabytes of rows.

use std::io::{self, Write};

use serde::Serialize;

use super::Report;

/// Writes the report.
///
/// # Errors
/// When `out` does not take it.
pub fn write(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let Report {
        schema,
        run,
        summary,
        criteria,
        attestations,
        inherited,
        checks,
        verdicts,
        populations,
        coverage,
        gaps,
        waivers,
        waiver_limits,
        responses,
        suppressions,
        segregation,
    } = report;
    out.write_all(b"{")?;
    member(out, "schema", schema)?;
    out.write_all(b",\n")?;
    member(out, "run", run)?;
    out.write_all(b",\n")?;
    member(out, "summary", summary)?;
    rows(out, "criteria", criteria)?;
    rows(out, "attestations", attestations)?;
    if let Some(inherited) = inherited {
        out.write_all(b",\n")?;
        member(out, "inherited", inherited)?;
    }
    rows(out, "checks", checks)?;
    rows(out, "verdicts", verdicts)?;
    rows(out, "populations", populations)?;
    rows(out, "coverage", coverage)?;
    rows(out, "gaps", gaps)?;
    rows(out, "waivers", waivers)?;
    rows(out, "waiver_limits", waiver_limits)?;
    rows(out, "responses", responses)?;
    rows(out, "suppressions", suppressions)?;
    rows(out, "segregation", segregation)?;
    out.write_all(b"}\n")
}

/// Writes another value of its own schema, indented: one that people read with a pager.
///
/// # Errors
/// When `out` does not take it.
pub fn pretty(value: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn member(out: &mut impl Write, name: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, "\"{name}\":")?;
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

fn rows(out: &mut impl Write, name: &str, rows: &[impl Serialize]) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    for (n, row) in rows.iter().enumerate() {
        out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
    }
    out.write_all(b"]")
}
