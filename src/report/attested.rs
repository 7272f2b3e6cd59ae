//! What people attested, and what rests on AWS's own controls, as the report shows it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::{Check, Population};
use crate::criteria::Frameworks;
use crate::criteria::tally::CheckState;
use crate::govern::Limits;
use crate::govern::attestation::provider::{self, Listing};
use crate::govern::attestation::standing::Stands;
use crate::govern::attestation::{self, Standing, Standings};
use crate::inventory::Source;
use crate::inventory::run::Run;

/// One attestation: what people are to state, and what they stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attestation {
    /// Its id: `access-review`.
    pub id: String,
    /// What is stated.
    pub what: String,
    /// The document that is meant.
    pub document: String,
    /// For how many days a statement counts.
    pub max_age_days: u32,
    /// The criteria that need it, by id.
    pub criteria: Vec<String>,
    /// How it stands on the day of the run, in one word: `current`, `missing`, `expired`, …
    pub state: &'static str,
    /// Whether it counts.
    pub current: bool,
    /// Why it does not, to follow "it".
    pub why: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
    /// Name of the statement that speaks for it; none where there is none.
    pub by: Option<String>,
    /// Days from the run to the last day it counts, where these are few.
    pub ends_in_days: Option<i32>,
    /// Its statements, the one made last first.
    pub statements: Vec<Statement>,
}

/// One statement, with all that its file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// As its file has it.
    #[serde(flatten)]
    pub statement: attestation::Statement,
    /// How it stands on the day of the run, in one word.
    pub state: &'static str,
    /// Why it does not count, to follow "it".
    pub why: Option<String>,
    /// The last day it counts: as stated, and no later than its kind allows.
    pub counts_until: Date,
}

/// What rests on AWS's own controls: its SOC 2 report, and people's reviews of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inherited {
    /// The criteria that need a review of it, by id.
    pub criteria: Vec<String>,
    /// AWS's published SOC 2 reports, as AWS Artifact lists them; none where it could not be asked for all.
    pub reports: Option<Vec<provider::Report>>,
    /// Why it could not.
    pub unread: Option<String>,
    /// The calls that listed them.
    pub calls: Vec<Source>,
    /// Id of the one whose period ends last.
    pub newest: Option<String>,
    /// Days between the end of its period and the run.
    pub newest_gap_days: Option<i32>,
    /// People's reviews of it, by attestation.
    pub reviews: Vec<Review>,
}

/// One review of AWS's report: an attestation and what it says of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// The attestation.
    pub attestation: String,
    /// How it stands, in one word.
    pub state: &'static str,
    /// Why it does not count, to follow "it".
    pub why: Option<String>,
    /// Name of the statement; none where there is none, or where it does not tell of a report.
    pub statement: Option<String>,
    /// What was reviewed.
    pub review: Option<attestation::Review>,
    /// The last day that the report, or the letter after it, covers.
    pub covers_until: Option<Date>,
    /// Days between that day and the run.
    pub gap_days: Option<u32>,
    /// For how many of them the review counts once AWS lists a newer report.
    pub max_gap_days: u32,
    /// The same where `tieout.toml` does not say otherwise.
    pub default_max_gap_days: u32,
    /// The controls that AWS's report expects of its customers, and how what answers them stands now.
    pub user_entity_controls: Vec<Answered>,
}

/// A control that AWS's report expects of its customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// In a few words.
    pub control: String,
    /// What answers it.
    pub answered_by: Vec<Answer>,
}

/// A check or an attestation that answers a control, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Its id.
    pub id: String,
    /// `check`, `attestation`, or `nothing` where this run knows neither.
    pub kind: &'static str,
    /// How it stands, in one word.
    pub state: &'static str,
}

/// Every attestation, by id.
pub(super) fn attestations(frameworks: &Frameworks, attested: &Standings) -> Vec<Attestation> {
    let missing = Standing::missing();
    let one = |known: &crate::criteria::Attestation| {
        let standing = attested.get(&known.id).unwrap_or(&missing);
        let by = standing.by.as_ref();
        Attestation {
            id: known.id.clone(),
            what: known.what.clone(),
            document: known.document.clone(),
            max_age_days: known.max_age_days,
            criteria: frameworks
                .criteria_of(&known.id)
                .map(str::to_owned)
                .collect(),
            state: standing.state.name(),
            current: standing.state.is_current(),
            why: standing.state.why(),
            remedy: standing.state.remedy(&known.id),
            by: by.map(|by| by.statement.name.clone()),
            ends_in_days: standing.ends_in_days,
            statements: standing.all.iter().map(statement).collect(),
        }
    };
    frameworks.attestations().map(one).collect()
}

