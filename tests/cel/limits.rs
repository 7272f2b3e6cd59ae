//! Rules that are too much: a clear word when they load or an unknown when they run, never a crash and never a wait.

use std::time::{Duration, Instant};

use tieout::check::expr::{Complaint, Truth};

use crate::world::{FALSE, TRUE, gaps, judged, table};

/// What is said of a rule that is refused, within a time that an author would wait.
#[track_caller]
fn refused(source: &str) -> Vec<Complaint> {
    let start = Instant::now();
    let complaints = judged(source).expect_err("the rule should be refused");
    let took = start.elapsed();
    assert!(took < Duration::from_secs(5), "it took {took:?}");
    complaints
}

/// Whole within a time that an author would wait.
#[track_caller]
fn truth(source: &str) -> Truth {
    let start = Instant::now();
    let judgement = judged(source).unwrap_or_else(|complaints| panic!("{complaints:?}"));
    let took = start.elapsed();
    assert!(took < Duration::from_secs(20), "it took {took:?}");
    judgement.truth
}

#[test]
fn nesting_without_end_is_refused_where_it_goes_too_deep() {
    const N: usize = 10_000;
    let wrapped = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(N), close.repeat(N))
    };
    for source in [
        wrapped("(", "thing.yes", ")"),
        wrapped("[", "1", "]") + ".size() == 1",
        wrapped("!", "thing.yes", ""),
        wrapped("-", "1", "") + " == 1",
        wrapped("!(", "thing.yes", ")"),
        wrapped("size([", "1", "])") + " == 1",
        wrapped("thing.yes ? thing.yes : ", "thing.yes", ""),
        wrapped("thing.yes ? (", "thing.yes", ") : false"),
        wrapped("[1].all(x, ", "true", ")"),
        wrapped("thing.numbers[", "0", "]") + " == 1",
        "(".repeat(N),
        "[".repeat(N),
        "{".repeat(N),
        "thing".to_owned() + &".next".repeat(N) + ".yes",
        "thing.numbers".to_owned() + &"[0]".repeat(N) + " == 1",
        "'a'".to_owned() + &".lower()".repeat(N) + " == 'a'",
        "1".to_owned() + &" + 1".repeat(N) + " == 1",
        "1".to_owned() + &" * 1".repeat(N) + " == 1",
        "true".to_owned() + &" == true".repeat(N),
        "[1]".to_owned() + &".filter(x, x > 0)".repeat(N) + " == [1]",
        "thing.yes && (".repeat(N) + "thing.yes" + &")".repeat(N),
    ] {
        let complaints = refused(&source);
        let said = complaints.first().unwrap();
        assert_eq!(
            said.message, "nested more than 96 levels deep",
            "{:.60}",
            source
        );
        assert!(said.span.start < 3_000, "{:?} of {:.60}", said.span, source);
    }
}

#[test]
fn what_is_long_and_flat_is_sound() {
    let wide = |part: &str, between: &str| vec![part; 3_000].join(between);
    assert_eq!(truth(&wide("thing.yes", " && ")), Truth::True);
    assert_eq!(truth(&wide("thing.no", " || ")), Truth::False);
    assert_eq!(
        truth(&wide("(thing.yes && (thing.no || thing.yes))", "\n&& ")),
        Truth::True
    );
    assert_eq!(
        truth(&format!("size([{}]) == 3000", wide("thing.one", ", "))),
        Truth::True
    );
    assert_eq!(
        truth(&format!("thing.text in [{}]", wide("'a'", ", "))),
        Truth::False
    );
    assert_eq!(
        truth(&format!("thing.yes // {}", "(".repeat(100_000))),
        Truth::True
    );
    assert_eq!(
        truth(&format!("thing.text != '{}'", "(".repeat(100_000))),
        Truth::True
    );
}

