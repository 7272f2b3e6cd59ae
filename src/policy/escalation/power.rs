//! What a principal of the account may do, by all of its policies.

use std::sync::Arc;

use super::means::{EVERY_ACTION, EVERY_ACTION_OF_IAM};
use super::{Account, Document, Holder, Sort};
use crate::policy::binding;
use crate::policy::context::{Context, Told};
use crate::policy::evaluate::{Layer, Policies, Request, Who, applies, decide};
use crate::policy::matching::matches_resource;
use crate::policy::statement::{Effect, Selection, Statement};
use crate::policy::truth::Truth;

/// Decides for the principals of one account.
#[derive(Debug)]
pub(super) struct Power<'a> {
    pub(super) account: &'a Account,
    ordinary: Arc<Context>,
    everything: Statement,
}

impl<'a> Power<'a> {
    pub(super) fn new(account: &'a Account) -> Self {
        // Who makes something new leaves out what it may leave out, and says in the name of which service it asks.
        let ordinary = binding::ordinary()
            .with("aws:resourceaccount", account.number.clone())
            .with("aws:principalaccount", account.number.clone())
            .but("iam:permissionsboundary", Told::Absent)
            .but("iam:awsservicename", Told::Chosen)
            // Within the account, anyone who may read roles reads the id that a trust policy asks for.
            .but("sts:externalid", Told::Chosen);
        Self {
            account,
            ordinary: Arc::new(ordinary),
            everything: Statement::everything(),
        }
    }

    /// A holder's policies.
    pub(super) fn documents(&self, holder: &Holder) -> impl Iterator<Item = &'a Document> {
        let documents = &self.account.documents;
        holder.policies.iter().filter_map(|at| documents.get(*at))
    }

    /// ARN of something of this account: `iam::A:user/any`, `lambda:R:A:function:any`.
    pub(super) fn arn(&self, rest: &str) -> String {
        let rest = rest.replace(":A:", &format!(":{}:", self.account.number));
        format!(
            "arn:{}:{}",
            self.account.partition,
            rest.replace(":R:", ":any-region:")
        )
    }

    /// Whether it may do this to that, as the request is with what else is known of it.
    pub(super) fn can(
        &self,
        holder: &Holder,
        action: &str,
        resource: &str,
        with: &[(&str, &str)],
    ) -> Truth {
        self.decide(holder, action, resource, with, false)
    }

    /// The same to another principal, whose tags are known.
    pub(super) fn can_to(
        &self,
        holder: &Holder,
        action: &str,
        other: &Holder,
        with: &[(&str, &str)],
    ) -> Truth {
        let tags: Vec<(String, &str)> = other
            .tags
            .iter()
            .flat_map(|(key, value)| {
                [
                    (format!("aws:resourcetag/{key}"), value.as_str()),
                    (format!("iam:resourcetag/{key}"), value.as_str()),
                ]
            })
            .collect();
        let mut all: Vec<(&str, &str)> = with.to_vec();
        all.extend(tags.iter().map(|(key, value)| (key.as_str(), *value)));
        self.can(holder, action, &other.arn, &all)
    }

    fn decide(
        &self,
        holder: &Holder,
        action: &str,
        resource: &str,
        with: &[(&str, &str)],
        granted_everything: bool,
    ) -> Truth {
        // Most are not granted it by any statement, and that is quickly seen.
        if !granted_everything && !self.may_be_granted(holder, action, resource) {
            return Truth::No;
        }
        let context = self.context(holder, with);
        let mut policies = self.policies(holder, action);
        if granted_everything {
            policies.identity.push(&self.everything);
        }
        decide(&policies, &self.request(holder, action, resource, &context)).allowed
    }

    fn may_be_granted(&self, holder: &Holder, action: &str, resource: &str) -> bool {
        let covers =
            |pattern: &String| pattern.contains("${") || matches_resource(pattern, resource);
        self.documents(holder)
            .flat_map(|document| document.concerning(action))
            .any(|statement| {
                statement.effect == Effect::Allow
                    && match &statement.resources {
                        Some(Selection::Of(patterns)) => patterns.iter().any(covers),
                        Some(Selection::AllBut(_)) | None => true,
                    }
            })
    }

    /// Whether one may become a role that trusts as given.
    pub(super) fn can_assume(&self, holder: &Holder, role: &Holder, trust: &[Statement]) -> Truth {
        let action = super::means::ASSUME;
        let context = self.context(holder, &[]);
        let mut policies = self.policies(holder, action);
        policies.resource = Some(trust.iter().collect());
        policies.resource_must_grant = true;
        decide(
            &policies,
            &self.request(holder, action, &role.arn, &context),
        )
        .allowed
    }

    /// Whether a role lets a service in.
    pub(super) fn trusts_service(&self, role: &Holder, service: &str) -> Truth {
        let context = Context::partial().with("aws:sourceaccount", self.account.number.clone());
        let who = Who {
            arn: service,
            account: "",
            session: None,
        };
        let request = Request {
            who,
            action: super::means::ASSUME,
            resource: &role.arn,
            resource_account: &self.account.number,
            context: &context,
        };
        let statements = |effect: Effect| {
            let of = role
                .trust
                .iter()
                .flatten()
                .filter(move |statement| statement.effect == effect);
            Truth::any(
                of.filter(|statement| names_service(statement, service))
                    .map(|statement| applies(statement, &request)),
            )
        };
        statements(Effect::Allow).and(statements(Effect::Deny).negate())
    }

    /// Whether it may do everything: in every service and, since that is where permissions are made, in IAM.
    pub(super) fn is_administrator(&self, holder: &Holder) -> Truth {
        self.everything(holder, false)
    }

    /// Whether it would be, were it granted everything: whether neither its boundary nor a Deny is in the way.
    pub(super) fn could_be_administrator(&self, holder: &Holder) -> Truth {
        self.everything(holder, true)
    }

    /// The same without its boundary.
    pub(super) fn could_be_without_boundary(&self, holder: &Holder) -> Truth {
        self.everything(
            &Holder {
                boundary: None,
                ..holder.clone()
            },
            true,
        )
    }

    fn everything(&self, holder: &Holder, granted: bool) -> Truth {
        let anything = self.arn("all-services:R:A:any/thing");
        let of_iam = self.arn("iam::A:any/thing");
        self.decide(holder, EVERY_ACTION, &anything, &[], granted)
            .and(self.decide(holder, EVERY_ACTION_OF_IAM, &of_iam, &[], granted))
    }

    /// Resources to try an action on: an ordinary one, and such as the holder's policies allow it for.
    pub(super) fn resources(&self, holder: &Holder, action: &str, ordinary: &str) -> Vec<String> {
        let mut found = vec![ordinary.to_owned()];
        let allows = self
            .documents(holder)
            .flat_map(|document| document.concerning(action))
            .filter(|statement| statement.effect == Effect::Allow);
        for statement in allows {
            let Some(Selection::Of(patterns)) = &statement.resources else {
                continue;
            };
            found.extend(
                patterns
                    .iter()
                    .filter_map(|pattern| member(pattern, ordinary)),
            );
        }
        found.sort();
        found.dedup();
        found
    }

    /// The name of the policy that allows it.
    pub(super) fn allowed_by(&self, holder: &Holder, action: &str) -> Option<&'a str> {
        self.documents(holder)
            .find(|document| {
                document
                    .concerning(action)
                    .any(|statement| statement.effect == Effect::Allow)
            })
            .map(|document| document.name.as_str())
    }

    fn policies(&self, holder: &Holder, action: &str) -> Policies<'_> {
        let of = |document: &'a Document| -> Layer<'a> { document.concerning(action).collect() };
        Policies {
            identity: self
                .documents(holder)
                .flat_map(|document| document.concerning(action))
                .collect(),
            // One that is not among the account's policies allows nothing that we know of.
            boundary: holder
                .boundary
                .map(|at| self.account.documents.get(at).map_or_else(Vec::new, of)),
            service_control: self
                .account
                .service_control
                .iter()
                // They bind everyone but the roles of AWS's services.
                // <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
                .filter(|_| !holder.arn.contains(":role/aws-service-role/"))
                .map(|level| level.iter().collect())
                .collect(),
            ..Policies::default()
        }
    }

    fn request<'b>(
        &'b self,
        holder: &'b Holder,
        action: &'b str,
        resource: &'b str,
        context: &'b Context,
    ) -> Request<'b> {
        Request {
            who: Who {
                arn: &holder.arn,
                account: &self.account.number,
                // A role acts by a session, whose name is the caller's to choose: no policy names it beforehand.
                session: (holder.sort == Sort::Role).then_some(""),
            },
            action,
            resource,
            resource_account: &self.account.number,
            context,
        }
    }

    fn context(&self, holder: &Holder, with: &[(&str, &str)]) -> Context {
        let mut context =
            Context::over(&self.ordinary).with("aws:principalarn", holder.arn.clone());
        context = match holder.sort {
            Sort::User => context
                .with("aws:username", holder.name.clone())
                .with("aws:userid", holder.id.clone())
                .with("aws:principaltype", "User")
                .but("aws:principaltag/", Told::Absent),
            // A session may carry tags that the role does not.
            Sort::Role => context
                .but("aws:username", Told::Absent)
                .with("aws:principaltype", "AssumedRole")
                .but("aws:principaltag/", Told::Untold),
        };
        for (key, value) in &holder.tags {
            context = context.with(&format!("aws:principaltag/{key}"), value.clone());
        }
        for (key, value) in with {
            context = context.with(key, *value);
        }
        context
    }
}

