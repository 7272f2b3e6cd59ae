//! How a mistake in a check is shown.

use tieout::check::load::{Known, load};
use tieout::complaint::Complaints;
use tieout::inventory::kinds;

use super::sound::{SOUND, criterion, found};

/// What is said of one file, as it is shown.
pub(crate) fn shown(text: &str) -> Complaints {
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &criterion,
        config: None,
    };
    load(&[found("s3.kept", "s3/kept.toml", text)], known).unwrap_err()
}

#[test]
fn a_complaint_shows_the_line() {
    let complaints = shown(&SOUND.replace("bucket.versioning == ", "bucket.versionning == "));
    assert_eq!(
        complaints.to_string(),
        "error: s3.bucket has no field `versionning`
 --> s3/kept.toml:8:11
  |
8 |    bucket.versionning == \"Enabled\"
  |           ^^^^^^^^^^^
  |
  = help: did you mean `versioning`?

1 mistake"
    );
    // Colours are the caller's to ask for.
    assert!(complaints.render(true).contains('\u{1b}'));
}

#[test]
fn a_hostile_file_cannot_drive_the_terminal() {
    let complaints = shown(&SOUND.replace("\"medium\"", "\"\\u001b[2J\""));
    assert!(!complaints.to_string().contains('\u{1b}'), "{complaints}");
}
