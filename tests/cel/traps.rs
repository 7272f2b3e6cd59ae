//! The traps of the crate that parses our rules, each of which turned an unread fact into a pass. We take its parser and
//! nothing else; these tests fail for any evaluator that falls into one.

use tieout::check::expr::Truth;

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, gaps, judged, table};

/// Its `all` and `exists` end at the first error. A later element decides.
#[test]
fn all_and_exists_go_on_after_an_error() {
    table(&[
        ("[thing.unread, thing.no].all(x, x)", FALSE),
        ("[thing.unread, thing.yes].all(x, x)", UNREAD),
        ("[thing.unread, thing.yes].exists(x, x)", TRUE),
        ("[thing.unread, thing.no].exists(x, x)", UNREAD),
        ("[0, 1].all(x, 2 / x > 5)", FALSE),
        ("[0, 1].all(x, 2 / x > 1)", Error("division by zero")),
        ("[0, 1].exists(x, 2 / x == 2)", TRUE),
        ("[0, 1].exists(x, 2 / x == 3)", Error("division by zero")),
        (
            "thing.all.exists(other, other.unread || other.one == 1)",
            TRUE,
        ),
    ]);
}

/// A list whose iterator swallows an element that was not read ends there: `all` of the rest is never asked, and the
/// rule passes. Wherever the gap stands, it leaves a trace and no verdict.
#[test]
fn an_unread_element_does_not_end_the_list() {
    table(&[
        ("[thing.unread, thing.no].all(x, x)", FALSE),
        ("[thing.yes, thing.unread, thing.no].all(x, x)", FALSE),
        ("[thing.yes, thing.unread].all(x, x)", UNREAD),
        ("[thing.unread_int, 2].exists(n, n == 2)", TRUE),
        // `cut` is 1, unread, 3.
        ("thing.cut.all(n, n != 3)", FALSE),
        ("thing.cut.all(n, n > 0)", UNREAD),
        ("thing.cut.exists(n, n == 3)", TRUE),
        ("!thing.cut.exists(n, n == 2)", UNREAD),
        ("!(2 in thing.cut)", UNREAD),
        ("thing.cut.exists_one(n, n == 1)", UNREAD),
        ("thing.cut.filter(n, n > 2) == []", UNREAD),
        ("thing.cut.map(n, n).all(n, n > 0)", UNREAD),
        ("size(thing.cut) == 1", UNREAD),
    ]);
    let judgement = judged("thing.cut.all(n, n > 0)").unwrap();
    assert_eq!(judgement.truth, Truth::Unknown);
    let read: Vec<String> = judgement
        .evidence
        .iter()
        .map(|reading| reading.path.to_string())
        .collect();
    assert_eq!(read, ["thing.cut[0]", "thing.cut[1]", "thing.cut[2]"]);
    assert_eq!(gaps(&judgement).len(), 1);
}

/// Its optional syntax turns what is unread into a default. It is not even parsed.
#[test]
fn there_is_no_optional_syntax() {
    const NONE: crate::world::Comes = Refused("optional syntax does not exist in rules");
    table(&[
        ("thing.?unread.orValue(true)", NONE),
        ("thing.unread_tags.?owner.orValue('ann') == 'ann'", NONE),
        ("thing.unread_tags[?'owner'].orValue('ann') == 'ann'", NONE),
        ("thing.unread_list[?0].orValue(1) == 1", NONE),
        ("[?thing.unread_maybe].size() == 0", NONE),
        ("thing.?unread.hasValue()", NONE),
        (
            "thing.tags.owner.orValue('x') == 'x'",
            Refused("no function `orValue`"),
        ),
        ("thing.unread.hasValue()", Refused("no function `hasValue`")),
        (
            "optional.of(thing.unread).hasValue()",
            Refused("no function `hasValue`"),
        ),
        ("optional.none() == null", Refused("no function `none`")),
    ]);
}

/// Its `has` and `in` come to false where the field was not read. Unread is neither there nor not.
#[test]
fn has_and_in_of_an_unread_field_are_errors() {
    table(&[
        ("has(thing.unread_tags.owner)", UNREAD),
        ("!has(thing.unread_tags.owner)", UNREAD),
        ("'owner' in thing.unread_tags", UNREAD),
        ("!('owner' in thing.unread_tags)", UNREAD),
        ("1 in thing.unread_list", UNREAD),
        ("!(1 in thing.unread_list)", UNREAD),
        ("thing.unread_tags.exists(key, key == 'owner')", UNREAD),
        ("has(thing.unread)", Refused("`has` is for keys of maps")),
        (
            "!has(thing.unread_maybe)",
            Refused("`has` is for keys of maps"),
        ),
    ]);
}

/// It compares any two values, and two that can never be equal come to false without a word.
#[test]
fn comparisons_that_cannot_come_true_are_caught_when_the_rule_loads() {
    table(&[
        ("null == false", Refused("`false` is never null")),
        (
            "thing.unread == null",
            Refused("`thing.unread` is never null"),
        ),
        ("1 == '1'", Refused("int never equals text")),
        ("thing.one != '1'", Refused("int never equals text")),
        ("thing.text == thing.one", Refused("text never equals int")),
        ("thing.yes == 'true'", Refused("bool never equals text")),
        (
            "'1' in thing.numbers",
            Refused("text is never in list of int"),
        ),
        (
            "thing.numbers == ['1']",
            Refused("list of int never equals list of text"),
        ),
        (
            "thing.tags.owner == thing.tags",
            Refused("text never equals map of text"),
        ),
    ]);
}
