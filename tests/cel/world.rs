//! One resource with a field of each kind, read and unread, and what a rule says of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use tieout::check::expr::{Complaint, Env, Judgement, Subject, Truth, compile};
use tieout::inventory::gap::Reason;
use tieout::inventory::intake::example_source;
use tieout::inventory::schema::{Field, Fields, Schema, Shape};
use tieout::inventory::{Fact, Gap, Inventory, Place, Population, Read, Resource, Sourced, Told};

tieout::record! {
    /// A record in a list.
    pub struct Part {
        name: String,
        size: i64,
        note: Option<String>,
        /// Read of the first part only.
        sealed: Result<bool, Arc<Gap>>,
    }
}

tieout::kind! {
    /// What the rules of these tests judge.
    "test.thing" as thing: Thing, listed by ["test:ListThings"] {
        yes: bool,
        no: bool,
        zero: i64,
        one: i64,
        two: i64,
        least: i64,
        most: i64,
        half: f64,
        whole: f64,
        nan: f64,
        huge: f64,
        text: String,
        empty: String,
        cats: String,
        digits: String,
        broken: String,
        born: jiff::Timestamp,
        first: jiff::Timestamp,
        last: jiff::Timestamp,
        none: Option<i64>,
        some: Option<i64>,
        no_text: Option<String>,
        tags: BTreeMap<String, String>,
        no_tags: BTreeMap<String, String>,
        numbers: Vec<i64>,
        nothing: Vec<i64>,
        halves: Vec<f64>,
        names: Vec<String>,
        maybes: Vec<Option<i64>>,
        parts: Vec<Part>,
        /// A list of which a part could not be read.
        cut: Vec<Result<i64, Arc<Gap>>>,
        /// Not read: one field of each type.
        unread: bool,
        unread_int: i64,
        unread_text: String,
        unread_time: jiff::Timestamp,
        unread_maybe: Option<i64>,
        unread_tags: BTreeMap<String, String>,
        unread_list: Vec<i64>,
    }
}

