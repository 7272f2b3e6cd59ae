//! Which conditions bind: what a condition key says of who may come in, and when a condition on it says nothing.
//!
//! One table, each row with AWS's page on the key. What a key is worth decides both whether a statement that allows
//! everyone is open, and what a principal that looks for a way up can do about it.

use super::context::{Context, Told};
use super::statement::{Condition, Effect, Selection, Statement};

/// What a condition on a key is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// It names whom, or what on whose behalf: an account, an organization, a resource of one.
    Names,
    /// It asks for something the caller must have: MFA, an external id, a token's subject.
    Proves,
    /// It asks where the caller is.
    Places,
    /// The caller sets it as they like: a condition on it stops nobody.
    Chosen,
    /// Every ordinary request has this value.
    Always(&'static str),
    /// No ordinary request has it: AWS sets it when a service acts.
    Never,
}

const GLOBAL: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
const OF_STS: &str =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";

/// Keys of single services, which their own pages tell of.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "aws:sourceowner",
        "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
    ),
    (
        "kms:calleraccount",
        "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account",
    ),
];

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// In lower case; one that ends with a slash or starts with a colon stands for all that begin or end so.
    pub key: &'static str,
    /// What a condition on it is worth.
    pub worth: Worth,
}

impl Row {
    /// AWS's documentation of the key.
    pub fn link(&self) -> String {
        if let Some((_, page)) = ELSEWHERE.iter().find(|(key, _)| *key == self.key) {
            return (*page).to_owned();
        }
        match self.key.strip_prefix("aws:") {
            Some(name) => format!("{GLOBAL}#condition-keys-{}", name.trim_end_matches('/')),
            None => {
                let (_, name) = self.key.split_once(':').unwrap_or(("", self.key));
                format!("{OF_STS}#ck_{name}")
            }
        }
    }
}

const fn row(key: &'static str, worth: Worth) -> Row {
    Row { key, worth }
}

/// Every key whose worth we know, by worth. A key that is not here is not known to stop anybody, nor not to.
pub const KEYS: &[Row] = &[
    row("aws:principalaccount", Worth::Names),
    row("aws:principalarn", Worth::Names),
    row("aws:principalorgid", Worth::Names),
    row("aws:principalorgpaths", Worth::Names),
    row("aws:principalservicename", Worth::Names),
    row("aws:userid", Worth::Names),
    row("aws:sourceaccount", Worth::Names),
    row("aws:sourcearn", Worth::Names),
    row("aws:sourceorgid", Worth::Names),
    row("aws:sourceowner", Worth::Names),
    row("kms:calleraccount", Worth::Names),
    row("aws:sourceorgpaths", Worth::Names),
    // Whoever administers any account may tag principals of it as they like.
    row("aws:principaltag/", Worth::Chosen),
    row("aws:username", Worth::Chosen),
    row("aws:principaltype", Worth::Chosen),
    row("aws:multifactorauthpresent", Worth::Proves),
    row("aws:multifactorauthage", Worth::Proves),
    row("aws:tokenissuetime", Worth::Proves),
    row("sts:externalid", Worth::Proves),
    row(":sub", Worth::Proves),
    row(":aud", Worth::Proves),
    row(":amr", Worth::Proves),
    row("aws:sourceip", Worth::Places),
    row("aws:vpcsourceip", Worth::Places),
    row("aws:sourcevpc", Worth::Places),
    row("aws:sourcevpcarn", Worth::Places),
    row("aws:sourcevpce", Worth::Places),
    row("aws:vpceaccount", Worth::Places),
    row("aws:vpceorgid", Worth::Places),
    row("aws:vpceorgpaths", Worth::Places),
    row("aws:requestedregion", Worth::Chosen),
    row("aws:referer", Worth::Chosen),
    row("aws:useragent", Worth::Chosen),
    row("aws:requesttag/", Worth::Chosen),
    row("aws:tagkeys", Worth::Chosen),
    row("sts:rolesessionname", Worth::Chosen),
    row("sts:transitivetagkeys", Worth::Chosen),
    row("sts:durationseconds", Worth::Chosen),
    row("aws:securetransport", Worth::Always("true")),
    row("aws:viaawsservice", Worth::Always("false")),
    row("aws:principalisawsservice", Worth::Always("false")),
    row("aws:calledvia", Worth::Never),
    row("aws:calledviafirst", Worth::Never),
    row("aws:calledvialast", Worth::Never),
];

