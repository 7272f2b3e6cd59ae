//! One bundle, read on one of many threads: as little of it as says what changed.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use crate::bundle::{
    Bundle, BundleError, Files, GOVERNANCE, Governed, MANIFEST, Manifest, RESULTS, VERDICTS, digest,
};
use crate::complaint::{Complaints, File};
use crate::govern::{Kind, Response, response};
use crate::history::row::Head;
use crate::history::rule::{Words, damaged, lines, words};
use crate::history::{Place, State};

/// What was read of a bundle.
pub(super) struct Loaded {
    pub(super) manifest: Manifest,
    pub(super) place: String,
    /// SHA-256 of the manifest.
    pub(super) sha256: String,
    /// The lines, decompressed.
    pub(super) text: Vec<u8>,
    pub(super) lines: Vec<Line>,
    /// The words of the rules; read only where some are new.
    pub(super) words: Option<BTreeMap<String, Words>>,
    pub(super) results: Vec<(String, String)>,
    /// What management says; read only where the file that keeps it is new.
    pub(super) responses: Vec<Response>,
}

/// A verdict, as far as it says whether anything is new.
pub(super) struct Line {
    pub(super) id: u64,
    pub(super) state: State,
    /// Where the line is in the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Why a bundle was not taken in, with what its manifest says, if it could be read.
pub(super) struct Refused {
    pub(super) manifest: Option<Box<Manifest>>,
    pub(super) why: String,
}

impl From<BundleError> for Refused {
    fn from(error: BundleError) -> Self {
        Self {
            manifest: None,
            why: error.to_string(),
        }
    }
}

/// Reads a bundle, of one account's verdicts. `known` are the digests of rules whose words are known.
pub(super) fn load(
    place: Place,
    account: &str,
    known: &HashSet<String>,
) -> Result<Loaded, Refused> {
    let name = place.name();
    let bytes = place.read(MANIFEST)?.unwrap_or_default();
    let sha256 = digest(&bytes).sha256;
    let bundle = Bundle::glance(place)?;
    read(&bundle, name, sha256, account, known).map_err(|error| Refused {
        manifest: Some(Box::new(bundle.manifest.clone())),
        why: error.to_string(),
    })
}

fn read(
    bundle: &Bundle<Place>,
    place: String,
    sha256: String,
    account: &str,
    known: &HashSet<String>,
) -> Result<Loaded, BundleError> {
    if !bundle.is_sealed() {
        return Err(BundleError::Nothing(place));
    }
    let text = bundle.checked_text(VERDICTS)?;
    let heads = heads(&text, account)?;
    let new = bundle
        .manifest
        .rules
        .values()
        .any(|digest| !known.contains(digest));
    Ok(Loaded {
        manifest: bundle.manifest.clone(),
        place,
        sha256,
        lines: heads,
        words: new.then(|| words(bundle)).transpose()?,
        results: results(bundle)?,
        responses: responses(bundle, known)?,
        text,
    })
}

fn heads(text: &[u8], account: &str) -> Result<Vec<Line>, BundleError> {
    let mut heads = Vec::new();
    let mut start = 0;
    for (n, line) in text.split(|byte| *byte == b'\n').enumerate() {
        let end = start + line.len();
        if !line.is_empty() {
            let wrong = |what: String| damaged(VERDICTS, format!("line {}: {what}", n + 1));
            let head: Head<'_> =
                serde_json::from_slice(line).map_err(|error| wrong(error.to_string()))?;
            if head.account == account {
                let id = u64::from_str_radix(&head.id, 16)
                    .map_err(|_| wrong(format!("`{}` is no verdict's id", head.id)))?;
                let state = State::of(head.outcome, head.waiver.is_some());
                heads.push(Line {
                    id,
                    state,
                    start,
                    end,
                });
            }
        }
        start = end + 1;
    }
    Ok(heads)
}

/// What management says of exceptions; nothing where the bundle keeps no statements, or those of a run before.
fn responses(
    bundle: &Bundle<Place>,
    known: &HashSet<String>,
) -> Result<Vec<Response>, BundleError> {
    let new = bundle.manifest.files.get(GOVERNANCE);
    if new.is_none_or(|file| known.contains(&file.sha256)) {
        return Ok(Vec::new());
    }
    let text = bundle.checked_text(GOVERNANCE)?;
    let mut complaints = Vec::new();
    let mut responses = Vec::new();
    for line in lines(&text) {
        let stated: Governed =
            serde_json::from_slice(line).map_err(|error| damaged(GOVERNANCE, error.to_string()))?;
        if stated.kind == Kind::Responses.name() {
            let file = File::new(stated.file, stated.text);
            responses.extend(response::read(&file, &mut complaints));
        }
    }
    Complaints(complaints)
        .none_or(responses)
        .map_err(|complaints| damaged(GOVERNANCE, complaints.to_string()))
}

/// What each criterion came to; nothing where the bundle does not keep it.
fn results(bundle: &Bundle<Place>) -> Result<Vec<(String, String)>, BundleError> {
    #[derive(Deserialize)]
    struct Kept {
        criterion: String,
        result: String,
    }
    if !bundle.manifest.files.contains_key(RESULTS) {
        return Ok(Vec::new());
    }
    let text = bundle.checked_text(RESULTS)?;
    lines(&text)
        .map(|line| {
            serde_json::from_slice::<Kept>(line)
                .map(|kept| (kept.criterion, kept.result))
                .map_err(|error| damaged(RESULTS, error.to_string()))
        })
        .collect()
}
