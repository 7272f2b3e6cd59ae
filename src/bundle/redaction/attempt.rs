//! A recorded attempt without names: question and answer in the same way, so that a replay finds the one by the other.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::cbor;
use super::names::Names;
use crate::bundle::digest;
use crate::inventory::attempt::{Answer, Attempt, Failure, Request, bytes_of, kept};

/// Stands for what is neither text nor CBOR, so that nobody can say what names are in it.
const UNSEARCHABLE: &str = "[redacted: names cannot be looked for in it]";

impl Names {
    /// The attempt with pseudonyms in the place of names. The digest of its answer is that of what stands there now; that of
    /// what arrived is kept under the key.
    pub fn attempt(&self, attempt: &Attempt) -> Attempt {
        let owned = |text: &String| self.text(text).into_owned();
        let request = Request {
            path: owned(&attempt.request.path),
            body: self.body(&attempt.request.body),
            ..attempt.request.clone()
        };
        let answer = attempt.answer.as_ref().map(|answer| {
            let body = if attempt.operation == "GetCredentialReport" {
                self.credential_report(&answer.body)
            } else {
                self.body(&answer.body)
            };
            self.answered(answer, body)
        });
        let failure = attempt.failure.as_ref().map(|failure| match failure {
            Failure::Connection(why) => Failure::Connection(owned(why)),
            Failure::Timeout(why) => Failure::Timeout(owned(why)),
            Failure::Malformed(why) => Failure::Malformed(owned(why)),
            Failure::NotRecorded => Failure::NotRecorded,
        });
        Attempt {
            account: owned(&attempt.account),
            endpoint: attempt.endpoint.as_ref().map(owned),
            access_key_id: attempt.access_key_id.as_ref().map(owned),
            request,
            answer,
            failure,
            ..attempt.clone()
        }
    }

    fn answered(&self, answer: &Answer, body: String) -> Answer {
        let stands = bytes_of(&body).map_or_else(|_| digest(body.as_bytes()), |it| digest(&it));
        Answer {
            sha256: stands.sha256,
            bytes: stands.bytes,
            arrived: Some(self.key().digest(&answer.sha256)),
            body,
            ..answer.clone()
        }
    }

    fn body(&self, body: &str) -> String {
        let other = match bytes_of(body) {
            Ok(Cow::Borrowed(_)) => return self.text(body).into_owned(),
            Ok(Cow::Owned(bytes)) => cbor::rewritten(&bytes, |text| self.text(text).into_owned()),
            Err(_) => None,
        };
        other.map_or_else(|| UNSEARCHABLE.to_owned(), |other| kept(&other))
    }

    /// IAM packs its table of credentials in base64.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html>
    fn credential_report(&self, body: &str) -> String {
        const TAG: &str = "Content>";
        let parts = body.split_once(TAG).and_then(|(before, rest)| {
            let (content, after) = rest.split_once(TAG)?;
            Some((before, content, after))
        });
        let Some((before, content, after)) = parts else {
            // An error has no table.
            return self.body(body);
        };
        let table = content.strip_suffix("</").and_then(|encoded| {
            let bytes = STANDARD.decode(encoded.trim()).ok()?;
            String::from_utf8(bytes).ok()
        });
        let Some(table) = table else {
            return UNSEARCHABLE.to_owned();
        };
        let other = STANDARD.encode(self.text(&table).as_bytes());
        let (before, after) = (self.text(before), self.text(after));
        format!("{before}{TAG}{other}</{TAG}{after}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Key, Known, Vocabulary};
    use super::*;

    fn names() -> Names {
        let mut known = Known::new(Vocabulary::default(), true);
        known.name("ada.park");
        known.account("111122223333");
        Names::new(
            Key::parse("0123456789abcdef0123456789abcdef").unwrap(),
            known,
        )
        .unwrap()
    }

    fn attempt(operation: &str, body: &str) -> Attempt {
        serde_json::from_value(json!({
            "service": "iam", "operation": operation, "account": "111122223333", "region": "us-east-1", "call": 1, "attempt": 1,
            "request": { "method": "POST", "path": "/", "body": "Action=X&UserName=ada.park" },
            "started": "2026-11-24T02:11:09Z", "ended": "2026-11-24T02:11:09Z",
            "answer": { "status": 200, "content_type": null, "request_id": "r", "date": null, "sha256": "5e", "bytes": 1, "body": body },
        }))
        .unwrap()
    }

    #[test]
    fn question_and_answer_are_rewritten_alike_and_the_digest_is_of_what_stands_there() {
        let names = names();
        let without = names.attempt(&attempt("GetUser", "<UserName>ada.park</UserName>"));
        let stands = names.text("ada.park").into_owned();
        assert_eq!(without.request.body, format!("Action=X&UserName={stands}"));
        assert_ne!(without.account, "111122223333");
        let answer = without.answer.unwrap();
        assert_eq!(answer.body, format!("<UserName>{stands}</UserName>"));
        assert_eq!(answer.sha256, digest(answer.body.as_bytes()).sha256);
        assert_eq!(answer.bytes, answer.body.len() as u64);
        assert_eq!(answer.arrived, Some(names.key().digest("5e")));
    }

    #[test]
    fn the_table_of_credentials_is_searched_and_what_cannot_be_is_withheld() {
        let names = names();
        let kept = |operation, body: &str| {
            names
                .attempt(&attempt(operation, body))
                .answer
                .unwrap()
                .body
        };
        let table = STANDARD.encode("user,arn\nada.park,arn:aws:iam::111122223333:user/ada.park\n");
        let report = kept(
            "GetCredentialReport",
            &format!("<R><Content>{table}</Content></R>"),
        );
        let encoded = report.strip_prefix("<R><Content>").unwrap();
        let encoded = encoded.strip_suffix("</Content></R>").unwrap();
        let table = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
        assert!(
            table.starts_with("user,arn\n") && !table.contains("ada"),
            "{table}"
        );
        let broken = kept("GetCredentialReport", "<R><Content>ada.park!</Content></R>");
        assert_eq!(broken, UNSEARCHABLE);
        let packed = format!("base64:{}", STANDARD.encode([0x1f, 0x8b, 0xff]));
        assert_eq!(kept("GetMetricData", &packed), UNSEARCHABLE);
        assert_eq!(
            kept("GetCredentialReport", "<Error>ada.park</Error>").len(),
            36
        );
    }
}
