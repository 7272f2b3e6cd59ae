//! The page on two runs.

use super::{Figure, Line, Section, Table, View, heads, line, lines, named, text};
use crate::check::Counts;
use crate::history::State;
use crate::history::diff::{Cause, Change, Diff, FactChange, RunOf, Sort};
use crate::report::text::{clipped, counted};

/// Rows of one sort on the page. The rest is counted; the JSON has all.
const ROWS: usize = 500;

const NOTICE: &str = "This page states in what the verdicts of two runs differ and whose doing each difference is. It is not an \
attestation report and expresses no opinion.";

const SORTS: [Sort; 12] = [
    Sort::Opened,
    Sort::WaiverEnded,
    Sort::BecameUnknown,
    Sort::Closed,
    Sort::Waived,
    Sort::WasUnknown,
    Sort::Disappeared,
    Sort::Appeared,
    Sort::Applies,
    Sort::Changed,
    Sort::NoLongerLooked,
    Sort::NewlyLooked,
];

pub(super) fn view(diff: &Diff) -> View {
    let mut sections = vec![summary(diff), circumstances(diff)];
    sections.extend(SORTS.into_iter().filter_map(|sort| changes(diff, sort)));
    let mut warnings = Vec::new();
    for (which, run) in [("earlier", &diff.before), ("later", &diff.after)] {
        if run.partial {
            warnings.push(format!(
                "The {which} run was stopped before it had read everything; what it did not come to is unknown."
            ));
        }
    }
    View {
        title: format!("{} and {}", diff.before.run, diff.after.run),
        kicker: "Two runs compared",
        heading: diff.after.accounts.join(", "),
        warnings,
        facts: vec![
            named("Earlier run", run(&diff.before)),
            named("Later run", run(&diff.after)),
        ],
        notice: NOTICE,
        sections,
        foot: format!(
            "{}, written by tieout {}",
            diff.schema,
            env!("CARGO_PKG_VERSION")
        ),
    }
}

fn run(run: &RunOf) -> String {
    format!(
        "{} (tieout {}, {})",
        run.run,
        run.tool,
        counted(run.verdicts as u64, "verdict", "verdicts")
    )
}

fn summary(diff: &Diff) -> Section {
    let figure = |sort: Sort, ink| Figure {
        count: diff.summary.get(&sort).copied().unwrap_or(0).to_string(),
        label: sort.words(),
        note: String::new(),
        ink,
    };
    Section {
        id: "summary".to_owned(),
        heading: "Summary".to_owned(),
        lead: vec![format!(
            "{} as before, facts and all.",
            counted(diff.unchanged as u64, "verdict is", "verdicts are")
        )],
        figures: vec![
            figure(Sort::Opened, "fail"),
            figure(Sort::BecameUnknown, "unknown"),
            figure(Sort::Closed, "pass"),
            figure(Sort::Disappeared, "none"),
        ],
        ..Section::default()
    }
}

fn circumstances(diff: &Diff) -> Section {
    let rows = diff.circumstances.iter().map(|one| {
        line([
            text(one.what.words()),
            text(&one.subject),
            text(one.before.as_deref().unwrap_or("–")),
            text(one.after.as_deref().unwrap_or("–")),
        ])
    });
    Section {
        id: "circumstances".to_owned(),
        heading: "What changed beside the account".to_owned(),
        tables: vec![Table {
            head: heads(&["What", "Which", "Before", "After"]),
            rows: rows.collect(),
            empty: "Nothing: rules, parameters, criteria, inputs, scope, tool and caller are the same.",
            ..Table::default()
        }],
        ..Section::default()
    }
}

fn changes(diff: &Diff, sort: Sort) -> Option<Section> {
    let all: Vec<&Change> = diff
        .changes
        .iter()
        .filter(|change| change.sort == sort)
        .collect();
    let left_out = all.len().saturating_sub(ROWS);
    (!all.is_empty()).then(|| Section {
        id: sort.id().to_owned(),
        heading: format!("{} ({})", capital(sort.words()), all.len()),
        tables: vec![Table {
            head: heads(&["Check", "Resource", "Was", "Is", "Facts", "Because"]),
            rows: all.iter().take(ROWS).map(|change| row(change)).collect(),
            left_out: if left_out == 0 {
                String::new()
            } else {
                format!("{left_out} more that this page leaves out for its size; the JSON has all.")
            },
            ..Table::default()
        }],
        ..Section::default()
    })
}

fn row(change: &Change) -> Line {
    let counts = match change.counts {
        Counts::Verdict => "",
        Counts::Population => " · for review",
        Counts::Advisory => " · advice",
    };
    let state = |state: Option<State>| {
        let class = match state {
            Some(State::Pass) => "ink-pass",
            Some(State::Fail) => "ink-fail",
            Some(State::Waived) => "ink-waived",
            Some(State::Unknown) => "ink-unknown",
            Some(State::NotApplicable) | None => "ink-none",
        };
        text(state.map_or("–", State::name)).class(class)
    };
    line([
        lines([&change.check, &format!("{}{counts}", change.severity)]),
        lines([
            if change.name.is_empty() {
                &change.kind
            } else {
                &change.name
            },
            change.resource.as_deref().unwrap_or("could not be listed"),
            &format!("{} {}", change.account, change.region),
        ]),
        state(change.before),
        state(change.after),
        lines(change.facts.iter().map(fact)),
        lines(change.causes.iter().copied().map(Cause::words)),
    ])
}

/// A fact that differs, in a line.
pub(in crate::report) fn fact(fact: &FactChange) -> String {
    let value = |value: &Option<serde_json::Value>| {
        value
            .as_ref()
            .map_or_else(|| "–".to_owned(), |value| clipped(&value.to_string(), 120))
    };
    format!(
        "{}: {} → {}",
        fact.path,
        value(&fact.before),
        value(&fact.after)
    )
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
