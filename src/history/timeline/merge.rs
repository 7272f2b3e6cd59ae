//! Runs into a timeline, one after the other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;

use super::load::{Line, Loaded};
use super::{Check, Run, Segment, Series, Timeline, Version};
use crate::bundle::{BundleError, GOVERNANCE, Manifest, VERDICTS};
use crate::history::State;
use crate::history::circumstance::{self, Circumstance};
use crate::history::row::Row;
use crate::history::rule::damaged;

/// A timeline in the making.
#[derive(Default)]
pub(super) struct Merge {
    pub(super) timeline: Timeline,
    checks: HashMap<String, u32>,
    /// By check, digest and parameters.
    versions: HashMap<(u32, String, String), u32>,
    /// Digests of rules whose words are known, and of files of statements that were read.
    pub(super) known: HashSet<String>,
    series: HashMap<u64, usize>,
    names: HashSet<Arc<str>>,
    last: Option<Manifest>,
}

impl Merge {
    /// Takes in the next run. Nothing of it is kept where something in it is damaged.
    pub(super) fn run(&mut self, loaded: &Loaded) -> Result<(), BundleError> {
        let judged = self.rules(loaded)?;
        let run = self.timeline.count();
        let mut unlisted = HashSet::new();
        // What is new is read to the end before anything is changed, so that a damaged line spoils its run alone.
        let mut news: Vec<(&Line, Option<New>)> = Vec::with_capacity(loaded.lines.len());
        for line in &loaded.lines {
            let known = self.at(line.id).is_some_and(|series| {
                series.resource.is_some() && continues(series, line, run, &judged)
            });
            let new = (!known)
                .then(|| self.newly(loaded, line, &judged))
                .transpose()?;
            news.push((line, new));
        }
        for (line, new) in news {
            if let Some(new) = new {
                self.take(line, new, run, &mut unlisted);
            } else if let Some(last) = self
                .series
                .get(&line.id)
                .and_then(|place| self.timeline.series.get_mut(*place))
                .and_then(|series| series.segments.last_mut())
            {
                last.last = run;
            }
        }
        for response in &loaded.responses {
            let all = &mut self.timeline.responses;
            if !all.iter().any(|(known, _)| known.sha256 == response.sha256) {
                all.push((response.clone(), run));
            }
        }
        let manifest = &loaded.manifest;
        if let Some(file) = manifest.files.get(GOVERNANCE) {
            self.known.insert(file.sha256.clone());
        }
        let changes: Vec<Circumstance> = self
            .last
            .as_ref()
            .map(|last| circumstance::between(last, manifest))
            .unwrap_or_default();
        let caller = manifest
            .run
            .callers
            .iter()
            .find(|caller| caller.account == self.timeline.account);
        self.timeline.runs.push(Run {
            id: manifest.run.id.clone(),
            place: loaded.place.clone(),
            started: manifest.run.started,
            finished: manifest.run.finished,
            tool: manifest.run.tool.clone(),
            partial: manifest.run.partial,
            caller: caller.map_or_else(String::new, |caller| caller.arn.clone()),
            alias: caller.map_or_else(String::new, |caller| caller.alias.clone()),
            regions: manifest.run.scope.regions.iter().cloned().collect(),
            manifest: loaded.sha256.clone(),
            judged,
            unlisted,
            changes,
            results: loaded.results.clone(),
        });
        self.last = Some(manifest.clone());
        Ok(())
    }

    /// The rules of a run, by the place of their check.
    fn rules(&mut self, loaded: &Loaded) -> Result<Vec<Option<u32>>, BundleError> {
        let mut judged = vec![None; self.timeline.checks.len()];
        for (id, digest) in &loaded.manifest.rules {
            let check = match self.checks.get(id) {
                Some(check) => *check,
                None => {
                    let place = place(self.timeline.checks.len());
                    self.timeline.checks.push(Check {
                        id: Arc::from(id.as_str()),
                        version: 0,
                        calls: Default::default(),
                    });
                    self.checks.insert(id.clone(), place);
                    judged.push(None);
                    place
                }
            };
            let parameters = match loaded.manifest.parameters.get(id) {
                Some(set) => serde_json::to_string(set)
                    .map_err(|error| damaged("manifest.json", error.to_string()))?,
                None => "{}".to_owned(),
            };
            let key = (check, digest.clone(), parameters);
            let version = match self.versions.get(&key) {
                Some(version) => *version,
                None => {
                    let words = self.words(loaded, id, digest)?;
                    let version = place(self.timeline.versions.len());
                    self.timeline.versions.push(Version {
                        sha256: digest.clone(),
                        parameters: key.2.clone(),
                        words,
                    });
                    self.known.insert(digest.clone());
                    self.versions.insert(key, version);
                    version
                }
            };
            if let Some(check) = self.timeline.checks.get_mut(check as usize) {
                check.version = version;
            }
            if let Some(slot) = judged.get_mut(check as usize) {
                *slot = Some(version);
            }
        }
        Ok(judged)
    }

    /// The words of a rule: this run's, or those of a run before that had the same file.
    fn words(
        &self,
        loaded: &Loaded,
        id: &str,
        digest: &str,
    ) -> Result<crate::history::rule::Words, BundleError> {
        let here = loaded.words.as_ref().and_then(|words| words.get(id));
        here.or_else(|| {
            let same = self
                .timeline
                .versions
                .iter()
                .find(|one| one.sha256 == digest);
            same.map(|one| &one.words)
        })
        .cloned()
        .ok_or_else(|| damaged("rules.ndjson.zst", format!("it lacks the rule {id}")))
    }

