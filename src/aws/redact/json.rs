//! Redaction of JSON. What is not redacted keeps its bytes, so the answer is kept as it came.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::place::{How, Place};
use super::{REDACTED, instead, named};

/// Answers nest to a dozen. Deeper is an attack on the stack.
const DEEPEST: usize = 100;

/// The document without secrets; none where it is no whole JSON.
pub(super) fn redact(text: &str, places: &[&Place], taken: &mut Vec<String>) -> Option<String> {
    let root: &RawValue = serde_json::from_str(text).ok()?;
    let mut walk = Walk {
        places,
        taken,
        out: String::with_capacity(text.len()),
    };
    walk.keep(root, "", 0)?;
    Some(walk.out)
}

struct Walk<'a> {
    places: &'a [&'a Place],
    taken: &'a mut Vec<String>,
    out: String,
}

impl Walk<'_> {
    /// Writes a value that stays, but for the places in it. `within` is the member that holds it.
    fn keep(&mut self, value: &RawValue, within: &str, depth: usize) -> Option<()> {
        match value.get().as_bytes().first() {
            _ if depth > DEEPEST => None,
            Some(b'{') => {
                let members: Members<'_> = read(value)?;
                self.object(&members, |walk, name, member| {
                    let place = walk.places.iter().find(|place| place.is(within, name));
                    match place {
                        Some(place) => walk.take(place, member, depth),
                        None => walk.keep(member, name, depth + 1),
                    }
                })
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = read(value)?;
                // The items of a list stand in what the list stands in.
                self.list(&items, |walk, item| walk.keep(item, within, depth + 1))
            }
            _ => {
                self.out.push_str(value.get());
                Some(())
            }
        }
    }

    /// Writes what stands instead of a place.
    fn take(&mut self, place: &Place, value: &RawValue, depth: usize) -> Option<()> {
        let before = self.out.len();
        match (place.how, value.get().as_bytes().first()) {
            (_, Some(b'n')) => self.out.push_str("null"),
            (How::Object, Some(b'{')) => self.out.push_str("{}"),
            (How::Named, Some(b'{')) => self.variables(value, None)?,
            (How::NamedBut(but), Some(b'{')) => self.variables(value, Some(but))?,
            (How::Named, Some(b'[')) => self.pairs(value)?,
            (How::Words, Some(b'[')) => self.words(value)?,
            // A member of the same name that is not of that shape is another one, and may hold the place.
            (How::Named | How::NamedBut(_) | How::Words | How::Object, _) => {
                self.keep(value, place.member, depth + 1)?
            }
            (how, Some(b'"')) => {
                let text: String = read(value)?;
                self.text(&instead(how, &text))?;
            }
            _ => self.text(REDACTED)?,
        }
        if self.out.get(before..)? != value.get() && !self.taken.iter().any(|n| n == place.name()) {
            self.taken.push(place.name().to_owned());
        }
        Some(())
    }

    /// An object of values by name.
    fn variables(&mut self, value: &RawValue, but: Option<&str>) -> Option<()> {
        let members: Members<'_> = read(value)?;
        self.object(&members, |walk, name, member| {
            if but.is_some_and(|but| name.starts_with(but)) {
                walk.out.push_str(member.get());
                return Some(());
            }
            walk.value(name, member)
        })
    }

    /// A list of objects with a name and a value.
    fn pairs(&mut self, value: &RawValue) -> Option<()> {
        let items: Vec<Members<'_>> = read(value)?;
        self.list(&items, |walk, item| {
            let name = item.0.iter().find(|(key, _)| is(key, "name"));
            let name = name.map_or(Some(String::new()), |(_, name)| read(name))?;
            walk.object(item, |walk, key, member| {
                if is(key, "value") {
                    return walk.value(&name, member);
                }
                walk.out.push_str(member.get());
                Some(())
            })
        })
    }

    /// A list of words: the one before may name the one after, as in `--password hunter2`.
    fn words(&mut self, value: &RawValue) -> Option<()> {
        let items: Vec<&RawValue> = read(value)?;
        let mut before = String::new();
        self.list(&items, |walk, item| {
            let name = std::mem::take(&mut before);
            walk.value(name.trim_start_matches('-'), item)?;
            if let Some(word) = text_of(item).filter(|word| word.starts_with('-')) {
                before = word;
            }
            Some(())
        })
    }

    /// A value that has a name. One that is no text is not looked at.
    fn value(&mut self, name: &str, value: &RawValue) -> Option<()> {
        match text_of(value) {
            Some(text) => self.text(&named(name, &text)),
            None => self.text(REDACTED),
        }
    }

    fn text(&mut self, text: &str) -> Option<()> {
        self.out.push_str(&serde_json::to_string(text).ok()?);
        Some(())
    }

    fn object(
        &mut self,
        members: &Members<'_>,
        mut each: impl FnMut(&mut Self, &str, &RawValue) -> Option<()>,
    ) -> Option<()> {
        self.out.push('{');
        for (n, (name, member)) in members.0.iter().enumerate() {
            if n > 0 {
                self.out.push(',');
            }
            self.text(name)?;
            self.out.push(':');
            each(self, name, member)?;
        }
        self.out.push('}');
        Some(())
    }

    fn list<T>(
        &mut self,
        items: &[T],
        mut each: impl FnMut(&mut Self, &T) -> Option<()>,
    ) -> Option<()> {
        self.out.push('[');
        for (n, item) in items.iter().enumerate() {
            if n > 0 {
                self.out.push(',');
            }
            each(self, item)?;
        }
        self.out.push(']');
        Some(())
    }
}

fn is(key: &str, name: &str) -> bool {
    key.eq_ignore_ascii_case(name)
}

fn read<'a, T: Deserialize<'a>>(value: &'a RawValue) -> Option<T> {
    serde_json::from_str(value.get()).ok()
}

fn text_of(value: &RawValue) -> Option<String> {
    read(value)
}

/// An object's members, in order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Members<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
