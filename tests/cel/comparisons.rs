//! `==`, `!=`, `<`, `<=`, `>`, `>=` on every type.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

#[test]
fn values_of_one_type() {
    table(&[
        ("1 == 1", TRUE),
        ("-1 == 1", FALSE),
        ("1 != 2", TRUE),
        ("1.0 == 1.0e+0", TRUE),
        ("-1.0 == 1.0", FALSE),
        ("0.0 == -0.0", TRUE),
        ("'' == \"\"", TRUE),
        ("'a' == 'b'", FALSE),
        ("'a' != 'a'", FALSE),
        ("'abc' == r'abc'", TRUE),
        ("'abc' == 'ABC'", FALSE),
        ("'ίσος' == 'ίσος'", TRUE),
        ("'a' == 'à'", FALSE),
        // Two ways to write é: no normalization.
        ("'Am\\u00E9lie' == 'Ame\\u0301lie'", FALSE),
        ("true == true", TRUE),
        ("false == true", FALSE),
        ("thing.yes != thing.no", TRUE),
        ("null == null", TRUE),
        ("null != null", FALSE),
        ("thing.next == thing.next", TRUE),
        ("thing == thing", TRUE),
        ("thing.next == thing", FALSE),
    ]);
}

#[test]
fn whole_numbers_and_doubles_stand_on_one_line() {
    table(&[
        ("1 == 1.0", TRUE),
        ("2 == 1.0", FALSE),
        ("1.0 == 1", TRUE),
        ("2.0 != 1", TRUE),
        ("1 < 1.5", TRUE),
        ("1.5 < 1", FALSE),
        ("-1 > -1.5", TRUE),
        ("2 >= 2.0", TRUE),
        ("2.0 <= 2", TRUE),
        ("thing.two == thing.whole", TRUE),
        // No double lies between these two, and yet they differ.
        ("9007199254740993 == 9007199254740992.0", FALSE),
        ("9007199254740993 > 9007199254740992.0", TRUE),
        ("9223372036854775807 < 9223372036854775808.0", TRUE),
        ("-9223372036854775808 == -9223372036854775808.0", TRUE),
        ("thing.most < thing.huge", TRUE),
        ("thing.least > -1e99", TRUE),
        ("thing.most < 1.0 / 0.0", TRUE),
        ("thing.least > -1.0 / 0.0", TRUE),
    ]);
}

#[test]
fn not_a_number_equals_nothing_and_has_no_order() {
    table(&[
        ("0.0 / 0.0 == 0.0 / 0.0", FALSE),
        ("thing.nan == thing.nan", FALSE),
        ("thing.nan != thing.nan", TRUE),
        ("1 == thing.nan", FALSE),
        ("thing.nan < 1.0", FALSE),
        ("thing.nan >= 1.0", FALSE),
        ("thing.nan <= thing.nan", FALSE),
        ("1 < thing.nan", FALSE),
        ("thing.nan in [thing.nan]", FALSE),
        ("[thing.nan] == [thing.nan]", FALSE),
        ("[thing.nan] != [thing.nan]", TRUE),
    ]);
}

#[test]
fn order() {
    table(&[
        ("1 < 2", TRUE),
        ("2 < 2", FALSE),
        ("2 <= 2", TRUE),
        ("3 > 2", TRUE),
        ("2 >= 3", FALSE),
        ("-5 < 0", TRUE),
        ("0.5 < 1.5", TRUE),
        ("1.0 / 0.0 > 1e308", TRUE),
        ("false < true", TRUE),
        ("true <= false", FALSE),
        ("true > false", TRUE),
        ("'a' < 'b'", TRUE),
        ("'a' < 'A'", FALSE),
        ("'' < 'a'", TRUE),
        ("'abc' < 'abd'", TRUE),
        ("'Z' < 'a'", TRUE),
        // By code points, not by UTF-16: the cat comes after the last of the BMP.
        ("'\\uFFFB' < '\\U0001F431'", TRUE),
        ("thing.born < thing.last", TRUE),
        ("duration('2h') < duration('3h')", TRUE),
        ("duration('2h') + duration('1h1m') >= duration('3h')", TRUE),
    ]);
}

