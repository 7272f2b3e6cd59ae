//! The report in a terminal.

use tieout::report::Report;
use tieout::report::terminal::{Options, write};

use crate::sample;

fn text(report: &Report, options: &Options) -> String {
    let mut out = Vec::new();
    write(report, options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_small_report() {
    let options = Options {
        next: vec!["tieout-demo/report.html".into()],
        ..Options::default()
    };
    insta::assert_snapshot!(text(&sample::small(), &options));
}

#[test]
fn a_failing_hostile_name_is_shown_and_does_nothing() {
    let mut report = sample::small();
    for verdict in &mut report.verdicts {
        verdict.waiver = None;
    }
    for check in &mut report.checks {
        check.outcomes.tally.fail += check.outcomes.tally.waived;
    }
    let text = text(&report, &Options::default());
    assert!(
        text.contains("✕ <script>document.title='owned'</script>\"'`&\\n\\u{1b}[31m\\u{202e}evil"),
        "{text}"
    );
    assert!(
        !text
            .chars()
            .any(|c| c == '\u{1b}' || c == '\u{202e}' || (c.is_control() && c != '\n'))
    );
}

#[test]
fn colours_are_asked_for() {
    let report = sample::company::report(1);
    let plain = text(&report, &Options::default());
    let coloured = text(
        &report,
        &Options {
            colour: true,
            ..Options::default()
        },
    );
    assert!(!plain.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    assert_ne!(coloured, plain);
}

#[test]
fn a_line_fits_the_terminal() {
    for width in [60, 80, 100, 140] {
        let text = text(
            &sample::company::report(2),
            &Options {
                width,
                ..Options::default()
            },
        );
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end());
        }
    }
}

#[test]
fn what_is_left_out_is_counted() {
    let report = sample::company::report(4);
    let text = text(
        &report,
        &Options {
            each: 1,
            ..Options::default()
        },
    );
    assert!(text.contains("    and 1 more\n"), "{text}");
}

#[test]
fn a_lost_verdict_shows() {
    let mut report = sample::small();
    report.summary.outcomes.discovered += 1;
    assert!(text(&report, &Options::default()).contains("5 verdicts due ≠ 1 pass"));
}

#[test]
fn a_partial_run_says_so() {
    let mut report = sample::small();
    report.run.partial = true;
    report.run.finished = None;
    let text = text(&report, &Options::default());
    assert!(
        text.contains("partial   the scan was stopped before it had read everything"),
        "{text}"
    );
    assert!(text.contains("to not finished"), "{text}");
}
