//! Reports to test the formats with, built by hand: no check is judged here.

pub(crate) mod company;
mod small;
mod stated;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use tieout::check::expr::{Rule, compile};
use tieout::check::{Check, Counts, Path, Reading, Severity};
use tieout::inventory::gap::Reason;
use tieout::inventory::run::{Caller, Run, Scope};
use tieout::inventory::{Call, Fact, Gap, Place, Resource, Source};

pub(crate) use small::small;

pub(crate) const ACCOUNT: &str = "111122223333";

/// A name that tries everything: markup, a script, quotes, lines, a terminal's control sequence, a turned
/// direction of writing, and its sheer length.
pub(crate) fn hostile() -> String {
    format!(
        "<script>document.title='owned'</script>\"'`&\n\u{1b}[31m\u{202e}evil{}<img src=x onerror=\"document.title='owned'\">",
        "x".repeat(10_000)
    )
}

pub(crate) fn at(second: i64) -> Timestamp {
    let start: Timestamp = "2026-11-24T02:11:09Z".parse().unwrap();
    Timestamp::from_second(start.as_second() + second).unwrap()
}

pub(crate) fn call(
    service: &str,
    operation: &str,
    region: &str,
    parameters: &str,
    n: i64,
) -> Source {
    Arc::new(Call {
        service: service.into(),
        operation: operation.into(),
        account: ACCOUNT.into(),
        region: region.into(),
        parameters: parameters.into(),
        request_id: (n % 17 != 3)
            .then(|| format!("{:08X}-51AB-4C6E-9E05-{:012X}", n * 7919, n * 104_729)),
        at: at(n),
        sha256: format!("{:064x}", n * 15_485_863 + 1),
    })
}

pub(crate) fn denied(service: &str, operation: &str, region: &str, parameters: &str) -> Arc<Gap> {
    Arc::new(Gap {
        service: service.into(),
        operation: operation.into(),
        account: ACCOUNT.into(),
        region: region.into(),
        parameters: parameters.into(),
        reason: Reason::Denied,
        code: Some("AccessDenied".into()),
        message: "User is not authorized to perform this action".into(),
        action: format!("{service}:{operation}"),
        request_id: Some("0D1E2N3I4E5D".into()),
    })
}

pub(crate) fn read(path: &str, fact: Fact, source: &Source) -> Reading {
    Reading {
        path: Path {
            shape: Arc::from(path),
            positions: Vec::new(),
        },
        fact,
        source: Some(source.clone()),
    }
}

pub(crate) fn unread(path: &str, gap: &Arc<Gap>) -> Reading {
    Reading {
        path: Path {
            shape: Arc::from(path),
            positions: Vec::new(),
        },
        fact: Fact::Gap(gap.clone()),
        source: None,
    }
}

pub(crate) fn check(
    id: &str,
    title: &str,
    severity: Severity,
    kind: &str,
    criteria: &[&str],
    require: &str,
) -> Check {
    Check {
        id: id.into(),
        title: title.into(),
        severity,
        resource: kind.into(),
        criteria: criteria.iter().map(|id| (*id).to_owned()).collect(),
        supports: BTreeMap::new(),
        outcome: Counts::Verdict,
        when: None,
        require: rule(kind, require),
        params: BTreeMap::new(),
        defaults: BTreeMap::new(),
        why: "Because.".into(),
        fix: "Put it right.".into(),
        fixes: BTreeMap::new(),
        blind_spots: String::new(),
        links: Vec::new(),
        was: Vec::new(),
        examples: Vec::new(),
        digest: format!("{:064x}", id.len()),
        file: format!("checks/{}.toml", id.replace('.', "/")),
        text: Arc::from(""),
    }
}

/// A rule of a kind; what it says is shown and never evaluated here.
pub(crate) fn rule(kind: &str, text: &str) -> Rule {
    let params = BTreeMap::new();
    let schema = tieout::inventory::kinds::schema();
    let env = tieout::check::expr::Env {
        schema: &schema,
        kind,
        params: &params,
    };
    compile(text, &env).unwrap_or_else(|complaint| panic!("{text}: {complaint:?}"))
}

pub(crate) fn resource(arn: &str, name: &str, region: &str) -> Resource {
    Resource {
        arn: Arc::from(arn),
        name: Arc::from(name),
        account: Arc::from(ACCOUNT),
        region: Arc::from(region),
        fields: Box::new([]),
    }
}

pub(crate) fn place(kind: &str, region: &str) -> Place {
    Place {
        kind: Arc::from(kind),
        account: Arc::from(ACCOUNT),
        region: Arc::from(region),
    }
}

pub(crate) fn run() -> Run {
    Run {
        id: "run-2026-11-24T02-11-09Z".into(),
        tool: "0.1.0".into(),
        started: at(0),
        finished: Some(at(93)),
        callers: vec![Caller {
            account: ACCOUNT.into(),
            arn: format!("arn:aws:sts::{ACCOUNT}:assumed-role/tieout-read/scan"),
            alias: "acme-prod".into(),
            partition: "aws".into(),
            ..Caller::default()
        }],
        scope: Scope {
            regions: vec!["eu-west-1".into(), "us-east-1".into()],
            regions_disabled: vec!["af-south-1".into(), "ap-east-1".into()],
            ..Scope::default()
        },
        partial: false,
        replayed: None,
        redaction: None,
        origin: None,
    }
}
