//! Ctrl-C, and the polite signal that schedulers send: the first ends the reading, another ends the process.

use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use tokio::sync::Notify;

use super::exit::Exit;
use super::output::note;

/// Listens for signals from when it is made. Before that, they end the process as they always do.
pub(super) struct Stop {
    state: Arc<State>,
}

struct State {
    /// While this is so, a signal asks for an end; afterwards it is one.
    reading: AtomicBool,
    asked: Notify,
    folder: PathBuf,
}

impl Stop {
    /// Starts to listen, for a run that leaves its evidence in that folder.
    ///
    /// # Errors
    /// When the system hands out no signals.
    pub(super) fn listen(folder: PathBuf) -> io::Result<Self> {
        let signals = Signals::new()?;
        let state = Arc::new(State {
            reading: AtomicBool::new(true),
            asked: Notify::new(),
            folder,
        });
        tokio::spawn(watch(signals, state.clone()));
        Ok(Self { state })
    }

    /// Returns once the reading is to end.
    pub(super) async fn asked(&self) {
        self.state.asked.notified().await;
    }

    /// The reading is over: from here on the first signal ends the process.
    pub(super) fn judging(&self) {
        self.state.reading.store(false, SeqCst);
    }
}

async fn watch(mut signals: Signals, state: Arc<State>) {
    loop {
        signals.next().await;
        if state.reading.swap(false, SeqCst) {
            state.asked.notify_one();
        } else {
            leave(&state.folder);
        }
    }
}

#[expect(
    clippy::exit,
    reason = "whoever presses Ctrl-C twice does not wait for destructors"
)]
fn leave(folder: &Path) -> ! {
    if folder.is_dir() {
        let folder = folder.display();
        note(format_args!(
            "stopped at once; what was read is in {folder}, and `tieout replay {folder}` judges it"
        ));
    }
    process::exit(Exit::CouldNotRun as i32)
}

/// Ctrl-C and the signal to terminate. None is lost between two that are waited for.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Ctrl-C, where there is nothing else.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
