use super::*;
use crate::aws::documents::{encoded_statements, statements};

fn of(document: &str) -> Vec<Statement> {
    statements(&format!(r#"{{"Statement": {document}}}"#)).unwrap()
}

fn kept(document: &str) -> usize {
    unscoped(&of(document)).len()
}

#[test]
fn a_statement_holds_everywhere_for_every_resource_or_every_one_of_a_sort() {
    for (resource, everywhere) in [
        ("*", true),
        ("**", true),
        ("arn:aws:iam::*:*", true),
        ("arn:aws:iam::111122223333:role/*", true),
        ("arn:aws:iam::*:user/*", true),
        ("arn:aws:s3:::*", true),
        ("arn:aws:iam::111122223333:role/app-*", false),
        ("arn:aws:iam::111122223333:role/app/*", false),
        ("arn:aws:s3:::acme-logs/*", false),
        ("arn:aws:logs:eu-west-1:111122223333:log-group:*", false),
        ("", false),
    ] {
        let document =
            format!(r#"{{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "{resource}"}}"#);
        assert_eq!(kept(&document), usize::from(everywhere), "{resource}");
    }
}

#[test]
fn a_condition_or_another_resource_narrows() {
    let condition = r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}"#;
    assert_eq!(kept(condition), 0);
    let several = r#"{"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:s3:::a", "*"]}"#;
    assert_eq!(kept(several), 1, "one of the resources is every one");
}

#[test]
fn every_resource_but_one_is_nearly_every_one_where_it_allows() {
    let but_one = |effect: &str| {
        format!(r#"{{"Effect": "{effect}", "Action": "*", "NotResource": "arn:aws:s3:::a"}}"#)
    };
    assert_eq!(kept(&but_one("Allow")), 1);
    assert_eq!(kept(&but_one("Deny")), 0);
}

#[test]
fn only_every_action_on_every_resource_is_full_administration() {
    for (document, expected) in [
        (
            r#"{"Effect": "Allow", "Action": "*", "Resource": "*"}"#,
            true,
        ),
        (
            r#"{"Effect": "Allow", "Action": ["s3:Get*", "*:*"], "Resource": "*"}"#,
            true,
        ),
        (
            r#"{"Effect": "Deny", "Action": "*", "Resource": "*"}"#,
            false,
        ),
        (
            r#"{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}"#,
            false,
        ),
        (
            r#"{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}"#,
            false,
        ),
        (
            r#"{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::*"}"#,
            false,
        ),
    ] {
        assert_eq!(full_admin(&unscoped(&of(document))), expected, "{document}");
    }
}

#[test]
fn iam_answers_its_documents_url_encoded() {
    let encoded = "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22*%22%2C%22Resource%22%3A%22*%22%7D%5D%7D";
    assert!(full_admin(&unscoped(&encoded_statements(encoded).unwrap())));
}

#[test]
fn outside_trust_names_the_accounts_of_others_and_whether_they_need_an_id() {
    let trust = of(r#"[
        {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::444455556666:root", "111122223333"]},
         "Condition": {"StringEquals": {"sts:ExternalId": "7f3d"}}},
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::222233334444:role/a", "Service": "ec2.amazonaws.com"}},
        {"Effect": "Deny", "Principal": {"AWS": "999988887777"}},
        {"Effect": "Allow", "Principal": "*"},
        {"Effect": "Allow", "Principal": {"Federated": "arn:aws:iam::555566667777:saml-provider/x"}}
    ]"#);
    let found: Vec<_> = outside_trust(&trust, "111122223333")
        .into_iter()
        .map(|outside| (outside.account, outside.external_id))
        .collect();
    assert_eq!(
        found,
        [
            ("222233334444".to_owned(), false),
            ("444455556666".to_owned(), true)
        ]
    );
}

#[test]
fn outside_trust_names_the_organizations_that_the_caller_must_be_of() {
    for (condition, named) in [
        (
            r#"{"StringEquals": {"aws:PrincipalOrgID": "o-abcde12345"}}"#,
            &["o-abcde12345"][..],
        ),
        (
            r#"{"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": ["o-abcde12345/*"]}}"#,
            &["o-abcde12345/*"],
        ),
        (r#"{"StringLike": {"aws:PrincipalOrgID": "o-*"}}"#, &[]),
        (
            r#"{"StringNotEquals": {"aws:PrincipalOrgID": "o-abcde12345"}}"#,
            &[],
        ),
    ] {
        let document = format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "444455556666"}}, "Condition": {condition}}}"#
        );
        let found = outside_trust(&of(&document), "111122223333");
        assert_eq!(found[0].organizations, named, "{condition}");
    }
}

#[test]
fn an_id_that_anything_satisfies_is_none() {
    for (condition, demanded) in [
        (r#"{"StringEquals": {"sts:ExternalId": "7f3d"}}"#, true),
        (r#"{"StringLike": {"sts:ExternalId": "acme-*"}}"#, true),
        (r#"{"StringLike": {"sts:ExternalId": "*"}}"#, false),
        (r#"{"StringNotEquals": {"sts:ExternalId": "7f3d"}}"#, false),
        (
            r#"{"StringEqualsIfExists": {"sts:ExternalId": "7f3d"}}"#,
            false,
        ),
        (
            r#"{"StringEquals": {"aws:PrincipalTag/id": "7f3d"}}"#,
            false,
        ),
    ] {
        let document = format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "444455556666"}}, "Condition": {condition}}}"#
        );
        let found = outside_trust(&of(&document), "111122223333");
        assert_eq!(
            found.first().map(|outside| outside.external_id),
            Some(demanded),
            "{condition}"
        );
    }
}