    fn at(&self, id: u64) -> Option<&Series> {
        self.timeline.series.get(*self.series.get(&id)?)
    }

    /// A line that does not merely continue what is known, read to its end.
    fn newly(
        &self,
        loaded: &Loaded,
        line: &Line,
        judged: &[Option<u32>],
    ) -> Result<New, BundleError> {
        let bytes = loaded.text.get(line.start..line.end).unwrap_or_default();
        let row: Row = serde_json::from_slice(bytes)
            .map_err(|error| damaged(VERDICTS, format!("verdict {:016x}: {error}", line.id)))?;
        let check = self.checks.get(&row.check).copied();
        let version = check.and_then(|check| judged.get(check as usize).copied().flatten());
        let (Some(check), Some(version)) = (check, version) else {
            let what = format!("a verdict is of {}, which the run did not judge", row.check);
            return Err(damaged(VERDICTS, what));
        };
        Ok(New {
            calls: calls(&row)?,
            row,
            check,
            version,
        })
    }

    fn take(&mut self, line: &Line, new: New, run: u32, unlisted: &mut HashSet<(u32, Arc<str>)>) {
        let New {
            row,
            check,
            version,
            calls,
        } = new;
        if row.resource.is_none() {
            unlisted.insert((check, self.name(&row.region)));
        }
        let waiver = row.waiver.as_ref().map(|waiver| {
            let all = &mut self.timeline.waivers;
            place(
                all.iter()
                    .position(|known| known == waiver)
                    .unwrap_or_else(|| {
                        all.push(waiver.clone());
                        all.len() - 1
                    }),
            )
        });
        let at = match self.series.get(&line.id) {
            Some(at) => *at,
            None => {
                let series = Series {
                    id: line.id,
                    check,
                    kind: self.name(&row.kind),
                    resource: row.resource.as_deref().map(Box::from),
                    name: Box::from(row.name.as_str()),
                    region: self.name(&row.region),
                    segments: Vec::new(),
                };
                self.timeline.series.push(series);
                let at = self.timeline.series.len() - 1;
                self.series.insert(line.id, at);
                at
            }
        };
        let segment = Segment {
            state: line.state,
            version,
            waiver,
            first: run,
            last: run,
        };
        let changed = self
            .timeline
            .series
            .get_mut(at)
            .is_some_and(|series| push(&mut series.segments, segment));
        if changed && let Some(check) = self.timeline.checks.get_mut(check as usize) {
            check.calls.extend(calls);
        }
    }

    fn name(&mut self, name: &str) -> Arc<str> {
        match self.names.get(name) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = Arc::from(name);
                self.names.insert(new.clone());
                new
            }
        }
    }
}

/// A line that says something new.
struct New {
    row: Row,
    check: u32,
    version: u32,
    calls: Vec<(String, String)>,
}

/// Whether a line says of a series what the run before said, by the same rule.
fn continues(series: &Series, line: &Line, run: u32, judged: &[Option<u32>]) -> bool {
    let version = judged.get(series.check as usize).copied().flatten();
    series.segments.last().is_some_and(|last| {
        last.last + 1 == run
            && last.state == line.state
            // Which waiver it is stands in the line alone.
            && line.state != State::Waived
            && Some(last.version) == version
    })
}

/// Adds a run's state to a series. Says whether it is another than before.
fn push(segments: &mut Vec<Segment>, new: Segment) -> bool {
    let same = |old: &Segment| {
        (old.state, old.version, old.waiver) == (new.state, new.version, new.waiver)
    };
    match segments.last_mut() {
        Some(last) if last.last + 1 == new.first && same(last) => {
            last.last = new.last;
            false
        }
        // Two verdicts of one run with one id, as of two listings that failed alike: the graver counts.
        Some(last) if last.last == new.first => {
            if gravity(last.state) >= gravity(new.state) {
                return false;
            }
            if last.first == last.last {
                segments.pop();
            } else {
                last.last -= 1;
            }
            segments.push(new);
            true
        }
        Some(_) | None => {
            segments.push(new);
            true
        }
    }
}

fn gravity(state: State) -> u8 {
    match state {
        State::Fail => 4,
        State::Waived => 3,
        State::Unknown => 2,
        State::Pass => 1,
        State::NotApplicable => 0,
    }
}

/// The calls that a verdict's evidence names.
fn calls(row: &Row) -> Result<Vec<(String, String)>, BundleError> {
    #[derive(Deserialize)]
    struct Fact {
        #[serde(default)]
        call: Option<Call>,
        #[serde(default)]
        gap: Option<Call>,
    }
    #[derive(Deserialize)]
    struct Call {
        service: String,
        operation: String,
    }
    let facts: Vec<Fact> = serde_json::from_str(row.evidence.get())
        .map_err(|error| damaged(VERDICTS, format!("verdict {}: {error}", row.id)))?;
    let calls = facts
        .into_iter()
        .flat_map(|fact| fact.call.into_iter().chain(fact.gap));
    Ok(calls.map(|call| (call.service, call.operation)).collect())
}

/// A place in a list. No history comes near the limit; a list that did would end a report, not distort it.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
