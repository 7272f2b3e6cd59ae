//! Lists: index, `in`, `+`, `size`.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

#[test]
fn an_index_counts_from_zero() {
    table(&[
        ("[7, 8, 9][0] == 7", TRUE),
        ("['foo'][0] == 'foo'", TRUE),
        ("[0, 1, 1, 2, 3, 5, 8, 13][4] == 3", TRUE),
        ("['George', 'John', 'Paul', 'Ringo'][3] == 'Ringo'", TRUE),
        ("[[1], [2, 3]][1][1] == 3", TRUE),
        ("thing.numbers[thing.two] == 3", TRUE),
        ("thing.numbers[thing.numbers[0]] == 2", TRUE),
        ("[1, 2, 3][3] == 3", Error("no element 3")),
        ("thing.nothing[0] == 1", Error("no element 0")),
        ("thing.numbers[-1] == 3", Error("no element -1")),
        (
            "thing.numbers[thing.least] == 3",
            Error("no element -9223372036854775808"),
        ),
        (
            "thing.numbers[thing.most] == 3",
            Error("no element 9223372036854775807"),
        ),
        ("thing.numbers[3] == 1 || false", Error("no element 3")),
        ("thing.numbers[3] == 1 || true", TRUE),
        ("thing.numbers[3] == 1 && false", FALSE),
        ("thing.numbers[3] == 1 && true", Error("no element 3")),
        (
            "[1, 2, 3][''] == 1",
            Refused("list of int cannot be indexed by text"),
        ),
        (
            "[7, 8, 9][0.0] == 7",
            Refused("list of int cannot be indexed by double"),
        ),
        ("thing.one[0] == 1", Refused("int cannot be indexed by int")),
        (
            "thing.text[0] == 'h'",
            Refused("text cannot be indexed by int"),
        ),
    ]);
}

#[test]
fn in_is_equality_with_one_of_them() {
    table(&[
        ("7 in []", FALSE),
        ("4 in [4]", TRUE),
        ("'alpha' in ['alpha', 'beta', 'gamma']", TRUE),
        ("3 in [5, 4, 3, 2, 1]", TRUE),
        ("20 in [4, 6, 8, 12, 20]", TRUE),
        (
            "'hawaiian' in ['meat', 'veggie', 'margarita', 'cheese']",
            FALSE,
        ),
        ("!(3 in [1, 2])", TRUE),
        ("3.0 in [5, 4, 3]", TRUE),
        ("3 in [5.0, 4.0, 3.0]", TRUE),
        ("3.1 in [5, 4, 3]", FALSE),
        ("[1] in [[1], [2]]", TRUE),
        ("7 in [1, null]", FALSE),
        ("thing.one in thing.numbers", TRUE),
        ("'foo' in thing.names", TRUE),
        ("1 in ['1']", Refused("int is never in list of text")),
        ("1 in 1", Refused("int is never in int")),
        ("'a' in 'abc'", Refused("text is never in text")),
        ("null in [null]", Refused("`null` is no value")),
        ("thing.none in [1]", Refused("`thing.none` may be null")),
    ]);
}

#[test]
fn in_with_elements_that_were_not_read() {
    table(&[
        ("1 in [thing.unread_int, 1]", TRUE),
        ("2 in [thing.unread_int, 1]", UNREAD),
        ("thing.unread_int in [1]", UNREAD),
        ("thing.unread_int in []", UNREAD),
        ("1 in thing.unread_list", UNREAD),
        ("1 in thing.cut", TRUE),
        ("3 in thing.cut", TRUE),
        ("2 in thing.cut", UNREAD),
        ("!(2 in thing.cut)", UNREAD),
        ("1 / thing.zero in [1]", Error("division by zero")),
    ]);
}

