//! A rule in words: the connectives and comparisons of its tree spelled out, every name as the rule writes it.
//!
//! It is derived from the tree that is evaluated and adds nothing to it. What is not a connective, a loop or a comparison
//! stands as it is written, because a paraphrase of a function could say more, or less, than the function does.

use super::functions::Function;
use super::tree::{Comparison, Node, Op, Quantifier, Walk};
use super::value::Value;

/// The lines of an outline; what a line begins is indented below it.
pub(super) fn outline(root: &Node) -> Vec<String> {
    let mut lines = Vec::new();
    clause(root, true, 0, &mut lines);
    lines
}

/// What must hold, or, where `holds` is false, must not.
fn clause(node: &Node, holds: bool, depth: usize, lines: &mut Vec<String>) {
    let mut line = |text: String| lines.push(format!("{}- {text}", "  ".repeat(depth)));
    match &node.op {
        Op::And(parts) => {
            line(
                if holds {
                    "all of these:"
                } else {
                    "not all of these:"
                }
                .to_owned(),
            );
            below(parts, depth, lines);
        }
        Op::Or(parts) => {
            line(
                if holds {
                    "any of these:"
                } else {
                    "none of these:"
                }
                .to_owned(),
            );
            below(parts, depth, lines);
        }
        Op::Not(inner) => clause(inner, !holds, depth, lines),
        Op::Choose(parts) => {
            let [condition, then, otherwise] = parts.as_ref();
            line(if holds { "if" } else { "not this: if" }.to_owned());
            clause(condition, true, depth + 1, lines);
            lines.push(format!("{}  then", "  ".repeat(depth)));
            clause(then, true, depth + 1, lines);
            lines.push(format!("{}  and otherwise", "  ".repeat(depth)));
            clause(otherwise, true, depth + 1, lines);
        }
        Op::Quantify(quantifier, walk) => {
            line(walked(*quantifier, walk, node, holds));
            clause(&walk.body, true, depth + 1, lines);
        }
        Op::Compare(comparison, sides) => {
            let [left, right] = sides.as_ref();
            line(compared(*comparison, left, right, holds));
        }
        Op::In(sides) => {
            let [left, right] = sides.as_ref();
            let is = if holds { "is in" } else { "is not in" };
            line(format!("{} {is} {}", term(left), term(right)));
        }
        Op::Read(_) | Op::Param(_) | Op::Constant(_) => {
            line(format!("{} is {holds}", term(node)));
        }
        Op::Matches(..)
        | Op::Call(..)
        | Op::Allows(..)
        | Op::Now
        | Op::Calculate(..)
        | Op::Negate(_)
        | Op::List(_)
        | Op::Filter(_)
        | Op::Map(..) => {
            let so = if holds { "holds" } else { "does not hold" };
            line(format!("{} {so}", term(node)));
        }
    }
}

fn below(parts: &[Node], depth: usize, lines: &mut Vec<String>) {
    for part in parts {
        clause(part, true, depth + 1, lines);
    }
}

fn walked(quantifier: Quantifier, walk: &Walk, whole: &Node, holds: bool) -> String {
    let over = match variable(walk, whole) {
        Some(name) => format!("`{name}` in {}", term(&walk.range)),
        None => format!("element of {}", term(&walk.range)),
    };
    let how = match (quantifier, holds) {
        (Quantifier::All, true) => "for every",
        (Quantifier::All, false) => "not for every",
        (Quantifier::Exists, true) => "for at least one",
        (Quantifier::Exists, false) => "for no",
        (Quantifier::ExistsOne, true) => "for exactly one",
        (Quantifier::ExistsOne, false) => "for none, or for more than one",
    };
    format!("{how} {over}:")
}

/// The name of a loop's variable, from the text: `user` of `account.users.all(user, …)`.
fn variable<'n>(walk: &Walk, whole: &'n Node) -> Option<&'n str> {
    let after = whole.text.get(walk.range.text.len()..)?;
    let (_, after) = after.split_once('(')?;
    let (name, _) = after.split_once(',')?;
    let name = name.trim();
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    (!name.is_empty() && name.chars().all(is_name)).then_some(name)
}

fn compared(comparison: Comparison, left: &Node, right: &Node, holds: bool) -> String {
    if is_null(right) {
        let there = match comparison {
            Comparison::Equal => Some(!holds),
            Comparison::NotEqual => Some(holds),
            Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast => {
                None
            }
        };
        if let Some(there) = there {
            let is = if there { "is there" } else { "is absent" };
            return format!("{} {is}", term(left));
        }
    }
    let is = match (comparison, holds) {
        (Comparison::Equal, true) | (Comparison::NotEqual, false) => "is",
        (Comparison::NotEqual, true) | (Comparison::Equal, false) => "is not",
        (Comparison::Less, true) => "is less than",
        (Comparison::AtMost, true) => "is at most",
        (Comparison::Greater, true) => "is more than",
        (Comparison::AtLeast, true) => "is at least",
        // Not turned round: two numbers of which one is not a number are neither.
        (Comparison::Less, false) => "is not less than",
        (Comparison::AtMost, false) => "is not at most",
        (Comparison::Greater, false) => "is not more than",
        (Comparison::AtLeast, false) => "is not at least",
    };
    format!("{} {is} {}", term(left), term(right))
}

fn is_null(node: &Node) -> bool {
    matches!(node.op, Op::Constant(Value::Null))
}

/// A value, as the rule writes it; a count in words.
fn term(node: &Node) -> String {
    if let Op::Call(Function { name: "size", .. }, parts) = &node.op
        && let [counted] = parts.as_slice()
    {
        return format!("the number of {}", term(counted));
    }
    let text = node.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("`{text}`")
}
