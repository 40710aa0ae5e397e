//! From a layout as written to one that can read lines: everything that must hold is checked here, once.

use toml::Spanned;

use super::error::line_of;
use super::spec::{FieldSpec, Form, FramingSpec, LayoutSpec, Target};
use super::types::TypeTable;
use super::{Layout, LayoutError};
use crate::{Framing, Opener};

pub(super) fn compile(spec: LayoutSpec, text: &str) -> Result<Layout, LayoutError> {
    let id_span = spec.id.span();
    let id = spec.id.into_inner();
    if id.is_empty()
        || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    {
        return Err(LayoutError::meaning(
            text,
            &id_span,
            format!("\"{id}\" is not lower-case letters, digits and hyphens"),
        ));
    }
    let framing = framing(&spec.framing, text)?;
    let types = TypeTable::new(spec.types.get_ref())
        .map_err(|message| LayoutError::meaning(text, &spec.types.span(), message))?;
    check_fields(&spec.fields, text)?;
    if spec.examples.is_empty() {
        return Err(LayoutError::meaning(
            text,
            &id_span,
            "a layout without an example is a guess".to_owned(),
        ));
    }
    let only = |target| {
        only_field(&spec.fields, target).map_err(|message| LayoutError::meaning(text, &id_span, message))
    };
    let (date, time, call_type) = (only(Target::Date)?, only(Target::Time)?, only(Target::Type)?);
    let example_lines = spec.examples.iter().map(|example| line_of(text, &example.span())).collect();
    Ok(Layout {
        id,
        name: spec.name,
        sources: spec.sources,
        advice: spec.advice,
        serial: spec.serial,
        framing,
        ring_precedes_talk: spec.time.ring_precedes_talk,
        types,
        fields: spec.fields.into_iter().map(Spanned::into_inner).collect(),
        date,
        time,
        call_type,
        chain: spec.chaining,
        examples: spec.examples.into_iter().map(Spanned::into_inner).collect(),
        example_lines,
    })
}

fn framing(spec: &Spanned<FramingSpec>, text: &str) -> Result<Framing, LayoutError> {
    let FramingSpec { opener, minimum, maximum } = spec.get_ref();
    let wrong = |message: String| LayoutError::meaning(text, &spec.span(), message);
    let parsed = Opener::new(opener).ok_or_else(|| {
        wrong(format!("the opener \"{opener}\" needs visible characters, not only d for a digit"))
    })?;
    if *minimum < parsed.len() || maximum < minimum || *maximum >= crate::LONGEST_LINE {
        return Err(wrong(format!(
            "a record cannot have {minimum} to {maximum} characters; {} (the opener) to {} are possible",
            parsed.len(),
            crate::LONGEST_LINE - 1
        )));
    }
    Ok(Framing { opener: parsed, minimum: *minimum, maximum: *maximum })
}

fn check_fields(fields: &[Spanned<FieldSpec>], text: &str) -> Result<(), LayoutError> {
    let mut before: Option<&FieldSpec> = None;
    let mut always_taken = 0;
    for spanned in fields {
        let field = spanned.get_ref();
        let wrong = |message: String| {
            Err(LayoutError::meaning(text, &spanned.span(), format!("field {}: {message}", field.name)))
        };
        let [first, last] = field.columns;
        if first == 0 || last < first {
            return wrong(format!("columns {first} to {last} are not columns; the first is 1"));
        }
        if !field.into.forms().contains(&field.form) {
            return wrong(format!("it cannot be {} as it is written", field.form.said()));
        }
        if field.form.width().is_some_and(|width| width != last - first + 1) {
            return wrong(format!("columns {first} to {last} cannot hold {}", field.form.said()));
        }
        if field.when.is_some() && matches!(field.into, Target::Date | Target::Time | Target::Type) {
            return wrong("every record has it, so it cannot have a condition".to_owned());
        }
        if let Some(before) = before
            && first < before.columns[0]
        {
            return wrong(format!("it begins before field {}; fields stand in order", before.name));
        }
        if first <= always_taken {
            return wrong(format!("column {first} belongs to a field before it that has no condition"));
        }
        if field.when.is_none() {
            always_taken = last;
        }
        before = Some(field);
    }
    Ok(())
}

fn only_field(fields: &[Spanned<FieldSpec>], target: Target) -> Result<usize, String> {
    let mut places =
        fields.iter().enumerate().filter(|(_, field)| field.get_ref().into == target).map(|(place, _)| place);
    let word = match target {
        Target::Date => Form::DayMonthYear.said(),
        Target::Time => "a time of day",
        _ => Form::Type.said(),
    };
    match (places.next(), places.next()) {
        (Some(place), None) => Ok(place),
        (None, _) => Err(format!("no field is {word}")),
        (Some(_), Some(_)) => Err(format!("more than one field is {word}")),
    }
}