/// What a condition on a key, given in lower case, is worth; none: not known.
pub fn worth(key: &str) -> Option<Worth> {
    KEYS.iter()
        .find(
            |row| match (row.key.ends_with('/'), row.key.starts_with(':')) {
                (true, _) => key.starts_with(row.key),
                (_, true) => key.ends_with(row.key),
                (false, false) => key == row.key,
            },
        )
        .map(|row| row.worth)
}

/// Whether a condition of an Allow statement keeps strangers out: it is on a key that says who, or where from, it
/// demands that the key is there, and what it demands is not anything.
pub fn binds(condition: &Condition) -> bool {
    let kind = match worth(&condition.key) {
        Some(kind @ (Worth::Names | Worth::Proves | Worth::Places)) => kind,
        Some(Worth::Chosen | Worth::Always(_) | Worth::Never) | None => return false,
    };
    // An operator that a request without the key satisfies demands nothing of it, and one with `Not` lets in all but some.
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
    let operator = condition
        .operator
        .strip_prefix("ForAnyValue:")
        .unwrap_or(&condition.operator);
    let demands = !operator.contains(':')
        && !operator.contains("Not")
        && !operator.ends_with("IfExists")
        && operator != "Null";
    demands
        && !condition.values.is_empty()
        && condition
            .values
            .iter()
            .all(|value| narrows(operator, kind, value))
}

/// Whether one value leaves strangers out.
fn narrows(operator: &str, kind: Worth, value: &str) -> bool {
    match operator {
        "IpAddress" => is_a_network(value),
        "Bool" => value.eq_ignore_ascii_case("true"),
        "StringLike" | "ArnLike" | "ArnEquals" => !is_anybodys(kind, value),
        _ => true,
    }
}

/// A pattern of stars alone; or one that leaves open whose it is: it begins with a star, or is the ARN of something in
/// any account.
fn is_anybodys(kind: Worth, pattern: &str) -> bool {
    if pattern.bytes().all(|letter| letter == b'*') {
        return true;
    }
    if kind != Worth::Names {
        return false;
    }
    match pattern.strip_prefix("arn:") {
        Some(rest) => {
            let mut parts = rest.splitn(5, ':');
            let (service, account, resource) = (parts.nth(1), parts.nth(1), parts.next());
            // A bucket's ARN names no account, but its name is one bucket's in the world.
            match (account, resource) {
                (Some(""), Some(resource)) => {
                    service.is_some_and(|name| name.contains('*')) || resource.starts_with('*')
                }
                (Some(account), _) => account.contains(['*', '?']),
                (None, _) => true,
            }
        }
        // Every organization's id begins with `o-`.
        None => pattern
            .strip_prefix("o-")
            .unwrap_or(pattern)
            .starts_with(['*', '?']),
    }
}

/// Ranges that are somebody's: not all addresses, and no private ones, which are in everybody's network and which AWS
/// never sees as the source of a public request.
fn is_a_network(range: &str) -> bool {
    let network: Option<ipnet::IpNet> = range
        .parse()
        .ok()
        .or_else(|| range.parse::<std::net::IpAddr>().ok().map(Into::into));
    network.is_some_and(|network| {
        let private = match network {
            ipnet::IpNet::V4(network) => {
                network.network().is_private() && network.broadcast().is_private()
            }
            ipnet::IpNet::V6(network) => network.network().is_unique_local(),
        };
        // A quarter of the Internet is nobody's network.
        network.prefix_len() >= 8 && !private
    })
}

/// Whether a statement of a resource's policy lets strangers in: it allows everyone, and no condition of it says who they
/// must be or where they must come from. What they would have to prove does not count: an external id is no secret, and
/// anyone has MFA of their own.
pub fn lets_anyone_in(statement: &Statement) -> bool {
    let everyone = match &statement.principals {
        Some(Selection::Of(principals)) => {
            principals.iter().any(|principal| principal.value == "*")
        }
        Some(Selection::AllBut(_)) => true,
        None => false,
    };
    let told_apart = |condition: &Condition| {
        matches!(worth(&condition.key), Some(Worth::Names | Worth::Places)) && binds(condition)
    };
    statement.effect == Effect::Allow && everyone && !statement.conditions.iter().any(told_apart)
}

