//! Where an answer may break off: anywhere, and where a reader that is content with what it got does not notice.

pub(crate) fn to_nothing(_: &[u8]) -> Option<usize> {
    Some(0)
}

pub(crate) fn in_the_middle(body: &[u8]) -> Option<usize> {
    Some(body.len() / 2)
}

pub(crate) fn by_a_byte(body: &[u8]) -> Option<usize> {
    Some(body.trim_ascii_end().len() - 1)
}

/// After the first thing in it that is whole.
pub(crate) fn after_first_element(body: &[u8]) -> Option<usize> {
    ends(body).first().copied()
}

/// After half of all that is whole: a list of the SDK would just be shorter.
pub(crate) fn between_elements(body: &[u8]) -> Option<usize> {
    let ends = ends(body);
    ends.get(ends.len() / 2).copied()
}

/// Only what closes the answer is missing. The most that a lenient reader could be content with.
pub(crate) fn before_last_end(body: &[u8]) -> Option<usize> {
    ends(body).last().copied()
}

/// Where each thing inside the answer ends; the answer itself is not among them.
fn ends(body: &[u8]) -> Vec<usize> {
    let mut ends = match body.first() {
        Some(b'<') => end_tags(body),
        Some(b'{') => closing_brackets(body),
        // CBOR says beforehand how much comes.
        _ => Vec::new(),
    };
    ends.pop();
    ends
}

fn end_tags(body: &[u8]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut opened = 0;
    for (at, byte) in body.iter().enumerate() {
        match byte {
            b'<' => opened = at,
            b'>' if body[opened..].starts_with(b"</") || body[..at].ends_with(b"/") => {
                ends.push(at + 1)
            }
            _ => {}
        }
    }
    ends
}

fn closing_brackets(body: &[u8]) -> Vec<usize> {
    let closes = |(at, byte): (usize, &u8)| matches!(byte, b'}' | b']').then_some(at + 1);
    body.iter().enumerate().filter_map(closes).collect()
}
