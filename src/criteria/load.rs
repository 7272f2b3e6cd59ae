//! Framework files into [`Frameworks`]: every complaint at once, each with file, line and remedy.
//!
//! A framework is one file, `<id>.toml`; `attestations.toml` beside it holds the attestations that any
//! framework may name.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use toml::Spanned;

use super::file::{Complaint, Complaints, RawAttestation, RawFramework, SourceFile};
use super::{Attestation, Frameworks, link};

/// The file of attestations; every other file is a framework.
const ATTESTATIONS: &str = "attestations.toml";

#[derive(RustEmbed)]
#[folder = "checks/criteria"]
#[include = "*.toml"]
struct Embedded;

/// Framework files that do not load.
#[derive(Clone, Debug, thiserror::Error)]
pub struct FrameworksError {
    /// Everything found wrong, by file and line.
    pub complaints: Vec<Complaint>,
}

impl fmt::Display for FrameworksError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, complaint) in self.complaints.iter().enumerate() {
            if n > 0 {
                writeln!(out)?;
            }
            write!(out, "{complaint}")?;
        }
        Ok(())
    }
}

/// The framework files in the binary.
///
/// # Errors
/// When one of them is not text.
pub fn embedded_files() -> Result<Vec<SourceFile>, FrameworksError> {
    let mut files = Vec::new();
    let mut complaints = Vec::new();
    for (name, file) in
        Embedded::iter().filter_map(|name| Embedded::get(&name).map(|file| (name, file)))
    {
        match SourceFile::new(format!("checks/criteria/{name}"), file.data.into_owned()) {
            Ok(file) => files.push(file),
            Err(complaint) => complaints.push(complaint),
        }
    }
    if complaints.is_empty() {
        Ok(files)
    } else {
        Err(FrameworksError { complaints })
    }
}

/// The framework files of a user's own checks: those in `criteria/` of their directory, if it is there.
///
/// # Errors
/// When one of them cannot be read.
pub fn directory(checks: &Path) -> Result<Vec<SourceFile>, FrameworksError> {
    let folder = checks.join("criteria");
    let unreadable = |path: &Path, error: io::Error| Complaint {
        file: path.display().to_string(),
        line: 1,
        column: 1,
        message: format!("cannot be read: {error}"),
        help: "check the path and its permissions".into(),
    };
    let mut paths = Vec::new();
    let mut complaints = Vec::new();
    match fs::read_dir(&folder) {
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Ok(entry) => paths.push(entry.path()),
                    Err(error) => complaints.push(unreadable(&folder, error)),
                }
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => complaints.push(unreadable(&folder, error)),
    }
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    let mut files = Vec::new();
    for path in paths {
        let read = fs::read(&path).map_err(|error| unreadable(&path, error));
        match read.and_then(|bytes| SourceFile::new(path.display().to_string(), bytes)) {
            Ok(file) => files.push(file),
            Err(complaint) => complaints.push(complaint),
        }
    }
    if complaints.is_empty() {
        Ok(files)
    } else {
        Err(FrameworksError { complaints })
    }
}

impl Frameworks {
    /// The frameworks in the binary.
    ///
    /// # Errors
    /// When a file under `checks/criteria/` is wrong, which a test of this module rules out.
    pub fn embedded() -> Result<Self, FrameworksError> {
        Self::parse(embedded_files()?)
    }

    /// The frameworks in these files: those of [`embedded_files`], say, and a user's own.
    ///
    /// # Errors
    /// When any file is wrong, or two of them do not fit together.
    pub fn parse(files: impl IntoIterator<Item = SourceFile>) -> Result<Self, FrameworksError> {
        let mut files: Vec<SourceFile> = files.into_iter().collect();
        // By name, so that the order of the report does not hang on the order of a directory.
        files.sort_by(|a, b| a.name().cmp(b.name()).then_with(|| a.path.cmp(&b.path)));

        let mut complaints = Complaints::default();
        let mut attestations = BTreeMap::new();
        let mut frameworks = Vec::new();
        for file in &files {
            if file.name() == ATTESTATIONS {
                read_attestations(file, &mut attestations, &mut complaints);
            } else if let Some(raw) = complaints.parse::<RawFramework>(file) {
                frameworks.push((file, raw));
            }
        }
        let linked = link::link(&frameworks, attestations, &mut complaints);

        let Complaints(mut complaints) = complaints;
        if complaints.is_empty() {
            return Ok(linked);
        }
        complaints.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Err(FrameworksError { complaints })
    }
}

fn read_attestations(
    file: &SourceFile,
    known: &mut BTreeMap<String, Arc<Attestation>>,
    complaints: &mut Complaints,
) {
    let Some(raw) = complaints.parse::<BTreeMap<Spanned<String>, RawAttestation>>(file) else {
        return;
    };
    for (
        name,
        RawAttestation {
            what,
            document,
            max_age_days,
        },
    ) in raw
    {
        let id = name.get_ref().clone();
        let attestation = Arc::new(Attestation {
            id: id.clone(),
            what,
            document,
            max_age_days,
        });
        if known.insert(id.clone(), attestation).is_some() {
            let message = format!("the attestation `{id}` is defined in another file already");
            complaints.add(file, name.span(), message, "give it another name".into());
        }
    }
}
