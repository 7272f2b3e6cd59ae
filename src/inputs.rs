//! The user's own files and the dated data that comes with Tieout: what a scan holds the account against, because no AWS
//! account knows it of itself.
//!
//! `tieout.toml` names the files under `[inputs]`. They are read once, before the first call; a mistake in one ends the
//! scan before it began. Their text goes into the bundle as it was read, so that a replay judges by the same.

mod endpoints;
mod lifecycles;
mod people;
mod retention;
mod rows;
mod vendors;

use std::fs;
use std::sync::Arc;

use base16ct::lower::encode_string as hexadecimal;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::complaint::{Complaint, Complaints, File};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::inputs::{
    FILES, Lifecycles, Person, PublicEndpoint, Release, Retention, SERVICE, Vendor, not_given,
};
use crate::inventory::schema::Fields;
use crate::inventory::{Call, GLOBAL, Place, Source};

/// The keys under `[inputs]`, each of which names a file.
pub const KEYS: [&str; 5] = [
    "people",
    "vendors",
    "public_endpoints",
    "retention",
    "lifecycles",
];

/// A file that `tieout.toml` names: under which key, where it is, and where in `tieout.toml` that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Key under `[inputs]`.
    pub key: String,
    /// Where the file is.
    pub path: std::path::PathBuf,
    /// The bytes of `tieout.toml` that say so.
    pub span: std::ops::Range<usize>,
}

/// A file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Key under `[inputs]`.
    pub key: String,
    /// Path and text.
    pub file: File,
}

/// What the files say.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    kept: Vec<Kept>,
    people: Vec<people::Row>,
    vendors: Vec<vendors::Row>,
    endpoints: Vec<endpoints::Row>,
    retention: Vec<retention::Row>,
    lifecycles: Option<lifecycles::Data>,
}

impl Inputs {
    /// Reads the files that `tieout.toml` names, and what comes with Tieout where it names none.
    ///
    /// # Errors
    /// All that is wrong in them.
    pub fn load(config: Option<&File>, named: &[Named]) -> Result<Self, Complaints> {
        let mut kept = Vec::new();
        let mut complaints = Vec::new();
        for Named { key, path, span } in named {
            let name = path.display().to_string();
            match fs::read(path).map(String::from_utf8) {
                Ok(Ok(text)) => kept.push(Kept {
                    key: key.clone(),
                    file: File::new(name, text),
                }),
                Ok(Err(_)) => complaints.push(Complaint::new(
                    &File::new(name, ""),
                    0..0,
                    "is not text in UTF-8",
                    "save it as UTF-8; spreadsheets call it \"CSV UTF-8\"",
                )),
                Err(error) => complaints.push(Complaint::new(
                    config.unwrap_or(&File::default()),
                    span.clone(),
                    format!("{name} cannot be read: {error}"),
                    "check the path, which starts from where tieout.toml stands, and its permissions",
                )),
            }
        }
        match Self::parse(kept) {
            Ok(inputs) => Complaints(complaints).none_or(inputs),
            Err(Complaints(more)) => {
                complaints.extend(more);
                Complaints(complaints).none_or(Self::default())
            }
        }
    }

    /// What these files say, with what comes with Tieout where none of them says it.
    ///
    /// # Errors
    /// All that is wrong in them.
    pub fn parse(kept: Vec<Kept>) -> Result<Self, Complaints> {
        let mut kept = kept;
        if !kept.iter().any(|kept| kept.key == lifecycles::KEY) {
            kept.push(lifecycles::embedded());
        }
        Self::exactly(kept)
    }

    /// What these files say and no more: those of a bundle, which holds all that its run had.
    ///
    /// # Errors
    /// All that is wrong in them.
    pub fn exactly(kept: Vec<Kept>) -> Result<Self, Complaints> {
        let mut complaints = Vec::new();
        let mut all = Self::default();
        for Kept { key, file } in &kept {
            let wrong = &mut complaints;
            match key.as_str() {
                "people" => all.people = people::read(file, wrong),
                "vendors" => all.vendors = vendors::read(file, wrong),
                "public_endpoints" => all.endpoints = endpoints::read(file, wrong),
                "retention" => all.retention = retention::read(file, wrong),
                "lifecycles" => all.lifecycles = lifecycles::read(file, wrong),
                other => wrong.push(Complaint::new(
                    file,
                    0..0,
                    format!("`{other}` is no kind of file that this version reads"),
                    "use the version of Tieout that wrote it",
                )),
            }
        }
        all.kept = kept;
        Complaints(complaints).none_or(all)
    }

