//! What several sheets show alike.

use std::fmt::Write as _;

use serde_json::Value;

use super::super::{Read, Verdict, text};
use crate::inventory::Source;

pub(in crate::report) use super::super::text::lines;

/// Text from an account, on one line.
pub(in crate::report) fn shown(text: &str) -> String {
    text::shown(text).into_owned()
}

/// One to a line.
pub(in crate::report) fn listed<T>(
    items: impl IntoIterator<Item = T>,
    say: impl Fn(T) -> String,
) -> String {
    items.into_iter().map(say).collect::<Vec<_>>().join("\n")
}

/// A value as JSON writes it, so that `"true"` is seen to be text.
pub(in crate::report) fn written(value: &Value) -> String {
    shown(&value.to_string())
}

/// The calls that told a verdict's facts, each once, in the order in which they are first cited.
pub(in crate::report) fn cited(verdict: &Verdict) -> Vec<&Source> {
    let mut calls: Vec<&Source> = Vec::new();
    for call in verdict
        .evidence
        .iter()
        .filter_map(|fact| fact.call.as_ref())
    {
        if !calls.contains(&call) {
            calls.push(call);
        }
    }
    calls
}

/// Every fact the rule read, `path = value`, with the number of its call among [`cited`].
pub(in crate::report) fn facts(verdict: &Verdict) -> String {
    let calls = cited(verdict);
    listed(&verdict.evidence, |fact| {
        let mut line = match &fact.read {
            Read::Value(value) => format!("{} = {}", shown(&fact.path), written(value)),
            Read::Gap(gap) => format!("{} unread: {}", shown(&fact.path), shown(&gap.to_string())),
        };
        let number = fact
            .call
            .as_ref()
            .and_then(|call| calls.iter().position(|cited| *cited == call));
        if let Some(number) = number {
            // Writing to a String cannot fail.
            let _ = write!(line, " [{}]", number + 1);
        }
        line
    })
}

/// A line for each call, numbered as [`facts`] cites them.
pub(in crate::report) fn of_calls(verdict: &Verdict, say: impl Fn(&Source) -> String) -> String {
    let calls = cited(verdict);
    listed(calls.iter().enumerate(), |(n, call)| {
        format!("[{}] {}", n + 1, say(call))
    })
}

/// `s3:GetBucketPolicy (bucket=acme-logs)`.
pub(in crate::report) fn call(call: &Source) -> String {
    let parameters = if call.parameters.is_empty() {
        String::new()
    } else {
        format!(" ({})", call.parameters)
    };
    shown(&format!("{}:{}{parameters}", call.service, call.operation))
}

/// AWS's request id, or that there was none.
pub(in crate::report) fn request_id(call: &Source) -> String {
    call.request_id
        .as_deref()
        .map_or_else(|| "id not answered".to_owned(), shown)
}

/// `yes` or `no`.
pub(in crate::report) fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}
