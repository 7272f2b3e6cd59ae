//! The functions that facts of AWS call for.

use ipnet::IpNet;
use jiff::SignedDuration;

use super::super::trouble::{Trouble, unfit};
use super::super::types::Type;
use super::super::value::Value;
use super::super::{convert, statement};
use super::standard::{on_texts, two_texts};
use super::{Function, Run, Style, events};
use crate::policy;

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "age",
        signature: "age(timestamp) -> duration",
        doc: "How long ago it was when the scan ran.",
        style: Style::Function,
        types: |given| matches!(given, [Type::Time | Type::Wrong]).then_some(Type::Span),
        run: Run::At(|now, given| match given {
            [Value::Time(then)] => Some(now.duration_since(*then))
                .filter(convert::is_duration)
                .map(Value::Span)
                .ok_or_else(|| Trouble::Fault("`age` overflows".to_owned())),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "days",
        signature: "days(int) -> duration",
        doc: "That many times 24 hours.",
        style: Style::Function,
        types: |given| matches!(given, [Type::Int | Type::Wrong]).then_some(Type::Span),
        run: Run::Pure(|given| match given {
            [Value::Int(days)] => days
                .checked_mul(86_400)
                .map(SignedDuration::from_secs)
                .filter(convert::is_duration)
                .map(Value::Span)
                .ok_or_else(|| Trouble::Fault(format!("{days} days are too many"))),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "lower",
        signature: "lower(text) -> text",
        doc: "The text in lower case, for what AWS does not tell apart by case.",
        style: Style::Function,
        types: |given| matches!(given, [Type::Text | Type::Wrong]).then_some(Type::Text),
        run: Run::Pure(|given| match given {
            [Value::Text(text)] => Ok(Value::text(text.to_lowercase())),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "catches",
        signature: "catches(text, text) -> bool",
        doc: "Whether an event pattern of EventBridge, null where there is none, matches every event that is like this: \"source = aws.guardduty && detail.severity = 8\", `=`, EXISTS and NOT EXISTS. A pattern that asks for more than is said, or in a way that is not understood, does not.",
        style: Style::Function,
        types: |given| match given {
            [pattern, event] => texts_or_null(pattern, &[event]),
            _ => None,
        },
        run: Run::Pure(|given| match given {
            [Value::Null, Value::Text(_)] => Ok(Value::Bool(false)),
            _ => on_texts(given, events::catches),
        }),
    },
    Function {
        name: "catches_call",
        signature: "catches_call(text, text, text) -> bool",
        doc: "Whether an event pattern of EventBridge, null where there is none, matches every call of that service, \"ec2.amazonaws.com\", and name, as CloudTrail hands them on.",
        style: Style::Function,
        types: |given| match given {
            [pattern, service, name] => texts_or_null(pattern, &[service, name]),
            _ => None,
        },
        run: Run::Pure(|given| match given {
            [Value::Null, Value::Text(_), Value::Text(_)] => Ok(Value::Bool(false)),
            [
                Value::Text(pattern),
                Value::Text(service),
                Value::Text(name),
            ] => Ok(Value::Bool(events::catches_call(pattern, service, name))),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "covers_port",
        signature: "covers_port(int, int, int) -> bool",
        doc: "Whether a range of ports, from and to, takes in a port. An end that is null is open, as AWS leaves both out where a rule is for all ports.",
        style: Style::Function,
        types: |given| match given {
            [from, to, Type::Int | Type::Wrong] => [from, to]
                .iter()
                .all(|end| matches!(end.value(), Type::Int | Type::Wrong | Type::Null))
                .then_some(Type::Bool),
            _ => None,
        },
        run: Run::Pure(covers_port),
    },
    Function {
        name: "is_world",
        signature: "is_world(text) -> bool",
        doc: "Whether a CIDR block is every address: 0.0.0.0/0 or ::/0.",
        style: Style::Function,
        types: |given| matches!(given, [Type::Text | Type::Wrong]).then_some(Type::Bool),
        run: Run::Pure(|given| match given {
            [Value::Text(text)] => Ok(Value::Bool(block(text)?.prefix_len() == 0)),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "cidr_contains",
        signature: "cidr_contains(text, text) -> bool",
        doc: "Whether the first CIDR block holds all of the second, which may be an address.",
        style: Style::Function,
        types: two_texts,
        run: Run::Pure(|given| match given {
            [Value::Text(outer), Value::Text(inner)] => {
                Ok(Value::Bool(block(outer)?.contains(&block(inner)?)))
            }
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "matches_action",
        signature: "matches_action(text, text) -> bool",
        doc: "Whether an action pattern of a policy, such as \"s3:Get*\", covers an action. Case does not count.",
        style: Style::Function,
        types: two_texts,
        run: Run::Pure(|given| on_texts(given, policy::matches_action)),
    },
    Function {
        name: "matches_resource",
        signature: "matches_resource(text, text) -> bool",
        doc: "Whether a resource pattern of a policy covers an ARN. Case counts.",
        style: Style::Function,
        types: two_texts,
        run: Run::Pure(|given| on_texts(given, policy::matches_resource)),
    },
    Function {
        name: "lets_anyone_in",
        signature: "lets_anyone_in(statement) -> bool",
        doc: "Whether a statement of a resource's policy allows everyone, or everyone but some, under no condition that says who or where from. An operator with Not or IfExists, ForAllValues, a bare star, the ARN of any account, every or a private address say nothing; nor do MFA, an external id, or a key that the caller sets.",
        style: Style::Function,
        types: |given| match given {
            [Type::Record(fields)] => ["effect", "principals", "not_principals", "conditions"]
                .iter()
                .all(|name| fields.iter().any(|field| field.name == *name))
                .then_some(Type::Bool),
            [Type::Wrong] => Some(Type::Bool),
            _ => None,
        },
        run: Run::Pure(|given| match given {
            [Value::Record(record)] => statement::lets_anyone_in(record).map(Value::Bool),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: ALLOWS,
        signature: "allows(list of statement, text) -> bool",
        doc: "Whether some Allow statement takes in an action by its actions or not_actions. Conditions, resources and Deny statements are not looked at.",
        style: Style::Function,
        types: |given| match given {
            [Type::List(item), Type::Text | Type::Wrong] => {
                matches!(**item, Type::Record(_) | Type::Wrong).then_some(Type::Bool)
            }
            [Type::Wrong, _] => Some(Type::Bool),
            _ => None,
        },
        // Calls are turned into an operation of their own, with the positions of a statement's fields.
        run: Run::Pure(|_| Err(unfit())),
    },
];

/// The function whose call needs the schema of its argument.
pub(in super::super) const ALLOWS: &str = "allows";

/// A pattern, which a thing may not have, and texts.
fn texts_or_null(pattern: &Type, texts: &[&Type]) -> Option<Type> {
    let fits = matches!(pattern.value(), Type::Text | Type::Null | Type::Wrong)
        && texts
            .iter()
            .all(|text| matches!(text, Type::Text | Type::Wrong));
    fits.then_some(Type::Bool)
}

fn covers_port<'a>(given: &[Value<'a>]) -> Result<Value<'a>, Trouble> {
    let [from, to, Value::Int(port)] = given else {
        return Err(unfit());
    };
    let reaches = match (from, to) {
        (Value::Int(from), Value::Int(to)) => (from..=to).contains(&port),
        (Value::Int(from), Value::Null) => from <= port,
        (Value::Null, Value::Int(to)) => port <= to,
        (Value::Null, Value::Null) => true,
        _ => return Err(unfit()),
    };
    Ok(Value::Bool(reaches))
}

/// A CIDR block; a single address is one of full length.
fn block(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| format!("`{text}` is not a CIDR block"))
}
