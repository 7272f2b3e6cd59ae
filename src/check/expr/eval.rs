//! A rule and a subject to true, false or unknown.

mod path;
mod walk;

use std::sync::Arc;

use super::equal::{contains, equal, order};
use super::functions::Trouble;
use super::trace::Trace;
use super::tree::{Comparison, Node, Op, Program, Statement};
use super::value::{At, Built, List, Value};
use super::{Judgement, Subject, Truth, calculate, statement};
use crate::check::Position;
use crate::inventory::{Gap, Reason, Source};

/// A value, or why there is none. Errors are the only way a gap travels, so nothing can mistake it for a value.
type Outcome<'a> = Result<Value<'a>, Arc<Gap>>;

pub(super) fn evaluate<'a>(program: &'a Program, subject: &'a Subject<'a>) -> Judgement {
    let mut machine = Machine {
        subject,
        locals: Vec::new(),
        trace: Trace::default(),
    };
    machine.locals.resize_with(program.slots, || None);
    let truth = match machine.truth(&program.root) {
        Ok(true) => Truth::True,
        Ok(false) => Truth::False,
        Err(_) => Truth::Unknown,
    };
    Judgement {
        truth,
        evidence: machine.trace.readings,
    }
}

struct Machine<'a> {
    subject: &'a Subject<'a>,
    locals: Vec<Option<Local<'a>>>,
    trace: Trace,
}

/// A loop variable: an element, and where it was read.
#[derive(Debug)]
struct Local<'a> {
    at: Result<At<'a>, Arc<Gap>>,
    positions: Vec<Position>,
    source: Option<&'a Source>,
}

impl<'a> Machine<'a> {
    /// Of a node whose type is bool.
    fn truth(&mut self, node: &'a Node) -> Result<bool, Arc<Gap>> {
        match &node.op {
            Op::And(parts) => self.decide(parts, false),
            Op::Or(parts) => self.decide(parts, true),
            Op::Not(inner) => self.truth(inner).map(|held| !held),
            Op::Choose(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let branch = if self.truth(condition)? { yes } else { no };
                self.truth(branch)
            }
            Op::Compare(comparison, parts) => self.compare(node, *comparison, parts),
            Op::In(parts) => self.is_in(node, parts),
            Op::Quantify(quantifier, walk) => self.quantify(*quantifier, walk),
            Op::Matches(inner, regex) => match self.value(inner)? {
                Value::Text(text) => Ok(regex.is_match(&text)),
                _ => Err(self.unfit(inner)),
            },
            Op::Allows(parts, statement) => self.allows(node, parts, *statement),
            Op::Constant(_)
            | Op::Param(_)
            | Op::Now
            | Op::Read(_)
            | Op::Calculate(..)
            | Op::Negate(_)
            | Op::List(_)
            | Op::Call(..)
            | Op::Filter(_)
            | Op::Map(..) => match self.value(node)? {
                Value::Bool(held) => Ok(held),
                _ => Err(self.unfit(node)),
            },
        }
    }

