//! `all`, `exists`, `exists_one`, `map`, `filter` and `has`.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

const DIVIDED: crate::world::Comes = Error("division by zero");

#[test]
fn all_is_one_long_and() {
    table(&[
        ("[1, 2, 3].all(e, e > 0)", TRUE),
        ("[1, 2, 3].all(e, e == 2)", FALSE),
        ("[1, 2, 3].all(e, e == 17)", FALSE),
        ("[].all(e, e > 0)", TRUE),
        ("thing.nothing.all(e, false)", TRUE),
        // The first element is an error, a later one decides; and the other way round.
        ("[1, 2, 3].all(e, 6 / (2 - e) == 6)", FALSE),
        ("[2, 1, 3].all(e, 6 / (2 - e) == -6)", FALSE),
        ("[1, 2, 3].all(e, e / thing.zero != 17)", DIVIDED),
        ("[1, 2, 3].all(e, e == 1 || 6 / (2 - e) != 0)", DIVIDED),
        ("['apple', 'banana'].all(fruit, fruit.size() > 3)", TRUE),
        ("thing.tags.all(key, key != '')", TRUE),
        ("thing.tags.all(key, key == 'owner')", FALSE),
        ("thing.no_tags.all(key, false)", TRUE),
        ("thing.parts.all(part, part.sealed)", UNREAD),
        (
            "thing.parts.all(part, part.sealed && part.size == 1)",
            FALSE,
        ),
        ("thing.parts.all(part, part.sealed || part.size == 2)", TRUE),
        ("thing.unread_list.all(e, true)", UNREAD),
        ("thing.unread_tags.all(key, true)", UNREAD),
    ]);
}

#[test]
fn exists_is_one_long_or() {
    table(&[
        ("[1, 2, 3].exists(e, e > 0)", TRUE),
        ("[1, 2, 3].exists(e, e == 2)", TRUE),
        ("[1, 2, 3].exists(e, e > 3)", FALSE),
        ("[].exists(e, e == 2)", FALSE),
        ("thing.nothing.exists(e, true)", FALSE),
        ("[1, 2, 3].exists(e, e / thing.zero == 17)", DIVIDED),
        ("[2, 1].exists(e, 6 / (2 - e) == 6)", TRUE),
        ("[1, 2].exists(e, 6 / (2 - e) == 6)", TRUE),
        ("[1, 2].exists(e, 6 / (2 - e) == 7)", DIVIDED),
        ("thing.tags.exists(key, key == 'owner')", TRUE),
        ("!thing.tags.exists(key, key == 'colour')", TRUE),
        ("thing.no_tags.exists(key, true)", FALSE),
        ("thing.parts.exists(part, !part.sealed)", UNREAD),
        ("thing.parts.exists(part, part.sealed)", TRUE),
        ("thing.unread_list.exists(e, true)", UNREAD),
    ]);
}

/// The specification: any error is an error, since this macro does not stop early.
#[test]
fn exists_one_is_exactly_one_and_absorbs_nothing() {
    table(&[
        ("[].exists_one(a, a == 7)", FALSE),
        ("[7].exists_one(a, a == 7)", TRUE),
        ("[8].exists_one(a, a == 7)", FALSE),
        ("[1, 2, 3].exists_one(x, x > 20)", FALSE),
        ("[6, 7, 8].exists_one(foo, foo % 5 == 2)", TRUE),
        ("[0, 1, 2, 3, 4].exists_one(n, n % 2 == 1)", FALSE),
        (
            "['foal', 'foo', 'four'].exists_one(n, n.startsWith('fo'))",
            FALSE,
        ),
        ("[3, 2, 1, 0].exists_one(n, 12 / n > 1)", DIVIDED),
        ("[1, 2, 2].exists_one(i, i < 2)", TRUE),
        ("[1, 2].existsOne(i, i < 2)", TRUE),
        ("thing.tags.exists_one(key, key.startsWith('own'))", TRUE),
        ("thing.parts.exists_one(part, part.sealed)", UNREAD),
        ("thing.cut.exists_one(n, n == 1)", UNREAD),
    ]);
}

