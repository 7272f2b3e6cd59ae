//! What people state of the small report: one waiver, one statement.

use tieout::check::Check;
use tieout::complaint::File;
use tieout::criteria::Frameworks;
use tieout::govern::attestation::provider::Listing;
use tieout::govern::attestation::standing::{Day, standings};
use tieout::govern::attestation::{self, Standings};
use tieout::govern::marking::{Marked, Matched, State};
use tieout::govern::{Governance, Kept, Kind, Limits};

use super::{ACCOUNT, hostile};

/// The waiver of the machine whose metadata anybody may read.
pub(super) fn governance() -> Governance {
    let text = r#"check = "ec2.imdsv2_required"
resource = "arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc"
owner = "Ada"
approver = "Grace"
reason = "Replaced in December <b>"
ticket = "RISK-7"
risk = "medium"
approved = 2026-11-01
expires = 2026-12-31
"#;
    let kept = Kept {
        kind: Kind::Waivers,
        file: File::new("waivers/W-7.toml", text),
    };
    Governance::parse(vec![kept]).unwrap_or_else(|complaints| panic!("{complaints}"))
}

/// The same, as it stands on the day of the run.
pub(super) fn marked<'a>(governance: &'a Governance, check: &'a Check) -> Marked<'a> {
    Marked {
        waiver: governance.waivers.first().unwrap(),
        check: Some(check),
        state: State::Active,
        max_days: Some(180),
        applied: 1,
        matched: Matched {
            fail: 1,
            ..Matched::default()
        },
        superseded_by: None,
    }
}

/// A statement that has expired, by somebody whose name tries everything.
pub(super) fn attested(frameworks: &Frameworks) -> Standings {
    let owner = toml::Value::String(hostile().replace('\n', " "));
    let text = format!(
        "attestation = \"code-of-conduct\"\nstatement = \"All <b>have</b> acknowledged it.\"\nowner = {owner}\n\
         owner_role = \"People\"\nattested = 2025-10-01\nreviewer = \"Grace\"\nreviewed = 2025-10-02\n\
         expires = 2026-09-30\npopulation_count = 12\n[document]\ntitle = \"Acknowledgements\"\nversion = \"3\"\n\
         sha256 = \"{}\"\nlocation = \"https://hr.acme.example/7\"\n",
        "ab".repeat(32)
    );
    let file = File::new("attestations/code-2025.toml", text);
    let mut complaints = Vec::new();
    let statement = attestation::read(&file, &mut complaints);
    let day = Day {
        today: jiff::civil::date(2026, 11, 24),
        accounts: &[ACCOUNT.to_owned()],
        listing: Some(&not_listed()),
    };
    standings(
        &[statement.unwrap()],
        frameworks.needed(&Limits::default()),
        day,
    )
}

pub(super) fn not_listed() -> Listing {
    Listing::Unread("this run did not ask for it".to_owned())
}
