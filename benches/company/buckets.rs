//! Buckets, each told by the twelve calls that a scan makes for it.

use std::sync::Arc;

use tieout::inventory::gap::Reason;
use tieout::inventory::intake::{Identity, Intake};
use tieout::inventory::kinds::backup::ProtectedResource;
use tieout::inventory::kinds::s3::{
    Bucket, Encryption, Grant, LifecycleRule, ObjectLock, PublicAccess, ReplicationRule,
};
use tieout::inventory::kinds::statement::{Condition, Principal, Statement};
use tieout::inventory::{GLOBAL, Gap, Read};

use super::{Account, Dice, Part, TEAMS, tags, told};

/// Buckets, and what AWS Backup holds of some.
pub(crate) struct Buckets;

/// Buckets that one page of the listing tells.
const PAGE: usize = 1_000;

const REGIONS: [&str; 4] = ["eu-west-1", "eu-central-1", "us-east-1", "ap-southeast-2"];

const PURPOSES: [&str; 12] = [
    "artifacts",
    "assets",
    "backups",
    "cache",
    "exports",
    "images",
    "invoices",
    "logs",
    "models",
    "reports",
    "terraform-state",
    "uploads",
];

impl Part for Buckets {
    // AWS's own limit.
    const PER_ACCOUNT: usize = 10_000;

    fn fill(account: &Account, count: usize, intake: &Intake) {
        let protected = account.call("backup:ListProtectedResources", "eu-west-1", "", 0);
        intake.listed::<ProtectedResource>(&account.id(), "eu-west-1", &protected);
        for n in 0..count {
            bucket(account, n, intake);
        }
    }
}

fn bucket(account: &Account, n: usize, intake: &Intake) {
    let mut dice = Dice::of("bucket", account.0 * 1_000_003 + n);
    let page = account.call("s3:ListBuckets", "us-east-1", "", n / PAGE);
    if n.is_multiple_of(PAGE) {
        intake.listed::<Bucket>(&account.id(), GLOBAL, &page);
    }
    let team = dice.one_of(&TEAMS);
    let name = format!("acme-{team}-{}-{}{n:04}", dice.one_of(&PURPOSES), account.0);
    let arn = format!("arn:aws:s3:::{name}");
    let region = dice.one_of(&REGIONS);
    let about = format!("bucket={name}");
    let call = |operation: &str| account.call(operation, region, &about, n);
    let versioning = call("s3:GetBucketVersioning");
    let policy_call = call("s3:GetBucketPolicy");
    let acl = call("s3:GetBucketAcl");
    let policy = policy(account, &arn, team, &mut dice);
    let others = u64::from(policy.len() > 1) as usize;
    let owner = Dice::of("owner", account.0).hex(64);
    let blocked = dice.chance(85);
    if dice.chance(20) {
        backed_up(account, &arn, &mut dice, intake);
    }
    let fields = Bucket {
        name: told(&page, name.clone()),
        arn: told(&page, arn.clone()),
        region: told(&page, region.to_owned()),
        created: told(&page, dice.within(3_000)),
        encryption: told(
            &call("s3:GetBucketEncryption"),
            encryption(account, region, team, &mut dice),
        ),
        key_arn: told(&call("s3:GetBucketEncryption"), None),
        versioning: told(
            &versioning,
            dice.one_of(&["Enabled", "Enabled", "Suspended", "Off"])
                .to_owned(),
        ),
        mfa_delete: told(&versioning, dice.chance(3)),
        policy: if dice.chance(1) {
            denied(account, region, &about)
        } else {
            told(&policy_call, policy)
        },
        replica_buckets: told(&call("s3:GetBucketReplication"), Vec::new()),
        event_targets: told(&call("s3:GetBucketNotificationConfiguration"), Vec::new()),
        policy_accounts: told(&policy_call, vec![Account(900).id(); others]),
        policy_public: told(&call("s3:GetBucketPolicyStatus"), dice.chance(2)),
        grants: told(&acl, grants(&owner, &mut dice)),
        owner: told(&acl, owner),
        ownership: told(
            &call("s3:GetBucketOwnershipControls"),
            if dice.chance(80) {
                "BucketOwnerEnforced"
            } else {
                "ObjectWriter"
            }
            .to_owned(),
        ),
        public_access: told(
            &call("s3:GetPublicAccessBlock"),
            PublicAccess {
                block_acls: blocked,
                ignore_acls: blocked,
                block_policy: blocked,
                restrict_buckets: blocked,
            },
        ),
        log_bucket: told(
            &call("s3:GetBucketLogging"),
            dice.chance(60)
                .then(|| format!("acme-{}-logs-00000", dice.one_of(&TEAMS))),
        ),
        lifecycle: told(
            &call("s3:GetBucketLifecycleConfiguration"),
            lifecycle(&mut dice),
        ),
        replication: told(
            &call("s3:GetBucketReplication"),
            replication(&name, &mut dice),
        ),
        object_lock: told(
            &call("s3:GetObjectLockConfiguration"),
            dice.chance(5).then(|| ObjectLock {
                mode: Some("COMPLIANCE".to_owned()),
                days: Some(365),
            }),
        ),
        tags: told(&call("s3:GetBucketTagging"), tags(&mut dice, team)),
    };
    intake.add(&account.id(), GLOBAL, Identity { arn, name }, fields);
}

