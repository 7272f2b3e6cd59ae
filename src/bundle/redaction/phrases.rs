//! Names of several words, found from their first word on in one walk, however many begin alike.

use std::borrow::Borrow;
use std::collections::HashMap;

/// Names by their words.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    next: HashMap<String, Phrases>,
    /// Whether a name ends here.
    ends: bool,
}

/// How many words of a text are a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Walked {
    /// The longest name that stands there.
    pub(super) whole: usize,
    /// How many words of the way there were taken, be it to no end of a name.
    pub(super) taken: usize,
}

impl Phrases {
    /// Adds a name.
    pub(super) fn add(&mut self, words: &[String]) {
        let mut at = self;
        for word in words {
            at = at.next.entry(word.clone()).or_default();
        }
        at.ends = true;
    }

    /// Goes along with words as far as names do.
    pub(super) fn walk<W: Borrow<str>>(&self, words: impl Iterator<Item = W>) -> Walked {
        let mut walked = Walked::default();
        let mut at = self;
        for word in words {
            let Some(next) = at.next.get(word.borrow()) else {
                break;
            };
            at = next;
            walked.taken += 1;
            if at.ends {
                walked.whole = walked.taken;
            }
        }
        walked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_found_and_how_far_another_went() {
        let mut phrases = Phrases::default();
        for name in ["acme prod", "acme prod orders old", "acme web"] {
            let words: Vec<String> = name.split(' ').map(str::to_owned).collect();
            phrases.add(&words);
        }
        let walked = |text: &str| {
            let Walked { whole, taken } = phrases.walk(text.split(' '));
            (whole, taken)
        };
        assert_eq!(walked("acme prod orders"), (2, 3));
        assert_eq!(walked("acme prod orders old one"), (4, 4));
        assert_eq!(walked("acme"), (0, 1));
        assert_eq!(walked("web acme"), (0, 0));
    }
}
