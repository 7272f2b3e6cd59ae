//! Which names there are, and which words mean something whoever they are used by.

use std::collections::{BTreeSet, HashSet};

use super::words::Words;

/// Below this many letters a word is not looked for by itself: it is part of too many others.
const SHORTEST: usize = 3;

/// Words in lower case.
type Phrase = Vec<String>;

/// A word that a rule looks for inside of others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    word: String,
    /// Whether more may stand before it, in the same word, and behind it.
    open: (bool, bool),
}

impl Part {
    fn is_in(&self, word: &str) -> bool {
        match self.open {
            (true, true) => word.contains(&self.word),
            (true, false) => word.ends_with(&self.word),
            (false, true) => word.starts_with(&self.word),
            (false, false) => word == self.word,
        }
    }
}

/// Words that AWS and the rules speak with. They are not replaced where they stand alone, because something goes by them.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: HashSet<String>,
    meant: HashSet<Phrase>,
    parts: BTreeSet<Part>,
}

impl Vocabulary {
    /// Takes in the words of a text, and the parts of words written like `DescribeLogGroups`.
    pub fn add(&mut self, text: &str) {
        for word in phrase(text, str::to_owned) {
            let mut put = |part: &str| {
                let part = part.to_ascii_lowercase();
                // `LogGroups` of an operation is `log-group` of an ARN.
                if let Some(one) = part.strip_suffix('s') {
                    self.words.insert(one.to_owned());
                }
                self.words.insert(part);
            };
            put(&word);
            parts(&word).iter().for_each(|part| put(part));
        }
    }

    /// Takes in a text that something goes by as it stands: a service, the type of a resource in ARNs, what a rule compares with.
    pub fn mean(&mut self, text: &str) {
        self.add(text);
        let words = phrase(text, str::to_ascii_lowercase);
        for from in 0..words.len() {
            for to in from + 1..=words.len() {
                self.meant.extend(words.get(from..to).map(<[_]>::to_vec));
            }
        }
    }

