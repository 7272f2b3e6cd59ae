//! Who did what: people and the roles they have in a run, and who has more than one.
//!
//! Names are compared as [`record::person`] does, and the one who ran the scan by the last part of its ARN: the name of a
//! user, or of the session. What the files do not name, such as who wrote a check, cannot be held against anybody.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Governance, record};

/// What somebody does for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Ran the scan.
    Runner,
    /// Answers for a waived risk.
    Owner,
    /// Asked for a waiver.
    Requester,
    /// Approved a waiver.
    Approver,
    /// States an attestation.
    Attestor,
    /// Reviewed an attestation.
    Reviewer,
    /// Speaks for management.
    Author,
}

impl Role {
    /// All of them, in the order of the matrix.
    pub const ALL: [Self; 7] = [
        Self::Runner,
        Self::Owner,
        Self::Requester,
        Self::Approver,
        Self::Attestor,
        Self::Reviewer,
        Self::Author,
    ];

    /// As people read it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Runner => "runner",
            Self::Owner => "owner",
            Self::Requester => "requester",
            Self::Approver => "approver",
            Self::Attestor => "attestor",
            Self::Reviewer => "reviewer",
            Self::Author => "author",
        }
    }
}

/// A person, and in which records they have which role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name, as it is first written.
    pub person: String,
    /// The records of each role: `waiver site`, `response public`, the ARN of the runner.
    pub roles: BTreeMap<Role, Vec<String>>,
    /// Whether they have more than one role.
    pub overlap: bool,
}

impl Person {
    /// Which roles, and in which records, in a sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let roles: Vec<String> = self
            .roles
            .iter()
            .map(|(role, records)| format!("{} ({})", role.name(), records.join(", ")))
            .collect();
        format!("{}: {}.", self.person, roles.join("; "))
    }
}

/// Gathers people and roles.
#[derive(Debug, Default)]
pub struct Matrix {
    people: BTreeMap<String, Person>,
}

impl Matrix {
    /// Everybody whom waivers, attestations and responses name, and the callers, by ARN.
    #[must_use]
    pub fn of<'c>(governance: &Governance, callers: impl IntoIterator<Item = &'c str>) -> Self {
        let mut matrix = Self::default();
        for waiver in &governance.waivers {
            let record = format!("waiver {}", waiver.id);
            matrix.add(&waiver.terms.owner, Role::Owner, &record);
            matrix.add(&waiver.terms.approver, Role::Approver, &record);
            if let Some(requester) = &waiver.terms.requested_by {
                matrix.add(requester, Role::Requester, &record);
            }
        }
        for response in &governance.responses {
            let record = format!("response {}", response.id);
            matrix.add(&response.said.author, Role::Author, &record);
        }
        for statement in &governance.attestations {
            let record = format!("attestation {}", statement.name);
            matrix.add(&statement.owner, Role::Attestor, &record);
            if let Some(reviewed) = &statement.reviewed {
                matrix.add(&reviewed.reviewer, Role::Reviewer, &record);
            }
        }
        for arn in callers {
            let name = arn.rsplit(['/', ':']).next().unwrap_or(arn);
            matrix.add(name, Role::Runner, arn);
        }
        matrix
    }

    /// Somebody has a role in a record.
    pub fn add(&mut self, name: &str, role: Role, record: &str) {
        let person = self
            .people
            .entry(record::person(name))
            .or_insert_with(|| Person {
                person: name.trim().to_owned(),
                roles: BTreeMap::new(),
                overlap: false,
            });
        person
            .roles
            .entry(role)
            .or_default()
            .push(record.to_owned());
    }

    /// The people by name, each with their roles.
    #[must_use]
    pub fn people(self) -> Vec<Person> {
        let marked = self.people.into_values().map(|person| Person {
            overlap: person.roles.len() > 1,
            ..person
        });
        marked.collect()
    }
}
