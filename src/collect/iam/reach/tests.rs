use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, PolicyDetail, PolicyVersion,
    RoleDetail, UserDetail,
};

use super::*;
use crate::inventory::intake::example_source;

const ANYTHING: &str = r#"{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#;
const PUT: &str =
    r#"{"Statement": [{"Effect": "Allow", "Action": "iam:PutUserPolicy", "Resource": "*"}]}"#;
const NOTHING: &str =
    r#"{"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}"#;
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

fn arn(rest: &str) -> String {
    format!("arn:aws:iam::111122223333:{rest}")
}

fn user(name: &str, document: Option<&str>, attached: &[&str], groups: &[&str]) -> UserDetail {
    let mut user = UserDetail::builder()
        .user_name(name)
        .user_id(format!("AIDA{name}"))
        .arn(arn(&format!("user/{name}")))
        .set_group_list(Some(groups.iter().map(|name| (*name).to_owned()).collect()))
        .set_attached_managed_policies(Some(
            attached
                .iter()
                .map(|arn| AttachedPolicy::builder().policy_arn(*arn).build())
                .collect(),
        ));
    if let Some(document) = document {
        user = user.user_policy_list(
            PolicyDetail::builder()
                .policy_name("own")
                .policy_document(document)
                .build(),
        );
    }
    user.build()
}

fn policy(arn: &str, document: &str) -> ManagedPolicyDetail {
    let version = PolicyVersion::builder()
        .is_default_version(true)
        .document(document)
        .build();
    let name = arn.rsplit('/').next().unwrap();
    ManagedPolicyDetail::builder()
        .arn(arn)
        .policy_name(name)
        .policy_version_list(version)
        .build()
}

fn page(users: Vec<UserDetail>, groups: Vec<GroupDetail>, roles: Vec<RoleDetail>) -> Details {
    Told {
        value: GetAccountAuthorizationDetailsOutput::builder()
            .set_user_detail_list(Some(users))
            .set_group_detail_list(Some(groups))
            .set_role_detail_list(Some(roles))
            .set_policies(Some(Vec::new()))
            .build(),
        source: example_source("111122223333", "global"),
    }
}

fn gap() -> Arc<Gap> {
    page(Vec::new(), Vec::new(), Vec::new()).lacks(crate::aws::missing("everything"))
}

fn of_aws() -> Read<Vec<ManagedPolicyDetail>> {
    page(Vec::new(), Vec::new(), Vec::new()).fact(vec![policy(ADMINISTRATOR, ANYTHING)])
}

fn reached(
    pages: &[Details],
    cut: bool,
    of_aws: &Read<Vec<ManagedPolicyDetail>>,
    name: &str,
) -> Reached {
    let reaches = Reaches::of(
        ("aws", "111122223333"),
        pages,
        cut.then(gap).as_ref(),
        of_aws,
        &Ok(Vec::new()),
    );
    reaches.of_principal(&arn(&format!("user/{name}")), &pages[0])
}

fn told<T>(read: Read<T>) -> Option<T> {
    read.ok().map(|told| told.value)
}

#[test]
fn policies_count_that_are_inline_attached_and_of_a_group_on_another_page() {
    let attached = AttachedPolicy::builder().policy_arn(ADMINISTRATOR).build();
    let group = GroupDetail::builder()
        .group_name("admins")
        .arn(arn("group/admins"))
        .attached_managed_policies(attached);
    let pages = [
        page(
            vec![
                user("ada", None, &[], &["admins"]),
                user("ben", Some(ANYTHING), &[], &[]),
            ],
            vec![],
            vec![],
        ),
        page(
            vec![
                user("eve", Some(PUT), &[], &[]),
                user("tom", Some(NOTHING), &[], &[]),
            ],
            vec![group.build()],
            vec![],
        ),
    ];
    for (name, administrator, ways) in [
        ("ada", true, 0),
        ("ben", true, 0),
        ("eve", false, 1),
        ("tom", false, 0),
    ] {
        let reached = reached(&pages, false, &of_aws(), name);
        assert_eq!(told(reached.administrator), Some(administrator), "{name}");
        assert_eq!(told(reached.ways).unwrap().len(), ways, "{name}");
    }
}

