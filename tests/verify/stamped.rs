//! Timestamps: asked for, kept, verified, and what becomes of them when something is wrong.

use std::fs;
use std::path::Path;

use crate::authority::{Authority, serve};
use crate::evidence::{Ended, copy, made, tieout};
use crate::forger::unsign;

/// The flags of whoever knows the key and trusts the authority.
fn verified(place: &Path, above: &Path) -> Ended {
    let above = above.to_str().unwrap();
    let arguments = [
        "verify",
        "bundle",
        "--key",
        "key.pub.pem",
        "--tsa-ca",
        above,
    ];
    tieout(arguments, place)
}

#[test]
fn a_timestamp_is_kept_and_verifies() {
    let place = copy();
    let authority = Authority::new(&place.path().join("authority"));
    let above = authority.above();
    let url = authority.serve();
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path())
        .with(0)
        .says(&["timestamp of http://127.0.0.1"]);
    verified(place.path(), &above).with(0).says(&[
        "verified      timestamp",
        "manifest.dsse.json was there by 20",
        "says Stamps",
    ]);
    // Nobody is trusted who was not named.
    tieout(["verify", "bundle", "--key", "key.pub.pem"], place.path())
        .with(0)
        .says(&[
            "not verified  timestamp",
            "the timestamp is whole",
            "--tsa-ca",
        ]);
    let other = Authority::new(&place.path().join("other"));
    verified(place.path(), &other.above())
        .with(1)
        .says(&["timestamp.tsr: no trusted authority stands behind it"]);
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path())
        .with(2)
        .says(&["has a timestamp already"]);
    // It is of this envelope and of no other.
    let bundle = place.path().join("bundle");
    unsign(&bundle);
    tieout(["sign", "bundle", "--key", "other.pem"], place.path()).with(0);
    verified(place.path(), &above)
        .with(1)
        .says(&["timestamp.tsr: it is a timestamp of something else"]);
    // A byte in the middle of it: of the digest, the time, a certificate or the signature.
    let reply = fs::read(bundle.join("timestamp.tsr")).unwrap();
    for part in 1..8 {
        let mut spoilt = reply.clone();
        let at = reply.len() * part / 8;
        spoilt[at] ^= 0x10;
        fs::write(bundle.join("timestamp.tsr"), spoilt).unwrap();
        verified(place.path(), &above)
            .with(1)
            .says(&["timestamp.tsr: "]);
    }
}

#[test]
fn an_unsigned_bundle_is_timestamped_by_its_digests() {
    let place = copy();
    unsign(&place.path().join("bundle"));
    let authority = Authority::new(&place.path().join("authority"));
    let above = authority.above();
    let url = authority.serve();
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path()).with(0);
    let named = ["verify", "bundle", "--tsa-ca", above.to_str().unwrap()];
    tieout(named, place.path())
        .with(0)
        .says(&["verified      timestamp   SHA256SUMS was there by 20"]);
    // Signed later, it still was there by then.
    tieout(["sign", "bundle", "--key", "key.pem"], place.path()).with(0);
    tieout(named, place.path()).with(0);
}

#[test]
fn a_certificate_for_something_else_stands_behind_nothing() {
    let place = copy();
    let authority = Authority::new(&place.path().join("authority"));
    let above = authority.above();
    let issued = place.path().join("authority/tsa.pem");
    // `openssl ts` refuses to stamp with a certificate for servers, so the one that stamps is exchanged afterwards: what is
    // trusted then is another certificate of the same key, for another use.
    let stamping = fs::read_to_string(&issued).unwrap();
    authority.certified("serving");
    let serving = fs::read_to_string(&issued).unwrap();
    assert_ne!(stamping, serving);
    fs::write(&issued, &stamping).unwrap();
    fs::write(place.path().join("serving.pem"), serving).unwrap();
    let url = authority.serve();
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path()).with(0);
    verified(place.path(), &issued).with(0);
    verified(place.path(), &above).with(0);
    verified(place.path(), &place.path().join("serving.pem"))
        .with(1)
        .says(&["timestamp.tsr: no trusted authority stands behind it"]);
}

/// A bundle whose authority answers so; it stays as it was, and these words are said.
#[track_caller]
fn refused(reply: impl Fn(&str, &[u8]) -> crate::authority::Reply + Send + 'static, says: &str) {
    let place = copy();
    let url = serve(reply);
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path())
        .with(2)
        .says(&[says, "help: "]);
    assert!(!place.path().join("bundle/timestamp.tsr").exists());
    tieout(["verify", "bundle", "--key", "key.pub.pem"], place.path()).with(0);
}

#[test]
fn an_authority_that_does_not_stamp_leaves_the_bundle_as_it_was() {
    refused(
        |_, _| (503, "text/plain", Vec::new()),
        "it answers with 503",
    );
    refused(
        |_, _| (200, "text/html", b"<html>".to_vec()),
        "it is not a timestamp",
    );
    // Status 2, rejection, with no token.
    refused(
        |_, _| {
            (
                200,
                "application/timestamp-reply",
                vec![0x30, 5, 0x30, 3, 2, 1, 2],
            )
        },
        "gives no timestamp: rejected",
    );
    // A good stamp of the question before: its number is another.
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new(folder.path());
    let earlier = std::sync::Mutex::new(None);
    let place = copy();
    let url = serve(move |_, question| {
        let mut earlier = earlier.lock().unwrap();
        let reply = earlier
            .get_or_insert_with(|| authority.stamp(question))
            .clone();
        (200, "application/timestamp-reply", reply)
    });
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path()).with(0);
    fs::remove_file(place.path().join("bundle/timestamp.tsr")).unwrap();
    tieout(["sign", "bundle", "--timestamp-url", &url], place.path())
        .with(2)
        .says(&["it does not repeat the number of the question"]);
    // Nobody there at all.
    tieout(
        ["sign", "bundle", "--timestamp-url", "http://127.0.0.1:1"],
        place.path(),
    )
    .with(2)
    .says(&["does not answer"]);
    tieout(
        ["sign", "bundle", "--timestamp-url", "authority"],
        place.path(),
    )
    .with(2)
    .says(&["write it with http:// or https://"]);
    assert!(made().join("bundle/manifest.dsse.json").exists());
}
