//! Single steps, and how they are told.

mod grants;

use std::cell::OnceCell;

use super::means::{ASSUME, CREDENTIALS, LAUNCHES, Launch, TAKEOVERS};
use super::power::Power;
use super::{Group, Holder, Sort};
use crate::policy::statement::{Effect, Principal, Selection, Statement};
use crate::policy::truth::Truth;

/// One step, or two that belong together.
#[derive(Debug)]
pub(super) struct Step {
    /// By what: one way per method is enough to know.
    pub(super) method: &'static str,
    /// Whether it can be taken.
    pub(super) holds: Truth,
    /// A sentence for each.
    pub(super) words: Vec<String>,
}

/// The steps of an account's principals.
#[derive(Debug)]
pub(super) struct Steps<'a> {
    pub(super) power: &'a Power<'a>,
    /// By principal, what it can launch: one truth per row of [`LAUNCHES`].
    launches: Vec<OnceCell<Vec<Truth>>>,
    /// By role, what it trusts: one truth per row.
    trusts: Vec<OnceCell<Vec<Truth>>>,
    /// By group, whether its policies alone make an administrator.
    groups: Vec<Truth>,
}

impl<'a> Steps<'a> {
    pub(super) fn new(power: &'a Power<'a>) -> Self {
        let holders = power.account.holders.len();
        let groups = power.account.groups.iter().map(|group| {
            power.is_administrator(&Holder {
                sort: Sort::User,
                name: String::new(),
                arn: power.arn("iam::A:user/any"),
                id: String::new(),
                tags: Default::default(),
                policies: group.policies.clone(),
                groups: Vec::new(),
                boundary: None,
                trust: None,
                owned_by_aws: false,
                in_profile: false,
            })
        });
        Self {
            power,
            launches: vec![OnceCell::new(); holders],
            trusts: vec![OnceCell::new(); holders],
            groups: groups.collect(),
        }
    }

