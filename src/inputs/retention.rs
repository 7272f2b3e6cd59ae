//! The retention schedule: how long each class of data is kept.

use super::rows::{Columns, of, rows};
use crate::complaint::{Complaint, File};
use crate::inventory::Source;
use crate::inventory::kinds::inputs::Retention;

const COLUMNS: Columns = Columns {
    needed: &["class"],
    more: &["min_days", "max_days", "basis"],
};

#[derive(Debug, Clone)]
pub(super) struct Row {
    class: String,
    min_days: Option<i64>,
    max_days: Option<i64>,
    basis: Option<String>,
}

pub(super) fn read(file: &File, complaints: &mut Vec<Complaint>) -> Vec<Row> {
    let mut schedule = Vec::new();
    for cells in rows(file, &COLUMNS, complaints) {
        let before = complaints.len();
        let (min_days, max_days) = (
            cells.number("min_days", complaints),
            cells.number("max_days", complaints),
        );
        let wrong = match (min_days, max_days) {
            (None, None) if complaints.len() == before => Some("this row sets no limit"),
            (Some(min), Some(max)) if min > max => Some("`min_days` is more than `max_days`"),
            _ => None,
        };
        if let Some(wrong) = wrong {
            let help = "fill in the days it is kept at the least, at the most, or both";
            cells.complain(wrong, help, complaints);
        }
        schedule.push(Row {
            class: cells.text("class"),
            min_days,
            max_days,
            basis: cells.optional("basis"),
        });
    }
    schedule
}

impl Row {
    pub(super) fn told(&self, source: &Source) -> (String, String, Retention) {
        let it = self.clone();
        let fields = Retention {
            class: of(it.class, source),
            min_days: of(it.min_days, source),
            max_days: of(it.max_days, source),
            basis: of(it.basis, source),
        };
        (self.class.clone(), self.class.clone(), fields)
    }
}
