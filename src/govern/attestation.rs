//! People's dated, hashed statements for what no AWS answer can show.
//!
//! One TOML file is one [`Statement`]; [`read()`] takes it in. [`document`] holds the document that it speaks of against the
//! digest it states, once, when the run is made. [`standing`] then says how each attestation stands on the day of the run:
//! pure, so that a replay comes to the same. Nothing here is ever counted as tested.

pub mod document;
pub mod provider;
pub mod read;
pub mod standing;
pub mod state;
pub mod template;

use jiff::civil::Date;
use serde::Serialize;

pub use read::read;
pub use standing::{Needed, Standing, Standings};
pub use state::State;

/// One person's statement, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// Name of its file without the ending, by which a later one says that it takes this one's place.
    pub name: String,
    /// Path of the file, as it was read.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// The attestation that it makes: `access-review`.
    pub attestation: String,
    /// What is stated.
    pub statement: String,
    /// Who answers for it.
    pub owner: String,
    /// In which role.
    pub owner_role: String,
    /// The day it was made.
    pub attested: Date,
    /// Who looked at it afterwards: somebody else. None: nobody yet, and it does not count.
    #[serde(flatten)]
    pub reviewed: Option<Reviewed>,
    /// The first day it counts.
    pub valid_from: Date,
    /// The last day it counts, as stated.
    pub expires: Date,
    /// The document it speaks of. The document itself stays where it is.
    pub document: Document,
    /// For what it is made; for everything, where it does not say.
    pub scope: Scope,
    /// How many rows the document has, where it is a list.
    pub population_count: Option<u64>,
    /// The name of the earlier statement whose place it takes.
    pub supersedes: Option<String>,
    /// The report of the provider's that was read, where the statement is a review of one.
    pub review: Option<Review>,
}

/// Who looked at a statement, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reviewed {
    /// The person.
    pub reviewer: String,
    /// The day.
    pub reviewed: Date,
}

/// The document that a statement speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// Its version, in its own way of counting.
    pub version: String,
    /// SHA-256 of its bytes as stated, hexadecimal, small letters.
    pub sha256: String,
    /// Where it is: a path that starts from where the statement's file stands, or a location with a scheme, which nobody
    /// fetches.
    pub location: String,
    /// From when it holds.
    pub in_force_from: Option<Date>,
    /// Until when it holds.
    pub in_force_until: Option<Date>,
    /// What came of holding it against its digest.
    pub compared: Compared,
}

/// What came of holding a document against the digest that its statement gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Compared {
    /// It was not read: its location is no path. The digest stands as stated.
    NotCompared,
    /// It has that digest.
    Same,
    /// It has another one.
    Differs {
        /// The digest it has.
        sha256: String,
    },
    /// It should be read where the statement says it is, and could not be.
    Unread {
        /// Why.
        why: String,
    },
}

/// For what a statement is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// Accounts, twelve digits each; empty: every account.
    pub accounts: Vec<String>,
    /// Systems or sites, by name.
    pub systems: Vec<String>,
    /// In words.
    pub text: Option<String>,
}

/// A review of the provider's own SOC 2 report. The report is under a non-disclosure agreement: its name and dates are kept, not
/// its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// AWS Artifact's id of the report.
    pub report_id: String,
    /// Its version in AWS Artifact.
    pub report_version: i64,
    /// First day that it covers.
    pub period_start: Date,
    /// Last day that it covers.
    pub period_end: Date,
    /// The auditor's opinion in it: `unqualified`, `qualified`, …
    pub opinion: String,
    /// Exceptions in it that matter here, and what was decided about each.
    pub exceptions_noted: Vec<String>,
    /// SHA-256 of the letter that covers the time after the period.
    pub bridge_letter_sha256: Option<String>,
    /// The last day that the letter covers.
    pub bridge_letter_until: Option<Date>,
    /// What the report asks of AWS's customers, and what answers it here.
    pub user_entity_controls: Vec<UserEntityControl>,
}

/// A control that the provider's report expects of its customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserEntityControl {
    /// In a few words, or the report's own number.
    pub control: String,
    /// The checks and attestations that answer it, by id.
    pub answered_by: Vec<String>,
}

impl Review {
    /// The last day that the report, or the letter after it, covers.
    pub fn covers_until(&self) -> Date {
        self.bridge_letter_until
            .map_or(self.period_end, |until| until.max(self.period_end))
    }
}

#[cfg(test)]
mod tests;