#[test]
fn map_makes_a_list_of_as_many() {
    table(&[
        ("[].map(n, n / 2) == []", TRUE),
        ("[3].map(n, n * n) == [9]", TRUE),
        ("[2, 4, 6].map(n, n / 2) == [1, 2, 3]", TRUE),
        ("thing.names.map(name, name.size()) == [4, 3, 4]", TRUE),
        ("thing.no_tags.map(key, key) == []", TRUE),
        (
            "thing.tags.map(key, key) == ['a.b', 'content-type', 'owner']",
            TRUE,
        ),
        (
            "thing.tags.map(key, thing.tags[key]).exists(value, value == 'ann')",
            TRUE,
        ),
        ("thing.parts.map(part, part.size) == [1, 2]", TRUE),
        ("thing.parts.map(part, part.note) == ['round', null]", TRUE),
        ("thing.parts.map(part, part.sealed) == [true, true]", UNREAD),
        (
            "[1, 2].map(a, [3, 4].map(b, a * b)) == [[3, 4], [6, 8]]",
            TRUE,
        ),
    ]);
}

#[test]
fn map_with_a_condition_takes_only_what_holds() {
    table(&[
        ("[1, 2, 3, 4].map(n, n % 2 == 0, n * 2) == [4, 8]", TRUE),
        ("[].map(n, n > 0, n) == []", TRUE),
        ("[1].map(n, n > 1, n) == []", TRUE),
        (
            "thing.parts.map(part, part.size > 1, part.name) == ['box']",
            TRUE,
        ),
        (
            "thing.parts.map(part, part.sealed, part.name) == ['lid']",
            UNREAD,
        ),
        // What is not taken is not computed.
        ("[2, 0].map(n, n != 0, 4 / n) == [2]", TRUE),
    ]);
}

#[test]
fn filter_keeps_what_holds() {
    table(&[
        ("[].filter(n, n % 2 == 0) == []", TRUE),
        ("[2].filter(n, n == 2) == [2]", TRUE),
        ("[1].filter(n, n > 3) == []", TRUE),
        ("[0, 1, 2, 3, 4].filter(x, x % 2 == 1) == [1, 3]", TRUE),
        ("[1, 2, 3].filter(n, n > 0) == [1, 2, 3]", TRUE),
        ("thing.tags.filter(key, key == 'owner') == ['owner']", TRUE),
        (
            "thing.tags.filter(key, thing.tags[key] == 'ann') == ['owner']",
            TRUE,
        ),
        (
            "thing.parts.filter(part, part.size == 2)[0].name == 'box'",
            TRUE,
        ),
        ("thing.parts.filter(part, part.sealed).size() == 1", UNREAD),
    ]);
}

/// CEL makes any error an error of the whole list. Ours is narrower: what did not come out may or may not be in it, and
/// whatever is certain all the same is said. Never the other way round: what CEL decides, we decide alike.
#[test]
fn what_is_certain_of_a_list_is_said_despite_its_gaps() {
    table(&[
        ("[2, 1, 0].map(n, 4 / n) == [2, 4, 0]", DIVIDED),
        ("[2, 1, 0].map(n, 4 / n).exists(n, n == 4)", TRUE),
        ("[2, 1, 0].map(n, 4 / n).all(n, n == 2)", FALSE),
        ("[2, 1, 0].map(n, 4 / n).size() == 3", TRUE),
        ("[3, 2, 1, 0].filter(n, 12 / n > 4).size() == 2", DIVIDED),
        ("2 in [3, 2, 1, 0].filter(n, 12 / n > 4)", TRUE),
        (
            "thing.parts.filter(part, part.sealed).exists(part, part.name == 'lid')",
            TRUE,
        ),
        (
            "thing.parts.filter(part, part.sealed).exists(part, part.name == 'box')",
            UNREAD,
        ),
        (
            "thing.parts.filter(part, part.sealed).all(part, part.name == 'box')",
            FALSE,
        ),
        (
            "thing.parts.filter(part, part.sealed).all(part, part.size < 9)",
            UNREAD,
        ),
    ]);
}

