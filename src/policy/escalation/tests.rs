use super::*;
use crate::policy::statement::{Condition, Effect, Principal, Selection};

const NUMBER: &str = "111122223333";

fn allow(actions: &[&str], resources: &[&str]) -> Statement {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Statement {
        effect: Effect::Allow,
        actions: Selection::Of(texts(actions)),
        resources: Some(Selection::Of(texts(resources))),
        principals: None,
        conditions: Vec::new(),
    }
}

fn deny(actions: &[&str], resources: &[&str]) -> Statement {
    Statement {
        effect: Effect::Deny,
        ..allow(actions, resources)
    }
}

fn if_so(operator: &str, key: &str, value: &str, statement: Statement) -> Statement {
    let condition = Condition {
        operator: operator.into(),
        key: key.to_lowercase(),
        values: vec![value.into()],
    };
    Statement {
        conditions: vec![condition],
        ..statement
    }
}

fn trust(sort: &str, value: &str) -> Statement {
    Statement {
        resources: None,
        principals: Some(Selection::Of(vec![Principal {
            sort: sort.into(),
            value: value.into(),
        }])),
        ..allow(&["sts:AssumeRole"], &[])
    }
}

fn root() -> Statement {
    trust("AWS", &format!("arn:aws:iam::{NUMBER}:root"))
}

fn arn(rest: &str) -> String {
    format!("arn:aws:iam::{NUMBER}:{rest}")
}

/// An account put together by name.
#[derive(Default)]
struct Town(Account);

impl Town {
    fn new() -> Self {
        Self(Account {
            partition: "aws".into(),
            number: NUMBER.into(),
            ..Account::default()
        })
    }

    fn policy(&mut self, statements: Vec<Statement>) -> usize {
        let at = self.0.documents.len();
        self.0
            .documents
            .push(Document::new(format!("p{at}"), None, statements));
        at
    }

    fn holder(&mut self, sort: Sort, name: &str, statements: Vec<Statement>) -> &mut Holder {
        let policy = self.policy(statements);
        let of = if sort == Sort::User { "user" } else { "role" };
        self.0.holders.push(Holder {
            sort,
            name: name.into(),
            arn: arn(&format!("{of}/{name}")),
            id: format!("ID{name}"),
            tags: BTreeMap::new(),
            policies: vec![policy],
            groups: Vec::new(),
            boundary: None,
            trust: None,
            owned_by_aws: false,
            in_profile: false,
        });
        self.0.holders.last_mut().unwrap()
    }

    fn user(&mut self, name: &str, statements: Vec<Statement>) -> &mut Holder {
        self.holder(Sort::User, name, statements)
    }

    fn role(
        &mut self,
        name: &str,
        trusts: Vec<Statement>,
        statements: Vec<Statement>,
    ) -> &mut Holder {
        let role = self.holder(Sort::Role, name, statements);
        role.trust = Some(trusts);
        role
    }

    fn reach(&self, name: &str) -> Reach {
        let at = self
            .0
            .holders
            .iter()
            .position(|holder| holder.name == name)
            .unwrap();
        reaches(&self.0).swap_remove(at)
    }

    /// The ways that stand, one a line.
    fn ways(&self, name: &str) -> Vec<String> {
        self.reach(name)
            .ways
            .iter()
            .map(|way| way.join("; "))
            .collect()
    }
}

fn everything() -> Vec<Statement> {
    vec![allow(&["*"], &["*"])]
}

#[test]
fn an_administrator_has_no_way_to_go() {
    let mut town = Town::new();
    town.user("ada", everything());
    town.user("ben", vec![allow(&["s3:*"], &["*"])]);
    let ada = town.reach("ada");
    assert!(ada.administrator && ada.ways.is_empty() && ada.conditional_ways.is_empty());
    assert_eq!(ada.reads_data.len(), means::READS.len());
    let reads_data = vec!["s3:GetObject"];
    assert_eq!(
        town.reach("ben"),
        Reach {
            reads_data,
            ..Reach::default()
        }
    );
}

#[test]
fn power_user_is_no_administrator_and_neither_is_a_bounded_one() {
    let mut town = Town::new();
    let but_iam = Statement {
        actions: Selection::AllBut(vec!["iam:*".into()]),
        ..allow(&[], &["*"])
    };
    town.user("power", vec![but_iam.clone()]);
    let boundary = town.policy(vec![but_iam]);
    town.user("bounded", everything()).boundary = Some(boundary);
    town.user(
        "denied",
        vec![allow(&["*"], &["*"]), deny(&["iam:*"], &["*"])],
    );
    for name in ["power", "bounded", "denied"] {
        let reach = town.reach(name);
        assert!(!reach.administrator && reach.ways.is_empty(), "{name}");
        assert!(reach.conditional_ways.is_empty(), "{name}");
    }
    let narrow = town.policy(vec![allow(
        &["s3:GetObject", "kms:Decrypt"],
        &["arn:aws:s3:::acme/*", "arn:aws:kms:*:*:key/*"],
    )]);
    town.user("narrow", everything()).boundary = Some(narrow);
    assert_eq!(town.reach("narrow").reads_data, ["kms:Decrypt"]);
}

