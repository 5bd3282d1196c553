//! Parts of one class put together: who is who, what everyone said, what is still missing. What comes out
//! is canonical JSON that names its parts by SHA-256 and is read like any other export, so that nothing
//! gets past the checks that a JSON export must pass.
//!
//! [`people`] tells who is who, [`ground`] which files speak of a period, [`claims`] lays the statements together, [`comparison`] holds the class
//! export against the teachers' books (S2, Đ.7.2), [`book`] writes the gradebook.

mod book;
mod claims;
mod comparison;
mod ground;
mod people;

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Assessment, Gradebook};
use school::identifier::{SchoolCode, SubjectId};
use school::moment::Moment;
use school::records::reader_frame::ExportProblem;

use super::layout::folded;
use super::part::{Part, PartSubject, When, Witness};

pub use comparison::BookDifference;

/// What a gradebook is made for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The school's code.
    pub school: &'a SchoolCode,
    /// The period.
    pub period: Period,
    /// The subjects of the class in printing order, as the roster assigns them; nothing while the year is
    /// not open, and then the parts wait.
    pub subjects: Option<&'a [SubjectId]>,
    /// Phân môn by name, each with the subject that it belongs to: what a file says of one of them stands in the
    /// row of that subject.
    pub parts: &'a [(String, SubjectId)],
}

impl Wanted<'_> {
    /// The phân môn that a file means by a subject which the class does not have.
    fn part_of(&self, file: &Part, subject: &SubjectId) -> Option<&(String, SubjectId)> {
        if self.subjects.is_none_or(|subjects| subjects.contains(subject)) {
            return None;
        }
        let named = file.subjects.iter().find(|one| one.id == *subject)?;
        self.parts.iter().find(|(part, _)| folded(part) == folded(&named.name))
    }
}

/// A part as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredPart {
    /// SHA-256 of the file that it is from.
    pub file: Sha256,
    /// When the file was taken in.
    pub taken: Moment,
    /// The part.
    pub part: Part,
}

/// Something that a class still lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// No roster of the year is in force: nobody knows which subjects the class has.
    Roster,
    /// No class list: gender, codes and dates of birth.
    ClassList,
    /// No mã định danh or mã học sinh of a pupil.
    Code(String),
    /// No marks of a subject for a term.
    Subject(SubjectId, When),
    /// Marks of a subject that nobody is assigned to.
    Unassigned(SubjectId),
    /// No days of absence.
    Absence,
    /// The file says that the school has not closed the period.
    NotFinal(String),
}

/// What became of the parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Assembled {
    /// A gradebook. `parts` are those that it was made of; while `differences` are there, class export and
    /// teachers' books disagree, and it must not be locked.
    Whole {
        /// The gradebook; it names its parts.
        gradebook: Box<Gradebook>,
        /// Where class export and teachers' books differ.
        differences: Vec<BookDifference>,
    },
    /// Nothing says anything about this period.
    Nothing,
    /// Something is missing.
    Waiting(Vec<Missing>),
    /// The parts cannot all be true.
    Contradictory(Vec<ExportProblem>),
}

/// The periods that parts may be put together for: both of the year, and those that were declared.
pub fn periods(parts: &[StoredPart]) -> BTreeSet<Period> {
    let declared = parts.iter().filter_map(|stored| stored.part.period);
    declared.chain([Period::FirstTerm, Period::FullYear]).collect()
}

/// Puts the parts of one class and year together. `parts` in the order in which they were taken in: a later
/// version of the same file takes the place of the earlier one.
pub fn assemble(parts: &[StoredPart], wanted: &Wanted) -> Assembled {
    let current: Vec<&StoredPart> = newest(parts)
        .into_iter()
        .filter(|stored| ground::stands(&stored.part, wanted.period).is_some())
        .collect();
    let said = match claims::lay_together(&current, wanted) {
        Ok(said) => said,
        Err(problems) => return Assembled::Contradictory(problems),
    };
    if !said.begun(&current, wanted.period) {
        return Assembled::Nothing;
    }
    let missing = said.missing(&current, wanted);
    if !missing.is_empty() {
        return Assembled::Waiting(missing);
    }
    let subjects = book::subjects(&current, &said, wanted);
    match subjects.and_then(|subjects| book::write(&current, &said, wanted, &subjects)) {
        Ok(gradebook) => Assembled::Whole { gradebook: Box::new(gradebook), differences: said.differences },
        Err(problems) => Assembled::Contradictory(problems),
    }
}

/// The gradebook of a file that holds all there is about a class.
///
/// Errors: what contradicts itself, or is not there.
pub(super) fn whole(part: &Part) -> Result<Gradebook, Vec<ExportProblem>> {
    let lacks = |what: &str| {
        let code = super::SheetCode::FactMissing.as_str().to_owned();
        vec![ExportProblem { code, path: part.file.clone(), found: what.to_owned() }]
    };
    let school = part.school.as_ref().ok_or_else(|| lacks("{school}"))?;
    let period = part.period.ok_or_else(|| lacks("{period}"))?;
    let exported = part.exported.ok_or_else(|| lacks("{exported}"))?;
    let of_subject = |subject: &PartSubject| {
        let id = subject.id.clone();
        subject.parts.clone().into_iter().map(move |part| (part, id.clone()))
    };
    let parts: Vec<(String, SubjectId)> = part.subjects.iter().flat_map(of_subject).collect();
    let is_part = |name: &str| parts.iter().any(|(part, _)| folded(part) == folded(name));
    let listed = part.subjects.iter().filter(|subject| !is_part(&subject.name));
    let subjects: Vec<SubjectId> = listed.map(|subject| subject.id.clone()).collect();
    let wanted = Wanted { school, period, subjects: Some(&subjects), parts: &parts };
    let stored = StoredPart { file: Sha256::of(b""), taken: exported, part: part.clone() };
    let current = [&stored];
    let said = claims::lay_together(&current, &wanted)?;
    book::write(&current, &said, &wanted, &book::subjects(&current, &said, &wanted)?)
}

/// The class as its lists name it, before anything is recorded: every pupil, no result.
///
/// Errors: what contradicts itself, or no list.
pub fn listed(
    parts: &[StoredPart],
    wanted: &Wanted,
    subjects: &[(PartSubject, Assessment)],
) -> Result<Gradebook, Vec<ExportProblem>> {
    let current = newest(parts);
    let said = claims::lay_together(&current, wanted)?;
    book::write(&current, &said, wanted, subjects)
}

/// Of several versions of the same file the last.
fn newest(parts: &[StoredPart]) -> Vec<&StoredPart> {
    let slots: Vec<String> = parts.iter().map(|stored| stored.part.slot()).collect();
    let last = |index: &usize| !slots[index + 1..].contains(&slots[*index]);
    (0..parts.len()).filter(last).map(|index| &parts[index]).collect()
}

/// Whether a part may speak for the class where a teacher's book says something else.
const fn speaks_for_the_class(part: &Part) -> bool {
    matches!(part.witness, Witness::Class)
}
