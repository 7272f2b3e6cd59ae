//! Digests over rows, so that a list can be held against another without either being at hand.

use base16ct::lower::encode_string as hexadecimal;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::inventory::Resource;

/// SHA-256, hexadecimal, over the members of a population, which are in order of ARN: a line of JSON for each, its ARN and its name.
pub(super) fn members(resources: &[Resource]) -> String {
    let mut digest = Sha256::new();
    for resource in resources {
        let row = [&*resource.arn, &*resource.name].map(|text| Value::from(text).to_string());
        digest.update(format!("[{}]\n", row.join(",")));
    }
    hexadecimal(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(arn: &str, name: &str) -> Resource {
        Resource {
            arn: arn.into(),
            name: name.into(),
            account: "111122223333".into(),
            region: "eu-west-1".into(),
            fields: Box::new([]),
        }
    }

    #[test]
    fn the_digest_is_that_of_the_lines_and_any_member_changes_it() {
        let all = [resource("arn:a", "a"), resource("arn:b", "say \"b\"")];
        let lines = "[\"arn:a\",\"a\"]\n[\"arn:b\",\"say \\\"b\\\"\"]\n";
        let before = members(&all);
        assert_eq!(before, hexadecimal(&Sha256::digest(lines)));
        let [a, b] = all;
        assert_ne!(members(&[b.clone(), a.clone()]), before, "another order");
        assert_ne!(members(std::slice::from_ref(&a)), before, "one left out");
        assert_ne!(
            members(&[a.clone(), resource("arn:b", "c")]),
            before,
            "another name"
        );
        assert_ne!(
            members(&[a.clone(), resource("arn:c", &b.name)]),
            before,
            "another resource"
        );
        assert_ne!(members(&[a, b.clone(), b]), before, "one twice");
    }
}
