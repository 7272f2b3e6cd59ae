//! What came of it, in a terminal: a line to a service, and everything that does not match.

use std::io::{self, Write};

use crate::bundle::corroborate::{Corroboration, NotCorroborable};
use crate::report::text::{self, counted};
use crate::scan::corroborate::{Document, Trail};

/// Writes it.
pub(super) fn terminal(document: &Document, out: &mut Vec<u8>) -> io::Result<()> {
    let found = &document.found;
    let run = text::shown(&document.run);
    match (&document.trail, &document.asked_by) {
        (Some(trail), _) => writeln!(
            out,
            "{run} in {} of {}, read {}",
            counted(trail.files, "log file", "log files"),
            text::shown(&trail.place),
            document.asked_at,
        )?,
        (None, Some(caller)) => writeln!(
            out,
            "{run} in CloudTrail, asked {} as {}",
            document.asked_at,
            text::shown(caller)
        )?,
        (None, None) => writeln!(out, "{run} in CloudTrail, asked {}", document.asked_at)?,
    }
    writeln!(
        out,
        "by {} {}\n",
        document.asked_for.attribute,
        text::shown(&document.asked_for.values.join(", "))
    )?;
    writeln!(
        out,
        "{:<24} {:>8} {:>8} {:>8} {:>8} {:>8} {:>16}",
        "service", "attempts", "matched", "differ", "missing", "unread", "not corroborable"
    )?;
    let total = found.total();
    let lines = found
        .services
        .iter()
        .map(|(name, line)| (name.as_str(), line));
    for (name, line) in lines.chain([("all", &total)]) {
        writeln!(
            out,
            "{:<24} {:>8} {:>8} {:>8} {:>8} {:>8} {:>16}",
            text::shown(name),
            line.attempts,
            line.matched,
            line.differing,
            line.missing,
            line.unread,
            line.not_corroborable
        )?;
    }
    writeln!(out)?;
    contradictions(found, out)?;
    for gap in &document.gaps {
        writeln!(
            out,
            "not read: the event history of {}: {}{}",
            text::shown(&gap.region),
            gap.reason,
            if gap.action.is_empty() {
                String::new()
            } else {
                format!("; grant {}", gap.action)
            }
        )?;
    }
    if let Some(trail) = &document.trail {
        unread(trail, out)?;
    }
    reasons(&found.not_corroborable, out)?;
    writeln!(
        out,
        "\nA match shows that AWS received the call, when, from whom and with which outcome. It does not show what the call\n\
         answered: CloudTrail keeps no answers of calls that read. Whoever administers the account administers its trails."
    )
}

/// What stands in one and not in the other, or differs.
fn contradictions(found: &Corroboration, out: &mut Vec<u8>) -> io::Result<()> {
    for one in &found.differing {
        let (call, event) = (&one.call, &one.event);
        writeln!(
            out,
            "differs: {}:{} {} is {} at {} in CloudTrail ({})",
            text::shown(&call.service),
            text::shown(&call.operation),
            text::shown(event.request_id.as_deref().unwrap_or("-")),
            text::shown(&event.name),
            event.at,
            one.in_what.join(", ")
        )?;
    }
    for call in &found.missing {
        writeln!(
            out,
            "not in CloudTrail: {}:{} {} in {} at {}",
            text::shown(&call.service),
            text::shown(&call.operation),
            text::shown(call.request_id.as_deref().unwrap_or("-")),
            text::shown(&call.region),
            call.at
        )?;
    }
    for event in &found.unclaimed {
        writeln!(
            out,
            "not in the bundle: {} of {} {} in {} at {}",
            text::shown(&event.name),
            text::shown(&event.source),
            text::shown(event.request_id.as_deref().unwrap_or("-")),
            text::shown(&event.region),
            event.at
        )?;
    }
    Ok(())
}

/// What of a trail was not read, and why.
fn unread(trail: &Trail, out: &mut Vec<u8>) -> io::Result<()> {
    for one in &trail.unread {
        let what = match (&one.file, one.service) {
            (Some(file), _) => text::shown(file).into_owned(),
            (None, Some(service)) => format!("{service} in {}", text::shown(&one.region)),
            (None, None) => text::shown(&one.region).into_owned(),
        };
        writeln!(out, "not read: {what}: {}", text::shown(&one.why))?;
    }
    writeln!(
        out,
        "whether the files are those that CloudTrail delivered, `aws cloudtrail validate-logs` says, by the trail's digest files"
    )
}

/// Why calls are not corroborable: each reason once, with how many there are of it.
fn reasons(all: &[NotCorroborable], out: &mut Vec<u8>) -> io::Result<()> {
    let mut counts: Vec<(&NotCorroborable, u64)> = Vec::new();
    for one in all {
        let same = |(known, _): &&mut (&NotCorroborable, u64)| {
            (
                &known.why,
                known.link,
                &known.call.service,
                &known.call.operation,
            ) == (&one.why, one.link, &one.call.service, &one.call.operation)
        };
        match counts.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => counts.push((one, 1)),
        }
    }
    for (one, count) in counts {
        writeln!(
            out,
            "not corroborable: {}:{}, {}: {}{}",
            text::shown(&one.call.service),
            text::shown(&one.call.operation),
            counted(count, "attempt", "attempts"),
            one.why,
            one.link
                .map(|link| format!(" ({link})"))
                .unwrap_or_default(),
        )?;
    }
    Ok(())
}
