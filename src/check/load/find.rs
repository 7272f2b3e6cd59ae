//! Finding check files: in the binary, and below a directory.

use std::fs;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;

use crate::complaint::{Complaint, Complaints, File};

/// Frameworks live beside the checks, and are no checks.
const FRAMEWORKS: &str = "criteria";

#[derive(RustEmbed)]
#[folder = "checks"]
#[include = "*.toml"]
#[exclude = "criteria/*"]
struct Embedded;

/// A check file, before anybody has looked into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The id its path gives it.
    pub id: String,
    /// The file.
    pub file: File,
}

/// The check files in the binary.
pub fn embedded() -> Vec<Found> {
    let mut found: Vec<Found> = Embedded::iter()
        .filter_map(|path| Embedded::get(&path).map(|embedded| (path, embedded)))
        .map(|(path, embedded)| {
            let text = String::from_utf8_lossy(&embedded.data);
            Found {
                id: id(&path),
                file: File::new(format!("checks/{path}"), text),
            }
        })
        .collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// The check files below a directory of a user's own.
///
/// # Errors
/// What cannot be read, or has a name that is no id.
pub fn directory(directory: &Path) -> Result<Vec<Found>, Complaints> {
    let mut paths = Vec::new();
    let mut complaints = Vec::new();
    walk(directory, &mut paths, &mut complaints);
    paths.sort();
    let mut found = Vec::new();
    for path in &paths {
        match read(directory, path) {
            Ok(file) => found.push(file),
            Err(complaint) => complaints.push(complaint),
        }
    }
    if paths.is_empty() && complaints.is_empty() {
        complaints.push(unreadable(
            directory,
            "there is no check here",
            "`tieout checks new` writes one",
        ));
    }
    Complaints(complaints).none_or(found)
}

/// One check file; `root` is where its id starts.
///
/// # Errors
/// When it cannot be read, or has a name that is no id.
pub fn read(root: &Path, path: &Path) -> Result<Found, Complaint> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let id = id(&below.to_string_lossy().replace('\\', "/"));
    if !is_id(&id) {
        return Err(unreadable(
            path,
            "this path makes no id",
            "name files and folders in small letters, digits and _: s3/versioning_enabled.toml",
        ));
    }
    match fs::read_to_string(path) {
        Ok(text) => Ok(Found {
            id,
            file: File::new(path.to_string_lossy(), text),
        }),
        Err(error) => Err(failed(path, &error)),
    }
}

/// Whether this can be a check's id: words of small letters, digits and `_`, with dots between. Folders may have a `-` too,
/// as services have it: `network-firewall`.
pub fn is_id(id: &str) -> bool {
    let letter =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    let (folders, name) = id.rsplit_once('.').unwrap_or(("", id));
    let named = |word: &str, more: fn(char) -> bool| {
        !word.is_empty() && word.chars().all(|one| letter(one) || more(one))
    };
    named(name, |_| false)
        && (name == id || folders.split('.').all(|word| named(word, |one| one == '-')))
}

/// `s3/versioning_enabled.toml` as `s3.versioning_enabled`.
fn id(path: &str) -> String {
    path.strip_suffix(".toml").unwrap_or(path).replace('/', ".")
}

fn walk(directory: &Path, paths: &mut Vec<PathBuf>, complaints: &mut Vec<Complaint>) {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) => return complaints.push(failed(directory, &error)),
    };
    for entry in entries {
        // The kind of the entry itself: a link to a folder is not followed, so no walk runs in circles.
        match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
            Ok((path, kind)) if kind.is_dir() => {
                if !path.ends_with(FRAMEWORKS) {
                    walk(&path, paths, complaints);
                }
            }
            Ok((path, _))
                if path
                    .extension()
                    .is_some_and(|extension| extension == "toml") =>
            {
                paths.push(path);
            }
            Ok(_) => {}
            Err(error) => complaints.push(failed(directory, &error)),
        }
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Complaint {
    let message = format!("cannot be read: {error}");
    unreadable(
        path,
        &message,
        "check the path, its permissions, and that it is UTF-8 text",
    )
}

fn unreadable(path: &Path, message: &str, help: &str) -> Complaint {
    let file = File::new(path.to_string_lossy(), "");
    Complaint::new(&file, 0..0, message, help)
}

#[cfg(test)]
mod tests {
    use super::{id, is_id};

    #[test]
    fn the_path_is_the_id() {
        assert_eq!(id("s3/versioning_enabled.toml"), "s3.versioning_enabled");
        assert_eq!(id("mine.toml"), "mine");
    }

    #[test]
    fn an_id_has_small_letters_digits_and_underscores() {
        for good in ["s3.versioning_enabled", "mine", "a.b.c_1", "sso-admin.b"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "s3.", ".a", "S3.x", "s3.with-dash", "s3.with space"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
