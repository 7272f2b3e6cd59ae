//! What the author of a check is told about each mistake: where, what, and what to do.

use tieout::check::load::{Found, Known, load};
use tieout::complaint::File;
use tieout::inventory::kinds;

/// A check in which nothing is wrong. Each case below puts one thing wrong.
const SOUND: &str = r#"title    = "S3 bucket keeps versions"
severity = "medium"
resource = "s3.bucket"
criteria = ["tsc2017:A1.2"]
params   = { days = 30 }

require = '''
   bucket.versioning == "Enabled"
&& bucket.lifecycle.all(rule, rule.noncurrent_days == null || rule.noncurrent_days >= params.days)
'''

why = "A version that is kept can be brought back."
fix = "Turn versioning on."

[[example]]
name   = "versions are kept long enough"
expect = "pass"
given.bucket.versioning = "Enabled"
given.bucket.lifecycle  = [{ noncurrent_days = 30 }]

[[example]]
name   = "versions go too early"
expect = "fail"
given.bucket.versioning = "Enabled"
given.bucket.lifecycle  = [{ noncurrent_days = 29 }]
"#;

fn criterion(id: &str) -> Result<(), Option<String>> {
    match id {
        "tsc2017:A1.2" => Ok(()),
        "A1.2" => Err(Some("tsc2017:A1.2".to_owned())),
        _ => Err(None),
    }
}

fn found(id: &str, name: &str, text: &str) -> Found {
    Found {
        id: id.to_owned(),
        file: File::new(name, text),
    }
}

/// Every complaint as `file:line:column message / remedy`.
fn complaints(files: &[Found], config: Option<&File>) -> Vec<String> {
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &criterion,
        config,
    };
    let Err(complaints) = load(files, known) else {
        return Vec::new();
    };
    let lines = complaints.0.iter().map(|complaint| {
        format!(
            "{}:{}:{} {} / {}",
            complaint.file.name,
            complaint.line,
            complaint.column,
            complaint.message,
            complaint.help
        )
    });
    lines.collect()
}

/// The sound check with `from` replaced, and all that is said about it.
#[track_caller]
fn says(from: &str, to: &str, expected: &[&str]) {
    assert!(SOUND.contains(from), "nothing to replace: {from}");
    let text = SOUND.replacen(from, to, 1);
    let said = complaints(&[found("s3.kept", "s3/kept.toml", &text)], None);
    assert_eq!(said, expected, "with {to:?}");
}

#[test]
fn nothing_is_said_of_a_sound_check() {
    says("S3", "S3", &[]);
}

#[test]
fn what_is_not_toml() {
    says("\"medium\"", "medium", &["s3/kept.toml:2:12 "]);
    says("severity =", "title =", &["s3/kept.toml:2:1 "]);
}

#[test]
fn a_key_that_is_not_one() {
    says(
        "severity =",
        "sevrity  =",
        &[
            "s3/kept.toml:1:1 this check has no `severity` / say one of critical, high, medium, low, info: severity = \"…\"",
            "s3/kept.toml:2:1 a check has no field `sevrity` / did you mean `severity`?",
        ],
    );
    says("expect = \"pass\"", "expects = \"pass\"", &[]);
}

#[test]
fn a_word_that_is_not_one() {
    says(
        "\"medium\"",
        "\"hihg\"",
        &["s3/kept.toml:2:12 there is no severity `hihg` / did you mean `high`?"],
    );
    says(
        "\"medium\"",
        "\"bad\"",
        &[
            "s3/kept.toml:2:12 there is no severity `bad` / there are: critical, high, medium, low, info",
        ],
    );
    says(
        "s3.bucket",
        "s3.buckets",
        &[
            "s3/kept.toml:3:12 there is no kind of resource `s3.buckets` / did you mean `s3.bucket`?",
        ],
    );
}

#[test]
fn a_value_of_the_wrong_type() {
    says("\"medium\"", "3", &[]);
    says("[\"tsc2017:A1.2\"]", "\"tsc2017:A1.2\"", &[]);
    says("[\"tsc2017:A1.2\"]", "[12]", &[]);
}
