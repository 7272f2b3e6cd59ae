//! What is taken out of an answer before it is kept or read.
//!
//! A scan must hold no secret. Redaction happens before the SDK parses the answer, so a scan and its replay read
//! the same bytes; the digest is that of the answer as it arrived, and the attempt names what was taken out.

use regex::Regex;
use std::sync::LazyLock;

/// A place in the answers of an operation where a secret may stand: the call, the name of the place, the pattern, whose
/// first group stays, and what stands there instead of the rest.
struct Place {
    call: &'static str,
    name: &'static str,
    pattern: Option<Regex>,
    instead: &'static str,
}

macro_rules! place {
    ($call:literal, $name:literal, $pattern:expr, $instead:literal) => {
        Place {
            call: $call,
            name: $name,
            pattern: Regex::new($pattern).ok(),
            instead: $instead,
        }
    };
}

/// A member of a JSON answer that holds an object without objects in it: it loses what it holds.
macro_rules! object {
    ($call:literal, $name:literal) => {
        place!(
            $call,
            $name,
            concat!(
                r#"(""#,
                $name,
                r#""\s*:\s*)\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\}"#
            ),
            "${1}{}"
        )
    };
}

/// A contact of a registered domain, which holds a list of objects.
macro_rules! contact {
    ($name:literal) => {
        place!(
            "route53domains:GetDomainDetail",
            $name,
            concat!(
                r#"(""#,
                $name,
                r#""\s*:\s*)\{(?:[^{}"]|"(?:[^"\\]|\\.)*"|\{(?:[^{}"]|"(?:[^"\\]|\\.)*")*\})*\}"#
            ),
            "${1}{}"
        )
    };
}

static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    vec![
        // Variables, and headers that are set on the way to the server behind, may hold keys.
        object!("apigateway:GetResources", "requestParameters"),
        object!("apigateway:GetResources", "requestTemplates"),
        object!("apigateway:GetStages", "variables"),
        object!("apigateway:GetStages", "stageVariableOverrides"),
        object!("apigatewayv2:GetStages", "stageVariables"),
        // The secret by which an origin knows that it is CloudFront who asks.
        place!(
            "cloudfront:GetDistributionConfig",
            "HeaderValue",
            r"(<HeaderValue>)[^<]*",
            "${1}[redacted]"
        ),
        place!(
            "cloudfront:ListDistributions",
            "HeaderValue",
            r"(<HeaderValue>)[^<]*",
            "${1}[redacted]"
        ),
        // Who a domain is registered to, where they live and their telephone: nothing that a check reads.
        contact!("AdminContact"),
        contact!("BillingContact"),
        contact!("RegistrantContact"),
        contact!("TechContact"),
        // Webhook addresses carry their tokens in path and query; the scheme and host stay.
        place!(
            "sns:ListSubscriptions",
            "Endpoint",
            r"(<Endpoint>\s*https?://[^/<\s]*)(/[^<]*)",
            "${1}/[redacted]"
        ),
        // What a rule looks for may be the secret of a header.
        place!(
            "wafv2:GetWebACL",
            "SearchString",
            r#"("SearchString"\s*:\s*")[^"]*"#,
            "${1}"
        ),
    ]
});

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
            body = pattern.replace_all(&body, place.instead).into_owned();
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
    fn an_object_loses_what_it_holds_and_the_answer_stays_json() {
        let body = r#"{"item":[{"stageName":"a","variables":{"key":"s}cr\"et","url":"x"},"tags":{"b":"c"}}]}"#;
        let (kept, redacted) = redact("apigateway", "GetStages", body.to_owned());
        assert_eq!(
            kept,
            r#"{"item":[{"stageName":"a","variables":{},"tags":{"b":"c"}}]}"#
        );
        assert_eq!(redacted, ["variables"]);
    }

    #[test]
    fn a_contact_is_taken_out_with_all_that_it_holds() {
        let body = r#"{"AdminContact":{"City":"Oslo","ExtraParams":[{"Name":"BIRTH","Value":"1}"}]},"AdminPrivacy":true}"#;
        let (kept, redacted) = redact("route53domains", "GetDomainDetail", body.to_owned());
        assert_eq!(kept, r#"{"AdminContact":{},"AdminPrivacy":true}"#);
        assert_eq!(redacted, ["AdminContact"]);
    }

    #[test]
    fn a_header_for_the_origin_keeps_its_name() {
        let body = "<HeaderName>x-from</HeaderName><HeaderValue>secret</HeaderValue><HeaderValue></HeaderValue>";
        let (kept, _) = redact("cloudfront", "ListDistributions", body.to_owned());
        assert!(
            !kept.contains("secret") && kept.contains("x-from"),
            "{kept}"
        );
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
