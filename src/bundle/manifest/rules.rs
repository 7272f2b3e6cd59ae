//! By what a run was judged: its checks, criteria and inputs by their digests, its configuration, its parameters.

use std::collections::BTreeMap;

use base16ct::lower::encode_string as hexadecimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// All that a run was judged by, in digests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rulepack {
    /// Version of the built-in checks: the tool's.
    pub version: String,
    /// SHA-256 over every check there was, judged or left out, hexadecimal: of a line `<id> <SHA-256 of its file>` for each, by id.
    pub sha256: String,
    /// How many were judged.
    pub judged: u64,
    /// SHA-256 of the file of each check that `--only` and `--skip` left out, by id.
    pub left_out: BTreeMap<String, String>,
    /// Ids of the checks that are not the tool's own, letter by letter.
    pub own: Vec<String>,
    /// The files of criteria, crosswalks among them.
    pub criteria: Vec<FileSha256>,
    /// The user's own files, and the dated data.
    pub inputs: Vec<FileSha256>,
    /// What people state: waivers, attestations, responses.
    pub statements: Vec<FileSha256>,
}

impl Rulepack {
    /// The one digest over many checks: id and digest of each.
    pub fn digest<'a>(checks: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
        let sorted: BTreeMap<&str, &str> = checks.into_iter().collect();
        let mut digest = Sha256::new();
        for (id, sha256) in sorted {
            digest.update(format!("{id} {sha256}\n"));
        }
        hexadecimal(&digest.finalize())
    }
}

/// A file by its name and digest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileSha256 {
    /// Path, as the user would type it.
    pub file: String,
    /// SHA-256 of its text, hexadecimal.
    pub sha256: String,
}

/// What a run was told to do, by flags and `tieout.toml` together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration {
    /// The configuration file; absent where there was none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<FileSha256>,
    /// What was in force, in the form of `tieout.toml`. An external id is not repeated, only that there was one.
    pub text: String,
    /// SHA-256 of `text`, hexadecimal.
    pub sha256: String,
}

/// A parameter of a check, as it was in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// The value in force.
    pub value: Value,
    /// The value that the check's file gives it.
    pub default: Value,
    /// Where a user set it; absent where nobody did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub set_by: Option<SetBy>,
}

/// Where a parameter was set. Who wrote that line, the file's own history tells, and no run can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetBy {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
}

#[cfg(test)]
mod tests {
    use super::Rulepack;

    #[test]
    fn the_digest_over_all_checks_is_that_of_the_lines_of_a_list() {
        let digest = Rulepack::digest([("s3.b", "22"), ("iam.a", "11")]);
        // printf 'iam.a 11\ns3.b 22\n' | sha256sum
        let stated = crate::bundle::digest(b"iam.a 11\ns3.b 22\n").sha256;
        assert_eq!(digest, stated);
        assert_ne!(digest, Rulepack::digest([("s3.b", "22"), ("iam.a", "12")]));
    }
}
