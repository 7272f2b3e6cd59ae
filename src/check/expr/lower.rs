//! From syntax to the tree that is kept: names become positions, types are checked, constants are computed.

mod access;
mod call;
mod operators;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use cel::common::ast::{Expr, IdedExpr, LiteralValue};

use super::name::Name;
use super::narrow::{self, Names};
use super::parse::Parsed;
use super::tree::{Node, Op, Program};
use super::types::Type;
use super::value::{List, Value};
use super::{Complaint, Env, Reads};

/// Checks a parsed rule and turns it into its tree.
pub(super) fn lower(
    parsed: &Parsed<'_>,
    env: &Env<'_>,
    refused: &dyn Fn(&str) -> bool,
) -> Result<Program, Vec<Complaint>> {
    let mut lowering = Lowering {
        env,
        refused,
        parsed,
        complaints: Vec::new(),
        scope: Vec::new(),
        variables: 0,
        slots: 0,
        known: BTreeSet::new(),
        reads: Reads::default(),
    };
    let mut root = lowering.boolean(&parsed.root, "a rule");
    if lowering.complaints.is_empty() {
        number(&mut root.node, &mut BTreeMap::new());
        Ok(Program {
            source: parsed.source.into(),
            root: root.node,
            slots: lowering.slots,
            reads: lowering.reads,
        })
    } else {
        Err(lowering.complaints)
    }
}

/// What is known while a rule is read.
struct Lowering<'a> {
    env: &'a Env<'a>,
    /// Parameters that are complained of where they are declared.
    refused: &'a dyn Fn(&str) -> bool,
    parsed: &'a Parsed<'a>,
    complaints: Vec<Complaint>,
    /// Loop variables, innermost last.
    scope: Vec<Variable>,
    /// How many loop variables there have been.
    variables: usize,
    slots: usize,
    /// Paths that cannot be `null` here.
    known: BTreeSet<String>,
    reads: Reads,
}

/// A loop variable.
struct Variable {
    name: String,
    /// Tells it from another of the same name.
    serial: usize,
    kind: Type,
    /// What readings of it are called.
    each: Name,
}

/// A lowered expression.
struct Typed {
    node: Node,
    kind: Type,
    /// What readings of its elements are called, where it is a list whose elements keep the place they were read at.
    each: Option<Name>,
}

impl Names for Lowering<'_> {
    fn variable(&self, name: &str) -> String {
        self.scope
            .iter()
            .rev()
            .find(|known| known.name == name)
            .map_or_else(
                || name.to_owned(),
                |known| format!("{name}#{}", known.serial),
            )
    }
}

