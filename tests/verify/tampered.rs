//! A bundle that somebody touched, clumsily or with care.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::evidence::{Ended, copy, made, names, replayed, tieout};
use crate::forger::{Seeded, edit, fix_digests, lines, put_lines, replace_once, swap, unsign};

const CALLS: &str = "calls/123456789012/us-east-1/s3.ndjson.zst";
const VERDICTS: &str = "verdicts.ndjson.zst";
const RESULTS: &str = "results.ndjson.zst";

fn verified(place: &Path) -> Ended {
    tieout(["verify", "bundle", "--key", "key.pub.pem"], place)
}

/// It is caught, the file is named, and these words are said.
#[track_caller]
fn caught(place: &TempDir, file: &str, says: &[&str]) {
    let ended = verified(place.path()).with(1);
    assert!(
        ended.said.lines().any(|line| names_it(line, file)),
        "{file} is not named:\n{}",
        ended.said
    );
    ended.says(says);
}

/// Whether a line is about this file: `  FILE: what` or `  FILE:LINE: what`.
fn names_it(line: &str, file: &str) -> bool {
    line.trim_start()
        .strip_prefix(file)
        .is_some_and(|rest| rest.starts_with(':'))
}

/// The signed bundle, after somebody was there.
fn touched(touch: impl FnOnce(&Path)) -> TempDir {
    let place = copy();
    touch(&place.path().join("bundle"));
    place
}

/// The same without a signature, and with digests that agree.
fn forged(touch: impl FnOnce(&Path)) -> TempDir {
    touched(|bundle| {
        touch(bundle);
        fix_digests(bundle);
        unsign(bundle);
    })
}

#[test]
fn a_byte_flipped_anywhere() {
    let mut seeded = Seeded(20_261_124);
    for name in names(&made().join("bundle")) {
        for _ in 0..2 {
            let place = copy();
            let path = place.path().join("bundle").join(&name);
            let mut bytes = fs::read(&path).unwrap();
            let at = seeded.below(bytes.len());
            bytes[at] ^= 1 << seeded.below(8);
            fs::write(&path, bytes).unwrap();
            let ended = verified(place.path()).with(1);
            assert!(
                ended.said.lines().any(|line| names_it(line, &name)),
                "byte {at} of {name}:\n{}",
                ended.said
            );
        }
    }
}

#[test]
fn a_file_that_is_gone() {
    for name in names(&made().join("bundle")) {
        let place = touched(|bundle| fs::remove_file(bundle.join(&name)).unwrap());
        caught(&place, &name, &["it is missing"]);
    }
}

#[test]
fn a_file_that_was_added() {
    for name in ["notes.txt", "calls/123456789012/us-east-1/sqs.ndjson.zst"] {
        let place = touched(|bundle| fs::write(bundle.join(name), "").unwrap());
        caught(&place, name, &["the manifest does not know it"]);
    }
}

#[test]
fn every_fault_is_named_and_not_the_first_alone() {
    let place = touched(|bundle| {
        fs::remove_file(bundle.join("criteria.ndjson.zst")).unwrap();
        edit(&bundle.join(CALLS), |lines| lines.reverse());
        fs::write(bundle.join("notes.txt"), "").unwrap();
    });
    for name in ["criteria.ndjson.zst", CALLS, "notes.txt"] {
        caught(&place, name, &[]);
    }
}

#[test]
fn lines_in_another_order() {
    for name in [CALLS, VERDICTS, "rules.ndjson.zst"] {
        let place = touched(|bundle| edit(&bundle.join(name), |lines| lines.swap(0, 1)));
        caught(
            &place,
            name,
            &["it differs from its digest in the manifest"],
        );
    }
    let place = forged(|bundle| edit(&bundle.join(VERDICTS), |lines| lines.swap(3, 4)));
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&["verdicts.ndjson.zst:4: the verdicts stand in another order"]);
}

/// Two answers to the same operation, about two buckets that differ.
fn two_answers(lines: &[String]) -> (usize, usize) {
    let body = |line: &String| {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let asked = value["operation"] == "GetBucketVersioning";
        asked.then(|| value["answer"]["body"].as_str().unwrap().to_owned())
    };
    let answers: Vec<(usize, String)> = lines
        .iter()
        .enumerate()
        .filter_map(|(n, line)| Some((n, body(line)?)))
        .collect();
    let (first, body) = &answers[0];
    let other = answers.iter().find(|(_, other)| other != body);
    (*first, other.expect("two buckets differ").0)
}

