//! Arithmetic: whole numbers that never wrap, doubles as IEEE 754 has them.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

#[test]
fn whole_numbers() {
    table(&[
        ("40 + 2 == 42", TRUE),
        ("42 + (-7) == 35", TRUE),
        ("-4 + (-2) == -6", TRUE),
        ("42 - 12 == 30", TRUE),
        ("42 - (-22) == 64", TRUE),
        ("-42 - (-12) == -30", TRUE),
        ("42 * 2 == 84", TRUE),
        ("40 * (-2) == -80", TRUE),
        ("-30 * (-2) == 60", TRUE),
        ("42 / 2 == 21", TRUE),
        ("7 / 2 == 3", TRUE),
        ("-7 / 2 == -3", TRUE),
        ("-80 / (-2) == 40", TRUE),
        ("47 % 5 == 2", TRUE),
        ("43 % (-5) == 3", TRUE),
        ("-42 % (-5) == -2", TRUE),
        ("-3 % 5 == -3", TRUE),
        ("-(42) == -42", TRUE),
        ("-(-42) == 42", TRUE),
        ("-(0) == 0", TRUE),
        ("15 * 0 == 0", TRUE),
        ("5 * (15 + 25) == 5 * 15 + 5 * 25", TRUE),
        ("thing.one + thing.two == 3", TRUE),
        ("thing.two - thing.one * thing.two == 0", TRUE),
        ("-thing.two == -2", TRUE),
    ]);
}

#[test]
fn overflow_and_division_by_zero_are_errors() {
    let overflows = |symbol: &'static str| match symbol {
        "+" => Error("`+` overflows"),
        "-" => Error("`-` overflows"),
        "*" => Error("`*` overflows"),
        "/" => Error("`/` overflows"),
        other => panic!("{other}"),
    };
    table(&[
        ("thing.most + 1 > 0", overflows("+")),
        ("thing.least + (-1) < 0", overflows("+")),
        ("thing.least - 1 < 0", overflows("-")),
        ("thing.one - (-9223372036854775807) > 0", overflows("-")),
        ("-thing.least > 0", overflows("-")),
        ("thing.least * -1 > 0", overflows("*")),
        ("thing.most * 2 > 0", overflows("*")),
        ("thing.least / -1 > 0", overflows("/")),
        ("thing.one / thing.zero == 0", Error("division by zero")),
        ("thing.one % thing.zero == 0", Error("division by zero")),
        ("thing.least % -1 == 0", Error("`%` overflows")),
        ("thing.most + 1 > 0 || true", TRUE),
        ("thing.most + 1 > 0 && false", FALSE),
        ("thing.most - 1 + 1 == thing.most", TRUE),
    ]);
}

/// CEL would find these when the rule runs. They have no value in any account, so the rule does not load.
#[test]
fn constants_without_a_value_are_refused() {
    table(&[
        ("9223372036854775807 + 1 > 0", Refused("`+` overflows")),
        ("-9223372036854775808 - 1 < 0", Refused("`-` overflows")),
        ("-(-9223372036854775808) > 0", Refused("`-` overflows")),
        ("(-9223372036854775808) / -1 > 0", Refused("`/` overflows")),
        ("5000000000 * 5000000000 > 0", Refused("`*` overflows")),
        ("15 / 0 == 1", Refused("division by zero")),
        ("34 % 0 == 1", Refused("division by zero")),
        ("true || 1 / 0 > 0", Refused("division by zero")),
    ]);
}

#[test]
fn doubles() {
    table(&[
        ("4.25 + 15.25 == 19.5", TRUE),
        ("17.75 + (-7.75) == 10.0", TRUE),
        ("42.0 - 12.0 == 30.0", TRUE),
        ("-4.875 - (-0.125) == -4.75", TRUE),
        ("42.5 * 0.2 == 8.5", TRUE),
        ("-3.0 * (-2.5) == 7.5", TRUE),
        ("0.0625 / 0.002 == 31.25", TRUE),
        ("-2.0 / 2.0 == -1.0", TRUE),
        ("-(4.5) == -4.5", TRUE),
        ("-(0.0) == 0.0", TRUE),
        ("1.0 / -0.0 < 0.0", TRUE),
        ("15.75 / 0.0 > 1e308", TRUE),
        ("2.0 * 8.988466e+307 > 1e308", TRUE),
        ("2.0 * -8.988466e+307 < -1e308", TRUE),
        ("1e-324 / 2.0 == 0.0", TRUE),
        ("0.1 + 0.2 == 0.3", FALSE),
        ("thing.half + thing.half == 1.0", TRUE),
    ]);
}

#[test]
fn an_unread_part_is_an_unread_whole() {
    table(&[
        ("thing.unread_int + 1 == 1", UNREAD),
        ("0 * thing.unread_int == 0", UNREAD),
        ("-thing.unread_int == 0", UNREAD),
        ("thing.unread_int / thing.zero == 0", UNREAD),
        ("thing.unread_int - thing.unread_int == 0", UNREAD),
    ]);
}

#[test]
fn what_cannot_be_calculated_with_is_refused() {
    table(&[
        (
            "1 + 1.0 == 2.0",
            Refused("`+` is not defined for int and double"),
        ),
        (
            "47.5 % 5.5 == 3.5",
            Refused("`%` is not defined for double and double"),
        ),
        ("-false", Refused("`-` is not defined for bool")),
        ("-'a' == 'a'", Refused("`-` is not defined for text")),
        (
            "true + true == 2",
            Refused("`+` is not defined for bool and bool"),
        ),
        ("thing.none + 1 == 1", Refused("`thing.none` may be null")),
        ("null + 1 == 1", Refused("`null` is no value")),
        (
            "thing.tags + thing.tags == thing.tags",
            Refused("`+` is not defined for map"),
        ),
    ]);
}
