//! The report in every format: what it says, that it adds up, and that nothing an account holds acts on a reader.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::wildcard_enum_match_arm,
    clippy::type_complexity,
    clippy::allow_attributes,
    dead_code,
    unreachable_pub,
    reason = "a test ends where its setting fails, and each uses a part of the sample"
)]

mod sample;

#[path = "report/assembly.rs"]
mod assembly;
#[path = "report/html.rs"]
mod html;
#[path = "report/json.rs"]
mod json;
#[path = "report/palette.rs"]
mod palette;
#[path = "report/templates.rs"]
mod templates;
#[path = "report/terminal.rs"]
mod terminal;
