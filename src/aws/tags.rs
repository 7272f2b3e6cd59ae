//! Tags, as most services answer them.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One tag. A tag may have a key alone, which is a tag with empty text.
#[derive(Debug, Clone, Deserialize)]
pub struct Tag {
    #[serde(rename = "Key", alias = "key", alias = "TagKey")]
    key: String,
    #[serde(rename = "Value", alias = "value", alias = "TagValue")]
    value: Option<String>,
}

/// Tags by key.
pub fn tags(tags: &[Tag]) -> BTreeMap<String, String> {
    let pairs = tags.iter().map(|tag| {
        let value = tag.value.as_ref().map_or_else(String::new, Clone::clone);
        (tag.key.clone(), value)
    });
    pairs.collect()
}
