//! Reads KMS: keys with their state, rotation, policy, aliases and grants.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aws_sdk_kms::Client;
use aws_sdk_kms::operation::describe_key::DescribeKeyOutput;
use aws_sdk_kms::types::{
    GrantListEntry, KeyListEntry, KeyManagerType, KeyMetadata, KeySpec, OriginType,
};

use crate::ask;
use crate::aws::documents::statements;
use crate::aws::{Missing, Site, Turn, each, gather, instant, key_arn, missing, pages};
use crate::inventory::intake::{Identity, Intake, not_asked};
use crate::inventory::kinds::kms::{Grant, Key};
use crate::inventory::kinds::statement::{Statement, account_of};
use crate::inventory::{Gap, Place, Read, Told};

/// Every alias of the region, by the id of its key.
type Aliases = BTreeMap<String, Vec<String>>;

/// Reads the keys of one region.
pub(super) async fn collect(site: &Site, intake: &Intake) {
    let kms = site.kms();
    // One listing for all keys; asking per key would be a call each.
    let aliases = aliases(site, &kms).await;
    let listing = pages(
        async |token| ask!(site, "kms:ListKeys", kms.list_keys().set_marker(token)),
        |page| Turn::marked(page.truncated(), page.next_marker()),
        async |page| {
            intake.listed::<Key>(&site.account, &site.region, &page.source);
            let keys = page.value.keys.as_ref().ok_or(missing("Keys"))?;
            let keys = keys.iter().map(id_and_arn).collect::<Result<Vec<_>, _>>()?;
            each(keys, async |(id, arn)| {
                let (name, key) = one_key(site, &kms, page.fact(id.to_owned()), &aliases, id).await;
                intake.add(
                    &site.account,
                    &site.region,
                    Identity {
                        arn: arn.to_owned(),
                        name,
                    },
                    key,
                );
            })
            .await;
            Ok(())
        },
    )
    .await;
    if let Err(gap) = listing {
        intake.incomplete::<Key>(&site.account, &site.region, gap);
    }
}

fn id_and_arn(entry: &KeyListEntry) -> Result<(&str, &str), Missing> {
    Ok((
        entry.key_id().ok_or(missing("KeyId"))?,
        entry.key_arn().ok_or(missing("KeyArn"))?,
    ))
}

async fn aliases(site: &Site, kms: &Client) -> Read<Aliases> {
    let listed = gather(
        async |token| {
            ask!(
                site,
                "kms:ListAliases",
                kms.list_aliases().set_marker(token)
            )
        },
        |page| Turn::marked(page.truncated(), page.next_marker()),
        |page| page.aliases.clone().ok_or(missing("Aliases")),
    )
    .await?;
    listed.read(|aliases| {
        let mut by_key = Aliases::new();
        for alias in aliases {
            // Names that AWS keeps for a service point at no key until the service makes one.
            // <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>
            if let Some(key) = alias.target_key_id() {
                let name = alias.alias_name().ok_or(missing("AliasName"))?;
                by_key
                    .entry(key.to_owned())
                    .or_default()
                    .push(name.to_owned());
            }
        }
        Ok(by_key)
    })
}

async fn one_key(
    site: &Site,
    kms: &Client,
    id: Read<String>,
    aliases: &Read<Aliases>,
    key: &str,
) -> (String, Key) {
    let about = format!("key={key}");
    let described = ask!(
        site,
        "kms:DescribeKey",
        kms.describe_key().key_id(key),
        about
    );
    let manager = described.read(|a| {
        text(
            metadata(a)?.key_manager(),
            "KeyManager",
            KeyManagerType::as_str,
        )
    });
    let aws_owns_it = matches!(&manager, Ok(told) if told.value == KeyManagerType::Aws.as_str());
    let can_rotate = described.read(can_rotate);
    let (rotates, policy, grants) = if aws_owns_it {
        // AWS writes the policies of its own keys and rotates them each year; some have thousands of grants.
        let skipped = |operation| unread(site, operation);
        (
            Err(skipped("kms:GetKeyRotationStatus")),
            Err(skipped("kms:GetKeyPolicy")),
            Err(skipped("kms:ListGrants")),
        )
    } else {
        futures::join!(
            rotates(site, kms, key, &can_rotate),
            policy(site, kms, key),
            grants(site, kms, key)
        )
    };
    let aliases = from(aliases, |all| {
        all.get(key).map_or_else(Vec::new, Clone::clone)
    });
    let name = match &aliases {
        Ok(Told { value, .. }) => value
            .first()
            .map_or(key, |alias| alias.trim_start_matches("alias/")),
        Err(_) => key,
    }
    .to_owned();
    let fields = Key {
        arns: from(&aliases, |all| {
            let names = std::iter::once(key).chain(all.iter().map(String::as_str));
            names
                .map(|name| key_arn(site, &site.region, name))
                .collect()
        }),
        id,
        manager,
        state: described
            .read(|a| text(metadata(a)?.key_state(), "KeyState", |state| state.as_str())),
        spec: described.read(|a| text(metadata(a)?.key_spec(), "KeySpec", KeySpec::as_str)),
        usage: described
            .read(|a| text(metadata(a)?.key_usage(), "KeyUsage", |usage| usage.as_str())),
        origin: described.read(|a| text(metadata(a)?.origin(), "Origin", OriginType::as_str)),
        multi_region: described.read(|a| metadata(a)?.multi_region().ok_or(missing("MultiRegion"))),
        description: described
            .read(|a| text(metadata(a)?.description(), "Description", |text| text)),
        created: described.read(|a| {
            instant(
                metadata(a)?
                    .creation_date()
                    .ok_or(missing("CreationDate"))?,
            )
        }),
        deleted_at: described.read(|a| metadata(a)?.deletion_date().map(instant).transpose()),
        expires: described.read(|a| metadata(a)?.valid_to().map(instant).transpose()),
        can_rotate,
        rotates,
        policy_accounts: from(&policy, |policy| outside(allowed(policy), &site.account)),
        policy,
        grant_accounts: from(&grants, |grants| {
            outside(
                grants.iter().map(|grant| grant.grantee.as_str()),
                &site.account,
            )
        }),
        grants,
        aliases,
    };
    (name, fields)
}

