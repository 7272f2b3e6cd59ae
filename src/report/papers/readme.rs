//! What the workpapers are, what they are not, and how to check them.

use super::super::Report;
use super::cells::shown;
use super::{Column, Sheet};

/// The first sheet.
pub(super) fn sheet(report: &Report) -> Sheet<'_> {
    let run = [("Run", shown(&report.run.id))];
    let said = SAID
        .iter()
        .map(|(topic, text)| (*topic, (*text).to_owned()));
    Sheet::new("Read me", columns(), run.into_iter().chain(said))
}

fn columns() -> Vec<Column<(&'static str, String)>> {
    vec![
        ("Topic", 24, |(topic, _)| (*topic).into()),
        ("What to know", 140, |(_, text)| text.as_str().into()),
    ]
}

/// Topic and text, in the order of reading.
const SAID: &[(&str, &str)] = &[
    (
        "What this is",
        "Workpapers of one run of tieout: what AWS answered at the time of the run, and how those answers compare with the checks \
         listed. The sheet Run says who asked, when, and in which scope.",
    ),
    (
        "What this is not",
        "It is not an attestation report and expresses no opinion; that is for an independent auditor. It shows the state at the time \
         of the run, not over a period. Titles and statements of criteria are paraphrases; the text that counts is the AICPA's.",
    ),
    (
        "Verdicts",
        "pass: the check's title is true of the resource. fail: it is not. unknown: a fact it rests on could not be read; never \
         counted as pass or fail. not_applicable: the check says nothing of this resource. A waived failure stays a failure.",
    ),
    (
        "Arithmetic",
        "For every check: discovered = pass + fail + waived + unknown + not applicable. Discovered is counted from the lists of \
         resources and the rest from the verdicts. Gaps in the lists come besides: they are what could not be listed.",
    ),
    (
        "Populations",
        "The sheet Populations has a line for each check: how many members, whether that is all of them, and why not. In the \
         workbook the members stand on one sheet for each kind of resource, by check; filter the column Check. Among the CSV files \
         each check has a file of its own under populations/, also where it has no members. No member is left out and none is \
         chosen beforehand.",
    ),
    (
        "Rows",
        "Members are in order of account, region, ARN and name. The row id is the first 16 hexadecimal digits of the SHA-256 of \
         check, kind, account, region and ARN, each ended by a zero byte: the same in every run.",
    ),
    (
        "Digests of the rows",
        "The digest of a population is the SHA-256 of its CSV file: sha256sum populations/CHECK.csv repeats it. `tieout sample` prints \
         the same digest, so a sample can be tied to the list it was drawn from.",
    ),
    (
        "Samples",
        "`tieout sample BUNDLE --check CHECK --size N --seed SEED` ranks the row ids by SHA-256(SEED, a zero byte, row id) and takes the N \
         smallest. Size and seed are the auditor's; the same can be done in a few lines over the CSV file.",
    ),
    (
        "Facts and calls",
        "Facts read are those the rule read, as the evaluator recorded them, each with the number of the call that told it. The \
         request id is AWS's own: whoever may read CloudTrail can find the call there. The digest is of the raw answer, which the \
         bundle holds.",
    ),
    (
        "How to check this",
        "`tieout replay BUNDLE` performs the scan again from the recorded answers, with no AWS account, and compares every verdict. \
         `tieout report BUNDLE --format xlsx --format csv --out DIR` makes these papers again, byte for byte.",
    ),
    (
        "Text that looks like a formula",
        "Names and tags are whatever somebody typed. In the CSV files a cell whose text begins with = + - @ (also after white space \
         or in their full-width forms), or with a tab or a line break, has an apostrophe put before it; it is no part of the text. The \
         workbook holds text as text and no formula at all.",
    ),
    (
        "Text that would not show",
        "Controls, line breaks in names, and marks that turn the direction of writing are spelled out, as in \\u{202e}. report.json has \
         the text as AWS gave it.",
    ),
    (
        "Form of the CSV files",
        "UTF-8 without a byte order mark, one line of headings, RFC 4180: commas, every cell in quotes, quotes doubled, lines ended by \
         CR LF. Import every column as text: an account number may begin with zeros.",
    ),
    (
        "Limits of a workbook",
        "Excel holds 32,767 characters in a cell and 1,048,576 rows on a sheet. A longer cell ends with words that say so, and stands \
         whole in the CSV file; a longer list goes on on a further sheet.",
    ),
];
