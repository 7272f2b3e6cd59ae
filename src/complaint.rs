//! What is wrong in a file that somebody wrote: where, what, and what to do about it.
//!
//! A check, an example, a framework or `tieout.toml` is never refused at its first mistake. Each mistake becomes a
//! [`Complaint`], and all of them are shown at once.

pub mod quoted;
pub mod table;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

/// A file as complaints name and quote it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Path, as the user would type it.
    pub name: Arc<str>,
    /// Content; empty where it could not be read.
    pub text: Arc<str>,
}

impl File {
    /// A file of that name and content.
    pub fn new(name: impl AsRef<str>, text: impl AsRef<str>) -> Self {
        Self {
            name: name.as_ref().into(),
            text: text.as_ref().into(),
        }
    }

    /// Line and column of a byte, both counted from 1, columns in characters.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(start..).map_or(0, |text| text.chars().count()) + 1;
        (line, column)
    }
}

/// One mistake in a file: where it stands, what is wrong, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// The file.
    pub file: File,
    /// The bytes it is about.
    pub span: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it. Never empty: a complaint without a remedy is half a complaint.
    pub help: String,
}

impl Complaint {
    /// A complaint about these bytes of a file.
    pub fn new(
        file: &File,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let (line, column) = file.position(span.start);
        Self {
            file: file.clone(),
            span,
            line,
            column,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The complaint with the lines it is about, and colours if the caller knows a terminal takes them.
    pub fn render(&self, colours: bool) -> String {
        let renderer = if colours {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        // Titles are printed as they are; a check of somebody else's must not drive our terminal.
        let message = normalize_untrusted_str(&self.message);
        let group = Group::with_title(Level::ERROR.primary_title(message));
        let group = if self.file.text.is_empty() {
            group.element(Origin::path(self.file.name.as_ref()))
        } else {
            let end = self.file.text.len();
            let span = self.span.start.min(end)..self.span.end.min(end);
            group.element(
                Snippet::source(self.file.text.as_ref())
                    .path(self.file.name.as_ref())
                    .annotation(AnnotationKind::Primary.span(span)),
            )
        };
        let help = normalize_untrusted_str(&self.help);
        renderer.render(&[group.element(Level::HELP.message(help))])
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(false))
    }
}

/// All that is wrong, in order of file and place. An error only together: nothing is done while one stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Complaints(pub Vec<Complaint>);

impl Complaints {
    /// The value, if there is nothing to complain about.
    pub fn none_or<T>(mut self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            return Ok(value);
        }
        self.0
            .sort_by(|a, b| (&a.file.name, a.span.start).cmp(&(&b.file.name, b.span.start)));
        Err(self)
    }

    /// All of them, a blank line between two, and how many there are.
    pub fn render(&self, colours: bool) -> String {
        let mut text = String::new();
        for complaint in &self.0 {
            text.push_str(&complaint.render(colours));
            text.push_str("\n\n");
        }
        let many = if self.0.len() == 1 { "" } else { "s" };
        text.push_str(&format!("{} mistake{many}", self.0.len()));
        text
    }
}

impl fmt::Display for Complaints {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(false))
    }
}

/// The name somebody meant who wrote `written`, if one is near enough to be a slip.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A third of the letters may be wrong: `bucket.lifecyle` has one in nine, `foo` is no slip for `tag`.
    const ALIKE: f64 = 0.66;
    let written = written.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for name in known {
        let alike = strsim::normalized_damerau_levenshtein(&written, &name.to_lowercase());
        // The first of equals, so that the advice does not hang on chance.
        if alike >= ALIKE && best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, name));
        }
    }
    best.map(|(_, name)| name)
}

/// What to do about a name that is not known: the one that was meant, or all there are.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(written, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("there are: {}", known.join(", ")),
    }
}
