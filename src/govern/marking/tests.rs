//! Each state of a waiver, on the day it comes and the day it goes.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::{Marking, State};
use crate::check::load::{Found, Known, load};
use crate::check::{About, Check, Outcome, Verdict};
use crate::complaint::File;
use crate::govern::{Governance, Kept, Kind};
use crate::inventory::{Gap, Place, Reason, Resource, kinds};

const CHECK: &str = r#"
title    = "Bucket keeps versions"
severity = "high"
resource = "s3.bucket"
criteria = []
was      = ["s3.versioned"]
require  = "bucket.name != ''"
why      = "Because."
fix      = "Do it."

[[example]]
name   = "it has one"
expect = "pass"
given.bucket.name = "site"

[[example]]
name   = "it has none"
expect = "fail"
given.bucket.name = ""
"#;

fn checks() -> Vec<Check> {
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &|_| Ok(()),
        config: None,
    };
    let found = Found {
        id: "s3.versioning".to_owned(),
        file: File::new("checks/s3/versioning.toml", CHECK),
    };
    load(&[found], known).unwrap_or_else(|complaints| panic!("{complaints}"))
}

/// A waiver that is sound on 2026-11-24, with more lines.
fn waiver(id: &str, resource: &str, more: &str) -> Kept {
    let text = format!(
        r#"check = "s3.versioning"
resource = "{resource}"
owner = "Jane Doe"
approver = "Sam Roe"
reason = "It holds what can be made again."
ticket = "RISK-1"
risk = "low"
approved = 2026-11-01
expires = 2026-12-31
{more}
"#
    );
    kept(id, &text)
}

fn kept(id: &str, text: &str) -> Kept {
    Kept {
        kind: Kind::Waivers,
        file: File::new(format!("waivers/{id}.toml"), text),
    }
}

fn governed(files: Vec<Kept>) -> Governance {
    Governance::parse(files).unwrap_or_else(|complaints| panic!("{complaints}"))
}

fn bucket(name: &str, region: &str) -> Resource {
    Resource {
        arn: format!("arn:aws:s3:::{name}").into(),
        name: name.into(),
        account: "111122223333".into(),
        region: region.into(),
        fields: Box::from([]),
    }
}

/// Each waiver, how it stands, and how many failures it covers.
type Standing = Vec<(String, State, u64)>;

/// Who covers what, and how each waiver stands, on that day, over these buckets.
fn told(
    governance: &Governance,
    day: Date,
    buckets: &[(&str, Outcome)],
) -> (Vec<Option<String>>, Standing) {
    let checks = checks();
    let mut marking = Marking::new(governance, &checks, &[], day);
    let mut covered = Vec::new();
    for (name, outcome) in buckets {
        let found = bucket(name, "eu-west-1");
        let place = Place {
            kind: "s3.bucket".into(),
            account: found.account.clone(),
            region: found.region.clone(),
        };
        let verdict = Verdict {
            check: &checks[0],
            place: &place,
            about: About::Resource(&found),
            outcome: *outcome,
            evidence: Vec::new(),
        };
        covered.push(marking.covers(&verdict).map(|waiver| waiver.id.clone()));
    }
    let states = marking.finish();
    let states = states
        .iter()
        .map(|marked| (marked.waiver.id.clone(), marked.state, marked.applied));
    (covered, states.collect())
}

/// The state of one waiver of the failing bucket `site`.
fn state(kept: Kept, day: Date) -> (State, u64) {
    let governance = governed(vec![kept]);
    let (covered, states) = told(&governance, day, &[("site", Outcome::Fail)]);
    let (_, state, applied) = states[0].clone();
    assert_eq!(covered[0].is_some(), applied == 1, "what counts covers");
    (state, applied)
}

const TODAY: Date = date(2026, 11, 24);
const SITE: &str = "arn:aws:s3:::site";

#[test]
fn a_waiver_counts_from_its_day_to_its_last_day() {
    let on = |day| state(waiver("w", SITE, ""), day);
    assert_eq!(on(date(2026, 10, 31)), (State::NotYetInForce, 0));
    assert_eq!(on(date(2026, 11, 1)), (State::Active, 1));
    assert_eq!(on(date(2026, 12, 31)), (State::Active, 1));
    assert_eq!(on(date(2027, 1, 1)), (State::Expired, 0));
}

#[test]
fn nobody_accepts_before_they_approve() {
    let kept = || waiver("w", SITE, "from = 2026-10-15");
    assert_eq!(state(kept(), date(2026, 10, 20)), (State::NotYetInForce, 0));
    assert_eq!(state(kept(), TODAY), (State::Active, 1));
}

#[test]
fn it_may_last_as_long_as_the_severity_allows() {
    let text = |expires: &str| {
        let kept = waiver("w", SITE, "");
        let text = kept.file.text.replace("2026-12-31", expires);
        super::tests::kept("w", &text)
    };
    // Ninety days from the first of November.
    assert_eq!(state(text("2027-01-30"), TODAY), (State::Active, 1));
    assert_eq!(state(text("2027-01-31"), TODAY), (State::TooLong, 0));
    let limits = Kept {
        kind: Kind::Limits,
        file: File::new("tieout.toml", "[max_days]\nhigh = 91\n"),
    };
    let governance = governed(vec![text("2027-01-31"), limits]);
    let (covered, _) = told(&governance, TODAY, &[("site", Outcome::Fail)]);
    assert_eq!(covered, [Some("w".to_owned())]);
}

