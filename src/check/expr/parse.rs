//! Source text to CEL's syntax tree, and where each node of it stands.

use std::ops::Range;

use cel::common::ast::{Expr, IdedExpr, SourceInfo};
use cel::parser::Parser;

use super::Complaint;

/// A syntax tree and the text it came from.
pub(super) struct Parsed<'a> {
    pub(super) source: &'a str,
    pub(super) root: IdedExpr,
    places: SourceInfo,
}

/// Without optional syntax: `.?` and `[?]` turn what is unread into a default.
pub(super) fn parse(source: &str) -> Result<Parsed<'_>, Vec<Complaint>> {
    match Parser::new().parse_with_source_info(source) {
        Ok((root, places)) => Ok(Parsed {
            source,
            root,
            places,
        }),
        Err(errors) => {
            // A part that does not parse makes the parser stumble over what follows: the first word is the true one.
            let mut complaints: Vec<Complaint> = Vec::new();
            for error in errors.errors {
                let span = at(source, error.pos);
                if complaints.iter().all(|known| known.span != span) {
                    complaints.push(complaint(span, &error.msg));
                }
            }
            Err(complaints)
        }
    }
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
    } else if message.contains("has() macro") {
        (
            "`has` takes a key of a map".to_owned(),
            Some("has(bucket.tags.owner)".to_owned()),
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

/// The byte at a line and column, both from one, as the parser counts (columns in characters).
fn at(source: &str, (line, column): (isize, isize)) -> Range<usize> {
    let line = usize::try_from(line - 1).unwrap_or(0);
    let column = usize::try_from(column - 1).unwrap_or(0);
    let before: usize = source.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = source.get(before..).unwrap_or("");
    let start = before
        + rest
            .char_indices()
            .nth(column)
            .map_or(rest.len(), |(offset, _)| offset);
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

    /// The token a node was made at: an operator, a literal, the `(` of a call, the `.` before a field.
    fn token(&self, node: &IdedExpr) -> Range<usize> {
        let Some((start, last)) = self.places.offset_for(node.id) else {
            return 0..self.source.len();
        };
        let start = start as usize;
        // The parser gives the first byte of the token's last character.
        let width = self
            .source
            .get(last as usize..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        start..(last as usize + width).max(start)
    }

    /// The name after the `.` of a selection.
    pub(super) fn field(&self, node: &IdedExpr) -> Range<usize> {
        let after = self.token(node).end;
        let rest = self.source.get(after..).unwrap_or("");
        let start = after + (rest.len() - rest.trim_start().len());
        start..start + name_length(self.source.get(start..).unwrap_or(""))
    }

    /// The name before the `(` of a call.
    pub(super) fn called(&self, node: &IdedExpr) -> Range<usize> {
        let open = self.token(node).start;
        let before = self.source.get(..open).unwrap_or("").trim_end();
        let name: usize = before
            .chars()
            .rev()
            .take_while(|letter| is_name(*letter))
            .map(char::len_utf8)
            .sum();
        before.len() - name..before.len()
    }

    /// All of a node, with the brackets it needs to be read alone.
    pub(super) fn span(&self, node: &IdedExpr) -> Range<usize> {
        let token = self.token(node);
        let own = match &node.expr {
            Expr::Select(_) => token.start..self.field(node).end,
            Expr::List(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Comprehension(_) => {
                token.start..self.closing(token.start)
            }
            Expr::Call(call) if call.func_name == "_[_]" => token.start..self.closing(token.start),
            Expr::Call(call) if is_named(&call.func_name) => {
                self.called(node).start..self.closing(token.start)
            }
            Expr::Call(_) | Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => token,
        };
        let whole = self
            .parts(node)
            .into_iter()
            .map(|part| self.span(part))
            .fold(own, |whole, part| {
                whole.start.min(part.start)..whole.end.max(part.end)
            });
        self.balanced(whole)
    }

    fn parts<'n>(&self, node: &'n IdedExpr) -> Vec<&'n IdedExpr> {
        match &node.expr {
            Expr::Call(call) => call
                .target
                .iter()
                .map(Box::as_ref)
                .chain(&call.args)
                .collect(),
            Expr::Select(select) => vec![&select.operand],
            Expr::Comprehension(walk) => vec![&walk.iter_range],
            Expr::List(_)
            | Expr::Map(_)
            | Expr::Struct(_)
            | Expr::Ident(_)
            | Expr::Literal(_)
            | Expr::Unspecified => Vec::new(),
        }
    }

    /// The end of the bracket that opens at a byte.
    fn closing(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        for (offset, letter) in outside_text(self.source.get(open..).unwrap_or("")) {
            match letter {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return open + offset + 1;
                    }
                }
                _ => {}
            }
        }
        self.source.len()
    }

    /// Grown until its brackets match: the tree does not keep brackets that only group.
    fn balanced(&self, span: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = span;
        let mut open = 0_usize;
        let mut missing = 0_usize;
        for (_, letter) in outside_text(self.source.get(start..end).unwrap_or("")) {
            match letter {
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' if open == 0 => missing += 1,
                ')' | ']' | '}' => open -= 1,
                _ => {}
            }
        }
        let before = self.source.get(..start).unwrap_or("");
        let opening: Vec<usize> = outside_text(before)
            .filter(|(_, letter)| matches!(letter, '(' | '[' | '{'))
            .map(|(offset, _)| offset)
            .collect();
        if let Some(found) = missing
            .checked_sub(1)
            .and_then(|nth| opening.iter().rev().nth(nth))
        {
            start = *found;
        }
        for (offset, letter) in outside_text(self.source.get(end..).unwrap_or("")) {
            if open == 0 {
                break;
            }
            if matches!(letter, ')' | ']' | '}') {
                open -= 1;
                if open == 0 {
                    end += offset + 1;
                    break;
                }
            }
        }
        start..end
    }
}

/// Whether a call is written by name; operators have names like `_&&_`.
fn is_named(function: &str) -> bool {
    function.starts_with(|first: char| first == '.' || is_name(first) && first != '_')
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn name_length(text: &str) -> usize {
    text.chars().take_while(|letter| is_name(*letter)).count()
}

/// The characters that are neither in a text literal nor in a comment.
fn outside_text(source: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote: Option<char> = None;
    let mut escaped = false;
    let mut comment = false;
    source.char_indices().filter(move |(offset, letter)| {
        if comment {
            comment = *letter != '\n';
            return false;
        }
        match quote {
            Some(open) => {
                if escaped {
                    escaped = false;
                } else if *letter == '\\' {
                    escaped = true;
                } else if *letter == open {
                    quote = None;
                }
                false
            }
            None => {
                comment = source
                    .get(*offset..)
                    .is_some_and(|rest| rest.starts_with("//"));
                if matches!(letter, '"' | '\'') {
                    quote = Some(*letter);
                }
                !comment && quote.is_none()
            }
        }
    })
}
