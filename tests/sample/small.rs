//! A report of a few verdicts, one of each sort.

use std::collections::BTreeMap;

use tieout::check::{About, Outcome, Severity, Verdict};
use tieout::complaint::File;
use tieout::criteria::{Frameworks, roll_up::roll_up};
use tieout::inventory::run::{Coverage, Tally};
use tieout::inventory::{Fact, Inventory, Population};
use tieout::report::assemble::{Assembly, Context};
use tieout::report::people::Stated;
use tieout::report::{Report, Waiver};

use super::{ACCOUNT, call, check, denied, hostile, place, read, resource, run, stated, unread};

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
