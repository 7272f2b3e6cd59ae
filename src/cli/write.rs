//! What a run leaves: its bundle, its reports, and a few lines on the terminal.

use std::fmt::Display;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::output::{Failure, note};
use super::recorded;
use crate::bundle::{Manifest, Writer};
use crate::config::Config;
use crate::report::html::templates::Templates;
use crate::report::text::shown;
use crate::report::{Report, html, json, terminal};
use crate::scan::{self, Collected, Rules};

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// `report.html`: one self-contained file
    Html,
    /// `report.json`: version 1, with a JSON Schema
    Json,
    /// On standard output
    Terminal,
}

/// Flags of every command that writes reports.
#[derive(Debug, clap::Args)]
pub(super) struct Output {
    /// Form of the report; repeatable [default: all]
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    formats: Vec<Format>,
    /// Folder of report templates that override the built-in ones
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

/// The forms to write, with templates that are known to be sound before anything is scanned.
pub(super) struct Prepared {
    formats: Vec<Format>,
    templates: Templates,
}

impl Output {
    /// Reads the templates.
    pub(super) fn prepared(&self, config: &Config) -> Result<Prepared, Failure> {
        let folder = self.templates.as_deref().or(config.templates.as_deref());
        let templates = folder
            .map_or_else(Templates::embedded, Templates::with)
            .map_err(misfit)?;
        if folder.is_some() {
            // A name that a template misspells shows only when there is a report to write; better now than after an hour.
            html::write(&recorded::report()?, &templates, &mut io::sink()).map_err(misfit)?;
        }
        let formats = if self.formats.is_empty() {
            Format::value_variants().to_vec()
        } else {
            self.formats.clone()
        };
        Ok(Prepared { formats, templates })
    }
}

fn misfit(error: impl Display) -> Failure {
    let text = error.to_string();
    match text.split_once("\nhelp: ") {
        Some((what, remedy)) => Failure::new(what, remedy),
        None => Failure::new(text, "mend the template, or leave --templates out"),
    }
}

impl Prepared {
    fn has(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// Whether there is a form to show where no folder is written.
    pub(super) fn shows(&self) -> bool {
        self.has(Format::Terminal)
    }

    /// Judges what was read and shows it on standard output alone.
    pub(super) fn show(&self, collected: &Collected, rules: &Rules) -> Result<Report, Failure> {
        let report = scan::report(collected, rules)?;
        print(&report, Vec::new())?;
        Ok(report)
    }

    /// Judges what was read, writes the reports and seals the bundle.
    pub(super) fn write(
        &self,
        writer: &Writer,
        manifest: Manifest,
        collected: &Collected,
        rules: &Rules,
    ) -> Result<Report, Failure> {
        let report = scan::report(collected, rules)?;
        let rows = scan::keep_verdicts(writer, &report)?;
        let mut next = Vec::new();
        if self.has(Format::Html) {
            let mut page = Vec::new();
            html::write(&report, &self.templates, &mut page).map_err(misfit)?;
            writer.file("report.html", &page)?;
            next.push(format!("{}", writer.folder().join("report.html").display()));
        }
        if self.has(Format::Json) {
            let mut bytes = Vec::new();
            json::write(&report, &mut bytes)?;
            writer.file("report.json", &bytes)?;
            next.push(format!("{}", writer.folder().join("report.json").display()));
        }
        let known = (&writer.seen(), &rows);
        writer.seal(scan::manifest::ended(manifest, collected, &report, known))?;
        next.push(format!(
            "{}  (the evidence; `tieout replay` performs it again)",
            writer.folder().display()
        ));
        if self.has(Format::Terminal) {
            print(&report, next)?;
        } else {
            next.iter()
                .for_each(|line| note(format_args!("→ {}", shown(line))));
        }
        Ok(report)
    }
}

/// The report on standard output, as wide as the terminal, coloured where it is one.
fn print(report: &Report, next: Vec<String>) -> io::Result<()> {
    let out = anstream::stdout();
    let colour = out.is_terminal()
        && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let width = if io::stdout().is_terminal() {
        console_width()
    } else {
        100
    };
    let options = terminal::Options {
        width,
        colour,
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

fn console_width() -> usize {
    let (_, columns) = console::Term::stdout().size();
    usize::from(columns).clamp(60, 140)
}

/// Refuses a folder that holds something, or that cannot be made. Leaves nothing behind, not even a parent.
pub(super) fn vacant(folder: &Path) -> Result<(), Failure> {
    match fs::read_dir(folder).map(Iterator::count) {
        Ok(0) => {
            // Whether it takes files shows only when it is asked to.
            let probe = folder.join(".tieout");
            fs::write(&probe, "").and_then(|()| fs::remove_file(&probe))
        }
        Ok(_) => {
            return Err(Failure::new(
                format_args!("{} is not empty", folder.display()),
                "a run's evidence is never mixed with other files: name a new folder with --out",
            ));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => makeable(folder),
        Err(error) => Err(error),
    }
    .map_err(|error| {
        Failure::new(
            format_args!("{} cannot be written: {error}", folder.display()),
            "name a folder that you may write with --out",
        )
    })
}

/// Makes a folder with its parents, and removes again what was made.
fn makeable(folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|part| !part.as_os_str().is_empty() && !part.exists())
        .collect();
    let made = fs::create_dir_all(folder);
    // From the innermost outwards, so that each is empty when its turn comes.
    for part in missing.iter().filter(|part| part.is_dir()) {
        fs::remove_dir(part)?;
    }
    made
}
