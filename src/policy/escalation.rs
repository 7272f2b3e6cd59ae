//! Ways up: how a principal that is no administrator becomes one, over several statements, policies and roles.
//!
//! A way is a chain of principals, each of which can act as the next, that ends with one that may do everything or can
//! give itself that. It is searched backwards from the administrators, so that the cost grows with the principals that
//! hold one of the actions in question, and not with the square of all of them.
//!
//! Only what is settled makes a way that stands; one that takes a condition nobody can decide beforehand is kept
//! apart, with the condition as its last words.

mod able;
mod means;
mod power;
mod search;
mod steps;

use std::collections::BTreeMap;

use super::evaluate::takes_in_action;
use super::statement::Statement;

/// One policy. Principals that hold the same one share it.
#[derive(Debug, Clone)]
pub struct Document {
    /// Name people know it by.
    name: String,
    /// ARN of a managed policy that the account can change.
    changeable: Option<String>,
    statements: Vec<Statement>,
    /// For each of [`means::ACTIONS`], the statements that take it in.
    concerning: Vec<Box<[usize]>>,
}

impl Document {
    /// A policy; its ARN where it is a managed one of the account's own.
    pub fn new(name: String, changeable: Option<String>, statements: Vec<Statement>) -> Self {
        let concerning = means::ACTIONS
            .iter()
            .map(|action| {
                let takes_in = |(at, statement): (usize, &Statement)| {
                    takes_in_action(&statement.actions, action).then_some(at)
                };
                statements.iter().enumerate().filter_map(takes_in).collect()
            })
            .collect();
        Self {
            name,
            changeable,
            statements,
            concerning,
        }
    }

    /// Its statements that take in an action.
    fn concerning(&self, action: &str) -> impl Iterator<Item = &Statement> {
        let known = means::ACTIONS.binary_search(&action).ok();
        let places = known.and_then(|at| self.concerning.get(at));
        places
            .map_or(&[][..], AsRef::as_ref)
            .iter()
            .filter_map(|at| self.statements.get(*at))
    }
}

/// What a principal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// An IAM user.
    User,
    /// An IAM role.
    Role,
}

/// A user or role, with all that decides what it may do.
#[derive(Debug, Clone)]
pub struct Holder {
    /// User or role.
    pub sort: Sort,
    /// Name, unique among its sort.
    pub name: String,
    /// ARN.
    pub arn: String,
    /// Its unique id.
    pub id: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Its policies, inline, attached and of its groups, by place among the account's.
    pub policies: Vec<usize>,
    /// Its groups, by place among the account's.
    pub groups: Vec<usize>,
    /// Its permissions boundary, by place among the account's policies.
    pub boundary: Option<usize>,
    /// A role's trust policy; none: a user, or it could not be read, so nobody is known to come in.
    pub trust: Option<Vec<Statement>>,
    /// Whether AWS owns it: the account can neither change it nor pass it on.
    pub owned_by_aws: bool,
    /// Whether an instance profile holds it.
    pub in_profile: bool,
}

/// A group of users.
#[derive(Debug, Clone)]
pub struct Group {
    /// Name.
    pub name: String,
    /// ARN.
    pub arn: String,
    /// Its policies, by place among the account's.
    pub policies: Vec<usize>,
}

/// Everything that could be read whole: a principal with a policy that could not be is left out, as that policy may
/// deny what the others allow.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// `aws`, `aws-cn`, `aws-us-gov`.
    pub partition: String,
    /// Twelve digits.
    pub number: String,
    /// Policies.
    pub documents: Vec<Document>,
    /// Users and roles.
    pub holders: Vec<Holder>,
    /// Groups.
    pub groups: Vec<Group>,
    /// The service control policies on the account, a list for the root, each unit on the way, and the account itself.
    /// Empty: there are none, or AWS does not show them, as is usual from within a member account. They can only take away,
    /// so a way that is found without them may be stopped by one.
    pub service_control: Vec<Vec<Statement>>,
}

/// A way, a sentence for each step.
pub type Way = Vec<String>;

/// How far a principal gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// Whether it may do everything, be it under a condition.
    pub administrator: bool,
    /// The ways that stand, one for each first step there is, shortest first.
    pub ways: Vec<Way>,
    /// Those that take a condition, or something to be there, that is not known.
    pub conditional_ways: Vec<Way>,
    /// Which actions that read what an account keeps it may take on any resource, be it under a condition.
    pub reads_data: Vec<&'static str>,
}

/// How far each of the account's principals gets, in their order.
pub fn reaches(account: &Account) -> Vec<Reach> {
    search::reaches(account)
}

#[cfg(test)]
mod tests;
