//! One log file of a trail: JSON with a list of records, packed with gzip.
//!
//! <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html>
//!
//! A file is read record by record, so that no more than one of them is unpacked at a time.

mod gzip;

use std::fmt;
use std::io::{BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Takes in a record as the file has it; what it says is wrong ends the reading.
pub type Each<'a> = dyn FnMut(&RawValue) -> Result<(), String> + 'a;

/// Reads a log file to its end, and says how many records it has.
///
/// # Errors
/// What is wrong with the file: it is no gzip, cut short, altered, or no list of records. Records before the damage were taken in;
/// whether they count is the caller's to say.
pub fn read(bytes: &[u8], each: &mut Each<'_>) -> Result<u64, String> {
    gzip::unpacked(bytes, |text| records(text, each))
}

fn records(text: &mut dyn Read, each: &mut Each<'_>) -> Result<u64, String> {
    let mut file = serde_json::Deserializer::from_reader(BufReader::new(text));
    let count = Records { each }
        .deserialize(&mut file)
        .map_err(|error| error.to_string())?;
    // To the end: there the checksum is compared.
    file.end().map_err(|error| error.to_string())?;
    count.ok_or_else(|| "it has no Records".to_owned())
}

/// The whole file: how many records it has; none where it has no list of them.
struct Records<'a, 'each> {
    each: &'a mut Each<'each>,
}

impl<'de> DeserializeSeed<'de> for Records<'_, '_> {
    type Value = Option<u64>;

    fn deserialize<D: Deserializer<'de>>(self, file: D) -> Result<Self::Value, D::Error> {
        file.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_> {
    type Value = Option<u64>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object with Records")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut count = None;
        while let Some(name) = members.next_key::<String>()? {
            if name == "Records" {
                let list = List {
                    each: &mut *self.each,
                };
                count = Some(count.unwrap_or(0) + members.next_value_seed(list)?);
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(count)
    }
}

struct List<'a, 'each> {
    each: &'a mut Each<'each>,
}

impl<'de> DeserializeSeed<'de> for List<'_, '_> {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, list: D) -> Result<u64, D::Error> {
        list.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_> {
    type Value = u64;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<u64, A::Error> {
        let mut count = 0;
        while let Some(record) = list.next_element::<Box<RawValue>>()? {
            (self.each)(&record).map_err(serde::de::Error::custom)?;
            count += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::gzip::packed;
    use super::*;

    /// The records of a file, or what is wrong with it.
    fn read_all(bytes: &[u8]) -> Result<Vec<String>, String> {
        let mut all = Vec::new();
        let count = read(bytes, &mut |record| {
            all.push(record.get().to_owned());
            Ok(())
        })?;
        assert_eq!(count, all.len() as u64);
        Ok(all)
    }

    #[test]
    fn a_file_is_read_record_by_record() {
        let file = packed(br#"{"Records":[{"eventID":"a"},{"eventID":"b"}]}"#);
        let found = read_all(&file).unwrap();
        assert_eq!(found, [r#"{"eventID":"a"}"#, r#"{"eventID":"b"}"#]);
        assert_eq!(read_all(&packed(br#"{"Records":[]}"#)), Ok(vec![]));
    }

    #[test]
    fn whatever_is_done_to_a_byte_of_a_file_is_noticed() {
        let whole = packed(br#"{"Records":[{"eventID":"a","eventName":"ListUsers"}]}"#);
        let sound = read_all(&whole).unwrap();
        // The time, the extra flags and the system in gzip's head say nothing of what is packed.
        for at in (0..whole.len()).filter(|at| !(4..10).contains(at)) {
            let mut altered = whole.clone();
            altered[at] ^= 0x15;
            let read = read_all(&altered);
            assert!(read.is_err(), "byte {at}: {read:?} {sound:?}");
        }
        for length in 0..whole.len() {
            assert!(read_all(&whole[..length]).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn what_is_no_log_file_says_so() {
        for (text, says) in [
            (&br#"{"Event":[]}"#[..], "it has no Records"),
            (b"[]", "an object with Records"),
            (br#"{"Records":{}}"#, "a list of records"),
            (br#"{"Records":[1"#, "EOF"),
            (b"", "EOF"),
        ] {
            let wrong = read_all(&packed(text)).unwrap_err();
            assert!(wrong.contains(says), "{wrong}");
        }
        assert!(read_all(b"{}").unwrap_err().contains("gzip"));
    }
}
