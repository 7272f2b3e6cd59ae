//! The functions of rules: CEL's own, and a few that AWS facts call for. One table; `tieout kinds` prints it.

mod aws;
mod events;
mod standard;

use jiff::Timestamp;

use super::trouble::Trouble;
use super::types::Type;
use super::value::Value;

pub(super) use aws::ALLOWS;

/// A function a rule may call.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// How it is called, with types.
    pub signature: &'static str,
    /// What it says.
    pub doc: &'static str,
    /// How it may be written.
    style: Style,
    /// The type of the result for arguments of these types; none if they do not fit.
    types: fn(&[Type]) -> Option<Type>,
    /// What it comes to.
    run: Run,
}

/// How a call is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// `f(x)`
    Function,
    /// `x.f()`
    Method,
    /// Either.
    Both,
}

/// Some depend on the moment of the scan, and are not computed when a rule loads.
#[derive(Debug, Clone, Copy)]
enum Run {
    Pure(for<'a> fn(&[Value<'a>]) -> Result<Value<'a>, Trouble>),
    At(fn(Timestamp, &[Value<'_>]) -> Result<Value<'static>, Trouble>),
}

impl Function {
    pub(super) fn style(&self) -> Style {
        self.style
    }

    pub(super) fn result(&self, arguments: &[Type]) -> Option<Type> {
        (self.types)(arguments)
    }

    /// Whether its result depends on its arguments alone.
    pub(super) fn is_pure(&self) -> bool {
        matches!(self.run, Run::Pure(_))
    }

    pub(super) fn run<'a>(
        &self,
        now: Timestamp,
        arguments: &[Value<'a>],
    ) -> Result<Value<'a>, Trouble> {
        match self.run {
            Run::Pure(run) => run(arguments),
            Run::At(run) => run(now, arguments),
        }
    }
}

/// Every function, CEL's first.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    standard::FUNCTIONS.iter().chain(aws::FUNCTIONS)
}

pub(super) fn find(name: &str) -> Option<&'static Function> {
    functions().find(|known| known.name == name)
}
