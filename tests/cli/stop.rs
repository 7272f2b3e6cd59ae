//! A scan that is stopped: politely, twice, and without a word.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use serde_json::Value;

use crate::account::{Account, PATIENCE};
use crate::run::{Ended, Place, with_keys};

/// So many requests are answered: who is scanning, the regions, and a part of the account.
const ANSWERED: usize = 120;

/// Starts a scan into `run` and waits until it has asked what is not answered.
fn begun(place: &Place, account: &Account, stdout: Stdio) -> Child {
    let child = with_keys(place.command(&["scan", "--out", "run"]), &account.endpoint)
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    account.wait_for_silence();
    child
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .arg(format!("-{name}"))
        .arg(child.id().to_string())
        .status()
        .unwrap();
    assert!(sent.success());
}

fn ended(child: Child) -> Ended {
    Ended::from(child.wait_with_output().unwrap())
}

fn report(place: &Place, bundle: &str) -> Value {
    let text = fs::read_to_string(place.path().join(bundle).join("report.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What a stopped scan must show: that it is partial, and no verdict that rests on what was not asked.
#[track_caller]
fn is_partial(report: &Value) {
    assert_eq!(report["run"]["partial"], true);
    let gaps = report["gaps"].as_array().unwrap();
    assert!(
        gaps.iter().any(|gap| gap["reason"] == "not_asked"),
        "{gaps:#?}"
    );
    let unknown = report["summary"]["outcomes"]["unknown"].as_u64().unwrap()
        + report["summary"]["outcomes"]["unlisted"].as_u64().unwrap();
    assert!(unknown > 0);
    // A region of which nothing was read has no verdicts of its own, and says so for every population in it.
    for population in report["populations"].as_array().unwrap() {
        let empty = population["discovered"] == 0;
        let gone =
            population["complete"] == true && population["calls"].as_array().unwrap().is_empty();
        assert!(!(empty && gone), "vanished: {population}");
    }
}

#[test]
fn a_scan_that_is_stopped_judges_what_it_has() {
    for name in ["INT", "TERM"] {
        let account = Account::answering(ANSWERED);
        let place = Place::empty();
        let child = begun(&place, &account, Stdio::piped());
        signal(&child, name);
        let ended = ended(child);
        assert!(
            matches!(ended.code, Some(1 | 3)),
            "{:?}\n{}",
            ended.code,
            ended.err
        );
        assert!(ended.err.contains("stopping: "), "{}", ended.err);
        assert!(ended.out.contains("partial"), "{}", ended.out);
        is_partial(&report(&place, "run"));
        let again = place.run(&["replay", "run"]).with(ended.code.unwrap());
        assert!(again.err.contains("byte for byte"), "{}", again.err);
    }
}

#[test]
fn a_scan_that_is_stopped_before_it_knows_who_it_is_leaves_nothing() {
    let account = Account::answering(0);
    let place = Place::empty();
    let child = begun(&place, &account, Stdio::piped());
    signal(&child, "INT");
    ended(child).could_not_run(&["stopped before anything was read", "help: run the same"]);
    assert!(place.holds().is_empty());
}

#[test]
fn a_second_signal_stops_at_once() {
    let account = Account::answering(ANSWERED);
    let place = Place::empty();
    // A full pipe holds the scan up where it shows its report, so that the second signal finds it there.
    let (_reader, mut full) = std::io::pipe().unwrap();
    full.write_all(&[b' '; 65536]).unwrap();
    let mut child = begun(&place, &account, full.into());
    let said = lines(&mut child);
    signal(&child, "INT");
    while !said.recv_timeout(PATIENCE).unwrap().contains("stopping: ") {}
    signal(&child, "INT");
    while !said
        .recv_timeout(PATIENCE)
        .unwrap()
        .contains("stopped at once; what was read is in run")
    {}
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

fn lines(child: &mut Child) -> mpsc::Receiver<String> {
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let (tell, said) = mpsc::channel();
    thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    said
}

#[test]
fn a_scan_that_is_killed_leaves_what_it_had() {
    let account = Account::answering(ANSWERED);
    let place = Place::empty();
    let child = begun(&place, &account, Stdio::piped());
    signal(&child, "KILL");
    assert_eq!(ended(child).code, None);
    let left = place.holds();

    let shown = place.run(&["replay", "run"]);
    assert!(matches!(shown.code, Some(1 | 3)), "{}", shown.err);
    assert!(shown.out.contains("partial"), "{}", shown.out);
    assert!(
        shown.err.contains("killed before it was judged"),
        "{}",
        shown.err
    );
    assert_eq!(place.holds(), left, "a replay leaves a bundle as it is");

    let kept = place.run(&["replay", "run", "--out", "kept"]);
    assert_eq!(kept.code, shown.code, "{}", kept.err);
    is_partial(&report(&place, "kept"));
    let again = place.run(&["replay", "kept"]);
    assert!(again.err.contains("byte for byte"), "{}", again.err);
}

#[test]
fn a_scan_that_is_killed_before_its_rules_are_kept_is_not_judged_by_fewer() {
    let account = Account::answering(ANSWERED);
    let place = Place::empty();
    let child = begun(&place, &account, Stdio::piped());
    signal(&child, "KILL");
    ended(child);
    fs::remove_file(place.path().join("run/rules.ndjson.zst")).unwrap();
    place
        .run(&["replay", "run"])
        .could_not_run(&["killed before it had read anything", "help: scan again"]);
}
