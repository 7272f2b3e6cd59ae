//! What readings of a rule are called, and where what it reads stands.

use std::sync::Arc;

/// The place of a fact as the rule spells it.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) shape: Arc<str>,
    /// Which of the rule's names.
    pub(super) id: usize,
    /// Which places it stands for.
    pub(super) stands: Stands,
}

/// How readings of one name are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// One place: there is nothing to tell apart.
    One,
    /// The places of list elements, told apart by their positions.
    Positions,
    /// What the rule computed, as it is written: the variables in it have positions of their own, which are not in the
    /// name. Told apart by what was read.
    Values,
}

/// Positions of the fields of a policy statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Statement {
    pub(super) effect: usize,
    pub(super) actions: usize,
    pub(super) not_actions: usize,
}
