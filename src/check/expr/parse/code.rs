//! The code of a rule: what in it is neither text nor comment, and which brackets belong together.

use std::collections::HashMap;
use std::ops::Range;

/// How deep a rule may nest. Reading, checking and judging a rule go into it by recursion, and a thread has a stack of
/// two megabytes; the rules of the binary come to a quarter of this.
pub(super) const DEEPEST: usize = 96;

/// Brackets that match, by where they open and close.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// Every bracket with its partner, in order.
    pairs: Vec<(usize, usize)>,
    /// The same by place.
    partners: HashMap<usize, usize>,
}

impl Brackets {
    pub(super) fn of(source: &str) -> Self {
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        for (at, letter) in code(source) {
            match letter {
                b'(' | b'[' | b'{' => open.push(at),
                b')' | b']' | b'}' => {
                    if let Some(before) = open.pop() {
                        pairs.extend([(before, at), (at, before)]);
                    }
                }
                _ => {}
            }
        }
        pairs.sort_unstable();
        let partners = pairs.iter().copied().collect();
        Self { pairs, partners }
    }

    /// The byte after the bracket that closes what opens at a byte.
    pub(super) fn closing(&self, open: usize) -> Option<usize> {
        Some(self.partners.get(&open)? + 1)
    }

    /// A span grown until the brackets in it match: the tree does not keep brackets that only group.
    pub(super) fn balanced(&self, span: Range<usize>) -> Range<usize> {
        let first = self.pairs.partition_point(|(at, _)| *at < span.start);
        let within = self.pairs.iter().skip(first);
        within
            .take_while(|(at, _)| *at < span.end)
            .fold(span.clone(), |grown, (_, partner)| {
                grown.start.min(*partner)..grown.end.max(partner + 1)
            })
    }
}

/// The byte at which a rule nests too deep, if it does. Counted before it is parsed, from above: brackets count where
/// they open, operators and selections where they may hang on each other, and a fresh start is made behind a comma and
/// between the sides of `&&` and `||`, which the parser keeps flat.
pub(super) fn too_deep(source: &str) -> Option<usize> {
    // Of each bracket that is open: links of the chain that is going on, and choices that it stands in.
    let mut levels = vec![(0_usize, 0_usize)];
    let mut depth = 0_usize;
    let mut previous = (0, 0);
    for (at, letter) in code(source) {
        let (chain, choices) = levels.last_mut()?;
        let doubled = previous == (at.wrapping_sub(1), letter);
        match letter {
            b',' => {
                depth -= *chain + *choices;
                (*chain, *choices) = (0, 0);
            }
            b'&' | b'|' if doubled => {
                depth -= *chain;
                *chain = 0;
            }
            b'?' => {
                depth -= *chain;
                (*chain, *choices) = (0, *choices + 1);
                depth += 1;
            }
            b':' => {
                depth -= *chain;
                *chain = 0;
            }
            // The second letter of `==`, `!=`, `<=`, `>=`.
            b'=' if previous.0 + 1 == at && matches!(previous.1, b'=' | b'!' | b'<' | b'>') => {}
            b'.' | b'+' | b'-' | b'*' | b'/' | b'%' | b'<' | b'>' | b'=' | b'!' => {
                *chain += 1;
                depth += 1;
            }
            b'(' | b'[' | b'{' => {
                *chain += 1;
                depth += 1;
                levels.push((0, 0));
            }
            b')' | b']' | b'}' if levels.len() > 1 => {
                let (chain, choices) = levels.pop()?;
                depth -= chain + choices;
            }
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
        previous = (at, letter);
    }
    None
}

/// The bytes that are neither in a text nor in a comment, white space apart.
fn code(source: &str) -> impl Iterator<Item = (usize, u8)> {
    let bytes = source.as_bytes();
    let mut at = 0;
    let mut word = 0..0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(at..)?;
            let letter = *rest.first()?;
            let here = at;
            if rest.starts_with(b"//") {
                at += until(rest, b"\n", false).unwrap_or(rest.len());
            } else if matches!(letter, b'"' | b'\'') {
                let prefix = source.get(word.clone()).unwrap_or("");
                let is_raw =
                    word.end == here && matches!(prefix, "r" | "R" | "br" | "bR" | "Br" | "BR");
                at += literal(rest, letter, is_raw);
            } else {
                at += 1;
                if letter.is_ascii_alphanumeric() || letter == b'_' {
                    if word.end != here {
                        word.start = here;
                    }
                    word.end = at;
                }
                if !letter.is_ascii_whitespace() {
                    return Some((here, letter));
                }
            }
        }
    })
}

