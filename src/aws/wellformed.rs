//! Whether an answer's body is whole.
//!
//! The SDK's parsers are lenient where we cannot afford it: an XML document cut off between two elements reads
//! as a shorter list, and an empty body as an empty answer. Either would make resources vanish in silence. So
//! every body is read to its end, once, before the SDK sees it.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::de::IgnoredAny;

/// Why a body is not whole; `None` if it is. `status` tells whether a body is due at all: error answers may
/// come without one.
pub(super) fn complaint(status: u16, content_type: Option<&str>, body: &[u8]) -> Option<String> {
    if body.is_empty() {
        // Every operation we call answers with a body.
        return (200..300)
            .contains(&status)
            .then(|| "the answer is empty".to_owned());
    }
    let cbor = content_type.is_some_and(|kind| kind.contains("cbor"));
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        // The CBOR decoder knows the length of everything and does not read past a missing end.
        _ if cbor => None,
        Some(b'<') => xml(body),
        Some(_) => serde_json::from_slice::<IgnoredAny>(body)
            .err()
            .map(|error| format!("the answer is not whole JSON: {error}")),
        None => Some("the answer is blank".to_owned()),
    }
}

fn xml(body: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(body);
    let mut open = 0_u32;
    let mut closed = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => open += 1,
            Ok(Event::End(_)) => {
                open = open.saturating_sub(1);
                closed |= open == 0;
            }
            Ok(Event::Empty(_)) => closed |= open == 0,
            Ok(Event::Eof) if open == 0 && closed => return None,
            Ok(Event::Eof) => return Some("the answer's XML is cut short".to_owned()),
            Ok(_) => {}
            Err(error) => return Some(format!("the answer is not XML: {error}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::complaint;

    const XML: &[u8] = b"<?xml version=\"1.0\"?><R><L><i>1</i><i>2</i></L><T>false</T></R>";

    #[test]
    fn a_whole_document_is_whole() {
        assert_eq!(complaint(200, Some("text/xml"), XML), None);
        assert_eq!(complaint(200, None, b"<Versioning/>"), None);
        assert_eq!(
            complaint(200, Some("application/x-amz-json-1.1"), br#"{"Keys":[]}"#),
            None
        );
        assert_eq!(complaint(403, None, b""), None);
    }

    #[test]
    fn a_document_cut_anywhere_is_not() {
        for end in 0..XML.len() {
            assert!(
                complaint(200, Some("text/xml"), &XML[..end]).is_some(),
                "{end}"
            );
        }
        let json = br#"{"Keys":[{"KeyId":"a"}]}"#;
        for end in 0..json.len() {
            assert!(
                complaint(200, Some("application/json"), &json[..end]).is_some(),
                "{end}"
            );
        }
    }
}
