//! What the author of a check is told about each mistake: where, what, and what to do.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

#[path = "bad_checks/shown.rs"]
mod shown;
#[path = "support/sound.rs"]
mod sound;

use std::path::Path;

use shown::shown;
use sound::{SOUND, complaints, found, says};
use tieout::check::load::directory;
use tieout::complaint::File;

#[test]
fn nothing_is_said_of_a_sound_check() {
    says("S3", "S3", &[]);
}

#[test]
fn what_is_not_toml() {
    says(
        r#""medium""#,
        "medium",
        &[
            "s3/kept.toml:2:12 this is not TOML: string values must be quoted, expected literal string / \
           a text stands between two \" on one line, or between two ''' over several",
        ],
    );
    says(
        "severity =",
        "title =",
        &["s3/kept.toml:2:1 this is not TOML: duplicate key / keep one of the two"],
    );
}

#[test]
fn a_field_that_is_not_one() {
    says(
        "severity =",
        "sevrity  =",
        &[
            "s3/kept.toml:1:1 this check has no `severity` / \
             say one of critical, high, medium, low, info: severity = \"…\"",
            "s3/kept.toml:2:1 a check has no field `sevrity` / did you mean `severity`?",
        ],
    );
    says(
        r#"expect = "pass""#,
        r#"expects = "pass""#,
        &[
            "s3/kept.toml:15:1 this example expects nothing / say what the check must come to: \
             expect = \"pass\" or \"fail\" or \"unknown\" or \"not_applicable\"",
            "s3/kept.toml:17:1 an example has no field `expects` / did you mean `expect`?",
        ],
    );
}

#[test]
fn a_field_that_is_missing_or_empty() {
    says(
        r#"name   = "versions go too early""#,
        "",
        &["s3/kept.toml:21:1 this example has no name / \
           say in a few words what it shows: name = \"…\""],
    );
    says(
        r#""A version that is kept can be brought back.""#,
        r#"" ""#,
        &["s3/kept.toml:12:7 `why` is empty / say in two or three sentences why it matters"],
    );
    says(
        r#"criteria = ["tsc2017:A1.2"]"#,
        "",
        &[
            "s3/kept.toml:1:1 this check has no `criteria` / name those it is evidence for \
           (`tieout criteria` lists them): criteria = [\"tsc2017:CC6.1\"]",
        ],
    );
}

#[test]
fn a_word_that_is_not_one() {
    says(
        r#""medium""#,
        r#""hihg""#,
        &["s3/kept.toml:2:12 there is no severity `hihg` / did you mean `high`?"],
    );
    says(
        r#""medium""#,
        r#""bad""#,
        &["s3/kept.toml:2:12 there is no severity `bad` / \
           there are: critical, high, medium, low, info"],
    );
    says(
        "s3.bucket",
        "s3.buckets",
        &[
            "s3/kept.toml:3:12 there is no kind of resource `s3.buckets` / did you mean `s3.bucket`?",
        ],
    );
    says(
        "params   =",
        "outcome = \"advise\"\nparams   =",
        &["s3/kept.toml:5:11 there is no way to count `advise` / \
           there are: verdict, population, advisory"],
    );
    says(
        r#"expect = "fail""#,
        r#"expect = "failed""#,
        &["s3/kept.toml:23:10 there is no outcome `failed` / did you mean `fail`?"],
    );
}

#[test]
fn a_value_of_the_wrong_type() {
    says(
        r#""medium""#,
        "3",
        &[
            "s3/kept.toml:2:12 `severity` is a whole number, not text / \
           write it in quotes: severity = \"…\"",
        ],
    );
    says(
        r#"["tsc2017:A1.2"]"#,
        r#""tsc2017:A1.2""#,
        &[
            "s3/kept.toml:4:12 `criteria` is text, not a list of text / \
           write a list of texts: criteria = [\"…\"]",
        ],
    );
    says(
        r#"["tsc2017:A1.2"]"#,
        "[12]",
        &[
            "s3/kept.toml:4:13 an element of `criteria` is a whole number, not text / \
           write a list of texts: criteria = [\"…\"]",
        ],
    );
}

