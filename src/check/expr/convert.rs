//! Between text, numbers, instants and durations, as CEL spells them.

use jiff::{SignedDuration, Timestamp};

/// `"2160h"`, `"1h30m"`, `"-1.5s"`: decimal numbers, each with a unit.
pub(super) fn duration(text: &str) -> Result<SignedDuration, String> {
    let wrong = || format!("`{text}` is not a duration such as \"2160h\" or \"1h30m\"");
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(SignedDuration::ZERO);
    }
    if rest.is_empty() {
        return Err(wrong());
    }
    let mut nanos: i128 = 0;
    while !rest.is_empty() {
        let digits = rest
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
            .ok_or_else(wrong)?;
        let (number, after) = rest.split_at(digits);
        let unit_length = after
            .find(|letter: char| letter.is_ascii_digit() || letter == '.')
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(unit_length);
        let scale: i128 = match unit {
            "h" => 3_600_000_000_000,
            "m" => 60_000_000_000,
            "s" => 1_000_000_000,
            "ms" => 1_000_000,
            "us" | "µs" => 1_000,
            "ns" => 1,
            _ => return Err(wrong()),
        };
        nanos = part(number, scale)
            .and_then(|part| nanos.checked_add(part))
            .ok_or_else(wrong)?;
        rest = next;
    }
    let nanos = if negative { -nanos } else { nanos };
    i64::try_from(nanos)
        .map(SignedDuration::from_nanos)
        .map_err(|_| format!("`{text}` is longer than a duration can be, some 290 years"))
}

/// Whether CEL has such a duration: its nanoseconds fit 64 bits.
pub(super) fn is_duration(span: &SignedDuration) -> bool {
    i64::try_from(span.as_nanos()).is_ok()
}

/// One decimal number times its unit, exactly.
fn part(number: &str, scale: i128) -> Option<i128> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || fraction.contains('.') || fraction.len() > 18 {
        return None;
    }
    let whole: i128 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let mut total = whole.checked_mul(scale)?;
    if !fraction.is_empty() {
        let digits: i128 = fraction.parse().ok()?;
        let places = u32::try_from(fraction.len()).ok()?;
        total = total.checked_add(digits.checked_mul(scale)? / 10_i128.checked_pow(places)?)?;
    }
    Some(total)
}

/// Seconds, as CEL writes a duration: `5400s`, `0.5s`.
pub(super) fn duration_text(span: SignedDuration) -> String {
    let nanos = span.subsec_nanos().unsigned_abs();
    let sign = if span.is_negative() { "-" } else { "" };
    let seconds = span.as_secs().unsigned_abs();
    if nanos == 0 {
        format!("{sign}{seconds}s")
    } else {
        let fraction = format!("{nanos:09}");
        format!("{sign}{seconds}.{}s", fraction.trim_end_matches('0'))
    }
}

/// RFC 3339, with an offset, in the years that CEL has. `jiff` alone takes other forms too, and other years.
pub(super) fn timestamp(text: &str) -> Result<Timestamp, String> {
    let shape = ["0000-00-00T00:00:00", "0000-00-00t00:00:00"];
    let digits = |part: &str| part.replace(|letter: char| letter.is_ascii_digit(), "0");
    let (instant, rest) = text.split_at_checked(19).unwrap_or((text, ""));
    let rest = digits(rest);
    let offset = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('0') => fraction.trim_start_matches('0'),
        Some(_) => "",
        None => rest.as_str(),
    };
    Some(text)
        .filter(|_| shape.contains(&digits(instant).as_str()))
        .filter(|_| ["Z", "z", "+00:00", "-00:00"].contains(&offset))
        .and_then(|text| text.parse().ok())
        .filter(is_timestamp)
        .ok_or_else(|| format!("`{text}` is not a timestamp such as \"2026-01-31T00:00:00Z\""))
}

/// Whether CEL has such a timestamp: none before the year 1. None after the year 9999 can come about.
pub(super) fn is_timestamp(time: &Timestamp) -> bool {
    const YEAR_ONE: i128 = -62_135_596_800_000_000_000;
    time.as_nanosecond() >= YEAR_ONE
}

/// Towards zero; an error where the number does not fit.
pub(super) fn int(value: f64) -> Result<i64, String> {
    // The doubles nearest to the ends of i64 lie outside of it.
    if value > -9_223_372_036_854_775_808.0 && value < 9_223_372_036_854_775_808.0 {
        Ok(value.trunc() as i64)
    } else {
        Err(format!("{value} does not fit an int"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        for (text, expected) in [
            ("2160h", Some((7_776_000, 0))),
            ("1h30m", Some((5_400, 0))),
            ("-1.5s", Some((-1, -500_000_000))),
            ("1ms", Some((0, 1_000_000))),
            ("3us7ns", Some((0, 3_007))),
            ("0", Some((0, 0))),
            ("", None),
            ("5", None),
            ("h", None),
            ("1d", None),
            ("1.2.3s", None),
            ("99999999999999999999h", None),
            ("9223372036854775807ns", Some((9_223_372_036, 854_775_807))),
            (
                "-9223372036854775808ns",
                Some((-9_223_372_036, -854_775_808)),
            ),
            ("9223372036854775808ns", None),
        ] {
            let found = duration(text).ok();
            let expected = expected.map(|(seconds, nanos)| SignedDuration::new(seconds, nanos));
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(
            duration_text(SignedDuration::new(-1, -500_000_000)),
            "-1.5s"
        );
        assert_eq!(duration_text(SignedDuration::new(5_400, 0)), "5400s");
    }

    #[test]
    fn timestamps() {
        for (text, sound) in [
            ("2026-01-31T00:00:00Z", true),
            ("2026-01-31t00:00:00z", true),
            ("2026-01-31T00:00:00.5+11:30", true),
            ("2026-01-31T00:00:00.123456789-00:00", true),
            ("0001-01-01T00:00:00Z", true),
            ("0000-12-31T23:59:59Z", false),
            ("10000-01-01T00:00:00Z", false),
            ("2026-01-31", false),
            ("2026-01-31 00:00:00Z", false),
            ("2026-01-31T00Z", false),
            ("2026-01-31T00:00:00", false),
            ("2026-01-31T00:00:00.Z", false),
            ("2026-01-31T00:00:00+11", false),
            ("2026-01-31T00:00:00Z[UTC]", false),
            ("20260131T000000Z", false),
            ("2026-02-30T00:00:00Z", false),
            ("2026-01-31T00:00:00€", false),
            ("", false),
        ] {
            assert_eq!(timestamp(text).is_ok(), sound, "{text}");
        }
    }

    #[test]
    fn doubles_that_do_not_fit_are_errors() {
        assert_eq!(int(-2.9), Ok(-2));
        assert!(int(f64::NAN).is_err());
        assert!(int(9.3e18).is_err());
    }
}
