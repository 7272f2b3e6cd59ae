//! Criteria that are decided, as findings.

use serde_json::{Value, json};

use super::attested;
use super::name::{Names, control};
use super::words::{markup, prop};
use super::{criteria, put, put_one};
use crate::check::Counts;
use crate::criteria::result::{CriterionResult, ResultKind};
use crate::criteria::tally::CheckState;
use crate::report::Report;

/// The findings, in the order of the frameworks.
pub(super) fn findings(report: &Report, names: &Names) -> Vec<Value> {
    criteria(report)
        .filter_map(|criterion| finding(criterion, names))
        .collect()
}

fn finding(criterion: &CriterionResult, names: &Names) -> Option<Value> {
    let (state, reason) = match criterion.result {
        ResultKind::Exceptions => ("not-satisfied", "fail"),
        ResultKind::Supported => ("satisfied", "pass"),
        // Nobody tested: people said so, or AWS's own report does.
        ResultKind::Attested | ResultKind::Inherited => ("satisfied", "other"),
        ResultKind::Incomplete => return None,
    };
    let judged = || {
        criterion
            .standings
            .iter()
            .filter(|standing| standing.tally.discovered() + standing.unlisted > 0)
    };
    let failing = judged().filter(|standing| {
        standing.state == CheckState::Fails && standing.outcome == Counts::Verdict
    });
    let mut finding = json!({
        "uuid": names.finding(&criterion.id),
        "title": markup(&criterion.title),
        "description": markup(&criterion.statement),
        "props": [prop("result", criterion.result.name())],
        "target": {
            "type": "objective-id",
            "target-id": control(criterion),
            "status": { "state": state, "reason": reason },
        },
    });
    put(
        &mut finding,
        "related-observations",
        judged()
            .map(|standing| json!({ "observation-uuid": names.observation(&standing.check) }))
            .chain(attested::of_criterion(criterion, names))
            .collect(),
    );
    put(
        &mut finding,
        "related-risks",
        failing
            .map(|standing| json!({ "risk-uuid": names.risk("open", &standing.check) }))
            .collect(),
    );
    let says = [criterion.reasons.join(" "), criterion.limits.clone()].join(" ");
    if !says.trim().is_empty() {
        put_one(&mut finding, "remarks", json!(markup(&says)));
    }
    Some(finding)
}
