//! One file into one check.

use std::collections::BTreeMap;
use std::sync::Arc;

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::de::DeTable;

use super::params::{Shapes, declared};
use super::{Found, Known};
use crate::check::example::{self, Blanks, Example, Frame};
use crate::check::expr::{Env, Rule, compile_despite};
use crate::check::{Check, Counts, Outcome, Severity};
use crate::complaint::table::Reader;
use crate::complaint::{Complaint, did_you_mean, quoted};
use crate::inventory::schema::Kind;

/// The fields of a check, in the order we write them.
pub const KEYS: [&str; 18] = [
    "title",
    "severity",
    "resource",
    "criteria",
    "supports",
    "outcome",
    "params",
    "when",
    "require",
    "why",
    "fix",
    "fix_cli",
    "fix_terraform",
    "fix_cloudformation",
    "blind_spots",
    "links",
    "was",
    "example",
];

/// The check of a file with the shapes of its parameters, if the file is sound; and what is wrong if not.
pub(super) fn check(found: &Found, known: Known<'_>) -> (Option<(Check, Shapes)>, Vec<Complaint>) {
    let mut reader = Reader::new(&found.file);
    let check = reader
        .parse()
        .and_then(|table| read(&mut reader, &table, found, known));
    if reader.complaints.is_empty() {
        (check, Vec::new())
    } else {
        (None, reader.complaints)
    }
}

fn read(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    found: &Found,
    known: Known<'_>,
) -> Option<(Check, Shapes)> {
    reader.known_keys(table, "a check", &KEYS);
    let title = required(
        reader,
        table,
        "title",
        "say in a sentence what is true when the check passes",
    );
    let severity = one_of(
        reader,
        table,
        "severity",
        "severity",
        &Severity::ALL,
        Severity::name,
    );
    let kind = kind(reader, table, known);
    let supports = supports(reader, table, known);
    let criteria = criteria(reader, table, known, &supports);
    let counts = [Counts::Verdict, Counts::Population, Counts::Advisory];
    let outcome = if table.contains_key("outcome") {
        one_of(
            reader,
            table,
            "outcome",
            "way to count",
            &counts,
            counts_name,
        )
    } else {
        Some(Counts::Verdict)
    };
    let declared = declared(reader, table);
    let refused = |name: &str| declared.is_refused(name);
    let why = required(
        reader,
        table,
        "why",
        "say in two or three sentences why it matters",
    );
    let fix = required(reader, table, "fix", "say what to do about a failure");
    let requires = required(
        reader,
        table,
        "require",
        "write the CEL expression that must be true",
    );
    let applies = reader.text(table, "when");
    let mut rule = |source: Option<Spanned<&str>>| {
        let env = Env {
            schema: known.schema,
            kind: kind?.name,
            params: &declared.shapes,
        };
        compiled(reader, source?, &env, &refused)
    };
    let when = rule(applies.clone());
    let require = rule(requires);
    let examples = match kind {
        Some(kind) => {
            let frame = Frame {
                schema: known.schema,
                kind,
                params: &declared.shapes,
                refused: &refused,
                blanks: &Blanks::default(),
            };
            examples(reader, table, frame)
        }
        None => Vec::new(),
    };
    let fixes = fixes(reader, table);
    let blind_spots = reader.text(table, "blind_spots");
    let links = owned(reader.texts(table, "links"));
    let was = owned(reader.texts(table, "was"));
    // Everything has been read, so everything that is wrong has been said.
    let check = Check {
        id: found.id.clone(),
        title: title?.into_inner().to_owned(),
        severity: severity?,
        resource: kind?.name.to_owned(),
        criteria,
        supports,
        outcome: outcome?,
        when,
        require: require?,
        params: declared.defaults.clone(),
        defaults: declared.defaults,
        why: prose(why?.get_ref()),
        fix: prose(fix?.get_ref()),
        fixes,
        blind_spots: blind_spots.map_or_else(String::new, |text| prose(text.get_ref())),
        links,
        was,
        examples,
        digest: hexadecimal(&Sha256::digest(found.file.text.as_bytes())),
        file: found.file.name.to_string(),
        text: Arc::clone(&found.file.text),
    };
    Some((check, declared.shapes))
}

/// A text that must be there and say something.
fn required<'t>(
    reader: &mut Reader<'_>,
    table: &'t DeTable<'_>,
    key: &str,
    help: &str,
) -> Option<Spanned<&'t str>> {
    let Some(value) = table.get(key) else {
        reader.complain(
            0..0,
            format!("this check has no `{key}`"),
            format!("{help}: {key} = \"…\""),
        );
        return None;
    };
    let text = reader.text(table, key)?;
    if text.get_ref().trim().is_empty() {
        reader.complain(value.span(), format!("`{key}` is empty"), help);
        return None;
    }
    Some(text)
}

/// One of a few words, which must be there.
fn one_of<T: Copy>(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    key: &str,
    what: &str,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Option<T> {
    let names = all.iter().map(|one| name(*one));
    let listed = names.clone().collect::<Vec<_>>().join(", ");
    let word = required(reader, table, key, &format!("say one of {listed}"))?;
    let found = all
        .iter()
        .copied()
        .find(|one| name(*one) == *word.get_ref());
    if found.is_none() {
        let message = format!("there is no {what} `{}`", word.get_ref());
        reader.complain(word.span(), message, did_you_mean(word.get_ref(), names));
    }
    found
}

fn counts_name(counts: Counts) -> &'static str {
    match counts {
        Counts::Verdict => "verdict",
        Counts::Population => "population",
        Counts::Advisory => "advisory",
    }
}

