//! How much is asked at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use futures::StreamExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Calls in flight for one service of one account in one region. AWS's limits are per account, region and
/// operation, and shared with the customer's own workload: we take a small part and let adaptive retry take less.
const PER_SERVICE: usize = 8;

/// Calls in flight in all.
const IN_ALL: usize = 48;

/// How many resources of one listing are worked on at once. Bounds memory; the calls they make are bounded above.
const WORKED_ON: usize = 32;

/// Hands every item to `work`, several at a time.
pub async fn each<T>(items: impl IntoIterator<Item = T>, work: impl AsyncFn(T)) {
    futures::stream::iter(items)
        .for_each_concurrent(WORKED_ON, |item| work(item))
        .await;
}

/// Permits to call.
#[derive(Debug)]
pub(super) struct Limits {
    all: Arc<Semaphore>,
    services: Mutex<HashMap<(String, String, String), Arc<Semaphore>>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(IN_ALL)),
            services: Mutex::default(),
        }
    }
}

impl Limits {
    /// Waits for leave to make one call. The service's own permit first: waiting for a busy service must not
    /// hold up the others.
    pub(super) async fn enter(
        &self,
        account: &str,
        region: &str,
        service: &str,
    ) -> (Option<OwnedSemaphorePermit>, Option<OwnedSemaphorePermit>) {
        let place = (account.to_owned(), region.to_owned(), service.to_owned());
        let of_service = {
            let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
            services
                .entry(place)
                .or_insert_with(|| Arc::new(Semaphore::new(PER_SERVICE)))
                .clone()
        };
        // A semaphore refuses only once closed, and these never are.
        let one = of_service.acquire_owned().await.ok();
        (one, self.all.clone().acquire_owned().await.ok())
    }
}
