//! Canonical JSON: object keys sorted by code point, no white space, integers only, UTF-8.
//! With ASCII keys and without fractions this equals RFC 8785 (JCS).

use serde::Serialize;

/// The value holds a number with a fraction, or cannot be expressed in JSON.
#[derive(Debug, thiserror::Error)]
#[error("value has no canonical JSON form")]
pub struct NotCanonical(#[source] Option<serde_json::Error>);

/// The canonical bytes of `value`.
///
/// Errors: a fraction anywhere, or map keys that are not text.
pub fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    // Value's map is a BTreeMap, so going through it sorts the keys.
    let value = serde_json::to_value(value).map_err(|error| NotCanonical(Some(error)))?;
    if has_fraction(&value) {
        return Err(NotCanonical(None));
    }
    serde_json::to_vec(&value).map_err(|error| NotCanonical(Some(error)))
}

/// True when `bytes` are the canonical form of the JSON they hold.
pub fn is_canonical(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes)
        .ok()
        .and_then(|value| to_bytes(&value).ok())
        .is_some_and(|canonical| canonical == bytes)
}

fn has_fraction(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.is_f64(),
        serde_json::Value::Array(items) => items.iter().any(has_fraction),
        serde_json::Value::Object(entries) => entries.values().any(has_fraction),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_and_white_space_is_gone() {
        let value: serde_json::Value = serde_json::from_str(r#"{ "b": 1, "a": "Ỷ" }"#).expect("JSON");
        assert_eq!(to_bytes(&value).expect("canonical"), r#"{"a":"Ỷ","b":1}"#.as_bytes());
        assert!(is_canonical(r#"{"a":"Ỷ","b":1}"#.as_bytes()));
        assert!(!is_canonical(br#"{"b":1,"a":2}"#));
    }

    #[test]
    fn a_fraction_has_no_canonical_form() {
        assert!(to_bytes(&8.5).is_err());
    }
}