fn metadata(answer: &DescribeKeyOutput) -> Result<&KeyMetadata, Missing> {
    answer.key_metadata().ok_or(missing("KeyMetadata"))
}

fn text<T: ?Sized>(
    value: Option<&T>,
    member: &str,
    spelling: impl FnOnce(&T) -> &str,
) -> Result<String, Missing> {
    Ok(spelling(value.ok_or(missing(member))?).to_owned())
}

/// Only symmetric keys whose material KMS made can rotate by themselves.
fn can_rotate(answer: &DescribeKeyOutput) -> Result<bool, Missing> {
    let key = metadata(answer)?;
    let spec = key.key_spec().ok_or(missing("KeySpec"))?;
    let origin = key.origin().ok_or(missing("Origin"))?;
    Ok(*spec == KeySpec::SymmetricDefault && *origin == OriginType::AwsKms)
}

/// Of a key that cannot rotate KMS is not asked.
async fn rotates(site: &Site, kms: &Client, key: &str, can_rotate: &Read<bool>) -> Read<bool> {
    match can_rotate {
        Ok(told) if told.value => {}
        Ok(_) | Err(_) => return can_rotate.clone(),
    }
    let asked = kms.get_key_rotation_status().key_id(key);
    ask!(
        site,
        "kms:GetKeyRotationStatus",
        asked,
        format!("key={key}")
    )
    .read_or(|| false, |answer| Ok(answer.key_rotation_enabled()))
}

async fn policy(site: &Site, kms: &Client, key: &str) -> Read<Vec<Statement>> {
    // The only policy a key has.
    // <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html>
    let asked = kms.get_key_policy().key_id(key).policy_name("default");
    ask!(site, "kms:GetKeyPolicy", asked, format!("key={key}"))
        .read(|answer| statements(answer.policy().ok_or(missing("Policy"))?))
}

async fn grants(site: &Site, kms: &Client, key: &str) -> Read<Vec<Grant>> {
    let listed = gather(
        async |token| {
            let asked = kms.list_grants().key_id(key).set_marker(token);
            ask!(site, "kms:ListGrants", asked, format!("key={key}"))
        },
        |page| Turn::marked(page.truncated(), page.next_marker()),
        |page| page.grants.clone().ok_or(missing("Grants")),
    );
    listed
        .await?
        .read(|grants| grants.iter().map(grant).collect())
}

fn grant(grant: &GrantListEntry) -> Result<Grant, Missing> {
    let grantee = grant
        .grantee_principal()
        .or(grant.grantee_service_principal());
    Ok(Grant {
        grantee: grantee.ok_or(missing("GranteePrincipal"))?.to_owned(),
        operations: grant
            .operations()
            .iter()
            .map(|operation| operation.as_str().to_owned())
            .collect(),
    })
}

/// The AWS principals that a policy allows something.
fn allowed(policy: &[Statement]) -> impl Iterator<Item = &str> {
    let statements = policy
        .iter()
        .filter(|statement| statement.effect == "Allow");
    let principals = statements
        .flat_map(|statement| &statement.principals)
        .filter(|principal| principal.r#type == "AWS");
    principals.map(|principal| principal.value.as_str())
}

/// The accounts, other than one's own, of these principals.
fn outside<'a>(principals: impl Iterator<Item = &'a str>, own: &str) -> Vec<String> {
    let accounts: BTreeSet<&str> = principals
        .filter_map(account_of)
        .filter(|account| *account != own)
        .collect();
    accounts.into_iter().map(str::to_owned).collect()
}

/// A further fact from what another was taken from.
fn from<T, U>(read: &Read<T>, fact: impl FnOnce(&T) -> U) -> Read<U> {
    match read {
        Ok(told) => told.fact(fact(&told.value)),
        Err(gap) => Err(gap.clone()),
    }
}

/// The gap of a call that was not made.
fn unread(site: &Site, call: &str) -> Arc<Gap> {
    let place = Place {
        kind: "kms.key".into(),
        account: site.account.clone(),
        region: site.region.clone(),
    };
    not_asked(&place, &[call])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_accounts_are_those_of_others_once_and_in_order() {
        let principals = [
            "arn:aws:iam::444455556666:role/b",
            "arn:aws:iam::111122223333:root",
            "222233334444",
            "arn:aws:iam::444455556666:root",
            "*",
            "logs.amazonaws.com",
        ];
        assert_eq!(
            outside(principals.into_iter(), "111122223333"),
            ["222233334444", "444455556666"]
        );
    }

    #[test]
    fn a_grant_is_held_by_a_principal_or_a_service_and_by_nobody_else() {
        let to_service = GrantListEntry::builder()
            .grantee_service_principal("rds.amazonaws.com")
            .build();
        assert_eq!(grant(&to_service).unwrap().grantee, "rds.amazonaws.com");
        let role = "arn:aws:iam::444455556666:role/app";
        let to_role = GrantListEntry::builder()
            .grantee_principal(role)
            .operations("Decrypt".into())
            .build();
        assert_eq!(
            grant(&to_role),
            Ok(Grant {
                grantee: role.into(),
                operations: vec!["Decrypt".into()]
            })
        );
        assert_eq!(
            grant(&GrantListEntry::builder().build()),
            Err(missing("GranteePrincipal"))
        );
    }
}
