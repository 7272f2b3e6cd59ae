//! From what the checks found to a result for every criterion.
//!
//! Each criterion of each framework comes out, whether or not a check reads anything for it; one
//! that no AWS answer can decide says so, and says which attestations it awaits. What was not
//! decided (a fact unread, a population not listed, a check left out, nothing there to judge) never
//! supports a criterion.
//!
//! The laws, in the order in which they win:
//!
//! 1. A deciding check that fails anywhere makes `exceptions`.
//! 2. A deciding check that is undecided or was left out makes `incomplete`, and so does an
//!    attestation that is not current.
//! 3. What is left is `attested` or `inherited` where people or AWS decide. Where the state of the
//!    account decides, it is `supported` if a deciding check that is direct evidence passes, and
//!    otherwise still `incomplete`: an empty population is nothing to rest on, and what merely bears
//!    on a criterion does not carry it.
//!
//! Checks that list a population or advise do not decide. They are shown, and move nothing.

use std::collections::BTreeMap;

use super::result::{CriterionResult, NeededAttestation, ResultKind, Standing, Strength};
use super::tally::{CheckState, CheckTally, Tally};
use super::{Criterion, EvidenceKind, Frameworks, Place};
use crate::govern::attestation::Standings;

/// A check names a criterion that no framework has. Nothing may vanish, so there is no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("check {check} names the criterion {criterion}, which no framework has{}", did_you_mean(.suggestion))]
pub struct UnknownCriterion {
    /// The check.
    pub check: String,
    /// The criterion it names.
    pub criterion: String,
    /// The one it may mean.
    pub suggestion: Option<String>,
}

fn did_you_mean(suggestion: &Option<String>) -> String {
    suggestion
        .as_ref()
        .map_or_else(String::new, |id| format!("; did you mean {id}?"))
}

/// The result of every criterion, in the order of its framework, at every place that lists it.
///
/// `attested` says how each attestation stands on the day of the run; one that is not in it is missing.
///
/// # Errors
/// When a check names a criterion that does not exist.
pub fn roll_up(
    frameworks: &Frameworks,
    checks: &[CheckTally],
    attested: &Standings,
) -> Result<Vec<CriterionResult>, UnknownCriterion> {
    let evidence = by_criterion(frameworks, checks)?;
    let at_place = |place: Place<'_>| {
        let checks = evidence
            .get(place.criterion.id.as_str())
            .map_or(&[][..], Vec::as_slice);
        roll_up_one(place, checks, attested)
    };
    Ok(frameworks
        .iter()
        .flat_map(|framework| framework.places().map(at_place))
        .collect())
}

/// The checks of each criterion, in the order of their ids, each once.
fn by_criterion<'a>(
    frameworks: &Frameworks,
    checks: &'a [CheckTally],
) -> Result<BTreeMap<&'a str, Vec<&'a CheckTally>>, UnknownCriterion> {
    let mut by_criterion: BTreeMap<&str, BTreeMap<&str, &CheckTally>> = BTreeMap::new();
    for check in checks {
        for criterion in &check.criteria {
            if frameworks.criterion(criterion).is_none() {
                return Err(UnknownCriterion {
                    check: check.check.clone(),
                    criterion: criterion.clone(),
                    suggestion: frameworks.suggest(criterion).map(str::to_owned),
                });
            }
            by_criterion
                .entry(criterion)
                .or_default()
                .insert(&check.check, check);
        }
    }
    Ok(by_criterion
        .into_iter()
        .map(|(id, checks)| (id, checks.into_values().collect()))
        .collect())
}

fn roll_up_one(place: Place<'_>, checks: &[&CheckTally], attested: &Standings) -> CriterionResult {
    let criterion = place.criterion;
    let attestations: Vec<NeededAttestation> = criterion
        .attestations
        .iter()
        .map(|needed| NeededAttestation::of(needed, attested.get(&needed.id)))
        .collect();
    let deciding: Vec<&CheckTally> = checks
        .iter()
        .copied()
        .filter(|check| check.decides())
        .collect();
    let mut tally = Tally::default();
    for check in &deciding {
        tally += check.tally;
    }

    CriterionResult {
        id: criterion.id.clone(),
        framework: criterion.framework.clone(),
        code: criterion.code.clone(),
        section: place.section.to_owned(),
        position: place.position,
        repeated: place.is_repeated(),
        title: criterion.title.clone(),
        statement: criterion.statement.clone(),
        evidence: criterion.evidence,
        limits: criterion.limits.clone(),
        inherited: criterion.inherited.clone(),
        result: result(criterion, &deciding, &attestations),
        reasons: reasons(criterion, &deciding, &attestations),
        checks: checks.iter().map(|check| check.check.clone()).collect(),
        standings: checks
            .iter()
            .map(|check| standing(check, &criterion.id))
            .collect(),
        tally,
        attestations,
        crosswalk: criterion.crosswalk.clone(),
    }
}

/// The laws at the head of this file.
fn result(
    criterion: &Criterion,
    deciding: &[&CheckTally],
    attestations: &[NeededAttestation],
) -> ResultKind {
    let any = |state: CheckState| deciding.iter().any(|check| check.state() == state);
    let awaited = attestations.iter().any(|needed| !needed.current);
    if any(CheckState::Fails) {
        return ResultKind::Exceptions;
    }
    if any(CheckState::Undecided) || any(CheckState::LeftOut) || awaited {
        return ResultKind::Incomplete;
    }
    match criterion.evidence {
        EvidenceKind::Attested => ResultKind::Attested,
        EvidenceKind::Inherited => ResultKind::Inherited,
        EvidenceKind::Automated | EvidenceKind::Partial if carried(criterion, deciding) => {
            ResultKind::Supported
        }
        EvidenceKind::Automated | EvidenceKind::Partial => ResultKind::Incomplete,
    }
}

