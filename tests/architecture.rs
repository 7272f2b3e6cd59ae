//! Imports go one way. Every `use crate::` in `src/` is held against the table of the design, so that the
//! drawing of the modules stays true.

#![expect(clippy::unwrap_used, reason = "a test ends where its setting fails")]

#[path = "architecture/circles.rs"]
mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import, besides itself and its own children. `*` is everything below it in this list.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("policy", &[]),
    // A mistake in a file, with its place and remedy: whoever reads files speaks of it.
    ("complaint", &[]),
    ("inventory", &[]),
    // The user's own files, told to the inventory as AWS's answers are.
    ("inputs", &["inventory", "complaint"]),
    ("aws", &["inventory"]),
    ("collect", &["inventory", "aws", "policy"]),
    ("check", &["inventory", "policy", "complaint"]),
    ("govern", &["check", "complaint", "inventory"]),
    ("criteria", &["check", "govern", "complaint"]),
    ("bundle", &["inventory", "check"]),
    (
        "history",
        &["bundle", "check", "inventory", "govern", "complaint"],
    ),
    (
        "report",
        &["criteria", "check", "inventory", "govern", "history"],
    ),
    ("config", &["complaint", "inputs", "govern"]),
    ("scan", &["*"]),
    ("cli", &["*"]),
    ("main", &["cli"]),
];

#[test]
fn modules_import_downwards_only() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let order: Vec<&str> = MAY_IMPORT.iter().map(|(module, _)| *module).collect();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = top_module(&file);
        if module == "lib" {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            wrong.push(format!(
                "{}: module `{module}` is not in the table",
                file.display()
            ));
            continue;
        };
        for imported in imports(&text) {
            let below = || {
                let place = |name: &str| order.iter().position(|known| *known == name);
                place(&imported) < place(&module)
            };
            let fine = imported == module
                || may.contains(&imported.as_str())
                || (may.contains(&"*") && below());
            if !fine {
                wrong.push(format!(
                    "{}: `{module}` imports `{imported}`",
                    file.display()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports against the table:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn services_do_not_know_each_other() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(service) = service_of(&file) else {
            continue;
        };
        for line in text
            .lines()
            .filter(|line| line.contains("crate::collect::"))
        {
            if !line.contains(&format!("crate::collect::{service}")) {
                wrong.push(format!("{}: {}", file.display(), line.trim()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "a collector imports another:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn files_stay_readable() {
    let mut lengths: Vec<(usize, PathBuf)> = sources()
        .into_iter()
        .map(|(file, text)| (text.lines().count(), file))
        .collect();
    lengths.sort();
    let long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > 400).collect();
    assert!(
        long.is_empty(),
        "files over 400 lines, to be split by meaning: {long:?}"
    );
}

#[test]
fn main_is_short() {
    let text = fs::read_to_string(source_folder().join("main.rs")).unwrap();
    assert!(text.lines().count() < 40, "main parses, runs, exits");
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below `src/`, by its path within it, without its test module.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![source_folder()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text
                    .split("#[cfg(test)]")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                found.push((path.strip_prefix(source_folder()).unwrap().to_owned(), code));
            }
        }
    }
    assert!(found.len() > 10, "the sources were not found");
    found.sort();
    found
}

fn top_module(file: &Path) -> String {
    let first = file
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn service_of(file: &Path) -> Option<String> {
    let mut parts = file
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    (parts.next()? == "collect")
        .then(|| parts.next())
        .flatten()
        .map(|name| name.trim_end_matches(".rs").to_owned())
}

/// The top modules that a file's `use crate::…` and `crate::…` paths name.
fn imports(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
    {
        for (at, _) in line.match_indices("crate::") {
            // `$crate::` in a macro names what the macro's user imports, not what this file does.
            if line[..at].ends_with('$') {
                continue;
            }
            let rest = &line[at + "crate::".len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let inner = group.split('}').next().unwrap_or_default();
                found.extend(
                    inner
                        .split(',')
                        .map(|name| first_segment(name.trim()))
                        .filter(|name| !name.is_empty()),
                );
            } else {
                found.insert(first_segment(rest));
            }
        }
    }
    // Macros exported at the crate's root.
    for exported in ["ask", "record", "kind", "facet", "fields"] {
        found.remove(exported);
    }
    found
}

fn first_segment(path: &str) -> String {
    path.chars()
        .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
        .collect()
}
