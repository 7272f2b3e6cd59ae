//! How far a machine's clock was from the servers': from the `Date` of their answers.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::{Deserialize, Serialize};

use crate::inventory::attempt::Attempt;

/// How far the local clock was ahead of the servers' (behind, where negative), in milliseconds, over all attempts whose answer
/// had a `Date`.
///
/// A `Date` has whole seconds, so its middle is taken, and so is the middle between question and answer. One attempt is right
/// to half a second and half its round trip; the median over many is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The median.
    pub skew_ms: i64,
    /// The least.
    pub least_ms: i64,
    /// The greatest.
    pub greatest_ms: i64,
    /// Over how many attempts.
    pub attempts: u64,
}

impl Clock {
    /// The clock that these skews tell of, each of one attempt; none where there are none.
    pub fn of(mut skews: Vec<i64>) -> Option<Self> {
        skews.sort_unstable();
        Some(Self {
            // Of an even number the lower of the two in the middle: a skew that was measured.
            skew_ms: *skews.get((skews.len().checked_sub(1)?) / 2)?,
            least_ms: *skews.first()?,
            greatest_ms: *skews.last()?,
            attempts: skews.len() as u64,
        })
    }
}

/// By how much the local clock was ahead when an attempt was answered, in milliseconds; none where the answer has no `Date` that reads as one.
pub fn skew(attempt: &Attempt) -> Option<i64> {
    let date = attempt.answer.as_ref()?.date.as_deref()?;
    let server = rfc2822::parse(date).ok()?.timestamp().as_millisecond() + 500;
    let middle = |from: Timestamp, to: Timestamp| {
        let (from, to) = (from.as_millisecond(), to.as_millisecond());
        from + (to - from) / 2
    };
    Some(middle(attempt.started, attempt.ended) - server)
}

#[cfg(test)]
mod tests {
    use super::{Clock, skew};
    use crate::inventory::attempt::Attempt;

    fn attempt(date: &str) -> Attempt {
        let text = format!(
            r#"{{"service":"sts","operation":"GetCallerIdentity","account":"caller","region":"us-east-1","call":1,"attempt":1,
            "request":{{"method":"POST","path":"/"}},"started":"2026-11-24T02:11:09.400Z","ended":"2026-11-24T02:11:09.800Z",
            "answer":{{"status":200,"content_type":null,"request_id":null,"date":{date},"sha256":"","bytes":0,"body":""}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_clock_that_is_right_has_next_to_no_skew() {
        let right = attempt("\"Tue, 24 Nov 2026 02:11:09 GMT\"");
        assert_eq!(skew(&right), Some(100));
        let ahead = attempt("\"Tue, 24 Nov 2026 02:10:09 GMT\"");
        assert_eq!(skew(&ahead), Some(60_100));
    }

    #[test]
    fn what_is_no_date_tells_nothing() {
        for date in ["null", "\"\"", "\"yesterday\""] {
            assert_eq!(skew(&attempt(date)), None, "{date}");
        }
        assert_eq!(Clock::of(Vec::new()), None);
    }

    #[test]
    fn one_slow_answer_does_not_move_the_median() {
        let clock = Clock::of(vec![9_000, 40, -20, 10]).unwrap();
        assert_eq!(
            (clock.least_ms, clock.skew_ms, clock.greatest_ms),
            (-20, 10, 9_000)
        );
        assert_eq!(clock.attempts, 4);
    }
}