#[test]
fn loops_in_loops_and_names_that_hide_names() {
    table(&[
        (
            "['signer'].filter(signer, ['artifact'].all(artifact, true)) == ['signer']",
            TRUE,
        ),
        (
            "['signer'].all(signer, ['artifact'].all(artifact, true))",
            TRUE,
        ),
        ("[1, 2].all(x, [3, 4].all(x, x > 2))", TRUE),
        ("[1, 2].all(x, [3, 4].exists(y, y == x + 2))", TRUE),
        ("[1].exists(x, [2].exists(x, x == 2) && x == 1)", TRUE),
        ("[1].exists(thing, thing == 1) && thing.one == 1", TRUE),
        (
            "thing.parts.all(part, thing.names.exists(name, name.size() > part.size))",
            TRUE,
        ),
        (
            "[1].exists(x, x == 1) && x == 1",
            Refused("no variable `x`"),
        ),
        ("[1].exists(x, .x == 1)", Refused("no variable `.x`")),
    ]);
}

#[test]
fn has_asks_for_the_key_of_a_map() {
    table(&[
        ("has(thing.tags.owner)", TRUE),
        ("has(thing.tags.colour)", FALSE),
        ("has(thing.no_tags.owner)", FALSE),
        (
            "!has(thing.tags.colour) || thing.tags.colour == 'red'",
            TRUE,
        ),
        ("has(thing.unread_tags.owner)", UNREAD),
    ]);
}

/// In CEL `has(message.field)` asks whether a field is set. A fact that was not read must never come to false, so we
/// have no such question: `null` is the answer that there is none.
#[test]
fn has_of_a_declared_field_is_refused() {
    table(&[
        (
            "has(thing.yes)",
            Refused("`has` is for keys of maps, and `thing.yes` is a declared field"),
        ),
        ("has(thing.unread)", Refused("`has` is for keys of maps")),
        ("has(thing.none)", Refused("`has` is for keys of maps")),
        (
            "has(thing.parts[0].note)",
            Refused("`has` is for keys of maps"),
        ),
        (
            "has(thing.nothing_such)",
            Refused("`has` is for keys of maps"),
        ),
        ("has(thing)", Refused("`has` takes a key of a map")),
        (
            "has(thing.tags['owner'])",
            Refused("`has` takes a key of a map"),
        ),
        ("thing.has(tags)", Refused("`has` is not written like this")),
    ]);
}

#[test]
fn what_is_no_loop_is_refused() {
    table(&[
        ("1.all(x, true)", Refused("`1` is int, not a list")),
        (
            "thing.one.all(x, true)",
            Refused("`thing.one` is int, not a list"),
        ),
        (
            "thing.text.exists(x, true)",
            Refused("`thing.text` is text, not a list"),
        ),
        ("[1].all(x)", Refused("`all` is not written like this")),
        (
            "all([1], x, true)",
            Refused("`all` is not written like this"),
        ),
        (
            "[1].all(1, true)",
            Refused("the first part of a loop names its element"),
        ),
        (
            "[1].all(x.y, true)",
            Refused("the first part of a loop names its element"),
        ),
        (
            "[1].all(x, 1)",
            Refused("the condition of a loop must be true or false"),
        ),
        (
            "[1].filter(x, 'a').size() == 0",
            Refused("the condition of `filter` must be true or false"),
        ),
        (
            "[1, 'foo', 3].exists(e, e != '1')",
            Refused("a list of int with an element that is text"),
        ),
        (
            "thing.none.all(x, true)",
            Refused("`thing.none` may be null"),
        ),
        (
            "[1].all(x, y, true)",
            Refused("`all` is not written like this"),
        ),
    ]);
}
