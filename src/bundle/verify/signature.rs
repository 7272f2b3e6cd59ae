//! The envelope: what it speaks of, and who signed it.

use super::{Brought, Fault, Lying, Step};
use crate::bundle::digest;
use crate::bundle::sign::envelope::Envelope;
use crate::bundle::sign::statement::Statement;
use crate::bundle::sign::{ENVELOPE, PublicKey, SUMS};
use crate::bundle::{Files, MANIFEST};

const NAME: &str = "signature";

impl<F: Files> Lying<'_, F> {
    /// The envelope is of this bundle, and one of the keys signed it.
    pub(super) fn signature(&self, brought: &Brought) -> Step {
        if !self.names.iter().any(|name| name == ENVELOPE) {
            return unsigned(brought);
        }
        let envelope = self
            .bytes(ENVELOPE)
            .and_then(|bytes| Envelope::parse(&bytes).map_err(|what| Fault::of(ENVELOPE, what)));
        let envelope = match envelope {
            Ok(envelope) => envelope,
            Err(fault) => return Step::looked(NAME, "", vec![fault]),
        };
        let mut faults = Vec::new();
        let statement = match Statement::parse(&envelope.payload) {
            Ok(statement) => Some(statement),
            Err(what) => {
                faults.push(Fault::of(ENVELOPE, what));
                None
            }
        };
        if let Some(statement) = &statement {
            self.about_this(statement, &mut faults);
        }
        let own = statement.as_ref().and_then(Statement::key);
        let signed = if brought.keys.is_empty() {
            by(&envelope, own.as_slice()).map(|id| {
                format!(
                    "the signature is whole, made with key {id}; whose key that is was not verified: name it with --key"
                )
            })
        } else {
            by(&envelope, &brought.keys).map(|id| format!("signed with key {id}"))
        };
        match signed {
            Some(_) if !faults.is_empty() => Step::looked(NAME, "", faults),
            Some(what) if brought.keys.is_empty() && !brought.require_signature => {
                Step::not(NAME, what)
            }
            Some(_) if brought.keys.is_empty() => {
                let what = "a signature is required, and no key was named to hold it against";
                Step::looked(NAME, "", vec![Fault::of(ENVELOPE, what)])
            }
            Some(what) => {
                let subjects = statement.map_or(0, |statement| statement.subject.len());
                let what = format!("{what}, over {subjects} files");
                Step::looked(NAME, what, faults)
            }
            None => {
                faults.push(Fault::of(ENVELOPE, unmade(&envelope, &brought.keys)));
                Step::looked(NAME, "", faults)
            }
        }
    }

    /// Holds what a statement says against what lies here.
    fn about_this(&self, statement: &Statement, faults: &mut Vec<Fault>) {
        if let Ok(manifest) = &self.manifest
            && manifest.run.id != statement.predicate.run
        {
            let what = format!(
                "it is of another run: {}, not {}",
                statement.predicate.run, manifest.run.id
            );
            faults.push(Fault::of(ENVELOPE, what));
        }
        for subject in &statement.subject {
            match self.bytes(&subject.name) {
                Err(fault) => faults.push(fault),
                Ok(bytes) if digest(&bytes).sha256 != subject.digest.sha256 => {
                    let what = "it differs from its digest in the signed statement";
                    faults.push(Fault::of(&subject.name, what));
                }
                Ok(_) => {}
            }
        }
        for needed in [MANIFEST, SUMS] {
            if !statement.subject.iter().any(|one| one.name == needed) {
                let what = format!("its statement does not speak of {needed}");
                faults.push(Fault::of(ENVELOPE, what));
            }
        }
    }
}

fn unsigned(brought: &Brought) -> Step {
    if brought.require_signature {
        let what = "it is missing: the bundle is not signed, and a signature is required";
        return Step::looked(NAME, "", vec![Fault::of(ENVELOPE, what)]);
    }
    if !brought.keys.is_empty() {
        let what = "it is missing: the bundle is not signed, and a key was named that should have";
        return Step::looked(NAME, "", vec![Fault::of(ENVELOPE, what)]);
    }
    Step::not(NAME, "not signed: there is no manifest.dsse.json")
}

/// The id of the key among these that made a signature of the envelope. The id that stands beside a signature is a hint
/// and proves nothing, so every key is tried.
fn by(envelope: &Envelope, keys: &[PublicKey]) -> Option<String> {
    let message = envelope.message();
    keys.iter()
        .find(|key| {
            let made = |(_, signature): &(String, Vec<u8>)| key.made(signature, &message);
            envelope.signatures.iter().any(made)
        })
        .map(PublicKey::id)
}

/// Why no signature counts.
fn unmade(envelope: &Envelope, keys: &[PublicKey]) -> String {
    let said: Vec<&str> = envelope
        .signatures
        .iter()
        .map(|(keyid, _)| keyid.as_str())
        .collect();
    if keys.is_empty() {
        return "the signature does not hold for the payload and the key in it".to_owned();
    }
    let named: Vec<String> = keys.iter().map(PublicKey::id).collect();
    if said.iter().any(|id| named.iter().any(|key| key == id)) {
        "its signature by the named key does not hold: payload or signature were changed".to_owned()
    } else {
        format!(
            "none of the named keys signed it ({}); it says that key {} did",
            named.join(", "),
            said.join(", ")
        )
    }
}
