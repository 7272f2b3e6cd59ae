//! The users that a server keeps itself: who may enter, with which keys, and how far they see.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use super::API;
use crate::aws::{Moment, Question, Reply, Site, Tag, Turn, each, pages, tags};
use crate::inventory::Told;
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::transfer::User;

/// Reads the users of one server.
pub(super) async fn collect(site: &Site, intake: &Intake, server: &str) {
    let about = format!("server={server}");
    let listing = pages(
        async |token| {
            let question = Question::json(json!({ "ServerId": server, "NextToken": token }));
            site.tell::<Users>(&API, "ListUsers", question, &about)
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            intake.listed::<User>(&site.account, &site.region, &page.source);
            each(&page.value.users, async |user| {
                one(site, intake, page, (server, user)).await
            })
            .await;
            Ok(())
        },
    );
    if let Err(gap) = listing.await {
        intake.incomplete::<User>(&site.account, &site.region, gap);
    }
}

async fn one(site: &Site, intake: &Intake, page: &Told<Users>, (server, user): (&str, &Summary)) {
    let name = &user.user_name;
    let question = Question::json(json!({ "ServerId": server, "UserName": name }));
    let about = format!("user={server}/{name}");
    let described: Reply<Answer> = site.tell(&API, "DescribeUser", question, about).await;
    let fields = User {
        name: page.fact(name.clone()),
        server: page.fact(server.to_owned()),
        role_arn: page.fact(user.role.clone()),
        // Left out of users from before there was another way.
        sees_all: page.fact(user.home_directory_type.as_deref() != Some("LOGICAL")),
        keys: page.fact(user.ssh_public_key_count),
        oldest_key: described.read(|d| Ok(d.user.oldest())),
        narrowed: described.read(|d| Ok(d.user.policy.as_ref().is_some_and(|p| !p.is_empty()))),
        tags: described.read(|d| Ok(tags(&d.user.tags))),
    };
    let identity = Identity {
        arn: user.arn.clone(),
        name: format!("{name} at {server}"),
    };
    intake.add(&site.account, &site.region, identity, fields);
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Users {
    users: Vec<Summary>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/transfer/latest/APIReference/API_ListedUser.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    arn: String,
    user_name: String,
    /// Left out where there is none yet.
    role: Option<String>,
    home_directory_type: Option<String>,
    ssh_public_key_count: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    user: Described,
}

/// <https://docs.aws.amazon.com/transfer/latest/APIReference/API_DescribedUser.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    /// Left out where none narrows the role.
    policy: Option<String>,
    /// Left out where there are none.
    #[serde(default)]
    ssh_public_keys: Vec<Key>,
    /// Left out where there are none.
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Key {
    date_imported: Moment,
}

impl Described {
    fn oldest(&self) -> Option<Timestamp> {
        self.ssh_public_keys
            .iter()
            .map(|key| key.date_imported.0)
            .min()
    }
}
