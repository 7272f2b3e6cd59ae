//! What rests on AWS's own controls: its SOC 2 report, and the reviews of it.

use serde::Serialize;

use super::attested::attestation_anchor;
use super::{check_anchor, criterion_anchor, shown};
use crate::govern::attestation::provider;
use crate::report::attested::{Answer, Answered, Review};
use crate::report::html::cite::Citations;
use crate::report::text::counted;
use crate::report::{Inherited, Report};

#[derive(Serialize)]
pub(crate) struct InheritedView {
    criteria: Vec<Link>,
    unread: Option<String>,
    newest: Option<String>,
    gap: Option<String>,
    reports: Vec<ReportView>,
    calls: Vec<usize>,
    reviews: Vec<ReviewView>,
}

#[derive(Serialize)]
struct Link {
    anchor: String,
    label: String,
}

#[derive(Serialize)]
struct ReportView {
    id: String,
    name: String,
    version: i64,
    period: String,
}

#[derive(Serialize)]
struct ReviewView {
    anchor: String,
    attestation: String,
    state: String,
    class: &'static str,
    why: Option<String>,
    reviewed: Option<Reviewed>,
    controls: Vec<Control>,
}

#[derive(Serialize)]
struct Reviewed {
    report: String,
    period: String,
    opinion: String,
    exceptions: Vec<String>,
    letter: Option<String>,
    letter_until: Option<String>,
    gap: String,
    max_gap: String,
}

#[derive(Serialize)]
struct Control {
    control: String,
    answers: Vec<AnswerView>,
}

#[derive(Serialize)]
struct AnswerView {
    anchor: Option<String>,
    id: String,
    state: String,
    class: &'static str,
}

pub(super) fn inherited(report: &Report, citations: &mut Citations) -> Option<InheritedView> {
    let inherited = report.inherited.as_ref()?;
    let link = |id: &String| Link {
        anchor: criterion_anchor(id, false),
        label: shown(&id.replace(':', " ")),
    };
    let listed = inherited.reports.iter().flatten();
    Some(InheritedView {
        criteria: inherited.criteria.iter().map(link).collect(),
        unread: inherited.unread.as_deref().map(shown),
        newest: newest(inherited),
        gap: inherited.newest_gap_days.map(days),
        reports: listed.map(report_view).collect(),
        calls: inherited
            .calls
            .iter()
            .map(|call| citations.cite(call))
            .collect(),
        reviews: inherited.reviews.iter().map(review_view).collect(),
    })
}

fn newest(inherited: &Inherited) -> Option<String> {
    let id = inherited.newest.as_ref()?;
    let mut listed = inherited.reports.iter().flatten();
    let report = listed.find(|report| report.id == *id)?;
    Some(shown(&report.name))
}

fn days(count: i32) -> String {
    u64::try_from(count).map_or_else(|_| "none".to_owned(), |count| counted(count, "day", "days"))
}

fn report_view(report: &provider::Report) -> ReportView {
    let day = |day: Option<jiff::civil::Date>| {
        day.map_or_else(|| "not told".to_owned(), |day| day.to_string())
    };
    ReportView {
        id: shown(&report.id),
        name: shown(&report.name),
        version: report.version,
        period: format!("{} to {}", day(report.period_start), day(report.period_end)),
    }
}

fn review_view(review: &Review) -> ReviewView {
    let reviewed = review.review.as_ref().map(|said| Reviewed {
        report: format!("{} version {}", shown(&said.report_id), said.report_version),
        period: format!("{} to {}", said.period_start, said.period_end),
        opinion: shown(&said.opinion),
        exceptions: said
            .exceptions_noted
            .iter()
            .map(|text| shown(text))
            .collect(),
        letter: said.bridge_letter_sha256.clone(),
        letter_until: said.bridge_letter_until.map(|day| day.to_string()),
        gap: review
            .gap_days
            .map_or_else(String::new, |gap| counted(u64::from(gap), "day", "days")),
        max_gap: max_gap(review),
    });
    ReviewView {
        anchor: attestation_anchor(&review.attestation),
        attestation: shown(&review.attestation),
        state: review.state.replace('_', " "),
        class: if review.state == "current" {
            "attested"
        } else {
            "unknown"
        },
        why: review.why.as_deref().map(shown),
        reviewed,
        controls: review.user_entity_controls.iter().map(control).collect(),
    }
}

/// For how many days the review counts, and what that is by default.
fn max_gap(review: &Review) -> String {
    let days = counted(u64::from(review.max_gap_days), "day", "days");
    if review.max_gap_days == review.default_max_gap_days {
        return days;
    }
    format!(
        "{days} (changed in tieout.toml; {} by default)",
        review.default_max_gap_days
    )
}

fn control(answered: &Answered) -> Control {
    Control {
        control: shown(&answered.control),
        answers: answered.answered_by.iter().map(answer).collect(),
    }
}

fn answer(answer: &Answer) -> AnswerView {
    let anchor = match answer.kind {
        "check" => Some(check_anchor(&answer.id)),
        "attestation" => Some(attestation_anchor(&answer.id)),
        _other => None,
    };
    AnswerView {
        anchor,
        id: shown(&answer.id),
        state: answer.state.replace('_', " "),
        class: match answer.state {
            "passes" => "pass",
            "fails" => "fail",
            "current" => "attested",
            _other => "unknown",
        },
    }
}
