//! A ZIP read where it lies. Nothing of it is put on disk, so that no name in it can lead anywhere.
//!
//! Who receives a ZIP does not know who made it: one that different programs unpack differently, or that would fill the memory,
//! is refused before any file in it is read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{BundleError, Files};

/// Below this, in bytes, nobody asks how well something was packed.
const SMALL: u64 = 64 << 20;

/// What is larger may unpack to at most this many times its packed size. Deflate reaches 1032; our densest tables, about 30.
const DENSEST: u64 = 200;

/// Why a ZIP is not read.
#[derive(Debug)]
pub enum PackedError {
    /// The operating system refuses.
    Unreadable(io::Error),
    /// It is none, or one that nobody should unpack: what is wrong.
    Refused(String),
}

/// The files of a ZIP.
#[derive(Debug, Clone)]
pub struct Packed {
    place: PathBuf,
    archive: Arc<Mutex<ZipArchive<File>>>,
    names: Vec<String>,
    /// Bytes of all files, unpacked.
    pub bytes: u64,
}

impl Packed {
    /// Opens a ZIP, and looks at every entry before anything is unpacked.
    ///
    /// # Errors
    /// When it cannot be read, or is refused.
    pub fn open(path: &Path) -> Result<Self, PackedError> {
        let file = File::open(path).map_err(PackedError::Unreadable)?;
        let mut archive = ZipArchive::new(file).map_err(wrong)?;
        if archive.offset() != 0 {
            return Err(refused("something stands in front of it"));
        }
        // Programs that unpack from the front and those that go by the directory at the end see the same files.
        archive.validate_header_consistency().map_err(wrong)?;
        let mut names = Vec::new();
        let (mut bytes, mut packed) = (0_u64, 0_u64);
        for n in 0..archive.len() {
            let entry = archive.by_index_raw(n).map_err(wrong)?;
            let name = entry.name().map_err(wrong)?.into_owned();
            if leads_out(&name) {
                return Err(refused(format!("{name} leads out of the folder")));
            }
            if entry.is_symlink() {
                return Err(refused(format!("{name} is a link")));
            }
            if entry.encrypted() {
                return Err(refused(format!("{name} needs a password")));
            }
            too_dense(&name, entry.size(), entry.compressed_size())?;
            bytes = bytes.saturating_add(entry.size());
            packed = packed.saturating_add(entry.compressed_size());
            // Whoever packs anew with another program has the folders stand there by themselves; they hold nothing.
            if !entry.is_dir() {
                names.push(name);
            }
        }
        too_dense("all of it", bytes, packed)?;
        names.sort();
        Ok(Self {
            place: path.to_owned(),
            archive: Arc::new(Mutex::new(archive)),
            names,
            bytes,
        })
    }
}

impl Files for Packed {
    fn name(&self) -> String {
        self.place.display().to_string()
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        Ok(self.names.clone())
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        if self
            .names
            .binary_search_by(|one| one.as_str().cmp(name))
            .is_err()
        {
            return Ok(None);
        }
        let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unpack = || -> Result<Vec<u8>, ZipError> {
            let entry = archive.by_name(name)?;
            let stated = entry.size();
            let mut bytes = Vec::new();
            // One more than is stated, so that more is noticed and never unpacked. The end tells whether its CRC holds.
            entry
                .take(stated.saturating_add(1))
                .read_to_end(&mut bytes)?;
            if bytes.len() as u64 == stated {
                Ok(bytes)
            } else {
                Err(io::Error::other("it does not unpack to the size that is stated").into())
            }
        };
        match unpack() {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) => Err(BundleError::Damaged {
                file: name.to_owned(),
                what: format!("it cannot be unpacked: {error}"),
            }),
        }
    }
}

/// One folder of several, as if there were nothing else.
#[derive(Debug, Clone)]
pub struct Within<F> {
    files: F,
    folder: String,
}

impl<F: Files> Within<F> {
    /// The files below `folder`.
    pub fn new(files: F, folder: &str) -> Self {
        Self {
            files,
            folder: folder.to_owned(),
        }
    }
}

impl<F: Files> Files for Within<F> {
    fn name(&self) -> String {
        format!("{}/{}", self.files.name(), self.folder)
    }

