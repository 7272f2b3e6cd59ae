//! The data catalog of a region. There is one everywhere; it is looked at where there is something in it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

use super::API;
use crate::aws::{Question, Reply, Site};
use crate::inventory::Read;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::glue::Catalog;

pub(super) async fn collect(site: &Site, intake: &Intake) {
    let (account, region) = (&site.account, &site.region);
    let one = || json!({ "MaxResults": 1 });
    let hidden = json!({ "MaxResults": 1, "HidePassword": true });
    let (databases, connections): (Reply<Databases>, Reply<Connections>) = futures::join!(
        site.tell(&API, "GetDatabases", Question::json(one()), ""),
        site.tell(&API, "GetConnections", Question::json(hidden), ""),
    );
    let databases = databases.read(|d| Ok(!d.list.is_empty()));
    let connections = connections.read(|c| Ok(!c.list.is_empty()));
    for listed in [&databases, &connections] {
        match listed {
            Ok(told) => intake.listed::<Catalog>(account, region, &told.source),
            Err(gap) => intake.incomplete::<Catalog>(account, region, gap.clone()),
        }
    }
    let holds = |listed: &Read<bool>| listed.as_ref().is_ok_and(|told| told.value);
    if !holds(&databases) && !holds(&connections) {
        return;
    }
    let question = Question::json(json!({}));
    let settings: Reply<Settings> = site
        .tell(&API, "GetDataCatalogEncryptionSettings", question, "")
        .await;
    let fields = Catalog {
        has_databases: databases,
        has_connections: connections,
        encrypted: settings.read(|s| Ok(s.settings.at_rest.mode != "DISABLED")),
        encrypts_passwords: settings.read(|s| Ok(s.settings.passwords.encrypted)),
    };
    let identity = Identity {
        arn: format!("arn:{}:glue:{region}:{account}:catalog", site.partition),
        name: region.to_string(),
    };
    intake.add(account, region, identity, fields);
}

#[derive(Debug, Deserialize)]
struct Databases {
    #[serde(rename = "DatabaseList")]
    list: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Connections {
    #[serde(rename = "ConnectionList")]
    list: Vec<IgnoredAny>,
}

/// <https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-security.html>
#[derive(Debug, Deserialize)]
struct Settings {
    #[serde(rename = "DataCatalogEncryptionSettings")]
    settings: Encryption,
}

#[derive(Debug, Deserialize)]
struct Encryption {
    #[serde(rename = "EncryptionAtRest")]
    at_rest: AtRest,
    #[serde(rename = "ConnectionPasswordEncryption")]
    passwords: Passwords,
}

#[derive(Debug, Deserialize)]
struct AtRest {
    #[serde(rename = "CatalogEncryptionMode")]
    mode: String,
}

#[derive(Debug, Deserialize)]
struct Passwords {
    #[serde(rename = "ReturnConnectionPasswordEncrypted")]
    encrypted: bool,
}
