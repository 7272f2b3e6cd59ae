//! The report as one HTML file that an auditor can keep: no request leaves it, and it reads without
//! JavaScript.
//!
//! The only module that knows handlebars. The templates are `report-templates/`; what they are given is
//! [`view`]. A page is rendered in pieces, one per check, so that a report on a hundred thousand verdicts
//! never stands in memory a second time.
//!
//! The policy in its head forbids every load and every script but the one whose digest it states. Names
//! from an account are escaped by handlebars; should one ever slip through, the browser still refuses to
//! run it.

mod cite;
pub mod history;
pub mod templates;
mod view;

use std::io::{self, Write};

use handlebars::{RenderError, RenderErrorReason};
use serde::Serialize;

use super::Report;
use super::answers::Answers;
use cite::Citations;
use templates::Templates;

/// A page that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum HtmlError {
    /// A template asks for what the report does not hold.
    #[error("the report template {template} fails{}: {message}", place(.line))]
    Template {
        /// The template's file name.
        template: String,
        /// The line in it.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
    /// The output does not take it.
    #[error(transparent)]
    Write(#[from] io::Error),
}

fn place(line: &Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(" at line {line}"))
}

/// Writes the page.
///
/// # Errors
/// When a user's own template does not fit the report, or `out` does not take it.
pub fn write(
    report: &Report,
    templates: &Templates,
    out: &mut impl Write,
) -> Result<(), HtmlError> {
    let mut citations = Citations::default();
    let answers = Answers::of(report);
    render(templates, "opening", &view::opening(report, templates), out)?;
    for group in view::groups(report) {
        render(templates, "group", &group.heading(), out)?;
        for check in group.checks {
            let check = view::check(check, report, &answers, &mut citations);
            render(templates, "check", &check, out)?;
        }
    }
    render(
        templates,
        "closing",
        &view::closing(report, &mut citations, templates),
        out,
    )
}

fn render(
    templates: &Templates,
    name: &str,
    view: &impl Serialize,
    out: &mut impl Write,
) -> Result<(), HtmlError> {
    templates
        .registry()
        .render_to_write(name, view, &mut *out)
        .map_err(|error| failed(name, &error))
}

fn failed(name: &str, error: &RenderError) -> HtmlError {
    if let RenderErrorReason::IOError(error) = error.reason() {
        return HtmlError::Write(io::Error::new(error.kind(), error.to_string()));
    }
    let message = if let RenderErrorReason::MissingVariable(Some(name)) = error.reason() {
        format!("there is no `{name}` here")
    } else {
        error.reason().to_string()
    };
    HtmlError::Template {
        template: format!("{}.hbs", error.template_name.as_deref().unwrap_or(name)),
        line: error.line_no,
        message,
    }
}
