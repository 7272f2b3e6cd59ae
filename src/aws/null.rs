//! Members that an answer may lack, and that services of a certain age send as `null` instead.

use serde::{Deserialize, Deserializer};

/// The value, or the type's empty one where it is `null`. Only for members that AWS documents to leave out: beside
/// `default`, which is for those that are not there at all.
pub fn empty_if_null<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let value: Option<T> = Deserialize::deserialize(deserializer)?;
    Ok(value.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Answer {
        #[serde(default, deserialize_with = "empty_if_null")]
        topics: Vec<String>,
    }

    #[test]
    fn null_and_nothing_are_empty_and_another_type_is_malformed() {
        let read = |text: &str| serde_json::from_str::<Answer>(text).map(|answer| answer.topics);
        for text in ["{}", r#"{"topics": null}"#, r#"{"topics": []}"#] {
            assert_eq!(read(text).unwrap(), Vec::<String>::new(), "{text}");
        }
        assert_eq!(read(r#"{"topics": ["a"]}"#).unwrap(), ["a"]);
        assert!(read(r#"{"topics": "a"}"#).is_err());
    }
}
