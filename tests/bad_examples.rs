//! What the author of an example is told about each mistake: where, what, and what to do.

#[path = "support/sound.rs"]
mod sound;

use sound::says;

#[test]
fn a_check_without_examples_of_both() {
    says(
        r#"expect = "fail""#,
        r#"expect = "pass""#,
        &["s3/kept.toml:7:11 no example fails / add an [[example]] with expect = \"fail\""],
    );
    says(
        "[[example]]",
        "[[exmaple]]",
        &[
            "s3/kept.toml:7:11 no example passes / add an [[example]] with expect = \"pass\"",
            "s3/kept.toml:15:3 a check has no field `exmaple` / did you mean `example`?",
        ],
    );
}

#[test]
fn an_example_that_gives_what_there_is_not() {
    says(
        "given.bucket.versioning",
        "given.bukcet.versioning",
        &["s3/kept.toml:18:7 an example of this check gives no `bukcet` / did you mean `bucket`?"],
    );
    says(
        "given.bucket.versioning",
        "given.bucket.versionning",
        &["s3/kept.toml:18:14 s3.bucket has no field `versionning` / did you mean `versioning`?"],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        "[{ noncurrent_day = 30 }]",
        &[
            "s3/kept.toml:19:30 `bucket.lifecycle[0]` has no field `noncurrent_day` / \
           did you mean `noncurrent_days`?",
        ],
    );
}

#[test]
fn an_example_that_gives_the_wrong_type() {
    says(
        r#"given.bucket.versioning = "Enabled""#,
        "given.bucket.versioning = true",
        &[
            "s3/kept.toml:18:27 `bucket.versioning` is a boolean, not text / write it in quotes: \"…\"",
        ],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        "{ noncurrent_days = 30 }",
        &["s3/kept.toml:19:27 `bucket.lifecycle` is a table, not a list / write a list: [ … ]"],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        "[{ noncurrent_days = \"30\" }]",
        &[
            "s3/kept.toml:19:48 `bucket.lifecycle[0].noncurrent_days` is text, not a whole number / \
           write digits without quotes and without a fraction: 90",
        ],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        "[{ noncurrent_days = 30 }]\nnow = 2026-01-01",
        &[
            "s3/kept.toml:20:7 `now` is a date or time, not an instant / \
           write date, time and offset without quotes: 2026-01-01T00:00:00Z",
        ],
    );
}

#[test]
fn an_example_with_other_parameters() {
    let with = |params: &str| format!("[{{ noncurrent_days = 30 }}]\nparams = {params}");
    says(
        "[{ noncurrent_days = 30 }]",
        &with("{ day = 3 }"),
        &["s3/kept.toml:20:12 the check has no parameter `day` / did you mean `days`?"],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        &with("{ days = \"3\" }"),
        &[
            "s3/kept.toml:20:19 `params.days` is text, not a whole number / \
           write digits without quotes and without a fraction: 90",
        ],
    );
}

#[test]
fn what_is_absent_or_partial_and_is_not() {
    let with = |line: &str| format!("[{{ noncurrent_days = 30 }}]\n{line}");
    says(
        "[{ noncurrent_days = 30 }]",
        &with("absent = [\"bucket.versioning\"]"),
        &[
            "s3/kept.toml:20:11 `bucket.versioning` is in `given` and in `absent` / keep one of the two",
        ],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        &with("absent = [\"bucket.mfa_delete\"]"),
        &["s3/kept.toml:20:11 `bucket.mfa_delete` is never absent / \
           give it a value; or leave it out of both, and it could not be read"],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        &with("absent = [\"bucket.log_buckt\"]"),
        &[
            "s3/kept.toml:20:11 `absent` names nothing that is there: bucket.log_buckt / \
           did you mean `bucket.log_bucket`?",
        ],
    );
    says(
        "[{ noncurrent_days = 30 }]",
        &with("partial = [\"bucket.lifecycles\"]"),
        &[
            "s3/kept.toml:20:12 `partial` names nothing that is there: bucket.lifecycles / \
           did you mean `bucket.lifecycle`?",
        ],
    );
}
