//! What the statements of one policy amount to.

use std::collections::BTreeSet;

use super::reach::condition;
use crate::inventory::kinds::iam::principal::OutsideTrust;
use crate::inventory::kinds::statement::{Statement, account_of};
use crate::policy::binding;

/// The statements that hold everywhere: under no condition, for every resource or for every one of a sort.
pub(super) fn unscoped(statements: &[Statement]) -> Vec<Statement> {
    statements
        .iter()
        .filter(|statement| holds_everywhere(statement))
        .cloned()
        .collect()
}

fn holds_everywhere(statement: &Statement) -> bool {
    // "Every resource but" allows nearly every one; denied that way, some are left.
    let all_but = statement.effect == "Allow" && !statement.not_resources.is_empty();
    statement.conditions.is_empty()
        && (all_but || statement.resources.iter().any(|pattern| is_every(pattern)))
}

/// `*`; or the ARN of every resource of a service, or of every user, group, role or policy, in one account or any.
fn is_every(pattern: &str) -> bool {
    // What comes after the account, which is what may itself hold colons.
    match pattern.splitn(6, ':').nth(5) {
        None => is_star(pattern),
        Some(resource) => {
            let sorts = ["user", "group", "role", "policy"];
            is_star(resource)
                || resource
                    .split_once('/')
                    .is_some_and(|(sort, rest)| sorts.contains(&sort) && is_star(rest))
        }
    }
}

fn is_star(pattern: &str) -> bool {
    !pattern.is_empty() && pattern.bytes().all(|byte| byte == b'*')
}

/// Whether one of these statements, which hold everywhere, allows every action on every resource.
pub(super) fn full_admin(unscoped: &[Statement]) -> bool {
    unscoped.iter().any(|statement| {
        statement.effect == "Allow"
            && statement.resources.iter().any(|pattern| is_star(pattern))
            && statement
                .actions
                .iter()
                .any(|pattern| pattern.split(':').all(is_star))
    })
}

/// Accounts, other than the role's own, that its trust policy allows to assume it.
pub(super) fn outside_trust(trust: &[Statement], own: &str) -> Vec<OutsideTrust> {
    let mut outside = BTreeSet::new();
    for statement in trust.iter().filter(|statement| statement.effect == "Allow") {
        let external_id = !demanded(statement, &["sts:externalid"]).is_empty();
        let organizations = demanded(statement, &["aws:principalorgid", "aws:principalorgpaths"]);
        let principals = statement
            .principals
            .iter()
            .filter(|principal| principal.r#type == "AWS");
        let accounts = principals.filter_map(|principal| account_of(&principal.value));
        outside.extend(
            accounts
                .filter(|account| *account != own)
                .map(|account| (account.to_owned(), external_id, organizations.clone())),
        );
    }
    outside
        .into_iter()
        .map(|(account, external_id, organizations)| OutsideTrust {
            account,
            external_id,
            organizations,
        })
        .collect()
}

/// The values that conditions on these keys demand; none, where anything satisfies them.
fn demanded(statement: &Statement, keys: &[&str]) -> Vec<String> {
    let conditions = statement.conditions.iter();
    conditions
        .filter(|one| keys.contains(&one.key.as_str()) && binding::binds(&condition(one)))
        .flat_map(|one| one.values.clone())
        .collect()
}

#[cfg(test)]
mod tests;
