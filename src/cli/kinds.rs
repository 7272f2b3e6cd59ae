//! `tieout kinds`: the dictionary that rules are written in.

use std::io::{self, Write};

use super::text::{columns, count, first_sentence, prose, type_name};
use crate::check::expr::functions;
use crate::inventory::schema::{Field, Kind, Schema, Shape};

/// All kinds, one line each, and the functions a rule may call.
pub fn all(schema: &Schema, out: &mut impl Write) -> io::Result<()> {
    let rows: Vec<[String; 3]> = schema
        .kinds()
        .map(|kind| {
            let seen_as = format!("as `{}`", kind.variable);
            [kind.name.to_owned(), seen_as, first_sentence(&about(kind))]
        })
        .collect();
    columns(out, 0, &rows)?;
    let number = count(rows.len(), "kind");
    writeln!(
        out,
        "\n{number}. `tieout kinds s3.bucket` shows the facts of one."
    )?;
    writeln!(
        out,
        "\nBeside the resource, a rule sees `account`, `region`, `params` and `now`. It may use CEL's operators,"
    )?;
    writeln!(
        out,
        "the macros all, exists, exists_one, filter, map and has, and these functions:\n"
    )?;
    for function in functions() {
        writeln!(out, "  {}", function.signature)?;
        prose(out, 6, function.doc)?;
    }
    Ok(())
}

/// What a kind is. A singleton is put together by several services, each with words for its own part only.
fn about(kind: &Kind) -> String {
    if kind.singleton {
        format!("What the services tell of the {} as a whole", kind.name)
    } else {
        kind.doc.clone()
    }
}

/// One kind: who lists it, and every fact with its type, its meaning and the calls that tell it.
pub fn one(kind: &Kind, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{}, which a rule sees as `{}`",
        kind.name, kind.variable
    )?;
    prose(out, 0, &about(kind))?;
    if !kind.listed_by.is_empty() {
        writeln!(out, "Listed by {}.", kind.listed_by.join(", "))?;
    }
    for field in &kind.fields {
        let told = match (&field.shape, field.from) {
            (shape, _) if is_link(shape) => "a link".to_owned(),
            (_, []) => "told by the listing".to_owned(),
            (_, calls) => calls.join(", "),
        };
        writeln!(
            out,
            "\n{}.{}: {}   [{told}]",
            kind.variable,
            field.name,
            type_name(&field.shape)
        )?;
        prose(out, 4, &field.doc)?;
        members(&field.shape, 4, out)?;
    }
    Ok(())
}

/// All kinds with all their fields, as a page in Markdown.
pub fn page(schema: &Schema, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "# Kinds and their facts\n\nWhat a rule can read, as `tieout kinds --markdown` writes it. A fact is told by the \
         listing of its kind unless a call is named. `null` is what AWS says is not there.\n"
    )?;
    for kind in schema.kinds() {
        writeln!(out, "- [{}](#{})", kind.name, anchor(kind.name))?;
    }
    for kind in schema.kinds() {
        writeln!(
            out,
            "\n## {}\n\n{} A rule sees it as `{}`.",
            kind.name,
            ended(&flat(&about(kind))),
            kind.variable
        )?;
        if !kind.listed_by.is_empty() {
            writeln!(out, "Listed by {}.", code(kind.listed_by))?;
        }
        writeln!(
            out,
            "\n| fact | type | meaning | told by |\n|---|---|---|---|"
        )?;
        for field in &kind.fields {
            let told = match (&field.shape, field.from) {
                (shape, _) if is_link(shape) => "link".to_owned(),
                (_, calls) => code(calls),
            };
            row(out, field.name, field, &told)?;
        }
    }
    Ok(())
}

/// A line of the table, and below it a line for each part.
fn row(out: &mut impl Write, path: &str, field: &Field, told: &str) -> io::Result<()> {
    writeln!(
        out,
        "| `{path}` | {} | {} | {told} |",
        type_name(&field.shape).replace('|', "\\|"),
        flat(&field.doc).replace('|', "\\|")
    )?;
    for part in parts(&field.shape) {
        row(out, &format!("{path}.{}", part.name), part, "")?;
    }
    Ok(())
}

/// A text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ended(sentence: &str) -> String {
    format!("{}.", sentence.trim_end_matches('.'))
}

fn code(calls: &[&str]) -> String {
    let each = calls.iter().map(|call| format!("`{call}`"));
    each.collect::<Vec<_>>().join(", ")
}

/// The anchor of a heading, as Markdown's readers make it.
fn anchor(heading: &str) -> String {
    heading.replace('.', "").to_lowercase()
}

/// The named parts of a field, as deep as they go.
fn members(shape: &Shape, indent: usize, out: &mut impl Write) -> io::Result<()> {
    for part in parts(shape) {
        writeln!(
            out,
            "{:indent$}.{}: {}",
            "",
            part.name,
            type_name(&part.shape)
        )?;
        prose(out, indent + 4, &part.doc)?;
        members(&part.shape, indent + 4, out)?;
    }
    Ok(())
}

/// The fields of the record that a value is, or is a list, map or possible absence of.
fn parts(shape: &Shape) -> &[Field] {
    match shape {
        Shape::Record(fields) => fields,
        Shape::List(inner) | Shape::Map(inner) | Shape::Optional(inner) => parts(inner),
        Shape::Bool
        | Shape::Int
        | Shape::Double
        | Shape::Text
        | Shape::Time
        | Shape::One(_)
        | Shape::Many(_) => &[],
    }
}

fn is_link(shape: &Shape) -> bool {
    shape.is_link()
}
