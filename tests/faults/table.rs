//! The table of what came of many faults.

use std::collections::BTreeSet;
use std::io::{Write, stdout};

use super::compare::Compared;

/// A line of the table.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) fault: &'static str,
    pub(crate) operations: BTreeSet<String>,
    pub(crate) calls: usize,
    pub(crate) replays: usize,
    /// How many replays ended with 1, 2 and 3.
    pub(crate) ended: [usize; 3],
    pub(crate) compared: Compared,
}

/// Adds to the line of the same fault.
pub(crate) fn add(lines: &mut Vec<Line>, line: Line) {
    let Some(sum) = lines.iter_mut().find(|known| known.fault == line.fault) else {
        return lines.push(line);
    };
    sum.operations.extend(line.operations);
    sum.calls += line.calls;
    sum.replays += line.replays;
    for (sum, ended) in sum.ended.iter_mut().zip(line.ended) {
        *sum += ended;
    }
    sum.compared.verdicts += line.compared.verdicts;
    sum.compared.unknown += line.compared.unknown;
    sum.compared.violations.extend(line.compared.violations);
}

/// To the real output: what the macros print of a test that passes is not shown.
pub(crate) fn print(title: &str, lines: &[Line]) {
    let mut table = format!("\n{title}\n");
    let mut row = |cells: [String; 10]| {
        let [fault, numbers @ ..] = cells;
        let widths = [11, 8, 9, 8, 8, 8, 10, 15, 12];
        let numbers = numbers.iter().zip(widths);
        table.push_str(&format!("{fault:<24}"));
        numbers.for_each(|(number, width)| table.push_str(&format!("{number:>width$}")));
        table.push('\n');
    };
    let head = [
        "fault",
        "operations",
        "calls",
        "replays",
        "exit 1",
        "exit 3",
        "exit 2",
        "verdicts",
        "became unknown",
        "violations",
    ];
    row(head.map(str::to_owned));
    let mut total = Vec::new();
    for line in lines {
        row(line.cells());
        let sum = Line {
            fault: "in all",
            operations: line.operations.clone(),
            compared: line.compared.clone(),
            ..*line
        };
        add(&mut total, sum);
    }
    total.iter().for_each(|line| row(line.cells()));
    let mut out = stdout().lock();
    out.write_all(table.as_bytes())
        .expect("the table can be printed");
}

impl Line {
    fn cells(&self) -> [String; 10] {
        let [fails, could_not_run, unknown] = self.ended;
        let Compared {
            verdicts,
            unknown: became_unknown,
            violations,
        } = &self.compared;
        [
            self.fault.to_owned(),
            self.operations.len().to_string(),
            self.calls.to_string(),
            self.replays.to_string(),
            fails.to_string(),
            unknown.to_string(),
            could_not_run.to_string(),
            verdicts.to_string(),
            became_unknown.to_string(),
            violations.len().to_string(),
        ]
    }
}