#[test]
fn lists() {
    table(&[
        ("[] == []", TRUE),
        ("[null] == [null]", TRUE),
        ("['1', '2', null] == ['1', '2', '3']", FALSE),
        ("[1, 2, null] == [1, null, 3]", FALSE),
        ("[1, 2, 3] == [1, 2, 3]", TRUE),
        ("[1, 2, 3] == [1, 3, 2]", FALSE),
        ("[1, 2] == [1, 2, 3]", FALSE),
        ("[1] == [1.0]", TRUE),
        ("[1.0, 2.1] == [1, 2]", FALSE),
        ("['case'] == ['cAse']", FALSE),
        ("[[1], []] == [[1], []]", TRUE),
        ("[[1]] != [[2]]", TRUE),
        ("thing.numbers == [1, 2, 3]", TRUE),
        ("thing.nothing == []", TRUE),
        ("thing.maybes == [1, null]", TRUE),
        ("thing.parts == thing.parts.filter(part, true)", UNREAD),
        (
            "thing.parts == thing.parts.filter(part, part.size > 5)",
            FALSE,
        ),
    ]);
}

/// A difference that was seen wins over an element that was not; the number of elements is not known of a list that was
/// not read to its end.
#[test]
fn lists_with_elements_that_were_not_read() {
    table(&[
        ("[thing.unread_int, 2] == [1, 3]", FALSE),
        ("[thing.unread_int, 2] != [1, 3]", TRUE),
        ("[thing.unread_int, 2] == [1, 2]", UNREAD),
        ("[2, thing.unread_int] == [1, 2]", FALSE),
        ("[thing.unread_int] == [1, 2]", FALSE),
        ("[thing.unread_int] == [thing.unread_int]", UNREAD),
        ("thing.cut == [1, 2, 3]", UNREAD),
        ("thing.cut == [1, 3]", UNREAD),
        ("thing.cut == [7]", UNREAD),
        ("thing.unread_list == []", UNREAD),
        ("thing.unread_list != thing.unread_list", UNREAD),
    ]);
}

#[test]
fn maps_are_compared_whatever_their_order() {
    table(&[
        ("thing.tags == thing.tags", TRUE),
        ("thing.tags != thing.tags", FALSE),
        ("thing.tags == thing.no_tags", FALSE),
        ("thing.no_tags == thing.no_tags", TRUE),
        ("thing.tags == thing.unread_tags", UNREAD),
    ]);
}

#[test]
fn null_is_the_absence_that_aws_tells_of() {
    table(&[
        ("thing.none == null", TRUE),
        ("null != thing.none", FALSE),
        ("thing.some == null", FALSE),
        ("thing.some != null", TRUE),
        ("thing.no_text == null", TRUE),
        ("thing.before == null", TRUE),
        // A value that may be null may be compared, and then null equals no value.
        ("thing.some == 7", TRUE),
        ("thing.none == 7", FALSE),
        ("thing.none != 7", TRUE),
        ("thing.none == thing.none", TRUE),
        ("thing.some == thing.none", FALSE),
        ("thing.parts[1].note == null", TRUE),
        ("thing.unread_maybe == null", UNREAD),
        ("thing.unread_maybe != null", UNREAD),
    ]);
}

