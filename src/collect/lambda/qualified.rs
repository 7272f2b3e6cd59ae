//! Versions and aliases of a function: each has a resource policy of its own.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{API, Policy, of_function, policy};
use crate::aws::{Question, Reply, Site, Turn, gather, left_off, part};
use crate::inventory::kinds::lambda::Qualified;
use crate::inventory::{Read, Told};

/// Most versions and aliases that are asked for their policies. Each is a call, and a function that a pipeline publishes
/// with every change has hundreds.
const MOST: usize = 50;

/// Reads the policies of the versions and aliases of one function.
pub(super) async fn read(site: &Site, name: &str) -> Read<Vec<Qualified>> {
    let (aliases, versions) = futures::join!(aliases(site, name), versions(site, name));
    let (aliases, versions) = (aliases?, versions?);
    let all: BTreeSet<&String> = aliases.value.iter().chain(&versions.value).collect();
    if all.len() > MOST {
        let why = format!("of {} versions and aliases", all.len());
        return Err(left_off(&versions.source, &why));
    }
    let policies = all.into_iter().map(async |qualifier| {
        let policy: Reply<Policy> = policy(site, name, Some(qualifier)).await;
        let told = policy.read_or(Vec::new, |policy| of_function(&policy.policy));
        (qualifier, told)
    });
    // The last call that was made tells that there are no more.
    let mut source = versions.source.clone();
    let mut read = Vec::new();
    for (qualifier, told) in futures::future::join_all(policies).await {
        let told = told?;
        source = told.source;
        if !told.value.is_empty() {
            read.push(Qualified {
                qualifier: qualifier.clone(),
                policy: told.value,
            });
        }
    }
    Ok(Told {
        value: read,
        source,
    })
}

async fn aliases(site: &Site, name: &str) -> Read<Vec<String>> {
    let path = format!("/2015-03-31/functions/{}/aliases", part(name));
    let about = format!("function={name}");
    gather(
        async |marker| {
            let question = Question::get(&path).with("Marker", marker);
            site.tell::<Aliases>(&API, "ListAliases", question, &about)
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| Ok(page.aliases.iter().map(|one| one.name.clone()).collect()),
    )
    .await
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Aliases {
    aliases: Vec<Alias>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Alias {
    name: String,
}

/// The versions that were published: `$LATEST` is the function itself.
async fn versions(site: &Site, name: &str) -> Read<Vec<String>> {
    let path = format!("/2015-03-31/functions/{}/versions", part(name));
    let about = format!("function={name}");
    gather(
        async |marker| {
            let question = Question::get(&path).with("Marker", marker);
            site.tell::<Versions>(&API, "ListVersionsByFunction", question, &about)
                .await
        },
        |page| Turn::to(page.next_marker.as_deref()),
        |page| {
            let all = page.versions.iter().map(|one| one.version.clone());
            Ok(all.filter(|version| version != "$LATEST").collect())
        },
    )
    .await
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Versions {
    versions: Vec<Version>,
    next_marker: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Version {
    version: String,
}
