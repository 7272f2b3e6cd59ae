//! Two runs, side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::make::{Row, Rule, Run, tieout};

const CHECK: &str = "s3.versioning_enabled";
const OTHER: &str = "iam.user_has_mfa";

/// A company's run of the first and of the second of January, alike but for what a test changes.
fn two(change: impl FnOnce(&mut Run, &mut Run)) -> (TempDir, [String; 2]) {
    let mut runs = ["2026-01-01", "2026-01-02"].map(Run::on);
    for run in &mut runs {
        run.rules = vec![Rule::new(CHECK, "s3.bucket"), Rule::new(OTHER, "iam.user")];
        run.rows = vec![
            Row::new(CHECK, "s3.bucket", "invoices", "pass"),
            Row::new(CHECK, "s3.bucket", "exports", "fail"),
            Row::new(OTHER, "iam.user", "ada", "pass"),
        ];
    }
    let [before, after] = &mut runs;
    change(before, after);
    let top = tempfile::tempdir().unwrap();
    let folders = runs.map(|run| run.write(top.path()).display().to_string());
    (top, folders)
}

/// The comparison as JSON, and how it ended.
fn compared(change: impl FnOnce(&mut Run, &mut Run)) -> (Value, i32) {
    let (_top, [before, after]) = two(change);
    let ended = tieout(&["diff", &before, &after, "--format", "json"]);
    let diff = serde_json::from_str(&ended.out).unwrap_or_else(|_| panic!("{}", ended.err));
    (diff, ended.code.unwrap())
}

/// `sort of check name: causes`, a line for each change.
fn said(diff: &Value) -> BTreeSet<String> {
    let changes = diff["changes"].as_array().unwrap();
    changes
        .iter()
        .map(|change| {
            let text = |name: &str| change[name].as_str().unwrap_or("-").to_owned();
            let causes: Vec<_> = change["causes"]
                .as_array()
                .unwrap()
                .iter()
                .map(|cause| cause.as_str().unwrap())
                .collect();
            let name = if change["resource"].is_null() {
                "population".to_owned()
            } else {
                text("name")
            };
            format!(
                "{} {} {name}: {} → {}, {}",
                text("sort"),
                text("check"),
                text("before"),
                text("after"),
                causes.join("+")
            )
        })
        .collect()
}

#[track_caller]
fn says(change: impl FnOnce(&mut Run, &mut Run), code: i32, expected: &[&str]) {
    let (diff, ended) = compared(change);
    let expected: BTreeSet<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(said(&diff), expected);
    assert_eq!(ended, code);
    assert_eq!(
        crate::schema::errors("schemas/diff.v1.schema.json", &diff),
        [""; 0]
    );
    let counted: usize = diff["summary"]
        .as_object()
        .unwrap()
        .values()
        .map(|count| usize::try_from(count.as_u64().unwrap()).unwrap())
        .sum();
    assert_eq!(counted, expected.len());
}

fn becomes(run: &mut Run, name: &str, outcome: &'static str) {
    let row = run
        .rows
        .iter_mut()
        .find(|row| row.name.as_deref() == Some(name))
        .unwrap();
    row.outcome = outcome;
    row.fact = outcome.to_owned();
}

#[test]
fn runs_that_say_the_same_differ_in_nothing() {
    let (diff, code) = compared(|_, _| {});
    assert_eq!(diff["changes"], json!([]));
    assert_eq!(
        diff["circumstances"],
        json!([]),
        "the session's name is no change of caller"
    );
    assert_eq!((diff["unchanged"].as_u64(), code), (Some(3), 0));
}

#[test]
fn what_failed_and_what_was_put_right() {
    says(
        |_, after| {
            becomes(after, "invoices", "fail");
            becomes(after, "exports", "pass");
        },
        1,
        &[
            "opened s3.versioning_enabled invoices: pass → fail, account",
            "closed s3.versioning_enabled exports: fail → pass, account",
        ],
    );
}

