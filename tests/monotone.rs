//! What was not read never turns a verdict, it only takes it away: with any facts replaced by gaps, a rule comes to what
//! it came to before or to *unknown*, and what was unknown stays so. And whatever is unknown names a gap.
//!
//! Held over generated rules in a small world, over every check in its own examples, and over every check in the
//! recorded account. All of it from fixed seeds: what fails once fails again.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test ends where its setting fails"
)]

#[path = "monotone/holes.rs"]
mod holes;
#[path = "monotone/rules.rs"]
mod rules;
#[path = "monotone/world.rs"]
mod world;

#[path = "monotone/checks.rs"]
mod checks;
#[path = "monotone/generated.rs"]
mod generated;