    fn names(&self) -> Result<Vec<String>, BundleError> {
        let below = |name: String| {
            let rest = name.strip_prefix(&self.folder)?.strip_prefix('/')?;
            Some(rest.to_owned())
        };
        let names = self.files.names()?;
        Ok(names.into_iter().filter_map(below).collect())
    }

    fn read(&self, name: &str) -> Result<Option<Cow<'static, [u8]>>, BundleError> {
        self.files.read(&format!("{}/{name}", self.folder))
    }
}

/// Whether a name would put a file anywhere but below the folder that it is unpacked into, on any system.
fn leads_out(name: &str) -> bool {
    let name = name.strip_suffix('/').unwrap_or(name);
    let odd = |part: &str| matches!(part, "" | "." | "..");
    let drive = name.as_bytes().get(1) == Some(&b':');
    drive || name.contains(['\\', '\0']) || name.split('/').any(odd)
}

fn too_dense(what: &str, bytes: u64, packed: u64) -> Result<(), PackedError> {
    if bytes <= SMALL || bytes / DENSEST <= packed {
        return Ok(());
    }
    Err(refused(format!(
        "{what} would unpack from {packed} to {bytes} bytes, as evidence never does"
    )))
}

fn refused(what: impl Into<String>) -> PackedError {
    PackedError::Refused(what.into())
}

fn wrong(error: ZipError) -> PackedError {
    // What stands in the file can make the library read past its end, or what is none; anything else is the system's.
    if let ZipError::Io(error) = &error
        && !of_content(error.kind())
    {
        return PackedError::Unreadable(io::Error::new(error.kind(), error.to_string()));
    }
    refused(format!("it does not read as a ZIP: {error}"))
}

fn of_content(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    [InvalidData, InvalidInput, Other, UnexpectedEof].contains(&kind)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        let file = File::create(place.path().join("it.zip")).unwrap();
        let mut archive = ZipWriter::new(file);
        for (name, bytes) in files {
            archive
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap();
        place
    }

    fn opened(files: &[(&str, &[u8])]) -> Result<Packed, String> {
        Packed::open(&packed(files).path().join("it.zip")).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn files_come_out_as_they_went_in_and_a_folder_stands_for_itself() {
        let packed = opened(&[("a.txt", b"one"), ("run/b/c.txt", b"two"), ("runs", b"")]).unwrap();
        assert_eq!(packed.names().unwrap(), ["a.txt", "run/b/c.txt", "runs"]);
        assert_eq!(packed.read("a.txt").unwrap().unwrap(), &b"one"[..]);
        assert!(packed.read("b").unwrap().is_none());
        let run = Within::new(packed, "run");
        assert_eq!(run.names().unwrap(), ["b/c.txt"]);
        assert_eq!(run.read("b/c.txt").unwrap().unwrap(), &b"two"[..]);
        assert!(run.read("a.txt").unwrap().is_none());
    }

    #[test]
    fn what_leads_out_of_the_folder_is_refused() {
        for name in ["../a", "a/../../b", "/etc/a", "a//b", "./a", "..\\a", "C:a"] {
            let said = opened(&[("a.txt", b"one"), (name, b"")]).unwrap_err();
            assert!(said.contains("leads out of the folder"), "{name}: {said}");
        }
    }

    #[test]
    fn what_would_fill_the_memory_is_refused() {
        let zeros = vec![0; 65 << 20];
        let said = opened(&[("zeros", &zeros)]).unwrap_err();
        assert!(said.contains("zeros would unpack from"), "{said}");
        let halves = &zeros[..33 << 20];
        let said = opened(&[("one", halves), ("two", halves)]).unwrap_err();
        assert!(said.contains("all of it would unpack from"), "{said}");
        assert!(opened(&[("one", halves)]).is_ok());
    }

    #[test]
    fn what_is_no_zip_or_half_of_one_is_refused() {
        let place = packed(&[("a.txt", b"one")]);
        let path = place.path().join("it.zip");
        let whole = std::fs::read(&path).unwrap();
        for bytes in [
            &whole[..whole.len() - 9],
            b"hello",
            &[b"..", &whole[..]].concat(),
        ] {
            std::fs::write(&path, bytes).unwrap();
            assert!(matches!(
                Packed::open(&path).unwrap_err(),
                PackedError::Refused(_)
            ));
        }
    }
}
