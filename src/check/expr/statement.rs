//! `allows`: policy statements as facts, held against an action.

use super::functions::{Trouble, unfit};
use super::tree::Statement;
use super::value::{List, Value};
use crate::inventory::{Fact, Inventory, Record};
use crate::policy;

/// Whether some `Allow` statement takes in the action. Every statement is looked at before an unread one makes it
/// undecided.
pub(super) fn allows<'a>(
    statements: &List<'a>,
    positions: Statement,
    action: &str,
    inventory: &'a Inventory,
) -> Result<bool, Trouble> {
    let mut hidden = statements.rest().cloned().map(Trouble::Gap);
    for statement in statements.values(inventory) {
        match statement
            .map_err(Trouble::Gap)
            .and_then(|statement| allowed(&statement, positions, action))
        {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(why) => hidden = hidden.or(Some(why)),
        }
    }
    hidden.map_or(Ok(false), Err)
}

fn allowed(statement: &Value<'_>, positions: Statement, action: &str) -> Result<bool, Trouble> {
    let Value::Record(record) = statement else {
        return Err(unfit());
    };
    if text(field(record, positions.effect)?)? != "Allow" {
        return Ok(false);
    }
    let actions = texts(field(record, positions.actions)?)?;
    let not_actions = texts(field(record, positions.not_actions)?)?;
    Ok(policy::concerns(
        actions.into_iter(),
        not_actions.into_iter(),
        action,
    ))
}

fn field(record: &Record, position: usize) -> Result<&Fact, Trouble> {
    record.values.get(position).ok_or_else(unfit)
}

fn texts(fact: &Fact) -> Result<Vec<&str>, Trouble> {
    if let Fact::List(items) = fact {
        items.iter().map(text).collect()
    } else {
        Err(none(fact))
    }
}

fn text(fact: &Fact) -> Result<&str, Trouble> {
    fact.as_text().ok_or_else(|| none(fact))
}

/// Why a fact is not what it should be.
fn none(fact: &Fact) -> Trouble {
    if let Fact::Gap(gap) = fact {
        Trouble::Gap(gap.clone())
    } else {
        unfit()
    }
}
