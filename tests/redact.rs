//! What `tieout export --redact` hands over: no name that it was to take out, and all that hangs together still.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test ends where its setting fails"
)]

#[path = "redact/exported.rs"]
mod exported;
#[path = "redact/joins.rs"]
mod joins;
#[path = "redact/leaks.rs"]
mod leaks;
#[path = "redact/refused.rs"]
mod refused;
