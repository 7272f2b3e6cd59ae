//! Which names there are: what an account's resources, its people and its neighbours are called; and which words mean
//! something to AWS and to the rules.

use std::collections::BTreeSet;

use super::Wanted;
use super::patterns::{Arn, Patterns, found};
use super::resources::{called, whose};
use crate::bundle::redaction::{Known, Vocabulary};
use crate::check::Check;
use crate::inventory::Fact;
use crate::inventory::attempt::Attempt;
use crate::inventory::kinds::inputs;
use crate::inventory::run::What;
use crate::scan::{Collected, Rules};

/// What a rule that looks inside of texts says.
const SEARCHES: [&str; 4] = ["contains(", "matches(", "startsWith(", "endsWith("];

/// Words with which every account speaks.
const COMMON: &str = "arn aws http https com run true false null root user role session access key";

/// All that is looked through for names.
pub(super) struct Source<'a> {
    pub(super) patterns: Patterns,
    pub(super) collected: &'a Collected,
    pub(super) attempts: &'a [Attempt],
    pub(super) rules: &'a Rules,
    /// What the user wrote: inputs, statements, configuration.
    pub(super) written: Vec<&'a str>,
}

impl<'a> Source<'a> {
    /// What was asked, answered and written.
    fn texts(&self) -> impl Iterator<Item = &'a str> {
        let attempts = self.attempts.iter().flat_map(|attempt| {
            let answer = attempt.answer.as_ref().map(|it| it.body.as_str());
            let asked = [attempt.request.path.as_str(), &attempt.request.body];
            asked.into_iter().chain(answer)
        });
        attempts.chain(self.written.iter().copied())
    }

    /// The words that AWS and the rules speak with.
    fn vocabulary(&self, arns: &BTreeSet<Arn>) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(COMMON);
        vocabulary.mean(inputs::SERVICE);
        self.of_answers(arns, &mut vocabulary);
        let scope = &self.collected.run.scope;
        for region in scope.regions.iter().chain(&scope.regions_disabled) {
            vocabulary.mean(region);
        }
        for kind in self.rules.schema.kinds() {
            vocabulary.mean(kind.name);
            for field in &kind.fields {
                vocabulary.add(field.name);
            }
        }
        for check in self.rules.judged.iter().chain(&self.rules.left_out) {
            of_rule(check, &mut vocabulary);
        }
        for statement in &self.rules.governance.attestations {
            vocabulary.mean(&statement.attestation);
        }
        vocabulary
    }

    /// Operations, members and elements of documents, keys, types of resources.
    fn of_answers(&self, arns: &BTreeSet<Arn>, vocabulary: &mut Vocabulary) {
        let patterns = &self.patterns;
        let mut words = BTreeSet::new();
        for attempt in self.attempts {
            words.extend([
                attempt.service.as_str(),
                &attempt.operation,
                &attempt.region,
            ]);
        }
        for text in self.texts() {
            for expression in [&patterns.member, &patterns.element, &patterns.key] {
                words.extend(found(expression, text));
            }
        }
        words.into_iter().for_each(|word| vocabulary.add(word));
        // Those of the resources as well, which collectors put together.
        let resources = self.collected.inventory.populations();
        let own = resources.flat_map(|(_, it)| it.resources.iter().map(|it| it.arn.as_ref()));
        let own: BTreeSet<Arn> = own.flat_map(|it| patterns.arns(it)).collect();
        let arns = own.iter().chain(arns);
        let meant: BTreeSet<&String> = arns.flat_map(|arn| [&arn.service, &arn.kind]).collect();
        meant.into_iter().for_each(|text| vocabulary.mean(text));
    }

    /// The names of what is wanted out.
    pub(super) fn known(&self, wanted: &Wanted) -> Known {
        let asks = |what: What| wanted.what.contains(&what);
        // Most stand in many answers.
        let arns = self.texts().flat_map(|text| self.patterns.arns(text));
        let arns: BTreeSet<Arn> = arns.collect();
        let mut known = Known::new(self.vocabulary(&arns), asks(What::Accounts));
        for (place, population) in self.collected.inventory.populations() {
            let kind = place.kind.as_ref();
            let fields = self.rules.schema.kind(kind);
            let fields = fields.map_or(&[][..], |kind| &kind.fields);
            if whose(kind).is_some_and(asks) {
                for resource in &population.resources {
                    called(kind, resource, fields)
                        .into_iter()
                        .for_each(|name| known.path(name));
                }
            }
        }
        if asks(What::Accounts) {
            self.accounts(&mut known);
        }
        if asks(What::People) {
            self.people(&mut known);
        }
        for arn in &arns {
            // Of a session, `assumed-role/app/ada.park`, the last part says who.
            let (who, what) = match (arn.kind.as_str(), arn.names.split_last()) {
                ("user" | "assumed-role" | "federated-user", Some((last, others))) => {
                    (std::slice::from_ref(last), others)
                }
                _ => (&[][..], &arn.names[..]),
            };
            let who = who.iter().filter(|_| asks(What::People));
            let what = what.iter().filter(|_| asks(What::Names));
            for name in who.chain(what).filter(|_| arn.account != "aws") {
                known.part(name);
            }
        }
        wanted.keep.iter().for_each(|text| known.keep(text));
        known
    }

    fn accounts(&self, known: &mut Known) {
        let patterns = &self.patterns;
        for text in self.texts() {
            found(&patterns.account, text).for_each(|it| known.account(it));
            let identifiers =
                found(&patterns.owner, text).chain(found(&patterns.organization, text));
            identifiers.for_each(|it| known.identifier(it));
        }
        for caller in &self.collected.run.callers {
            known.account(&caller.account);
            known.name(&caller.alias);
        }
    }

    fn people(&self, known: &mut Known) {
        for text in self.texts() {
            found(&self.patterns.address, text).for_each(|who| {
                known.part(who);
            });
        }
        for text in &self.written {
            found(&self.patterns.stated, text).for_each(|who| {
                known.part(who);
            });
        }
        let origin = self.collected.run.origin.as_ref();
        if let Some(operator) = origin.and_then(|origin| origin.operator.as_ref()) {
            known.name(&operator.value);
        }
    }
}

