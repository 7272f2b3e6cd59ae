//! The workbook in LibreOffice: it opens, its cells are what the CSV files say, and none is a formula.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;
use tieout::report::xlsx;

use crate::table::Table;
use crate::{PAPERS, sample, tool};

/// Converts a workbook, in a profile of its own.
fn convert(book: &Path, to: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut office = Command::new("soffice");
    office
        .arg(format!(
            "-env:UserInstallation=file://{}",
            dir.path().join("profile").display()
        ))
        .args(["--headless", "--norestore", "--convert-to", to, "--outdir"])
        .arg(dir.path().join("out"))
        .arg(book);
    tool(&mut office, "libreoffice-calc-nogui");
    dir
}

/// Commas, double quotes, UTF-8, text as it stands, every sheet a file.
const EVERY_SHEET: &str =
    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

/// What the CSV file holds, without the apostrophe that no workbook needs.
fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[test]
fn it_reads_back_what_the_csv_files_say() {
    let papers = &*PAPERS;
    let read = convert(&papers.path("workpapers.xlsx"), EVERY_SHEET);
    let sheet = |name: &str| Table::read(&read.path().join(format!("out/workpapers-{name}.csv")));
    for (name, file) in [
        ("Read me", "read_me"),
        ("Run", "run"),
        ("Criteria", "criteria"),
        ("Evidence for criteria", "evidence_for_criteria"),
        ("Checks", "checks"),
        ("Populations", "populations"),
        ("Listings", "listings"),
        ("Exceptions", "exceptions"),
        ("Unknown", "unknown"),
        ("Waived failures", "waived_failures"),
        ("Waivers", "waivers"),
        ("Management responses", "management_responses"),
        ("Exceptions made in AWS", "exceptions_made_in_aws"),
        ("Roles of people", "roles_of_people"),
        ("Attestations", "attestations"),
        ("Reviews of the AWS report", "reviews_of_the_aws_report"),
        ("Gaps", "gaps"),
        ("Coverage", "coverage"),
    ] {
        same(name, &sheet(name), &papers.csv(&format!("{file}.csv")));
    }
    // The sheet of a kind is the populations of its checks, one after the other.
    let checks: Vec<_> = papers
        .judged()
        .filter(|check| check["kind"] == "s3.bucket")
        .collect();
    let mut expected = Table {
        headings: Vec::new(),
        rows: Vec::new(),
    };
    for check in checks {
        let population = papers.csv(&format!(
            "populations/{}.csv",
            check["id"].as_str().unwrap()
        ));
        expected.headings = population.headings;
        expected.rows.extend(population.rows);
    }
    assert!(expected.rows.len() > 100);
    same("s3.bucket", &sheet("s3.bucket"), &expected);
}

#[track_caller]
fn same(name: &str, read: &Table, expected: &Table) {
    assert_eq!(read.headings, expected.headings, "{name}");
    assert_eq!(read.rows.len(), expected.rows.len(), "{name}");
    for (read, expected) in read.rows.iter().zip(&expected.rows) {
        for (read, expected) in read.iter().zip(expected) {
            let expected = plain(expected);
            if expected.encode_utf16().count() > 32_767 {
                assert!(read.ends_with("; the CSV file has all"), "{name}: {read}");
            } else {
                assert_eq!(plain(read), expected, "{name}");
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula_and_a_name_of_ten_thousand_letters_stands_whole() {
    let mut report = sample::small();
    let names = ["=1+1", "@SUM(A1:A9)", "+cmd|' /C calc'!A0"];
    for (verdict, name) in report.verdicts.iter_mut().zip(names) {
        verdict.name = name.into();
    }
    let dir = tempfile::tempdir().unwrap();
    let book = dir.path().join("hostile.xlsx");
    fs::write(&book, xlsx::write(&report).unwrap()).unwrap();
    let flat = convert(&book, "fods");
    let flat = fs::read_to_string(flat.path().join("out/hostile.fods")).unwrap();
    assert!(!flat.contains("table:formula"));
    for name in ["=1+1", "@SUM(A1:A9)", "+cmd|' /C calc'!A0"] {
        let name = name.replace('\'', "&apos;");
        assert!(flat.contains(&format!("<text:p>{name}</text:p>")), "{name}");
    }
    assert!(flat.contains(&"x".repeat(10_000)));
}
