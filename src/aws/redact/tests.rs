use super::*;

/// What is kept of a body, and what was taken. Where there was nothing to take, it is kept as it came.
fn kept(service: &str, operation: &str, body: &str) -> (String, Vec<String>) {
    let redacted = redact((service, operation), 200, body.as_bytes());
    redacted.unwrap_or_else(|| (body.to_owned(), Vec::new()))
}

#[test]
fn an_object_loses_what_it_holds_and_the_rest_stays_to_the_byte() {
    let body = r#"{"item":[{"stageName":"a","variables":{"key":"s}cr\"et","url":"x"},"tags":{"b":"c"},"at":1.50E9}]}"#;
    let (kept, taken) = kept("apigateway", "GetStages", body);
    assert_eq!(
        kept,
        r#"{"item":[{"stageName":"a","variables":{},"tags":{"b":"c"},"at":1.50E9}]}"#
    );
    assert_eq!(taken, ["variables"]);
}

#[test]
fn a_contact_is_taken_out_with_all_that_it_holds() {
    let body = r#"{"AdminContact":{"City":"Oslo","ExtraParams":[{"Name":"BIRTH","Value":"1}"}]},"AdminPrivacy":true}"#;
    let (kept, taken) = kept("route53domains", "GetDomainDetail", body);
    assert_eq!(kept, r#"{"AdminContact":{},"AdminPrivacy":true}"#);
    assert_eq!(taken, ["AdminContact"]);
}

#[test]
fn of_a_person_the_address_for_mail_stays_and_no_other() {
    let body = r#"{"Users":[{"Emails":[{"Value":"a@b.c"}],"PhoneNumbers":[{"Value":"+1"}],"Addresses":[{"Locality":"Oslo"}]}]}"#;
    let (kept, taken) = kept("identitystore", "ListUsers", body);
    assert_eq!(
        kept,
        r#"{"Users":[{"Emails":[{"Value":"a@b.c"}],"PhoneNumbers":[{"Value":"[redacted]"}],"Addresses":[{"Locality":"[redacted]"}]}]}"#
    );
    assert_eq!(taken, ["PhoneNumbers/Value", "Addresses/Locality"]);
}

#[test]
fn a_header_for_the_origin_keeps_its_name() {
    let body = "<R><H><HeaderName>x-from</HeaderName><HeaderValue>secret</HeaderValue></H><H><HeaderValue></HeaderValue></H></R>";
    let (kept, taken) = kept("cloudfront", "ListDistributions", body);
    assert_eq!(
        kept,
        "<R><H><HeaderName>x-from</HeaderName><HeaderValue>[redacted]</HeaderValue></H><H><HeaderValue></HeaderValue></H></R>"
    );
    assert_eq!(taken, ["HeaderValue"]);
}

#[test]
fn a_vpn_loses_its_keys_and_the_configuration_that_holds_them() {
    let body = "<item><customerGatewayConfiguration>&lt;key&gt;s3cret&lt;/key&gt;</customerGatewayConfiguration><preSharedKey>s3cret</preSharedKey><type>ipsec.1</type></item>";
    let (kept, taken) = kept("ec2", "DescribeVpnConnections", body);
    assert!(
        !kept.contains("s3cret") && kept.contains("ipsec.1"),
        "{kept}"
    );
    assert_eq!(taken, ["customerGatewayConfiguration", "preSharedKey"]);
}

#[test]
fn a_webhook_keeps_its_host_and_loses_its_token() {
    for (address, host) in [
        (
            "https://hooks.example.com/T0/a&amp;b",
            "https://hooks.example.com/[redacted]",
        ),
        (
            "https://hooks.example.com?token=x",
            "https://hooks.example.com/[redacted]",
        ),
        ("https://hooks.example.com", "https://hooks.example.com"),
        ("ops@example.com", "ops@example.com"),
    ] {
        let of = |address| {
            format!("<member><Endpoint>{address}</Endpoint><Protocol>p</Protocol></member>")
        };
        let (kept, _) = kept("sns", "ListSubscriptions", &of(address));
        assert_eq!(kept, of(host));
    }
}

#[test]
fn variables_keep_their_names_and_say_what_they_looked_like() {
    let body = r#"{"Functions":[{"FunctionName":"f","Environment":{"Variables":{"LEVEL":"info","NONE":"","DB_PASSWORD":"hunter22"}}}]}"#;
    let (kept, taken) = kept("lambda", "ListFunctions", body);
    assert_eq!(
        kept,
        r#"{"Functions":[{"FunctionName":"f","Environment":{"Variables":{"LEVEL":"[redacted]","NONE":"","DB_PASSWORD":"[redacted: looks like a password]"}}}]}"#
    );
    assert_eq!(taken, ["Environment/Variables"]);
}

#[test]
fn pairs_of_name_and_value_too() {
    let body = r#"{"projects":[{"source":{"buildspec":"ci/build.yml"},"environment":{"environmentVariables":[
        {"name":"DB_PASSWORD","value":"hunter22","type":"PLAINTEXT"},{"name":"P","value":"/prod/p","type":"PARAMETER_STORE"}]}},
        {"source":{"buildspec":"version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: hunter22"}}]}"#;
    let (kept, taken) = kept("codebuild", "BatchGetProjects", body);
    assert_eq!(
        kept,
        r#"{"projects":[{"source":{"buildspec":"ci/build.yml"},"environment":{"environmentVariables":[{"name":"DB_PASSWORD","value":"[redacted: looks like a password]","type":"PLAINTEXT"},{"name":"P","value":"[redacted]","type":"PARAMETER_STORE"}]}},{"source":{"buildspec":"[redacted: looks like a password]"}}]}"#
    );
    assert_eq!(taken, ["environmentVariables", "buildspec"]);
}

