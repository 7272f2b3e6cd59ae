//! Waivers and responses over Acme's account: a waiver marks a failure, and moves nothing else.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

#[path = "support/schema.rs"]
mod schema;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use tieout::bundle::{Bundle, Folder};
use tieout::check::load::{Found, Known, load};
use tieout::check::{Check, Outcome};
use tieout::complaint::File;
use tieout::criteria::Frameworks;
use tieout::criteria::result::ResultKind;
use tieout::govern::marking::State;
use tieout::govern::{Governance, Kept, Kind};
use tieout::inventory::kinds;
use tieout::report::html::templates::Templates;
use tieout::report::{Report, Verdict, html, json, terminal};
use tieout::scan::{self, Collected, Rules};

/// Checks of a few services, so that Acme is judged in a moment: failures, unknowns and all the rest are among them.
const SERVICES: [&str; 4] = ["s3.", "stepfunctions.", "guardduty.", "securityhub."];

struct Acme {
    collected: Collected,
    judged: Vec<Check>,
    frameworks: Frameworks,
    day: Date,
}

static ACME: LazyLock<Acme> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle");
    let bundle = Bundle::open(Folder(folder)).unwrap();
    let files: Vec<Found> = bundle
        .rules()
        .unwrap()
        .into_iter()
        .filter(|rule| SERVICES.iter().any(|service| rule.id.starts_with(service)))
        .map(|rule| Found {
            id: rule.id,
            file: File::new(rule.file, rule.text),
        })
        .collect();
    let frameworks = Frameworks::embedded().unwrap();
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &|id| frameworks.known(id),
        config: None,
    };
    let judged = load(&files, known).unwrap_or_else(|complaints| panic!("{complaints}"));
    let collected = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(scan::replay(&bundle, &schema))
        .unwrap();
    Acme {
        day: TimeZone::UTC.to_datetime(collected.run.started).date(),
        collected,
        judged,
        frameworks,
    }
});

/// Acme judged, with these statements.
fn judged(files: Vec<Kept>) -> Report {
    let acme = &*ACME;
    let rules = Rules {
        judged: acme.judged.clone(),
        left_out: Vec::new(),
        schema: kinds::schema(),
        frameworks: acme.frameworks.clone(),
        inputs: Default::default(),
        governance: Governance::parse(files).unwrap_or_else(|complaints| panic!("{complaints}")),
    };
    scan::report(&acme.collected, &rules).unwrap()
}

static PLAIN: LazyLock<Report> = LazyLock::new(|| judged(Vec::new()));

/// A waiver, in days from the run.
#[derive(Debug, Clone)]
struct Stated {
    check: String,
    resource: String,
    approved: i64,
    expires: i64,
}

impl Stated {
    fn of(check: &str, resource: &str) -> Self {
        Self {
            check: check.to_owned(),
            resource: resource.to_owned(),
            approved: -5,
            expires: 20,
        }
    }

    fn kept(&self, id: &str) -> Kept {
        let day = |days: i64| ACME.day.checked_add(days.days()).unwrap();
        let text = format!(
            r#"check = "{}"
resource = "{}"
owner = "Jane Doe"
approver = "Sam Roe"
reason = "It is switched off in spring."
ticket = "RISK-12"
risk = "medium"
approved = {}
expires = {}
compensating = ["s3.blocks_public_access", "access-review", "nothing-of-ours"]
"#,
            self.check,
            self.resource,
            day(self.approved),
            day(self.expires),
        );
        Kept {
            kind: Kind::Waivers,
            file: File::new(format!("waivers/{id}.toml"), text),
        }
    }
}

fn of_outcome(outcome: Outcome) -> impl Iterator<Item = &'static Verdict> {
    let all = PLAIN.verdicts.iter();
    all.filter(move |verdict| verdict.outcome == outcome && verdict.resource.is_some())
}

/// A failure that decides criteria.
fn failing() -> &'static Verdict {
    of_outcome(Outcome::Fail)
        .find(|verdict| &*verdict.check == "stepfunctions.machine_logs")
        .unwrap()
}

fn arn(verdict: &Verdict) -> &str {
    verdict.resource.as_deref().unwrap()
}

