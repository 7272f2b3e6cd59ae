//! The part of a statement's file that tells of the provider's report.

use toml::Spanned;

use super::{digest, inner, place};
use crate::complaint::table::int;
use crate::govern::attestation::{Review, UserEntityControl};
use crate::govern::record::Fields;

const REVIEW: [&str; 9] = [
    "report_id",
    "report_version",
    "period_start",
    "period_end",
    "opinion",
    "exceptions_noted",
    "bridge_letter_sha256",
    "bridge_letter_until",
    "user_entity_controls",
];

/// The review; none where there is none, or, with complaints, where something is wrong with it.
pub(super) fn review(fields: &mut Fields<'_, '_, '_>) -> Option<Review> {
    let help = "write [review], and below it report_id, report_version, period_start, period_end and opinion";
    let table = inner(fields, "review", help)?;
    fields.reader.known_keys(table, "[review]", &REVIEW);
    let mut fields = Fields {
        reader: &mut *fields.reader,
        table,
        of: "[review]",
    };
    let report_id = fields.needed(
        "report_id",
        "write AWS Artifact's id of the report: \"report-…\"",
    );
    let report_version = report_version(&mut fields);
    let start = fields.day(
        "period_start",
        "write the first day it covers: period_start = 2026-01-01",
    );
    let end = fields.day(
        "period_end",
        "write the last day it covers: period_end = 2026-12-31",
    );
    let opinion = fields.needed("opinion", "write the opinion in it: \"unqualified\"");
    let exceptions_noted = fields.list("exceptions_noted");
    let letter = fields.optional("bridge_letter_sha256");
    let letter = letter.and_then(|letter| digest(&mut fields, &letter));
    let until = fields.optional_day("bridge_letter_until");
    if letter.is_some() != until.is_some() {
        let what = "a bridge letter has a digest and a last day that it covers, and one of them is not here";
        let help = "write both bridge_letter_sha256 and bridge_letter_until, or neither";
        let key = if until.is_some() {
            "bridge_letter_until"
        } else {
            "bridge_letter_sha256"
        };
        fields.complain(place(table, key), what, help);
    }
    let user_entity_controls = controls(&mut fields);
    let (start, end) = (start?.into_inner(), end?);
    if *end.get_ref() < start {
        let what = format!(
            "the period ends on {}, before it starts, on {start}",
            end.get_ref()
        );
        fields.complain(end.span(), what, "write the period that the report covers");
    }
    Some(Review {
        report_id: report_id.into_inner(),
        report_version: report_version?,
        period_start: start,
        period_end: end.into_inner(),
        opinion: opinion.into_inner(),
        exceptions_noted,
        bridge_letter_sha256: letter,
        bridge_letter_until: until.map(Spanned::into_inner),
        user_entity_controls,
    })
}

fn report_version(fields: &mut Fields<'_, '_, '_>) -> Option<i64> {
    let help = "write the version that AWS Artifact shows: report_version = 1";
    let version = fields
        .table
        .get("report_version")
        .map(|value| int(value.get_ref()));
    if version.flatten().is_none() {
        let place = place(fields.table, "report_version");
        fields.complain(
            place,
            "[review] needs `report_version`, a whole number",
            help,
        );
    }
    version.flatten()
}

fn controls(fields: &mut Fields<'_, '_, '_>) -> Vec<UserEntityControl> {
    let help = "write a list: user_entity_controls = [{ control = \"…\", answered_by = [\"iam.root_has_mfa\"] }]";
    let Some(value) = fields.table.get("user_entity_controls") else {
        return Vec::new();
    };
    let Some(items) = value.get_ref().as_array() else {
        fields
            .reader
            .wrong("`user_entity_controls`", value, "a list", help);
        return Vec::new();
    };
    let mut controls = Vec::new();
    for item in items.iter() {
        let Some(table) = item.get_ref().as_table() else {
            fields
                .reader
                .wrong("a user-entity control", item, "a table", help);
            continue;
        };
        let known = ["control", "answered_by"];
        fields
            .reader
            .known_keys(table, "a user-entity control", &known);
        let mut own = Fields {
            reader: &mut *fields.reader,
            table,
            of: "a user-entity control",
        };
        controls.push(UserEntityControl {
            control: own
                .needed("control", "say in a few words what AWS asks for")
                .into_inner(),
            answered_by: own.list("answered_by"),
        });
    }
    controls
}
