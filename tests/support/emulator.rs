//! An AWS account on loopback: `fixtures/emulator`, in a virtual environment that is made once.

#[path = "venv.rs"]
mod venv;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

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
        Self::acme_with(&[])
    }

    /// The same, with more flags of `serve.py`.
    pub(crate) fn acme_with(flags: &[&str]) -> Self {
        let acme = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme");
        Self::serving(|emulator| {
            emulator
                .arg("--seed")
                .arg(acme.join("seed.py"))
                .arg("--deny")
                .arg(acme.join("denied.txt"))
                .arg("--answers")
                .arg(acme.join("answers"))
                .args(flags)
        })
    }

    /// An account with a bucket that holds these files, and one that does not let itself be read.
    pub(crate) fn storage(files: &Path) -> Self {
        let live = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live");
        Self::serving(|emulator| {
            emulator
                .arg("--seed")
                .arg(live.join("storage.py"))
                .arg("--deny")
                .arg(live.join("storage.txt"))
                .env("HISTORY", files)
        })
    }

    fn serving(account: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let mut command = Command::new(venv::python("fixtures/emulator/requirements.txt"));
        command.arg(fixtures.join("emulator/serve.py"));
        let mut process = account(&mut command)
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
