//! Equality and order of values, three-valued.

use std::cmp::Ordering;

use super::tree::Comparison;
use super::trouble::{Trouble, unfit};
use super::value::{List, Value};
use crate::inventory::{Fact, Inventory};

/// Whether two values are equal; an error where an unread part decides.
pub(super) fn equal<'a>(
    a: &Value<'a>,
    b: &Value<'a>,
    inventory: &'a Inventory,
) -> Result<bool, Trouble> {
    match (a, b) {
        (Value::Null, Value::Null) => Ok(true),
        (Value::Null, _) | (_, Value::Null) => Ok(false),
        (Value::Bool(a), Value::Bool(b)) => Ok(a == b),
        (Value::Text(a), Value::Text(b)) => Ok(a == b),
        (Value::Time(a), Value::Time(b)) => Ok(a == b),
        (Value::Span(a), Value::Span(b)) => Ok(a == b),
        (Value::Int(_) | Value::Double(_), Value::Int(_) | Value::Double(_)) => {
            Ok(order(a, b)? == Some(Ordering::Equal))
        }
        (Value::List(a), Value::List(b)) => lists(a, b, inventory),
        (Value::Record(a), Value::Record(b)) => every(
            a.values
                .iter()
                .zip(&b.values)
                .map(|(a, b)| facts(a, b, inventory)),
        ),
        (Value::Map(a), Value::Map(b)) => {
            if !a.keys().eq(b.keys()) {
                return Ok(false);
            }
            every(
                a.values()
                    .zip(b.values())
                    .map(|(a, b)| facts(a, b, inventory)),
            )
        }
        (Value::Resource(a), Value::Resource(b)) => Ok(a.arn == b.arn),
        // CEL says that values of two types differ. The type check lets no such rule through, so what comes here is not
        // what the schema says, and of that we claim nothing.
        _ => Err(unfit()),
    }
}

fn facts<'a>(a: &'a Fact, b: &'a Fact, inventory: &'a Inventory) -> Result<bool, Trouble> {
    equal(
        &Value::of(a, inventory)?,
        &Value::of(b, inventory)?,
        inventory,
    )
}

fn lists<'a>(a: &List<'a>, b: &List<'a>, inventory: &'a Inventory) -> Result<bool, Trouble> {
    if a.size()? != b.size()? {
        return Ok(false);
    }
    every(
        a.values(inventory)
            .zip(b.values(inventory))
            .map(|(a, b)| equal(&a?, &b?, inventory)),
    )
}

/// True when all are; a `false` wins over an error, wherever it stands.
fn every(parts: impl Iterator<Item = Result<bool, Trouble>>) -> Result<bool, Trouble> {
    let mut hidden = None;
    for part in parts {
        match part {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(why) => hidden = hidden.or(Some(why)),
        }
    }
    hidden.map_or(Ok(true), Err)
}

/// Whether a value is among those of a list.
pub(super) fn contains<'a>(
    list: &List<'a>,
    wanted: &Value<'a>,
    inventory: &'a Inventory,
) -> Result<bool, Trouble> {
    let mut hidden = list.rest().cloned().map(Trouble::Gap);
    for item in list.values(inventory) {
        let found = item.map_err(Trouble::Gap);
        match found.and_then(|item| equal(&item, wanted, inventory)) {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(why) => hidden = hidden.or(Some(why)),
        }
    }
    hidden.map_or(Ok(false), Err)
}

/// The order of two values; none with NaN, an error where there can be none, as with `null`.
pub(super) fn order(a: &Value<'_>, b: &Value<'_>) -> Result<Option<Ordering>, Trouble> {
    Ok(match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => Some(a.cmp(b)),
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
        (Value::Int(a), Value::Double(b)) => int_and_double(*a, *b),
        (Value::Double(a), Value::Int(b)) => int_and_double(*b, *a).map(Ordering::reverse),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => Some(a.cmp(b)),
        (Value::Span(a), Value::Span(b)) => Some(a.cmp(b)),
        _ => return Err(unfit()),
    })
}

/// Exact: a double cannot hold every whole number, so the fraction is set aside, never the digits.
fn int_and_double(int: i64, double: f64) -> Option<Ordering> {
    if double.is_nan() {
        return None;
    }
    // 2^63, the first double above every i64.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if double >= LIMIT {
        return Some(Ordering::Less);
    }
    if double < -LIMIT {
        return Some(Ordering::Greater);
    }
    let whole = double.trunc();
    let exact = whole as i64;
    let fraction = double - whole;
    Some(
        int.cmp(&exact)
            .then_with(|| 0.0_f64.partial_cmp(&fraction).unwrap_or(Ordering::Equal)),
    )
}

impl Comparison {
    /// What an order means for `<`, `<=`, `>`, `>=`.
    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}
