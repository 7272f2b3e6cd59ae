//! What the files of Acme's account say of it: which calls it denies, and which listings come in pages.

use std::fs;

/// A line of `fixtures/acme/denied.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Denied {
    /// `service:Operation`.
    pub(crate) call: String,
    /// Where it is denied.
    pub(crate) region: String,
    /// How the report names the reason.
    pub(crate) reason: String,
}

/// The calls that the account denies, in order.
pub(crate) fn denied() -> Vec<Denied> {
    let lines = read("fixtures/acme/denied.txt");
    let lines = lines
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    let denied = lines.filter(|line| !line.is_empty()).map(|line| {
        let option = |name: &str| line.split(' ').find_map(|word| word.strip_prefix(name));
        Denied {
            call: line.split(' ').next().unwrap_or_default().to_owned(),
            region: option("in=").unwrap_or("us-east-1").to_owned(),
            reason: match option("by=") {
                Some(by) => format!("denied_by_{by}"),
                None => "denied".to_owned(),
            },
        }
    });
    let mut denied: Vec<_> = denied.collect();
    denied.sort_by(|a, b| (&a.call, &a.region).cmp(&(&b.call, &b.region)));
    denied
}

/// The calls that the emulator answers in pages.
pub(crate) fn paged() -> Vec<String> {
    let seed = read("fixtures/acme/seed.py");
    let pages = seed
        .split_once("PAGES = {")
        .and_then(|(_, rest)| rest.split_once('}'))
        .expect("the seed says what comes in pages")
        .0;
    pages
        .split('"')
        .filter(|word| word.contains(':') && !word.starts_with(':'))
        .map(str::to_owned)
        .collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
