//! The built binary, as a person or a script meets it: what it says when something is wrong, and what it leaves.
//!
//! Every command runs in an empty directory of its own and sees nothing of the machine's AWS configuration. Nothing but
//! loopback is asked.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

#[path = "cli/account.rs"]
mod account;
#[path = "cli/attest.rs"]
mod attest;
#[path = "cli/bundles.rs"]
mod bundles;
#[path = "cli/dictionary.rs"]
mod dictionary;
#[path = "cli/door.rs"]
mod door;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/files.rs"]
mod files;
#[path = "cli/govern.rs"]
mod govern;
#[path = "support/trail.rs"]
mod logs;
#[path = "cli/manifest.rs"]
mod manifest;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/run.rs"]
mod run;
#[path = "cli/scan.rs"]
mod scan;
#[path = "cli/server.rs"]
mod server;
#[path = "cli/signed.rs"]
mod signed;
#[cfg(unix)]
#[path = "cli/stop.rs"]
mod stop;
#[path = "cli/trail.rs"]
mod trail;
#[path = "cli/year.rs"]
mod year;
