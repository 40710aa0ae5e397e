//! What is no table at all, said by its name.

/// How files of other kinds begin, and what people call them.
const BEGINNINGS: [(&[u8], &str); 24] = [
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM\x00\x00", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"RIFF", "a recording or a film"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"fLaC", "a recording"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\xD4\xC3\xB2\xA1", "a network capture"),
    (b"\x0A\x0D\x0D\x0A", "a network capture"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!\x1A\x07", "a RAR archive"),
    (b"BZh", "packed with bzip2"),
    (b"\xFD7zXZ\x00", "packed with xz"),
    (b"\x28\xB5\x2F\xFD", "packed with zstd"),
    (b"\x1F\x8B", "packed again and again"),
];

/// What the file is, if it is certainly no table.
pub(crate) fn foreign(head: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = BEGINNINGS.iter().find(|(beginning, _)| head.starts_with(beginning)) {
        return Some(name);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    if is_web_page(head) {
        return Some("a web page");
    }
    is_binary(head).then_some("a file of bytes that are no text")
}

/// Some programs give a web page the name of a spreadsheet.
fn is_web_page(head: &[u8]) -> bool {
    let start = head.trim_ascii_start().get(..14).unwrap_or_default().to_ascii_lowercase();
    start.starts_with(b"<!doctype html") || start.starts_with(b"<html")
}

/// Text has few control characters; printers' files have some, and a few rows with zeros are no reason to refuse.
fn is_binary(head: &[u8]) -> bool {
    let sample = head.get(..64 << 10).unwrap_or(head);
    let controls =
        sample.iter().filter(|byte| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r')).count();
    controls > sample.len() / 5
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn other_files_are_called_by_their_names() {
        assert_eq!(foreign(b"\x89PNG\r\n\x1A\n"), Some("a picture"));
        assert_eq!(foreign(b"\x7FELF\x02\x01"), Some("a program"));
        assert_eq!(foreign(b"\n <!DOCTYPE HTML PUBLIC>"), Some("a web page"));
        assert_eq!(foreign(&[0, 1, 2, 3, 200, 7]), Some("a file of bytes that are no text"));
        assert_eq!(foreign(b"a,b\n1,\0\n"), None);
        assert_eq!(foreign(b""), None);
    }
}
