//! Policy variables: `${aws:username}` in a resource or a condition's value.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::borrow::Cow;

use super::context::{Context, Told};
use super::matching::{QUESTION, STAR};

/// A pattern with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expanded<'a> {
    /// The pattern; a variable whose value nobody knows is a star in it.
    pub(super) pattern: Cow<'a, str>,
    /// Such a variable.
    pub(super) undecided: Option<String>,
}

/// Fills in the variables. None where one has no value: such a pattern matches nothing.
pub(super) fn expand<'a>(text: &'a str, context: &Context) -> Option<Expanded<'a>> {
    if !text.contains("${") {
        return Some(Expanded {
            pattern: Cow::Borrowed(text),
            undecided: None,
        });
    }
    let mut pattern = String::with_capacity(text.len());
    let mut undecided = None;
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        pattern.push_str(before);
        let Some((variable, after)) = after.split_once('}') else {
            // Never closed, so it is text.
            pattern.push_str("${");
            rest = after;
            continue;
        };
        rest = after;
        let (name, default) = match variable.split_once(',') {
            Some((name, default)) => (name.trim(), Some(default.trim().trim_matches('\''))),
            None => (variable.trim(), None),
        };
        match name {
            "*" => pattern.push(STAR),
            "?" => pattern.push(QUESTION),
            "$" => pattern.push('$'),
            name => match (context.told(&name.to_ascii_lowercase()), default) {
                (Told::Values(values), _) => match values.as_slice() {
                    [one] => pattern.extend(one.chars().map(plain)),
                    [] | [_, _, ..] => return None,
                },
                (Told::Absent, Some(default)) => pattern.extend(default.chars().map(plain)),
                (Told::Absent, None) => return None,
                (Told::Chosen | Told::Untold, _) => {
                    pattern.push('*');
                    undecided = Some(format!("${{{name}}} fits {text}"));
                }
            },
        }
    }
    pattern.push_str(rest);
    Some(Expanded {
        pattern: Cow::Owned(pattern),
        undecided,
    })
}

/// A value is text and no pattern.
fn plain(letter: char) -> char {
    match letter {
        '*' => STAR,
        '?' => QUESTION,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::matches_resource;

    fn expanded(text: &str) -> Option<(String, bool)> {
        let context = Context::complete()
            .with("aws:username", "an*")
            .but("aws:principaltag/team", Told::Untold);
        expand(text, &context).map(|found| (found.pattern.into_owned(), found.undecided.is_some()))
    }

    #[test]
    fn a_value_is_text_and_what_is_not_known_could_be_any() {
        let (own, undecided) = expanded("user/${aws:username}/*").unwrap();
        assert!(!undecided);
        assert!(matches_resource(&own, "user/an*/key"));
        assert!(!matches_resource(&own, "user/ann/key"));
        assert_eq!(
            expanded("role/${aws:PrincipalTag/team}"),
            Some(("role/*".to_owned(), true))
        );
        assert_eq!(expanded("role/${aws:PrincipalTag/unit}"), None);
        assert_eq!(
            expanded("role/${aws:PrincipalTag/unit, 'none'}"),
            Some(("role/none".to_owned(), false))
        );
        let (star, _) = expanded("a${*}b").unwrap();
        assert!(matches_resource(&star, "a*b") && !matches_resource(&star, "axb"));
        assert_eq!(expanded("${"), Some(("${".to_owned(), false)));
    }
}