#[test]
fn a_container_keeps_the_settings_of_its_log_and_none_of_its_words() {
    let body = r#"{"taskDefinition":{"containerDefinitions":[{"name":"web","command":["run","--password","hunter22"],"entryPoint":[],"logConfiguration":{"options":{"awslogs-group":"/web","splunk-token":"9f86d081884c7d659a2feaa0c55ad015"}},"environment":[]}]}}"#;
    let (kept, taken) = kept("ecs", "DescribeTaskDefinition", body);
    assert_eq!(
        kept,
        r#"{"taskDefinition":{"containerDefinitions":[{"name":"web","command":["[redacted]","[redacted]","[redacted: looks like a password]"],"entryPoint":[],"logConfiguration":{"options":{"awslogs-group":"/web","splunk-token":"[redacted: looks like a secret]"}},"environment":[]}]}}"#
    );
    assert_eq!(taken, ["command", "options"]);
}

#[test]
fn parameters_of_a_stack_go_by_the_name_beside_them_wherever_it_stands() {
    let body = "<R><member><ParameterKey>DbPassword</ParameterKey><ParameterValue>hunter22</ParameterValue></member>\
        <member><ParameterValue>hunter22</ParameterValue><ParameterKey>DbPassword</ParameterKey></member>\
        <member><ParameterKey>Size</ParameterKey><ParameterValue>t3.large</ParameterValue></member>\
        <member><ParameterKey>DbPassword</ParameterKey><ParameterValue>****</ParameterValue></member></R>";
    let (kept, taken) = kept("cloudformation", "DescribeStacks", body);
    assert_eq!(
        kept,
        "<R><member><ParameterKey>DbPassword</ParameterKey><ParameterValue>[redacted: looks like a password]</ParameterValue></member>\
        <member><ParameterValue>[redacted: looks like a password]</ParameterValue><ParameterKey>DbPassword</ParameterKey></member>\
        <member><ParameterKey>Size</ParameterKey><ParameterValue>[redacted]</ParameterValue></member>\
        <member><ParameterKey>DbPassword</ParameterKey><ParameterValue>[redacted]</ParameterValue></member></R>"
    );
    assert_eq!(taken, ["ParameterValue"]);
}

