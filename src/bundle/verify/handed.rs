//! What was handed over as one file: whether it is all there, as the list in it says, and who signed the list.
//!
//! The bundle inside has its own digests and its own signature. These are of everything: the papers beside it too.

use std::collections::BTreeMap;

use super::{Brought, Fault, Step, bytes};
use crate::bundle::handover::{LIST, SIGNATURE};
use crate::bundle::sign::{PublicKey, SUMS, sums};
use crate::bundle::{BundleError, Files, MANIFEST, digest};

/// Name of the step that says who signed the list.
pub const SIGNED: &str = "signed list";

/// All that was handed over, as it lies there.
#[derive(Debug)]
pub struct Handed<'a, F> {
    files: &'a F,
    names: Vec<String>,
}

impl<'a, F: Files> Handed<'a, F> {
    /// Looks at what is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn find(files: &'a F) -> Result<Self, BundleError> {
        Ok(Self {
            files,
            names: files.names()?,
        })
    }

    /// The folder that holds the bundle.
    ///
    /// # Errors
    /// The step that says why there is none to go by.
    pub fn bundle(&self) -> Result<&str, Step> {
        let found = self.names.iter().filter_map(|name| {
            let folder = name.strip_suffix(MANIFEST)?.strip_suffix('/')?;
            (!folder.contains('/')).then_some(folder)
        });
        match found.collect::<Vec<_>>().as_slice() {
            [one] => Ok(one),
            [] => Err(wrong("no folder in it holds one, so there is no bundle")),
            several => Err(wrong(format!(
                "there is more than one: {}",
                several.join(", ")
            ))),
        }
    }

    /// Every file is in the list and as the list says; the list is the one whose digest stands beside it; who signed that.
    pub fn steps(&self, brought: &Brought) -> Vec<Step> {
        vec![self.contents(), self.list(), self.signed(brought)]
    }

    fn contents(&self) -> Step {
        const NAME: &str = "contents";
        let listed = match self.sums(SUMS) {
            Ok(listed) => listed,
            Err(fault) => return Step::looked(NAME, "", vec![fault]),
        };
        let mut faults = Vec::new();
        for (name, sum) in &listed {
            match bytes(self.files, name) {
                Err(fault) => faults.push(fault),
                Ok(bytes) if digest(&bytes).sha256 != *sum => {
                    faults.push(Fault::of(name, "it differs from its digest in SHA256SUMS"));
                }
                Ok(_) => {}
            }
        }
        let about_the_list = |name: &str| [SUMS, LIST, SIGNATURE].contains(&name);
        let stranger = |name: &&String| !about_the_list(name) && !listed.contains_key(*name);
        let strangers = self.names.iter().filter(stranger);
        faults.extend(strangers.map(|name| Fault::of(name, "SHA256SUMS does not list it")));
        let what = format!(
            "{} files agree with SHA256SUMS, and there is no other",
            listed.len()
        );
        Step::looked(NAME, what, faults)
    }

    fn list(&self) -> Step {
        const NAME: &str = "list";
        let stated = match self.sums(LIST) {
            Ok(stated) => stated,
            Err(fault) => return Step::looked(NAME, "", vec![fault]),
        };
        let mut faults = Vec::new();
        if !stated.keys().eq([SUMS]) {
            let what = format!("it is not the digest of {SUMS} and nothing else");
            faults.push(Fault::of(LIST, what));
        }
        match (bytes(self.files, SUMS), stated.get(SUMS)) {
            (Ok(bytes), Some(sum)) if digest(&bytes).sha256 != *sum => {
                let what = format!("it differs from its digest in {LIST}");
                faults.push(Fault::of(SUMS, what));
            }
            (Err(fault), _) => faults.push(fault),
            (Ok(_), _) => {}
        }
        let what = format!("{SUMS} has the digest that {LIST} states");
        Step::looked(NAME, what, faults)
    }

    fn signed(&self, brought: &Brought) -> Step {
        let failed = |what: &str| Step::looked(SIGNED, "", vec![Fault::of(SIGNATURE, what)]);
        if !self.names.iter().any(|name| name == SIGNATURE) {
            return match (brought.require_signature, brought.keys.is_empty()) {
                (true, _) => {
                    failed("it is missing: the list is not signed, and a signature is required")
                }
                (false, false) => failed(
                    "it is missing: the list is not signed, and a key was named that should have. Unpacked, the bundle can be \
                     verified by itself",
                ),
                (false, true) => Step::not(
                    SIGNED,
                    format!(
                        "not signed: there is no {SIGNATURE}, and nobody vouches for what stands beside the bundle"
                    ),
                ),
            };
        }
        let read = bytes(self.files, SIGNATURE).and_then(|it| Ok((it, bytes(self.files, LIST)?)));
        let (signature, message) = match read {
            Ok(read) => read,
            Err(fault) => return Step::looked(SIGNED, "", vec![fault]),
        };
        if brought.keys.is_empty() {
            return if brought.require_signature {
                failed("a signature is required, and no key was named to hold it against")
            } else {
                let what = "the list is signed; whether the signature holds was not verified: name the key with --key";
                Step::not(SIGNED, what)
            };
        }
        match brought
            .keys
            .iter()
            .find(|key| key.made(&signature, &message))
        {
            Some(key) => {
                let what = format!("with key {}, over the digest of the list", key.id());
                Step::looked(SIGNED, what, Vec::new())
            }
            None => {
                let named: Vec<String> = brought.keys.iter().map(PublicKey::id).collect();
                failed(&format!(
                    "none of the named keys made it ({}), or {LIST} was changed since",
                    named.join(", ")
                ))
            }
        }
    }

    fn sums(&self, name: &str) -> Result<BTreeMap<String, String>, Fault> {
        let bytes = bytes(self.files, name)?;
        let text =
            std::str::from_utf8(&bytes).map_err(|error| Fault::of(name, error.to_string()))?;
        sums::parse(text).map_err(|(line, what)| Fault::at(name, line, what))
    }
}

fn wrong(what: impl Into<String>) -> Step {
    Step::looked("manifest", "", vec![Fault::of(MANIFEST, what)])
}
