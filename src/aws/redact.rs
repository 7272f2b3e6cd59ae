//! What is taken out of an answer before it is kept or read.
//!
//! A scan must hold no secret. Redaction happens before the SDK parses the answer, so a scan and its replay read
//! the same bytes; the digest is that of the answer as it arrived, and the attempt names what was taken out.

use regex::Regex;
use std::sync::LazyLock;

/// A place in the answers of an operation where a secret may stand: `(call, name of the place, pattern whose first
/// group stays and whose second goes)`.
struct Place {
    call: &'static str,
    name: &'static str,
    pattern: LazyLock<Option<Regex>>,
}

macro_rules! place {
    ($call:literal, $name:literal, $pattern:literal) => {
        Place {
            call: $call,
            name: $name,
            pattern: LazyLock::new(|| Regex::new($pattern).ok()),
        }
    };
}

static PLACES: [Place; 1] = [
    // Webhook addresses carry their tokens in path and query; the scheme and host stay.
    place!(
        "sns:ListSubscriptions",
        "Endpoint",
        r"(<Endpoint>\s*https?://[^/<\s]*)(/[^<]*)"
    ),
];

/// The body without secrets, and the names of the places they stood in.
pub(super) fn redact(service: &str, operation: &str, body: String) -> (String, Vec<String>) {
    let call = format!("{service}:{operation}");
    let mut body = body;
    let mut redacted = Vec::new();
    for place in PLACES.iter().filter(|place| place.call == call) {
        let Some(pattern) = place.pattern.as_ref() else {
            continue;
        };
        if pattern.is_match(&body) {
            body = pattern.replace_all(&body, "${1}/[redacted]").into_owned();
            redacted.push(place.name.to_owned());
        }
    }
    (body, redacted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert!(PLACES.iter().all(|place| place.pattern.is_some()));
    }

    #[test]
    fn a_webhook_keeps_its_host_and_loses_its_token() {
        let body = "<member><Endpoint>https://hooks.example.com/T0/secret</Endpoint><Protocol>https</Protocol></member>";
        let (kept, redacted) = redact("sns", "ListSubscriptions", body.to_owned());
        assert_eq!(
            kept,
            "<member><Endpoint>https://hooks.example.com/[redacted]</Endpoint><Protocol>https</Protocol></member>"
        );
        assert_eq!(redacted, ["Endpoint"]);
    }

    #[test]
    fn other_answers_stay_as_they_are() {
        let body = "<member><Endpoint>ops@example.com</Endpoint></member>";
        assert_eq!(
            redact("sns", "ListSubscriptions", body.to_owned()),
            (body.to_owned(), vec![])
        );
    }
}
