//! Framework files into [`Frameworks`]: complaints all at once, each with file, line and remedy.
//!
//! A framework is one file, `<id>.toml`; `attestations.toml` beside it holds the attestations that any
//! framework may name.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;
use toml::Spanned;

use super::file::{RawAttestation, RawFramework, name};
use super::{Attestation, Frameworks, link};
use crate::complaint::{Complaint, Complaints, File};

/// The file of attestations; every other file is a framework.
const ATTESTATIONS: &str = "attestations.toml";

#[derive(RustEmbed)]
#[folder = "checks/criteria"]
#[include = "*.toml"]
struct Embedded;

/// The framework files in the binary.
pub fn embedded() -> Vec<File> {
    let files = Embedded::iter().filter_map(|name| Embedded::get(&name).map(|file| (name, file)));
    files
        .map(|(name, file)| {
            // They were text when the binary was built; a test reads them all.
            let text = String::from_utf8_lossy(&file.data);
            File::new(format!("checks/criteria/{name}"), text)
        })
        .collect()
}

/// The framework files of a user's own checks: those in `criteria/` of their directory, if it is there.
///
/// # Errors
/// When one of them cannot be read.
pub fn directory(checks: &Path) -> Result<Vec<File>, Complaints> {
    let folder = checks.join("criteria");
    let mut complaints = Vec::new();
    let mut files = Vec::new();
    for path in toml_files(&folder, &mut complaints) {
        match fs::read_to_string(&path) {
            Ok(text) => files.push(File::new(path.to_string_lossy(), text)),
            Err(error) => complaints.push(unreadable(&path, &error)),
        }
    }
    Complaints(complaints).none_or(files)
}

fn toml_files(folder: &Path, complaints: &mut Vec<Complaint>) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                complaints.push(unreadable(folder, &error));
            }
            return Vec::new();
        }
    };
    let mut paths = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => paths.push(entry.path()),
            Err(error) => complaints.push(unreadable(folder, &error)),
        }
    }
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    paths
}

fn unreadable(path: &Path, error: &io::Error) -> Complaint {
    let file = File::new(path.to_string_lossy(), "");
    let help = "check the path, its permissions, and that it is UTF-8 text";
    Complaint::new(&file, 0..0, format!("cannot be read: {error}"), help)
}

impl Frameworks {
    /// The frameworks in the binary.
    ///
    /// # Errors
    /// When a file under `checks/criteria/` is wrong, which a test of this module rules out.
    pub fn embedded() -> Result<Self, Complaints> {
        Self::parse(embedded())
    }

    /// The frameworks in these files: those of [`embedded`], say, and a user's own.
    ///
    /// # Errors
    /// When any file is wrong, or two of them do not fit together.
    pub fn parse(mut files: Vec<File>) -> Result<Self, Complaints> {
        // By name, so that the order of the report does not hang on the order of a directory.
        files.sort_by(|a, b| name(a).cmp(name(b)).then_with(|| a.name.cmp(&b.name)));

        let mut complaints = Vec::new();
        let mut attestations = BTreeMap::new();
        let mut frameworks = Vec::new();
        for file in &files {
            if name(file) == ATTESTATIONS {
                read_attestations(file, &mut attestations, &mut complaints);
            } else if let Some(raw) = parse::<RawFramework>(file, &mut complaints) {
                frameworks.push((file, raw));
            }
        }
        let mut linked = link::link(&frameworks, attestations, &mut complaints);
        linked.files = files.clone();
        Complaints(complaints).none_or(linked)
    }
}

fn parse<T: DeserializeOwned>(file: &File, complaints: &mut Vec<Complaint>) -> Option<T> {
    match toml::from_str(&file.text) {
        Ok(value) => Some(value),
        Err(error) => {
            let span = error.span().unwrap_or_default();
            let help = "write it like the files in checks/criteria/";
            complaints.push(Complaint::new(file, span, error.message(), help));
            None
        }
    }
}

fn read_attestations(
    file: &File,
    known: &mut BTreeMap<String, Arc<Attestation>>,
    complaints: &mut Vec<Complaint>,
) {
    let raw = parse::<BTreeMap<Spanned<String>, RawAttestation>>(file, complaints);
    for (
        name,
        RawAttestation {
            what,
            document,
            max_age_days,
            report_max_days,
        },
    ) in raw.into_iter().flatten()
    {
        let id = name.get_ref().clone();
        let attestation = Arc::new(Attestation {
            id: id.clone(),
            what,
            document,
            max_age_days,
            report_max_days,
        });
        if known.insert(id.clone(), attestation).is_some() {
            let message = format!("the attestation `{id}` is defined in another file already");
            complaints.push(Complaint::new(
                file,
                name.span(),
                message,
                "give it another name",
            ));
        }
    }
}
