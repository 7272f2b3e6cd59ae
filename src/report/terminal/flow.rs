//! Lines that end before the edge of the terminal.

use std::io::{self, Write};

use anstyle::Style;

use super::Page;
use crate::report::text::clipped;

/// Where what stands beside a label begins.
const LABELLED: usize = 12;

impl<W: Write> Page<'_, W> {
    /// Writes parts one after another, on a new line, further in, where one would cross the edge. A part that
    /// is longer than a line is cut, and ends in an ellipsis.
    pub(super) fn flow(
        &mut self,
        indent: usize,
        between: &str,
        parts: &[(Style, String)],
    ) -> io::Result<()> {
        write!(self.out, "{:indent$}", "")?;
        self.flow_on(indent, indent + 2, between, parts)
    }

    /// Plain words, as [`Self::flow`].
    pub(super) fn words(&mut self, indent: usize, style: Style, text: &str) -> io::Result<()> {
        let words: Vec<_> = text
            .split(' ')
            .map(|word| (style, word.to_owned()))
            .collect();
        self.flow(indent, " ", &words)
    }

    /// A label, and text beside it.
    pub(super) fn labelled(&mut self, label: &str, text: &str) -> io::Result<()> {
        let dim = self.palette.dim;
        let words: Vec<_> = text
            .split(' ')
            .map(|word| (Style::new(), word.to_owned()))
            .collect();
        write!(self.out, "  {dim}{label:<9}{dim:#} ")?;
        self.flow_on(LABELLED, LABELLED, " ", &words)
    }

    /// Goes on from column `from`; later lines begin at `hang`.
    fn flow_on(
        &mut self,
        from: usize,
        hang: usize,
        between: &str,
        parts: &[(Style, String)],
    ) -> io::Result<()> {
        let gap = between.chars().count();
        // What ends a line that more follows on.
        let ending = between.trim_end();
        let room = self.options.width.saturating_sub(hang).max(16);
        let mut column = from;
        for (n, (style, text)) in parts.iter().enumerate() {
            let text = clipped(text, room);
            let length = text.chars().count();
            let tail = if n + 1 < parts.len() {
                ending.chars().count()
            } else {
                0
            };
            if n > 0 && column + gap + length + tail > self.options.width {
                write!(self.out, "{ending}\n{:hang$}", "")?;
                column = hang;
            } else if n > 0 {
                write!(self.out, "{between}")?;
                column += gap;
            }
            write!(self.out, "{style}{text}{style:#}")?;
            column += length;
        }
        writeln!(self.out)
    }
}
