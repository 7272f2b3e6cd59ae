//! What resources are called, and whose names these are.

use crate::inventory::run::What;
use crate::inventory::schema::Field;
use crate::inventory::{Fact, Resource};

/// Kinds whose members AWS names, or a law, or the dated data that comes with Tieout.
const NOT_GIVEN: [&str; 11] = [
    "account",
    "artifact.",
    "cloudtrail.change",
    "cloudtrail.event",
    "guardduty.finding",
    "inputs.release",
    "inputs.retention",
    "inspector2.finding",
    "region",
    "securityhub.",
    "service-quotas.",
];

/// Kinds of people.
const PEOPLE: [&str; 4] = [
    "iam.user",
    "identitystore.user",
    "inputs.person",
    "transfer.user",
];

/// Kinds of accounts, ours and others'.
const ACCOUNTS: [&str; 2] = ["organizations.account", "inputs.vendor"];

/// Kinds of which a name may have spaces, and is one all the same. Of others it is put together, `web version 7`, or prose.
const SPACED: [&str; 7] = [
    "apigateway.rest_api",
    "apigatewayv2.api",
    "cognito-idp.user_pool",
    "identitystore.user",
    "inputs.person",
    "inputs.vendor",
    "organizations.account",
];

/// Whose names the members of a kind have; nobody's, where nobody gave them.
pub(super) fn whose(kind: &str) -> Option<What> {
    let named = |it: &&str| kind == *it || it.ends_with('.') && kind.starts_with(it);
    if NOT_GIVEN.iter().any(named) {
        None
    } else if PEOPLE.contains(&kind) {
        Some(What::People)
    } else if ACCOUNTS.contains(&kind) {
        Some(What::Accounts)
    } else {
        Some(What::Names)
    }
}

/// What a resource is called, in its name and in its facts.
pub(super) fn called<'r>(kind: &str, resource: &'r Resource, fields: &[Field]) -> Vec<&'r str> {
    // A policy of AWS's own, for one.
    if resource.arn.split(':').nth(4) == Some("aws") {
        return Vec::new();
    }
    let mut names = vec![resource.name.as_ref()];
    let mut label = None;
    for (field, told) in fields.iter().zip(resource.fields.iter()) {
        if ["name", "email", "user_name", "display_name"].contains(&field.name) {
            names.extend(text_of(&told.fact));
        } else if let ("logins", Fact::List(logins)) = (field.name, &told.fact) {
            names.extend(logins.iter().filter_map(text_of));
        } else if let ("tags", Fact::Map(tags)) = (field.name, &told.fact) {
            label = tags.get("Name").and_then(text_of);
        }
    }
    names.retain(|name| SPACED.contains(&kind) || !name.contains(' '));
    names.extend(label);
    // An ARN is taken in by its parts, as wherever it stands.
    names.retain(|name| !name.starts_with("arn:"));
    names
}

fn text_of(fact: &Fact) -> Option<&str> {
    if let Fact::Text(text) = fact {
        Some(text)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::kinds;

    #[test]
    fn every_kind_that_is_named_here_is_one() {
        let schema = kinds::schema();
        let all = [&NOT_GIVEN[..], &PEOPLE, &ACCOUNTS, &SPACED].concat();
        for name in all {
            let is_one = |kind: &str| kind == name || name.ends_with('.') && kind.starts_with(name);
            assert!(schema.kinds().any(|kind| is_one(kind.name)), "{name}");
        }
    }

    #[test]
    fn names_belong_to_somebody_or_nobody_gave_them() {
        assert_eq!(whose("iam.user"), Some(What::People));
        assert_eq!(whose("organizations.account"), Some(What::Accounts));
        assert_eq!(whose("s3.bucket"), Some(What::Names));
        assert_eq!(whose("securityhub.finding"), None);
        assert_eq!(whose("account"), None);
    }
}
