//! Progress of a scan, on stderr and only where somebody is looking.

use std::fmt::Display;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output::note;
use crate::aws::Progress;

/// How often the line is drawn.
const PERIOD: Duration = Duration::from_millis(120);

/// Draws how far a scan has come until it is dropped.
pub(super) struct Line {
    bar: ProgressBar,
    task: tokio::task::JoinHandle<()>,
}

impl Line {
    /// Starts drawing; draws nothing where stderr is no terminal.
    pub(super) fn draw(progress: Arc<Progress>) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed:.dim} {wide_msg}") {
            bar.set_style(style);
        }
        let shown = bar.clone();
        let task = tokio::spawn(async move {
            loop {
                shown.set_message(words(&progress));
                shown.tick();
                tokio::time::sleep(PERIOD).await;
            }
        });
        Self { bar, task }
    }

    /// Says something above the line.
    pub(super) fn say(&self, text: impl Display) {
        self.bar.suspend(|| note(text));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
        self.bar.finish_and_clear();
    }
}

/// How many collectors are named, once there are no more.
const LAST: usize = 2;

/// `11 services in 2 regions: 31 of 33 read, 214 calls, 2 throttled; waiting for kms eu-west-1, rds us-east-1`
fn words(progress: &Progress) -> String {
    let Some(scope) = progress.scope.get() else {
        return "asking AWS who is scanning".to_owned();
    };
    let calls = progress.calls.load(Relaxed);
    let (done, total) = (progress.done.load(Relaxed), progress.total.load(Relaxed));
    let mut text = format!("{scope}: {done} of {total} read, {calls} calls");
    let throttles = progress.throttles.load(Relaxed);
    if throttles > 0 {
        text.push_str(&format!(", {throttles} throttled"));
    }
    let last = progress.last(LAST);
    if !last.is_empty() {
        text.push_str(&format!("; waiting for {}", last.join(", ")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_known() {
        let progress = Progress::default();
        assert_eq!(words(&progress), "asking AWS who is scanning");
        progress
            .scope
            .get_or_init(|| "2 services in 2 regions".to_owned());
        progress.calls.store(21, Relaxed);
        progress.total.store(3, Relaxed);
        for name in ["iam", "kms eu-west-1", "kms us-east-1"] {
            progress.begins(name);
        }
        assert_eq!(
            words(&progress),
            "2 services in 2 regions: 0 of 3 read, 21 calls"
        );
        progress.throttles.store(2, Relaxed);
        progress.ends("iam");
        assert_eq!(
            words(&progress),
            "2 services in 2 regions: 1 of 3 read, 21 calls, 2 throttled; waiting for kms eu-west-1, kms us-east-1"
        );
    }
}
