//! An auditor without this tool: `sha256sum`, `openssl` and the in-toto project's own library say that a bundle is whole, by the
//! commands that `VERIFY.md` gives. And they say when it is not.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use tieout::bundle::sign::envelope::Envelope;
use tieout::bundle::sign::guide::{self, Vouched};
use tieout::bundle::{Bundle, Folder};

use crate::authority::Authority;
use crate::evidence::{Ended, copy, tieout};
use crate::forger::replace_once;

/// The packages of the in-toto project, pinned.
const PINS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify/requirements.txt");

/// A bundle with all that vouches for it, the guide beside it, and what the auditor got by another way.
struct Received {
    place: tempfile::TempDir,
    above: PathBuf,
}

impl Received {
    fn new() -> Self {
        let place = copy();
        let authority = Authority::new(&place.path().join("authority"));
        let above = authority.above();
        let url = authority.serve();
        tieout(["sign", "bundle", "--timestamp-url", &url], place.path()).with(0);
        Self { place, above }
    }

    fn bundle(&self) -> PathBuf {
        self.place.path().join("bundle")
    }

    fn guide(&self) -> String {
        let bundle = Bundle::open(Folder(self.bundle())).unwrap();
        let envelope = fs::read(self.bundle().join("manifest.dsse.json")).unwrap();
        let envelope = Envelope::parse(&envelope).unwrap();
        guide::text(
            &bundle.manifest,
            &Vouched {
                keyid: Some(envelope.signatures[0].0.clone()),
                stamped: true,
            },
        )
    }

    /// Runs one of the guide's commands as it stands there.
    fn run(&self, command: &str) -> Ended {
        let mut shell = Command::new("bash");
        shell
            .args(["-euo", "pipefail", "-c", command])
            .current_dir(self.bundle())
            .env("KEY", self.place.path().join("key.pub.pem"))
            .env("TSA_CA", &self.above)
            .env("PATH", format!("{}:/usr/bin:/bin", python().display()));
        Ended::of(shell)
    }
}

/// The commands of a guide, in order.
fn commands(guide: &str) -> Vec<&str> {
    let blocks = guide.split("```sh\n").skip(1);
    blocks
        .map(|block| block.split("```").next().expect("a block ends"))
        .collect()
}

#[test]
fn public_tools_alone_say_that_a_bundle_is_whole() {
    let received = Received::new();
    let guide = received.guide();
    let commands = commands(&guide);
    let says = [
        "manifest.json: OK",
        "",
        "",
        "Signature Verified Successfully",
        "the signature verifies",
        "Verification: OK",
    ];
    assert_eq!(commands.len(), says.len(), "{guide}");
    for (command, says) in commands.iter().zip(says) {
        received.run(command).with(0).says(&[says]);
    }
    // Nothing was added, and the key is the one that the guide names.
    assert_eq!(received.run(commands[1]).with(0).out, "");
    let shown = tieout(["keys", "show", "key.pub.pem"], received.place.path())
        .with(0)
        .out;
    let id = shown.lines().next().unwrap();
    assert!(received.run(commands[2]).with(0).out.starts_with(id));
    assert!(guide.contains(id));
}

#[test]
fn they_say_too_when_it_is_not() {
    let received = Received::new();
    let guide = received.guide();
    let [whole, added, _, openssl, in_toto, stamp] = commands(&guide)[..] else {
        panic!("the guide has other commands:\n{guide}");
    };
    let manifest = received.bundle().join("manifest.json");
    let original = fs::read(&manifest).unwrap();
    replace_once(&manifest, "\"partial\": false", "\"partial\": true");
    received.run(whole).with(1).says(&["manifest.json: FAILED"]);
    received
        .run(openssl)
        .with(1)
        .says(&["FAILED: manifest.json"]);
    fs::write(&manifest, original).unwrap();
    fs::write(received.bundle().join("notes.txt"), "").unwrap();
    received.run(added).with(0).says(&["not listed: notes.txt"]);
    let envelope = received.bundle().join("manifest.dsse.json");
    let text = fs::read_to_string(&envelope).unwrap();
    let signature = text.split("\"sig\": \"").nth(1).unwrap();
    let turned = if signature.starts_with('A') { "B" } else { "A" };
    replace_once(
        &envelope,
        &format!("\"sig\": \"{}", &signature[..1]),
        &format!("\"sig\": \"{turned}"),
    );
    received
        .run(openssl)
        .with(1)
        .says(&["Signature Verification Failure"]);
    received.run(in_toto).with(1).says(&["Error"]);
    received.run(stamp).with(1).says(&["Verification: FAILED"]);
}

#[test]
fn the_guide_of_an_unsigned_bundle_says_so() {
    let place = copy();
    let bundle = Bundle::open(Folder(place.path().join("bundle"))).unwrap();
    let guide = guide::text(&bundle.manifest, &Vouched::default());
    assert!(guide.contains("It is not signed"));
    assert_eq!(commands(&guide).len(), 2);
}

/// Where the interpreter of a virtual environment with the pinned packages is. Made once for these pins.
fn python() -> PathBuf {
    let pins = fs::read(PINS).expect("the pins can be read");
    let digest = tieout::bundle::digest(&pins).sha256;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("outsider-{}", &digest[..12]));
    let lock =
        File::create(folder.with_extension("lock")).expect("the target folder can be written");
    lock.lock().expect("the lock can be waited for");
    if !folder.join("complete").exists() {
        let mut made = Command::new("python3");
        made.args(["-m", "venv", "--clear"]).arg(&folder);
        Ended::of(made).with(0);
        let mut installed = Command::new(folder.join("bin/python"));
        installed
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(PINS);
        Ended::of(installed).with(0);
        File::create(folder.join("complete")).expect("the environment can be marked complete");
    }
    folder.join("bin")
}
