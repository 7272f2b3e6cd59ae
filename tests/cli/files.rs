//! Files of a user's own that are wrong, and folders that cannot be written. Each is found out before AWS is asked.

use crate::run::Place;

/// Every command that reads checks. The endpoint answers nobody, and nobody asks it.
const COMMANDS: [&[&str]; 5] = [
    &["scan"],
    &["policy"],
    &["checks", "list"],
    &["checks", "test"],
    &["criteria"],
];

const SOUND: &str = include_str!("../../checks/ec2/stopped_instance_removed.toml");

/// Every command says so in these words, and writes nothing.
#[track_caller]
fn refused(place: &Place, args: &[&str], says: &[&str]) {
    let held = place.holds();
    for command in COMMANDS {
        place
            .scan_of("http://127.0.0.1:1", &[command, args].concat())
            .could_not_run(says);
    }
    assert_eq!(place.holds(), held);
}

/// One check in `mine/`, with `from` replaced.
#[track_caller]
fn check(from: &str, to: &str, says: &[&str]) {
    assert!(SOUND.contains(from), "nothing to replace: {from}");
    let place = Place::empty().with("mine/ec2/own.toml", &SOUND.replacen(from, to, 1));
    refused(&place, &["--checks", "mine"], says);
}

#[test]
fn a_check_with_a_mistake() {
    check(
        "severity = ",
        "severty = ",
        &[
            "a check has no field `severty`",
            "mine/ec2/own.toml:2:1",
            "help: did you mean `severity`?",
            "mistake",
        ],
    );
    check(
        "params.max_days",
        "params.max_dys",
        &["max_dys", "mine/ec2/own.toml:9:", "help: did you mean `"],
    );
    check(
        r#"instance.state == "stopped""#,
        "instance.state == 7",
        &["mine/ec2/own.toml:8:", "help: "],
    );
    check(
        r#""tsc2017:CC6.5""#,
        r#""tsc2017:CC6.55""#,
        &[
            "tsc2017:CC6.55",
            "mine/ec2/own.toml:4:",
            "help: did you mean `tsc2017:CC6.5`?",
        ],
    );
}

#[test]
fn a_check_with_the_id_of_another() {
    let place = Place::empty().with("mine/ec2/stopped_instance_removed.toml", SOUND);
    refused(
        &place,
        &["--checks", "mine"],
        &["ec2.stopped_instance_removed", "help: "],
    );
}

#[test]
fn a_folder_of_checks_that_is_not_there_or_empty() {
    refused(
        &Place::empty(),
        &["--checks", "mine"],
        &["cannot be read", "mine", "help: check the path"],
    );
    let place = Place::empty().with("mine/readme.md", "nothing");
    refused(
        &place,
        &["--checks", "mine"],
        &["there is no check here", "help: `tieout checks new`"],
    );
}

#[test]
fn a_configuration_with_mistakes() {
    let place = Place::empty().with("tieout.toml", "regoins = [\"eu-west-1\"]\nonly = \"s3\"\n");
    refused(
        &place,
        &[],
        &[
            "tieout.toml has no field `regoins`",
            "tieout.toml:1:1",
            "help: did you mean `regions`?",
            "`only` is text, not a list of text",
            "tieout.toml:2:8",
            "2 mistakes",
        ],
    );
    let place = Place::empty().with("tieout.toml", "only = [\n");
    refused(&place, &[], &["this is not TOML", "tieout.toml:", "help: "]);
    refused(
        &Place::empty(),
        &["--config", "conf.toml"],
        &["cannot be read", "conf.toml", "help: check the path"],
    );
}

#[test]
fn a_parameter_that_no_check_has() {
    let place = Place::empty().with(
        "tieout.toml",
        "[params.\"ec2.stopped_instance_removed\"]\nmax_dys = 3\n",
    );
    refused(
        &place,
        &[],
        &[
            "max_dys",
            "tieout.toml:2:1",
            "help: did you mean `max_days`?",
        ],
    );
}

