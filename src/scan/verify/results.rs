//! What each criterion came to, as the bundle keeps it for its history, held against what comes out again.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::bundle::verify::{Fault, Step};
use crate::bundle::{Bundle, BundleError, Files, RESULTS};
use crate::report::Report;
use crate::scan::keep::{self, Came};

const NAME: &str = "results";

/// A line of the file.
#[derive(Deserialize)]
struct Kept {
    criterion: String,
    result: String,
}

/// Compares the results line by line.
pub(super) fn step<F: Files>(bundle: &Bundle<F>, report: &Report) -> Result<Step, BundleError> {
    let recorded = match bundle.results()? {
        Some(recorded) => recorded,
        // A run whose manifest counts its checks was recorded by a version that keeps results.
        None if bundle.manifest.checks.is_some() => {
            return Ok(Step::looked(
                NAME,
                "",
                vec![Fault::of(RESULTS, "it is missing")],
            ));
        }
        None => {
            return Ok(Step::not(
                NAME,
                "the run was recorded before the results of its criteria were kept",
            ));
        }
    };
    let came: Vec<Came<'_>> = keep::results(report).collect();
    let again = came.iter().map(|came| (came.criterion, came.result));
    let again: BTreeMap<&str, &str> = again.collect();
    let recorded = String::from_utf8_lossy(&recorded);
    let mut faults = differing(&recorded, &again);
    let mut lines = came.iter().map(|came| serde_json::to_string(came).ok());
    let mut same = recorded.split_terminator('\n');
    if faults.is_empty() && !lines.all(|line| line.as_deref() == same.next()) {
        faults.push(Fault::of(
            RESULTS,
            "it is not written as it was, and says the same",
        ));
    }
    let what = format!("{} criteria came to what was recorded", again.len());
    Ok(Step::looked(NAME, what, faults))
}

/// Every line that says otherwise, and every criterion that has none.
fn differing(recorded: &str, again: &BTreeMap<&str, &str>) -> Vec<Fault> {
    let mut missing = again.clone();
    let mut faults = Vec::new();
    for (line, number) in recorded.split_terminator('\n').zip(1..) {
        let told = match serde_json::from_str::<Kept>(line) {
            Err(error) => Some(error.to_string()),
            Ok(Kept { criterion, result }) => match missing.remove(criterion.as_str()) {
                Some(comes) if comes == result => None,
                Some(comes) => Some(format!(
                    "{criterion} is recorded as {result}, and the recorded answers make it {comes}"
                )),
                None if again.contains_key(criterion.as_str()) => {
                    Some(format!("{criterion} stands here a second time"))
                }
                None => Some(format!("{criterion} is no criterion of this run")),
            },
        };
        faults.extend(told.map(|what| Fault::at(RESULTS, number, what)));
    }
    let missing = missing.into_iter().map(|(criterion, comes)| {
        Fault::of(
            RESULTS,
            format!("{criterion} is missing, and the recorded answers make it {comes}"),
        )
    });
    faults.extend(missing);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_is_named() {
        let again = BTreeMap::from([
            ("tsc2017:CC6.1", "exceptions"),
            ("tsc2017:CC6.2", "supported"),
        ]);
        let told = |recorded: &str| -> Vec<String> {
            let faults = differing(recorded, &again).into_iter();
            faults
                .map(|it| format!("{:?} {}", it.line, it.what))
                .collect()
        };
        let first = r#"{"criterion":"tsc2017:CC6.1","result":"exceptions"}"#;
        let second = r#"{"criterion":"tsc2017:CC6.2","result":"supported"}"#;
        assert_eq!(told(&format!("{first}\n{second}\n")), [""; 0]);
        assert_eq!(
            told(&format!(
                "{}\n{second}\n",
                first.replace("exceptions", "supported")
            )),
            [
                "Some(1) tsc2017:CC6.1 is recorded as supported, and the recorded answers make it exceptions"
            ]
        );
        assert_eq!(
            told(&format!("{first}\n{first}\n")),
            [
                "Some(2) tsc2017:CC6.1 stands here a second time",
                "None tsc2017:CC6.2 is missing, and the recorded answers make it supported",
            ]
        );
        assert_eq!(
            told(&format!(
                "{first}\n{second}\n{}\n",
                second.replace("6.2", "9.9")
            )),
            ["Some(3) tsc2017:CC9.9 is no criterion of this run"]
        );
    }
}
