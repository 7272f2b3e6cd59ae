//! What the criteria ask: frameworks of criteria, what each one needs from people, and how the
//! frameworks lead to one another.
//!
//! A framework is data (`checks/criteria/*.toml`); nothing here knows a criterion by name.
//! [`load`] turns the files into [`Frameworks`], [`roll_up`] turns the outcome of the checks into a
//! result for every criterion.
//!
//! A framework may list one criterion in two sections. It then has two [`Place`]s and one result,
//! so a reader who works by sections finds it where they look, and no count has it twice.

mod file;
mod link;
pub mod load;
pub mod result;
pub mod roll_up;
pub mod tally;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::complaint::{File, nearest};
use crate::govern::Limits;
use crate::govern::attestation::Needed;

/// Every framework the run knows, with the attestations their criteria name.
#[derive(Clone, Debug)]
pub struct Frameworks {
    frameworks: Vec<Framework>,
    criteria: BTreeMap<String, Arc<Criterion>>,
    attestations: BTreeMap<String, Arc<Attestation>>,
    files: Vec<File>,
}

/// One set of criteria, in the sections and the order its readers expect.
#[derive(Clone, Debug)]
pub struct Framework {
    /// The short name that prefixes its criteria: `tsc2017`.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// SHA-256 of the file it was read from, in hex. A crosswalk is a judgement: a report says
    /// which version of it was used.
    pub sha256: String,
}

/// A heading of a framework and the criteria under it.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The criteria in order. One that an earlier section lists may be here again.
    pub criteria: Vec<Arc<Criterion>>,
}

/// One criterion of a framework, in our own words.
#[derive(Clone, Debug, Serialize)]
pub struct Criterion {
    /// Framework and code: `tsc2017:CC6.1`. Checks refer to it by this.
    pub id: String,
    /// The framework's id: `tsc2017`.
    pub framework: String,
    /// The code within the framework: `CC6.1`.
    pub code: String,
    /// The section that lists it first.
    pub section: String,
    /// A few words.
    pub title: String,
    /// What it asks.
    pub statement: String,
    /// What can decide it.
    pub evidence: EvidenceKind,
    /// What people must state for it, in the order of the file.
    pub attestations: Vec<Arc<Attestation>>,
    /// The controls of AWS it rests on, which AWS's own SOC 2 report shows.
    pub inherited: Vec<String>,
    /// What AWS cannot show about it.
    pub limits: String,
    /// The criteria of other frameworks that ask the same or touch it.
    pub crosswalk: Crosswalk,
}

/// What can decide a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// The state of the AWS account decides a real part; attestations complete it.
    Automated,
    /// AWS gives real but incomplete evidence; a person's record is still decisive.
    Partial,
    /// AWS's own controls, shown by AWS's SOC 2 report and our recorded review of it.
    Inherited,
    /// People and process only.
    Attested,
}

/// A kind of statement that people make, because no AWS answer can show what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attestation {
    /// Its name: `access-review`. One statement serves every criterion that names it.
    pub id: String,
    /// What is stated.
    pub what: String,
    /// The document the statement is about.
    pub document: String,
    /// For how many days a statement counts.
    pub max_age_days: u32,
    /// Where it is a review of AWS's own report: how many days may lie between what the report and its bridge letter cover and
    /// the run, once AWS lists a newer one. `tieout.toml` may say otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report_max_days: Option<u32>,
}

/// Where a criterion leads in other frameworks. It reads the same from both ends: what one side
/// declares primary is primary on the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// The closest counterparts, by id.
    #[serde(default)]
    pub primary: Vec<String>,
    /// Others that are also touched, by id.
    #[serde(default)]
    pub related: Vec<String>,
}

/// One place of a criterion in the order of its framework.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Counted from 1 through the whole framework.
    pub position: usize,
    /// The heading it stands under here.
    pub section: &'a str,
    /// What stands here.
    pub criterion: &'a Criterion,
}

impl Place<'_> {
    /// Whether an earlier section has listed this criterion already.
    #[must_use]
    pub fn is_repeated(&self) -> bool {
        self.criterion.section != self.section
    }
}

impl Framework {
    /// Every place in order, repeated ones included.
    pub fn places(&self) -> impl Iterator<Item = Place<'_>> {
        self.sections
            .iter()
            .flat_map(|section| {
                section
                    .criteria
                    .iter()
                    .map(move |criterion| (section, criterion))
            })
            .zip(1..)
            .map(|((section, criterion), position)| Place {
                position,
                section: &section.title,
                criterion,
            })
    }
}

impl Frameworks {
    /// The files they were read from, so that a run can keep what it was judged by.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The frameworks in the order of the report.
    pub fn iter(&self) -> impl Iterator<Item = &Framework> {
        self.frameworks.iter()
    }

    /// The criterion with this id (`tsc2017:CC6.1`).
    #[must_use]
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.get(id).map(Arc::as_ref)
    }

    /// Whether there is a criterion with this id; if not, perhaps the one that was meant.
    ///
    /// # Errors
    /// When there is none.
    pub fn known(&self, id: &str) -> Result<(), Option<String>> {
        match self.criteria.get(id) {
            Some(_) => Ok(()),
            None => Err(self.suggest(id).map(str::to_owned)),
        }
    }

    /// Every criterion once, in the order of its id.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.values().map(Arc::as_ref)
    }

    /// The attestation with this name.
    #[must_use]
    pub fn attestation(&self, id: &str) -> Option<&Attestation> {
        self.attestations.get(id).map(Arc::as_ref)
    }

    /// Every attestation that a criterion may name, in the order of their names.
    pub fn attestations(&self) -> impl Iterator<Item = &Attestation> {
        self.attestations.values().map(Arc::as_ref)
    }

    /// The same as a run asks for them, under its limits.
    pub fn needed<'a>(&'a self, limits: &'a Limits) -> impl Iterator<Item = Needed<'a>> {
        self.attestations().map(|attestation| Needed {
            id: &attestation.id,
            max_age_days: attestation.max_age_days,
            report_max_days: attestation
                .report_max_days
                .map(|default| limits.report_days(default)),
        })
    }

    /// The ids of the criteria that name an attestation, in their order.
    pub fn criteria_of<'a>(&'a self, attestation: &'a str) -> impl Iterator<Item = &'a str> {
        let names = move |criterion: &&Criterion| {
            let mut needed = criterion.attestations.iter();
            needed.any(|needed| needed.id == attestation)
        };
        self.criteria()
            .filter(names)
            .map(|criterion| criterion.id.as_str())
    }

    /// The criterion somebody meant who wrote `id`: one whose code it is, if the framework was
    /// left out, or else the most alike.
    #[must_use]
    pub fn suggest(&self, id: &str) -> Option<&str> {
        let by_code = || {
            self.criteria()
                .find(|known| known.code.eq_ignore_ascii_case(id))
        };
        by_code()
            .map(|criterion| criterion.id.as_str())
            .or_else(|| nearest(id, self.criteria.keys().map(String::as_str)))
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod tests;
