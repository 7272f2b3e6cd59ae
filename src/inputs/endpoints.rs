//! What may be reached from the internet.

use jiff::Timestamp;

use super::rows::{Columns, of, rows};
use crate::complaint::{Complaint, File};
use crate::inventory::Source;
use crate::inventory::kinds::inputs::PublicEndpoint;

const COLUMNS: Columns = Columns {
    needed: &["resource", "owner", "reason"],
    more: &["reviewed"],
};

#[derive(Debug, Clone)]
pub(super) struct Row {
    resource: String,
    owner: String,
    reason: String,
    reviewed: Option<Timestamp>,
}

pub(super) fn read(file: &File, complaints: &mut Vec<Complaint>) -> Vec<Row> {
    let mut endpoints = Vec::new();
    for cells in rows(file, &COLUMNS, complaints) {
        let resource = cells.text("resource");
        if !resource.starts_with("arn:") {
            cells.complain(
                format!("`resource` is `{resource}`, not an ARN"),
                "write the ARN of what is public; * in it stands for anything, ? for one letter",
                complaints,
            );
        }
        endpoints.push(Row {
            resource,
            owner: cells.text("owner"),
            reason: cells.text("reason"),
            reviewed: cells.day("reviewed", complaints),
        });
    }
    endpoints
}

impl Row {
    pub(super) fn told(&self, source: &Source) -> (String, String, PublicEndpoint) {
        let it = self.clone();
        let fields = PublicEndpoint {
            resource: of(it.resource, source),
            owner: of(it.owner, source),
            reason: of(it.reason, source),
            reviewed: of(it.reviewed, source),
        };
        (self.resource.clone(), self.resource.clone(), fields)
    }
}
