//! CBOR, in which a text says its length and so cannot be written over: CloudWatch speaks it.

use minicbor::data::Token;
use minicbor::{Decoder, Encoder};

/// The document with other texts; none where it is no whole CBOR.
pub(super) fn rewritten(document: &[u8], mut other: impl FnMut(&str) -> String) -> Option<Vec<u8>> {
    // Its tokens end without complaint where the document is cut.
    let mut whole = Decoder::new(document);
    whole.skip().ok()?;
    if whole.position() != document.len() {
        return None;
    }
    let mut out = Encoder::new(Vec::with_capacity(document.len()));
    for token in Decoder::new(document).tokens() {
        let token = token.ok()?;
        if let Token::String(text) = token {
            out.str(&other(text)).ok()?;
        } else {
            out.encode(token).ok()?;
        }
    }
    Some(out.into_writer())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_others_and_all_else_is_as_it_was() {
        let mut document = Encoder::new(Vec::new());
        document
            .map(2)
            .unwrap()
            .str("Name")
            .unwrap()
            .str("ada")
            .unwrap();
        document.str("Ids").unwrap().begin_array().unwrap();
        document
            .u64(7)
            .unwrap()
            .f64(0.5)
            .unwrap()
            .null()
            .unwrap()
            .end()
            .unwrap();
        let document = document.into_writer();
        let same = rewritten(&document, str::to_owned).unwrap();
        assert_eq!(same, document);
        let other = rewritten(&document, |text| text.replace("ada", "somebody")).unwrap();
        assert_eq!(other.len(), document.len() + 5);
        let again = rewritten(&other, |text| text.replace("somebody", "ada")).unwrap();
        assert_eq!(again, document);
    }

    #[test]
    fn what_is_cut_is_none() {
        let list = [0x82, 0x61, b'a', 0x61, b'b'];
        assert_eq!(rewritten(&list, str::to_owned), Some(list.to_vec()));
        for end in 0..list.len() {
            assert_eq!(rewritten(&list[..end], str::to_owned), None, "{end}");
        }
    }
}
