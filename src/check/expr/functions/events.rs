//! What an event pattern of EventBridge surely matches.
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html>
//!
//! An event is given by the little that is known of it: `source = aws.ec2 && detail.eventName = CreateVpc`. The answer is
//! whether a pattern matches every event of which that is true. A pattern that asks for more than is known may leave some
//! out, and one that we do not understand may leave out any: neither counts.

use serde_json::{Map, Value};

/// What is known of an event, by the path of the member.
type Known<'a> = Vec<(&'a str, Member)>;

enum Member {
    Is(Value),
    /// It is there, with a value nobody knows.
    There,
    Missing,
}

/// How many levels an `$or` or a `detail` may lie deep; AWS's events have a handful.
const DEEPEST: usize = 32;

/// Whether the pattern matches every event that is like this.
pub(super) fn catches(pattern: &str, event: &str) -> bool {
    match serde_json::from_str(pattern) {
        Ok(Value::Object(asked)) if !asked.is_empty() => {
            known(event).is_some_and(|known| matches(&asked, "", &known, DEEPEST))
        }
        _ => false,
    }
}

/// Whether the pattern matches every such call that CloudTrail records as a management event.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html>
pub(super) fn catches_call(pattern: &str, service: &str, name: &str) -> bool {
    let Some(source) = service.split('.').next().filter(|part| !part.is_empty()) else {
        return false;
    };
    let event = format!(
        "source = aws.{source} && detail-type = AWS API Call via CloudTrail && detail.eventType = AwsApiCall \
         && detail.eventSource = {service} && detail.eventName = {name}"
    );
    catches(pattern, &event)
}

/// None where a condition is written in no way that is known.
fn known(event: &str) -> Option<Known<'_>> {
    let each = event.split("&&").map(|condition| {
        let condition = condition.trim();
        if let Some((path, value)) = condition.split_once(" = ") {
            let number = value.trim().parse::<f64>().ok();
            let number = number.and_then(serde_json::Number::from_f64);
            let value = number.map_or_else(|| value.trim().into(), Value::Number);
            Some((path.trim(), Member::Is(value)))
        } else if let Some(path) = condition.strip_suffix(" NOT EXISTS") {
            Some((path.trim(), Member::Missing))
        } else {
            let path = condition.strip_suffix(" EXISTS")?;
            Some((path.trim(), Member::There))
        }
    });
    each.collect()
}

/// Every member that is asked for must match.
fn matches(asked: &Map<String, Value>, within: &str, known: &Known<'_>, deep: usize) -> bool {
    deep > 0
        && asked.iter().all(|(name, wanted)| match wanted {
            Value::Array(options) if name == "$or" => options.iter().any(|option| {
                let asked = option.as_object().filter(|asked| !asked.is_empty());
                asked.is_some_and(|asked| matches(asked, within, known, deep - 1))
            }),
            Value::Array(options) => {
                let path = joined(within, name);
                let member = known.iter().find(|(known, _)| *known == path);
                member.is_some_and(|(_, member)| options.iter().any(|option| one(option, member)))
            }
            Value::Object(asked) => {
                !asked.is_empty() && matches(asked, &joined(within, name), known, deep - 1)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        })
}

fn joined(within: &str, name: &str) -> String {
    if within.is_empty() {
        name.to_owned()
    } else {
        format!("{within}.{name}")
    }
}

/// Whether one of the options matches whatever the member may be.
fn one(option: &Value, member: &Member) -> bool {
    let Value::Object(operator) = option else {
        return match member {
            Member::Is(value) => same(option, value),
            Member::There | Member::Missing => false,
        };
    };
    let mut parts = operator.iter();
    let (Some((name, operand)), None) = (parts.next(), parts.next()) else {
        return false;
    };
    match (name.as_str(), member) {
        ("exists", Member::Is(_) | Member::There) => operand == &Value::Bool(true),
        ("exists", Member::Missing) => operand == &Value::Bool(false),
        (_, Member::There | Member::Missing) => false,
        ("anything-but", Member::Is(value)) => differs(operand, value),
        ("numeric", Member::Is(value)) => in_range(operand, value),
        (name, Member::Is(value)) => like(name, operand, value) == Some(true),
    }
}

/// Numbers are equal whatever their form: `8` and `8.0`.
fn same(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b).is_eq(),
        _ => a == b,
    }
}

