//! The logic of every check in words.

use crate::PAPERS;

#[test]
fn every_check_says_whom_it_judges_when_it_passes_and_on_what_it_rests() {
    let papers = &*PAPERS;
    for check in papers.rows("checks") {
        let (id, logic) = (&check["id"], check["logic"].as_str().unwrap());
        let kind = check["kind"].as_str().unwrap();
        assert!(
            logic.starts_with(&format!("It judges every `{kind}`")),
            "{id}: {logic}"
        );
        assert!(logic.contains("\nIt passes when:\n- "), "{id}: {logic}");
        // One line for a condition, and none of them empty.
        assert!(
            logic.lines().all(|line| line.trim().len() > 3),
            "{id}: {logic}"
        );
    }
}

#[test]
fn a_rule_is_said_as_it_is_written() {
    let papers = &*PAPERS;
    let checks = papers.csv("checks.csv");
    let logic = checks.cell(
        checks.row("Check", "s3.blocks_public_access"),
        "Logic in words",
    );
    let expected = "It judges every `s3.bucket`.
It passes when:
- all of these:
  - any of these:
    - `bucket.public_access.block_acls` is true
    - `account.s3_public_access.block_acls` is true
";
    assert!(logic.starts_with(expected), "{logic}");
    assert!(logic.contains("\nThe facts it rests on:\n"), "{logic}");
    let logic = checks.cell(
        checks.row("Check", "ec2.admin_ports_unreachable"),
        "Logic in words",
    );
    for line in [
        "It judges every `ec2.instance` for which:",
        "- all of these:",
        "  - `instance.state` is `\"running\"`",
        "    - the number of `instance.public_ipv4` is more than `0`",
        "- for no `interface` in `instance.interfaces`:",
        "      - `interface.public_ipv4` is there",
    ] {
        assert!(
            logic.lines().any(|said| said == line),
            "no {line:?} in:\n{logic}"
        );
    }
}
