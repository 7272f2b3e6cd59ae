//! What stands in a way, or may.

use super::*;

#[test]
fn a_way_under_a_condition_is_kept_apart_and_says_so() {
    let mut town = Town::new();
    town.user("eve", vec![allow(&["sts:AssumeRole"], &["*"])]);
    town.role(
        "glass",
        vec![if_so("Bool", "aws:MultiFactorAuthPresent", "true", root())],
        everything(),
    );
    let reach = town.reach("eve");
    assert!(reach.ways.is_empty());
    assert_eq!(
        reach.conditional_ways,
        [[
            "user eve assumes role glass (sts:AssumeRole by p0)",
            "role glass may do everything, by p1",
            "provided that aws:multifactorauthpresent Bool true",
        ]]
    );
}

#[test]
fn what_runs_already_is_conditional_on_its_being_there() {
    let mut town = Town::new();
    town.user("eve", vec![allow(&["lambda:UpdateFunctionCode"], &["*"])]);
    town.role(
        "runner",
        vec![trust("Service", "lambda.amazonaws.com")],
        everything(),
    );
    let reach = town.reach("eve");
    assert!(reach.ways.is_empty());
    assert_eq!(reach.conditional_ways.len(), 1);
    assert_eq!(
        reach.conditional_ways[0].last().unwrap(),
        "provided that a Lambda function runs as role runner"
    );
}

#[test]
fn service_control_policies_stop_a_way() {
    let mut town = Town::new();
    town.user("eve", vec![allow(&["iam:PutUserPolicy"], &["*"])]);
    town.0.service_control = vec![vec![Statement::everything()]];
    assert_eq!(town.ways("eve").len(), 1);
    town.0.service_control = vec![vec![Statement::everything(), deny(&["iam:*"], &["*"])]];
    assert!(town.ways("eve").is_empty());
    town.0.service_control = vec![
        vec![Statement::everything()],
        vec![allow(&["s3:*"], &["*"])],
    ];
    assert!(town.ways("eve").is_empty());
}

#[test]
fn what_aws_owns_cannot_be_used() {
    let mut town = Town::new();
    let admin = everything();
    town.user(
        "eve",
        vec![allow(
            &[
                "iam:PassRole",
                "lambda:*",
                "iam:UpdateAssumeRolePolicy",
                "iam:PutRolePolicy",
            ],
            &["*"],
        )],
    );
    town.role(
        "linked",
        vec![trust("Service", "lambda.amazonaws.com")],
        admin,
    )
    .owned_by_aws = true;
    assert_eq!(town.reach("eve"), Reach::default());
}
