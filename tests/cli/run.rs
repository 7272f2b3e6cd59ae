//! A directory, a command in it, and how it ended.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// An empty directory to run in.
pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file into it.
    pub(crate) fn with(self, name: &str, text: &str) -> Self {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// The command, seeing no AWS configuration but what it is given later.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tieout"));
        for (name, _) in std::env::vars_os() {
            let upper = name.to_string_lossy().to_uppercase();
            if upper.starts_with("AWS_") || upper.ends_with("_PROXY") {
                command.env_remove(name);
            }
        }
        command
            .args(args)
            .current_dir(self.path())
            .env("HOME", self.path().join("nobody"))
            .env("AWS_CONFIG_FILE", "/dev/null")
            .env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
            .env("AWS_EC2_METADATA_DISABLED", "true");
        command
    }

    /// Runs it.
    pub(crate) fn run(&self, args: &[&str]) -> Ended {
        Ended::of(self.command(args))
    }

    /// Runs it with keys, against an endpoint.
    pub(crate) fn scan_of(&self, endpoint: &str, args: &[&str]) -> Ended {
        Ended::of(with_keys(self.command(args), endpoint))
    }

    /// Every file and folder in it, by its path.
    pub(crate) fn holds(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(self.path(), self.path(), &mut found);
        found.sort();
        found
    }
}

/// Keys that no account has, and where to use them.
pub(crate) fn with_keys(mut command: Command, endpoint: &str) -> Command {
    command
        .env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "loopback")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ENDPOINT_URL", endpoint);
    command
}

fn walk(top: &Path, folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push(path.strip_prefix(top).unwrap().to_owned());
        if path.is_dir() {
            walk(top, &path, found);
        }
    }
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    pub(crate) fn of(mut command: Command) -> Self {
        Self::from(command.output().unwrap())
    }

    /// It ended with that exit code.
    #[track_caller]
    pub(crate) fn with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.err, self.out);
        self
    }

    /// It could not run: exit code 2, nothing on standard output, and these words, in this order, on standard error. The
    /// last of them is what to do.
    #[track_caller]
    pub(crate) fn could_not_run(self, says: &[&str]) -> Self {
        assert_eq!(self.code, Some(2), "{}\n{}", self.err, self.out);
        assert_eq!(self.out, "", "{}", self.err);
        let mut rest = self.err.as_str();
        for words in says {
            let Some((_, after)) = rest.split_once(words) else {
                panic!("no {words:?} where it belongs in:\n{}", self.err);
            };
            rest = after;
        }
        assert!(
            self.err.contains("help: ") || self.err.contains("For more information"),
            "nothing says what to do:\n{}",
            self.err
        );
        for noise in ["panicked", "RUST_BACKTRACE", "Error {", "Some("] {
            assert!(!self.err.contains(noise), "{}", self.err);
        }
        self
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