/// The report in every form.
fn forms(report: &Report) -> (String, String, serde_json::Value) {
    let mut page = Vec::new();
    html::write(report, &Templates::embedded().unwrap(), &mut page).unwrap();
    let mut screen = Vec::new();
    terminal::write(report, &terminal::Options::default(), &mut screen).unwrap();
    let mut bytes = Vec::new();
    json::write(report, &mut bytes).unwrap();
    (
        String::from_utf8(page).unwrap(),
        String::from_utf8(screen).unwrap(),
        serde_json::from_slice(&bytes).unwrap(),
    )
}

#[test]
fn a_waived_failure_is_still_a_failure_in_every_form() {
    let fails = failing();
    let report = judged(vec![
        Stated::of(&fails.check, arn(fails)).kept("old-machine"),
    ]);
    let verdict = report
        .verdicts
        .iter()
        .find(|verdict| verdict.id == fails.id)
        .unwrap();
    assert_eq!(verdict.outcome, Outcome::Fail);
    assert_eq!(verdict.waiver.as_ref().unwrap().id, "old-machine");
    let (before, after) = (PLAIN.summary.outcomes, report.summary.outcomes);
    assert_eq!(after.tally.fail + 1, before.tally.fail);
    assert_eq!(after.tally.waived, 1);
    assert!(after.ties_out());

    let (page, screen, value) = forms(&report);
    assert_eq!(schema::errors(&value), [""; 0]);
    assert!(page.contains(&format!(
        "id=\"verdict-{}\" data-outcome=\"waived\"",
        fails.id
    )));
    assert!(page.contains("id=\"waiver-old-machine\""));
    for words in [
        "Jane Doe",
        "Sam Roe",
        "It is switched off in spring.",
        "RISK-12",
    ] {
        assert!(page.contains(words), "the page lacks {words}");
        assert!(
            screen.contains(words),
            "the terminal lacks {words}:\n{screen}"
        );
    }
    assert!(page.contains("20 days left"));
    assert!(
        screen.contains("waived failures, 1 failure that stays one"),
        "{screen}"
    );
    assert!(screen.contains("20 days"), "{screen}");
    assert!(
        screen.contains(
            "made up for by nothing-of-ours, which is neither a check nor an attestation"
        )
    );
    let waiver = &value["waivers"][0];
    assert_eq!(waiver["state"], "active");
    assert_eq!(waiver["applied"], 1);
    assert_eq!(waiver["compensating"][0]["is"], "check");
    assert_eq!(waiver["compensating"][1]["is"], "attestation");
    assert_eq!(waiver["compensating"][1]["state"], "is missing");
}

#[test]
fn an_expired_waiver_covers_nothing_and_is_told() {
    let fails = failing();
    let mut stated = Stated::of(&fails.check, arn(fails));
    (stated.approved, stated.expires) = (-40, -1);
    let report = judged(vec![stated.kept("old-machine")]);
    assert_eq!(report.summary.outcomes, PLAIN.summary.outcomes);
    assert_eq!(report.waivers[0].state, State::Expired);
    let (page, screen, value) = forms(&report);
    assert_eq!(schema::errors(&value), [""; 0]);
    let says = "The failure it names counts as a failure.";
    assert!(page.contains(says));
    assert!(screen.contains("waivers that cover nothing"), "{screen}");
    assert!(screen.contains("expired  old-machine"), "{screen}");
}

#[test]
fn an_unknown_is_never_waived() {
    let unknown = of_outcome(Outcome::Unknown).next().unwrap();
    let report = judged(vec![Stated::of(&unknown.check, arn(unknown)).kept("hope")]);
    assert_eq!(report.summary.outcomes, PLAIN.summary.outcomes);
    assert_eq!(report.waivers[0].state, State::Unmatched);
    assert!(
        report.waivers[0]
            .says
            .contains("is unknown, which is never waived"),
        "{}",
        report.waivers[0].says
    );
}

