//! A run into a [`Report`].
//!
//! Accounts come by one at a time: an inventory may be dropped once its populations and verdicts are
//! taken in.

mod identity;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::gaps::Gaps;
use super::people::{self, Found, Stated};
use super::{
    Area, Check, Counted, Evidence, Param, Population, Read, Report, SCHEMA, Suppressions, Verdict,
    Waiver, attested, count, rows, value,
};
use crate::check::{self, About, Outcome, logic};
use crate::criteria::Frameworks;
use crate::criteria::result::CriterionResult;
use crate::criteria::tally::CheckTally;
use crate::govern::attestation::Standings;
use crate::govern::attestation::provider::Listing;
use crate::inventory::run::{Coverage, Run};
use crate::inventory::schema::Schema;
use crate::inventory::{self, Fact, Inventory, Place, kinds};

use identity::{link_id, order};

/// A report in the making.
pub struct Assembly<'c> {
    checks: BTreeMap<&'c str, Entry<'c>>,
    verdicts: Vec<Verdict>,
    populations: Vec<Population>,
    gaps: Gaps,
    kinds: BTreeSet<Arc<str>>,
}

/// A check, and what was counted of its verdicts.
struct Entry<'c> {
    check: &'c check::Check,
    id: Arc<str>,
    left_out: bool,
    counted: Counted,
}

/// What is known of a run once every account has come by.
pub struct Context<'a> {
    /// Who scanned what, and when.
    pub run: Run,
    /// The frameworks the criteria are from.
    pub frameworks: &'a Frameworks,
    /// What [`crate::criteria::roll_up`] made of [`Assembly::tallies`].
    pub criteria: Vec<CriterionResult>,
    /// How every attestation stands.
    pub attested: Standings,
    /// What AWS Artifact says of AWS's own reports.
    pub listing: Listing,
    /// The ledger of calls.
    pub coverage: Vec<Coverage>,
    /// What people state.
    pub stated: Stated<'a>,
    /// Exceptions made in AWS itself.
    pub suppressions: Vec<Suppressions>,
}

impl<'c> Assembly<'c> {
    /// A report on the checks that were judged and those that `--only` and `--skip` left out.
    pub fn new(
        judged: impl IntoIterator<Item = &'c check::Check>,
        left_out: impl IntoIterator<Item = &'c check::Check>,
    ) -> Self {
        let judged = judged.into_iter().map(|check| (check, false));
        let left_out = left_out.into_iter().map(|check| (check, true));
        let entries = judged.chain(left_out).map(|(check, left_out)| {
            let entry = Entry {
                check,
                id: Arc::from(check.id.as_str()),
                left_out,
                counted: Counted::default(),
            };
            (check.id.as_str(), entry)
        });
        Self {
            checks: entries.collect(),
            verdicts: Vec::new(),
            populations: Vec::new(),
            gaps: Gaps::default(),
            kinds: BTreeSet::new(),
        }
    }

    /// Takes in what could not be read beside resources and their facts.
    pub fn gaps(&mut self, gaps: &[Arc<inventory::Gap>]) {
        for gap in gaps {
            self.gaps.met(gap);
        }
    }

    /// Takes in the populations of an inventory.
    pub fn inventory(&mut self, inventory: &Inventory) {
        for (place, population) in inventory.populations() {
            let discovered = population.resources.len() as u64;
            for entry in self.checks.values_mut() {
                if !entry.left_out && entry.check.resource == *place.kind {
                    entry.counted.discovered += discovered;
                }
            }
            for gap in &population.gaps {
                self.gaps.met(gap);
            }
            self.populations.push(Population {
                kind: self.kinds.get(&place.kind).cloned().unwrap_or_else(|| {
                    self.kinds.insert(place.kind.clone());
                    place.kind.clone()
                }),
                account: place.account.clone(),
                region: place.region.clone(),
                discovered,
                complete: population.gaps.is_empty(),
                rows_sha256: rows::members(&population.resources),
                calls: population.sources.clone(),
                gaps: population.gaps.clone(),
            });
        }
    }

