//! Source text to CEL's syntax tree, and where each node of it stands.

mod code;
mod place;

use std::collections::HashMap;
use std::ops::Range;

use cel::common::ast::IdedExpr;
use cel::parser::{ParseErrors, Parser};

use super::Complaint;
use place::Places;

/// A syntax tree and the text it came from.
pub(super) struct Parsed<'a> {
    pub(super) source: &'a str,
    pub(super) root: IdedExpr,
    places: Places<'a>,
    spans: HashMap<u64, Range<usize>>,
}

/// Without optional syntax: `.?` and `[?]` turn what is unread into a default.
pub(super) fn parse(source: &str) -> Result<Parsed<'_>, Vec<Complaint>> {
    if let Some(at) = code::too_deep(source) {
        return Err(vec![Complaint {
            span: at..at + 1,
            message: format!("nested more than {} levels deep", code::DEEPEST),
            help: Some("say it in fewer brackets, or as two checks".to_owned()),
        }]);
    }
    // The parser's own limit is lower than ours, and it does not say where it was passed.
    let parser = Parser::new().max_recursion_depth(u16::MAX);
    match parser.parse_with_source_info(source) {
        Ok((root, info)) => {
            let places = Places::new(source, info);
            let spans = places.spans(&root);
            Ok(Parsed {
                source,
                root,
                places,
                spans,
            })
        }
        Err(errors) => Err(complaints(source, errors)),
    }
}

/// A part that does not parse makes the parser stumble over what follows: the first word is the true one, and after a
/// few there is no sense in more.
fn complaints(source: &str, ParseErrors { errors }: ParseErrors) -> Vec<Complaint> {
    let mut complaints: Vec<Complaint> = Vec::new();
    for error in errors {
        let span = at(source, error.pos, &error.msg);
        // What the parser says when it gives up, having said why.
        let gives_up = error.msg == "UNKNOWN" && !complaints.is_empty();
        if !gives_up && complaints.iter().all(|known| known.span != span) {
            complaints.push(complaint(span, &error.msg));
        }
        if complaints.len() == 10 {
            break;
        }
    }
    complaints
}

fn complaint(span: Range<usize>, message: &str) -> Complaint {
    let (message, help) = if message.contains("unsupported syntax") && message.contains('?') {
        (
            "optional syntax does not exist in rules".to_owned(),
            Some(
                "it would turn what could not be read into a value; compare with `null` instead"
                    .to_owned(),
            ),
        )
    } else if message == NOT_A_FIELD {
        (
            "`has` takes a key of a map".to_owned(),
            Some("has(bucket.tags.owner)".to_owned()),
        )
    } else if message == NOT_A_NAME {
        (
            "the first part of a loop names its element".to_owned(),
            Some("list.all(element, …)".to_owned()),
        )
    } else {
        let plain = message.strip_prefix("Syntax error: ").unwrap_or(message);
        (format!("not CEL: {plain}"), None)
    };
    Complaint {
        span,
        message,
        help,
    }
}

/// What the parser says of a macro that is not written as it should be.
const NOT_A_FIELD: &str = "invalid argument to has() macro";
const NOT_A_NAME: &str = "argument must be a simple name";

/// The byte at a line and column, both from one. The parser counts columns in characters, but in bytes where it
/// complains of a macro.
fn at(source: &str, (line, column): (isize, isize), message: &str) -> Range<usize> {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let before: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = source.get(before..).unwrap_or("");
    let offset = if [NOT_A_FIELD, NOT_A_NAME].contains(&message) {
        Some(column)
    } else {
        rest.char_indices().nth(column).map(|(offset, _)| offset)
    };
    let start = before + offset.unwrap_or(rest.len());
    let width = source
        .get(start..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    start..start + width
}

impl Parsed<'_> {
    /// The text of a span.
    pub(super) fn text(&self, span: &Range<usize>) -> &str {
        self.source.get(span.clone()).unwrap_or("")
    }

    /// All of a node, with the brackets it needs to be read alone.
    pub(super) fn span(&self, node: &IdedExpr) -> Range<usize> {
        let known = self.spans.get(&node.id).cloned();
        known.unwrap_or(0..self.source.len())
    }

    /// The name after the `.` of a selection.
    pub(super) fn field(&self, node: &IdedExpr) -> Range<usize> {
        self.places.field(node)
    }

    /// The name before the `(` of a call.
    pub(super) fn called(&self, node: &IdedExpr) -> Range<usize> {
        self.places.called(node)
    }
}