#[test]
fn a_waiver_of_what_is_not_there_and_of_no_check_is_told() {
    let report = judged(vec![
        Stated::of("stepfunctions.machine_logs", "arn:aws:states:*:gone").kept("gone"),
        Stated::of("stepfunctions.machine_logz", "arn:aws:states:*:gone").kept("typo"),
    ]);
    let states: Vec<_> = report
        .waivers
        .iter()
        .map(|it| (&*it.id, it.state))
        .collect();
    assert_eq!(
        states,
        [("typo", State::UnknownCheck), ("gone", State::Unmatched)]
    );
    assert!(
        report.waivers[1]
            .says
            .contains("names no resource that this run found")
    );
    assert_eq!(schema::errors(&forms(&report).2), [""; 0]);
}

/// Every failure of every check, waived: what failed is supported as far as nothing else stands in the way.
#[test]
fn with_every_failure_waived_nothing_is_an_exception() {
    let files = of_outcome(Outcome::Fail)
        .enumerate()
        .map(|(n, verdict)| Stated::of(&verdict.check, arn(verdict)).kept(&format!("w{n}")));
    let report = judged(files.collect());
    assert_eq!(report.summary.outcomes.tally.fail, 0);
    let kinds = |report: &Report, kind: ResultKind| {
        let all = report.criteria.iter();
        all.filter(|criterion| criterion.result == kind).count()
    };
    assert!(kinds(&PLAIN, ResultKind::Exceptions) > 0);
    assert_eq!(kinds(&report, ResultKind::Exceptions), 0);
    // No attestation is on record, so no criterion that needs one is supported, waived or not.
    for criterion in &report.criteria {
        let awaits = criterion.attestations.iter().any(|needed| !needed.current);
        assert!(
            !awaits || criterion.result != ResultKind::Supported,
            "{}",
            criterion.id
        );
    }
}

#[test]
fn a_response_changes_nothing_and_is_labelled() {
    let fails = failing();
    let text = format!(
        "check = '{}'\nauthor = 'Ann Poe'\nrole = 'CTO'\ndate = 2026-11-02\ntext = 'We <b>move</b> it.'\nroot_cause = 'Haste.'\n",
        fails.check
    );
    let report = judged(vec![Kept {
        kind: Kind::Responses,
        file: File::new("responses/machine.toml", text),
    }]);
    assert_eq!(
        serde_json::to_value(&report.verdicts).unwrap(),
        serde_json::to_value(&PLAIN.verdicts).unwrap()
    );
    assert_eq!(
        serde_json::to_value(&report.criteria).unwrap(),
        serde_json::to_value(&PLAIN.criteria).unwrap()
    );
    let (page, _, value) = forms(&report);
    assert_eq!(schema::errors(&value), [""; 0]);
    assert_eq!(value["responses"][0]["failures"], 1);
    let section = page.split("id=\"responses\"").nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    assert!(
        section.contains("Management’s statement; not part of the tests and not verified by them.")
    );
    assert!(section.contains("We &lt;b&gt;move&lt;/b&gt; it."));
}

#[test]
fn exceptions_made_in_aws_are_listed_with_the_calls_that_told() {
    let report = &*PLAIN;
    let of = |kind: &str| {
        report
            .suppressions
            .iter()
            .find(|it| it.kind == kind)
            .unwrap()
    };
    for kind in [
        "guardduty.suppression",
        "securityhub.suppression",
        "securityhub.disabled_control",
    ] {
        let found = of(kind);
        assert!(found.asked && found.discovered > 0, "{kind}");
        assert_eq!(found.discovered, found.members.len() as u64);
        assert!(
            found.members.iter().all(|member| member.call.is_some()),
            "{kind}"
        );
        let listed: u64 = report
            .populations
            .iter()
            .filter(|population| *population.kind == *kind)
            .map(|population| population.discovered)
            .sum();
        assert_eq!(found.discovered, listed, "{kind}");
    }
    let (page, ..) = forms(report);
    for member in &of("securityhub.suppression").members {
        assert!(page.contains(&*member.resource), "{}", member.resource);
    }
}

