//! From a table layout as written to one that can bind files: everything that must hold is checked here, once.

use toml::Spanned;

use super::layout::TableLayout;
use super::spec::{FormSpec, TableSpec};
use super::words::Words;
use super::{Meaning, form::MOST_TAILS, mapping::ANY_TABLE};
use crate::LayoutError;
use crate::layout::error::line_of;

pub(super) fn compile(spec: TableSpec, text: &str) -> Result<TableLayout, LayoutError> {
    let id_span = spec.id.span();
    let id = spec.id.into_inner();
    let wrong = |message: String| LayoutError::meaning(text, &id_span, message);
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if id.is_empty() || !id.bytes().all(plain) {
        return Err(wrong(format!("\"{id}\" is not lower-case letters, digits and hyphens")));
    }
    if id == ANY_TABLE {
        return Err(wrong(format!("\"{id}\" is the word for tables that no layout describes")));
    }
    if spec.examples.is_empty() {
        return Err(wrong("a layout without an example is a guess".to_owned()));
    }
    if spec.columns.is_empty() && spec.forms.is_empty() {
        return Err(wrong("neither titles nor an order of columns are given".to_owned()));
    }
    if !spec.columns.is_empty() && !spec.columns.iter().any(|column| column.get_ref().needed) {
        return Err(wrong("no title is needed, so every table would be of this layout".to_owned()));
    }
    for column in &spec.columns {
        if column.get_ref().titles.is_empty() {
            let message = format!("the column {} has no title", column.get_ref().meaning);
            return Err(LayoutError::meaning(text, &column.span(), message));
        }
    }
    for form in &spec.forms {
        check_form(form, text)?;
    }
    let example_lines = spec.examples.iter().map(|example| line_of(text, &example.span())).collect();
    Ok(TableLayout {
        id,
        name: spec.name,
        family: spec.family,
        sources: spec.sources,
        advice: spec.advice,
        values: spec.values,
        columns: spec.columns.into_iter().map(Spanned::into_inner).collect(),
        forms: spec.forms.into_iter().map(Spanned::into_inner).collect(),
        words: Words::new(spec.words),
        devices: spec.devices,
        identity: spec.identity,
        examples: spec.examples.into_iter().map(Spanned::into_inner).collect(),
        example_lines,
    })
}

fn check_form(form: &Spanned<FormSpec>, text: &str) -> Result<(), LayoutError> {
    let spec = form.get_ref();
    let wrong = |message: &str| Err(LayoutError::meaning(text, &form.span(), message.to_owned()));
    let timed = [Meaning::Start, Meaning::Answer, Meaning::End, Meaning::Date];
    if !spec.columns.iter().any(|meaning| timed.contains(meaning)) {
        return wrong("no column of this form is a time");
    }
    if spec.tails.len() > MOST_TAILS {
        return wrong("a form can have eight tails at most");
    }
    if spec.marks.iter().any(|mark| mark.column == 0 || mark.column > spec.columns.len()) {
        return wrong("a mark stands in a column that the form does not have; the first is 1");
    }
    Ok(())
}
