//! The built binary scans an emulated account over HTTP, with the SDK as it is: what a person would see.
//!
//! The account is Acme's (`fixtures/acme`). The scan runs once; each test looks at another side of it.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

#[path = "support/emulator.rs"]
mod emulator;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use emulator::{ACCESS_KEY, Emulator};
use serde_json::Value;

/// What the scan left.
struct Scan {
    bundle: PathBuf,
    ended: Output,
    report: Value,
}

fn scan() -> &'static Scan {
    static SCAN: OnceLock<Scan> = OnceLock::new();
    SCAN.get_or_init(|| {
        let bundle = Path::new(env!("CARGO_TARGET_TMPDIR")).join("live");
        if bundle.exists() {
            fs::remove_dir_all(&bundle).expect("the last run's bundle can be removed");
        }
        let acme = Emulator::acme();
        let ended = tieout(acme.endpoint())
            .arg("scan")
            .arg("--out")
            .arg(&bundle)
            .output()
            .expect("tieout runs");
        let written = fs::read_to_string(bundle.join("report.json"));
        let written =
            written.unwrap_or_else(|error| panic!("no report ({error}): {}", said(&ended)));
        let report = serde_json::from_str(&written).expect("the report is JSON");
        Scan {
            bundle,
            ended,
            report,
        }
    })
}

/// The binary, seeing nothing of the machine's own AWS configuration.
fn tieout(endpoint: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("AWS_") || name.ends_with("_PROXY"))
    {
        command.env_remove(name);
    }
    command
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env("AWS_CONFIG_FILE", "/dev/null")
        .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
        .env("AWS_SECRET_ACCESS_KEY", "loopback")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ENDPOINT_URL", endpoint);
    command
}

fn said(ended: &Output) -> String {
    format!(
        "{}\n{}",
        String::from_utf8_lossy(&ended.stderr),
        String::from_utf8_lossy(&ended.stdout)
    )
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name]
        .as_array()
        .unwrap_or_else(|| panic!("the report has no list `{name}`"))
}

/// The outcomes of a check of the resources of that name.
fn outcomes(check: &str, name: &str) -> Vec<&'static str> {
    list(&scan().report, "verdicts")
        .iter()
        .filter(|verdict| verdict["check"] == check && verdict["name"] == name)
        .map(|verdict| verdict["outcome"].as_str().expect("an outcome is text"))
        .collect()
}

#[test]
fn it_says_whom_it_scans_as_and_that_something_fails() {
    let scan = scan();
    assert_eq!(scan.ended.status.code(), Some(1), "{}", said(&scan.ended));
    let caller = "arn:aws:sts::123456789012:assumed-role/tieout-scan/tieout";
    assert!(said(&scan.ended).contains(caller), "{}", said(&scan.ended));
    assert_eq!(scan.report["run"]["callers"][0]["arn"], caller);
    assert_eq!(scan.report["run"]["callers"][0]["alias"], "acme");
    assert_eq!(scan.report["run"]["partial"], false);
}

#[test]
fn it_reads_every_enabled_region_and_no_other() {
    let scope = &scan().report["run"]["scope"];
    assert_eq!(
        scope["regions"],
        serde_json::json!(["eu-west-1", "us-east-1"])
    );
    assert_eq!(scope["regions_disabled"], serde_json::json!(["ap-east-1"]));
}

