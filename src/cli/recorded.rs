//! The account in the binary: what `tieout demo` replays, and what a user's own templates are tried on.

use std::borrow::Cow;

use rust_embed::RustEmbed;

use super::output::Failure;
use super::rules::of_bundle;
use super::runtime;
use crate::bundle::{Bundle, BundleError, Files};
use crate::report::Report;
use crate::scan;

/// The recorded account in the binary.
#[derive(Debug, RustEmbed)]
#[folder = "fixtures/acme/bundle"]
pub(super) struct Recorded;

impl Files for Recorded {
    fn name(&self) -> String {
        "the recorded demo account".to_owned()
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        let mut names: Vec<String> = Self::iter().map(Cow::into_owned).collect();
        names.sort();
        Ok(names)
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        Ok(Self::get(name).map(|file| file.data))
    }
}

/// Its report.
pub(super) fn report() -> Result<Report, Failure> {
    let bundle = Bundle::open(Recorded)?;
    let rules = of_bundle(&bundle)?;
    let collected = runtime()?.block_on(scan::replay(&bundle, &rules.schema))?;
    Ok(scan::report(&collected, &rules)?)
}
