//! What stands for a fact that an example leaves out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{ACCOUNT, REGION};
use crate::inventory::{Gap, Reason};

/// The gap of what an example leaves out, by the calls that would have told it. Each is kept once, for as long as the program
/// runs: there are as many as calls in the schema.
pub(super) fn left_out(from: &[&'static str]) -> Arc<Gap> {
    static KNOWN: Mutex<BTreeMap<&'static str, Arc<Gap>>> = Mutex::new(BTreeMap::new());
    let call = from.first().copied().unwrap_or("example:Given");
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(known.entry(call).or_insert_with(|| Arc::new(gap(call))))
}

fn gap(call: &str) -> Gap {
    let (service, operation) = call.split_once(':').unwrap_or((call, ""));
    Gap {
        service: service.to_owned(),
        operation: operation.to_owned(),
        account: ACCOUNT.to_owned(),
        region: REGION.to_owned(),
        parameters: String::new(),
        reason: Reason::NotAsked,
        code: None,
        message: "the example leaves it out".to_owned(),
        action: String::new(),
        request_id: None,
    }
}
