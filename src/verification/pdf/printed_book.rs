//! The lists of a class book against its gradebook: for each pupil the sheet of every subject in every term, the
//! summaries and the classification of the year. A pupil is found by the number and the name that head the row; which
//! list a row belongs to follows from the order of the form, and for subjects from the titles above it.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::Period;
use school::gradebook::{Assessment, Gradebook, Outcome, Pupil, Results, Subject, SubjectResults};

use crate::pdf::printed_data::{
    EXEMPT, Place, conduct_word, corrected, honour, of, strays, study_word, tell,
};
use crate::pdf::tagged_text::{Cell, TaggedText, words};

/// Most subjects side by side in a summary; more are continued in a further table.
const SUBJECTS_BESIDE: usize = 15;
/// What an exempted pupil's cell of a summary says.
const EXEMPT_SHORT: &str = "Miễn";
/// How many texts may stand between the titles of a sheet and its list.
const TITLE_LINES: usize = 3;

/// Where print and data part. `corrects`: the book takes the place of a version before it.
pub(super) fn compare(text: &TaggedText, book: &Gradebook, corrects: bool) -> Vec<Place> {
    let mut claimed = BTreeSet::new();
    let mut places = Vec::new();
    let mut rows: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (at, row) in text.rows.iter().enumerate() {
        if let [number, name, ..] = row.as_slice()
            && name.is_header
            && !number.is_header
        {
            rows.entry((&number.text, &name.text)).or_default().push(at);
        }
    }
    let form = Form { book, terms: terms(book) };
    for (index, pupil) in book.pupils.iter().enumerate() {
        let (number, name) = ((index + 1).to_string(), words(&pupil.name));
        let of_pupil = rows.get(&(number.as_str(), name.as_str())).map_or(&[][..], Vec::as_slice);
        // The lists that are compared are the last ones of the form; those before them hold no results.
        let Some(before) = of_pupil.len().checked_sub(form.lists()) else {
            places.push(Place::Unread(format!("pupil {}", pupil.id)));
            continue;
        };
        let mut lists = of_pupil[before..].iter().map(|at| (*at, &text.rows[*at][2..]));
        claimed.extend(&of_pupil[before..]);
        form.compare(pupil, text, &mut lists, &mut places);
    }
    if corrects {
        places.extend(corrected(text, &book.subjects, &book.pupils, &mut claimed));
    }
    // A form that is not the one of ours is not understood: what else stands in it says nothing.
    if !places.iter().any(|place| matches!(place, Place::Unread(_))) {
        places.extend(strays(text, &claimed));
    }
    places
}

/// The terms that the form has sheets for.
fn terms(book: &Gradebook) -> usize {
    let has_second = |pupil: &Pupil| {
        pupil.subjects.values().any(|row| match &row.results {
            SubjectResults::Marks(results) => results.hk2.is_some(),
            SubjectResults::Levels(results) => results.hk2.is_some(),
            SubjectResults::Exempt => false,
        })
    };
    match book.period {
        Period::FirstTerm => 1,
        Period::FullYear | Period::AfterSummer => 2,
        Period::Snapshot(_) => 1 + usize::from(book.pupils.iter().any(has_second)),
    }
}

struct Form<'b> {
    book: &'b Gradebook,
    terms: usize,
}

impl<'b> Form<'b> {
    fn has_year(&self) -> bool {
        !matches!(self.book.period, Period::FirstTerm | Period::Snapshot(_))
    }

    /// Tables of one summary.
    fn parts(&self) -> usize {
        self.book.subjects.len().div_ceil(SUBJECTS_BESIDE).max(1)
    }

    /// How many lists hold results of a pupil.
    fn lists(&self) -> usize {
        let summary = self.parts();
        let year = if self.has_year() { summary + 1 } else { 0 };
        self.terms * (self.book.subjects.len() + summary) + year
    }

    /// `lists`: the cells of the pupil's rows behind the name, and where they stand.
    fn compare<'t>(
        &self,
        pupil: &Pupil,
        text: &'t TaggedText,
        lists: &mut impl Iterator<Item = (usize, &'t [Cell])>,
        places: &mut Vec<Place>,
    ) {
        let id = &pupil.id;
        for term in 0..self.terms {
            for (subject, (at, cells)) in self.book.subjects.iter().zip(lists.by_ref()) {
                let place = format!("pupil {id}, subject {}, term {}", subject.id, term + 1);
                if !has_titles(text, at, subject, term) {
                    places.push(Place::Unread(place));
                    continue;
                }
                match sheet_row(pupil, subject, term, self.has_year(), cells.len()) {
                    Some(expected) => tell(places, &place, cells, &expected),
                    None => places.push(Place::Unread(place)),
                }
            }
            self.summary(pupil, Some(term), lists, places);
        }
        if self.has_year() {
            self.summary(pupil, None, lists, places);
            if let Some((_, cells)) = lists.next() {
                same(places, &format!("pupil {id}, classification"), cells, &classified(pupil));
            }
        }
    }

