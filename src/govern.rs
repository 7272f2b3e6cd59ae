//! What people state beside the checks: waivers, attestations and management responses.
//!
//! Each is one TOML file in a folder beside `tieout.toml`. They are read once, before the first call; a mistake in one ends
//! the scan before it began. Their text goes into the bundle as it was read, so that a replay judges by the same
//! statements. They mark verdicts and never remove one: whatever people state, each resource keeps its outcome.
//!
//! Time is the start of the run: a waiver that had expired when the account was read has expired in every replay.

pub mod attestation;
mod folder;
pub mod limits;
pub mod marking;
pub mod pattern;
pub mod record;
pub mod response;
pub mod segregation;
pub mod waiver;

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use attestation::document::{self, Documents};

use crate::complaint::table::Reader;
use crate::complaint::{Complaint, Complaints, File};

pub use attestation::Statement;
pub use limits::Limits;
pub use response::Response;
pub use waiver::Waiver;

/// What a file of a run's governance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Accepted failures.
    Waivers,
    /// Statements for what AWS cannot show.
    Attestations,
    /// What the documents of attestations were found to be when the run was made.
    Documents,
    /// What management says of exceptions.
    Responses,
    /// For how long a waiver and a review of AWS's report may count, where `tieout.toml` says otherwise than Tieout.
    Limits,
}

impl Kind {
    /// Those that have a folder each, in the order they are read.
    pub const FOLDERS: [Self; 3] = [Self::Waivers, Self::Attestations, Self::Responses];

    /// The folder's name, the key in `tieout.toml`, and the word in a bundle.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Waivers => "waivers",
            Self::Attestations => "attestations",
            Self::Documents => "documents",
            Self::Responses => "responses",
            Self::Limits => "limits",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        [
            Self::Waivers,
            Self::Attestations,
            Self::Documents,
            Self::Responses,
            Self::Limits,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

/// Where the records of one kind are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Which records.
    pub kind: Kind,
    /// The folder.
    pub path: PathBuf,
    /// The bytes of `tieout.toml` that name it; none for the folder that is read if it is there.
    pub named: Option<Range<usize>>,
}

/// Where to read, and what `tieout.toml` rules about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The folders.
    pub folders: Vec<Folder>,
    /// For how long what is stated may count.
    pub limits: Limits,
}

impl Settings {
    /// The folders beside a `tieout.toml` that names none.
    #[must_use]
    pub fn beside(base: &Path) -> Self {
        Self {
            folders: Kind::FOLDERS
                .map(|kind| Folder {
                    kind,
                    path: base.join(kind.name()),
                    named: None,
                })
                .into(),
            limits: Limits::default(),
        }
    }

    /// What `tieout.toml` says; `base` is where its paths start from. `waivers`, `attestations` and `responses` name a
    /// folder each, or are a table with `folder` in it.
    pub fn read(reader: &mut Reader<'_>, table: &toml::de::DeTable<'_>, base: &Path) -> Self {
        let mut settings = Self::beside(base);
        for folder in &mut settings.folders {
            let key = folder.kind.name();
            let named = match table.get(key) {
                None => None,
                Some(value) => match value.get_ref().as_table() {
                    None => reader.text(table, key),
                    Some(inner) => {
                        let known: &[&str] = match folder.kind {
                            Kind::Waivers => &["folder", "max_days"],
                            Kind::Attestations => &["folder", "report_max_days"],
                            Kind::Documents | Kind::Responses | Kind::Limits => &["folder"],
                        };
                        reader.known_keys(inner, &format!("[{key}]"), known);
                        match folder.kind {
                            Kind::Waivers => settings.limits.read_waivers(reader, inner),
                            Kind::Attestations => settings.limits.read_reports(reader, inner),
                            Kind::Documents | Kind::Responses | Kind::Limits => {}
                        }
                        reader.text(inner, "folder")
                    }
                },
            };
            if let Some(named) = named {
                folder.path = base.join(named.get_ref());
                folder.named = Some(named.span());
            }
        }
        settings
    }

    /// Where records of this kind are, and a new one is written.
    #[must_use]
    pub fn folder(&self, kind: Kind) -> PathBuf {
        self.folders
            .iter()
            .find(|folder| folder.kind == kind)
            .map_or_else(|| PathBuf::from(kind.name()), |folder| folder.path.clone())
    }
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What it is.
    pub kind: Kind,
    /// Path and text.
    pub file: File,
}

