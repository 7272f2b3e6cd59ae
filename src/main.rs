//! `tieout`: parse, run, exit.

fn main() {}
