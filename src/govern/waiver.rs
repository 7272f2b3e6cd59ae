//! A waiver: who accepts that a check fails for a resource, why, and until when.

use jiff::civil::Date;
use serde::Serialize;
use toml::Spanned;

use super::record::{self, Fields};
use super::{Kept, Kind};
use crate::check::Severity;
use crate::complaint::table::Reader;
use crate::complaint::{Complaint, File, did_you_mean};

/// The fields a waiver may have.
pub const FIELDS: [&str; 17] = [
    "check",
    "resource",
    "account",
    "region",
    "owner",
    "approver",
    "requested_by",
    "reason",
    "ticket",
    "risk",
    "approved",
    "from",
    "expires",
    "revoked",
    "compensating",
    "supersedes",
    "note",
];

/// An accepted failure, as its file states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// Name of its file, without the ending.
    pub id: String,
    /// The file, as complaints name it.
    pub file: String,
    /// SHA-256 of the file, in hex.
    pub sha256: String,
    /// The check's id, possibly a former one.
    pub check: String,
    /// Checks and attestations that make up for the failure, by id.
    pub compensating: Vec<String>,
    /// Waivers it takes the place of, by id.
    pub supersedes: Vec<String>,
    /// What is accepted, by whom, why, and until when.
    pub terms: Terms,
}

/// What is accepted, by whom, why, and until when, as a waiver's file states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// ARN of the resource, or a pattern of ARNs.
    pub resource: String,
    /// The account it counts in; every one, if absent.
    pub account: Option<String>,
    /// The region it counts in; every one, if absent.
    pub region: Option<String>,
    /// Who answers for it.
    pub owner: String,
    /// Who approved it: somebody else.
    pub approver: String,
    /// Who asked for it.
    pub requested_by: Option<String>,
    /// Why the failure is accepted.
    pub reason: String,
    /// Where the decision is on record.
    pub ticket: String,
    /// How grave the people who accepted it judge it to be.
    pub risk: Severity,
    /// The day it was approved.
    pub approved: Date,
    /// The day it takes effect.
    pub from: Date,
    /// The last day it counts.
    pub expires: Date,
    /// The day it was taken back.
    pub revoked: Option<Date>,
    /// What else there is to say.
    pub note: Option<String>,
}

impl Waiver {
    /// Whether it was approved only after the day from which it is to count. It counts from the approval on.
    #[must_use]
    pub fn is_retroactive(&self) -> bool {
        self.terms.approved > self.terms.from
    }

    /// The first day it counts: nobody accepts a failure before they approve it.
    #[must_use]
    pub fn counts_from(&self) -> Date {
        self.terms.from.max(self.terms.approved)
    }
}

/// Reads one file; nothing, and complaints, where something is wrong in it.
pub fn read(file: &File, complaints: &mut Vec<Complaint>) -> Option<Waiver> {
    let mut reader = Reader::new(file);
    let waiver = reader.parse().and_then(|table| {
        reader.known_keys(&table, "a waiver", &FIELDS);
        let mut fields = Fields {
            reader: &mut reader,
            table: &table,
            of: "a waiver",
        };
        fields_of(file, &mut fields)
    });
    let sound = reader.complaints.is_empty();
    complaints.extend(reader.complaints);
    waiver.filter(|_| sound)
}

