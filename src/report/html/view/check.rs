//! One check with its verdicts: in full what needs attention, in short what passes.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::chart::Chart;
use super::opening::Counts;
use super::{check_anchor, criterion_anchor, second, severity_rank, shown, verdicts_of};
use crate::check::{self, Outcome};
use crate::criteria::tally::CheckState;
use crate::inventory::Source;
use crate::report::html::cite::Citations;
use crate::report::text::present;
use crate::report::{Check, Evidence, Read, Report, Verdict};

/// Longer values scroll in a box of their own; the whole value is in it.
const LONG: usize = 280;

#[derive(Serialize)]
pub(crate) struct CheckView {
    anchor: String,
    id: String,
    title: String,
    severity: &'static str,
    severity_rank: usize,
    kind: String,
    service: String,
    area: &'static str,
    area_title: &'static str,
    counts: Counts,
    chart: Chart,
    summary: String,
    left_out: bool,
    criteria: Vec<CriterionLink>,
    require: String,
    when: Option<String>,
    params: Vec<ParamView>,
    why: String,
    fix: String,
    fixes: Vec<(String, String)>,
    blind_spots: String,
    links: Vec<String>,
    sha256: String,
    attention: Vec<VerdictView>,
    pass: Rest,
    not_applicable: Rest,
}

#[derive(Serialize)]
struct CriterionLink {
    anchor: String,
    label: String,
}

#[derive(Serialize)]
struct ParamView {
    name: String,
    value: String,
    default: String,
    changed: bool,
}

/// Verdicts that need no attention.
#[derive(Serialize)]
struct Rest {
    count: usize,
    verdicts: Vec<VerdictView>,
}

#[derive(Serialize)]
struct VerdictView {
    anchor: String,
    outcome: &'static str,
    label: &'static str,
    name: String,
    arn: Option<String>,
    account: String,
    region: String,
    evidence: Vec<FactView>,
    waiver: Option<WaiverView>,
}

#[derive(Serialize)]
struct FactView {
    path: String,
    value: Option<String>,
    long: bool,
    gap: Option<GapView>,
    call: Option<CallView>,
}

#[derive(Serialize)]
struct GapView {
    call: String,
    asked_about: String,
    reason: String,
    code: Option<String>,
    action: Option<String>,
    request_id: Option<String>,
}

/// A call beside a fact; the register of calls holds its parameters and whole digest.
#[derive(Serialize)]
pub(super) struct CallView {
    pub(super) number: usize,
    /// Whether an earlier fact of the verdict came from it, and has said the rest.
    pub(super) again: bool,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) request_id: Option<String>,
    pub(super) at: String,
    pub(super) sha256: String,
    pub(super) digest: String,
}

#[derive(Serialize)]
struct WaiverView {
    id: String,
    owner: String,
    approver: String,
    reason: String,
    expires: String,
}

pub(crate) fn check(check: &Check, report: &Report, citations: &mut Citations) -> CheckView {
    let mut attention = Vec::new();
    let mut pass = Vec::new();
    let mut not_applicable = Vec::new();
    for found in verdicts_of(check, report) {
        let list = match found.outcome {
            Outcome::Fail | Outcome::Unknown => &mut attention,
            Outcome::Pass => &mut pass,
            Outcome::NotApplicable => &mut not_applicable,
        };
        list.push(verdict(found, check, citations));
    }
    attention.sort_by_key(|verdict: &VerdictView| match verdict.outcome {
        "fail" => 0,
        "unknown" => 1,
        _ => 2,
    });
    CheckView {
        anchor: check_anchor(&check.id),
        id: shown(&check.id),
        title: shown(&check.title),
        severity: check.severity.name(),
        severity_rank: severity_rank(check.severity),
        kind: check.kind.clone(),
        service: service(&check.kind),
        area: check.area.name(),
        area_title: check.area.title(),
        counts: Counts::of(&check.outcomes),
        chart: Chart::of_outcomes(&check.outcomes),
        summary: summary(check),
        left_out: check.state == CheckState::LeftOut,
        criteria: check
            .criteria
            .iter()
            .map(|id| CriterionLink {
                anchor: criterion_anchor(id, false),
                label: id.replace(':', " "),
            })
            .collect(),
        require: shown_lines(&check.require),
        when: check.when.as_deref().map(shown_lines),
        params: check
            .params
            .iter()
            .map(|param| ParamView {
                name: param.name.clone(),
                value: written(&param.value),
                default: written(&param.default),
                changed: param.value != param.default,
            })
            .collect(),
        why: shown_lines(&check.why),
        fix: shown_lines(&check.fix),
        fixes: check
            .fixes
            .iter()
            .map(|(form, text)| (shown(form), shown_lines(text)))
            .collect(),
        blind_spots: shown_lines(&check.blind_spots),
        // Only what a browser opens as a page; a user's check could name `javascript:`.
        links: check
            .links
            .iter()
            .filter(|link| link.starts_with("https://"))
            .map(|link| shown(link))
            .collect(),
        sha256: check.sha256.clone(),
        attention,
        pass: rest(pass),
        not_applicable: rest(not_applicable),
    }
}

