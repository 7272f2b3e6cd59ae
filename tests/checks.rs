//! The laws of the checks in the binary. Each test names every offender, not the first.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use tieout::check::load::{KEYS, Known, embedded, load};
use tieout::check::{Check, Counts, Outcome, example};
use tieout::criteria::Frameworks;
use tieout::inventory::kinds;

static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let schema = kinds::schema();
    let frameworks = Frameworks::embedded().unwrap();
    let criterion = |id: &str| match frameworks.criterion(id) {
        Some(_) => Ok(()),
        None => Err(frameworks.suggest(id).map(str::to_owned)),
    };
    let known = Known {
        schema: &schema,
        criterion: &criterion,
        config: None,
    };
    load(&embedded(), known).unwrap_or_else(|complaints| panic!("\n{complaints}"))
});

/// Fails with a list of the offenders, if there are any.
#[track_caller]
fn none_of(law: &str, offenders: impl IntoIterator<Item = String>) {
    let offenders: Vec<String> = offenders.into_iter().collect();
    let mut list = String::new();
    for offender in &offenders {
        write!(list, "\n{offender}").unwrap();
    }
    assert!(
        offenders.is_empty(),
        "{law}; {} do not:\n{list}\n",
        offenders.len()
    );
}

#[test]
fn every_check_file_loads_and_there_are_enough() {
    assert_eq!(CHECKS.len(), embedded().len());
    assert!(CHECKS.len() >= 90, "{} checks", CHECKS.len());
}

#[test]
fn the_id_is_the_path() {
    none_of(
        "a check's id is its path",
        CHECKS
            .iter()
            .filter(|check| check.file != format!("checks/{}.toml", check.id.replace('.', "/")))
            .map(|check| format!("{} in {}", check.id, check.file)),
    );
}

#[test]
fn examples_come_out_as_they_say() {
    none_of(
        "examples come out as they say",
        CHECKS
            .iter()
            .flat_map(example::failures)
            .map(|failure| failure.to_string()),
    );
}

#[test]
fn examples_notice_every_way_to_break_a_rule() {
    let mut tried = 0;
    let mut survivors = Vec::new();
    for check in CHECKS.iter() {
        let report = example::mutation::test(check);
        assert!(
            report.tried > 0,
            "{}: nothing in its rules can be broken",
            check.id
        );
        tried += report.tried;
        survivors.extend(report.survivors.iter().map(ToString::to_string));
    }
    println!(
        "{} checks, {tried} broken rules, {} unnoticed",
        CHECKS.len(),
        survivors.len()
    );
    none_of("an example notices each way to break a rule", survivors);
}

#[test]
fn every_check_has_an_example_that_passes_and_one_that_fails() {
    let expects = |check: &Check, outcome| {
        check
            .examples
            .iter()
            .any(|example| example.expect == outcome)
    };
    none_of(
        "a check has examples of both",
        CHECKS
            .iter()
            .filter(|check| !expects(check, Outcome::Pass) || !expects(check, Outcome::Fail))
            .map(|check| check.id.clone()),
    );
}

#[test]
fn a_check_that_does_not_always_apply_shows_where_it_does_not() {
    let shows = |check: &Check| {
        check
            .examples
            .iter()
            .any(|example| example.expect == Outcome::NotApplicable)
    };
    none_of(
        "a check with `when` has an example where it does not apply",
        CHECKS
            .iter()
            .filter(|check| check.when.is_some() && !shows(check))
            .map(|check| check.id.clone()),
    );
}

#[test]
fn the_examples_of_a_check_have_names_of_their_own() {
    let twice = CHECKS.iter().flat_map(|check| {
        let mut names: Vec<&str> = check
            .examples
            .iter()
            .map(|example| example.name.as_str())
            .collect();
        names.sort_unstable();
        let twice = names.windows(2).filter(|pair| pair[0] == pair[1]);
        twice
            .map(|pair| format!("{}: {}", check.id, pair[0]))
            .collect::<Vec<_>>()
    });
    none_of("no two examples of a check have one name", twice);
}

