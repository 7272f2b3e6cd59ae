//! Every criterion of every framework, by section, with what its result rests on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::attested::attestation_anchor;
use super::chart::Chart;
use super::{check_anchor, criterion_anchor, shown};
use crate::check::Counts;
use crate::criteria::EvidenceKind;
use crate::criteria::result::{CriterionResult, NeededAttestation, ResultKind, Standing};
use crate::criteria::tally::CheckState;
use crate::report::text::{counted, number, present};
use crate::report::{ByFramework, Check, Report};

#[derive(Serialize)]
pub(super) struct FrameworkView {
    id: String,
    title: String,
    count: String,
    chart: Chart,
    sections: Vec<SectionView>,
}

#[derive(Serialize)]
struct SectionView {
    title: String,
    criteria: Vec<CriterionView>,
}

#[derive(Serialize)]
struct CriterionView {
    id: String,
    anchor: String,
    code: String,
    title: String,
    statement: String,
    result: &'static str,
    class: &'static str,
    evidence: &'static str,
    counts: String,
    /// Where it stands in full, if this is the second place of it.
    first_place: Option<String>,
    first_section: String,
    reasons: Vec<String>,
    checks: Vec<StandingView>,
    attestations: Vec<AttestationView>,
    inherited: Vec<String>,
    limits: String,
    crosswalk: Vec<LinkView>,
}

#[derive(Serialize)]
struct StandingView {
    anchor: String,
    id: String,
    title: String,
    severity: &'static str,
    state: &'static str,
    /// What its verdicts count for, if they do not decide.
    beside: &'static str,
    /// Why it merely supports the criterion.
    supports: Option<String>,
    class: &'static str,
    pass: String,
    fail: String,
    waived: String,
    unknown: String,
}

#[derive(Serialize)]
struct AttestationView {
    id: String,
    what: String,
    document: String,
    max_age: String,
    anchor: String,
    /// How it stands; `awaited`, where nobody has made it.
    state: String,
    class: &'static str,
    owner: Option<String>,
    reviewer: Option<String>,
    until: Option<String>,
    soon: bool,
}

#[derive(Serialize)]
struct LinkView {
    anchor: String,
    label: String,
    primary: bool,
}

pub(super) fn frameworks(report: &Report) -> Vec<FrameworkView> {
    let checks: BTreeMap<&str, &Check> = report
        .checks
        .iter()
        .map(|check| (check.id.as_ref(), check))
        .collect();
    report
        .summary
        .frameworks
        .iter()
        .map(|framework| view(framework, report, &checks))
        .collect()
}

fn view(
    framework: &ByFramework,
    report: &Report,
    checks: &BTreeMap<&str, &Check>,
) -> FrameworkView {
    let of_framework: Vec<&CriterionResult> = report
        .criteria
        .iter()
        .filter(|criterion| criterion.framework == framework.framework)
        .collect();
    let sections = of_framework
        .chunk_by(|a, b| a.section == b.section)
        .map(|criteria| SectionView {
            title: criteria
                .first()
                .map_or_else(String::new, |first| first.section.clone()),
            criteria: criteria
                .iter()
                .map(|criterion| criterion_view(criterion, &of_framework, checks))
                .collect(),
        })
        .collect();
    let once = of_framework
        .iter()
        .filter(|criterion| !criterion.repeated)
        .count();
    FrameworkView {
        id: framework.framework.clone(),
        title: framework.title.clone(),
        count: counted(once as u64, "criterion", "criteria"),
        chart: Chart::of_results(&framework.results),
        sections,
    }
}

fn criterion_view(
    criterion: &CriterionResult,
    all: &[&CriterionResult],
    checks: &BTreeMap<&str, &Check>,
) -> CriterionView {
    let first = all
        .iter()
        .find(|other| criterion.repeated && !other.repeated && other.id == criterion.id);
    CriterionView {
        id: shown(&criterion.id),
        anchor: criterion_anchor(&criterion.id, criterion.repeated),
        code: criterion.code.clone(),
        title: criterion.title.clone(),
        statement: criterion.statement.clone(),
        result: criterion.result.name(),
        class: class(criterion.result),
        evidence: decided_by(criterion.evidence),
        counts: counts(criterion),
        first_place: first.map(|first| criterion_anchor(&first.id, false)),
        first_section: first.map_or_else(String::new, |first| first.section.clone()),
        reasons: reasons(criterion),
        checks: standings(criterion, checks),
        attestations: criterion
            .attestations
            .iter()
            .map(attestation_view)
            .collect(),
        inherited: criterion.inherited.clone(),
        limits: criterion.limits.clone(),
        crosswalk: links(criterion),
    }
}

fn attestation_view(needed: &NeededAttestation) -> AttestationView {
    let by = needed.statement.as_ref();
    AttestationView {
        id: shown(&needed.attestation.id),
        what: shown(&needed.attestation.what),
        document: shown(&needed.attestation.document),
        max_age: counted(u64::from(needed.attestation.max_age_days), "day", "days"),
        anchor: attestation_anchor(&needed.attestation.id),
        state: match by {
            Some(_) => needed.state.replace('_', " "),
            None => "awaited".to_owned(),
        },
        class: if needed.current {
            "attested"
        } else {
            "unknown"
        },
        owner: by.map(|by| shown(&by.owner)),
        reviewer: by.and_then(|by| by.reviewer.as_deref().map(shown)),
        until: by.map(|by| by.counts_until.to_string()),
        soon: by.is_some_and(|by| by.ends_in_days.is_some()),
    }
}

