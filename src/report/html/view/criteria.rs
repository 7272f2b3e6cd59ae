//! Every criterion of every framework, by section, with what its result rests on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chart::Chart;
use super::{check_anchor, criterion_anchor, shown};
use crate::criteria::EvidenceKind;
use crate::criteria::result::{CriterionResult, ResultKind, Standing};
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
    current: bool,
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
        reasons: criterion
            .reasons
            .iter()
            // The table of statements says which are awaited.
            .filter(|reason| !reason.starts_with("Awaits the attestation "))
            .map(|reason| shown(reason))
            .collect(),
        checks: criterion
            .standings
            .iter()
            .map(|standing| standing_view(standing, checks.get(standing.check.as_str()).copied()))
            .collect(),
        attestations: criterion
            .attestations
            .iter()
            .map(|needed| AttestationView {
                id: needed.attestation.id.clone(),
                what: needed.attestation.what.clone(),
                document: needed.attestation.document.clone(),
                max_age: counted(u64::from(needed.attestation.max_age_days), "day", "days"),
                current: needed.current,
            })
            .collect(),
        inherited: criterion.inherited.clone(),
        limits: criterion.limits.clone(),
        crosswalk: links(criterion),
    }
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
    present(
        &[
            (tally.fail, "fail"),
            (tally.unknown + unlisted, "unknown"),
            (tally.waived, "waived"),
            (tally.pass, "pass"),
            (awaited, "awaited"),
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
