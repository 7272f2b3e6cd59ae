//! What a value looks like, of the kinds of secrets that have a look of their own or a name that gives them away.
//!
//! It goes by forms, and forms mislead both ways: a secret without one passes, and a harmless value may wear one. Names
//! alone convict nobody; the value must be able to be a secret, too.

use std::sync::LazyLock;

use regex::Regex;

/// A secret with a form of its own.
struct Form {
    what: &'static str,
    pattern: Option<Regex>,
}

const PASSWORD_IN_ADDRESS: &str = "an address with a password";
const PASSWORD: &str = "a password";
const SECRET: &str = "a secret";
const AWS_SECRET: &str = "an AWS secret key";

/// Forms, the most telling first.
const FORMS: &[(&str, &str)] = &[
    (
        "a private key",
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----",
    ),
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
    ("an AWS access key", r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    (
        "a GitHub token",
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})",
    ),
    ("a GitLab token", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    (
        "a Slack webhook",
        r"https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/_-]{10,}",
    ),
    (
        "a Stripe key",
        r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/=]{16,}",
    ),
    ("a Google API key", r"\bAIza[A-Za-z0-9_-]{35}"),
    (
        "a SendGrid key",
        r"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
    ),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}"),
    (
        "an API key of a language model",
        r"\bsk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{32,}",
    ),
    (
        "a JSON web token",
        r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}",
    ),
];

static COMPILED: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let form = |(what, pattern): &(&'static str, &str)| Form {
        what,
        pattern: Regex::new(pattern).ok(),
    };
    FORMS.iter().map(form).collect()
});

/// `scheme://user:password@host`; the group is the password.
static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]*:([^\s/@]+)@").ok());

/// `NAME=value`, `"name": "value"`, `--name value`; the groups are the name and the value.
static ASSIGNMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"([A-Za-z][A-Za-z0-9_.-]*)["']?(?:\s*[=:]\s*|\s+)["']?([^\s"';,]+)"#).ok()
});

/// What a value under a name looks like; the name may be empty.
pub(super) fn of_named(name: &str, value: &str) -> Option<&'static str> {
    let form = COMPILED
        .iter()
        .find(|form| form.pattern.as_ref().is_some_and(|p| p.is_match(value)));
    form.map(|form| form.what)
        .or_else(|| has_password_in_address(value).then_some(PASSWORD_IN_ADDRESS))
        .or_else(|| by_name(name, value))
        .or_else(|| assigned(value))
}

fn has_password_in_address(text: &str) -> bool {
    let Some(pattern) = ADDRESS.as_ref() else {
        return false;
    };
    let mut passwords = pattern.captures_iter(text).filter_map(|found| found.get(1));
    passwords.any(|password| !refers(password.as_str()))
}

/// A value that is itself made of names and values: a script, a configuration, a connection string.
fn assigned(text: &str) -> Option<&'static str> {
    let pattern = ASSIGNMENT.as_ref()?;
    let mut at = 0;
    // One word may be the value of the word before it and the name of the word after it.
    while let Some(found) = pattern.captures_at(text, at) {
        let (name, value) = (found.get(1)?, found.get(2)?);
        if let Some(what) = by_name(name.as_str(), value.as_str()) {
            let apart = text.get(name.end()..value.start())?;
            let option = text.get(..name.start())?.ends_with("--");
            if apart.contains(['=', ':']) || option {
                return Some(what);
            }
        }
        at = name.end();
    }
    None
}

/// What a name says of its value, if the value can be that.
fn by_name(name: &str, value: &str) -> Option<&'static str> {
    let words = words(name);
    let value = value.trim();
    let ends_as_setting = words
        .last()
        .is_some_and(|last| SETTINGS.contains(&last.as_str()));
    if ends_as_setting || refers(value) || is_setting(value) {
        return None;
    }
    let says = |those: &[&str]| {
        let joined = words.concat();
        words.iter().any(|word| those.contains(&word.as_str()))
            || those
                .iter()
                .any(|one| one.len() > 6 && joined.contains(one))
    };
    if says(PASSWORDS) && value.chars().count() >= 6 && !value.contains(char::is_whitespace) {
        return Some(PASSWORD);
    }
    if says(&["secretaccesskey", "awssecretkey", "awssecret"]) && is_aws_secret(value) {
        return Some(AWS_SECRET);
    }
    let harmless = [
        "public",
        "kms",
        "partition",
        "sort",
        "hash",
        "object",
        "s3",
        "cache",
        "host",
    ];
    let secret = says(SECRETS) && !words.iter().any(|word| harmless.contains(&word.as_str()));
    (secret && is_random(value)).then_some(SECRET)
}

