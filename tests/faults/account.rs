//! The recorded account, and what a clean replay of it says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;

use tieout::bundle::{Bundle, Folder, Manifest};
use tieout::check::Check;
use tieout::check::load::{Found, Known, load};
use tieout::complaint::File;
use tieout::criteria::Frameworks;
use tieout::inventory::Gap;
use tieout::inventory::attempt::Attempt;
use tieout::inventory::kinds;
use tieout::report::Report;
use tieout::scan::{self, Rules, ScanError, plan};

use super::{ends, read};

/// Acme, as it was recorded.
pub(crate) struct Account {
    manifest: Manifest,
    /// In the order in which they were made.
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) rules: Rules,
    /// What the recording says as it is.
    pub(crate) clean: Report,
    /// The gaps it has by itself: Acme denies the scanning role some calls.
    pub(crate) gaps: BTreeSet<Gap>,
    /// The checks that pass wherever they apply.
    pub(crate) spotless: BTreeSet<String>,
    /// Request ids of the answers that list populations.
    pub(crate) listings: BTreeSet<String>,
    /// The calls that each check needs.
    needs: BTreeMap<String, BTreeSet<String>>,
}

impl Account {
    pub(crate) fn acme() -> &'static Self {
        static ACME: OnceLock<Account> = OnceLock::new();
        ACME.get_or_init(Self::open)
    }

    fn open() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle");
        let bundle = Bundle::open(Folder(folder)).expect("the recorded account is whole");
        let mut attempts = bundle.attempts().expect("its calls can be read");
        attempts.sort_by_key(|attempt| (attempt.started, attempt.call, attempt.attempt));
        let rules = rules(&bundle);
        let manifest = bundle.manifest;
        let clean = replay(&manifest, attempts.clone(), &rules).expect("it replays");
        Self {
            gaps: clean.verdicts.iter().flat_map(read::gaps).collect(),
            spotless: ends::spotless(&clean),
            listings: clean
                .populations
                .iter()
                .flat_map(|population| &population.calls)
                .filter_map(|call| call.request_id.clone())
                .collect(),
            needs: rules
                .judged
                .iter()
                .map(|check| needs(check, &rules))
                .collect(),
            manifest,
            attempts,
            rules,
            clean,
        }
    }

    /// What the account looks like through other answers.
    pub(crate) fn replay(&self, attempts: Vec<Attempt>) -> Result<Report, ScanError> {
        replay(&self.manifest, attempts, &self.rules)
    }

    /// Which of the attempts these are.
    pub(crate) fn chosen(&self, is: impl Fn(&Attempt) -> bool) -> BTreeSet<usize> {
        let all = self.attempts.iter().enumerate();
        all.filter(|(_, attempt)| is(attempt))
            .map(|(n, _)| n)
            .collect()
    }

    /// Whether a check needs a call.
    pub(crate) fn needs(&self, check: &str, call: &str) -> bool {
        let calls = self.needs.get(check);
        calls.is_some_and(|calls| calls.contains(call))
    }

    /// The recorded operations, as `service:Operation`, put together so that no check needs two of a group. A verdict
    /// rests on one of them at most, and comes out as if that were the only one at fault.
    pub(crate) fn groups(&self) -> Vec<BTreeSet<String>> {
        let mut groups: Vec<BTreeSet<String>> = Vec::new();
        let operations: BTreeSet<String> = self.attempts.iter().map(call).collect();
        for operation in operations {
            let needed_with = |other: &String| {
                let mut checks = self.needs.values();
                checks.any(|calls| calls.contains(&operation) && calls.contains(other))
            };
            match groups
                .iter_mut()
                .find(|group| !group.iter().any(needed_with))
            {
                Some(group) => _ = group.insert(operation),
                None => groups.push([operation].into()),
            }
        }
        groups
    }
}

/// The rules it was recorded by.
fn rules(bundle: &Bundle<Folder>) -> Rules {
    let rules = bundle.rules().expect("its rules can be read").into_iter();
    let files: Vec<Found> = rules
        .map(|rule| Found {
            id: rule.id,
            file: File::new(rule.file, rule.text),
        })
        .collect();
    let schema = kinds::schema();
    let frameworks = Frameworks::embedded().expect("the frameworks are sound");
    let known = Known {
        schema: &schema,
        criterion: &|id| frameworks.known(id),
        config: None,
    };
    Rules {
        judged: load(&files, known).expect("its rules are sound"),
        left_out: Vec::new(),
        schema,
        frameworks,
        inputs: scan::inputs(bundle).expect("its inputs are sound"),
        governance: tieout::scan::governance(bundle).expect("its statements are sound"),
    }
}

fn replay(manifest: &Manifest, attempts: Vec<Attempt>, rules: &Rules) -> Result<Report, ScanError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let collected = runtime.block_on(scan::recollect(
        manifest,
        attempts,
        &rules.inputs,
        &rules.schema,
    ))?;
    scan::report(&collected, rules)
}

fn needs(check: &Check, rules: &Rules) -> (String, BTreeSet<String>) {
    let plan = plan::plan([check], &rules.schema);
    (check.id.clone(), plan.calls().map(str::to_owned).collect())
}

/// `service:Operation` of an attempt.
pub(crate) fn call(attempt: &Attempt) -> String {
    format!("{}:{}", attempt.service, attempt.operation)
}
