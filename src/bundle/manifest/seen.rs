//! What passes by while attempts are kept: how many, to which service, signed by which key, how far the clock was off.

use std::collections::{BTreeMap, BTreeSet};

use crate::inventory::attempt::Attempt;
use crate::inventory::run::{Clock, Coverage, clock};

use super::{Calls, ServiceCalls};

/// What was seen of the attempts of a run. It comes out the same whatever order they came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    services: BTreeMap<String, u64>,
    unanswered: u64,
    pages: u64,
    keys: BTreeSet<String>,
    skews: Vec<i64>,
}

impl Seen {
    /// An attempt passes by.
    pub fn attempt(&mut self, attempt: &Attempt) {
        *self.services.entry(attempt.service.clone()).or_default() += 1;
        self.unanswered += u64::from(attempt.answer.is_none() || attempt.failure.is_some());
        let answered = attempt.answer.as_ref();
        let succeeded = answered.is_some_and(|answer| (200..300).contains(&answer.status));
        self.pages += u64::from(attempt.page.is_some() && succeeded);
        self.keys.extend(attempt.access_key_id.clone());
        self.skews.extend(clock::skew(attempt));
    }

    /// The ids of the keys that signed, in order.
    pub fn access_key_ids(&self) -> Vec<String> {
        self.keys.iter().cloned().collect()
    }

    /// How far the clock was off; none where no answer had a `Date`.
    pub fn clock(&self) -> Option<Clock> {
        Clock::of(self.skews.clone())
    }

    /// The calls, by the ledger of how they came out and by what was seen of their attempts.
    pub fn calls(&self, coverage: &[Coverage]) -> Calls {
        let mut services: BTreeMap<&str, ServiceCalls> = BTreeMap::new();
        let mut all = Calls {
            unanswered: self.unanswered,
            pages: (self.pages > 0).then_some(self.pages),
            ..Calls::default()
        };
        for (service, attempts) in &self.services {
            services.entry(service).or_default().attempts += attempts;
            all.attempts += attempts;
        }
        for line in coverage {
            services.entry(&line.service).or_default().outcomes += line.calls;
            all.outcomes += line.calls;
        }
        let named = services.into_iter().map(|(service, calls)| ServiceCalls {
            service: service.to_owned(),
            ..calls
        });
        all.services = named.collect();
        all
    }
}
