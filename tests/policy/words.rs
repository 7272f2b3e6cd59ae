//! Requests and the policies that have a say in them, each in a line.

use tieout::policy::context::Context;
use tieout::policy::evaluate::{Decision, Layer, Policies, Request, Who, decide};
use tieout::policy::statement::{Condition, Effect, Principal, Selection, Statement};

pub(crate) const OWN: &str = "111122223333";
pub(crate) const OTHER: &str = "444455556666";
pub(crate) const USER: &str = "arn:aws:iam::111122223333:user/ann";
pub(crate) const ROLE: &str = "arn:aws:iam::111122223333:role/app";
pub(crate) const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/run";

/// A statement in a line: effect, actions, resources. `!` before the first stands for the `Not…` twin.
pub(crate) fn statement(effect: Effect, actions: &str, resources: &str) -> Statement {
    let selection = |text: &str| {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect();
        match text.strip_prefix('!') {
            Some(but) => Selection::AllBut(list(but)),
            None => Selection::Of(list(text)),
        }
    };
    Statement {
        effect,
        actions: selection(actions),
        resources: Some(selection(resources)),
        principals: None,
        conditions: Vec::new(),
    }
}

pub(crate) fn allow(actions: &str, resources: &str) -> Statement {
    statement(Effect::Allow, actions, resources)
}

pub(crate) fn deny(actions: &str, resources: &str) -> Statement {
    statement(Effect::Deny, actions, resources)
}

/// The same in the policy of a resource.
pub(crate) fn to(sort: &str, value: &str, statement: Statement) -> Statement {
    let principal = Principal {
        sort: sort.to_owned(),
        value: value.to_owned(),
    };
    Statement {
        principals: Some(Selection::Of(vec![principal])),
        ..statement
    }
}

pub(crate) fn to_all_but(value: &str, statement: Statement) -> Statement {
    let principal = Principal {
        sort: "AWS".to_owned(),
        value: value.to_owned(),
    };
    Statement {
        principals: Some(Selection::AllBut(vec![principal])),
        ..statement
    }
}

pub(crate) fn when(operator: &str, key: &str, value: &str, statement: Statement) -> Statement {
    let condition = Condition {
        operator: operator.to_owned(),
        key: key.to_lowercase(),
        values: vec![value.to_owned()],
    };
    Statement {
        conditions: vec![condition],
        ..statement
    }
}

/// A request and the policies that have a say: what a row of the reference is made of.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) role: bool,
    pub(crate) resource_account: &'static str,
    pub(crate) action: &'static str,
    pub(crate) resource: &'static str,
    pub(crate) context: Context,
    pub(crate) identity: Vec<Statement>,
    pub(crate) boundary: Option<Vec<Statement>>,
    pub(crate) session: Option<Vec<Statement>>,
    pub(crate) service_control: Vec<Vec<Statement>>,
    pub(crate) resource_control: Vec<Vec<Statement>>,
    pub(crate) there: Option<Vec<Statement>>,
    pub(crate) must_grant: bool,
}

/// Ann reads an object of her account's.
pub(crate) fn ann() -> Case {
    Case {
        role: false,
        resource_account: OWN,
        action: "s3:GetObject",
        resource: "arn:aws:s3:::acme/a",
        context: Context::complete(),
        identity: Vec::new(),
        boundary: None,
        session: None,
        service_control: Vec::new(),
        resource_control: Vec::new(),
        there: None,
        must_grant: false,
    }
}

/// The role does, in a session.
pub(crate) fn app() -> Case {
    Case {
        role: true,
        ..ann()
    }
}

impl Case {
    pub(crate) fn decide(&self) -> Decision {
        fn of(statements: &[Statement]) -> Layer<'_> {
            statements.iter().collect()
        }
        let policies = Policies {
            identity: of(&self.identity),
            boundary: self.boundary.as_deref().map(of),
            session: self.session.as_deref().map(of),
            service_control: self.service_control.iter().map(|level| of(level)).collect(),
            resource_control: self
                .resource_control
                .iter()
                .map(|level| of(level))
                .collect(),
            resource: self.there.as_deref().map(of),
            resource_must_grant: self.must_grant,
        };
        decide(&policies, &self.request())
    }

    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            who: Who {
                arn: if self.role { ROLE } else { USER },
                account: OWN,
                session: self.role.then_some(SESSION),
            },
            action: self.action,
            resource: self.resource,
            resource_account: self.resource_account,
            context: &self.context,
        }
    }
}
