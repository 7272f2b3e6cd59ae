//! A history from its bundles: many at a time, taken in by time.

use std::collections::{BTreeSet, HashSet};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use jiff::Timestamp;

use super::load::{Loaded, Refused, load};
use super::merge::Merge;
use super::{Excluded, Timeline};
use crate::bundle::{Bundle, BundleError, Files};
use crate::history::{HistoryError, Place};

/// Bundles in memory at a time, for each thread. Each is as large as its verdicts.
const AHEAD: usize = 2;

/// No more threads than that read a history: past it the disk or the network is the limit.
const THREADS: usize = 8;

/// A history whose bundles were looked at and not read yet: which runs there are, and of which accounts.
#[derive(Debug)]
pub struct History {
    runs: Vec<Glance>,
    left_out: Vec<Excluded>,
}

impl History {
    /// Looks at the manifest of each bundle.
    ///
    /// # Errors
    /// When there is no bundle that can be read.
    pub fn glance(places: Vec<Place>) -> Result<Self, HistoryError> {
        let glanced = all(places, |place| {
            let name = place.name();
            match Bundle::glance(place.clone()) {
                Ok(bundle) => Glance::of(place, &bundle),
                Err(error) => Err(excluded(name, None, error.to_string())),
            }
        });
        let (mut runs, mut left_out) = (Vec::new(), Vec::new());
        for one in glanced {
            match one {
                Ok(glance) => runs.push(glance),
                Err(excluded) => left_out.push(excluded),
            }
        }
        if runs.is_empty() {
            let whys = left_out
                .iter()
                .map(|one| format!("{}: {}", one.place, one.why));
            return Err(HistoryError::Empty(
                whys.take(3).collect::<Vec<_>>().join("; "),
            ));
        }
        runs.sort_by(|a, b| (a.started, &a.id, a.replayed).cmp(&(b.started, &b.id, b.replayed)));
        Ok(Self { runs, left_out })
    }

    /// The accounts that it is of, in order: all, or those of them that are named.
    ///
    /// # Errors
    /// When one is named that it has no run of.
    pub fn accounts(&self, named: &[String]) -> Result<Vec<String>, HistoryError> {
        let all: BTreeSet<&String> = self.runs.iter().flat_map(|run| &run.accounts).collect();
        if let Some(other) = named.iter().find(|account| !all.contains(account)) {
            let has: Vec<&str> = all.iter().map(|account| account.as_str()).collect();
            return Err(HistoryError::NoSuchAccount(other.clone(), has.join(", ")));
        }
        let wanted = |account: &&&String| named.is_empty() || named.contains(account);
        Ok(all
            .iter()
            .filter(wanted)
            .map(|&account| account.clone())
            .collect())
    }

    /// Reads the runs of one account that started before an instant. What of the history could not be assigned to an account is
    /// among what each leaves out.
    pub fn timeline(&self, account: &str, until: Timestamp) -> Timeline {
        let mut left_out = self.left_out.clone();
        let runs = self.runs.iter();
        let mut runs: Vec<Glance> = runs
            .filter(|run| run.accounts.contains(account) && run.started < until)
            .cloned()
            .collect();
        once(&mut runs, &mut left_out);
        let mut merge = Merge::default();
        account.clone_into(&mut merge.timeline.account);
        let threads = threads();
        while !runs.is_empty() {
            let rest = runs.split_off(runs.len().min(threads * AHEAD));
            let chunk = std::mem::replace(&mut runs, rest);
            let known: &HashSet<String> = &merge.known;
            let loaded = all(chunk, |run| {
                let (name, id, at) = (run.place.name(), run.id.clone(), run.started);
                load(run.place, account, known).map_err(|refused| {
                    let Refused { manifest, why } = refused;
                    let told = manifest
                        .map_or((id, at), |manifest| (manifest.run.id, manifest.run.started));
                    excluded(name, Some(told), why)
                })
            });
            for one in loaded {
                match one {
                    Ok(loaded) => {
                        if let Err(error) = merge.run(&loaded) {
                            left_out.push(refused(&loaded, &error));
                        }
                    }
                    Err(excluded) => left_out.push(excluded),
                }
            }
        }
        left_out.sort_by(|a, b| (a.at, &a.place).cmp(&(b.at, &b.place)));
        merge.timeline.excluded = left_out;
        merge.timeline
    }
}

fn refused(loaded: &Loaded, error: &BundleError) -> Excluded {
    let run = &loaded.manifest.run;
    excluded(
        loaded.place.clone(),
        Some((run.id.clone(), run.started)),
        error.to_string(),
    )
}

/// A bundle by its manifest.
#[derive(Debug, Clone)]
struct Glance {
    place: Place,
    id: String,
    started: Timestamp,
    replayed: bool,
    accounts: BTreeSet<String>,
}

impl Glance {
    fn of(place: Place, bundle: &Bundle<Place>) -> Result<Self, Excluded> {
        let run = &bundle.manifest.run;
        if run.callers.is_empty() {
            let why = "its run was killed before it knew which account it read";
            let told = Some((run.id.clone(), run.started));
            return Err(excluded(place.name(), told, why.to_owned()));
        }
        Ok(Self {
            place,
            id: run.id.clone(),
            started: run.started,
            replayed: run.replayed.is_some(),
            accounts: run
                .callers
                .iter()
                .map(|caller| caller.account.clone())
                .collect(),
        })
    }
}

/// Leaves each run in once: a replay, or a copy, is the same evidence and no second run.
fn once(runs: &mut Vec<Glance>, left_out: &mut Vec<Excluded>) {
    let mut seen = HashSet::new();
    runs.retain(|run| {
        let first = seen.insert(run.id.clone());
        if !first {
            let why = "the history holds this run already: this is a replay or a copy of it";
            let told = Some((run.id.clone(), run.started));
            left_out.push(excluded(run.place.name(), told, why.to_owned()));
        }
        first
    });
}

fn excluded(place: String, run: Option<(String, Timestamp)>, why: String) -> Excluded {
    let (run, at) = run.unzip();
    Excluded {
        place,
        run,
        at,
        why,
    }
}

fn threads() -> usize {
    thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(THREADS)
}

/// Does something with each, on several threads; the results in the order of the things.
fn all<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let things: Vec<Mutex<Option<T>>> = things
        .into_iter()
        .map(|one| Mutex::new(Some(one)))
        .collect();
    let results: Vec<Mutex<Option<R>>> = things.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..threads().min(things.len()) {
            scope.spawn(|| {
                while let Some((thing, result)) = {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    things.get(n).zip(results.get(n))
                } {
                    let taken = thing.lock().unwrap_or_else(PoisonError::into_inner).take();
                    if let Some(taken) = taken {
                        let done = work(taken);
                        *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
                    }
                }
            });
        }
    });
    results
        .into_iter()
        .filter_map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner))
        .collect()
}
