//! For how long a waiver may last, by the severity of the check it waives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use crate::check::Severity;
use crate::complaint::table::{Reader, in_order, int};
use crate::complaint::{Complaint, File, did_you_mean};

/// Days from the day a waiver takes effect to the last day it counts, at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    max_days: BTreeMap<Severity, u32>,
}

/// What holds where `tieout.toml` does not say.
const DEFAULTS: [(Severity, u32); 5] = [
    (Severity::Critical, 30),
    (Severity::High, 90),
    (Severity::Medium, 180),
    (Severity::Low, 365),
    (Severity::Info, 365),
];

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_days: DEFAULTS.into(),
        }
    }
}

impl Limits {
    /// The most days for a check of that severity.
    #[must_use]
    pub fn days(&self, severity: Severity) -> u32 {
        // Every severity has an entry from the start, and none is taken out; a limit of no days would void, not pass.
        self.max_days.get(&severity).copied().unwrap_or(0)
    }

    /// The severity, the most days, and what they are where nobody says otherwise; gravest first.
    pub fn rows(&self) -> impl Iterator<Item = (Severity, u32, u32)> {
        DEFAULTS
            .map(|(severity, days)| (severity, self.days(severity), days))
            .into_iter()
    }

    /// What `[waivers]` of `tieout.toml` says of it.
    pub fn read(reader: &mut Reader<'_>, table: &DeTable<'_>) -> Self {
        let mut limits = Self::default();
        let help = "write max_days = { critical = 30, high = 90 }";
        let Some(entries) = reader.table(table, "max_days", help) else {
            return limits;
        };
        for (key, value) in in_order(entries) {
            let named = key.get_ref().as_ref();
            let Some(severity) = Severity::ALL.into_iter().find(|it| it.name() == named) else {
                let help = did_you_mean(named, Severity::ALL.map(Severity::name));
                reader.complain(key.span(), format!("`{named}` is no severity"), help);
                continue;
            };
            match int(value.get_ref()).map(u32::try_from) {
                Some(Ok(days)) if days > 0 => {
                    limits.max_days.insert(severity, days);
                }
                Some(_) | None => reader.wrong(
                    &format!("`max_days.{named}`"),
                    value,
                    "a number of days from 1",
                    "write a whole number",
                ),
            }
        }
        limits
    }

    /// As a bundle keeps it; nothing where all is as Tieout has it.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let lines = self
            .rows()
            .map(|(severity, days, _)| format!("{severity} = {days}\n"));
        Some(format!("[max_days]\n{}", lines.collect::<String>()))
    }

    /// The same from a bundle.
    pub(super) fn parse(file: &File, complaints: &mut Vec<Complaint>) -> Self {
        let mut reader = Reader::new(file);
        let limits = match reader.parse() {
            Some(table) => Self::read(&mut reader, &table),
            None => Self::default(),
        };
        complaints.extend(reader.complaints);
        limits
    }
}
