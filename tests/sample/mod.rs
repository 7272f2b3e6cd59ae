//! Reports to test the formats with, built by hand: no check is judged here.

pub(crate) mod company;
mod stated;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use tieout::check::expr::{Rule, compile};
use tieout::check::{About, Check, Counts, Outcome, Path, Reading, Severity, Verdict};
use tieout::complaint::File;
use tieout::criteria::{Frameworks, roll_up::roll_up};
use tieout::inventory::gap::Reason;
use tieout::inventory::run::{Caller, Coverage, Run, Scope, Tally};
use tieout::inventory::{Call, Fact, Gap, Inventory, Place, Population, Resource, Source};
use tieout::report::assemble::{Assembly, Context};
use tieout::report::people::Stated;
use tieout::report::{Report, Waiver};

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
        origin: None,
    }
}

fn line(
    region: &str,
    service: &str,
    ok: u64,
    absent: u64,
    denied: u64,
    throttled: u64,
) -> Coverage {
    Coverage {
        account: ACCOUNT.into(),
        region: region.into(),
        service: service.into(),
        calls: Tally {
            ok,
            absent,
            denied,
            failed: 0,
            throttled,
        },
    }
}

const FRAMEWORK: &str = r#"
id = "tsc2017"
title = "Trust Services Criteria, 2017"
sections = [
  { title = "Control Environment", criteria = ["CC1.1"] },
  { title = "Logical and Physical Access", criteria = ["CC6.1"] },
  { title = "Confidentiality", criteria = ["C1.1"] },
]
[[criterion]]
code = "CC1.1"
title = "Honest conduct is expected and lived"
statement = "Leaders set rules of conduct and keep them."
evidence = "attested"
attestations = ["code-of-conduct"]
limits = "An AWS account holds no record of conduct."
[[criterion]]
code = "CC6.1"
title = "Access is restricted"
statement = "Only those who need it get in."
evidence = "automated"
attestations = []
limits = "AWS cannot see other systems."
[[criterion]]
code = "C1.1"
title = "Confidential information is kept"
statement = "What is confidential is known and guarded."
evidence = "automated"
attestations = []
limits = "AWS cannot tell what is confidential."
"#;

const ATTESTATIONS: &str = r#"
[code-of-conduct]
what = "Everybody has acknowledged the code of conduct"
document = "Signed acknowledgements"
max_age_days = 365
"#;

