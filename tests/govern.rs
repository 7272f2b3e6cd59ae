//! Waivers and responses over Acme's account: a waiver marks a failure, and moves nothing else.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

#[path = "govern/acme.rs"]
mod acme;
#[path = "govern/answers.rs"]
mod answers;
#[path = "govern/attested.rs"]
mod attested;
#[path = "govern/laws.rs"]
mod laws;
#[path = "govern/people.rs"]
mod people;
#[path = "support/schema.rs"]
mod schema;
#[path = "govern/waivers.rs"]
mod waivers;
