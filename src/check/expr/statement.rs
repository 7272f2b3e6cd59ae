//! Policy statements as facts: what `allows` and `lets_anyone_in` read of them.

use super::name::Statement as Positions;
use super::trouble::{Trouble, unfit};
use super::value::{List, Value};
use crate::inventory::{Fact, Inventory, Record};
use crate::policy;
use crate::policy::statement::{Condition, Effect, Principal, Selection, Statement};

/// Whether some `Allow` statement takes in the action. Every statement is looked at before an unread one makes it
/// undecided.
pub(super) fn allows<'a>(
    statements: &List<'a>,
    positions: Positions,
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

fn allowed(statement: &Value<'_>, positions: Positions, action: &str) -> Result<bool, Trouble> {
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

/// Whether a statement lets strangers in. What its effect or its principals settle does not wait for the rest.
pub(super) fn lets_anyone_in(record: &Record) -> Result<bool, Trouble> {
    let effect = match text(named(record, "effect")?)? {
        "Allow" => Effect::Allow,
        _ => Effect::Deny,
    };
    let mut statement = Statement {
        effect,
        actions: Selection::Of(Vec::new()),
        resources: None,
        principals: None,
        conditions: Vec::new(),
    };
    if effect == Effect::Deny {
        return Ok(false);
    }
    let excepted = list(named(record, "not_principals")?)?;
    // One that is known settles that all others are meant; where none is, there may be some that was not read.
    let unread = excepted.iter().find(|fact| matches!(fact, Fact::Gap(_)));
    let known = excepted.iter().any(|fact| !matches!(fact, Fact::Gap(_)));
    statement.principals = Some(match (known, unread) {
        (true, _) => Selection::AllBut(Vec::new()),
        (false, Some(fact)) => return Err(none(fact)),
        (false, None) => Selection::Of(each(named(record, "principals")?, principal)?),
    });
    // Without conditions, is it open at all?
    if !policy::binding::lets_anyone_in(&statement) {
        return Ok(false);
    }
    statement.conditions = each(named(record, "conditions")?, condition)?;
    Ok(policy::binding::lets_anyone_in(&statement))
}

/// Of which sort a principal is makes no difference to whether it is everyone.
fn principal(record: &Record) -> Result<Principal, Trouble> {
    Ok(Principal {
        sort: String::new(),
        value: text(named(record, "value")?)?.to_owned(),
    })
}

fn condition(record: &Record) -> Result<Condition, Trouble> {
    let values = texts(named(record, "values")?)?;
    Ok(Condition {
        operator: text(named(record, "operator")?)?.to_owned(),
        key: text(named(record, "key")?)?.to_owned(),
        values: values.into_iter().map(str::to_owned).collect(),
    })
}

fn each<T>(fact: &Fact, read: impl Fn(&Record) -> Result<T, Trouble>) -> Result<Vec<T>, Trouble> {
    let records = list(fact)?.iter().map(|item| {
        if let Fact::Record(record) = item {
            read(record)
        } else {
            Err(none(item))
        }
    });
    records.collect()
}

fn named<'a>(record: &'a Record, name: &str) -> Result<&'a Fact, Trouble> {
    record.get(name).ok_or_else(unfit)
}

fn list(fact: &Fact) -> Result<&[Fact], Trouble> {
    if let Fact::List(items) = fact {
        Ok(items)
    } else {
        Err(none(fact))
    }
}

fn field(record: &Record, position: usize) -> Result<&Fact, Trouble> {
    record.values.get(position).ok_or_else(unfit)
}

fn texts(fact: &Fact) -> Result<Vec<&str>, Trouble> {
    list(fact)?.iter().map(text).collect()
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
