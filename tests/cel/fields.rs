//! Fields, keys of maps, links.

use crate::world::{Error, FALSE, Refused, TRUE, UNREAD, table};

#[test]
fn fields_of_resources_and_records() {
    table(&[
        ("thing.yes", TRUE),
        ("thing.one == 1", TRUE),
        ("thing.parts[0].name == 'lid'", TRUE),
        ("thing.parts[1].size == 2", TRUE),
        ("thing\n  .parts[0]\n  .name == 'lid' // the first", TRUE),
        ("thing.unread", UNREAD),
        ("thing.parts[0].sealed", TRUE),
        ("thing.parts[1].sealed", UNREAD),
        (
            "(thing.yes ? thing.parts[0] : thing.parts[1]).name == 'lid'",
            TRUE,
        ),
        (
            "(thing.no ? thing.parts[0] : thing.parts[1]).name == 'lid'",
            FALSE,
        ),
        (
            "(thing.unread ? thing.parts[0] : thing.parts[1]).size > 0",
            UNREAD,
        ),
    ]);
}

#[test]
fn keys_of_maps() {
    table(&[
        ("thing.tags.owner == 'ann'", TRUE),
        ("thing.tags['owner'] == 'ann'", TRUE),
        ("thing.tags['content-type'] == 'text'", TRUE),
        ("thing.tags['a.b'] == 'dotted'", TRUE),
        ("thing.tags['own' + 'er'] == thing.tags.owner", TRUE),
        ("thing.tags[thing.text] == 'x'", Error("no key `hello`")),
        ("thing.tags.colour == 'red'", Error("no key `colour`")),
        ("thing.tags['Owner'] == 'ann'", Error("no key `Owner`")),
        ("thing.tags.colour == 'red' || true", TRUE),
        ("thing.tags.colour == 'red' || false", Error("no key")),
        ("thing.tags.colour == 'red' && false", FALSE),
        ("thing.tags.colour == 'red' && true", Error("no key")),
        ("true || thing.tags.colour == 'red'", TRUE),
        ("false && thing.tags.colour == 'red'", FALSE),
        ("thing.unread_tags.owner == 'ann'", UNREAD),
        ("thing.tags[thing.unread_text] == 'ann'", UNREAD),
    ]);
}

#[test]
fn in_a_map_is_among_its_keys() {
    table(&[
        ("'owner' in thing.tags", TRUE),
        ("'ann' in thing.tags", FALSE),
        ("'owner' in thing.no_tags", FALSE),
        ("'a.b' in thing.tags", TRUE),
        ("!('colour' in thing.tags)", TRUE),
        ("'owner' in thing.unread_tags", UNREAD),
        ("thing.unread_text in thing.tags", UNREAD),
        (
            "'colour' in thing.tags ? thing.tags.colour == 'red' : true",
            TRUE,
        ),
        ("1 in thing.tags", Refused("int is never in map of text")),
    ]);
}

#[test]
fn size_of_a_map_is_its_entries() {
    table(&[
        ("size(thing.tags) == 3", TRUE),
        ("thing.no_tags.size() == 0", TRUE),
        ("size(thing.unread_tags) == 0", UNREAD),
    ]);
}

#[test]
fn along_links_to_other_resources() {
    table(&[
        ("thing.next.unread_int == 1", UNREAD),
        ("thing.next.yes", UNREAD),
        ("thing.next.yes || true", TRUE),
        ("thing.before == null || thing.before.yes", TRUE),
        ("thing.before != null && thing.before.yes", FALSE),
        ("thing.before.yes", Refused("`thing.before` may be null")),
        ("size(thing.all) == 2", TRUE),
        ("thing.all.exists(other, other == thing)", TRUE),
        ("thing.all.exists(other, other.one == 1)", TRUE),
        ("thing.all.all(other, other.one == 1)", UNREAD),
        ("thing.all[0] == thing", TRUE),
        ("thing in thing.all", TRUE),
        ("thing.next in thing.all", TRUE),
    ]);
}

/// `found` holds the same two, and perhaps more: its listing broke off.
#[test]
fn along_links_that_may_lead_further() {
    table(&[
        ("thing.found.exists(other, other == thing)", TRUE),
        ("thing.found.exists(other, false)", UNREAD),
        ("thing.found.all(other, other == thing)", FALSE),
        ("thing.found.all(other, true)", UNREAD),
        ("thing.found.exists_one(other, other == thing)", UNREAD),
        ("size(thing.found) == 2", UNREAD),
        ("size(thing.found) >= 0", UNREAD),
        ("thing in thing.found", TRUE),
        ("thing.found[0] == thing", UNREAD),
        (
            "thing.found.filter(other, other == thing).size() == 1",
            UNREAD,
        ),
        ("thing.found.map(other, 1) == [1, 1]", UNREAD),
        (
            "(thing.found + thing.all).exists(other, other == thing)",
            TRUE,
        ),
        ("size(thing.all + thing.found) == 4", UNREAD),
    ]);
}

#[test]
fn now_and_parameters() {
    table(&[
        ("now == timestamp('2026-01-31T12:30:15.250Z')", TRUE),
        ("params.days == 30", TRUE),
        ("now - thing.born > days(params.days)", TRUE),
        ("thing.text.matches(params.pattern)", TRUE),
        ("params", Refused("`params` is not a value")),
        (
            "params.day == 30",
            Refused("the check has no parameter `day`"),
        ),
        ("params['days'] == 30", Refused("`params` is not a value")),
    ]);
}

#[test]
fn names_that_there_are_not() {
    table(&[
        ("thing.nosuch", Refused("test.thing has no field `nosuch`")),
        (
            "thing.parts[0].nosuch == 1",
            Refused("thing.parts[0] has no field `nosuch`"),
        ),
        (
            "thing['yes']",
            Refused("test.thing cannot be indexed by text"),
        ),
        (
            "thing.one.nosuch == 1",
            Refused("`thing.one` is int, which has no fields"),
        ),
        (
            "thing.numbers.pancakes == 1",
            Refused("`thing.numbers` is list of int, which has no fields"),
        ),
        ("other.yes", Refused("no variable `other`")),
        ("account.yes", Refused("no variable `account`")),
        ("nosuch(1)", Refused("no function `nosuch`")),
        ("thing.nosuch()", Refused("no function `nosuch`")),
        ("type(1) == int", Refused("no function `type`")),
        ("dyn(1) == 1", Refused("no function `dyn`")),
        ("{'a': 1}.a == 1", Refused("rules have no `{…}` literals")),
        (
            "Thing{yes: true}.yes",
            Refused("rules have no `{…}` literals"),
        ),
        (
            "thing.tags.`content-type` == 'text'",
            Refused("not CEL: unsupported syntax"),
        ),
        ("if == 1", Refused("not CEL")),
        ("thing.in", Refused("not CEL")),
    ]);
}
