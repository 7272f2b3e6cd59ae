//! A rule and a subject to true, false or unknown.

mod path;
mod walk;

use std::sync::Arc;

use super::equal::{contains, equal, order};
use super::name::Statement;
use super::trace::Trace;
use super::tree::{Comparison, Node, Op, Program};
use super::trouble::{Trouble, UNFIT};
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
        spent: 0,
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
    /// Work done, in steps of loops; see [`LIMIT`].
    spent: usize,
}

/// How much work a rule may do for one resource. Loops in loops, and loops that double a text, take time and memory
/// without bound in a few characters; what goes beyond is undecided. The largest accounts come nowhere near.
const LIMIT: usize = 10_000_000;
/// What an element of a new list costs, in steps.
const ELEMENT: usize = 10;

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
            Op::Matches(inner, regex) => {
                let Value::Text(text) = self.value(inner)? else {
                    return Err(self.unfit(inner));
                };
                Ok(regex.is_match(&text))
            }
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
            | Op::Map(..) => {
                let Value::Bool(held) = self.value(node)? else {
                    return Err(self.unfit(node));
                };
                Ok(held)
            }
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
                match (&a, &b) {
                    (Value::Text(a), Value::Text(b)) => self.spend(node, a.len() + b.len())?,
                    (Value::List(a), Value::List(b)) => {
                        self.builds(node, a.places() + b.places())?;
                    }
                    _ => {}
                }
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
        self.look_into(&a);
        self.look_into(&b);
        let held = match comparison {
            Comparison::Equal => equal(&a, &b, self.subject.inventory),
            Comparison::NotEqual => equal(&a, &b, self.subject.inventory).map(|same| !same),
            Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast => {
                // With what is not a number, no order holds.
                order(&a, &b).map(|found| found.is_some_and(|found| comparison.holds(found)))
            }
        };
        held.map_err(|why| self.trouble(node, why))
    }

    fn is_in(&mut self, node: &'a Node, parts: &'a [Node; 2]) -> Result<bool, Arc<Gap>> {
        let (wanted, within) = self.both(parts)?;
        self.look_into(&wanted);
        self.look_into(&within);
        match (wanted, within) {
            (wanted, Value::List(list)) => contains(&list, &wanted, self.subject.inventory)
                .map_err(|why| self.trouble(node, why)),
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
        let (statements, action) = self.both(parts)?;
        self.look_into(&statements);
        let (Value::List(statements), Value::Text(action)) = (statements, action) else {
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
        self.fault(node, UNFIT.to_owned())
    }

    /// Stops what would never come to an end.
    fn spend(&mut self, node: &Node, steps: usize) -> Result<(), Arc<Gap>> {
        self.spent = self.spent.saturating_add(steps);
        if self.spent > LIMIT {
            return Err(self.fault(node, "this takes too many steps".to_owned()));
        }
        Ok(())
    }

    /// The same for a list of so many elements.
    fn builds(&mut self, node: &Node, elements: usize) -> Result<(), Arc<Gap>> {
        self.spend(node, elements.saturating_mul(ELEMENT))
    }
}
