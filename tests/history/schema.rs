//! The published schemas of what a history tells.

use std::fs;

use serde_json::Value;

/// Everything in which a value is not what a schema says.
pub(crate) fn errors(schema: &str, value: &Value) -> Vec<String> {
    let schema = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{error}"));
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap();
    validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .take(20)
        .collect()
}

/// Every object of a schema lists its names and lets no other in.
#[test]
fn they_are_closed() {
    for file in [
        "schemas/period.v1.schema.json",
        "schemas/periods.v1.schema.json",
        "schemas/diff.v1.schema.json",
    ] {
        let schema: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        open(&schema, file);
    }
}

fn open(schema: &Value, at: &str) {
    if let Some(object) = schema.as_object() {
        if object.contains_key("properties") {
            assert_eq!(
                object.get("additionalProperties"),
                Some(&Value::Bool(false)),
                "{at} is open"
            );
        }
        for (name, inner) in object {
            open(inner, &format!("{at}/{name}"));
        }
    }
}
