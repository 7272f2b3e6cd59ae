//! What people attested, counted, and each statement that does not count or soon will not.

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::Style;

use super::Page;
use crate::report::Report;
use crate::report::text::{clipped, counted, number};

/// Longest name of a person or a statement before it is cut.
const NAME: usize = 60;

impl<W: Write> Page<'_, W> {
    /// Nothing where no criterion needs a statement.
    pub(super) fn attested(&mut self, report: &Report) -> io::Result<()> {
        if report.attestations.is_empty() {
            return Ok(());
        }
        let strong = self.palette.strong;
        let (unknown, pass, dim) = (self.palette.unknown, self.palette.pass, self.palette.dim);
        writeln!(
            self.out,
            "\n{strong}statements{strong:#}  attested by people, not tested"
        )?;
        let mut states: BTreeMap<(bool, &str), usize> = BTreeMap::new();
        for attestation in &report.attestations {
            *states
                .entry((!attestation.current, attestation.state))
                .or_default() += 1;
        }
        let counts: Vec<(Style, String)> = states
            .iter()
            .map(|((lacks, state), count)| {
                let style = if *lacks { unknown } else { pass };
                let count = number(*count as u64);
                (style, format!("{count} {}", state.replace('_', " ")))
            })
            .collect();
        self.flow(2, " · ", &counts)?;
        for attestation in &report.attestations {
            let named = clipped(attestation.by.as_deref().unwrap_or(&attestation.id), NAME);
            if let (Some(_), Some(why)) = (&attestation.by, &attestation.why) {
                let mut words = vec![(unknown, attestation.id.clone())];
                let said = format!("{named} {why}");
                words.extend(said.split(' ').map(|word| (Style::new(), word.to_owned())));
                self.flow(2, " ", &words)?;
            }
            if let Some(days) = attestation.ends_in_days {
                let left = u64::try_from(days).unwrap_or(0);
                let soon = format!("{named} ends in {}", counted(left, "day", "days"));
                let mut words = vec![(unknown, attestation.id.clone())];
                words.extend(soon.split(' ').map(|word| (Style::new(), word.to_owned())));
                self.flow(2, " ", &words)?;
            }
        }
        if let Some(inherited) = &report.inherited {
            let newest = match (&inherited.unread, inherited.newest_gap_days) {
                (Some(why), _) => format!("AWS's own report: not told ({why})"),
                (None, Some(days)) => format!(
                    "AWS's own report: the newest ended {} before this run",
                    counted(u64::try_from(days).unwrap_or(0), "day", "days")
                ),
                (None, None) => "AWS's own report: AWS lists none".to_owned(),
            };
            self.words(2, dim, &clipped(&newest, 300))?;
        }
        Ok(())
    }
}
