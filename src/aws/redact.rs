//! What is taken out of an answer before it is kept or read.
//!
//! A scan must hold no secret, and must be able to say that one stands where it should not. Redaction happens before
//! anything parses the answer, so a scan and its replay read the same bytes; the digest is that of the answer as it
//! arrived, and the attempt names what was taken out. In the place of a value stays a marker that says what the value
//! looked like, and nothing of it: `[redacted]`, or `[redacted: looks like an AWS access key]`.
//!
//! It fails closed: of a successful answer that has a place for secrets and cannot be taken apart, nothing is kept.

mod history;
mod json;
mod likeness;
mod place;
mod xml;

use super::{Missing, missing};
use place::{How, PLACES, Place};

/// Stands for a value that looks like no secret we know, and for one that is only said to be there.
const REDACTED: &str = "[redacted]";
const LOOKS_LIKE: &str = "[redacted: looks like ";
/// Stands for a value that is packed, so that nobody has looked at what is in it.
const PACKED: &str = "[redacted: packed]";
/// Stands for an answer that could not be taken apart.
const UNREADABLE: &str = "[redacted: the answer could not be taken apart]";

/// An answer's body without secrets, and the names of the places they stood in.
pub(super) fn redact(
    (service, operation): (&str, &str),
    status: u16,
    body: &[u8],
) -> Option<(String, Vec<String>)> {
    let places: Vec<&Place> = PLACES
        .iter()
        .filter(|place| place.call.split_once(':') == Some((service, operation)))
        .collect();
    // An error says what was wrong with the question, and shows nothing of what was asked for.
    if places.is_empty() || !(200..300).contains(&status) {
        return None;
    }
    let mut taken = Vec::new();
    let kept = std::str::from_utf8(body).ok().and_then(|text| {
        if text.trim_start().starts_with('<') {
            xml::redact(text, &places, &mut taken)
        } else {
            json::redact(text, &places, &mut taken)
        }
    });
    Some(match kept {
        // Nothing was there to take: what is kept is what came, to the byte, so that its digest can be taken again.
        Some(kept) if taken.is_empty() && says_the_same(&kept, body) => return None,
        Some(kept) => (kept, taken),
        None => (UNREADABLE.to_owned(), vec!["everything".to_owned()]),
    })
}

/// Whether an answer to a call may be redacted before it is kept: whether it has a place for secrets.
pub fn redactable(service: &str, operation: &str) -> bool {
    let called = |place: &Place| place.call.split_once(':') == Some((service, operation));
    PLACES.iter().any(called)
}

/// Whether two documents differ in white space alone.
fn says_the_same(kept: &str, body: &[u8]) -> bool {
    use serde_json::Value;
    let read = |text: &[u8]| serde_json::from_slice::<Value>(text).ok();
    kept.as_bytes() == body || read(body).is_some_and(|value| read(kept.as_bytes()) == Some(value))
}

/// What a redacted value looked like: none where it looked like no secret, or is empty. A value that nobody looked at, or
/// that was not redacted at all, tells nothing.
pub fn looked_like(kept: &str) -> Result<Option<String>, Missing> {
    if kept.is_empty() || kept == REDACTED {
        return Ok(None);
    }
    kept.strip_prefix(LOOKS_LIKE)
        .and_then(|rest| rest.strip_suffix(']'))
        .map(|what| Some(what.to_owned()))
        .ok_or_else(|| missing("what a redacted value looked like"))
}

/// What stands in the place of a value that has a name. What is empty holds no secret, and stays empty.
fn named(name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    marker(likeness::of_named(name, value))
}

fn marker(likeness: Option<&str>) -> String {
    likeness.map_or_else(
        || REDACTED.to_owned(),
        |likeness| format!("{LOOKS_LIKE}{likeness}]"),
    )
}

/// What stands in the place of one text.
fn instead(how: How, text: &str) -> String {
    match how {
        How::Empty => String::new(),
        How::Text | How::Object if text.is_empty() => String::new(),
        How::Text | How::Object => REDACTED.to_owned(),
        How::Named | How::NamedBy(_) | How::NamedByBut(..) | How::NamedBut(_) | How::Words => {
            named("", text)
        }
        How::Document if text.contains('\n') => named("", text),
        How::Document => text.to_owned(),
        How::Event => history::kept(text),
        How::Packed => unpacked(text),
        How::Host => host(text),
        How::Login => without_login(text),
    }
}

/// User data: a script or a configuration in base64, and now and then compressed.
fn unpacked(text: &str) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    if text.trim().is_empty() {
        return String::new();
    }
    let compact: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(compact);
    let script = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    script.map_or_else(|| PACKED.to_owned(), |script| named("", &script))
}

/// A webhook's address without what comes after the host, where its token stands.
fn host(address: &str) -> String {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| address.starts_with(scheme));
    let Some(rest) = scheme.and_then(|scheme| address.strip_prefix(scheme)) else {
        return address.to_owned();
    };
    match rest.find(['/', '?']) {
        Some(at) => {
            let (host, _) = address.split_at(address.len() - rest.len() + at);
            format!("{host}/{REDACTED}")
        }
        None => address.to_owned(),
    }
}

/// An address without the user and the password that may stand before its host.
fn without_login(address: &str) -> String {
    let parts = address.split_once("://").and_then(|(scheme, rest)| {
        let at = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at_checked(at)?;
        let (_, host) = authority.rsplit_once('@')?;
        Some(format!("{scheme}://{REDACTED}@{host}{path}"))
    });
    parts.unwrap_or_else(|| address.to_owned())
}

#[cfg(test)]
mod tests;
