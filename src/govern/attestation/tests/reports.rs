//! Reviews of AWS's own report, held against what AWS lists.

use super::{SOUND, day, statement};
use crate::govern::attestation::provider::{Listing, Report, gap_days};
use crate::govern::attestation::standing::{Day, Needed, standings};
use crate::govern::attestation::{State, Statement};

const NEEDED: Needed<'_> = Needed {
    id: "access-review",
    max_age_days: 100,
    report_max_days: Some(365),
};

fn review(more: &str) -> Statement {
    let review = format!(
        "[review]\nreport_id = \"report-a\"\nreport_version = 1\nperiod_start = 2024-10-01\nperiod_end = 2025-09-30\n\
         opinion = \"unqualified\"\n{more}"
    );
    let text = SOUND.replacen("../documents/review.txt", "paper:safe 4", 1);
    statement("review", &format!("{text}{review}"))
}

fn listed(id: &str, version: i64, period: &str) -> Report {
    let (start, end) = period.split_once(' ').unwrap();
    Report {
        id: id.to_owned(),
        name: "SOC 2".to_owned(),
        version,
        period_start: Some(day(start)),
        period_end: Some(day(end)),
    }
}

const YEAR: &str = "2024-10-01 2025-09-30";
const HALF_YEAR_LATER: &str = "2025-04-01 2026-03-31";

fn state(statement: &Statement, listing: Option<&Listing>, on: &str) -> State {
    let day = Day {
        today: day(on),
        accounts: &[],
        listing,
    };
    let all = standings(std::slice::from_ref(statement), [NEEDED], day);
    all["access-review"].state.clone()
}

#[test]
fn a_review_of_the_newest_report_counts_however_old_that_is() {
    let listing = Listing::Read(vec![listed("report-a", 1, YEAR)]);
    let on = |day| state(&review(""), Some(&listing), day);
    assert_eq!(
        on("2026-11-01"),
        State::Current,
        "397 days after its period"
    );
}

#[test]
fn a_review_of_an_older_report_counts_for_a_year_after_what_is_covered() {
    let listing = Listing::Read(vec![
        listed("report-a", 1, YEAR),
        listed("report-b", 1, HALF_YEAR_LATER),
    ]);
    let outdated = |covers: &str| State::ReportOutdated {
        covers_until: day(covers),
        max_days: 365,
    };
    let on = |statement: &Statement, day| state(statement, Some(&listing), day);
    assert_eq!(on(&review(""), "2026-10-02"), outdated("2025-09-30"));
    let letter = format!(
        "bridge_letter_sha256 = \"{}\"\nbridge_letter_until = 2025-12-31\n",
        "a".repeat(64)
    );
    let bridged = review(&letter);
    assert_eq!(on(&bridged, "2026-10-02"), State::Current);
    assert_eq!(on(&bridged, "2026-12-31"), State::Current);
    assert_eq!(
        gap_days(bridged.review.as_ref().unwrap(), day("2026-12-31")),
        365
    );
}

#[test]
fn a_review_of_what_aws_lists_otherwise_does_not_count() {
    let with =
        |reports: Vec<Report>| state(&review(""), Some(&Listing::Read(reports)), "2026-11-01");
    assert_eq!(with(Vec::new()), State::ReportNotListed);
    assert_eq!(
        with(vec![listed("report-b", 1, YEAR)]),
        State::ReportNotListed
    );
    assert_eq!(
        with(vec![listed("report-a", 2, YEAR)]),
        State::ReportDiffers {
            what: "AWS lists version 2, and version 1 was reviewed".to_owned()
        }
    );
    assert_eq!(
        with(vec![listed("report-a", 1, HALF_YEAR_LATER)]),
        State::ReportDiffers {
            what: "AWS lists it for 2025-04-01 to 2026-03-31, and the review says 2024-10-01 to 2025-09-30"
                .to_owned()
        }
    );
}

#[test]
fn a_list_that_could_not_be_read_settles_nothing() {
    let why = "artifact:ListReports: denied".to_owned();
    let listing = Listing::Unread(why.clone());
    let state = state(&review(""), Some(&listing), "2026-11-01");
    assert_eq!(state, State::ReportUnconfirmed { why });
    assert!(
        state
            .remedy("aws-soc2-review")
            .unwrap()
            .contains("artifact:ListReports")
    );
}

#[test]
fn a_review_says_of_which_report() {
    let text = SOUND.replacen("../documents/review.txt", "paper:safe 4", 1);
    let unnamed = statement("review", &text);
    assert_eq!(state(&unnamed, None, "2026-11-01"), State::ReportNotNamed);
    // Beside a scan only its own dates speak.
    assert!(matches!(
        state(&review(""), None, "2026-11-01"),
        State::ReportOutdated { .. }
    ));
    assert_eq!(
        state(&review(""), None, "2026-10-02").name(),
        "report_outdated"
    );
}
