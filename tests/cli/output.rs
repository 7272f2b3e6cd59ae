//! Where the output goes: pipes that close early, terminals that are none, folders.

use std::fs;
use std::process::Stdio;

use crate::run::{Ended, Place};

const COMMANDS: [&[&str]; 20] = [
    &["--help"],
    &["--version"],
    &["scan", "--help"],
    &["demo"],
    &["replay", "tieout-demo"],
    &["report", "tieout-demo"],
    &[
        "sample",
        "tieout-demo",
        "--check",
        "s3.blocks_public_access",
        "--size",
        "3",
        "--seed",
        "7",
    ],
    &["explain", "s3.blocks_public_access"],
    &["explain", "*"],
    &["checks", "list"],
    &["checks", "test", "--only", "s3"],
    &["kinds"],
    &["kinds", "s3.bucket"],
    &["criteria"],
    &["criteria", "tsc2017:CC6.1"],
    &["policy"],
    &["completions", "bash"],
    &["completions", "zsh"],
    &["completions", "fish"],
    &["completions", "powershell"],
];

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let place = Place::empty();
    for args in COMMANDS {
        let whole = place.run(args);
        assert!(matches!(whole.code, Some(0 | 1)), "{args:?}: {}", whole.err);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = place.command(args);
        let child = command
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(command);
        let ended = Ended::from(child.wait_with_output().unwrap());
        assert_eq!(ended.code, whole.code, "{args:?}: {}", ended.err);
        assert!(!ended.err.contains("panicked"), "{args:?}: {}", ended.err);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_one() {
    let place = Place::empty();
    for args in [&["kinds"][..], &["completions", "bash"], &["demo"]] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = place.command(args);
        command.stdout(full);
        let ended = Ended::of(command).with(2);
        assert!(ended.err.contains("help: "), "{args:?}: {}", ended.err);
    }
}

#[test]
fn nothing_is_coloured_but_a_terminal() {
    let place = Place::empty();
    for args in COMMANDS {
        let ended = place.run(args);
        assert!(!ended.out.contains('\u{1b}'), "{args:?}");
        assert!(!ended.err.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn the_demo_replaces_its_own_folder_and_no_other() {
    let place = Place::empty();
    place.run(&["demo"]).with(0);
    let first = place.holds();
    place.run(&["demo"]).with(0);
    assert_eq!(place.holds(), first);

    // Somebody's notes in it make it theirs.
    let note = place.path().join("tieout-demo/notes.txt");
    fs::write(&note, "mine").unwrap();
    let says = ["tieout-demo is not empty", "help: "];
    place.run(&["demo"]).could_not_run(&says);
    assert!(note.exists());

    // So does a manifest of something else: many tools call theirs so.
    let place = Place::empty()
        .with("site/manifest.json", "{\"name\": \"a web site\"}")
        .with("site/index.html", "");
    place
        .run(&["demo", "--out", "site"])
        .could_not_run(&["site is not empty", "help: "]);
    assert_eq!(place.holds().len(), 3);
}

#[test]
fn a_replay_says_that_it_is_one() {
    let place = Place::empty();
    let demo = place.run(&["demo"]).with(0);
    let replayed = demo.out.lines().find(|line| line.contains("replayed "));
    assert!(replayed.unwrap().contains("run-"), "{}", demo.out);
}
