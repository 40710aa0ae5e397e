//! Letters that come with the program, so that a page looks the same wherever it is made.

use std::ops::Range;

use rustybuzz::{
    Direction, Face, UnicodeBuffer,
    ttf_parser::{GlyphId, OutlineBuilder},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    /// The font file.
    pub fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => ttf_noto_sans::REGULAR,
            Self::Bold => ttf_noto_sans::BOLD,
        }
    }
}

/// A line of text whose letters have been found. All lengths are in parts of the size at which it is set.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub text: String,
    pub weight: Weight,
    pub glyphs: Vec<Glyph>,
    pub width: f32,
}

#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub id: u16,
    pub advance: f32,
    /// To the right and upwards.
    pub shift: (f32, f32),
    /// The bytes of the text that it stands for.
    pub bytes: Range<usize>,
}

pub(super) struct Letters {
    faces: [Face<'static>; 2],
}

impl Letters {
    /// `None` if the fonts that come with the program were none.
    pub fn new() -> Option<Self> {
        let face = |weight: Weight| Face::from_slice(weight.file(), 0);
        Some(Self { faces: [face(Weight::Regular)?, face(Weight::Bold)?] })
    }

    pub fn face(&self, weight: Weight) -> &Face<'static> {
        match weight {
            Weight::Regular => &self.faces[0],
            Weight::Bold => &self.faces[1],
        }
    }

    /// Finds the letters of a text. One that the font lacks is shown as a replacement sign; it stays itself for whoever
    /// copies the text from the page.
    pub fn line(&self, text: &str, weight: Weight) -> Line {
        let face = self.face(weight);
        let text = in_one_line(text);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        // The font has no letters that run to the left.
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let em = to_f32(face.units_per_em());
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        let mut glyphs = Vec::with_capacity(starts.len());
        for (place, (info, position)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate()
        {
            let begin = starts[place];
            let end = starts[place..].iter().copied().find(|next| *next > begin).unwrap_or(text.len());
            let mut id = u16::try_from(info.glyph_id).unwrap_or(0);
            let mut advance = to_f32(position.x_advance) / em;
            if id == 0 {
                let sign = face.glyph_index('\u{fffd}').unwrap_or(GlyphId(0));
                id = sign.0;
                advance = to_f32(i32::from(face.glyph_hor_advance(sign).unwrap_or(0))) / em;
            }
            let shift = (to_f32(position.x_offset) / em, to_f32(position.y_offset) / em);
            glyphs.push(Glyph { id, advance, shift, bytes: begin..end });
        }
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Line { text, weight, glyphs, width }
    }

    pub fn width(&self, text: &str, weight: Weight) -> f32 {
        self.line(text, weight).width
    }

    /// Cuts a text into lines no wider than this, between words where it can. What does not fit on `most` lines ends in `…`.
    pub fn lines(&self, text: &str, weight: Weight, width: f32, most: usize) -> Vec<Line> {
        let whole = self.line(text, weight);
        if whole.width <= width {
            return vec![whole];
        }
        let mut lines = Vec::new();
        let mut rest = whole;
        while rest.width > width && lines.len() + 1 < most {
            let end = rest.break_within(width);
            let (line, after) = rest.text.split_at(end);
            let (line, after) = (self.line(line.trim_end(), weight), self.line(after.trim_start(), weight));
            lines.push(line);
            rest = after;
        }
        lines.push(self.cut(rest, width));
        lines.retain(|line| !line.text.is_empty());
        lines
    }

    /// The line, or its beginning and `…`.
    fn cut(&self, line: Line, width: f32) -> Line {
        if line.width <= width {
            return line;
        }
        let room = width - self.width("…", line.weight);
        let kept = line.text.get(..line.fitting(room)).unwrap_or_default();
        self.line(&format!("{}…", kept.trim_end()), line.weight)
    }

    /// Draws the outline of a letter.
    pub fn outline(&self, weight: Weight, id: u16, into: &mut dyn OutlineBuilder) {
        self.face(weight).outline_glyph(GlyphId(id), into);
    }
}

impl Line {
    /// How many bytes of the text fit.
    fn fitting(&self, width: f32) -> usize {
        let mut used = 0.0;
        for glyph in &self.glyphs {
            used += glyph.advance;
            if used > width {
                return glyph.bytes.start;
            }
        }
        self.text.len()
    }

