//! The changes a site makes to its numbers before they are read.

use crate::pattern::Pattern;
use crate::trace::Notes;
use crate::{Applies, Matching, Rewrite, RulesError, Side};

/// A `Rewrite`, ready to be made.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    applies: Applies,
    finds: Finds,
    replace_with: String,
    note: String,
}

#[derive(Debug, Clone)]
enum Finds {
    Beginning(String),
    End(String),
    Whole(String),
    Pattern(Pattern),
}

impl Change {
    pub fn new(rewrite: &Rewrite) -> Result<Self, RulesError> {
        let text = rewrite.pattern.clone();
        Ok(Self {
            applies: rewrite.applies,
            finds: match rewrite.matching {
                Matching::BeginsWith => Finds::Beginning(text),
                Matching::EndsWith => Finds::End(text),
                Matching::Exact => Finds::Whole(text),
                Matching::Pattern => Finds::Pattern(Pattern::new(&text)?),
            },
            replace_with: rewrite.replace_with.clone(),
            note: rewrite.note.clone(),
        })
    }

    /// The number as it is afterwards; `None` if the change does not concern it.
    fn made_to(&self, text: &str) -> Option<String> {
        let new = &self.replace_with;
        match &self.finds {
            Finds::Beginning(wanted) => text.strip_prefix(wanted.as_str()).map(|rest| format!("{new}{rest}")),
            Finds::End(wanted) => text.strip_suffix(wanted.as_str()).map(|rest| format!("{rest}{new}")),
            Finds::Whole(wanted) => (text == wanted).then(|| new.clone()),
            Finds::Pattern(pattern) if pattern.matches(text) => {
                text.get(pattern.fixed_beginning()..).map(|rest| format!("{new}{rest}"))
            }
            Finds::Pattern(_) => None,
        }
    }

    fn because(&self, place: usize) -> String {
        match self.note.as_str() {
            "" => format!("Change {place} of the site applies."),
            note => format!("Change {place} of the site applies: {note}"),
        }
    }
}

/// All changes that apply, one after another.
pub(crate) fn rewritten(changes: &[Change], text: String, side: Side, notes: &mut Notes) -> String {
    let concerning = changes.iter().enumerate().filter(|(_, change)| change.applies.to(side));
    concerning.fold(text, |text, (at, change)| match change.made_to(&text) {
        Some(after) => {
            notes.add("rewrite", &text, &after, || change.because(at + 1));
            after
        }
        None => text,
    })
}
