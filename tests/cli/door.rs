//! What stops a scan before it has begun: credentials, roles, regions, and endpoints that are not there.

use std::fs;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::account::Account;
use crate::run::{Ended, Place, with_keys};
use crate::server::{refusal, serve};

/// Nothing listens there.
const NOBODY: &str = "http://127.0.0.1:1";

/// A scan that is turned away, says so in these words, and leaves nothing.
#[track_caller]
fn turned_away(endpoint: &str, args: &[&str], says: &[&str]) {
    let place = Place::empty();
    place
        .scan_of(endpoint, &[&["scan"], args].concat())
        .could_not_run(says);
    assert!(place.holds().is_empty(), "{:?}", place.holds());
}

/// The same, where AWS answers every call with that error.
#[track_caller]
fn refused(code: &str, args: &[&str], says: &[&str]) {
    let code = code.to_owned();
    let endpoint = serve(move |_| refusal(403, &code, "so says the server"));
    turned_away(&endpoint, args, says);
}

#[test]
fn no_credentials() {
    let place = Place::empty();
    place.run(&["scan"]).could_not_run(&[
        "no AWS credentials were found",
        "help: name a profile with --profile",
    ]);
    assert!(place.holds().is_empty());
}

#[test]
fn half_a_pair_of_keys() {
    let place = Place::empty();
    let mut command = place.command(&["scan"]);
    command.env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    Ended::of(command).could_not_run(&["credentials", "help: "]);
}

#[test]
fn expired_credentials() {
    for code in ["ExpiredToken", "ExpiredTokenException"] {
        let says = [
            "the AWS credentials have expired",
            code,
            "so says the server",
            "help: sign in again",
        ];
        refused(code, &[], &says);
    }
}

#[test]
fn credentials_that_aws_does_not_know() {
    for code in [
        "InvalidClientTokenId",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "AccessDenied",
    ] {
        let says = [
            "AWS does not accept the credentials",
            code,
            "so says the server",
            "help: check the access key",
        ];
        refused(code, &[], &says);
    }
}

#[test]
fn an_error_that_nobody_expects() {
    let says = ["AWS gave no usable answer", "Teapot", "help: run the same"];
    refused("Teapot", &[], &says);
}

#[test]
fn an_endpoint_where_nothing_listens() {
    turned_away(
        NOBODY,
        &[],
        &[
            "AWS does not answer (at http://127.0.0.1:1)",
            "Connection refused",
            "help: check the network",
        ],
    );
}

#[test]
fn an_endpoint_that_never_answers_is_given_up_before_a_person_gives_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let started = Instant::now();
    turned_away(
        &endpoint,
        &[],
        &["AWS does not answer", "seconds", "help: check the network"],
    );
    let waited = started.elapsed();
    assert!(waited < Duration::from_secs(60), "{waited:?}");
}

#[test]
fn an_endpoint_that_is_no_url() {
    for endpoint in ["localhost:5000", "ftp://127.0.0.1", "http://"] {
        let says = ["AWS endpoint", "is not a URL", "help: set AWS_ENDPOINT_URL"];
        turned_away(endpoint, &[], &says);
    }
}

#[test]
fn an_endpoint_that_is_something_else() {
    let endpoint = serve(|_| crate::server::xml(200, "<html><body>sign in here</body></html>"));
    turned_away(
        &endpoint,
        &[],
        &["AWS gave no usable answer", "help: run the same"],
    );
}

#[test]
fn a_region_that_is_none() {
    let place = Place::empty();
    let mut command = with_keys(place.command(&["scan"]), NOBODY);
    command.env("AWS_REGION", "us_east");
    Ended::of(command).could_not_run(&["the AWS region `us_east`", "help: set AWS_REGION"]);
    assert!(place.holds().is_empty());
}

#[test]
fn a_region_that_the_account_does_not_have() {
    let acme = Account::acme();
    turned_away(
        &acme.endpoint,
        &["--region", "eu-west-9"],
        &[
            "region `eu-west-9` is none of this account's: eu-west-1, us-east-1",
            "help: name an enabled region",
        ],
    );
    turned_away(
        &acme.endpoint,
        &["--region", "ap-east-1"],
        &[
            "region `ap-east-1` is not enabled for this account",
            "help: ",
        ],
    );
}