fn kind<'a>(reader: &mut Reader<'_>, table: &DeTable<'_>, known: Known<'a>) -> Option<&'a Kind> {
    let name = required(
        reader,
        table,
        "resource",
        "name the kind it judges (`tieout kinds` lists them)",
    )?;
    let kind = known.schema.kind(name.get_ref());
    if kind.is_none() {
        let message = format!("there is no kind of resource `{}`", name.get_ref());
        let names = known.schema.kinds().map(|kind| kind.name);
        reader.complain(name.span(), message, did_you_mean(name.get_ref(), names));
    }
    kind
}

/// The criteria it is direct evidence for, and after them those it supports.
fn criteria(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    known: Known<'_>,
    supports: &BTreeMap<String, String>,
) -> Vec<String> {
    if !table.contains_key("criteria") && supports.is_empty() {
        let help = "name those it is evidence for (`tieout criteria` lists them): criteria = [\"tsc2017:CC6.1\"]";
        reader.complain(0..0, "this check has no `criteria`", help);
    }
    let named = reader.texts(table, "criteria");
    for criterion in &named {
        exists(reader, known, criterion.get_ref(), criterion.span());
        if supports.contains_key(*criterion.get_ref()) {
            let message = format!("`{}` is also under `supports`", criterion.get_ref());
            let help = "it is direct evidence or it supports: name it once";
            reader.complain(criterion.span(), message, help);
        }
    }
    let mut all = owned(named);
    all.extend(
        supports
            .keys()
            .filter(|id| !all.contains(id))
            .cloned()
            .collect::<Vec<_>>(),
    );
    all
}

/// The criteria it only bears on, each with the reason.
fn supports(
    reader: &mut Reader<'_>,
    table: &DeTable<'_>,
    known: Known<'_>,
) -> BTreeMap<String, String> {
    let help = "name each with the reason: supports = { \"tsc2017:CC7.2\" = \"…\" }";
    let Some(named) = reader.table(table, "supports", help) else {
        return BTreeMap::new();
    };
    let mut supports = BTreeMap::new();
    for (criterion, value) in named.iter() {
        exists(reader, known, criterion.get_ref(), criterion.span());
        match value.get_ref().as_str().map(str::trim) {
            Some(reason) if !reason.is_empty() => {
                supports.insert(criterion.get_ref().to_string(), reason.to_owned());
            }
            _ => reader.wrong("the reason", value, "a line of text", help),
        }
    }
    supports
}

fn exists(reader: &mut Reader<'_>, known: Known<'_>, criterion: &str, at: std::ops::Range<usize>) {
    if let Err(near) = (known.criterion)(criterion) {
        let help = near.map_or("`tieout criteria` lists them".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
        reader.complain(at, format!("there is no criterion `{criterion}`"), help);
    }
}

fn compiled(
    reader: &mut Reader<'_>,
    source: Spanned<&str>,
    env: &Env<'_>,
    refused: &dyn Fn(&str) -> bool,
) -> Option<Rule> {
    match compile_despite(source.get_ref(), env, refused) {
        Ok(rule) => Some(rule),
        Err(complaints) => {
            for complaint in complaints {
                let at = quoted::place(&reader.file.text, source.span(), complaint.span);
                let help = complaint.help.unwrap_or_else(|| {
                    format!("`tieout kinds {}` shows what a rule may speak of", env.kind)
                });
                reader.complain(at, complaint.message, help);
            }
            None
        }
    }
}

fn examples(reader: &mut Reader<'_>, table: &DeTable<'_>, frame: Frame<'_>) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut all_expect = true;
    if let Some(value) = table.get("example") {
        let help = "head each example with [[example]]";
        match value.get_ref().as_array() {
            Some(items) => {
                for item in items.iter() {
                    let Some(table) = item.get_ref().as_table() else {
                        reader.wrong("an example", item, "a table", help);
                        continue;
                    };
                    let example = example::read(reader, frame, item.span(), table);
                    all_expect &= example.is_some();
                    examples.extend(example);
                }
            }
            None => reader.wrong("`example`", value, "a list of tables", help),
        }
    }
    for (outcome, verb) in [(Outcome::Pass, "passes"), (Outcome::Fail, "fails")] {
        // An example that does not say may well be the one; its own complaint comes first.
        if all_expect && !examples.iter().any(|example| example.expect == outcome) {
            let at = table.get("require").map_or(0..0, Spanned::span);
            let message = format!("no example {verb}");
            let help = format!("add an [[example]] with expect = \"{}\"", outcome.name());
            reader.complain(at, message, help);
        }
    }
    examples
}

fn fixes(reader: &mut Reader<'_>, table: &DeTable<'_>) -> BTreeMap<String, String> {
    let forms = ["cli", "terraform", "cloudformation"].into_iter();
    let written = forms.filter_map(|form| {
        let text = reader.text(table, &format!("fix_{form}"))?;
        Some((form.to_owned(), prose(text.get_ref())))
    });
    written.collect()
}

fn owned(texts: Vec<Spanned<&str>>) -> Vec<String> {
    texts
        .into_iter()
        .map(|text| text.into_inner().to_owned())
        .collect()
}

/// A text without the newline before its closing quotes.
fn prose(text: &str) -> String {
    text.trim().to_owned()
}
