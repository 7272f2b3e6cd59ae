//! No name that was to go is in any file that is handed over, in whatever encoding.

use std::collections::BTreeSet;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::exported::{exported, files, left, nameless, with_names};

/// Everybody on Acme's roster, and the logins and words of names that lead to them.
const PEOPLE: [&str; 16] = [
    "ada.park",
    "ada park",
    "ben.ortiz",
    "ben ortiz",
    "chloe",
    "nguyen",
    "dmitri",
    "volkov",
    "erin.walsh",
    "walsh",
    "farid",
    "haddad",
    "tom.berg",
    "tom berg",
    "greta",
    "lind",
];

/// Accounts: Acme's, and those of its neighbours.
const ACCOUNTS: [&str; 5] = [
    "123456789012",
    "333344445555",
    "555566667777",
    "666677778888",
    "999988887777",
];

/// All text of an export in lower case, with what is in base64 in it read as well; by file.
fn texts(place: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, bytes) in files(place) {
        let text = if name.ends_with(".xlsx") {
            sheets(&bytes)
        } else {
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let runs =
            text.split(|letter: char| !letter.is_ascii_alphanumeric() && !"+/=".contains(letter));
        let packed: Vec<String> = runs
            .filter(|run| run.len() >= 24)
            .filter_map(|run| String::from_utf8(STANDARD.decode(run).ok()?).ok())
            .collect();
        let text = format!("{text}\n{}", packed.join("\n"));
        // What is between the words of a name, in every encoding.
        let text = text.to_lowercase().replace("%20", " ").replace("%2e", ".");
        texts.push((name, text));
    }
    texts
}

fn sheets(workbook: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    for n in 0..archive.len() {
        std::io::Read::read_to_string(&mut archive.by_index(n).unwrap(), &mut text).unwrap();
    }
    text
}

/// Where each of these words stands by itself, as far as any does. The checks' own examples speak of an Acme as well.
fn found<'w>(place: &Path, words: impl IntoIterator<Item = &'w str>) -> Vec<String> {
    let mut texts = texts(place);
    texts.retain(|(name, _)| !name.contains("rules"));
    let mut found = Vec::new();
    for word in words {
        let word = word.to_lowercase();
        for (name, text) in &texts {
            let alone = |at: &usize| {
                let edge =
                    |letter: Option<char>| !letter.is_some_and(|it| it.is_ascii_alphanumeric());
                edge(text[..*at].chars().next_back())
                    && edge(text[at + word.len()..].chars().next())
            };
            if let Some(at) = text.match_indices(&word).map(|(at, _)| at).find(alone) {
                let from = text.floor_char_boundary(at.saturating_sub(60));
                let to = text.floor_char_boundary(at + 60);
                found.push(format!("{word} in {name}: {}", &text[from..to]));
            }
        }
    }
    found
}

#[track_caller]
fn none<'w>(place: &Path, words: impl IntoIterator<Item = &'w str>) {
    let leaks = found(place, words);
    let many = leaks.len();
    assert!(leaks.is_empty(), "{many} leaks:\n{}", leaks.join("\n"));
}

#[test]
fn nobody_is_named() {
    none(nameless(), PEOPLE);
}

#[test]
fn no_account_is_named() {
    none(nameless(), ACCOUNTS);
}

#[test]
fn nothing_that_acme_named_after_itself_is_named() {
    none(nameless(), ["acme"]);
}

#[test]
fn no_resource_is_named_but_those_that_are_told() {
    let given = [
        "s3.bucket",
        "iam.user",
        "iam.role",
        "lambda.function",
        "dynamodb.table",
        "rds.instance",
        "sqs.queue",
        "sns.topic",
        "ecs.cluster",
        "eks.cluster",
        "secretsmanager.secret",
        "kms.key",
        "logs.group",
        "cloudformation.stack",
    ];
    let left = left();
    let names: BTreeSet<String> = with_names()
        .iter()
        .filter(|it| given.contains(&it["kind"].as_str().unwrap()))
        .map(|it| it["name"].as_str().unwrap().to_owned())
        // Of several words: one may be part of anything. And what AWS names is nobody's.
        .filter(|name| name.matches(['-', '.', '_', '/']).count() > 0)
        .filter(|name| !name.to_lowercase().contains("aws") && !left.contains(&name.as_str()))
        .collect();
    assert!(names.len() > 60, "{}", names.len());
    none(nameless(), names.iter().map(String::as_str));
}

#[test]
fn what_was_not_asked_for_stays() {
    let place = exported("people", &[]);
    assert!(!found(place.path(), ["acme-website"]).is_empty());
    assert!(!found(place.path(), ["123456789012"]).is_empty());
    none(place.path(), PEOPLE);
}