#[test]
fn a_profile_that_is_not_there_is_not_replaced_by_the_keys_at_hand() {
    turned_away(
        NOBODY,
        &["--profile", "audti"],
        &[
            "the profile `audti` gives no credentials: it is not there",
            "help: `aws configure list-profiles`",
        ],
    );
}

#[test]
fn a_profile_that_was_never_signed_in() {
    let place = Place::empty().with(
        "config",
        "[profile audit]\nsso_start_url = https://acme.example/start\nsso_region = us-east-1\n\
         sso_account_id = 123456789012\nsso_role_name = Audit\n",
    );
    let mut command = place.command(&["scan", "--profile", "audit"]);
    command.env("AWS_CONFIG_FILE", place.path().join("config"));
    Ended::of(command).could_not_run(&[
        "the profile `audit` gives no credentials",
        "sso/cache",
        "`aws sso login --profile audit`",
    ]);
    assert_eq!(place.holds().len(), 1);
}

#[test]
fn an_external_id_without_a_role() {
    let says = [
        "an external id is given",
        "help: name the role with --role-arn",
    ];
    turned_away(NOBODY, &["--external-id", "x"], &says);
}

#[test]
fn a_role_that_does_not_trust_the_caller() {
    let role = "arn:aws:iam::123456789012:role/audit";
    let args = ["--role-arn", role, "--external-id", "x"];
    refused(
        "AccessDenied",
        &args,
        &[
            "the role arn:aws:iam::123456789012:role/audit could not be assumed: sts:AssumeRole: AccessDenied: so says",
            "help: let the role's trust policy",
        ],
    );
    refused("ExpiredToken", &args, &["have expired", "help: sign in"]);
    turned_away(
        NOBODY,
        &args,
        &["AWS does not answer", "help: check the network"],
    );
}

/// A server that notes whose keys sign, and for which host; it refuses them all.
fn noting() -> (String, Arc<Mutex<Vec<String>>>) {
    let noted = Arc::<Mutex<Vec<String>>>::default();
    let into = noted.clone();
    let endpoint = serve(move |asked| {
        let signed = &asked.headers["authorization"];
        let key = signed.split(['=', '/']).nth(1).unwrap();
        let host = &asked.headers["host"];
        into.lock().unwrap().push(format!("{key} {host}"));
        refusal(403, "InvalidClientTokenId", "so says the server")
    });
    (endpoint, noted)
}

#[test]
fn a_profile_that_is_named_wins_over_the_keys_at_hand() {
    let (endpoint, noted) = noting();
    let place = Place::empty().with(
        "config",
        "[profile audit]\naws_access_key_id = AKIAOFPROFILE\naws_secret_access_key = x\n",
    );
    for (args, variable) in [
        (&["scan", "--profile", "audit"][..], None),
        (&["scan"], Some("audit")),
        (&["scan", "--config", "conf.toml"], None),
    ] {
        fs::write(place.path().join("conf.toml"), "profile = \"audit\"").unwrap();
        let mut command = with_keys(place.command(args), &endpoint);
        command.env("AWS_CONFIG_FILE", place.path().join("config"));
        if let Some(profile) = variable {
            command.env("AWS_PROFILE", profile);
        }
        Ended::of(command).could_not_run(&["does not accept the credentials"]);
    }
    let keys: Vec<String> = noted
        .lock()
        .unwrap()
        .iter()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    // AWS_PROFILE is a part of the standard chain, in which keys in the environment come first.
    assert_eq!(keys, ["AKIAOFPROFILE", "AKIAEXAMPLE", "AKIAOFPROFILE"]);
}

#[test]
fn the_proxy_of_the_environment_is_used() {
    let (proxy, noted) = noting();
    let place = Place::empty();
    // No such host is on the network, so that only a proxy can have heard of it.
    let mut command = with_keys(place.command(&["scan"]), "http://sts.tieout.invalid");
    command.env("HTTP_PROXY", &proxy);
    Ended::of(command).could_not_run(&["does not accept the credentials"]);
    assert_eq!(*noted.lock().unwrap(), ["AKIAEXAMPLE sts.tieout.invalid"]);
}
