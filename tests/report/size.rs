//! A page on a large account: nothing that needs attention is left out, what is left out is said, and what remains
//! is of a size that a browser opens.

use std::collections::BTreeSet;

use tieout::check::Outcome;

use crate::html::{found, page};
use crate::sample;

/// Resources of each kind and region: with the checks of the binary a hundred thousand verdicts.
const EACH: usize = 90;

#[test]
fn a_hundred_thousand_verdicts_are_a_page_that_opens() {
    let report = sample::company::report(EACH);
    assert!(report.verdicts.len() > 100_000, "{}", report.verdicts.len());
    let page = page(&report);
    // Fifty megabytes of a hundred thousand; how many they are grows with the checks.
    let each = page.len() / report.verdicts.len();
    assert!(each < 500, "{each} bytes for each verdict");

    let printed: BTreeSet<&str> = found(r#" id="verdict-([0-9a-f]{16})""#, &page)
        .into_iter()
        .collect();
    let left_out: Vec<_> = report
        .verdicts
        .iter()
        .filter(|verdict| !printed.contains(verdict.id.as_str()))
        .collect();
    for verdict in &left_out {
        let calm = [Outcome::Pass, Outcome::NotApplicable];
        assert!(calm.contains(&verdict.outcome), "{verdict:?}");
    }
    let said: usize = found(r#" data-folded="([0-9]+)""#, &page)
        .iter()
        .map(|count| count.parse::<usize>().unwrap())
        .sum();
    assert_eq!(said, left_out.len());
    assert_eq!(said + printed.len(), report.verdicts.len());
    assert!(page.contains("more that this page leaves out for its size"));
    assert!(page.contains(" more of these, in short</summary>"));
}

#[test]
fn a_page_on_a_company_leaves_nothing_out() {
    let page = page(&sample::company::report(4));
    let folded: BTreeSet<&str> = found(r#" data-folded="([0-9]+)""#, &page)
        .into_iter()
        .collect();
    assert_eq!(folded, BTreeSet::from(["0"]));
}

#[test]
fn the_same_run_is_the_same_page() {
    assert!(page(&sample::company::report(2)) == page(&sample::company::report(2)));
}
