//! Whole books of an invented class, right by the rules unless a test changes them.

use std::collections::BTreeMap;

use school::dossier::Period;
use school::gradebook::{
    Absence, Assessment, Conduct, FORMAT, Gender, Gradebook, Level, LockClaim, Mark, Pupil, Results, Subject,
    SubjectResults, SubjectRow, Term, YearOf,
};

pub fn mark(tenths: u16) -> Mark {
    Mark::try_from(tenths).expect("a mark")
}

const MARKED: [&str; 8] = ["Toán", "Ngữ văn", "Tiếng Anh", "GDCD", "LSĐL", "KHTN", "Công nghệ", "Tin học"];

fn subject(index: usize, name: &str, assessment: Assessment) -> Subject {
    let id = format!("M{index}").parse().expect("an id");
    Subject { id, name: name.into(), assessment, periods: Some(35), parts: Vec::new() }
}

/// Both terms alike: every assessment `tenths`, and so every average.
pub fn marks(tenths: u16) -> SubjectResults {
    let term = Term {
        tx: vec![mark(tenths); 2],
        gk: Some(mark(tenths)),
        ck: Some(mark(tenths)),
        result: Some(mark(tenths)),
    };
    let hk2 = Some(term.clone());
    SubjectResults::Marks(Results { hk1: term, hk2, year: Some(mark(tenths)), retest: None })
}

pub fn levels(level: Level) -> SubjectResults {
    let term = Term { tx: vec![level; 2], gk: Some(level), ck: Some(level), result: Some(level) };
    let hk2 = Some(term.clone());
    SubjectResults::Levels(Results { hk1: term, hk2, year: Some(level), retest: None })
}

/// A class of one pupil with these marks in its subjects and GDTC passed, conduct Tốt. Levels over all
/// subjects are left to the test.
pub fn class(year: &str, class: &str, tenths: &[u16]) -> Gradebook {
    let mut subjects: Vec<Subject> = (0..tenths.len())
        .map(|index| subject(index, MARKED[index % MARKED.len()], Assessment::Marks))
        .collect();
    subjects.push(subject(tenths.len(), "GDTC", Assessment::Levels));
    let results = tenths.iter().map(|tenths| marks(*tenths)).chain([levels(Level::Pass)]);
    let rows = subjects.iter().zip(results);
    let rows = rows.map(|(subject, results)| {
        (subject.id.clone(), SubjectRow { results, remark: String::new(), parts: BTreeMap::new() })
    });
    let tot = Some(Conduct::Tot);
    let pupil = Pupil {
        id: "HS1".parse().expect("an id"),
        name: "Lâm Gia Hân".into(),
        born: "2014-01-01".parse().expect("a date"),
        gender: Gender::Nu,
        birthplace: String::new(),
        personal: None,
        subjects: rows.collect(),
        study: YearOf::EMPTY,
        conduct: YearOf { hk1: tot, hk2: tot, year: tot, retest: None },
        averages: YearOf::EMPTY,
        absence: Absence { excused: 0, unexcused: 0 },
        attendance: Vec::new(),
        outcome: None,
        honour: None,
        awards: String::new(),
        certificates: String::new(),
        summer: String::new(),
        remark: String::new(),
    };
    Gradebook {
        format: FORMAT.into(),
        school: "HOAPHUONG".parse().expect("a code"),
        year: year.parse().expect("a year"),
        period: Period::FullYear,
        class: class.parse().expect("a class"),
        exported: "2026-05-25T16:00:00+07:00".parse().expect("a moment"),
        lock: LockClaim { locked: true, at: None },
        subjects,
        pupils: vec![pupil],
        head_remarks: Vec::new(),
        parts: Vec::new(),
    }
}

/// The results by marks of the pupil's subject at `index`.
pub fn marks_of(book: &mut Gradebook, index: usize) -> &mut Results<Mark> {
    let id = book.subjects[index].id.clone();
    match book.pupils[0].subjects.get_mut(&id).map(|row| &mut row.results) {
        Some(SubjectResults::Marks(results)) => results,
        other => panic!("no marks: {other:?}"),
    }
}
