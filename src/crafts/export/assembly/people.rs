//! Who is who: pupils of several files are one by mã định danh Bộ GD&ĐT, then by mã học sinh, then by name
//! and date of birth. A name alone is enough only where one pupil of the class has it.

use school::moment::Date;
use school::records::reader_frame::ExportProblem;

use crate::export::layout::folded;
use crate::export::part::{Part, PartPupil};
use crate::export::sheet_problem::SheetCode;

use super::StoredPart;

/// A pupil of the class with all that the files say about who it is.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub moet_id: Option<String>,
    pub pupil_id: Option<String>,
    pub name: String,
    pub born: Option<Date>,
    pub number: Option<u16>,
    /// Where the pupil stands first.
    pub place: String,
}

/// The pupils of the class, and which pupil of which part is which of them.
#[derive(Debug, Default)]
pub(super) struct People {
    pub persons: Vec<Person>,
    /// By part, then by pupil of the part.
    pub of: Vec<Vec<usize>>,
    pub problems: Vec<ExportProblem>,
}

/// Lists of the class first: only they can name a pupil that nobody named before.
pub(super) fn tell(parts: &[&StoredPart]) -> People {
    let mut people = People { of: vec![Vec::new(); parts.len()], ..People::default() };
    let lists = |part: &Part| part.statements.iter().any(|statement| statement.field == "gender");
    let any_list = parts.iter().any(|stored| lists(&stored.part));
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // A list with codes before one without, so that the codes are known when names come.
    order.sort_by_key(|index| {
        let part = &parts[*index].part;
        let codes = part.pupils.iter().any(|pupil| pupil.moet_id.is_some() || pupil.pupil_id.is_some());
        (!lists(part), !codes)
    });
    for (turn, index) in order.iter().enumerate() {
        let part = &parts[*index].part;
        let may_name =
            if any_list { lists(part) && (turn == 0 || people.persons.is_empty()) } else { turn == 0 };
        let mut of = Vec::with_capacity(part.pupils.len());
        for pupil in &part.pupils {
            of.push(people.known(part, pupil, may_name));
        }
        people.of[*index] = of;
    }
    people
}

impl People {
    fn known(&mut self, part: &Part, pupil: &PartPupil, may_name: bool) -> usize {
        let place = part.place(pupil.at);
        match self.find(pupil) {
            Found::One(index) => {
                self.learn(index, pupil, &place);
                index
            }
            Found::Several => {
                self.problem(SheetCode::AmbiguousPupil, place, &pupil.name);
                0
            }
            Found::Nobody => {
                if !may_name {
                    let who = if pupil.name.is_empty() {
                        pupil.pupil_id.clone().or(pupil.moet_id.clone())
                    } else {
                        None
                    };
                    self.problem(
                        SheetCode::UnknownPupil,
                        place.clone(),
                        who.as_deref().unwrap_or(&pupil.name),
                    );
                }
                self.persons.push(Person {
                    moet_id: pupil.moet_id.clone(),
                    pupil_id: pupil.pupil_id.clone(),
                    name: pupil.name.clone(),
                    born: pupil.born,
                    number: pupil.number,
                    place,
                });
                self.persons.len() - 1
            }
        }
    }

    fn find(&self, pupil: &PartPupil) -> Found {
        let by = |same: &dyn Fn(&Person) -> bool| {
            let found: Vec<usize> =
                (0..self.persons.len()).filter(|index| same(&self.persons[*index])).collect();
            match found.as_slice() {
                [] => Found::Nobody,
                [one] => Found::One(*one),
                _ => Found::Several,
            }
        };
        let same_code = |one: &Option<String>, other: &Option<String>| one.is_some() && one == other;
        let code = by(&|person| same_code(&person.moet_id, &pupil.moet_id));
        let code = if matches!(code, Found::Nobody) {
            by(&|person| same_code(&person.pupil_id, &pupil.pupil_id))
        } else {
            code
        };
        if !matches!(code, Found::Nobody) {
            return code;
        }
        let name = folded(&pupil.name);
        if name.is_empty() {
            return Found::Nobody;
        }
        let differs =
            |one: &Option<String>, other: &Option<String>| one.is_some() && other.is_some() && one != other;
        // Two codes of the same kind that differ are two pupils, whatever their names are.
        let free = |person: &Person| {
            !differs(&person.moet_id, &pupil.moet_id) && !differs(&person.pupil_id, &pupil.pupil_id)
        };
        if let Some(born) = pupil.born {
            let exact =
                by(&|person| free(person) && folded(&person.name) == name && person.born == Some(born));
            if !matches!(exact, Found::Nobody) {
                return exact;
            }
        }
        let named = |person: &Person| {
            free(person) && folded(&person.name) == name && (pupil.born.is_none() || person.born.is_none())
        };
        match by(&named) {
            // The number in the list tells two of the same name apart, if the lists agree.
            Found::Several => {
                match by(&|person| named(person) && person.number.is_some() && person.number == pupil.number)
                {
                    Found::One(one) => Found::One(one),
                    _ => Found::Several,
                }
            }
            found => found,
        }
    }

    /// Takes over what was not known, and names what differs.
    fn learn(&mut self, index: usize, pupil: &PartPupil, place: &str) {
        let person = &mut self.persons[index];
        let mut wrong = Vec::new();
        let mut code = |known: &mut Option<String>, said: &Option<String>| match (known.as_ref(), said) {
            (None, Some(said)) => *known = Some(said.clone()),
            (Some(one), Some(other)) if one != other => wrong.push((one.clone(), other.clone())),
            _ => {}
        };
        code(&mut person.moet_id, &pupil.moet_id);
        code(&mut person.pupil_id, &pupil.pupil_id);
        if !pupil.name.is_empty() && person.name.is_empty() {
            person.name = pupil.name.clone();
        } else if !pupil.name.is_empty() && folded(&pupil.name) != folded(&person.name) {
            wrong.push((person.name.clone(), pupil.name.clone()));
        }
        match (person.born, pupil.born) {
            (None, said) => person.born = said,
            (Some(one), Some(other)) if one != other => wrong.push((one.vietnamese(), other.vietnamese())),
            _ => {}
        }
        person.number = person.number.or(pupil.number);
        let first = person.place.clone();
        for (one, other) in wrong {
            self.problem(SheetCode::Contradiction, place.to_owned(), &format!("{other} / {one} ({first})"));
        }
    }

    fn problem(&mut self, code: SheetCode, path: String, found: &str) {
        self.problems.push(ExportProblem { code: code.as_str().into(), path, found: found.to_owned() });
    }
}

enum Found {
    Nobody,
    One(usize),
    Several,
}
