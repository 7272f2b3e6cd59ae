//! `tieout keys`: the keys that sign bundles.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::exit::Exit;
use super::output::{Failure, note, shown};
use super::sign::unfit;
use crate::bundle::sign::{KeyError, PrivateKey, PublicKey};

/// `tieout keys …`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a pair of Ed25519 keys: NAME.pem signs and stays secret, NAME.pub.pem verifies and is handed out
    New {
        /// Where to, without the ending
        #[arg(long, value_name = "NAME", default_value = "tieout-key")]
        out: PathBuf,
    },
    /// Show the id of a key, private or public, and its public half
    Show {
        /// The file
        file: PathBuf,
    },
}

/// Runs it.
pub fn run(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::New { out } => new(out),
        Command::Show { file } => show(file),
    }
}

fn new(out: &Path) -> Result<Exit, Failure> {
    let [private, public] = ["pem", "pub.pem"].map(|end| {
        let mut name = out.as_os_str().to_owned();
        name.push(".");
        name.push(end);
        PathBuf::from(name)
    });
    for file in [&private, &public] {
        if file.exists() {
            return Err(taken(file));
        }
    }
    let bad = |error: KeyError| Failure::new(&error, error.remedy());
    let key = PrivateKey::generate().map_err(bad)?;
    let half = key.public().map_err(bad)?;
    write(&private, key.pem().map_err(bad)?.as_bytes(), true)?;
    write(&public, half.pem().map_err(bad)?.as_bytes(), false)?;
    note(format_args!(
        "→ {}  (signs; keep it secret and away from the accounts it vouches for)",
        private.display()
    ));
    note(format_args!(
        "→ {}  (verifies; hand it out by another way than the bundles)",
        public.display()
    ));
    shown(|out| writeln!(out, "{}", half.id()))
}

fn show(file: &Path) -> Result<Exit, Failure> {
    let place = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure::new(
            format_args!("the key {place} cannot be read: {error}"),
            "name a file in PEM; `tieout keys new` makes a pair",
        )
    })?;
    let half = if text.contains("PRIVATE KEY") {
        PrivateKey::from_pem(&text).and_then(|key| key.public())
    } else {
        PublicKey::from_pem(&text)
    };
    let half = half.map_err(|error| unfit(&place, &error))?;
    let pem = half.pem().map_err(|error| unfit(&place, &error))?;
    shown(|out| write!(out, "{}\n{pem}", half.id()))
}

/// A new file, never one in the place of another. A secret is nobody else's to read from its first byte on.
fn write(path: &Path, bytes: &[u8], secret: bool) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return taken(path);
        }
        Failure::new(
            format_args!("{} cannot be written: {error}", path.display()),
            "name another place with --out",
        )
    })
}

fn taken(path: &Path) -> Failure {
    Failure::new(
        format_args!("{} is there already", path.display()),
        "a key is never overwritten: name another with --out",
    )
}
