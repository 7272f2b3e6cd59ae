//! Python with pinned packages, in a virtual environment that is made once.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// The interpreter of a virtual environment with the packages that a file of the project pins. Made again when the pins
/// change; a lock keeps two test processes from making it at once.
pub(crate) fn python(pins: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(pins);
    let pinned = fs::read(&file).expect("the pins can be read");
    let digest: String = Sha256::digest(pinned)
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("venv-{digest}"));
    let python = folder.join("bin/python");
    let lock =
        File::create(folder.with_extension("lock")).expect("the target folder can be written");
    lock.lock().expect("the lock can be waited for");
    if !folder.join("complete").exists() {
        let needed =
            "this test needs Python 3.11 or later with venv (Debian: apt-get install python3-venv)";
        done(
            Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&folder),
            needed,
        );
        let packages = format!("this test needs the packages of {pins} from PyPI");
        done(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--requirement"])
                .arg(&file),
            &packages,
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
