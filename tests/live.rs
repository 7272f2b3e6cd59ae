//! The built binary scans an emulated account over HTTP, with the SDK as it is: what a person would see.
//!
//! The account is Acme's (`fixtures/acme`). The scan runs once; each test looks at another side of it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends where its setting fails"
)]

#[path = "support/acme.rs"]
mod acme;
#[path = "live/corroboration.rs"]
mod corroboration;
#[path = "support/emulator.rs"]
mod emulator;
#[path = "live/history.rs"]
mod history;
#[path = "support/trail.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod logs;
#[path = "live/reading.rs"]
mod reading;

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use emulator::{ACCESS_KEY, Emulator};
use serde_json::Value;

/// Checks of a user's own, about what no check of the binary is about.
const OWN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/own-checks");

/// What Acme tells of itself.
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/acme/tieout.toml");

/// What a scan left.
struct Scan {
    bundle: PathBuf,
    ended: Output,
    report: Value,
}

/// A scan by all checks, and one by few; of one account, because seeding takes its time.
fn scans() -> &'static [Scan; 2] {
    static SCANS: OnceLock<[Scan; 2]> = OnceLock::new();
    SCANS.get_or_init(|| {
        let acme = Emulator::acme();
        let few = ["--only", "s3", "--only", "own", "--checks", OWN].map(OsStr::new);
        [run(&acme, "live", &[]), run(&acme, "live-few", &few)]
    })
}

/// The scan by all checks.
fn scan() -> &'static Scan {
    &scans()[0]
}

fn run(acme: &Emulator, name: &str, arguments: &[&OsStr]) -> Scan {
    let bundle = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if bundle.exists() {
        fs::remove_dir_all(&bundle).expect("the last run's bundle can be removed");
    }
    let ended = tieout(acme.endpoint())
        .arg("scan")
        .arg("--config")
        .arg(CONFIG)
        .args(arguments)
        .arg("--out")
        .arg(&bundle)
        .output()
        .expect("tieout runs");
    let written = fs::read_to_string(bundle.join("report.json"));
    let written = written.unwrap_or_else(|error| panic!("no report ({error}): {}", said(&ended)));
    let report = serde_json::from_str(&written).expect("the report is JSON");
    Scan {
        bundle,
        ended,
        report,
    }
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

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("no text {name}: {value}"))
}

/// The outcomes of a check of the resources of that name; two regions may have one each.
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
        ("backup.plan_ran_lately", "daily", "pass"),
        ("backup.plan_ran_lately", "forgotten", "fail"),
        ("cloudwatch.alarm_has_action", "web-slow", "pass"),
        (
            "cloudwatch.alarm_has_action",
            "AcmeSecurity-key-deletion",
            "fail",
        ),
        ("cloudwatch.alarm_not_stale", "web-unhealthy", "fail"),
        ("ec2.image_current", "web-1", "pass"),
        ("ec2.image_current", "bastion", "fail"),
        ("ec2.peering_accounts_approved", "partner-reports", "fail"),
        ("iam.user_mfa_resists_phishing", "ada.park", "pass"),
        ("iam.user_mfa_resists_phishing", "ben.ortiz", "fail"),
        ("kms.key_material_is_current", "acme/escrow", "fail"),
        ("kms.key_rotates", "aws/ebs", "not_applicable"),
    ];
    let wrong: Vec<_> = expected
        .into_iter()
        .filter(|(check, name, outcome)| {
            let found = outcomes(check, name);
            found.is_empty() || found.iter().any(|one| one != outcome)
        })
        .map(|(check, name, outcome)| {
            format!(
                "{check} of {name}: {outcome} expected, {:?} found",
                outcomes(check, name)
            )
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
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
