//! What management says, what is excepted in AWS itself, and who has which role.

use tieout::complaint::File;
use tieout::govern::{Kept, Kind};

use crate::acme::{PLAIN, Stated, arn, failing, forms, judged};
use crate::schema;

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