#[test]
fn a_criterion_that_does_not_exist() {
    says(
        "tsc2017:A1.2",
        "A1.2",
        &["s3/kept.toml:4:13 there is no criterion `A1.2` / did you mean `tsc2017:A1.2`?"],
    );
    says(
        "tsc2017:A1.2",
        "tsc2017:Z9",
        &["s3/kept.toml:4:13 there is no criterion `tsc2017:Z9` / `tieout criteria` lists them"],
    );
}

#[test]
fn a_rule_that_names_what_there_is_not() {
    says(
        "bucket.versioning == ",
        "bucket.versionning == ",
        &["s3/kept.toml:8:11 s3.bucket has no field `versionning` / did you mean `versioning`?"],
    );
    says(
        "bucket.versioning == ",
        "buckt.versioning == ",
        &["s3/kept.toml:8:4 no variable `buckt` / did you mean `bucket`?"],
    );
    says(
        "params.days)",
        "params.day)",
        &["s3/kept.toml:9:94 the check has no parameter `day` / did you mean `days`?"],
    );
}

#[test]
fn a_rule_that_mixes_types_or_forgets_null() {
    says(
        r#"== "Enabled""#,
        "== 1",
        &["s3/kept.toml:8:4 text never equals int / \
           `tieout kinds s3.bucket` shows what a rule may speak of"],
    );
    says(
        "rule.noncurrent_days == null || ",
        "",
        &[
            "s3/kept.toml:9:31 `rule.noncurrent_days` may be null / say what null means: \
           `rule.noncurrent_days == null || …` or `rule.noncurrent_days != null && …`",
        ],
    );
}

/// A mistake in a parameter is said where it is made, and not again where it is used: in a rule, in an example.
#[test]
fn a_parameter_of_a_wrong_type() {
    const DECLARED: &str = "params   = { days = 30 }";
    const KINDS: &str =
        "a parameter is text, a number, true or false, an instant, or a list of one of these";
    for (default, said) in [
        ("{ a = 1 }", format!("is a table / {KINDS}")),
        ("[[30]]", format!("is a list / {KINDS}")),
        (
            "99999999999999999999",
            "does not fit 64 bits / the largest is 9223372036854775807".to_owned(),
        ),
    ] {
        let params = format!("params   = {{ days = {default} }}");
        let said = format!("s3/kept.toml:5:21 the parameter `days` {said}");
        says(DECLARED, &params, &[&said]);
        says(
            &format!("{DECLARED}\n"),
            &format!("{params}\nwhen = \"params.days > 1\""),
            &[&said],
        );
    }
    says(
        DECLARED,
        "params   = [30]",
        &["s3/kept.toml:5:12 `params` is a list, not a table / write params = { name = default }"],
    );
    // The first element tells what the list is of, and a list is not what the rule wants: two mistakes.
    says(
        DECLARED,
        "params   = { days = [30, \"a\"] }",
        &[
            "s3/kept.toml:5:26 the parameter `days[1]` is text, not a whole number / \
             write digits without quotes and without a fraction: 90",
            "s3/kept.toml:9:63 `>=` does not compare int with list of int / \
             `tieout kinds s3.bucket` shows what a rule may speak of",
        ],
    );
}

/// A rule on one line may have escapes of TOML in it, and letters of more than one byte. A column counts the letters of
/// the file, as an editor does.
#[test]
fn the_column_of_a_mistake_behind_escapes() {
    let rule = SOUND.find("require").unwrap()..SOUND.find("\n\nwhy").unwrap();
    for before in [
        r"bucket.versioning == 'x'",
        r#"bucket.versioning == \"x\""#,
        r"bucket.versioning == 'x'\t\n",
        r"bucket.versioning == '\\n'",
        r"bucket.versioning == r'\\'",
        r"bucket.versioning == '\u00e9\U0001F431\x41'",
        r"bucket.versioning == 'é🐱'",
        r#"bucket.versioning == '''it's (\"'''"#,
    ] {
        for (mistake, at, said) in [
            ("buckt.x", "buckt.x", "no variable `buckt`"),
            ("&& true", "&& true", "not CEL: extraneous input '&&'"),
            ("1 = 2", "= 2", "not CEL: token recognition error"),
            ("has(bucket)", "bucket)", "`has` takes a key of a map"),
            (
                "[1].all(a.b, true)",
                ".b, true)",
                "the first part of a loop names its element",
            ),
            (
                "bucket.?name",
                ".?name",
                "optional syntax does not exist in rules",
            ),
            (
                "(bucket.name == 1)",
                "bucket.name == 1)",
                "text never equals int",
            ),
            (
                "bucket.name.nosuch",
                "nosuch",
                "`bucket.name` is text, which has no fields",
            ),
        ] {
            let line = format!("require = \"{before} && {mistake}\"");
            let mut text = SOUND.to_owned();
            text.replace_range(rule.clone(), &line);
            let complaint = shown(&text).0.remove(0);
            assert!(complaint.message.starts_with(said), "{}", complaint.message);
            let pointed_at: String = line.chars().skip(complaint.column - 1).collect();
            assert_eq!(pointed_at, format!("{at}\""), "{line}");
            assert_eq!(complaint.line, 7, "{line}");
        }
    }
}