/// The commands that select.
const SELECTING: [&[&str]; 4] = [
    &["scan"],
    &["policy"],
    &["checks", "list"],
    &["checks", "test"],
];

#[test]
fn a_pattern_that_selects_nothing() {
    let place = Place::empty();
    for command in SELECTING {
        let says = |args: &[&str], says: &[&str]| {
            place.run(&[command, args].concat()).could_not_run(says);
        };
        says(
            &["--only", "s3.versioning_enabld"],
            &[
                "`s3.versioning_enabld` matches no check",
                "did you mean `s3.versioning_enabled`?",
                "help: `tieout checks list`",
            ],
        );
        says(
            &["--skip", "buckets"],
            &["`buckets` matches no check", "help: "],
        );
        says(
            &["--only", "s[3"],
            &["`s[3` is not a pattern", "help: write *"],
        );
        says(
            &["--only", "s3", "--skip", "s3*"],
            &["leave no check to judge", "help: take something out"],
        );
    }
    assert!(place.holds().is_empty());
}

#[test]
fn templates_that_do_not_fit() {
    for (name, text, says) in [
        ("check.hbs", "{{#if title}}", "check.hbs:1"),
        ("chekc.hbs", "", "replaces nothing"),
    ] {
        let place = Place::empty().with(&format!("page/{name}"), text);
        for command in ["demo", "scan"] {
            place
                .scan_of("http://127.0.0.1:1", &[command, "--templates", "page"])
                .could_not_run(&["page", says, "help: "]);
        }
        assert_eq!(place.holds().len(), 2);
    }
    let place = Place::empty();
    place
        .run(&["demo", "--templates", "page"])
        .could_not_run(&["cannot read page", "help: "]);
    assert!(place.holds().is_empty());
}

/// The commands that write a run.
const WRITING: [&[&str]; 3] = [&["scan"], &["demo"], &["replay", "nowhere"]];

#[test]
fn a_folder_that_cannot_be_written() {
    // Below a file, because the tests may run as root, whom permissions do not stop.
    let place = Place::empty().with("file", "");
    for command in WRITING {
        place
            .scan_of(
                "http://127.0.0.1:1",
                &[command, &["--out", "file/run"]].concat(),
            )
            .could_not_run(&["file/run cannot be written", "help: name a folder"]);
    }
    assert_eq!(place.holds().len(), 1);
}

#[test]
fn a_folder_that_is_not_empty() {
    let place = Place::empty().with("run/notes.txt", "mine");
    for command in WRITING {
        place
            .scan_of("http://127.0.0.1:1", &[command, &["--out", "run"]].concat())
            .could_not_run(&["run is not empty", "help: ", "new folder with --out"]);
    }
    assert_eq!(place.holds().len(), 2);
}

#[test]
fn nothing_is_left_of_folders_that_were_tried() {
    let place = Place::empty();
    place
        .scan_of("http://127.0.0.1:1", &["scan", "--out", "a/b/c"])
        .could_not_run(&["AWS does not answer", "help: "]);
    assert!(place.holds().is_empty());
}

/// Only a scan reads them.
#[test]
fn a_file_of_inputs_with_a_mistake() {
    let place = Place::empty()
        .with(
            "tieout.toml",
            "[inputs]\npeople = 'people.csv'\nvendors = 'none.csv'\n",
        )
        .with("people.csv", "email,name\nada@acme.example,Ada\n");
    let held = place.holds();
    place
        .scan_of("http://127.0.0.1:1", &["scan"])
        .could_not_run(&[
            "the column `status` is missing",
            "people.csv:1:1",
            "none.csv cannot be read",
            "tieout.toml:3:11",
            "help: check the path",
            "2 mistakes",
        ]);
    assert_eq!(place.holds(), held);
    let place = Place::empty().with("tieout.toml", "[inputs]\npeoples = 'people.csv'\n");
    refused(
        &place,
        &[],
        &[
            "[inputs] has no field `peoples`",
            "tieout.toml:2:1",
            "help: did you mean `people`?",
        ],
    );
}
