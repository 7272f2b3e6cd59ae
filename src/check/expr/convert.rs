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
    let seconds = i64::try_from(nanos / 1_000_000_000).map_err(|_| wrong())?;
    let below = i32::try_from(nanos % 1_000_000_000).map_err(|_| wrong())?;
    Ok(SignedDuration::new(seconds, below))
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

/// RFC 3339, with an offset.
pub(super) fn timestamp(text: &str) -> Result<Timestamp, String> {
    text.parse()
        .map_err(|_| format!("`{text}` is not a timestamp such as \"2026-01-31T00:00:00Z\""))
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
    fn doubles_that_do_not_fit_are_errors() {
        assert_eq!(int(-2.9), Ok(-2));
        assert!(int(f64::NAN).is_err());
        assert!(int(9.3e18).is_err());
    }
}
