//! The exceptions made in AWS itself, kind by kind.

use serde::Serialize;

use super::super::shown;
use crate::report::Report;
use crate::report::exceptions::{Suppression, Suppressions};
use crate::report::html::cite::Citations;
use crate::report::text::{counted, number};

/// Exceptions of one kind that are shown before the rest is counted; `report.json` has them all.
const SHOWN: usize = 200;
/// Calls that are cited of one kind's listings before the rest is counted.
const CITED: usize = 20;

/// The exceptions of one kind.
#[derive(Serialize)]
pub(super) struct Exceptions {
    title: &'static str,
    kind: &'static str,
    count: String,
    asked: bool,
    complete: bool,
    calls: Vec<usize>,
    more_calls: Option<String>,
    members: Vec<Member>,
    more: Option<String>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    arn: String,
    account: String,
    region: String,
    facts: Vec<(String, String)>,
    call: Option<usize>,
}

pub(super) fn exceptions(report: &Report, citations: &mut Citations) -> Vec<Exceptions> {
    let all = report.suppressions.iter();
    all.map(|found| of_kind(found, report, citations)).collect()
}

fn of_kind(found: &Suppressions, report: &Report, citations: &mut Citations) -> Exceptions {
    let calls: Vec<_> = report
        .populations
        .iter()
        .filter(|population| *population.kind == *found.kind)
        .flat_map(|population| &population.calls)
        .collect();
    let more = found.members.len().saturating_sub(SHOWN) as u64;
    let more_calls = calls.len().saturating_sub(CITED) as u64;
    Exceptions {
        title: found.title,
        kind: found.kind,
        count: number(found.discovered),
        asked: found.asked,
        complete: found.complete,
        calls: calls
            .into_iter()
            .take(CITED)
            .map(|call| citations.cite(call))
            .collect(),
        more_calls: (more_calls > 0).then(|| counted(more_calls, "more call", "more calls")),
        members: found
            .members
            .iter()
            .take(SHOWN)
            .map(|member| of_one(member, citations))
            .collect(),
        more: (more > 0).then(|| number(more)),
    }
}

fn of_one(member: &Suppression, citations: &mut Citations) -> Member {
    let facts = member.facts.iter();
    Member {
        name: shown(if member.name.is_empty() {
            &member.resource
        } else {
            &member.name
        }),
        arn: shown(&member.resource),
        account: shown(&member.account),
        region: shown(&member.region),
        facts: facts
            .map(|(name, value)| ((*name).to_owned(), shown(&value.to_string())))
            .collect(),
        call: member.call.as_ref().map(|call| citations.cite(call)),
    }
}