#[test]
fn a_failure_that_can_no_longer_be_read_is_not_closed() {
    says(
        |_, after| becomes(after, "exports", "unknown"),
        3,
        &["became_unknown s3.versioning_enabled exports: fail → unknown, reading"],
    );
    says(
        |before, _| becomes(before, "invoices", "unknown"),
        0,
        &["was_unknown s3.versioning_enabled invoices: unknown → pass, reading"],
    );
}

#[test]
fn a_resource_that_is_gone_was_looked_for() {
    says(
        |_, after| {
            after
                .rows
                .retain(|row| row.name.as_deref() != Some("exports"))
        },
        0,
        &["disappeared s3.versioning_enabled exports: fail → -, account"],
    );
    says(
        |before, _| before.rows.retain(|row| row.name.as_deref() != Some("ada")),
        0,
        &["appeared iam.user_has_mfa ada: - → pass, account"],
    );
}

#[test]
fn a_resource_out_of_scope_is_not_gone() {
    says(
        |_, after| {
            after.regions = vec!["us-east-1"];
            after.rows.retain(|row| row.check == OTHER);
            after.rows[0].region = "us-east-1";
        },
        0,
        &[
            "no_longer_looked s3.versioning_enabled exports: fail → -, scope",
            "no_longer_looked s3.versioning_enabled invoices: pass → -, scope",
            "no_longer_looked iam.user_has_mfa ada: pass → -, scope",
            "appeared iam.user_has_mfa ada: - → pass, account",
        ],
    );
    says(
        |_, after| {
            after.rules.retain(|rule| rule.id == OTHER);
            after.rows.retain(|row| row.check == OTHER);
        },
        0,
        &[
            "no_longer_looked s3.versioning_enabled exports: fail → -, scope",
            "no_longer_looked s3.versioning_enabled invoices: pass → -, scope",
        ],
    );
}

#[test]
fn a_resource_of_a_population_that_was_not_listed_whole_is_not_gone() {
    says(
        |_, after| {
            after.rows.retain(|row| row.check == OTHER);
            after.rows.push(Row::unlisted(CHECK, "s3.bucket"));
        },
        3,
        &[
            "became_unknown s3.versioning_enabled exports: fail → unknown, reading",
            "became_unknown s3.versioning_enabled invoices: pass → unknown, reading",
            "became_unknown s3.versioning_enabled population: - → unknown, reading",
        ],
    );
}

#[test]
fn whose_doing_it_is() {
    says(
        |_, after| {
            after.rules[0].more = "why = 'stricter now'".to_owned();
            after.rows[0].outcome = "fail";
            after.rows[0].fact = "pass".to_owned();
        },
        1,
        &["opened s3.versioning_enabled invoices: pass → fail, rules"],
    );
    says(
        |_, after| {
            after.rules[0].params = BTreeMap::from([("max_days".to_owned(), json!(30))]);
            becomes(after, "invoices", "fail");
        },
        1,
        &["opened s3.versioning_enabled invoices: pass → fail, account+rules"],
    );
    says(
        |_, after| {
            after.rows[0].outcome = "fail";
            after.rows[0].fact = "pass".to_owned();
        },
        1,
        &["opened s3.versioning_enabled invoices: pass → fail, time"],
    );
    says(
        |_, after| {
            after.tool = "0.2.0";
            after.rows[0].outcome = "fail";
            after.rows[0].fact = "pass".to_owned();
        },
        1,
        &["opened s3.versioning_enabled invoices: pass → fail, tool"],
    );
    says(
        |_, after| after.rows[0].fact = "enabled since today".to_owned(),
        0,
        &["changed s3.versioning_enabled invoices: pass → pass, account"],
    );
}

