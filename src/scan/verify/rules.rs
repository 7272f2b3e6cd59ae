//! The rules a run was judged by: whether they are the ones its manifest names, and whether they are this tool's own.

use std::collections::BTreeMap;

use crate::bundle::verify::{Fault, Step};
use crate::bundle::{Bundle, BundleError, Files, RULES, digest};
use crate::check::load;

const NAME: &str = "rules";

/// Every rule's text has the digest that the manifest states; and how many are those built into this version, because an auditor
/// wants to know which rules are the company's own.
pub(super) fn step<F: Files>(bundle: &Bundle<F>) -> Result<Step, BundleError> {
    let own: BTreeMap<String, String> = load::embedded()
        .into_iter()
        .map(|found| (found.id, digest(found.file.text.as_bytes()).sha256))
        .collect();
    let stated = &bundle.manifest.rules;
    let mut faults = Vec::new();
    let mut others = Vec::new();
    let mut judged = 0_u64;
    let kept = bundle.rules()?;
    for (rule, line) in kept.iter().zip(1..) {
        // Those that `--only` and `--skip` left out judged nothing, and the manifest names none of them.
        let Some(stated) = stated.get(&rule.id) else {
            continue;
        };
        judged += 1;
        let found = digest(rule.text.as_bytes()).sha256;
        if found != *stated {
            let what = format!(
                "{}: it is not the rule whose digest the manifest states",
                rule.id
            );
            faults.push(Fault::at(RULES, line, what));
        }
        if own.get(&rule.id) != Some(&found) {
            others.push(rule.id.as_str());
        }
    }
    let own = judged.saturating_sub(others.len() as u64);
    let others = match others.as_slice() {
        [] => String::new(),
        others => format!("; of others: {}", others.join(", ")),
    };
    let what = format!("{judged} rules, {own} of them this version's own{others}");
    Ok(Step::looked(NAME, what, faults))
}