/// Why, as far as the tables of checks and of statements below do not say it line by line.
fn reasons(criterion: &CriterionResult) -> Vec<String> {
    let of_check = |reason: &str| {
        reason
            .split_once(' ')
            .is_some_and(|(first, _)| criterion.checks.iter().any(|check| check == first))
    };
    let deciding = criterion
        .standings
        .iter()
        .filter(|standing| standing.outcome == Counts::Verdict);
    let standing = |state: CheckState| {
        let alike = deciding.clone().filter(|standing| standing.state == state);
        alike.count() as u64
    };
    let says = present(
        &[
            (standing(CheckState::Fails), "with failures"),
            (standing(CheckState::Undecided), "undecided"),
            (standing(CheckState::LeftOut), "left out"),
            (standing(CheckState::Passes), "passing"),
            (
                standing(CheckState::NothingToJudge),
                "with nothing to judge",
            ),
        ],
        ", ",
    );
    let all = counted(deciding.count() as u64, "check decides", "checks decide");
    let of_checks = (!says.is_empty()).then(|| format!("{all} it: {says}."));
    let others = criterion
        .reasons
        .iter()
        .filter(|reason| !reason.starts_with("Awaits the attestation ") && !of_check(reason))
        .map(|reason| shown(reason));
    of_checks.into_iter().chain(others).collect()
}

/// Its checks, the ones that need attention first.
fn standings(criterion: &CriterionResult, checks: &BTreeMap<&str, &Check>) -> Vec<StandingView> {
    let mut standings: Vec<&Standing> = criterion.standings.iter().collect();
    standings.sort_by_key(|standing| {
        let state = match standing.state {
            CheckState::Fails => 0,
            CheckState::Undecided => 1,
            CheckState::LeftOut => 2,
            CheckState::Passes => 3,
            CheckState::NothingToJudge => 4,
        };
        let severity = checks
            .get(standing.check.as_str())
            .map(|check| Reverse(check.severity));
        (standing.outcome != Counts::Verdict, state, severity)
    });
    standings
        .into_iter()
        .map(|standing| standing_view(standing, checks.get(standing.check.as_str()).copied()))
        .collect()
}

fn standing_view(standing: &Standing, check: Option<&Check>) -> StandingView {
    let tally = standing.tally;
    let (state, class) = match standing.state {
        CheckState::Fails => ("fails", "fail"),
        CheckState::LeftOut => ("left out", "none"),
        CheckState::Undecided => ("unknown", "unknown"),
        CheckState::Passes => ("passes", "pass"),
        CheckState::NothingToJudge => ("nothing to judge", "none"),
    };
    StandingView {
        anchor: check_anchor(&standing.check),
        id: standing.check.clone(),
        title: check.map_or_else(|| standing.check.clone(), |check| shown(&check.title)),
        severity: check.map_or("", |check| check.severity.name()),
        state,
        beside: match standing.outcome {
            Counts::Verdict => "",
            Counts::Population => "for review",
            Counts::Advisory => "advice",
        },
        supports: standing.reason.as_deref().map(shown),
        class,
        pass: number(tally.pass),
        fail: number(tally.fail),
        waived: number(tally.waived),
        unknown: number(tally.unknown + standing.unlisted),
    }
}

fn links(criterion: &CriterionResult) -> Vec<LinkView> {
    let link = |id: &String, primary| LinkView {
        anchor: criterion_anchor(id, false),
        label: id.replace(':', " "),
        primary,
    };
    let primary = criterion.crosswalk.primary.iter().map(|id| link(id, true));
    let related = criterion.crosswalk.related.iter().map(|id| link(id, false));
    primary.chain(related).collect()
}

/// How its verdicts and attestations add up, in a few words.
fn counts(criterion: &CriterionResult) -> String {
    let tally = criterion.tally;
    let unlisted: u64 = criterion
        .standings
        .iter()
        .map(|standing| standing.unlisted)
        .sum();
    let awaited = criterion
        .attestations
        .iter()
        .filter(|needed| !needed.current)
        .count() as u64;
    let awaits = if awaited == 1 {
        "statement awaited"
    } else {
        "statements awaited"
    };
    present(
        &[
            (tally.fail, "fail"),
            (tally.unknown + unlisted, "unknown"),
            (tally.waived, "waived"),
            (tally.pass, "pass"),
            (awaited, awaits),
        ],
        " · ",
    )
}

fn class(result: ResultKind) -> &'static str {
    match result {
        ResultKind::Exceptions => "fail",
        ResultKind::Incomplete => "unknown",
        ResultKind::Supported => "pass",
        ResultKind::Inherited => "inherited",
        ResultKind::Attested => "attested",
    }
}

fn decided_by(evidence: EvidenceKind) -> &'static str {
    match evidence {
        EvidenceKind::Automated => "the state of the account, completed by statements",
        EvidenceKind::Partial => "the state of the account in part; people's records decide",
        EvidenceKind::Inherited => "AWS's own controls, through AWS's SOC 2 report",
        EvidenceKind::Attested => "people and process; no AWS answer can show it",
    }
}
