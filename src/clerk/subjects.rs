//! What subjects are called: the catalogue that comes with the program, and what the school added to it.

use crafts::export::{Layouts, Subjects};
use school::gradebook::Subject;
use school::identifier::SubjectId;

use crate::clerk::{ClerkFault, Office};

/// A subject that a name means: its code, and what the catalogue says of it where it is listed.
pub type NamedSubject = (SubjectId, Option<Subject>);

/// The subjects that these names mean, each in the place of its name; nothing for a name without a letter.
/// One that nobody listed gets its code from its letters, as it does in an export.
///
/// Errors: a catalogue of the school cannot be used any more.
pub fn subjects_named(office: &Office, names: &[String]) -> Result<Vec<Option<NamedSubject>>, ClerkFault> {
    let mut layouts = Layouts::shipped();
    for text in office.reader.own_layouts() {
        layouts.add(text).map_err(|_| ClerkFault::Form { what: "layout" })?;
    }
    let subject = |name: &String| match layouts.subjects().named(name) {
        Some(known) => {
            let (id, name, assessment) = (known.id.clone(), known.name.clone(), known.assessment);
            Some((id.clone(), Some(Subject { id, name, assessment, periods: None, parts: Vec::new() })))
        }
        None => Some((Subjects::code_of(name)?, None)),
    };
    Ok(names.iter().map(subject).collect())
}
