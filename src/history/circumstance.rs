//! What changed between two runs that is not the account: rules, parameters, scope, tool.
//!
//! A verdict that differs may differ because somebody turned a setting or because somebody turned the rule. An auditor
//! asks which, so every difference of the second sort is listed here.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::bundle::{CRITERIA, INPUTS, Manifest};

/// One difference between the circumstances of two runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Circumstance {
    /// What sort.
    pub what: What,
    /// Which: the check, the region, the parameter. Empty where there is only one.
    pub subject: String,
    /// What it was; none where it was not there.
    pub before: Option<String>,
    /// What it is; none where it is no longer there.
    pub after: Option<String>,
}

/// What sort of circumstance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The version of the tool.
    Tool,
    /// A check is judged that was not: SHA-256 of its file.
    CheckAdded,
    /// A check is no longer judged.
    CheckRemoved,
    /// A check's file is another.
    CheckChanged,
    /// A parameter has another value.
    Parameter,
    /// The files of criteria are others.
    Frameworks,
    /// The user's own files, or the dated data, are others.
    Inputs,
    /// A region is read that was not.
    RegionAdded,
    /// A region is no longer read.
    RegionRemoved,
    /// `--region`, `--only` or `--skip` say something else.
    Selection,
    /// Somebody else scanned: user or role, sessions aside.
    Caller,
}

impl What {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Tool => "version of the tool",
            Self::CheckAdded => "check added",
            Self::CheckRemoved => "check no longer judged",
            Self::CheckChanged => "rule changed",
            Self::Parameter => "parameter changed",
            Self::Frameworks => "files of criteria changed",
            Self::Inputs => "input files changed",
            Self::RegionAdded => "region added",
            Self::RegionRemoved => "region no longer read",
            Self::Selection => "selection changed",
            Self::Caller => "caller changed",
        }
    }

    /// Whether it can change what a check says of an account that stays the same.
    pub fn is_of_rules(self) -> bool {
        match self {
            Self::Tool
            | Self::CheckAdded
            | Self::CheckRemoved
            | Self::CheckChanged
            | Self::Parameter
            | Self::Frameworks
            | Self::Inputs => true,
            Self::RegionAdded | Self::RegionRemoved | Self::Selection | Self::Caller => false,
        }
    }
}

/// Every difference, in order of its sort.
pub fn between(before: &Manifest, after: &Manifest) -> Vec<Circumstance> {
    let mut found = Vec::new();
    let mut differ = |what, subject: &str, before: Option<String>, after: Option<String>| {
        if before != after {
            found.push(Circumstance {
                what,
                subject: subject.to_owned(),
                before,
                after,
            });
        }
    };
    let (old, new) = (&before.run, &after.run);
    differ(
        What::Tool,
        "",
        Some(old.tool.clone()),
        Some(new.tool.clone()),
    );
    for check in union(before.rules.keys(), after.rules.keys()) {
        let (was, is) = (before.rules.get(check), after.rules.get(check));
        let what = match (was, is) {
            (None, _) => What::CheckAdded,
            (_, None) => What::CheckRemoved,
            (Some(_), Some(_)) => What::CheckChanged,
        };
        differ(what, check, was.cloned(), is.cloned());
    }
    for check in union(before.parameters.keys(), after.parameters.keys()) {
        let (was, is) = (before.parameters.get(check), after.parameters.get(check));
        let names = was.into_iter().chain(is).flat_map(|set| set.keys());
        for name in names.collect::<BTreeSet<_>>() {
            let shown = |set: Option<&std::collections::BTreeMap<String, toml::Value>>| {
                set.and_then(|set| set.get(name)).map(ToString::to_string)
            };
            differ(
                What::Parameter,
                &format!("{check} {name}"),
                shown(was),
                shown(is),
            );
        }
    }
    for (what, file) in [(What::Frameworks, CRITERIA), (What::Inputs, INPUTS)] {
        let of = |manifest: &Manifest| manifest.files.get(file).map(|file| file.sha256.clone());
        differ(what, "", of(before), of(after));
    }
    for region in union(&old.scope.regions, &new.scope.regions) {
        let has = |regions: &[String]| regions.contains(region).then(|| region.clone());
        let (was, is) = (has(&old.scope.regions), has(&new.scope.regions));
        let what = if was.is_none() {
            What::RegionAdded
        } else {
            What::RegionRemoved
        };
        differ(what, region, was, is);
    }
    let selections = [
        (
            "--region",
            &old.scope.regions_asked,
            &new.scope.regions_asked,
        ),
        ("--only", &old.scope.only, &new.scope.only),
        ("--skip", &old.scope.skip, &new.scope.skip),
    ];
    for (flag, was, is) in selections {
        let shown = |list: &Vec<String>| (!list.is_empty()).then(|| list.join(" "));
        differ(What::Selection, flag, shown(was), shown(is));
    }
    differ(What::Caller, "", callers(before), callers(after));
    found.sort_by(|a, b| (a.what, &a.subject).cmp(&(b.what, &b.subject)));
    found
}

fn union<'a, T: Ord>(
    before: impl IntoIterator<Item = &'a T>,
    after: impl IntoIterator<Item = &'a T>,
) -> BTreeSet<&'a T> {
    before.into_iter().chain(after).collect()
}

/// Who scanned. The session of a role is named after the run, so it differs every time and is left out.
fn callers(manifest: &Manifest) -> Option<String> {
    let callers: BTreeSet<&str> = manifest
        .run
        .callers
        .iter()
        .map(|caller| match caller.arn.split_once(":assumed-role/") {
            Some((_, role)) => {
                let session = role
                    .rsplit_once('/')
                    .map_or(0, |(_, session)| session.len() + 1);
                caller
                    .arn
                    .get(..caller.arn.len() - session)
                    .unwrap_or(&caller.arn)
            }
            None => &caller.arn,
        })
        .collect();
    (!callers.is_empty()).then(|| callers.into_iter().collect::<Vec<_>>().join(", "))
}
