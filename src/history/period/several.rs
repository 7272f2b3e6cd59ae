//! One window of several accounts: a period of each, by itself.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::Period;

/// Names the form of the JSON. It changes when a name in it goes or changes its meaning.
const SCHEMA: &str = "tieout.periods.v1";

/// Periods of several accounts in one window. Each is of its account's own runs: none says anything of another's.
#[derive(Debug, Serialize)]
pub struct Periods {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Version of the tool that wrote this.
    pub tool: &'static str,
    /// The first day, in UTC.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// How many days that are.
    pub days: u32,
    /// The accounts that are covered, in order: those that the history has runs of, or those of them that were named.
    pub accounts: Vec<Covered>,
    /// The period of each, in the same order.
    pub periods: Vec<Period>,
}

/// How far an account is covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// Twelve digits.
    pub account: String,
    /// Its alias in its last run; may be empty.
    pub alias: String,
    /// Its runs in the window.
    pub runs: u32,
    /// How many spans of the cadence the window has, each of which should have a run.
    pub planned: u32,
    /// Those that had none.
    pub missed: u32,
    /// Days without a run of it.
    pub days_without_run: u32,
    /// Its first run in the window.
    pub first: Option<Timestamp>,
    /// Its last run in the window.
    pub last: Option<Timestamp>,
    /// Its exceptions open in the window, at any time.
    pub exceptions: u32,
    /// Those that were open when it ended.
    pub open_at_end: u32,
}

impl Covered {
    fn of(period: &Period) -> Self {
        let (cadence, summary) = (&period.cadence, &period.summary);
        Self {
            account: period.account.clone(),
            alias: period.alias.clone(),
            runs: summary.runs,
            planned: cadence.planned,
            missed: super::number(cadence.missed.len()),
            days_without_run: summary.days_without_run,
            first: cadence.first,
            last: cadence.last,
            exceptions: summary.exceptions,
            open_at_end: summary.open_at_end,
        }
    }
}

impl Periods {
    /// Those of one window, in order of their accounts; none where there is none.
    pub fn new(periods: Vec<Period>) -> Option<Self> {
        let first = periods.first()?;
        Some(Self {
            schema: SCHEMA,
            tool: first.tool,
            from: first.from,
            to: first.to,
            days: first.days,
            accounts: periods.iter().map(Covered::of).collect(),
            periods,
        })
    }

    /// The period, where it is of one account.
    pub fn only(&self) -> Option<&Period> {
        match self.periods.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}
