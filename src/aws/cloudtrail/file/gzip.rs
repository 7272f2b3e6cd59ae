//! Gzip, read by the library that reads ZIP: both pack with the same method and check with the same sum, so a gzip file is a
//! ZIP's entry with another head. <https://www.rfc-editor.org/rfc/rfc1952>
//!
//! CloudTrail packs each file in one piece. What has several pieces is read as far as the first and found wrong.

use std::io::{self, Cursor, Read};

/// Bytes that a file may have unpacked: several times what CloudTrail puts in one.
const MOST: u32 = 512 * 1024 * 1024;

/// Bits of the head's flags, for what stands between it and the packed bytes.
const HAS_CHECK: u8 = 1 << 1;
const HAS_EXTRA: u8 = 1 << 2;
const HAS_NAME: u8 = 1 << 3;
const HAS_COMMENT: u8 = 1 << 4;

/// Reads what is packed, to its end.
pub(super) fn unpacked<T>(
    bytes: &[u8],
    read: impl FnOnce(&mut dyn Read) -> Result<T, String>,
) -> Result<T, String> {
    let (packed, sum, size) = parts(bytes).ok_or("it is no gzip file, or was cut short")?;
    if size > MOST {
        return Err(format!(
            "it unpacks to {size} bytes, more than any log file"
        ));
    }
    let packed_size = u32::try_from(packed.len()).map_err(|_| "it is larger than any log file")?;
    let head = entry(sum, packed_size, size);
    let mut entry = head.chain(packed);
    let mut file = zip::read::read_zipfile_from_stream(&mut entry)
        .map_err(|error| error.to_string())?
        .ok_or("it is no gzip file")?;
    let mut file = Counted {
        inner: &mut file,
        bytes: 0,
    };
    let found = read(&mut file)?;
    // A reader that stopped early has not come to where the sum is compared.
    io::copy(&mut file, &mut io::sink()).map_err(|error| error.to_string())?;
    if file.bytes != u64::from(size) {
        return Err(format!("it unpacks to {} bytes, not {size}", file.bytes));
    }
    Ok(found)
}

/// Counts what is read through it: ZIP's reader refuses more than there should be, and not less.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}

/// The packed bytes, the sum of what they unpack to, and its size.
fn parts(bytes: &[u8]) -> Option<(&[u8], u32, u32)> {
    let (head, rest) = bytes.split_at_checked(10)?;
    let [0x1f, 0x8b, 8, flags, ..] = head else {
        return None;
    };
    if flags & !(HAS_CHECK | HAS_EXTRA | HAS_NAME | HAS_COMMENT | 1) != 0 {
        return None;
    }
    let mut rest = rest;
    if flags & HAS_EXTRA != 0 {
        let (length, after) = rest.split_first_chunk()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for text in [HAS_NAME, HAS_COMMENT] {
        if flags & text != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & HAS_CHECK != 0 {
        rest = rest.get(2..)?;
    }
    let (rest, size) = rest.split_last_chunk()?;
    let (packed, sum) = rest.split_last_chunk()?;
    Some((packed, u32::from_le_bytes(*sum), u32::from_le_bytes(*size)))
}

/// The head of a ZIP's entry. <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, 4.3.7.
fn entry(sum: u32, packed: u32, size: u32) -> Cursor<Vec<u8>> {
    const DEFLATED: u16 = 8;
    let mut head = b"PK\x03\x04".to_vec();
    // Version, flags, method, time and day.
    for word in [20, 0, DEFLATED, 0, 0x21] {
        head.extend(u16::to_le_bytes(word));
    }
    for number in [sum, packed, size] {
        head.extend(number.to_le_bytes());
    }
    // Length of the name, and of what else there is.
    for length in [1_u16, 0] {
        head.extend(length.to_le_bytes());
    }
    head.push(b'-');
    Cursor::new(head)
}

/// Packs, for tests.
#[cfg(test)]
pub(super) fn packed(text: &[u8]) -> Vec<u8> {
    use std::io::Write as _;

    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    archive.start_file("-", deflated).unwrap();
    archive.write_all(text).unwrap();
    let mut archive = archive.finish_into_readable().unwrap();
    let mut entry = archive.by_index_raw(0).unwrap();
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    let sum = entry.crc32();
    entry.read_to_end(&mut bytes).unwrap();
    bytes.extend(sum.to_le_bytes());
    bytes.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    bytes
}