#[test]
fn plus_puts_one_behind_the_other() {
    table(&[
        ("[0, 1, 2] + [3, 4, 5] == [0, 1, 2, 3, 4, 5]", TRUE),
        ("[0, 1, 2] + [3, 4, 5] == [3, 4, 5, 0, 1, 2]", FALSE),
        ("[2] + [2] == [2, 2]", TRUE),
        ("[] + [] == []", TRUE),
        ("[] + [3, 4] == [3, 4]", TRUE),
        ("[1, 2] + [] == [1, 2]", TRUE),
        ("thing.numbers + [4] == [1, 2, 3, 4]", TRUE),
        ("(thing.numbers + thing.nothing).all(n, n > 0)", TRUE),
        (
            "(thing.numbers + [thing.unread_int]).exists(n, n == 3)",
            TRUE,
        ),
        (
            "(thing.numbers + [thing.unread_int]).exists(n, n == 4)",
            UNREAD,
        ),
        (
            "(thing.numbers + thing.unread_list).exists(n, n == 1)",
            UNREAD,
        ),
        (
            "[1] + ['a'] == []",
            Refused("`+` is not defined for list of int and list of text"),
        ),
        (
            "[1] + 1 == [1, 1]",
            Refused("`+` is not defined for list of int and int"),
        ),
        (
            "[1] - [1] == []",
            Refused("`-` is not defined for list of int and list of int"),
        ),
    ]);
}

#[test]
fn size_is_how_many_there_are() {
    table(&[
        ("size([]) == 0", TRUE),
        ("size([1, 2, 3]) == 3", TRUE),
        ("[1, 2, 3].size() == 3", TRUE),
        ("size(thing.numbers) == 3", TRUE),
        ("size(thing.nothing) == 0", TRUE),
        ("size(thing.unread_list) == 0", UNREAD),
        ("size([thing.unread_int, thing.unread_int]) == 2", TRUE),
        ("size(1) == 1", Refused("`size` does not take (int)")),
        (
            "size(thing.no_text) == 1",
            Refused("`thing.no_text` may be null"),
        ),
        ("size(null) == 0", Refused("`size` does not take (null)")),
        ("size() == 0", Refused("`size` does not take ()")),
    ]);
}

/// `cut` is 1, then elements that could not be read, then 3. Not even how many is known: a page may be missing, or only
/// one element, or none.
#[test]
fn a_list_that_was_not_read_to_its_end() {
    table(&[
        ("size(thing.cut) == 2", UNREAD),
        ("size(thing.cut) == 3", UNREAD),
        ("size(thing.cut) > 0", UNREAD),
        ("thing.cut[0] == 1", TRUE),
        ("thing.cut[1] == 3", UNREAD),
        ("thing.cut[2] == 3", UNREAD),
        ("thing.cut[9] == 3", UNREAD),
        ("thing.cut.all(n, n > 0)", UNREAD),
        ("thing.cut.all(n, n < 3)", FALSE),
        ("thing.cut.all(n, true)", UNREAD),
        ("thing.cut.exists(n, n == 3)", TRUE),
        ("thing.cut.exists(n, n == 2)", UNREAD),
        ("thing.cut.exists(n, true)", TRUE),
        ("thing.cut.exists(n, false)", UNREAD),
        ("thing.cut.exists_one(n, n == 1)", UNREAD),
        ("thing.cut.filter(n, true) == [1, 3]", UNREAD),
        ("thing.cut.filter(n, true).size() == 3", UNREAD),
        ("thing.cut.filter(n, n > 1).exists(n, n == 3)", TRUE),
        ("thing.cut.map(n, 0).size() == 3", UNREAD),
        ("thing.cut.map(n, 0).all(n, n == 0)", UNREAD),
        ("thing.cut.map(n, n > 0, 1).exists_one(n, n == 1)", UNREAD),
        ("(thing.cut + [4])[0] == 1", UNREAD),
        ("(thing.cut + [4]).exists(n, n == 4)", TRUE),
        ("size([4] + thing.cut) == 4", UNREAD),
        ("([4] + thing.cut).exists(n, n == 5)", UNREAD),
        ("[thing.cut].size() == 1", TRUE),
        ("[thing.cut][0][0] == 1", TRUE),
        ("[thing.cut][0].exists(n, n == 2)", UNREAD),
    ]);
}

#[test]
fn a_literal_list_is_of_one_type() {
    table(&[
        (
            "size([1, 'one']) == 2",
            Refused("a list of int with an element that is text"),
        ),
        (
            "size([1, 1.0]) == 2",
            Refused("a list of int with an element that is double"),
        ),
        (
            "size([[1], ['a']]) == 2",
            Refused("a list of list of int with an element that is list of text"),
        ),
        ("size([1, null]) == 2", TRUE),
        ("size([[], [1]]) == 2", TRUE),
        ("[null, 1][1] == 1", TRUE),
        ("[1,].size() == 1", TRUE),
    ]);
}
