//! What becomes of a waiver, and of what it waives.

use tieout::check::Outcome;
use tieout::complaint::File;
use tieout::criteria::result::ResultKind;
use tieout::govern::marking::State;
use tieout::report::Report;

use crate::acme::{PLAIN, Stated, arn, failing, forms, judged, of_outcome};
use crate::schema;

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
fn a_reason_of_several_lines_is_shown_in_lines_and_nothing_in_it_acts() {
    let fails = failing();
    let mut kept = Stated::of(&fails.check, arn(fails)).kept("old-machine");
    let text = kept.file.text.replace(
        "\"It is switched off in spring.\"",
        "\"It is switched off in spring.\\nUntil then <b>nobody</b>\\u001b[2J uses it.\"",
    );
    kept.file = File::new("waivers/old-machine.toml", text);
    let report = judged(vec![kept]);
    let (page, screen, value) = forms(&report);
    let shown =
        "It is switched off in spring.\nUntil then &lt;b&gt;nobody&lt;/b&gt;\\u{1b}[2J uses it.";
    assert_eq!(
        page.matches(shown).count(),
        2,
        "with the waiver and with the failure"
    );
    assert!(
        !page.contains("spring.\\n"),
        "a line break is none of two characters"
    );
    let lines =
        "    It is switched off in spring.\n    Until then <b>nobody</b>\\u{1b}[2J uses it.\n";
    assert!(screen.contains(lines), "{screen}");
    let reason = value["waivers"][0]["reason"].as_str().unwrap();
    assert!(
        reason.contains("spring.\nUntil"),
        "the JSON keeps it as written"
    );
}
