//! How a waiver stands, in a sentence.

use jiff::civil::Date;

use crate::govern::marking::{Marked, Matched, State, days_between};
use crate::report::text::counted;

/// What came of a waiver, and what is to be done where something is.
pub(super) fn waiver(marked: &Marked<'_>, day: Date) -> String {
    let waiver = marked.waiver;
    let mut says = match marked.state {
        State::Active => format!(
            "It covers {} for {}, until {}.",
            failures(marked.applied),
            days(days_between(day, waiver.terms.expires)),
            waiver.terms.expires
        ),
        State::Unmatched => unmatched(marked),
        State::LeftOut => format!(
            "{} was left out of this run, so what it would cover is not known.",
            waiver.check
        ),
        State::NotYetInForce => format!(
            "It counts from {}. {}",
            waiver.counts_from(),
            uncovered(marked.matched)
        ),
        State::Expired => format!(
            "It expired on {}. {}",
            waiver.terms.expires,
            uncovered(marked.matched)
        ),
        State::TooLong => format!(
            "It is to last {}, and a waiver of this check may last {}. {}",
            days(days_between(waiver.terms.from, waiver.terms.expires)),
            days(i64::from(marked.max_days.unwrap_or(0))),
            uncovered(marked.matched)
        ),
        State::Revoked => match waiver.terms.revoked {
            Some(day) => format!("It was taken back on {day}. {}", uncovered(marked.matched)),
            None => "It was taken back.".to_owned(),
        },
        State::Superseded => match marked.superseded_by {
            Some(other) => format!("The waiver {other} took its place."),
            None => "Another waiver took its place.".to_owned(),
        },
        State::UnknownCheck => format!("There is no check {}.", waiver.check),
    };
    if waiver.is_retroactive() {
        says.push_str(&format!(
            " Retroactive: it was to count from {}, and was approved on {}; it counts from its approval on.",
            waiver.terms.from, waiver.terms.approved
        ));
    }
    says
}

/// Why a waiver that counts covers nothing.
fn unmatched(marked: &Marked<'_>) -> String {
    let matched = marked.matched;
    if matched.resources() == 0 {
        return "It names no resource that this run found for its check; nothing is left to waive, or the pattern is wrong."
            .to_owned();
    }
    if matched.fail > 0 {
        return "Every failure it names is covered by a waiver that was approved later.".to_owned();
    }
    let mut what = Vec::new();
    for (count, words) in [
        (matched.pass, "passes"),
        (matched.unknown, "is unknown, which is never waived"),
        (matched.not_applicable, "does not apply"),
    ] {
        if count > 0 {
            what.push(format!(
                "for {} its check {words}",
                counted(count, "resource", "resources")
            ));
        }
    }
    format!("It covers no failure: {}.", what.join(", "))
}

/// What a waiver that does not count leaves as it is.
fn uncovered(matched: Matched) -> String {
    match matched.fail {
        0 => "Nothing that it names fails.".to_owned(),
        1 => "The failure it names counts as a failure.".to_owned(),
        count => format!("The {count} failures it names count as failures."),
    }
}

fn failures(count: u64) -> String {
    counted(count, "failure", "failures")
}

fn days(count: i64) -> String {
    counted(count.unsigned_abs(), "day", "days")
}
