//! Verdict by verdict: what was recorded, and what the answers say.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::bundle::VERDICTS;
use crate::bundle::verify::Fault;

/// More than this many are counted and not told.
const TOLD: usize = 20;

/// Every verdict that differs, with the first fact and call in which it does.
pub(super) fn differing(recorded: &str, again: &[String]) -> Vec<Fault> {
    let lines: Vec<&str> = recorded.split_terminator('\n').collect();
    if lines == again {
        return Vec::new();
    }
    let id = |line: &str| -> Option<String> {
        let verdict: Value = serde_json::from_str(line).ok()?;
        Some(verdict.get("id")?.as_str()?.to_owned())
    };
    let mut expected: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for line in again.iter().rev() {
        // Every verdict of ours has an id.
        expected
            .entry(id(line).unwrap_or_default())
            .or_default()
            .push(line);
    }
    let mut faults = Vec::new();
    for (line, number) in lines.iter().zip(1..) {
        let same = id(line).and_then(|id| expected.get_mut(&id)?.pop());
        match same {
            None => {
                let what = format!("{}: the recorded answers give no such verdict", named(line));
                faults.push(Fault::at(VERDICTS, number, what));
            }
            Some(same) if same != line => {
                let what = format!("{}: {}", named(same), difference(line, same));
                faults.push(Fault::at(VERDICTS, number, what));
            }
            Some(_) => {}
        }
    }
    for missing in expected.values().flatten() {
        let what = format!(
            "{}: the recorded answers give this verdict, and it is missing",
            named(missing)
        );
        faults.push(Fault::of(VERDICTS, what));
    }
    if faults.is_empty() {
        let other = lines
            .iter()
            .zip(again)
            .zip(1..)
            .find(|((old, new), _)| old != new);
        let line = other.map_or(1, |(_, number)| number);
        faults.push(Fault::at(
            VERDICTS,
            line,
            "the verdicts stand in another order",
        ));
    }
    let left = faults.len().saturating_sub(TOLD);
    if left > 0 {
        faults.truncate(TOLD);
        faults.push(Fault::of(VERDICTS, format!("and {left} verdicts more")));
    }
    faults
}

/// Check and resource of a verdict.
fn named(line: &str) -> String {
    let Ok(verdict) = serde_json::from_str::<Value>(line) else {
        return "a line that is no verdict".to_owned();
    };
    let text = |name: &str| verdict.get(name).and_then(Value::as_str).unwrap_or("?");
    let place = verdict.get("resource").and_then(Value::as_str);
    let place = place.map_or_else(
        || format!("{} in {} {}", text("kind"), text("account"), text("region")),
        str::to_owned,
    );
    format!("{} of {place}", text("check"))
}

/// In what two verdicts differ: the outcome, or the first piece of evidence that does, with its call.
fn difference(recorded: &str, again: &str) -> String {
    let read = |line: &str| serde_json::from_str::<Value>(line).unwrap_or(Value::Null);
    let (recorded, again) = (read(recorded), read(again));
    let mut told = Vec::new();
    let outcome = |verdict: &Value| member(verdict, "outcome");
    if outcome(&recorded) != outcome(&again) {
        told.push(format!(
            "recorded as {}, and the recorded answers make it {}",
            outcome(&recorded),
            outcome(&again)
        ));
    }
    let evidence = |verdict: &Value| {
        let list = verdict.get("evidence").and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let (old, new) = (evidence(&recorded), evidence(&again));
    let pairs = old.iter().zip(&new).find(|(old, new)| old != new);
    if let Some((old, new)) = pairs {
        let call = |one: &Value| {
            let source = one.get("call").filter(|call| !call.is_null());
            source
                .or_else(|| one.get("gap"))
                .cloned()
                .unwrap_or(Value::Null)
        };
        let call = [call(new), call(old)]
            .into_iter()
            .find(|call| !call.is_null());
        let call = call.map_or_else(String::new, |call| {
            format!(
                " by {}:{} (request id {})",
                member(&call, "service"),
                member(&call, "operation"),
                member(&call, "request_id")
            )
        });
        told.push(format!(
            "the evidence {} differs{call}",
            member(new, "path")
        ));
    } else if old.len() != new.len() {
        told.push(format!(
            "{} facts are cited, and the rule reads {}",
            old.len(),
            new.len()
        ));
    }
    if told.is_empty() {
        let names = recorded.as_object().into_iter().flat_map(|it| it.keys());
        let fields: Vec<&str> = names
            .filter(|name| recorded.get(*name) != again.get(*name))
            .map(String::as_str)
            .collect();
        told.push(match fields.as_slice() {
            [] => "it is not written as it was".to_owned(),
            fields => format!("{} differs", fields.join(", ")),
        });
    }
    told.join("; ")
}

/// A member as text, for people.
fn member(value: &Value, name: &str) -> String {
    match value.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => "none".to_owned(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::differing;

    fn verdict(id: &str, outcome: &str, sha256: &str) -> String {
        format!(
            r#"{{"id":"{id}","check":"s3.x","outcome":"{outcome}","resource":"arn:{id}","evidence":[{{"path":"bucket.y","value":1,"call":{{"service":"s3","operation":"GetY","request_id":"r-1","sha256":"{sha256}"}}}}]}}"#
        )
    }

    fn told(recorded: &[String], again: &[String]) -> Vec<String> {
        let text: String = recorded.iter().map(|line| format!("{line}\n")).collect();
        let faults = differing(&text, again).into_iter();
        faults
            .map(|it| format!("{:?} {}", it.line, it.what))
            .collect()
    }

    #[test]
    fn what_differs_is_named() {
        let again = [verdict("a", "fail", "1"), verdict("b", "pass", "2")];
        assert_eq!(told(&again, &again), [""; 0]);
        let edited = [verdict("a", "pass", "1"), again[1].clone()];
        assert_eq!(
            told(&edited, &again),
            ["Some(1) s3.x of arn:a: recorded as pass, and the recorded answers make it fail"]
        );
        let swapped = [again[0].clone(), verdict("b", "pass", "3")];
        assert_eq!(
            told(&swapped, &again),
            ["Some(2) s3.x of arn:b: the evidence bucket.y differs by s3:GetY (request id r-1)"]
        );
        assert_eq!(
            told(&again[..1], &again),
            ["None s3.x of arn:b: the recorded answers give this verdict, and it is missing"]
        );
        let more = [
            again[0].clone(),
            again[1].clone(),
            verdict("c", "pass", "1"),
        ];
        assert_eq!(
            told(&more, &again),
            ["Some(3) s3.x of arn:c: the recorded answers give no such verdict"]
        );
        let turned = [again[1].clone(), again[0].clone()];
        assert_eq!(
            told(&turned, &again),
            ["Some(1) the verdicts stand in another order"]
        );
    }
}
