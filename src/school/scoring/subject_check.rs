//! The results of a pupil subject by subject.

use super::average::{term_average, year_average};
use super::cell::{Cell, Value, When};
use super::checked::{Findings, Place, terms};
use super::core_subject::is_core;
use super::passed::{term_level, year_level};
use super::regular::{MOST_TX, regular_least};
use super::standing::{Reached, Standing};
use super::{Grade, Scheme};
use crate::dossier::Period;
use crate::gradebook::{Assessment, Gradebook, Level, Mark, Pupil, Results, Subject, SubjectResults, Term};

/// A pupil's standings; none where a result of a subject is not known.
#[derive(Default)]
pub(super) struct Standings {
    pub hk1: Option<Standing>,
    pub hk2: Option<Standing>,
    pub year: Option<Standing>,
    /// The year with the results of the summer in their places; none without any.
    pub retest: Option<Standing>,
}

/// How results of one kind are judged.
struct Kind<T> {
    term: fn(Scheme, &Term<T>) -> Option<T>,
    year: fn(Option<T>, T) -> Option<T>,
    value: fn(T) -> Value,
}

const MARKS: Kind<Mark> = Kind {
    term: |_, term| match (term.gk, term.ck) {
        (Some(gk), Some(ck)) if !term.tx.is_empty() => Some(term_average(&term.tx, gk, ck)),
        _ => None,
    },
    year: |hk1, hk2| hk1.map(|hk1| year_average(hk1, hk2)),
    value: Value::Mark,
};

const LEVELS: Kind<Level> =
    Kind { term: term_level, year: |_, hk2| Some(year_level(hk2)), value: Value::Level };

/// The results of a subject as far as they are known: recomputed, else as claimed.
struct Known<T> {
    hk1: Option<T>,
    hk2: Option<T>,
    year: Option<T>,
    retest: Option<T>,
}

/// Judges every subject of `pupil`.
pub(super) fn subjects(book: &Gradebook, rules: Scheme, pupil: &Pupil, findings: &mut Findings) -> Standings {
    let mut all = [Some(Standing::default()), Some(Standing::default()), Some(Standing::default())];
    let mut after = Standing::default();
    let mut retested = false;
    for subject in &book.subjects {
        let place = Place { pupil, subject: Some(&subject.id) };
        let results = pupil.subjects.get(&subject.id).map(|row| &row.results);
        match (results, subject.assessment) {
            (Some(SubjectResults::Exempt), _) => {}
            (Some(SubjectResults::Marks(results)), _) => {
                let known = judge(book, rules, subject, place, results, &MARKS, findings);
                let core = is_core(&subject.name);
                let push = |standing: &mut Standing, mark| standing.marks.push(Reached { mark, core });
                collect(&mut all, &mut after, &known, push);
                retested |= known.retest.is_some();
            }
            (Some(SubjectResults::Levels(results)), _) => {
                let known = judge(book, rules, subject, place, results, &LEVELS, findings);
                collect(&mut all, &mut after, &known, |standing, level| standing.levels.push(level));
                retested |= known.retest.is_some();
            }
            (None, Assessment::Marks) => {
                judge(book, rules, subject, place, &Results::default(), &MARKS, findings);
                all = [None, None, None];
            }
            (None, Assessment::Levels) => {
                judge(book, rules, subject, place, &Results::default(), &LEVELS, findings);
                all = [None, None, None];
            }
        }
    }
    let [hk1, hk2, year] = all;
    let retest = (retested && year.is_some()).then_some(after);
    Standings { hk1, hk2, year, retest }
}

fn collect<T: Copy>(
    all: &mut [Option<Standing>; 3],
    after: &mut Standing,
    known: &Known<T>,
    push: impl Fn(&mut Standing, T),
) {
    for (standing, value) in all.iter_mut().zip([known.hk1, known.hk2, known.year]) {
        match (standing.as_mut(), value) {
            (Some(known), Some(value)) => push(known, value),
            _ => *standing = None,
        }
    }
    if let Some(value) = known.retest.or(known.year) {
        push(after, value);
    }
}

fn judge<T: Copy + PartialEq>(
    book: &Gradebook,
    rules: Scheme,
    subject: &Subject,
    place: Place,
    results: &Results<T>,
    kind: &Kind<T>,
    findings: &mut Findings,
) -> Known<T> {
    let mut known = Known { hk1: None, hk2: None, year: None, retest: results.retest };
    let nothing = Term::default();
    for when in terms(book.period) {
        let term = match when {
            When::Hk1 => &results.hk1,
            _ => results.hk2.as_ref().unwrap_or(&nothing),
        };
        entries(book, subject, place, *when, term, findings);
        let expected = (kind.term)(rules, term);
        let at = Cell::Result(*when);
        findings.compare(place, at, expected.map(kind.value), term.result.map(kind.value));
        let reached = expected.or(term.result);
        match when {
            When::Hk1 => known.hk1 = reached,
            _ => known.hk2 = reached,
        }
    }
    if book.period != Period::FirstTerm {
        let expected = known.hk2.and_then(|hk2| (kind.year)(known.hk1, hk2));
        let at = Cell::Result(When::Year);
        findings.compare(place, at, expected.map(kind.value), results.year.map(kind.value));
        known.year = expected.or(results.year);
    }
    known
}

/// What the teacher has to enter in a term.
fn entries<T>(
    book: &Gradebook,
    subject: &Subject,
    place: Place,
    when: When,
    term: &Term<T>,
    findings: &mut Findings,
) {
    let least = regular_least(subject);
    for number in term.tx.len()..least {
        findings.misses(place, Cell::Regular(when, u8::try_from(number + 1).unwrap_or(u8::MAX)));
    }
    // A chuyên đề of the upper level counts as one more.
    let upper = Grade::of(&book.class).is_ok_and(Grade::is_upper);
    let most = match (subject.assessment, subject.periods) {
        (Assessment::Marks, Some(_)) => least + usize::from(upper),
        _ => MOST_TX,
    };
    if term.tx.len() > most {
        let count = |number: usize| Some(Value::Count(u16::try_from(number).unwrap_or(u16::MAX)));
        findings.differs(place, Cell::RegularCount(when), count(most), count(term.tx.len()));
    }
    if term.gk.is_none() {
        findings.misses(place, Cell::Mid(when));
    }
    if term.ck.is_none() {
        findings.misses(place, Cell::Final(when));
    }
}
