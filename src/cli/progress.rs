//! Progress of a scan, on stderr and only where somebody is looking.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed:.dim}") {
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
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
        self.bar.finish_and_clear();
    }
}

/// `reading: 214 calls, 31 of 45 service regions, 2 throttled`
fn words(progress: &Progress) -> String {
    let calls = progress.calls.load(Relaxed);
    let (done, total) = (progress.done.load(Relaxed), progress.total.load(Relaxed));
    let throttles = progress.throttles.load(Relaxed);
    let mut text = format!("reading: {calls} calls");
    if total > 0 {
        text.push_str(&format!(", {done} of {total} service regions"));
    }
    if throttles > 0 {
        text.push_str(&format!(", {throttles} throttled"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_is_known() {
        let progress = Progress::default();
        assert_eq!(words(&progress), "reading: 0 calls");
        progress.calls.store(214, Relaxed);
        progress.done.store(31, Relaxed);
        progress.total.store(45, Relaxed);
        progress.throttles.store(2, Relaxed);
        assert_eq!(
            words(&progress),
            "reading: 214 calls, 31 of 45 service regions, 2 throttled"
        );
    }
}
