//! Many bundles over time: made ones, in which it is known what happened.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

#[path = "history/accounts.rs"]
mod accounts;
#[path = "history/diff.rs"]
mod diff;
#[path = "history/make.rs"]
mod make;
#[path = "history/schema.rs"]
mod schema;
#[path = "history/window.rs"]
mod window;
#[path = "history/year.rs"]
mod year;
