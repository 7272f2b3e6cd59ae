//! Texts: `size`, `contains`, `startsWith`, `endsWith`, `matches`, `+`.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

#[test]
fn size_counts_code_points() {
    table(&[
        ("size('') == 0", TRUE),
        ("size('A') == 1", TRUE),
        ("size('ÿ') == 1", TRUE),
        ("size('four') == 4", TRUE),
        ("size('πέντε') == 5", TRUE),
        ("'fiance\\u0301'.size() == 7", TRUE),
        ("'\\U0001F431'.size() == 1", TRUE),
        ("thing.cats.size() == 4", TRUE),
        ("thing.empty.size() == 0", TRUE),
        ("thing.unread_text.size() == 0", UNREAD),
        ("size(thing.unread_text) > -1", UNREAD),
    ]);
}

#[test]
fn starts_with() {
    table(&[
        ("'foobar'.startsWith('foo')", TRUE),
        ("'foobar'.startsWith('bar')", FALSE),
        ("''.startsWith('foo')", FALSE),
        ("'foobar'.startsWith('')", TRUE),
        ("''.startsWith('')", TRUE),
        ("'завтра'.startsWith('за')", TRUE),
        ("'\\U0001F431\\U0001F600'.startsWith('\\U0001F431')", TRUE),
        ("thing.text.startsWith('Hell')", FALSE),
        ("thing.unread_text.startsWith('')", UNREAD),
        ("'foo'.startsWith(thing.unread_text)", UNREAD),
    ]);
}

#[test]
fn ends_with() {
    table(&[
        ("'foobar'.endsWith('bar')", TRUE),
        ("'foobar'.endsWith('foo')", FALSE),
        ("''.endsWith('foo')", FALSE),
        ("'foobar'.endsWith('')", TRUE),
        ("''.endsWith('')", TRUE),
        ("'forté'.endsWith('té')", TRUE),
        ("'\\U0001F431\\U0001F61B'.endsWith('\\U0001F61B')", TRUE),
        ("thing.unread_text.endsWith('')", UNREAD),
    ]);
}

#[test]
fn contains() {
    table(&[
        ("'hello'.contains('he')", TRUE),
        ("'hello'.contains('')", TRUE),
        ("'hello'.contains('ol')", FALSE),
        ("'abababc'.contains('ababc')", TRUE),
        ("'Straße'.contains('aß')", TRUE),
        ("thing.cats.contains('\\U0001F600')", TRUE),
        ("''.contains('something')", FALSE),
        ("''.contains('')", TRUE),
        ("thing.unread_text.contains('')", UNREAD),
    ]);
}

#[test]
fn matches_finds_a_pattern_anywhere() {
    table(&[
        ("'hubba'.matches('ubb')", TRUE),
        ("''.matches('foo|bar')", FALSE),
        ("'cows'.matches('')", TRUE),
        ("''.matches('')", TRUE),
        ("'abcd'.matches('bc')", TRUE),
        ("'abcd'.matches('^bc')", FALSE),
        ("'abcd'.matches('^ab.d$')", TRUE),
        ("'grey'.matches('gr(a|e)y')", TRUE),
        ("'banana'.matches('ba(na)*')", TRUE),
        ("'mañana'.matches('a+ñ+a+')", TRUE),
        (
            "'\\U0001F431\\U0001F600\\U0001F600'.matches('(a|\\U0001F600){2}')",
            TRUE,
        ),
        ("matches('hello', 'l+')", TRUE),
        ("'a\\nb'.matches('a.b')", FALSE),
        ("'a\\nb'.matches('(?s)a.b')", TRUE),
        ("'A'.matches('(?i)a')", TRUE),
        ("'a1'.matches(r'[[:alpha:]]\\d')", TRUE),
        ("thing.text.matches('^' + 'h')", TRUE),
        ("thing.unread_text.matches('')", UNREAD),
        ("'hello'.matches(thing.unread_text)", UNREAD),
        // A pattern that is only known when the rule runs: an error then.
        ("'hello'.matches(thing.text)", TRUE),
        (
            "'hello'.matches(thing.broken)",
            Error("`(` is not a regular expression"),
        ),
        ("'hello'.matches('(')", Refused("not a regular expression")),
        // RE2 has neither, so that no pattern takes more than linear time.
        (
            "'aa'.matches(r'(a)\\1')",
            Refused("not a regular expression"),
        ),
        (
            "'ab'.matches('a(?=b)')",
            Refused("not a regular expression"),
        ),
    ]);
}

#[test]
fn plus_puts_one_behind_the_other() {
    table(&[
        ("'he' + 'llo' == 'hello'", TRUE),
        ("'hello' + ' ' == 'hello'", FALSE),
        ("'' + 'abc' == 'abc'", TRUE),
        ("'abc' + '' == 'abc'", TRUE),
        ("'' + '' == ''", TRUE),
        ("'¢' + 'ÿ' + 'Ȁ' == '¢ÿȀ'", TRUE),
        ("'a' + 'ÿ' + '\\U0001F431' == 'aÿ\\U0001F431'", TRUE),
        // Put together, not composed: two code points stay two.
        ("('e' + '\\u0301').size() == 2", TRUE),
        ("thing.text + '!' == 'hello!'", TRUE),
        ("thing.text + thing.unread_text == 'hello'", UNREAD),
        (
            "'a' + 1 == 'a1'",
            Refused("`+` is not defined for text and int"),
        ),
        (
            "'a' - 'a' == ''",
            Refused("`-` is not defined for text and text"),
        ),
        (
            "'a' * 2 == 'aa'",
            Refused("`*` is not defined for text and int"),
        ),
        (
            "thing.no_text + '' == ''",
            Refused("`thing.no_text` may be null"),
        ),
    ]);
}

#[test]
fn what_does_not_take_texts_is_refused() {
    table(&[
        (
            "'a'.contains(1)",
            Refused("`contains` does not take (text, int)"),
        ),
        (
            "thing.one.startsWith('1')",
            Refused("`startsWith` does not take (int, text)"),
        ),
        ("'a'.endsWith()", Refused("`endsWith` does not take (text)")),
        (
            "'a'.contains('a', 'b')",
            Refused("`contains` does not take (text, text, text)"),
        ),
        (
            "contains('a', 'a')",
            Refused("`contains` is not called like this"),
        ),
        (
            "thing.no_text.contains('a')",
            Refused("`thing.no_text` may be null"),
        ),
        (
            "'a'.contains(null)",
            Refused("`contains` does not take (text, null)"),
        ),
        (
            "thing.names.contains('foo')",
            Refused("`contains` does not take (list of text, text)"),
        ),
    ]);
}
