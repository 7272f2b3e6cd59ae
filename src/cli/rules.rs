//! Flags that choose the checks, and the checks they choose.

use std::path::{Path, PathBuf};

use super::output::Failure;
use crate::bundle::{Bundle, Files};
use crate::check::Check;
use crate::check::load::{self, Found, Known};
use crate::complaint::File;
use crate::config::Config;
use crate::criteria::{self, Frameworks};
use crate::govern::Governance;
use crate::inputs::Inputs;
use crate::inventory::kinds;
use crate::inventory::schema::Schema;
use crate::scan::select::select;
use crate::scan::{self, Rules};

/// Flags of every command that speaks of checks: where they are.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Sources {
    /// Folder of checks of your own, beside the built-in ones; repeatable
    #[arg(long, value_name = "DIR")]
    checks: Vec<PathBuf>,
    /// Configuration file [default: tieout.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Sources {
    /// The configuration, if one is named.
    pub(super) fn config(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Folders of checks.
    pub(super) fn folders(&self, config: &Config) -> Vec<PathBuf> {
        config.checks.iter().chain(&self.checks).cloned().collect()
    }
}

/// Flags of every command that judges, or shows what would be judged.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Selection {
    /// Only these checks, services or criteria; globs: 's3', 'iam.*', 'tsc2017:CC6*'; repeatable
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// Leave out these checks, services or criteria; globs; repeatable
    #[arg(long, value_name = "PATTERN")]
    skip: Vec<String>,
    #[command(flatten)]
    pub(super) sources: Sources,
}

impl Selection {
    /// `--only`, or what the configuration says.
    pub(super) fn only(&self, config: &Config) -> Vec<String> {
        if self.only.is_empty() {
            config.only.clone()
        } else {
            self.only.clone()
        }
    }

    /// `--skip`, or what the configuration says.
    pub(super) fn skip(&self, config: &Config) -> Vec<String> {
        if self.skip.is_empty() {
            config.skip.clone()
        } else {
            self.skip.clone()
        }
    }
}

/// The selected checks, sound, with all they may speak of.
pub(super) fn loaded(selection: &Selection, config: &Config) -> Result<Rules, Failure> {
    let all = everything(&selection.sources.folders(config), config.file.as_ref())?;
    let (judged, left_out) = select(all.checks, &selection.only(config), &selection.skip(config))?;
    Ok(Rules {
        judged,
        left_out,
        schema: all.schema,
        frameworks: all.frameworks,
        // Only a scan reads these.
        inputs: Inputs::default(),
        governance: Governance::default(),
    })
}

/// The rules a bundle was judged by.
pub(super) fn of_bundle<F: Files>(bundle: &Bundle<F>) -> Result<Rules, Failure> {
    let manifest = &bundle.manifest;
    let found = bundle
        .rules()?
        .into_iter()
        .map(|rule| Found {
            id: rule.id,
            file: File::new(rule.file, rule.text),
        })
        .collect();
    let parameters = toml::to_string(&Parameters {
        params: &manifest.parameters,
    })
    .map_err(|error| {
        Failure::new(
            format_args!("the bundle's parameters cannot be read: {error}"),
            "get the bundle again from where it was made",
        )
    })?;
    let config = (!manifest.parameters.is_empty()).then(|| File::new("manifest.json", parameters));
    let frameworks = match bundle.criteria()? {
        Some(kept) => {
            let files = kept.into_iter().map(|kept| File::new(kept.file, kept.text));
            Frameworks::parse(files.collect())?
        }
        None => Frameworks::embedded()?,
    };
    let all = sound(found, frameworks, config.as_ref())?;
    let (judged, left_out) = select(
        all.checks,
        &manifest.run.scope.only,
        &manifest.run.scope.skip,
    )?;
    Ok(Rules {
        judged,
        left_out,
        schema: all.schema,
        frameworks: all.frameworks,
        inputs: scan::inputs(bundle)?,
        governance: scan::governance(bundle)?,
    })
}

/// Parameters in the form of `tieout.toml`.
#[derive(serde::Serialize)]
struct Parameters<'a> {
    params: &'a crate::scan::Parameters,
}

/// Every check there is, sound.
pub(super) struct All {
    pub(super) checks: Vec<Check>,
    pub(super) schema: Schema,
    pub(super) frameworks: Frameworks,
}

/// The built-in checks and those of these folders, with their frameworks.
pub(super) fn everything(folders: &[PathBuf], config: Option<&File>) -> Result<All, Failure> {
    let mut found = load::embedded();
    let mut declared = criteria::load::embedded();
    for folder in folders {
        found.extend(load::directory(folder)?);
        declared.extend(criteria::load::directory(folder)?);
    }
    sound(found, Frameworks::parse(declared)?, config)
}

fn sound(found: Vec<Found>, frameworks: Frameworks, config: Option<&File>) -> Result<All, Failure> {
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &|id| frameworks.known(id),
        config,
    };
    let checks = load::load(&found, known)?;
    Ok(All {
        checks,
        schema,
        frameworks,
    })
}