#[test]
fn a_way_over_two_roles_is_told_step_by_step() {
    let mut town = Town::new();
    let stage = arn("role/stage");
    let deploy = arn("role/deploy");
    town.user("eve", vec![allow(&["sts:AssumeRole"], &[&stage])]);
    town.role(
        "stage",
        vec![root()],
        vec![allow(&["sts:Assume*"], &[&deploy])],
    );
    town.role(
        "deploy",
        vec![root()],
        vec![
            allow(&["iam:PassRole"], &["*"]),
            allow(&["lambda:*"], &["*"]),
        ],
    );
    town.role(
        "runner",
        vec![trust("Service", "lambda.amazonaws.com")],
        everything(),
    );
    assert_eq!(
        town.reach("eve").ways,
        [[
            "user eve assumes role stage (sts:AssumeRole by p0)",
            "role stage assumes role deploy (sts:AssumeRole by p1)",
            "role deploy makes a Lambda function that runs as role runner (iam:PassRole by p2, lambda:CreateFunction by p2, lambda:InvokeFunction by p2)",
            "role runner may do everything, by p3",
        ]]
    );
}

#[test]
fn each_link_of_a_chain_must_hold() {
    let build = |trusted: Statement, allowed: Statement, passed: Statement| {
        let mut town = Town::new();
        town.user("eve", vec![allowed]);
        town.role(
            "deploy",
            vec![trusted],
            vec![
                passed,
                allow(&["lambda:CreateFunction", "lambda:InvokeFunction"], &["*"]),
            ],
        );
        town.role(
            "runner",
            vec![trust("Service", "lambda.amazonaws.com")],
            everything(),
        );
        town.ways("eve").len()
    };
    let assume = || allow(&["sts:AssumeRole"], &["*"]);
    let pass = || allow(&["iam:PassRole"], &["*"]);
    assert_eq!(build(root(), assume(), pass()), 1);
    assert_eq!(build(trust("AWS", "999988887777"), assume(), pass()), 0);
    assert_eq!(
        build(
            root(),
            allow(&["sts:AssumeRole"], &[&arn("role/other")]),
            pass()
        ),
        0
    );
    assert_eq!(
        build(
            root(),
            assume(),
            allow(&["iam:PassRole"], &[&arn("role/other")])
        ),
        0
    );
    let to_ec2 = if_so(
        "StringEquals",
        "iam:PassedToService",
        "ec2.amazonaws.com",
        pass(),
    );
    assert_eq!(build(root(), assume(), to_ec2), 0);
    let to_lambda = if_so(
        "StringEquals",
        "iam:PassedToService",
        "lambda.amazonaws.com",
        pass(),
    );
    assert_eq!(build(root(), assume(), to_lambda), 1);
    // A role that names the user itself needs no policy of the user's.
    assert_eq!(
        build(
            trust("AWS", &arn("user/eve")),
            allow(&["s3:*"], &["*"]),
            pass()
        ),
        1
    );
}

#[test]
fn permissions_may_come_from_several_policies_and_a_denial_from_any() {
    let mut town = Town::new();
    let (one, two) = (
        town.policy(vec![allow(&["iam:PassRole"], &["*"])]),
        town.policy(vec![allow(&["ec2:RunInstances"], &["*"])]),
    );
    town.user("eve", vec![]).policies.extend([one, two]);
    let denies = town.policy(vec![deny(&["iam:PassRole"], &[&arn("role/adm*")])]);
    town.user("dan", vec![]).policies.extend([one, two, denies]);
    town.role(
        "admin",
        vec![trust("Service", "ec2.amazonaws.com")],
        everything(),
    )
    .in_profile = true;
    assert_eq!(town.ways("eve").len(), 1);
    assert!(town.ways("dan").is_empty());
    // Without an instance profile it takes one to be made.
    town.0
        .holders
        .iter_mut()
        .for_each(|holder| holder.in_profile = false);
    assert!(town.ways("eve").is_empty());
}

#[test]
fn circles_end() {
    let mut town = Town::new();
    for (name, next) in [("a", "b"), ("b", "c"), ("c", "a")] {
        town.role(
            name,
            vec![root()],
            vec![allow(&["sts:AssumeRole"], &[&arn(&format!("role/{next}"))])],
        );
    }
    assert_eq!(town.reach("a"), Reach::default());
    town.role("top", vec![root()], everything());
    town.user("eve", vec![allow(&["sts:AssumeRole"], &["*"])]);
    town.role("d", vec![root()], vec![allow(&["sts:AssumeRole"], &["*"])]);
    assert_eq!(town.ways("eve").len(), 1);
    assert_eq!(town.ways("d").len(), 1);
    assert!(town.ways("a").is_empty());
}

#[test]
fn thousands_of_roles_take_no_square_of_the_time() {
    let mut town = Town::new();
    let started = std::time::Instant::now();
    for n in 0..4_000 {
        let own = arn(&format!("role/app-{n}-jobs-*"));
        town.role(
            &format!("app-{n}"),
            vec![root()],
            vec![
                allow(
                    &[
                        "s3:GetObject",
                        "iam:PassRole",
                        "sts:AssumeRole",
                        "iam:PutRolePolicy",
                    ],
                    &[&own],
                ),
                allow(&["lambda:*"], &["*"]),
            ],
        );
    }
    town.role(
        "top",
        vec![root(), trust("Service", "lambda.amazonaws.com")],
        everything(),
    );
    town.user("eve", vec![allow(&["sts:AssumeRole"], &["*"])]);
    let reaches = reaches(&town.0);
    assert_eq!(
        reaches
            .iter()
            .filter(|reach| !reach.ways.is_empty())
            .count(),
        1
    );
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

mod grants;
mod limits;
