//! `report.json`, as it was recorded and as it comes out again.

use serde_json::Value;

use super::REPORT;
use crate::bundle::verify::Fault;

/// More than this many are counted and not told.
const TOLD: usize = 10;

/// Every line that differs, and in which values.
pub(super) fn differing(recorded: &[u8], again: &[u8]) -> Vec<Fault> {
    if recorded == again {
        return Vec::new();
    }
    let lines = |bytes: &[u8]| -> Vec<String> {
        let lines = bytes.split(|byte| *byte == b'\n');
        lines
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect()
    };
    let (old, new) = (lines(recorded), lines(again));
    let mut faults = Vec::new();
    for ((old, new), number) in old.iter().zip(&new).zip(1..) {
        if old != new {
            faults.push(Fault::at(REPORT, number, difference(old, new)));
        }
    }
    if old.len() != new.len() {
        let what = format!(
            "it has {} lines, and {} come out again",
            old.len(),
            new.len()
        );
        faults.insert(0, Fault::of(REPORT, what));
    }
    let left = faults.len().saturating_sub(TOLD);
    if left > 0 {
        faults.truncate(TOLD);
        faults.push(Fault::of(REPORT, format!("and {left} lines more")));
    }
    faults
}

/// In which value two rows differ; a row stands on a line of its own.
fn difference(old: &str, new: &str) -> String {
    let row = |line: &str| -> Option<Value> {
        let line = line.trim_end_matches(',');
        // The lines before the lists hold a member each: `"run":{…}`.
        serde_json::from_str(line)
            .or_else(|_| serde_json::from_str(&format!("{{{}}}", line.trim_start_matches('{'))))
            .ok()
    };
    let (Some(old), Some(new)) = (row(old), row(new)) else {
        return "it differs from what comes out again".to_owned();
    };
    let mut place = String::new();
    let (old, new) = deepest(&old, &new, &mut place);
    format!("{place} is {}, and comes out as {}", short(old), short(new))
}

/// The first place in which two values differ.
fn deepest<'a>(old: &'a Value, new: &'a Value, place: &mut String) -> (&'a Value, &'a Value) {
    static NOTHING: Value = Value::Null;
    let within = match (old, new) {
        (Value::Object(olds), Value::Object(news)) => olds
            .keys()
            .chain(news.keys())
            .map(|name| {
                let of = |values: &'a serde_json::Map<String, Value>| {
                    values.get(name).unwrap_or(&NOTHING)
                };
                (name.clone(), of(olds), of(news))
            })
            .find(|(_, old, new)| old != new),
        (Value::Array(olds), Value::Array(news)) if olds.len() == news.len() => olds
            .iter()
            .zip(news)
            .enumerate()
            .map(|(n, (old, new))| (n.to_string(), old, new))
            .find(|(_, old, new)| old != new),
        _ => None,
    };
    match within {
        Some((name, old, new)) => {
            place.push('/');
            place.push_str(&name);
            deepest(old, new, place)
        }
        None => (old, new),
    }
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 80;
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let head: String = text.chars().take(LONGEST).collect();
    format!("{head}…")
}

#[cfg(test)]
mod tests {
    use super::differing;

    #[test]
    fn the_line_and_the_value_are_named() {
        let again = "{\"schema\":\"v1\",\n\"checks\":[\n{\"id\":\"a\",\"pass\":3},\n{\"id\":\"b\",\"pass\":1}]}\n";
        let edited = again.replace("\"pass\":3", "\"pass\":4");
        let told = differing(edited.as_bytes(), again.as_bytes());
        let told: Vec<_> = told.iter().map(|it| (it.line, it.what.as_str())).collect();
        assert_eq!(told, [(Some(3), "/pass is 4, and comes out as 3")]);
        assert!(differing(again.as_bytes(), again.as_bytes()).is_empty());
    }
}
