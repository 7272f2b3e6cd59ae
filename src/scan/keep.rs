//! What a bundle keeps beside the answers, so that a run can be judged again by what it was judged by.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use base16ct::lower::encode_string as hexadecimal;
use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::value::to_raw_value;
use sha2::{Digest, Sha256};

use super::{Rules, ScanError};
use crate::bundle::{
    Bundle, BundleError, CRITERIA, Declared, Files, GOVERNANCE, Governed, INPUTS, Input, Lines,
    RESULTS, RULES, Rule, VERDICTS, Writer,
};
use crate::complaint::File;
use crate::govern::Governance;
use crate::inputs::{Inputs, Kept};
use crate::inventory::attempt::{Attempt, Keep};
use crate::report::{Report, Verdict};

/// Keeps criteria, inputs, statements and rules beside the answers, so that the run can be judged again by its own. The rules last: a run
/// that was killed before they were whole is not judged.
pub fn keep_rules(writer: &impl Lines, rules: &Rules) -> Result<(), BundleError> {
    let declared = rules.frameworks.files().iter().map(|file| Declared {
        file: file.name.to_string(),
        text: file.text.to_string(),
    });
    writer.lines(CRITERIA, declared)?;
    let given = rules.inputs.files().iter().map(|kept| Input {
        key: kept.key.clone(),
        file: kept.file.name.to_string(),
        text: kept.file.text.to_string(),
    });
    writer.lines(INPUTS, given)?;
    let stated = rules.governance.files().iter().map(|kept| Governed {
        kind: kept.kind.name().to_owned(),
        file: kept.file.name.to_string(),
        text: kept.file.text.to_string(),
    });
    writer.lines(GOVERNANCE, stated)?;
    let all = rules.judged.iter().chain(&rules.left_out);
    let kept = all.map(|check| Rule {
        id: check.id.clone(),
        file: check.file.clone(),
        text: check.text.to_string(),
    });
    writer.lines(RULES, kept)
}

/// SHA-256, hexadecimal, over the lines of each check's verdicts, by the check's id.
pub type Rows = BTreeMap<Arc<str>, String>;

/// The verdicts, a line each, as a bundle keeps them and a replay must repeat them. Beside them what each criterion came to with the attestations and waivers of the day: a history of the run shows that,
/// and does not roll up anew.
pub fn keep_verdicts(writer: &impl Lines, report: &Report) -> Result<Rows, BundleError> {
    writer.lines(RESULTS, results(report))?;
    let rows = RefCell::default();
    let line = |verdict| Line {
        verdict,
        rows: &rows,
    };
    writer.lines(VERDICTS, report.verdicts.iter().map(line))?;
    let digests = rows.into_inner().into_iter();
    Ok(digests
        .map(|(check, digest)| (check, hexadecimal(&digest.finalize())))
        .collect())
}

/// A verdict on its way into the file: its bytes are made once, for the file and for the digest of its check's lines.
struct Line<'v> {
    verdict: &'v Verdict,
    rows: &'v RefCell<BTreeMap<Arc<str>, Sha256>>,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = to_raw_value(self.verdict).map_err(S::Error::custom)?;
        let mut rows = self.rows.borrow_mut();
        let of_check = rows.entry(self.verdict.check.clone()).or_default();
        of_check.update(line.get());
        of_check.update("\n");
        line.serialize(serializer)
    }
}

/// What a criterion came to.
#[derive(serde::Serialize)]
pub(super) struct Came<'a> {
    pub(super) criterion: &'a str,
    pub(super) result: &'static str,
}

/// What each criterion came to, in the report's order.
pub(super) fn results(report: &Report) -> impl Iterator<Item = Came<'_>> {
    let own = report.criteria.iter().filter(|one| !one.repeated);
    own.map(|criterion| Came {
        criterion: &criterion.id,
        result: criterion.result.name(),
    })
}

/// Puts the attempts of a bundle into another, as they were recorded.
pub fn copy_attempts(attempts: &[Attempt], writer: &Writer) {
    attempts.iter().for_each(|attempt| writer.keep(attempt));
}

/// What the user's own files said when a run was recorded.
pub fn inputs<F: Files>(bundle: &Bundle<F>) -> Result<Inputs, ScanError> {
    let kept = bundle.inputs()?.into_iter().map(|input| Kept {
        key: input.key,
        file: File::new(input.file, input.text),
    });
    Ok(Inputs::exactly(kept.collect())?)
}

/// What people stated when a run was recorded.
pub fn governance<F: Files>(bundle: &Bundle<F>) -> Result<Governance, ScanError> {
    let kept = bundle.governance()?.into_iter();
    let kept = kept.map(|one| (one.kind, File::new(one.file, one.text)));
    Ok(Governance::recorded(kept)?)
}