#[test]
fn answers_of_two_calls_exchanged() {
    // Clumsily: the bodies alone, so that neither is the one whose digest stands beside it.
    let place = forged(|bundle| {
        edit(&bundle.join(CALLS), |lines| {
            let (one, other) = two_answers(lines);
            swap(lines, one, other, "/answer/body");
        });
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&[
        "s3.ndjson.zst:",
        "s3:GetBucketVersioning: the answer is not the one that arrived",
    ]);
    // With care: digest, request id and time go along.
    let place = forged(|bundle| {
        edit(&bundle.join(CALLS), |lines| {
            let (one, other) = two_answers(lines);
            swap(lines, one, other, "/answer");
        });
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&[
        "FAILED        replay",
        "verdicts.ndjson.zst:",
        "by s3:GetBucketVersioning",
    ]);
}

/// Turns the first failure into a pass. The line's number, and what identifies the verdict.
fn whitewash(bundle: &Path) -> (usize, String, String) {
    let mut told = None;
    edit(&bundle.join(VERDICTS), |lines| {
        let fails = |line: &String| line.contains("\"outcome\":\"fail\"");
        let n = lines.iter().position(fails).expect("something fails");
        let old = lines[n].clone();
        lines[n] = old.replacen("\"outcome\":\"fail\"", "\"outcome\":\"pass\"", 1);
        told = Some((n + 1, old, lines[n].clone()));
    });
    told.unwrap()
}

#[test]
fn a_verdict_edited() {
    // The digests alone catch it.
    caught(&touched(|bundle| drop(whitewash(bundle))), VERDICTS, &[]);
    // Digests fixed up, not signed: the answers say otherwise.
    let mut line = 0;
    let place = forged(|bundle| line = whitewash(bundle).0);
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&[
        &format!("verdicts.ndjson.zst:{line}: "),
        "recorded as pass, and the recorded answers make it fail",
        "FAILED        arithmetic",
    ]);
    // The report too.
    let place = forged(|bundle| {
        let (_, old, new) = whitewash(bundle);
        replace_once(&bundle.join("report.json"), &old, &new);
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&[
        "FAILED        report",
        "report.json:",
        "/outcome is \"pass\", and comes out as \"fail\"",
    ]);
}

#[test]
fn the_result_of_a_criterion_edited() {
    let place = forged(|bundle| {
        edit(&bundle.join(RESULTS), |lines| {
            let line = lines.iter_mut().find(|line| line.contains("exceptions"));
            let line = line.expect("something fails");
            *line = line.replacen("exceptions", "supported", 1);
        });
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&[
        "FAILED        results",
        "results.ndjson.zst:",
        "is recorded as supported, and the recorded answers make it exceptions",
    ]);
    // One that is taken out whole, with the manifest made not to know it.
    let place = forged(|bundle| {
        fs::remove_file(bundle.join(RESULTS)).unwrap();
        let path = bundle.join("manifest.json");
        let mut manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        manifest["files"].as_object_mut().unwrap().remove(RESULTS);
        fs::write(&path, manifest.to_string()).unwrap();
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&["results.ndjson.zst: it is missing"]);
}

#[test]
fn digests_fixed_up_under_the_old_signature() {
    let place = touched(|bundle| {
        whitewash(bundle);
        fix_digests(bundle);
    });
    let says = ["it differs from its digest in the signed statement"];
    for name in [VERDICTS, "manifest.json", "SHA256SUMS"] {
        caught(&place, name, &says);
    }
}

#[test]
fn signed_again_with_another_key() {
    let place = forged(|bundle| drop(whitewash(bundle)));
    tieout(["sign", "bundle", "--key", "other.pem"], place.path()).with(0);
    caught(
        &place,
        "manifest.dsse.json",
        &["none of the named keys signed it"],
    );
    // And that it says it was the right key helps nobody.
    let id = |file: &str| {
        let shown = tieout(["keys", "show", file], place.path()).with(0).out;
        shown.lines().next().unwrap().to_owned()
    };
    let envelope = place.path().join("bundle/manifest.dsse.json");
    replace_once(&envelope, &id("other.pem"), &id("key.pem"));
    caught(&place, "manifest.dsse.json", &["does not hold"]);
}

#[test]
fn the_envelope_of_another_run() {
    let place = copy();
    replayed(place.path(), "later", |manifest| {
        manifest.run.id = "run-2026-11-25T02-11-09Z".to_owned();
    });
    tieout(["sign", "later", "--key", "key.pem"], place.path()).with(0);
    let [from, to] = ["later", "bundle"].map(|it| place.path().join(it).join("manifest.dsse.json"));
    fs::copy(from, to).unwrap();
    caught(
        &place,
        "manifest.dsse.json",
        &["it is of another run: run-2026-11-25T02-11-09Z"],
    );
}

#[test]
fn a_manifest_that_says_another_caller() {
    let place = forged(|bundle| {
        replace_once(
            &bundle.join("manifest.json"),
            ":assumed-role/",
            ":assumed-role/honest-",
        );
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&["manifest.json: who scanned is not what the recorded answers say"]);
}

#[test]
fn a_rule_that_was_softened() {
    let rules = lines(&made().join("bundle/rules.ndjson.zst"));
    let n = rules
        .iter()
        .position(|line| line.contains("\"id\":\"s3.versioning_enabled\""))
        .expect("it was judged");
    let place = forged(|bundle| {
        let mut softened = rules.clone();
        softened[n] = softened[n].replacen(r#"severity = \""#, r#"severity = \"low\" # \""#, 1);
        assert_ne!(softened[n], rules[n]);
        put_lines(&bundle.join("rules.ndjson.zst"), &softened);
    });
    let ended = tieout(["verify", "bundle"], place.path()).with(1);
    ended.says(&[
        "rules.ndjson.zst:",
        "s3.versioning_enabled: it is not the rule whose digest the manifest states",
    ]);
}
