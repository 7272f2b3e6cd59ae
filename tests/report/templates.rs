//! A user's own templates.

use std::fs;

use tieout::report::html::templates::Templates;
use tieout::report::html::write;

use crate::{html, sample};

fn with(name: &str, text: &str) -> Result<Templates, String> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(name), text).unwrap();
    Templates::with(dir.path()).map_err(|error| {
        error
            .to_string()
            .replace(&dir.path().display().to_string(), "DIR")
    })
}

fn page(templates: &Templates) -> Result<String, String> {
    let mut out = Vec::new();
    write(&sample::small(), templates, &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[test]
fn one_file_replaces_the_one_of_its_name() {
    let page = page(&with("masthead.hbs", "<header>Acme, {{run}}</header>").unwrap()).unwrap();
    assert!(page.contains("<header>Acme, run-2026-11-24T02-11-09Z</header>"));
    assert!(page.contains("id=\"summary\""));
}

#[test]
fn a_style_sheet_of_ones_own_is_let_through_by_the_policy() {
    let ours = with("print.css", "body { color: black; }").unwrap();
    assert!(ours.style().ends_with("body { color: black; }"));
    let page = page(&ours).unwrap();
    assert!(page.contains("body { color: black; }"));
    html::lets_through_its_own(&page);
}

#[test]
fn a_file_that_replaces_nothing_is_refused() {
    let complaint = with("stlye.css", "").err().unwrap();
    assert!(
        complaint
            .starts_with("DIR/stlye.css replaces nothing\nhelp: the templates are attested.hbs"),
        "{complaint}"
    );
}

#[test]
fn a_template_that_does_not_parse_is_shown_with_its_line() {
    let complaint = with("bar.hbs", "<p>\n{{#each segments}}\n</p>")
        .err()
        .unwrap();
    assert!(complaint.starts_with("DIR/bar.hbs:"), "{complaint}");
    assert!(complaint.contains("\nhelp: "), "{complaint}");
}

#[test]
fn a_name_the_report_lacks_is_no_empty_place() {
    let complaint = page(&with("masthead.hbs", "\n{{auditor}}").unwrap())
        .err()
        .unwrap();
    assert!(
        complaint.contains("masthead.hbs fails at line 2"),
        "{complaint}"
    );
    assert!(complaint.contains("auditor"), "{complaint}");
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    let complaint = Templates::with("no/such/place".as_ref())
        .err()
        .unwrap()
        .to_string();
    assert!(
        complaint.starts_with("cannot read no/such/place: "),
        "{complaint}"
    );
}
