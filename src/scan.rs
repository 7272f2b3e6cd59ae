//! The pipeline: collect or replay, relate, judge, roll up, report, bundle.

mod attested;
pub mod corroborate;
mod error;
mod keep;
pub mod manifest;
pub mod origin;
pub mod plan;
pub mod redact;
pub mod select;
pub mod verify;

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_types::SdkConfig;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::aws::replay::Answers;
use crate::aws::session::{self, Regions, SessionError};
use crate::aws::{Plan, Progress, Shared, Site};
use crate::bundle::manifest::Seen;
use crate::bundle::{Bundle, BundleError, Files, Manifest};
use crate::check::{Check, judge};
use crate::collect;
use crate::criteria::Frameworks;
use crate::criteria::roll_up::roll_up;
use crate::govern::Governance;
use crate::govern::marking::Marking;
use crate::govern::segregation::Matrix;
use crate::inputs::Inputs;
use crate::inventory::attempt::Attempt;
use crate::inventory::intake::Intake;
use crate::inventory::relate::relate;
use crate::inventory::run::{Caller, Coverage, Ledger, Run, Scope, coverage};
use crate::inventory::schema::Schema;
use crate::inventory::{Fact, GLOBAL, Gap, Inventory, Read, Reason};
use crate::report::assemble::{Assembly, Context};
use crate::report::people::Stated;
use crate::report::{Report, Waiver, exceptions};

pub use attested::{attested, day, fits, listing};
pub use error::ScanError;
pub use keep::{Rows, copy_attempts, governance, inputs, keep_rules, keep_verdicts};

/// By what a scan judges.
#[derive(Debug)]
pub struct Rules {
    /// The checks to judge.
    pub judged: Vec<Check>,
    /// Those that `--only` and `--skip` leave out; reports say so.
    pub left_out: Vec<Check>,
    /// The kinds.
    pub schema: Schema,
    /// The criteria.
    pub frameworks: Frameworks,
    /// What the user's own files say, and the dated data.
    pub inputs: Inputs,
    /// What people state: waivers, attestations, responses.
    pub governance: Governance,
}

/// What to scan.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Name of the run.
    pub run: String,
    /// When it started: `now` in every rule.
    pub started: Timestamp,
    /// Regions; every enabled one, if empty.
    pub regions: Vec<String>,
    /// `--only`, as given.
    pub only: Vec<String>,
    /// `--skip`, as given.
    pub skip: Vec<String>,
}

/// What was read of an account.
#[derive(Debug)]
pub struct Collected {
    /// Who, what and when.
    pub run: Run,
    /// The resources, related.
    pub inventory: Inventory,
    /// The ledger of calls.
    pub coverage: Vec<Coverage>,
    /// What could not be read of the account itself, and leaves no verdict undecided: its alias, its list of regions.
    pub gaps: Vec<Arc<Gap>>,
}

impl Collected {
    /// Takes in what its attempts show of the run itself: which keys signed them, and how far the clock was off.
    pub fn saw(&mut self, seen: &Seen) {
        for caller in &mut self.run.callers {
            caller.access_key_ids = seen.access_key_ids();
        }
        if let Some(origin) = &mut self.run.origin {
            origin.clock = seen.clock();
        }
    }
}

/// Reads an account. `begin` is told whom it scans as, and where, before the first resource is read.
pub async fn collect(
    sdk: SdkConfig,
    asked: &Asked,
    plan: Plan,
    rules: &Rules,
    progress: Arc<Progress>,
    begin: impl Fn(&Caller, &[String]) -> Result<(), BundleError>,
) -> Result<Collected, ScanError> {
    let known = (&rules.schema, &rules.inputs);
    read(sdk, asked, plan, known, progress, false, begin).await
}

