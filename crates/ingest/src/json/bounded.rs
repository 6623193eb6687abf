//! Values of JSON in memory, no more of them than a record of news can have: each takes many
//! times the bytes that it is written in.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::mended;

/// A long article has some thousand values, as paragraphs, links and tags.
const VALUES_MAX: usize = 200_000;

/// Counts the values of a record.
#[derive(Debug)]
pub(crate) struct Budget(Cell<usize>);

/// Reads one value of the record.
#[derive(Clone, Copy)]
pub(crate) struct Bounded<'a>(&'a Budget);

impl Default for Budget {
    fn default() -> Budget {
        Budget(Cell::new(VALUES_MAX))
    }
}

impl Budget {
    /// For the next value of the record.
    pub(crate) fn value(&self) -> Bounded<'_> {
        Bounded(self)
    }
}

/// The value that a text is; an error for one that holds too many.
pub(crate) fn from_str(json: &str) -> serde_json::Result<Value> {
    parse(json).or_else(|error| parse(&mended(json).ok_or(error)?))
}

fn parse(json: &str) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = Budget::default().value().deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let Some(left) = self.0.0.get().checked_sub(1) else {
            let reason = format!("the object holds more than {VALUES_MAX} values");
            return Err(D::Error::custom(reason));
        };
        self.0.0.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = map.next_key()? {
            object.insert(name, map.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_others_read() {
        let json = r#"{"a": [null, true, -1, 18446744073709551615, 1.5e3, "x\n"], "b": {"": []}}"#;
        assert_eq!(
            from_str(json).unwrap(),
            serde_json::from_str::<Value>(json).unwrap()
        );
        assert!(from_str("{} {}").is_err());
    }

    #[test]
    fn refuses_more_values_than_may_be() {
        let list = |count: usize| format!("[{}0]", "0,".repeat(count - 1));
        assert!(from_str(&list(VALUES_MAX - 1)).is_ok());
        let error = from_str(&list(VALUES_MAX)).unwrap_err().to_string();
        assert!(error.contains("more than 200000 values"), "{error}");
    }
}
