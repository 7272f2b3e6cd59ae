//! The templates of the page: those in the binary, and a user's own in their place.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handlebars::Handlebars;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "report-templates"]
#[include = "*.hbs"]
#[include = "*.css"]
#[include = "*.js"]
struct Embedded;

/// The files that are not templates: they go into the page as they are, and their digests into its policy.
const STYLES: [&str; 3] = ["style.css", "detail.css", "print.css"];
/// What the pages on a history have beside it.
const HISTORY_STYLE: &str = "history.css";
const SCRIPT: &str = "script.js";

/// Templates that do not load.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The directory or a file in it cannot be read.
    #[error(
        "cannot read {path}: {source}\nhelp: --templates names a directory with copies of the files you change"
    )]
    Unreadable {
        /// Which.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file that would replace nothing.
    #[error("{path} replaces nothing\nhelp: the templates are {known}")]
    Replaces {
        /// Which.
        path: String,
        /// What there is to replace.
        known: String,
    },
    /// A template that does not parse.
    #[error("{path}{}: {message}\nhelp: the language is Handlebars; compare with the file of that name in report-templates/", at_line(.line))]
    Malformed {
        /// Which.
        path: String,
        /// Where in it.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
}

fn at_line(line: &Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(":{line}"))
}

/// A set of templates, parsed.
pub struct Templates {
    registry: Handlebars<'static>,
    style: String,
    history_style: String,
    script: String,
}

impl Templates {
    /// The templates in the binary.
    ///
    /// # Errors
    /// When one does not parse, which a test rules out.
    pub fn embedded() -> Result<Self, TemplateError> {
        Self::build(embedded())
    }

    /// The templates in the binary, with the files of `dir` in the place of those of the same name.
    ///
    /// # Errors
    /// When a file cannot be read, replaces nothing, or does not parse.
    pub fn with(dir: &Path) -> Result<Self, TemplateError> {
        let mut files = embedded();
        let unreadable = |path: &Path| {
            let path = path.display().to_string();
            move |source| TemplateError::Unreadable { path, source }
        };
        for entry in fs::read_dir(dir).map_err(unreadable(dir))? {
            let path = entry.map_err(unreadable(dir))?.path();
            if !path.is_file() {
                continue;
            }
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let Some((known, file)) = name
                .and_then(|name| files.get_key_value(&name).map(|(known, _)| known.clone()))
                .and_then(|known| files.get_mut(&known).map(|file| (known, file)))
            else {
                return Err(TemplateError::Replaces {
                    path: path.display().to_string(),
                    known: files.keys().cloned().collect::<Vec<_>>().join(", "),
                });
            };
            *file = File {
                path: path.display().to_string(),
                text: fs::read_to_string(dir.join(known)).map_err(unreadable(&path))?,
            };
        }
        Self::build(files)
    }

    fn build(mut files: BTreeMap<String, File>) -> Result<Self, TemplateError> {
        let mut take = |name: &str| {
            files
                .remove(name)
                .map_or_else(String::new, |file| file.text)
        };
        let style = STYLES.map(&mut take).join("\n");
        let history_style = take(HISTORY_STYLE);
        let script = take(SCRIPT);
        let mut registry = Handlebars::new();
        // A name the view lacks is a mistake in a template, not an empty place in an audit report.
        registry.set_strict_mode(true);
        for (name, file) in files {
            let name = name.strip_suffix(".hbs").unwrap_or(&name);
            registry
                .register_template_string(name, file.text)
                .map_err(|error| TemplateError::Malformed {
                    path: file.path,
                    line: error.pos().map(|(line, _)| line),
                    message: error.reason().to_string(),
                })?;
        }
        Ok(Self {
            registry,
            style,
            history_style,
            script,
        })
    }

    pub(super) fn registry(&self) -> &Handlebars<'static> {
        &self.registry
    }

    /// The style sheet, as it stands in the page.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// What the pages on a history have beside the style sheet.
    pub fn history_style(&self) -> &str {
        &self.history_style
    }

    /// The script, as it stands in the page.
    pub fn script(&self) -> &str {
        &self.script
    }

    /// The Content-Security-Policy of a page with that style sheet: nothing is loaded, and nothing runs but our
    /// own script.
    pub fn policy(&self, style: &str) -> String {
        format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            digest(style),
            digest(&self.script),
        )
    }
}

struct File {
    path: String,
    text: String,
}

fn embedded() -> BTreeMap<String, File> {
    Embedded::iter()
        .filter_map(|name| Embedded::get(&name).map(|file| (name, file)))
        .map(|(name, file)| {
            let text = match String::from_utf8_lossy(&file.data) {
                Cow::Borrowed(text) => text.to_owned(),
                Cow::Owned(text) => text,
            };
            let path = format!("report-templates/{name}");
            (name.into_owned(), File { path, text })
        })
        .collect()
}

fn digest(text: &str) -> String {
    format!(
        "sha256-{}",
        STANDARD.encode(Sha256::digest(text.as_bytes()))
    )
}
