//! `SHA256SUMS`: the digests in the form that `sha256sum -c` reads, so that nobody needs this tool to check them.

use std::collections::BTreeMap;

use crate::bundle::digest;
use crate::bundle::{MANIFEST, Manifest};

/// The text for a sealed bundle: every file that its manifest names, and the manifest itself, in order.
pub fn of(manifest: &Manifest, text: &[u8]) -> String {
    let of_manifest = (MANIFEST.to_owned(), digest(text).sha256);
    let named = manifest.files.iter();
    let all: BTreeMap<String, String> = named
        .map(|(name, file)| (name.clone(), file.sha256.clone()))
        .chain([of_manifest])
        .collect();
    all.iter()
        .map(|(name, sha256)| format!("{sha256}  {name}\n"))
        .collect()
}

/// The digests by name. Only the form that [`of`] writes is read: 64 small hexadecimal digits, two spaces, the name.
///
/// # Errors
/// Line and mistake.
pub fn parse(text: &str) -> Result<BTreeMap<String, String>, (u64, String)> {
    let mut sums = BTreeMap::new();
    for (line, number) in text.split_terminator('\n').zip(1..) {
        let hexadecimal = |sum: &str| {
            sum.len() == 64
                && sum
                    .bytes()
                    .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        };
        match line.split_once("  ") {
            Some((sum, name)) if hexadecimal(sum) && !name.is_empty() => {
                if sums.insert(name.to_owned(), sum.to_owned()).is_some() {
                    return Err((number, format!("{name} is listed twice")));
                }
            }
            Some(_) | None => {
                return Err((
                    number,
                    "it is not a digest, two spaces and a name".to_owned(),
                ));
            }
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_line_that_is_no_digest_and_name_is_told_by_its_number() {
        let sum = "a".repeat(64);
        assert_eq!(
            parse(&format!("{sum}  one\n{sum}  b c\n")).unwrap().len(),
            2
        );
        let wrong = parse(&format!("{sum}  one\n{sum} *two\n")).unwrap_err();
        assert_eq!(wrong.0, 2);
        let twice = parse(&format!("{sum}  one\n{sum}  one\n")).unwrap_err();
        assert_eq!(twice, (2, "one is listed twice".to_owned()));
        let upper = "A".repeat(64);
        assert!(parse(&format!("{upper}  one\n")).is_err());
    }
}
