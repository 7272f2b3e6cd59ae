//! The files of calls while a run goes on: more of them than a process may hold open.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use lru::LruCache;
use serde::Serialize;
use zstd::stream::write::Encoder;

use super::LEVEL;
/// An account has a file for each service and region, of which there are some two thousand: more than a process may have open
/// where nobody raised the limit of 1,024, and each that is being compressed holds two megabytes. Services are read one
/// after the other in a region, so a few serve all who write at one time.
const OPEN: NonZeroUsize = NonZeroUsize::new(48).unwrap();

/// Compressed files that grow line by line.
pub(super) struct Streams {
    open: LruCache<String, Encoder<'static, File>>,
    begun: BTreeSet<String>,
}

impl Default for Streams {
    fn default() -> Self {
        Self {
            open: LruCache::new(OPEN),
            begun: BTreeSet::new(),
        }
    }
}

impl Streams {
    /// Writes a line of JSON behind the others of its file. It can be read again as soon as this returns.
    ///
    /// # Errors
    /// The file that cannot be written, with why: this one, or one that made room for it.
    pub(super) fn append(
        &mut self,
        folder: &Path,
        name: &str,
        line: &impl Serialize,
    ) -> Result<(), (PathBuf, io::Error)> {
        let path = folder.join(name);
        if !self.open.contains(name) {
            let encoder = self
                .opened(name, &path)
                .map_err(|error| (path.clone(), error))?;
            if let Some((ended, encoder)) = self.open.push(name.to_owned(), encoder) {
                end(encoder).map_err(|error| (folder.join(ended), error))?;
            }
        }
        let Some(encoder) = self.open.get_mut(name) else {
            return Ok(());
        };
        let mut write = || {
            serde_json::to_writer(&mut *encoder, line)?;
            encoder.write_all(b"\n")?;
            // A block per line costs some compression and buys that a killed process loses nothing.
            encoder.flush()
        };
        write().map_err(|error| (path, error))
    }

    /// A file begun, or gone on with: what is written behind an ended frame is a frame of its own, and is read as one text.
    fn opened(&mut self, name: &str, path: &Path) -> io::Result<Encoder<'static, File>> {
        let file = if self.begun.insert(name.to_owned()) {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            File::create(path)?
        } else {
            OpenOptions::new().append(true).open(path)?
        };
        Encoder::new(file, LEVEL)
    }

    /// Ends all that are open.
    ///
    /// # Errors
    /// The first file that cannot be ended, with why.
    pub(super) fn end(self, folder: &Path) -> Result<(), (PathBuf, io::Error)> {
        for (name, encoder) in self.open {
            end(encoder).map_err(|error| (folder.join(name), error))?;
        }
        Ok(())
    }
}

fn end(encoder: Encoder<'static, File>) -> io::Result<()> {
    encoder.finish()?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_made_room_for_others_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..3 * OPEN.get())
            .map(|n| format!("calls/{n}.ndjson.zst"))
            .collect();
        let mut streams = Streams::default();
        for line in ["first", "second"] {
            for name in &names {
                streams.append(folder.path(), name, &line).unwrap();
            }
            assert_eq!(streams.open.len(), OPEN.get());
        }
        streams.end(folder.path()).unwrap();
        for name in &names {
            let file = File::open(folder.path().join(name)).unwrap();
            let text = zstd::stream::decode_all(file).unwrap();
            assert_eq!(text, b"\"first\"\n\"second\"\n", "{name}");
        }
    }
}
