//! How far a scan has come.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock, PoisonError};

/// How far a scan has come; read by whoever shows progress.
#[derive(Debug, Default)]
pub struct Progress {
    /// Calls settled.
    pub calls: AtomicU64,
    /// Attempts refused for their rate.
    pub throttles: AtomicU64,
    /// Collectors (service × region) that have come to their end.
    pub done: AtomicU64,
    /// Collectors in all.
    pub total: AtomicU64,
    /// What they are, for people: `11 services in 2 regions`.
    pub scope: OnceLock<String>,
    /// Those that have not come to their end: `iam`, `kms eu-west-1`.
    pub running: Mutex<BTreeSet<String>>,
}

impl Progress {
    /// A collector begins.
    pub fn begins(&self, name: &str) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(name.to_owned());
    }

    /// A collector has come to its end.
    pub fn ends(&self, name: &str) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.remove(name);
        self.done.fetch_add(1, Relaxed);
    }

    /// Those that still run, where there are no more of them than that.
    pub fn last(&self, most: usize) -> Vec<String> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.len() > most {
            return Vec::new();
        }
        running.iter().cloned().collect()
    }
}
