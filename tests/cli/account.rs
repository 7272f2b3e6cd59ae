//! Acme's account again, over HTTP: a server that answers from the demo's bundle, and stops answering when it is told to.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc;
use std::time::Duration;

use tieout::bundle::{Bundle, Folder};
use tieout::inventory::attempt::{Attempt, Request};

use crate::server::{Asked, Reply, refusal, serve, xml};

/// How long a test waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// A served account.
pub(crate) struct Account {
    pub(crate) endpoint: String,
    silent: mpsc::Receiver<()>,
}

impl Account {
    /// An account that answers all that was recorded.
    pub(crate) fn acme() -> Self {
        Self::acme_but(|_| None)
    }

    /// One that answers the first requests, and says no more after them.
    pub(crate) fn answering(first: usize) -> Self {
        let asked = AtomicUsize::new(0);
        let (tell, silent) = mpsc::channel();
        let told = Self::acme_but(move |_| {
            if asked.fetch_add(1, SeqCst) < first {
                return None;
            }
            let _nobody_waits = tell.send(());
            Some(Reply::Silence)
        });
        Self { silent, ..told }
    }

    /// One that answers some requests in another way.
    pub(crate) fn acme_but(
        otherwise: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static,
    ) -> Self {
        let recorded = recorded();
        let endpoint =
            serve(move |asked| otherwise(asked).unwrap_or_else(|| answer(&recorded, asked)));
        let (_, silent) = mpsc::channel();
        Self { endpoint, silent }
    }

    /// Waits until it has been asked what it does not answer.
    pub(crate) fn wait_for_silence(&self) {
        self.silent.recv_timeout(PATIENCE).unwrap();
    }
}

/// What the account is asked, and the last answer to it.
type Recorded = HashMap<(String, Request), Attempt>;

fn recorded() -> Recorded {
    let bundle = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/acme/bundle");
    let attempts = Bundle::open(Folder(bundle)).unwrap().attempts().unwrap();
    attempts
        .into_iter()
        .map(|attempt| ((attempt.region.clone(), attempt.request.clone()), attempt))
        .collect()
}

fn answer(recorded: &Recorded, asked: &Asked) -> Reply {
    if asked.is("ListAccountAliases") {
        return aliases();
    }
    let request = Request {
        method: asked.method.clone(),
        path: asked.path.clone(),
        target: asked.headers.get("x-amz-target").cloned(),
        body: asked.body.clone(),
    };
    let answer = recorded
        .get(&(asked.region().to_owned(), request))
        .and_then(|attempt| attempt.answer.as_ref());
    let Some(answer) = answer else {
        return refusal(400, "NotRecorded", "the demo did not ask this");
    };
    let named = [
        ("content-type", &answer.content_type),
        ("x-amzn-requestid", &answer.request_id),
    ];
    // The clock of a server that is right.
    let date = tieout::aws::clock().strftime("%a, %d %b %Y %H:%M:%S GMT");
    let named = named
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
    let headers = named
        .chain([("date".to_owned(), date.to_string())])
        .chain(answer.headers.iter().cloned())
        .collect();
    Reply::Answer(answer.status, headers, answer.body.clone().into_bytes())
}

/// The account's name, as IAM answers it.
pub(crate) fn aliases() -> Reply {
    xml(
        200,
        "<ListAccountAliasesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><ListAccountAliasesResult>\
         <IsTruncated>false</IsTruncated><AccountAliases><member>acme</member></AccountAliases>\
         </ListAccountAliasesResult><ResponseMetadata><RequestId>r-alias</RequestId></ResponseMetadata>\
         </ListAccountAliasesResponse>",
    )
}
