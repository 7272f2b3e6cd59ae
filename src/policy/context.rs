//! What a request tells, as far as it is known: the keys that conditions and variables go by.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of one condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The request has it, with these values.
    Values(Vec<String>),
    /// The request does not have it.
    Absent,
    /// Whoever makes the request sets it as they like: a condition on it stops nobody.
    Chosen,
    /// Nobody can tell beforehand.
    Untold,
}

/// What is known of a request beside who, what and on which resource.
#[derive(Debug, Clone)]
pub struct Context {
    told: BTreeMap<String, Told>,
    /// What is known of every other key.
    beneath: Beneath,
}

#[derive(Debug, Clone)]
enum Beneath {
    Nothing(Told),
    Shared(Arc<Context>),
}

impl Context {
    /// A request of which everything is known: a key that is not given is not there.
    pub fn complete() -> Self {
        Self {
            told: BTreeMap::new(),
            beneath: Beneath::Nothing(Told::Absent),
        }
    }

    /// A request of which little is known.
    pub fn partial() -> Self {
        Self {
            told: BTreeMap::new(),
            beneath: Beneath::Nothing(Told::Untold),
        }
    }

    /// What many requests have in common, to be added to.
    pub fn over(common: &Arc<Self>) -> Self {
        Self {
            told: BTreeMap::new(),
            beneath: Beneath::Shared(common.clone()),
        }
    }

    /// With one key of one value. A key that ends with a slash stands for all that begin with it.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.but(key, Told::Values(vec![value.into()]))
    }

    /// With one key.
    #[must_use]
    pub fn but(mut self, key: &str, told: Told) -> Self {
        self.told.insert(key.to_ascii_lowercase(), told);
        self
    }

    /// What is known of a key, given in lower case.
    pub fn told(&self, key: &str) -> &Told {
        let family = key.find('/').and_then(|slash| key.get(..=slash));
        let found = self.told.get(key).or_else(|| self.told.get(family?));
        match (found, &self.beneath) {
            (Some(told), _) | (None, Beneath::Nothing(told)) => told,
            (None, Beneath::Shared(common)) => common.told(key),
        }
    }
}
