use super::*;

fn condition(operator: &str, key: &str, values: &[&str]) -> Condition {
    Condition {
        operator: operator.to_owned(),
        key: key.to_ascii_lowercase(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn given(key: &str, values: &[&str]) -> Context {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Context::complete().but(key, Told::Values(values))
}

fn decided(operator: &str, values: &[&str], told: &[&str]) -> Truth {
    holds(
        &condition(operator, "k", values),
        Effect::Allow,
        &given("k", told),
    )
}

#[test]
fn operators_compare_as_documented() {
    for (operator, values, told, expected) in [
        ("StringEquals", &["a", "b"][..], &["b"][..], true),
        ("StringEquals", &["a*"], &["ab"], false),
        ("StringEquals", &["a"], &["A"], false),
        ("StringEqualsIgnoreCase", &["a"], &["A"], true),
        ("StringNotEquals", &["a", "b"], &["b"], false),
        ("StringNotEquals", &["a", "b"], &["c"], true),
        ("StringLike", &["a*"], &["ab"], true),
        ("StringNotLike", &["a*"], &["ab"], false),
        ("NumericLessThan", &["10"], &["9"], true),
        ("NumericLessThan", &["10"], &["10"], false),
        ("NumericGreaterThanEquals", &["10"], &["10"], true),
        (
            "DateLessThan",
            &["2026-01-01T00:00:00Z"],
            &["2025-12-31T23:59:59Z"],
            true,
        ),
        (
            "DateGreaterThan",
            &["2026-01-01T00:00:00Z"],
            &["1767225600"],
            false,
        ),
        ("Bool", &["true"], &["True"], true),
        ("Bool", &["true"], &["false"], false),
        ("IpAddress", &["203.0.113.0/24"], &["203.0.113.9"], true),
        ("NotIpAddress", &["203.0.113.0/24"], &["203.0.113.9"], false),
        ("IpAddress", &["2001:db8::/32"], &["2001:db8::1"], true),
        (
            "ArnLike",
            &["arn:aws:sns:*:111122223333:a*"],
            &["arn:aws:sns:eu-west-1:111122223333:ab"],
            true,
        ),
        // A star stays within its part of an ARN, as it does not in a resource.
        (
            "ArnLike",
            &["arn:aws:sns:*:ab"],
            &["arn:aws:sns:eu-west-1:111122223333:ab"],
            false,
        ),
        (
            "ArnEquals",
            &["arn:aws:iam::*:role/a"],
            &["arn:aws:iam::111122223333:role/a"],
            true,
        ),
        ("ForAllValues:StringEquals", &["a", "b"], &["a", "b"], true),
        ("ForAllValues:StringEquals", &["a", "b"], &["a", "c"], false),
        ("ForAnyValue:StringEquals", &["a"], &["a", "c"], true),
        ("ForAnyValue:StringEquals", &["a"], &["c"], false),
        ("ForAnyValue:StringNotEquals", &["a"], &["a", "c"], true),
        ("Null", &["false"], &["a"], true),
        ("Null", &["true"], &["a"], false),
    ] {
        let found = decided(operator, values, told);
        assert_eq!(
            found,
            Truth::from(expected),
            "{operator} {values:?} on {told:?}"
        );
    }
}

#[test]
fn a_key_that_is_not_there() {
    for (operator, values, expected) in [
        ("StringEquals", &["a"][..], false),
        ("StringLike", &["*"], false),
        ("StringNotEquals", &["a"], true),
        ("StringEqualsIfExists", &["a"], true),
        ("BoolIfExists", &["true"], true),
        ("ForAllValues:StringEquals", &["a"], true),
        ("ForAnyValue:StringEquals", &["a"], false),
        ("ForAnyValue:StringNotEquals", &["a"], false),
        ("Null", &["true"], true),
        ("Null", &["false"], false),
    ] {
        let found = holds(
            &condition(operator, "k", values),
            Effect::Allow,
            &Context::complete(),
        );
        assert_eq!(found, Truth::from(expected), "{operator}");
    }
}

#[test]
fn what_nobody_can_tell_is_neither_yes_nor_no() {
    for operator in [
        "Bool",
        "BoolIfExists",
        "StringEquals",
        "ForAllValues:StringLike",
        "Null",
        "Nonsense",
        "For:Bool",
    ] {
        let asked = condition(operator, "aws:MultiFactorAuthPresent", &["true"]);
        let found = holds(&asked, Effect::Allow, &Context::partial());
        assert_eq!(found, Truth::maybe(in_words(&asked)), "{operator}");
    }
    let nonsense = condition("Nonsense", "k", &["a"]);
    assert!(matches!(
        holds(&nonsense, Effect::Deny, &given("k", &["a"])),
        Truth::Maybe(_)
    ));
    assert!(matches!(
        decided("NumericEquals", &["ten"], &["10"]),
        Truth::Maybe(_)
    ));
}

#[test]
fn every_address_is_no_condition() {
    let anywhere = condition("IpAddress", "aws:SourceIp", &["10.0.0.0/8", "0.0.0.0/0"]);
    assert_eq!(
        holds(&anywhere, Effect::Allow, &Context::partial()),
        Truth::Yes
    );
}

#[test]
fn who_chooses_a_value_fits_what_is_allowed_and_escapes_what_is_denied() {
    let asked = condition("StringEquals", "aws:RequestedRegion", &["eu-west-1"]);
    let context = Context::partial().but("aws:RequestedRegion", Told::Chosen);
    assert_eq!(holds(&asked, Effect::Allow, &context), Truth::Yes);
    assert_eq!(holds(&asked, Effect::Deny, &context), Truth::No);
}

#[test]
fn values_may_hold_variables() {
    let own = condition(
        "StringEquals",
        "aws:ResourceTag/owner",
        &["${aws:username}"],
    );
    let context = given("aws:resourcetag/owner", &["ann"]).with("aws:username", "ann");
    assert_eq!(holds(&own, Effect::Allow, &context), Truth::Yes);
    let untold = given("aws:resourcetag/owner", &["ann"]).but("aws:username", Told::Untold);
    assert!(matches!(
        holds(&own, Effect::Allow, &untold),
        Truth::Maybe(_)
    ));
    assert_eq!(
        holds(
            &own,
            Effect::Allow,
            &given("aws:resourcetag/owner", &["ann"])
        ),
        Truth::No
    );
}

#[test]
fn a_family_of_keys_is_known_as_a_whole() {
    let context = Context::partial().but("aws:PrincipalTag/", Told::Absent);
    assert_eq!(context.told("aws:principaltag/team"), &Told::Absent);
    assert_eq!(context.told("aws:resourcetag/team"), &Told::Untold);
}
