//! The laws of the mapping: every criterion that AWS can say something about has its checks, and its own.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;
use tieout::check::load::{Known, embedded, load};
use tieout::check::{Check, Counts};
use tieout::criteria::{EvidenceKind, Frameworks};
use tieout::inventory::kinds;

static FRAMEWORKS: LazyLock<Frameworks> = LazyLock::new(|| Frameworks::embedded().unwrap());

static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &|id| FRAMEWORKS.known(id),
        config: None,
    };
    load(&embedded(), known).unwrap()
});

/// The checks that are evidence for each criterion, and whether each decides it alone.
fn evidence() -> BTreeMap<&'static str, BTreeMap<&'static str, bool>> {
    let mut all: BTreeMap<&str, BTreeMap<&str, bool>> = BTreeMap::new();
    for criterion in FRAMEWORKS.criteria() {
        all.entry(&criterion.id).or_default();
    }
    for check in CHECKS.iter() {
        for id in &check.criteria {
            let direct = check.outcome == Counts::Verdict && !check.supports.contains_key(id);
            all.entry(id).or_default().insert(&check.id, direct);
        }
    }
    all
}

#[test]
fn every_criterion_that_checks_can_decide_has_some() {
    let evidence = evidence();
    let mut without = Vec::new();
    for criterion in FRAMEWORKS.criteria() {
        let checks = &evidence[criterion.id.as_str()];
        let has = match criterion.evidence {
            EvidenceKind::Automated => checks.values().any(|direct| *direct),
            EvidenceKind::Partial => !checks.is_empty(),
            EvidenceKind::Inherited | EvidenceKind::Attested => true,
        };
        if !has {
            without.push(format!("{} {}", criterion.id, criterion.title));
        }
    }
    assert!(without.is_empty(), "criteria without checks: {without:#?}");
}

/// Two criteria with the same checks were mapped by rote: they ask different things.
#[test]
fn no_two_criteria_of_a_framework_share_their_whole_list() {
    let mut lists: BTreeMap<(&str, BTreeSet<&str>), Vec<&str>> = BTreeMap::new();
    for (id, checks) in evidence() {
        let framework = id.split(':').next().unwrap();
        if !checks.is_empty() {
            let list = checks.into_keys().collect();
            lists.entry((framework, list)).or_default().push(id);
        }
    }
    lists.retain(|_, criteria| criteria.len() > 1);
    let same: Vec<_> = lists.values().collect();
    assert!(same.is_empty(), "the same checks: {same:?}");
}

/// A criterion that only people can decide is not decided by a check.
#[test]
fn what_people_decide_has_no_direct_check() {
    let evidence = evidence();
    let decided: Vec<_> = FRAMEWORKS
        .criteria()
        .filter(|criterion| criterion.evidence == EvidenceKind::Attested)
        .filter(|criterion| {
            evidence[criterion.id.as_str()]
                .values()
                .any(|direct| *direct)
        })
        .map(|criterion| &criterion.id)
        .collect();
    assert!(decided.is_empty(), "{decided:?}");
}

/// A check that is never tried on anything is one whose first try is somebody's audit.
#[test]
fn every_check_judges_something_in_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .args(["demo", "--format", "json"])
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(demo.success());
    let text = std::fs::read_to_string(folder.path().join("tieout-demo/report.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let judged: BTreeMap<&str, &Value> = report["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| (check["id"].as_str().unwrap(), check))
        .collect();
    let mut idle = Vec::new();
    for check in CHECKS.iter() {
        let number = |check: &Value, outcome: &str| check[outcome].as_u64().unwrap();
        match judged.get(check.id.as_str()) {
            None => idle.push(format!("{}: not in the recording", check.id)),
            Some(found) if number(found, "discovered") == 0 => {
                idle.push(format!("{}: no resource of its kind", check.id));
            }
            Some(found) if number(found, "discovered") == number(found, "not_applicable") => {
                idle.push(format!("{}: applies to no resource", check.id));
            }
            Some(_) => {}
        }
    }
    let many = idle.len();
    assert!(
        idle.is_empty(),
        "{many} checks judge nothing:\n{}",
        idle.join("\n")
    );
}

#[test]
fn the_list_of_criteria_has_a_row_for_each_with_its_checks_and_limits() {
    let printed = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .arg("criteria")
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let flat = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    for framework in FRAMEWORKS.iter() {
        let criteria = framework.places().filter(|place| !place.is_repeated());
        let criteria: Vec<_> = criteria.map(|place| place.criterion).collect();
        assert_eq!(criteria.len(), 38);
        assert!(printed.contains(&format!("of {} criteria have checks", criteria.len())));
        for criterion in criteria {
            let row = format!("    {}  {}\n", criterion.id, criterion.title);
            assert!(printed.contains(&row), "{row}");
            let limits = criterion.limits.split_whitespace();
            assert!(
                flat.contains(&limits.collect::<Vec<_>>().join(" ")),
                "{row}"
            );
        }
    }
}