/// Three checks, four resources, one of them hostile; a pass, a failure, a waived failure, an unknown, one that
/// does not apply, and a list that is cut short.
pub(crate) fn small() -> Report {
    let checks = [
        check(
            "ec2.imdsv2_required",
            "The instance accepts session tokens only",
            Severity::Medium,
            "ec2.instance",
            &["tsc2017:CC6.1"],
            "instance.metadata.tokens == 'required'",
        ),
        check(
            "iam.root_has_no_access_key",
            "The root user has no access key",
            Severity::Critical,
            "account",
            &["tsc2017:CC6.1"],
            "!account.root_access_key",
        ),
        check(
            "s3.blocks_public_access",
            "S3 bucket blocks public access",
            Severity::High,
            "s3.bucket",
            &["tsc2017:CC6.1", "tsc2017:C1.1"],
            "bucket.public_access.block_acls || account.s3_public_access.block_acls",
        ),
    ];
    let [imds, root, public] = &checks;
    let name = hostile();
    let list = call("s3", "ListBuckets", "global", "", 2);
    let summary = call("iam", "GetAccountSummary", "global", "", 1);
    let block = call(
        "s3",
        "GetPublicAccessBlock",
        "eu-west-1",
        "bucket=acme-logs",
        5,
    );
    let whole = call("s3control", "GetPublicAccessBlock", "eu-west-1", "", 6);
    let instances = call("ec2", "DescribeInstances", "eu-west-1", "", 7);
    let gap = denied("s3", "GetPublicAccessBlock", "eu-west-1", "bucket=acme-hr");
    let cut = denied("ec2", "DescribeInstances", "us-east-1", "");
    let inventory = Inventory::new(BTreeMap::from([
        (
            place("account", "global"),
            Population {
                resources: vec![resource(
                    "arn:aws:iam::111122223333:root",
                    "acme-prod",
                    "global",
                )],
                gaps: vec![],
                sources: vec![summary.clone()],
            },
        ),
        (
            place("ec2.instance", "eu-west-1"),
            Population {
                resources: vec![resource(
                    "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc",
                    &name,
                    "eu-west-1",
                )],
                gaps: vec![],
                sources: vec![instances.clone()],
            },
        ),
        (
            place("ec2.instance", "us-east-1"),
            Population {
                resources: vec![],
                gaps: vec![cut.clone()],
                sources: vec![],
            },
        ),
        (
            place("s3.bucket", "eu-west-1"),
            Population {
                resources: vec![
                    resource("arn:aws:s3:::acme-hr", "acme-hr", "eu-west-1"),
                    resource("arn:aws:s3:::acme-logs", "acme-logs", "eu-west-1"),
                ],
                gaps: vec![],
                sources: vec![list],
            },
        ),
    ]));
    let mut assembly = Assembly::new(&checks, []);
    assembly.inventory(&inventory);
    for (place, population) in inventory.populations() {
        for found in &population.resources {
            let about = About::Resource(found);
            let (check, outcome, evidence) = match &*found.arn {
                "arn:aws:iam::111122223333:root" => (
                    root,
                    Outcome::Fail,
                    vec![read("account.root_access_key", Fact::Bool(true), &summary)],
                ),
                "arn:aws:s3:::acme-hr" => (
                    public,
                    Outcome::Unknown,
                    vec![
                        unread("bucket.public_access.block_acls", &gap),
                        read(
                            "account.s3_public_access.block_acls",
                            Fact::Bool(false),
                            &whole,
                        ),
                    ],
                ),
                "arn:aws:s3:::acme-logs" => (
                    public,
                    Outcome::Pass,
                    vec![read(
                        "bucket.public_access.block_acls",
                        Fact::Bool(true),
                        &block,
                    )],
                ),
                _ => (
                    imds,
                    Outcome::Fail,
                    vec![
                        read(
                            "instance.metadata.tokens",
                            Fact::text("optional"),
                            &instances,
                        ),
                        read("instance.tags[\"Name\"]", Fact::text(&name), &instances),
                    ],
                ),
            };
            let waiver = (check.id == "ec2.imdsv2_required").then(|| Waiver {
                id: "W-7".into(),
                owner: "Ada".into(),
                approver: "Grace".into(),
                reason: "Replaced in December <b>".into(),
                ticket: "RISK-7".into(),
                expires: jiff::civil::date(2026, 12, 31),
                days_left: 37,
                retroactive: false,
            });
            let verdict = Verdict {
                check,
                place,
                about,
                outcome,
                evidence,
            };
            assembly.verdict(&verdict, &inventory, waiver);
        }
        for gap in &population.gaps {
            let verdict = Verdict {
                check: imds,
                place,
                about: About::Unlisted(gap),
                outcome: Outcome::Unknown,
                evidence: Vec::new(),
            };
            assembly.verdict(&verdict, &inventory, None);
        }
    }
    let frameworks = frameworks();
    let attested = stated::attested(&frameworks);
    let governance = stated::governance();
    let criteria = roll_up(&frameworks, &assembly.tallies(), &attested).unwrap();
    assembly.finish(Context {
        run: run(),
        frameworks: &frameworks,
        criteria,
        attested,
        listing: stated::not_listed(),
        coverage: vec![
            line("eu-west-1", "ec2", 1, 0, 0, 0),
            line("eu-west-1", "s3", 1, 0, 1, 2),
            line("global", "iam", 1, 0, 0, 0),
            line("us-east-1", "ec2", 0, 0, 1, 0),
        ],
        stated: Stated {
            waivers: vec![stated::marked(&governance, imds)],
            ..Stated::default()
        },
        suppressions: Vec::new(),
    })
}

fn frameworks() -> Frameworks {
    let file = |name: &str, text: &str| File::new(format!("checks/criteria/{name}"), text);
    let files = vec![
        file("tsc2017.toml", FRAMEWORK),
        file("attestations.toml", ATTESTATIONS),
    ];
    Frameworks::parse(files).unwrap_or_else(|complaints| panic!("{complaints}"))
}