/// Reads an account again from the recorded answers of a run.
pub async fn recollect(
    manifest: &Manifest,
    attempts: Vec<Attempt>,
    inputs: &Inputs,
    schema: &Schema,
) -> Result<Collected, ScanError> {
    let Manifest { run, plan, .. } = manifest;
    let asked = Asked {
        run: run.id.clone(),
        started: run.started,
        regions: run.scope.regions_asked.clone(),
        only: run.scope.only.clone(),
        skip: run.scope.skip.clone(),
    };
    // Before the account is known, the question who is scanning was signed for the user's own region.
    let first = attempts
        .iter()
        .find(|attempt| attempt.operation == "GetCallerIdentity");
    let region = first
        .map_or("us-east-1", |attempt| attempt.region.as_str())
        .to_owned();
    let last = attempts.iter().map(|attempt| attempt.ended).max();
    let mut seen = Seen::default();
    attempts.iter().for_each(|attempt| seen.attempt(attempt));
    let progress = Arc::<Progress>::default();
    let sdk = session::recorded(Arc::new(Answers::new(attempts)), &region, progress.clone());
    let plan = Plan::new(plan.iter().cloned());
    let known = (schema, inputs);
    let mut collected = read(sdk, &asked, plan, known, progress, true, |_, _| Ok(())).await?;
    collected.run.tool = run.tool.clone();
    // A run that was stopped or killed did not come to say when it ended.
    collected.run.finished = run.finished.or(last);
    collected.run.partial = run.partial;
    collected.run.origin = run.origin.clone();
    collected.run.redaction = run.redaction.clone();
    collected.saw(&seen);
    Ok(collected)
}

