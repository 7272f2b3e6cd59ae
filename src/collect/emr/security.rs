//! What the security configuration of a cluster encrypts.

use serde::Deserialize;
use serde_json::json;

use super::{API, Answer};
use crate::aws::{Missing, Question, Reply, Site};
use crate::inventory::Read;

pub(super) struct Security {
    pub(super) at_rest: Read<bool>,
    pub(super) in_transit: Read<bool>,
}

/// A cluster that names none encrypts nothing by itself.
pub(super) async fn of(site: &Site, cluster: &Reply<Answer>, about: &str) -> Security {
    let named = cluster.read(|d| Ok(d.cluster.security_configuration.clone()));
    let name = match &named {
        Err(gap) => {
            return Security {
                at_rest: Err(gap.clone()),
                in_transit: Err(gap.clone()),
            };
        }
        Ok(told) => match told.value.as_deref().filter(|name| !name.is_empty()) {
            None => {
                return Security {
                    at_rest: told.fact(false),
                    in_transit: told.fact(false),
                };
            }
            Some(name) => name,
        },
    };
    let question = Question::json(json!({ "Name": name }));
    let told: Reply<Configuration> = site
        .tell(&API, "DescribeSecurityConfiguration", question, about)
        .await;
    Security {
        at_rest: told.read(|c| Ok(c.encryption()?.is_some_and(|e| e.at_rest))),
        in_transit: told.read(|c| Ok(c.encryption()?.is_some_and(|e| e.in_transit))),
    }
}

#[derive(Debug, Deserialize)]
struct Configuration {
    #[serde(rename = "SecurityConfiguration")]
    document: String,
}

impl Configuration {
    fn encryption(&self) -> Result<Option<Encryption>, Missing> {
        let document: Document = serde_json::from_str(&self.document).map_err(|error| {
            Missing(format!(
                "the security configuration cannot be read: {error}"
            ))
        })?;
        Ok(document.encryption)
    }
}

/// <https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-create-security-configuration.html>
#[derive(Debug, Deserialize)]
struct Document {
    /// Left out of one that is about authentication or metadata alone.
    #[serde(rename = "EncryptionConfiguration")]
    encryption: Option<Encryption>,
}

#[derive(Debug, Deserialize)]
struct Encryption {
    #[serde(rename = "EnableAtRestEncryption")]
    at_rest: bool,
    #[serde(rename = "EnableInTransitEncryption")]
    in_transit: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(document: &str) -> Result<Option<(bool, bool)>, Missing> {
        let document = document.to_owned();
        let found = Configuration { document }.encryption()?;
        Ok(found.map(|encryption| (encryption.at_rest, encryption.in_transit)))
    }

    #[test]
    fn what_a_document_encrypts() {
        let both = r#"{"EncryptionConfiguration": {"EnableInTransitEncryption": false, "EnableAtRestEncryption": true}}"#;
        assert_eq!(read(both), Ok(Some((true, false))));
        assert_eq!(read(r#"{"AuthenticationConfiguration": {}}"#), Ok(None));
        assert!(read(r#"{"EncryptionConfiguration": {}}"#).is_err());
        assert!(read("").is_err());
    }
}
