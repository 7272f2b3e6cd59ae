//! Wildcards in actions, resources and values.

/// Whether an action pattern of a policy (`s3:Get*`, `*`) covers an action. Actions are not case-sensitive.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub fn matches_action(pattern: &str, action: &str) -> bool {
    covers(pattern, action, |a, b| a.eq_ignore_ascii_case(&b))
}

/// Whether a resource pattern of a policy covers an ARN. Resources are case-sensitive, and a `*` reaches across
/// colons and slashes.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub fn matches_resource(pattern: &str, arn: &str) -> bool {
    covers(pattern, arn, same)
}

/// A star and a question mark that stand for themselves, as `${*}` and `${?}` and the values of variables do: no
/// Unicode character has these numbers.
pub(super) const STAR: char = '\u{f0001}';
pub(super) const QUESTION: char = '\u{f0002}';

/// Whether two characters are the same, case and all.
pub(super) fn same(pattern: char, text: char) -> bool {
    pattern == text || (pattern == STAR && text == '*') || (pattern == QUESTION && text == '?')
}

/// The same as [`matches_resource`] within each of an ARN's six parts, as conditions on ARNs compare.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
pub(super) fn matches_arn(pattern: &str, arn: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.splitn(6, ':'), arn.splitn(6, ':'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if covers(pattern, part, same) => {}
            (Some(_), Some(_)) | (Some(_), None) | (None, Some(_)) => return false,
        }
    }
}

/// Whether the `Action` or, where that is empty, the `NotAction` of one statement takes in an action.
pub fn concerns<'a>(
    mut actions: impl Iterator<Item = &'a str>,
    not_actions: impl Iterator<Item = &'a str>,
    action: &str,
) -> bool {
    let mut excepted = not_actions.peekable();
    if excepted.peek().is_some() {
        !excepted.any(|pattern| matches_action(pattern, action))
    } else {
        actions.any(|pattern| matches_action(pattern, action))
    }
}

/// `*` stands for any run of characters, `?` for exactly one. Linear in practice: only the last `*` is ever
/// tried again, since an earlier one could gain nothing a later one cannot.
pub(super) fn covers(pattern: &str, text: &str, same: impl Fn(char, char) -> bool) -> bool {
    let mut pattern = pattern.chars();
    let mut text = text.chars();
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let before = (pattern.clone(), text.clone());
        match (pattern.next(), text.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                text = before.1;
                retry = Some((pattern.clone(), text.clone()));
                if pattern.as_str().is_empty() {
                    return true;
                }
            }
            (Some('?'), Some(_)) => {}
            (Some(expected), Some(found)) if same(expected, found) => {}
            (Some(_), None) | (None, Some(_)) | (Some(_), Some(_)) => {
                let Some((after_star, mut rest)) = retry.take() else {
                    return false;
                };
                if rest.next().is_none() {
                    return false;
                }
                pattern = after_star.clone();
                text = rest.clone();
                retry = Some((after_star, rest));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, text, expected) in [
            ("*", "", true),
            ("*", "s3:GetObject", true),
            ("s3:Get*", "s3:GetObject", true),
            ("s3:Get*", "s3:PutObject", false),
            ("S3:gEt*", "s3:GetObject", true),
            ("s3:Get?bject", "s3:GetObject", true),
            ("s3:Get?Object", "s3:GetObject", false),
            ("s3:*Object*", "s3:GetObjectAcl", true),
            ("s3:*Acl", "s3:GetAclAcl", true),
            ("s3:*Acl", "s3:GetAclAc", false),
            ("iam:Pass*Role", "iam:PassRole", true),
            ("iam:PassRole", "iam:PassRol", false),
            ("iam:PassRol", "iam:PassRole", false),
            ("", "", true),
            ("", "a", false),
            ("a**b", "ab", true),
            ("?", "", false),
        ] {
            assert_eq!(
                matches_action(pattern, text),
                expected,
                "{pattern} on {text}"
            );
        }
    }

    #[test]
    fn resources_are_case_sensitive_and_stars_cross_segments() {
        assert!(matches_resource(
            "arn:aws:s3:::acme-*",
            "arn:aws:s3:::acme-logs/a/b:c"
        ));
        assert!(!matches_resource(
            "arn:aws:s3:::Acme-*",
            "arn:aws:s3:::acme-logs"
        ));
        assert!(matches_resource(
            "arn:aws:iam::*:role/admin",
            "arn:aws:iam::111122223333:role/admin"
        ));
    }

    #[test]
    fn many_stars_do_not_explode() {
        let pattern = "*a".repeat(40) + "b";
        assert!(!matches_action(&pattern, &"a".repeat(5_000)));
    }

    #[test]
    fn not_action_is_everything_else() {
        let none = || std::iter::empty();
        assert!(concerns(["iam:*"].into_iter(), none(), "iam:PassRole"));
        assert!(!concerns(["s3:*"].into_iter(), none(), "iam:PassRole"));
        assert!(concerns(none(), ["s3:*"].into_iter(), "iam:PassRole"));
        assert!(!concerns(none(), ["iam:*"].into_iter(), "iam:PassRole"));
        assert!(!concerns(none(), none(), "iam:PassRole"));
    }
}
