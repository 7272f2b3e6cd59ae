//! Names taken out of a bundle before it is handed over, by a keyed hash that keeps joins.
//!
//! ```text
//! acme-orders-2026                     vqe5h3tkbw-tm2otw4fxa-2026
//! arn:aws:iam::111122223333:user/ada   arn:aws:iam::840912337455:user/l6sjgyz3cq
//! ```
//!
//! A word stands for a word, the same wherever it stood and in whatever encoding, so that whatever was equal is equal still,
//! and what began alike begins alike: the policy that names `acme-*` covers the bucket that it covered. Whoever has the key can
//! make the same bundle again from the run's own; nobody else can tell which name a pseudonym stands for, or try out
//! guesses. A word is found where it stands by itself, by bytes and not by the form of the document, because AWS packs
//! documents into documents: a policy in percent-encoding in XML, an event in JSON in JSON.

mod attempt;
mod cbor;
mod known;
mod names;
mod phrases;
mod words;

use base16ct::lower::encode_string as hexadecimal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

pub use known::{Known, Vocabulary};
pub use names::{Clash, Names};

/// Characters that a key has at least: 128 bits, written in hexadecimal.
const SHORTEST: usize = 32;

/// Characters of a pseudonym: 50 bits, so that of a hundred thousand words no two are likely to share one.
const LETTERS: usize = 10;

/// Pseudonyms of one word that are tried. One in hundreds says by chance what a rule looks for.
const TRIES: u32 = 16;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Why something is no key.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum KeyError {
    /// So short that it could be guessed.
    #[error("it has {0} characters, and {SHORTEST} at least make a key that nobody guesses")]
    Short(usize),
}

/// What names are hashed under. Whoever has it can find out by trial which name a pseudonym stands for.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl std::fmt::Debug for Key {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Key({})", self.id())
    }
}

impl Key {
    /// From text: `openssl rand -hex 32` prints one. White space around it does not count.
    ///
    /// # Errors
    /// When it is too short.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if text.len() < SHORTEST {
            return Err(KeyError::Short(text.len()));
        }
        // HMAC takes a key of any length.
        Hmac::new_from_slice(text.as_bytes())
            .map(Self)
            .map_err(|_| KeyError::Short(text.len()))
    }

    /// Names the key and tells nothing of it: sixteen hexadecimal digits.
    pub fn id(&self) -> String {
        let mut id = hexadecimal(&self.mac("key", ""));
        id.truncate(16);
        id
    }

    /// Stands for a digest of what is not handed over, which alone would let anybody try out guesses at it; hexadecimal.
    pub fn digest(&self, sha256: &str) -> String {
        hexadecimal(&self.mac("digest", sha256))
    }

    /// The pseudonym of a word in lower case: the first of those it may have that is not to be avoided.
    fn word(&self, word: &str, avoid: impl Fn(&str) -> bool) -> String {
        let nth = |n: u32| {
            let what = if n == 0 {
                "word".to_owned()
            } else {
                format!("word {n}")
            };
            letters(&self.mac(&what, word), LETTERS)
        };
        let fits = (0..TRIES).map(nth).find(|pseudonym| !avoid(pseudonym));
        fits.unwrap_or_else(|| nth(0))
    }

    /// The pseudonym of an account: twelve digits.
    fn account(&self, account: &str) -> String {
        let mac = self.mac("account", account);
        let number = mac
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:012}", number % 1_000_000_000_000)
    }

    /// What stands for an identifier that AWS made and that leads to its account, in the same form: its first characters
    /// say what it is of.
    fn identifier(&self, identifier: &str, kept: usize) -> String {
        let (head, rest) = identifier
            .split_at_checked(kept)
            .unwrap_or(("", identifier));
        let mac = self.mac("identifier", identifier);
        let stands = if rest.len() > mac.len() {
            hexadecimal(&mac)
        } else {
            letters(&mac, rest.len())
        };
        if rest.bytes().any(|byte| byte.is_ascii_uppercase()) {
            format!("{head}{}", stands.to_ascii_uppercase())
        } else {
            format!("{head}{stands}")
        }
    }

    fn mac(&self, what: &str, of: &str) -> Vec<u8> {
        let mut mac = self.0.clone();
        mac.update(what.as_bytes());
        mac.update(b"\0");
        mac.update(of.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }
}

/// So many letters and digits of a digest. The first is a letter, because much that AWS names must begin with one.
fn letters(mac: &[u8], many: usize) -> String {
    let letter = |(n, byte): (usize, &u8)| {
        let place = usize::from(*byte) % if n == 0 { 26 } else { ALPHABET.len() };
        ALPHABET.get(place).map(|letter| char::from(*letter))
    };
    mac.iter()
        .take(many)
        .enumerate()
        .filter_map(letter)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    #[test]
    fn a_word_has_one_pseudonym_under_a_key() {
        let one = key("0123456789abcdef0123456789abcdef");
        let other = key("0123456789abcdef0123456789abcdee");
        let stands = one.word("ada", |_| false);
        assert_eq!(stands, one.word("ada", |_| false));
        assert_ne!(stands, other.word("ada", |_| false));
        assert_eq!(stands.len(), LETTERS);
        assert!(stands.starts_with(|first: char| first.is_ascii_lowercase()));
        let avoided = one.word("ada", |pseudonym| pseudonym == stands);
        assert_ne!(avoided, stands);
        assert_ne!(one.id(), other.id());
        assert!(!format!("{one:?}").contains("0123456789"));
    }

    #[test]
    fn accounts_and_identifiers_keep_their_form() {
        let key = key("0123456789abcdef0123456789abcdef");
        let account = key.account("111122223333");
        assert_eq!(account.len(), 12);
        assert!(account.bytes().all(|byte| byte.is_ascii_digit()));
        let role = key.identifier("AROAEXAMPLEEXAMPLE123", 4);
        assert_eq!((role.len(), &role[..4]), (21, "AROA"));
        let owner = key.identifier(&"0f".repeat(32), 0);
        assert_eq!(owner.len(), 64);
    }

    #[test]
    fn a_key_that_could_be_guessed_is_none() {
        assert_eq!(Key::parse(" secret \n").unwrap_err(), KeyError::Short(6));
    }
}