/// CEL's own type check refuses most of these; without it they come to false, and a rule that cannot come true is a
/// mistake of its author. Whole numbers and doubles, which it refuses too, we compare as its run time does.
#[test]
fn what_can_never_be_equal_or_ordered_is_refused() {
    table(&[
        ("1 == '1'", Refused("int never equals text")),
        ("'1' != 1", Refused("text never equals int")),
        ("true == 1", Refused("bool never equals int")),
        ("null == false", Refused("`false` is never null")),
        ("thing.yes == null", Refused("`thing.yes` is never null")),
        (
            "thing.unread != null",
            Refused("`thing.unread` is never null"),
        ),
        ("thing.next == null", Refused("`thing.next` is never null")),
        (
            "[1] == ['1']",
            Refused("list of int never equals list of text"),
        ),
        (
            "[1, 'dos', 3] == [1, 2, 4]",
            Refused("a list of int with an element that is text"),
        ),
        (
            "thing.numbers == 1",
            Refused("list of int never equals int"),
        ),
        (
            "thing.born == 'now'",
            Refused("timestamp never equals text"),
        ),
        (
            "thing.tags == []",
            Refused("map of text never equals list of unknown"),
        ),
        (
            "thing.parts[0] == thing",
            Refused("record never equals test.thing"),
        ),
        ("1 < '1'", Refused("`<` does not compare int with text")),
        (
            "[1] < [2]",
            Refused("`<` does not compare list of int with list of int"),
        ),
        (
            "thing.tags < thing.tags",
            Refused("`<` does not compare map"),
        ),
        ("thing < thing", Refused("`<` does not compare test.thing")),
        (
            "now < 5",
            Refused("`<` does not compare timestamp with int"),
        ),
        (
            "duration('1h') > 60",
            Refused("`>` does not compare duration with int"),
        ),
        ("null < 1", Refused("`null` is no value")),
        ("thing.none < 1", Refused("`thing.none` may be null")),
    ]);
}

#[test]
fn null_is_ruled_out_before_it_is_ordered() {
    table(&[
        ("thing.some != null && thing.some < 8", TRUE),
        ("thing.none != null && thing.none < 8", FALSE),
        ("thing.none == null || thing.none < 8", TRUE),
        ("!(thing.none == null) && thing.none < 8", FALSE),
        ("thing.none == null ? true : thing.none < 8", TRUE),
        ("thing.some == null ? true : thing.some > 8", FALSE),
        ("(thing.yes && thing.some != null) && thing.some < 8", TRUE),
        (
            "thing.unread_maybe != null && thing.unread_maybe < 8",
            UNREAD,
        ),
        (
            "thing.parts.all(part, part.note == null || part.note.size() > 3)",
            TRUE,
        ),
        (
            "thing.parts.filter(part, part.note != null).size() == 1",
            TRUE,
        ),
        (
            "thing.parts.map(part, part.note != null, part.note + '!') == ['round!']",
            TRUE,
        ),
        ("thing.some < 8", Refused("`thing.some` may be null")),
        (
            "thing.some < 8 && thing.some != null",
            Refused("`thing.some` may be null"),
        ),
        (
            "(thing.yes || thing.some != null) && thing.some < 8",
            Refused("may be null"),
        ),
        (
            "thing.some == null && thing.some < 8",
            Refused("`thing.some` may be null"),
        ),
        // Of another part, of another variable of the name, and of another key.
        (
            "thing.parts[0].note != null && thing.parts[1].note.size() > 0",
            Refused("`thing.parts[1].note` may be null"),
        ),
        (
            "thing.parts.exists(part, part.note != null) && thing.parts.all(part, part.note.size() > 0)",
            Refused("`part.note` may be null"),
        ),
    ]);
}

#[test]
fn an_error_on_either_side_is_an_error() {
    table(&[
        ("thing.unread_int == 1", UNREAD),
        ("1 != thing.unread_int", UNREAD),
        ("thing.unread_int < 1", UNREAD),
        ("1 >= thing.unread_int", UNREAD),
        ("thing.unread_int == thing.unread_int", UNREAD),
        ("thing.unread == thing.yes", UNREAD),
        (
            "1 / thing.zero == 1 / thing.zero",
            Error("division by zero"),
        ),
        ("thing.nan == thing.unread_int", UNREAD),
    ]);
}