    /// Where to break so that what is before fits: behind a space if there is one, and never before the first letter.
    fn break_within(&self, width: f32) -> usize {
        let fits = self.fitting(width);
        let head = self.text.get(..fits).unwrap_or_default();
        let breaks_here = self.text.get(fits..).is_some_and(|rest| rest.starts_with(' '));
        // A day is only broken where there is no space.
        let inside = head.rfind(' ').or_else(|| head.rfind(['-', '/'])).map(|at| at + 1);
        let between = if breaks_here { Some(fits) } else { inside };
        let first = self.glyphs.iter().find(|glyph| glyph.bytes.start > 0);
        between
            .filter(|at| *at > 0)
            .unwrap_or_else(|| fits.max(first.map_or(self.text.len(), |glyph| glyph.bytes.start)))
    }
}

/// A page has no tabs, line ends and other controls; a mark that tells which way text runs has nothing to show.
fn in_one_line(text: &str) -> String {
    let told = |letter: char| match letter {
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{ad}' => None,
        letter if letter.is_whitespace() && letter != '\u{202f}' && letter != '\u{a0}' => Some(' '),
        letter if letter.is_control() => Some('\u{fffd}'),
        letter => Some(letter),
    };
    text.chars().filter_map(told).collect()
}

#[expect(clippy::cast_precision_loss, reason = "units of a font are some thousands")]
fn to_f32(units: i32) -> f32 {
    units as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_of_europe_have_letters_and_what_has_none_is_seen() {
        let letters = Letters::new().unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            let sign = letters.line("\u{fffd}", weight).glyphs[0].id;
            let shown = |text: &str| {
                letters.line(text, weight).glyphs.iter().filter(|glyph| glyph.id != sign).count()
            };
            for name in ["José", "Łódź", "Жуковский", "Ωνάσης", "Ğöktürk", "Ðorđe", "–…’“€≥→"]
            {
                assert_eq!(shown(name), name.chars().count(), "{name}");
            }
            // As some address books write an é.
            assert!((letters.width("Jose\u{301}", weight) - letters.width("José", weight)).abs() < 1e-6);
            for lacking in ["日本", "שלום", "🙂"] {
                let line = letters.line(lacking, weight);
                assert!(line.width > 0.5 && shown(lacking) == 0 && line.text == lacking, "{lacking}");
            }
            assert_eq!(letters.line("a\tb\r\nc\u{202e}\u{0}", weight).text, "a b  c\u{fffd}");
        }
    }

    #[test]
    fn digits_stand_below_each_other() {
        let letters = Letters::new().unwrap();
        for weight in [Weight::Regular, Weight::Bold] {
            assert!((letters.width("1111", weight) - letters.width("8888", weight)).abs() < 1e-6);
        }
    }

    #[test]
    fn long_text_is_broken_between_words_or_cut() {
        let letters = Letters::new().unwrap();
        let lines = |text: &str, width: f32, most: usize| -> Vec<String> {
            let lines = letters.lines(text, Weight::Regular, width, most);
            assert!(lines.iter().all(|line| line.width <= width.max(1.2)), "{text} {width}");
            lines.into_iter().map(|line| line.text).collect()
        };
        assert_eq!(lines("Front desk and switchboard", 7.0, 3), ["Front desk", "and", "switchboard"]);
        assert_eq!(lines("Front desk and switchboard", 7.0, 1), ["Front desk a…"]);
        assert_eq!(lines("Donaudampfschifffahrt", 6.0, 2), ["Donaudamp", "fschifffahrt"]);
        assert!(lines("Donaudampfschifffahrt", 4.0, 2).concat().ends_with('…'));
        assert_eq!(lines("Wed 2026-11-11", 6.0, 2), ["Wed", "2026-11-11"]);
        assert_eq!(lines("", 6.0, 2), [""]);
        // Narrower than a letter: still ends.
        assert_eq!(lines("abc", 0.0, 9).len(), 3);
    }
}
