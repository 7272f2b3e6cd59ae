//! The files of a folder of records.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Folder, Kept};
use crate::complaint::{Complaint, File};

/// The TOML files that stand directly in a folder, by name. Other files are somebody's notes; a folder within it is not
/// read, which at worst leaves a failure unwaived.
pub(super) fn files(
    folder: &Folder,
    config: Option<&File>,
    complaints: &mut Vec<Complaint>,
) -> Vec<Kept> {
    let mut kept = Vec::new();
    let paths = match toml_files(&folder.path) {
        Ok(paths) => paths,
        Err(error) if folder.named.is_none() && error.kind() == io::ErrorKind::NotFound => {
            return kept;
        }
        Err(error) => {
            let name = folder.path.display();
            let help = format!(
                "make the folder, or name another with {} = \"…\" in tieout.toml",
                folder.kind.name()
            );
            let message = format!("{name} cannot be read: {error}");
            complaints.push(match (config, &folder.named) {
                (Some(file), Some(span)) => Complaint::new(file, span.clone(), message, help),
                _ => Complaint::new(&File::new(name.to_string(), ""), 0..0, message, help),
            });
            return kept;
        }
    };
    for path in paths {
        let name = path.display().to_string();
        let wrong = |message: String, help: &str| {
            Complaint::new(&File::new(&name, ""), 0..0, message, help)
        };
        match fs::read(&path).map(String::from_utf8) {
            Ok(Ok(text)) => kept.push(Kept {
                kind: folder.kind,
                file: File::new(&name, text),
            }),
            Ok(Err(_)) => {
                complaints.push(wrong("is not text in UTF-8".to_owned(), "save it as UTF-8"))
            }
            Err(error) => complaints.push(wrong(
                format!("cannot be read: {error}"),
                "check its permissions",
            )),
        }
    }
    kept
}

fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") && !path.is_dir() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
