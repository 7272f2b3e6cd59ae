//! What a rule is written in: texts with their escapes, numbers, nesting, white space, comments.

use crate::world::{Refused, TRUE, table};

#[test]
fn texts() {
    table(&[
        ("'hello' == \"hello\"", TRUE),
        ("'''hello''' == \"\"\"hello\"\"\"", TRUE),
        (r#"'"' == "\"""#, TRUE),
        (r#"'''x''x''' == "x''x""#, TRUE),
        ("'''a\nb''' == 'a\\nb'", TRUE),
        (r"' \\ \? \' \` ' == r' \ ? ' + '\' ` '", TRUE),
        (r"'\a\b\f\t\v\r\n' == '\x07\x08\x0C\x09\x0B\x0D\x0A'", TRUE),
        (r"'\101\102' == 'AB'", TRUE),
        (r"'\303\277' == 'Ã¿'", TRUE),
        (r"'\377' == 'ÿ'", TRUE),
        (r"'\x4a\x4B\X4c\X4D' == 'JKLM'", TRUE),
        (r"'\u01aB' == '\U000001aB'", TRUE),
        (r"'\U0001F62C' == '😬'", TRUE),
        (r"'\uFFFB'.size() == 1", TRUE),
        // Nobody has a character there yet.
        (r"'\U00088888'.size() == 1", TRUE),
    ]);
}

#[test]
fn raw_texts_keep_their_backslashes() {
    table(&[
        (r"r'\n' == '\\n'", TRUE),
        (r"R'\n' == '\\n'", TRUE),
        (r#"r"\\" == '\\\\'"#, TRUE),
        (r#"r'''\"''' == '\\"'"#, TRUE),
        (r"r'\'.size() == 1", TRUE),
        (r"'2026-01-31'.matches(r'^\d{4}-\d\d-\d\d$')", TRUE),
    ]);
}

#[test]
fn texts_that_are_none() {
    table(&[
        (r"'\s' == 's'", Refused("not CEL")),
        (r"'\8' == '8'", Refused("not CEL")),
        (r"'\x4' == '4'", Refused("not CEL")),
        (r"'\uD83D\uDE03' == ''", Refused("not CEL")),
        (r"'\UD83DDE03' == ''", Refused("not CEL")),
        (r"'\U00110000' == ''", Refused("not CEL")),
        ("'a\nb' == ''", Refused("not CEL")),
        ("'a == ''", Refused("not CEL")),
        ("b'abc' == b'abc'", Refused("facts have no bytes")),
    ]);
}

#[test]
fn numbers() {
    table(&[
        ("0x2A == 42", TRUE),
        ("-0x2a == -42", TRUE),
        ("1e3 == 1000.0", TRUE),
        ("1.5E-1 == 0.15", TRUE),
        (".5 == 0.5", TRUE),
        ("9223372036854775807 > 0", TRUE),
        ("-9223372036854775808 < 0", TRUE),
        ("9223372036854775808 > 0", Refused("not CEL")),
        ("-9223372036854775809 < 0", Refused("not CEL")),
        ("7u == 7", Refused("facts have no unsigned numbers")),
        ("1. == 1.0", Refused("not CEL")),
    ]);
}

#[test]
fn brackets_and_operators_nest() {
    table(&[
        (
            "((((((((((((((((((((((((((((((((7)))))))))))))))))))))))))))))))) == 7",
            TRUE,
        ),
        ("size([[[[[[[[[[[[0]]]]]]]]]]]]) == 1", TRUE),
        (
            "[[[[[[[[[[[['foo']]]]]]]]]]]][0][0][0][0][0][0][0][0][0][0][0][0] == 'foo'",
            TRUE,
        ),
        ("[0][[0][[0][[0][[0][[0][[0][[0][0]]]]]]]] == 0", TRUE),
        (
            "int(double(int(double(int(double(int(double(7)))))))) == 7",
            TRUE,
        ),
        ("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!true", TRUE),
        ("--------------------------------19 == 19", TRUE),
        (
            "3 - 3 + 3 - 3 + 3 - 3 + 3 - 3 + 3 - 3 + 3 - 3 + 3 - 3 + 3 == 3",
            TRUE,
        ),
        (
            "4 * 4 / 4 * 4 / 4 * 4 / 4 * 4 / 4 * 4 / 4 * 4 / 4 * 4 / 4 == 4",
            TRUE,
        ),
        (
            "true ? true : true ? true : true ? true : true ? true : true ? true : false",
            TRUE,
        ),
        (
            "false || false || false || false || false || false || false || false || true",
            TRUE,
        ),
        (
            "true && true && true && true && true && true && true && true && true",
            TRUE,
        ),
    ]);
}

#[test]
fn operators_bind_as_in_the_grammar() {
    table(&[
        ("1 + 2 * 3 == 7", TRUE),
        ("(1 + 2) * 3 == 9", TRUE),
        ("10 - 2 - 3 == 5", TRUE),
        ("100 / 5 / 2 == 10", TRUE),
        ("-2 * 3 == -6", TRUE),
        ("-thing.one + 2 == 1", TRUE),
        ("!thing.no && thing.yes", TRUE),
        ("true || false && false", TRUE),
        ("1 < 2 == true", TRUE),
        ("1 + 1 in [2]", TRUE),
    ]);
}

#[test]
fn white_space_and_comments_say_nothing() {
    table(&[
        ("  thing . yes\t\n", TRUE),
        ("// a (\nthing.yes // or so", TRUE),
        ("thing.text == '// text'  // comment\n  || thing.yes", TRUE),
        ("thing.yes\r\n&& // not && false\r\nthing.yes", TRUE),
        ("", Refused("not CEL")),
        ("// nothing", Refused("not CEL")),
        ("thing.yes thing.yes", Refused("not CEL")),
        ("thing.yes &&", Refused("not CEL")),
        ("thing.yes & thing.yes", Refused("not CEL")),
        ("thing.yes and thing.yes", Refused("not CEL")),
        ("thing.yes = true", Refused("not CEL")),
        ("(thing.yes", Refused("not CEL")),
        ("thing.yes)", Refused("not CEL")),
        ("\u{0}", Refused("not CEL")),
        ("«thing»", Refused("not CEL")),
    ]);
}
