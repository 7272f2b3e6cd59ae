//! What people attested, and their reviews of AWS's own report.

use super::super::Report;
use super::super::attested::{Attestation, Review, Statement};
use super::cells::{lines, listed, shown, yes};
use super::{Column, Sheet};

/// Every statement, by attestation; a row also for an attestation that has none.
pub(super) fn attestations(report: &Report) -> Sheet<'_> {
    let rows = report.attestations.iter().flat_map(|attestation| {
        let none = attestation.statements.is_empty().then_some(None);
        let statements = attestation.statements.iter().map(Some);
        statements
            .chain(none)
            .map(move |statement| (attestation, statement))
    });
    Sheet::new("Attestations", columns(), rows)
}

/// What a statement says; nothing, where there is none.
fn said(found: Option<&Statement>, say: fn(&Statement) -> String) -> String {
    found.map_or_else(String::new, say)
}

fn columns<'r>() -> Vec<Column<(&'r Attestation, Option<&'r Statement>)>> {
    vec![
        ("Attestation", 28, |(of, _)| shown(&of.id).into()),
        ("Stands: attested, never tested", 20, |(of, _)| {
            of.state.into()
        }),
        ("Why it does not count", 50, |(of, _)| {
            shown(of.why.as_deref().unwrap_or_default()).into()
        }),
        ("What to do", 50, |(of, _)| {
            shown(of.remedy.as_deref().unwrap_or_default()).into()
        }),
        ("Criteria", 20, |(of, _)| {
            listed(&of.criteria, |id| shown(id)).into()
        }),
        ("What is to be stated", 50, |(of, _)| lines(&of.what).into()),
        ("Document that is meant", 50, |(of, _)| {
            lines(&of.document).into()
        }),
        ("Counts for days", 15, |(of, _)| {
            u64::from(of.max_age_days).into()
        }),
        ("Statement", 28, |(_, by)| {
            said(*by, |by| shown(&by.statement.name)).into()
        }),
        ("Speaks for it", 13, |(of, by)| {
            by.map_or("", |by| yes(of.by.as_ref() == Some(&by.statement.name)))
                .into()
        }),
        ("Statement stands", 16, |(_, by)| {
            by.map_or("none was made", |by| by.state).into()
        }),
        ("What is stated", 70, |(_, by)| {
            said(*by, |by| lines(&by.statement.statement)).into()
        }),
        ("Owner", 24, |(_, by)| {
            said(*by, |by| shown(&by.statement.owner)).into()
        }),
        ("Owner's role", 24, |(_, by)| {
            said(*by, |by| shown(&by.statement.owner_role)).into()
        }),
        ("Reviewer", 24, |(_, by)| {
            let reviewed = by.and_then(|by| by.statement.reviewed.as_ref());
            reviewed
                .map_or_else(String::new, |by| shown(&by.reviewer))
                .into()
        }),
        ("Reviewed", 12, |(_, by)| {
            let reviewed = by.and_then(|by| by.statement.reviewed.as_ref());
            reviewed
                .map_or_else(String::new, |by| by.reviewed.to_string())
                .into()
        }),
        ("Attested", 12, |(_, by)| {
            said(*by, |by| by.statement.attested.to_string()).into()
        }),
        ("Valid from", 12, |(_, by)| {
            said(*by, |by| by.statement.valid_from.to_string()).into()
        }),
        ("Expires", 12, |(_, by)| {
            said(*by, |by| by.statement.expires.to_string()).into()
        }),
        ("Counts until", 12, |(_, by)| {
            said(*by, |by| by.counts_until.to_string()).into()
        }),
        ("Document", 40, |(_, by)| {
            said(*by, |by| shown(&by.statement.document.title)).into()
        }),
        ("Version", 12, |(_, by)| {
            said(*by, |by| shown(&by.statement.document.version)).into()
        }),
        ("Location", 44, |(_, by)| {
            said(*by, |by| shown(&by.statement.document.location)).into()
        }),
        ("SHA-256 of the document, as stated", 68, |(_, by)| {
            said(*by, |by| shown(&by.statement.document.sha256)).into()
        }),
        ("Supersedes", 24, |(_, by)| {
            let earlier = by.and_then(|by| by.statement.supersedes.as_deref());
            shown(earlier.unwrap_or_default()).into()
        }),
        ("File", 34, |(_, by)| {
            said(*by, |by| shown(&by.statement.file)).into()
        }),
        ("SHA-256 of the file", 68, |(_, by)| {
            said(*by, |by| shown(&by.statement.sha256)).into()
        }),
    ]
}

/// People's reviews of AWS's own SOC 2 report, on which what is inherited rests.
pub(super) fn reviews(report: &Report) -> Sheet<'_> {
    let reviews = report
        .inherited
        .iter()
        .flat_map(|inherited| &inherited.reviews);
    Sheet::new("Reviews of the AWS report", review_columns(), reviews)
}

fn review_columns<'r>() -> Vec<Column<&'r Review>> {
    vec![
        ("Attestation", 28, |review| {
            shown(&review.attestation).into()
        }),
        ("Stands", 16, |review| review.state.into()),
        ("Why it does not count", 50, |review| {
            shown(review.why.as_deref().unwrap_or_default()).into()
        }),
        ("Statement", 28, |review| {
            shown(review.statement.as_deref().unwrap_or_default()).into()
        }),
        ("Report of AWS", 40, |review| {
            review
                .review
                .as_ref()
                .map_or_else(String::new, |of| {
                    shown(&format!("{} version {}", of.report_id, of.report_version))
                })
                .into()
        }),
        ("Period", 24, |review| {
            review
                .review
                .as_ref()
                .map_or_else(String::new, |of| {
                    format!("{} to {}", of.period_start, of.period_end)
                })
                .into()
        }),
        ("Its auditor's opinion", 20, |review| {
            review
                .review
                .as_ref()
                .map_or_else(String::new, |of| shown(&of.opinion))
                .into()
        }),
        ("Exceptions noted in it", 60, |review| {
            review
                .review
                .as_ref()
                .map_or_else(String::new, |of| {
                    listed(&of.exceptions_noted, |noted| shown(noted))
                })
                .into()
        }),
        ("Covers until", 12, |review| {
            review
                .covers_until
                .map_or_else(String::new, |day| day.to_string())
                .into()
        }),
        ("Days from there to the run", 25, |review| {
            review
                .gap_days
                .map_or_else(|| "".into(), |days| u64::from(days).into())
        }),
        ("Controls it expects of its customers", 60, |review| {
            listed(&review.user_entity_controls, |expected| {
                let by: Vec<String> = expected
                    .answered_by
                    .iter()
                    .map(|by| format!("{} {} ({})", by.kind, by.id, by.state))
                    .collect();
                shown(&format!("{}: {}", expected.control, by.join(", ")))
            })
            .into()
        }),
    ]
}
