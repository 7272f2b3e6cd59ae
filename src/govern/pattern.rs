//! Which resources a record speaks of: an ARN as it stands, or with `*` for any letters and `?` for one.

/// Whether the pattern covers the whole text. Capitals count, as they do in an ARN.
#[must_use]
pub fn covers(pattern: &str, text: &str) -> bool {
    let pattern: Vec<char> = pattern.chars().collect();
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut read) = (0, 0);
    // Where the last `*` stands, and how far it reaches so far.
    let mut star: Option<(usize, usize)> = None;
    while let Some(letter) = text.get(read) {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || wanted == letter => {
                at += 1;
                read += 1;
            }
            Some(_) | None => match star {
                Some((from, reached)) => {
                    star = Some((from, reached + 1));
                    at = from + 1;
                    read = reached + 1;
                }
                None => return false,
            },
        }
    }
    pattern
        .get(at..)
        .is_some_and(|rest| rest.iter().all(|letter| *letter == '*'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::covers;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text, expected) in [
            ("arn:aws:s3:::acme", "arn:aws:s3:::acme", true),
            ("arn:aws:s3:::acme", "arn:aws:s3:::acme-2", false),
            ("arn:aws:s3:::Acme", "arn:aws:s3:::acme", false),
            ("arn:aws:s3:::acme-*", "arn:aws:s3:::acme-", true),
            ("*:user/*-bot", "arn:aws:iam::1:user/a-bot-bot", true),
            ("*:user/?", "arn:aws:iam::1:user/ab", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYbZ", false),
            ("", "", true),
            ("", "a", false),
            ("**", "", true),
        ] {
            assert_eq!(covers(pattern, text), expected, "{pattern} {text}");
        }
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_regular_expression(pattern in "[ab*?]{0,8}", text in "[abé]{0,10}") {
            let written: String = pattern
                .chars()
                .map(|letter| match letter {
                    '*' => ".*".to_owned(),
                    '?' => ".".to_owned(),
                    letter => letter.to_string(),
                })
                .collect();
            let expression = regex::Regex::new(&format!("^{written}$")).unwrap();
            prop_assert_eq!(covers(&pattern, &text), expression.is_match(&text));
        }
    }
}
