//! What is said of all that was looked at.

use std::io::{self, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::handed::Came;
use super::{Args, Format, Looked};
use crate::bundle::verify::{Standing, Step};
use crate::cli::output::{Failure, shown};
use crate::report::text;

/// All that was looked at, as `--format json` prints it.
#[derive(Debug, Serialize)]
struct Told<'a> {
    schema: &'static str,
    bundle: String,
    run: Option<&'a str>,
    /// `failed` where any step failed; `verified` says nothing of the steps that are `not_verified`.
    result: Standing,
    steps: &'a [Step],
    /// What it means that a step failed.
    #[serde(skip)]
    broken: &'static str,
}

/// Says it in the form that is asked for.
pub(super) fn tell(args: &Args, looked: &Looked, failed: bool, came: &Came) -> Result<(), Failure> {
    let told = Told {
        schema: "tieout.verify.v1",
        bundle: args.bundle.display().to_string(),
        run: looked.run.as_deref(),
        result: if failed {
            Standing::Failed
        } else {
            Standing::Verified
        },
        steps: &looked.steps,
        broken: match came {
            Came::Bundle(_) => "this bundle is not what its run left",
            Came::Unpacked(_) | Came::Packed(_) => "this is not what was exported",
        },
    };
    match args.format {
        Format::Json => shown(|out| {
            serde_json::to_writer_pretty(&mut *out, &told)?;
            out.write_all(b"\n")
        })?,
        Format::Terminal => shown(|out| terminal(out, &told))?,
    };
    Ok(())
}

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const OPEN: Style = AnsiColor::Yellow.on_default();

fn terminal(out: &mut Vec<u8>, told: &Told<'_>) -> io::Result<()> {
    let colour = io::stdout().is_terminal()
        && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let styled = |style: Style, word: &str| {
        if colour {
            format!("{style}{word}{style:#}")
        } else {
            word.to_owned()
        }
    };
    let width = told.steps.iter().map(|step| step.name.len()).max();
    let width = width.unwrap_or_default();
    for step in told.steps {
        let word = match step.standing {
            Standing::Verified => styled(GOOD, "verified    "),
            Standing::Failed => styled(BAD, "FAILED      "),
            Standing::NotVerified => styled(OPEN, "not verified"),
        };
        writeln!(
            out,
            "{word}  {:<width$}  {}",
            step.name,
            text::shown(&step.what)
        )?;
        for fault in &step.faults {
            let line = fault
                .line
                .map_or_else(String::new, |line| format!(":{line}"));
            let what = text::shown(&fault.what);
            writeln!(
                out,
                "              {}{line}: {what}",
                text::shown(&fault.file)
            )?;
        }
    }
    let named = |standing: Standing| {
        let steps = told.steps.iter().filter(|step| step.standing == standing);
        steps.map(|step| step.name).collect::<Vec<_>>().join(", ")
    };
    let open = named(Standing::NotVerified);
    let open = if open.is_empty() {
        String::new()
    } else {
        format!("; not verified: {open}")
    };
    match told.result {
        Standing::Failed => writeln!(
            out,
            "\n{}: {}{open}",
            styled(BAD, told.broken),
            named(Standing::Failed)
        ),
        Standing::Verified | Standing::NotVerified => {
            writeln!(
                out,
                "\n{}{open}",
                styled(GOOD, "all that was looked at holds")
            )
        }
    }
}