impl Kept {
    /// The name a record goes by: that of its file, without the ending. One folder has it once.
    #[must_use]
    pub fn id(&self) -> String {
        record::id(&self.file)
    }
}

/// All that people state.
#[derive(Debug, Clone, Default)]
pub struct Governance {
    /// Accepted failures, by id.
    pub waivers: Vec<Waiver>,
    /// Statements for what AWS cannot show, by id, each with what its document was found to be.
    pub attestations: Vec<Statement>,
    /// What management says of exceptions, by id.
    pub responses: Vec<Response>,
    /// For how long what is stated may count.
    pub limits: Limits,
    files: Vec<Kept>,
}

impl Governance {
    /// Reads the folders. One that `tieout.toml` names must be there; the others are read if they are.
    ///
    /// # Errors
    /// All that is wrong in them.
    pub fn load(config: Option<&File>, settings: &Settings) -> Result<Self, Complaints> {
        let mut complaints = Vec::new();
        let mut kept = Vec::new();
        for folder in &settings.folders {
            kept.extend(folder::files(folder, config, &mut complaints));
        }
        if let Some(text) = settings.limits.text() {
            let name = config.map_or("tieout.toml", |file| file.name.as_ref());
            kept.push(Kept {
                kind: Kind::Limits,
                file: File::new(name, text),
            });
        }
        match Self::parse(kept) {
            Ok(mut all) => {
                all.find_documents();
                Complaints(complaints).none_or(all)
            }
            Err(Complaints(more)) => {
                complaints.extend(more);
                Complaints(complaints).none_or(Self::default())
            }
        }
    }

    /// What these files say and no more.
    ///
    /// # Errors
    /// All that is wrong in them.
    pub fn parse(files: Vec<Kept>) -> Result<Self, Complaints> {
        let mut all = Self::default();
        let mut complaints = Vec::new();
        let mut documents = Documents::new();
        for kept in &files {
            let file = &kept.file;
            match kept.kind {
                Kind::Waivers => all.waivers.extend(waiver::read(file, &mut complaints)),
                Kind::Attestations => {
                    all.attestations
                        .extend(attestation::read(file, &mut complaints));
                }
                Kind::Documents => documents.extend(document::kept(file, &mut complaints)),
                Kind::Responses => all.responses.extend(response::read(file, &mut complaints)),
                Kind::Limits => all.limits = Limits::parse(file, &mut complaints),
            }
        }
        waiver::supersessions(&all.waivers, &files, &mut complaints);
        let attested: Vec<&File> = files
            .iter()
            .filter(|kept| kept.kind == Kind::Attestations)
            .map(|kept| &kept.file)
            .collect();
        attestation::read::together(&all.attestations, &attested, &mut complaints);
        document::compare(&mut all.attestations, &documents);
        all.files = files;
        Complaints(complaints).none_or(all)
    }

    /// Reads the documents of the attestations, once, and keeps what they were found to be beside the files.
    fn find_documents(&mut self) {
        let documents = document::find(&self.attestations);
        document::compare(&mut self.attestations, &documents);
        let kept = documents.iter().map(|(name, found)| Kept {
            kind: Kind::Documents,
            file: File::new(name, found.text()),
        });
        self.files.extend(kept);
    }

    /// The same from a bundle: word, path and text of each file.
    ///
    /// # Errors
    /// All that is wrong in them, and a word of another version.
    pub fn recorded(kept: impl IntoIterator<Item = (String, File)>) -> Result<Self, Complaints> {
        let mut files = Vec::new();
        let mut complaints = Vec::new();
        for (word, file) in kept {
            match Kind::of(&word) {
                Some(kind) => files.push(Kept { kind, file }),
                None => complaints.push(Complaint::new(
                    &file,
                    0..0,
                    format!("`{word}` is no kind of record that this version reads"),
                    "use the version of Tieout that wrote it",
                )),
            }
        }
        Complaints(complaints).none_or(())?;
        Self::parse(files)
    }

    /// The files as they were read, in the order of their kinds and names.
    #[must_use]
    pub fn files(&self) -> &[Kept] {
        &self.files
    }
}

#[cfg(test)]
mod tests;
