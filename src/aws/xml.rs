//! XML answers as values: a tree, read to its end, and typed members out of it.
//!
//! What an AWS service means by XML needs no schema here: a member is an element of its name, a list an element that
//! holds its members whatever they are called, a number or a yes is text. Where the type asks for one thing and the
//! answer holds another, or the same member stands twice, the answer is malformed.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

/// Why an answer cannot be read.
pub(super) type Error = serde::de::value::Error;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

/// Elements may hold elements this deep; AWS's go to a dozen. Deeper is an attack on the stack.
const DEEPEST: usize = 100;

/// The root of a document that is whole.
pub(super) fn parse(body: &[u8]) -> Result<Element, Error> {
    let mut reader = Reader::from_reader(body);
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(Error::custom)?;
        match event {
            Event::Start(start) if open.len() < DEEPEST => {
                open.push(Element::named(start.local_name().as_ref()))
            }
            Event::Start(_) => return Err(Error::custom("the answer's XML is too deep")),
            Event::Empty(start) => close(&mut open, Element::named(start.local_name().as_ref()))?,
            Event::End(_) => {
                let done = open.pop().unwrap_or_default();
                close(&mut open, done)?;
            }
            Event::Text(text) => write(&mut open, &text.xml10_content()),
            Event::CData(text) => write(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                match reference.resolve_char_ref().map_err(Error::custom)? {
                    Some(letter) => write(&mut open, letter.encode_utf8(&mut [0; 4])),
                    None => {
                        let name = reference.xml10_content();
                        let known = resolve_xml_entity(&name);
                        write(
                            &mut open,
                            known.ok_or_else(|| {
                                Error::custom(format!(
                                    "the answer's XML has an unknown entity `{name}`"
                                ))
                            })?,
                        );
                    }
                }
            }
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(document), true) if document.children.len() == 1 => document
            .children
            .into_iter()
            .next()
            .ok_or_else(|| Error::custom("the answer is empty")),
        _ => Err(Error::custom("the answer's XML is cut short")),
    }
}

fn close(open: &mut [Element], done: Element) -> Result<(), Error> {
    let parent = open.last_mut();
    parent
        .ok_or_else(|| Error::custom("the answer's XML closes what it did not open"))?
        .children
        .push(done);
    Ok(())
}