/// Operators on text. None: it is another.
fn like(operator: &str, operand: &Value, value: &Value) -> Option<bool> {
    let folds = operand.get("equals-ignore-case");
    let wanted = folds.unwrap_or(operand).as_str()?;
    let text = value.as_str()?;
    let (wanted, text) = if folds.is_some() || operator == "equals-ignore-case" {
        (wanted.to_lowercase(), text.to_lowercase())
    } else {
        (wanted.to_owned(), text.to_owned())
    };
    match operator {
        "prefix" => Some(text.starts_with(&wanted)),
        "suffix" => Some(text.ends_with(&wanted)),
        "equals-ignore-case" => Some(text == wanted),
        "wildcard" if !wanted.contains('\\') => Some(wild(&wanted, &text)),
        _ => None,
    }
}

/// `anything-but`, which takes a value, several, or an operator.
fn differs(operand: &Value, value: &Value) -> bool {
    match operand {
        Value::Array(all) => all.iter().all(|one| differs(one, value)),
        Value::Object(operator) => {
            let mut parts = operator.iter();
            let (Some((name, operand)), None) = (parts.next(), parts.next()) else {
                return false;
            };
            let each: &[Value] = operand
                .as_array()
                .map_or(std::slice::from_ref(operand), Vec::as_slice);
            each.iter().all(|one| like(name, one, value) == Some(false))
        }
        Value::String(_) | Value::Number(_) => !same(operand, value),
        Value::Null | Value::Bool(_) => false,
    }
}

/// `[">=", 4, "<", 7]`.
fn in_range(operand: &Value, value: &Value) -> bool {
    let (Some(bounds), Some(value)) = (operand.as_array(), value.as_f64()) else {
        return false;
    };
    let (pairs, odd) = bounds.as_chunks::<2>();
    !pairs.is_empty()
        && odd.is_empty()
        && pairs.iter().all(|[operator, bound]| {
            let Some(bound) = bound.as_f64() else {
                return false;
            };
            let order = value.total_cmp(&bound);
            match operator.as_str() {
                Some("=") => order.is_eq(),
                Some("<") => order.is_lt(),
                Some("<=") => order.is_le(),
                Some(">") => order.is_gt(),
                Some(">=") => order.is_ge(),
                _ => false,
            }
        })
}

