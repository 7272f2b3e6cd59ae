//! The facts a rule read, in the order it read them. Neighbours that one call told stand together, and what their
//! paths share is printed once: the path of a linked resource holds its whole ARN.

use serde::Serialize;
use serde_json::Value;

use super::{second, shown};
use crate::inventory::Source;
use crate::report::html::cite::Citations;
use crate::report::{Evidence, Read};

/// Longer values scroll in a box of their own; the whole value is in it.
const LONG: usize = 280;

/// Neighbouring facts, and who told them: a call; a call that did not answer; nobody, for a check's parameters.
#[derive(Serialize)]
pub(super) struct Told {
    rows: Vec<Row>,
    /// How many rows that is.
    span: usize,
    call: Option<CallView>,
    gap: Option<GapView>,
    /// Whether they are the check's own parameters. What nobody else told was counted from the lists of resources.
    own: bool,
}

#[derive(Serialize)]
struct Row {
    /// Whether this is what the paths of the rows below begin with.
    heading: bool,
    /// How many headings it stands under.
    level: usize,
    path: String,
    value: String,
    long: bool,
}

#[derive(Serialize)]
struct GapView {
    call: String,
    asked_about: String,
    reason: String,
    code: Option<String>,
    action: Option<String>,
    request_id: Option<String>,
}

/// A call beside a fact; the register of calls holds its whole digest.
#[derive(Serialize)]
pub(super) struct CallView {
    pub(super) number: usize,
    /// Whether an earlier fact of the verdict came from it, and has said the rest.
    pub(super) again: bool,
    pub(super) name: String,
    pub(super) parameters: String,
    pub(super) region: String,
    pub(super) request_id: Option<String>,
    pub(super) at: String,
    pub(super) sha256: String,
    pub(super) digest: String,
}

pub(super) fn told(facts: &[Evidence], citations: &mut Citations) -> Vec<Told> {
    let mut cited = Vec::new();
    facts
        .chunk_by(tell_alike)
        .filter_map(|facts| {
            let first = facts.first()?;
            let call = first.call.as_ref().map(|call| {
                let number = citations.cite(call);
                let again = cited.contains(&number);
                cited.push(number);
                CallView {
                    again,
                    ..call_view(number, call)
                }
            });
            let rows = rows(facts);
            Some(Told {
                span: rows.len(),
                rows,
                call,
                gap: gap(&first.read),
                own: is_own(first),
            })
        })
        .collect()
}

/// Whether one call told both. Each gap stands alone, beside what would settle it.
fn tell_alike(a: &Evidence, b: &Evidence) -> bool {
    let is_value = |fact: &Evidence| matches!(fact.read, Read::Value(_));
    a.call == b.call && is_own(a) == is_own(b) && is_value(a) && is_value(b)
}

fn is_own(fact: &Evidence) -> bool {
    fact.path.starts_with("params.")
}

/// The facts as a tree: a linked resource is a heading, and stands once above all that was read through it.
fn rows(facts: &[Evidence]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut above: Vec<&str> = Vec::new();
    for fact in facts {
        let path = Steps::of(&fact.path);
        let same = above
            .iter()
            .zip(&path.links)
            .take_while(|(above, link)| above == link)
            .count();
        for (level, link) in path.links.iter().enumerate().skip(same) {
            rows.push(Row {
                heading: true,
                level,
                path: under(level, link),
                value: String::new(),
                long: false,
            });
        }
        let value = match &fact.read {
            Read::Value(value) => written(value),
            Read::Gap(_) => String::new(),
        };
        let level = path.links.len();
        rows.push(Row {
            heading: false,
            level,
            path: format!("{}{}", shown(path.function), under(level, path.last)),
            long: value.len() > LONG,
            value,
        });
        above = path.links;
    }
    rows
}

fn under(level: usize, step: &str) -> String {
    if level == 0 {
        shown(step)
    } else {
        format!("…{}", shown(step.trim_start_matches('.')))
    }
}

/// A path by the linked resources it goes through: `instance.groups[arn:…]`, then `.ingress[0].to`.
#[derive(Debug, PartialEq, Eq)]
struct Steps<'p> {
    /// `size(`, of a path that tells how many there are.
    function: &'p str,
    links: Vec<&'p str>,
    last: &'p str,
}

impl<'p> Steps<'p> {
    fn of(path: &'p str) -> Self {
        let (function, mut last) = match path.find('(') {
            Some(open) if path.ends_with(')') => path.split_at(open + 1),
            _ => ("", path),
        };
        let mut links = Vec::new();
        while let Some(end) = end_of_link(last) {
            let (link, rest) = last.split_at(end);
            links.push(link);
            last = rest;
        }
        Self {
            function,
            links,
            last,
        }
    }
}

/// Where the first link of a path ends, unless the path ends there.
fn end_of_link(path: &str) -> Option<usize> {
    let from = path.find("[arn:")?;
    let length = path.get(from..)?.find(']')?;
    let end = from + length + 1;
    (end < path.len()).then_some(end)
}

fn gap(read: &Read) -> Option<GapView> {
    match read {
        Read::Value(_) => None,
        Read::Gap(gap) => Some(GapView {
            call: shown(&format!("{}:{}", gap.service, gap.operation)),
            asked_about: shown(&gap.parameters),
            reason: gap.reason.to_string(),
            code: gap.code.as_deref().map(shown),
            action: (gap.reason.settled_by_grant() && !gap.action.is_empty())
                .then(|| shown(&gap.action)),
            request_id: gap.request_id.as_deref().map(shown),
        }),
    }
}

pub(super) fn call_view(number: usize, call: &Source) -> CallView {
    CallView {
        number,
        again: false,
        name: shown(&format!("{}:{}", call.service, call.operation)),
        parameters: shown(&call.parameters),
        region: shown(&call.region),
        request_id: call.request_id.as_deref().map(shown),
        at: second(call.at),
        digest: call.sha256.chars().take(12).collect(),
        sha256: shown(&call.sha256),
    }
}

/// A value as JSON writes it, so that `"true"` is seen to be text.
pub(super) fn written(value: &Value) -> String {
    shown(&value.to_string())
}

#[cfg(test)]
mod tests {
    use super::Steps;

    #[track_caller]
    fn says(path: &str, function: &str, links: &[&str], last: &str) {
        let links = links.to_vec();
        let expected = Steps {
            function,
            links,
            last,
        };
        assert_eq!(Steps::of(path), expected);
    }

    #[test]
    fn a_path_is_divided_where_a_linked_resource_ends() {
        says("bucket.tags[Name]", "", &[], "bucket.tags[Name]");
        says(
            "instance.groups[arn:aws:ec2:eu-west-1:1:security-group/sg-1].ingress[0].to",
            "",
            &["instance.groups[arn:aws:ec2:eu-west-1:1:security-group/sg-1]"],
            ".ingress[0].to",
        );
        says(
            "size(trail.filters[arn:a].alarms[arn:b].actions)",
            "size(",
            &["trail.filters[arn:a]", ".alarms[arn:b]"],
            ".actions)",
        );
        says("trail.filters[arn:a]", "", &[], "trail.filters[arn:a]");
        says("trail.filters[arn:a", "", &[], "trail.filters[arn:a");
    }
}
