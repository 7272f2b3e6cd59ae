//! The head of the page: who and where, the counts, the criteria, and the filter.

use std::collections::BTreeSet;

use serde::Serialize;

use super::chart::Chart;
use super::criteria::{FrameworkView, frameworks};
use super::{second, shown};
use crate::check::{Outcome, Severity};
use crate::report::html::templates::Templates;
use crate::report::origin::pseudonyms;
use crate::report::text::{counted, number, present, results};
use crate::report::{Area, ByArea, Counted, Report};

#[derive(Serialize)]
pub(crate) struct Opening {
    title: String,
    policy: String,
    style: String,
    masthead: Masthead,
    figures: Vec<Figure>,
    severities: Vec<SeverityRow>,
    areas: Vec<AreaView>,
    other_areas: Vec<AreaView>,
    ties_out: Counts,
    beside: Option<String>,
    groups: Vec<super::Heading>,
    frameworks: Vec<FrameworkView>,
    filter: Filter,
    /// Whether anything rests on AWS's own controls.
    inherits: bool,
}

#[derive(Serialize)]
struct Masthead {
    run: String,
    tool: String,
    callers: Vec<CallerView>,
    started: String,
    finished: Option<String>,
    regions: String,
    regions_disabled: Option<String>,
    read: String,
    unanswered: Option<String>,
    partial: bool,
    replayed: Option<String>,
    without_names: Option<String>,
}

#[derive(Serialize)]
struct CallerView {
    account: String,
    alias: Option<String>,
    arn: String,
}

#[derive(Serialize)]
struct Figure {
    class: &'static str,
    label: &'static str,
    count: String,
    note: String,
}

#[derive(Serialize)]
struct SeverityRow {
    severity: &'static str,
    checks: String,
    fail: String,
    unknown: String,
    none: bool,
}

#[derive(Serialize)]
struct AreaView {
    name: &'static str,
    title: &'static str,
    checks: String,
    fail: String,
    unknown: String,
    counts: Counts,
    chart: Chart,
    criteria: Vec<AreaCriteria>,
}

#[derive(Serialize)]
struct AreaCriteria {
    framework: String,
    title: String,
    words: String,
}

/// Outcomes as words; an unlisted population is an unknown.
#[derive(Serialize)]
pub(super) struct Counts {
    pub(super) discovered: String,
    pub(super) pass: String,
    pub(super) fail: String,
    pub(super) waived: String,
    pub(super) unknown: String,
    pub(super) not_applicable: String,
    pub(super) unlisted: Option<String>,
    pub(super) ties_out: bool,
}

impl Counts {
    pub(super) fn of(outcomes: &Counted) -> Self {
        let tally = outcomes.tally;
        Self {
            discovered: number(outcomes.discovered),
            pass: number(tally.pass),
            fail: number(tally.fail),
            waived: number(tally.waived),
            unknown: number(tally.unknown),
            not_applicable: number(tally.not_applicable),
            unlisted: (outcomes.unlisted > 0).then(|| counted(outcomes.unlisted, "gap", "gaps")),
            ties_out: outcomes.ties_out(),
        }
    }
}

#[derive(Serialize)]
struct Filter {
    outcomes: Vec<(&'static str, &'static str)>,
    severities: Vec<&'static str>,
    areas: Vec<(&'static str, &'static str)>,
    criteria: Vec<(String, String)>,
    accounts: Vec<String>,
    regions: Vec<String>,
    services: Vec<String>,
}

pub(crate) fn opening(report: &Report, templates: &Templates) -> Opening {
    let (areas, other_areas) = report
        .summary
        .areas
        .iter()
        .partition::<Vec<&ByArea>, _>(|line| {
            matches!(
                line.area,
                Area::Access | Area::Confidentiality | Area::Availability
            )
        });
    let accounts: Vec<String> = report
        .run
        .callers
        .iter()
        .map(|c| c.account.clone())
        .collect();
    let title = format!("SOC 2 evidence for {}", shown(&accounts.join(", ")));
    let style = format!(
        "{}\n{}",
        templates.style(),
        head_of_paper(&title, &report.run.id)
    );
    Opening {
        title,
        policy: templates.policy(&style),
        style,
        masthead: masthead(report),
        inherits: report.inherited.is_some(),
        figures: figures(report),
        severities: report
            .summary
            .severities
            .iter()
            .map(|line| SeverityRow {
                severity: line.severity.name(),
                checks: number(line.checks),
                fail: number(line.outcomes.tally.fail),
                unknown: number(line.outcomes.tally.unknown + line.outcomes.unlisted),
                none: line.checks == 0,
            })
            .collect(),
        areas: areas.into_iter().map(area).collect(),
        other_areas: other_areas.into_iter().map(area).collect(),
        ties_out: Counts::of(&report.summary.outcomes),
        beside: beside(report),
        groups: super::groups(report)
            .iter()
            .map(super::Group::heading)
            .collect(),
        frameworks: frameworks(report),
        filter: filter(report),
    }
}

/// The rule of the style sheet that prints, at the head of every page, of what it is a page.
fn head_of_paper(title: &str, run: &str) -> String {
    // Within the quotes of a style sheet: nothing that could end them.
    let plain = |c: &char| c.is_ascii_alphanumeric() || " ,.:-_".contains(*c);
    let words = |text: &str| text.chars().filter(plain).take(120).collect::<String>();
    format!(
        "@page {{ @top-left {{ content: \"{}\" }} @top-right {{ content: \"{}\" }} }}",
        words(title),
        words(run)
    )
}

