//! What AWS did not tell, and what would settle it.

use serde::Serialize;
use serde_json::Value;

use super::shown;
use crate::report::text::{counted, number};
use crate::report::{Gap, Report};

#[derive(Serialize)]
pub(super) struct GapRow {
    call: String,
    account: String,
    region: String,
    reason: String,
    code: Option<String>,
    message: String,
    remedy: String,
    /// What it was asked about, if that is one thing.
    one: Option<String>,
    asked: String,
    asked_about: Vec<String>,
    undecided: String,
}

/// The gaps that leave a verdict unknown.
pub(super) fn undecided(report: &Report) -> Vec<GapRow> {
    let gaps = report.gaps.iter().filter(|gap| gap.undecided > 0);
    gaps.map(row).collect()
}

/// The gaps that leave none so: something else decided, or no check reads what they would have told.
pub(super) fn harmless(report: &Report) -> Vec<GapRow> {
    let gaps = report.gaps.iter().filter(|gap| gap.undecided == 0);
    gaps.map(row).collect()
}

fn row(gap: &Gap) -> GapRow {
    let mut asked_about: Vec<String> = gap.asked_about.iter().map(|asked| shown(asked)).collect();
    let asked = counted(asked_about.len() as u64, "thing", "things");
    let one = (asked_about.len() == 1)
        .then(|| asked_about.pop())
        .flatten();
    GapRow {
        call: shown(&format!("{}:{}", gap.service, gap.operation)),
        account: shown(&gap.account),
        region: shown(&gap.region),
        reason: gap.reason.to_string(),
        code: gap.code.as_deref().map(shown),
        message: shown(&gap.message),
        remedy: shown(&gap.remedy),
        one,
        asked,
        asked_about,
        undecided: number(gap.undecided),
    }
}

/// The policy that settles what was denied, to paste.
pub(super) fn grant(report: &Report) -> Option<String> {
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
