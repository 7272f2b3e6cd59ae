//! Acme's account as a few checks judge it, and what is stated of it.

use std::path::Path;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tieout::bundle::{Bundle, Folder};
use tieout::check::load::{Found, Known, load};
use tieout::check::{Check, Outcome};
use tieout::complaint::File;
use tieout::criteria::Frameworks;
use tieout::govern::{Governance, Kept, Kind};
use tieout::inventory::kinds;
use tieout::report::html::templates::Templates;
use tieout::report::{Report, Verdict, html, json, terminal};
use tieout::scan::{self, Collected, Rules};

/// Checks of a few services, so that Acme is judged in a moment: failures, unknowns and all the rest are among them.
const SERVICES: [&str; 4] = ["s3.", "stepfunctions.", "guardduty.", "securityhub."];

pub(crate) struct Acme {
    pub(crate) collected: Collected,
    pub(crate) judged: Vec<Check>,
    pub(crate) frameworks: Frameworks,
    pub(crate) day: Date,
}

pub(crate) static ACME: LazyLock<Acme> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle");
    let bundle = Bundle::open(Folder(folder)).unwrap();
    let files: Vec<Found> = bundle
        .rules()
        .unwrap()
        .into_iter()
        .filter(|rule| SERVICES.iter().any(|service| rule.id.starts_with(service)))
        .map(|rule| Found {
            id: rule.id,
            file: File::new(rule.file, rule.text),
        })
        .collect();
    let frameworks = Frameworks::embedded().unwrap();
    let schema = kinds::schema();
    let known = Known {
        schema: &schema,
        criterion: &|id| frameworks.known(id),
        config: None,
    };
    let judged = load(&files, known).unwrap_or_else(|complaints| panic!("{complaints}"));
    let collected = tokio::runtime::Runtime::new()
        .unwrap()
        .block_on(scan::replay(&bundle, &schema))
        .unwrap();
    Acme {
        day: TimeZone::UTC.to_datetime(collected.run.started).date(),
        collected,
        judged,
        frameworks,
    }
});

/// Acme judged, with these statements.
pub(crate) fn judged(files: Vec<Kept>) -> Report {
    let acme = &*ACME;
    let rules = Rules {
        judged: acme.judged.clone(),
        left_out: Vec::new(),
        schema: kinds::schema(),
        frameworks: acme.frameworks.clone(),
        inputs: Default::default(),
        governance: Governance::parse(files).unwrap_or_else(|complaints| panic!("{complaints}")),
    };
    scan::report(&acme.collected, &rules).unwrap()
}

pub(crate) static PLAIN: LazyLock<Report> = LazyLock::new(|| judged(Vec::new()));

/// A waiver, in days from the run.
#[derive(Debug, Clone)]
pub(crate) struct Stated {
    pub(crate) check: String,
    pub(crate) resource: String,
    pub(crate) approved: i64,
    pub(crate) expires: i64,
}

impl Stated {
    pub(crate) fn of(check: &str, resource: &str) -> Self {
        Self {
            check: check.to_owned(),
            resource: resource.to_owned(),
            approved: -5,
            expires: 20,
        }
    }

    pub(crate) fn kept(&self, id: &str) -> Kept {
        let day = |days: i64| ACME.day.checked_add(days.days()).unwrap();
        let text = format!(
            r#"check = "{}"
resource = "{}"
owner = "Jane Doe"
approver = "Sam Roe"
reason = "It is switched off in spring."
ticket = "RISK-12"
risk = "medium"
approved = {}
expires = {}
compensating = ["s3.blocks_public_access", "access-review", "nothing-of-ours"]
"#,
            self.check,
            self.resource,
            day(self.approved),
            day(self.expires),
        );
        Kept {
            kind: Kind::Waivers,
            file: File::new(format!("waivers/{id}.toml"), text),
        }
    }
}

pub(crate) fn of_outcome(outcome: Outcome) -> impl Iterator<Item = &'static Verdict> {
    let all = PLAIN.verdicts.iter();
    all.filter(move |verdict| verdict.outcome == outcome && verdict.resource.is_some())
}

/// A failure that decides criteria.
pub(crate) fn failing() -> &'static Verdict {
    of_outcome(Outcome::Fail)
        .find(|verdict| &*verdict.check == "stepfunctions.machine_logs")
        .unwrap()
}

pub(crate) fn arn(verdict: &Verdict) -> &str {
    verdict.resource.as_deref().unwrap()
}

/// The report in every form.
pub(crate) fn forms(report: &Report) -> (String, String, serde_json::Value) {
    let mut page = Vec::new();
    html::write(report, &Templates::embedded().unwrap(), &mut page).unwrap();
    let mut screen = Vec::new();
    terminal::write(report, &terminal::Options::default(), &mut screen).unwrap();
    let mut bytes = Vec::new();
    json::write(report, &mut bytes).unwrap();
    (
        String::from_utf8(page).unwrap(),
        String::from_utf8(screen).unwrap(),
        serde_json::from_slice(&bytes).unwrap(),
    )
}
