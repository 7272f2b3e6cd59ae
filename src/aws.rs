//! AWS as the collectors see it: one account in one region, calls that cannot be forgotten, and answers that
//! are told, absent for a documented reason, or a gap.
//!
//! Every call goes through [`ask!`](crate::ask). It refuses what the run's plan leaves out, so nothing is called
//! outside the printed policy; it records each attempt; and it settles what an error *means* by one table.

pub mod actions;
pub mod documents;
mod limits;
pub mod meaning;
mod message;
mod page;
mod record;
mod redact;
pub mod replay;
mod reply;
pub mod session;
mod settle;
mod site;
mod wellformed;

pub use limits::each;
pub use page::{Turn, gather, pages};
pub use record::{Wire, clock};
pub use reply::{Missing, Reply, instant, missing};
pub use settle::{Label, settle};
pub use site::{Plan, Progress, Shared, Site};
