//! `tieout waive` and `tieout respond`, and a scan that is given what they wrote.

use std::fs;
use std::path::Path;

use crate::account::Account;
use crate::run::Place;

const CHECK: &str = "stepfunctions.machine_logs";
const MACHINE: &str = "arn:aws:states:us-east-1:123456789012:stateMachine:resize-images";

/// A day so many days from today.
fn day(from_today: i64) -> String {
    let today = jiff::tz::TimeZone::UTC
        .to_datetime(tieout::aws::clock())
        .date();
    today
        .checked_add(jiff::Span::new().days(from_today))
        .unwrap()
        .to_string()
}

fn waive<'a>(resource: &'a str, expires: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec![
        "waive",
        CHECK,
        resource,
        "--owner",
        "Jane Doe",
        "--approver",
        "Sam Roe",
        "--reason",
        "It goes in \"spring\".",
        "--ticket",
        "RISK-12",
        "--expires",
        expires,
    ];
    args.extend(more);
    args
}

fn demo_bundle() -> String {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle");
    bundle.display().to_string()
}

/// The one file in a folder.
fn only(place: &Place, folder: &str) -> String {
    let mut files = fs::read_dir(place.path().join(folder)).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none());
    fs::read_to_string(file).unwrap()
}

/// A year: it fails, is waived, and fails again once the waiver has expired; each bundle tells the same again.
#[test]
fn a_failure_is_waived_until_its_day() {
    let account = Account::acme();
    let scan = |place: &Place, out: &str| {
        place.scan_of(&account.endpoint, &["scan", "--only", CHECK, "--out", out])
    };
    let place = Place::empty();
    scan(&place, "before").with(1);
    place.run(&waive(MACHINE, &day(30), &[])).with(0);
    let waived = scan(&place, "waived").with(0);
    assert!(waived.out.contains("waived failures"), "{}", waived.out);
    assert!(waived.out.contains("30 days"), "{}", waived.out);

    // A replay is judged by the statements of its run, wherever it is made.
    let file = fs::read_dir(place.path().join("waivers"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let text = fs::read_to_string(&file).unwrap();
    fs::remove_dir_all(place.path().join("waivers")).unwrap();
    let again = place.run(&["replay", "waived"]).with(0);
    assert!(
        again.err.contains("the same as recorded, byte for byte"),
        "{}",
        again.err
    );

    let (approved, expires) = (day(-40), day(-1));
    let old = text.replace(&day(0), &approved).replace(&day(30), &expires);
    let place = place.with("waivers/old.toml", &old);
    let expired = scan(&place, "expired").with(1);
    assert!(expired.out.contains("expired  old"), "{}", expired.out);
    assert!(
        expired.out.contains("counts as a failure"),
        "{}",
        expired.out
    );
}

#[test]
fn a_waiver_is_written_for_a_failure_that_a_run_shows() {
    let place = Place::empty();
    let bundle = demo_bundle();
    let ended = place
        .run(&waive(MACHINE, &day(60), &["--bundle", &bundle]))
        .with(0);
    assert!(
        ended
            .err
            .contains("wrote waivers/stepfunctions.machine_logs-resize-images-"),
        "{}",
        ended.err
    );
    assert!(
        ended.err.contains("it covers 1 failure of that run"),
        "{}",
        ended.err
    );
    assert!(ended.err.contains(MACHINE), "{}", ended.err);
    let text = only(&place, "waivers");
    assert!(text.contains(r#"owner        = "Jane Doe""#), "{text}");
    assert!(
        text.contains("risk         = \"medium\""),
        "the check's own: {text}"
    );

    // The same again would be written over.
    place.run(&waive(MACHINE, &day(60), &[])).could_not_run(&[
        "is there already",
        "help: ",
        "--name",
    ]);
    assert_eq!(only(&place, "waivers"), text);
}

#[track_caller]
fn refused(args: &[&str], says: &[&str]) {
    let place = Place::empty();
    place.run(args).could_not_run(says);
    assert_eq!(place.holds(), [""; 0].map(std::path::PathBuf::from));
}

#[test]
fn what_no_waiver_may_say_is_refused_and_nothing_is_written() {
    let soon = day(20);
    refused(
        &waive(MACHINE, &soon, &["--approver", "jane  doe"]),
        &["cannot be used multiple times"],
    );
    let mut own = waive(MACHINE, &soon, &[]);
    own[6] = "jane  DOE";
    refused(
        &own,
        &[
            "`approver` is the same person as `owner`",
            "help: nobody approves",
        ],
    );
    refused(
        &waive("*", &soon, &[]),
        &["names no resource", "help: name the resource"],
    );
    refused(
        &waive(MACHINE, &day(181), &[]),
        &[
            "would last 181 days",
            "180 days at most",
            "help: give --expires",
        ],
    );
    refused(
        &waive(MACHINE, "2026-01-01", &["--approved", "2025-12-01"]),
        &["would have expired on 2026-01-01", "help: "],
    );
    refused(
        &waive(MACHINE, &soon, &["--compensating", "access-reviw"]),
        &[
            "neither a check nor an attestation",
            "did you mean `access-review`?",
        ],
    );
    refused(
        &waive(MACHINE, &soon, &["--risk", "huge"]),
        &["`huge` is no rating of a risk", "help: "],
    );
    refused(
        &waive(MACHINE, &soon, &["--name", "../out"]),
        &["is no name for a file", "help: "],
    );
    let mut typo = waive(MACHINE, &soon, &[]);
    typo[1] = "stepfunctions.machine_log";
    refused(
        &typo,
        &[
            "there is no check",
            "did you mean `stepfunctions.machine_logs`?",
        ],
    );
    let bundle = demo_bundle();
    refused(
        &waive(
            "arn:aws:states:us-east-1:123456789012:stateMachine:settle-orders",
            &soon,
            &["--bundle", &bundle],
        ),
        &["none of them fails", "help: a waiver covers a failure"],
    );
    refused(
        &waive(
            "arn:aws:states:us-east-1:123456789012:stateMachine:resize-image",
            &soon,
            &["--bundle", &bundle],
        ),
        &["names none of the resources", "help: copy the ARN"],
    );
}

#[test]
fn tieout_toml_says_for_how_long_and_where() {
    let config = "[waivers]\nfolder = 'risks'\nmax_days = { medium = 10 }\n";
    let place = Place::empty().with("tieout.toml", config);
    place
        .run(&waive(MACHINE, &day(11), &[]))
        .could_not_run(&["10 days at most", "help: "]);
    place.run(&waive(MACHINE, &day(10), &[])).with(0);
    assert!(only(&place, "risks").contains(MACHINE));
}

#[test]
fn a_mistake_in_a_waiver_ends_the_scan_before_it_began() {
    let place = Place::empty().with(
        "waivers/mine.toml",
        "check = 'x'\nowner = 'a'\napprover = 'A'\n",
    );
    place
        .scan_of("http://127.0.0.1:1", &["scan"])
        .could_not_run(&[
            "waivers/mine.toml",
            "a waiver needs",
            "is the same person",
            "help: ",
        ]);
}

#[test]
fn management_responds_and_the_report_prints_it() {
    let place = Place::empty();
    let ended = place
        .run(&[
            "respond",
            CHECK,
            "--author",
            "Ann Poe",
            "--role",
            "CTO",
            "--text",
            "It goes.",
            "--target-date",
            "2027-03-31",
        ])
        .with(0);
    assert!(ended.err.contains("changes no verdict"), "{}", ended.err);
    let text = only(&place, "responses");
    assert!(text.contains("target_date  = 2027-03-31"), "{text}");
    let account = Account::acme();
    place
        .scan_of(
            &account.endpoint,
            &["scan", "--only", CHECK, "--out", "run"],
        )
        .with(1);
    let page = fs::read_to_string(place.path().join("run/report.html")).unwrap();
    assert!(page.contains("Ann Poe"));
    place
        .run(&[
            "respond",
            "tsc2017:CC6.99",
            "--author",
            "A",
            "--role",
            "B",
            "--text",
            "C",
        ])
        .could_not_run(&[
            "there is no criterion `tsc2017:CC6.99`",
            "help: did you mean",
        ]);
}
