//! What a run leaves: its bundle, its reports, and a few lines on the terminal.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::chromium::Chromium;
pub(super) use super::forms::Prepared;
use super::forms::{self, DEFAULT, Format, misfit};
use super::output::{Failure, note};
use super::recorded;
use crate::bundle::{Manifest, Writer};
use crate::config::Config;
use crate::report::html::templates::Templates;
use crate::report::text::shown;
use crate::report::{Report, html};
use crate::scan::{self, Collected, Rules};

/// Flags of every command that writes reports.
#[derive(Debug, clap::Args)]
pub(super) struct Output {
    /// Form of the report; repeatable [default: html, json, terminal]
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    formats: Vec<Format>,
    /// Folder of report templates that override the built-in ones
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The browser that prints report.pdf [default: chromium or google-chrome on the PATH]
    #[arg(long, value_name = "PATH")]
    chromium: Option<PathBuf>,
}

impl Output {
    /// Reads the templates, and looks for the browser where one is needed.
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
            DEFAULT.to_vec()
        } else {
            self.formats.clone()
        };
        let prints = formats.contains(&Format::Pdf);
        let browser = prints.then(|| Chromium::find(self.chromium.as_deref()));
        Ok(Prepared {
            browser: browser.transpose()?,
            formats,
            templates,
        })
    }

    /// Whether the command says which forms it wants.
    pub(super) fn is_explicit(&self) -> bool {
        !self.formats.is_empty()
    }
}

impl Prepared {
    /// Whether there is a form to show where no folder is written.
    pub(super) fn shows(&self) -> bool {
        self.formats.contains(&Format::Terminal)
    }

    /// Whether no form is a file.
    pub(super) fn shows_alone(&self) -> bool {
        self.formats
            .iter()
            .all(|format| *format == Format::Terminal)
    }

    /// Judges what was read and shows it on standard output alone.
    pub(super) fn show(&self, collected: &Collected, rules: &Rules) -> Result<Report, Failure> {
        let report = scan::report(collected, rules)?;
        forms::print(&report, Vec::new())?;
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
        let mut place = |name: &str, bytes: &[u8]| Ok(writer.file(name, bytes)?);
        // The bundle has no digests before it is sealed, and these files are among those it seals.
        let unsealed = BTreeMap::new();
        let mut next = self.files(&report, &unsealed, writer.folder(), &mut place)?;
        let known = (&writer.seen(), &rows);
        writer.seal(scan::manifest::ended(manifest, collected, &report, known))?;
        next.push(format!(
            "{}  (the evidence; `tieout replay` performs it again)",
            writer.folder().display()
        ));
        self.tell(&report, next)?;
        Ok(report)
    }

    /// Writes the files of the forms. Returns the paths to point the reader at.
    pub(super) fn files(
        &self,
        report: &Report,
        bundle: &BTreeMap<String, String>,
        folder: &Path,
        place: &mut forms::Place<'_>,
    ) -> Result<Vec<String>, Failure> {
        let names = forms::files(self, report, bundle, place)?;
        let path = |name| folder.join(name).display().to_string();
        Ok(names.into_iter().map(path).collect())
    }

    /// Shows the report if that is one of the forms, and where the rest is in any case.
    pub(super) fn tell(&self, report: &Report, next: Vec<String>) -> Result<(), Failure> {
        if self.shows() {
            forms::print(report, next)?;
        } else {
            next.iter()
                .for_each(|line| note(format_args!("→ {}", shown(line))));
        }
        Ok(())
    }
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
