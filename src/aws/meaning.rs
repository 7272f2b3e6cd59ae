//! What an AWS error means. One table; what it does not know is a gap, never an absence.

mod table;

use crate::inventory::Reason;

/// What an error answer means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// There is none, and AWS documents that this is how it says so.
    Absent,
    /// It did not tell.
    Gap(Reason),
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// `service:Operation`; `*` for every operation, `service:*` for every one of a service.
    pub call: &'static str,
    /// AWS's error code.
    pub code: &'static str,
    /// What the message begins with, where the code alone means several things; empty where the code suffices.
    pub says: &'static str,
    /// What it means.
    pub meaning: Meaning,
    /// Where AWS says so.
    pub source: &'static str,
}

/// The whole table, most special rows first.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    table::rows()
}

/// What an error code of an operation means.
pub fn meaning(service: &str, operation: &str, code: Option<&str>, message: &str) -> Meaning {
    let Some(code) = code else {
        return Meaning::Gap(Reason::Broken);
    };
    let found = rows().find(|row| {
        row.code == code
            && covers(row.call, service, operation)
            && message.trim_start().starts_with(row.says)
    });
    match found.map(|row| row.meaning) {
        Some(Meaning::Gap(Reason::Denied)) if of_organization(message) => {
            Meaning::Gap(Reason::DeniedByScp)
        }
        Some(meaning) => meaning,
        None => Meaning::Gap(Reason::Broken),
    }
}

/// Whether the organization denies it. AWS says so in the message alone, and not always in the same case.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html>
fn of_organization(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    ["service control policy", "resource control policy"]
        .iter()
        .any(|kind| message.contains(kind))
}

fn covers(pattern: &str, service: &str, operation: &str) -> bool {
    match pattern.split_once(':') {
        None => pattern == "*",
        Some((of, "*")) => of == service,
        Some((of, named)) => of == service && named == operation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_documented_code_of_that_operation_means_absent() {
        assert_eq!(
            meaning("s3", "GetBucketPolicy", Some("NoSuchBucketPolicy"), ""),
            Meaning::Absent
        );
        assert_eq!(
            meaning("s3", "GetBucketAcl", Some("NoSuchBucketPolicy"), ""),
            Meaning::Gap(Reason::Broken)
        );
        assert_eq!(
            meaning("s3", "GetBucketPolicy", Some("NoSuchThing"), ""),
            Meaning::Gap(Reason::Broken)
        );
        assert_eq!(
            meaning("s3", "GetBucketPolicy", None, ""),
            Meaning::Gap(Reason::Broken)
        );
    }

    #[test]
    fn a_policy_of_the_organization_is_told_from_an_iam_policy_by_the_message() {
        let says = |why: &str| {
            let message = format!(
                "User: arn:aws:iam::1:user/a is not authorized to perform: kms:ListKeys {why}"
            );
            meaning("kms", "ListKeys", Some("AccessDeniedException"), &message)
        };
        for why in [
            "with an explicit deny in a service control policy",
            "due to an explicit deny in a Service Control Policy",
            "with an explicit deny in a resource control policy",
        ] {
            assert_eq!(says(why), Meaning::Gap(Reason::DeniedByScp), "{why}");
        }
        for why in [
            "",
            "because no identity-based policy allows the kms:ListKeys action",
            "with an explicit deny in an identity-based policy",
        ] {
            assert_eq!(says(why), Meaning::Gap(Reason::Denied), "{why}");
        }
    }

    #[test]
    fn a_denial_by_macie_is_never_taken_for_macie_being_off() {
        let says = |operation, message| {
            meaning("macie2", operation, Some("AccessDeniedException"), message)
        };
        assert_eq!(
            says("GetMacieSession", "Macie is not enabled."),
            Meaning::Absent
        );
        for message in [
            "",
            "User: arn:aws:sts::111122223333:assumed-role/scan/s is not authorized to perform: macie2:GetMacieSession",
            "Access denied",
            "The request failed because Macie is not enabled for you",
        ] {
            assert_eq!(
                says("GetMacieSession", message),
                Meaning::Gap(Reason::Denied),
                "{message}"
            );
        }
        // Only the session says whether Macie is on.
        assert_eq!(
            says("ListFindings", "Macie is not enabled."),
            Meaning::Gap(Reason::Denied)
        );
    }

    #[test]
    fn credentials_that_are_not_accepted_are_not_taken_for_a_disabled_region() {
        for (service, code) in [
            ("ec2", "AuthFailure"),
            ("kms", "UnrecognizedClientException"),
            ("rds", "InvalidClientTokenId"),
            ("s3", "InvalidAccessKeyId"),
        ] {
            assert_eq!(
                meaning(service, "Any", Some(code), ""),
                Meaning::Gap(Reason::Refused),
                "{code}"
            );
        }
    }

    #[test]
    fn every_row_says_where_aws_documents_it() {
        let undocumented: Vec<_> = rows()
            .filter(|row| !row.source.starts_with("https://docs.aws.amazon.com/"))
            .collect();
        assert!(undocumented.is_empty(), "{undocumented:?}");
    }

    #[test]
    fn a_special_row_stands_before_the_general_row_it_overrides() {
        for (n, row) in rows().enumerate() {
            let hidden_by = rows().take(n).find(|earlier| {
                let (service, operation) = row.call.split_once(':').unwrap_or((row.call, "*"));
                earlier.code == row.code
                    && row.says.starts_with(earlier.says)
                    && covers(earlier.call, service, operation)
            });
            assert!(
                hidden_by.is_none(),
                "{row:?} can never apply, because of {hidden_by:?}"
            );
        }
    }
}