#[test]
fn what_is_good_passes_and_what_is_bad_fails() {
    let expected = [
        ("s3.policy_not_public", "acme-website", "fail"),
        ("s3.policy_not_public", "acme-invoices", "pass"),
        ("s3.policy_requires_tls", "acme-invoices", "pass"),
        ("s3.policy_requires_tls", "acme-customer-exports", "fail"),
        ("s3.acl_not_public_read", "acme-ml-scratch", "fail"),
        ("s3.acl_not_public_read", "acme-backups", "pass"),
        ("s3.versioning_enabled", "acme-eu-old-uploads", "fail"),
        ("s3.versioning_enabled", "acme-eu-customer-data", "pass"),
        (
            "s3.confidential_uses_customer_key",
            "acme-customer-exports",
            "fail",
        ),
        ("s3.confidential_uses_customer_key", "acme-invoices", "pass"),
        ("s3.regulated_has_object_lock", "acme-invoices", "fail"),
        ("s3.regulated_has_object_lock", "acme-backups", "pass"),
        ("s3.classified", "acme-ml-scratch", "fail"),
    ];
    let wrong: Vec<_> = expected
        .into_iter()
        .filter(|(check, name, outcome)| outcomes(check, name) != [*outcome])
        .map(|(check, name, outcome)| {
            format!(
                "{check} of {name}: {outcome} expected, {:?} found",
                outcomes(check, name)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each line of `fixtures/acme/denied.txt`: the call, where, and how AWS refused.
const DENIED: [(&str, &str, &str, &str); 5] = [
    ("s3", "GetBucketPolicy", "us-east-1", "denied"),
    ("kms", "GetKeyPolicy", "us-east-1", "denied"),
    ("rds", "DescribeDBSnapshotAttributes", "eu-west-1", "denied"),
    ("sns", "GetTopicAttributes", "us-east-1", "denied"),
    ("backup", "ListRestoreJobs", "eu-west-1", "denied_by_scp"),
];

#[test]
fn a_denied_call_is_a_gap_that_leaves_verdicts_unknown() {
    let report = &scan().report;
    for (service, operation, region, reason) in DENIED {
        let asked = |gap: &&Value| {
            gap["service"] == service && gap["operation"] == operation && gap["region"] == region
        };
        let gap = list(report, "gaps")
            .iter()
            .find(asked)
            .unwrap_or_else(|| panic!("no gap for {service}:{operation}"));
        assert_eq!(gap["reason"], reason, "{gap}");
        let undecided = gap["undecided"].as_u64().expect("a count");
        let unknown = list(report, "verdicts").iter().filter(|verdict| {
            verdict["outcome"] == "unknown"
                && list(verdict, "evidence")
                    .iter()
                    .any(|read| asked(&&read["gap"]))
        });
        assert_eq!(unknown.count() as u64, undecided, "{gap}");
        assert!(undecided > 0, "{gap}");
    }
}

#[test]
fn nothing_that_rests_on_a_gap_alone_passes_or_fails() {
    assert_eq!(
        outcomes("s3.policy_requires_tls", "acme-payroll"),
        ["unknown"]
    );
    assert_eq!(
        outcomes("s3.policy_not_public", "acme-payroll"),
        ["pass"],
        "decided by another call"
    );
}

#[test]
fn populations_are_read_to_their_last_page() {
    let expected = [
        ("s3.bucket", 14),
        ("iam.user", 10),
        ("ec2.security_group", 16),
        ("kms.key", 12),
    ];
    for (kind, count) in expected {
        let found: u64 = list(&scan().report, "populations")
            .iter()
            .filter(|population| population["kind"] == kind)
            .map(|population| population["discovered"].as_u64().expect("a count"))
            .sum();
        assert_eq!(found, count, "{kind}");
    }
}

#[test]
fn the_numbers_add_up() {
    for check in list(&scan().report, "checks") {
        let sum: u64 = ["pass", "fail", "waived", "unknown", "not_applicable"]
            .iter()
            .map(|outcome| {
                check[*outcome]
                    .as_u64()
                    .unwrap_or_else(|| panic!("{check} lacks {outcome}"))
            })
            .sum();
        let discovered = check["discovered"].as_u64().expect("a count");
        assert_eq!(sum, discovered, "{check}");
    }
}

#[test]
fn its_bundle_replays_to_the_same_verdicts() {
    let scan = scan();
    let recorded = verdicts(&scan.bundle);
    assert!(recorded.len() > 1000);
    let again = Path::new(env!("CARGO_TARGET_TMPDIR")).join("live-replay");
    if again.exists() {
        fs::remove_dir_all(&again).expect("the last replay can be removed");
    }
    // Nothing listens there: a replay asks nobody.
    let replayed = tieout("http://127.0.0.1:1")
        .arg("replay")
        .arg(&scan.bundle)
        .arg("--out")
        .arg(&again)
        .output()
        .expect("tieout runs");
    assert_eq!(replayed.status.code(), Some(1), "{}", said(&replayed));
    assert!(verdicts(&again) == recorded, "the replay's verdicts differ");
}

fn verdicts(bundle: &Path) -> Vec<u8> {
    let packed =
        fs::File::open(bundle.join("verdicts.ndjson.zst")).expect("the bundle has verdicts");
    let mut plain = Vec::new();
    zstd::Decoder::new(packed)
        .expect("they are packed")
        .read_to_end(&mut plain)
        .expect("and whole");
    plain
}
