//! What is known of a run beside what AWS answered, in words: who started it, by which build, on which machine.

use super::text::{counted, number, shown};
use crate::inventory::run::origin::TriggerKind;
use crate::inventory::run::{Clock, Origin, Redaction, Run, Trigger};

/// One thing that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What of, for a page.
    pub(super) of: &'static str,
    /// The same in nine letters, for a terminal; empty where a terminal leaves it out.
    pub(super) short: &'static str,
    /// In words.
    pub(super) text: String,
    /// What stands beside the words and is to be copied letter by letter: a digest, an id.
    pub(super) code: String,
}

/// All that is known, in order. Text from the environment is made safe to look at.
pub(super) fn lines(run: &Run) -> Vec<Line> {
    let line = |of, short, text: String, code: String| Line {
        of,
        short,
        text,
        code,
    };
    let mut lines = Vec::new();
    if let Some(redaction) = &run.redaction {
        let key = shown(&redaction.key).into_owned();
        let text = format!("{}, under the key", pseudonyms(redaction));
        lines.push(line("Names", "names", text, key));
    }
    for caller in &run.callers {
        if let Some(session) = &caller.session {
            let text = "its name, by which CloudTrail lists its calls".to_owned();
            lines.push(line("Session", "", text, shown(session).into_owned()));
        }
        if !caller.access_key_ids.is_empty() {
            let keys = caller.access_key_ids.join(", ");
            let text = "signed the calls".to_owned();
            lines.push(line("Access key", "", text, shown(&keys).into_owned()));
        }
        if let Some(organization) = &caller.organization {
            let code = shown(organization).into_owned();
            lines.push(line("Organization", "", String::new(), code));
        }
    }
    let Some(origin) = &run.origin else {
        let text = "not known: the run was recorded before it was kept".to_owned();
        lines.push(line("Started by, build, machine", "", text, String::new()));
        return lines;
    };
    lines.push(line(
        "Started by",
        "operator",
        operator(origin),
        String::new(),
    ));
    if let Some(job) = &origin.job {
        let text = format!("by {}", shown(&job.told_by));
        lines.push(line("Job", "", text, shown(&job.value).into_owned()));
    }
    lines.push(build(origin));
    let machine = match &origin.host {
        Some(host) => line(
            "Machine",
            "",
            format!("fingerprint of {}", host.of.join(" and ")),
            host.fingerprint.clone(),
        ),
        None => line("Machine", "", "not known".to_owned(), String::new()),
    };
    lines.push(machine);
    if let Some(clock) = &origin.clock {
        lines.push(line("Clock", "clock", skew(clock), String::new()));
    }
    // Without its names, a run goes by its digest under the key.
    let digest = run.redaction.as_ref().map_or("sha256", |_| "hmac-sha256");
    let before = match &origin.previous {
        Some(previous) => line(
            "Run before",
            "after",
            shown(&previous.run).into_owned(),
            format!("{digest}:{}", shown(&previous.manifest_sha256)),
        ),
        None => line(
            "Run before",
            "",
            "none known: the first of its chain".to_owned(),
            String::new(),
        ),
    };
    lines.push(before);
    lines
}

/// Which names are none: `accounts, people and names are pseudonyms`.
pub(super) fn pseudonyms(redaction: &Redaction) -> String {
    format!("{} are pseudonyms", redaction.words())
}

fn operator(origin: &Origin) -> String {
    let who = origin.operator.as_ref().map_or_else(
        || "nobody the environment names".to_owned(),
        |operator| format!("{} ({})", shown(&operator.value), shown(&operator.told_by)),
    );
    match &origin.trigger {
        Some(Trigger { kind, told_by }) => {
            let cause = match kind {
                TriggerKind::Scheduled => "by a timetable",
                TriggerKind::Manual => "by hand",
                TriggerKind::Ci => "by a change that went through CI",
            };
            format!("{who}, {cause} ({})", shown(told_by))
        }
        None => format!("{who}; what made it start is not stated"),
    }
}

fn build(origin: &Origin) -> Line {
    let tool = &origin.tool;
    let commit = tool.commit.as_ref().map_or_else(String::new, |commit| {
        format!(", built from {}", shown(commit))
    });
    let sdk = counted(tool.sdk.len() as u64, "crate", "crates");
    Line {
        of: "Build",
        short: "build",
        text: format!(
            "{} {} for {}{commit}, with {sdk} of the AWS SDK",
            shown(&tool.name),
            shown(&tool.version),
            shown(&tool.platform)
        ),
        code: tool
            .sha256
            .as_ref()
            .map_or_else(String::new, |sha256| format!("sha256:{}", shown(sha256))),
    }
}

/// How far the clock was off.
fn skew(clock: &Clock) -> String {
    let side = if clock.skew_ms < 0 {
        "behind"
    } else {
        "ahead of"
    };
    format!(
        "{} ms {side} AWS's, the median of {} ({} to {} ms; one answer is right to half a second)",
        number(clock.skew_ms.unsigned_abs()),
        counted(clock.attempts, "answer", "answers"),
        clock.least_ms,
        clock.greatest_ms
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::inventory::run::{Previous, Scope, Stated, Tool};

    fn run(origin: Option<Origin>) -> Run {
        Run {
            id: "run-2".into(),
            tool: "0.1.0".into(),
            started: jiff::Timestamp::UNIX_EPOCH,
            finished: None,
            callers: Vec::new(),
            scope: Scope::default(),
            partial: false,
            replayed: None,
            redaction: None,
            origin,
        }
    }

    #[test]
    fn what_nobody_knows_is_said() {
        let told = lines(&run(None));
        assert_eq!(
            told[0].text,
            "not known: the run was recorded before it was kept"
        );
    }

    #[test]
    fn what_is_known_is_told_with_where_it_is_from() {
        let origin = Origin {
            tool: Tool {
                name: "tieout".into(),
                version: "0.1.0".into(),
                sha256: Some("ab".into()),
                commit: Some("c0ffee".into()),
                platform: "linux x86_64".into(),
                sdk: BTreeMap::from([("aws-sdk-sts".into(), "1.0.0".into())]),
            },
            operator: Some(Stated {
                value: "ada\u{1b}[2J".into(),
                told_by: "USER".into(),
            }),
            job: None,
            trigger: Some(Trigger {
                kind: TriggerKind::Scheduled,
                told_by: "--trigger".into(),
            }),
            host: None,
            clock: Clock::of(vec![-1_200, -1_100, 3]),
            previous: Some(Previous {
                run: "run-1".into(),
                started: jiff::Timestamp::UNIX_EPOCH,
                manifest_sha256: "cd".into(),
            }),
        };
        let told = lines(&run(Some(origin)));
        let told: Vec<_> = told
            .iter()
            .map(|line| format!("{}: {} {}", line.of, line.text, line.code))
            .collect();
        assert_eq!(
            told,
            [
                "Started by: ada\\u{1b}[2J (USER), by a timetable (--trigger) ",
                "Build: tieout 0.1.0 for linux x86_64, built from c0ffee, with 1 crate of the AWS SDK sha256:ab",
                "Machine: not known ",
                "Clock: 1,100 ms behind AWS's, the median of 3 answers (-1200 to 3 ms; one answer is right to half a second) ",
                "Run before: run-1 sha256:cd",
            ]
        );
    }
}
