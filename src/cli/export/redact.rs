//! `tieout export --redact`: names taken out by a keyed hash before anything leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::ValueEnum;

use crate::bundle::memory::Memory;
use crate::bundle::redaction::Key;
use crate::bundle::{Bundle, Files, Manifest};
use crate::cli::forms::{self, Format, Prepared, misfit};
use crate::cli::output::{Failure, note};
use crate::cli::rules::of_bundle;
use crate::cli::runtime;
use crate::inventory::run::What;
use crate::report::Report;
use crate::report::html::templates::Templates;
use crate::report::text::shown;
use crate::scan::origin::variable;
use crate::scan::redact::{RedactError, Redacted, Wanted, nameless};

/// The variable that may hold the key.
const VARIABLE: &str = "TIEOUT_REDACT_KEY";

/// More names than this are counted and not told.
const TOLD: usize = 100;

/// Flags of `tieout export`.
#[derive(Debug, clap::Args)]
pub(super) struct Flags {
    /// Replace names by pseudonyms, the same ones wherever a name stood and in every export under the same key: of accounts,
    /// of people, and those that people gave to resources
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "accounts,people,names",
        conflicts_with = "unverified"
    )]
    redact: Vec<Whose>,
    /// File with the key that names are hashed under, and that alone can tell them again: `openssl rand -hex 32` prints one [default:
    /// the text in TIEOUT_REDACT_KEY]
    #[arg(long, value_name = "FILE", requires = "redact")]
    redact_key: Option<PathBuf>,
    /// A name or a word that stays as it is; repeatable
    #[arg(long, value_name = "WORD", requires = "redact")]
    keep: Vec<String>,
}

/// What is taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Whose {
    /// Account ids, aliases and names, and what AWS's identifiers tell of accounts
    Accounts,
    /// Names, logins and addresses of people
    People,
    /// Names that people gave to resources
    Names,
}

impl From<Whose> for What {
    fn from(whose: Whose) -> Self {
        match whose {
            Whose::Accounts => Self::Accounts,
            Whose::People => Self::People,
            Whose::Names => Self::Names,
        }
    }
}

impl Flags {
    /// What is to be taken out, if anything: the key is read before anything else is done.
    pub(super) fn wanted(&self) -> Result<Option<Wanted>, Failure> {
        if self.redact.is_empty() {
            return Ok(None);
        }
        let (place, text) = self.key()?;
        let key = Key::parse(&text).map_err(|error| {
            Failure::new(
                format_args!("the key in {place} cannot be used: {error}"),
                "`openssl rand -hex 32 > redact.key` makes one; keep it, or no later export has the same pseudonyms",
            )
        })?;
        Ok(Some(Wanted {
            what: self
                .redact
                .iter()
                .map(|whose| What::from(*whose))
                .collect::<BTreeSet<_>>(),
            key,
            keep: self.keep.clone(),
        }))
    }

    /// Where the key is, and its text.
    fn key(&self) -> Result<(String, String), Failure> {
        let Some(path) = &self.redact_key else {
            let text = variable(VARIABLE).ok_or_else(|| {
                Failure::new(
                    "there is no key to hash names under",
                    format_args!(
                        "`openssl rand -hex 32 > redact.key` makes one: name it with --redact-key, or put its text into {VARIABLE}"
                    ),
                )
            })?;
            return Ok((VARIABLE.to_owned(), text));
        };
        let place = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::new(
                format_args!("the key {place} cannot be read: {error}"),
                "`openssl rand -hex 32 > redact.key` makes one",
            )
        })?;
        Ok((place, text))
    }
}

/// A bundle without names, and what it comes to.
pub(super) fn redacted<F: Files>(
    bundle: &Bundle<F>,
    report: &Report,
    wanted: &Wanted,
) -> Result<(Bundle<Memory>, Report), Failure> {
    let nameless = runtime()?.block_on(nameless(bundle, &of_bundle(bundle)?, wanted))?;
    if !nameless.left.is_empty() {
        let told: Vec<String> = nameless
            .left
            .iter()
            .take(TOLD)
            .map(|it| shown(it).into_owned())
            .collect();
        let more = nameless.left.len().saturating_sub(TOLD);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        note(format_args!(
            "these names stay readable, because AWS or a rule uses their words too: {}{more}",
            told.join(", ")
        ));
    }
    let rules = of_bundle(&Bundle::unheld(
        nameless.files.clone(),
        nameless.manifest.clone(),
    ))?;
    let redacted = runtime()?.block_on(nameless.judged(&rules, report))?;
    reports(&redacted, &bundle.manifest)?;
    let (files, report) = redacted.seal()?;
    Ok((Bundle::glance(files)?, report))
}

/// The reports that the run wrote into its bundle, without names.
fn reports(redacted: &Redacted, manifest: &Manifest) -> Result<(), Failure> {
    let written = [(Format::Html, "report.html"), (Format::Json, "report.json")];
    let written = written
        .into_iter()
        .filter(|(_, name)| manifest.files.contains_key(*name));
    let prepared = Prepared {
        formats: written.map(|(format, _)| format).collect(),
        templates: Templates::embedded().map_err(misfit)?,
        browser: None,
    };
    let mut place = |name: &str, bytes: &[u8]| {
        redacted.files.file(name, bytes);
        Ok(())
    };
    // The bundle has no digests before it is sealed, and these files are among those it seals.
    forms::files(&prepared, &redacted.report, &BTreeMap::new(), &mut place)?;
    Ok(())
}

impl From<RedactError> for Failure {
    fn from(error: RedactError) -> Self {
        let remedy = error.remedy();
        Self::new(error, remedy)
    }
}
