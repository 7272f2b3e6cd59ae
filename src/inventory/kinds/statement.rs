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
