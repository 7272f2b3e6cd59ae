//! `&&`, `||`, `!` and `?:`, with an error on either side.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

const DIVIDED: crate::world::Comes = Error("division by zero");

#[test]
fn and_is_decided_by_a_false_on_either_side() {
    table(&[
        ("true && true", TRUE),
        ("true && false", FALSE),
        ("false && true", FALSE),
        ("false && false", FALSE),
        ("thing.yes && thing.no", FALSE),
        ("false && 2 / thing.zero > 3", FALSE),
        ("2 / thing.zero > 3 && false", FALSE),
        ("true && 1 / thing.zero != 0", DIVIDED),
        ("1 / thing.zero != 0 && true", DIVIDED),
        ("thing.unread && false", FALSE),
        ("false && thing.unread", FALSE),
        ("thing.unread && true", UNREAD),
        ("true && thing.unread", UNREAD),
        ("thing.unread && thing.unread", UNREAD),
        ("true && thing.unread && true && thing.no", FALSE),
        ("1 / thing.zero > 0 && thing.unread && false", FALSE),
        ("thing.unread && 1 / thing.zero > 0", UNREAD),
        ("thing.unread && 1 / thing.zero > 0", DIVIDED),
    ]);
}

#[test]
fn or_is_decided_by_a_true_on_either_side() {
    table(&[
        ("true || true", TRUE),
        ("true || false", TRUE),
        ("false || true", TRUE),
        ("false || false", FALSE),
        ("true || 2 / thing.zero > 3", TRUE),
        ("2 / thing.zero > 3 || true", TRUE),
        ("false || 1 / thing.zero != 0", DIVIDED),
        ("1 / thing.zero != 0 || false", DIVIDED),
        ("thing.unread || true", TRUE),
        ("true || thing.unread", TRUE),
        ("thing.unread || false", UNREAD),
        ("false || thing.unread", UNREAD),
        ("false || thing.unread || false || thing.yes", TRUE),
        ("(thing.unread || true) && (false || thing.yes)", TRUE),
        ("(thing.unread && false) || (thing.unread && true)", UNREAD),
    ]);
}

#[test]
fn not_turns_a_truth_and_leaves_an_error() {
    table(&[
        ("!true", FALSE),
        ("!false", TRUE),
        ("!thing.no", TRUE),
        ("!!thing.yes", TRUE),
        ("!thing.unread", UNREAD),
        ("!(thing.unread && false)", TRUE),
        ("!(1 / thing.zero > 0)", DIVIDED),
    ]);
}

#[test]
fn a_choice_is_its_branch_and_goes_into_no_other() {
    table(&[
        ("(true ? 1 : 2) == 1", TRUE),
        ("(false ? 'foo' : 'bar') == 'bar'", TRUE),
        ("thing.yes ? thing.no : thing.yes", FALSE),
        ("true ? thing.unread : true", UNREAD),
        ("true ? true : thing.unread", TRUE),
        ("false ? thing.unread : true", TRUE),
        ("(thing.yes ? 1 : 1 / thing.zero) == 1", TRUE),
        ("(2 < 5 ? 'yes' : 'no') == 'yes'", TRUE),
        ("('hello'.size() > 10 ? 1 / thing.zero : 42) == 42", TRUE),
        ("2 / thing.zero > 4 ? true : true", DIVIDED),
        // The branches agree, and yet the condition decides: so the specification has it.
        ("thing.unread ? true : true", UNREAD),
        ("false ? true : false ? true : true", TRUE),
        ("true ? false : true ? true : true", FALSE),
    ]);
}

/// CEL without types would find these out at run time, or never.
#[test]
fn what_is_neither_true_nor_false_is_refused() {
    table(&[
        ("false && 32", Refused("must be true or false; this is int")),
        (
            "'horses' && false",
            Refused("must be true or false; this is text"),
        ),
        ("true || 32", Refused("must be true or false")),
        ("'horses' || true", Refused("must be true or false")),
        (
            "'less filling' && 'tastes great'",
            Refused("must be true or false"),
        ),
        ("!0", Refused("what `!` negates must be true or false")),
        (
            "'cows' ? false : true",
            Refused("the condition of `?:` must be true or false"),
        ),
        (
            "true ? 'cows' : 17",
            Refused("the branches of `?:` are text and int"),
        ),
        ("17", Refused("a rule must be true or false; this is int")),
        ("thing.none", Refused("`thing.none` may be null")),
        ("null", Refused("`null` is no value")),
    ]);
}