/// The length of a text with its quotes, at whose opening quote the bytes begin.
fn literal(bytes: &[u8], quote: u8, is_raw: bool) -> usize {
    let triple = [quote; 3];
    let (width, end) = if bytes.starts_with(&triple) {
        (3, until(bytes.get(3..).unwrap_or(&[]), &triple, !is_raw))
    } else {
        (1, until(bytes.get(1..).unwrap_or(&[]), &[quote], !is_raw))
    };
    end.map_or(bytes.len(), |end| width + end)
}

/// The number of bytes up to and with the end of something, which a backslash hides.
fn until(bytes: &[u8], end: &[u8], escapes: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(end) {
            return Some(at + end.len());
        }
        at += if escapes && rest.starts_with(b"\\") {
            2
        } else {
            1
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(source: &str) -> String {
        code(source).map(|(_, letter)| char::from(letter)).collect()
    }

    #[test]
    fn texts_and_comments_are_no_code() {
        for (source, expected) in [
            ("a + (b)", "a+(b)"),
            ("a // (\n+ b", "a+b"),
            ("a // (", "a"),
            (r#"f("(", ')')"#, "f(,)"),
            (r#"f("\"(")"#, "f()"),
            (r#"f(r"\")"#, "f(r)"),
            (r#"f(R'\')"#, "f(R)"),
            (r#"f(xr"\")")"#, "f(xr)"),
            (r#"f('''it's ( "so" ''')"#, "f()"),
            (r#"f(r'''\''')"#, "f(r)"),
            (r#"f("""\"""("""))"#, "f())"),
            (r#"f("// no comment")"#, "f()"),
            (r#"f("é(")"#, "f()"),
            (r#"f("never closed)"#, "f("),
        ] {
            assert_eq!(kept(source), expected, "{source}");
        }
    }

    #[test]
    fn a_span_grows_to_its_brackets() {
        let source = "((a) || f(b, [c]))";
        let brackets = Brackets::of(source);
        let grown = |part: &str| {
            let start = source.find(part).unwrap();
            &source[brackets.balanced(start..start + part.len())]
        };
        assert_eq!(grown("a"), "a");
        assert_eq!(grown("a) ||"), "(a) ||");
        assert_eq!(grown("f(b"), "f(b, [c])");
        assert_eq!(grown("a) || f(b, [c"), "(a) || f(b, [c])");
        assert_eq!(grown("[c]))"), source);
    }

    #[test]
    fn depth_is_what_hangs_on_each_other() {
        let depth = |part: &str| {
            (1..)
                .find(|times| too_deep(&part.repeat(*times)).is_some())
                .unwrap_or(0)
        };
        assert_eq!(depth("("), DEEPEST + 1);
        assert_eq!(depth("f(x)."), DEEPEST / 2 + 1);
        assert_eq!(depth("1 + "), DEEPEST + 1);
        assert_eq!(depth("a ? b && c : "), DEEPEST + 1);
        assert_eq!(depth("!"), DEEPEST + 1);
        for flat in ["a.b == c && ", "x || ", "f(x), ", "\"((((\", ", "-1, "] {
            assert_eq!(too_deep(&flat.repeat(10_000)), None, "{flat}");
        }
    }
}
