//! The recorded calls: each line reads, belongs where it stands, and holds the answer whose digest it states.

use std::io::BufRead;

use super::{Fault, Lying, Step};
use crate::bundle::Files;
use crate::bundle::{digest, unpack};
use crate::inventory::attempt::{Answer, Attempt, bytes_of};

impl<F: Files> Lying<'_, F> {
    /// Every recorded attempt is whole. An answer may have been redacted where `redactable` says so of its call: service and
    /// operation.
    pub(super) fn calls(&self, redactable: &dyn Fn(&str, &str) -> bool) -> Step {
        let mut faults = Vec::new();
        let (mut read, mut rewritten) = (0_u64, 0_u64);
        let of_run = self.manifest.as_ref().map(|manifest| &manifest.run);
        let nameless = of_run.is_ok_and(|run| run.redaction.is_some());
        for name in self.names.iter().filter(|name| name.starts_with("calls/")) {
            let bytes = match self.bytes(name) {
                Ok(bytes) => bytes,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            let lines = match unpack::reader(&bytes) {
                Ok(reader) => reader.lines(),
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
                        let may = redactable(&attempt.service, &attempt.operation);
                        let kept = match &attempt.answer {
                            None => Kept::AsItCame,
                            Some(answer) if answer.arrived.is_some() != nameless => {
                                Kept::Altered(UNLIKE.to_owned())
                            }
                            Some(answer) => kept(answer, may),
                        };
                        let altered = match kept {
                            Kept::AsItCame => None,
                            Kept::Rewritten => {
                                rewritten += 1;
                                None
                            }
                            Kept::Altered(what) => Some(what),
                        };
                        let wrong = misplaced(name, &attempt).or(altered);
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
        let left = match rewritten {
            0 => String::new(),
            many => format!(
                "; {many} were rewritten before they were kept, because secrets can stand in them, so their digests cannot be \
                 taken again"
            ),
        };
        let what = format!("{read} attempts hold the answers whose digests they state{left}");
        Step::looked("calls", what, faults)
    }
}

/// A line that belongs into another file was put where it stands.
fn misplaced(name: &str, attempt: &Attempt) -> Option<String> {
    let own = attempt.file();
    (own != name).then(|| format!("it belongs into {own}"))
}

/// How an answer was kept.
enum Kept {
    /// Its digest is that of what stands there.
    AsItCame,
    /// Something was taken out of it, as it must be of this call; its digest is that of what came.
    Rewritten,
    /// What stands there is something else.
    Altered(String),
}

/// An answer without names in a run with them, or the other way round.
const UNLIKE: &str = "names were taken out of this answer or out of the run, and not of both";

fn kept(answer: &Answer, redactable: bool) -> Kept {
    // Where names were taken out, the digest is that of what was left.
    if !answer.redacted.is_empty() && answer.arrived.is_none() {
        return if redactable {
            Kept::Rewritten
        } else {
            Kept::Altered("it is said to be redacted, and no secret can stand in it".to_owned())
        };
    }
    let body = match bytes_of(&answer.body) {
        Ok(body) => body,
        Err(error) => return Kept::Altered(format!("the answer's body is not base64: {error}")),
    };
    let found = digest(&body);
    if found.sha256 == answer.sha256 && found.bytes == answer.bytes {
        return Kept::AsItCame;
    }
    // Earlier builds wrote an answer anew in which secrets could have stood and none did, with less white space.
    if redactable && answer.arrived.is_none() && found.bytes < answer.bytes {
        return Kept::Rewritten;
    }
    Kept::Altered(format!(
        "the answer is not the one that arrived: its digest is {}, and {} is stated",
        found.sha256, answer.sha256
    ))
}
