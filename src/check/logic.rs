//! What a check does, in words: whom it judges, when it passes, and what the facts mean that it rests on.

use super::{Check, expr};
use crate::inventory::schema::Schema;

/// The logic of a check in words, from its rules and the dictionary of facts; nothing is added to them.
pub fn in_words(check: &Check, schema: &Schema) -> String {
    let kind = &check.resource;
    let mut lines = Vec::new();
    match &check.when {
        None => lines.push(format!("It judges every `{kind}`.")),
        Some(when) => {
            lines.push(format!("It judges every `{kind}` for which:"));
            lines.extend(when.outline());
        }
    }
    lines.push("It passes when:".to_owned());
    lines.extend(check.require.outline());
    let facts = facts(check, schema);
    if !facts.is_empty() {
        lines.push("The facts it rests on:".to_owned());
        lines.extend(facts);
    }
    lines.join("\n")
}

/// A line for each field of a kind that the rules read, as the dictionary describes it.
fn facts(check: &Check, schema: &Schema) -> Vec<String> {
    let rules: Vec<&expr::Rule> = check.when.iter().chain([&check.require]).collect();
    let mut fields: Vec<_> = rules.iter().flat_map(|rule| &rule.reads().fields).collect();
    fields.sort();
    fields.dedup();
    fields
        .into_iter()
        .filter_map(|(kind, name)| {
            let (_, field) = schema.kind(kind)?.field(name)?;
            let says = field.doc.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(format!("- `{kind}` {name}: {says}"))
        })
        .collect()
}