impl Lowering<'_> {
    fn expression(&mut self, expr: &IdedExpr) -> Typed {
        match &expr.expr {
            Expr::Literal(literal) => self.literal(expr, literal),
            Expr::Ident(name) => self.identifier(expr, name),
            Expr::Select(select) => self.select(expr, select),
            Expr::Call(call) => self.call(expr, call),
            Expr::Comprehension(walk) => self.comprehension(expr, walk),
            Expr::List(list) => self.list(expr, &list.elements),
            Expr::Map(_) | Expr::Struct(_) => {
                self.wrong(expr, "rules have no `{…}` literals", None)
            }
            Expr::Unspecified => self.wrong(expr, "an empty expression", None),
        }
    }

    fn literal(&mut self, expr: &IdedExpr, literal: &LiteralValue) -> Typed {
        let (value, kind) = match literal {
            LiteralValue::Boolean(value) => (Value::Bool(*value.inner()), Type::Bool),
            LiteralValue::Int(value) => (Value::Int(*value.inner()), Type::Int),
            LiteralValue::Double(value) => (Value::Double(*value.inner()), Type::Double),
            LiteralValue::String(value) => (Value::text(value.inner()), Type::Text),
            LiteralValue::Null => (Value::Null, Type::Null),
            LiteralValue::UInt(value) => {
                let help = format!("write {}", value.inner());
                return self.wrong(expr, "facts have no unsigned numbers", Some(help));
            }
            LiteralValue::Bytes(_) => {
                return self.wrong(expr, "facts have no bytes", Some("write a text".to_owned()));
            }
        };
        self.typed(expr, Op::Constant(value), kind)
    }

    fn list(&mut self, expr: &IdedExpr, elements: &[IdedExpr]) -> Typed {
        let mut item = Type::Wrong;
        let mut nodes = Vec::with_capacity(elements.len());
        for element in elements {
            let lowered = self.expression(element);
            match item.join(&lowered.kind) {
                Some(joined) => item = joined,
                None => {
                    let message =
                        format!("a list of {item} with an element that is {}", lowered.kind);
                    self.complain(self.parsed.span(element), message, None);
                }
            }
            nodes.push(lowered.node);
        }
        let op = match constants(&nodes) {
            Some(values) => Op::Constant(Value::List(List::of(values))),
            None => Op::List(nodes),
        };
        self.typed(expr, op, Type::list(item))
    }

    /// An expression that must come to true or false.
    fn boolean(&mut self, expr: &IdedExpr, what: &str) -> Typed {
        let lowered = self.value(expr);
        if matches!(lowered.kind, Type::Bool | Type::Wrong) {
            return lowered;
        }
        let message = format!("{what} must be true or false; this is {}", lowered.kind);
        self.wrong(expr, &message, None)
    }

    /// An expression that must not be `null`.
    fn value(&mut self, expr: &IdedExpr) -> Typed {
        let lowered = self.expression(expr);
        if !matches!(lowered.kind, Type::Optional(_) | Type::Null) {
            return lowered;
        }
        let text = self.text(expr);
        let (message, help) = if lowered.kind == Type::Null {
            ("`null` is no value".to_owned(), None)
        } else {
            (
                format!("`{text}` may be null"),
                Some(format!(
                    "say what null means: `{text} == null || …` or `{text} != null && …`"
                )),
            )
        };
        self.wrong(expr, &message, help)
    }

    /// Reads an expression where an earlier one came out as `truth`.
    fn given<T>(
        &mut self,
        earlier: &IdedExpr,
        truth: bool,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outside = self.known.clone();
        let ruled_out = narrow::ruled_out(earlier, self);
        self.known.extend(if truth {
            ruled_out.if_true
        } else {
            ruled_out.if_false
        });
        let result = read(self);
        self.known = outside;
        result
    }

    fn typed(&self, expr: &IdedExpr, op: Op, kind: Type) -> Typed {
        Typed {
            node: Node {
                op,
                text: self.text(expr).into(),
            },
            kind,
            each: None,
        }
    }

    fn text(&self, expr: &IdedExpr) -> &str {
        self.parsed.text(&self.parsed.span(expr))
    }

    fn complain(&mut self, span: Range<usize>, message: impl Into<String>, help: Option<String>) {
        let complaint = Complaint {
            span,
            message: message.into(),
            help,
        };
        // What stands behind `(c ? a : b)` is read once for either branch, and is wrong once.
        if !self.complaints.contains(&complaint) {
            self.complaints.push(complaint);
        }
    }

    /// A complaint about a whole expression, which is then taken to fit wherever it stands.
    fn wrong(&mut self, expr: &IdedExpr, message: &str, help: Option<String>) -> Typed {
        self.complain(self.parsed.span(expr), message, help);
        self.typed(expr, Op::Constant(Value::Null), Type::Wrong)
    }
}

/// The values of nodes that are all constant.
fn constants(nodes: &[Node]) -> Option<Vec<Value<'static>>> {
    let value = |node: &Node| {
        if let Op::Constant(value) = &node.op {
            Some(value.clone())
        } else {
            None
        }
    };
    nodes.iter().map(value).collect()
}

/// Gives each name its number, the same to the same; what is never read itself gets none.
fn number(node: &mut Node, names: &mut BTreeMap<Arc<str>, usize>) {
    for Name { shape, id, .. } in node.names() {
        let next = names.len();
        *id = *names.entry(shape.clone()).or_insert(next);
        if let Some((known, _)) = names.get_key_value(shape) {
            *shape = known.clone();
        }
    }
    for child in node.children() {
        number(child, names);
    }
}

/// "did you mean", or all there is.
fn suggest<'n>(wrong: &str, known: impl Iterator<Item = &'n str> + Clone) -> Option<String> {
    let near = known
        .clone()
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.len().max(wrong.len()) / 4)
        .min();
    // Part of a longer name is as good a guess: `acls` for `block_acls`.
    let part = || {
        known
            .clone()
            .find(|name| wrong.len() >= 3 && name.contains(wrong))
    };
    if let Some(name) = near.map(|(_, name)| name).or_else(part) {
        return Some(format!("did you mean `{name}`?"));
    }
    let all: Vec<&str> = known.collect();
    (!all.is_empty()).then(|| format!("there are: {}", all.join(", ")))
}