const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "pass",
    "passwort",
    "pw",
];
const SECRETS: &[&str] = &[
    "secret",
    "secrets",
    "token",
    "key",
    "apikey",
    "credential",
    "credentials",
    "accesskey",
    "privatekey",
    "secretkey",
    "signingkey",
    "encryptionkey",
    "authtoken",
    "accesstoken",
    "salt",
    "pepper",
    "dsn",
    "auth",
];

/// A name that ends so names where a secret is, or how it is handled.
const SETTINGS: &[&str] = &[
    "arn",
    "name",
    "names",
    "id",
    "ids",
    "path",
    "file",
    "dir",
    "url",
    "uri",
    "endpoint",
    "parameter",
    "param",
    "prefix",
    "ttl",
    "seconds",
    "minutes",
    "hours",
    "days",
    "length",
    "size",
    "expiry",
    "expiration",
    "expires",
    "version",
    "type",
    "algorithm",
    "region",
    "bucket",
    "table",
    "header",
    "policy",
    "enabled",
    "required",
    "field",
    "attribute",
    "alias",
    "issuer",
    "audience",
    "host",
    "hostname",
    "user",
    "username",
    "count",
    "limit",
    "min",
    "max",
    "format",
    "location",
];

/// The words of a name: `dbPassword`, `DB_PASSWORD` and `db-password` are all of `db` and `password`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for letter in name.chars() {
        let begins = !before.is_alphanumeric() || (before.is_lowercase() && letter.is_uppercase());
        if letter.is_alphanumeric() {
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    words
}

/// Whether a value says where the secret is, and is not itself one.
fn refers(value: &str) -> bool {
    const BEGINNINGS: &[&str] = &[
        "arn:",
        "{{",
        "${",
        "$(",
        "$",
        "%",
        "<",
        "[",
        "(",
        "`",
        "*",
        "/",
        "./",
        "~",
        "ssm:",
        "secretsmanager:",
        "sm://",
        "vault:",
        "projects/",
        "http://",
        "https://",
        "s3://",
        "file:",
        "env:",
        "@",
        "!",
    ];
    BEGINNINGS.iter().any(|start| value.starts_with(start))
}

/// Words that settings have.
fn is_setting(value: &str) -> bool {
    const WORDS: &[&str] = &[
        "true",
        "false",
        "none",
        "null",
        "nil",
        "enabled",
        "disabled",
        "required",
        "optional",
        "prompt",
        "default",
        "string",
        "undefined",
    ];
    WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Forty letters of base64. <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html>
fn is_aws_secret(value: &str) -> bool {
    value.len() == 40
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'='))
}

/// Whether a value holds a run of letters and digits that nobody would think up: long, mixed, and of many different ones.
fn is_random(value: &str) -> bool {
    const SHORTEST: usize = 12;
    if value.len() < 16 {
        return false;
    }
    let uuid = value.len() == 36
        && value.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && value.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    if uuid {
        return true;
    }
    let runs = value.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '+');
    let mut long = runs.filter(|run| run.len() >= SHORTEST);
    long.any(|run| {
        run.contains(|c: char| c.is_ascii_digit())
            && run.contains(|c: char| c.is_ascii_alphabetic())
            && bits(run) >= 2.5
    })
}

/// Shannon's entropy of a text: bits per letter.
fn bits(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let all = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let share = |count: &u32| {
        let share = f64::from(*count) / all;
        -share * share.log2()
    };
    counts.iter().filter(|count| **count > 0).map(share).sum()
}

#[cfg(test)]
mod tests;
