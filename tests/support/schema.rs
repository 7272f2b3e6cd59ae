//! The published schema of `report.json`.

use std::fs;

use serde_json::Value;

/// The schema as its file states it.
pub(crate) fn text() -> Value {
    serde_json::from_str(&fs::read_to_string("schemas/report.v1.schema.json").unwrap()).unwrap()
}

/// What holds reports against it.
pub(crate) fn validator() -> jsonschema::Validator {
    let schema = text();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{error}"));
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// Everything in which the report is not what the schema says.
pub(crate) fn errors(report: &Value) -> Vec<String> {
    validator()
        .iter_errors(report)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}
