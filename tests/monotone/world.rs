//! A small world for generated rules: four things, linked to each other.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use tieout::inventory::intake::example_source;
use tieout::inventory::schema::{Field, Fields, Schema, Shape};
use tieout::inventory::{Fact, Inventory, Place, Population, Read, Resource, Sourced, Told};

use crate::rules::Choices;

tieout::record! {
    pub struct Part {
        flag: bool,
        n: i64,
        maybe: Option<i64>,
        name: String,
        xs: Vec<i64>,
    }
}

tieout::kind! {
    "test.thing" as thing: Thing, listed by ["test:ListThings"] {
        flag: bool,
        n: i64,
        maybe: Option<i64>,
        name: String,
        xs: Vec<i64>,
        names: Vec<String>,
        tags: BTreeMap<String, String>,
        parts: Vec<Part>,
    }
}

pub(crate) static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut schema = Schema::new([Thing::kind()]);
    for (name, shape) in [
        ("next", Shape::One(Thing::KIND)),
        ("before", Shape::Optional(Box::new(Shape::One(Thing::KIND)))),
        ("others", Shape::Many(Thing::KIND)),
    ] {
        let (doc, from) = (String::new(), &[][..]);
        schema.extend(
            Thing::KIND,
            Field {
                name,
                doc,
                shape,
                from,
            },
        );
    }
    schema
});

/// A world by choice. The first thing is the one judged.
pub(crate) fn world(choices: &mut Choices<'_>) -> Inventory {
    let things: Vec<Vec<Sourced>> = (0..4).map(|_| thing(choices)).collect();
    let bare = inventory(things.clone());
    let ids: Vec<_> = bare.members(Thing::KIND).map(|(id, _)| id).collect();
    let linked = things.into_iter().map(|own| {
        let next = Fact::One(ids[choices.below(4)]);
        let before = match choices.below(3) {
            0 => Fact::Null,
            n => Fact::One(ids[n]),
        };
        let others = ids.iter().filter(|_| choices.below(2) == 1).copied();
        let others = Fact::Many(others.collect::<Vec<_>>().into(), None);
        let links = [next, before, others].map(|fact| Sourced { fact, source: None });
        own.into_iter().chain(links).collect()
    });
    inventory(linked.collect())
}

fn inventory(things: Vec<Vec<Sourced>>) -> Inventory {
    let place = Place {
        kind: Thing::KIND.into(),
        account: "111122223333".into(),
        region: "us-east-1".into(),
    };
    let resources = things
        .into_iter()
        .zip('a'..)
        .map(|(fields, name)| Resource {
            arn: name.to_string().into(),
            name: name.to_string().into(),
            account: place.account.clone(),
            region: place.region.clone(),
            fields: fields.into(),
        });
    let population = Population {
        resources: resources.collect(),
        ..Population::default()
    };
    Inventory::new(BTreeMap::from([(place.clone(), population)]))
}

fn thing(choices: &mut Choices<'_>) -> Vec<Sourced> {
    fn told<T>(value: T) -> Read<T> {
        let source = example_source("111122223333", "us-east-1");
        Ok(Told { value, source })
    }
    let thing = Thing {
        flag: told(choices.below(2) == 1),
        n: told(number(choices)),
        maybe: told(maybe(choices)),
        name: told(text(choices)),
        xs: told(several(choices, number)),
        names: told(several(choices, text)),
        tags: told(
            several(choices, |choices| (text(choices), text(choices)))
                .into_iter()
                .collect(),
        ),
        parts: told(several(choices, |choices| Part {
            flag: choices.below(2) == 1,
            n: number(choices),
            maybe: maybe(choices),
            name: text(choices),
            xs: several(choices, number),
        })),
    };
    thing
        .into_fields()
        .into_iter()
        .map(|(_, field)| field)
        .collect()
}

fn several<T>(choices: &mut Choices<'_>, mut one: impl FnMut(&mut Choices<'_>) -> T) -> Vec<T> {
    (0..choices.below(4)).map(|_| one(choices)).collect()
}

fn number(choices: &mut Choices<'_>) -> i64 {
    [0, 1, 2, -1][choices.below(4)]
}

fn maybe(choices: &mut Choices<'_>) -> Option<i64> {
    (choices.below(2) == 1).then(|| number(choices))
}

fn text(choices: &mut Choices<'_>) -> String {
    ["a", "b", "", "ab"][choices.below(4)].to_owned()
}

/// The thing judged.
pub(crate) fn judged(inventory: &Inventory) -> &Resource {
    inventory.members(Thing::KIND).next().unwrap().1
}

pub(crate) const KIND: &str = Thing::KIND;

/// The shapes and values of two parameters.
pub(crate) fn params() -> (BTreeMap<String, Shape>, [Fact; 2]) {
    let shapes = [("limit", Shape::Int), ("word", Shape::Text)];
    let shapes = shapes.map(|(name, shape)| (name.to_owned(), shape));
    (shapes.into(), [Fact::Int(1), Fact::Text(Arc::from("a"))])
}
