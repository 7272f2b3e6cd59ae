//! One check: how it stands, its verdicts, its rule.

use serde::Serialize;

use super::chart::Chart;
use super::evidence::written;
use super::opening::Counts;
use super::verdict::{Limits, Verdicts, verdicts};
use super::{check_anchor, criterion_anchor, shown, verdicts_of};
use crate::criteria::tally::CheckState;
use crate::report::answers::Answers;
use crate::report::html::cite::Citations;
use crate::report::text::present;
use crate::report::{Check, Report};

#[derive(Serialize)]
pub(crate) struct CheckView {
    anchor: String,
    id: String,
    title: String,
    severity: &'static str,
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
    verdicts: Verdicts,
}

#[derive(Serialize)]
struct CriterionLink {
    id: String,
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

pub(crate) fn check(
    check: &Check,
    report: &Report,
    answers: &Answers<'_>,
    citations: &mut Citations,
) -> CheckView {
    CheckView {
        anchor: check_anchor(&check.id),
        id: shown(&check.id),
        title: shown(&check.title),
        severity: check.severity.name(),
        kind: check.kind.clone(),
        service: super::service(&check.kind),
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
                id: shown(id),
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
        verdicts: verdicts(
            verdicts_of(check, report),
            check,
            Limits::of(report),
            answers,
            citations,
        ),
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

/// Text of a check's file: its line breaks are meant.
fn shown_lines(text: &str) -> String {
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}
