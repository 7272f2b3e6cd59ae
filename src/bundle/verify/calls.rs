//! The recorded calls: each line reads, belongs where it stands, and holds the answer whose digest it states.

use std::io::{BufRead, BufReader};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zstd::stream::read::Decoder;

use super::{Fault, Lying, Step};
use crate::bundle::Files;
use crate::bundle::digest;
use crate::inventory::attempt::{Answer, Attempt};

impl<F: Files> Lying<'_, F> {
    /// Every recorded attempt is whole.
    pub(super) fn calls(&self) -> Step {
        let mut faults = Vec::new();
        let (mut read, mut redacted) = (0_u64, 0_u64);
        for name in self.names.iter().filter(|name| name.starts_with("calls/")) {
            let bytes = match self.bytes(name) {
                Ok(bytes) => bytes,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let lines = match Decoder::new(&*bytes) {
                Ok(decoder) => BufReader::new(decoder).lines(),
                Err(error) => {
                    faults.push(Fault::of(name, error.to_string()));
                    continue;
                }
            };
            for (line, number) in lines.zip(1..) {
                let line = match line {
                    Ok(line) => line,
                    Err(error) => {
                        faults.push(Fault::at(name, number, error.to_string()));
                        break;
                    }
                };
                read += 1;
                match serde_json::from_str::<Attempt>(&line) {
                    Err(error) => faults.push(Fault::at(name, number, error.to_string())),
                    Ok(attempt) => {
                        let answer = attempt.answer.as_ref();
                        redacted += u64::from(answer.is_some_and(|it| !it.redacted.is_empty()));
                        let wrong = misplaced(name, &attempt).or_else(|| answer.and_then(altered));
                        faults.extend(wrong.map(|what| {
                            let call = format!("{}:{}", attempt.service, attempt.operation);
                            Fault::at(name, number, format!("{call}: {what}"))
                        }));
                    }
                }
            }
        }
        if read == 0 && faults.is_empty() {
            return Step::not("calls", "there are none");
        }
        let left = match redacted {
            0 => String::new(),
            many => format!(
                "; {many} were redacted before they were kept, so their digest cannot be taken again"
            ),
        };
        let what = format!("{read} attempts hold the answers whose digests they state{left}");
        Step::looked("calls", what, faults)
    }
}

/// A line that belongs into another file was put where it stands.
fn misplaced(name: &str, attempt: &Attempt) -> Option<String> {
    let own = format!(
        "calls/{}/{}/{}.ndjson.zst",
        attempt.account, attempt.region, attempt.service
    );
    (own != name).then(|| format!("it belongs into {own}"))
}

/// The digest is of the answer as it arrived; what was redacted since cannot be held against it.
fn altered(answer: &Answer) -> Option<String> {
    if !answer.redacted.is_empty() {
        return None;
    }
    let body = match answer.body.strip_prefix("base64:") {
        Some(encoded) => STANDARD.decode(encoded),
        None => Ok(answer.body.as_bytes().to_vec()),
    };
    match body {
        Err(error) => Some(format!("the answer's body is not base64: {error}")),
        Ok(body) => {
            let found = digest(&body);
            (found.sha256 != answer.sha256 || found.bytes != answer.bytes).then(|| {
                format!(
                    "the answer is not the one that arrived: its digest is {}, and {} is stated",
                    found.sha256, answer.sha256
                )
            })
        }
    }
}
