//! How long what people state may count, where `tieout.toml` may say otherwise than Tieout: a waiver, by the severity of the check
//! it waives, and a review of an AWS report that is no longer the newest.

use std::collections::BTreeMap;

use toml::de::DeTable;

use crate::check::Severity;
use crate::complaint::table::{Reader, in_order, int};
use crate::complaint::{Complaint, File, did_you_mean};

/// The days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// From the day a waiver takes effect to the last day it counts, at most.
    max_days: BTreeMap<Severity, u32>,
    /// Between what a report of AWS's covers and a run; none where each attestation's own number holds.
    report_max_days: Option<u32>,
}

/// The key of [`Limits::report_days`].
const REPORT: &str = "report_max_days";

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
            report_max_days: None,
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

    /// How many days may lie between what AWS's report and its bridge letter cover and the run, once AWS lists a newer one. `default`
    /// is what the attestation says.
    #[must_use]
    pub fn report_days(&self, default: u32) -> u32 {
        self.report_max_days.unwrap_or(default)
    }

    /// The severity, the most days, and what they are where nobody says otherwise; gravest first.
    pub fn rows(&self) -> impl Iterator<Item = (Severity, u32, u32)> {
        DEFAULTS
            .map(|(severity, days)| (severity, self.days(severity), days))
            .into_iter()
    }

    /// Takes in what `[waivers]` of `tieout.toml` says.
    pub fn read_waivers(&mut self, reader: &mut Reader<'_>, table: &DeTable<'_>) {
        let help = "write max_days = { critical = 30, high = 90 }";
        let Some(entries) = reader.table(table, "max_days", help) else {
            return;
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
                    self.max_days.insert(severity, days);
                }
                Some(_) | None => reader.wrong(
                    &format!("`max_days.{named}`"),
                    value,
                    "a number of days from 1",
                    "write a whole number",
                ),
            }
        }
    }

    /// Takes in what `[attestations]` of `tieout.toml` says.
    pub fn read_reports(&mut self, reader: &mut Reader<'_>, table: &DeTable<'_>) {
        let Some(value) = table.get(REPORT) else {
            return;
        };
        match int(value.get_ref()).map(u32::try_from) {
            Some(Ok(days)) => self.report_max_days = Some(days),
            Some(Err(_)) | None => reader.wrong(
                &format!("`{REPORT}`"),
                value,
                "a number of days",
                "write a whole number: report_max_days = 365",
            ),
        }
    }

    /// As a bundle keeps it; nothing where all is as Tieout has it.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        if *self == Self::default() {
            return None;
        }
        let report = self.report_max_days;
        let report = report.map_or_else(String::new, |days| format!("{REPORT} = {days}\n"));
        let lines = self
            .rows()
            .map(|(severity, days, _)| format!("{severity} = {days}\n"));
        Some(format!("{report}[max_days]\n{}", lines.collect::<String>()))
    }

    /// The same from a bundle.
    pub(super) fn parse(file: &File, complaints: &mut Vec<Complaint>) -> Self {
        let mut reader = Reader::new(file);
        let mut limits = Self::default();
        if let Some(table) = reader.parse() {
            limits.read_waivers(&mut reader, &table);
            limits.read_reports(&mut reader, &table);
        }
        complaints.extend(reader.complaints);
        limits
    }
}
