//! A bundle without names, for whoever need not know them: its answers rewritten, its run performed again on these, and every
//! verdict held against what it was.
//!
//! What goes by a name goes by its pseudonym as well, because both are rewritten in one way. Where something went by what a name
//! means, a verdict changes; then there is no bundle without names, rather than one that says something else.

mod compare;
mod gather;
mod patterns;
mod resources;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::manifest::{self, rulepack};
use super::{Collected, Rules, ScanError, keep_verdicts, recollect, report as judged};
use crate::bundle::manifest::{Configuration, FileSha256, Seen};
use crate::bundle::memory::Memory;
use crate::bundle::redaction::{Clash, Key, Names};
use crate::bundle::{
    Bundle, BundleError, CRITERIA, Declared, Files, GOVERNANCE, Governed, INPUTS, Input, Lines,
    Manifest, RULES, Rule, digest,
};
use crate::inventory::attempt::Attempt;
use crate::inventory::run::{Redaction, What};
use crate::report::Report;
use gather::Source;
use patterns::Patterns;

/// What is to be taken out.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Of whom or what.
    pub what: BTreeSet<What>,
    /// What names are hashed under.
    pub key: Key,
    /// Names and words that stay as they are.
    pub keep: Vec<String>,
}

/// Why there is no bundle without names.
#[derive(Debug, Error)]
pub enum RedactError {
    /// The run cannot be read or performed again.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// What names are found by is no expression.
    #[error(transparent)]
    Pattern(#[from] regex::Error),
    /// Two names would become one.
    #[error(transparent)]
    Clash(#[from] Clash),
    /// Without names the run comes to something else.
    #[error("without the names, {many} verdicts come to something else: {}", told.join("; "))]
    Differs {
        /// The first of them, in words.
        told: Vec<String>,
        /// How many.
        many: usize,
    },
    /// It was done already.
    #[error("names were taken out of this bundle already")]
    Done,
}

impl RedactError {
    /// What to do next.
    pub fn remedy(&self) -> String {
        match self {
            Self::Scan(error) => error.remedy(),
            Self::Pattern(_) => "this is a fault of tieout's: export without --redact, and report it".to_owned(),
            Self::Clash(_) => "take another key; `openssl rand -hex 32` prints one".to_owned(),
            Self::Differs { .. } => {
                "something goes by what these names mean: --keep WORD leaves a name or a word as it is; repeatable".to_owned()
            }
            Self::Done => "export the bundle that the run left".to_owned(),
        }
    }
}

impl From<BundleError> for RedactError {
    fn from(error: BundleError) -> Self {
        Self::Scan(error.into())
    }
}

/// A bundle whose answers and statements have no names any more, and that is not judged yet.
#[derive(Debug)]
pub struct Nameless {
    /// Its files so far: rules, criteria, inputs, statements, calls.
    pub files: Memory,
    /// Its manifest so far.
    pub manifest: Manifest,
    /// What stands for what.
    names: Names,
    attempts: Vec<Attempt>,
    /// Names that stay as they are, in order.
    pub left: Vec<String>,
}

/// A bundle without names, judged, that is not sealed yet: its reports may still be put in.
#[derive(Debug)]
pub struct Redacted {
    /// Its files.
    pub files: Memory,
    /// What it comes to.
    pub report: Report,
    manifest: Manifest,
}

impl Redacted {
    /// Seals it, with all that was put in.
    ///
    /// # Errors
    /// When its manifest cannot be written.
    pub fn seal(self) -> Result<(Memory, Report), BundleError> {
        self.files.seal(self.manifest)?;
        Ok((self.files, self.report))
    }
}

/// Takes the names out of what a bundle holds.
///
/// # Errors
/// When that cannot be done.
pub async fn nameless<F: Files>(
    bundle: &Bundle<F>,
    rules: &Rules,
    wanted: &Wanted,
) -> Result<Nameless, RedactError> {
    if bundle.manifest.run.redaction.is_some() {
        return Err(RedactError::Done);
    }
    let attempts = bundle.attempts()?;
    let collected = recollect(
        &bundle.manifest,
        attempts.clone(),
        &rules.inputs,
        &rules.schema,
    )
    .await?;
    let (inputs, stated) = (bundle.inputs()?, bundle.governance()?);
    let known = {
        let configuration = bundle
            .manifest
            .configuration
            .iter()
            .map(|it| it.text.as_str());
        let written = inputs
            .iter()
            .filter(|it| is_own(it))
            .map(|it| it.text.as_str());
        let source = Source {
            patterns: Patterns::new()?,
            collected: &collected,
            attempts: &attempts,
            rules,
            written: written
                .chain(stated.iter().map(|it| it.text.as_str()))
                .chain(configuration)
                .collect(),
        };
        source.known(wanted)
    };
    let left = known.left();
    let names = Names::new(wanted.key.clone(), known)?;
    let attempts: Vec<Attempt> = attempts.iter().map(|it| names.attempt(it)).collect();
    let files = Memory::default();
    written(&files, bundle, &names, (inputs, stated))?;
    calls(&files, &attempts)?;
    let redaction = Redaction {
        what: wanted.what.iter().copied().collect(),
        key: wanted.key.id(),
        of_manifest: wanted.key.digest(&bundle.manifest_sha256),
        left: left.len() as u64,
    };
    Ok(Nameless {
        manifest: begun(&bundle.manifest, &names, redaction),
        files,
        names,
        attempts,
        left,
    })
}

/// Whether an input is a file of the user's: the dated data is everybody's.
fn is_own(input: &Input) -> bool {
    input.key != "lifecycles"
}

/// What people wrote, rewritten, and what the run was judged by.
fn written<F: Files>(
    files: &Memory,
    bundle: &Bundle<F>,
    names: &Names,
    (inputs, stated): (Vec<Input>, Vec<Governed>),
) -> Result<(), BundleError> {
    let text = |text: &str| names.text(text).into_owned();
    let own = bundle
        .manifest
        .rulepack
        .as_ref()
        .map(|it| it.own.as_slice())
        .unwrap_or_default();
    let rules = bundle.rules()?.into_iter().map(|rule| {
        if own.contains(&rule.id) {
            Rule {
                text: text(&rule.text),
                file: text(&rule.file),
                ..rule
            }
        } else {
            rule
        }
    });
    if let Some(criteria) = bundle.criteria()? {
        files.lines(
            CRITERIA,
            criteria.into_iter().map(|it| Declared {
                file: text(&it.file),
                ..it
            }),
        )?;
    }
    files.lines(
        INPUTS,
        inputs.into_iter().map(|it| {
            let file = text(&it.file);
            let text = if is_own(&it) { text(&it.text) } else { it.text };
            Input { file, text, ..it }
        }),
    )?;
    files.lines(
        GOVERNANCE,
        stated.into_iter().map(|it| Governed {
            file: text(&it.file),
            text: text(&it.text),
            ..it
        }),
    )?;
    files.lines(RULES, rules)
}

/// The attempts, each in the file that it belongs into.
fn calls(files: &Memory, attempts: &[Attempt]) -> Result<(), BundleError> {
    let mut by_file: BTreeMap<String, Vec<&Attempt>> = BTreeMap::new();
    for attempt in attempts {
        by_file.entry(attempt.file()).or_default().push(attempt);
    }
    for (name, attempts) in by_file {
        files.lines(&name, attempts)?;
    }
    Ok(())
}

/// What the manifest says before anything is judged.
fn begun(manifest: &Manifest, names: &Names, redaction: Redaction) -> Manifest {
    let text = |text: &str| names.text(text).into_owned();
    let mut manifest = manifest.clone();
    manifest.files.clear();
    manifest.merkle_root = None;
    manifest.run.callers.clear();
    manifest.run.redaction = Some(redaction);
    if let Some(origin) = &mut manifest.run.origin {
        for stated in origin.operator.iter_mut().chain(&mut origin.job) {
            stated.value = text(&stated.value);
        }
        if let Some(previous) = &mut origin.previous {
            previous.manifest_sha256 = names.key().digest(&previous.manifest_sha256);
        }
    }
    if let Some(replay) = &mut manifest.replay {
        replay.manifest_sha256 = names.key().digest(&replay.manifest_sha256);
    }
    let configuration = manifest.configuration.take();
    manifest.configuration = configuration.map(|it| {
        let told = text(&it.text);
        Configuration {
            file: it.file.map(|it| FileSha256 {
                file: text(&it.file),
                sha256: names.key().digest(&it.sha256),
            }),
            sha256: digest(told.as_bytes()).sha256,
            text: told,
        }
    });
    let values = manifest
        .parameters
        .values_mut()
        .flat_map(BTreeMap::values_mut);
    values.for_each(|value| parameter(value, names));
    for in_force in manifest
        .parameters_in_force
        .iter_mut()
        .flat_map(BTreeMap::values_mut)
    {
        for one in in_force.values_mut() {
            json(&mut one.value, names);
            if let Some(set_by) = &mut one.set_by {
                set_by.file = text(&set_by.file);
            }
        }
    }
    manifest
}

fn parameter(value: &mut toml::Value, names: &Names) {
    match value {
        toml::Value::String(text) => *text = names.text(text).into_owned(),
        toml::Value::Array(all) => all.iter_mut().for_each(|it| parameter(it, names)),
        toml::Value::Table(all) => all.iter_mut().for_each(|(_, it)| parameter(it, names)),
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {}
    }
}

fn json(value: &mut serde_json::Value, names: &Names) {
    match value {
        serde_json::Value::String(text) => *text = names.text(text).into_owned(),
        serde_json::Value::Array(all) => all.iter_mut().for_each(|it| json(it, names)),
        serde_json::Value::Object(all) => all.values_mut().for_each(|it| json(it, names)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

impl Nameless {
    /// Performs the run again, holds every verdict against `with`, what it came to with its names. `rules` are those that its files hold.
    ///
    /// # Errors
    /// When it comes to something else.
    pub async fn judged(self, rules: &Rules, with: &Report) -> Result<Redacted, RedactError> {
        let Self {
            files,
            mut manifest,
            names,
            attempts,
            ..
        } = self;
        let mut seen = Seen::default();
        attempts.iter().for_each(|attempt| seen.attempt(attempt));
        let collected: Collected =
            recollect(&manifest, attempts, &rules.inputs, &rules.schema).await?;
        let report = judged(&collected, rules)?;
        let (told, many) = compare::differing(with, &report, &names);
        if many > 0 {
            return Err(RedactError::Differs { told, many });
        }
        manifest.rules = manifest::digests(&rules.judged);
        manifest.rulepack = Some(rulepack(rules));
        let rows = keep_verdicts(&files, &report)?;
        Ok(Redacted {
            manifest: manifest::ended(manifest, &collected, &report, (&seen, &rows)),
            files,
            report,
        })
    }
}
