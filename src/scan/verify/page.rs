//! `report.html`, the form that people read: whether the built-in templates make the same page of the same report.

use crate::bundle::verify::Step;
use crate::bundle::{Bundle, BundleError, Files};
use crate::report::html::templates::Templates;
use crate::report::{Report, html};

const NAME: &str = "page";

/// Compares the page. A user's own templates, and those of another version, make another page of the same report, so that a
/// page which differs is no fault: what it says rests on its digest then.
pub(super) fn step<F: Files>(bundle: &Bundle<F>, report: &Report) -> Result<Step, BundleError> {
    let Some(kept) = bundle.report("report.html")? else {
        return Ok(Step::not(NAME, "the run wrote no report.html"));
    };
    let mut again = Vec::new();
    let made = Templates::embedded()
        .map_err(|error| error.to_string())
        .and_then(|templates| {
            html::write(report, &templates, &mut again).map_err(|error| error.to_string())
        });
    Ok(match made {
        Ok(()) if again == kept => Step::looked(
            NAME,
            "report.html is the same as recorded, byte for byte",
            Vec::new(),
        ),
        Ok(()) => Step::not(
            NAME,
            "report.html is not the page of this version's own templates: it rests on its digest alone",
        ),
        Err(error) => Step::not(NAME, error),
    })
}