fn names_service(statement: &Statement, service: &str) -> bool {
    let named = |principals: &[crate::policy::statement::Principal]| {
        principals.iter().any(|one| {
            one.sort == "*"
                || one.sort == "Service"
                    && one.value.strip_suffix(".cn").unwrap_or(&one.value) == service
        })
    };
    match &statement.principals {
        Some(Selection::Of(principals)) => named(principals),
        Some(Selection::AllBut(principals)) => !named(principals),
        None => false,
    }
}

/// An ARN that a pattern takes in, of the sort that an ordinary one is; none if it takes in no such.
fn member(pattern: &str, ordinary: &str) -> Option<String> {
    if pattern.contains("${") || matches_resource(pattern, ordinary) {
        return None;
    }
    let parts: Vec<&str> = pattern.splitn(6, ':').collect();
    let usual: Vec<&str> = ordinary.splitn(6, ':').collect();
    let [head @ .., name] = parts.as_slice() else {
        return None;
    };
    let mut filled = Vec::with_capacity(6);
    for (part, usual) in head.iter().zip(&usual) {
        let open = part.contains(['*', '?']);
        if open && !matches_resource(part, usual) {
            return None;
        }
        filled.push(if open {
            (*usual).to_owned()
        } else {
            (*part).to_owned()
        });
    }
    filled.push(name.replace('*', "any").replace('?', "a"));
    let arn = filled.join(":");
    // Of another service or account, or not of six parts: nothing of the sort.
    let same = |at: usize| filled.get(at).map(String::as_str) == usual.get(at).copied();
    let sort = |name: &str| name.split([':', '/']).next().map(str::to_owned);
    let of_the_sort =
        filled.get(5).and_then(|name| sort(name)) == usual.get(5).and_then(|name| sort(name));
    (filled.len() == 6 && same(2) && same(4) && of_the_sort).then_some(arn)
}