fn rest(verdicts: Vec<VerdictView>) -> Rest {
    Rest {
        count: verdicts.len(),
        verdicts,
    }
}

fn summary(check: &Check) -> String {
    let tally = check.outcomes.tally;
    present(
        &[
            (tally.fail, "fail"),
            (tally.unknown + check.outcomes.unlisted, "unknown"),
            (tally.waived, "waived"),
            (tally.pass, "pass"),
        ],
        " · ",
    )
}

fn verdict(found: &Verdict, check: &Check, citations: &mut Citations) -> VerdictView {
    let (outcome, label) = match found.outcome {
        Outcome::Fail if found.waiver.is_some() => ("waived", "waived"),
        Outcome::Fail if check.outcome == check::Counts::Population => ("fail", "review"),
        Outcome::Fail => ("fail", "fail"),
        Outcome::Pass => ("pass", "pass"),
        Outcome::Unknown => ("unknown", "unknown"),
        Outcome::NotApplicable => ("not_applicable", "n/a"),
    };
    let name = match (&found.resource, found.name.is_empty()) {
        (_, false) => shown(&found.name),
        (Some(arn), true) => shown(arn),
        (None, true) => format!("{}: could not be listed in full", found.kind),
    };
    VerdictView {
        anchor: format!("verdict-{}", found.id),
        outcome,
        label,
        name,
        arn: found.resource.as_deref().map(shown),
        account: shown(&found.account),
        region: shown(&found.region),
        evidence: evidence(&found.evidence, citations),
        waiver: found.waiver.as_ref().map(|waiver| WaiverView {
            id: shown(&waiver.id),
            owner: shown(&waiver.owner),
            approver: shown(&waiver.approver),
            reason: shown(&waiver.reason),
            expires: waiver.expires.to_string(),
        }),
    }
}

fn evidence(facts: &[Evidence], citations: &mut Citations) -> Vec<FactView> {
    let mut told = BTreeSet::new();
    let mut views: Vec<FactView> = facts
        .iter()
        .map(|fact| fact_view(fact, citations))
        .collect();
    for call in views.iter_mut().filter_map(|view| view.call.as_mut()) {
        call.again = !told.insert(call.number);
    }
    views
}

fn fact_view(fact: &Evidence, citations: &mut Citations) -> FactView {
    let (value, gap) = match &fact.read {
        Read::Value(value) => (Some(written(value)), None),
        Read::Gap(gap) => (
            None,
            Some(GapView {
                call: shown(&format!("{}:{}", gap.service, gap.operation)),
                asked_about: shown(&gap.parameters),
                reason: gap.reason.to_string(),
                code: gap.code.as_deref().map(shown),
                action: (gap.reason.settled_by_grant() && !gap.action.is_empty())
                    .then(|| shown(&gap.action)),
                request_id: gap.request_id.as_deref().map(shown),
            }),
        ),
    };
    FactView {
        path: shown(&fact.path),
        long: value.as_ref().is_some_and(|value| value.len() > LONG),
        value,
        gap,
        call: fact
            .call
            .as_ref()
            .map(|call| call_view(citations.cite(call), call)),
    }
}

pub(super) fn call_view(number: usize, call: &Source) -> CallView {
    CallView {
        number,
        again: false,
        name: shown(&format!("{}:{}", call.service, call.operation)),
        region: shown(&call.region),
        request_id: call.request_id.as_deref().map(shown),
        at: second(call.at),
        digest: call.sha256.chars().take(12).collect(),
        sha256: shown(&call.sha256),
    }
}

/// A value as JSON writes it, so that `"true"` is seen to be text.
fn written(value: &Value) -> String {
    shown(&value.to_string())
}

/// Text of a check's file: its line breaks are meant.
fn shown_lines(text: &str) -> String {
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}

/// The service of a kind: `s3` of `s3.bucket`.
pub(super) fn service(kind: &str) -> String {
    kind.split('.').next().unwrap_or(kind).to_owned()
}