#[test]
fn whoever_has_two_roles_is_named() {
    let fails = failing();
    let mut both = Stated::of(&fails.check, arn(fails)).kept("mine");
    let text = both
        .file
        .text
        .replace("Jane Doe", " sam ROE ")
        .replace("\"Sam Roe\"", "\"Jane Doe\"");
    both.file = File::new("waivers/mine.toml", text);
    let report = judged(vec![
        both,
        Stated::of(&fails.check, arn(fails)).kept("yours"),
    ]);
    let overlaps: Vec<_> = report.segregation.iter().filter(|it| it.overlap).collect();
    assert_eq!(overlaps.len(), 2);
    assert_eq!(
        overlaps[1].says(),
        "sam ROE: owner (waiver mine); approver (waiver yours)."
    );
    assert!(
        report.segregation.iter().any(|person| !person.overlap),
        "the runner"
    );
}

/// Resources as somebody may name them: one, some, or one that is not there.
fn pattern() -> impl Strategy<Value = String> {
    let arns: Vec<String> = PLAIN
        .verdicts
        .iter()
        .filter_map(|verdict| verdict.resource.as_deref().map(str::to_owned))
        .collect();
    let one = prop::sample::select(arns);
    prop_oneof![
        one.clone(),
        one.prop_map(|arn| {
            // The resource alone is cut: a pattern that names none is refused.
            let named = arn.rmatch_indices(':').next().map_or(0, |(at, _)| at + 1);
            let kept = (arn.len() - named).div_ceil(2);
            format!("{}*", arn.get(..named + kept).unwrap_or(&arn))
        }),
        Just("arn:aws:s3:::*c*".to_owned()),
        Just("*a*".to_owned()),
        Just("arn:aws:s3:::nobodys".to_owned()),
    ]
}

fn stated() -> impl Strategy<Value = Stated> {
    let mut checks: Vec<String> = ACME.judged.iter().map(|check| check.id.clone()).collect();
    checks.push("s3.no_such_check".to_owned());
    (
        prop::sample::select(checks),
        pattern(),
        -120_i64..10,
        0_i64..140,
    )
        .prop_map(|(check, resource, approved, lasts)| Stated {
            check,
            resource,
            approved,
            expires: approved + lasts,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever people waive: every verdict stands where it stood with the outcome and the evidence it had, each
    /// population counts the same, and a failure at most becomes a waived one.
    #[test]
    fn waivers_move_failures_to_waived_and_nothing_else(
        waivers in prop::collection::vec(stated(), 0..12)
    ) {
        let files: Vec<Kept> = waivers
            .iter()
            .enumerate()
            .map(|(n, stated)| stated.kept(&format!("w{n}")))
            .collect();
        let report = judged(files);
        let told = |report: &Report| -> Vec<_> {
            report.verdicts.iter().map(|it| (it.id.clone(), it.outcome, it.evidence.len())).collect()
        };
        prop_assert_eq!(told(&report), told(&PLAIN));
        for (now, before) in report.checks.iter().zip(&PLAIN.checks) {
            let (now, before) = (now.outcomes, before.outcomes);
            prop_assert_eq!(now.discovered, before.discovered);
            prop_assert_eq!(now.unlisted, before.unlisted);
            prop_assert_eq!(now.tally.pass, before.tally.pass);
            prop_assert_eq!(now.tally.unknown, before.tally.unknown);
            prop_assert_eq!(now.tally.not_applicable, before.tally.not_applicable);
            prop_assert_eq!(now.tally.fail + now.tally.waived, before.tally.fail);
            prop_assert!(now.ties_out());
        }
        for verdict in &report.verdicts {
            prop_assert!(verdict.waiver.is_none() || verdict.outcome == Outcome::Fail);
        }
        prop_assert_eq!(report.waivers.len(), waivers.len(), "no waiver goes untold");
        let mut covered: BTreeMap<&str, u64> = BTreeMap::new();
        for waiver in report.verdicts.iter().filter_map(|verdict| verdict.waiver.as_ref()) {
            *covered.entry(&waiver.id).or_default() += 1;
        }
        for waiver in &report.waivers {
            prop_assert_eq!(waiver.applied, covered.get(&*waiver.id).copied().unwrap_or(0));
            prop_assert_eq!(waiver.applied > 0, waiver.state == State::Active);
            if waiver.applied > 0 {
                prop_assert!(waiver.days_left >= 0 && waiver.approved <= ACME.day);
            }
        }
    }
}
