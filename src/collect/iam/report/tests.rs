use super::*;

/// A report in the shape IAM gives it: root first, dates as IAM writes them.
const REPORT: &str = "\
user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,\
access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,\
access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated
<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,2024-03-01T08:00:00+00:00,not_supported,not_supported,true,\
true,2020-01-02T00:00:00+00:00,2025-02-01T00:00:00+00:00,us-east-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A
ann,arn:aws:iam::111122223333:user/ann,2021-01-01T00:00:00+00:00,TRUE,no_information,2021-01-01T00:00:00Z,N/A,FALSE,\
true,2025-01-01T00:00:00+00:00,N/A,N/A,N/A,false,2024-01-01T00:00:00+00:00,2024-06-01T00:00:00+00:00,N/A,s3,false,N/A,false,N/A
ci,arn:aws:iam::111122223333:user/bots/ci,2021-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false,\
false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A
";

fn report(text: &str) -> Report {
    Report::parse(text.as_bytes(), at("2026-01-01T00:00:00Z")).unwrap()
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

#[test]
fn a_row_reads_as_the_documentation_says() {
    let report = report(REPORT);
    let ann = report.row("arn:aws:iam::111122223333:user/ann").unwrap();
    assert_eq!(ann.flag("password_enabled"), Ok(true));
    assert_eq!(ann.flag("mfa_active"), Ok(false));
    assert_eq!(
        ann.time("password_last_used"),
        Ok(None),
        "no use is on record"
    );
    assert_eq!(
        ann.time("password_last_changed"),
        Ok(Some(at("2021-01-01T00:00:00Z")))
    );
    assert_eq!(ann.active_keys(), Ok(1));
}

#[test]
fn an_inactive_key_is_a_key_and_an_empty_place_is_none() {
    let report = report(REPORT);
    let ann = report.row("arn:aws:iam::111122223333:user/ann").unwrap();
    let first = Slot {
        active: true,
        created: Some(at("2025-01-01T00:00:00Z")),
        last_used: None,
    };
    assert_eq!(ann.slot(1), Ok(Some(first)));
    let second = Slot {
        active: false,
        created: Some(at("2024-01-01T00:00:00Z")),
        last_used: Some(at("2024-06-01T00:00:00Z")),
    };
    assert_eq!(ann.slot(2), Ok(Some(second)));
    let ci = report
        .row("arn:aws:iam::111122223333:user/bots/ci")
        .unwrap();
    assert_eq!((ci.slot(1), ci.slot(2)), (Ok(None), Ok(None)));
}

#[test]
fn root_was_last_used_when_its_password_or_a_key_was() {
    assert_eq!(
        report(REPORT).root().unwrap().last_used(),
        Ok(Some(at("2025-02-01T00:00:00Z")))
    );
    let unused = REPORT.replace("2025-02-01T00:00:00+00:00", "N/A");
    assert_eq!(
        report(&unused).root().unwrap().last_used(),
        Ok(Some(at("2024-03-01T08:00:00Z")))
    );
    let never = unused.replace("2024-03-01T08:00:00+00:00", "no_information");
    assert_eq!(report(&never).root().unwrap().last_used(), Ok(None));
}

#[test]
fn what_the_report_does_not_hold_is_missing_and_not_false() {
    let report = report(REPORT);
    assert!(
        report.row("arn:aws:iam::111122223333:user/newer").is_err(),
        "a user newer than the report"
    );
    let ann = report.row("arn:aws:iam::111122223333:user/ann").unwrap();
    assert_eq!(ann.flag("has_hat"), Err(missing("the column has_hat")));
    assert!(ann.flag("user").is_err(), "a name is no flag");
    assert!(ann.time("user").is_err(), "a name is no time");
}

#[test]
fn a_third_key_makes_the_number_of_keys_unknown() {
    let header = REPORT.replace(
        "cert_2_last_rotated\n",
        "cert_2_last_rotated,additional_credentials_info\n",
    );
    let text = header.replace("false,N/A,false,N/A\n", "false,N/A,false,N/A,\n");
    let ann = |text: &str| {
        let report = report(text);
        report
            .row("arn:aws:iam::111122223333:user/ann")
            .unwrap()
            .active_keys()
    };
    assert_eq!(ann(&text), Ok(1));
    let more = text.replace(
        "N/A,s3,false,N/A,false,N/A,\n",
        "N/A,s3,false,N/A,false,N/A,1 more: ListAccessKeys\n",
    );
    assert_ne!(more, text);
    assert!(ann(&more).is_err());
}

#[test]
fn a_table_that_is_cut_short_is_refused() {
    let cut = &REPORT[..REPORT.len() - 40];
    assert!(Report::parse(cut.as_bytes(), at("2026-01-01T00:00:00Z")).is_err());
    assert!(report("user,arn\n").root().is_err());
    assert!(
        Report::parse(b"user\nann\n", at("2026-01-01T00:00:00Z")).is_err(),
        "no column for the ARN"
    );
}
