//! How far each user and role gets, by all of the account's policies together.

mod build;

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_sdk_iam::operation::get_account_authorization_details::GetAccountAuthorizationDetailsOutput;
use aws_sdk_iam::types::ManagedPolicyDetail;

use crate::aws::missing;
use crate::inventory::kinds::statement::Statement;
use crate::inventory::{Gap, Read, Told};
use crate::policy::escalation::{self, Reach, Way};

use build::Builder;
pub(super) use build::condition;

/// A page of the listing.
pub(super) type Details = Told<GetAccountAuthorizationDetailsOutput>;

/// How far everyone gets of whom it could be told.
#[derive(Debug)]
pub(super) struct Reaches {
    reaches: BTreeMap<String, Reach>,
    /// Why there may be ways that were not found: a page or a policy that could not be read.
    hidden: Option<Arc<Gap>>,
    /// Why what was found may be stopped: service control policies that AWS shows to this account and that could not be read.
    unstopped: Option<Arc<Gap>>,
}

/// What is read of one principal.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) administrator: Read<bool>,
    pub(super) ways: Read<Vec<Vec<String>>>,
    pub(super) conditional_ways: Read<Vec<Vec<String>>>,
    pub(super) reads_data: Read<Vec<String>>,
}

impl Reaches {
    /// From the pages that came, and what cut them short; from the policies of AWS's that the account uses; and from the
    /// service control policies on it.
    pub(super) fn of(
        (partition, account): (&str, &str),
        pages: &[Details],
        cut: Option<&Arc<Gap>>,
        of_aws: &Read<Vec<ManagedPolicyDetail>>,
        service_control: &Result<Vec<Vec<Statement>>, Arc<Gap>>,
    ) -> Self {
        let mut builder = Builder::new(partition, account);
        if let Ok(levels) = service_control {
            builder.service_control(levels);
        }
        match of_aws {
            Ok(listed) => builder.policies_of_aws(listed),
            Err(gap) => builder.hide(gap.clone()),
        }
        if let Some(gap) = cut {
            builder.hide(gap.clone());
        }
        let (account, hidden) = builder.build(pages);
        let reaches = escalation::reaches(&account);
        let names = account.holders.into_iter().map(|holder| holder.arn);
        Self {
            reaches: names.zip(reaches).collect(),
            hidden,
            unstopped: service_control.as_ref().err().cloned(),
        }
    }

    /// How far the principal of this ARN gets, as the page that told of it says together with the others.
    ///
    /// A way that was found stands whatever could not be read, as it leads over principals of whom all was. That there
    /// is none can only be said when nothing is hidden.
    pub(super) fn of_principal<T>(&self, arn: &str, told: &Told<T>) -> Reached {
        let reach = self.reaches.get(arn);
        let is_far = |reach: &&Reach| {
            reach.administrator || !reach.ways.is_empty() || !reach.conditional_ways.is_empty()
        };
        // Who gets nowhere gets no further by policies that only take away.
        if let (Some(gap), Some(reach)) = (&self.unstopped, reach.filter(is_far)) {
            let gap = || gap.clone();
            return Reached {
                administrator: Err(gap()),
                ways: Err(gap()),
                conditional_ways: Err(gap()),
                reads_data: if reach.reads_data.is_empty() {
                    told.fact(Vec::new())
                } else {
                    Err(gap())
                },
            };
        }
        // Who is not among them has a policy, or a group, that could not be read, which is then what is hidden.
        let gap = || match &self.hidden {
            Some(gap) => gap.clone(),
            None => told.lacks(missing("a policy of the principal")),
        };
        let ways = |ways: &[Way]| match (ways, &self.hidden) {
            ([], Some(gap)) => Err(gap.clone()),
            ([], None) | ([_, ..], _) => told.fact(ways.to_vec()),
        };
        Reached {
            administrator: reach.map_or_else(|| Err(gap()), |reach| told.fact(reach.administrator)),
            ways: reach.map_or_else(|| Err(gap()), |reach| ways(&reach.ways)),
            conditional_ways: match (reach, &self.hidden) {
                (Some(reach), None) => told.fact(reach.conditional_ways.clone()),
                (Some(_) | None, _) => Err(gap()),
            },
            reads_data: reach.map_or_else(
                || Err(gap()),
                |reach| match &self.unstopped {
                    Some(gap) if !reach.reads_data.is_empty() => Err(gap.clone()),
                    Some(_) | None => {
                        let reads = reach.reads_data.iter();
                        told.fact(reads.map(|action| (*action).to_owned()).collect())
                    }
                },
            ),
        }
    }
}

#[cfg(test)]
mod tests;
