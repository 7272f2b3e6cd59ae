//! `tieout checks new`: a file to start from.
//!
//! It loads, and it fails `tieout checks test` until somebody has said what must hold: `require` is `false`, so the
//! example that should pass does not.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::text::{first_sentence, type_name};
use crate::check::load::is_id;
use crate::complaint::did_you_mean;
use crate::inventory::schema::{Kind, Schema, Shape};

/// The kind that a new check judges: the one named, or the one its id speaks of.
///
/// # Errors
/// What to say where there is no such kind, or where the id speaks of none.
pub fn kind<'a>(schema: &'a Schema, id: &str, named: Option<&str>) -> Result<&'a Kind, String> {
    if !is_id(id) {
        return Err(format!(
            "`{id}` is no id: write words of small letters, digits and _, with dots between"
        ));
    }
    let names = || schema.kinds().map(|kind| kind.name);
    if let Some(name) = named {
        let missing = || {
            format!(
                "there is no kind of resource `{name}`; {}",
                did_you_mean(name, names())
            )
        };
        return schema.kind(name).ok_or_else(missing);
    }
    let spoken_of = schema.kinds().filter(|kind| {
        let (service, thing) = kind.name.split_once('.').unwrap_or((kind.name, kind.name));
        let words = id
            .strip_prefix(service)
            .and_then(|rest| rest.strip_prefix('.'));
        words.is_some_and(|words| words.contains(thing))
    });
    // `rds.cluster_snapshot` is meant where `rds.snapshot` is spoken of too.
    if let Some(kind) = spoken_of.max_by_key(|kind| kind.name.len()) {
        return Ok(kind);
    }
    let service = id.split('.').next().unwrap_or(id);
    let of_service: Vec<&Kind> = schema
        .kinds()
        .filter(|kind| kind.name.split('.').next() == Some(service))
        .collect();
    match of_service.as_slice() {
        [only] => Ok(only),
        [] => Err(format!(
            "`{id}` does not tell which kind of resource it judges; say it with --kind"
        )),
        several => Err(format!(
            "`{id}` does not tell which kind of resource it judges; say it with --kind: {}",
            several
                .iter()
                .map(|kind| kind.name)
                .collect::<Vec<_>>()
                .join(", ")
        )),
    }
}

