//! The timestamp: since when the bundle has been as it is.

use super::{Brought, Fault, Lying, Step};
use crate::bundle::Files;
use crate::bundle::sign::{ENVELOPE, SUMS, TIMESTAMP, timestamp};

const NAME: &str = "timestamp";

impl<F: Files> Lying<'_, F> {
    /// The timestamp is of this bundle, and a trusted authority stands behind it.
    pub(super) fn timestamp(&self, brought: &Brought) -> Step {
        let failed = |file: &str, what: String| Step::looked(NAME, "", vec![Fault::of(file, what)]);
        if !self.names.iter().any(|name| name == TIMESTAMP) {
            return match (&brought.anchors, brought.require_timestamp) {
                (_, true) => failed(TIMESTAMP, "it is missing, and one is required".to_owned()),
                (Some(_), false) => failed(
                    TIMESTAMP,
                    "it is missing, and an authority was named that should have given it"
                        .to_owned(),
                ),
                (None, false) => Step::not(NAME, "none: there is no timestamp.tsr"),
            };
        }
        // A timestamp of a bundle that was signed later is of SHA256SUMS, and as good as it was.
        let of = [ENVELOPE, SUMS].map(|name| (name, self.bytes(name)));
        let reply = match self.bytes(TIMESTAMP) {
            Ok(reply) => reply,
            Err(fault) => return Step::looked(NAME, "", vec![fault]),
        };
        let mut read = Err(timestamp::StampError::Foreign(
            "there is neither an envelope nor SHA256SUMS that it could be of".to_owned(),
        ));
        let mut stamped = ENVELOPE;
        for (name, bytes) in of {
            let Ok(bytes) = bytes else { continue };
            read = timestamp::read(&reply, &bytes);
            stamped = name;
            match &read {
                Err(timestamp::StampError::Foreign(_)) => {}
                Ok(_) | Err(_) => break,
            }
        }
        let token = match read {
            Ok(token) => token,
            Err(error) => return failed(TIMESTAMP, error.to_string()),
        };
        let what = format!(
            "{stamped} was there by {}, says {}",
            token.time,
            token.authority()
        );
        match &brought.anchors {
            Some(anchors) => match anchors.trust(&token) {
                Ok(()) => Step::looked(NAME, what, Vec::new()),
                Err(error) => failed(TIMESTAMP, error.to_string()),
            },
            None if brought.require_timestamp => failed(
                TIMESTAMP,
                "a timestamp is required, and no authority was named to hold it against".to_owned(),
            ),
            None => Step::not(
                NAME,
                format!(
                    "the timestamp is whole: {what}; whether that authority is to be trusted was not verified: name its \
                     certificate with --tsa-ca"
                ),
            ),
        }
    }
}
