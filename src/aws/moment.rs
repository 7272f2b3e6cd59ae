//! Instants in the answers of services that we call without an SDK crate of their own.

use std::fmt;

use jiff::Timestamp;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// An instant, UTC, to the second. AWS sends it as seconds since 1970, whole or with a fraction, or in ISO 8601; which of
/// them depends on protocol and member. <https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait>
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub Timestamp);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl Visitor<'_> for Reader {
    type Value = Moment;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("seconds since 1970 or an ISO 8601 time")
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<Moment, E> {
        Timestamp::from_second(seconds)
            .map(Moment)
            .map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<Moment, E> {
        self.visit_i64(i64::try_from(seconds).map_err(E::custom)?)
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<Moment, E> {
        // A double holds every second of the next million years; what it cannot hold is no time of AWS's.
        if !(-1e12..1e12).contains(&seconds) {
            return Err(E::custom(format!("{seconds} is no time")));
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the fraction is meant to go, and the range is checked"
        )]
        self.visit_i64(seconds.floor() as i64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
        let time: Timestamp = text.trim().parse().map_err(E::custom)?;
        self.visit_i64(time.as_second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_the_same_instant() {
        for text in [
            "1735689600",
            "1735689600.75",
            "1.7356896E9",
            "\"2025-01-01T00:00:00Z\"",
            "\"2025-01-01T00:00:00.750Z\"",
            "\"2025-01-01T00:00:00.750+0000\"",
        ] {
            let Moment(time) = serde_json::from_str(text).unwrap();
            assert_eq!(time.to_string(), "2025-01-01T00:00:00Z", "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_malformed() {
        for text in ["\"\"", "\"yesterday\"", "null", "1e300", "true"] {
            assert!(serde_json::from_str::<Moment>(text).is_err(), "{text}");
        }
    }
}
