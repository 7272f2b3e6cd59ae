//! The pages on a history: two runs compared, and a period.
//!
//! Both are a masthead and sections of tables, so one template renders both, and what a section holds is text and
//! nothing else. They have no script; the policy in their head forbids every one.

mod diff;
mod period;
mod rows;
mod several;

use std::io::Write;

use serde::Serialize;

use super::templates::Templates;
use super::{HtmlError, render};
use crate::history::diff::Diff;
use crate::history::period::Periods;
use crate::report::period::PROSE;
use crate::report::text::shown;

/// Writes the page on two runs.
///
/// # Errors
/// When a user's own template does not fit, or `out` does not take it.
pub fn diff(diff: &Diff, templates: &Templates, out: &mut impl Write) -> Result<(), HtmlError> {
    page(diff::view(diff), templates, out)
}

/// Writes the page on a period; of several accounts, a section each.
///
/// # Errors
/// When a user's own template does not fit, or `out` does not take it.
pub fn period(
    periods: &Periods,
    templates: &Templates,
    out: &mut impl Write,
) -> Result<(), HtmlError> {
    let view = match periods.only() {
        Some(period) => period::view(period),
        None => several::view(periods),
    };
    page(view, templates, out)
}

fn page(view: View, templates: &Templates, out: &mut impl Write) -> Result<(), HtmlError> {
    let style = format!("{}\n{}", templates.style(), templates.history_style());
    let page = Page {
        policy: templates.policy(&style),
        tool: env!("CARGO_PKG_VERSION"),
        style,
        view,
    };
    render(templates, "history", &page, out)
}

#[derive(Serialize)]
struct Page {
    policy: String,
    tool: &'static str,
    style: String,
    #[serde(flatten)]
    view: View,
}

/// What a page shows.
#[derive(Serialize)]
struct View {
    title: String,
    kicker: &'static str,
    heading: String,
    /// What a reader must know before anything else.
    warnings: Vec<String>,
    facts: Vec<Named>,
    notice: &'static str,
    sections: Vec<Section>,
    foot: String,
}

#[derive(Serialize)]
struct Named {
    name: &'static str,
    value: String,
}

fn named(name: &'static str, value: impl AsRef<str>) -> Named {
    Named {
        name,
        value: shown(value.as_ref()).into_owned(),
    }
}

#[derive(Default, Serialize)]
struct Section {
    id: String,
    heading: String,
    /// Whether it is part of the section before it that is not.
    under: bool,
    lead: Vec<String>,
    figures: Vec<Figure>,
    months: Vec<Month>,
    tables: Vec<Table>,
}

#[derive(Serialize)]
struct Figure {
    count: String,
    label: &'static str,
    note: String,
    ink: &'static str,
}

#[derive(Serialize)]
struct Month {
    name: String,
    weeks: Vec<Vec<Day>>,
}

#[derive(Default, Serialize)]
struct Day {
    number: String,
    class: &'static str,
    mark: &'static str,
    title: String,
}

/// A table, or a sentence in its place where it would be empty.
#[derive(Default, Serialize)]
struct Table {
    caption: String,
    head: Vec<Heading>,
    rows: Vec<Line>,
    empty: &'static str,
    /// What of the rows stands elsewhere alone.
    left_out: String,
}

#[derive(Serialize)]
struct Heading {
    text: &'static str,
    n: bool,
}

#[derive(Serialize)]
struct Line {
    anchor: String,
    cells: Vec<Cell>,
}

#[derive(Default, Serialize)]
struct Cell {
    lines: Vec<String>,
    class: &'static str,
    n: bool,
}

/// A row of cells, without an anchor.
fn line(cells: impl IntoIterator<Item = Cell>) -> Line {
    Line {
        anchor: String::new(),
        cells: cells.into_iter().collect(),
    }
}

/// Text, made safe to look at.
fn text(text: impl AsRef<str>) -> Cell {
    lines([text])
}

/// Several lines of text.
fn lines(all: impl IntoIterator<Item = impl AsRef<str>>) -> Cell {
    Cell {
        lines: all
            .into_iter()
            .map(|text| shown(text.as_ref()).into_owned())
            .collect(),
        ..Cell::default()
    }
}

impl Cell {
    fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }
}

/// The heads of columns; one that ends in `#` is of numbers, one in [`PROSE`] of text in lines.
fn heads(names: &[&'static str]) -> Vec<Heading> {
    names
        .iter()
        .map(|name| Heading {
            text: name.trim_end_matches(['#', PROSE]),
            n: name.ends_with('#'),
        })
        .collect()
}
