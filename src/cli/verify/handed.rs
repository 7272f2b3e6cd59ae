//! What `tieout export --for-auditor` made: verified as it came, with the bundle in it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{Looked, bundle};
use crate::bundle::handover::LIST;
use crate::bundle::packed::{Packed, PackedError, Within};
use crate::bundle::sign::ENVELOPE;
use crate::bundle::verify::handed::{Handed, SIGNED};
use crate::bundle::verify::{Brought, Fault, Standing, Step};
use crate::bundle::{Files, Folder, MANIFEST};
use crate::cli::output::Failure;

/// What lies at a path that somebody wants verified.
#[derive(Debug)]
pub(super) enum Came {
    /// A bundle, or what is left of one.
    Bundle(Folder),
    /// What was handed over, unpacked.
    Unpacked(Folder),
    /// What was handed over, as one file; refused, if it is a ZIP that nobody should unpack.
    Packed(Result<Packed, String>),
}

impl Came {
    /// Looks at it.
    pub(super) fn find(path: &Path) -> Result<Self, Failure> {
        if !path.is_file() {
            let folder = Folder(path.to_owned());
            let handed = path.join(LIST).is_file() && !path.join(MANIFEST).exists();
            return Ok(if handed {
                Self::Unpacked(folder)
            } else {
                Self::Bundle(folder)
            });
        }
        let begins = beginning(path).map_err(|error| unreadable(path, &error))?;
        let begins = |with: &[u8]| begins.starts_with(with);
        if begins(b"age-encryption.org/") || begins(b"-----BEGIN AGE ENCRYPTED FILE-----") {
            let shown = path.display();
            let plain = path.with_extension("");
            return Err(Failure::new(
                format_args!("{shown} is encrypted, and verify has no key to it"),
                format_args!(
                    "decrypt it first, with the identity it was encrypted to: age -d -i IDENTITY.txt -o {} {shown}",
                    plain.display()
                ),
            ));
        }
        // The first file in it, or the end of a ZIP that holds none.
        if !begins(b"PK\x03\x04") && !begins(b"PK\x05\x06") {
            return Err(Failure::new(
                format_args!("{} is neither a bundle nor a ZIP", path.display()),
                "name the folder that a scan wrote (it holds manifest.json and calls/), or the file that `tieout export` wrote",
            ));
        }
        match Packed::open(path) {
            Ok(packed) => Ok(Self::Packed(Ok(packed))),
            Err(PackedError::Refused(why)) => Ok(Self::Packed(Err(why))),
            Err(PackedError::Unreadable(error)) => Err(unreadable(path, &error)),
        }
    }
}

/// Every step on a ZIP.
pub(super) fn packed(packed: &Result<Packed, String>, brought: Brought) -> Result<Looked, Failure> {
    const NAME: &str = "archive";
    match packed {
        Ok(packed) => {
            let what = format!(
                "{} files, {} bytes unpacked: none leads out of the folder, none stands twice",
                packed.names()?.len(),
                packed.bytes
            );
            all(packed, vec![Step::looked(NAME, what, Vec::new())], brought)
        }
        Err(why) => Ok(Looked {
            steps: vec![
                Step::looked(NAME, "", vec![Fault::of("the ZIP", why)]),
                Step::not("contents", "the ZIP is refused, so nothing in it was read"),
            ],
            ..Looked::default()
        }),
    }
}

/// Every step on what was handed over: the list of it all, then the bundle.
pub(super) fn all<F: Files + Clone>(
    files: &F,
    mut steps: Vec<Step>,
    mut brought: Brought,
) -> Result<Looked, Failure> {
    let handed = Handed::find(files)?;
    steps.extend(handed.steps(&brought));
    let folder = match handed.bundle() {
        Ok(folder) => folder,
        Err(step) => {
            steps.push(step);
            return Ok(Looked {
                steps,
                ..Looked::default()
            });
        }
    };
    let inside = Within::new(files.clone(), folder);
    let vouched = |step: &Step| step.name == SIGNED && step.standing == Standing::Verified;
    if steps.iter().any(vouched) && inside.read(ENVELOPE)?.is_none() {
        // Whoever signed the list signed every file of the bundle with it, so that one signature is there.
        brought.keys.clear();
        brought.require_signature = false;
    }
    let looked = bundle(&inside, &brought)?;
    steps.extend(looked.steps);
    Ok(Looked { steps, ..looked })
}

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        format_args!("{} cannot be read: {error}", path.display()),
        "check the path, and that the file is whole",
    )
}
