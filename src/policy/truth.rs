//! Yes, no, or: it depends on this.

use std::collections::BTreeSet;

/// Three-valued, as a request seldom tells everything that conditions ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// Whatever the request turns out to be.
    No,
    /// If all of this holds.
    Maybe(BTreeSet<String>),
    /// Whatever the request turns out to be.
    Yes,
}

impl Truth {
    /// Undecided on one thing.
    pub fn maybe(on: impl Into<String>) -> Self {
        Self::Maybe(BTreeSet::from([on.into()]))
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, decides) | (decides, Self::Yes) => decides,
            (Self::Maybe(mut one), Self::Maybe(other)) => {
                one.extend(other);
                Self::Maybe(one)
            }
        }
    }

    /// Either. Of two that depend on something, the one that depends on less is enough.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, decides) | (decides, Self::No) => decides,
            (Self::Maybe(one), Self::Maybe(other)) if other.len() < one.len() => Self::Maybe(other),
            (Self::Maybe(one), Self::Maybe(_)) => Self::Maybe(one),
        }
    }

    /// The contrary.
    pub fn negate(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            Self::Maybe(on) => {
                let all: Vec<String> = on.into_iter().collect();
                Self::maybe(format!("not ({})", all.join(" and ")))
            }
        }
    }

    /// Whether it is settled that it holds.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }

    /// Whether it is settled that it does not hold.
    pub fn is_no(&self) -> bool {
        matches!(self, Self::No)
    }

    /// Whether all hold. Stops at the first that does not.
    pub fn all(each: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::Yes;
        for one in each {
            whole = whole.and(one);
            if whole.is_no() {
                break;
            }
        }
        whole
    }

    /// Whether any holds. Stops at the first that does.
    pub fn any(each: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self::No;
        for one in each {
            whole = whole.or(one);
            if whole.is_yes() {
                break;
            }
        }
        whole
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_undecided_gives_way_to_what_settles_it() {
        let maybe = || Truth::maybe("mfa");
        assert_eq!(maybe().and(Truth::No), Truth::No);
        assert_eq!(maybe().and(Truth::Yes), maybe());
        assert_eq!(maybe().or(Truth::Yes), Truth::Yes);
        assert_eq!(maybe().or(Truth::No), maybe());
        assert_eq!(maybe().negate(), Truth::maybe("not (mfa)"));
        assert_eq!(
            maybe().and(Truth::maybe("vpn")).or(Truth::maybe("badge")),
            Truth::maybe("badge")
        );
    }
}