fn denied<T>(account: &Account, region: &str, about: &str) -> Read<T> {
    Err(Arc::new(Gap {
        service: "s3".to_owned(),
        operation: "GetBucketPolicy".to_owned(),
        account: account.id(),
        region: region.to_owned(),
        parameters: about.to_owned(),
        reason: Reason::Denied,
        code: Some("AccessDenied".to_owned()),
        message: "Access Denied".to_owned(),
        action: "s3:GetBucketPolicy".to_owned(),
        request_id: Some("4442587FB7D0A2F9".to_owned()),
    }))
}

fn backed_up(account: &Account, arn: &str, dice: &mut Dice, intake: &Intake) {
    let source = account.call("backup:ListProtectedResources", "eu-west-1", "", 0);
    let fields = ProtectedResource {
        r#type: told(&source, "S3".to_owned()),
        last_backup: told(&source, Some(dice.within(30))),
    };
    let identity = Identity {
        arn: arn.to_owned(),
        name: arn.to_owned(),
    };
    intake.add(&account.id(), "eu-west-1", identity, fields);
}

fn encryption(account: &Account, region: &str, team: &str, dice: &mut Dice) -> Encryption {
    let own_key = dice.chance(40);
    let key = Dice::of(team, account.0).hex(12);
    Encryption {
        algorithm: if own_key { "aws:kms" } else { "AES256" }.to_owned(),
        key: own_key.then(|| {
            format!(
                "arn:aws:kms:{region}:{}:key/8f14e45f-ceea-467f-a9b1-{key}",
                account.id()
            )
        }),
        bucket_key: own_key,
    }
}

/// Most demand TLS; some let somebody in besides.
fn policy(account: &Account, arn: &str, team: &str, dice: &mut Dice) -> Vec<Statement> {
    let principal = |r#type: &str, value: String| Principal {
        r#type: r#type.to_owned(),
        value,
    };
    let both = vec![arn.to_owned(), format!("{arn}/*")];
    let statement = Statement {
        sid: "DenyPlainHttp".to_owned(),
        effect: "Deny".to_owned(),
        actions: vec!["s3:*".to_owned()],
        not_actions: Vec::new(),
        resources: both.clone(),
        not_resources: Vec::new(),
        principals: vec![principal("AWS", "*".to_owned())],
        not_principals: Vec::new(),
        conditions: vec![Condition {
            operator: "Bool".to_owned(),
            key: "aws:securetransport".to_owned(),
            values: vec!["false".to_owned()],
        }],
    };
    let roles = Statement {
        sid: "Readers".to_owned(),
        effect: "Allow".to_owned(),
        actions: vec!["s3:GetObject".to_owned(), "s3:ListBucket".to_owned()],
        resources: both,
        principals: vec![principal(
            "AWS",
            format!("arn:aws:iam::{}:role/{team}-reader", Account(900).id()),
        )],
        conditions: vec![Condition {
            operator: "StringEquals".to_owned(),
            key: "aws:sourceaccount".to_owned(),
            values: vec![account.id()],
        }],
        ..statement.clone()
    };
    let mut statements = Vec::new();
    if dice.chance(70) {
        statements.push(statement);
        if dice.chance(30) {
            statements.push(roles);
        }
    }
    statements
}

fn grants(owner: &str, dice: &mut Dice) -> Vec<Grant> {
    let grant = |grantee_type: &str, grantee: &str, permission: &str| Grant {
        grantee_type: grantee_type.to_owned(),
        grantee: grantee.to_owned(),
        permission: permission.to_owned(),
    };
    let mut grants = vec![grant("CanonicalUser", owner, "FULL_CONTROL")];
    if dice.chance(8) {
        let delivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";
        grants.push(grant("Group", delivery, "WRITE"));
    }
    grants
}

fn lifecycle(dice: &mut Dice) -> Vec<LifecycleRule> {
    (0..dice.below(3))
        .map(|_| LifecycleRule {
            enabled: dice.chance(90),
            whole_bucket: dice.chance(70),
            expire_days: dice.chance(60).then(|| 30 * (1 + dice.below(24) as i64)),
            noncurrent_days: dice.chance(60).then(|| 30 * (1 + dice.below(6) as i64)),
            abort_upload_days: dice.chance(50).then_some(7),
        })
        .collect()
}

fn replication(name: &str, dice: &mut Dice) -> Vec<ReplicationRule> {
    let rule = || ReplicationRule {
        enabled: true,
        destination: format!("arn:aws:s3:::{name}-replica"),
        destination_account: None,
    };
    dice.chance(12).then(rule).into_iter().collect()
}