/// The words of a check: what it compares with, and what it looks for inside of texts.
fn of_rule(check: &Check, vocabulary: &mut Vocabulary) {
    vocabulary.mean(&check.id);
    let rules = || check.when.iter().chain([&check.require]);
    let searches = rules().any(|rule| SEARCHES.iter().any(|it| rule.source().contains(it)));
    let mut spoken = |text: &str| {
        if searches {
            vocabulary.look_for(text);
        } else {
            vocabulary.mean(text);
        }
    };
    for rule in rules() {
        literals(rule.source()).for_each(&mut spoken);
    }
    for value in check.defaults.values() {
        texts_of(value, &mut spoken);
    }
}

/// The texts in a parameter.
fn texts_of(value: &Fact, each: &mut impl FnMut(&str)) {
    match value {
        Fact::Text(text) => each(text),
        Fact::List(all) => all.iter().for_each(|one| texts_of(one, each)),
        Fact::Map(all) => all.iter().for_each(|(key, one)| {
            each(key);
            texts_of(one, each);
        }),
        Fact::Null
        | Fact::Bool(_)
        | Fact::Int(_)
        | Fact::Double(_)
        | Fact::Time(_)
        | Fact::Record(_)
        | Fact::One(_)
        | Fact::Many(..)
        | Fact::Gap(_) => {}
    }
}

/// The texts in a rule.
fn literals(rule: &str) -> impl Iterator<Item = &str> {
    let parts = |quote: char| rule.split(quote).skip(1).step_by(2);
    parts('\'').chain(parts('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_a_rule_are_what_stands_in_quotes() {
        let rule = r#"role.name.startsWith("app-") && 'break-glass' in role.tags"#;
        assert_eq!(literals(rule).collect::<Vec<_>>(), ["break-glass", "app-"]);
    }
}