/// Writes the file for a new check below `directory`, and says where.
///
/// # Errors
/// Why it could not, and what to do.
pub fn write(directory: &Path, id: &str, kind: &Kind) -> Result<PathBuf, String> {
    if !is_id(id) {
        return Err(format!(
            "`{id}` is no id: write words of small letters, digits and _, with dots between"
        ));
    }
    let path = directory.join(id.replace('.', "/")).with_extension("toml");
    let failed = |error: std::io::Error| format!("{}: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Never over a file that is there.
    let mut file = fs::File::create_new(&path).map_err(failed)?;
    file.write_all(skeleton(id, kind).as_bytes())
        .map_err(failed)?;
    Ok(path)
}

/// The file's text.
pub fn skeleton(id: &str, kind: &Kind) -> String {
    let words = id.rsplit('.').next().unwrap_or(id).replace('_', " ");
    let mut letters = words.chars();
    let title: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    let variable = kind.variable;
    let facts: String = kind
        .fields
        .iter()
        .map(|field| {
            let doc = first_sentence(&field.doc);
            format!(
                "# given.{variable}.{} = {}   # {}: {doc}\n",
                field.name,
                sample(&field.shape),
                type_name(&field.shape)
            )
        })
        .collect();
    let name = kind.name;
    format!(
        r#"# One sentence that is true exactly when the check passes.
title    = "{title}"
# How much a failure matters: critical, high, medium, low or info.
severity = "medium"
resource = "{name}"
# What it is evidence for; `tieout criteria` lists them: ["tsc2017:CC6.1"]
criteria = []
# Values a user may change in tieout.toml; the rule reads params.max_days:
# params = {{ max_days = 90 }}

# Where the check applies, if not to every {name}:
# when = '''{variable}.… == …'''

# What must hold, in CEL. `tieout kinds {name}` lists the facts. While this is false nothing passes, and
# `tieout checks test` says so.
require = '''false'''

why = '''Why it matters, in two or three sentences, for the person who has to act on it.'''
fix = '''What to do about a failure.'''
# fix_cli = '''aws …'''
# blind_spots = "What it cannot see."
# links = ["https://docs.aws.amazon.com/…"]

# The least that must be known for the check to come out so. What an example leaves out could not be read; what AWS says
# is not there goes into `absent = ["{variable}.…"]`.
[[example]]
name   = "what passes"
expect = "pass"
{facts}
[[example]]
name   = "what fails"
expect = "fail"
"#
    )
}

/// A value of that shape.
fn sample(shape: &Shape) -> String {
    match shape {
        Shape::Bool => "true".to_owned(),
        Shape::Int => "1".to_owned(),
        Shape::Double => "1.0".to_owned(),
        Shape::Text => "\"…\"".to_owned(),
        Shape::Time => "2026-01-01T00:00:00Z".to_owned(),
        Shape::List(item) => format!("[{}]", sample(item)),
        Shape::Map(item) => format!("{{ key = {} }}", sample(item)),
        Shape::Record(fields) => {
            let parts: Vec<String> = fields
                .iter()
                .map(|field| format!("{} = {}", field.name, sample(&field.shape)))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Shape::Optional(inner) => sample(inner),
        Shape::One(_) => "{}".to_owned(),
        Shape::Many(_) => "[{}]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{kind, skeleton, write};
    use crate::check::load::{Known, load, read};
    use crate::check::{Outcome, example};
    use crate::inventory::kinds;

    fn loaded(text: &str) -> crate::check::Check {
        let schema = kinds::schema();
        let known = Known {
            schema: &schema,
            criterion: &|_| Ok(()),
            config: None,
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        std::fs::write(&path, text).unwrap();
        let found = read(folder.path(), &path).unwrap();
        match load(&[found], known) {
            Ok(mut checks) => checks.remove(0),
            Err(complaints) => panic!("{complaints}"),
        }
    }

    #[test]
    fn a_new_check_of_any_kind_loads_and_fails_its_own_test() {
        for kind in kinds::schema().kinds() {
            let check = loaded(&skeleton("my.own_check", kind));
            assert_eq!(check.title, "Own check");
            let failures = example::failures(&check);
            assert_eq!(failures.len(), 1, "{}", kind.name);
            assert_eq!(failures[0].expected, Outcome::Pass, "{}", kind.name);
        }
    }

    #[test]
    fn the_facts_it_proposes_are_facts() {
        for kind in kinds::schema().kinds() {
            loaded(&skeleton("my.own_check", kind).replace("# given.", "given."));
        }
    }

    #[test]
    fn the_id_tells_the_kind() {
        let schema = kinds::schema();
        let of = |id, named| kind(&schema, id, named).map(|kind| kind.name);
        assert_eq!(of("ec2.stopped_instance_removed", None), Ok("ec2.instance"));
        assert_eq!(
            of("rds.cluster_snapshot_shared", None),
            Ok("rds.cluster_snapshot")
        );
        assert_eq!(of("mine.anything", Some("s3.bucket")), Ok("s3.bucket"));
        assert_eq!(
            of("dax.my_rule", None),
            Ok("dax.cluster"),
            "there is one kind"
        );
        assert!(of("kms.anything.at_all", None).is_ok());
        assert!(
            of("sns.anything", None)
                .unwrap_err()
                .ends_with("--kind: sns.subscription, sns.topic")
        );
        assert!(of("mine.anything", None).unwrap_err().ends_with("--kind"));
        assert!(
            of("mine.anything", Some("s3.buckt"))
                .unwrap_err()
                .contains("did you mean `s3.bucket`?")
        );
    }

    #[test]
    fn it_writes_no_file_over_another_and_none_with_a_name_that_is_no_id() {
        let schema = kinds::schema();
        let bucket = schema.kind("s3.bucket").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = write(folder.path(), "s3.own_check", bucket).unwrap();
        assert_eq!(path, folder.path().join("s3/own_check.toml"));
        assert!(write(folder.path(), "s3.own_check", bucket).is_err());
        assert!(
            write(folder.path(), "../own_check", bucket)
                .unwrap_err()
                .contains("is no id")
        );
    }
}
