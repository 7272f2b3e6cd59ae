//! The search: backwards from those who may do everything, one step at a time.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::able::Able;
use super::means::{ASSUME, CREDENTIALS, LAUNCHES, READS, TAKEOVERS};
use super::power::Power;
use super::steps::{Step, Steps};
use super::{Account, Holder, Reach, Sort, Way};
use crate::policy::statement::{Effect, Selection};
use crate::policy::truth::Truth;

pub(super) fn reaches(account: &Account) -> Vec<Reach> {
    let power = Power::new(account);
    let administrators: Vec<Truth> = account
        .holders
        .iter()
        .map(|holder| power.is_administrator(holder))
        .collect();
    let steps = Steps::new(&power);
    let able = Able::new(&power, account);
    let ways = |conditional| {
        let mut search = Search::new(&steps, &able, &administrators, conditional);
        search.run();
        (0..account.holders.len())
            .map(|holder| search.ways(holder))
            .collect::<Vec<_>>()
    };
    let (standing, all) = (ways(false), ways(true));
    administrators
        .iter()
        .zip(standing.into_iter().zip(all))
        .zip(&account.holders)
        .map(|((administrator, (standing, all)), holder)| {
            let reads_data = reads_data(&power, holder);
            if !administrator.is_no() {
                return Reach {
                    administrator: true,
                    reads_data,
                    ..Reach::default()
                };
            }
            let methods: BTreeSet<&str> = standing.iter().map(|found| found.method).collect();
            let conditional_ways = all
                .into_iter()
                .filter(|found| found.conditional && !methods.contains(found.method))
                .map(|found| found.way)
                .collect();
            Reach {
                administrator: false,
                ways: standing.iter().map(|found| found.way.clone()).collect(),
                conditional_ways,
                reads_data,
            }
        })
        .collect()
}

