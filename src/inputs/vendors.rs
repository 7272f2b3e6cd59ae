//! The register of other people's accounts that may have access.

use jiff::Timestamp;

use super::rows::{Columns, of, rows};
use crate::complaint::{Complaint, File};
use crate::inventory::Source;
use crate::inventory::kinds::inputs::Vendor;

const COLUMNS: Columns = Columns {
    needed: &["account", "name", "purpose", "approved_by"],
    more: &["reviewed"],
};

#[derive(Debug, Clone)]
pub(super) struct Row {
    account: String,
    name: String,
    purpose: String,
    approved_by: String,
    reviewed: Option<Timestamp>,
}

pub(super) fn read(file: &File, complaints: &mut Vec<Complaint>) -> Vec<Row> {
    let mut vendors = Vec::new();
    for cells in rows(file, &COLUMNS, complaints) {
        let account = cells.text("account");
        if account.len() != 12 || !account.bytes().all(|digit| digit.is_ascii_digit()) {
            cells.complain(
                format!("`account` is `{account}`, not an account's number"),
                "write its twelve digits; a spreadsheet drops zeros at the front unless the column is text",
                complaints,
            );
        }
        vendors.push(Row {
            account,
            name: cells.text("name"),
            purpose: cells.text("purpose"),
            approved_by: cells.text("approved_by"),
            reviewed: cells.day("reviewed", complaints),
        });
    }
    vendors
}

impl Row {
    pub(super) fn told(&self, source: &Source) -> (String, String, Vendor) {
        let it = self.clone();
        let fields = Vendor {
            account: of(it.account, source),
            name: of(it.name, source),
            purpose: of(it.purpose, source),
            approved_by: of(it.approved_by, source),
            reviewed: of(it.reviewed, source),
        };
        (self.account.clone(), self.name.clone(), fields)
    }
}
