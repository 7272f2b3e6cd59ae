//! Waived failures with who accepted them, and the waivers that do not count as somebody may think they do.

use std::io::{self, Write};

use anstyle::Style;

use super::Page;
use crate::govern::marking::State;
use crate::report::text::{counted, lines, shown};
use crate::report::{Report, StatedWaiver};

impl<W: Write> Page<'_, W> {
    pub(super) fn waivers(&mut self, report: &Report) -> io::Result<()> {
        let applied: Vec<&StatedWaiver> = of(report, |waiver| waiver.state == State::Active);
        if !applied.is_empty() {
            let style = self.palette.strong;
            let count: u64 = applied.iter().map(|waiver| waiver.applied).sum();
            writeln!(
                self.out,
                "\n{style}waived failures{style:#}, {}",
                counted(count, "failure that stays one", "failures that stay such")
            )?;
            for waiver in applied {
                self.waived(waiver)?;
            }
        }
        let others = of(report, |waiver| waiver.state != State::Active);
        if !others.is_empty() {
            let style = self.palette.unknown;
            writeln!(self.out, "\n{style}waivers that cover nothing{style:#}")?;
            for waiver in others {
                let head = [
                    (style, waiver.state.name().to_owned()),
                    (Style::new(), shown(&waiver.id).into_owned()),
                ];
                self.flow(2, "  ", &head)?;
                self.words(4, Style::new(), &shown(&waiver.says))?;
            }
        }
        Ok(())
    }

    fn waived(&mut self, waiver: &StatedWaiver) -> io::Result<()> {
        let (dim, plain) = (self.palette.dim, Style::new());
        let covers = counted(waiver.applied, "failure", "failures");
        let head = [
            (plain, shown(&waiver.check).into_owned()),
            (dim, covers),
            (dim, format!("waiver {}", shown(&waiver.id))),
        ];
        self.flow(2, " · ", &head)?;
        let left = counted(waiver.days_left.unsigned_abs(), "day", "days");
        let who = format!(
            "{} answers for it, {} approved it ({}); until {}, {left}",
            waiver.terms.owner, waiver.terms.approver, waiver.terms.ticket, waiver.terms.expires
        );
        self.words(4, plain, &shown(&who))?;
        for line in lines(&waiver.terms.reason).lines() {
            self.words(4, plain, line)?;
        }
        for by in &waiver.compensating {
            let line = format!("made up for by {}, which {}", by.id, by.state);
            self.words(4, dim, &shown(&line))?;
        }
        if waiver.retroactive {
            let line = format!(
                "retroactive: it was to count from {}, and was approved on {}",
                waiver.terms.from, waiver.terms.approved
            );
            self.words(4, self.palette.unknown, &line)?;
        }
        Ok(())
    }

    /// What else people state, and the exceptions made in AWS: a line each, where there is something.
    pub(super) fn of_people(&mut self, report: &Report) -> io::Result<()> {
        let dim = self.palette.dim;
        let mut lines = Vec::new();
        let said = report.responses.len() as u64;
        if said > 0 {
            lines.push(format!(
                "{} of management, which change nothing and are not verified",
                counted(said, "response", "responses")
            ));
        }
        let made: u64 = report.suppressions.iter().map(|kind| kind.discovered).sum();
        if made > 0 {
            lines.push(format!(
                "{} made in AWS itself, such as suppressed findings; the report lists them",
                counted(made, "exception", "exceptions")
            ));
        }
        for person in report.segregation.iter().filter(|person| person.overlap) {
            lines.push(format!("more than one role: {}", shown(&person.says())));
        }
        if !lines.is_empty() {
            writeln!(self.out)?;
        }
        lines.iter().try_for_each(|line| self.words(0, dim, line))
    }
}

fn of(report: &Report, chosen: impl Fn(&StatedWaiver) -> bool) -> Vec<&StatedWaiver> {
    report.waivers.iter().filter(|it| chosen(it)).collect()
}
