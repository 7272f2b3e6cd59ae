//! The operators: what one value of a policy says of one value of a request.

use ipnet::IpNet;
use jiff::Timestamp;

use super::super::matching::{matches_arn, matches_resource};

/// How an operator compares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison {
    /// Whether it demands that nothing matches.
    pub(super) negated: bool,
    /// Whether it compares addresses.
    pub(super) addresses: bool,
    /// The policy's value, the request's value; none: they cannot be compared.
    pub(super) matches: fn(&str, &str) -> Option<bool>,
}

/// The operator of that name, without what comes before and after it. None: there is no such operator.
pub(super) fn comparison(name: &str) -> Option<Comparison> {
    let matches: fn(&str, &str) -> Option<bool> = match name {
        "StringEquals" | "StringNotEquals" | "BinaryEquals" => |a, b| Some(plain(a) == b),
        "StringEqualsIgnoreCase" | "StringNotEqualsIgnoreCase" => {
            |a, b| Some(plain(a).to_lowercase() == b.to_lowercase())
        }
        "StringLike" | "StringNotLike" => |a, b| Some(matches_resource(a, b)),
        // The two are the same: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
        "ArnEquals" | "ArnNotEquals" | "ArnLike" | "ArnNotLike" => |a, b| Some(matches_arn(a, b)),
        "NumericEquals" | "NumericNotEquals" => |a, b| Some(number(b)? == number(a)?),
        "NumericLessThan" => |a, b| Some(number(b)? < number(a)?),
        "NumericLessThanEquals" => |a, b| Some(number(b)? <= number(a)?),
        "NumericGreaterThan" => |a, b| Some(number(b)? > number(a)?),
        "NumericGreaterThanEquals" => |a, b| Some(number(b)? >= number(a)?),
        "DateEquals" | "DateNotEquals" => |a, b| Some(moment(b)? == moment(a)?),
        "DateLessThan" => |a, b| Some(moment(b)? < moment(a)?),
        "DateLessThanEquals" => |a, b| Some(moment(b)? <= moment(a)?),
        "DateGreaterThan" => |a, b| Some(moment(b)? > moment(a)?),
        "DateGreaterThanEquals" => |a, b| Some(moment(b)? >= moment(a)?),
        "Bool" => |a, b| Some(a.eq_ignore_ascii_case(b)),
        "IpAddress" | "NotIpAddress" => |a, b| Some(range(a)?.contains(&range(b)?)),
        _ => return None,
    };
    Some(Comparison {
        negated: name.contains("Not"),
        addresses: name.ends_with("IpAddress"),
        matches,
    })
}

/// What a variable filled in stands for itself, stars too.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            super::super::matching::STAR => '*',
            super::super::matching::QUESTION => '?',
            other => other,
        })
        .collect()
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// ISO 8601, or seconds since 1970.
fn moment(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| Timestamp::from_second(text.parse().ok()?).ok())
}

fn range(text: &str) -> Option<IpNet> {
    text.parse::<IpNet>()
        .ok()
        .or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from))
}
