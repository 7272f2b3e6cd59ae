//! Policy statements as facts: what every policy, of whatever service, is normalized to.

use crate::record;

record! {
    /// Who a statement is about.
    pub struct Principal {
        /// `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*` for everyone.
        r#type: String,
        /// ARN, account id, service name, provider, or `*`.
        value: String,
    }
}

record! {
    /// One condition: operator, key and the values it is held against.
    pub struct Condition {
        /// As written, in AWS's spelling: `StringEquals`, `ForAllValues:StringLike`, `BoolIfExists`.
        operator: String,
        /// Condition key, in lower case: `aws:sourceaccount`. Keys are not case-sensitive.
        key: String,
        /// Values; never empty in a valid policy.
        values: Vec<String>,
    }
}

record! {
    /// One statement, with every single value made a list.
    pub struct Statement {
        /// `Sid`, or empty.
        sid: String,
        /// `Allow` or `Deny`.
        effect: String,
        /// `Action`; empty where `NotAction` stands.
        actions: Vec<String>,
        /// `NotAction`; empty where `Action` stands.
        not_actions: Vec<String>,
        /// `Resource`; empty in trust policies, and where `NotResource` stands.
        resources: Vec<String>,
        /// `NotResource`; empty where `Resource` stands.
        not_resources: Vec<String>,
        /// `Principal`; empty in identity policies, and where `NotPrincipal` stands. `"*"` and `{"AWS": "*"}` are
        /// one principal each, of type `*` and of type `AWS`, with the value `*`.
        principals: Vec<Principal>,
        /// `NotPrincipal`; empty where `Principal` stands.
        not_principals: Vec<Principal>,
        /// `Condition`, all of which must hold.
        conditions: Vec<Condition>,
    }
}

/// The account that an AWS principal belongs to: a user's, role's or session's ARN names it, and a bare number is it.
/// None for everyone, for services and for whoever else is no part of an account.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub fn account_of(principal: &str) -> Option<&str> {
    let account = match principal.strip_prefix("arn:") {
        Some(rest) => rest.split(':').nth(3)?,
        None => principal,
    };
    (account.len() == 12 && account.bytes().all(|digit| digit.is_ascii_digit())).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_named_by_its_number_and_by_the_arns_of_what_is_in_it() {
        for (principal, account) in [
            ("111122223333", Some("111122223333")),
            ("arn:aws:iam::111122223333:root", Some("111122223333")),
            (
                "arn:aws-cn:iam::111122223333:user/path/ann",
                Some("111122223333"),
            ),
            (
                "arn:aws:sts::111122223333:assumed-role/deploy/session",
                Some("111122223333"),
            ),
            ("*", None),
            ("ec2.amazonaws.com", None),
            ("arn:aws:iam::aws:policy/AdministratorAccess", None),
            ("AIDACKCEVSQ6C2EXAMPLE", None),
            ("arn:aws:iam::11112222333:root", None),
            ("11112222333a", None),
            ("", None),
        ] {
            assert_eq!(account_of(principal), account, "{principal}");
        }
    }
}
