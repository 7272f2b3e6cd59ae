//! Steps that give everything: to oneself, to another, to somebody new.

use super::{Step, Steps, label, trusting};
use crate::policy::escalation::means::ADMINISTRATOR_ACCESS;
use crate::policy::escalation::{Holder, Sort};
use crate::policy::truth::Truth;

impl Steps<'_> {
    /// Steps by which one gives another, or itself, everything.
    pub(super) fn grants(&self, holder: &Holder, other: &Holder, whom: &str) -> Vec<Step> {
        if other.owned_by_aws {
            return Vec::new();
        }
        let mut asked: Vec<(&'static str, String, Truth, String)> = Vec::new();
        let power = self.power;
        let attached = format!("arn:{}:{ADMINISTRATOR_ACCESS}", power.account.partition);
        let attaching = [("iam:policyarn", attached.as_str())];
        let (put, attach) = match other.sort {
            Sort::User => ("iam:PutUserPolicy", "iam:AttachUserPolicy"),
            Sort::Role => ("iam:PutRolePolicy", "iam:AttachRolePolicy"),
        };
        asked.push((
            put,
            format!("writes {whom} a policy that allows everything"),
            power.can_to(holder, put, other, &[]),
            String::new(),
        ));
        asked.push((
            attach,
            format!("attaches AdministratorAccess to {whom}"),
            power.can_to(holder, attach, other, &attaching),
            String::new(),
        ));
        for group in other
            .groups
            .iter()
            .filter_map(|at| power.account.groups.get(*at))
        {
            let of = format!(", which {whom} is in");
            let (put, attach) = ("iam:PutGroupPolicy", "iam:AttachGroupPolicy");
            asked.push((
                put,
                format!(
                    "writes group {} a policy that allows everything",
                    group.name
                ),
                power.can(holder, put, &group.arn, &[]),
                of.clone(),
            ));
            asked.push((
                attach,
                format!("attaches AdministratorAccess to group {}", group.name),
                power.can(holder, attach, &group.arn, &attaching),
                of,
            ));
        }
        if other.sort == Sort::User {
            for (group, administrator) in power.account.groups.iter().zip(&self.groups) {
                let adds = "iam:AddUserToGroup";
                asked.push((
                    adds,
                    format!("adds {whom} to group {}", group.name),
                    administrator
                        .clone()
                        .and(power.can(holder, adds, &group.arn, &[])),
                    String::new(),
                ));
            }
        }
        for document in power.documents(other) {
            if let Some(arn) = &document.changeable {
                let version = "iam:CreatePolicyVersion";
                asked.push((
                    version,
                    format!("rewrites policy {}", document.name),
                    power.can(holder, version, arn, &[]),
                    format!(", which {whom} holds"),
                ));
            }
        }
        asked.retain(|(_, _, can, _)| !can.is_no());
        if asked.is_empty() {
            return Vec::new();
        }
        let (room, first) = self.room(holder, other, whom);
        if room.is_no() {
            return Vec::new();
        }
        asked
            .into_iter()
            .map(|(method, does, can, of)| Step {
                method,
                holds: can.and(room.clone()),
                words: first
                    .iter()
                    .cloned()
                    .chain([format!(
                        "{} {does}{of} ({})",
                        label(holder),
                        self.by(holder, &[method])
                    )])
                    .collect(),
            })
            .collect()
    }

    /// Whether everything granted to a principal makes it an administrator, and what must be done about its boundary first.
    fn room(&self, holder: &Holder, other: &Holder, whom: &str) -> (Truth, Option<String>) {
        let room = self.power.could_be_administrator(other);
        if !room.is_no() || other.boundary.is_none() {
            return (room, None);
        }
        let lift = match other.sort {
            Sort::User => "iam:DeleteUserPermissionsBoundary",
            Sort::Role => "iam:DeleteRolePermissionsBoundary",
        };
        let lifted = self
            .power
            .could_be_without_boundary(other)
            .and(self.power.can_to(holder, lift, other, &[]));
        (
            lifted,
            Some(format!(
                "{} removes the permissions boundary of {whom} ({})",
                label(holder),
                self.by(holder, &[lift])
            )),
        )
    }

    pub(super) fn makes_user(&self, holder: &Holder) -> Option<Step> {
        let ways: &[&[&str]] = &[
            &["iam:CreateUser"],
            &["iam:AttachUserPolicy", "iam:PutUserPolicy"],
            &["iam:CreateAccessKey", "iam:CreateLoginProfile"],
        ];
        let (holds, actions) = self.all_on_one(holder, ways, "iam::A:user/any");
        let words = vec![format!(
            "{} makes a user that may do everything ({})",
            label(holder),
            self.by(holder, &actions)
        )];
        (!holds.is_no()).then_some(Step {
            method: "iam:CreateUser",
            holds,
            words,
        })
    }

    pub(super) fn makes_role(&self, holder: &Holder) -> Option<Step> {
        let ways: &[&[&str]] = &[
            &["iam:CreateRole"],
            &["iam:AttachRolePolicy", "iam:PutRolePolicy"],
        ];
        let (holds, actions) = self.all_on_one(holder, ways, "iam::A:role/any");
        if holds.is_no() {
            return None;
        }
        let made = Holder {
            sort: Sort::Role,
            arn: self.power.arn("iam::A:role/any"),
            ..holder.clone()
        };
        let holds = holds.and(
            self.power
                .can_assume(holder, &made, &[trusting(&holder.arn)]),
        );
        let words = vec![format!(
            "{} makes a role that may do everything, and assumes it ({})",
            label(holder),
            self.by(holder, &actions)
        )];
        (!holds.is_no()).then_some(Step {
            method: "iam:CreateRole",
            holds,
            words,
        })
    }

    /// Whether there is one new thing that all of this can be done to.
    fn all_on_one(
        &self,
        holder: &Holder,
        needs: &[&[&'static str]],
        ordinary: &str,
    ) -> (Truth, Vec<&'static str>) {
        let attached = format!(
            "arn:{}:{ADMINISTRATOR_ACCESS}",
            self.power.account.partition
        );
        let ordinary = self.power.arn(ordinary);
        let Some([first, ..]) = needs.first() else {
            return (Truth::No, Vec::new());
        };
        let holds = Truth::any(self.power.resources(holder, first, &ordinary).iter().map(
            |resource| {
                Truth::all(needs.iter().map(|any| {
                    Truth::any(any.iter().map(|action| {
                        self.power
                            .can(holder, action, resource, &[("iam:policyarn", &attached)])
                    }))
                }))
            },
        ));
        (
            holds,
            needs
                .iter()
                .filter_map(|any| self.held(holder, any))
                .collect(),
        )
    }
}
