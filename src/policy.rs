//! How IAM decides: policy documents as normalized statements, what a statement matches, what a set of policies comes
//! to for a request, and how far a principal gets from there.
//!
//! Nothing here knows AWS's answers, facts or gaps. Where a request does not tell what a condition asks for, the result
//! is [`Truth::Maybe`] with that condition, and never a silent no.

pub mod binding;
pub mod condition;
pub mod context;
pub mod escalation;
pub mod evaluate;
mod matching;
pub mod statement;
mod truth;
mod variables;

pub use matching::{concerns, matches_action, matches_resource};
pub use truth::Truth;
