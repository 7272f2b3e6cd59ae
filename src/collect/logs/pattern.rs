//! What a metric filter's pattern means, for patterns on JSON events: `{ ($.a = 1) && ($.b != "x*") }`.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>
//!
//! Two people write the same filter in two ways, and text equality calls one of them wrong. So a pattern is
//! parsed and multiplied out into alternatives, any of which matches: lists of conditions that must all hold.
//! What cannot be parsed has no alternatives. That reads as *watches nothing*, never as *watches enough*.

/// Any of these matches; each is its conditions, all of which must hold, in order and without repetition.
pub(super) type Alternatives = Vec<Vec<String>>;

/// A pattern of 1024 characters, the most that AWS takes, can multiply out to more than memory holds. No filter a person
/// wrote comes near this.
const MOST: usize = 1024;

/// The alternatives of a pattern; none where it is not a pattern on JSON events.
pub(super) fn alternatives(pattern: &str) -> Alternatives {
    let mut parser = Parser { rest: pattern };
    let Some(mut alternatives) = parser.braced().filter(|_| parser.rest.is_empty()) else {
        return Alternatives::new();
    };
    for conditions in &mut alternatives {
        conditions.sort();
        conditions.dedup();
    }
    alternatives
}

/// The CloudTrail events every one of which some alternative matches: it tests the name, and at most the source.
pub(super) fn events(alternatives: &Alternatives) -> Vec<String> {
    let mut events: Vec<String> = alternatives
        .iter()
        .filter_map(|conditions| {
            let mut name = None;
            let mut source = None;
            for condition in conditions {
                let (field, value) = condition.split_once(" = ")?;
                let seen = match field {
                    "eventName" => &mut name,
                    "eventSource" => &mut source,
                    _ => return None,
                };
                // Two different values of one field never hold at once; a wildcard or an expression is not one event.
                if value.contains(['*', '%']) || seen.replace(value).is_some() {
                    return None;
                }
            }
            Some(match (source, name?) {
                (None, name) => name.to_owned(),
                (Some(source), name) => format!("{source}:{name}"),
            })
        })
        .collect();
    events.sort();
    events.dedup();
    events
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn braced(&mut self) -> Option<Alternatives> {
        self.take("{")?;
        let alternatives = self.any()?;
        self.take("}")?;
        self.blank();
        Some(alternatives)
    }

    /// `a || b`, which binds less than `&&`.
    fn any(&mut self) -> Option<Alternatives> {
        let mut alternatives = self.all()?;
        while self.take("||").is_some() {
            alternatives.extend(self.all()?);
        }
        (alternatives.len() <= MOST).then_some(alternatives)
    }

    fn all(&mut self) -> Option<Alternatives> {
        let mut product = self.one()?;
        while self.take("&&").is_some() {
            let factor = self.one()?;
            if product.len().checked_mul(factor.len())? > MOST {
                return None;
            }
            product = product
                .iter()
                .flat_map(|left| factor.iter().map(|right| [&left[..], right].concat()))
                .collect();
        }
        Some(product)
    }

    fn one(&mut self) -> Option<Alternatives> {
        if self.take("(").is_some() {
            let inner = self.any()?;
            self.take(")")?;
            return Some(inner);
        }
        Some(vec![vec![self.condition()?]])
    }

    fn condition(&mut self) -> Option<String> {
        self.take("$.")?;
        let field = self.until(|c| c.is_whitespace() || "=!<>()&|{}\"".contains(c))?;
        for (words, said) in [
            (["NOT", "EXISTS"], "NOT EXISTS"),
            (["IS", "NULL"], "IS NULL"),
            (["IS", "TRUE"], "IS TRUE"),
            (["IS", "FALSE"], "IS FALSE"),
        ] {
            let before = self.rest;
            if words.iter().all(|word| self.take(word).is_some()) {
                return Some(format!("{field} {said}"));
            }
            self.rest = before;
        }
        let operator = ["!=", "<=", ">=", "=", "<", ">"]
            .into_iter()
            .find(|operator| self.take(operator).is_some())?;
        Some(format!("{field} {operator} {}", self.value()?))
    }

    fn value(&mut self) -> Option<String> {
        if self.take("\"").is_none() {
            return self
                .until(|c| c.is_whitespace() || "()&|{}\"".contains(c))
                .map(str::to_owned);
        }
        let mut value = String::new();
        let mut characters = self.rest.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.rest = self.rest.get(at + 1..)?;
                    return Some(value);
                }
                '\\' => value.push(characters.next()?.1),
                other => value.push(other),
            }
        }
        None
    }

    /// What stands before the first character that ends it; at least one character.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> Option<&'a str> {
        self.blank();
        let (taken, rest) = self
            .rest
            .split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.blank();
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::{alternatives, events};

    fn caught(pattern: &str) -> Vec<String> {
        events(&alternatives(pattern))
    }

    #[test]
    fn spaces_quotes_and_parentheses_do_not_matter() {
        let meant = [["eventName = CreateTrail"], ["eventName = DeleteTrail"]];
        for written in [
            r#"{ ($.eventName = CreateTrail) || ($.eventName = DeleteTrail) }"#,
            r#"{$.eventName="CreateTrail"||$.eventName="DeleteTrail"}"#,
            " {(($.eventName = \"CreateTrail\") ||\n ($.eventName=DeleteTrail))} ",
        ] {
            assert_eq!(alternatives(written), meant, "{written}");
        }
    }

    #[test]
    fn and_binds_before_or_and_is_multiplied_out() {
        assert_eq!(
            alternatives("{ $.a = 1 || $.b = 2 && $.c = 3 }"),
            [vec!["a = 1"], vec!["b = 2", "c = 3"]]
        );
        assert_eq!(
            alternatives("{ ($.a = 1 || $.b = 2) && $.c = 3 }"),
            [vec!["a = 1", "c = 3"], vec!["b = 2", "c = 3"]]
        );
    }

    #[test]
    fn every_kind_of_condition_is_written_one_way() {
        assert_eq!(
            alternatives(
                r#"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.n >= 3
                  && $.eventType != "AwsServiceEvent" && $.x IS NULL && $.y IS TRUE && $.z[0] IS FALSE }"#
            ),
            [[
                "eventType != AwsServiceEvent",
                "n >= 3",
                "userIdentity.invokedBy NOT EXISTS",
                "userIdentity.type = Root",
                "x IS NULL",
                "y IS TRUE",
                "z[0] IS FALSE",
            ]]
        );
        assert_eq!(
            alternatives(r#"{ $.m = "say \"no\" (or && yes)" }"#),
            [[r#"m = say "no" (or && yes)"#]]
        );
        assert_eq!(
            alternatives(r#"{ $.errorCode = *UnauthorizedOperation || $.ip != 10.0.* }"#),
            [["errorCode = *UnauthorizedOperation"], ["ip != 10.0.*"]]
        );
    }

    #[test]
    fn events_are_those_caught_whatever_else_the_event_says() {
        assert_eq!(
            caught("{ ($.eventName = B) || ($.eventName = A) || ($.eventName = A) }"),
            ["A", "B"]
        );
        assert_eq!(
            caught(
                "{ ($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }"
            ),
            [
                "kms.amazonaws.com:DisableKey",
                "kms.amazonaws.com:ScheduleKeyDeletion"
            ]
        );
        for narrowed in [
            "{ $.eventName = A && $.userIdentity.userName = bob }",
            "{ $.eventName = A && $.errorCode NOT EXISTS }",
            "{ $.eventName = A && $.eventSource != kms.amazonaws.com }",
            "{ $.eventName = A && $.eventName = B }",
            "{ $.eventName != A }",
            "{ $.eventName = A* }",
            "{ $.eventName = %A|B% }",
            "{ $.eventSource = kms.amazonaws.com }",
        ] {
            assert_eq!(caught(narrowed), [""; 0], "{narrowed}");
        }
    }

    #[test]
    fn what_is_not_understood_watches_nothing() {
        for other in [
            "",
            "ERROR",
            "[ip, user, request]",
            "{ $.eventName = A",
            "{ $.eventName = A } }",
            "{ $.eventName = A || }",
            "{ $.eventName }",
            "{ $.eventName = \"A }",
            "{ eventName = A }",
            "{ $.eventName = A $.eventName = B }",
            "{ }",
        ] {
            assert_eq!(alternatives(other), [[""; 0]; 0], "{other}");
        }
    }

    #[test]
    fn a_pattern_that_explodes_is_given_up() {
        let pair = "($.a = 1 || $.b = 2)";
        assert_eq!(
            alternatives(&format!("{{ {} }}", [pair; 10].join(" && "))).len(),
            1024
        );
        assert!(alternatives(&format!("{{ {} }}", [pair; 11].join(" && "))).is_empty());
    }
}