/// Whether a text is as a pattern with stars says.
fn wild(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: &str = r#""source":["aws.ec2"],"detail-type":["AWS API Call via CloudTrail"]"#;

    fn call(detail: &str) -> bool {
        let pattern = format!("{{{CALL},\"detail\":{detail}}}");
        catches_call(&pattern, "ec2.amazonaws.com", "CreateVpc")
    }

    #[test]
    fn a_call_is_caught_by_what_is_known_of_it() {
        for detail in [
            r#"{"eventName":["DeleteVpc","CreateVpc"]}"#,
            r#"{"eventSource":["ec2.amazonaws.com"],"eventName":["CreateVpc"]}"#,
            r#"{"eventName":[{"prefix":"Create"}]}"#,
            r#"{"eventName":[{"prefix":{"equals-ignore-case":"create"}}]}"#,
            r#"{"eventName":[{"suffix":"Vpc"}]}"#,
            r#"{"eventName":[{"wildcard":"C*eV*"}]}"#,
            r#"{"eventName":[{"equals-ignore-case":"createvpc"}]}"#,
            r#"{"eventName":[{"anything-but":["DeleteVpc","RunInstances"]}]}"#,
            r#"{"eventName":[{"anything-but":{"prefix":["Delete","Describe"]}}]}"#,
            r#"{"eventName":[{"exists":true}]}"#,
            r#"{"$or":[{"eventName":["DeleteVpc"]},{"eventName":["CreateVpc"]}]}"#,
        ] {
            assert!(call(detail), "{detail}");
        }
        assert!(catches_call(
            r#"{"source":["aws.ec2"]}"#,
            "ec2.amazonaws.com",
            "CreateVpc"
        ));
    }

    #[test]
    fn what_may_leave_some_out_does_not_count() {
        for detail in [
            r#"{"eventName":["DeleteVpc"]}"#,
            r#"{"eventName":[]}"#,
            r#"{}"#,
            r#"{"eventName":"CreateVpc"}"#,
            r#"{"eventName":[{"prefix":"Delete"}]}"#,
            r#"{"eventName":[{"anything-but":"CreateVpc"}]}"#,
            r#"{"eventName":[{"anything-but":{"prefix":"Create"}}]}"#,
            r#"{"eventName":[{"anything-but":{"shape":"x"}}]}"#,
            r#"{"eventName":[{"shape":"CreateVpc"}]}"#,
            r#"{"eventName":[{"prefix":"C","suffix":"x"}]}"#,
            r#"{"eventName":[{"exists":false}]}"#,
            r#"{"eventName":[{"wildcard":"C\\*eV*"}]}"#,
            r#"{"eventName":["CreateVpc"],"userIdentity":{"type":["Root"]}}"#,
            r#"{"eventName":["CreateVpc"],"errorCode":[{"exists":false}]}"#,
            r#"{"eventName":["CreateVpc"],"awsRegion":[{"anything-but":"us-east-1"}]}"#,
            r#"{"$or":[{"eventName":["DeleteVpc"]},{}]}"#,
            r#"{"$or":[]}"#,
        ] {
            assert!(!call(detail), "{detail}");
        }
        for pattern in ["", "{}", "[]", "not json", r#"{"source":["aws.s3"]}"#] {
            assert!(
                !catches_call(pattern, "ec2.amazonaws.com", "CreateVpc"),
                "{pattern}"
            );
        }
        assert!(!catches_call(
            r#"{"source":[{"prefix":"aws"}]}"#,
            "",
            "CreateVpc"
        ));
    }

    #[test]
    fn an_event_is_told_by_conditions() {
        let finding = "source = aws.guardduty && detail.severity = 8 && detail.note NOT EXISTS && detail.id EXISTS";
        for (detail, caught) in [
            (r#"{"severity":[{"numeric":[">=",7]}]}"#, true),
            (r#"{"severity":[{"numeric":[">=",7,"<",9]}]}"#, true),
            (r#"{"severity":[7.5,8,8.5]}"#, true),
            (r#"{"severity":[8.0]}"#, true),
            (r#"{"note":[{"exists":false}]}"#, true),
            (r#"{"id":[{"exists":true}]}"#, true),
            (r#"{"severity":[{"anything-but":4}]}"#, true),
            (r#"{"severity":[{"numeric":[">",8]}]}"#, false),
            (r#"{"severity":[{"numeric":["<=",7]}]}"#, false),
            (r#"{"severity":[{"numeric":["=",8,"<"]}]}"#, false),
            (r#"{"severity":[{"numeric":[]}]}"#, false),
            (r#"{"severity":["8"]}"#, false),
            (r#"{"id":["a"]}"#, false),
            (r#"{"id":[{"anything-but":"a"}]}"#, false),
            (r#"{"note":["a"]}"#, false),
            (r#"{"note":[{"anything-but":"a"}]}"#, false),
        ] {
            let pattern = format!(r#"{{"source":["aws.guardduty"],"detail":{detail}}}"#);
            assert_eq!(catches(&pattern, finding), caught, "{detail}");
        }
        assert!(!catches(r#"{"source":["aws.ec2"]}"#, "source aws.ec2"));
    }

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text, fits) in [
            ("a*", "a", true),
            ("*", "", true),
            ("a*b*c", "a1b2c", true),
            ("a*b*c", "abc", true),
            ("a*b", "a", false),
            ("ab*b", "ab", false),
            ("a", "a", true),
            ("a", "ab", false),
            ("*a*a", "a", false),
        ] {
            assert_eq!(wild(pattern, text), fits, "{pattern} {text}");
        }
    }
}
