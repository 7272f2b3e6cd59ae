//! Every attestation as it stands today.

use std::io::{self, Write};

use super::Folder;
use crate::cli::text::{count, prose};
use crate::criteria::Attestation;
use crate::govern::attestation::{Standing, State};

/// Each with what is wanted and how it stands.
pub(super) fn all(folder: &Folder, out: &mut impl Write) -> io::Result<()> {
    for attestation in folder.wanted() {
        let standing = folder.standings.get(&attestation.id);
        let state = standing.map_or(&State::Missing, |standing| &standing.state);
        writeln!(out, "{}  {}", attestation.id, state.words())?;
        prose(out, 4, &attestation.what)?;
        let wanted = format!(
            "document: {}; counts for {}",
            attestation.document,
            count(attestation.max_age_days as usize, "day")
        );
        prose(out, 4, &wanted)?;
        if let Some(default) = attestation.report_max_days {
            let days = folder.limits.report_days(default);
            let changed = if days == default {
                String::new()
            } else {
                format!(" (changed in tieout.toml; {default} by default)")
            };
            let counts = format!(
                "once AWS lists a newer report: counts while what it reviews reaches to {} before the run{changed}",
                count(days as usize, "day")
            );
            prose(out, 4, &counts)?;
        }
        let criteria: Vec<&str> = folder.frameworks.criteria_of(&attestation.id).collect();
        prose(out, 4, &format!("criteria: {}", criteria.join(", ")))?;
        if let Some(said) = standing.and_then(said) {
            prose(out, 4, &said)?;
        }
        writeln!(out)?;
    }
    counts(folder, out)?;
    writeln!(out, "`tieout attest new ID` starts one.")
}

/// What does not count and what soon will not; whether all counts.
pub(super) fn check(folder: &Folder, out: &mut impl Write) -> io::Result<bool> {
    let mut sound = true;
    let mut unmade = 0;
    for attestation in folder.wanted() {
        let standing = folder.standings.get(&attestation.id);
        let state = standing.map_or(&State::Missing, |standing| &standing.state);
        // A folder is filled over time; what a criterion needs is needed.
        if *state == State::Missing && folder.criterion.is_none() {
            unmade += 1;
            continue;
        }
        if let Some(why) = state.why() {
            sound = false;
            writeln!(out, "{}  {}", attestation.id, state.words())?;
            let by = standing.and_then(|standing| standing.by.as_ref());
            let named = by.map_or_else(|| "it".to_owned(), |by| by.statement.file.clone());
            prose(out, 4, &format!("{named} {why}"))?;
            if let Some(remedy) = state.remedy(&attestation.id) {
                prose(out, 4, &format!("help: {remedy}"))?;
            }
        } else if let Some(soon) = standing.and_then(ends) {
            writeln!(out, "{}  {soon}", attestation.id)?;
        }
    }
    counts(folder, out)?;
    if unmade > 0 {
        let unmade = count(unmade, "attestation");
        writeln!(out, "{unmade} that nobody has made: `tieout attest list`")?;
    }
    let reviewed = folder.wanted().any(|attestation| {
        let standing = folder.standings.get(&attestation.id);
        attestation.report_max_days.is_some() && standing.is_some_and(|it| it.by.is_some())
    });
    if reviewed {
        writeln!(
            out,
            "Reviews of AWS's report were held against their own dates; a scan holds them against AWS's list."
        )?;
    }
    Ok(sound)
}

impl Folder {
    /// The attestations that are asked about, by id.
    fn wanted(&self) -> impl Iterator<Item = &Attestation> {
        self.frameworks.attestations().filter(|attestation| {
            self.criterion.as_ref().is_none_or(|criterion| {
                let mut needing = self.frameworks.criteria_of(&attestation.id);
                needing.any(|id| id == criterion)
            })
        })
    }
}

/// Which statement speaks, by whom, and until when.
fn said(standing: &Standing) -> Option<String> {
    let by = standing.by.as_ref()?;
    let statement = &by.statement;
    let reviewed = statement.reviewed.as_ref();
    let reviewed = reviewed.map_or_else(
        || "reviewed by nobody".to_owned(),
        |reviewed| format!("reviewed by {} on {}", reviewed.reviewer, reviewed.reviewed),
    );
    let why = standing.state.why();
    let late = if statement.expires > by.counts_until {
        format!(
            " (not {}, as it says: its kind allows no such late day)",
            statement.expires
        )
    } else {
        String::new()
    };
    let why = why.map_or_else(
        || format!("counts until {}{late}", by.counts_until),
        |why| format!("it {why}"),
    );
    let soon = ends(standing).map_or_else(String::new, |soon| format!(", {soon}"));
    Some(format!(
        "{}: {}, {}, {}; {reviewed}; {why}{soon}",
        statement.file, statement.owner, statement.owner_role, statement.attested
    ))
}

fn ends(standing: &Standing) -> Option<String> {
    let days = usize::try_from(standing.ends_in_days?).unwrap_or(0);
    Some(format!("ends in {}", count(days, "day")))
}

fn counts(folder: &Folder, out: &mut impl Write) -> io::Result<()> {
    let wanted = folder.wanted().count();
    let current = folder.wanted().filter(|attestation| {
        let standing = folder.standings.get(&attestation.id);
        standing.is_some_and(|standing| standing.state.is_current())
    });
    writeln!(
        out,
        "{} of {} count today",
        current.count(),
        count(wanted, "attestation")
    )
}
