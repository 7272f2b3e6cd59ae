//! The text of a new statement's file: what is known filled in, and in comments what is wanted of the rest.

use jiff::ToSpan;
use jiff::civil::Date;

/// What is known of a statement before anybody has written it.
#[derive(Debug, Clone)]
pub struct Draft<'a> {
    /// The attestation's id.
    pub attestation: &'a str,
    /// What is to be stated.
    pub what: &'a str,
    /// The document that is meant.
    pub document: &'a str,
    /// For how many days it counts at most.
    pub max_age_days: u32,
    /// The criteria that need it.
    pub criteria: &'a [&'a str],
    /// Whether it is a review of AWS's own report.
    pub of_report: bool,
    /// The statement; [`Draft::what`], where nobody has put it otherwise.
    pub statement: Option<&'a str>,
    /// Who answers for it.
    pub owner: Option<&'a str>,
    /// In which role.
    pub owner_role: Option<&'a str>,
    /// The day it is made.
    pub attested: Date,
    /// Who has reviewed it. That is entered with the day; none yet, mostly.
    pub reviewer: Option<&'a str>,
    /// The last day it counts; as late as its kind allows, where nobody says.
    pub expires: Option<Date>,
    /// The document's digest and location, where there is one at hand.
    pub found: Option<(&'a str, &'a str)>,
    /// The name of the earlier statement whose place it takes.
    pub supersedes: Option<&'a str>,
    /// Its title.
    pub title: Option<&'a str>,
    /// Its version.
    pub version: Option<&'a str>,
}

impl Draft<'_> {
    /// The latest day it may count.
    pub fn latest(&self) -> Date {
        let days = i64::from(self.max_age_days).days();
        self.attested.saturating_add(days)
    }

    /// Name of its file: `access-review-2026-11-29.toml`.
    pub fn file_name(&self) -> String {
        format!("{}-{}.toml", self.attestation, self.attested)
    }

    /// The file.
    pub fn text(&self) -> String {
        let Self {
            attestation,
            what,
            document,
            max_age_days,
            attested,
            ..
        } = self;
        let latest = self.latest();
        let expires = self.expires.unwrap_or(latest);
        let criteria = self.criteria.join(", ");
        let or_empty = |text: Option<&str>| quoted(text.unwrap_or(""));
        let statement = quoted(self.statement.unwrap_or(what));
        let (owner, role) = (or_empty(self.owner), or_empty(self.owner_role));
        let reviewed = match self.reviewer {
            Some(reviewer) => format!("reviewer = {}\nreviewed = {attested}\n", quoted(reviewer)),
            None => format!("# reviewer = \"\"\n# reviewed = {attested}\n"),
        };
        let supersedes = match self.supersedes {
            Some(name) => format!("supersedes = {}\n", quoted(name)),
            None => "# supersedes = \"\"\n".to_owned(),
        };
        let (title, version) = (or_empty(self.title), or_empty(self.version));
        let (sha256, location) = self.found.unwrap_or_default();
        let (sha256, location) = (quoted(sha256), quoted(location));
        let report = if self.of_report { REPORT } else { "" };
        format!(
            "# {what}.\n\
             # Needed by {criteria}. Shown in reports as attested, never as tested.\n\
             attestation = {attestation}\n\
             # What you state, in a sentence or two, so that it is true on the day below.\n\
             statement = {statement}\n\
             \n\
             # The person who answers for it, and in which role.\n\
             owner = {owner}\n\
             owner_role = {role}\n\
             attested = {attested}\n\
             \n\
             # Another person than the owner, and the day they looked at it. Until both are there it does not count.\n\
             {reviewed}\
             \n\
             # It counts for at most {max_age_days} days from the day it was made, until {latest}.\n\
             valid_from = {attested}\n\
             expires = {expires}\n\
             \n\
             # How many rows the document has, where it is a list: of people, of tickets.\n\
             # population_count = 0\n\
             # The name, without .toml, of the earlier file whose place this one takes.\n\
             {supersedes}\
             \n\
             # Wanted: {document}. It stays where it is.\n\
             [document]\n\
             title = {title}\n\
             version = {version}\n\
             # What `sha256sum FILE` prints. At a path, each scan holds the document against it.\n\
             sha256 = {sha256}\n\
             # A path that starts from this file's folder, or where else it is, with a scheme: \"https://…\", \"paper:safe 4\".\n\
             location = {location}\n\
             # in_force_from = {attested}\n\
             # in_force_until = {expires}\n\
             \n\
             # For what it is made; without this for every account.\n\
             # [scope]\n\
             # accounts = [\"123456789012\"]\n\
             # systems = []\n\
             # text = \"\"\n\
             {report}",
            attestation = quoted(attestation),
        )
    }
}

/// What a review of AWS's report tells besides.
const REPORT: &str = "
# The report of AWS's that was read: AWS Artifact shows its id, version and period. It is held against AWS's list.
[review]
report_id = \"\"
# report_version = 1
# period_start = 2026-01-01
# period_end = 2026-12-31
opinion = \"\"
# What the report says went wrong that matters here, and what was decided about it.
exceptions_noted = []
# The letter of AWS's that covers the time after the period, if there is one.
# bridge_letter_sha256 = \"\"
# bridge_letter_until = 2026-12-31
# What the report asks of AWS's customers, each with the checks and attestations that answer it here.
user_entity_controls = [
  # { control = \"Access keys are kept by those who need them\", answered_by = [\"iam.access_key_is_rotated\", \"access-review\"] },
]
";

/// As TOML writes text.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