#[test]
fn as_deep_as_may_be_is_sound() {
    let deep = 90;
    let parens = format!("{}thing.yes{}", "(".repeat(deep), ")".repeat(deep));
    assert_eq!(truth(&parens), Truth::True);
    let lists = format!(
        "{}1{} == {}1{}",
        "[".repeat(40),
        "]".repeat(40),
        "[".repeat(40),
        "]".repeat(40)
    );
    assert_eq!(truth(&lists), Truth::True);
    let sum = format!("thing.one{} == 91", " + 1".repeat(deep));
    assert_eq!(truth(&sum), Truth::True);
    let choices = format!("{}thing.yes", "thing.no ? thing.no : ".repeat(deep));
    assert_eq!(truth(&choices), Truth::True);
}

/// Each of these once took twice the time with each level.
#[test]
fn no_construct_doubles_the_work_with_each_level() {
    let mut index = "0".to_owned();
    let mut choice = "thing.yes".to_owned();
    let mut list = "thing.one".to_owned();
    for _ in 0..22 {
        index = format!("(thing.yes ? thing.numbers : thing.nothing)[{index}] - 1");
        choice = format!("({choice} ? thing.some != null : thing.yes)");
        list = format!("[{list}][0]");
    }
    assert_eq!(truth(&format!("{index} == 0")), Truth::True);
    assert_eq!(truth(&choice), Truth::True);
    assert_eq!(truth(&format!("{list} == 1")), Truth::True);
    assert_eq!(truth(&format!("[{list}].all(x, x == 1)")), Truth::True);
}

/// The specification shows both as what no static check finds: a few characters that never come to an end.
#[test]
fn loops_without_end_are_unknown_and_say_why() {
    let mut nested = "thing.yes".to_owned();
    let mut doubled = "['foo']".to_owned();
    let mut longer = "['foo', 'bar']".to_owned();
    for _ in 0..30 {
        nested = format!("[0, 1].all(x, {nested})");
    }
    for _ in 0..29 {
        doubled += ".map(x, x + x)";
    }
    for _ in 0..28 {
        longer += ".map(x, [x + x])[0]";
    }
    longer = longer.replace("['foo', 'bar']", "[['foo', 'bar']]");
    for source in [nested, doubled + " == ['']", longer + ".size() == 0"] {
        let judgement = judged(&source).unwrap_or_else(|complaints| panic!("{complaints:?}"));
        assert_eq!(judgement.truth, Truth::Unknown, "{source}");
        let said: Vec<String> = gaps(&judgement)
            .iter()
            .map(|gap| gap.message.clone())
            .collect();
        assert!(
            said.contains(&"this takes too many steps".to_owned()),
            "{source}: {said:?}"
        );
    }
}

#[test]
fn a_large_loop_is_no_loop_without_end() {
    let thousand = format!("[{}]", vec!["1"; 1_000].join(", "));
    assert_eq!(
        truth(&format!("{thousand}.all(x, {thousand}.all(y, x == y))")),
        Truth::True
    );
}

#[test]
fn patterns_take_linear_time_and_bounded_space() {
    let long = "a".repeat(50_000);
    table(&[
        (&format!("'{long}'.matches('^(a+)+$')"), TRUE),
        (&format!("'{long}!'.matches('^(a+)+$')"), FALSE),
        (&format!("'{long}!'.matches('^(a|a)*$')"), FALSE),
    ]);
    assert!(
        refused("'a'.matches('(a{1000}){1000}')")[0]
            .message
            .contains("size limit")
    );
}

/// What is said of text that is nothing like a rule is short.
#[test]
fn noise_gets_a_few_words() {
    for noise in [
        "@", "'", "\"", "\\", "thing.", "a b ", "&", ")", "é", "\u{0}", "1.2.3 ", "?:", "`",
    ] {
        let complaints = refused(&noise.repeat(5_000));
        assert!(complaints.len() <= 10, "{noise}: {}", complaints.len());
    }
}