#[test]
fn user_data_is_looked_into_and_what_is_packed_is_not_called_harmless() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let of = |data: &[u8]| {
        let body = format!(
            "<R><userData><value>{}</value></userData></R>",
            STANDARD.encode(data)
        );
        let (kept, _) = kept("ec2", "DescribeInstanceAttribute", &body);
        kept.split_once("<value>")
            .unwrap()
            .1
            .split_once('<')
            .unwrap()
            .0
            .to_owned()
    };
    assert_eq!(
        of(b"#!/bin/sh\nPASSWORD=hunter22\n"),
        "[redacted: looks like a password]"
    );
    assert_eq!(of(b"#!/bin/sh\nyum update\n"), "[redacted]");
    assert_eq!(of(&[0x1f, 0x8b, 0x08, 0xff]), "[redacted: packed]");
}

#[test]
fn an_answer_that_cannot_be_taken_apart_is_not_kept() {
    let whole = r#"{"Functions":[{"Environment":{"Variables":{"DB_PASSWORD":"hunter22"}}}]}"#;
    for end in 0..whole.len() {
        let (kept, _) = kept("lambda", "ListFunctions", &whole[..end]);
        assert_eq!(kept, UNREADABLE, "{end}");
    }
    let mut broken = whole.as_bytes().to_vec();
    broken[3] = 0xff;
    let (kept, _) = redact(("lambda", "ListFunctions"), 200, &broken).unwrap();
    assert_eq!(kept, UNREADABLE);
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let (kept, _) = redact(("lambda", "ListFunctions"), 200, deep.as_bytes()).unwrap();
    assert_eq!(kept, UNREADABLE);
}

#[test]
fn errors_and_other_answers_stay_as_they_are() {
    assert_eq!(redact(("sns", "ListTopics"), 200, b"<R/>"), None);
    assert_eq!(redact(("lambda", "ListFunctions"), 503, b"<html>"), None);
}

#[test]
fn a_marker_says_what_the_value_looked_like_and_a_value_that_was_not_redacted_says_nothing() {
    assert_eq!(looked_like("").unwrap(), None);
    assert_eq!(looked_like("[redacted]").unwrap(), None);
    assert_eq!(
        looked_like("[redacted: looks like a password]")
            .unwrap()
            .as_deref(),
        Some("a password")
    );
    assert!(looked_like("[redacted: packed]").is_err());
    assert!(looked_like("hunter22").is_err());
}

#[test]
fn an_address_loses_who_signs_in_and_keeps_the_rest() {
    for (address, kept) in [
        (
            "https://x-token:s3cret@bitbucket.org/acme/shop.git",
            "https://[redacted]@bitbucket.org/acme/shop.git",
        ),
        ("https://token@host", "https://[redacted]@host"),
        (
            "https://github.com/acme/shop@2.git",
            "https://github.com/acme/shop@2.git",
        ),
        ("acme-sources/shop.zip", "acme-sources/shop.zip"),
    ] {
        let body = format!(r#"{{"projects":[{{"source":{{"location":"{address}"}}}}]}}"#);
        let (told, _) = super::tests::kept("codebuild", "BatchGetProjects", &body);
        assert_eq!(
            told,
            format!(r#"{{"projects":[{{"source":{{"location":"{kept}"}}}}]}}"#)
        );
    }
}

#[test]
fn a_setting_that_is_known_stays_beside_one_that_is_not() {
    let body = "<r><o><OptionName>StreamLogs</OptionName><Value>true</Value></o>\
                <o><OptionName>DB_PASSWORD</OptionName><Value>hunter2-and-more</Value></o></r>";
    let call = ("elasticbeanstalk", "DescribeConfigurationSettings");
    let (kept, taken) = redact(call, 200, body.as_bytes()).unwrap();
    assert!(kept.contains("<Value>true</Value>"), "{kept}");
    assert!(
        !kept.contains("hunter2") && kept.contains("DB_PASSWORD"),
        "{kept}"
    );
    assert_eq!(taken, ["Value"]);
}
