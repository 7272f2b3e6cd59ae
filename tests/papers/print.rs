//! The report on paper: pages that say where they belong, a list of contents, and nothing cut in the middle.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use regex::Regex;

use crate::run::Place;
use crate::{PAPERS, bundle, tool};

/// The recorded account's report, and the text of its pages.
struct Paper {
    _place: Place,
    file: PathBuf,
    pages: Vec<String>,
}

static PAPER: LazyLock<Paper> = LazyLock::new(|| {
    let place = Place::empty();
    place
        .run(&["report", &bundle(), "--format", "pdf", "--out", "paper"])
        .with(0);
    let file = place.path().join("paper/report.pdf");
    let mut text = Command::new("pdftotext");
    text.arg("-layout").arg(&file).arg("-");
    let text = String::from_utf8(tool(&mut text, "poppler-utils")).unwrap();
    let pages = text.split_terminator('\u{c}').map(str::to_owned).collect();
    Paper {
        _place: place,
        file,
        pages,
    }
});

#[test]
fn every_page_says_which_it_is_whose_and_what_it_is_not() {
    let pages = &PAPER.pages;
    assert!(pages.len() > 50, "{}", pages.len());
    for (n, page) in (1..).zip(pages) {
        let number = format!("Page {n} of {}", pages.len());
        for words in [&*number, "Not an attestation report", "123456789012"] {
            assert!(
                page.contains(words),
                "page {n} does not say {words:?}:\n{page}"
            );
        }
    }
}

#[test]
fn it_is_dated_with_its_run() {
    let mut info = Command::new("pdfinfo");
    info.arg("-isodates").arg(&PAPER.file).env("TZ", "UTC");
    let info = String::from_utf8(tool(&mut info, "poppler-utils")).unwrap();
    let started = PAPERS.report["run"]["started"].as_str().unwrap();
    let second = started.split('.').next().unwrap();
    for name in ["CreationDate:", "ModDate:"] {
        let line = info.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(line.contains(second), "{line}, and not {second}");
    }
}

#[test]
fn the_first_page_lists_the_contents_and_its_links_lead_there() {
    let first = &PAPER.pages[0];
    let mut dests = Command::new("pdfinfo");
    dests.arg("-dests").arg(&PAPER.file);
    let dests = String::from_utf8(tool(&mut dests, "poppler-utils")).unwrap();
    for (words, place) in [
        ("Contents", None),
        ("Summary", Some("summary")),
        ("Criteria", Some("criteria")),
        ("Checks and evidence", Some("checks")),
        ("Failing", Some("group-failing")),
        ("Waived failures", Some("waivers")),
        ("What is unknown", Some("unknown")),
        ("Populations", Some("populations")),
        ("Calls cited", Some("calls")),
        ("Scope and versions", Some("scope")),
    ] {
        assert!(first.contains(words), "no {words:?} in:\n{first}");
        if let Some(place) = place {
            assert!(
                dests.contains(&format!("\"{place}\"")),
                "nothing leads to {place}"
            );
        }
    }
}

/// A number behind each line of the contents, and that page is where the line leads.
#[test]
fn the_contents_say_on_which_page_each_part_begins() {
    let first = &PAPER.pages[0];
    let mut dests = Command::new("pdfinfo");
    dests.arg("-dests").arg(&PAPER.file);
    let dests = String::from_utf8(tool(&mut dests, "poppler-utils")).unwrap();
    for (words, place) in [
        ("Summary", "summary"),
        ("Checks and evidence", "checks"),
        ("Failing", "group-failing"),
        ("Populations", "populations"),
        ("Calls cited", "calls"),
    ] {
        let quoted = format!("\"{place}\"");
        let led = dests.lines().find(|line| line.ends_with(&quoted)).unwrap();
        let page = led.split_whitespace().next().unwrap();
        // On a line of several the number stands at the end of the first.
        let line = first.lines().find(|line| line.contains(words)).unwrap();
        assert!(
            line.trim_end().ends_with(&format!(" {page}")),
            "{line}, and not {page}"
        );
    }
}

/// The last row of a page is whole, and so is the first: a row of the register is a call with its request id, its time, and
/// below it the digest of the answer.
#[test]
fn no_row_is_cut_by_the_end_of_a_page() {
    let digest = Regex::new("(?m)^.*[0-9a-f]{64}$").unwrap();
    let time = Regex::new(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} UTC").unwrap();
    let from = PAPER
        .pages
        .iter()
        .position(|page| page.contains("\nCalls cited") || page.contains("  Calls cited\n"));
    let mut seen = 0;
    for page in PAPER.pages.iter().skip(from.unwrap_or(1)) {
        let Some((_, register)) = page.split_once("Request id, time and digest") else {
            continue;
        };
        let digests = digest.find_iter(register).count();
        assert_eq!(digests, time.find_iter(register).count(), "{page}");
        seen += digests;
    }
    assert!(seen > 100, "the register was found: {seen}");
}

/// A head without what it is the head of: the name of a resource, with its facts on the next page.
#[test]
fn no_head_stands_alone_at_the_end_of_a_page() {
    let mut heads = 0;
    for (n, page) in (1..).zip(&PAPER.pages) {
        let lines: Vec<&str> = page
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let is_head = |line: &&str| line.trim_start().starts_with("✕ fail");
        heads += lines.iter().filter(|line| is_head(line)).count();
        // The last line is the foot of the page.
        let last = lines.iter().rev().nth(1).unwrap();
        assert!(!is_head(last), "page {n} ends with {last:?}");
    }
    assert!(heads > 500, "the failures were found: {heads}");
}

#[test]
fn without_a_browser_it_says_what_to_do() {
    let place = Place::empty();
    let bundle = bundle();
    let report = ["report", &bundle, "--format", "pdf", "--out", "paper"];
    let mut command = place.command(&report);
    command.env("PATH", place.path());
    let ended = crate::run::Ended::of(command);
    ended.could_not_run(&["printed by Chromium", "help: install chromium"]);
    place
        .run(&[&report[..], &["--chromium", "no-such-browser"]].concat())
        .could_not_run(&["no-such-browser is no browser", "--chromium"]);
    assert!(place.holds().is_empty());
    assert!(fs::read_dir(place.path()).unwrap().next().is_none());
}
