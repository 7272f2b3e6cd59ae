//! Redaction of XML. What is not redacted keeps its bytes.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

use super::place::{How, Place};
use super::{instead, named};

/// The document without secrets; none where it is no whole XML.
pub(super) fn redact(text: &str, places: &[&Place], taken: &mut Vec<String>) -> Option<String> {
    let leaves = leaves(text)?;
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    for leaf in &leaves {
        let Some(place) = places
            .iter()
            .find(|place| place.is(&leaf.parent, &leaf.name))
        else {
            continue;
        };
        let beside = |sibling: &str| {
            let beside = |other: &&Leaf| other.within == leaf.within && other.name == sibling;
            leaves.iter().find(beside).map_or("", |other| &other.text)
        };
        let stands = if let How::NamedByBut(sibling, but) = place.how
            && but.contains(&beside(sibling))
        {
            continue;
        } else if let How::NamedBy(sibling) | How::NamedByBut(sibling, _) = place.how {
            named(beside(sibling), &leaf.text)
        } else {
            instead(place.how, &leaf.text)
        };
        if stands == leaf.text {
            continue;
        }
        out.push_str(text.get(kept..leaf.at.start)?);
        out.push_str(&quick_xml::escape::escape(&stands));
        kept = leaf.at.end;
        if !taken.iter().any(|name| name == place.name()) {
            taken.push(place.name().to_owned());
        }
    }
    out.push_str(text.get(kept..)?);
    Some(out)
}

/// An element that holds text alone.
struct Leaf {
    name: String,
    parent: String,
    /// Which element it stands in.
    within: usize,
    text: String,
    at: Range<usize>,
}

struct Open {
    number: usize,
    name: String,
    text: String,
    holds_elements: bool,
    from: usize,
}

/// The leaves of a document, in order.
fn leaves(document: &str) -> Option<Vec<Leaf>> {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<Open> = Vec::new();
    let (mut leaves, mut number) = (Vec::new(), 0);
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let after = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(start) => {
                if let Some(parent) = open.last_mut() {
                    parent.holds_elements = true;
                }
                number += 1;
                open.push(Open {
                    number,
                    name: start.local_name().as_ref().to_owned(),
                    text: String::new(),
                    holds_elements: false,
                    from: after,
                });
            }
            Event::Empty(_) => {
                if let Some(parent) = open.last_mut() {
                    parent.holds_elements = true;
                }
            }
            Event::End(_) => {
                let done = open.pop()?;
                if !done.holds_elements {
                    let parent = open.last();
                    leaves.push(Leaf {
                        name: done.name,
                        parent: parent.map_or_else(String::new, |parent| parent.name.clone()),
                        within: parent.map_or(0, |parent| parent.number),
                        text: done.text,
                        at: done.from..before,
                    });
                }
            }
            Event::Text(text) => write(&mut open, &text.xml10_content()),
            Event::CData(text) => write(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(letter) => write(&mut open, letter.encode_utf8(&mut [0; 4])),
                None => {
                    let name = reference.xml10_content();
                    write(&mut open, resolve_xml_entity(&name)?);
                }
            },
            Event::Eof if open.is_empty() => return Some(leaves),
            Event::Eof => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
}

fn write(open: &mut [Open], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}
