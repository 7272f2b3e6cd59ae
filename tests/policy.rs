//! How IAM decides, held against AWS's published evaluation logic row by row, and its laws over random policies.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

use proptest::prelude::*;
use tieout::policy::condition::{Context, Told};
use tieout::policy::evaluate::{Decision, Layer, Policies, Request, Stage, Who, applies, decide};
use tieout::policy::statement::{Condition, Effect, Principal, Selection, Statement};
use tieout::policy::{Truth, matches_resource};

const GUIDE: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const OWN: &str = "111122223333";
const OTHER: &str = "444455556666";
const USER: &str = "arn:aws:iam::111122223333:user/ann";
const ROLE: &str = "arn:aws:iam::111122223333:role/app";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/run";

/// A statement in a line: effect, actions, resources. `!` before the first stands for the `Not…` twin.
fn statement(effect: Effect, actions: &str, resources: &str) -> Statement {
    let selection = |text: &str| {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect();
        match text.strip_prefix('!') {
            Some(but) => Selection::AllBut(list(but)),
            None => Selection::Of(list(text)),
        }
    };
    Statement {
        effect,
        actions: selection(actions),
        resources: Some(selection(resources)),
        principals: None,
        conditions: Vec::new(),
    }
}

fn allow(actions: &str, resources: &str) -> Statement {
    statement(Effect::Allow, actions, resources)
}

fn deny(actions: &str, resources: &str) -> Statement {
    statement(Effect::Deny, actions, resources)
}

/// The same in the policy of a resource.
fn to(sort: &str, value: &str, statement: Statement) -> Statement {
    let principal = Principal {
        sort: sort.to_owned(),
        value: value.to_owned(),
    };
    Statement {
        principals: Some(Selection::Of(vec![principal])),
        ..statement
    }
}

fn to_all_but(value: &str, statement: Statement) -> Statement {
    let principal = Principal {
        sort: "AWS".to_owned(),
        value: value.to_owned(),
    };
    Statement {
        principals: Some(Selection::AllBut(vec![principal])),
        ..statement
    }
}

fn when(operator: &str, key: &str, value: &str, statement: Statement) -> Statement {
    let condition = Condition {
        operator: operator.to_owned(),
        key: key.to_lowercase(),
        values: vec![value.to_owned()],
    };
    Statement {
        conditions: vec![condition],
        ..statement
    }
}

/// A request and the policies that have a say: what a row of the reference is made of.
#[derive(Debug, Clone)]
struct Case {
    role: bool,
    resource_account: &'static str,
    action: &'static str,
    resource: &'static str,
    context: Context,
    identity: Vec<Statement>,
    boundary: Option<Vec<Statement>>,
    session: Option<Vec<Statement>>,
    service_control: Vec<Vec<Statement>>,
    resource_control: Vec<Vec<Statement>>,
    there: Option<Vec<Statement>>,
    must_grant: bool,
}

/// Ann reads an object of her account's.
fn ann() -> Case {
    Case {
        role: false,
        resource_account: OWN,
        action: "s3:GetObject",
        resource: "arn:aws:s3:::acme/a",
        context: Context::complete(),
        identity: Vec::new(),
        boundary: None,
        session: None,
        service_control: Vec::new(),
        resource_control: Vec::new(),
        there: None,
        must_grant: false,
    }
}

/// The role does, in a session.
fn app() -> Case {
    Case {
        role: true,
        ..ann()
    }
}

impl Case {
    fn decide(&self) -> Decision {
        fn of(statements: &[Statement]) -> Layer<'_> {
            statements.iter().collect()
        }
        let policies = Policies {
            identity: of(&self.identity),
            boundary: self.boundary.as_deref().map(of),
            session: self.session.as_deref().map(of),
            service_control: self.service_control.iter().map(|level| of(level)).collect(),
            resource_control: self
                .resource_control
                .iter()
                .map(|level| of(level))
                .collect(),
            resource: self.there.as_deref().map(of),
            resource_must_grant: self.must_grant,
        };
        decide(&policies, &self.request())
    }

    fn request(&self) -> Request<'_> {
        Request {
            who: Who {
                arn: if self.role { ROLE } else { USER },
                account: OWN,
                session: self.role.then_some(SESSION),
            },
            action: self.action,
            resource: self.resource,
            resource_account: self.resource_account,
            context: &self.context,
        }
    }
}

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

/// Rank by what is allowed: a rule that only takes away never raises it.
fn rank(decision: &Decision) -> u8 {
    match decision.allowed {
        Truth::No => 0,
        Truth::Maybe(_) => 1,
        Truth::Yes => 2,
    }
}

/// Texts from few letters, so that they meet often.
fn pattern() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop::sample::select(vec!["a", "b", ":", "/", "*", "?"]),
        0..7,
    )
    .prop_map(|parts| parts.concat())
}

fn some_statement() -> impl Strategy<Value = Statement> {
    let actions = prop::sample::select(vec![
        "*", "s3:*", "s3:Get*", "s3:Put*", "!s3:*", "!iam:*", "sqs:*",
    ]);
    let resources = prop::sample::select(vec![
        "*",
        "arn:aws:s3:::acme/*",
        "!arn:aws:s3:::acme/*",
        "arn:aws:s3:::hr/*",
    ]);
    let operator = prop::sample::select(vec![
        "",
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIfExists",
        "ForAllValues:StringLike",
        "Null",
    ]);
    let key = prop::sample::select(vec!["known", "absent", "chosen", "untold"]);
    let principal = prop::sample::select(vec![USER, ROLE, SESSION, OWN, OTHER, "*"]);
    (
        any::<bool>(),
        actions,
        resources,
        operator,
        key,
        prop::sample::select(vec!["v", "w"]),
        principal,
    )
        .prop_map(
            |(allows, actions, resources, operator, key, value, principal)| {
                let effect = if allows { Effect::Allow } else { Effect::Deny };
                let plain = to("AWS", principal, statement(effect, actions, resources));
                let value = if operator == "Null" { "true" } else { value };
                if operator.is_empty() {
                    plain
                } else {
                    when(operator, key, value, plain)
                }
            },
        )
}