    /// Takes in a verdict on a resource of `inventory`, with the waiver that covers it. A waiver counts
    /// for a failure alone.
    pub fn verdict(
        &mut self,
        verdict: &check::Verdict<'_>,
        inventory: &Inventory,
        waiver: Option<Waiver>,
    ) {
        let waiver = waiver.filter(|_| verdict.outcome == Outcome::Fail);
        let id = match self.checks.get_mut(verdict.check.id.as_str()) {
            Some(entry) => {
                entry.count(verdict, waiver.is_some());
                entry.id.clone()
            }
            None => Arc::from(verdict.check.id.as_str()),
        };
        self.gaps_of(verdict);
        let Place {
            kind,
            account,
            region,
        } = verdict.place;
        let (resource, name) = match verdict.about {
            About::Resource(resource) => (Some(resource.arn.clone()), resource.name.clone()),
            About::Unlisted(_) => (None, Arc::from("")),
        };
        self.verdicts.push(Verdict {
            id: link_id(&id, verdict),
            check: id,
            outcome: verdict.outcome,
            severity: verdict.check.severity,
            kind: kind.clone(),
            resource,
            name,
            account: account.clone(),
            region: region.clone(),
            evidence: evidence(verdict, inventory),
            waiver,
        });
    }

    /// What each check found so far, for the criteria to be rolled up from.
    pub fn tallies(&self) -> Vec<CheckTally> {
        self.checks.values().map(Entry::tally).collect()
    }

    /// The report.
    pub fn finish(mut self, context: Context<'_>) -> Report {
        let areas = areas(&context.criteria);
        let schema = kinds::schema();
        let checks: Vec<Check> = self
            .checks
            .values()
            .map(|entry| entry.row(&areas, &schema))
            .collect();
        self.verdicts.sort_by(|a, b| order(a).cmp(&order(b)));
        self.populations.sort_by(|a, b| {
            (&a.kind, &a.account, &a.region).cmp(&(&b.kind, &b.account, &b.region))
        });
        let former = self.former();
        let gaps = self.gaps.finish();
        let frameworks: Vec<_> = context.frameworks.iter().collect();
        let summary = count::summary(&count::Rows {
            checks: &checks,
            criteria: &context.criteria,
            frameworks: &frameworks,
            populations: &self.populations,
            coverage: &context.coverage,
            gaps: &gaps,
        });
        let stated = context.stated;
        let (waivers, responses) = Found {
            day: TimeZone::UTC.to_datetime(context.run.started).date(),
            checks: &checks,
            former,
            verdicts: &self.verdicts,
            criteria: &context.criteria,
            frameworks: context.frameworks,
        }
        .told(&stated);
        let attestations = attested::attestations(context.frameworks, &context.attested);
        let inherited = attested::inherited(&attested::Basis {
            frameworks: context.frameworks,
            attested: &context.attested,
            listing: context.listing,
            run: &context.run,
            checks: &checks,
            populations: &self.populations,
            limits: &stated.limits,
        });
        Report {
            schema: SCHEMA,
            run: context.run,
            summary,
            criteria: context.criteria,
            attestations,
            inherited,
            checks,
            verdicts: self.verdicts,
            populations: self.populations,
            coverage: context.coverage,
            gaps,
            waivers,
            waiver_limits: people::limits(&stated.limits),
            responses,
            suppressions: context.suppressions,
            segregation: stated.segregation,
        }
    }

    /// Former ids of checks, and the ids of today.
    fn former(&self) -> BTreeMap<&'c str, &'c str> {
        let checks = self.checks.values().map(|entry| entry.check);
        checks
            .flat_map(|check| {
                check
                    .was
                    .iter()
                    .map(|was| (was.as_str(), check.id.as_str()))
            })
            .collect()
    }

