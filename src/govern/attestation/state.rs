//! How an attestation stands, in one word and in sentences.

use jiff::civil::Date;

/// How an attestation, or one statement of it, stands on the day of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It counts.
    Current,
    /// Nobody has made a statement.
    Missing,
    /// Its last day is over.
    Expired {
        /// The first day it does not count.
        since: Date,
    },
    /// It is older than statements of its kind may be, though its own last day is later.
    TooOld {
        /// The first day it does not count.
        since: Date,
    },
    /// Its first day is still to come.
    NotYetValid {
        /// That day.
        from: Date,
    },
    /// Nobody but its owner has looked at it.
    Unreviewed,
    /// The document is another one than the statement speaks of.
    DocumentDiffers {
        /// The digest it has.
        found: String,
    },
    /// The document could not be read where the statement says it is.
    DocumentUnread {
        /// Why.
        why: String,
    },
    /// A later statement has taken its place.
    Superseded {
        /// The name of that one.
        by: String,
    },
    /// It is made for other accounts than those of the run.
    ScopeExcludesAccount {
        /// The accounts of the run that it leaves out.
        accounts: Vec<String>,
    },
    /// It should be a review of AWS's report and does not say of which.
    ReportNotNamed,
    /// The reviewed report could not be held against AWS's own list.
    ReportUnconfirmed {
        /// Why.
        why: String,
    },
    /// AWS does not list the reviewed report.
    ReportNotListed,
    /// AWS lists the reviewed report otherwise than the review has it.
    ReportDiffers {
        /// In what.
        what: String,
    },
    /// The reviewed report, with its bridge letter, ends too long ago, and AWS lists a newer one.
    ReportOutdated {
        /// The last day they cover.
        covers_until: Date,
        /// For how many days after that the review counts.
        max_days: u32,
    },
}

impl State {
    /// As reports spell it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Missing => "missing",
            Self::Expired { .. } => "expired",
            Self::TooOld { .. } => "too_old",
            Self::NotYetValid { .. } => "not_yet_valid",
            Self::Unreviewed => "unreviewed",
            Self::DocumentDiffers { .. } => "document_differs",
            Self::DocumentUnread { .. } => "document_unread",
            Self::Superseded { .. } => "superseded",
            Self::ScopeExcludesAccount { .. } => "scope_excludes_account",
            Self::ReportNotNamed => "report_not_named",
            Self::ReportUnconfirmed { .. } => "report_unconfirmed",
            Self::ReportNotListed => "report_not_listed",
            Self::ReportDiffers { .. } => "report_differs",
            Self::ReportOutdated { .. } => "report_outdated",
        }
    }

    /// The name in words: `document differs`.
    pub fn words(&self) -> String {
        self.name().replace('_', " ")
    }

    /// Whether it counts.
    pub fn is_current(&self) -> bool {
        *self == Self::Current
    }

    /// Why it does not count, to follow "it"; nothing where it does.
    pub fn why(&self) -> Option<String> {
        let why = match self {
            Self::Current => return None,
            Self::Missing => "is not there".to_owned(),
            Self::Expired { since } => format!("has not counted since {since}: it expired"),
            Self::TooOld { since } => {
                format!(
                    "has not counted since {since}: it is older than statements of its kind may be"
                )
            }
            Self::NotYetValid { from } => format!("counts only from {from}"),
            Self::Unreviewed => "was reviewed by nobody but its owner".to_owned(),
            Self::DocumentDiffers { found } => {
                format!(
                    "speaks of another document than the one at its location, whose SHA-256 is {found}"
                )
            }
            Self::DocumentUnread { why } => {
                format!("speaks of a document that could not be read at its location: {why}")
            }
            Self::Superseded { by } => format!("was superseded by {by}"),
            Self::ScopeExcludesAccount { accounts } => {
                format!("is not made for account {}", accounts.join(", "))
            }
            Self::ReportNotNamed => "does not say which report of AWS's was reviewed".to_owned(),
            Self::ReportUnconfirmed { why } => {
                format!("could not be held against AWS's list of its reports: {why}")
            }
            Self::ReportNotListed => {
                "is a review of a report that AWS does not list as a published SOC 2 report"
                    .to_owned()
            }
            Self::ReportDiffers { what } => {
                format!("is a review of a report that AWS lists otherwise: {what}")
            }
            Self::ReportOutdated {
                covers_until,
                max_days,
            } => format!(
                "is a review of a report that, with its bridge letter, covers nothing after {covers_until}, more than {max_days} days ago"
            ),
        };
        Some(why)
    }

    /// What to do about it; nothing where there is nothing to do.
    pub fn remedy(&self, attestation: &str) -> Option<String> {
        let anew = || format!("`tieout attest new {attestation}` starts one");
        let remedy = match self {
            Self::Current => return None,
            Self::Missing => anew(),
            Self::Expired { .. } | Self::TooOld { .. } | Self::Superseded { .. } => {
                format!("make it again: {}", anew())
            }
            Self::NotYetValid { .. } => {
                format!("wait for that day, or make one that counts earlier: {}", anew())
            }
            Self::Unreviewed => {
                "let another person review it and enter `reviewer` and `reviewed`".to_owned()
            }
            Self::DocumentDiffers { .. } => format!(
                "put the document back that was attested, or attest the new one: {}",
                anew()
            ),
            Self::DocumentUnread { .. } => {
                "put the document back, or say where it is with a scheme: location = \"https://…\"".to_owned()
            }
            Self::ScopeExcludesAccount { .. } => {
                format!("add the account to [scope] with its owner's consent, or make one for it: {}", anew())
            }
            Self::ReportNotNamed => "add [review] with report_id, report_version and its period".to_owned(),
            Self::ReportUnconfirmed { .. } => {
                "grant artifact:ListReports to the scanning role, and scan with artifact.aws_soc_2_report_is_current".to_owned()
            }
            Self::ReportNotListed | Self::ReportDiffers { .. } | Self::ReportOutdated { .. } => {
                format!("review the newest report of AWS Artifact: {}", anew())
            }
        };
        Some(remedy)
    }
}