/// What an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comes {
    To(bool),
    /// An error of CEL; some reading says this.
    Error(&'static str),
    /// Complaints when the rule loads; the first says this.
    Refused(&'static str),
}

pub(crate) use Comes::{Error, Refused};
pub(crate) const TRUE: Comes = Comes::To(true);
pub(crate) const FALSE: Comes = Comes::To(false);
/// What comes of a fact that was not read.
pub(crate) const UNREAD: Comes = Error("test:GetThing: access denied");

/// Holds each expression of a table against what it should come to, and names all that differ.
#[track_caller]
pub(crate) fn table(cases: &[(&str, Comes)]) {
    let mut wrong = String::new();
    for (source, expected) in cases {
        let (found, said) = outcome(source);
        if !fits(*expected, found, &said) {
            writeln!(
                wrong,
                "\n  {source}\n    should come to {expected:?}\n    comes to {}",
                said.join("\n      ")
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn fits(expected: Comes, found: Option<Truth>, said: &[String]) -> bool {
    match expected {
        Comes::To(true) => found == Some(Truth::True),
        Comes::To(false) => found == Some(Truth::False),
        Error(part) => found == Some(Truth::Unknown) && said.iter().any(|line| line.contains(part)),
        Refused(part) => found.is_none() && said.first().is_some_and(|line| line.contains(part)),
    }
}

/// What a rule comes to, if it loads, and the words that go with it.
fn outcome(source: &str) -> (Option<Truth>, Vec<String>) {
    match judged(source) {
        Ok(judgement) => {
            let truth = judgement.truth;
            let gaps = gaps(&judgement);
            let lines = gaps.iter().map(|gap| format!("{gap}: {}", gap.message));
            let said = [format!("{truth:?}")].into_iter().chain(lines);
            (Some(truth), said.collect())
        }
        Err(complaints) => {
            let lines = complaints.into_iter().map(|complaint| complaint.message);
            (None, lines.collect())
        }
    }
}

/// What a rule says of the thing.
pub(crate) fn judged(source: &str) -> Result<Judgement, Vec<Complaint>> {
    let params = BTreeMap::from([
        ("days".to_owned(), Shape::Int),
        ("pattern".to_owned(), Shape::Text),
    ]);
    let env = Env {
        schema: &SCHEMA,
        kind: Thing::KIND,
        params: &params,
    };
    let rule = compile(source, &env)?;
    let (_, resource) = WORLD.members(Thing::KIND).next().unwrap();
    let subject = Subject {
        inventory: &WORLD,
        resource,
        account: Err(denied()),
        region: Err(denied()),
        params: &[Fact::Int(30), Fact::text("^h.l+o$")],
        now: "2026-01-31T12:30:15.250Z".parse().unwrap(),
    };
    Ok(rule.evaluate(&subject))
}

/// Every gap that was met, at whatever depth of what was read.
pub(crate) fn gaps(judgement: &Judgement) -> Vec<Arc<Gap>> {
    fn within(fact: &Fact, found: &mut Vec<Arc<Gap>>) {
        match fact {
            Fact::Gap(gap) => found.push(gap.clone()),
            Fact::Many(_, Some(hidden)) => found.extend(hidden.gaps().cloned()),
            Fact::List(items) => items.iter().for_each(|item| within(item, found)),
            Fact::Record(record) => record.values.iter().for_each(|value| within(value, found)),
            Fact::Map(entries) => entries.values().for_each(|value| within(value, found)),
            Fact::Many(_, None)
            | Fact::One(_)
            | Fact::Null
            | Fact::Bool(_)
            | Fact::Int(_)
            | Fact::Double(_)
            | Fact::Text(_)
            | Fact::Time(_) => {}
        }
    }
    let mut found = Vec::new();
    for reading in &judgement.evidence {
        within(&reading.fact, &mut found);
    }
    found
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = Schema::new([Thing::kind()]);
    for (name, shape) in [
        ("next", Shape::One(Thing::KIND)),
        ("before", Shape::Optional(Box::new(Shape::One(Thing::KIND)))),
        ("all", Shape::Many(Thing::KIND)),
        ("found", Shape::Many(Thing::KIND)),
    ] {
        let link = Field {
            name,
            doc: String::new(),
            shape,
            from: &[],
        };
        schema.extend(Thing::KIND, link);
    }
    schema
});

/// Two things: the first is judged, and linked to itself and to the other, of which nothing was read.
static WORLD: LazyLock<Inventory> = LazyLock::new(|| {
    let bare = world(Vec::new());
    let ids: Vec<_> = bare.members(Thing::KIND).map(|(id, _)| id).collect();
    world(vec![
        Fact::One(ids[1]),
        Fact::Null,
        Fact::Many(ids.clone().into(), None),
        Fact::Many(ids.into(), Some(Arc::new(denied().into()))),
    ])
});

fn world(links: Vec<Fact>) -> Inventory {
    let place = Place {
        kind: Thing::KIND.into(),
        account: "111122223333".into(),
        region: "us-east-1".into(),
    };
    let links = links.into_iter().map(|fact| Sourced { fact, source: None });
    let own = thing().into_fields().into_iter().map(|(_, field)| field);
    let first: Vec<Sourced> = own.chain(links).collect();
    let second = first.iter().map(|_| Sourced::gap(denied())).collect();
    let resource = |name: &str, fields| Resource {
        arn: format!("arn:aws:test:::{name}").into(),
        name: name.into(),
        account: place.account.clone(),
        region: place.region.clone(),
        fields,
    };
    let population = Population {
        resources: vec![resource("a", first.into()), resource("b", second)],
        ..Population::default()
    };
    Inventory::new(BTreeMap::from([(place.clone(), population)]))
}

fn thing() -> Thing {
    fn told<T>(value: T) -> Read<T> {
        let source = example_source("111122223333", "us-east-1");
        Ok(Told { value, source })
    }
    fn texts<T: From<&'static str>>(texts: &[&'static str]) -> Vec<T> {
        texts.iter().map(|text| T::from(*text)).collect()
    }
    let tags = [
        ("owner", "ann"),
        ("content-type", "text"),
        ("a.b", "dotted"),
    ];
    let part = |name: &str, size, note: Option<&str>, sealed| Part {
        name: name.to_owned(),
        size,
        note: note.map(str::to_owned),
        sealed,
    };
    Thing {
        yes: told(true),
        no: told(false),
        zero: told(0),
        one: told(1),
        two: told(2),
        least: told(i64::MIN),
        most: told(i64::MAX),
        half: told(0.5),
        whole: told(2.0),
        nan: told(f64::NAN),
        huge: told(1e99),
        text: told("hello".to_owned()),
        empty: told(String::new()),
        cats: told("\u{1F431}\u{1F600}e\u{301}".to_owned()),
        digits: told("987".to_owned()),
        broken: told("(".to_owned()),
        born: told("2009-02-13T23:31:30.123456789Z".parse().unwrap()),
        first: told("0001-01-01T00:00:00Z".parse().unwrap()),
        last: told(jiff::Timestamp::MAX),
        none: told(None),
        some: told(Some(7)),
        no_text: told(None),
        tags: told(
            tags.map(|(key, value)| (key.to_owned(), value.to_owned()))
                .into(),
        ),
        no_tags: told(BTreeMap::new()),
        numbers: told(vec![1, 2, 3]),
        nothing: told(Vec::new()),
        halves: told(vec![0.5, 1.0, 1.5]),
        names: told(texts(&["foal", "foo", "four"])),
        maybes: told(vec![Some(1), None]),
        parts: told(vec![
            part("lid", 1, Some("round"), Ok(true)),
            part("box", 2, None, Err(denied())),
        ]),
        cut: told(vec![Ok(1), Err(denied()), Ok(3)]),
        unread: Err(denied()),
        unread_int: Err(denied()),
        unread_text: Err(denied()),
        unread_time: Err(denied()),
        unread_maybe: Err(denied()),
        unread_tags: Err(denied()),
        unread_list: Err(denied()),
    }
}

pub(crate) fn denied() -> Arc<Gap> {
    Arc::new(Gap {
        service: "test".to_owned(),
        operation: "GetThing".to_owned(),
        account: "111122223333".to_owned(),
        region: "us-east-1".to_owned(),
        parameters: String::new(),
        reason: Reason::Denied,
        code: None,
        message: "not authorized".to_owned(),
        action: "test:GetThing".to_owned(),
        request_id: None,
    })
}