    /// Takes in a text that a rule looks for inside of others, or a pattern: its words stay in names, and words with them inside.
    pub fn look_for(&mut self, text: &str) {
        self.mean(text);
        let pattern = text.contains(['|', '(', '[', '*', '+', '^', '$']);
        for word in Words::of(text).words {
            let open = (word.at.start == 0, word.at.end == text.len());
            let Some(word) = text.get(word.at).filter(|word| word.len() >= SHORTEST) else {
                continue;
            };
            self.parts.insert(Part {
                word: word.to_ascii_lowercase(),
                open: (open.0 || pattern, open.1 || pattern),
            });
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether a word has something in it that a rule looks for.
    pub(super) fn goes_by(&self, word: &str) -> bool {
        self.parts.iter().any(|part| part.is_in(word))
    }
}

/// The names that are to be taken out.
#[derive(Debug)]
pub struct Known {
    pub(super) vocabulary: Vocabulary,
    /// Names of several words, which are replaced wherever these follow each other.
    pub(super) whole: BTreeSet<Phrase>,
    /// Names of one word, which is replaced everywhere.
    pub(super) single: BTreeSet<String>,
    /// Words out of names, which are replaced where they are part of something longer.
    pub(super) lone: BTreeSet<String>,
    /// Accounts.
    pub(super) accounts: BTreeSet<String>,
    /// Identifiers that AWS made and that lead to an account.
    pub(super) identifiers: BTreeSet<String>,
    /// Whether what belongs to accounts is to be taken out at all.
    pub(super) by_account: bool,
    /// Names that stay as they are, because something goes by their words, or because they have none.
    left: BTreeSet<String>,
}

impl Known {
    /// Nothing yet. `accounts`: what belongs to accounts is to be taken out.
    pub fn new(vocabulary: Vocabulary, accounts: bool) -> Self {
        Self {
            vocabulary,
            by_account: accounts,
            whole: BTreeSet::new(),
            single: BTreeSet::new(),
            lone: BTreeSet::new(),
            accounts: BTreeSet::new(),
            identifiers: BTreeSet::new(),
            left: BTreeSet::new(),
        }
    }

    /// A name that somebody gave. What AWS named or numbered is none. Of an address, what stands before the host says who.
    pub fn name(&mut self, name: &str) {
        let name = match name.split_once('@') {
            Some((who, _host)) => who,
            None if made_by_aws(name) => return,
            None => name,
        };
        let words = phrase(name, str::to_ascii_lowercase);
        let vocabulary = &self.vocabulary;
        let common = |word: &String| vocabulary.knows(word) || word.len() < SHORTEST;
        let says = |word: &&String| has_letter(word) && !vocabulary.goes_by(word);
        let told = if words.len() == 1 {
            words.iter().any(|word| says(&word) && !common(word))
        } else {
            words.iter().any(|word| says(&word)) && !vocabulary.meant.contains(&words)
        };
        if !told {
            if name.chars().any(char::is_alphabetic) {
                self.left.insert(name.to_owned());
            }
        } else if words.len() == 1 {
            self.single.extend(words);
        } else {
            let own = words
                .iter()
                .filter(says)
                .filter(|word| !common(word) && !numbered(word));
            self.lone.extend(own.cloned());
            self.whole.insert(words);
        }
    }

    /// A part of an ARN or of an address, which is a name where it says anything that AWS does not. Whether it is.
    pub fn part(&mut self, part: &str) -> bool {
        let words = phrase(part, str::to_ascii_lowercase);
        let known =
            |word: &String| self.vocabulary.knows(word) || !has_letter(word) || numbered(word);
        let says = !words.iter().all(known);
        if says {
            self.name(part);
        }
        says
    }

    /// A name that may be a path, `/shop/orders`. One goes by its parts, because what is open below one of them, `/shop/*`, does.
    pub fn path(&mut self, path: &str) {
        if !path.contains(['/', ':', '#']) {
            self.name(path);
            return;
        }
        let says = path.split(['/', ':', '#']).map(|part| self.part(part));
        if says.filter(|says| *says).count() == 0 && !made_by_aws(path) {
            self.left.insert(path.to_owned());
        }
    }

    /// An account: twelve digits. Those that a rule names are AWS's own.
    pub fn account(&mut self, account: &str) {
        let is_one = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        if is_one && !self.vocabulary.words.contains(account) {
            self.accounts.insert(account.to_owned());
        }
    }

    /// An identifier that AWS made and that leads to an account: the canonical id of an owner of buckets, an organization's.
    pub fn identifier(&mut self, identifier: &str) {
        self.identifiers.insert(identifier.to_owned());
    }

    /// Forgets what somebody wants left as it is: a word in whatever name it stands, and an account.
    pub fn keep(&mut self, text: &str) {
        let words = phrase(text, str::to_ascii_lowercase);
        self.whole.remove(&words);
        for word in words {
            self.single.remove(&word);
            self.lone.remove(&word);
            let open = (false, false);
            self.vocabulary.parts.insert(Part { word, open });
        }
        self.accounts.remove(text);
    }

    /// The names that stay as they are, in order.
    pub fn left(&self) -> Vec<String> {
        self.left.iter().cloned().collect()
    }
}

/// The words of a text.
fn phrase(text: &str, as_it_is: impl Fn(&str) -> String) -> Phrase {
    let words = Words::of(text).words.into_iter();
    words
        .filter_map(|word| text.get(word.at).map(&as_it_is))
        .collect()
}

/// `DescribeDBLogGroups`: Describe, DB, Log, Groups.
fn parts(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut parts = vec![String::new()];
    for (n, letter) in letters.iter().enumerate() {
        let before = n.checked_sub(1).and_then(|n| letters.get(n));
        let after = letters.get(n + 1);
        let upper = letter.is_ascii_uppercase();
        let begins = upper
            && (before.is_some_and(|it| !it.is_ascii_uppercase())
                || before.is_some() && after.is_some_and(char::is_ascii_lowercase));
        if begins {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(*letter);
        }
    }
    parts
}

fn has_letter(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A word that a machine made: `0a1b2c3d4e5f`, `Z2FDTNDATAQYW2`.
fn numbered(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let hexadecimal = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    digits > 0 && (hexadecimal && word.len() >= 8 || digits >= 3 && word.len() >= 12)
}

/// Names that AWS gives in every account, or that its services look for.
const OF_AWS: [&str; 3] = [
    "default",
    "OrganizationAccountAccessRole",
    "SSM-SessionManagerRunShell",
];

/// What AWS named itself, `AWSServiceRoleForSupport`, or numbered, `vpc-0a1b2c3d`, and a UUID.
fn made_by_aws(name: &str) -> bool {
    let words = phrase(name, str::to_owned);
    let Some(first) = words.first() else {
        return false;
    };
    let of_aws = ["AWS", "Amazon"].into_iter().any(|owner| {
        let rest = first.strip_prefix(owner);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(|it: char| it.is_uppercase()))
    });
    let of_aws = of_aws || first.eq_ignore_ascii_case("aws") || first == "amazon";
    let of_aws = of_aws || OF_AWS.contains(&name);
    let uuid = words.len() == 5 && words.iter().map(String::len).eq([8, 4, 4, 4, 12]);
    let id = match words.as_slice() {
        [one] => numbered(one),
        [kind, number] => numbered(number) && kind.len() <= 6 && name.contains('-'),
        _ => false,
    };
    of_aws || uuid || id
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add("DescribeLogGroups DBClusterSnapshot prod Status");
        vocabulary.mean("table");
        vocabulary.mean("break-glass");
        vocabulary.look_for("audit");
        vocabulary.look_for(":acm:");
        Known::new(vocabulary, true)
    }

    fn whole(known: &Known) -> Vec<String> {
        known.whole.iter().map(|words| words.join("-")).collect()
    }

    #[test]
    fn words_of_aws_are_known_in_part_and_in_the_singular() {
        let vocabulary = known().vocabulary;
        for word in [
            "log", "group", "groups", "cluster", "snapshot", "db", "prod", "break",
        ] {
            assert!(vocabulary.knows(word), "{word}");
        }
        assert!(!vocabulary.knows("acme"));
    }

    #[test]
    fn what_somebody_named_is_known_and_what_aws_named_is_not() {
        let mut known = known();
        for name in [
            "acme-prod-logs",
            "prod-group",
            "ada",
            "AWSServiceRoleForSupport",
            "aws-controltower-trail",
            "default",
            "vpc-0a1b2c3d",
            "1f0a2b3c-0000-4000-8000-123456789abc",
            "aws+shop-root@acme.example",
        ] {
            known.name(name);
        }
        assert_eq!(
            whole(&known),
            ["acme-prod-logs", "aws-shop-root", "prod-group"]
        );
        assert_eq!(known.single, BTreeSet::from(["ada".to_owned()]));
        let lone = ["acme", "aws", "logs", "root", "shop"].map(str::to_owned);
        assert_eq!(known.lone, BTreeSet::from(lone));
        assert!(known.left().is_empty());
    }

    #[test]
    fn what_something_goes_by_stays_and_is_told() {
        let mut known = known();
        for name in ["break-glass", "prod", "Ω", "db", "audits", "acme-audits"] {
            known.name(name);
        }
        assert_eq!(known.left(), ["audits", "break-glass", "db", "prod", "Ω"]);
        assert_eq!(whole(&known), ["acme-audits"]);
        assert_eq!(known.lone, BTreeSet::from(["acme".to_owned()]));
        known.keep("acme");
        assert!(known.lone.is_empty() && known.vocabulary.goes_by("acme"));
    }

    #[test]
    fn a_path_is_a_name_by_its_parts() {
        let mut known = known();
        known.path("/prod/status");
        known.path("table/orders-2024");
        known.path("log-group:acme-web/status");
        assert_eq!(whole(&known), ["acme-web", "orders-2024"]);
        assert_eq!(known.left(), ["/prod/status"]);
    }

    #[test]
    fn an_account_that_a_rule_names_is_awss() {
        let mut known = known();
        known.vocabulary.look_for("580247275435");
        for account in ["580247275435", "111122223333", "1111222233334"] {
            known.account(account);
        }
        assert_eq!(known.accounts, BTreeSet::from(["111122223333".to_owned()]));
    }
}
