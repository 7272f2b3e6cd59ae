//! The forms of the report: which there are, and the files of each.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;

use super::chromium::Chromium;
use super::output::Failure;
use crate::report::html::templates::Templates;
use crate::report::{Report, csv, html, json, oscal, terminal, xlsx};

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// `report.html`: one self-contained file
    Html,
    /// `report.json`: version 1, with a JSON Schema
    Json,
    /// On standard output
    Terminal,
    /// `workpapers.xlsx`: criteria, checks, every population with its evidence, exceptions, coverage
    Xlsx,
    /// `workpapers/`: the same as CSV, a file for each sheet and for each population
    Csv,
    /// `oscal.json`: OSCAL assessment results 1.2.1
    Oscal,
    /// `report.pdf`: the page on paper, with page numbers; printed by Chromium
    Pdf,
}

/// The forms of a run that names none: what its owner looks at. Workpapers are for whoever asks for them.
pub(super) const DEFAULT: [Format; 3] = [Format::Html, Format::Json, Format::Terminal];

/// The forms to write, with all they need known to be there before anything is scanned.
pub(super) struct Prepared {
    pub(super) formats: Vec<Format>,
    pub(super) templates: Templates,
    /// What prints, where a form is printed.
    pub(super) browser: Option<Chromium>,
}

/// Takes in a file: its name within the folder, and its bytes.
pub(super) type Place<'a> = dyn FnMut(&str, &[u8]) -> Result<(), Failure> + 'a;

/// Writes the files of these forms. Returns those to point the reader at, by name. `bundle` are the files of the run's bundle with
/// their SHA-256, where it is sealed.
pub(super) fn files(
    Prepared {
        formats,
        templates,
        browser,
    }: &Prepared,
    report: &Report,
    bundle: &BTreeMap<String, String>,
    place: &mut Place<'_>,
) -> Result<Vec<&'static str>, Failure> {
    let mut told = Vec::new();
    let asked = |format| formats.contains(&format);
    if asked(Format::Html) {
        place("report.html", &page(report, templates)?)?;
        told.push("report.html");
    }
    if asked(Format::Json) {
        let mut bytes = Vec::new();
        json::write(report, &mut bytes)?;
        place("report.json", &bytes)?;
        told.push("report.json");
    }
    if asked(Format::Xlsx) {
        place("workpapers.xlsx", &xlsx::write(report)?)?;
        told.push("workpapers.xlsx");
    }
    if asked(Format::Csv) {
        csv::write(report, |name, bytes| {
            place(&format!("workpapers/{name}"), bytes)
        })?;
        told.push("workpapers");
    }
    if asked(Format::Oscal) {
        let mut bytes = Vec::new();
        oscal::write(report, bundle, &mut bytes)?;
        place("oscal.json", &bytes)?;
        told.push("oscal.json");
    }
    if let Some(browser) = browser {
        let paper = browser.print(&page(report, templates)?, report.run.started)?;
        place("report.pdf", &paper)?;
        told.push("report.pdf");
    }
    Ok(told)
}

/// A template that does not fit what it is to show.
pub(super) fn misfit(error: impl Display) -> Failure {
    let text = error.to_string();
    match text.split_once("\nhelp: ") {
        Some((what, remedy)) => Failure::new(what, remedy),
        None => Failure::new(text, "mend the template, or leave --templates out"),
    }
}

/// The page, as `report.html` holds it.
fn page(report: &Report, templates: &Templates) -> Result<Vec<u8>, Failure> {
    let mut page = Vec::new();
    html::write(report, templates, &mut page).map_err(misfit)?;
    Ok(page)
}

/// The report on standard output, as wide as the terminal, coloured where it is one. `next` are lines for its end.
pub(super) fn print(report: &Report, next: Vec<String>) -> io::Result<()> {
    let out = anstream::stdout();
    let options = terminal::Options {
        width: width(),
        colour: colour(),
        next,
        ..terminal::Options::default()
    };
    let mut out = out.lock();
    match terminal::write(report, &options, &mut out).and_then(|()| out.flush()) {
        // A reader that has seen enough (`| head`) is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Whether standard output shows colours.
pub(super) fn colour() -> bool {
    io::stdout().is_terminal()
        && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// How wide standard output is; a hundred columns where it is no terminal.
pub(super) fn width() -> usize {
    if !io::stdout().is_terminal() {
        return 100;
    }
    let (_, columns) = console::Term::stdout().size();
    usize::from(columns).clamp(60, 140)
}
