//! Class export against teacher's book, cell by cell: the marks in the electronic book must agree with
//! those in the teacher's own (Quy chế Mạo Khê II, Đ.7.2).

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::identifier::SubjectId;
use school::records::canonical::{self, NotCanonical};

use crate::export::part::When;

use super::StoredPart;
use super::claims::{Claim, Thing};
use super::people::Person;

/// One cell in which class export and teacher's book differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookDifference {
    /// The pupil's code.
    pub pupil: String,
    /// The pupil's name.
    pub name: String,
    /// The subject.
    pub subject: SubjectId,
    /// The term or the year.
    pub when: When,
    /// Which mark: `tx` with its number from 1, `gk`, `ck`, `result`.
    pub cell: String,
    /// What the class export says, with the place; nothing for an empty cell.
    pub class: Option<(String, String)>,
    /// What the teacher's book says, with the place; nothing for an empty cell.
    pub teacher: Option<(String, String)>,
    pub(super) parts: [usize; 2],
}

impl BookDifference {
    /// What these differences are, whatever files they stand in: SHA-256 of their canonical list.
    ///
    /// Errors: a value without a canonical form.
    pub fn digest(differences: &[Self]) -> Result<Sha256, NotCanonical> {
        let value = |side: &Option<(String, String)>| side.as_ref().map(|(value, _)| value.clone());
        let list: Vec<_> = differences
            .iter()
            .map(|one| {
                (&one.pupil, &one.subject, one.when, &one.cell, value(&one.class), value(&one.teacher))
            })
            .collect();
        Ok(Sha256::of(&canonical::to_bytes(&list)?))
    }
}

/// Compares what both books have: subjects and terms that only one of them knows are no differences.
pub(super) fn compare(
    parts: &[&StoredPart],
    persons: &[Person],
    class: &BTreeMap<Thing, Claim>,
    teachers: &BTreeMap<Thing, Claim>,
) -> Vec<BookDifference> {
    // Only teachers' books have marks of a phân môn.
    let mark = |thing: &&Thing| {
        thing.part.is_none() && matches!(thing.field.as_str(), "tx" | "gk" | "ck" | "result")
    };
    let covered = |claims: &BTreeMap<Thing, Claim>| -> BTreeMap<(Option<SubjectId>, Option<When>), usize> {
        claims
            .iter()
            .filter(|(thing, _)| mark(thing))
            .map(|(thing, claim)| ((thing.subject.clone(), thing.when), claim.part))
            .collect()
    };
    let (of_class, of_teachers) = (covered(class), covered(teachers));
    // What a kind of book has no column for, it does not contradict: Mẫu 1 has no averages.
    let fields = |claims: &BTreeMap<Thing, Claim>| -> BTreeSet<(Option<SubjectId>, Option<When>, String)> {
        claims
            .keys()
            .filter(mark)
            .map(|thing| (thing.subject.clone(), thing.when, thing.field.clone()))
            .collect()
    };
    let (class_fields, teacher_fields) = (fields(class), fields(teachers));
    let things: BTreeSet<&Thing> = class.keys().chain(teachers.keys()).filter(mark).collect();
    let mut differences = Vec::new();
    for thing in things {
        let place = (thing.subject.clone(), thing.when);
        let (Some(class_part), Some(teacher_part)) = (of_class.get(&place), of_teachers.get(&place)) else {
            continue;
        };
        let column = (thing.subject.clone(), thing.when, thing.field.clone());
        let (one, other) = (class.get(thing), teachers.get(thing));
        let differs = match (one, other) {
            (Some(one), Some(other)) => one.value != other.value,
            (Some(_), None) => teacher_fields.contains(&column),
            (None, Some(_)) => class_fields.contains(&column),
            (None, None) => false,
        };
        if let (true, Some(subject), Some(when)) = (differs, thing.subject.clone(), thing.when) {
            let shown = |claim: &Claim| (claim.value.shown(), parts[claim.part].part.place(claim.at));
            let person = &persons[thing.person];
            let code = person.moet_id.clone().or_else(|| person.pupil_id.clone()).unwrap_or_default();
            let number = if thing.field == "tx" { format!(" {}", thing.index + 1) } else { String::new() };
            differences.push(BookDifference {
                pupil: code,
                name: person.name.clone(),
                subject,
                when,
                cell: format!("{}{number}", thing.field),
                class: one.map(shown),
                teacher: other.map(shown),
                parts: [*class_part, *teacher_part],
            });
        }
    }
    differences
}
