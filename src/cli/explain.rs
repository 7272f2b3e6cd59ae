//! `tieout explain`: a check in its file's own words, and what it needs to read.

use std::collections::BTreeSet;
use std::io::{self, Write};

use globset::Glob;

use super::text::{block, columns, prose, section, value};
use crate::aws::actions;
use crate::check::expr::Rule;
use crate::check::{Check, Counts, load};
use crate::criteria::Frameworks;
use crate::inventory::schema::Schema;

/// The checks that somebody means by an id, a former id or a glob.
///
/// # Errors
/// What to say where there are none.
pub fn find<'a>(checks: &'a [Check], written: &str) -> Result<Vec<&'a Check>, String> {
    if let Some(check) = load::by_id(checks, written) {
        return Ok(vec![check]);
    }
    if let Ok(glob) = Glob::new(written) {
        let glob = glob.compile_matcher();
        let found: Vec<&Check> = checks
            .iter()
            .filter(|check| glob.is_match(&check.id))
            .collect();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let meant = load::suggest(checks, written)
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(format!("there is no check `{written}`{meant}"))
}

/// All that there is to say about one check.
pub fn one(
    check: &Check,
    schema: &Schema,
    frameworks: &Frameworks,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", check.id, check.title)?;
    let mut facts = vec![
        ["severity".to_owned(), check.severity.to_string()],
        ["judges".to_owned(), check.resource.clone()],
    ];
    for (n, id) in check.criteria.iter().enumerate() {
        let title = frameworks
            .criterion(id)
            .map_or("", |criterion| criterion.title.as_str());
        let label = if n == 0 { "criteria" } else { "" };
        facts.push([label.to_owned(), format!("{id}  {title}")]);
        if let Some(reason) = check.supports.get(id) {
            facts.push([String::new(), format!("  supporting: {reason}")]);
        }
    }
    let counts = match check.outcome {
        Counts::Verdict => None,
        Counts::Population => Some("as a list for review: it never lowers a criterion"),
        Counts::Advisory => Some("as advice: it never lowers a criterion"),
    };
    facts.extend(counts.map(|counts| ["counts".to_owned(), counts.to_owned()]));
    facts.push(["file".to_owned(), check.file.clone()]);
    columns(out, 0, &facts)?;

    if let Some(when) = &check.when {
        section(out, "Applies where", |out| block(out, 2, when.source()))?;
    }
    section(out, "Requires", |out| block(out, 2, check.require.source()))?;
    if !check.params.is_empty() {
        section(out, "Parameters", |out| columns(out, 2, &parameters(check)))?;
    }
    section(out, "Reads", |out| columns(out, 2, &reads(check, schema)))?;
    section(out, "Why", |out| prose(out, 2, &check.why))?;
    section(out, "Fix", |out| prose(out, 2, &check.fix))?;
    for (form, heading) in [
        ("cli", "Fix with the AWS CLI"),
        ("terraform", "Fix in Terraform"),
        ("cloudformation", "Fix in CloudFormation"),
    ] {
        if let Some(text) = check.fixes.get(form) {
            section(out, heading, |out| block(out, 2, text))?;
        }
    }
    if !check.blind_spots.is_empty() {
        section(out, "What it cannot see", |out| {
            prose(out, 2, &check.blind_spots)
        })?;
    }
    section(out, "Examples", |out| {
        let examples = check.examples.iter();
        let rows: Vec<_> = examples
            .map(|example| [example.expect.name().to_owned(), example.name.clone()])
            .collect();
        columns(out, 2, &rows)
    })?;
    for (heading, lines) in [("Links", &check.links), ("Formerly", &check.was)] {
        if !lines.is_empty() {
            section(out, heading, |out| {
                lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
            })?;
        }
    }
    Ok(())
}

fn parameters(check: &Check) -> Vec<[String; 3]> {
    let rows = check.params.iter().map(|(name, in_force)| {
        let default = check.defaults.get(name);
        let note = match default {
            Some(default) if default != in_force => format!("(default {})", value(default)),
            Some(_) | None => "(the default)".to_owned(),
        };
        [name.clone(), format!("= {}", value(in_force)), note]
    });
    rows.collect()
}

/// Each field a check may read, the calls that tell it, and the IAM actions that allow them.
fn reads(check: &Check, schema: &Schema) -> Vec<[String; 3]> {
    let mut rows = BTreeSet::new();
    for rule in check.when.iter().chain([&check.require]) {
        rows.extend(fields(rule, schema));
    }
    if let Some(kind) = schema.kind(&check.resource)
        && !kind.listed_by.is_empty()
    {
        rows.insert(row(format!("the list of {}", kind.name), kind.listed_by));
    }
    rows.into_iter().collect()
}

fn fields(rule: &Rule, schema: &Schema) -> BTreeSet<[String; 3]> {
    let reads = rule.reads();
    let fields = reads.fields.iter().filter_map(|(kind, name)| {
        let kind = schema.kind(kind)?;
        let (_, field) = kind.field(name)?;
        let from = if field.from.is_empty() {
            kind.listed_by
        } else {
            field.from
        };
        Some(row(format!("{}.{}", kind.variable, field.name), from))
    });
    let populations = reads.populations.iter().filter_map(|kind| {
        let kind = schema.kind(kind)?;
        Some(row(format!("the list of {}", kind.name), kind.listed_by))
    });
    fields.chain(populations).collect()
}

/// What is read, the calls that tell it, and the actions that allow them where those have other names.
fn row(what: String, calls: &[&str]) -> [String; 3] {
    let mut needed = BTreeSet::new();
    for call in calls {
        let (service, operation) = call.split_once(':').unwrap_or((call, ""));
        needed.insert(actions::action(service, operation));
    }
    let named_alike = needed.iter().all(|action| calls.contains(&action.as_str()));
    let allowed_by = needed.into_iter().collect::<Vec<_>>().join(", ");
    let note = if named_alike {
        String::new()
    } else {
        format!("allowed by {allowed_by}")
    };
    [what, calls.join(", "), note]
}
