//! `tieout.toml`: what a scan does when the command line does not say. Flags win over it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use crate::complaint::File;

/// Name of the file, looked for in the working directory.
pub const NAME: &str = "tieout.toml";

/// What the file may say.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A profile of the shared AWS configuration.
    pub profile: Option<String>,
    /// A role to assume.
    pub role_arn: Option<String>,
    /// The external id its trust policy asks for.
    pub external_id: Option<String>,
    /// Regions to scan; every enabled one, if empty.
    pub regions: Vec<String>,
    /// Check ids, services and criteria to judge; globs.
    pub only: Vec<String>,
    /// The same to leave out.
    pub skip: Vec<String>,
    /// Folders of checks of one's own.
    pub checks: Vec<PathBuf>,
    /// A folder of report templates that override the built-in ones.
    pub templates: Option<PathBuf>,
    /// Parameters of checks: `[params."iam.access_key_rotated"]`, then name and value.
    pub params: BTreeMap<String, BTreeMap<String, toml::Value>>,
    /// The file itself, for complaints about the parameters in it.
    #[serde(skip)]
    pub file: Option<File>,
}

/// Why the file cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// It cannot be read.
    #[error("{path}: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        error: std::io::Error,
    },
    /// It does not say what it may say. The message has line, column and the line itself.
    #[error("{path}: {error}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        error: Box<toml::de::Error>,
    },
}

impl Config {
    /// Reads the named file, or `tieout.toml` if there is one; paths in it start from where it stands.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let path = named.unwrap_or(Path::new(NAME));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                return Err(ConfigError::Unreadable {
                    path: path.to_owned(),
                    error,
                });
            }
        };
        let mut config: Self = toml::from_str(&text).map_err(|error| ConfigError::Wrong {
            path: path.to_owned(),
            error: Box::new(error),
        })?;
        config.file = Some(File::new(path.display().to_string(), &text));
        let base = path.parent().unwrap_or(Path::new(""));
        for folder in config.checks.iter_mut().chain(config.templates.as_mut()) {
            *folder = base.join(&*folder);
        }
        Ok(config)
    }
}
