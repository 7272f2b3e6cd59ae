//! Equal facts, kept once.
//!
//! Thousands of resources say the same: `Enabled`, `aws:SecureTransport`, the whole statement that demands TLS. A fact is
//! shared with an equal one that came before, from its parts upwards, so that what resources have in common costs a pointer.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::Fact;

/// So many facts are known at a time. What is beyond starts anew: the pool must not grow with the account.
const MOST: usize = 20_000;

/// The facts that were met.
#[derive(Debug, Default)]
pub(super) struct Pool {
    known: BTreeMap<u64, Fact>,
}

impl Pool {
    /// The fact, in which all that was met before is the same memory.
    pub(super) fn share(&mut self, mut fact: Fact) -> Fact {
        self.parts(&mut fact);
        if !is_large(&fact) {
            return fact;
        }
        let mut hasher = DefaultHasher::new();
        weigh(&fact, &mut hasher);
        let weight = hasher.finish();
        match self.known.get(&weight) {
            Some(known) if *known == fact => known.clone(),
            // Two facts of one weight: the second stays by itself.
            Some(_) => fact,
            None => {
                if self.known.len() >= MOST {
                    self.known.clear();
                }
                self.known.insert(weight, fact.clone());
                fact
            }
        }
    }

    /// What is in it. A part that is shared already stays as it is.
    fn parts(&mut self, fact: &mut Fact) {
        let parts: &mut [Fact] = match fact {
            Fact::List(items) => Arc::get_mut(items).unwrap_or_default(),
            Fact::Record(record) => {
                Arc::get_mut(record).map_or(&mut [][..], |record| &mut record.values)
            }
            Fact::Map(entries) => {
                if let Some(entries) = Arc::get_mut(entries) {
                    for value in entries.values_mut() {
                        self.replace(value);
                    }
                }
                return;
            }
            Fact::Null
            | Fact::Bool(_)
            | Fact::Int(_)
            | Fact::Double(_)
            | Fact::Text(_)
            | Fact::Time(_)
            | Fact::One(_)
            | Fact::Many(..)
            | Fact::Gap(_) => return,
        };
        for part in parts {
            self.replace(part);
        }
    }

    fn replace(&mut self, part: &mut Fact) {
        *part = self.share(std::mem::replace(part, Fact::Null));
    }
}

/// Whether it holds memory of its own. Gaps are shared where they are made.
fn is_large(fact: &Fact) -> bool {
    match fact {
        Fact::Text(_) | Fact::List(_) | Fact::Record(_) | Fact::Map(_) => true,
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Time(_)
        | Fact::One(_)
        | Fact::Many(..)
        | Fact::Gap(_) => false,
    }
}

/// Equal facts weigh the same.
fn weigh(fact: &Fact, into: &mut DefaultHasher) {
    std::mem::discriminant(fact).hash(into);
    match fact {
        Fact::Null | Fact::Gap(_) => {}
        Fact::Bool(value) => value.hash(into),
        Fact::Int(value) => value.hash(into),
        // Both zeros are equal.
        Fact::Double(value) => (value + 0.0).to_bits().hash(into),
        Fact::Text(value) => value.hash(into),
        Fact::Time(value) => value.hash(into),
        Fact::List(items) => {
            items.len().hash(into);
            items.iter().for_each(|item| weigh(item, into));
        }
        Fact::Record(record) => {
            record.names.hash(into);
            record.values.iter().for_each(|value| weigh(value, into));
        }
        Fact::Map(entries) => {
            for (key, value) in entries.iter() {
                key.hash(into);
                weigh(value, into);
            }
        }
        Fact::One(id) => id.hash(into),
        Fact::Many(ids, _) => ids.hash(into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Record;

    fn statement(effect: &str, action: &str) -> Fact {
        Fact::Record(Arc::new(Record {
            names: &["effect", "actions"],
            values: Box::from([
                Fact::text(effect),
                Fact::List(Arc::from([Fact::text(action)])),
            ]),
        }))
    }

    fn place(fact: &Fact) -> *const () {
        if let Fact::Text(text) = fact {
            Arc::as_ptr(text).cast()
        } else if let Fact::List(items) = fact {
            Arc::as_ptr(items).cast()
        } else if let Fact::Record(record) = fact {
            Arc::as_ptr(record).cast()
        } else {
            panic!("{fact:?} has no place")
        }
    }

    fn field<'a>(fact: &'a Fact, name: &str) -> &'a Fact {
        let Fact::Record(record) = fact else {
            panic!("{fact:?} is no record")
        };
        record.get(name).unwrap()
    }

    #[test]
    fn equal_facts_are_one_and_stay_what_they_are() {
        let mut pool = Pool::default();
        let first = pool.share(statement("Deny", "s3:*"));
        let second = pool.share(statement("Deny", "s3:*"));
        assert_eq!(second, statement("Deny", "s3:*"));
        assert_eq!(place(&first), place(&second));
    }

    #[test]
    fn what_differs_shares_the_parts_that_are_equal() {
        let mut pool = Pool::default();
        let first = pool.share(statement("Deny", "s3:*"));
        let second = pool.share(statement("Deny", "s3:GetObject"));
        assert_eq!(second, statement("Deny", "s3:GetObject"));
        assert_ne!(place(&first), place(&second));
        let effects = [&first, &second].map(|one| place(field(one, "effect")));
        assert_eq!(effects[0], effects[1]);
        let actions = [&first, &second].map(|one| place(field(one, "actions")));
        assert_ne!(actions[0], actions[1]);
    }

    #[test]
    fn the_pool_does_not_grow_with_what_it_meets() {
        let mut pool = Pool::default();
        for n in 0..MOST * 2 {
            pool.share(Fact::text(n.to_string()));
        }
        assert!(pool.known.len() <= MOST);
    }
}
