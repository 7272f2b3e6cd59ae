//! One digest over all files of a bundle, of which each file's part can be shown without the others.
//!
//! A binary hash tree over the files, sorted by name (by bytes):
//!
//! ```text
//! leaf = SHA-256(0x00 ‖ name ‖ 0x00 ‖ SHA-256 of the file, 32 bytes)
//! node = SHA-256(0x01 ‖ left ‖ right)
//! ```
//!
//! Level by level, two neighbours make a node; one that is left over at the end of a level goes up as it is. The tree has the shape of
//! [RFC 6962](https://www.rfc-editor.org/rfc/rfc6962#section-2.1). The byte in front tells leaves from nodes, so that neither can
//! be passed off as the other.

use std::collections::BTreeMap;

use base16ct::lower::encode_string as hexadecimal;
use sha2::{Digest, Sha256};

use super::FileDigest;

type Hash = [u8; 32];

/// The root over these files, hexadecimal. None where there are no files, or a digest is not 64 hexadecimal digits.
pub fn root(files: &BTreeMap<String, FileDigest>) -> Option<String> {
    let mut level: Vec<Hash> = files
        .iter()
        .map(|(name, file)| leaf(name, &file.sha256))
        .collect::<Option<_>>()?;
    while level.len() > 1 {
        level = level
            .chunks(2)
            .filter_map(|pair| match pair {
                [left, right] => Some(hash(&[&[1], left, right])),
                left_over => left_over.first().copied(),
            })
            .collect();
    }
    level.first().map(|root| hexadecimal(root.as_slice()))
}

fn leaf(name: &str, sha256: &str) -> Option<Hash> {
    Some(hash(&[&[0], name.as_bytes(), &[0], &bytes(sha256)?]))
}

fn hash(parts: &[&[u8]]) -> Hash {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    digest.finalize().into()
}

fn bytes(digest: &str) -> Option<Hash> {
    let mut bytes = Hash::default();
    let read = base16ct::lower::decode(digest, &mut bytes).ok()?.len();
    (read == bytes.len()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::digest;

    fn files(names: &[&str]) -> BTreeMap<String, FileDigest> {
        let file = |name: &&str| ((*name).to_owned(), digest(name.as_bytes()));
        names.iter().map(file).collect()
    }

    #[test]
    fn the_tree_is_as_it_is_described() {
        let of = |name: &str| leaf(name, &digest(name.as_bytes()).sha256).unwrap();
        let node = |left: Hash, right: Hash| hash(&[&[1], &left, &right]);
        assert_eq!(root(&files(&[])), None);
        assert_eq!(root(&files(&["a"])), Some(hexadecimal(&of("a"))));
        let three = node(node(of("a"), of("b")), of("c"));
        assert_eq!(root(&files(&["c", "a", "b"])), Some(hexadecimal(&three)));
        let five = node(
            node(node(of("a"), of("b")), node(of("c"), of("d"))),
            of("e"),
        );
        assert_eq!(
            root(&files(&["a", "b", "c", "d", "e"])),
            Some(hexadecimal(&five))
        );
    }

    #[test]
    fn whatever_changes_the_root_changes() {
        let before = root(&files(&["a", "b", "c"]));
        let mut altered = files(&["a", "b", "c"]);
        altered.insert("b".to_owned(), digest(b"B"));
        assert_ne!(root(&altered), before);
        assert_ne!(root(&files(&["a", "b"])), before);
        assert_ne!(root(&files(&["a", "b", "d"])), before);
    }

    #[test]
    fn what_is_no_digest_has_no_root() {
        let mut files = files(&["a"]);
        let wrong = FileDigest {
            bytes: 1,
            sha256: "zz".repeat(32),
        };
        files.insert("b".to_owned(), wrong);
        assert_eq!(root(&files), None);
    }
}
