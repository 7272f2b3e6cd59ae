//! What errors mean of EC2.

use super::super::Meaning::Gap;
use super::super::Row;
use super::row;
use crate::inventory::Reason::Vanished;

const EC2_ERRORS: &str =
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

pub(super) const ROWS: &[Row] = &[
    row(
        "ec2:*",
        "InvalidSnapshot.NotFound",
        Gap(Vanished),
        EC2_ERRORS,
    ),
    row("ec2:*", "InvalidAMIID.NotFound", Gap(Vanished), EC2_ERRORS),
    row(
        "ec2:*",
        "InvalidInstanceID.NotFound",
        Gap(Vanished),
        EC2_ERRORS,
    ),
];
