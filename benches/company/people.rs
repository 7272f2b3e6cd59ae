//! Users in groups, with policies of every sort.

use std::sync::Arc;

use tieout::inventory::intake::{Identity, Intake};
use tieout::inventory::kinds::iam::policy::Policy;
use tieout::inventory::kinds::iam::principal::{Group, User};
use tieout::inventory::kinds::statement::{Condition, Statement};
use tieout::inventory::{GLOBAL, Source};

use super::{Account, Dice, Part, TEAMS, tags, told};

/// Users, with the groups and policies they lead to.
pub(crate) struct Users;

/// Policies of an account's own that are managed.
const MANAGED: usize = 60;

/// Users that one page of the listing tells.
const PAGE: usize = 100;

const FIRST: [&str; 16] = [
    "ada",
    "alan",
    "anita",
    "barbara",
    "dennis",
    "donald",
    "edsger",
    "frances",
    "grace",
    "john",
    "katherine",
    "ken",
    "leslie",
    "margaret",
    "niklaus",
    "radia",
];

const LAST: [&str; 16] = [
    "allen", "backus", "borg", "dijkstra", "hamilton", "hopper", "johnson", "knuth", "lamport",
    "liskov", "lovelace", "perlman", "ritchie", "thompson", "turing", "wirth",
];

const SERVICES: [&str; 10] = [
    "cloudwatch",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "kms",
    "lambda",
    "logs",
    "s3",
    "sqs",
];

impl Part for Users {
    // AWS's own limit.
    const PER_ACCOUNT: usize = 5_000;

    fn fill(account: &Account, count: usize, intake: &Intake) {
        let listing = "iam:GetAccountAuthorizationDetails";
        let report = account.call("iam:GetCredentialReport", "us-east-1", "", 0);
        let devices = account.call("iam:ListVirtualMFADevices", "us-east-1", "", 0);
        let first = account.call(listing, "us-east-1", "", 0);
        intake.listed::<Group>(&account.id(), GLOBAL, &first);
        intake.listed::<Policy>(&account.id(), GLOBAL, &first);
        for team in TEAMS {
            group(account, team, &first, intake);
        }
        for n in 0..MANAGED {
            managed(account, n, &first, intake);
        }
        let mut page = first;
        for n in 0..count {
            if n.is_multiple_of(PAGE) {
                page = account.call(listing, "us-east-1", "", n / PAGE);
                intake.listed::<User>(&account.id(), GLOBAL, &page);
            }
            user(account, n, [&page, &report, &devices], intake);
        }
    }
}

fn user(account: &Account, n: usize, told_by: [&Source; 3], intake: &Intake) {
    let [page, report, devices] = told_by;
    let mut dice = Dice::of("user", account.0 * 1_000_003 + n);
    let person = format!("{}.{}", dice.one_of(&FIRST), dice.one_of(&LAST));
    let name = format!("{person}.{n}");
    let path = match dice.below(4) {
        0 => format!("/people/{}/", dice.one_of(&TEAMS)),
        1 => "/machines/".to_owned(),
        _ => "/".to_owned(),
    };
    let arn = format!("arn:aws:iam::{}:user{path}{name}", account.id());
    let console = dice.chance(40);
    let mfa = console && dice.chance(80);
    let groups = if dice.chance(88) {
        1 + dice.below(3)
    } else {
        0
    };
    let groups: Vec<String> = (0..groups)
        .map(|_| dice.one_of(&TEAMS).to_owned())
        .collect();
    let mut attached = Vec::new();
    if dice.chance(10) {
        attached.push(format!(
            "arn:aws:iam::aws:policy/{}",
            dice.one_of(&[
                "ReadOnlyAccess",
                "AmazonS3FullAccess",
                "AdministratorAccess",
                "IAMUserChangePassword"
            ])
        ));
    }
    if dice.chance(10) {
        attached.push(policy_arn(account, dice.below(MANAGED)));
    }
    if dice.chance(4) {
        inline(account, &arn, n, page, intake);
    }
    let fields = User {
        name: told(page, name.clone()),
        id: told(
            page,
            format!("AIDA{}", Dice::of("id", n).hex(17).to_uppercase()),
        ),
        path: told(page, path),
        created: told(page, dice.within(2_000)),
        groups: told(page, groups),
        attached_policies: told(page, attached),
        permissions_boundary: told(page, dice.chance(60).then(|| policy_arn(account, 0))),
        tags: told(page, tags(&mut dice, &person)),
        password_enabled: told(report, console),
        password_last_used: told(
            report,
            (console && dice.chance(90)).then(|| dice.within(200)),
        ),
        password_last_changed: told(report, console.then(|| dice.within(400))),
        mfa: told(report, mfa),
        active_keys: told(report, dice.below(3) as i64),
        virtual_mfa: told(
            devices,
            (mfa && dice.chance(70))
                .then(|| format!("arn:aws:iam::{}:mfa/{name}", account.id()))
                .into_iter()
                .collect(),
        ),
        administrator: told(page, dice.chance(1)),
        escalations: told(page, Vec::new()),
        conditional_escalations: told(page, Vec::new()),
    };
    intake.add(&account.id(), GLOBAL, Identity { arn, name }, fields);
}

