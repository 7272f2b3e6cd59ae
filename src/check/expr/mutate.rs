//! Rules with one thing wrong: an example that notices none of them proves little.

use std::sync::Arc;

use super::Rule;
use super::tree::{Comparison, Node, Op, Program, Quantifier};

/// A rule with one thing wrong.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// What was changed, with the words of the source.
    pub what: String,
    /// The changed rule.
    pub rule: Rule,
}

pub(super) fn mutants(program: &Program) -> Vec<Mutant> {
    changed(&program.root, true)
        .into_iter()
        .map(|(what, root)| Mutant {
            what,
            rule: Rule {
                program: Arc::new(Program {
                    source: program.source.clone(),
                    root,
                    slots: program.slots,
                    reads: program.reads.clone(),
                }),
            },
        })
        .collect()
}

/// Every way to change one thing in a tree, of which is known whether it comes to true or false.
fn changed(node: &Node, is_bool: bool) -> Vec<(String, Node)> {
    let mut found = here(node, is_bool);
    let count = node.clone().children().len();
    for n in 0..count {
        let child = node
            .clone()
            .children()
            .into_iter()
            .nth(n)
            .map(|child| child.clone());
        let is_bool = is_bool_child(node, n, is_bool);
        for (what, mutant) in child.iter().flat_map(|child| changed(child, is_bool)) {
            let mut whole = node.clone();
            if let Some(place) = whole.children().into_iter().nth(n) {
                *place = mutant;
            }
            found.push((what, whole));
        }
    }
    found
}

/// Whether the nth child comes to true or false.
fn is_bool_child(node: &Node, n: usize, is_bool: bool) -> bool {
    match &node.op {
        Op::And(_) | Op::Or(_) | Op::Not(_) => true,
        Op::Choose(_) => n == 0 || is_bool,
        // First the list, then the condition.
        Op::Quantify(..) | Op::Filter(_) | Op::Map(_, Some(_)) => n == 1,
        Op::Map(_, None)
        | Op::Compare(..)
        | Op::In(_)
        | Op::Matches(..)
        | Op::Allows(..)
        | Op::Constant(_)
        | Op::Param(_)
        | Op::Now
        | Op::Read(_)
        | Op::Calculate(..)
        | Op::Negate(_)
        | Op::List(_)
        | Op::Call(..) => false,
    }
}

/// Every way to change the node itself.
fn here(node: &Node, is_bool: bool) -> Vec<(String, Node)> {
    let text = &node.text;
    let with = |op: Op| Node {
        op,
        text: text.clone(),
    };
    match &node.op {
        Op::And(parts) => without_each(parts, "&&", Op::And, text),
        Op::Or(parts) => without_each(parts, "||", Op::Or, text),
        Op::Compare(comparison, parts) => {
            let sibling = sibling(*comparison);
            let mut found = vec![(
                format!(
                    "`{}` for `{}` in `{text}`",
                    sibling.symbol(),
                    comparison.symbol()
                ),
                with(Op::Compare(sibling, parts.clone())),
            )];
            // Of `==` the sibling is the negation.
            if !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
                found.push(negated(node));
            }
            found
        }
        Op::Quantify(quantifier, walk) => {
            let other = match quantifier {
                Quantifier::All => Some((Quantifier::Exists, "`exists` for `all`")),
                Quantifier::Exists => Some((Quantifier::All, "`all` for `exists`")),
                Quantifier::ExistsOne => None,
            };
            match other {
                Some((other, what)) => vec![(
                    format!("{what} in `{text}`"),
                    with(Op::Quantify(other, walk.clone())),
                )],
                None => vec![negated(node)],
            }
        }
        Op::In(_) | Op::Matches(..) | Op::Allows(..) => vec![negated(node)],
        Op::Constant(_) | Op::Param(_) | Op::Read(_) | Op::Call(..) if is_bool => {
            vec![negated(node)]
        }
        Op::Constant(_)
        | Op::Param(_)
        | Op::Read(_)
        | Op::Call(..)
        | Op::Not(_)
        | Op::Now
        | Op::Choose(_)
        | Op::Calculate(..)
        | Op::Negate(_)
        | Op::List(_)
        | Op::Filter(_)
        | Op::Map(..) => Vec::new(),
    }
}

fn negated(node: &Node) -> (String, Node) {
    let mutant = Node {
        op: Op::Not(Box::new(node.clone())),
        text: node.text.clone(),
    };
    (format!("`{}` negated", node.text), mutant)
}

fn without_each(
    parts: &[Node],
    operator: &str,
    rebuilt: fn(Vec<Node>) -> Op,
    text: &Arc<str>,
) -> Vec<(String, Node)> {
    (0..parts.len())
        .filter_map(|n| {
            let mut kept = parts.to_vec();
            let dropped = kept.remove(n);
            let node = match kept.len() {
                0 => return None,
                1 => kept.remove(0),
                _ => Node {
                    op: rebuilt(kept),
                    text: text.clone(),
                },
            };
            Some((
                format!("without `{}`, an operand of `{operator}`", dropped.text),
                node,
            ))
        })
        .collect()
}

/// The comparison that differs at the boundary only.
fn sibling(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtMost,
        Comparison::AtMost => Comparison::Less,
        Comparison::Greater => Comparison::AtLeast,
        Comparison::AtLeast => Comparison::Greater,
    }
}
