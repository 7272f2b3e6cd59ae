//! Arithmetic, without wrapping round.

use std::sync::Arc;

use super::functions::Trouble;
use super::tree::Calculation;
use super::value::{Built, List, Value};
use crate::inventory::Inventory;

/// `+ - * / %` on what CEL defines them for.
pub(super) fn calculate<'a>(
    calculation: Calculation,
    a: &Value<'a>,
    b: &Value<'a>,
    inventory: &'a Inventory,
) -> Result<Value<'a>, Trouble> {
    let overflow = || Trouble::Fault(format!("`{}` overflows", calculation.symbol()));
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => ints(calculation, *a, *b).map(Value::Int),
        (Value::Double(a), Value::Double(b)) => doubles(calculation, *a, *b).map(Value::Double),
        (Value::Text(a), Value::Text(b)) => Ok(Value::text(format!("{a}{b}"))),
        (Value::List(a), Value::List(b)) => Ok(Value::List(joined(a, b, inventory))),
        (Value::Time(time), Value::Span(span)) | (Value::Span(span), Value::Time(time)) => {
            match calculation {
                Calculation::Subtract => time.checked_sub(*span),
                _ => time.checked_add(*span),
            }
            .map(Value::Time)
            .map_err(|_| overflow())
        }
        (Value::Time(a), Value::Time(b)) => Ok(Value::Span(a.duration_since(*b))),
        (Value::Span(a), Value::Span(b)) => match calculation {
            Calculation::Subtract => a.checked_sub(*b),
            _ => a.checked_add(*b),
        }
        .map(Value::Span)
        .ok_or_else(overflow),
        _ => Err(Trouble::Fault(
            "`null` cannot be calculated with".to_owned(),
        )),
    }
}

fn ints(calculation: Calculation, a: i64, b: i64) -> Result<i64, Trouble> {
    let by_zero = b == 0 && matches!(calculation, Calculation::Divide | Calculation::Remainder);
    match calculation {
        Calculation::Add => a.checked_add(b),
        Calculation::Subtract => a.checked_sub(b),
        Calculation::Multiply => a.checked_mul(b),
        Calculation::Divide => a.checked_div(b),
        Calculation::Remainder => a.checked_rem(b),
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
        Calculation::Add => Ok(a + b),
        Calculation::Subtract => Ok(a - b),
        Calculation::Multiply => Ok(a * b),
        Calculation::Divide => Ok(a / b),
        Calculation::Remainder => Err(Trouble::Fault("`%` is for int".to_owned())),
    }
}

fn joined<'a>(a: &List<'a>, b: &List<'a>, inventory: &'a Inventory) -> List<'a> {
    List::Built(Arc::new(Built {
        items: a.items(inventory).chain(b.items(inventory)).collect(),
        rest: a.rest().or(b.rest()).cloned(),
    }))
}

pub(super) fn negate<'a>(value: &Value<'a>) -> Result<Value<'a>, Trouble> {
    match value {
        Value::Int(value) => value
            .checked_neg()
            .map(Value::Int)
            .ok_or_else(|| Trouble::Fault("`-` overflows".to_owned())),
        Value::Double(value) => Ok(Value::Double(-value)),
        _ => Err(Trouble::Fault(
            "`null` cannot be calculated with".to_owned(),
        )),
    }
}

impl Calculation {
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}
