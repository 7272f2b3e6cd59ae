//! No output says what is the auditor's to say.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::{DEMO, tieout};

/// An opinion, in any of its forms. AWS's own words (`COMPLIANCE` is a mode of its object lock) are none.
const OPINION: &str =
    r"(?i)\b((non-?)?compliant|certified|effective(ly|ness)?|soc ?2[- ]ready|passed the audit)\b";

#[track_caller]
fn expresses_none(what: &str, text: &str) {
    let opinion = Regex::new(OPINION).unwrap();
    let said: Vec<&str> = text
        .lines()
        .filter(|line| opinion.is_match(line))
        .map(|line| line.get(..200).unwrap_or(line))
        .collect();
    assert_eq!(said, [""; 0], "{what}");
}

#[test]
fn no_report_expresses_an_opinion() {
    expresses_none("terminal", &DEMO.said);
    expresses_none("report.html", &DEMO.page);
    expresses_none("report.json", &DEMO.json);
}

#[test]
fn no_command_expresses_an_opinion() {
    for arguments in commands(Vec::new()) {
        let mut help: Vec<&str> = arguments.iter().map(String::as_str).collect();
        help.push("--help");
        let output = tieout(&help, DEMO.dir.path());
        assert!(output.status.success(), "{help:?}");
        expresses_none(&help.join(" "), &String::from_utf8(output.stdout).unwrap());
    }
    let printing: [&[&str]; 4] = [&["checks", "list"], &["kinds"], &["criteria"], &["policy"]];
    for arguments in printing {
        let output = tieout(arguments, DEMO.dir.path());
        assert!(output.status.success(), "{arguments:?}");
        expresses_none(
            &arguments.join(" "),
            &String::from_utf8(output.stdout).unwrap(),
        );
    }
}

/// Every command below one, found in its help.
fn commands(below: Vec<String>) -> Vec<Vec<String>> {
    let mut help: Vec<&str> = below.iter().map(String::as_str).collect();
    help.push("--help");
    let output = tieout(&help, DEMO.dir.path());
    let said = String::from_utf8(output.stdout).unwrap();
    let listed = said
        .split_once("Commands:\n")
        .and_then(|(_, rest)| rest.split_once("\n\n"))
        .map_or("", |(listed, _)| listed);
    let name = Regex::new("(?m)^  ([a-z-]+)").unwrap();
    let mut all = vec![below.clone()];
    for found in name.captures_iter(listed) {
        if &found[1] != "help" {
            let mut command = below.clone();
            command.push(found[1].to_owned());
            all.extend(commands(command));
        }
    }
    all
}

/// What checks, criteria and templates say goes into reports.
#[test]
fn no_file_that_reports_are_made_of_expresses_an_opinion() {
    let mut files = Vec::new();
    for folder in ["checks", "report-templates", "schemas"] {
        walk(Path::new(folder), &mut files);
    }
    assert!(files.len() > 200);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        expresses_none(&file.display().to_string(), &text);
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}
