//! The language of rules, held against the text of the CEL specification, area by area.
//!
//! Each table says what an expression comes to: true, false, an error (which makes the rule *unknown*), or a refusal
//! when the rule loads. Where we mean to differ from the specification, the case says so. Mostly it is one difference:
//! a rule that cannot type-check is refused, where CEL without its optional type check would go on to a run-time error
//! or a plain `false`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test ends where its setting fails"
)]

#[path = "cel/world.rs"]
mod world;

#[path = "cel/comparisons.rs"]
mod comparisons;
#[path = "cel/conversions.rs"]
mod conversions;
#[path = "cel/fields.rs"]
mod fields;
#[path = "cel/limits.rs"]
mod limits;
#[path = "cel/lists.rs"]
mod lists;
#[path = "cel/literals.rs"]
mod literals;
#[path = "cel/logic.rs"]
mod logic;
#[path = "cel/macros.rs"]
mod macros;
#[path = "cel/numbers.rs"]
mod numbers;
#[path = "cel/strings.rs"]
mod strings;
#[path = "cel/timestamps.rs"]
mod timestamps;
#[path = "cel/traps.rs"]
mod traps;
