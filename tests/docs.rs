//! What the documentation shows is what the files say.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test ends where its setting fails"
)]

use std::fs;
use std::process::Command;

use regex::Regex;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_check_that_the_guide_shows_is_a_real_one() {
    let guide = read("checks/README.md");
    let shown = guide
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert_eq!(shown, read("checks/ec2/stopped_instance_removed.toml"));
}

#[test]
fn the_guide_links_to_what_is_there() {
    let guide = read("checks/README.md");
    let links = guide
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let local: Vec<_> = links.filter(|link| !link.starts_with("https://")).collect();
    assert!(!local.is_empty());
    for link in local {
        assert!(fs::exists(format!("checks/{link}")).unwrap(), "{link}");
    }
    for path in ["src/inventory/kinds", "src/criteria/roll_up.rs"] {
        assert!(guide.contains(path) && fs::exists(path).unwrap(), "{path}");
    }
}

/// A command that a document shows, and the lines it shows of its output.
struct Shown<'d> {
    command: &'d str,
    output: Vec<&'d str>,
}

fn shown(document: &str) -> Vec<Shown<'_>> {
    let mut all = Vec::new();
    for block in document.split("```console\n").skip(1) {
        for line in block.split("```").next().unwrap().lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                let command = command.split("  ").next().unwrap().trim();
                let output = Vec::new();
                all.push(Shown { command, output });
            } else if let Some(last) = all.last_mut() {
                last.output.push(line);
            }
        }
    }
    all
}

/// What changes from one recording of the demo to the next is left open: numbers, ids, and how wide a column is.
fn stable(line: &str) -> String {
    let id = Regex::new("[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9A-F]{16}").unwrap();
    let number = Regex::new("[0-9][0-9,]*").unwrap();
    let spaces = Regex::new("(\\S) {2,}").unwrap();
    let line = id.replace_all(line.trim_end(), "ID");
    let line = number.replace_all(&line, "N");
    spaces.replace_all(&line, "$1  ").into_owned()
}

#[test]
fn what_the_readme_shows_is_what_the_commands_print() {
    let readme = read("README.md");
    let mut compared = 0;
    for Shown { command, output } in shown(&readme) {
        let Some(args) = command
            .strip_prefix("cargo run --release -- ")
            .or_else(|| command.strip_prefix("tieout "))
            .filter(|_| !output.is_empty())
        else {
            continue;
        };
        let folder = tempfile::tempdir().unwrap();
        let printed = Command::new(env!("CARGO_BIN_EXE_tieout"))
            .args(args.split(' '))
            .current_dir(&folder)
            .output()
            .unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        let mut lines = printed.lines().map(stable).peekable();
        let mut skipping = false;
        for line in output {
            if line.trim() == "…" {
                skipping = true;
                continue;
            }
            let wanted = stable(line);
            let found = if skipping {
                lines.any(|line| line == wanted)
            } else {
                lines.next() == Some(wanted)
            };
            assert!(found, "`{command}` does not print this here: {line}");
            skipping = false;
        }
        assert!(
            skipping || lines.peek().is_none(),
            "`{command}` prints more than this"
        );
        compared += 1;
    }
    assert!(compared >= 2, "the demo and the policy are shown");
}

#[test]
fn the_configuration_that_the_readme_shows_is_one() {
    let readme = read("README.md");
    let shown = readme.split("```toml\n").nth(1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let text = shown.split("```").next().unwrap();
    fs::write(folder.path().join("tieout.toml"), text).unwrap();
    // A check for the folder that it names.
    let own = folder.path().join("my-checks/ec2/own.toml");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::copy("checks/ec2/stopped_instance_removed.toml", own).unwrap();
    let explained = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .args(["explain", "ec2.stopped_instance_removed"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&explained.stdout);
    assert!(said.contains("max_days  = 60  (default 30)"), "{said}");
    let listed = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .args(["checks", "list"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&listed.stdout);
    assert!(said.contains("ec2.own") && !said.contains("rds."), "{said}");
}

#[test]
fn the_commands_that_the_documents_show_are_commands() {
    for document in ["README.md", "checks/README.md"] {
        let text = read(document);
        let commands: Vec<_> = shown(&text)
            .iter()
            .filter_map(|shown| shown.command.strip_prefix("tieout "))
            .map(str::to_owned)
            .collect();
        assert!(!commands.is_empty(), "{document}");
        for command in commands {
            // Parsed to the end, and then asked for help rather than for what it does.
            let tried = Command::new(env!("CARGO_BIN_EXE_tieout"))
                .args(command.split(' '))
                .arg("--help")
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&tried.stderr);
            assert!(tried.status.success(), "{document}: {command}: {said}");
        }
    }
}

/// Adding a kind or a field changes it: `TIEOUT_DOCS=write cargo test --test docs` writes it anew.
#[test]
fn the_page_of_kinds_is_what_the_binary_prints() {
    let printed = Command::new(env!("CARGO_BIN_EXE_tieout"))
        .args(["kinds", "--markdown"])
        .output()
        .unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    const PAGE: &str = "docs/kinds.md";
    if std::env::var("TIEOUT_DOCS").is_ok_and(|what| what == "write") {
        fs::create_dir_all("docs").unwrap();
        fs::write(PAGE, &printed).unwrap();
    }
    let current = fs::read_to_string(PAGE).is_ok_and(|page| page == printed);
    assert!(
        current,
        "{PAGE} is not what `tieout kinds --markdown` prints; write it with TIEOUT_DOCS=write cargo test --test docs"
    );
}
