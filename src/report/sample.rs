//! A sample of a population, drawn by whoever knows the seed and by nobody else's choice.
//!
//! Every row is ranked by SHA-256(seed, a zero byte, row id), and the rows of the smallest digests are taken: so many as
//! were asked for. In Python, over the CSV file of the population:
//!
//! ```python
//! rank = lambda row: hashlib.sha256(f"{seed}\0{row['Row id']}".encode()).hexdigest()
//! chosen = sorted(rows, key=rank)[:size]
//! ```
//!
//! The sample is shown in the order of the population. A larger size adds rows to those of a smaller one and takes none
//! away; a row that is added to the population changes nothing about the others' rank.

mod text;

use std::io::{self, Write};

use base16ct::lower::encode_string as hexadecimal;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::papers::{Cell, Sheet, incomplete, members, rows, rows_of};
use super::{Check, Report, Verdict};
use crate::check::Outcome;

/// How rows are chosen, in words.
pub const METHOD: &str = "rows ranked by SHA-256(seed, zero byte, row id), the smallest taken, shown in population order";

/// Names the form of a sample as JSON.
pub const SCHEMA: &str = "tieout.sample.v1";

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How many rows.
    pub size: usize,
    /// Whatever the auditor likes.
    pub seed: String,
    /// Only rows of these outcomes; of all, if empty.
    pub outcomes: Vec<Outcome>,
}

/// A sample, with all that ties it to its population.
#[derive(Debug)]
pub struct Sample<'r> {
    /// The check whose population it is from.
    pub check: &'r Check,
    /// What was asked for.
    pub asked: Asked,
    /// Members of the whole population.
    pub population: usize,
    /// Members of the outcomes asked for: what was drawn from.
    pub drawn_from: usize,
    /// Why the population may be short. Empty: it is complete.
    pub incomplete: Vec<String>,
    /// SHA-256 over the check's lines among the verdicts, as the bundle's manifest has it; none where it has none.
    pub rows_sha256: Option<String>,
    /// SHA-256 of the population's CSV file.
    pub csv_sha256: String,
    /// The chosen rows, in the order of the population.
    pub rows: Vec<Row<'r>>,
}

/// A chosen row.
#[derive(Debug)]
pub struct Row<'r> {
    /// Its place in the whole population, counted from 1.
    pub position: usize,
    /// What it was ranked by.
    pub rank: String,
    /// The member.
    pub verdict: &'r Verdict,
}

/// Draws a sample.
///
/// # Errors
/// None but those of writing into memory.
pub fn draw<'r>(check: &'r Check, report: &'r Report, asked: Asked) -> io::Result<Sample<'r>> {
    let wanted =
        |verdict: &Verdict| asked.outcomes.is_empty() || asked.outcomes.contains(&verdict.outcome);
    let population = members(check, report).count();
    let mut rows_of: Vec<Row<'r>> = members(check, report)
        .zip(1..)
        .filter(|(verdict, _)| wanted(verdict))
        .map(|(verdict, position)| Row {
            position,
            rank: rank(&asked.seed, &verdict.id),
            verdict,
        })
        .collect();
    let drawn_from = rows_of.len();
    rows_of.sort_by(|a, b| (&a.rank, a.position).cmp(&(&b.rank, b.position)));
    rows_of.truncate(asked.size);
    rows_of.sort_by_key(|row| row.position);
    Ok(Sample {
        check,
        population,
        drawn_from,
        incomplete: incomplete(check, report),
        rows_sha256: None,
        csv_sha256: rows(check, report)?,
        rows: rows_of,
        asked,
    })
}

impl Sample<'_> {
    /// Whether the population is known to be whole.
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty()
    }

    /// The rows as CSV, with the columns of the population and, beside each row, what ties it to the sample: a file of
    /// rows says then by itself how they were chosen.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn csv(&self, out: &mut impl Write) -> io::Result<()> {
        let sheet = rows_of(self.check, self.rows.iter().map(|row| row.verdict));
        let more = self.rows.iter().map(|row| {
            [
                (row.position as u64).into(),
                row.rank.as_str().into(),
                self.asked.seed.as_str().into(),
                (self.asked.size as u64).into(),
                self.outcomes().join(" ").into(),
                (self.drawn_from as u64).into(),
                (self.population as u64).into(),
                if self.is_complete() { "yes" } else { "no" }.into(),
                self.csv_sha256.as_str().into(),
            ]
        });
        let columns = sheet.columns.iter().copied();
        let named = MORE.iter().map(|heading| (*heading, 0));
        let whole = Sheet {
            name: "Sample",
            columns: columns.chain(named).collect(),
            rows: Box::new(
                sheet
                    .rows
                    .zip(more)
                    .map(|(mut cells, more): (Vec<Cell>, _)| {
                        cells.extend(more);
                        cells
                    }),
            ),
        };
        super::csv::sheet(whole, out)
    }

    /// The sample as JSON, each row with its whole verdict.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn json(&self, run: &str, out: &mut impl Write) -> io::Result<()> {
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| json!({"position": row.position, "rank": row.rank, "verdict": row.verdict}))
            .collect();
        let sample = json!({
            "schema": SCHEMA,
            "run": run,
            "check": self.check.id,
            "title": self.check.title,
            "method": METHOD,
            "seed": self.asked.seed,
            "size": self.asked.size,
            "outcomes": self.outcomes(),
            "population": {
                "discovered": self.population,
                "drawn_from": self.drawn_from,
                "complete": self.is_complete(),
                "incomplete": self.incomplete,
                "csv_sha256": self.csv_sha256,
                "rows_sha256": self.rows_sha256,
            },
            "rows": rows,
        });
        serde_json::to_writer_pretty(&mut *out, &sample)?;
        out.write_all(b"\n")
    }

    /// The sample for a person to read.
    ///
    /// # Errors
    /// When `out` does not take it.
    pub fn text(&self, run: &str, out: &mut impl Write) -> io::Result<()> {
        text::write(self, run, out)
    }

    /// Names of the outcomes asked for; empty for all.
    fn outcomes(&self) -> Vec<&'static str> {
        self.asked
            .outcomes
            .iter()
            .map(|outcome| outcome.name())
            .collect()
    }
}

/// Headings beside those of the population.
const MORE: [&str; 9] = [
    "Position in the population",
    "Rank: SHA-256 of seed, zero byte, row id",
    "Seed",
    "Size asked for",
    "Outcomes asked for",
    "Drawn from",
    "Population",
    "Population complete",
    "SHA-256 of the population's CSV file",
];

/// SHA-256, hexadecimal, of seed, a zero byte and row id.
fn rank(seed: &str, row: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(seed.as_bytes());
    digest.update([0]);
    digest.update(row.as_bytes());
    hexadecimal(&digest.finalize())
}