/// What is known of every request that a principal makes with its own credentials.
pub fn ordinary() -> Context {
    KEYS.iter()
        .fold(Context::partial(), |context, row| match row.worth {
            Worth::Chosen => context.but(row.key, Told::Chosen),
            Worth::Always(value) => context.with(row.key, value),
            Worth::Never => context.but(row.key, Told::Absent),
            Worth::Names | Worth::Proves | Worth::Places => context,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_binds_where_it_says_who_or_where_from() {
        for (operator, key, values, expected) in [
            (
                "StringEquals",
                "aws:principalorgid",
                &["o-abcde12345"][..],
                true,
            ),
            (
                "StringNotEquals",
                "aws:principalorgid",
                &["o-abcde12345"],
                false,
            ),
            (
                "StringEqualsIfExists",
                "aws:principalorgid",
                &["o-abcde12345"],
                false,
            ),
            ("StringLike", "aws:principalorgid", &["o-*"], false),
            ("StringLike", "aws:principalorgid", &["*"], false),
            (
                "ForAnyValue:StringLike",
                "aws:principalorgpaths",
                &["o-abcde12345/r-1/*"],
                true,
            ),
            (
                "ForAllValues:StringLike",
                "aws:principalorgpaths",
                &["o-abcde12345/r-1/*"],
                false,
            ),
            ("StringEquals", "aws:sourceaccount", &["111122223333"], true),
            (
                "ArnLike",
                "aws:sourcearn",
                &["arn:aws:sns:*:111122223333:*"],
                true,
            ),
            (
                "ArnLike",
                "aws:sourcearn",
                &["arn:aws:sns:eu-west-1:*:topic"],
                false,
            ),
            (
                "ArnLike",
                "aws:sourcearn",
                &["arn:aws:s3:::acme-logs"],
                true,
            ),
            ("ArnLike", "aws:sourcearn", &["arn:aws:s3:::*"], false),
            (
                "ArnLike",
                "aws:principalarn",
                &["arn:aws:iam::*:role/deploy"],
                false,
            ),
            (
                "ArnLike",
                "aws:principalarn",
                &["arn:aws:iam::111122223333:role/deploy", "arn:*"],
                false,
            ),
            ("StringEquals", "sts:externalid", &["7f3d"], true),
            ("StringLike", "sts:externalid", &["*"], false),
            ("StringLike", "sts:externalid", &["acme-*"], true),
            ("Bool", "aws:multifactorauthpresent", &["true"], true),
            ("Bool", "aws:multifactorauthpresent", &["false"], false),
            (
                "BoolIfExists",
                "aws:multifactorauthpresent",
                &["true"],
                false,
            ),
            ("StringEquals", "aws:sourcevpce", &["vpce-1a2b3c4d"], true),
            ("StringLike", "aws:sourcevpce", &["*"], false),
            ("IpAddress", "aws:sourceip", &["203.0.113.0/24"], true),
            (
                "IpAddress",
                "aws:sourceip",
                &["203.0.113.0/24", "0.0.0.0/0"],
                false,
            ),
            (
                "IpAddress",
                "aws:sourceip",
                &["0.0.0.0/1", "128.0.0.0/1"],
                false,
            ),
            ("IpAddress", "aws:sourceip", &["10.0.0.0/8"], false),
            ("IpAddress", "aws:sourceip", &["::/0"], false),
            ("NotIpAddress", "aws:sourceip", &["203.0.113.0/24"], false),
            ("Bool", "aws:securetransport", &["true"], false),
            ("StringEquals", "aws:requestedregion", &["eu-west-1"], false),
            (
                "StringEquals",
                "aws:referer",
                &["https://acme.example"],
                false,
            ),
            ("StringEquals", "aws:principaltag/team", &["ops"], false),
            ("StringEquals", "s3:prefix", &["a"], false),
            ("Null", "aws:principalorgid", &["false"], false),
            ("StringEquals", "aws:principalorgid", &[], false),
        ] {
            let condition = Condition {
                operator: operator.to_owned(),
                key: key.to_owned(),
                values: values.iter().map(|value| (*value).to_owned()).collect(),
            };
            assert_eq!(binds(&condition), expected, "{operator} {key} {values:?}");
        }
    }

    #[test]
    fn each_key_is_there_once_in_lower_case_with_its_page() {
        for row in KEYS {
            assert_eq!(row.key, row.key.to_lowercase());
            assert_eq!(
                KEYS.iter().filter(|other| other.key == row.key).count(),
                1,
                "{}",
                row.key
            );
            assert!(
                row.link().starts_with("https://docs.aws.amazon.com/"),
                "{}",
                row.key
            );
        }
    }
}
