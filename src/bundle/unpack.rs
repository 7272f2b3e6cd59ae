//! Decompression that stops where no evidence goes on: whoever receives a bundle does not know who made it.

use std::io::{self, BufRead, BufReader, Read};

use zstd::stream::read::Decoder;

/// Below this, in bytes, nobody asks how well something was packed.
const SMALL: u64 = 64 << 20;

/// What is larger may unpack to at most this many times its packed size. Our densest lines, verdicts that differ in one name, reach
/// some 100; zeros reach 30,000.
const DENSEST: u64 = 1_000;

/// Reads what is packed. What would unpack to more than evidence does is an error when it gets there.
///
/// # Errors
/// When the decoder cannot be set up.
pub(super) fn reader(packed: &[u8]) -> io::Result<impl BufRead + '_> {
    let most = (packed.len() as u64).saturating_mul(DENSEST).max(SMALL);
    Ok(BufReader::new(Bounded {
        inner: Decoder::new(packed)?,
        left: most,
    }))
}

/// All that is packed.
///
/// # Errors
/// When it is damaged, or would unpack to more than evidence does.
pub(super) fn all(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader(packed)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(io::Error::other(
                    "it would unpack to more than evidence does",
                ));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out() {
        let text = b"{\"check\":\"s3.blocks_public_access\"}\n".repeat(20_000);
        let packed = zstd::encode_all(&*text, 6).unwrap();
        assert_eq!(all(&packed).unwrap(), text);
        assert!(all(&packed[..packed.len() - 1]).is_err());
        assert!(all(b"text").is_err());
    }

    #[test]
    fn what_would_fill_the_memory_is_refused() {
        let zeros = io::repeat(0).take(SMALL + 1);
        let packed = zstd::encode_all(zeros, 1).unwrap();
        assert!(packed.len() < 64 << 10, "{}", packed.len());
        let error = all(&packed).unwrap_err();
        assert_eq!(
            error.to_string(),
            "it would unpack to more than evidence does"
        );
    }
}
