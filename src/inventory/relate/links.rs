//! The declared links, by the kind that gets the field, in files by what they are about. Adding one is adding a row, in
//! alphabetical order.

mod compute;
mod data;
mod delivery;
mod guard;
mod inputs;
mod network;
mod organization;
mod people;
mod streams;
mod watch;

use super::{Leads, Link, Within};

const fn link(
    (from, name): (&'static str, &'static str),
    to: &'static str,
    leads: Leads,
    within: Within,
    on: Option<(&'static str, &'static str)>,
    doc: &'static str,
) -> Link {
    Link {
        from,
        name,
        doc,
        to,
        leads,
        within,
        on,
        prefix: "",
    }
}

/// Every link between kinds.
pub const LINKS: &[Link] = &all::<{ count(PARTS) }>(PARTS);

const PARTS: &[&[Link]] = &[
    compute::LINKS,
    data::LINKS,
    delivery::LINKS,
    guard::LINKS,
    inputs::LINKS,
    network::LINKS,
    organization::LINKS,
    people::LINKS,
    streams::LINKS,
    watch::LINKS,
];

const fn count(mut parts: &[&[Link]]) -> usize {
    let mut count = 0;
    while let [first, rest @ ..] = parts {
        count += first.len();
        parts = rest;
    }
    count
}

/// The parts as one list. At compile time, so that it stays a constant.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated at compile time, where going too far is an error"
)]
const fn all<const N: usize>(parts: &[&[Link]]) -> [Link; N] {
    let (mut all, mut at) = ([parts[0][0]; N], 0);
    let mut rest = parts;
    while let [first, others @ ..] = rest {
        let mut n = 0;
        while n < first.len() {
            all[at] = first[n];
            (at, n) = (at + 1, n + 1);
        }
        rest = others;
    }
    all
}