fn reads_data(power: &Power<'_>, holder: &Holder) -> Vec<&'static str> {
    let may = |(action, resource): &&(&'static str, &str)| {
        let truth = power.can(holder, action, &power.arn(resource), &[]);
        !truth.is_no()
    };
    READS
        .iter()
        .filter(may)
        .map(|(action, _)| *action)
        .collect()
}

/// A first step that was found, and whom it leads to; none: it makes an administrator at once.
#[derive(Debug)]
struct First {
    step: Step,
    needs: BTreeSet<String>,
    next: Option<usize>,
}

/// A way that was found.
#[derive(Debug)]
struct Found {
    method: &'static str,
    way: Way,
    conditional: bool,
}

#[derive(Debug)]
struct Search<'a> {
    steps: &'a Steps<'a>,
    account: &'a Account,
    administrators: &'a [Truth],
    /// Whether steps count that take a condition nobody can decide.
    conditional: bool,
    /// By principal, in the order they were found, which is that of the length of the way.
    firsts: Vec<Vec<First>>,
    queue: VecDeque<usize>,
    able: &'a Able<'a>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Search<'a> {
    fn new(
        steps: &'a Steps<'a>,
        able: &'a Able<'a>,
        administrators: &'a [Truth],
        conditional: bool,
    ) -> Self {
        let account = steps.power.account;
        Self {
            steps,
            account,
            administrators,
            conditional,
            firsts: account.holders.iter().map(|_| Vec::new()).collect(),
            queue: VecDeque::new(),
            able,
            places: account
                .holders
                .iter()
                .enumerate()
                .map(|(at, holder)| (holder.arn.as_str(), at))
                .collect(),
        }
    }

    fn run(&mut self) {
        for at in 0..self.account.holders.len() {
            if self.counts(&self.is_administrator(at)).is_some() {
                self.queue.push_back(at);
            }
        }
        for at in 0..self.account.holders.len() {
            for step in self.steps.to_everything(at) {
                self.found(at, step, None);
            }
        }
        self.drain();
        // Granting another everything and acting as that other, for those who have found no other way.
        for to in 0..self.account.holders.len() {
            for from in self.granting(to) {
                if !self.has_way(from) {
                    for step in self.steps.through_another(from, to) {
                        self.found(from, step, None);
                    }
                }
            }
        }
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(to) = self.queue.pop_front() {
            for (method, from) in self.candidates(to) {
                // A way of this sort is known, and not a longer one.
                let known = self
                    .firsts
                    .get(from)
                    .is_some_and(|firsts| firsts.iter().any(|first| first.step.method == method));
                if from == to || known || self.is_administrator(from).is_yes() {
                    continue;
                }
                if let Some(step) = self.steps.becoming(from, to, method) {
                    self.found(from, step, Some(to));
                }
            }
        }
    }

    /// Who may be able to act as another, and how.
    fn candidates(&self, to: usize) -> Vec<(&'static str, usize)> {
        let Some(holder) = self.account.holders.get(to) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut able = |method: &'static str, able: BTreeSet<usize>| {
            found.extend(able.into_iter().map(|from| (method, from)));
        };
        match holder.sort {
            Sort::User => {
                for (action, _) in CREDENTIALS {
                    able(action, self.able.on(action, &holder.arn));
                }
            }
            Sort::Role => {
                able(ASSUME, self.able.on(ASSUME, &holder.arn));
                able(ASSUME, self.trusted(holder));
                let rewrites = "iam:UpdateAssumeRolePolicy";
                able(rewrites, self.able.on(rewrites, &holder.arn));
                let passing = self.able.on("iam:PassRole", &holder.arn);
                for launch in LAUNCHES
                    .iter()
                    .filter(|launch| self.steps.may_trust(to, launch.service))
                {
                    able(launch.makes, passing.clone());
                }
                for takeover in TAKEOVERS
                    .iter()
                    .filter(|takeover| self.steps.may_trust(to, takeover.service))
                {
                    for action in takeover.actions.iter().filter(|_| self.conditional) {
                        able(action, self.able.anywhere(action));
                    }
                }
            }
        }
        found
    }

    /// Whom a role's trust policy names, so that they need no policy of their own.
    fn trusted(&self, role: &Holder) -> BTreeSet<usize> {
        let mut named = BTreeSet::new();
        let allows = role
            .trust
            .iter()
            .flatten()
            .filter(|statement| statement.effect == Effect::Allow);
        for statement in allows {
            match &statement.principals {
                Some(Selection::Of(principals)) => {
                    for principal in principals {
                        if principal.value == "*" {
                            named.extend(0..self.account.holders.len());
                        }
                        named.extend(self.places.get(principal.value.as_str()));
                    }
                }
                Some(Selection::AllBut(_)) => named.extend(0..self.account.holders.len()),
                None => {}
            }
        }
        named
    }

    /// Who may both change what a principal is allowed, and act as it.
    fn granting(&self, to: usize) -> Vec<usize> {
        let Some(holder) = self.account.holders.get(to) else {
            return Vec::new();
        };
        let (put, attach) = match holder.sort {
            Sort::User => ("iam:PutUserPolicy", "iam:AttachUserPolicy"),
            Sort::Role => ("iam:PutRolePolicy", "iam:AttachRolePolicy"),
        };
        let mut granting = self.able.on(put, &holder.arn);
        granting.extend(self.able.on(attach, &holder.arn));
        for group in holder
            .groups
            .iter()
            .filter_map(|at| self.account.groups.get(*at))
        {
            granting.extend(self.able.on("iam:PutGroupPolicy", &group.arn));
            granting.extend(self.able.on("iam:AttachGroupPolicy", &group.arn));
        }
        for group in self
            .steps
            .groups_of_administrators()
            .filter(|_| holder.sort == Sort::User)
        {
            granting.extend(self.able.on("iam:AddUserToGroup", &group.arn));
        }
        for arn in self
            .steps
            .power
            .documents(holder)
            .filter_map(|document| document.changeable.as_ref())
        {
            granting.extend(self.able.on("iam:CreatePolicyVersion", arn));
        }
        granting.remove(&to);
        if granting.is_empty() {
            return Vec::new();
        }
        let acting: BTreeSet<usize> = self
            .candidates(to)
            .into_iter()
            .map(|(_, from)| from)
            .collect();
        granting.intersection(&acting).copied().collect()
    }

    fn is_administrator(&self, at: usize) -> Truth {
        self.administrators.get(at).cloned().unwrap_or(Truth::No)
    }

    fn has_way(&self, at: usize) -> bool {
        self.firsts.get(at).is_some_and(|firsts| !firsts.is_empty())
    }

    /// What a truth takes; none if it does not count in this search.
    fn counts(&self, truth: &Truth) -> Option<BTreeSet<String>> {
        match truth {
            Truth::Yes => Some(BTreeSet::new()),
            Truth::Maybe(needs) if self.conditional => Some(needs.clone()),
            Truth::Maybe(_) | Truth::No => None,
        }
    }

    fn found(&mut self, from: usize, step: Step, next: Option<usize>) {
        let Some(needs) = self.counts(&step.holds) else {
            return;
        };
        if self.is_administrator(from).is_yes() {
            return;
        }
        if let Some(firsts) = self.firsts.get_mut(from) {
            if firsts.iter().any(|first| first.step.method == step.method) {
                return;
            }
            if firsts.is_empty() {
                self.queue.push_back(from);
            }
            firsts.push(First { step, needs, next });
        }
    }

    /// The ways of one principal, in the order they were found. A way that leads back through it is none.
    fn ways(&self, from: usize) -> Vec<Found> {
        let firsts = self.firsts.get(from).into_iter().flatten();
        firsts
            .filter_map(|first| self.follow(from, first))
            .collect()
    }

    fn follow(&self, from: usize, first: &First) -> Option<Found> {
        let mut way = first.step.words.clone();
        let mut needs = first.needs.clone();
        let mut been = BTreeSet::from([from]);
        let mut next = first.next;
        while let Some(at) = next {
            if !been.insert(at) {
                return None;
            }
            if let Some(conditions) = self.counts(&self.is_administrator(at)) {
                way.push(self.steps.administrator(at));
                needs.extend(conditions);
                break;
            }
            let onward = self.firsts.get(at)?.first()?;
            way.extend(onward.step.words.iter().cloned());
            needs.extend(onward.needs.iter().cloned());
            next = onward.next;
        }
        let conditional = !needs.is_empty();
        way.extend(
            needs
                .into_iter()
                .map(|need| format!("provided that {need}")),
        );
        Some(Found {
            method: first.step.method,
            way,
            conditional,
        })
    }
}