/// The verdicts that decide no criterion, so that every verdict on the page is accounted for.
fn beside(report: &Report) -> Option<String> {
    let said = |counted: &Counted, does: &str, fails: &str| {
        let all = counted.tally.discovered() + counted.unlisted;
        let failing = number(counted.tally.fail);
        (all > 0).then(|| format!("{} of checks that {does} ({failing} {fails})", number(all)))
    };
    let review = said(&report.summary.review, "list for review", "listed");
    let advice = said(&report.summary.advisory, "advise", "failing");
    let both: Vec<String> = review.into_iter().chain(advice).collect();
    (!both.is_empty()).then(|| format!("Apart from these, {}.", both.join(" and ")))
}

fn masthead(report: &Report) -> Masthead {
    let run = &report.run;
    let calls = report.summary.calls;
    let unanswered = calls.denied + calls.failed;
    Masthead {
        run: shown(&run.id),
        tool: shown(&run.tool),
        callers: run
            .callers
            .iter()
            .map(|caller| CallerView {
                account: shown(&caller.account),
                alias: (!caller.alias.is_empty()).then(|| shown(&caller.alias)),
                arn: shown(&caller.arn),
            })
            .collect(),
        started: second(run.started),
        finished: run.finished.map(second),
        regions: shown(&run.scope.regions.join(", ")),
        regions_disabled: (!run.scope.regions_disabled.is_empty()).then(|| {
            let count = run.scope.regions_disabled.len() as u64;
            format!(
                "{} not enabled, so empty",
                counted(count, "region", "regions")
            )
        }),
        read: format!(
            "{} from {}",
            counted(report.summary.resources, "resource", "resources"),
            counted(calls.ok + calls.absent, "answered call", "answered calls")
        ),
        unanswered: (unanswered > 0).then(|| counted(unanswered, "call", "calls")),
        partial: run.partial,
        replayed: run.replayed.as_deref().map(shown),
        without_names: run.redaction.as_ref().map(pseudonyms),
    }
}

fn figures(report: &Report) -> Vec<Figure> {
    let outcomes = report.summary.outcomes;
    let failing: Vec<(u64, &str)> = report
        .summary
        .severities
        .iter()
        .map(|line| (line.outcomes.tally.fail, line.severity.name()))
        .collect();
    let grave = present(&failing, ", ");
    let waived = match outcomes.tally.waived {
        0 => String::new(),
        count => format!("; {} more, waived", number(count)),
    };
    let gaps = report.gaps.iter().filter(|gap| gap.undecided > 0).count() as u64;
    let figure = |class, label, count, note| Figure {
        class,
        label,
        count: number(count),
        note,
    };
    vec![
        figure(
            "fail",
            "fail",
            outcomes.tally.fail,
            format!("{grave}{waived}"),
        ),
        figure(
            "unknown",
            "unknown",
            outcomes.tally.unknown + outcomes.unlisted,
            if gaps == 0 {
                String::new()
            } else {
                format!("for want of {}", counted(gaps, "answer", "answers"))
            },
        ),
        figure("pass", "pass", outcomes.tally.pass, String::new()),
        figure(
            "none",
            "not applicable",
            outcomes.tally.not_applicable,
            String::new(),
        ),
    ]
}

fn area(line: &ByArea) -> AreaView {
    AreaView {
        name: line.area.name(),
        title: line.area.title(),
        checks: counted(line.checks, "check", "checks"),
        fail: number(line.outcomes.tally.fail),
        unknown: number(line.outcomes.tally.unknown + line.outcomes.unlisted),
        counts: Counts::of(&line.outcomes),
        chart: Chart::of_outcomes(&line.outcomes),
        criteria: line
            .criteria
            .iter()
            .map(|framework| AreaCriteria {
                framework: framework.framework.clone(),
                title: framework.title.clone(),
                words: results(&framework.results),
            })
            .filter(|framework| !framework.words.is_empty())
            .collect(),
    }
}

fn filter(report: &Report) -> Filter {
    let mut accounts = BTreeSet::new();
    let mut regions = BTreeSet::new();
    for verdict in &report.verdicts {
        if !accounts.contains(verdict.account.as_ref()) {
            accounts.insert(verdict.account.to_string());
        }
        if !regions.contains(verdict.region.as_ref()) {
            regions.insert(verdict.region.to_string());
        }
    }
    let services: BTreeSet<String> = report
        .checks
        .iter()
        .map(|check| super::service(&check.kind))
        .collect();
    Filter {
        outcomes: vec![
            (Outcome::Fail.name(), "fail"),
            (Outcome::Unknown.name(), "unknown"),
            ("waived", "waived"),
            (Outcome::Pass.name(), "pass"),
            (Outcome::NotApplicable.name(), "not applicable"),
        ],
        severities: Severity::ALL.map(Severity::name).to_vec(),
        areas: Area::ALL.map(|area| (area.name(), area.title())).to_vec(),
        criteria: report
            .criteria
            .iter()
            .filter(|criterion| !criterion.repeated && !criterion.checks.is_empty())
            .map(|criterion| (shown(&criterion.id), criterion.id.replace(':', " ")))
            .collect(),
        // With one of a kind there is nothing to choose.
        accounts: choices(accounts),
        regions: choices(regions),
        services: choices(services),
    }
}

fn choices(of: BTreeSet<String>) -> Vec<String> {
    if of.len() < 2 {
        return Vec::new();
    }
    of.iter().map(|choice| shown(choice)).collect()
}
