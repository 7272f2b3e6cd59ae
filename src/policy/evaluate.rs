//! What a set of policies comes to for one request.
//!
//! Any Deny that applies denies. Otherwise every policy that bounds must allow: those of the organization, then the
//! permissions boundary and the session policy; and a policy of the principal or of the resource must grant. A grant of
//! the resource's policy to the principal itself does without some of the others.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

use super::condition;
use super::context::Context;
use super::matching::{covers, matches_action, same};
use super::statement::{Effect, Principal, Selection, Statement};
use super::truth::Truth;
use super::variables::expand;

/// The statements of policies that count as one.
pub type Layer<'a> = Vec<&'a Statement>;

/// Every policy that has a say.
#[derive(Debug, Clone, Default)]
pub struct Policies<'a> {
    /// Of the principal: inline, attached, of its groups.
    pub identity: Layer<'a>,
    /// Its permissions boundary.
    pub boundary: Option<Layer<'a>>,
    /// The session policy that its session was made with.
    pub session: Option<Layer<'a>>,
    /// Service control policies: one layer each for the root, every unit on the way, and the account. None: the account is in no
    /// organization, or manages it.
    pub service_control: Vec<Layer<'a>>,
    /// Resource control policies of the resource's account, the same way.
    pub resource_control: Vec<Layer<'a>>,
    /// The policy of the resource itself.
    pub resource: Option<Layer<'a>>,
    /// Whether the resource's policy must grant even within the account: roles (their trust policy) and KMS keys.
    pub resource_must_grant: bool,
}

/// Who makes the request.
#[derive(Debug, Clone)]
pub struct Who<'a> {
    /// ARN of the user or role.
    pub arn: &'a str,
    /// Its account.
    pub account: &'a str,
    /// ARN of the role's session, where it is a role.
    pub session: Option<&'a str>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// By whom.
    pub who: Who<'a>,
    /// `s3:GetObject`.
    pub action: &'a str,
    /// ARN.
    pub resource: &'a str,
    /// Its account.
    pub resource_account: &'a str,
    /// What else is known.
    pub context: &'a Context,
}

/// What settled it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A statement denies it.
    ExplicitDeny,
    /// A service control policy does not allow it.
    ServiceControl,
    /// A resource control policy does not allow it.
    ResourceControl,
    /// The permissions boundary does not allow it.
    Boundary,
    /// The session policy does not allow it.
    Session,
    /// Nothing grants it.
    NoGrant,
    /// It is granted.
    Granted,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is allowed.
    pub allowed: Truth,
    /// The first stage that may deny it, in AWS's order; [`Stage::Granted`] if none does.
    pub stage: Stage,
}

/// Decides a request.
pub fn decide(policies: &Policies<'_>, request: &Request<'_>) -> Decision {
    let own_denies = denies(&policies.identity, request);
    let bounds = || {
        policies
            .boundary
            .iter()
            .chain(&policies.session)
            .chain(&policies.service_control)
            .chain(&policies.resource_control)
    };
    let denied = Truth::any(
        std::iter::once(own_denies)
            .chain(bounds().map(|layer| denies(layer, request)))
            .chain(
                policies
                    .resource
                    .iter()
                    .map(|layer| denied_there(layer, request)),
            ),
    );
    let every =
        |layers: &[Layer<'_>]| Truth::all(layers.iter().map(|layer| grants(layer, request)));
    let within = |layer: &Option<Layer<'_>>| {
        layer
            .as_ref()
            .map_or(Truth::Yes, |layer| grants(layer, request))
    };
    let boundary = within(&policies.boundary);
    let session = within(&policies.session);
    let there = policies
        .resource
        .as_ref()
        .map_or_else(Grants::default, |layer| granted_there(layer, request));
    let identity = grants(&policies.identity, request);
    let limits = boundary.clone().and(session.clone());
    let granted = if request.who.account == request.resource_account {
        // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html>
        let of_its_own = if policies.resource_must_grant {
            there.account
        } else {
            Truth::Yes
        };
        there
            .unlimited
            .or(there.limited.and(limits.clone()))
            .or(of_its_own.and(identity.clone()).and(limits))
    } else {
        // Both accounts must grant: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
        let there = there.unlimited.or(there.limited).or(there.account);
        there.and(identity.clone()).and(limits)
    };
    let stages = [
        (Stage::ExplicitDeny, denied.negate()),
        (Stage::ServiceControl, every(&policies.service_control)),
        (Stage::ResourceControl, every(&policies.resource_control)),
    ];
    let stage = stages
        .iter()
        .find(|(_, passes)| !passes.is_yes())
        .map(|(stage, _)| *stage)
        .unwrap_or(if granted.is_yes() {
            Stage::Granted
        } else if !boundary.is_yes() {
            Stage::Boundary
        } else if !session.is_yes() {
            Stage::Session
        } else {
            Stage::NoGrant
        });
    let allowed = stages
        .into_iter()
        .fold(granted, |allowed, (_, passes)| allowed.and(passes));
    Decision { allowed, stage }
}