fn statement(stands: &Stands) -> Statement {
    Statement {
        statement: stands.statement.clone(),
        state: stands.state.name(),
        why: stands.state.why(),
        counts_until: stands.counts_until,
    }
}

/// What the section on AWS's own controls is made of.
pub(super) struct Basis<'a> {
    pub(super) frameworks: &'a Frameworks,
    pub(super) attested: &'a Standings,
    pub(super) listing: Listing,
    pub(super) run: &'a Run,
    pub(super) checks: &'a [Check],
    pub(super) populations: &'a [Population],
    pub(super) limits: &'a Limits,
}

/// What rests on AWS's own controls; nothing where no criterion needs a review of its report.
pub(super) fn inherited(basis: &Basis<'_>) -> Option<Inherited> {
    let today = TimeZone::UTC.to_datetime(basis.run.started).date();
    let reviewed: Vec<_> = basis
        .frameworks
        .attestations()
        .filter_map(|known| Some((known, known.report_max_days?)))
        .collect();
    if reviewed.is_empty() {
        return None;
    }
    let needs = |criterion: &&crate::criteria::Criterion| {
        let mut needed = criterion.attestations.iter();
        needed.any(|needed| needed.report_max_days.is_some())
    };
    let newest = basis.listing.newest();
    let ended = newest.and_then(|report| report.period_end);
    let listed = |population: &&Population| population.kind.as_ref() == "artifact.report";
    let calls = basis.populations.iter().filter(listed);
    Some(Inherited {
        criteria: basis
            .frameworks
            .criteria()
            .filter(needs)
            .map(|criterion| criterion.id.clone())
            .collect(),
        newest: newest.map(|report| report.id.clone()),
        newest_gap_days: ended.and_then(|end| Some(today.since(end).ok()?.get_days())),
        calls: calls.flat_map(|listed| listed.calls.clone()).collect(),
        unread: match &basis.listing {
            Listing::Read(_) => None,
            Listing::Unread(why) => Some(why.clone()),
        },
        reports: match &basis.listing {
            Listing::Read(reports) => Some(reports.clone()),
            Listing::Unread(_) => None,
        },
        reviews: reviewed
            .into_iter()
            .map(|(known, default)| review(&known.id, default, today, basis))
            .collect(),
    })
}

fn review(id: &str, default: u32, today: Date, basis: &Basis<'_>) -> Review {
    let missing = Standing::missing();
    let standing = basis.attested.get(id).unwrap_or(&missing);
    let by = standing.by.as_ref().map(|by| &by.statement);
    let review = by.and_then(|statement| statement.review.clone());
    let controls = review
        .iter()
        .flat_map(|review| &review.user_entity_controls);
    let answered = controls.map(|control| Answered {
        control: control.control.clone(),
        answered_by: control
            .answered_by
            .iter()
            .map(|id| answer(id, basis))
            .collect(),
    });
    Review {
        attestation: id.to_owned(),
        state: standing.state.name(),
        why: standing.state.why(),
        statement: by.map(|statement| statement.name.clone()),
        covers_until: review.as_ref().map(attestation::Review::covers_until),
        gap_days: review
            .as_ref()
            .map(|review| provider::gap_days(review, today)),
        max_gap_days: basis.limits.report_days(default),
        default_max_gap_days: default,
        user_entity_controls: answered.collect(),
        review,
    }
}

fn answer(id: &str, basis: &Basis<'_>) -> Answer {
    let check = basis.checks.iter().find(|check| *check.id == *id);
    let (kind, state) = match (check, basis.frameworks.attestation(id)) {
        (Some(check), _) => ("check", check_state(check.state)),
        (None, Some(_)) => {
            let standing = basis.attested.get(id);
            let state = standing.map_or("missing", |standing| standing.state.name());
            ("attestation", state)
        }
        (None, None) => ("nothing", "not_known"),
    };
    Answer {
        id: id.to_owned(),
        kind,
        state,
    }
}

/// As `report.json` spells it.
fn check_state(state: CheckState) -> &'static str {
    match state {
        CheckState::Fails => "fails",
        CheckState::LeftOut => "left_out",
        CheckState::Undecided => "undecided",
        CheckState::Passes => "passes",
        CheckState::NothingToJudge => "nothing_to_judge",
    }
}
