//! The digest of a population's rows, which an auditor recomputes with `sha256sum`.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use super::super::{Check, Report};
use super::population::population;
use super::{judged, lines};

/// SHA-256 of the rows of every population, by check.
#[derive(Debug, Default)]
pub struct Digests(BTreeMap<Arc<str>, String>);

impl Digests {
    /// Of every check that was judged.
    ///
    /// # Errors
    /// None but those of writing into memory.
    pub fn new(report: &Report) -> io::Result<Self> {
        let of_each = judged(report).map(|check| Ok((check.id.clone(), rows(check, report)?)));
        of_each.collect::<io::Result<_>>().map(Self)
    }

    /// Of one check, hexadecimal; none if the run left it out.
    pub fn of(&self, check: &str) -> Option<&str> {
        self.0.get(check).map(String::as_str)
    }
}

/// SHA-256, hexadecimal, of the CSV file of a check's population, headings included: nothing needs to be agreed on but
/// the bytes of one file.
///
/// # Errors
/// None but those of writing into memory.
pub fn rows(check: &Check, report: &Report) -> io::Result<String> {
    let mut digest = Hashed(Sha256::new());
    lines::sheet(population(check, report), &mut digest)?;
    Ok(hexadecimal(&digest.0.finalize()))
}

/// A digest to write into.
struct Hashed(Sha256);

impl io::Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
