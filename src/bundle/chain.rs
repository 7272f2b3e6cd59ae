//! The run before a run: each manifest holds the digest of the one before it, so that none can be exchanged, and none left out
//! of the middle, unnoticed.
//!
//! A chain is of one account. Replays are no part of it; neither is what a killed run left, because nothing in it is sealed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{BundleError, MANIFEST, SCHEMA, digest};
use crate::inventory::run::{Caller, Previous};

/// Where the run before this one is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// What a user named: a bundle, its manifest, or a folder of runs.
    At(PathBuf),
    /// Among the folders `run-*` in this one.
    Among(PathBuf),
}

/// The part of a manifest that a chain needs.
#[derive(Debug, Deserialize)]
struct Link {
    schema: String,
    run: Of,
    #[serde(default)]
    replay: Option<IgnoredAny>,
    files: BTreeMap<String, IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Of {
    id: String,
    started: Timestamp,
    callers: Vec<Caller>,
    #[serde(default)]
    replayed: Option<IgnoredAny>,
}

impl Link {
    fn read(bytes: &[u8]) -> Result<Self, String> {
        let link: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("its manifest cannot be read: {error}"))?;
        if link.schema == SCHEMA {
            Ok(link)
        } else {
            Err(format!(
                "its manifest says {:?} where {SCHEMA:?} belongs",
                link.schema
            ))
        }
    }

    /// Why it cannot come before a run of that account and time; none where it can.
    fn refused(&self, account: &str, started: Timestamp) -> Option<String> {
        let accounts: Vec<&str> = self
            .run
            .callers
            .iter()
            .map(|of| of.account.as_str())
            .collect();
        if self.files.is_empty() {
            Some("that run was stopped before its bundle was sealed".to_owned())
        } else if self.replay.is_some() || self.run.replayed.is_some() {
            Some("it is a replay, and no run of its own".to_owned())
        } else if !accounts.contains(&account) {
            Some(format!(
                "it is of account {}, and this run is of {account}",
                accounts.join(", ")
            ))
        } else if self.run.started >= started {
            Some("it did not start before this one".to_owned())
        } else {
            None
        }
    }

    fn previous(self, bytes: &[u8]) -> Previous {
        Previous {
            run: self.run.id,
            started: self.run.started,
            manifest_sha256: digest(bytes).sha256,
        }
    }
}

/// The run before one of that account and time; none where it is the first.
///
/// # Errors
/// When what a user named cannot be it. Among other folders, those that cannot be it are passed over.
pub fn previous(
    look: &Look,
    account: &str,
    started: Timestamp,
) -> Result<Option<Previous>, BundleError> {
    match look {
        Look::Among(folder) => latest(folder, account, started),
        Look::At(path) => {
            let inside = path.join(MANIFEST);
            let manifest = if !path.is_dir() {
                path
            } else if inside.is_file() {
                &inside
            } else {
                return latest(path, account, started);
            };
            let bytes = read(manifest)?;
            let cannot = |what| BundleError::NotPrevious {
                path: path.clone(),
                what,
            };
            let link = Link::read(&bytes).map_err(cannot)?;
            match link.refused(account, started) {
                Some(what) => Err(cannot(what)),
                None => Ok(Some(link.previous(&bytes))),
            }
        }
    }
}

fn latest(
    folder: &Path,
    account: &str,
    started: Timestamp,
) -> Result<Option<Previous>, BundleError> {
    let mut latest: Option<(Timestamp, PathBuf)> = None;
    for manifest in manifests(folder)? {
        let Ok(link) = Link::read(&read(&manifest)?) else {
            continue;
        };
        let later = latest.as_ref().is_none_or(|(of, _)| *of < link.run.started);
        if later && link.refused(account, started).is_none() {
            latest = Some((link.run.started, manifest));
        }
    }
    let Some((_, manifest)) = latest else {
        return Ok(None);
    };
    let bytes = read(&manifest)?;
    let link = Link::read(&bytes).map_err(|what| BundleError::NotPrevious {
        path: manifest,
        what,
    })?;
    Ok(Some(link.previous(&bytes)))
}

