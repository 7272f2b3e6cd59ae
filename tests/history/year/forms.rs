//! The forms in which the year is told.

use std::fs;

use super::year;
use crate::schema;

#[test]
fn it_is_what_its_schema_says() {
    assert_eq!(
        schema::errors("schemas/period.v1.schema.json", &year().period),
        [""; 0]
    );
}

#[test]
fn page_workbook_and_terminal_tell_it() {
    let year = year();
    let page = fs::read_to_string(year.out.join("period.html")).unwrap();
    for words in [
        "There is no evidence of 10 of 365 days.",
        "2026-05-05: gap: no run",
        "<bdi>k9.b</bdi>",
        "run-2026-10-10T02-00-00Z",
    ] {
        assert!(page.contains(words), "the page lacks {words:?}");
    }
    assert!(!page.contains("<script"));
    let book = fs::read(year.out.join("period.xlsx")).unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut sheets = String::new();
    std::io::Read::read_to_string(&mut book.by_name("xl/workbook.xml").unwrap(), &mut sheets)
        .unwrap();
    for sheet in [
        "Read me",
        "Exceptions",
        "Checks",
        "Calendar",
        "Runs",
        "Left out",
        "Intervals",
    ] {
        assert!(sheets.contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
    for words in [
        "355 (365 planned: one every 1 day), 1 partial",
        "10 days without a run",
        "gap 2026-06-08 to 2026-06-14 (7 days)",
        "12: 2 open at the start, 10 opened, 11 closed, 1 open at the end",
    ] {
        assert!(year.said.contains(words), "no {words:?} in:\n{}", year.said);
    }
    assert!(year.top.path().join("history/notes").is_dir());
}
