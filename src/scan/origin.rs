//! What only the moment of a scan can tell: by which build, started by whom and why, on which machine.
//!
//! Read from the environment of the process, which anybody may set who starts it; so each says by what it is known.

mod machine;

use std::env::consts::{ARCH, OS};
use std::fs::File;
use std::io::{self, Read};

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use crate::aws;
use crate::inventory::run::origin::TriggerKind;
use crate::inventory::run::{Origin, Stated, Tool, Trigger};

pub use machine::host;

/// A variable of the environment: its value, where it has one that is not empty.
pub type Variable<'e> = &'e dyn Fn(&str) -> Option<String>;

/// The environment of this process.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// All of it, as it is when a scan starts. `trigger` is what a user said of it; `terminal`: somebody sits before one.
pub fn origin(variable: Variable<'_>, trigger: Option<Trigger>, terminal: bool) -> Origin {
    Origin {
        tool: tool(),
        operator: operator(variable),
        job: job(variable),
        trigger: trigger.or_else(|| shown(variable, terminal)),
        host: host(),
        clock: None,
        previous: None,
    }
}

/// This build.
pub fn tool() -> Tool {
    Tool {
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        sha256: executable().ok(),
        commit: option_env!("TIEOUT_COMMIT").map(str::to_owned),
        platform: format!("{OS} {ARCH}"),
        sdk: aws::sdk()
            .map(|(name, version)| (name.replace('_', "-"), version.to_owned()))
            .collect(),
    }
}

/// SHA-256 of the executable that runs.
fn executable() -> io::Result<String> {
    // On Linux the file itself, also where another has taken its place since it was started.
    let running = File::open("/proc/self/exe");
    let mut file = running.or_else(|_| File::open(std::env::current_exe()?))?;
    let (mut digest, mut part) = (Sha256::new(), vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut part)?;
        match part.get(..read) {
            None | Some([]) => return Ok(hexadecimal(&digest.finalize())),
            Some(part) => digest.update(part),
        }
    }
}

/// Variables that name who started a job or a process, the particular before the general.
const OPERATORS: [&str; 10] = [
    "GITHUB_ACTOR",
    "GITLAB_USER_LOGIN",
    "BUILD_REQUESTEDFOR",
    "BUILDKITE_BUILD_CREATOR",
    "CIRCLE_USERNAME",
    "CODEBUILD_INITIATOR",
    "SUDO_USER",
    "USER",
    "LOGNAME",
    "USERNAME",
];

fn operator(variable: Variable<'_>) -> Option<Stated> {
    first(variable, &OPERATORS)
}

/// Variables that lead to a job.
const JOBS: [&str; 6] = [
    "CI_JOB_URL",
    "BUILDKITE_BUILD_URL",
    "CIRCLE_BUILD_URL",
    "BUILD_URL",
    "CODEBUILD_BUILD_ID",
    "AWS_BATCH_JOB_ID",
];

fn job(variable: Variable<'_>) -> Option<Stated> {
    let of_github = || {
        let part = |name: &str| variable(name);
        Some(Stated {
            value: format!(
                "{}/{}/actions/runs/{}",
                part("GITHUB_SERVER_URL")?,
                part("GITHUB_REPOSITORY")?,
                part("GITHUB_RUN_ID")?
            ),
            told_by: "GITHUB_RUN_ID".to_owned(),
        })
    };
    of_github().or_else(|| first(variable, &JOBS))
}

fn first(variable: Variable<'_>, names: &[&str]) -> Option<Stated> {
    names.iter().find_map(|name| {
        Some(Stated {
            value: variable(name)?,
            told_by: (*name).to_owned(),
        })
    })
}

/// Variables in which a CI system says what made a job start, and its words for a timetable and for a person.
const CAUSES: [(&str, &str, &str); 4] = [
    ("GITHUB_EVENT_NAME", "schedule", "workflow_dispatch"),
    ("CI_PIPELINE_SOURCE", "schedule", "web"),
    ("BUILD_REASON", "Schedule", "Manual"),
    ("BUILDKITE_SOURCE", "schedule", "ui"),
];

/// What made the run start, as far as the environment shows it.
fn shown(variable: Variable<'_>, terminal: bool) -> Option<Trigger> {
    let trigger = |kind, told_by: &str| {
        Some(Trigger {
            kind,
            told_by: told_by.to_owned(),
        })
    };
    for (name, timetable, person) in CAUSES {
        match variable(name) {
            Some(cause) if cause == timetable => return trigger(TriggerKind::Scheduled, name),
            Some(cause) if cause == person => return trigger(TriggerKind::Manual, name),
            Some(_) => return trigger(TriggerKind::Ci, name),
            None => {}
        }
    }
    if variable("CI").is_some_and(|value| value != "false") {
        trigger(TriggerKind::Ci, "CI")
    } else if terminal {
        trigger(TriggerKind::Manual, "terminal")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)], terminal: bool) -> Origin {
        let variable = |name: &str| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        origin(&variable, None, terminal)
    }

    fn stated(value: &str, told_by: &str) -> Option<Stated> {
        Some(Stated {
            value: value.to_owned(),
            told_by: told_by.to_owned(),
        })
    }

    #[test]
    fn a_job_of_a_ci_system_says_who_and_why_and_where() {
        let job = [
            ("CI", "true"),
            ("USER", "runner"),
            ("GITHUB_ACTOR", "ada"),
            ("GITHUB_EVENT_NAME", "schedule"),
            ("GITHUB_SERVER_URL", "https://github.example"),
            ("GITHUB_REPOSITORY", "acme/evidence"),
            ("GITHUB_RUN_ID", "77"),
        ];
        let origin = of(&job, true);
        assert_eq!(origin.operator, stated("ada", "GITHUB_ACTOR"));
        let page = "https://github.example/acme/evidence/actions/runs/77";
        assert_eq!(origin.job, stated(page, "GITHUB_RUN_ID"));
        let trigger = origin.trigger.unwrap();
        assert_eq!(trigger.kind, TriggerKind::Scheduled);
        assert_eq!(trigger.told_by, "GITHUB_EVENT_NAME");
    }

    #[test]
    fn a_person_at_a_terminal_is_one() {
        let origin = of(&[("USER", "ada")], true);
        assert_eq!(origin.operator, stated("ada", "USER"));
        assert_eq!(origin.trigger.unwrap().kind, TriggerKind::Manual);
        assert_eq!(origin.job, None);
    }

    #[test]
    fn what_nobody_says_is_not_made_up() {
        let origin = of(&[], false);
        assert_eq!(
            (origin.operator, origin.trigger, origin.job),
            (None, None, None)
        );
        let pushed = of(&[("GITHUB_EVENT_NAME", "push")], false);
        assert_eq!(pushed.trigger.unwrap().kind, TriggerKind::Ci);
        assert_eq!(of(&[("CI", "false")], false).trigger, None);
    }

    #[test]
    fn the_build_tells_of_itself() {
        let tool = tool();
        assert_eq!(tool.sha256.unwrap().len(), 64);
        let version = &tool.sdk["aws-sdk-sts"];
        assert!(version.starts_with("1."), "{version}");
        assert_eq!(tool.sdk.len(), 12);
    }
}
