//! One file that holds a bundle and what was made of it, for somebody who has nothing else: a ZIP with reproducible bytes.
//!
//! The bundle's own files go in as they lie, byte for byte, so that its signature holds on the unpacked folder. Everything is
//! listed with its digest in a `SHA256SUMS` at the top.

pub mod encrypt;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sign::SUMS;
use super::write::digest;

/// Name of the file that holds the digest of the list of digests. It is short, so that any key can sign it whole.
pub const LIST: &str = "SHA256SUMS.sha256";

/// Name of the signature over it: the 64 bytes of Ed25519, as `openssl pkeyutl -sigfile` reads them.
pub const SIGNATURE: &str = "SHA256SUMS.sig";

/// What is to be handed over, by name.
#[derive(Debug, Default)]
pub struct Handover {
    files: BTreeMap<String, Content>,
}

/// Where a file's bytes are.
#[derive(Debug)]
enum Content {
    Here(Vec<u8>),
    There(PathBuf),
}

impl Content {
    fn bytes(&self) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Here(bytes) => Ok(bytes.into()),
            Self::There(path) => std::fs::read(path).map(Cow::Owned).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            }),
        }
    }
}

impl Handover {
    /// Puts a file in. One of that name takes the place of the former.
    pub fn put(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.files.insert(name.into(), Content::Here(bytes.into()));
    }

    /// Puts a file in that lies on disk; it is read when its turn comes.
    pub fn put_file(&mut self, name: impl Into<String>, path: PathBuf) {
        self.files.insert(name.into(), Content::There(path));
    }

    /// The digest of every file, in the form of `sha256sum`. `at` is the time that all of them are given.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn list(&self, at: Timestamp) -> io::Result<List> {
        let mut sums = String::new();
        for (name, content) in &self.files {
            let sha256 = digest(&content.bytes()?).sha256;
            sums.push_str(&format!("{sha256}  {name}\n"));
        }
        let signed = format!("{}  {SUMS}\n", digest(sums.as_bytes()).sha256);
        Ok(List { sums, signed, at })
    }

    /// Writes the ZIP: files in order of name, all with one time and one mode, so that the same files are the same bytes.
    ///
    /// # Errors
    /// When a file cannot be read, is not what the list says, or `out` does not take it.
    pub fn write(
        &self,
        list: &List,
        signature: Option<&[u8]>,
        mut out: impl Write,
    ) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(time(list.at)?)
            .unix_permissions(0o644);
        let mut archive = ZipWriter::new_stream(&mut out);
        let mut listed = list.sums.lines();
        for (name, content) in &self.files {
            let bytes = content.bytes()?;
            // Read twice, because what is signed comes before what is written; nothing must slip in between.
            let line = format!("{}  {name}", digest(&bytes).sha256);
            if listed.next() != Some(line.as_str()) {
                return Err(io::Error::other(format!(
                    "{name} changed while it was being packed"
                )));
            }
            archive.start_file(name.as_str(), options)?;
            archive.write_all(&bytes)?;
        }
        let vouching = [
            (SUMS, Some(list.sums.as_bytes())),
            (SIGNATURE, signature),
            (LIST, Some(list.signed.as_bytes())),
        ];
        for (name, bytes) in vouching {
            if let Some(bytes) = bytes {
                archive.start_file(name, options)?;
                archive.write_all(bytes)?;
            }
        }
        archive.finish()?;
        out.flush()
    }
}

/// The digests of all that is handed over.
#[derive(Debug)]
pub struct List {
    sums: String,
    signed: String,
    at: Timestamp,
}

impl List {
    /// The bytes that a signature is made over.
    pub fn to_sign(&self) -> &[u8] {
        self.signed.as_bytes()
    }
}

/// To the second that ZIP knows.
///
/// # Errors
/// When the time is none that ZIP can say: before 1980, after 2107.
fn time(at: Timestamp) -> io::Result<DateTime> {
    let utc = TimeZone::UTC.to_datetime(at);
    let part = |number: i8| u8::try_from(number).ok();
    let told = || {
        DateTime::from_date_and_time(
            u16::try_from(utc.year()).ok()?,
            part(utc.month())?,
            part(utc.day())?,
            part(utc.hour())?,
            part(utc.minute())?,
            part(utc.second())?,
        )
        .ok()
    };
    told().ok_or_else(|| {
        io::Error::other(format!(
            "a ZIP knows the years 1980 to 2107, and the run began at {at}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed() -> Vec<u8> {
        let mut handover = Handover::default();
        handover.put("b/two.txt", "two");
        handover.put("a.txt", "one");
        let at = "2026-11-24T02:11:09Z".parse().unwrap();
        let mut out = Vec::new();
        let list = handover.list(at).unwrap();
        handover.write(&list, Some(b"signed"), &mut out).unwrap();
        out
    }

    #[test]
    fn the_same_files_are_the_same_bytes_and_come_out_again() {
        assert_eq!(packed(), packed());
        let mut archive = zip::ZipArchive::new(io::Cursor::new(packed())).unwrap();
        let names: Vec<String> = archive
            .file_names()
            .map(|name| name.unwrap().into_owned())
            .collect();
        assert_eq!(names, ["a.txt", "b/two.txt", SUMS, SIGNATURE, LIST]);
        let mut sums = String::new();
        io::Read::read_to_string(&mut archive.by_name("SHA256SUMS").unwrap(), &mut sums).unwrap();
        assert!(sums.ends_with("  b/two.txt\n"), "{sums}");
    }

    #[test]
    fn a_time_that_no_zip_can_say_is_no_other_time() {
        let handover = Handover::default();
        for at in ["1979-12-31T23:59:59Z", "2108-01-01T00:00:00Z"] {
            let list = handover.list(at.parse().unwrap()).unwrap();
            let error = handover.write(&list, None, &mut Vec::new()).unwrap_err();
            assert!(error.to_string().contains("1980 to 2107"), "{error}");
        }
    }

    #[test]
    fn a_file_that_changes_between_list_and_packing_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "before").unwrap();
        let mut handover = Handover::default();
        handover.put_file("a", path.clone());
        let at = "2026-11-24T02:11:09Z".parse().unwrap();
        let list = handover.list(at).unwrap();
        std::fs::write(&path, "after").unwrap();
        let error = handover.write(&list, None, &mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "a changed while it was being packed");
    }
}
