//! Names that would act: whatever somebody typed is text in every cell.

use proptest::prelude::*;
use tieout::report::csv::{self, neutral};

use crate::sample;

/// Text made of what formulas are made of.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("=".to_owned()),
        Just("+".to_owned()),
        Just("-".to_owned()),
        Just("@".to_owned()),
        Just("＝".to_owned()),
        Just("＋".to_owned()),
        Just("－".to_owned()),
        Just("＠".to_owned()),
        Just("\t".to_owned()),
        Just("\r".to_owned()),
        Just("\n".to_owned()),
        Just(" ".to_owned()),
        Just("\u{a0}".to_owned()),
        Just("\u{3000}".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("\"".to_owned()),
        Just(",".to_owned()),
        Just(";".to_owned()),
        Just("'".to_owned()),
        Just("cmd|' /C calc'!A0".to_owned()),
        Just("HYPERLINK(\"https://example.com\")".to_owned()),
        "[a-z0-9]{1,4}",
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())
}

/// Whether a spreadsheet might take it for a formula, said in other words than the code's: by what is left once
/// everything is gone that does not show.
fn may_act(text: &str) -> bool {
    let seen: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{200b}' | '\u{feff}'))
        .collect();
    let narrow = seen.chars().next().map(|first| match first {
        '＝' => '=',
        '＋' => '+',
        '－' => '-',
        '＠' => '@',
        other => other,
    });
    matches!(narrow, Some('=' | '+' | '-' | '@')) || text.starts_with(['\t', '\r', '\n'])
}

proptest! {
    #[test]
    fn no_text_begins_like_a_formula(text in hostile()) {
        let cell = neutral(&text);
        prop_assert!(!may_act(&cell), "{cell:?}");
        if may_act(&text) {
            prop_assert_eq!(cell.strip_prefix('\''), Some(text.as_str()));
        } else {
            prop_assert_eq!(&*cell, &*text);
        }
    }
}

#[test]
fn a_company_of_its_size_has_a_file_for_each_population_and_the_arithmetic_holds() {
    let report = sample::company::report(2);
    let mut rows = 0;
    csv::write(&report, |name, bytes| -> std::io::Result<()> {
        if name.starts_with("populations/") {
            rows += ::csv::Reader::from_reader(bytes).records().count();
        }
        Ok(())
    })
    .unwrap();
    let members = report
        .verdicts
        .iter()
        .filter(|verdict| verdict.resource.is_some());
    assert_eq!(rows, members.count());
}

#[test]
fn each_cell_of_every_file_is_text() {
    let mut report = sample::small();
    for (verdict, name) in report.verdicts.iter_mut().zip([
        "=1+1",
        "\u{feff}@SUM(A1:A9)",
        "\t=cmd|' /C calc'!A0",
        "－2",
    ]) {
        verdict.name = name.into();
    }
    let mut seen = 0;
    csv::write(&report, |name, bytes| -> std::io::Result<()> {
        let mut reader = ::csv::Reader::from_reader(bytes);
        for row in reader.records() {
            for cell in &row.unwrap() {
                assert!(!may_act(cell), "{name}: {cell:?}");
                seen += usize::from(cell.starts_with('\''));
            }
        }
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.starts_with('"') && text.ends_with("\"\r\n"), "{name}");
        Ok(())
    })
    .unwrap();
    assert!(seen >= 3, "the names are there: {seen}");
}
