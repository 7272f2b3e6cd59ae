//! How KMS keys are called.

use super::Site;

/// The ARN of a KMS key of the account that somebody named by its id, by an alias or by an ARN: of an alias that of the alias.
/// A name without a region means the region of what it encrypts.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id>
pub fn key_arn(site: &Site, region: &str, written: &str) -> String {
    if written.starts_with("arn:") {
        return written.to_owned();
    }
    let path = match written.strip_prefix("alias/") {
        Some(_) => written.to_owned(),
        None => format!("key/{written}"),
    };
    format!(
        "arn:{}:kms:{region}:{}:{path}",
        site.partition, site.account
    )
}
