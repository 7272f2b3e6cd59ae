//! Gzip, no further than a log file goes.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

/// Bytes that a file may have unpacked: several times what CloudTrail puts in one.
const MOST: u64 = 512 * 1024 * 1024;

/// Reads what is packed, to its end.
pub(super) fn unpacked<T>(
    bytes: &[u8],
    read: impl FnOnce(&mut dyn Read) -> Result<T, String>,
) -> Result<T, String> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Err("it is no gzip file".to_owned());
    }
    let mut text = MultiGzDecoder::new(bytes).take(MOST);
    let found = read(&mut text);
    if text.limit() == 0 {
        return Err(format!(
            "it unpacks to {MOST} bytes or more, as no log file does"
        ));
    }
    let found = found?;
    // A reader that stopped early has not come to where the checksum is compared.
    io::copy(&mut text, &mut io::sink()).map_err(|error| error.to_string())?;
    Ok(found)
}

/// Packs, for tests.
#[cfg(test)]
pub(super) fn packed(text: &[u8]) -> Vec<u8> {
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write as _;

    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Result<u64, String> {
        unpacked(bytes, |text| {
            io::copy(text, &mut io::sink()).map_err(|error| error.to_string())
        })
    }

    #[test]
    fn what_would_fill_the_disk_is_refused() {
        use flate2::{Compression, write::GzEncoder};

        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        io::copy(&mut io::repeat(b' ').take(MOST), &mut encoder).unwrap();
        let bomb = encoder.finish().unwrap();
        assert!(bomb.len() < 8 << 20, "{}", bomb.len());
        assert!(read_all(&bomb).unwrap_err().contains("as no log file does"));
    }

    #[test]
    fn several_pieces_are_one_text() {
        let both = [packed(b"one"), packed(b"three")].concat();
        assert_eq!(read_all(&both), Ok(8));
    }
}