async fn read(
    sdk: SdkConfig,
    asked: &Asked,
    plan: Plan,
    (schema, inputs): (&Schema, &Inputs),
    progress: Arc<Progress>,
    replayed: bool,
    begin: impl Fn(&Caller, &[String]) -> Result<(), BundleError>,
) -> Result<Collected, ScanError> {
    let own_region = sdk
        .region()
        .map_or("us-east-1", |region| region.as_ref())
        .to_owned();
    let shared = Arc::new(Shared::new(sdk, plan, asked.started, replayed, progress));
    let mut caller = session::caller(&Site::new(
        UNKNOWN,
        "aws",
        GLOBAL,
        &own_region,
        shared.clone(),
    ))
    .await?;
    let home = session::home_region(&caller.partition);
    let global = Site::new(
        &caller.account,
        &caller.partition,
        GLOBAL,
        home,
        shared.clone(),
    );
    let (alias, regions) = futures::join!(session::alias(&global), session::regions(&global));
    let mut gaps = Vec::new();
    match alias {
        Ok(alias) => caller.alias = alias.value,
        // A run that was recorded before the alias was asked for.
        Err(gap) if gap.reason == Reason::NotAsked => {}
        Err(gap) => gaps.push(gap),
    }
    if let Err(gap) = &regions {
        gaps.push(gap.clone());
    }
    let scope = scope(asked, regions)?;
    begin(&caller, &scope.regions)?;

    let sites: Vec<Site> = scope
        .regions
        .iter()
        .map(|region| global.at(region))
        .collect();
    let intake = Intake::new(&caller.partition);
    collect::collect(&global, &sites, &intake).await;
    let told = inputs.tell(&intake, &global.account, asked.started, |call| {
        global.plans_all(&[call])
    });
    let read = collect::places(schema, &global, &sites);
    let mut inventory = intake.finish(schema, read.into_iter().chain(told));
    relate(&mut inventory, schema);
    caller.organization = organization(&inventory, schema);

    let run = Run {
        id: asked.run.clone(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        started: asked.started,
        finished: None,
        callers: vec![caller],
        scope,
        partial: false,
        replayed: None,
        redaction: None,
        origin: None,
    };
    let ledger = named(shared.ledger(), &run);
    Ok(Collected {
        run,
        inventory,
        coverage: coverage(&ledger),
        gaps,
    })
}

/// The organization that the account is in, where a call of the plan told it.
fn organization(inventory: &Inventory, schema: &Schema) -> Option<String> {
    let (n, _) = schema.kind("account")?.field("organization")?;
    let (_, account) = inventory.members("account").next()?;
    if let Fact::Text(id) = &account.fields.get(n)?.fact {
        Some(id.to_string())
    } else {
        None
    }
}

/// The ledger with the account's name in the line of the call that found out which account it is.
fn named(ledger: Ledger, run: &Run) -> Ledger {
    let mut named = Ledger::new();
    for ((account, region, service), calls) in ledger {
        let account = match run.callers.first() {
            Some(caller) if account == UNKNOWN => caller.account.clone(),
            _ => account,
        };
        *named.entry((account, region, service)).or_default() += calls;
    }
    named
}

/// Stands for the account in the one call that finds out which it is.
const UNKNOWN: &str = "caller";

/// The regions to read, of those there are. Where AWS does not tell which there are, those that were named.
fn scope(asked: &Asked, regions: Read<Regions>) -> Result<Scope, ScanError> {
    let regions = match regions {
        Ok(regions) => {
            refuse_unknown(asked, &regions.value)?;
            regions.value
        }
        Err(gap) if asked.regions.is_empty() => {
            return Err(SessionError::regions(&gap).into());
        }
        Err(_gap) => Regions::default(),
    };
    let mut read = if asked.regions.is_empty() {
        regions.enabled
    } else {
        asked.regions.clone()
    };
    read.sort();
    read.dedup();
    Ok(Scope {
        regions_asked: asked.regions.clone(),
        regions: read,
        regions_disabled: regions.disabled,
        only: asked.only.clone(),
        skip: asked.skip.clone(),
    })
}

/// Refuses a region that is misspelt or not enabled, before anything is read.
fn refuse_unknown(asked: &Asked, regions: &Regions) -> Result<(), ScanError> {
    for region in &asked.regions {
        let why = if regions.enabled.contains(region) {
            continue;
        } else if regions.disabled.contains(region) {
            "is not enabled for this account".to_owned()
        } else {
            format!("is none of this account's: {}", regions.enabled.join(", "))
        };
        return Err(ScanError::Region {
            region: region.clone(),
            why,
        });
    }
    Ok(())
}

/// Judges what was read and puts the report together.
pub fn report(collected: &Collected, rules: &Rules) -> Result<Report, ScanError> {
    let Collected {
        run,
        inventory,
        coverage,
        gaps,
    } = collected;
    let mut assembly = Assembly::new(&rules.judged, &rules.left_out);
    assembly.gaps(gaps);
    assembly.inventory(inventory);
    let day = TimeZone::UTC.to_datetime(run.started).date();
    let stated = &rules.governance;
    let mut marking = Marking::new(stated, &rules.judged, &rules.left_out, day);
    judge::judge(&rules.judged, inventory, run.started, |verdict| {
        let waiver = marking.covers(&verdict).map(|it| Waiver::of(it, day));
        assembly.verdict(&verdict, inventory, waiver);
    });
    let listing = listing(inventory, &rules.schema);
    let attested = attested(run, &listing, rules);
    let criteria = roll_up(&rules.frameworks, &assembly.tallies(), &attested)?;
    Ok(assembly.finish(Context {
        run: run.clone(),
        frameworks: &rules.frameworks,
        criteria,
        attested,
        listing,
        coverage: coverage.clone(),
        stated: Stated {
            waivers: marking.finish(),
            responses: &stated.responses,
            limits: stated.limits.clone(),
            segregation: Matrix::of(stated, run.callers.iter().map(|it| it.arn.as_str())).people(),
        },
        suppressions: exceptions::of(inventory, &rules.schema),
    }))
}

/// Parameters that a user set: check, name, value.
pub type Parameters = BTreeMap<String, BTreeMap<String, toml::Value>>;

/// Opens a bundle and reads its run again.
pub async fn replay<F: Files>(bundle: &Bundle<F>, schema: &Schema) -> Result<Collected, ScanError> {
    let inputs = inputs(bundle)?;
    recollect(&bundle.manifest, bundle.attempts()?, &inputs, schema).await
}
