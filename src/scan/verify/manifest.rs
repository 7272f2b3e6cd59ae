//! What the manifest says of the run, held against what follows from the answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use crate::bundle::MANIFEST;
use crate::bundle::manifest::{Manifest, Seen};
use crate::bundle::verify::{Fault, Step};
use crate::report::Report;
use crate::scan::Collected;
use crate::scan::keep::Rows;
use crate::scan::manifest::ended;

const NAME: &str = "counts";

/// Scope, gaps, calls, evidence and the arithmetic of checks and populations, as they come out again.
pub(super) fn step(
    said: &Manifest,
    collected: &Collected,
    report: &Report,
    (seen, verdicts): (&Seen, &[String]),
) -> Step {
    if said.checks.is_none() {
        return Step::not(
            NAME,
            "the run was recorded before its manifest held its counts",
        );
    }
    let again = ended(
        said.clone(),
        collected,
        report,
        (seen, &rows(report, verdicts)),
    );
    let mut faults = Vec::new();
    let mut held = |same: bool, what: &str| {
        if !same {
            let what = format!("`{what}` is not what follows from the recorded answers");
            faults.push(Fault::of(MANIFEST, what));
        }
    };
    held(said.scope == again.scope, "scope");
    held(said.gaps == again.gaps, "gaps");
    held(said.calls == again.calls, "calls");
    held(said.evidence == again.evidence, "evidence");
    held(said.checks == again.checks, "checks");
    held(said.populations == again.populations, "populations");
    let untied = said.checks.iter().flatten();
    for check in untied.filter(|check| !check.outcomes.ties_out()) {
        let what = format!(
            "the outcomes of {} do not add up to what it discovered",
            check.check
        );
        faults.push(Fault::of(MANIFEST, what));
    }
    let what = "scope, gaps, calls, checks and populations of the manifest follow from the answers";
    Step::looked(NAME, what, faults)
}

/// The digest over each check's lines, as the bundle's writer takes it.
fn rows(report: &Report, verdicts: &[String]) -> Rows {
    let mut rows: BTreeMap<Arc<str>, Sha256> = BTreeMap::new();
    for (verdict, line) in report.verdicts.iter().zip(verdicts) {
        let of_check = rows.entry(verdict.check.clone()).or_default();
        of_check.update(line);
        of_check.update("\n");
    }
    let digests = rows.into_iter();
    digests
        .map(|(check, digest)| (check, hexadecimal(&digest.finalize())))
        .collect()
}