#[test]
fn one_that_is_taken_back_counts_no_more() {
    let kept = || waiver("w", SITE, "revoked = 2026-11-20");
    assert_eq!(state(kept(), date(2026, 11, 19)), (State::Active, 1));
    assert_eq!(state(kept(), date(2026, 11, 20)), (State::Revoked, 0));
}

#[test]
fn one_whose_place_another_took_counts_until_that_day() {
    let newer = waiver(
        "newer",
        "arn:aws:s3:::elsewhere",
        "from = 2026-11-20\nsupersedes = ['older']",
    );
    let governance = governed(vec![newer, waiver("older", SITE, "")]);
    let on = |day| told(&governance, day, &[("site", Outcome::Fail)]).0;
    assert_eq!(on(date(2026, 11, 19)), [Some("older".to_owned())]);
    assert_eq!(on(date(2026, 11, 20)), [None]);
}

#[test]
fn only_a_failure_is_waived() {
    let outcomes = [
        ("site-a", Outcome::Pass),
        ("site-b", Outcome::Fail),
        ("site-c", Outcome::Unknown),
        ("site-d", Outcome::NotApplicable),
    ];
    let governance = governed(vec![waiver("w", "arn:aws:s3:::site-?", "")]);
    let (covered, states) = told(&governance, TODAY, &outcomes);
    assert_eq!(covered, [None, Some("w".to_owned()), None, None]);
    assert_eq!(states, [("w".to_owned(), State::Active, 1)]);
}

#[test]
fn what_could_not_be_listed_is_not_waived() {
    let checks = checks();
    let governance = governed(vec![waiver("w", "arn:aws:s3:::*a*", "")]);
    let mut marking = Marking::new(&governance, &checks, &[], TODAY);
    let place = Place {
        kind: "s3.bucket".into(),
        account: "111122223333".into(),
        region: "eu-west-1".into(),
    };
    let gap = Arc::new(Gap {
        service: "s3".into(),
        operation: "ListBuckets".into(),
        account: place.account.to_string(),
        region: place.region.to_string(),
        parameters: String::new(),
        reason: Reason::Denied,
        code: None,
        message: String::new(),
        request_id: None,
        action: "s3:ListAllMyBuckets".into(),
    });
    let verdict = Verdict {
        check: &checks[0],
        place: &place,
        about: About::Unlisted(&gap),
        outcome: Outcome::Unknown,
        evidence: Vec::new(),
    };
    assert!(marking.covers(&verdict).is_none());
    assert_eq!(marking.finish()[0].state, State::Unmatched);
}

#[test]
fn a_waiver_without_a_failure_is_unmatched_and_says_what_it_met() {
    let governance = governed(vec![
        waiver("gone", "arn:aws:s3:::gone", ""),
        waiver("mended", SITE, ""),
    ]);
    let checks = checks();
    let mut marking = Marking::new(&governance, &checks, &[], TODAY);
    let found = bucket("site", "eu-west-1");
    let place = Place {
        kind: "s3.bucket".into(),
        account: found.account.clone(),
        region: found.region.clone(),
    };
    let verdict = Verdict {
        check: &checks[0],
        place: &place,
        about: About::Resource(&found),
        outcome: Outcome::Pass,
        evidence: Vec::new(),
    };
    assert!(marking.covers(&verdict).is_none());
    let states = marking.finish();
    assert_eq!(states[0].waiver.id, "gone");
    assert_eq!(states[0].matched.resources(), 0);
    assert_eq!(states[1].matched.pass, 1);
    assert!(states.iter().all(|it| it.state == State::Unmatched));
}

#[test]
fn a_former_id_is_the_check_and_an_unknown_one_is_told() {
    let renamed = |id: &str| {
        let kept = waiver("w", SITE, "");
        let text = kept.file.text.replace("s3.versioning", id);
        super::tests::kept("w", &text)
    };
    assert_eq!(state(renamed("s3.versioned"), TODAY), (State::Active, 1));
    assert_eq!(
        state(renamed("s3.version"), TODAY),
        (State::UnknownCheck, 0)
    );
}

#[test]
fn a_check_that_is_left_out_leaves_its_waivers_open() {
    let checks = checks();
    let governance = governed(vec![waiver("w", SITE, "")]);
    let marking = Marking::new(&governance, &[], &checks, TODAY);
    assert_eq!(marking.finish()[0].state, State::LeftOut);
}

#[test]
fn account_and_region_narrow_it() {
    let on = |more: &str| state(waiver("w", SITE, more), TODAY).0;
    assert_eq!(on("account = '111122223333'"), State::Active);
    assert_eq!(on("account = '444455556666'"), State::Unmatched);
    assert_eq!(on("region = 'eu-west-1'"), State::Active);
    assert_eq!(on("region = 'us-east-1'"), State::Unmatched);
}

#[test]
fn of_two_the_one_approved_last_covers() {
    let newer = {
        let kept = waiver("newer", "arn:aws:s3:::si*", "");
        let text = kept.file.text.replace("2026-11-01", "2026-11-10");
        super::tests::kept("newer", &text)
    };
    for files in [
        vec![newer.clone(), waiver("older", SITE, "")],
        vec![waiver("older", SITE, ""), newer],
    ] {
        let (covered, states) = told(&governed(files), TODAY, &[("site", Outcome::Fail)]);
        assert_eq!(covered, [Some("newer".to_owned())]);
        assert!(states.contains(&("older".to_owned(), State::Unmatched, 0)));
    }
}
