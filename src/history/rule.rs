//! What a history needs to know of a rule: its words, not its logic.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, BundleError, Files, RULES, Rule, digest};
use crate::check::{Counts, Severity};

/// The words of a check's file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Words {
    /// True exactly when the check passes.
    pub title: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// The kind it judges.
    pub resource: String,
    /// Criteria it is evidence for.
    #[serde(default)]
    pub criteria: Vec<String>,
    /// What its verdicts count for.
    #[serde(default)]
    pub outcome: Counts,
}

/// The words of the rules that a run judged by, by check.
///
/// # Errors
/// When the file of rules is damaged, or a rule is not the one whose digest the manifest states.
pub fn words<F: Files>(bundle: &Bundle<F>) -> Result<BTreeMap<String, Words>, BundleError> {
    let text = bundle.checked_text(RULES)?;
    let mut words = BTreeMap::new();
    for (n, line) in lines(&text).enumerate() {
        let rule: Rule = serde_json::from_slice(line)
            .map_err(|error| damaged(RULES, format!("line {}: {error}", n + 1)))?;
        let Some(judged) = bundle.manifest.rules.get(&rule.id) else {
            continue;
        };
        if digest(rule.text.as_bytes()).sha256 != *judged {
            return Err(damaged(
                RULES,
                format!(
                    "{} is not the rule whose digest the manifest states",
                    rule.id
                ),
            ));
        }
        let read = toml::from_str(&rule.text)
            .map_err(|error| damaged(RULES, format!("{}: {}", rule.id, error.message())))?;
        words.insert(rule.id, read);
    }
    match bundle
        .manifest
        .rules
        .keys()
        .find(|id| !words.contains_key(*id))
    {
        Some(missing) => Err(damaged(RULES, format!("it lacks the rule {missing}"))),
        None => Ok(words),
    }
}

/// The lines of a file of lines.
pub(super) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
}

/// A file of a bundle that is not what it should be.
pub(super) fn damaged(file: &str, what: String) -> BundleError {
    BundleError::Damaged {
        file: file.to_owned(),
        what,
    }
}
