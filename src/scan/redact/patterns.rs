//! What in a text says that something is a name, whatever document it stands in.

use percent_encoding::percent_decode_str;
use regex::Regex;

/// Services whose ARNs name the resource without saying what it is first.
const PLAIN: [&str; 5] = ["s3", "sns", "sqs", "codepipeline", "codecommit"];

/// Expressions, each with what it is after in its first group.
#[derive(Debug)]
pub(super) struct Patterns {
    arn: Regex,
    /// What stands before the `@` of an address.
    pub(super) address: Regex,
    /// The member of a JSON object.
    pub(super) member: Regex,
    /// The element of an XML document.
    pub(super) element: Regex,
    /// The key of a tag, an attribute, a parameter: rules and AWS go by them.
    pub(super) key: Regex,
    /// An account, as far as it is no number in JSON: that stands without quotes between a colon and a comma.
    pub(super) account: Regex,
    /// The canonical id of an owner of buckets.
    pub(super) owner: Regex,
    /// The id of an organization, without its `o-`.
    pub(super) organization: Regex,
    /// Somebody who states something in a TOML file.
    pub(super) stated: Regex,
}

impl Patterns {
    /// All of them.
    ///
    /// # Errors
    /// When one is none, so that nothing is taken for free of names that was not looked through.
    pub(super) fn new() -> Result<Self, regex::Error> {
        Ok(Self {
            arn: Regex::new(
                r#"arn:aws[a-z-]*:([a-z0-9-]+):[a-z0-9-]*:([0-9a-z]*):([^"'<>\s,;\\\[\](){}&]+)"#,
            )?,
            address: Regex::new(r"([A-Za-z0-9._+-]+)@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+")?,
            member: Regex::new(r#""([A-Za-z][A-Za-z0-9]*)\\*"\s*:"#)?,
            element: Regex::new(r"<([A-Za-z][A-Za-z0-9]*)[ >/]")?,
            key: Regex::new(
                r#"(?:<(?:key|Key|ParameterName)>|"(?:key|Key|ParameterName)"\s*:\s*")([^"<]+)"#,
            )?,
            account: Regex::new(
                r#"(?:["'>=/ ]|%3A|%2F|::|:[a-z0-9-]+:)([0-9]{12})(?:["'<:&/,*\\ ]|%3A|%2F|$)"#,
            )?,
            owner: Regex::new(r"<ID>([0-9a-f]{64})</ID>")?,
            organization: Regex::new(r"\bo-([a-z0-9]{10,32})\b")?,
            stated: Regex::new(
                r#"(?m)^\s*(?:owner|reviewer|approver|requested_by|author)\s*=\s*["']([^"'\n]+)["']"#,
            )?,
        })
    }

    /// The ARNs in a text, those of documents in percent-encoding among them.
    pub(super) fn arns(&self, text: &str) -> Vec<Arn> {
        let decoded = text
            .contains("%3A")
            .then(|| percent_decode_str(text).decode_utf8_lossy());
        let mut arns = Vec::new();
        for text in std::iter::once(text).chain(decoded.as_deref()) {
            arns.extend(self.arn.captures_iter(text).map(|found| {
                let (_, [service, account, resource]) = found.extract();
                Arn::of(service, account, resource)
            }));
        }
        arns
    }
}

/// What an expression finds in a text.
pub(super) fn found<'t>(expression: &Regex, text: &'t str) -> impl Iterator<Item = &'t str> {
    let all = expression.captures_iter(text);
    all.filter_map(|it| it.get(1).map(|it| it.as_str()))
}

/// An ARN in parts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arn {
    pub(super) service: String,
    pub(super) account: String,
    /// What it is; empty where it does not say.
    pub(super) kind: String,
    /// What of it may be names: nothing that a wildcard leaves open.
    pub(super) names: Vec<String>,
}

impl Arn {
    fn of(service: &str, account: &str, resource: &str) -> Self {
        let mut parts: Vec<&str> = resource.split(['/', ':']).collect();
        let plain = PLAIN.contains(&service) || parts.len() == 1;
        let kind = if plain { "" } else { parts.remove(0) };
        let fixed = |part: &&str| !part.is_empty() && !part.contains(['*', '?', '$', '%']);
        Self {
            service: service.to_owned(),
            account: account.to_owned(),
            kind: kind.to_owned(),
            names: parts.into_iter().filter(fixed).map(str::to_owned).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(expression: impl Fn(&Patterns) -> &Regex, text: &str) -> Vec<String> {
        let patterns = Patterns::new().unwrap();
        found(expression(&patterns), text)
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn an_arn_is_taken_apart_in_every_document() {
        let patterns = Patterns::new().unwrap();
        let text = r#"{"Resource":["arn:aws:s3:::acme-logs/AWSLogs/*","arn:aws:iam::111122223333:role/team/app"]}"#;
        let packed = "%22arn%3Aaws%3Asqs%3Aeu-west-1%3A111122223333%3Aorders%22";
        let names: Vec<Arn> = [text, packed]
            .iter()
            .flat_map(|it| patterns.arns(it))
            .collect();
        let told: Vec<(&str, &str, Vec<&str>)> = names
            .iter()
            .map(|arn| {
                let names = arn.names.iter().map(String::as_str);
                (arn.service.as_str(), arn.kind.as_str(), names.collect())
            })
            .collect();
        assert_eq!(
            told,
            [
                ("s3", "", vec!["acme-logs", "AWSLogs"]),
                ("iam", "role", vec!["team", "app"]),
                ("sqs", "", vec!["orders"]),
            ]
        );
    }

    #[test]
    fn an_account_is_told_from_a_size() {
        let text = r#"{"id":"111122223333","size":222233334444,"arn":"arn:aws:iam::333344445555:root"}
            <Account>444455556666</Account> arn:aws:sns:eu-west-1:555566667777:x"#;
        let accounts = of(|it| &it.account, text);
        assert_eq!(
            accounts,
            [
                "111122223333",
                "333344445555",
                "444455556666",
                "555566667777"
            ]
        );
    }

    #[test]
    fn who_is_written_to_and_who_states_something_is_found() {
        assert_eq!(
            of(|it| &it.address, "to ada.park@acme.example, or"),
            ["ada.park"]
        );
        let record = "owner = \"Ada Park\"\nticket = \"R-1\"\n  approver='Sam Roe'\n";
        assert_eq!(of(|it| &it.stated, record), ["Ada Park", "Sam Roe"]);
    }

    #[test]
    fn the_words_of_a_document_itself_are_found() {
        let json = r#"{"Tags":[{"Key":"cost-centre"}],"d":"{\"Effect\":1}"}"#;
        assert_eq!(of(|it| &it.member, json), ["Tags", "Key", "d", "Effect"]);
        assert_eq!(of(|it| &it.key, json), ["cost-centre"]);
        let xml = "<A><Key>access_logs.s3</Key><B/></A>";
        assert_eq!(of(|it| &it.element, xml), ["A", "Key", "B"]);
        assert_eq!(of(|it| &it.key, xml), ["access_logs.s3"]);
    }
}
