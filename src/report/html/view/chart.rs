//! Charts as numbers for SVG. A chart repeats the figures beside it and never stands alone.

use serde::Serialize;

use crate::criteria::result::ResultCounts;
use crate::report::Counted;
use crate::report::text::number;

/// One coloured part of a bar or ring.
#[derive(Debug, Serialize)]
pub(super) struct Segment {
    /// Names the colour: `pass`.
    class: &'static str,
    /// As the legend says it.
    label: &'static str,
    count: String,
    /// Where it starts and how long it is, in hundredths of the whole.
    from: String,
    length: String,
    /// What is left of the ring after it.
    rest: String,
    /// Where a ring's dash starts, counted back from its end.
    offset: String,
}

/// A whole, in parts.
#[derive(Debug, Serialize)]
pub(super) struct Chart {
    segments: Vec<Segment>,
    /// The same in words.
    alternative: String,
    empty: bool,
}

impl Chart {
    /// Verdicts by outcome. What does not apply is no part of the whole.
    pub(super) fn of_outcomes(outcomes: &Counted) -> Self {
        let tally = outcomes.tally;
        Self::new(&[
            ("fail", "fail", tally.fail),
            ("unknown", "unknown", tally.unknown + outcomes.unlisted),
            ("waived", "waived", tally.waived),
            ("pass", "pass", tally.pass),
        ])
    }

    /// Criteria by result.
    pub(super) fn of_results(results: &ResultCounts) -> Self {
        Self::new(&[
            ("fail", "exceptions", results.exceptions),
            ("unknown", "incomplete", results.incomplete),
            ("pass", "supported", results.supported),
            ("inherited", "inherited", results.inherited),
            ("attested", "attested", results.attested),
        ])
    }

    fn new(parts: &[(&'static str, &'static str, u64)]) -> Self {
        let whole: u64 = parts.iter().map(|(.., count)| count).sum();
        let mut from = 0.0;
        let mut segments = Vec::new();
        for (class, label, count) in parts.iter().filter(|(.., count)| *count > 0) {
            let length = 100.0 * *count as f64 / whole as f64;
            segments.push(Segment {
                class,
                label,
                count: number(*count),
                from: hundredths(from),
                length: hundredths(length),
                rest: hundredths(100.0 - length),
                // A ring starts at three o'clock; a quarter turn back is noon.
                offset: hundredths(125.0 - from),
            });
            from += length;
        }
        let said: Vec<String> = segments
            .iter()
            .map(|segment| format!("{} {}", segment.count, segment.label))
            .collect();
        Self {
            empty: segments.is_empty(),
            alternative: if said.is_empty() {
                "nothing".to_owned()
            } else {
                said.join(", ")
            },
            segments,
        }
    }
}

fn hundredths(value: f64) -> String {
    format!("{value:.3}")
}
