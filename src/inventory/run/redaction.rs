//! That names were taken out of a run's evidence before it was handed over.

use serde::{Deserialize, Serialize};

/// What was taken out, and how what is left hangs together with what there was. Only who has the key can say more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// What was taken out.
    pub what: Vec<What>,
    /// Id of the key: it tells nothing of the key itself.
    pub key: String,
    /// Digest of the run's own manifest, hashed once more under the key, hexadecimal. By this, the next run's evidence names it.
    pub of_manifest: String,
    /// How many names stay as they are, because something goes by their words.
    pub left: u64,
}

/// What can be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Account ids, aliases and names, and what AWS's identifiers tell of accounts.
    Accounts,
    /// Names, logins and addresses of people.
    People,
    /// Names that people gave to resources.
    Names,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accounts, Self::People, Self::Names];

    /// As files and flags spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accounts => "accounts",
            Self::People => "people",
            Self::Names => "names",
        }
    }
}

impl Redaction {
    /// What was taken out, in words: `accounts, people and names`.
    pub fn words(&self) -> String {
        let names: Vec<&str> = self.what.iter().map(|what| what.name()).collect();
        match names.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, others)) => format!("{} and {last}", others.join(", ")),
            None => String::new(),
        }
    }
}
