//! Whether an answer's body is whole.
//!
//! The SDK's parsers are lenient where we cannot afford it: an XML document cut off between two elements reads
//! as a shorter list, and an empty body as an empty answer. Where the model says that a member is always there, they
//! make one up that is not: an empty list, `false`. Any of this would make resources vanish in silence. So every body
//! is read to its end, once, before the SDK sees it.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde::de::IgnoredAny;
use serde_json::Value;

/// The members that the SDK would make up, and that AWS's answers always have; in XML also the root. Text that it makes up is
/// empty, which the collectors tell by themselves: see [`said`](super::said).
#[rustfmt::skip]
const OWED: &[(&str, &[&str])] = &[
    // <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupVaults.html>
    ("backup:ListBackupVaults", &["BackupVaultList[].NumberOfRecoveryPoints"]),
    // <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html>
    ("backup:ListRecoveryPointsByBackupVault", &["RecoveryPoints[].IsEncrypted"]),
    // <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRestoreTestingPlans.html>
    ("backup:ListRestoreTestingPlans", &["RestoreTestingPlans"]),
    // <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRestoreTestingSelections.html>
    ("backup:ListRestoreTestingSelections", &["RestoreTestingSelections"]),
    // <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
    ("iam:GetAccountAuthorizationDetails", &["IsTruncated"]),
    // <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
    ("iam:ListAccountAliases", &["AccountAliases", "IsTruncated"]),
    // <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServerCertificates.html>
    ("iam:ListServerCertificates", &["ServerCertificateMetadataList", "IsTruncated"]),
    // <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html>
    ("iam:ListVirtualMFADevices", &["VirtualMFADevices", "IsTruncated"]),
    // <https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html>
    ("kms:GetKeyRotationStatus", &["KeyRotationEnabled"]),
    // <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html>
    ("kms:ListAliases", &["Truncated"]),
    // <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html>
    ("kms:ListGrants", &["Truncated"]),
    // <https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html>
    ("kms:ListKeys", &["Truncated"]),
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLogging.html>
    ("s3:GetBucketLogging", &["BucketLoggingStatus"]),
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html>
    ("s3:GetBucketNotificationConfiguration", &["NotificationConfiguration"]),
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html>
    ("s3:GetBucketReplication", &["Rule"]),
    // <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html>
    ("s3:GetBucketVersioning", &["VersioningConfiguration"]),
];

/// Why a body is not whole; `None` if it is. `status` tells whether a body is due at all: error answers may
/// come without one.
pub(super) fn complaint(
    (service, operation): (&str, &str),
    status: u16,
    content_type: Option<&str>,
    body: &[u8],
) -> Option<String> {
    let answered = (200..300).contains(&status);
    if body.is_empty() {
        // Every operation we call answers with a body.
        return answered.then(|| "the answer is empty".to_owned());
    }
    let is_this = |call: &str| call.split_once(':') == Some((service, operation));
    let owed = OWED
        .iter()
        .find(|(call, _)| answered && is_this(call))
        .map_or(&[][..], |(_, members)| members);
    let cbor = content_type.is_some_and(|kind| kind.contains("cbor"));
    match body.iter().find(|byte| !byte.is_ascii_whitespace()) {
        // The CBOR decoder knows the length of everything and does not read past a missing end.
        _ if cbor => None,
        Some(b'<') => xml(body, owed),
        Some(_) => json(body, owed),
        None => Some("the answer is blank".to_owned()),
    }
}

fn json(body: &[u8], owed: &[&str]) -> Option<String> {
    // The place alone: what the parser says may quote the answer.
    let broken = |error: serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        format!("the answer is not whole JSON, before line {line} column {column}")
    };
    if owed.is_empty() {
        return serde_json::from_slice::<IgnoredAny>(body).err().map(broken);
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(answer) => owed
            .iter()
            .find(|path| !has(&answer, path))
            .map(|path| lacks(path)),
        Err(error) => Some(broken(error)),
    }
}

/// Whether a JSON answer has a member, or each thing in a list of its does: `Keys[].KeyId`. Members that are owed through
/// a list are not owed where the list is left out.
fn has(answer: &Value, path: &str) -> bool {
    match path.split_once("[].") {
        Some((list, member)) => match answer.get(list) {
            Some(Value::Array(things)) => things.iter().all(|thing| has(thing, member)),
            None | Some(_) => true,
        },
        None => answer.get(path).is_some_and(|member| !member.is_null()),
    }
}

fn lacks(member: &str) -> String {
    format!("the answer lacks {member}")
}

