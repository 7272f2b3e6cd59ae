//! Why a part of a rule comes to nothing.

use std::sync::Arc;

use crate::inventory::Gap;

/// Why a function has no result.
#[derive(Debug)]
pub(super) enum Trouble {
    /// A part of what it was given could not be read.
    Gap(Arc<Gap>),
    /// What CEL calls an error.
    Fault(String),
}

impl From<Arc<Gap>> for Trouble {
    fn from(gap: Arc<Gap>) -> Self {
        Self::Gap(gap)
    }
}

impl From<String> for Trouble {
    fn from(fault: String) -> Self {
        Self::Fault(fault)
    }
}

/// A value the type check has ruled out; it ends as *unknown* all the same.
pub(super) fn unfit() -> Trouble {
    Trouble::Fault(UNFIT.to_owned())
}

/// What is said of such a value.
pub(super) const UNFIT: &str = "a value of another type than the schema says";
