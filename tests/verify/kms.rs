//! A key in AWS KMS, of which a server on loopback plays the part: the two calls as the SDK makes them.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tieout::bundle::sign::PrivateKey;

use crate::authority::{Reply, serve};
use crate::evidence::{Ended, command, copy, tieout};
use crate::forger::unsign;

const ARN: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\n\
    MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
    -----END PRIVATE KEY-----\n";

/// Signs a bundle with the key of that spec; how it ended, and what was asked.
fn signed(place: &std::path::Path, spec: &'static str) -> (Ended, Vec<(String, Value)>) {
    let key = PrivateKey::from_pem(PRIVATE).unwrap();
    let public = STANDARD.encode(key.public().unwrap().der());
    let asked = Arc::<Mutex<Vec<(String, Value)>>>::default();
    let heard = asked.clone();
    let endpoint = serve(move |head, body| -> Reply {
        let line = head
            .lines()
            .find_map(|line| line.strip_prefix("x-amz-target: "));
        let target = line.expect("KMS is asked by target").trim().to_owned();
        let question: Value = serde_json::from_slice(body).unwrap();
        let answer = match target.as_str() {
            "trentservice.getpublickey" => json!({
                "KeyId": ARN, "KeySpec": spec, "KeyUsage": "SIGN_VERIFY", "PublicKey": public,
            }),
            "trentservice.sign" => {
                let message = STANDARD
                    .decode(question["Message"].as_str().unwrap())
                    .unwrap();
                json!({
                    "KeyId": ARN, "SigningAlgorithm": "ED25519_SHA_512",
                    "Signature": STANDARD.encode(key.sign(&message)),
                })
            }
            other => panic!("KMS is asked {other}"),
        };
        heard.lock().unwrap().push((target, question));
        let body = answer.to_string().into_bytes();
        (200, "application/x-amz-json-1.1", body)
    });
    let mut command = command(["sign", "bundle", "--key", &format!("awskms:{ARN}")], place);
    command
        .env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "loopback")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ENDPOINT_URL", endpoint);
    let ended = Ended::of(command);
    let asked = asked.lock().unwrap().clone();
    (ended, asked)
}

#[test]
fn a_key_in_kms_signs_what_it_can_take_at_once() {
    let place = copy();
    unsign(&place.path().join("bundle"));
    let (ended, asked) = signed(place.path(), "ECC_NIST_EDWARDS25519");
    ended.with(0).says(&["signed with key"]);
    let calls: Vec<&str> = asked.iter().map(|(target, _)| target.as_str()).collect();
    assert_eq!(calls, ["trentservice.getpublickey", "trentservice.sign"]);
    let question = &asked[1].1;
    assert_eq!(question["KeyId"], ARN);
    assert_eq!(question["MessageType"], "RAW");
    assert_eq!(question["SigningAlgorithm"], "ED25519_SHA_512");
    let message = STANDARD
        .decode(question["Message"].as_str().unwrap())
        .unwrap();
    assert!(
        message.len() <= 4096 && message.starts_with(b"DSSEv1 28 application/vnd.in-toto+json ")
    );
    let public = PrivateKey::from_pem(PRIVATE).unwrap().public().unwrap();
    std::fs::write(place.path().join("kms.pub.pem"), public.pem().unwrap()).unwrap();
    tieout(["verify", "bundle", "--key", "kms.pub.pem"], place.path()).with(0);
}

#[test]
fn a_key_of_another_spec_signs_nothing() {
    let place = copy();
    unsign(&place.path().join("bundle"));
    let (ended, asked) = signed(place.path(), "ECC_NIST_P256");
    ended.with(2).says(&[
        "the key is of the spec ECC_NIST_P256",
        "--key-spec ECC_NIST_EDWARDS25519",
    ]);
    assert_eq!(asked.len(), 1);
    assert!(!place.path().join("bundle/manifest.dsse.json").exists());
}
