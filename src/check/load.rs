//! Check files into checks: those in the binary, and a user's own.
//!
//! Files are found, never registered, and a file's path is its check's id. Nothing is half loaded: either every file
//! is sound, or each mistake in each of them is a [`Complaint`](crate::complaint::Complaint) with its line and remedy.

mod fields;
mod find;
mod params;

use std::collections::BTreeMap;

use super::Check;
use crate::complaint::{Complaint, Complaints, File, nearest};
use crate::inventory::schema::Schema;

pub use fields::KEYS;
pub use find::{Found, directory, embedded, is_id, read};
pub use params::set_in;

/// What checks may speak of, beside each other.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The kinds and their fields.
    pub schema: &'a Schema,
    /// Whether a criterion exists; if not, perhaps the one that was meant. A function, because frameworks are built on
    /// checks and not the other way round.
    pub criterion: &'a dyn Fn(&str) -> Result<(), Option<String>>,
    /// `tieout.toml`, whose `[params]` override those of the checks.
    pub config: Option<&'a File>,
}

/// The checks in these files, in order of their ids.
///
/// # Errors
/// Everything that is wrong in any of them.
pub fn load(files: &[Found], known: Known<'_>) -> Result<Vec<Check>, Complaints> {
    let mut complaints = duplicates(files);
    let mut loaded = Vec::new();
    for found in files {
        let (check, mistakes) = fields::check(found, known);
        complaints.extend(mistakes);
        loaded.extend(check);
    }
    let ids: Vec<&str> = files.iter().map(|found| found.id.as_str()).collect();
    if let Some(config) = known.config {
        complaints.extend(params::override_params(config, &mut loaded, &ids));
    }
    let mut checks: Vec<Check> = loaded.into_iter().map(|(check, _)| check).collect();
    complaints.extend(former_ids(&checks, files));
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    Complaints(complaints).none_or(checks)
}

/// The check somebody means by an id, by its own or by a former one.
pub fn by_id<'a>(checks: &'a [Check], id: &str) -> Option<&'a Check> {
    let former = || {
        checks
            .iter()
            .find(|check| check.was.iter().any(|was| was == id))
    };
    checks.iter().find(|check| check.id == id).or_else(former)
}

/// The id nearest to what somebody wrote, former ids included; an id that was broken off counts as near.
pub fn suggest<'a>(checks: &'a [Check], written: &str) -> Option<&'a str> {
    let former = checks.iter().flat_map(|check| &check.was);
    let ids = || {
        let ids = checks.iter().map(|check| &check.id).chain(former.clone());
        ids.map(String::as_str)
    };
    nearest(written, ids()).or_else(|| {
        let begins = |id: &'a str| id.get(..written.len()).unwrap_or(id);
        let beginning = nearest(written, ids().map(begins))?;
        ids().find(|id| id.starts_with(beginning))
    })
}

/// Two files of one id: a waiver or a verdict would not say which it means.
fn duplicates(files: &[Found]) -> Vec<Complaint> {
    let mut first: BTreeMap<&str, &Found> = BTreeMap::new();
    let mut complaints = Vec::new();
    for found in files {
        if let Some(earlier) = first.get(found.id.as_str()) {
            let message = format!("there is a check `{}` already", found.id);
            let help = format!("rename this file; the other is {}", earlier.file.name);
            complaints.push(Complaint::new(&found.file, 0..0, message, help));
        } else {
            first.insert(&found.id, found);
        }
    }
    complaints
}

/// A former id that is somebody's id now, or two checks' former id: an old waiver would not say which it means.
fn former_ids(checks: &[Check], files: &[Found]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for check in checks {
        for was in &check.was {
            let claims = |other: &&Check| {
                other.id == *was || (other.id != check.id && other.was.contains(was))
            };
            let Some(other) = checks.iter().find(claims) else {
                continue;
            };
            let Some(found) = files.iter().find(|found| *found.file.name == *check.file) else {
                continue;
            };
            let start = found
                .file
                .text
                .find(&format!("\"{was}\""))
                .unwrap_or_default();
            let message = format!("`{was}` is an id of `{}` too", other.id);
            let help = format!("take it out of `was` here or in {}", other.file);
            complaints.push(Complaint::new(
                &found.file,
                start..start + was.len() + 2,
                message,
                help,
            ));
        }
    }
    complaints
}
