//! Which alarms a composite alarm watches: `ALARM("cpu") AND NOT OK(arn:aws:cloudwatch:…:alarm:disk)`.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html>

/// The names of the alarms in a rule, each once. An alarm given by ARN goes by the name at its end.
pub(super) fn watched(rule: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = rule;
    while let Some((before, after)) = rest.split_once('(') {
        let (inside, next) = argument(after);
        let word = before
            .rsplit(|c: char| !c.is_ascii_alphabetic() && c != '_')
            .next();
        if matches!(word, Some("ALARM" | "OK" | "INSUFFICIENT_DATA")) {
            let name = inside
                .split_once(":alarm:")
                .map_or(inside, |(_, name)| name);
            names.push(name.to_owned());
            rest = next;
        } else {
            rest = after;
        }
    }
    names.sort();
    names.dedup();
    names
}

/// What stands in the parentheses, without its quotes, and what comes after. Quoted, it may hold parentheses.
fn argument(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (inside, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => text.split_once(')').unwrap_or((text, "")),
    };
    (inside.trim(), rest)
}

#[cfg(test)]
mod tests {
    use super::watched;

    #[test]
    fn names_in_quotes_and_without() {
        assert_eq!(
            watched(r#"ALARM("cpu high") OR OK(disk)"#),
            ["cpu high", "disk"]
        );
        assert_eq!(watched(r#"ALARM("a (b) \ c")"#), [r"a (b) \ c"]);
    }

    #[test]
    fn nested_repeated_and_by_arn() {
        assert_eq!(
            watched(
                "(ALARM(cpu) AND (NOT INSUFFICIENT_DATA(cpu))) OR \
                 ALARM(arn:aws:cloudwatch:eu-west-1:111122223333:alarm:disk)"
            ),
            ["cpu", "disk"]
        );
    }

    #[test]
    fn constants_watch_nothing() {
        assert_eq!(watched("TRUE"), [""; 0]);
        assert_eq!(watched("NOT (FALSE)"), [""; 0]);
    }
}
