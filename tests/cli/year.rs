//! The walk through a company's year: the commands of `docs/year.md`, in their order, each as it stands there.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::account::Account;
use crate::run::{Ended, Place, with_keys};

/// The commands of a page: what stands behind `$ ` in its `console` blocks, with the lines that belong to it.
fn commands(page: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    for block in page.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        for line in block.lines() {
            match line.strip_prefix("$ ") {
                Some(command) => commands.push(command.to_owned()),
                None => {
                    let last = commands.last_mut().unwrap();
                    last.push('\n');
                    last.push_str(line);
                }
            }
        }
    }
    commands
}

#[test]
fn every_command_of_the_year_does_what_the_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/year.md")).unwrap();
    let commands = commands(&page);
    assert!(commands.len() > 12, "{commands:#?}");
    let account = Account::acme();
    let place = Place::empty();
    let tieout = Path::new(env!("CARGO_BIN_EXE_tieout")).parent().unwrap();
    let path = format!(
        "{}:{}",
        tieout.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    for command in &commands {
        // The environment of a command of ours, and a shell in its place.
        let ours = with_keys(place.command(&[]), &account.endpoint);
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(place.path());
        for (name, value) in ours.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell.env("PATH", &path);
        let ended = Ended::of(shell);
        assert_eq!(
            ended.code,
            Some(0),
            "$ {command}\n{}\n{}",
            ended.out,
            ended.err
        );
        let says = [
            ("tieout diff", "waive"),
            ("tieout verify", "all that was looked at holds"),
            ("openssl pkeyutl", "Verified Successfully"),
        ];
        for (of, words) in says {
            if command.contains(of) {
                let said = [ended.out.as_str(), ended.err.as_str()].concat();
                assert!(said.contains(words), "$ {command}\n{said}");
            }
        }
    }
    let period = fs::read_to_string(place.path().join("period/period.json")).unwrap();
    assert!(period.contains("acme-website"), "the exception of the page");
}
