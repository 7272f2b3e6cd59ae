//! What came of a call, and how facts are taken from it.

use std::sync::Arc;

use aws_smithy_types::DateTime;
use jiff::Timestamp;

use crate::inventory::{Gap, Read, Reason, Source, Told};

/// What came of a call.
#[derive(Debug, Clone)]
pub enum Reply<T> {
    /// It was answered.
    Told(Told<T>),
    /// It was answered with an error that AWS documents to mean *there is none*. The answer is evidence too.
    Absent(Source),
    /// It did not tell.
    Gap(Arc<Gap>),
}

/// A member that AWS always sends and this answer lacks, or one that does not read as what it is. An answer
/// without it is malformed, which is a gap and not an empty list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing(pub String);

/// Says that an answer lacks a member.
pub fn missing(member: &str) -> Missing {
    Missing(format!("the answer lacks {member}"))
}

/// Text that AWS always sends. Where an answer lacks it, the SDK makes an empty one.
pub fn said(text: &str, member: &str) -> Result<String, Missing> {
    if text.is_empty() {
        Err(missing(member))
    } else {
        Ok(text.to_owned())
    }
}

impl<T> Reply<T> {
    /// A fact from the answer. An absence is a gap here: the operation has no documented one.
    pub fn read<U>(&self, fact: impl FnOnce(&T) -> Result<U, Missing>) -> Read<U> {
        match self {
            Self::Told(told) => told.read(fact),
            Self::Absent(source) => Err(malformed(
                source,
                "AWS answered that there is none, which has no meaning here",
            )),
            Self::Gap(gap) => Err(gap.clone()),
        }
    }

    /// A fact from the answer, or what the documented absence stands for.
    pub fn read_or<U>(
        &self,
        absent: impl FnOnce() -> U,
        fact: impl FnOnce(&T) -> Result<U, Missing>,
    ) -> Read<U> {
        match self {
            Self::Absent(source) => Ok(Told {
                value: absent(),
                source: source.clone(),
            }),
            Self::Told(_) | Self::Gap(_) => self.read(fact),
        }
    }

    /// The answer, or the gap.
    pub fn told(self) -> Result<Told<T>, Arc<Gap>> {
        match self {
            Self::Told(told) => Ok(told),
            Self::Absent(source) => Err(malformed(
                &source,
                "AWS answered that there is none, which has no meaning here",
            )),
            Self::Gap(gap) => Err(gap),
        }
    }
}

impl<T> Told<T> {
    /// A fact that this answer tells.
    pub fn fact<U>(&self, value: U) -> Read<U> {
        Ok(Told {
            value,
            source: self.source.clone(),
        })
    }

    /// The same answer, put differently.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Told<U> {
        Told {
            value: change(self.value),
            source: self.source,
        }
    }

    /// A fact from this answer, or the gap of what it lacks.
    pub fn read<U>(&self, fact: impl FnOnce(&T) -> Result<U, Missing>) -> Read<U> {
        match fact(&self.value) {
            Ok(value) => self.fact(value),
            Err(Missing(what)) => Err(malformed(&self.source, &what)),
        }
    }

    /// The gap of an answer that lacks something.
    pub fn lacks(&self, Missing(what): Missing) -> Arc<Gap> {
        malformed(&self.source, &what)
    }
}

fn malformed(source: &Source, what: &str) -> Arc<Gap> {
    Arc::new(Gap {
        service: source.service.clone(),
        operation: source.operation.clone(),
        account: source.account.clone(),
        region: source.region.clone(),
        parameters: source.parameters.clone(),
        reason: Reason::Malformed,
        code: None,
        message: what.to_owned(),
        action: String::new(),
        request_id: source.request_id.clone(),
    })
}

/// AWS's instants as ours, to the second: some protocols carry fractions and others do not.
pub fn instant(time: &DateTime) -> Result<Timestamp, Missing> {
    Timestamp::from_second(time.secs()).map_err(|_| {
        Missing(format!(
            "the answer holds the impossible time {}",
            time.secs()
        ))
    })
}
