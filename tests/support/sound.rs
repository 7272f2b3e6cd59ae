//! A check in which nothing is wrong, and what is said of it when something is.

use tieout::check::load::{Found, Known, load};
use tieout::complaint::File;
use tieout::inventory::kinds;

/// A check in which nothing is wrong. Each case below puts one thing wrong.
pub(crate) const SOUND: &str = r#"title    = "S3 bucket keeps versions"
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

pub(crate) fn criterion(id: &str) -> Result<(), Option<String>> {
    match id {
        "tsc2017:A1.2" => Ok(()),
        "A1.2" => Err(Some("tsc2017:A1.2".to_owned())),
        _ => Err(None),
    }
}

pub(crate) fn found(id: &str, name: &str, text: &str) -> Found {
    Found {
        id: id.to_owned(),
        file: File::new(name, text),
    }
}

/// Every complaint as `file:line:column message / remedy`.
pub(crate) fn complaints(files: &[Found], config: Option<&File>) -> Vec<String> {
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
pub(crate) fn says(from: &str, to: &str, expected: &[&str]) {
    assert!(SOUND.contains(from), "nothing to replace: {from}");
    let text = SOUND.replacen(from, to, 1);
    let said = complaints(&[found("s3.kept", "s3/kept.toml", &text)], None);
    assert_eq!(said, expected, "with {to:?}");
}
