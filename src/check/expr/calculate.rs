//! Arithmetic, without wrapping round.

use super::convert;
use super::tree::Calculation::{self, Add, Divide, Multiply, Remainder, Subtract};
use super::trouble::{Trouble, unfit};
use super::value::{List, Value};
use crate::inventory::Inventory;

/// `+ - * / %` on what CEL defines them for.
pub(super) fn calculate<'a>(
    calculation: Calculation,
    a: &Value<'a>,
    b: &Value<'a>,
    inventory: &'a Inventory,
) -> Result<Value<'a>, Trouble> {
    let overflow = || Trouble::Fault(format!("`{}` overflows", calculation.symbol()));
    match (calculation, a, b) {
        (_, Value::Int(a), Value::Int(b)) => ints(calculation, *a, *b).map(Value::Int),
        (_, Value::Double(a), Value::Double(b)) => doubles(calculation, *a, *b).map(Value::Double),
        (Add, Value::Text(a), Value::Text(b)) => Ok(Value::text(format!("{a}{b}"))),
        (Add, Value::List(a), Value::List(b)) => Ok(Value::List(List::joined(a, b, inventory))),
        (Add, Value::Time(time), Value::Span(span))
        | (Add, Value::Span(span), Value::Time(time)) => time
            .checked_add(*span)
            .ok()
            .filter(convert::is_timestamp)
            .map(Value::Time)
            .ok_or_else(overflow),
        (Subtract, Value::Time(time), Value::Span(span)) => time
            .checked_sub(*span)
            .ok()
            .filter(convert::is_timestamp)
            .map(Value::Time)
            .ok_or_else(overflow),
        (Subtract, Value::Time(a), Value::Time(b)) => Some(a.duration_since(*b))
            .filter(convert::is_duration)
            .map(Value::Span)
            .ok_or_else(overflow),
        (Add, Value::Span(a), Value::Span(b)) => a
            .checked_add(*b)
            .filter(convert::is_duration)
            .map(Value::Span)
            .ok_or_else(overflow),
        (Subtract, Value::Span(a), Value::Span(b)) => a
            .checked_sub(*b)
            .filter(convert::is_duration)
            .map(Value::Span)
            .ok_or_else(overflow),
        _ => Err(unfit()),
    }
}

fn ints(calculation: Calculation, a: i64, b: i64) -> Result<i64, Trouble> {
    let by_zero = b == 0 && matches!(calculation, Divide | Remainder);
    match calculation {
        Add => a.checked_add(b),
        Subtract => a.checked_sub(b),
        Multiply => a.checked_mul(b),
        Divide => a.checked_div(b),
        Remainder => a.checked_rem(b),
    }
    .ok_or_else(|| {
        Trouble::Fault(if by_zero {
            "division by zero".to_owned()
        } else {
            format!("`{}` overflows", calculation.symbol())
        })
    })
}

/// As IEEE 754 has it: division by zero is infinite, not an error.
fn doubles(calculation: Calculation, a: f64, b: f64) -> Result<f64, Trouble> {
    match calculation {
        Add => Ok(a + b),
        Subtract => Ok(a - b),
        Multiply => Ok(a * b),
        Divide => Ok(a / b),
        Remainder => Err(unfit()),
    }
}

pub(super) fn negate<'a>(value: &Value<'a>) -> Result<Value<'a>, Trouble> {
    match value {
        Value::Int(value) => value
            .checked_neg()
            .map(Value::Int)
            .ok_or_else(|| Trouble::Fault("`-` overflows".to_owned())),
        Value::Double(value) => Ok(Value::Double(-value)),
        Value::Null
        | Value::Bool(_)
        | Value::Text(_)
        | Value::Time(_)
        | Value::Span(_)
        | Value::List(_)
        | Value::Record(_)
        | Value::Map(_)
        | Value::Resource(_) => Err(unfit()),
    }
}

impl Calculation {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Add => "+",
            Subtract => "-",
            Multiply => "*",
            Divide => "/",
            Remainder => "%",
        }
    }
}
