//! A bundle's scan performed again, and all it says held against that.
//!
//! A digest shows that nothing changed since somebody stated it. This shows that what the bundle says follows from what AWS
//! answered: whoever edits a verdict, a report or an answer would have to make all three agree, and then to sign them.

mod arithmetic;
mod manifest;
mod page;
mod report;
mod results;
mod rules;
mod verdicts;

use std::io;

use serde_json::Value;

use super::{Rules, ScanError, recollect, report as judged};
use crate::bundle::manifest::Seen;
use crate::bundle::verify::{Fault, Step};
use crate::bundle::{Bundle, Files, MANIFEST, VERDICTS};
use crate::inventory::run::Run;
use crate::report::{Report, json};

/// Name of the report that is compared.
const REPORT: &str = "report.json";

/// A scan performed again.
#[derive(Debug)]
pub struct Again {
    /// What it was held against, step by step.
    pub steps: Vec<Step>,
    /// The report that follows from the answers, where it could be performed at all: whoever goes on with it need not perform
    /// the scan once more.
    pub report: Option<Report>,
}

/// What could not be done again is the bundle's fault and is said as one, whatever it was.
pub fn unable(what: impl ToString, file: &str) -> Again {
    let fault = Fault::of(
        file,
        format!("the scan cannot be performed again: {}", what.to_string()),
    );
    Again {
        steps: vec![Step::looked("replay", "", vec![fault])],
        report: None,
    }
}

/// Performs the scan again, and compares every verdict, the report, and what the run says of itself; then adds everything
/// up.
///
/// # Errors
/// When the scan cannot be performed again.
pub async fn again<F: Files>(bundle: &Bundle<F>, by: &Rules) -> Result<Again, ScanError> {
    let manifest = &bundle.manifest;
    let attempts = bundle.attempts()?;
    let mut seen = Seen::default();
    attempts.iter().for_each(|attempt| seen.attempt(attempt));
    let mut collected = recollect(manifest, attempts, &by.inputs, &by.schema).await?;
    let told = told_otherwise(&manifest.run, &collected.run);
    // What only the run itself could know, its report has from its manifest; that of a run that was killed knows nothing yet.
    if bundle.is_sealed() {
        collected.run = manifest.run.clone();
    }
    let report = judged(&collected, by)?;
    let mut again = Vec::new();
    for verdict in &report.verdicts {
        again.push(serde_json::to_string(verdict).map_err(unwritten)?);
    }
    let Some(recorded) = bundle.verdicts()? else {
        let why = "the run was killed before it was judged, so there is nothing to compare";
        return Ok(Again {
            steps: vec![Step::not("replay", why)],
            report: Some(report),
        });
    };
    let version = env!("CARGO_PKG_VERSION");
    let hint = (manifest.run.tool != version).then(|| {
        format!(
            "the run was recorded by tieout {}, and this is {version}: verify it with that version",
            manifest.run.tool
        )
    });
    let hinted = |mut faults: Vec<Fault>, file: &str| {
        if !faults.is_empty() {
            faults.extend(hint.as_ref().map(|hint| Fault::of(file, hint)));
        }
        faults
    };
    let recorded = String::from_utf8_lossy(&recorded);
    let differing = hinted(verdicts::differing(&recorded, &again), VERDICTS);
    let mut steps = vec![
        rules::step(bundle)?,
        Step::looked(
            "replay",
            format!(
                "{} verdicts, the same as recorded, byte for byte",
                again.len()
            ),
            differing,
        ),
        Step::looked("run", "who, where and what scope are as AWS answered", told),
        manifest::step(manifest, &collected, &report, (&seen, &again)),
        results::step(bundle, &report)?,
    ];
    let mut remade = Vec::new();
    json::write(&report, &mut remade).map_err(|error| unwritten(serde_json::Error::io(error)))?;
    let kept = bundle.report(REPORT)?;
    match &kept {
        Some(kept) => {
            let differing = hinted(report::differing(kept, &remade), REPORT);
            let what = "report.json is the same as recorded, byte for byte";
            steps.push(Step::looked("report", what, differing));
        }
        None => steps.push(Step::not("report", "the run wrote no report.json")),
    }
    steps.push(page::step(bundle, &report)?);
    // Of what the bundle itself says, where it says it: a sum that was wrong twice would be the same twice.
    let text = kept.as_deref().unwrap_or(&remade);
    let value: Result<Value, _> = serde_json::from_slice(text);
    steps.push(match value {
        Ok(value) => arithmetic::step(&recorded, &value),
        Err(error) => {
            let fault = Fault::of(REPORT, format!("it is not JSON: {error}"));
            Step::looked("arithmetic", "", vec![fault])
        }
    });
    Ok(Again {
        steps,
        report: Some(report),
    })
}

fn unwritten(error: serde_json::Error) -> ScanError {
    ScanError::Bundle(crate::bundle::BundleError::Unwritable {
        path: REPORT.into(),
        error: io::Error::from(error),
    })
}

/// What the manifest says of the run and AWS answered otherwise.
fn told_otherwise(said: &Run, again: &Run) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut held = |same: bool, what: &str| {
        if !same {
            let what = format!("{what} is not what the recorded answers say");
            faults.push(Fault::of(MANIFEST, what));
        }
    };
    let who = |run: &Run| {
        let callers = run.callers.iter();
        callers
            .map(|caller| (caller.account.clone(), caller.arn.clone()))
            .collect::<Vec<_>>()
    };
    held(who(said) == who(again), "who scanned");
    held(said.scope == again.scope, "the scope that was reached");
    faults
}
