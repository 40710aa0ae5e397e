//! What files of people come to, whatever they are written in.

/// What one row or card says of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FileRow {
    /// First line of it in the file, from 1.
    pub line: u32,
    pub name: String,
    pub organisation: String,
    pub note: String,
    /// As they are written.
    pub numbers: Vec<String>,
}

/// A row or card that nothing can be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unusable {
    pub line: u32,
    pub reason: String,
    /// As it is in the file, its beginning.
    pub text: String,
}

/// Letters of an unusable row that are shown.
const SHOWN: usize = 300;

impl Unusable {
    pub fn new(line: u32, reason: impl Into<String>, text: &str) -> Self {
        Self { line, reason: reason.into(), text: text.chars().take(SHOWN).collect() }
    }
}

impl FileRow {
    /// The row with what is around words left out, or why it says nothing.
    pub fn checked(mut self, text: &str) -> Result<Self, Unusable> {
        for field in [&mut self.name, &mut self.organisation, &mut self.note] {
            *field = field.trim().to_owned();
        }
        let numbers = self.numbers.iter().map(|number| number.trim());
        self.numbers = numbers.filter(|number| !number.is_empty()).map(str::to_owned).collect();
        if self.name.is_empty() && self.organisation.is_empty() {
            return Err(Unusable::new(self.line, "It has no name.", text));
        }
        if !self.numbers.iter().any(|number| number.contains(|letter: char| letter.is_ascii_digit())) {
            return Err(Unusable::new(self.line, "It has no telephone number.", text));
        }
        Ok(self)
    }
}
