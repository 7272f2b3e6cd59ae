//! Places inside a TOML text: a mistake in a rule points at the file's own line, also where the text spans many lines or has
//! escapes.

use std::ops::Range;

/// The place in the file of a part of a text, given the file, the place of the text with its quotes, and the part as
/// counted in the text's value.
pub fn place(file: &str, quoted: Range<usize>, part: Range<usize>) -> Range<usize> {
    let start = quoted.start;
    let Some(raw) = file.get(quoted.clone()) else {
        return quoted;
    };
    let (delimiter, escapes) = match raw.as_bytes() {
        [b'"', b'"', b'"', ..] => (3, true),
        [b'\'', b'\'', b'\'', ..] => (3, false),
        [b'"', ..] => (1, true),
        _ => (1, false),
    };
    let end = raw.len().saturating_sub(delimiter).max(delimiter);
    let Some(body) = raw.get(delimiter..end) else {
        return quoted;
    };
    // TOML drops a newline right after the opening of a text over many lines.
    let dropped = match body.as_bytes() {
        [b'\r', b'\n', ..] if delimiter == 3 => 2,
        [b'\n', ..] if delimiter == 3 => 1,
        _ => 0,
    };
    let mut walk = Walk {
        rest: body.get(dropped..).unwrap_or_default(),
        escapes,
        read: start + delimiter + dropped,
        told: 0,
    };
    walk.until(part.start);
    walk.skip();
    let from = walk.read;
    let to = walk.until(part.end);
    from..to.max(from)
}

/// Goes along a text as written and counts what it means.
struct Walk<'t> {
    rest: &'t str,
    escapes: bool,
    /// Bytes of the file so far.
    read: usize,
    /// Bytes of the value so far.
    told: usize,
}

impl Walk<'_> {
    fn until(&mut self, told: usize) -> usize {
        while self.told < told {
            let Some((written, meant)) = self.step() else {
                break;
            };
            self.rest = self.rest.get(written..).unwrap_or_default();
            self.read += written;
            self.told += meant;
        }
        self.read
    }

    /// Past what is written and means nothing.
    fn skip(&mut self) {
        while let Some((written, 0)) = self.step() {
            self.rest = self.rest.get(written..).unwrap_or_default();
            self.read += written;
        }
    }

    /// How long the next piece is as written, and as meant.
    fn step(&self) -> Option<(usize, usize)> {
        let mut letters = self.rest.chars();
        let first = letters.next()?;
        if first != '\\' || !self.escapes {
            return Some((first.len_utf8(), first.len_utf8()));
        }
        let digits = match letters.next()? {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            // A backslash at the end of a line swallows the white space up to the next letter.
            next if next.is_whitespace() => {
                let after = self.rest.trim_start_matches('\\').trim_start();
                return Some((self.rest.len() - after.len(), 0));
            }
            next => return Some((1 + next.len_utf8(), 1)),
        };
        let code = self.rest.get(2..2 + digits)?;
        let meant = u32::from_str_radix(code, 16)
            .ok()
            .and_then(char::from_u32)?;
        Some((2 + digits, meant.len_utf8()))
    }
}

#[cfg(test)]
mod tests {
    use super::place;
    use toml::de::DeTable;

    /// Finds `part` in the value of `rule` by its place in the file.
    fn found<'f>(file: &'f str, part: &str) -> &'f str {
        let table = DeTable::parse(file).unwrap();
        let value = &table.get_ref()["rule"];
        let at = value.get_ref().as_str().unwrap().find(part).unwrap();
        &file[place(file, value.span(), at..at + part.len())]
    }

    #[test]
    fn a_part_is_found_in_every_kind_of_text() {
        for file in [
            "rule = 'a || bad'",
            "rule = \"a || bad\"",
            "rule = '''\n a ||\n bad\n'''",
            "rule = '''\r\n a ||\r\n bad\r\n'''",
            "rule = '''a || bad'''",
            "rule = \"\"\"\n a ||\n bad\n\"\"\"",
            "rule = \"a == \\\"x\\\" || bad\"",
            "rule = \"a == \\u00e9 || bad\"",
            "rule = \"é == \\t\\t || bad\"",
            "rule = \"\"\"a \\\n   || bad\"\"\"",
            "rule = \"\"\"a || \\\n   bad\"\"\"",
        ] {
            assert_eq!(found(file, "bad"), "bad", "{file:?}");
        }
    }

    #[test]
    fn a_part_with_escapes_is_found_whole() {
        assert_eq!(found(r#"rule = "a == \"x\"""#, "\"x\""), r#"\"x\""#);
    }
}