#[test]
fn a_boundary_counts() {
    let boundary = AttachedPermissionsBoundary::builder()
        .permissions_boundary_arn(ADMINISTRATOR)
        .build();
    let mut bounded = user("ada", Some(ANYTHING), &[], &[]);
    bounded.permissions_boundary = Some(boundary);
    let pages = [page(vec![bounded], vec![], vec![])];
    assert_eq!(
        told(reached(&pages, false, &of_aws(), "ada").administrator),
        Some(true)
    );
    let narrow = pages[0].fact(vec![policy(ADMINISTRATOR, NOTHING)]);
    assert_eq!(
        told(reached(&pages, false, &narrow, "ada").administrator),
        Some(false)
    );
    let unread = Err(gap());
    assert_eq!(
        told(reached(&pages, false, &unread, "ada").administrator),
        None
    );
}

#[test]
fn what_is_hidden_leaves_a_way_that_was_found_and_nobody_without_one_cleared() {
    let pages = [page(
        vec![
            user("eve", Some(PUT), &[], &[]),
            user("tom", Some(NOTHING), &[], &[]),
        ],
        vec![],
        vec![],
    )];
    for (cut, of_aws) in [(true, of_aws()), (false, Err(gap()))] {
        let eve = reached(&pages, cut, &of_aws, "eve");
        assert_eq!(told(eve.ways).unwrap().len(), 1);
        assert_eq!(told(eve.conditional_ways), None);
        let tom = reached(&pages, cut, &of_aws, "tom");
        assert_eq!(
            told(tom.administrator),
            Some(false),
            "by policies that were all read"
        );
        assert_eq!(told(tom.ways), None);
    }
}

#[test]
fn a_principal_is_undecided_whose_policy_or_group_could_not_be_read() {
    for unread in [
        user("eve", Some("no policy"), &[], &[]),
        user(
            "eve",
            Some(PUT),
            &["arn:aws:iam::111122223333:policy/lost"],
            &[],
        ),
        user("eve", Some(PUT), &[], &["lost"]),
    ] {
        let pages = [page(
            vec![unread, user("tom", Some(NOTHING), &[], &[])],
            vec![],
            vec![],
        )];
        let eve = reached(&pages, false, &of_aws(), "eve");
        assert_eq!(told(eve.administrator), None);
        assert_eq!(told(eve.ways), None);
        assert_eq!(
            told(reached(&pages, false, &of_aws(), "tom").ways),
            None,
            "a way might lead over the other"
        );
    }
}

#[test]
fn service_control_policies_count_and_undecide_whoever_they_might_stop_when_unread() {
    let users = vec![
        user("ada", Some(ANYTHING), &[], &[]),
        user("eve", Some(PUT), &[], &[]),
        user("tom", Some(NOTHING), &[], &[]),
    ];
    let pages = [page(users, vec![], vec![])];
    let reached = |control: &Result<Vec<Vec<Statement>>, Arc<Gap>>, name: &str| {
        let reaches = Reaches::of(("aws", "111122223333"), &pages, None, &of_aws(), control);
        let reached = reaches.of_principal(&arn(&format!("user/{name}")), &pages[0]);
        (
            told(reached.administrator),
            told(reached.ways).map(|ways| ways.len()),
        )
    };
    let level = |document: &str| crate::aws::documents::statements(document).unwrap();
    let none = Ok(Vec::new());
    let narrow = Ok(vec![level(ANYTHING), level(NOTHING)]);
    let unread = Err(gap());
    for (name, without, within, undecided) in [
        (
            "ada",
            (Some(true), Some(0)),
            (Some(false), Some(0)),
            (None, None),
        ),
        (
            "eve",
            (Some(false), Some(1)),
            (Some(false), Some(0)),
            (None, None),
        ),
        (
            "tom",
            (Some(false), Some(0)),
            (Some(false), Some(0)),
            (Some(false), Some(0)),
        ),
    ] {
        assert_eq!(reached(&none, name), without, "{name}");
        assert_eq!(reached(&narrow, name), within, "{name}");
        assert_eq!(reached(&unread, name), undecided, "{name}");
    }
}