    fn gaps_of(&mut self, verdict: &check::Verdict<'_>) {
        let mut met = Vec::new();
        if let About::Unlisted(gap) = verdict.about {
            met.push(gap);
        }
        for reading in &verdict.evidence {
            value::gaps(&reading.fact, &mut |gap| met.push(gap));
        }
        if verdict.outcome == Outcome::Unknown {
            self.gaps.left_undecided(met.into_iter());
        } else {
            for gap in met {
                self.gaps.met(gap);
            }
        }
    }
}

impl Entry<'_> {
    fn count(&mut self, verdict: &check::Verdict<'_>, waived: bool) {
        if let About::Unlisted(_) = verdict.about {
            self.counted.unlisted += 1;
            return;
        }
        let tally = &mut self.counted.tally;
        match verdict.outcome {
            Outcome::Pass => tally.pass += 1,
            Outcome::Fail if waived => tally.waived += 1,
            Outcome::Fail => tally.fail += 1,
            Outcome::Unknown => tally.unknown += 1,
            Outcome::NotApplicable => tally.not_applicable += 1,
        }
    }

    fn tally(&self) -> CheckTally {
        CheckTally {
            check: self.check.id.clone(),
            criteria: self.check.criteria.clone(),
            supports: self.check.supports.clone(),
            outcome: self.check.outcome,
            tally: self.counted.tally,
            unlisted: self.counted.unlisted,
            left_out: self.left_out,
        }
    }

    fn row(&self, areas: &BTreeMap<String, Area>, schema: &Schema) -> Check {
        let check = self.check;
        let of_criteria: Vec<Area> = check
            .criteria
            .iter()
            .filter_map(|criterion| areas.get(criterion).copied())
            .collect();
        Check {
            id: self.id.clone(),
            title: check.title.clone(),
            severity: check.severity,
            kind: check.resource.clone(),
            outcome: check.outcome,
            area: Area::most_particular(&of_criteria),
            criteria: check.criteria.clone(),
            state: self.tally().state(),
            outcomes: self.counted,
            require: check.require.source().trim().to_owned(),
            when: check
                .when
                .as_ref()
                .map(|rule| rule.source().trim().to_owned()),
            logic: logic::in_words(check, schema),
            params: params(check),
            why: check.why.trim().to_owned(),
            fix: check.fix.trim().to_owned(),
            fixes: check.fixes.clone(),
            blind_spots: check.blind_spots.trim().to_owned(),
            links: check.links.clone(),
            sha256: check.digest.clone(),
        }
    }
}

/// The parameters of a check, with their defaults, in order of name.
pub fn params(check: &check::Check) -> Vec<Param> {
    let nothing = Inventory::default();
    let shown = |fact: &Fact| value::of(fact, &nothing);
    let param = |(name, fact): (&String, &Fact)| Param {
        name: name.clone(),
        value: shown(fact),
        default: shown(check.defaults.get(name).unwrap_or(fact)),
    };
    check.params.iter().map(param).collect()
}

/// The area of each criterion, by the section that lists it first.
fn areas(criteria: &[CriterionResult]) -> BTreeMap<String, Area> {
    criteria
        .iter()
        .filter(|criterion| !criterion.repeated)
        .map(|criterion| (criterion.id.clone(), Area::of_section(&criterion.section)))
        .collect()
}

fn evidence(verdict: &check::Verdict<'_>, inventory: &Inventory) -> Vec<Evidence> {
    // What could not be listed has no facts; its evidence is the listing that failed.
    let unlisted = match verdict.about {
        About::Unlisted(gap) if verdict.evidence.is_empty() => Some(Evidence {
            path: verdict.place.kind.to_string(),
            read: Read::Gap(gap.clone()),
            call: None,
        }),
        About::Unlisted(_) | About::Resource(_) => None,
    };
    let read = verdict.evidence.iter().map(|reading| {
        let read = if let Fact::Gap(gap) = &reading.fact {
            Read::Gap(gap.clone())
        } else {
            Read::Value(value::of(&reading.fact, inventory))
        };
        Evidence {
            path: reading.path.to_string(),
            read,
            call: reading.source.clone(),
        }
    });
    unlisted.into_iter().chain(read).collect()
}