#[test]
fn two_checks_of_one_id() {
    let files = [
        found("s3.kept", "a/s3/kept.toml", SOUND),
        found("s3.kept", "b/s3/kept.toml", SOUND),
    ];
    assert_eq!(
        complaints(&files, None),
        ["b/s3/kept.toml:1:1 there is a check `s3.kept` already / \
          rename this file; the other is a/s3/kept.toml"]
    );
}

#[test]
fn a_former_id_that_is_somebody_elses() {
    let renamed = SOUND.replace("fix = ", "was = [\"s3.kept\"]\nfix = ");
    let files = [
        found("s3.kept", "s3/kept.toml", SOUND),
        found("s3.held", "s3/held.toml", &renamed),
    ];
    assert_eq!(
        complaints(&files, None),
        ["s3/held.toml:13:8 `s3.kept` is an id of `s3.kept` too / \
          take it out of `was` here or in s3/kept.toml"]
    );
}

#[test]
fn parameters_in_the_configuration() {
    let files = [found("s3.kept", "s3/kept.toml", SOUND)];
    let said = |text: &str| complaints(&files, Some(&File::new("tieout.toml", text)));
    assert_eq!(said("[params.\"s3.kept\"]\ndays = 60\n"), [""; 0]);
    assert_eq!(said("[params.s3.kept]\ndays = 60\n"), [""; 0]);
    assert_eq!(
        said("[params.\"s3.kpt\"]\ndays = 60\n"),
        ["tieout.toml:2:1 there is no check `s3.kpt` / did you mean `s3.kept`?"]
    );
    assert_eq!(
        said("[params.\"s3.kept\"]\nday = 60\n"),
        ["tieout.toml:2:1 `s3.kept` has no parameter `day` / did you mean `days`?"]
    );
    assert_eq!(
        said("[params.\"s3.kept\"]\ndays = \"60\"\n"),
        [
            "tieout.toml:2:8 `days` of `s3.kept` is text, not a whole number / \
          write digits without quotes and without a fraction: 90"
        ]
    );
}

#[test]
fn every_mistake_of_every_file_is_said_in_order() {
    let bad = SOUND
        .replace("\"medium\"", "\"hihg\"")
        .replace("bucket.versioning == ", "bucket.versionning == ");
    let files = [
        found("s3.z", "s3/z.toml", &bad),
        found("s3.a", "s3/a.toml", &bad),
    ];
    let said = complaints(&files, None);
    let places: Vec<&str> = said
        .iter()
        .filter_map(|said| said.split(' ').next())
        .collect();
    assert_eq!(
        places,
        [
            "s3/a.toml:2:12",
            "s3/a.toml:8:11",
            "s3/z.toml:2:12",
            "s3/z.toml:8:11"
        ]
    );
}

#[test]
fn folders_that_cannot_be_read_and_names_that_are_no_ids() {
    let folder = tempfile::tempdir().unwrap();
    let said = |path: &Path| {
        let complaints = directory(path).unwrap_err();
        let messages = complaints.0.into_iter().map(|complaint| complaint.message);
        messages.collect::<Vec<_>>()
    };
    assert_eq!(said(folder.path()), ["there is no check here"]);
    assert!(said(&folder.path().join("nowhere"))[0].starts_with("cannot be read: "));
    std::fs::write(folder.path().join("Has-Dash.toml"), SOUND).unwrap();
    assert_eq!(said(folder.path()), ["this path makes no id"]);
}
