//! How IAM decides, held against AWS's published evaluation logic row by row, and its laws over random policies.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

#[path = "policy/laws.rs"]
mod laws;
#[path = "policy/words.rs"]
mod words;

use tieout::policy::Truth;
use tieout::policy::context::{Context, Told};
use tieout::policy::evaluate::{Decision, Stage};
use tieout::policy::statement::Statement;

use words::{Case, OTHER, OWN, ROLE, SESSION, USER, allow, ann, app, deny, to, to_all_but, when};

const GUIDE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";

/// A row: what it shows, the page that says so, the case, and the decision.
type Row = (&'static str, &'static str, Case, Stage);

#[test]
fn decisions_are_those_of_aws_documentation() {
    let mut wrong = Vec::new();
    let rows: Vec<Row> = [
        within_the_account(),
        grants_of_resources(),
        across_accounts(),
        elements(),
    ]
    .concat();
    for (what, page, case, expected) in &rows {
        let Decision { allowed, stage } = case.decide();
        let yes = *expected == Stage::Granted;
        if stage != *expected || allowed != Truth::from(yes) {
            wrong.push(format!(
                "{what} ({GUIDE}{page}): {stage:?}, {allowed:?} and not {expected:?}"
            ));
        }
    }
    assert!(rows.len() >= 50, "{} rows", rows.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const BASICS: &str = "reference_policies_evaluation-logic_policy-eval-basics.html";
const ORDER: &str = "reference_policies_evaluation-logic_policy-eval-denyallow.html";
const BOUNDARIES: &str = "access_policies_boundaries.html";
const CROSS: &str = "reference_policies_evaluation-logic-cross-account.html";

fn everything() -> Vec<Statement> {
    vec![Statement::everything()]
}

fn read() -> Statement {
    allow("s3:GetObject", "*")
}

fn unrelated() -> Vec<Statement> {
    vec![allow("sqs:*", "*")]
}

#[rustfmt::skip] // A row of the reference a line.
fn within_the_account() -> Vec<Row> {
    vec![
        ("by default, everything is denied", ORDER, ann(), Stage::NoGrant),
        ("an identity policy allows", BASICS, Case { identity: vec![read()],..ann() }, Stage::Granted),
        ("an explicit deny overrides any allow", BASICS, Case { identity: vec![read(), deny("s3:*", "*")],..ann() }, Stage::ExplicitDeny),
        ("wherever the deny stands among the statements", BASICS, Case { identity: vec![deny("s3:*", "*"), read()],..ann() }, Stage::ExplicitDeny),
        ("a deny of something else does not", BASICS, Case { identity: vec![read(), deny("s3:Put*", "*")],..ann() }, Stage::Granted),
        ("boundary and identity policy both allow", BOUNDARIES, Case { identity: vec![read()], boundary: Some(everything()),..ann() }, Stage::Granted),
        ("the boundary does not allow", BOUNDARIES, Case { identity: everything(), boundary: Some(unrelated()),..ann() }, Stage::Boundary),
        ("a boundary grants nothing itself", BOUNDARIES, Case { boundary: Some(everything()),..ann() }, Stage::NoGrant),
        ("an empty boundary allows nothing", BOUNDARIES, Case { identity: everything(), boundary: Some(vec![]),..ann() }, Stage::Boundary),
        ("the boundary denies", BOUNDARIES, Case { identity: everything(), boundary: Some(vec![Statement::everything(), deny("s3:*", "*")]),..ann() }, Stage::ExplicitDeny),
        ("the service control policy allows", ORDER, Case { identity: vec![read()], service_control: vec![everything()],..ann() }, Stage::Granted),
        ("the service control policy does not allow", ORDER, Case { identity: everything(), service_control: vec![unrelated()],..ann() }, Stage::ServiceControl),
        ("every level of the organization must allow", ORDER, Case { identity: everything(), service_control: vec![everything(), unrelated(), everything()],..ann() }, Stage::ServiceControl),
        ("a level without any policy that allows allows nothing", ORDER, Case { identity: everything(), service_control: vec![everything(), vec![]],..ann() }, Stage::ServiceControl),
        ("a service control policy denies", ORDER, Case { identity: everything(), service_control: vec![everything(), vec![Statement::everything(), deny("s3:*", "*")]],..ann() }, Stage::ExplicitDeny),
        ("a service control policy grants nothing itself", ORDER, Case { service_control: vec![everything()],..ann() }, Stage::NoGrant),
        ("service control, boundary and identity policy: the intersection", BOUNDARIES, Case { identity: vec![read()], boundary: Some(vec![read()]), service_control: vec![vec![read()]],..ann() }, Stage::Granted),
        ("a resource control policy does not allow", ORDER, Case { identity: everything(), resource_control: vec![unrelated()],..ann() }, Stage::ResourceControl),
        ("a resource control policy denies", ORDER, Case { identity: everything(), resource_control: vec![vec![Statement::everything(), deny("s3:GetObject", "*")]],..ann() }, Stage::ExplicitDeny),
        ("the session policy allows", ORDER, Case { identity: everything(), session: Some(vec![read()]),..app() }, Stage::Granted),
        ("the session policy does not allow", ORDER, Case { identity: everything(), session: Some(unrelated()),..app() }, Stage::Session),
        ("the session policy grants nothing itself", ORDER, Case { session: Some(everything()),..app() }, Stage::NoGrant),
        ("session, boundary and identity policy: the intersection", BOUNDARIES, Case { identity: vec![read()], boundary: Some(everything()), session: Some(vec![read()]),..app() }, Stage::Granted),
    ]
}

#[rustfmt::skip] // A row of the reference a line.
fn grants_of_resources() -> Vec<Row> {
    let there = |statements: Vec<Statement>| Some(statements);
    let to_ann = || there(vec![to("AWS", USER, read())]);
    let to_role = || there(vec![to("AWS", ROLE, read())]);
    let to_session = || there(vec![to("AWS", SESSION, read())]);
    let to_account = || there(vec![to("AWS", "arn:aws:iam::111122223333:root", read())]);
    vec![
        ("the resource's policy alone grants within the account", BASICS, Case { there: to_ann(),..ann() }, Stage::Granted),
        ("the identity policy alone grants within the account", BASICS, Case { identity: vec![read()], there: there(vec![to("AWS", "arn:aws:iam::111122223333:user/bob", read())]),..ann() }, Stage::Granted),
        ("the resource's policy denies", BASICS, Case { identity: everything(), there: there(vec![to("AWS", USER, deny("s3:*", "*"))]),..ann() }, Stage::ExplicitDeny),
        ("the resource's policy denies another", BASICS, Case { identity: everything(), there: there(vec![to("AWS", "arn:aws:iam::111122223333:user/bob", deny("s3:*", "*"))]),..ann() }, Stage::Granted),
        ("a deny in the identity policy overrides the resource's", BASICS, Case { identity: vec![deny("s3:*", "*")], there: to_ann(),..ann() }, Stage::ExplicitDeny),
        ("a grant to the user does without the boundary", ORDER, Case { boundary: Some(unrelated()), there: to_ann(),..ann() }, Stage::Granted),
        ("a deny in the boundary still denies", ORDER, Case { boundary: Some(vec![deny("s3:*", "*")]), there: to_ann(),..ann() }, Stage::ExplicitDeny),
        ("a grant to the role needs no identity policy", ORDER, Case { there: to_role(),..app() }, Stage::Granted),
        ("a grant to the role is limited by the boundary", ORDER, Case { boundary: Some(unrelated()), there: to_role(),..app() }, Stage::Boundary),
        ("a grant to the role is limited by the session policy", ORDER, Case { session: Some(unrelated()), there: to_role(),..app() }, Stage::Session),
        ("a grant to the session does without boundary and session policy", ORDER, Case { boundary: Some(unrelated()), session: Some(unrelated()), there: to_session(),..app() }, Stage::Granted),
        ("a grant to the session does not do without service control policies", ORDER, Case { service_control: vec![unrelated()], there: to_session(),..app() }, Stage::ServiceControl),
        ("naming the account leaves it to the identity policies", "reference_policies_elements_principal.html", Case { there: to_account(),..ann() }, Stage::NoGrant),
        ("a trust policy that names the account, and an identity policy", "id_roles_use_permissions-to-switch.html", Case { identity: vec![read()], there: to_account(), must_grant: true,..ann() }, Stage::Granted),
        ("an identity policy, and a trust policy that names nobody of the account", "id_roles_update-role-trust-policy.html", Case { identity: everything(), there: there(vec![to("AWS", OTHER, read())]), must_grant: true,..ann() }, Stage::NoGrant),
        ("a trust policy that names the user needs no identity policy", "id_roles_terms-and-concepts.html", Case { there: to_ann(), must_grant: true,..ann() }, Stage::Granted),
        ("everyone", "reference_policies_elements_principal.html", Case { there: there(vec![to("*", "*", read())]),..ann() }, Stage::Granted),
        ("everyone, spelled for AWS accounts", "reference_policies_elements_principal.html", Case { there: there(vec![to("AWS", "*", read())]),..ann() }, Stage::Granted),
        ("a service is not a user", "reference_policies_elements_principal.html", Case { there: there(vec![to("Service", "ec2.amazonaws.com", read())]),..ann() }, Stage::NoGrant),
        ("all but the user are denied", "reference_policies_elements_notprincipal.html", Case { identity: everything(), there: there(vec![to_all_but(USER, deny("s3:*", "*"))]),..ann() }, Stage::Granted),
        ("all but another are denied", "reference_policies_elements_notprincipal.html", Case { identity: everything(), there: there(vec![to_all_but("arn:aws:iam::111122223333:user/bob", deny("s3:*", "*"))]),..ann() }, Stage::ExplicitDeny),
    ]
}

#[rustfmt::skip] // A row of the reference a line.
fn across_accounts() -> Vec<Row> {
    let away = || Case {
        resource_account: OTHER,
        ..ann()
    };
    vec![
        ("both accounts allow", CROSS, Case { identity: vec![read()], there: Some(vec![to("AWS", OWN, read())]),..away() }, Stage::Granted),
        ("both allow, the user named", CROSS, Case { identity: vec![read()], there: Some(vec![to("AWS", USER, read())]),..away() }, Stage::Granted),
        ("the identity policy alone is not enough", CROSS, Case { identity: everything(),..away() }, Stage::NoGrant),
        ("the resource's policy alone is not enough", CROSS, Case { there: Some(vec![to("AWS", USER, read())]),..away() }, Stage::NoGrant),
        ("the boundary counts too", CROSS, Case { identity: everything(), boundary: Some(unrelated()), there: Some(vec![to("AWS", USER, read())]),..away() }, Stage::Boundary),
        ("the deny of either denies", CROSS, Case { identity: everything(), there: Some(vec![to("AWS", USER, read()), to("*", "*", deny("s3:*", "*"))]),..away() }, Stage::ExplicitDeny),
    ]
}

#[rustfmt::skip] // A row of the reference a line.
fn elements() -> Vec<Row> {
    let holds = |statement: Statement| Case {
        identity: vec![statement],
        ..ann()
    };
    let with = |key: &str, value: &str, statement: Statement| Case {
        context: Context::complete().with(key, value),
        ..holds(statement)
    };
    vec![
        ("NotAction allows what it does not name", "reference_policies_elements_notaction.html", holds(allow("!iam:*", "*")), Stage::Granted),
        ("NotAction does not allow what it names", "reference_policies_elements_notaction.html", holds(allow("!s3:*", "*")), Stage::NoGrant),
        ("NotAction with Deny denies all else", "reference_policies_elements_notaction.html", Case { identity: vec![read(), deny("!iam:*", "*")],..ann() }, Stage::ExplicitDeny),
        ("NotResource", "reference_policies_elements_notresource.html", holds(allow("s3:*", "!arn:aws:s3:::hr/*")), Stage::Granted),
        ("NotResource of the resource", "reference_policies_elements_notresource.html", holds(allow("s3:*", "!arn:aws:s3:::acme/*")), Stage::NoGrant),
        ("actions are not case-sensitive", "reference_policies_elements_action.html", holds(allow("S3:getobject", "*")), Stage::Granted),
        ("resources are", "reference_policies_elements_resource.html", holds(allow("s3:*", "arn:aws:s3:::Acme/*")), Stage::NoGrant),
        ("all conditions must hold", "reference_policies_condition-logic-multiple-context-keys-or-values.html", with("aws:SourceVpce", "vpce-1", when("StringEquals", "aws:SourceVpce", "vpce-2", read())), Stage::NoGrant),
        ("a condition holds", "reference_policies_elements_condition.html", with("aws:SourceVpce", "vpce-1", when("StringEquals", "aws:SourceVpce", "vpce-1", read())), Stage::Granted),
        ("MFA that the request does not mention is not there", "reference_policies_condition-keys.html", holds(when("Bool", "aws:MultiFactorAuthPresent", "true", read())), Stage::NoGrant),
        ("IfExists lets a request in that does not mention it", "reference_policies_elements_condition_operators.html", holds(when("BoolIfExists", "aws:MultiFactorAuthPresent", "true", read())), Stage::Granted),
        ("ForAllValues lets a request in that has no values", "reference_policies_condition-single-vs-multi-valued-context-keys.html", holds(when("ForAllValues:StringEquals", "aws:TagKeys", "team", read())), Stage::Granted),
        ("a variable is filled in", "reference_policies_variables.html", with("aws:username", "a", allow("s3:*", "arn:aws:s3:::acme/${aws:username}")), Stage::Granted),
        ("a variable without a value matches nothing", "reference_policies_variables.html", holds(allow("s3:*", "arn:aws:s3:::acme/${aws:username}")), Stage::NoGrant),
    ]
}

#[test]
fn a_condition_that_nobody_can_decide_is_neither_allowed_nor_denied() {
    let untold = Context::complete().but("aws:MultiFactorAuthPresent", Told::Untold);
    let mfa = |statement| when("Bool", "aws:MultiFactorAuthPresent", "true", statement);
    let allowed = Case {
        identity: vec![mfa(read())],
        context: untold.clone(),
        ..ann()
    };
    assert!(matches!(allowed.decide().allowed, Truth::Maybe(_)));
    let denied = Case {
        identity: vec![read(), mfa(deny("s3:*", "*"))],
        context: untold,
        ..ann()
    };
    assert_eq!(
        denied.decide().allowed,
        Truth::maybe("not (aws:multifactorauthpresent Bool true)")
    );
}
