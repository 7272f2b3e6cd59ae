//! From one type to another, always by name.

use crate::world::{Error, Refused, TRUE, UNREAD, table};

#[test]
fn to_int() {
    table(&[
        ("int(42) == 42", TRUE),
        ("int(1.9) == 1", TRUE),
        ("int(-7.9) == -7", TRUE),
        ("int(11.5) == 11", TRUE),
        ("int(-3.5) == -3", TRUE),
        ("int(-123.456) == -123", TRUE),
        ("int(double(36028797018963968)) == 36028797018963968", TRUE),
        ("int(double(36028797018963969)) == 36028797018963968", TRUE),
        ("int('987') == 987", TRUE),
        ("int(thing.digits) == 987", TRUE),
        ("int('-987') == -987", TRUE),
        ("int(timestamp('2004-09-16T23:59:59Z')) == 1095379199", TRUE),
        ("int(timestamp('1969-12-31T23:59:59Z')) == -1", TRUE),
        ("int(thing.unread_text) == 1", UNREAD),
        ("int(thing.huge) == 0", Error("does not fit an int")),
        ("int(-thing.huge) == 0", Error("does not fit an int")),
        ("int(thing.nan) == 0", Error("does not fit an int")),
        ("int(thing.text) == 0", Error("`hello` is not an int")),
        ("int(thing.empty) == 0", Error("`` is not an int")),
        ("int('9223372036854775808') == 0", Refused("is not an int")),
        // The doubles at the very ends are left out, so that there and back is always the same number.
        (
            "int(9223372036854775807.0) == 0",
            Refused("does not fit an int"),
        ),
        (
            "int(-9223372036854775808.0) == 0",
            Refused("does not fit an int"),
        ),
        ("int(1e99) == 0", Refused("does not fit an int")),
        ("int('1.5') == 1", Refused("`1.5` is not an int")),
        ("int(' 1') == 1", Refused("` 1` is not an int")),
        ("int('0x10') == 16", Refused("`0x10` is not an int")),
        ("int(true) == 1", Refused("`int` does not take (bool)")),
        ("int(thing.none) == 1", Refused("`thing.none` may be null")),
        (
            "int(duration('1s')) == 1",
            Refused("`int` does not take (duration)"),
        ),
    ]);
}

#[test]
fn to_double() {
    table(&[
        ("double(0) == 0.0", TRUE),
        ("double(1000000000000) == 1e12", TRUE),
        ("double(-9007199254740992) == -9007199254740992.0", TRUE),
        ("double(9223372036854775807) == 9223372036854775807.0", TRUE),
        ("double('0') == 0.0", TRUE),
        ("double('-0.0') == 0.0", TRUE),
        ("double('123.456') == 123.456", TRUE),
        ("double('6.02214e23') == 6.02214e23", TRUE),
        ("double('-5.43e-21') == -5.43e-21", TRUE),
        ("double('NaN') == double('NaN')", crate::world::FALSE),
        ("double('-inf') < -1e308", TRUE),
        ("double(5.5) == 5.5", TRUE),
        (
            "double(thing.text) == 0.0",
            Error("`hello` is not a double"),
        ),
        ("double(thing.unread_int) == 0.0", UNREAD),
        ("double('12,5') == 12.5", Refused("`12,5` is not a double")),
        (
            "double(true) == 1.0",
            Refused("`double` does not take (bool)"),
        ),
    ]);
}

#[test]
fn to_text() {
    table(&[
        ("string(123) == '123'", TRUE),
        ("string(-456) == '-456'", TRUE),
        ("string(thing.least) == '-9223372036854775808'", TRUE),
        ("string(123.456) == '123.456'", TRUE),
        ("string(-4.5e-3) == '-0.0045'", TRUE),
        ("string(2.0) == '2'", TRUE),
        ("string(thing.nan) == 'NaN'", TRUE),
        ("string(1.0 / 0.0) == 'inf'", TRUE),
        ("string(true) == 'true'", TRUE),
        ("string(thing.no) == 'false'", TRUE),
        ("string('hello') == 'hello'", TRUE),
        (
            "string(timestamp('2009-02-13T23:31:30Z')) == '2009-02-13T23:31:30Z'",
            TRUE,
        ),
        (
            "string(timestamp('2009-02-13T23:31:30+02:00')) == '2009-02-13T21:31:30Z'",
            TRUE,
        ),
        (
            "string(thing.born) == '2009-02-13T23:31:30.123456789Z'",
            TRUE,
        ),
        ("string(duration('1000000s')) == '1000000s'", TRUE),
        ("string(duration('1m1ms')) == '60.001s'", TRUE),
        ("string(duration('-0.5s')) == '-0.5s'", TRUE),
        ("string(thing.unread_int) == '1'", UNREAD),
        (
            "string([1]) == '[1]'",
            Refused("`string` does not take (list of int)"),
        ),
        (
            "string(null) == 'null'",
            Refused("`string` does not take (null)"),
        ),
        (
            "string(thing.none) == ''",
            Refused("`thing.none` may be null"),
        ),
        (
            "string(thing.tags) == ''",
            Refused("`string` does not take (map of text)"),
        ),
    ]);
}

/// Left out: facts are never bytes, never unsigned, and a text that says `true` is for the collector to read.
#[test]
fn conversions_that_rules_have_no_use_for() {
    table(&[
        ("bool('true')", Refused("no function `bool`")),
        ("uint(1) == 1", Refused("no function `uint`")),
        ("bytes('abc').size() == 3", Refused("no function `bytes`")),
        ("string(b'abc') == 'abc'", Refused("facts have no bytes")),
        ("type(1) == type(2)", Refused("no function `type`")),
    ]);
}
