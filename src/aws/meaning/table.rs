//! The table of error meanings, with sources, in files by what the services are about. Add a row only with AWS's own
//! documentation for it.

mod compute;
mod data;
mod delivery;
mod edge;
mod general;
mod identity;
mod organization;
mod streams;
mod watch;

use super::{Meaning, Row};

const fn row(
    call: &'static str,
    code: &'static str,
    meaning: Meaning,
    source: &'static str,
) -> Row {
    Row {
        call,
        code,
        says: "",
        meaning,
        source,
    }
}

/// A row for a code that the service uses for several things, which its message alone tells apart.
const fn saying(says: &'static str, row: Row) -> Row {
    Row { says, ..row }
}

/// The rows, most special first.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    let parts = [
        compute::ROWS,
        data::ROWS,
        delivery::ROWS,
        edge::ROWS,
        identity::ROWS,
        organization::ROWS,
        streams::ROWS,
        watch::ROWS,
        // Last: what a service means by a code of its own wins over what the code means elsewhere.
        general::ROWS,
    ];
    parts.into_iter().flatten()
}