fn fields_of(file: &File, fields: &mut Fields<'_, '_, '_>) -> Option<Waiver> {
    const OTHER: &str = "nobody approves their own waiver: name another person";
    let check = fields.needed(
        "check",
        "name the check whose failure is accepted: `tieout checks list`",
    );
    let resource = fields.needed(
        "resource",
        "write the ARN of the resource, as the report shows it",
    );
    if let Some(why) = too_wide(resource.get_ref()) {
        let help = "name the resource; * may stand for a part of its name";
        fields.complain(resource.span(), why, help);
    }
    let owner = fields.needed("owner", "name the person who answers for the risk");
    let approver = fields.needed(
        "approver",
        "name the person who approved it: somebody else than the owner",
    );
    let requested_by = fields.optional("requested_by");
    fields.different(("owner", &owner), ("approver", &approver), OTHER);
    if let Some(requester) = &requested_by {
        fields.different(("requested_by", requester), ("approver", &approver), OTHER);
    }
    let reason = fields.needed("reason", "say why the failure is accepted");
    let ticket = fields.needed(
        "ticket",
        "say where the decision is on record: ticket = \"RISK-12\"",
    );
    let risk = risk(fields);
    let approved = fields.day(
        "approved",
        "write the day it was approved: approved = 2026-01-31",
    );
    let from = fields.optional_day("from");
    let expires = fields.day(
        "expires",
        "a waiver ends: write the last day it counts, expires = 2026-03-31",
    );
    let revoked = fields.optional_day("revoked");
    let approved = approved?;
    let expires = expires?;
    let from = from.map_or(*approved.get_ref(), Spanned::into_inner);
    if *expires.get_ref() < from {
        let message = format!(
            "it expires on {}, before it takes effect on {from}",
            expires.get_ref()
        );
        fields.complain(expires.span(), message, "correct one of the two days");
    }
    let optional = |text: Option<Spanned<String>>| text.map(Spanned::into_inner);
    Some(Waiver {
        id: record::id(file),
        file: file.name.to_string(),
        sha256: record::sha256(file),
        check: check.into_inner(),
        compensating: fields.list("compensating"),
        supersedes: fields.list("supersedes"),
        terms: Terms {
            resource: resource.into_inner(),
            account: optional(fields.optional("account")),
            region: optional(fields.optional("region")),
            owner: owner.into_inner(),
            approver: approver.into_inner(),
            requested_by: optional(requested_by),
            reason: reason.into_inner(),
            ticket: ticket.into_inner(),
            risk: risk?,
            approved: approved.into_inner(),
            from,
            expires: expires.into_inner(),
            revoked: revoked.map(Spanned::into_inner),
            note: optional(fields.optional("note")),
        },
    })
}

fn risk(fields: &mut Fields<'_, '_, '_>) -> Option<Severity> {
    let names = Severity::ALL.map(Severity::name);
    let risk = fields.needed(
        "risk",
        &format!("rate the risk that is accepted: {}", names.join(", ")),
    );
    let found = Severity::ALL
        .into_iter()
        .find(|severity| severity.name() == risk.get_ref());
    if found.is_none() && !risk.get_ref().is_empty() {
        let message = format!("`{}` is no rating of a risk", risk.get_ref());
        fields.complain(risk.span(), message, &did_you_mean(risk.get_ref(), names));
    }
    found
}

/// Why a pattern covers more than anybody can have meant to accept.
#[must_use]
pub fn too_wide(pattern: &str) -> Option<String> {
    if pattern.is_empty() {
        return None;
    }
    let named = |text: &str| text.chars().any(char::is_alphanumeric);
    // `arn:partition:service:region:account:resource`: what stands before the resource names none.
    let rest = match pattern.strip_prefix("arn:") {
        Some(rest) => match rest.splitn(5, ':').nth(4) {
            Some(resource) => resource,
            None => rest.split_once('*').map_or("", |(_, after)| after),
        },
        None => pattern,
    };
    (!named(rest))
        .then(|| format!("`{pattern}` names no resource: it would waive whatever there is"))
}

/// Complains about a waiver that takes the place of one that is not there.
pub(super) fn supersessions(waivers: &[Waiver], files: &[Kept], complaints: &mut Vec<Complaint>) {
    let known: Vec<String> = files
        .iter()
        .filter(|kept| kept.kind == Kind::Waivers)
        .map(Kept::id)
        .collect();
    for waiver in waivers {
        for named in &waiver.supersedes {
            if known.contains(named) && *named != waiver.id {
                continue;
            }
            let file = files
                .iter()
                .find(|kept| kept.kind == Kind::Waivers && *kept.file.name == *waiver.file);
            let Some(Kept { file, .. }) = file else {
                continue;
            };
            let at = file.text.find("supersedes").unwrap_or_default();
            let others = known
                .iter()
                .map(String::as_str)
                .filter(|id| *id != waiver.id);
            complaints.push(Complaint::new(
                file,
                at..at + "supersedes".len().min(file.text.len() - at),
                format!("there is no other waiver `{named}` for it to take the place of"),
                did_you_mean(named, others),
            ));
        }
    }
}
