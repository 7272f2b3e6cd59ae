//! Digests: the manifest's, and those of `SHA256SUMS`.

use std::path::{Component, Path};

use super::{Fault, Lying, Step};
use crate::bundle::digest;
use crate::bundle::manifest::merkle;
use crate::bundle::sign::{SUMS, sums, vouches};
use crate::bundle::{Files, MANIFEST};

impl<F: Files> Lying<'_, F> {
    /// Every file that the manifest names is there and as it was; no other is there.
    pub(super) fn digests(&self) -> Step {
        const NAME: &str = "digests";
        let Ok(manifest) = &self.manifest else {
            return Step::not(NAME, "there is no manifest to go by");
        };
        if manifest.files.is_empty() {
            return Step::not(NAME, "the run was killed before any digest was taken");
        }
        let mut faults = Vec::new();
        for (name, expected) in &manifest.files {
            if outside(name) {
                let what = format!("it names a file outside the bundle: {name}");
                faults.push(Fault::of(MANIFEST, what));
                continue;
            }
            match self.bytes(name) {
                Err(fault) => faults.push(fault),
                Ok(bytes) if digest(&bytes) != *expected => {
                    faults.push(Fault::of(
                        name,
                        "it differs from its digest in the manifest",
                    ));
                }
                Ok(_) => {}
            }
        }
        let known =
            |name: &String| *name == MANIFEST || vouches(name) || manifest.files.contains_key(name);
        let strangers = self.names.iter().filter(|name| !known(name));
        faults.extend(strangers.map(|name| Fault::of(name, "the manifest does not know it")));
        let what = format!(
            "{} files agree with the manifest, and there is no other",
            manifest.files.len()
        );
        Step::looked(NAME, what, faults)
    }

    /// The one digest over all of them.
    pub(super) fn merkle(&self) -> Step {
        const NAME: &str = "root";
        let Ok(manifest) = &self.manifest else {
            return Step::not(NAME, "there is no manifest to go by");
        };
        match (&manifest.merkle_root, merkle::root(&manifest.files)) {
            (None, _) => Step::not(NAME, "the run was recorded without a Merkle root"),
            (Some(stated), Some(found)) if *stated == found => {
                let what = format!("the Merkle root of the files is {found}");
                Step::looked(NAME, what, Vec::new())
            }
            (Some(stated), _) => {
                let what = format!("its Merkle root is not that of the files it names: {stated}");
                Step::looked(NAME, "", vec![Fault::of(MANIFEST, what)])
            }
        }
    }

    /// `SHA256SUMS` lists every file, and each is as it lists it.
    pub(super) fn sums(&self) -> Step {
        let Ok(bytes) = self.bytes(SUMS) else {
            return if self.owes_sums() {
                Step::looked(SUMS, "", vec![Fault::of(SUMS, "it is missing")])
            } else {
                Step::not(SUMS, "the run was recorded without it")
            };
        };
        let listed = match std::str::from_utf8(&bytes) {
            Ok(text) => sums::parse(text),
            Err(error) => Err((1, error.to_string())),
        };
        let listed = match listed {
            Ok(listed) => listed,
            Err((line, what)) => return Step::looked(SUMS, "", vec![Fault::at(SUMS, line, what)]),
        };
        let mut faults = Vec::new();
        for (name, sum) in &listed {
            if outside(name) {
                let what = format!("it lists a file outside the bundle: {name}");
                faults.push(Fault::of(SUMS, what));
                continue;
            }
            match self.bytes(name) {
                Err(fault) => faults.push(fault),
                Ok(bytes) if digest(&bytes).sha256 != *sum => {
                    faults.push(Fault::of(name, "it differs from its digest in SHA256SUMS"));
                }
                Ok(_) => {}
            }
        }
        let unlisted = |name: &&String| !vouches(name) && !listed.contains_key(*name);
        let unlisted = self.names.iter().filter(unlisted);
        faults.extend(unlisted.map(|name| Fault::of(name, "SHA256SUMS does not list it")));
        let what = format!("{} files agree, the manifest among them", listed.len());
        Step::looked(SUMS, what, faults)
    }

    /// Whether the run was recorded by a version that always writes `SHA256SUMS`.
    fn owes_sums(&self) -> bool {
        let of_manifest = self.manifest.as_ref();
        self.names.iter().any(|name| vouches(name))
            || of_manifest.is_ok_and(|manifest| manifest.merkle_root.is_some())
    }
}

fn outside(name: &str) -> bool {
    Path::new(name)
        .components()
        .any(|part| !matches!(part, Component::Normal(_)))
}
