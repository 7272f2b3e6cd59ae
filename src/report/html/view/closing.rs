//! The end of the page: what is unknown, what was reached, the calls cited, and the versions.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::check::{CallView, call_view};
use super::{second, shown};
use crate::inventory::run::Coverage;
use crate::report::html::cite::Citations;
use crate::report::html::templates::Templates;
use crate::report::text::{counted, number};
use crate::report::{Gap, Population, Report};

#[derive(Serialize)]
pub(crate) struct Closing<'t> {
    gaps: Vec<GapRow>,
    grant: Option<String>,
    coverage: Vec<PlaceRows>,
    populations: Vec<KindRow>,
    cited: String,
    calls: Vec<CallRow>,
    scope: Scope,
    script: &'t str,
}

#[derive(Serialize)]
struct GapRow {
    call: String,
    account: String,
    region: String,
    reason: String,
    code: Option<String>,
    message: String,
    remedy: String,
    asked: String,
    asked_about: Vec<String>,
    undecided: String,
}

/// The ledger of one account and region.
#[derive(Serialize)]
struct PlaceRows {
    account: String,
    region: String,
    rows: Vec<LedgerRow>,
}

#[derive(Serialize)]
struct LedgerRow {
    service: String,
    ok: String,
    absent: String,
    denied: String,
    failed: String,
    throttled: String,
    gap: bool,
}

/// A kind over all accounts and regions.
#[derive(Serialize)]
struct KindRow {
    kind: String,
    discovered: String,
    places: String,
    incomplete: Vec<String>,
}

#[derive(Serialize)]
struct CallRow {
    #[serde(flatten)]
    call: CallView,
    account: String,
    parameters: String,
}

#[derive(Serialize)]
struct Scope {
    run: String,
    tool: String,
    schema: &'static str,
    started: String,
    finished: Option<String>,
    regions_asked: Option<String>,
    regions: String,
    regions_disabled: Option<String>,
    only: Option<String>,
    skip: Option<String>,
    frameworks: Vec<(String, String)>,
    checks: usize,
    partitions: String,
}

pub(crate) fn closing<'t>(
    report: &Report,
    citations: &Citations,
    templates: &'t Templates,
) -> Closing<'t> {
    Closing {
        gaps: report.gaps.iter().map(gap).collect(),
        grant: grant(report),
        coverage: report
            .coverage
            .chunk_by(|a, b| (&a.account, &a.region) == (&b.account, &b.region))
            .filter_map(place)
            .collect(),
        populations: kinds(&report.populations),
        cited: counted(citations.in_order().len() as u64, "call", "calls"),
        calls: citations
            .in_order()
            .into_iter()
            .map(|(number, call)| CallRow {
                account: shown(&call.account),
                parameters: shown(&call.parameters),
                call: call_view(number, call),
            })
            .collect(),
        scope: scope(report),
        script: templates.script(),
    }
}

fn gap(gap: &Gap) -> GapRow {
    GapRow {
        call: shown(&format!("{}:{}", gap.service, gap.operation)),
        account: shown(&gap.account),
        region: shown(&gap.region),
        reason: gap.reason.to_string(),
        code: gap.code.as_deref().map(shown),
        message: shown(&gap.message),
        remedy: shown(&gap.remedy),
        asked: number(gap.asked_about.len() as u64),
        asked_about: gap.asked_about.iter().map(|asked| shown(asked)).collect(),
        undecided: number(gap.undecided),
    }
}

/// The policy that settles what was denied, to paste.
fn grant(report: &Report) -> Option<String> {
    let actions = &report.summary.actions_to_grant;
    if actions.is_empty() {
        return None;
    }
    // Written out, so that it reads in the order in which people write policies.
    let actions: Vec<String> = actions
        .iter()
        .map(|action| format!("        {}", Value::from(action.as_str())))
        .collect();
    let policy = format!(
        r#"{{
  "Version": "2012-10-17",
  "Statement": [
    {{
      "Sid": "ReadWhatWasDenied",
      "Effect": "Allow",
      "Action": [
{}
      ],
      "Resource": "*"
    }}
  ]
}}"#,
        actions.join(",\n")
    );
    Some(policy.lines().map(shown).collect::<Vec<_>>().join("\n"))
}

fn place(lines: &[Coverage]) -> Option<PlaceRows> {
    let first = lines.first()?;
    Some(PlaceRows {
        account: shown(&first.account),
        region: shown(&first.region),
        rows: lines
            .iter()
            .map(|line| LedgerRow {
                service: shown(&line.service),
                ok: number(line.calls.ok),
                absent: number(line.calls.absent),
                denied: number(line.calls.denied),
                failed: number(line.calls.failed),
                throttled: number(line.calls.throttled),
                gap: line.calls.denied + line.calls.failed > 0,
            })
            .collect(),
    })
}

fn kinds(populations: &[Population]) -> Vec<KindRow> {
    let mut kinds: BTreeMap<&str, Vec<&Population>> = BTreeMap::new();
    for population in populations {
        kinds.entry(&population.kind).or_default().push(population);
    }
    kinds
        .into_iter()
        .map(|(kind, found)| KindRow {
            kind: kind.to_owned(),
            discovered: number(found.iter().map(|population| population.discovered).sum()),
            places: number(found.len() as u64),
            incomplete: found
                .iter()
                .filter(|population| !population.complete)
                .map(|population| {
                    let why: Vec<String> =
                        population.gaps.iter().map(|gap| gap.to_string()).collect();
                    shown(&format!(
                        "{} {}: {}",
                        population.account,
                        population.region,
                        why.join("; ")
                    ))
                })
                .collect(),
        })
        .collect()
}

fn scope(report: &Report) -> Scope {
    let run = &report.run;
    let listed = |list: &[String]| (!list.is_empty()).then(|| shown(&list.join(", ")));
    let mut partitions: Vec<&str> = run.callers.iter().map(|c| c.partition.as_str()).collect();
    partitions.sort_unstable();
    partitions.dedup();
    Scope {
        run: shown(&run.id),
        tool: shown(&run.tool),
        schema: report.schema,
        started: second(run.started),
        finished: run.finished.map(second),
        regions_asked: listed(&run.scope.regions_asked),
        regions: shown(&run.scope.regions.join(", ")),
        regions_disabled: listed(&run.scope.regions_disabled),
        only: listed(&run.scope.only),
        skip: listed(&run.scope.skip),
        frameworks: report
            .summary
            .frameworks
            .iter()
            .map(|framework| (framework.title.clone(), framework.sha256.clone()))
            .collect(),
        checks: report.checks.len(),
        partitions: shown(&partitions.join(", ")),
    }
}
