//! `tieout`: parse, run, exit.

use std::process::ExitCode;

fn main() -> ExitCode {
    tieout::cli::run()
}