    fn holder(&self, at: usize) -> Option<&'a Holder> {
        self.power.account.holders.get(at)
    }

    /// The groups that may make an administrator of whoever joins.
    pub(super) fn groups_of_administrators(&self) -> impl Iterator<Item = &'a Group> {
        let groups = self.power.account.groups.iter().zip(&self.groups);
        groups
            .filter(|(_, administrator)| !administrator.is_no())
            .map(|(group, _)| group)
    }

    /// How an administrator is told at the end of a way.
    pub(super) fn administrator(&self, at: usize) -> String {
        let Some(holder) = self.holder(at) else {
            return String::new();
        };
        let by = self.power.allowed_by(holder, super::means::EVERY_ACTION);
        format!(
            "{} may do everything{}",
            label(holder),
            by.map_or(String::new(), |name| format!(", by {name}"))
        )
    }

    /// Steps by which a principal gives itself everything, or makes one that has it.
    pub(super) fn to_everything(&self, at: usize) -> Vec<Step> {
        let Some(holder) = self.holder(at) else {
            return Vec::new();
        };
        let mut steps = self.grants(holder, holder, "itself");
        steps.extend(self.makes_user(holder));
        steps.extend(self.makes_role(holder));
        steps
    }

    /// Steps by which one gives another everything and then acts as that other.
    pub(super) fn through_another(&self, from: usize, to: usize) -> Vec<Step> {
        let (Some(holder), Some(other)) = (self.holder(from), self.holder(to)) else {
            return Vec::new();
        };
        let grants = self.grants(holder, other, &label(other));
        if grants.is_empty() {
            return grants;
        }
        let methods: Vec<&'static str> = match other.sort {
            Sort::User => CREDENTIALS.iter().map(|(action, _)| *action).collect(),
            Sort::Role => [ASSUME, "iam:UpdateAssumeRolePolicy"]
                .into_iter()
                .chain(LAUNCHES.iter().map(|launch| launch.makes))
                .collect(),
        };
        let becomes: Vec<Step> = methods
            .into_iter()
            .filter_map(|method| self.becoming(from, to, method))
            .collect();
        // The surest of the ways to act as the other.
        let Some(becomes) = becomes
            .into_iter()
            .min_by_key(|step| usize::from(!step.holds.is_yes()))
        else {
            return Vec::new();
        };
        grants
            .into_iter()
            .map(|step| Step {
                method: step.method,
                holds: step.holds.and(becomes.holds.clone()),
                words: step
                    .words
                    .into_iter()
                    .chain(becomes.words.iter().cloned())
                    .collect(),
            })
            .collect()
    }

    /// A step by which one acts as another. None: there is no such step.
    pub(super) fn becoming(&self, from: usize, to: usize, method: &'static str) -> Option<Step> {
        let (holder, other) = (self.holder(from)?, self.holder(to)?);
        let (holds, words) = match method {
            ASSUME => {
                let holds = self
                    .power
                    .can_assume(holder, other, other.trust.as_deref()?);
                (holds, self.tell(holder, "assumes", other, &[ASSUME]))
            }
            "iam:UpdateAssumeRolePolicy" => {
                if other.owned_by_aws {
                    return None;
                }
                let rewrites = self.power.can_to(holder, method, other, &[]);
                let holds = rewrites.and(self.power.can_assume(
                    holder,
                    other,
                    &[trusting(&holder.arn)],
                ));
                (
                    holds,
                    self.tell(
                        holder,
                        "has itself trusted by, and assumes,",
                        other,
                        &[method],
                    ),
                )
            }
            _ => self
                .makes_credentials(holder, other, method)
                .or_else(|| self.launches(from, to, method))
                .or_else(|| self.takes_over(from, to, method))?,
        };
        (!holds.is_no()).then(|| Step {
            method,
            holds,
            words: vec![words],
        })
    }

    fn makes_credentials(
        &self,
        holder: &Holder,
        user: &Holder,
        method: &str,
    ) -> Option<(Truth, String)> {
        let (action, makes) = CREDENTIALS.iter().find(|(action, _)| *action == method)?;
        Some((
            self.power.can_to(holder, action, user, &[]),
            self.tell(holder, makes, user, &[action]),
        ))
    }

    fn launches(&self, from: usize, to: usize, method: &str) -> Option<(Truth, String)> {
        let (at, launch) = LAUNCHES
            .iter()
            .enumerate()
            .find(|(_, launch)| launch.makes == method)?;
        let (holder, role) = (self.holder(from)?, self.holder(to)?);
        if role.owned_by_aws {
            return None;
        }
        let can = self.launches.get(from)?.get_or_init(|| {
            LAUNCHES
                .iter()
                .map(|launch| self.can_launch(holder, launch))
                .collect()
        });
        let trusts = self.trusts_of(to, role)?;
        let mut holds = can.get(at)?.clone().and(trusts.get(at)?.clone());
        if holds.is_no() {
            return None;
        }
        if launch.service == "ec2.amazonaws.com" && !role.in_profile {
            let profile = self.power.arn("iam::A:instance-profile/any");
            let made = self
                .power
                .can(holder, "iam:CreateInstanceProfile", &profile, &[]);
            holds = holds.and(made).and(self.power.can(
                holder,
                "iam:AddRoleToInstanceProfile",
                &profile,
                &[],
            ));
        }
        holds = holds.and(self.power.can_to(
            holder,
            "iam:PassRole",
            role,
            &[("iam:passedtoservice", launch.service)],
        ));
        let actions: Vec<&str> = std::iter::once("iam:PassRole")
            .chain(launch.needs.iter().filter_map(|any| self.held(holder, any)))
            .collect();
        Some((
            holds,
            self.tell(
                holder,
                &format!("makes {} that runs as", launch.makes),
                role,
                &actions,
            ),
        ))
    }

    fn trusts_of(&self, at: usize, role: &Holder) -> Option<&Vec<Truth>> {
        let trusts = || {
            LAUNCHES
                .iter()
                .map(|launch| self.power.trusts_service(role, launch.service))
                .collect()
        };
        Some(self.trusts.get(at)?.get_or_init(trusts))
    }

    /// Whether a role may let a service in.
    pub(super) fn may_trust(&self, role: usize, service: &str) -> bool {
        let trusts = self
            .holder(role)
            .and_then(|holder| self.trusts_of(role, holder));
        let mut rows = LAUNCHES.iter().zip(trusts.into_iter().flatten());
        rows.any(|(launch, trusts)| launch.service == service && !trusts.is_no())
    }

    fn can_launch(&self, holder: &Holder, launch: &Launch) -> Truth {
        let Some([first, ..]) = launch.needs.first() else {
            return Truth::No;
        };
        let ordinary = self.power.arn(launch.resource);
        Truth::any(
            self.power
                .resources(holder, first, &ordinary)
                .iter()
                .map(|resource| {
                    Truth::all(launch.needs.iter().map(|any| {
                        Truth::any(
                            any.iter()
                                .map(|action| self.power.can(holder, action, resource, &[])),
                        )
                    }))
                }),
        )
    }

    fn takes_over(&self, from: usize, to: usize, method: &str) -> Option<(Truth, String)> {
        let takeover = TAKEOVERS
            .iter()
            .find(|takeover| takeover.actions.contains(&method))?;
        let (holder, role) = (self.holder(from)?, self.holder(to)?);
        if role.owned_by_aws {
            return None;
        }
        let at = LAUNCHES
            .iter()
            .position(|launch| launch.service == takeover.service)?;
        let trusts = self.trusts_of(to, role)?.get(at)?.clone();
        if trusts.is_no() {
            return None;
        }
        let ordinary = self.power.arn(takeover.resource);
        let can = Truth::any(
            self.power
                .resources(holder, method, &ordinary)
                .iter()
                .map(|resource| self.power.can(holder, method, resource, &[])),
        );
        let there = Truth::maybe(format!("{} runs as {}", takeover.running, label(role)));
        let words = self.tell(
            holder,
            &format!("takes over {} that runs as", takeover.running),
            role,
            &[method],
        );
        Some((can.and(trusts).and(there), words))
    }

    /// The first of several actions that a principal is allowed at all.
    fn held(&self, holder: &Holder, any: &[&'static str]) -> Option<&'static str> {
        any.iter()
            .copied()
            .find(|action| self.power.allowed_by(holder, action).is_some())
    }

    fn tell(&self, holder: &Holder, does: &str, other: &Holder, actions: &[&str]) -> String {
        format!(
            "{} {does} {} ({})",
            label(holder),
            label(other),
            self.by(holder, actions)
        )
    }

    /// The actions with the policies that allow them.
    fn by(&self, holder: &Holder, actions: &[&str]) -> String {
        let each = actions
            .iter()
            .map(|action| match self.power.allowed_by(holder, action) {
                Some(policy) => format!("{action} by {policy}"),
                None => format!("{action} by the trust policy"),
            });
        each.collect::<Vec<_>>().join(", ")
    }
}

fn label(holder: &Holder) -> String {
    let sort = match holder.sort {
        Sort::User => "user",
        Sort::Role => "role",
    };
    format!("{sort} {}", holder.name)
}

/// A trust policy as an intruder would write it.
fn trusting(arn: &str) -> Statement {
    Statement {
        effect: Effect::Allow,
        actions: Selection::Of(vec![ASSUME.to_owned()]),
        resources: None,
        principals: Some(Selection::Of(vec![Principal {
            sort: "AWS".to_owned(),
            value: arn.to_owned(),
        }])),
        conditions: Vec::new(),
    }
}
