use super::*;

#[test]
fn every_form_compiles() {
    assert!(COMPILED.iter().all(|form| form.pattern.is_some()));
    assert!(ADDRESS.is_some() && ASSIGNMENT.is_some());
}

/// Put together here, so that no scanner of sources takes this file for a leak.
fn made(parts: &[&str]) -> String {
    parts.concat()
}

#[test]
fn each_kind_of_secret_is_told_by_its_form() {
    let forty = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    for (name, value, what) in [
        (
            "X",
            made(&["AKIA", "IOSFODNN7EXAMPLE"]),
            "an AWS access key",
        ),
        ("AWS_SECRET_ACCESS_KEY", forty.to_owned(), AWS_SECRET),
        ("awsSecretAccessKey", forty.to_owned(), AWS_SECRET),
        (
            "PEM",
            made(&["-----BEGIN RSA PRIV", "ATE KEY-----\nMIIE"]),
            "a private key",
        ),
        (
            "PEM",
            made(&["-----BEGIN PRIV", "ATE KEY-----\\nMIIE"]),
            "a private key",
        ),
        (
            "X",
            made(&[
                "ey",
                "JhbGciOiJIUzI1NiJ9.ey",
                "JzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27u",
            ]),
            "a JSON web token",
        ),
        (
            "X",
            made(&["ghp", "_0123456789abcdefghijABCDEFGHIJ012345"]),
            "a GitHub token",
        ),
        (
            "X",
            made(&["xoxb", "-123456789012-abcdefABCDEF"]),
            "a Slack token",
        ),
        (
            "X",
            made(&["https://hooks.slack.com/serv", "ices/T000/B000/abcdef"]),
            "a Slack webhook",
        ),
        ("X", made(&["sk_", "live_0123456789abcdef"]), "a Stripe key"),
        (
            "X",
            made(&["sk-", "ant-0123456789abcdef0123456789abcdef"]),
            "an API key of a language model",
        ),
        (
            "DATABASE_URL",
            "postgres://app:hunter22@db/orders".to_owned(),
            PASSWORD_IN_ADDRESS,
        ),
        (
            "REDIS",
            "redis://:hunter22@cache:6379/0".to_owned(),
            PASSWORD_IN_ADDRESS,
        ),
        (
            "CONNECTION",
            "Server=db;User=app;Password=hunter22;".to_owned(),
            PASSWORD,
        ),
        ("DB_PASSWORD", "hunter22".to_owned(), PASSWORD),
        ("dbPassword", "hunter22".to_owned(), PASSWORD),
        (
            "API_TOKEN",
            "9f86d081884c7d659a2feaa0c55ad015".to_owned(),
            SECRET,
        ),
        (
            "DATADOG_API_KEY",
            "550e8400-e29b-41d4-a716-446655440000".to_owned(),
            SECRET,
        ),
        (
            "",
            "#!/bin/sh\nexport DB_PASSWORD='hunter22'\n".to_owned(),
            PASSWORD,
        ),
        (
            "",
            "mysql --user app --password hunter22".to_owned(),
            PASSWORD,
        ),
        (
            "",
            "{\"token\": \"9f86d081884c7d659a2feaa0c55ad015\"}".to_owned(),
            SECRET,
        ),
    ] {
        assert_eq!(of_named(name, &value), Some(what), "{name} {value}");
    }
}

#[test]
fn what_only_refers_to_a_secret_is_none() {
    for (name, value) in [
        (
            "DB_PASSWORD",
            "arn:aws:secretsmanager:us-east-1:1:secret:db-1a2b3c",
        ),
        (
            "DB_PASSWORD",
            "{{resolve:secretsmanager:db:SecretString:password}}",
        ),
        ("DB_PASSWORD", "/production/db/password"),
        ("DB_PASSWORD_ARN", "db-production-1a2b3c4d5e6f7a8b"),
        ("SECRET_NAME", "production-database-2024a1b2c3d4e5f6"),
        ("KMS_KEY_ID", "550e8400-e29b-41d4-a716-446655440000"),
        ("PUBLIC_KEY", "9f86d081884c7d659a2feaa0c55ad015"),
        (
            "",
            "export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db)",
        ),
        ("", "postgres://app:${DB_PASSWORD}@db/orders"),
        ("DB_PASSWORD", "****"),
        ("DB_PASSWORD", "*******************"),
    ] {
        assert_eq!(of_named(name, value), None, "{name} {value}");
    }
}

#[test]
fn a_setting_is_none() {
    for (name, value) in [
        ("LOG_LEVEL", "debug"),
        ("TABLE_NAME", "orders-2024"),
        ("TOKEN_TTL_SECONDS", "3600"),
        ("TOKEN_ISSUER", "https://login.acme.example/2024/v2"),
        ("AUTH_REQUIRED", "true"),
        ("PASSWORD_MIN_LENGTH", "14-characters"),
        ("AUTH_SERVICE", "acme-auth-service-production-2"),
        ("PARTITION_KEY", "customerId"),
        ("S3_KEY", "exports/2024/abcdef0123456789.zip"),
        ("COMMIT", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"),
        ("", "#!/bin/sh\nyum update -y\nsystemctl start nginx\n"),
        ("", "# reset the password if you forget it\necho done"),
        ("API_URL", "https://api.acme.example:8443/v1"),
        ("", ""),
    ] {
        assert_eq!(of_named(name, value), None, "{name} {value}");
    }
}

#[test]
fn the_words_of_a_name_are_found_in_every_spelling() {
    for name in ["dbPassword", "DB_PASSWORD", "db-password", "Db.Password"] {
        assert_eq!(words(name), ["db", "password"], "{name}");
    }
}
