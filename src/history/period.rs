//! A window of time, as the runs in it saw it: what an auditor of a Type II report asks.
//!
//! The model, stated once: a state is evidenced at the instants of runs. Between two runs with the same outcome and the
//! same rule it is the same at both ends, and no more is claimed. A failure lasted at least from its first failing run to
//! its last, and at most from the last run before that found nothing wrong to the first run after that found nothing
//! wrong. A day, in UTC, without a run is a gap; a day whose run left something undecided is evidenced in part.
//!
//! Runs before the window are read, too, where the history has them: what was open when the window began was opened
//! earlier, and its name is the same in every window.

mod calendar;
mod changes;
mod coverage;
mod criteria;
mod exceptions;
mod intervals;
mod population;
mod responses;
mod several;
mod sources;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use super::timeline::{Excluded, Timeline};
use crate::check::{Counts, Severity};

pub use calendar::{Cadence, Day, DayState, Gap, Run};
pub use changes::Changed;
pub use coverage::{Coverage, Stretch};
pub use criteria::{Criterion, Standing};
pub use exceptions::{Borne, End, Exception, Fine, How};
pub use intervals::{Interrupted, Interval, IntervalState};
pub use population::{Came, Member, Population, Went};
pub use responses::Answer;
pub use several::{Covered, Periods};
pub use sources::Lost;

/// Names the form of the JSON. It changes when a name in it goes or changes its meaning.
pub const SCHEMA: &str = "tieout.period.v1";

/// What to report on.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// The first day, in UTC.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// A run is planned at least once in so many days.
    pub every_days: u32,
}

/// A period of one account.
#[derive(Debug, Serialize)]
pub struct Period {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// Version of the tool that wrote this.
    pub tool: &'static str,
    /// The account, twelve digits.
    pub account: String,
    /// Its alias in the last run; may be empty.
    pub alias: String,
    /// The first day, in UTC.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// How many days that are.
    pub days: u32,
    /// The counts.
    pub summary: Summary,
    /// When runs were planned, and when they were.
    pub cadence: Cadence,
    /// Every day of the window.
    pub calendar: Vec<Day>,
    /// The runs in the window.
    pub runs: Vec<Run>,
    /// Bundles that were left out, each with the reason; also those of before the window and those whose date is unknown.
    pub excluded: Vec<Excluded>,
    /// Each criterion through time, as the runs reported it.
    pub criteria: Vec<Criterion>,
    /// Each check: its rule, its coverage, its population.
    pub checks: Vec<Check>,
    /// Every failure that was open in the window, of the checks that count: gravest first.
    pub exceptions: Vec<Exception>,
    /// What changed beside the account, with the run where it first shows.
    pub changes: Vec<Changed>,
    /// Events that no run can have seen, because their source forgets sooner than the next run came.
    pub lost: Vec<Lost>,
    /// Every verdict through time.
    pub intervals: Vec<Interval>,
}

/// The counts of a period.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Runs in the window.
    pub runs: u32,
    /// Those that were stopped before they had read everything.
    pub partial_runs: u32,
    /// Days with a run.
    pub days_with_run: u32,
    /// Days without.
    pub days_without_run: u32,
    /// Exceptions open in the window, at any time.
    pub exceptions: u32,
    /// Those that were open when it began.
    pub open_at_start: u32,
    /// Those that opened in it.
    pub opened: u32,
    /// Those that closed in it.
    pub closed: u32,
    /// Those that were open when it ended.
    pub open_at_end: u32,
    /// Checks judged in the window.
    pub checks: u32,
    /// Those with evidence on every day.
    pub checks_evidenced_daily: u32,
}

/// One check in the window.
#[derive(Debug, Serialize)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// True exactly when the check passes; in the words of its latest rule.
    pub title: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// What its verdicts count for.
    pub counts: Counts,
    /// Kind of the resources.
    pub kind: String,
    /// The criteria it is evidence for.
    pub criteria: Vec<String>,
    /// SHA-256 of every file by which it was judged in the window, in order of time.
    pub rules: Vec<String>,
    /// On which days there is evidence.
    pub coverage: Coverage,
    /// What it judged.
    pub population: Population,
    /// Failures open in the window.
    pub exceptions: u32,
}

/// The window in instants, and the runs in it.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    from: Date,
    to: Date,
    start: Timestamp,
    end: Timestamp,
    /// Places of the runs: from the first in the window to the one after the last.
    first: u32,
    past: u32,
}

impl Bounds {
    fn has(&self, run: u32) -> bool {
        (self.first..self.past).contains(&run)
    }
}

