//! The functions CEL itself has.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::super::convert;
use super::super::trouble::{Trouble, unfit};
use super::super::types::Type;
use super::super::value::Value;
use super::{Function, Run, Style};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "size",
        signature: "size(text | list | map) -> int",
        doc: "Characters of a text, elements of a list, entries of a map.",
        style: Style::Both,
        types: |given| {
            matches!(
                given,
                [Type::Text | Type::List(_) | Type::Map(_) | Type::Wrong]
            )
            .then_some(Type::Int)
        },
        run: Run::Pure(size),
    },
    Function {
        name: "contains",
        signature: "text.contains(text) -> bool",
        doc: "Whether the one text is within the other.",
        style: Style::Method,
        types: two_texts,
        run: Run::Pure(|given| on_texts(given, |text, part| text.contains(part))),
    },
    Function {
        name: "startsWith",
        signature: "text.startsWith(text) -> bool",
        doc: "Whether a text begins with the other.",
        style: Style::Method,
        types: two_texts,
        run: Run::Pure(|given| on_texts(given, |text, part| text.starts_with(part))),
    },
    Function {
        name: "endsWith",
        signature: "text.endsWith(text) -> bool",
        doc: "Whether a text ends with the other.",
        style: Style::Method,
        types: two_texts,
        run: Run::Pure(|given| on_texts(given, |text, part| text.ends_with(part))),
    },
    Function {
        name: "matches",
        signature: "text.matches(text) -> bool",
        doc: "Whether a regular expression is found in a text; `^` and `$` hold it to the whole.",
        style: Style::Both,
        types: two_texts,
        run: Run::Pure(matches_pattern),
    },
    Function {
        name: "timestamp",
        signature: "timestamp(text) -> timestamp",
        doc: "An instant written as RFC 3339: \"2026-01-31T00:00:00Z\".",
        style: Style::Function,
        types: |given| {
            matches!(given, [Type::Text | Type::Time | Type::Wrong]).then_some(Type::Time)
        },
        run: Run::Pure(|given| match given {
            [Value::Text(text)] => Ok(Value::Time(convert::timestamp(text)?)),
            [Value::Time(time)] => Ok(Value::Time(*time)),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "duration",
        signature: "duration(text) -> duration",
        doc: "A span of time in h, m, s, ms, us or ns: \"2160h\", \"1h30m\".",
        style: Style::Function,
        types: |given| {
            matches!(given, [Type::Text | Type::Span | Type::Wrong]).then_some(Type::Span)
        },
        run: Run::Pure(|given| match given {
            [Value::Text(text)] => Ok(Value::Span(convert::duration(text)?)),
            [Value::Span(span)] => Ok(Value::Span(*span)),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "int",
        signature: "int(double | text | timestamp) -> int",
        doc: "A double cut to its whole part, digits read, an instant in seconds since 1970.",
        style: Style::Function,
        types: |given| {
            matches!(
                given,
                [Type::Int | Type::Double | Type::Text | Type::Time | Type::Wrong]
            )
            .then_some(Type::Int)
        },
        run: Run::Pure(|given| match given {
            [Value::Int(value)] => Ok(Value::Int(*value)),
            [Value::Double(value)] => Ok(Value::Int(convert::int(*value)?)),
            [Value::Time(time)] => Ok(Value::Int(time.as_second())),
            [Value::Text(text)] => text
                .parse()
                .map(Value::Int)
                .map_err(|_| Trouble::Fault(format!("`{text}` is not an int"))),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "double",
        signature: "double(int | text) -> double",
        doc: "The same number as a double.",
        style: Style::Function,
        types: |given| {
            matches!(given, [Type::Int | Type::Double | Type::Text | Type::Wrong])
                .then_some(Type::Double)
        },
        run: Run::Pure(|given| match given {
            [Value::Int(value)] => Ok(Value::Double(*value as f64)),
            [Value::Double(value)] => Ok(Value::Double(*value)),
            [Value::Text(text)] => text
                .parse()
                .map(Value::Double)
                .map_err(|_| Trouble::Fault(format!("`{text}` is not a double"))),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "string",
        signature: "string(int | double | bool | timestamp | duration) -> text",
        doc: "The value written out.",
        style: Style::Function,
        types: |given| match given {
            [kind] => (kind.is_ordered()).then_some(Type::Text),
            _ => None,
        },
        run: Run::Pure(|given| match given {
            [Value::Text(text)] => Ok(Value::Text(text.clone())),
            [Value::Bool(value)] => Ok(Value::text(value.to_string())),
            [Value::Int(value)] => Ok(Value::text(value.to_string())),
            [Value::Double(value)] => Ok(Value::text(value.to_string())),
            [Value::Time(value)] => Ok(Value::text(value.to_string())),
            [Value::Span(value)] => Ok(Value::text(convert::duration_text(*value))),
            _ => Err(unfit()),
        }),
    },
    Function {
        name: "getFullYear",
        signature: "timestamp.getFullYear() -> int",
        doc: "The year, UTC.",
        style: Style::Method,
        types: of_time,
        run: Run::Pure(|given| calendar(given, |date| i64::from(date.year()))),
    },
    Function {
        name: "getMonth",
        signature: "timestamp.getMonth() -> int",
        doc: "The month, from 0, UTC.",
        style: Style::Method,
        types: of_time,
        run: Run::Pure(|given| calendar(given, |date| i64::from(date.month()) - 1)),
    },
    Function {
        name: "getDate",
        signature: "timestamp.getDate() -> int",
        doc: "The day of the month, from 1, UTC.",
        style: Style::Method,
        types: of_time,
        run: Run::Pure(|given| calendar(given, |date| i64::from(date.day()))),
    },
    Function {
        name: "getDayOfMonth",
        signature: "timestamp.getDayOfMonth() -> int",
        doc: "The day of the month, from 0, UTC.",
        style: Style::Method,
        types: of_time,
        run: Run::Pure(|given| calendar(given, |date| i64::from(date.day()) - 1)),
    },
    Function {
        name: "getDayOfWeek",
        signature: "timestamp.getDayOfWeek() -> int",
        doc: "The day of the week, from 0 for Sunday, UTC.",
        style: Style::Method,
        types: of_time,
        run: Run::Pure(|given| {
            calendar(given, |date| {
                i64::from(date.weekday().to_sunday_zero_offset())
            })
        }),
    },
    Function {
        name: "getDayOfYear",
        signature: "timestamp.getDayOfYear() -> int",
        doc: "The day of the year, from 0, UTC.",
        style: Style::Method,
        types: of_time,
        run: Run::Pure(|given| calendar(given, |date| i64::from(date.day_of_year()) - 1)),
    },
    Function {
        name: "getHours",
        signature: "(timestamp | duration).getHours() -> int",
        doc: "The hour of the day, UTC; of a duration, all its hours.",
        style: Style::Method,
        types: of_time_or_span,
        run: Run::Pure(|given| clock(given, |date| i64::from(date.hour()), |span| span.as_hours())),
    },
    Function {
        name: "getMinutes",
        signature: "(timestamp | duration).getMinutes() -> int",
        doc: "The minute of the hour, UTC; of a duration, all its minutes.",
        style: Style::Method,
        types: of_time_or_span,
        run: Run::Pure(|given| {
            clock(
                given,
                |date| i64::from(date.minute()),
                |span| span.as_mins(),
            )
        }),
    },
    Function {
        name: "getSeconds",
        signature: "(timestamp | duration).getSeconds() -> int",
        doc: "The second of the minute; of a duration, all its seconds.",
        style: Style::Method,
        types: of_time_or_span,
        run: Run::Pure(|given| {
            clock(
                given,
                |date| i64::from(date.second()),
                |span| span.as_secs(),
            )
        }),
    },
    Function {
        name: "getMilliseconds",
        signature: "(timestamp | duration).getMilliseconds() -> int",
        doc: "The milliseconds beyond the second.",
        style: Style::Method,
        types: of_time_or_span,
        run: Run::Pure(|given| {
            clock(
                given,
                |date| i64::from(date.millisecond()),
                |span| i64::from(span.subsec_millis()),
            )
        }),
    },
];

pub(super) fn two_texts(given: &[Type]) -> Option<Type> {
    matches!(given, [Type::Text | Type::Wrong, Type::Text | Type::Wrong]).then_some(Type::Bool)
}

fn of_time(given: &[Type]) -> Option<Type> {
    matches!(given, [Type::Time | Type::Wrong]).then_some(Type::Int)
}

fn of_time_or_span(given: &[Type]) -> Option<Type> {
    matches!(given, [Type::Time | Type::Span | Type::Wrong]).then_some(Type::Int)
}

fn size<'a>(given: &[Value<'a>]) -> Result<Value<'a>, Trouble> {
    let size = match given {
        [Value::Text(text)] => text.chars().count(),
        [Value::List(list)] => list.size()?,
        [Value::Map(entries)] => entries.len(),
        _ => return Err(unfit()),
    };
    i64::try_from(size).map(Value::Int).map_err(|_| unfit())
}

pub(super) fn on_texts<'a>(
    given: &[Value<'a>],
    holds: impl Fn(&str, &str) -> bool,
) -> Result<Value<'a>, Trouble> {
    match given {
        [Value::Text(a), Value::Text(b)] => Ok(Value::Bool(holds(a, b))),
        _ => Err(unfit()),
    }
}

/// A pattern that is itself a fact or a parameter; literal ones are compiled when the rule loads.
fn matches_pattern<'a>(given: &[Value<'a>]) -> Result<Value<'a>, Trouble> {
    match given {
        [Value::Text(text), Value::Text(pattern)] => regex::Regex::new(pattern)
            .map(|regex| Value::Bool(regex.is_match(text)))
            .map_err(|_| Trouble::Fault(format!("`{pattern}` is not a regular expression"))),
        _ => Err(unfit()),
    }
}

fn utc(time: Timestamp) -> DateTime {
    Offset::UTC.to_datetime(time)
}

fn calendar<'a>(given: &[Value<'a>], part: impl Fn(DateTime) -> i64) -> Result<Value<'a>, Trouble> {
    match given {
        [Value::Time(time)] => Ok(Value::Int(part(utc(*time)))),
        _ => Err(unfit()),
    }
}

fn clock<'a>(
    given: &[Value<'a>],
    of_day: impl Fn(DateTime) -> i64,
    of_span: impl Fn(jiff::SignedDuration) -> i64,
) -> Result<Value<'a>, Trouble> {
    match given {
        [Value::Time(time)] => Ok(Value::Int(of_day(utc(*time)))),
        [Value::Span(span)] => Ok(Value::Int(of_span(*span))),
        _ => Err(unfit()),
    }
}
