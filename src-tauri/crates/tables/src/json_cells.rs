//! The values of a JSON object under given keys, as text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::cells::Place;

/// Objects inside objects that are looked into; what is deeper is text.
const DEEPEST: usize = 16;

/// Keys of one object at most, so that a hostile file does not make a table of millions of columns.
pub(crate) const MOST_KEYS: usize = 512;

/// Finds values by their keys; dots lead into nested objects.
#[derive(Debug)]
pub(crate) struct KeyedValues {
    places: HashMap<String, usize>,
    text: Vec<u8>,
}

impl KeyedValues {
    pub fn new(keys: &[String]) -> Self {
        let places = keys.iter().cloned().enumerate().map(|(place, key)| (key, place)).collect();
        Self { places, text: Vec::new() }
    }

    /// The values' text behind each other, and where each is. All are empty if the row is no object.
    pub fn read(&mut self, row: &str, places: &mut Vec<Place>) -> &[u8] {
        self.text.clear();
        places.resize(self.places.len(), Place::default());
        let Self { places: keys, text } = self;
        // Of a row that breaks off, what stands before the break counts; its flaw says that it did.
        let _ = each_value(row, &mut |key, value| {
            if let Some(place) = keys.get(key).and_then(|place| places.get_mut(*place)) {
                let start = text.len();
                text.extend_from_slice(plain(value).as_bytes());
                *place = Place::new(start, text.len(), false);
            }
        });
        &self.text
    }
}

/// Adds the keys of an object that are not among `keys` yet.
pub(crate) fn add_keys(row: &str, keys: &mut Vec<String>) {
    let _ = each_value(row, &mut |key, _| {
        if keys.len() < MOST_KEYS && !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    });
}

/// A value as a person would write it into a cell: text without quotes, null as nothing, numbers as they are printed.
fn plain(value: &str) -> Cow<'_, str> {
    if value == "null" {
        Cow::Borrowed("")
    } else if value.starts_with('"') {
        Cow::Owned(serde_json::from_str(value).unwrap_or_else(|_| value.to_owned()))
    } else {
        Cow::Borrowed(value)
    }
}

/// Calls `each` with the dotted key and the raw text of every value that is no object.
fn each_value(row: &str, each: &mut dyn FnMut(&str, &str)) -> serde_json::Result<()> {
    let mut object = serde_json::Deserializer::from_str(row);
    object.deserialize_map(Object { path: &mut String::new(), depth: 0, each })
}

struct Object<'c> {
    path: &'c mut String,
    depth: usize,
    each: &'c mut dyn FnMut(&str, &str),
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let outer = self.path.len();
        while let Some((key, value)) = map.next_entry::<Cow<'de, str>, &'de RawValue>()? {
            let value = value.get();
            self.path.push_str(&key);
            if value.starts_with('{') && self.depth < DEEPEST {
                self.path.push('.');
                let inner = Object { path: self.path, depth: self.depth + 1, each: self.each };
                // The value was read once already, so it cannot be wrong.
                let _ = serde_json::Deserializer::from_str(value).deserialize_map(inner);
            } else {
                (self.each)(self.path, value);
            }
            self.path.truncate(outer);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{CellCutter, Dialect, Encoding, Shape};

    fn texts(row: &[u8], keys: &[&str], encoding: Encoding) -> Vec<String> {
        let shape = Shape::Json { keys: keys.iter().map(|key| (*key).to_owned()).collect() };
        let mut cutter = CellCutter::new(&Dialect { shape, encoding, width: keys.len() });
        let cells = cutter.cut(row);
        (0..cells.len()).map(|index| cells.text(index).into_owned()).collect()
    }

    #[test]
    fn values_stand_in_the_order_of_the_keys() {
        let row = br#"{"to":"12","cost":1.10,"from":{"name":"Zo\u00eb","ext":101},"legs":[1, 2],"x":null,"up":true}"#;
        let keys = ["from.ext", "from.name", "to", "cost", "legs", "x", "up", "nowhere"];
        assert_eq!(texts(row, &keys, Encoding::Utf8), ["101", "Zoë", "12", "1.10", "[1, 2]", "", "true", ""]);
        assert_eq!(texts(br#"{"n":123456789012345678901234567890}"#, &["n"], Encoding::Utf8)[0].len(), 30);
    }

    #[test]
    fn what_is_no_object_has_empty_cells() {
        for row in [&b"[1]"[..], b"", b"7", b"{", b"{\"a\"", &b"{\"b\":".repeat(10_000)] {
            assert_eq!(texts(row, &["a"], Encoding::Utf8), [""]);
        }
        assert_eq!(texts(br#"{"a":1,"b":"#, &["a", "b"], Encoding::Utf8), ["1", ""]);
    }

    #[test]
    fn other_encodings_are_decoded_first() {
        assert_eq!(texts(b"{\"a\":\"Zo\xEB\"}", &["a"], Encoding::Latin1), ["Zoë"]);
    }

    #[test]
    fn what_is_nested_too_deep_is_text() {
        let row = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
        let key = ["a"; 17].join(".");
        assert!(texts(row.as_bytes(), &[&key], Encoding::Utf8)[0].starts_with("{\"a\":"));
    }
}
