//! What the documentation shows is what the files say.

#![expect(clippy::panic, reason = "a test ends where its setting fails")]

use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_check_that_the_guide_shows_is_a_real_one() {
    let guide = read("checks/README.md");
    let shown = guide
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    assert_eq!(shown, read("checks/ec2/stopped_instance_removed.toml"));
}

#[test]
fn the_guide_links_to_what_is_there() {
    let guide = read("checks/README.md");
    let links = guide
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let local: Vec<_> = links.filter(|link| !link.starts_with("https://")).collect();
    assert!(!local.is_empty());
    for link in local {
        assert!(fs::exists(format!("checks/{link}")).unwrap(), "{link}");
    }
    for path in ["src/inventory/kinds", "src/criteria/roll_up.rs"] {
        assert!(guide.contains(path) && fs::exists(path).unwrap(), "{path}");
    }
}