/// The instant at which a day begins, in UTC.
pub fn midnight(day: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

/// The instant at which the window has passed.
pub fn end(to: Date) -> Option<Timestamp> {
    midnight(to.checked_add(1.day()).ok()?)
}

/// The day of an instant, in UTC.
fn day(at: Timestamp) -> Date {
    TimeZone::UTC.to_datetime(at).date()
}

/// Days from one to another.
fn days(from: Date, to: Date) -> u32 {
    let span = from.until(to).map(|span| span.get_days()).unwrap_or(0);
    u32::try_from(span).unwrap_or(0)
}

/// The day after.
fn next(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}

/// Reports on a window of a timeline; none where the window's days are past what a calendar holds.
pub fn period(timeline: &Timeline, window: &Window) -> Option<Period> {
    let bounds = bounds(timeline, window)?;
    let runs = calendar::runs(timeline, bounds);
    let calendar = calendar::days(timeline, bounds);
    let cadence = calendar::cadence(timeline, bounds, &calendar, window.every_days);
    let coverage = coverage::of(timeline, bounds);
    let exceptions = exceptions::of(timeline, bounds);
    let checks = checks(timeline, bounds, &coverage, &exceptions);
    let count =
        |is: &dyn Fn(&Exception) -> bool| number(exceptions.iter().filter(|one| is(one)).count());
    let with_run = number(calendar.iter().filter(|day| !day.runs.is_empty()).count());
    let all = number(calendar.len());
    Some(Period {
        schema: SCHEMA,
        tool: env!("CARGO_PKG_VERSION"),
        account: timeline.account.clone(),
        alias: timeline
            .runs
            .last()
            .map_or_else(String::new, |run| run.alias.clone()),
        from: window.from,
        to: window.to,
        days: all,
        summary: Summary {
            runs: number(runs.len()),
            partial_runs: number(runs.iter().filter(|run| run.partial).count()),
            days_with_run: with_run,
            days_without_run: all - with_run,
            exceptions: number(exceptions.len()),
            open_at_start: count(&|one| one.open_at_start),
            opened: count(&|one| !one.open_at_start),
            closed: count(&|one| one.closed.is_some()),
            open_at_end: count(&|one| one.closed.is_none()),
            checks: number(checks.len()),
            checks_evidenced_daily: number(
                checks
                    .iter()
                    .filter(|check| check.coverage.evidenced == all)
                    .count(),
            ),
        },
        cadence,
        calendar,
        runs,
        excluded: timeline
            .excluded
            .iter()
            .filter(|one| one.at.is_none_or(|at| at < bounds.end))
            .cloned()
            .collect(),
        criteria: criteria::of(timeline, bounds),
        lost: sources::lost(timeline, bounds, &coverage),
        checks,
        changes: changes::of(timeline, bounds),
        intervals: intervals::of(timeline, bounds),
        exceptions,
    })
}

fn bounds(timeline: &Timeline, window: &Window) -> Option<Bounds> {
    let (start, end) = (midnight(window.from)?, end(window.to)?);
    let before = |limit: Timestamp| {
        number(
            timeline
                .runs
                .iter()
                .take_while(|run| run.started < limit)
                .count(),
        )
    };
    Some(Bounds {
        from: window.from,
        to: window.to,
        start,
        end,
        first: before(start),
        past: before(end),
    })
}

fn checks(
    timeline: &Timeline,
    bounds: Bounds,
    coverage: &coverage::Days,
    exceptions: &[Exception],
) -> Vec<Check> {
    let populations = population::of(timeline, bounds);
    let mut checks = Vec::new();
    for (place, check) in timeline.checks.iter().enumerate() {
        let place = number(place);
        let mut rules: Vec<u32> = (bounds.first..bounds.past)
            .filter_map(|run| timeline.judged(run, place))
            .collect();
        rules.dedup();
        let latest = rules
            .last()
            .and_then(|last| timeline.versions.get(*last as usize));
        let Some(latest) = latest else { continue };
        let mut digests: Vec<String> = rules
            .iter()
            .filter_map(|version| timeline.versions.get(*version as usize))
            .map(|version| version.sha256.clone())
            .collect();
        digests.dedup();
        checks.push(Check {
            id: check.id.to_string(),
            title: latest.words.title.clone(),
            severity: latest.words.severity,
            counts: latest.words.outcome,
            kind: latest.words.resource.clone(),
            criteria: latest.words.criteria.clone(),
            rules: digests,
            coverage: coverage.of_check(place),
            population: populations.get(place as usize).cloned().unwrap_or_default(),
            exceptions: number(
                exceptions
                    .iter()
                    .filter(|one| one.check == *check.id)
                    .count(),
            ),
        });
    }
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    checks
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