fn group(account: &Account, team: &str, page: &Source, intake: &Intake) {
    let mut dice = Dice::of(team, account.0);
    let arn = format!("arn:aws:iam::{}:group/{team}", account.id());
    let fields = Group {
        name: told(page, team.to_owned()),
        id: told(
            page,
            format!("AGPA{}", Dice::of(team, 1).hex(17).to_uppercase()),
        ),
        path: told(page, "/".to_owned()),
        created: told(page, dice.within(2_000)),
        attached_policies: told(
            page,
            (0..3)
                .map(|_| policy_arn(account, dice.below(MANAGED)))
                .collect(),
        ),
    };
    if dice.chance(20) {
        inline(account, &arn, 0, page, intake);
    }
    let name = team.to_owned();
    intake.add(&account.id(), GLOBAL, Identity { arn, name }, fields);
}

fn policy_arn(account: &Account, n: usize) -> String {
    format!("arn:aws:iam::{}:policy/acme-{n:03}", account.id())
}

fn managed(account: &Account, n: usize, page: &Source, intake: &Intake) {
    let mut dice = Dice::of("policy", account.0 * 1_000_003 + n);
    let statements: Vec<Statement> = (0..1 + dice.below(5))
        .map(|_| statement(account, &mut dice))
        .collect();
    let arn = policy_arn(account, n);
    let name = format!("acme-{n:03}");
    policy(
        account,
        Identity { arn, name },
        None,
        statements,
        page,
        intake,
    );
}

fn inline(account: &Account, holder: &str, n: usize, page: &Source, intake: &Intake) {
    let mut dice = Dice::of("inline", account.0 * 1_000_003 + n);
    let statements = vec![statement(account, &mut dice)];
    let name = "own".to_owned();
    let arn = format!("{holder}#{name}");
    let identity = Identity { arn, name };
    policy(
        account,
        identity,
        Some(holder.to_owned()),
        statements,
        page,
        intake,
    );
}

fn policy(
    account: &Account,
    identity: Identity,
    holder: Option<String>,
    statements: Vec<Statement>,
    page: &Source,
    intake: &Intake,
) {
    let mut dice = Dice::of(&identity.arn, 0);
    let written = holder.is_none().then(|| dice.within(2_000));
    let everywhere =
        |statement: &&Statement| statement.conditions.is_empty() && statement.resources == ["*"];
    let unscoped: Vec<Statement> = statements.iter().filter(everywhere).cloned().collect();
    let fields = Policy {
        name: told(page, identity.name.clone()),
        attached_to: told(
            page,
            if holder.is_some() {
                1
            } else {
                dice.below(9) as i64
            },
        ),
        holder: told(page, holder),
        created: told(page, written),
        updated: told(page, written),
        boundary_of: told(page, 0),
        full_admin: told(
            page,
            unscoped.iter().any(|statement| statement.actions == ["*"]),
        ),
        unscoped: told(page, unscoped),
        statements: told(page, statements),
    };
    let page: &Arc<_> = page;
    intake.listed::<Policy>(&account.id(), GLOBAL, page);
    intake.add(&account.id(), GLOBAL, identity, fields);
}

fn statement(account: &Account, dice: &mut Dice) -> Statement {
    let service = dice.one_of(&SERVICES);
    let actions = (0..1 + dice.below(6))
        .map(|_| {
            let verb = dice.one_of(&["Get*", "List*", "Describe*", "Put*", "Create*", "*"]);
            format!("{service}:{verb}")
        })
        .collect();
    let resources = if dice.chance(40) {
        vec!["*".to_owned()]
    } else {
        let team = dice.one_of(&TEAMS);
        vec![format!("arn:aws:{service}:*:{}:{team}-*", account.id())]
    };
    let conditions = if dice.chance(30) {
        vec![Condition {
            operator: "StringEquals".to_owned(),
            key: "aws:requestedregion".to_owned(),
            values: vec!["eu-west-1".to_owned(), "eu-central-1".to_owned()],
        }]
    } else {
        Vec::new()
    };
    Statement {
        sid: String::new(),
        effect: if dice.chance(90) { "Allow" } else { "Deny" }.to_owned(),
        actions,
        not_actions: Vec::new(),
        resources,
        not_resources: Vec::new(),
        principals: Vec::new(),
        not_principals: Vec::new(),
        conditions,
    }
}
