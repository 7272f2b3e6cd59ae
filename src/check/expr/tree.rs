//! A rule as it is kept: names are positions, types are checked, constants are computed.

use std::sync::Arc;

use regex::Regex;

use super::Reads;
use super::functions::Function;
use super::name::{Name, Statement};
use super::value::Value;

/// A whole rule.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) source: Arc<str>,
    pub(super) root: Node,
    /// How many loop variables are alive at once, at most.
    pub(super) slots: usize,
    pub(super) reads: Reads,
}

/// One expression, and how it was written.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) op: Op,
    pub(super) text: Arc<str>,
}

/// What an expression does.
#[derive(Debug, Clone)]
pub(super) enum Op {
    Constant(Value<'static>),
    Param(usize),
    Now,
    Read(Access),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Choose(Box<[Node; 3]>),
    Compare(Comparison, Box<[Node; 2]>),
    Calculate(Calculation, Box<[Node; 2]>),
    Negate(Box<Node>),
    List(Vec<Node>),
    /// Left is an element of the list, or a key of the map, right.
    In(Box<[Node; 2]>),
    Call(&'static Function, Vec<Node>),
    /// `matches` of a literal pattern.
    Matches(Box<Node>, Regex),
    /// Some statement of a list lets an action through.
    Allows(Box<[Node; 2]>, Statement),
    Quantify(Quantifier, Box<Walk>),
    Filter(Box<Walk>),
    /// The body is the new element; the second the condition on the old, where there is one.
    Map(Box<Walk>, Option<Box<Node>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calculation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantifier {
    All,
    Exists,
    ExistsOne,
}

/// A loop over a list.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    pub(super) range: Node,
    /// Where the element is kept.
    pub(super) slot: usize,
    /// What a reading of an element is called.
    pub(super) each: Name,
    /// Whether elements keep the place they were read from; otherwise they are counted from zero.
    pub(super) keeps_place: bool,
    pub(super) body: Node,
}

/// A path from a variable to a fact.
#[derive(Debug, Clone)]
pub(super) struct Access {
    pub(super) root: Root,
    pub(super) steps: Vec<Step>,
    /// What a reading of it is called.
    pub(super) name: Name,
    /// What the number of resources it links to is called, where it is such a link.
    pub(super) size: Option<Name>,
}

#[derive(Debug, Clone)]
pub(super) enum Root {
    /// The resource judged.
    Judged,
    Account,
    Region,
    /// A loop variable.
    Local(usize),
    /// Any other expression.
    Computed(Box<Node>),
}

#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A field of a resource.
    Field(usize),
    /// A field of a record.
    Member(usize),
    /// Along a link to one resource; the name is the link's.
    Follow(Name),
    /// An element of a list.
    Element(Node),
    /// An element of a list, by a number known at load.
    Nth(usize),
    /// A value of a map.
    Value(Node),
    /// A value of a map, by a key known at load.
    Key(Arc<str>),
}

impl Node {
    /// What it is made of, in the order of the source.
    pub(super) fn children(&mut self) -> Vec<&mut Node> {
        match &mut self.op {
            Op::Constant(_) | Op::Param(_) | Op::Now => Vec::new(),
            Op::Read(access) => access.children(),
            Op::And(parts) | Op::Or(parts) | Op::List(parts) | Op::Call(_, parts) => {
                parts.iter_mut().collect()
            }
            Op::Not(inner) | Op::Negate(inner) | Op::Matches(inner, _) => vec![inner],
            Op::Choose(parts) => parts.iter_mut().collect(),
            Op::Compare(_, parts)
            | Op::Calculate(_, parts)
            | Op::In(parts)
            | Op::Allows(parts, _) => parts.iter_mut().collect(),
            Op::Quantify(_, walk) | Op::Filter(walk) | Op::Map(walk, None) => {
                let Walk { range, body, .. } = walk.as_mut();
                vec![range, body]
            }
            Op::Map(walk, Some(condition)) => {
                let Walk { range, body, .. } = walk.as_mut();
                vec![range, condition, body]
            }
        }
    }
}

impl Node {
    /// What the readings it makes itself are called.
    pub(super) fn names(&mut self) -> Vec<&mut Name> {
        match &mut self.op {
            Op::Read(access) => access.names(),
            Op::Quantify(_, walk) | Op::Filter(walk) | Op::Map(walk, _) => vec![&mut walk.each],
            Op::Constant(_)
            | Op::Param(_)
            | Op::Now
            | Op::And(_)
            | Op::Or(_)
            | Op::Not(_)
            | Op::Choose(_)
            | Op::Compare(..)
            | Op::Calculate(..)
            | Op::Negate(_)
            | Op::List(_)
            | Op::In(_)
            | Op::Call(..)
            | Op::Matches(..)
            | Op::Allows(..) => Vec::new(),
        }
    }
}

impl Access {
    fn names(&mut self) -> Vec<&mut Name> {
        let links = self.steps.iter_mut().filter_map(|step| match step {
            Step::Follow(name) => Some(name),
            Step::Field(_)
            | Step::Member(_)
            | Step::Element(_)
            | Step::Nth(_)
            | Step::Value(_)
            | Step::Key(_) => None,
        });
        links
            .chain(&mut self.size)
            .chain([&mut self.name])
            .collect()
    }

    fn children(&mut self) -> Vec<&mut Node> {
        let root = match &mut self.root {
            Root::Computed(node) => Some(node.as_mut()),
            Root::Judged | Root::Account | Root::Region | Root::Local(_) => None,
        };
        root.into_iter()
            .chain(self.steps.iter_mut().filter_map(|step| match step {
                Step::Element(node) | Step::Value(node) => Some(node),
                Step::Field(_)
                | Step::Member(_)
                | Step::Follow(_)
                | Step::Nth(_)
                | Step::Key(_) => None,
            }))
            .collect()
    }
}