/// Whether a statement takes in what is asked for, whoever asks.
pub fn applies(statement: &Statement, request: &Request<'_>) -> Truth {
    if !takes_in_action(&statement.actions, request.action) {
        return Truth::No;
    }
    let resource = statement
        .resources
        .as_ref()
        .map_or(Truth::Yes, |resources| {
            takes_in_resource(resources, request)
        });
    if resource.is_no() {
        return Truth::No;
    }
    let conditions = statement
        .conditions
        .iter()
        .map(|one| condition::holds(one, statement.effect, request.context));
    resource.and(Truth::all(conditions))
}

/// Whether `Action` or `NotAction` takes in an action.
pub fn takes_in_action(actions: &Selection<String>, action: &str) -> bool {
    let any = |patterns: &[String]| {
        patterns
            .iter()
            .any(|pattern| matches_action(pattern, action))
    };
    match actions {
        Selection::Of(patterns) => any(patterns),
        Selection::AllBut(patterns) => !any(patterns),
    }
}

fn takes_in_resource(resources: &Selection<String>, request: &Request<'_>) -> Truth {
    let any = |patterns: &[String]| {
        Truth::any(patterns.iter().map(|pattern| {
            let Some(expanded) = expand(pattern, request.context) else {
                return Truth::No;
            };
            match (
                covers(&expanded.pattern, request.resource, same),
                expanded.undecided,
            ) {
                (false, _) => Truth::No,
                (true, None) => Truth::Yes,
                (true, Some(variable)) => Truth::maybe(variable),
            }
        }))
    };
    match resources {
        Selection::Of(patterns) => any(patterns),
        Selection::AllBut(patterns) => any(patterns).negate(),
    }
}

fn with_effect(layer: &[&Statement], effect: Effect, request: &Request<'_>) -> Truth {
    Truth::any(
        layer
            .iter()
            .filter(|statement| statement.effect == effect)
            .map(|statement| applies(statement, request)),
    )
}

/// Whether a policy of the principal, or one that bounds, allows.
pub fn grants(layer: &[&Statement], request: &Request<'_>) -> Truth {
    with_effect(layer, Effect::Allow, request)
}

/// Whether such a policy denies.
pub fn denies(layer: &[&Statement], request: &Request<'_>) -> Truth {
    with_effect(layer, Effect::Deny, request)
}

/// What the policy of a resource grants, by whom it names.
#[derive(Debug)]
struct Grants {
    /// To the user or to the session: neither boundary nor session policy need allow.
    unlimited: Truth,
    /// To the role: they need.
    limited: Truth,
    /// To the account, which leaves it to the principal's own policies.
    account: Truth,
}

impl Default for Grants {
    fn default() -> Self {
        Self {
            unlimited: Truth::No,
            limited: Truth::No,
            account: Truth::No,
        }
    }
}

fn granted_there(layer: &[&Statement], request: &Request<'_>) -> Grants {
    let mut grants = Grants::default();
    for statement in layer
        .iter()
        .filter(|statement| statement.effect == Effect::Allow)
    {
        let Some(named) = names(statement, &request.who) else {
            continue;
        };
        let applies = applies(statement, request);
        let place = match named {
            Named::Itself if request.who.session.is_none() => &mut grants.unlimited,
            Named::Session => &mut grants.unlimited,
            Named::Itself => &mut grants.limited,
            Named::Account => &mut grants.account,
        };
        *place = std::mem::replace(place, Truth::No).or(applies);
    }
    grants
}

fn denied_there(layer: &[&Statement], request: &Request<'_>) -> Truth {
    Truth::any(
        layer
            .iter()
            .filter(|statement| {
                statement.effect == Effect::Deny && names(statement, &request.who).is_some()
            })
            .map(|statement| applies(statement, request)),
    )
}

/// How a statement names a principal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// By its account: by number, by the account's root, which stands for everyone in it.
    Account,
    /// By its ARN, or as one of everyone.
    Itself,
    /// By the session.
    Session,
}

/// How a statement names a principal, most closely first. None: not at all.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
pub fn names(statement: &Statement, who: &Who<'_>) -> Option<Named> {
    match statement.principals.as_ref()? {
        Selection::Of(principals) => principals.iter().filter_map(|one| named(one, who)).max(),
        // A Deny spares, and an Allow leaves out, those who are named themselves; naming their account is not enough.
        // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
        Selection::AllBut(principals) => {
            let excepted = principals.iter().filter_map(|one| named(one, who)).max();
            (excepted < Some(Named::Itself)).then_some(Named::Itself)
        }
    }
}

fn named(principal: &Principal, who: &Who<'_>) -> Option<Named> {
    match principal.sort.as_str() {
        "*" => Some(Named::Itself),
        "AWS" if principal.value == "*" || principal.value == who.arn => Some(Named::Itself),
        "AWS" if Some(principal.value.as_str()) == who.session => Some(Named::Session),
        "AWS" if is_account(&principal.value, who.account) => Some(Named::Account),
        _ => None,
    }
}

fn is_account(principal: &str, account: &str) -> bool {
    principal == account
        || principal
            .strip_prefix("arn:")
            .and_then(|rest| rest.split_once(":iam::"))
            .and_then(|(_, rest)| rest.strip_suffix(":root"))
            == Some(account)
}
