//! The end of the page: what is unknown, what was reached, the calls cited, and the versions.

use serde::Serialize;

use super::attested::{AttestedView, attested};
use super::coverage::{Calls, KindRow, PlaceRows, calls, kinds, ledger};
use super::evidence::{CallView, call_view};
use super::inherited::{InheritedView, inherited};
use super::people::{People, people};
use super::scope::{Scope, scope};
use super::shown;
use super::unknown::{GapRow, grant, harmless, undecided};
use crate::report::Report;
use crate::report::html::cite::Citations;
use crate::report::html::templates::Templates;
use crate::report::text::{counted, number};

#[derive(Serialize)]
pub(crate) struct Closing<'t> {
    people: People,
    attested: AttestedView,
    inherited: Option<InheritedView>,
    gaps: Vec<GapRow>,
    harmless: Vec<GapRow>,
    harmless_count: String,
    grant: Option<String>,
    calls: Calls,
    coverage: Vec<PlaceRows>,
    populations: Vec<KindRow>,
    resources: String,
    cited: String,
    register: Vec<CallRow>,
    scope: Scope,
    script: &'t str,
}

#[derive(Serialize)]
struct CallRow {
    #[serde(flatten)]
    call: CallView,
    account: String,
}

pub(crate) fn closing<'t>(
    report: &Report,
    citations: &mut Citations,
    templates: &'t Templates,
) -> Closing<'t> {
    let harmless = harmless(report);
    // What cites calls comes before the register: the list of AWS's reports, the populations and the exceptions.
    let inherited = inherited(report, citations);
    let populations = kinds(&report.populations, citations);
    let people = people(report, citations);
    let register: Vec<CallRow> = citations
        .in_order()
        .into_iter()
        .map(|(number, call)| CallRow {
            account: shown(&call.account),
            call: call_view(number, call),
        })
        .collect();
    Closing {
        people,
        attested: attested(report),
        inherited,
        gaps: undecided(report),
        harmless_count: counted(harmless.len() as u64, "other call", "other calls"),
        harmless,
        grant: grant(report),
        calls: calls(&report.summary.calls),
        coverage: ledger(&report.coverage),
        populations,
        resources: number(report.summary.resources),
        cited: counted(register.len() as u64, "call", "calls"),
        register,
        scope: scope(report),
        script: templates.script(),
    }
}