    /// The files as they were read.
    pub fn files(&self) -> &[Kept] {
        &self.kept
    }

    /// Tells an account's inventory what the files say, of those files that the plan has. Gives the places it told of.
    pub fn tell(
        &self,
        intake: &Intake,
        account: &str,
        at: Timestamp,
        planned: impl Fn(&str) -> bool,
    ) -> Vec<Place> {
        let teller = Teller {
            inputs: self,
            intake,
            account,
            at,
            planned: &planned,
        };
        teller.data();
        let told = [
            teller.tell::<Person, _>("people", &self.people, people::Row::told),
            teller.tell::<Vendor, _>("vendors", &self.vendors, vendors::Row::told),
            teller.tell::<PublicEndpoint, _>(
                "public_endpoints",
                &self.endpoints,
                endpoints::Row::told,
            ),
            teller.tell::<Retention, _>("retention", &self.retention, retention::Row::told),
            teller.tell::<Release, _>(
                lifecycles::KEY,
                self.lifecycles.iter().flat_map(lifecycles::Data::rows),
                lifecycles::Row::told,
            ),
        ];
        told.into_iter().flatten().collect()
    }
}

struct Teller<'a> {
    inputs: &'a Inputs,
    intake: &'a Intake,
    account: &'a str,
    at: Timestamp,
    planned: &'a dyn Fn(&str) -> bool,
}

impl Teller<'_> {
    /// One file: a listing with its evidence, or the gap of one that was not given; nothing where no check needs it.
    fn tell<K: Fields, R>(
        &self,
        key: &str,
        rows: impl IntoIterator<Item = R>,
        told: impl Fn(R, &Source) -> (String, String, K),
    ) -> Option<Place> {
        let (call, _, lists) = FILES.iter().find(|(_, known, _)| *known == key)?;
        if !(self.planned)(call) {
            return None;
        }
        let (intake, account) = (self.intake, self.account);
        match self.inputs.kept.iter().find(|kept| kept.key == key) {
            Some(kept) => {
                let source = self.source(call, &kept.file);
                intake.listed::<K>(account, GLOBAL, &source);
                for row in rows {
                    let (id, name, fields) = told(row, &source);
                    let thing = K::KIND.split('.').nth(1).unwrap_or(K::KIND);
                    let arn = format!(
                        "arn:{}:{SERVICE}::{account}:{thing}/{id}",
                        intake.partition()
                    );
                    intake.add(account, GLOBAL, Identity { arn, name }, fields);
                }
            }
            None => {
                let message = format!("no file was given that lists {lists}");
                let gap = not_given(call, account, String::new(), message);
                intake.incomplete::<K>(account, GLOBAL, Arc::new(gap));
            }
        }
        Some(Place {
            kind: K::KIND.into(),
            account: account.into(),
            region: GLOBAL.into(),
        })
    }

    /// The day of the dated data.
    fn data(&self) {
        const CALL: &str = "tieout:ReadLifecycles";
        let kept = self
            .inputs
            .kept
            .iter()
            .find(|kept| kept.key == lifecycles::KEY);
        let (Some(kept), Some(data)) = (kept, &self.inputs.lifecycles) else {
            return;
        };
        if (self.planned)(CALL) {
            let source = self.source(CALL, &kept.file);
            let facet = Lifecycles {
                lifecycles_as_of: rows::of(data.as_of(), &source),
            };
            self.intake.facet(self.account, GLOBAL, facet);
        }
    }

    /// The evidence: which file, and the digest of what it held.
    fn source(&self, call: &str, file: &File) -> Source {
        let sha256 = Sha256::digest(file.text.as_bytes());
        Arc::new(Call {
            service: SERVICE.to_owned(),
            operation: call.split(':').nth(1).unwrap_or(call).to_owned(),
            account: self.account.to_owned(),
            region: GLOBAL.to_owned(),
            parameters: format!("file={} bytes={}", file.name, file.text.len()),
            request_id: None,
            at: self.at,
            sha256: hexadecimal(&sha256),
        })
    }
}

#[cfg(test)]
mod tests;
