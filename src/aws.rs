//! AWS as the collectors see it: one account in one region, calls that cannot be forgotten, and answers that
//! are told, absent for a documented reason, or a gap.
//!
//! Every call goes through [`ask!`](crate::ask), of a service with an SDK crate, or through [`Site::tell`], of the many
//! others: they share the SDK's runtime, and [`Api`] and [`Question`] say the rest. Either refuses what the run's plan
//! leaves out, so nothing is called outside the printed policy; it records each attempt; and it settles what an error
//! *means* by one table.

pub mod actions;
pub mod api;
pub mod cloudtrail;
pub mod documents;
pub mod hosts;
pub mod identity_center;
mod keys;
mod limits;
pub mod meaning;
mod message;
mod moment;
mod null;
pub mod offered;
mod once;
pub mod organizations;
mod page;
mod plan;
mod progress;
pub mod question;
mod record;
mod redact;
mod refusal;
pub mod replay;
mod reply;
pub mod session;
mod settle;
pub mod signer;
mod site;
mod tags;
mod tell;
mod wellformed;
mod xml;

pub use api::{Api, Protocol};
pub use keys::key_arn;
pub use limits::each;
pub use moment::Moment;
pub use null::empty_if_null;
pub use page::{Part, Turn, gather, gather_part, left_off, list, list_to, pages};
pub use plan::{CALLS, Plan};
pub use progress::Progress;
pub use question::{Question, part};
pub use record::{Wire, clock};
pub use redact::{looked_like, redactable};
pub use reply::{Missing, Reply, instant, missing, said};
pub use settle::{Label, settle};
pub use site::{Shared, Site, sdk};
pub use tags::{Tag, tags};
