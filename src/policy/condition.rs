//! Whether a condition holds for what a request tells.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

mod compare;

use super::context::{Context, Told};
use super::statement::{Condition, Effect};
use super::truth::Truth;
use super::variables::expand;
use compare::{Comparison, comparison};

/// How the values of a key that has several are looked at.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantity {
    All,
    Any,
}

/// Whether a condition of a statement with this effect holds.
///
/// The effect counts where the caller chooses a key's value: they choose one that fits what is allowed, and one that
/// escapes what is denied.
pub fn holds(condition: &Condition, effect: Effect, context: &Context) -> Truth {
    let (quantity, rest) = match condition.operator.split_once(':') {
        Some(("ForAllValues", rest)) => (Quantity::All, rest),
        Some(("ForAnyValue", rest)) => (Quantity::Any, rest),
        Some(_) => return undecided(condition),
        None => (Quantity::Any, condition.operator.as_str()),
    };
    let (name, if_exists) = match rest.strip_suffix("IfExists") {
        Some(name) => (name, true),
        None => (rest, false),
    };
    let told = context.told(&condition.key);
    if name == "Null" {
        return null(condition, effect, told);
    }
    let Some(comparison) = comparison(name) else {
        return undecided(condition);
    };
    match told {
        // ForAllValues holds of no values at all, ForAnyValue does not.
        Told::Absent if if_exists || quantity == Quantity::All => Truth::Yes,
        Told::Absent => Truth::from(comparison.negated && !condition.operator.contains(':')),
        Told::Chosen => Truth::from(effect == Effect::Allow),
        Told::Untold if takes_in_all(condition, comparison) => Truth::Yes,
        Told::Untold => undecided(condition),
        Told::Values(values) => {
            let each = values
                .iter()
                .map(|value| fits(condition, comparison, value, context));
            match quantity {
                Quantity::All => Truth::all(each),
                // A negated operator on several values without a set operator: none may match.
                Quantity::Any if comparison.negated && !condition.operator.contains(':') => {
                    Truth::all(each)
                }
                Quantity::Any => Truth::any(each),
            }
        }
    }
}

/// `Null: true` demands that the key is not there.
fn null(condition: &Condition, effect: Effect, told: &Told) -> Truth {
    let there = match told {
        Told::Values(values) => !values.is_empty(),
        Told::Absent => false,
        Told::Chosen => return Truth::from(effect == Effect::Allow),
        Told::Untold => return undecided(condition),
    };
    Truth::any(condition.values.iter().map(|value| {
        if value.eq_ignore_ascii_case("true") {
            Truth::from(!there)
        } else if value.eq_ignore_ascii_case("false") {
            Truth::from(there)
        } else {
            undecided(condition)
        }
    }))
}

/// One value of the request against all of the condition's.
fn fits(condition: &Condition, comparison: Comparison, value: &str, context: &Context) -> Truth {
    let any = Truth::any(condition.values.iter().map(|pattern| {
        let Some(expanded) = expand(pattern, context) else {
            return Truth::No;
        };
        match (
            (comparison.matches)(&expanded.pattern, value),
            expanded.undecided,
        ) {
            (_, Some(variable)) => Truth::maybe(variable),
            (Some(matches), None) => Truth::from(matches),
            (None, None) => undecided(condition),
        }
    }));
    if comparison.negated {
        any.negate()
    } else {
        any
    }
}

/// An address range that takes in every address. A bare star is none such: it demands that the key is there.
fn takes_in_all(condition: &Condition, comparison: Comparison) -> bool {
    comparison.addresses
        && !comparison.negated
        && condition.values.iter().any(|range| range.ends_with("/0"))
}

fn undecided(condition: &Condition) -> Truth {
    Truth::maybe(in_words(condition))
}

/// A condition on one line.
pub fn in_words(condition: &Condition) -> String {
    format!(
        "{} {} {}",
        condition.key,
        condition.operator,
        condition.values.join(", ")
    )
}

#[cfg(test)]
mod tests;