fn xml(body: &[u8], owed: &[&str]) -> Option<String> {
    let mut owed = owed.to_vec();
    let mut met = |name: &str| owed.retain(|member| *member != name);
    let mut reader = Reader::from_reader(body);
    let mut open = 0_u32;
    let mut closed = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                met(element.local_name().as_ref());
                open += 1;
            }
            Ok(Event::End(_)) => {
                open = open.saturating_sub(1);
                closed |= open == 0;
            }
            Ok(Event::Empty(element)) => {
                met(element.local_name().as_ref());
                closed |= open == 0;
            }
            Ok(Event::Eof) if open == 0 && closed => break,
            Ok(Event::Eof) => return Some("the answer's XML is cut short".to_owned()),
            Ok(_) => {}
            Err(error) => return Some(format!("the answer is not XML: {error}")),
        }
    }
    owed.first().map(|name| lacks(name))
}

#[cfg(test)]
mod tests {
    use super::complaint;

    const LISTING: (&str, &str) = ("iam", "ListUsers");
    const XML: &[u8] = b"<?xml version=\"1.0\"?><R><L><i>1</i><i>2</i></L><T>false</T></R>";

    #[test]
    fn a_whole_document_is_whole() {
        assert_eq!(complaint(LISTING, 200, Some("text/xml"), XML), None);
        assert_eq!(complaint(LISTING, 200, None, b"<Versioning/>"), None);
        let json = br#"{"Keys":[]}"#;
        let content_type = Some("application/x-amz-json-1.1");
        assert_eq!(complaint(LISTING, 200, content_type, json), None);
        assert_eq!(complaint(LISTING, 403, None, b""), None);
    }

    #[test]
    fn a_document_cut_anywhere_is_not() {
        for end in 0..XML.len() {
            let cut = complaint(LISTING, 200, Some("text/xml"), &XML[..end]);
            assert!(cut.is_some(), "{end}");
        }
        let json = br#"{"Keys":[{"KeyId":"a"}]}"#;
        for end in 0..json.len() {
            let cut = complaint(LISTING, 200, Some("application/json"), &json[..end]);
            assert!(cut.is_some(), "{end}");
        }
    }

    #[test]
    fn what_the_sdk_would_make_up_must_be_there() {
        let says = |call, status, body: &str| complaint(call, status, None, body.as_bytes());
        let devices = ("iam", "ListVirtualMFADevices");
        let whole = "<R><VirtualMFADevices/><IsTruncated>false</IsTruncated></R>";
        assert_eq!(says(devices, 200, whole), None);
        let lacking = says(devices, 200, "<R><VirtualMFADevices/></R>");
        assert_eq!(lacking.as_deref(), Some("the answer lacks IsTruncated"));

        let keys = ("kms", "ListKeys");
        assert_eq!(says(keys, 200, r#"{"Truncated": false}"#), None);
        for lacking in ["{}", r#"{"Truncated": null}"#] {
            let said = says(keys, 200, lacking);
            assert_eq!(said.as_deref(), Some("the answer lacks Truncated"));
        }
        assert_eq!(says(keys, 400, "{}"), None, "an error owes nothing");
    }

    #[test]
    fn what_the_sdk_would_make_up_must_be_in_each_thing_of_a_list() {
        let says = |body: &str| {
            let vaults = ("backup", "ListBackupVaults");
            complaint(vaults, 200, Some("application/json"), body.as_bytes())
        };
        let one = r#"{"BackupVaultList":[{"NumberOfRecoveryPoints":0}]}"#;
        let lacking = r#"{"BackupVaultList":[{"NumberOfRecoveryPoints":0},{}]}"#;
        assert_eq!(says(one), None);
        assert_eq!(says(r#"{"BackupVaultList":[]}"#), None);
        let said = says(lacking);
        assert_eq!(
            said.as_deref(),
            Some("the answer lacks BackupVaultList[].NumberOfRecoveryPoints")
        );
    }

    #[test]
    fn an_answer_that_may_be_empty_has_its_root_all_the_same() {
        for (operation, root) in [
            ("GetBucketVersioning", "VersioningConfiguration"),
            ("GetBucketLogging", "BucketLoggingStatus"),
            (
                "GetBucketNotificationConfiguration",
                "NotificationConfiguration",
            ),
        ] {
            let says = |body: &str| complaint(("s3", operation), 200, None, body.as_bytes());
            assert_eq!(says(&format!("<?xml version=\"1.0\"?>\n<{root}/>")), None);
            for blank in [
                "",
                "\n",
                "<?xml version=\"1.0\"?>",
                "<?xml version=\"1.0\"?>\n<!-- nothing -->\n",
                "<html></html>",
            ] {
                assert!(says(blank).is_some(), "{operation}: {blank}");
            }
        }
    }

    #[test]
    fn what_is_no_json_is_not_quoted() {
        let keys = ("kms", "ListKeys");
        let said = complaint(keys, 200, None, br#""s3cret""#);
        assert_eq!(said.as_deref(), Some("the answer lacks Truncated"));
        let said = complaint(keys, 200, None, br#"{"s3cret""#);
        assert!(said.is_some_and(|said| !said.contains("s3cret")));
    }
}
