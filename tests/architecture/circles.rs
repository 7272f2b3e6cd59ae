//! No file imports itself by way of others. A parent names its children and they name it: they are one thing, and no circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::sources;

type Module = Vec<String>;

/// Which modules each module takes something from, parents and children left out.
type Arrows = BTreeMap<Module, BTreeSet<Module>>;

#[test]
fn files_import_in_no_circle() {
    let sources: BTreeMap<Module, String> = sources()
        .into_iter()
        .map(|(file, code)| (module(&file), code))
        .collect();
    let arrows = arrows(&sources);
    let many: usize = arrows.values().map(BTreeSet::len).sum();
    assert!(many > 500, "the imports were not found: {many}");
    assert_eq!(circle(&arrows), None);
}

#[test]
fn a_circle_over_three_files_is_found() {
    let file = |name: &str, code: &str| (vec!["top".to_owned(), name.to_owned()], code.to_owned());
    let mut sources = BTreeMap::from([
        file("a", "use super::b::{One, two::Two};\nuse std::fmt;"),
        file("b", "use crate::top::{a_word, c};"),
        file("c", "fn c() { super::d::run() }"),
        file("d", "// use super::a::One;"),
    ]);
    assert_eq!(circle(&arrows(&sources)), None);
    sources.extend([file(
        "d",
        "pub(super) use super::super::top::a::One as First;",
    )]);
    let found = circle(&arrows(&sources)).unwrap();
    assert_eq!(found, ["top::a", "top::b", "top::c", "top::d", "top::a"]);
}

/// The module that a file is.
fn module(file: &Path) -> Module {
    let path = file.with_extension("");
    path.iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect()
}

fn arrows(sources: &BTreeMap<Module, String>) -> Arrows {
    let of = |(from, code): (&Module, &String)| {
        let named = paths(code).into_iter();
        let named = named.filter_map(|path| resolved(from, &path, sources));
        let family = |to: &Module| to.starts_with(from) || from.starts_with(to);
        (from.clone(), named.filter(|to| !family(to)).collect())
    };
    sources.iter().map(of).collect()
}

/// The module that a path leads into; none where it leads out of the crate, or to a child.
fn resolved(from: &Module, path: &[String], sources: &BTreeMap<Module, String>) -> Option<Module> {
    let mut rest = path;
    let mut at: Module = match rest.first()?.as_str() {
        "crate" => Vec::new(),
        "super" | "self" => from.clone(),
        _ => return None,
    };
    while let [first, others @ ..] = rest {
        match first.as_str() {
            "super" => drop(at.pop()),
            "self" | "crate" => {}
            _ => break,
        }
        rest = others;
    }
    at.extend(rest.iter().cloned());
    while !at.is_empty() && !sources.contains_key(&at) {
        at.pop();
    }
    (!at.is_empty()).then_some(at)
}

/// Every path that code names, in `use` and elsewhere.
fn paths(code: &str) -> Vec<Vec<String>> {
    let lines = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for statement in code.split(';') {
        match statement.rsplit_once("use ") {
            Some((before, tree))
                if before.trim_end().ends_with(['\n', ')', 'b', '}'])
                    || before.trim().is_empty() =>
            {
                unfold(&[], tree, &mut found);
            }
            _ => {
                for start in ["super::", "crate::"] {
                    for (at, _) in statement.match_indices(start) {
                        let in_path =
                            |letter: &char| letter.is_alphanumeric() || "_:".contains(*letter);
                        let path: String = statement[at..].chars().take_while(in_path).collect();
                        unfold(&[], path.trim_end_matches(':'), &mut found);
                    }
                }
            }
        }
    }
    found
}

/// The paths of a tree: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn unfold(before: &[String], tree: &str, found: &mut Vec<Vec<String>>) {
    let (head, group) = tree.split_once('{').unwrap_or((tree, ""));
    let head = head.split(" as ").next().unwrap_or_default();
    let parts = head.split("::").map(|part| part.trim().to_owned());
    let mut path = before.to_vec();
    path.extend(parts.filter(|part| !part.is_empty()));
    if group.is_empty() {
        found.push(path);
        return;
    }
    let inner = group.rsplit_once('}').map_or(group, |(inner, _)| inner);
    let (mut depth, mut part) = (0, String::new());
    for letter in inner.chars().chain([',']) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if letter == ',' && depth == 0 {
            if !part.trim().is_empty() {
                unfold(&path, &part, found);
            }
            part.clear();
        } else {
            part.push(letter);
        }
    }
}

/// The first circle, from a file back to itself.
fn circle(arrows: &Arrows) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    arrows
        .keys()
        .find_map(|from| around(from, arrows, &mut Vec::new(), &mut done))
}

fn around<'a>(
    at: &'a Module,
    arrows: &'a Arrows,
    way: &mut Vec<&'a Module>,
    done: &mut BTreeSet<&'a Module>,
) -> Option<Vec<String>> {
    if let Some(begun) = way.iter().position(|one| *one == at) {
        let circle = way.iter().skip(begun).chain([&at]);
        return Some(circle.map(|one| one.join("::")).collect());
    }
    if !done.insert(at) {
        return None;
    }
    way.push(at);
    let next = arrows.get(at).into_iter().flatten();
    let found = next
        .into_iter()
        .find_map(|to| around(to, arrows, way, done));
    way.pop();
    found
}
