//! Flags that choose the checks, and the checks they choose.

use std::path::PathBuf;

use super::output::Failure;
use crate::bundle::{Manifest, Rule};
use crate::check::Check;
use crate::check::load::{self, Found, Known};
use crate::complaint::{Complaints, File};
use crate::config::Config;
use crate::criteria::{self, Frameworks};
use crate::inventory::kinds;
use crate::inventory::schema::Schema;
use crate::scan::Rules;
use crate::scan::select::select;

/// Flags of every command that judges.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Selection {
    /// Judge only these checks, services or criteria; globs; repeatable
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// Leave out these checks, services or criteria; globs; repeatable
    #[arg(long, value_name = "PATTERN")]
    skip: Vec<String>,
    /// Folder of checks of your own, judged beside the built-in ones; repeatable
    #[arg(long, value_name = "DIR")]
    checks: Vec<PathBuf>,
    /// Configuration file [default: tieout.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
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

    /// Folders of checks.
    pub(super) fn folders(&self, config: &Config) -> Vec<PathBuf> {
        config.checks.iter().chain(&self.checks).cloned().collect()
    }
}

/// The selected checks, sound, with all they may speak of.
pub(super) fn loaded(selection: &Selection, config: &Config) -> Result<Rules, Failure> {
    let all = everything(&selection.folders(config), config.file.as_ref())?;
    let (judged, left_out) = select(all.checks, &selection.only(config), &selection.skip(config))?;
    Ok(Rules {
        judged,
        left_out,
        schema: all.schema,
        frameworks: all.frameworks,
    })
}

/// The rules a bundle was judged by.
pub(super) fn of_bundle(manifest: &Manifest, rules: Vec<Rule>) -> Result<Rules, Failure> {
    let found = rules
        .into_iter()
        .map(|rule| Found {
            id: rule.id,
            file: File::new(rule.file, rule.text),
        })
        .collect();
    let parameters = toml::to_string(&Parameters {
        params: &manifest.parameters,
    })
    .map_err(|error| Failure::new(format_args!("the bundle's parameters: {error}"), ""))?;
    let config = (!manifest.parameters.is_empty()).then(|| File::new("manifest.json", parameters));
    let frameworks = Frameworks::embedded().map_err(complain)?;
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
        found.extend(load::directory(folder).map_err(complain)?);
        declared.extend(criteria::load::directory(folder).map_err(complain)?);
    }
    sound(
        found,
        Frameworks::parse(declared).map_err(complain)?,
        config,
    )
}

fn sound(found: Vec<Found>, frameworks: Frameworks, config: Option<&File>) -> Result<All, Failure> {
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &|id| frameworks.known(id),
        config,
    };
    let checks = load::load(&found, known).map_err(complain)?;
    Ok(All {
        checks,
        schema,
        frameworks,
    })
}

/// Complaints bring their own remedies.
pub(super) fn complain(complaints: Complaints) -> Failure {
    let colours = anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never;
    Failure::complaints(complaints.render(colours))
}
