//! Files that people state something in, as a command writes them.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::output::Failure;
use crate::check::Check;
use crate::complaint::{Complaint, File, nearest};

/// The text of a record, line by line.
#[derive(Debug, Default)]
pub(super) struct Record {
    text: String,
}

impl Record {
    /// A line of comment.
    pub(super) fn comment(mut self, text: &str) -> Self {
        self.text.push_str(&format!("# {text}\n"));
        self
    }

    /// A text, escaped as TOML wants it; no line where there is none.
    pub(super) fn text(self, key: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.line(key, &toml::Value::String(value.to_owned()).to_string()),
            None => self,
        }
    }

    /// A day, or whatever else needs no quotes.
    pub(super) fn bare(self, key: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.line(key, &value.to_string()),
            None => self,
        }
    }

    /// A list of texts; no line where it is empty.
    pub(super) fn list(self, key: &str, values: &[String]) -> Self {
        if values.is_empty() {
            return self;
        }
        let texts = values.iter().cloned().map(toml::Value::String).collect();
        self.line(key, &toml::Value::Array(texts).to_string())
    }

    fn line(mut self, key: &str, value: &str) -> Self {
        self.text.push_str(&format!("{key:<12} = {value}\n"));
        self
    }

    /// As the file that is to be written.
    pub(super) fn file(&self, path: &Path) -> File {
        File::new(path.display().to_string(), &self.text)
    }
}

/// Writes a file where none is, with its folder.
pub(super) fn create(file: &File, name_flag: &str) -> Result<PathBuf, Failure> {
    let path = PathBuf::from(file.name.as_ref());
    let failed = |error: std::io::Error| {
        if error.kind() == ErrorKind::AlreadyExists {
            return Failure::new(
                format_args!("{} is there already", path.display()),
                format_args!(
                    "what somebody stated is never written over: name another file with {name_flag}"
                ),
            );
        }
        Failure::new(
            format_args!("{} cannot be written: {error}", path.display()),
            "check that you may write there",
        )
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut out = fs::File::create_new(&path).map_err(failed)?;
    out.write_all(file.text.as_bytes()).map_err(failed)?;
    Ok(path)
}

/// What a flag says that no record may say: the same words as about a file, without the file that is not there yet.
pub(super) fn refused(complaints: &[Complaint]) -> Failure {
    let said: Vec<&str> = complaints.iter().map(|it| it.message.as_str()).collect();
    let help: Vec<&str> = complaints.iter().map(|it| it.help.as_str()).collect();
    Failure::new(said.join("\n"), help.join("\n"))
}

/// A name for a file: what an ARN or an id ends with, without what a file's name should not have.
pub(super) fn slug(text: &str) -> String {
    let end = text
        .rsplit([':', '/'])
        .find(|part| part.chars().any(char::is_alphanumeric));
    let plain = |letter: char| match letter {
        '.' | '_' => letter,
        letter if letter.is_ascii_alphanumeric() => letter,
        _ => '-',
    };
    let name: String = end.unwrap_or("all").chars().map(plain).collect();
    let name = name.trim_matches(['-', '.']);
    name.chars().take(60).collect()
}

/// Where a record of that name stands in a folder.
pub(super) fn named(folder: &Path, name: &str) -> Result<PathBuf, Failure> {
    if name.is_empty() || name.contains(['/', '\\']) {
        return Err(Failure::new(
            format_args!("`{name}` is no name for a file in {}", folder.display()),
            "give a name without slashes; the folder is named in tieout.toml",
        ));
    }
    Ok(folder.join(format!("{name}.toml")))
}

/// The check of that id, or that once had it.
pub(super) fn known_check<'a>(checks: &'a [Check], id: &str) -> Result<&'a Check, Failure> {
    let former = |check: &&Check| check.was.iter().any(|was| was == id);
    let by_id = checks.iter().find(|check| check.id == id);
    by_id.or_else(|| checks.iter().find(former)).ok_or_else(|| {
        let known = checks.iter().map(|check| check.id.as_str());
        let help = match nearest(id, known) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "`tieout checks list` shows what there is".to_owned(),
        };
        Failure::new(format_args!("there is no check `{id}`"), help)
    })
}