    /// The summary of a term, or of the year: the result of every subject, those by comments first.
    fn summary<'t>(
        &self,
        pupil: &Pupil,
        term: Option<usize>,
        lists: &mut impl Iterator<Item = (usize, &'t [Cell])>,
        places: &mut Vec<Place>,
    ) {
        let by = |how| self.book.subjects.iter().filter(move |subject| subject.assessment == how);
        let subjects = by(Assessment::Levels).chain(by(Assessment::Marks));
        let mut expected: Vec<String> = subjects.map(|subject| result(pupil, subject, term)).collect();
        let cells: Vec<Cell> = lists.take(self.parts()).flat_map(|(_, cells)| cells.to_vec()).collect();
        let at = term.unwrap_or(2);
        // Only the older form has the average of all subjects.
        if cells.len() == expected.len() + 3 {
            expected.push(of(&pupil.averages, at).map(|mark| mark.to_string()).unwrap_or_default());
        }
        expected.extend([study_word(of(&pupil.study, at)), conduct_word(of(&pupil.conduct, at))]);
        let place = term.map_or_else(|| "year".to_owned(), |term| format!("term {}", term + 1));
        same(places, &format!("pupil {}, summary of {place}", pupil.id), &cells, &expected);
    }
}

/// The titles of a subject's sheet stand above the list with this row.
fn has_titles(text: &TaggedText, row: usize, subject: &Subject, term: usize) -> bool {
    let titles = [
        ["HỌC KÌ I", "HỌC KÌ II"][term.min(1)].to_owned(),
        words(&format!("MÔN {}", subject.name.to_uppercase())),
    ];
    let Some(above) = text.after.get(row).and_then(|after| text.beside.get(..*after)) else { return false };
    let near = &above[above.len().saturating_sub(TITLE_LINES)..];
    titles.iter().all(|title| near.contains(title))
}

fn same(places: &mut Vec<Place>, place: &str, cells: &[Cell], expected: &[String]) {
    if cells.len() == expected.len() {
        tell(places, place, cells, expected);
    } else {
        places.push(Place::Unread(place.to_owned()));
    }
}

/// The row of a subject's sheet in a list of so many columns: all but those of regular marks are known.
fn sheet_row(
    pupil: &Pupil,
    subject: &Subject,
    term: usize,
    has_year: bool,
    columns: usize,
) -> Option<Vec<String>> {
    let with_year = term == 1 && has_year;
    let results = pupil.subjects.get(&subject.id).map(|row| &row.results);
    let (regular, mut others) = match results {
        Some(SubjectResults::Marks(results)) => cells_of(results, term, with_year),
        Some(SubjectResults::Levels(results)) => cells_of(results, term, with_year),
        Some(SubjectResults::Exempt) | None => cells_of::<String>(&Results::default(), term, with_year),
    };
    let is_exempt = matches!(results, Some(SubjectResults::Exempt));
    others.push(if is_exempt { EXEMPT } else { "" }.to_owned());
    let empty = columns.checked_sub(regular.len() + others.len())?;
    Some([regular, vec![String::new(); empty], others].concat())
}

fn cells_of<T: ToString>(results: &Results<T>, term: usize, with_year: bool) -> (Vec<String>, Vec<String>) {
    let text = |value: Option<&T>| value.map(ToString::to_string).unwrap_or_default();
    let of_term = if term == 0 { Some(&results.hk1) } else { results.hk2.as_ref() };
    let regular = of_term.map(|term| term.tx.iter().map(ToString::to_string).collect()).unwrap_or_default();
    let mut others: Vec<String> = match of_term {
        Some(term) => [&term.gk, &term.ck, &term.result].map(|value| text(value.as_ref())).to_vec(),
        None => vec![String::new(); 3],
    };
    if with_year {
        others.extend([text(results.year.as_ref()), text(results.retest.as_ref())]);
    }
    (regular, others)
}

fn result(pupil: &Pupil, subject: &Subject, term: Option<usize>) -> String {
    fn of_results<T: ToString>(results: &Results<T>, term: Option<usize>) -> String {
        let value = match term {
            None => results.year.as_ref(),
            Some(0) => results.hk1.result.as_ref(),
            Some(_) => results.hk2.as_ref().and_then(|term| term.result.as_ref()),
        };
        value.map(ToString::to_string).unwrap_or_default()
    }
    match pupil.subjects.get(&subject.id).map(|row| &row.results) {
        Some(SubjectResults::Marks(results)) => of_results(results, term),
        Some(SubjectResults::Levels(results)) => of_results(results, term),
        Some(SubjectResults::Exempt) => EXEMPT_SHORT.to_owned(),
        None => String::new(),
    }
}

/// The row of the classification: levels of the year and after the summer, absence, outcome, title and awards.
fn classified(pupil: &Pupil) -> Vec<String> {
    let crossed = |is: &[Outcome]| pupil.outcome.filter(|outcome| is.contains(outcome)).map_or("", |_| "x");
    let title = pupil.honour.map(honour).into_iter().chain(Some(pupil.awards.as_str()));
    let honours: Vec<_> = title.filter(|text| !text.is_empty()).collect();
    vec![
        conduct_word(pupil.conduct.year),
        study_word(pupil.study.year),
        conduct_word(pupil.conduct.retest),
        study_word(pupil.study.retest),
        pupil.absence.total().to_string(),
        crossed(&[Outcome::Promoted, Outcome::PromotedAfterSummer]).to_owned(),
        crossed(&[Outcome::Retained]).to_owned(),
        words(&honours.join("; ")),
    ]
}