#[test]
fn keys_stand_in_our_order() {
    let disordered = CHECKS.iter().filter_map(|check| {
        let keys = keys_of(&check.text);
        let positions = keys
            .iter()
            .map(|key| KEYS.iter().position(|known| known == key).unwrap());
        let sorted = positions.is_sorted();
        (!sorted).then(|| format!("{}: {}", check.file, keys.join(" ")))
    });
    none_of(
        &format!("keys stand in the order {}", KEYS.join(" ")),
        disordered,
    );
}

/// The keys of a check in the order they are written.
fn keys_of(text: &str) -> Vec<String> {
    let table = toml::de::DeTable::parse(text).unwrap().into_inner();
    let mut keys: Vec<_> = table.keys().collect();
    keys.sort_by_key(|key| key.span().start);
    keys.into_iter()
        .map(|key| key.get_ref().to_string())
        .collect()
}

#[test]
fn titles_are_sentences_of_their_own_without_a_period() {
    let mut by_title: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for check in CHECKS.iter() {
        by_title.entry(&check.title).or_default().push(&check.id);
    }
    let shared = by_title.iter().filter(|(_, ids)| ids.len() > 1);
    none_of(
        "no two checks have one title",
        shared.map(|(title, ids)| format!("{title}: {}", ids.join(", "))),
    );
    none_of(
        "a title fits a line, begins with a capital and ends without a period",
        CHECKS
            .iter()
            .filter(|check| {
                check.title.ends_with('.')
                    || check.title.chars().count() > 90
                    || !check
                        .title
                        .starts_with(|letter: char| letter.is_uppercase())
            })
            .map(|check| format!("{}: {}", check.id, check.title)),
    );
}

#[test]
fn every_check_is_evidence_for_a_criterion_of_both_frameworks() {
    let has =
        |check: &Check, framework: &str| check.criteria.iter().any(|id| id.starts_with(framework));
    none_of(
        "a check that decides names criteria of 2017 and of 2016",
        CHECKS
            .iter()
            .filter(|check| check.outcome == Counts::Verdict)
            .filter(|check| !has(check, "tsc2017:") || !has(check, "tsp2016:"))
            .map(|check| format!("{}: {}", check.id, check.criteria.join(", "))),
    );
    none_of(
        "a check names a criterion once",
        CHECKS.iter().filter_map(|check| {
            let mut ids = check.criteria.clone();
            ids.sort();
            ids.dedup();
            (ids.len() < check.criteria.len()).then(|| check.id.clone())
        }),
    );
}

#[test]
fn links_are_https_and_one_is_aws_own() {
    let aws = |link: &String| {
        link.starts_with("https://docs.aws.amazon.com/")
            || link.starts_with("https://aws.amazon.com/")
    };
    none_of(
        "a check links AWS's documentation, over https",
        CHECKS
            .iter()
            .filter(|check| {
                !check.links.iter().any(aws)
                    || check.links.iter().any(|link| !link.starts_with("https://"))
            })
            .map(|check| format!("{}: {}", check.id, check.links.join(" "))),
    );
}

#[test]
fn the_words_for_people_are_there_and_no_more_than_a_screen() {
    let words = |text: &str| text.split_whitespace().count();
    none_of(
        "`why` is two sentences or so, and `fix` says what to do",
        CHECKS
            .iter()
            .filter(|check| {
                !(8..=110).contains(&words(&check.why)) || !(3..=90).contains(&words(&check.fix))
            })
            .map(|check| {
                format!(
                    "{}: why {}, fix {}",
                    check.id,
                    words(&check.why),
                    words(&check.fix)
                )
            }),
    );
}

#[test]
fn a_parameter_is_read_by_its_rule() {
    none_of(
        "every parameter is read",
        CHECKS.iter().flat_map(|check| {
            let rules = check.when.iter().chain([&check.require]);
            let source: String = rules.map(|rule| rule.source()).collect();
            let unread = check
                .defaults
                .keys()
                .filter(move |name| !source.contains(&format!("params.{name}")));
            unread
                .map(|name| format!("{}: {name}", check.id))
                .collect::<Vec<_>>()
        }),
    );
}