    fn value(&mut self, node: &'a Node) -> Outcome<'a> {
        match &node.op {
            Op::Constant(value) => Ok(value.clone()),
            Op::Param(n) => match self.subject.params.get(*n) {
                Some(fact) => Value::of(fact, self.subject.inventory),
                None => Err(self.fault(node, "the parameter has no value".to_owned())),
            },
            Op::Now => Ok(Value::Time(self.subject.now)),
            Op::Read(access) => self.read(node, access),
            Op::Choose(parts) => {
                let [condition, yes, no] = parts.as_ref();
                let branch = if self.truth(condition)? { yes } else { no };
                self.value(branch)
            }
            Op::Calculate(calculation, parts) => {
                let (a, b) = self.both(parts)?;
                calculate::calculate(*calculation, &a, &b, self.subject.inventory)
                    .map_err(|why| self.trouble(node, why))
            }
            Op::Negate(inner) => {
                let value = self.value(inner)?;
                calculate::negate(&value).map_err(|why| self.trouble(node, why))
            }
            Op::List(parts) => {
                let items = parts.iter().map(|part| self.item(part)).collect();
                Ok(Value::List(List::Built(Arc::new(Built {
                    items,
                    rest: None,
                }))))
            }
            Op::Call(function, parts) => {
                let mut given = Vec::with_capacity(parts.len());
                let mut hidden = None;
                for part in parts {
                    match self.value(part) {
                        Ok(value) => given.push(value),
                        Err(gap) => hidden = hidden.or(Some(gap)),
                    }
                }
                if let Some(gap) = hidden {
                    return Err(gap);
                }
                function
                    .run(self.subject.now, &given)
                    .map_err(|why| self.trouble(node, why))
            }
            Op::Filter(walk) => self.filter(walk),
            Op::Map(walk, condition) => self.map(walk, condition.as_deref()),
            Op::And(_)
            | Op::Or(_)
            | Op::Not(_)
            | Op::Compare(..)
            | Op::In(_)
            | Op::Quantify(..)
            | Op::Matches(..)
            | Op::Allows(..) => self.truth(node).map(Value::Bool),
        }
    }

    /// `&&` and `||`: the deciding truth wins over any error, on whichever side. What comes after it is not read.
    fn decide(&mut self, parts: &'a [Node], deciding: bool) -> Result<bool, Arc<Gap>> {
        let mut hidden = None;
        for part in parts {
            match self.truth(part) {
                Ok(truth) if truth == deciding => return Ok(deciding),
                Ok(_) => {}
                Err(gap) => hidden = hidden.or(Some(gap)),
            }
        }
        hidden.map_or(Ok(!deciding), Err)
    }

    /// Both sides are read even if the first is a gap: a user wants to know of all that is missing.
    fn both(&mut self, parts: &'a [Node; 2]) -> Result<(Value<'a>, Value<'a>), Arc<Gap>> {
        let [a, b] = parts;
        let (a, b) = (self.value(a), self.value(b));
        Ok((a?, b?))
    }

    fn compare(
        &mut self,
        node: &'a Node,
        comparison: Comparison,
        parts: &'a [Node; 2],
    ) -> Result<bool, Arc<Gap>> {
        let (a, b) = self.both(parts)?;
        match comparison {
            Comparison::Equal => equal(&a, &b, self.subject.inventory),
            Comparison::NotEqual => equal(&a, &b, self.subject.inventory).map(|same| !same),
            Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast => {
                match order(&a, &b) {
                    Some(found) => Ok(comparison.holds(found)),
                    // Not a number: no order holds.
                    None if matches!((&a, &b), (Value::Double(_), _) | (_, Value::Double(_))) => {
                        Ok(false)
                    }
                    None => Err(self.fault(node, "`null` has no order".to_owned())),
                }
            }
        }
    }

    fn is_in(&mut self, node: &'a Node, parts: &'a [Node; 2]) -> Result<bool, Arc<Gap>> {
        match self.both(parts)? {
            (wanted, Value::List(list)) => contains(&list, &wanted, self.subject.inventory),
            (Value::Text(key), Value::Map(entries)) => Ok(entries.contains_key(key.as_ref())),
            _ => Err(self.unfit(node)),
        }
    }

    fn allows(
        &mut self,
        node: &'a Node,
        parts: &'a [Node; 2],
        positions: Statement,
    ) -> Result<bool, Arc<Gap>> {
        let (Value::List(statements), Value::Text(action)) = self.both(parts)? else {
            return Err(self.unfit(node));
        };
        statement::allows(&statements, positions, &action, self.subject.inventory)
            .map_err(|why| self.trouble(node, why))
    }

    fn trouble(&mut self, node: &Node, why: Trouble) -> Arc<Gap> {
        match why {
            Trouble::Gap(gap) => gap,
            Trouble::Fault(message) => self.fault(node, message),
        }
    }

    /// What CEL calls an error: not AWS's doing, and no less undecided for that.
    fn fault(&mut self, node: &Node, message: String) -> Arc<Gap> {
        let gap = Arc::new(Gap {
            service: "tieout".to_owned(),
            operation: "Evaluate".to_owned(),
            account: self.subject.resource.account.to_string(),
            region: self.subject.resource.region.to_string(),
            parameters: node.text.to_string(),
            reason: Reason::Undefined,
            code: None,
            message,
            action: String::new(),
            request_id: None,
        });
        self.trace.fault(&gap);
        gap
    }

    fn unfit(&mut self, node: &Node) -> Arc<Gap> {
        self.fault(
            node,
            "a value of another type than the schema says".to_owned(),
        )
    }
}
