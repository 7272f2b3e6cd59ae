//! The few colours of the terminal. They repeat what the words say and never say it alone.

use anstyle::{AnsiColor, Style};

use crate::check::{Outcome, Severity};
use crate::criteria::result::ResultKind;

/// Styles by meaning; all plain where the terminal has no colours.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Palette {
    pub(super) strong: Style,
    pub(super) dim: Style,
    pub(super) pass: Style,
    pub(super) fail: Style,
    pub(super) unknown: Style,
    grave: Style,
    call: Style,
}

impl Palette {
    pub(super) fn new(colour: bool) -> Self {
        if !colour {
            return Self::default();
        }
        let plain = Style::new();
        Self {
            strong: plain.bold(),
            dim: plain.dimmed(),
            pass: plain.fg_color(Some(AnsiColor::Green.into())),
            fail: plain.fg_color(Some(AnsiColor::Red.into())),
            unknown: plain.fg_color(Some(AnsiColor::Yellow.into())),
            grave: plain.fg_color(Some(AnsiColor::Red.into())).bold(),
            call: plain.fg_color(Some(AnsiColor::Cyan.into())),
        }
    }

    pub(super) fn severity(&self, severity: Severity) -> Style {
        match severity {
            Severity::Critical | Severity::High => self.grave,
            Severity::Medium => self.fail,
            Severity::Low | Severity::Info => self.strong,
        }
    }

    pub(super) fn outcome(&self, outcome: Outcome) -> Style {
        match outcome {
            Outcome::Pass => self.pass,
            Outcome::Fail => self.fail,
            Outcome::Unknown => self.unknown,
            Outcome::NotApplicable => self.dim,
        }
    }

    pub(super) fn result(&self, result: ResultKind) -> Style {
        match result {
            ResultKind::Exceptions => self.fail,
            ResultKind::Incomplete => self.unknown,
            ResultKind::Supported | ResultKind::Inherited | ResultKind::Attested => self.pass,
        }
    }

    pub(super) fn call(&self) -> Style {
        self.call
    }
}
