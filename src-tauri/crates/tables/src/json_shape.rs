//! Whether a text is JSON, and where its objects are.

use crate::frame::Framer;
use crate::objects::ObjectFramer;
use crate::{Block, Dialect, Encoding, Shape, json_cells};

/// How objects stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonShape {
    /// One on every line.
    Lines,
    /// In an array that begins behind so many bytes.
    Array(usize),
    /// Behind each other, over many lines.
    Objects,
}

/// Rows whose keys are taken; keys that come later have no column.
const ROWS: usize = 2_000;

/// How the head is JSON, if it is.
pub(crate) fn json_shape(head: &[u8]) -> Option<JsonShape> {
    let blanks = head.len() - head.trim_ascii_start().len();
    let text = head.trim_ascii_start();
    let inside = text.get(1..).unwrap_or_default().trim_ascii_start();
    match (text.first(), inside.first()) {
        // Other text begins with brackets too: times in logs.
        (Some(b'['), Some(b'{')) => Some(JsonShape::Array(blanks + 1)),
        (Some(b'{'), Some(b'"' | b'}')) => Some(object_shape(head)),
        _ => None,
    }
}

fn object_shape(head: &[u8]) -> JsonShape {
    let array = first_array(head);
    let dialect = Dialect { shape: Shape::Json { keys: Vec::new() }, encoding: Encoding::Utf8, width: 0 };
    let mut block = Block::default();
    let found = Framer::new(head, &dialect).next_block(&mut block).unwrap_or(false);
    let lines = if found { block.rows.len() } else { 0 };
    let objects = block.rows.iter().filter(|row| row.flaw.is_none()).count();
    match array {
        _ if lines > 1 && objects * 2 >= lines => JsonShape::Lines,
        Some(start) => JsonShape::Array(start),
        None if lines == 1 && objects == 1 => JsonShape::Lines,
        None => JsonShape::Objects,
    }
}

/// Behind the bracket of the first array of objects that the first object holds, not inside another array; `None` if
/// a second object follows the first, whose arrays are then parts of rows.
fn first_array(head: &[u8]) -> Option<usize> {
    let (mut open, mut text, mut escaped) = (Vec::new(), false, false);
    let mut found = None;
    for (index, &byte) in head.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if text => escaped = true,
            b'"' => text = !text,
            _ if text => {}
            b'{' | b'[' if open.is_empty() && index > 0 && found.is_some() => return None,
            b'[' => {
                let rest = head.get(index + 1..).unwrap_or_default().trim_ascii_start();
                if found.is_none() && !open.contains(&b'[') && rest.first() == Some(&b'{') {
                    found = Some(index + 1);
                }
                open.push(byte);
            }
            b'{' => open.push(byte),
            b'}' | b']' => {
                open.pop();
            }
            _ => {}
        }
        if open.len() > crate::objects::DEEPEST {
            break;
        }
    }
    found
}

/// The keys of the head's objects, in the order in which they first appear.
pub(crate) fn keys(head: &[u8], shape: JsonShape, encoding: Encoding) -> Vec<String> {
    let mut keys = Vec::new();
    let mut block = Block::default();
    let dialect = Dialect { shape: Shape::Json { keys: Vec::new() }, encoding, width: 0 };
    let found = match shape {
        JsonShape::Lines => Framer::new(head, &dialect).next_block(&mut block).unwrap_or(false),
        JsonShape::Array(skip) => ObjectFramer::new(head, skip, true).next_block(&mut block).unwrap_or(false),
        JsonShape::Objects => ObjectFramer::new(head, 0, false).next_block(&mut block).unwrap_or(false),
    };
    if found {
        for span in block.rows.iter().filter(|row| row.flaw.is_none()).take(ROWS) {
            json_cells::add_keys(&encoding.decode(block.row(span)), &mut keys);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::{JsonShape, json_shape, keys};
    use crate::Encoding;

    #[test]
    fn objects_are_found_wherever_they_stand() {
        assert_eq!(json_shape(b"{\"a\":1}\n{\"a\":2}\n"), Some(JsonShape::Lines));
        assert_eq!(json_shape(b"{\"a\":1}"), Some(JsonShape::Lines));
        assert_eq!(json_shape(b" [ {\"a\":1}]"), Some(JsonShape::Array(2)));
        assert_eq!(json_shape(b"{\"ok\":[1,[{}]],\"rows\":[{\"a\":1}]}"), Some(JsonShape::Array(23)));
        assert_eq!(
            json_shape(b"{\n\"a\":1,\n\"legs\":[{\"x\":1}]\n}\n{\n\"a\":2\n}"),
            Some(JsonShape::Objects)
        );
        assert_eq!(json_shape(b"{\"a\":1,\"legs\":[{}]}\n{\"a\":2}\n"), Some(JsonShape::Lines));
        for other in ["[2024-03-01 08:00] a", "a,b", "", "[", "{", "{x}"] {
            assert_eq!(json_shape(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_their_appearance() {
        let text = b"{\"b\":1,\"a\":{\"x\":1}}\nbroken\n{\"c\":null,\"b\":2}\n";
        assert_eq!(keys(text, JsonShape::Lines, Encoding::Utf8), ["b", "a.x", "c"]);
        assert_eq!(keys(b"[{\"b\":1},{\"c\":[2]}", JsonShape::Array(1), Encoding::Utf8), ["b", "c"]);
    }
}
