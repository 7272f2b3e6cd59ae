//! Verdicts of one check: in full what needs attention, in short what passes, counted what nobody reads.

use serde::Serialize;

use super::evidence::{Told, told};
use super::{lines, shown, stated_anchor};
use crate::check::{Counts, Outcome};
use crate::report::answers::{self, Answers};
use crate::report::html::cite::Citations;
use crate::report::text::{counted, number};
use crate::report::{Check, Report, StatedResponse, Verdict};

/// Up to so many verdicts a page prints each with all there is to say: a browser opens that in a moment.
const ALL: usize = 20_000;
/// On a larger page, how many verdicts of one check that need attention are printed in full, at the most; the rest is in
/// short. All checks share what a page holds, so that it stays a page that opens however many checks there are.
const ATTENTION: usize = 100;
/// And how many that pass, or do not apply; the rest is counted, and `report.json` has it.
const CALM: usize = 50;

/// How much of each check a page prints.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    attention: usize,
    calm: usize,
}

impl Limits {
    pub(super) fn of(report: &Report) -> Self {
        if report.verdicts.len() <= ALL {
            Self {
                attention: ALL,
                calm: ALL,
            }
        } else {
            let share = |of: usize, most: usize| (of / report.checks.len().max(1)).clamp(5, most);
            Self {
                attention: share(ALL, ATTENTION),
                calm: share(ALL / 2, CALM),
            }
        }
    }
}

#[derive(Serialize)]
pub(super) struct Verdicts {
    /// What fails, is unknown or is waived, in this order.
    attention: Vec<VerdictView>,
    /// The rest of it.
    more: Vec<VerdictView>,
    more_count: String,
    pass: Rest,
    not_applicable: Rest,
    /// How many verdicts are not on the page.
    folded: usize,
}

/// Verdicts that need no attention.
#[derive(Serialize)]
struct Rest {
    count: Option<String>,
    verdicts: Vec<VerdictView>,
    /// How many more there are.
    folded: Option<String>,
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
    told: Vec<Told>,
    waiver: Option<WaiverView>,
    responses: Vec<ResponseView>,
}

/// What management says of a failure, in short: the section of responses has the rest.
#[derive(Serialize)]
struct ResponseView {
    label: &'static str,
    anchor: String,
    id: String,
    author: String,
    role: String,
    date: String,
}

#[derive(Serialize)]
struct WaiverView {
    anchor: String,
    id: String,
    owner: String,
    approver: String,
    reason: String,
    ticket: String,
    expires: String,
    days: String,
    retroactive: bool,
}

pub(super) fn verdicts(
    found: &[Verdict],
    check: &Check,
    limits: Limits,
    answers: &Answers<'_>,
    citations: &mut Citations,
) -> Verdicts {
    let of = |outcome: Outcome, waived: bool| {
        found
            .iter()
            .filter(move |v| v.outcome == outcome && v.waiver.is_some() == waived)
    };
    let mut attention: Vec<VerdictView> = of(Outcome::Fail, false)
        .chain(of(Outcome::Unknown, false))
        .chain(of(Outcome::Fail, true))
        .map(|found| verdict(found, check, answers, citations))
        .collect();
    let more = attention.split_off(attention.len().min(limits.attention));
    let mut calm = |outcome| {
        let found: Vec<_> = of(outcome, false).collect();
        let folded = found.len().saturating_sub(limits.calm);
        let shown = found.iter().take(limits.calm);
        let rest = Rest {
            count: (!found.is_empty()).then(|| number(found.len() as u64)),
            folded: (folded > 0).then(|| number(folded as u64)),
            verdicts: shown
                .map(|found| verdict(found, check, answers, citations))
                .collect(),
        };
        (rest, folded)
    };
    let (pass, passing) = calm(Outcome::Pass);
    let (not_applicable, others) = calm(Outcome::NotApplicable);
    Verdicts {
        attention,
        more_count: number(more.len() as u64),
        more,
        pass,
        not_applicable,
        folded: passing + others,
    }
}

fn verdict(
    found: &Verdict,
    check: &Check,
    answers: &Answers<'_>,
    citations: &mut Citations,
) -> VerdictView {
    let (outcome, label) = match found.outcome {
        Outcome::Fail if found.waiver.is_some() => ("waived", "waived"),
        Outcome::Fail if check.outcome == Counts::Population => ("fail", "review"),
        Outcome::Fail => ("fail", "fail"),
        Outcome::Pass => ("pass", "pass"),
        Outcome::Unknown => ("unknown", "unknown"),
        Outcome::NotApplicable => ("not_applicable", "not applicable"),
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
        told: told(&found.evidence, citations),
        waiver: found.waiver.as_ref().map(|waiver| WaiverView {
            anchor: stated_anchor("waiver", &waiver.id),
            id: shown(&waiver.id),
            owner: shown(&waiver.owner),
            approver: shown(&waiver.approver),
            reason: lines(&waiver.reason),
            ticket: shown(&waiver.ticket),
            expires: waiver.expires.to_string(),
            days: counted(waiver.days_left.unsigned_abs(), "day left", "days left"),
            retroactive: waiver.retroactive,
        }),
        responses: answers
            .to(found)
            .iter()
            .map(|said| response(said))
            .collect(),
    }
}

fn response(said: &StatedResponse) -> ResponseView {
    ResponseView {
        label: answers::LABEL,
        anchor: stated_anchor("response", &said.id),
        id: shown(&said.id),
        author: shown(&said.said.author),
        role: shown(&said.said.role),
        date: said.said.date.to_string(),
    }
}
