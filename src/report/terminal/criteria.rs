//! Every criterion by its result: the codes, and in a few words what they wait for.

use std::io::{self, Write};

use anstyle::Style;

use super::Page;
use crate::check::Counts;
use crate::criteria::EvidenceKind;
use crate::criteria::result::{CriterionResult, ResultKind, Strength};
use crate::criteria::tally::CheckState;
use crate::report::{ByFramework, Report};

impl<W: Write> Page<'_, W> {
    /// Each framework in a few lines. A criterion that its framework lists twice stands here once.
    pub(super) fn criteria(&mut self, report: &Report) -> io::Result<()> {
        for framework in &report.summary.frameworks {
            self.framework(framework, report)?;
        }
        Ok(())
    }

    fn framework(&mut self, framework: &ByFramework, report: &Report) -> io::Result<()> {
        let strong = self.palette.strong;
        let ByFramework {
            framework, title, ..
        } = framework;
        writeln!(self.out, "\n{strong}{framework}{strong:#}  {title}")?;
        let criteria: Vec<&CriterionResult> = report
            .criteria
            .iter()
            .filter(|found| found.framework == *framework && !found.repeated)
            .collect();
        for result in ResultKind::ALL {
            let (waiting, decided): (Vec<_>, Vec<_>) = criteria
                .iter()
                .filter(|found| found.result == result)
                .partition(|found| awaits_people_alone(found));
            self.result(result, why(result), &decided)?;
            self.result(result, "awaits people's statements alone", &waiting)?;
        }
        Ok(())
    }

    fn result(
        &mut self,
        result: ResultKind,
        why: &str,
        criteria: &[&CriterionResult],
    ) -> io::Result<()> {
        if criteria.is_empty() {
            return Ok(());
        }
        let style = self.palette.result(result);
        let dim = self.palette.dim;
        let plain = Style::new();
        let mut words = vec![(style, format!("{result:<10}"))];
        words.extend(criteria.iter().map(|found| (plain, found.code.clone())));
        words.extend(
            format!("({why})")
                .split(' ')
                .map(|word| (dim, word.to_owned())),
        );
        self.flow(2, " ", &words)
    }
}

fn why(result: ResultKind) -> &'static str {
    match result {
        ResultKind::Exceptions => "something fails",
        ResultKind::Incomplete => "something is unknown, or nothing decides it",
        ResultKind::Supported => "checks pass or are waived, statements are current",
        ResultKind::Inherited => "rests on AWS's own controls",
        ResultKind::Attested => "rests on people's statements",
    }
}

/// Whether all that an incomplete criterion lacks is a statement by a person: no scan will settle it.
fn awaits_people_alone(criterion: &CriterionResult) -> bool {
    let mut deciding = criterion
        .standings
        .iter()
        .filter(|standing| standing.outcome == Counts::Verdict);
    let rests_on_people = match criterion.evidence {
        EvidenceKind::Attested | EvidenceKind::Inherited => true,
        EvidenceKind::Automated | EvidenceKind::Partial => deciding.clone().any(|standing| {
            standing.state == CheckState::Passes && standing.strength == Strength::Direct
        }),
    };
    criterion.result == ResultKind::Incomplete
        && rests_on_people
        && deciding.all(|standing| match standing.state {
            CheckState::Passes | CheckState::NothingToJudge => true,
            CheckState::Fails | CheckState::LeftOut | CheckState::Undecided => false,
        })
}
