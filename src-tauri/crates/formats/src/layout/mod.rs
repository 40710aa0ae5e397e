//! A format whose lines are fixed columns, described as data.

mod column;
mod compile;
pub(crate) mod error;
pub(crate) mod example;
mod read;
mod spec;
mod types;

use calls::{ChainRules, Direction, Record};

pub use self::error::{ExampleFailure, LayoutError};
pub use self::example::Example;
use self::spec::FieldSpec;
use self::types::TypeTable;
use crate::{Context, Field, Format, Framing, Reject, SerialDefaults};

/// A layout that has been checked and can read lines.
#[derive(Debug)]
pub struct Layout {
    id: String,
    name: String,
    sources: Vec<String>,
    advice: Vec<String>,
    serial: SerialDefaults,
    framing: Framing,
    ring_precedes_talk: Vec<Direction>,
    types: TypeTable,
    /// In the order of their columns.
    fields: Vec<FieldSpec>,
    /// Where in `fields` the fields are that every record needs.
    date: usize,
    time: usize,
    call_type: usize,
    chain: ChainRules,
    examples: Vec<Example>,
    /// The line of the file at which each example begins.
    example_lines: Vec<usize>,
}

impl Layout {
    /// Reads and checks a layout; its examples are not run (see [`Layout::check_examples`]).
    pub fn from_toml(text: &str) -> Result<Self, LayoutError> {
        let spec = toml::from_str(text).map_err(|error| LayoutError::syntax(text, &error))?;
        compile::compile(spec, text)
    }

    /// Reads every example of the layout and returns those that were not read as the layout says.
    pub fn check_examples(&self) -> Vec<ExampleFailure> {
        let examples = self.examples.iter().map(|example| (&example.about, example.differences(self)));
        ExampleFailure::among(examples, &self.example_lines)
    }
}

impl Format for Layout {
    fn id(&self) -> &str {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn sources(&self) -> &[String] {
        &self.sources
    }

    fn serial(&self) -> SerialDefaults {
        self.serial
    }

    fn advice(&self) -> &[String] {
        &self.advice
    }

    fn framing(&self) -> &Framing {
        &self.framing
    }

    fn parse(&self, line: &[u8], context: &Context) -> Result<Record, Reject> {
        self.read(line, context)
    }

    fn fields<'a>(&'a self, line: &[u8]) -> Vec<Field<'a>> {
        self.places(line)
    }

    fn looks_complete(&self, line: &[u8]) -> bool {
        self.is_whole(line)
    }

    fn chain_rules(&self) -> &ChainRules {
        &self.chain
    }

    fn examples(&self) -> &[Example] {
        &self.examples
    }
}
