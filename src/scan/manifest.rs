//! The manifest of a run: what it says when the run begins, and what is added when all is written.

mod told;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Asked, Collected, Parameters, Rows, Rules};
use crate::aws::Plan;
use crate::bundle::manifest::{
    Configuration, FileSha256, Parameter, Replay, Rulepack, Seen, SetBy,
};
use crate::bundle::{Bundle, Files, Manifest, SCHEMA, digest};
use crate::check::{Check, load};
use crate::complaint::File;
use crate::inventory::run::{Origin, Run, Scope, Tool};
use crate::report::{Param, Report, assemble};

/// What a scan knows of itself before it asks anything.
#[derive(Debug)]
pub struct Told {
    /// By which build, started by whom, on which machine.
    pub origin: Origin,
    /// The configuration file, where there is one.
    pub file: Option<File>,
    /// What was in force.
    pub in_force: InForce,
    /// Parameters that the user set.
    pub parameters: Parameters,
}

/// What a run was told to do, by flags and `tieout.toml` together, in the form of the latter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct InForce {
    /// Profile of the shared AWS configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Role that was assumed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_arn: Option<String>,
    /// Whether an external id was given: the id itself is between the parties.
    pub external_id_given: bool,
    /// Regions; every enabled one, if empty.
    pub regions: Vec<String>,
    /// `--only`.
    pub only: Vec<String>,
    /// `--skip`.
    pub skip: Vec<String>,
    /// Folders of checks of the user's own.
    pub checks: Vec<String>,
    /// Files of the user's own, by what they list.
    pub inputs: BTreeMap<String, String>,
    /// Parameters that the user set.
    pub params: Parameters,
}

/// The manifest of a run that has begun.
///
/// # Errors
/// When the configuration does not go into TOML, which it came from.
pub fn begun(
    asked: &Asked,
    rules: &Rules,
    plan: &Plan,
    told: Told,
) -> Result<Manifest, toml::ser::Error> {
    let run = Run {
        id: asked.run.clone(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        started: asked.started,
        finished: None,
        callers: Vec::new(),
        scope: Scope {
            regions_asked: asked.regions.clone(),
            only: asked.only.clone(),
            skip: asked.skip.clone(),
            ..Scope::default()
        },
        partial: true,
        replayed: None,
        redaction: None,
        origin: Some(told.origin),
    };
    let text = toml::to_string(&told.in_force)?;
    Ok(Manifest {
        schema: SCHEMA.to_owned(),
        run,
        replay: None,
        scope: None,
        gaps: None,
        calls: None,
        evidence: None,
        checks: None,
        populations: None,
        plan: plan.calls().map(str::to_owned).collect(),
        rules: digests(&rules.judged),
        rulepack: Some(rulepack(rules)),
        configuration: Some(Configuration {
            file: told.file.as_ref().map(file),
            sha256: digest(text.as_bytes()).sha256,
            text,
        }),
        parameters_in_force: Some(in_force(rules, told.file.as_ref())),
        parameters: told.parameters,
        merkle_root: None,
        files: BTreeMap::new(),
    })
}

/// The manifest with which a replay begins: the original's, and that it is a replay.
pub fn replayed<F: Files>(bundle: &Bundle<F>, tool: Tool) -> Manifest {
    Manifest {
        replay: Some(Replay {
            of: bundle.manifest.run.id.clone(),
            manifest_sha256: bundle.manifest_sha256.clone(),
            tool,
        }),
        files: BTreeMap::new(),
        merkle_root: None,
        ..bundle.manifest.clone()
    }
}

/// The manifest with all that is known once a run is judged and its verdicts are kept.
pub fn ended(
    manifest: Manifest,
    collected: &Collected,
    report: &Report,
    (seen, rows): (&Seen, &Rows),
) -> Manifest {
    Manifest {
        run: collected.run.clone(),
        scope: Some(told::scope(&manifest.plan, report)),
        gaps: Some(told::gaps(report)),
        calls: Some(seen.calls(&report.coverage)),
        evidence: Some(told::evidence(report)),
        checks: Some(told::checks(report, rows)),
        populations: Some(told::populations(report)),
        ..manifest
    }
}

/// SHA-256 of the file of each check, by its id.
pub(super) fn digests(checks: &[Check]) -> BTreeMap<String, String> {
    let of = |check: &Check| (check.id.clone(), check.digest.clone());
    checks.iter().map(of).collect()
}

fn file(file: &File) -> FileSha256 {
    FileSha256 {
        file: file.name.to_string(),
        sha256: digest(file.text.as_bytes()).sha256,
    }
}

/// Digests of all that a run is judged by.
pub(super) fn rulepack(rules: &Rules) -> Rulepack {
    let all = || rules.judged.iter().chain(&rules.left_out);
    let built_in: BTreeMap<String, File> = load::embedded()
        .into_iter()
        .map(|found| (found.id, found.file))
        .collect();
    let is_own = |check: &&Check| {
        let built_in = built_in.get(&check.id);
        built_in.is_none_or(|file| file.text != check.text)
    };
    Rulepack {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sha256: Rulepack::digest(all().map(|check| (check.id.as_str(), check.digest.as_str()))),
        judged: rules.judged.len() as u64,
        left_out: digests(&rules.left_out),
        own: all().filter(is_own).map(|check| check.id.clone()).collect(),
        criteria: rules.frameworks.files().iter().map(file).collect(),
        inputs: rules
            .inputs
            .files()
            .iter()
            .map(|kept| file(&kept.file))
            .collect(),
        statements: rules
            .governance
            .files()
            .iter()
            .map(|kept| file(&kept.file))
            .collect(),
    }
}

/// Every parameter of the checks that are judged, and where the user set those that are set.
fn in_force(rules: &Rules, config: Option<&File>) -> BTreeMap<String, BTreeMap<String, Parameter>> {
    let set = config.map_or_else(Vec::new, load::set_in);
    let mut all = BTreeMap::new();
    for check in rules.judged.iter().filter(|check| !check.params.is_empty()) {
        let set_by = |name: &str| {
            let meant = |id: &String| *id == check.id || check.was.contains(id);
            let found = set.iter().find(|(id, set, _)| meant(id) && set == name);
            found.zip(config).map(|((.., line), config)| SetBy {
                file: config.name.to_string(),
                line: *line as u64,
            })
        };
        let row = |param: Param| {
            let parameter = Parameter {
                set_by: set_by(&param.name),
                value: param.value,
                default: param.default,
            };
            (param.name, parameter)
        };
        let params = assemble::params(check).into_iter().map(row);
        all.insert(check.id.clone(), params.collect());
    }
    all
}