/// Whether a check that shows a part of what the criterion asks passes.
fn carried(criterion: &Criterion, deciding: &[&CheckTally]) -> bool {
    deciding.iter().any(|check| {
        check.state() == CheckState::Passes && strength(check, &criterion.id) == Strength::Direct
    })
}

fn strength(check: &CheckTally, criterion: &str) -> Strength {
    if check.supports.contains_key(criterion) {
        Strength::Supporting
    } else {
        Strength::Direct
    }
}

fn standing(check: &CheckTally, criterion: &str) -> Standing {
    Standing {
        check: check.check.clone(),
        strength: strength(check, criterion),
        reason: check.supports.get(criterion).cloned(),
        outcome: check.outcome,
        state: check.state(),
        tally: check.tally,
        unlisted: check.unlisted,
    }
}

fn reasons(
    criterion: &Criterion,
    deciding: &[&CheckTally],
    attestations: &[NeededAttestation],
) -> Vec<String> {
    let mut reasons: Vec<String> = deciding
        .iter()
        .filter(|check| check.tally.fail > 0)
        .map(|check| says_fails(check))
        .collect();
    reasons.extend(deciding.iter().flat_map(|check| says_undecided(check)));
    reasons.extend(says_nothing_decides(criterion, deciding));
    reasons.extend(
        attestations
            .iter()
            .filter(|needed| !needed.current)
            .map(says_awaited),
    );
    reasons.extend(
        deciding
            .iter()
            .filter(|check| check.tally.waived > 0)
            .map(|check| says_waived(check)),
    );
    reasons
}

fn says_fails(check: &CheckTally) -> String {
    let CheckTally { check, tally, .. } = check;
    format!(
        "{check} fails for {} of {}.",
        tally.fail,
        resources(tally.discovered())
    )
}

fn says_waived(check: &CheckTally) -> String {
    let CheckTally { check, tally, .. } = check;
    format!(
        "{check} fails for {}, and the failure is waived.",
        resources(tally.waived)
    )
}

fn says_undecided(check: &CheckTally) -> Vec<String> {
    let CheckTally {
        check,
        tally,
        unlisted,
        left_out,
        ..
    } = check;
    let mut says = Vec::new();
    if *left_out {
        says.push(format!("{check} was left out of this run."));
    }
    if tally.unknown > 0 {
        let all = resources(tally.discovered());
        says.push(format!(
            "{check} could not be decided for {} of {all}.",
            tally.unknown
        ));
    }
    if *unlisted > 0 {
        let gaps = if *unlisted == 1 {
            "a gap".to_owned()
        } else {
            format!("{unlisted} gaps")
        };
        says.push(format!(
            "{check} lacks resources that could not be listed ({gaps})."
        ));
    }
    says
}

/// Why the checks alone cannot carry the criterion, where they cannot.
fn says_nothing_decides(criterion: &Criterion, deciding: &[&CheckTally]) -> Option<String> {
    let nothing_to_judge = deciding
        .iter()
        .all(|check| check.state() == CheckState::NothingToJudge);
    let no_direct_judged = deciding
        .iter()
        .filter(|check| strength(check, &criterion.id) == Strength::Direct)
        .all(|check| check.state() == CheckState::NothingToJudge);
    match criterion.evidence {
        EvidenceKind::Attested => {
            Some("No AWS answer can decide this; it rests on attestations.".into())
        }
        EvidenceKind::Inherited => Some(
            "AWS's own controls decide this; it rests on AWS's SOC 2 report and our review of it."
                .into(),
        ),
        EvidenceKind::Automated | EvidenceKind::Partial if deciding.is_empty() => {
            Some("No check decides this yet.".into())
        }
        EvidenceKind::Automated | EvidenceKind::Partial if nothing_to_judge => {
            let checks = deciding.len();
            Some(format!(
                "Its checks ({checks}) found nothing they apply to, which supports nothing."
            ))
        }
        EvidenceKind::Automated | EvidenceKind::Partial if no_direct_judged => Some(
            "Only checks that support it found something to judge; none that shows what it asks."
                .into(),
        ),
        EvidenceKind::Automated | EvidenceKind::Partial => None,
    }
}

fn says_awaited(needed: &NeededAttestation) -> String {
    let attestation = &needed.attestation;
    let named = format!(
        "Awaits the attestation {}: {} ({}).",
        attestation.id, attestation.what, attestation.document
    );
    let why = match (&needed.why, &needed.statement) {
        (Some(why), Some(statement)) => format!(" The statement {} {why}.", statement.name),
        // Of one that nobody has made there is no more to say.
        (Some(_) | None, _) => String::new(),
    };
    let remedy = needed.remedy.as_ref();
    let remedy = remedy.map_or_else(String::new, |remedy| format!(" To do: {remedy}."));
    format!("{named}{why}{remedy}")
}

fn resources(count: u64) -> String {
    if count == 1 {
        "1 resource".into()
    } else {
        format!("{count} resources")
    }
}