/// The manifests of the runs in a folder, in order of name. A folder that is not there yet has none.
fn manifests(folder: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let unreadable = |error| BundleError::Unreadable {
        path: folder.to_owned(),
        error,
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry.map_err(unreadable)?;
        let manifest = entry.path().join(MANIFEST);
        if entry.file_name().to_string_lossy().starts_with("run-") && manifest.is_file() {
            found.push(manifest);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, BundleError> {
    fs::read(path).map_err(|error| BundleError::Unreadable {
        path: path.to_owned(),
        error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "111122223333";

    /// A manifest of that account and hour; sealed, unless it has no files.
    fn manifest(run: &str, account: &str, hour: u32, extra: &str, files: &str) -> String {
        format!(
            r#"{{"schema":"{SCHEMA}","run":{{"id":"{run}","started":"2026-11-24T{hour:02}:00:00Z",
            "callers":[{{"account":"{account}","arn":"arn","partition":"aws"}}]}}{extra},"files":{{{files}}}}}"#
        )
    }

    fn sealed(run: &str, account: &str, hour: u32) -> String {
        manifest(run, account, hour, "", r#""report.json":{}"#)
    }

    fn runs(of: &[(&str, String)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in of {
            let run = folder.path().join(name);
            fs::create_dir(&run).unwrap();
            fs::write(run.join(MANIFEST), text).unwrap();
        }
        folder
    }

    fn noon() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_latest_sealed_run_of_the_account_before_this_one_is_it() {
        let folder = runs(&[
            ("run-a", sealed("a", ACCOUNT, 3)),
            ("run-b", sealed("b", ACCOUNT, 5)),
            ("run-c", sealed("c", ACCOUNT, 13)),
            ("run-d", sealed("d", "999988887777", 6)),
            ("run-e", manifest("e", ACCOUNT, 7, "", "")),
            (
                "run-f",
                manifest("f", ACCOUNT, 8, r#","replay":{}"#, r#""x":{}"#),
            ),
            ("run-g", "no manifest".to_owned()),
            ("other", sealed("h", ACCOUNT, 9)),
        ]);
        let look = Look::Among(folder.path().to_owned());
        let found = previous(&look, ACCOUNT, noon()).unwrap().unwrap();
        assert_eq!(found.run, "b");
        let text = fs::read(folder.path().join("run-b").join(MANIFEST)).unwrap();
        assert_eq!(found.manifest_sha256, digest(&text).sha256);
        let first = previous(&look, ACCOUNT, "2026-11-24T01:00:00Z".parse().unwrap());
        assert_eq!(first.unwrap(), None);
        let nowhere = Look::Among(folder.path().join("nowhere"));
        assert_eq!(previous(&nowhere, ACCOUNT, noon()).unwrap(), None);
    }

    #[test]
    fn what_is_named_and_cannot_be_it_is_refused_with_the_reason() {
        let cases = [
            (
                sealed("a", "999988887777", 3),
                "it is of account 999988887777",
            ),
            (sealed("a", ACCOUNT, 12), "it did not start before this one"),
            (
                manifest("a", ACCOUNT, 3, "", ""),
                "stopped before its bundle was sealed",
            ),
            (
                manifest("a", ACCOUNT, 3, r#","replay":{}"#, r#""x":{}"#),
                "it is a replay",
            ),
            ("{}".to_owned(), "its manifest cannot be read"),
            (
                sealed("a", ACCOUNT, 3).replace(SCHEMA, "other/1"),
                "where \"tieout-bundle/1\" belongs",
            ),
        ];
        for (text, says) in cases {
            let folder = runs(&[("kept", text)]);
            let look = Look::At(folder.path().join("kept"));
            let refused = previous(&look, ACCOUNT, noon()).unwrap_err().to_string();
            assert!(refused.contains(says), "{refused}");
        }
        let gone = Look::At("nowhere/manifest.json".into());
        assert!(previous(&gone, ACCOUNT, noon()).is_err());
    }
}
