//! An AWS account on loopback: `fixtures/emulator`, in a virtual environment that is made once.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};

/// The access key of the seeded session: role `tieout-scan`, session `tieout`.
pub(crate) const ACCESS_KEY: &str = "ASIAACMETIEOUTSCAN00";

/// Seeding takes two seconds on an idle machine. This is for one that compiles beside.
const PATIENCE: Duration = Duration::from_secs(180);

/// A running emulator. It ends with the value, and, should the test be killed, with the test's process.
pub(crate) struct Emulator {
    process: Child,
    endpoint: String,
}

impl Emulator {
    /// Acme's account, with the calls it denies.
    pub(crate) fn acme() -> Self {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let mut process = Command::new(python())
            .arg(fixtures.join("emulator/serve.py"))
            .arg("--seed")
            .arg(fixtures.join("acme/seed.py"))
            .arg("--deny")
            .arg(fixtures.join("acme/denied.txt"))
            .arg("--answers")
            .arg(fixtures.join("acme/answers"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the emulator starts");
        let said = lines(&mut process);
        let mut emulator = Self {
            process,
            endpoint: String::new(),
        };
        emulator.endpoint = emulator
            .next(&said)
            .strip_prefix("listening on ")
            .expect("the emulator says where it listens")
            .to_owned();
        assert_eq!(emulator.next(&said), "ready");
        emulator
    }

    /// Where it listens.
    pub(crate) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    fn next(&mut self, said: &mpsc::Receiver<String>) -> String {
        said.recv_timeout(PATIENCE).unwrap_or_else(|_| {
            let ended = self.process.try_wait();
            panic!("the emulator said nothing for {PATIENCE:?} ({ended:?}); its complaint is above")
        })
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Already gone is as good as killed.
        let _gone = self.process.kill();
        let _reaped = self.process.wait();
    }
}

fn lines(process: &mut Child) -> mpsc::Receiver<String> {
    let output = process.stdout.take().expect("standard output is piped");
    let (told, said) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if told.send(line).is_err() {
                break;
            }
        }
    });
    said
}

/// The interpreter of a virtual environment with the pinned packages. Made again when the pins change; a lock keeps
/// two test processes from making it at once.
fn python() -> PathBuf {
    let pins = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/emulator/requirements.txt");
    let pinned = fs::read(&pins).expect("the pins can be read");
    let digest: String = Sha256::digest(pinned)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("emulator-{digest}"));
    let python = folder.join("bin/python");
    let lock =
        File::create(folder.with_extension("lock")).expect("the target folder can be written");
    lock.lock().expect("the lock can be waited for");
    if !folder.join("complete").exists() {
        let needed = "the live test needs Python 3.11 or later with venv (Debian: apt-get install python3-venv)";
        done(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&folder),
            needed,
        );
        let packages =
            "the live test needs the packages of fixtures/emulator/requirements.txt from PyPI";
        done(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--requirement"])
                .arg(&pins),
            packages,
        );
        File::create(folder.join("complete")).expect("the environment can be marked complete");
    }
    python
}

fn done(command: &mut Command, otherwise: &str) {
    match command.status() {
        Ok(status) if status.success() => {}
        Ok(status) => panic!("{otherwise}: {command:?} ended with {status}"),
        Err(error) => panic!("{otherwise}: {command:?}: {error}"),
    }
}
