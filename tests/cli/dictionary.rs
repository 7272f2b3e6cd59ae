//! The commands that show what there is, and the way from an idea to a check.

use std::fs;

use serde_json::Value;

use crate::run::Place;

fn shown(args: &[&str]) -> String {
    Place::empty().run(args).with(0).out
}

#[test]
fn the_policy_is_one_that_iam_takes() {
    let printed = shown(&["policy"]);
    let policy: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(policy["Version"], "2012-10-17");
    let statement = &policy["Statement"][0];
    assert_eq!(
        (&statement["Effect"], &statement["Resource"]),
        (&"Allow".into(), &"*".into())
    );
    let actions: Vec<&str> = statement["Action"]
        .as_array()
        .unwrap()
        .iter()
        .map(|action| action.as_str().unwrap())
        .collect();
    for needed in [
        "ec2:DescribeRegions",
        "iam:ListAccountAliases",
        "s3:ListAllMyBuckets",
    ] {
        assert!(actions.contains(&needed), "{needed}");
    }
    for action in &actions {
        let (_, operation) = action.split_once(':').unwrap();
        // API Gateway's actions are the methods of HTTP.
        if *action == "apigateway:GET" {
            continue;
        }
        let reads = [
            "Get", "List", "Describe", "Generate", "BatchGet", "Search", "Lookup",
        ];
        assert!(
            reads.iter().any(|verb| operation.starts_with(verb)),
            "{action}"
        );
    }
    assert!(printed.starts_with("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": ["));
}

#[test]
fn a_policy_that_is_too_long_for_one_says_what_to_do() {
    let printed = Place::empty().run(&["policy"]).with(0);
    let policy: Value = serde_json::from_str(&printed.out).unwrap();
    let size = policy.to_string().len();
    assert_eq!(
        size > 6144,
        printed.err.contains("takes 6144") && printed.err.contains("--split --out DIR"),
        "{size}: {}",
        printed.err
    );
}

#[test]
fn a_policy_comes_in_as_many_parts_as_iam_takes() {
    let place = Place::empty();
    let ended = place
        .run(&["policy", "--split", "--out", "policies"])
        .with(0);
    let (mut actions, mut files) = (Vec::new(), Vec::new());
    for file in ended.out.lines() {
        let text = fs::read_to_string(place.path().join(file)).unwrap();
        let policy: Value = serde_json::from_str(&text).unwrap();
        assert!(policy.to_string().len() <= 6144, "{file}");
        actions.extend(actions_of(&policy));
        files.push(file.to_owned());
    }
    assert_eq!(files.first().unwrap(), "policies/tieout-read-1.json");
    let whole: Value = serde_json::from_str(&shown(&["policy"])).unwrap();
    let mut wanted = actions_of(&whole);
    wanted.sort();
    actions.sort();
    assert_eq!(actions, wanted, "nothing is lost or said twice");

    let again = ["policy", "--split", "--out", "policies"];
    place
        .run(&again)
        .could_not_run(&["policies is not empty", "help: "]);
    place.run(&["policy", "--split"]).with(2);
}

/// Every action of a policy, in whatever statement.
fn actions_of(policy: &Value) -> Vec<String> {
    let statements = policy["Statement"].as_array().unwrap().iter();
    let actions = statements.flat_map(|one| one["Action"].as_array().unwrap());
    actions
        .map(|one| one.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn no_parameter_of_an_account_may_be_read_beside_what_aws_publishes() {
    let policy: Value = serde_json::from_str(&shown(&["policy"])).unwrap();
    for statement in policy["Statement"].as_array().unwrap() {
        let reads = statement["Action"]
            .to_string()
            .contains("GetParametersByPath");
        let published =
            statement["Resource"] == "arn:*:ssm:*::parameter/aws/service/global-infrastructure/*";
        assert_eq!(reads, published, "{statement}");
    }
}

#[test]
fn a_name_that_is_nearly_one_is_guessed() {
    let place = Place::empty();
    for (args, says) in [
        (
            ["explain", "s3.blocks_public_acces"],
            "did you mean `s3.blocks_public_access`?",
        ),
        (["kinds", "s3.buckt"], "did you mean `s3.bucket`?"),
        (["criteria", "CC6.1"], "did you mean `tsc2017:CC6.1`?"),
        (["explain", "nothing.of_the_kind"], "there is no check"),
    ] {
        let ended = place.run(&args).could_not_run(&[says, "help: `tieout "]);
        assert_eq!(ended.err.lines().count(), 2, "{}", ended.err);
    }
}

#[test]
fn a_list_is_of_what_was_selected() {
    let listed = shown(&["checks", "list", "--only", "tsc2017:A1*", "--skip", "rds"]);
    assert!(
        listed.contains("backup.") && !listed.contains("rds."),
        "{listed}"
    );
    assert!(!listed.contains("iam."), "{listed}");
}

#[test]
fn a_check_is_begun_filled_in_tested_and_used() {
    let place = Place::empty();
    let checks = ["--checks", "my-checks"];
    let args = |args: &[&str]| place.run(&[args, &checks].concat());
    let begun = args(&["checks", "new", "s3.bucket_rule"]).with(0);
    assert!(
        begun.err.contains("my-checks/s3/bucket_rule.toml"),
        "{}",
        begun.err
    );
    let untouched = args(&["checks", "test"]).with(1);
    assert!(
        untouched.out.contains("say what must hold"),
        "{}",
        untouched.out
    );
    args(&["checks", "new", "s3.bucket_rule"])
        .could_not_run(&["exists", "help: choose another id"]);

    let path = place.path().join("my-checks/s3/bucket_rule.toml");
    let written = fs::read_to_string(&path).unwrap();
    let filled = written
        .replace("'''false'''", "'''bucket.versioning == \"Enabled\"'''")
        .replace(
            "expect = \"pass\"",
            "expect = \"pass\"\ngiven.bucket.versioning = \"Enabled\"",
        )
        .replace(
            "expect = \"fail\"",
            "expect = \"fail\"\ngiven.bucket.versioning = \"Off\"",
        );
    fs::write(&path, filled).unwrap();
    let tested = args(&["checks", "test"]).with(0);
    assert!(
        tested
            .out
            .contains("1 check: 2 examples run, 0 not as expected"),
        "{}",
        tested.out
    );
    assert!(
        args(&["explain", "s3.bucket_rule"])
            .with(0)
            .out
            .contains("Bucket rule")
    );
    let listed = args(&["checks", "list", "--only", "s3.bucket_rule"]).with(0);
    assert!(
        listed.out.contains("1 check of 1 service"),
        "{}",
        listed.out
    );
}

#[test]
fn a_check_whose_kind_nobody_can_guess() {
    let place = Place::empty();
    for (id, says) in [
        ("mine.own", "does not tell which kind"),
        ("rds.own", "say it with --kind: rds.cluster, "),
        ("S3.Own", "is no id"),
    ] {
        place
            .run(&["checks", "new", id])
            .could_not_run(&[says, "help: "]);
    }
    assert!(place.holds().is_empty());
}

#[test]
fn flags_that_would_do_nothing_are_refused() {
    let place = Place::empty();
    for args in [
        &["explain", "s3.classified", "--only", "iam"][..],
        &["criteria", "--skip", "iam"],
        &["demo", "--checks", "mine"],
    ] {
        place.run(args).could_not_run(&["unexpected argument"]);
    }
}