fn some_policy() -> impl Strategy<Value = Vec<Statement>> {
    proptest::collection::vec(some_statement(), 0..4)
}

fn some_case() -> impl Strategy<Value = Case> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    let bounds = (
        prop::option::of(some_policy()),
        prop::option::of(some_policy()),
        proptest::collection::vec(some_policy(), 0..3),
        proptest::collection::vec(some_policy(), 0..2),
    );
    (
        flags,
        some_policy(),
        bounds,
        prop::option::of(some_policy()),
    )
        .prop_map(
            |(
                (role, away, must_grant),
                identity,
                (boundary, session, service_control, resource_control),
                there,
            )| Case {
                role,
                resource_account: if away { OTHER } else { OWN },
                context: Context::complete()
                    .with("known", "v")
                    .but("chosen", Told::Chosen)
                    .but("untold", Told::Untold),
                identity,
                boundary,
                session,
                service_control,
                resource_control,
                there,
                must_grant,
                ..ann()
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_deny_more_never_allows_more(case in some_case(), more in some_statement(), place in 0..4_usize) {
        let before = rank(&case.decide());
        let more = Statement { effect: Effect::Deny, ..more };
        let mut after = case;
        match place {
            0 => after.identity.push(more),
            1 => after.boundary.iter_mut().for_each(|policy| policy.push(more.clone())),
            2 => after.service_control.iter_mut().for_each(|policy| policy.push(more.clone())),
            _ => after.there.iter_mut().for_each(|policy| policy.push(more.clone())),
        }
        prop_assert!(rank(&after.decide()) <= before);
    }

    #[test]
    fn an_allow_more_never_allows_less(case in some_case(), more in some_statement(), place in 0..4_usize) {
        let before = rank(&case.decide());
        let more = Statement { effect: Effect::Allow, ..more };
        let mut after = case;
        match place {
            0 => after.identity.push(more),
            1 => after.boundary.iter_mut().for_each(|policy| policy.push(more.clone())),
            2 => after.service_control.iter_mut().for_each(|policy| policy.push(more.clone())),
            _ => after.there.iter_mut().for_each(|policy| policy.push(more.clone())),
        }
        prop_assert!(rank(&after.decide()) >= before);
    }

    #[test]
    fn a_bound_more_never_allows_more(case in some_case(), bound in some_policy()) {
        let before = rank(&case.decide());
        let mut controlled = case.clone();
        controlled.service_control.push(bound.clone());
        prop_assert!(rank(&controlled.decide()) <= before);
        if case.boundary.is_none() {
            let bounded = Case { boundary: Some(bound.clone()), ..case.clone() };
            prop_assert!(rank(&bounded.decide()) <= before);
        }
        if case.session.is_none() {
            let in_session = Case { session: Some(bound), ..case };
            prop_assert!(rank(&in_session.decide()) <= before);
        }
    }

    #[test]
    fn nothing_is_allowed_that_nothing_grants(case in some_case()) {
        let grants = case.identity.iter().chain(case.there.iter().flatten()).any(|statement| statement.effect == Effect::Allow);
        if !grants {
            prop_assert_eq!(case.decide().allowed, Truth::No);
        }
    }

    #[test]
    fn what_is_undecided_is_decided_by_what_it_turns_out_to_be(case in some_case(), value in "[vw]") {
        let decided = Case {
            context: case.context.clone().with("untold", value),
            ..case.clone()
        };
        let (before, after) = (case.decide().allowed, decided.decide().allowed);
        match before {
            Truth::Maybe(_) => prop_assert!(!matches!(after, Truth::Maybe(_))),
            Truth::Yes | Truth::No => prop_assert_eq!(after, before),
        }
    }

    #[test]
    fn not_action_is_the_complement(actions in proptest::collection::vec(pattern(), 1..4), action in pattern()) {
        let of = Statement { actions: Selection::Of(actions.clone()), ..allow("*", "*") };
        let but = Statement { actions: Selection::AllBut(actions), ..allow("*", "*") };
        let case = ann();
        let request = Request { action: &action, ..case.request() };
        prop_assert_eq!(applies(&of, &request), applies(&but, &request).negate());
    }

    #[test]
    fn not_resource_is_the_complement(resources in proptest::collection::vec(pattern(), 1..4), resource in pattern()) {
        let of = Statement { resources: Some(Selection::Of(resources.clone())), ..allow("*", "*") };
        let but = Statement { resources: Some(Selection::AllBut(resources)), ..allow("*", "*") };
        let case = ann();
        let request = Request { resource: &resource, ..case.request() };
        prop_assert_eq!(applies(&of, &request), applies(&but, &request).negate());
    }

    #[test]
    fn wildcards_agree_with_a_naive_matcher(pattern in pattern(), text in pattern()) {
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        let whole = |letters: &[char]| letters.iter().collect::<String>();
        prop_assert_eq!(matches_resource(&whole(&pattern), &whole(&text)), naive(&pattern, &text));
    }
}

/// As the documentation words it, trying every length for each star.
fn naive(pattern: &[char], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|taken| naive(rest, text.get(taken..).unwrap())),
        Some(('?', rest)) => text
            .split_first()
            .is_some_and(|(_, text)| naive(rest, text)),
        Some((letter, rest)) => text
            .split_first()
            .is_some_and(|(first, text)| first == letter && naive(rest, text)),
    }
}
