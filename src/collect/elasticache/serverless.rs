//! Serverless caches. AWS encrypts every one, at rest and on the way, and keeps it in several zones.
//! <https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/WhatIs.deployment.html>

use serde::Deserialize;

use super::API;
use crate::aws::{Question, Site, Turn, list, missing};
use crate::inventory::intake::{Identity, Intake};
use crate::inventory::kinds::elasticache::ServerlessCache;

/// Reads the serverless caches.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    list::<ServerlessCache, Caches>(
        site,
        intake,
        async |token| {
            let question = Question::form().with("NextToken", token);
            site.tell(&API, "DescribeServerlessCaches", question, "")
                .await
        },
        |page| Turn::to(page.next_token.as_deref()),
        async |page| {
            for cache in &page.value.serverless_caches {
                let fields = ServerlessCache {
                    name: page.fact(cache.serverless_cache_name.clone()),
                    engine: page.fact(cache.engine.clone()),
                    user_group: page.fact(cache.user_group_id.clone()),
                    snapshot_retention_days: page.read(|_| {
                        let days = cache.snapshot_retention_limit;
                        // Memcached keeps nothing, and says nothing.
                        let none = (cache.engine == "memcached").then_some(0);
                        days.or(none).ok_or(missing("SnapshotRetentionLimit"))
                    }),
                };
                let identity = Identity {
                    arn: cache.arn.clone(),
                    name: cache.serverless_cache_name.clone(),
                };
                intake.add(&site.account, &site.region, identity, fields);
            }
            Ok(())
        },
    )
    .await;
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Caches {
    serverless_caches: Vec<Described>,
    next_token: Option<String>,
}

/// <https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ServerlessCache.html>
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Described {
    serverless_cache_name: String,
    #[serde(rename = "ARN")]
    arn: String,
    engine: String,
    /// Left out where it knows no users.
    user_group_id: Option<String>,
    snapshot_retention_limit: Option<i64>,
}
