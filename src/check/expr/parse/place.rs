//! Where each node of a syntax tree stands. The parser tells of each only the token it was made at.

use std::collections::HashMap;
use std::ops::Range;

use cel::common::ast::{EntryExpr, Expr, IdedExpr, SourceInfo};

use super::code::Brackets;

/// A text and the tokens of its nodes.
pub(super) struct Places<'a> {
    source: &'a str,
    brackets: Brackets,
    info: SourceInfo,
}

impl<'a> Places<'a> {
    pub(super) fn new(source: &'a str, info: SourceInfo) -> Self {
        Self {
            source,
            brackets: Brackets::of(source),
            info,
        }
    }

    /// The spans of a node and of all within it, by their ids.
    pub(super) fn spans(&self, root: &IdedExpr) -> HashMap<u64, Range<usize>> {
        let mut spans = HashMap::new();
        self.add(root, &mut spans);
        spans
    }

    fn add(&self, node: &IdedExpr, spans: &mut HashMap<u64, Range<usize>>) -> Range<usize> {
        let token = self.token(node);
        let closing = self.brackets.closing(token.start).unwrap_or(token.end);
        let mut span = match &node.expr {
            Expr::Select(_) => token.start..self.field(node).end,
            Expr::List(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Comprehension(_) => {
                token.start..closing
            }
            Expr::Call(call) if call.func_name == "_[_]" => token.start..closing,
            Expr::Call(call) if is_named(&call.func_name) => self.called(node).start..closing,
            Expr::Call(_) | Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => token,
        };
        for part in parts(node) {
            let part = self.add(part, spans);
            span = span.start.min(part.start)..span.end.max(part.end);
        }
        let span = self.brackets.balanced(span);
        spans.insert(node.id, span.clone());
        span
    }

    /// The token a node was made at: an operator, a literal, the `(` of a call, the `.` before a field.
    fn token(&self, node: &IdedExpr) -> Range<usize> {
        let Some((start, last)) = self.info.offset_for(node.id) else {
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
        let name = rest.trim_start().chars();
        start..start + name.take_while(|letter| is_name(*letter)).count()
    }

    /// The name before the `(` of a call.
    pub(super) fn called(&self, node: &IdedExpr) -> Range<usize> {
        let open = self.token(node).start;
        let before = self.source.get(..open).unwrap_or("").trim_end();
        let name = before.chars().rev();
        before.len() - name.take_while(|letter| is_name(*letter)).count()..before.len()
    }
}

/// What a node is made of.
fn parts(node: &IdedExpr) -> Vec<&IdedExpr> {
    match &node.expr {
        Expr::Call(call) => {
            let target = call.target.iter().map(Box::as_ref);
            target.chain(&call.args).collect()
        }
        Expr::Select(select) => vec![&select.operand],
        Expr::Comprehension(walk) => vec![
            &walk.iter_range,
            &walk.accu_init,
            &walk.loop_cond,
            &walk.loop_step,
            &walk.result,
        ],
        Expr::List(list) => list.elements.iter().collect(),
        Expr::Map(map) => map
            .entries
            .iter()
            .flat_map(|entry| entry_parts(&entry.expr))
            .collect(),
        Expr::Struct(record) => {
            let entries = record.entries.iter();
            entries.flat_map(|entry| entry_parts(&entry.expr)).collect()
        }
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}

fn entry_parts(entry: &EntryExpr) -> Vec<&IdedExpr> {
    match entry {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(entry) => vec![&entry.key, &entry.value],
    }
}

/// Whether a call is written by name; operators have names like `_&&_`.
fn is_named(function: &str) -> bool {
    function.starts_with(|first: char| first == '.' || is_name(first) && first != '_')
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}
