//! One statement of a policy, normalized.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>

/// What a statement does with what it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Allows it.
    Allow,
    /// Denies it, whatever else allows it.
    Deny,
}

/// What an element names, or everything but what its `Not…` twin names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection<T> {
    /// These.
    Of(Vec<T>),
    /// All but these.
    AllBut(Vec<T>),
}

/// One entry of a `Principal` element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`, or `*`.
    pub sort: String,
    /// ARN, account, service name, provider, or `*`.
    pub value: String,
}

/// One condition: all of a statement's must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// In AWS's spelling: `StringEquals`, `ForAllValues:StringLike`, `BoolIfExists`.
    pub operator: String,
    /// In lower case.
    pub key: String,
    /// Any of them is enough; for an operator with `Not`, none of them may match.
    pub values: Vec<String>,
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What it does.
    pub effect: Effect,
    /// `Action` or `NotAction`.
    pub actions: Selection<String>,
    /// `Resource` or `NotResource`. None: whatever the policy is attached to, as in trust policies.
    pub resources: Option<Selection<String>>,
    /// `Principal` or `NotPrincipal`. None: whoever the policy is attached to.
    pub principals: Option<Selection<Principal>>,
    /// `Condition`.
    pub conditions: Vec<Condition>,
}

impl Statement {
    /// Allows everything, everywhere: `AdministratorAccess`, `FullAWSAccess`.
    pub fn everything() -> Self {
        Self {
            effect: Effect::Allow,
            actions: Selection::Of(vec!["*".to_owned()]),
            resources: Some(Selection::Of(vec!["*".to_owned()])),
            principals: None,
            conditions: Vec::new(),
        }
    }
}
