//! The report in every format: what it says, that it adds up, and that nothing an account holds acts on a reader.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its setting fails"
)]

mod sample;

#[path = "report/assembly.rs"]
mod assembly;
#[path = "report/html.rs"]
mod html;
#[path = "report/json.rs"]
mod json;
#[path = "report/oscal.rs"]
mod oscal;
#[path = "report/palette.rs"]
mod palette;
#[path = "support/schema.rs"]
mod schema;
#[path = "report/size.rs"]
mod size;
#[path = "report/templates.rs"]
mod templates;
#[path = "report/terminal.rs"]
mod terminal;
#[path = "support/venv.rs"]
mod venv;