#[test]
fn a_waiver_that_ends_opens_what_it_covered() {
    says(
        |_, after| after.rows[1].waiver = Some("w-1"),
        0,
        &["waived s3.versioning_enabled exports: fail → waived, waiver"],
    );
    says(
        |before, _| before.rows[1].waiver = Some("w-1"),
        1,
        &["waiver_ended s3.versioning_enabled exports: waived → fail, waiver"],
    );
}

#[test]
fn advice_opens_nothing() {
    let (_, code) = compared(|before, after| {
        for run in [before, after] {
            run.rules[0].more = "outcome = 'advisory'".to_owned();
        }
    });
    assert_eq!(code, 0);
    says(
        |before, after| {
            for run in [before, &mut *after] {
                run.rules[0].more = "outcome = 'advisory'".to_owned();
            }
            becomes(after, "invoices", "fail");
        },
        0,
        &["opened s3.versioning_enabled invoices: pass → fail, account"],
    );
}

#[test]
fn what_changed_beside_the_account_is_listed() {
    let (diff, _) = compared(|_, after| {
        after.tool = "0.2.0";
        after.role = "somebody";
        after.regions.push("ap-south-1");
        after.rules[0].more = "why = 'stricter now'".to_owned();
        after.rules.push(Rule::new("kms.key_rotates", "kms.key"));
        after.rules[1].params = BTreeMap::from([("max_days".to_owned(), json!(30))]);
    });
    let all = diff["circumstances"].as_array().unwrap();
    let said: Vec<_> = all
        .iter()
        .map(|one| {
            (
                one["what"].as_str().unwrap(),
                one["subject"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("tool", ""),
            ("check_added", "kms.key_rotates"),
            ("check_changed", "s3.versioning_enabled"),
            ("parameter", "iam.user_has_mfa max_days"),
            ("region_added", "ap-south-1"),
            ("caller", ""),
        ]
    );
}

#[test]
fn other_accounts_are_refused_unless_they_are_meant() {
    let other = |_: &mut Run, after: &mut Run| {
        after.account = "444455556666";
        becomes(after, "invoices", "fail");
    };
    let (_top, [before, after]) = two(other);
    let refused = tieout(&["diff", &before, &after]);
    assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
    assert!(
        refused.err.contains("111122223333 and 444455556666"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("--across"), "{}", refused.err);
    let across = tieout(&["diff", &before, &after, "--across", "--format", "json"]);
    let diff: Value = serde_json::from_str(&across.out).unwrap();
    assert_eq!(
        said(&diff),
        BTreeSet::from(["opened s3.versioning_enabled invoices: pass → fail, account".to_owned()])
    );
}

#[test]
fn a_damaged_bundle_is_compared_with_nothing() {
    let (_top, [before, after]) = two(|_, _| {});
    let file = Path::new(&after).join("verdicts.ndjson.zst");
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    let refused = tieout(&["diff", &before, &after]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.err.contains("verdicts.ndjson.zst"),
        "{}",
        refused.err
    );
}

#[test]
fn it_reads_well_in_every_form() {
    let change = |_: &mut Run, after: &mut Run| becomes(after, "invoices", "fail");
    let (top, [before, after]) = two(change);
    let shown = tieout(&["diff", &before, &after]);
    assert_eq!(shown.code, Some(1));
    for words in [
        "opened (1)",
        "high     s3.versioning_enabled  invoices",
        "pass → fail: the account changed",
    ] {
        assert!(shown.out.contains(words), "no {words:?} in:\n{}", shown.out);
    }
    let page = top.path().join("diff.html").display().to_string();
    let written = tieout(&["diff", &before, &after, "--format", "html", "--out", &page]);
    assert_eq!((written.code, written.out.as_str()), (Some(1), ""));
    let html = fs::read_to_string(&page).unwrap();
    assert!(html.contains("<bdi>s3.versioning_enabled</bdi>"));
    assert!(html.contains("default-src &#x27;none&#x27;"));
    let again = tieout(&["diff", &before, &after, "--format", "html", "--out", &page]);
    assert_eq!(again.code, Some(2), "nothing is overwritten");
}
