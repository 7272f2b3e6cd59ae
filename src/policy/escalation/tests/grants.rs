//! Ways that give everything: to oneself, to another, to somebody new.

use super::*;

#[test]
fn who_may_change_permissions_gives_them_to_itself() {
    let own_role = arn("role/r");
    let own_user = arn("user/u");
    for (action, on, user) in [
        ("iam:PutUserPolicy", own_user.as_str(), true),
        (
            "iam:AttachUserPolicy",
            "arn:aws:iam::*:user/${aws:username}",
            true,
        ),
        ("iam:PutRolePolicy", own_role.as_str(), false),
        ("iam:AttachRolePolicy", "*", false),
    ] {
        let mut town = Town::new();
        if user {
            town.user("u", vec![allow(&[action], &[on])]);
        } else {
            town.role("r", vec![], vec![allow(&[action], &[on])]);
        }
        let ways = town.ways(if user { "u" } else { "r" });
        assert!(
            ways.iter().any(|way| way.contains(action)),
            "{action} {ways:?}"
        );
        let mut other = Town::new();
        other.user("v", vec![allow(&[action], &[&own_user, &own_role])]);
        assert!(
            other.ways("v").is_empty(),
            "{action} on another, whom one cannot act as"
        );
    }
}

#[test]
fn what_may_be_attached_is_seen() {
    let attach = |policy: &str| {
        let mut town = Town::new();
        let only = if_so(
            "ArnEquals",
            "iam:PolicyARN",
            policy,
            allow(&["iam:AttachUserPolicy"], &["*"]),
        );
        town.user("u", vec![only]);
        town.ways("u").len()
    };
    assert_eq!(attach("arn:aws:iam::aws:policy/ReadOnlyAccess"), 0);
    assert_eq!(attach("arn:aws:iam::aws:policy/AdministratorAccess"), 1);
}

#[test]
fn groups_and_shared_policies() {
    let mut town = Town::new();
    let admin = town.policy(everything());
    town.0.groups.push(Group {
        name: "admins".into(),
        arn: arn("group/admins"),
        policies: vec![admin],
    });
    let shared = arn("policy/shared");
    let at = town.0.documents.len();
    town.0.documents.push(Document::new(
        "shared".into(),
        Some(shared.clone()),
        vec![allow(&["s3:*"], &["*"])],
    ));
    town.user(
        "joiner",
        vec![allow(&["iam:AddUserToGroup"], &[&arn("group/admins")])],
    );
    town.user(
        "writer",
        vec![allow(&["iam:CreatePolicyVersion"], &[&shared])],
    )
    .policies
    .push(at);
    town.user(
        "stranger",
        vec![allow(&["iam:CreatePolicyVersion"], &[&shared])],
    );
    assert_eq!(
        town.ways("joiner"),
        ["user joiner adds itself to group admins (iam:AddUserToGroup by p2)"]
    );
    assert_eq!(
        town.ways("writer"),
        ["user writer rewrites policy shared, which itself holds (iam:CreatePolicyVersion by p3)"]
    );
    assert!(town.ways("stranger").is_empty());
}

#[test]
fn another_is_granted_everything_and_then_taken_over() {
    let mut town = Town::new();
    let target = arn("role/target");
    town.user(
        "eve",
        vec![allow(&["iam:PutRolePolicy", "sts:AssumeRole"], &[&target])],
    );
    town.role("target", vec![root()], vec![allow(&["s3:*"], &["*"])]);
    assert_eq!(
        town.ways("eve"),
        [
            "user eve writes role target a policy that allows everything (iam:PutRolePolicy by p0); user eve assumes role target (sts:AssumeRole by p0)"
        ]
    );
}

#[test]
fn credentials_and_trust_of_others() {
    let mut town = Town::new();
    town.user("admin", everything());
    town.role("boss", vec![], everything());
    for action in [
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:UpdateLoginProfile",
        "iam:UpdateAssumeRolePolicy",
    ] {
        town.user(action, vec![allow(&[action], &["*"])]);
        assert_eq!(town.ways(action).len(), 1, "{action}");
    }
    town.user(
        "own",
        vec![allow(
            &["iam:CreateAccessKey"],
            &["arn:aws:iam::*:user/${aws:username}"],
        )],
    );
    assert!(town.ways("own").is_empty());
}

#[test]
fn new_users_and_roles() {
    let mut town = Town::new();
    town.role(
        "maker",
        vec![],
        vec![allow(
            &[
                "iam:CreateUser",
                "iam:AttachUserPolicy",
                "iam:CreateAccessKey",
            ],
            &[&arn("user/ci-*")],
        )],
    );
    town.user(
        "roles",
        vec![allow(
            &["iam:CreateRole", "iam:PutRolePolicy"],
            &[&arn("role/app/*")],
        )],
    );
    let bounded = |action| {
        if_so(
            "StringEquals",
            "iam:PermissionsBoundary",
            "arn:aws:iam::111122223333:policy/b",
            allow(&[action], &["*"]),
        )
    };
    town.user(
        "bounded",
        vec![bounded("iam:CreateRole"), bounded("iam:PutRolePolicy")],
    );
    town.user(
        "apart",
        vec![
            allow(&["iam:CreateRole"], &[&arn("role/a-*")]),
            allow(&["iam:PutRolePolicy"], &[&arn("role/b-*")]),
        ],
    );
    assert_eq!(town.ways("maker").len(), 1);
    assert_eq!(town.ways("roles").len(), 1);
    assert!(town.ways("bounded").is_empty());
    assert!(town.ways("apart").is_empty());
}

#[test]
fn a_boundary_holds_unless_it_can_be_removed() {
    let mut town = Town::new();
    let boundary = town.policy(vec![allow(&["s3:*", "iam:Put*", "iam:Delete*"], &["*"])]);
    town.user("held", vec![allow(&["iam:PutUserPolicy"], &["*"])])
        .boundary = Some(boundary);
    town.user(
        "loose",
        vec![allow(
            &["iam:PutUserPolicy", "iam:DeleteUserPermissionsBoundary"],
            &["*"],
        )],
    )
    .boundary = Some(boundary);
    assert!(town.ways("held").is_empty());
    assert_eq!(
        town.ways("loose"),
        [
            "user loose removes the permissions boundary of itself (iam:DeleteUserPermissionsBoundary by p2); \
          user loose writes itself a policy that allows everything (iam:PutUserPolicy by p2)"
        ]
    );
}