fn write(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The members of an element as a type.
pub(super) fn read<T: DeserializeOwned>(element: &Element) -> Result<T, Error> {
    T::deserialize(element)
}

impl Element {
    fn named(name: impl AsRef<[u8]>) -> Self {
        Self {
            name: String::from_utf8_lossy(name.as_ref()).into_owned(),
            ..Self::default()
        }
    }

    /// Its child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Itself or what it holds, of that name, first in the document.
    pub(super) fn find(&self, name: &str) -> Option<&Self> {
        if self.name == name {
            return Some(self);
        }
        self.children.iter().find_map(|child| child.find(name))
    }

    /// Its text, if it holds nothing else.
    pub(super) fn text(&self) -> Option<String> {
        self.children.is_empty().then(|| self.text.clone())
    }

    fn scalar<T: std::str::FromStr>(&self, wanted: &str) -> Result<T, Error> {
        let text = self.text().unwrap_or_default();
        text.trim()
            .parse()
            .map_err(|_| Error::custom(format!("{} is `{}`, not {wanted}", self.name, text.trim())))
    }

    fn members(&self) -> Result<Vec<(&str, &Self)>, Error> {
        let mut members: Vec<(&str, &Self)> = Vec::with_capacity(self.children.len());
        for child in &self.children {
            if members.iter().any(|(name, _)| *name == child.name) {
                return Err(Error::custom(format!(
                    "{} holds {} twice",
                    self.name, child.name
                )));
            }
            members.push((&child.name, child));
        }
        Ok(members)
    }
}

macro_rules! scalars {
    ($($method:ident $visit:ident $wanted:literal),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.scalar($wanted)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &'de Element {
    type Error = Error;

    scalars! {
        deserialize_bool visit_bool "true or false",
        deserialize_i8 visit_i8 "a number", deserialize_i16 visit_i16 "a number",
        deserialize_i32 visit_i32 "a number", deserialize_i64 visit_i64 "a number",
        deserialize_u8 visit_u8 "a number", deserialize_u16 visit_u16 "a number",
        deserialize_u32 visit_u32 "a number", deserialize_u64 visit_u64 "a number",
        deserialize_f32 visit_f32 "a number", deserialize_f64 visit_f64 "a number",
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.children.is_empty() {
            visitor.visit_str(&self.text)
        } else {
            self.deserialize_map(visitor)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.children.is_empty() && !self.text.trim().is_empty() {
            return Err(Error::custom(format!("{} is text, not a list", self.name)));
        }
        visitor.visit_seq(SeqDeserializer::new(self.children.iter()))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.children.is_empty() && !self.text.trim().is_empty() {
            return Err(Error::custom(format!(
                "{} is text, without members",
                self.name
            )));
        }
        visitor.visit_map(MapDeserializer::new(self.members()?.into_iter()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    /// What nobody reads may hold whatever it likes: a list, for one, has members of one name.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

impl<'de> IntoDeserializer<'de, Error> for &'de Element {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase")]
    struct Balancer {
        name: String,
        port: i64,
        internal: bool,
        zones: Vec<String>,
        tag: Option<String>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "PascalCase")]
    struct Page {
        balancers: Vec<Balancer>,
        next: Option<String>,
    }

    const WHOLE: &str = "<?xml version=\"1.0\"?><Page xmlns=\"http://x/\"><Balancers><member><Name>a &amp; b &#x41;</Name>\
        <Port>443</Port><Internal>true</Internal><Zones><member>x</member><member>y</member></Zones><Other><Deep/></Other>\
        </member></Balancers></Page>";

    fn page(text: &str) -> Result<Page, String> {
        let root = parse(text.as_bytes()).map_err(|error| error.to_string())?;
        read(&root).map_err(|error| error.to_string())
    }

    #[test]
    fn members_come_out_in_their_types_and_what_is_not_there_is_none() {
        let balancer = Balancer {
            name: "a & b A".to_owned(),
            port: 443,
            internal: true,
            zones: vec!["x".to_owned(), "y".to_owned()],
            tag: None,
        };
        assert_eq!(
            page(WHOLE),
            Ok(Page {
                balancers: vec![balancer],
                next: None
            })
        );
    }

    #[test]
    fn what_is_not_read_may_be_a_list() {
        let more = WHOLE.replacen("<Deep/>", "<Deep/><Deep/>", 1);
        assert_eq!(page(&more), page(WHOLE));
    }

    #[test]
    fn an_empty_list_is_a_list_and_a_missing_one_is_malformed() {
        assert_eq!(page("<Page><Balancers/></Page>").unwrap().balancers, []);
        assert_eq!(
            page("<Page><Next>n</Next></Page>"),
            Err("missing field `Balancers`".to_owned())
        );
    }

    #[test]
    fn what_is_not_of_the_type_is_malformed() {
        for (from, to) in [
            ("443", "many"),
            ("true", "yes"),
            ("true", ""),
            ("<Name>a", "<Name>z</Name><Name>a"),
        ] {
            assert!(page(&WHOLE.replacen(from, to, 1)).is_err(), "{to}");
        }
        assert!(page("<Page><Balancers>none</Balancers></Page>").is_err());
    }

    #[test]
    fn a_document_cut_anywhere_is_malformed() {
        for end in 0..WHOLE.len() {
            assert!(parse(&WHOLE.as_bytes()[..end]).is_err(), "{end}");
        }
        assert!(
            parse(&b"<a>".repeat(100_000)).is_err(),
            "and so is one that never ends"
        );
    }
}
