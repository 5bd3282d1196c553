//! What another export says otherwise of data that are locked. A full-year export after a signed first
//! term is no correction: of another period only the values of the terms that both hold are compared.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Gradebook, Pupil};
use crate::dossier::Period;
use crate::identifier::{PupilId, SubjectId};

/// A value of a locked gradebook that another one says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Where it stands: `$.pupils[HS0001].subjects.TOAN.results.marks.hk1.gk`.
    pub path: String,
    /// As locked; empty where there was nothing.
    pub locked: String,
    /// As found; empty where there is nothing.
    pub found: String,
}

impl Change {
    /// Whose value it is; none for what the whole class shares.
    pub fn pupil(&self) -> Option<PupilId> {
        self.inside().and_then(|(pupil, _)| pupil.parse().ok())
    }

    /// Which part of the pupil: `subjects`, `conduct`; none where the pupil is there or not.
    pub fn part(&self) -> Option<&str> {
        let (_, rest) = self.inside()?;
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        Some(&rest[..end]).filter(|part| !part.is_empty())
    }

    /// Of which subject, where it is a result or remark of one.
    pub fn subject(&self) -> Option<SubjectId> {
        let rest = self.inside()?.1.strip_prefix("subjects.")?;
        rest.split('.').next()?.parse().ok()
    }

    /// The pupil, and what follows.
    fn inside(&self) -> Option<(&str, &str)> {
        let (pupil, rest) = self.path.strip_prefix("$.pupils[")?.split_once(']')?;
        Some((pupil, rest.strip_prefix('.').unwrap_or_default()))
    }
}

/// Every value of `locked` that `found` says otherwise, of one pupil or of all, in the order of the
/// locked list. Pupils who are gone from a later period have left the class, and others have come: that is
/// no change. Within one period pupils who came, subjects and the head's remarks count too.
pub fn changes(locked: &Gradebook, found: &Gradebook, only: Option<&PupilId>) -> Vec<Change> {
    let covers = Covers::of(locked.period, found.period);
    let mut changes = Vec::new();
    for pupil in locked.pupils.iter().filter(|pupil| only.is_none_or(|only| *only == pupil.id)) {
        let now = found.pupils.iter().find(|other| other.id == pupil.id);
        let path = format!("$.pupils[{}]", pupil.id);
        match now {
            Some(now) => compare(&value(pupil), &value(now), &path, covers, covers.whole(), &mut changes),
            // Who was locked alone was about to leave.
            None if covers.whole() && only.is_none() => {
                changes.push(Change { path, locked: pupil.name.clone(), found: String::new() });
            }
            None => {}
        }
    }
    if covers.whole() && only.is_none() {
        let is_known = |pupil: &&Pupil| locked.pupils.iter().any(|other| other.id == pupil.id);
        changes.extend(found.pupils.iter().filter(|pupil| !is_known(pupil)).map(|pupil| Change {
            path: format!("$.pupils[{}]", pupil.id),
            locked: String::new(),
            found: pupil.name.clone(),
        }));
        let (one, other) = (value(&locked.subjects), value(&found.subjects));
        compare(&one, &other, "$.subjects", covers, true, &mut changes);
        let (one, other) = (value(&locked.head_remarks), value(&found.head_remarks));
        compare(&one, &other, "$.head_remarks", covers, true, &mut changes);
    }
    changes
}

/// Which parts of a pupil two periods both speak of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Covers {
    Everything,
    Terms(&'static [&'static str]),
}

impl Covers {
    const fn of(locked: Period, found: Period) -> Self {
        match (locked, found) {
            (Period::FirstTerm, Period::FirstTerm)
            | (Period::FullYear, Period::FullYear)
            | (Period::AfterSummer, Period::AfterSummer) => Self::Everything,
            // A snapshot says what stood there at its moment, whatever came later.
            (Period::Snapshot(_), _) | (_, Period::Snapshot(_)) => Self::Terms(&[]),
            (Period::FirstTerm, _) | (_, Period::FirstTerm) => Self::Terms(&["hk1"]),
            _ => Self::Terms(&["hk1", "hk2", "year"]),
        }
    }

    fn whole(self) -> bool {
        self == Self::Everything
    }

    fn has(self, key: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Terms(terms) => terms.contains(&key),
        }
    }
}

fn value(part: &impl Serialize) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}

/// `inside`: everything from here on belongs to what both periods speak of.
fn compare(locked: &Value, found: &Value, path: &str, covers: Covers, inside: bool, to: &mut Vec<Change>) {
    let nothing = Map::new();
    // A part that only one of them has is walked through too, for what lies in the terms of both.
    let parts = match (locked.as_object(), found.as_object()) {
        (Some(one), Some(other)) => Some((one, other)),
        (Some(one), None) if !inside => Some((one, &nothing)),
        (None, Some(other)) if !inside => Some((&nothing, other)),
        _ => None,
    };
    if let Some((one, other)) = parts {
        let more = other.keys().filter(|key| !one.contains_key(*key));
        for key in one.keys().chain(more) {
            let at = |part: &Map<String, Value>| part.get(key).cloned().unwrap_or_default();
            let inside = inside || covers.has(key);
            compare(&at(one), &at(other), &format!("{path}.{key}"), covers, inside, to);
        }
    } else if let (Value::Array(one), Value::Array(other)) = (locked, found) {
        for index in 0..one.len().max(other.len()) {
            let at = |list: &[Value]| list.get(index).cloned().unwrap_or_default();
            compare(&at(one), &at(other), &format!("{path}[{index}]"), covers, inside, to);
        }
    } else if inside && locked != found {
        let marks = path.contains(".marks.") || path.contains(".averages.");
        to.push(Change { path: path.to_owned(), locked: shown(locked, marks), found: shown(found, marks) });
    }
}

/// A value as people read it: marks with a decimal comma.
fn shown(value: &Value, mark: bool) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_u64() {
            Some(tenths) if mark => format!("{},{}", tenths / 10, tenths % 10),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::gradebook::{
        Absence, Conduct, FORMAT, Gender, LockClaim, Mark, Results, SubjectResults, SubjectRow, Term, YearOf,
    };

    fn mark(tenths: u16) -> Option<Mark> {
        Mark::try_from(tenths).ok()
    }

    fn term(gk: u16) -> Term<Mark> {
        Term { tx: vec![mark(80).expect("a mark")], gk: mark(gk), ck: mark(70), result: mark(75) }
    }

    fn pupil(id: &str) -> Pupil {
        let results = Results { hk1: term(65), ..Results::default() };
        let row = SubjectRow {
            results: SubjectResults::Marks(results),
            remark: String::new(),
            parts: BTreeMap::new(),
        };
        Pupil {
            id: id.parse().expect("an id"),
            name: "Trần Văn Ý".into(),
            born: "2014-01-02".parse().expect("a date"),
            gender: Gender::Nam,
            birthplace: "Huế".into(),
            personal: None,
            subjects: BTreeMap::from([("TOAN".parse().expect("an id"), row)]),
            study: YearOf::EMPTY,
            conduct: YearOf { hk1: Some(Conduct::Tot), ..YearOf::EMPTY },
            averages: YearOf::EMPTY,
            absence: Absence { excused: 0, unexcused: 0 },
            attendance: Vec::new(),
            outcome: None,
            honour: None,
            awards: String::new(),
            certificates: String::new(),
            summer: String::new(),
            remark: String::new(),
        }
    }

    fn book(period: Period) -> Gradebook {
        Gradebook {
            format: FORMAT.into(),
            school: "HOAPHUONG".parse().expect("a code"),
            year: "2025-2026".parse().expect("a year"),
            period,
            class: "6A1".parse().expect("a class"),
            exported: "2026-01-10T08:00:00+07:00".parse().expect("a moment"),
            lock: LockClaim { locked: false, at: None },
            subjects: Vec::new(),
            pupils: vec![pupil("HS0001"), pupil("HS0002")],
            head_remarks: Vec::new(),
            parts: Vec::new(),
        }
    }

    fn marks(book: &mut Gradebook, index: usize) -> &mut Results<Mark> {
        let row = book.pupils[index].subjects.values_mut().next().expect("one subject");
        match &mut row.results {
            SubjectResults::Marks(marks) => marks,
            _ => panic!("assessed by marks"),
        }
    }

    #[test]
    fn a_full_year_adds_to_the_first_term_and_changes_nothing_of_it() {
        let mut year = book(Period::FullYear);
        for index in 0..2 {
            let marks = marks(&mut year, index);
            (marks.hk2, marks.year) = (Some(term(90)), mark(80));
            year.pupils[index].conduct.year = Some(Conduct::Kha);
            year.pupils[index].birthplace = "Thừa Thiên".into();
        }
        year.pupils.remove(1);
        assert_eq!(changes(&book(Period::FirstTerm), &year, None), []);
    }

    #[test]
    fn a_changed_mark_of_the_locked_term_is_named_with_its_place_and_both_values() {
        let mut year = book(Period::FullYear);
        marks(&mut year, 1).hk1.gk = mark(100);
        year.pupils[0].conduct.hk1 = None;
        let found = changes(&book(Period::FirstTerm), &year, None);
        let change = |path: &str, locked: &str, found: &str| Change {
            path: path.into(),
            locked: locked.into(),
            found: found.into(),
        };
        assert_eq!(
            found,
            [
                change("$.pupils[HS0001].conduct.hk1", "tot", ""),
                change("$.pupils[HS0002].subjects.TOAN.results.marks.hk1.gk", "6,5", "10,0"),
            ]
        );
        let only = "HS0001".parse().expect("an id");
        assert_eq!(changes(&book(Period::FirstTerm), &year, Some(&only)).len(), 1);
    }

    #[test]
    fn a_change_knows_whose_value_it_is_and_of_which_subject() {
        let change = |path: &str| Change { path: path.into(), locked: String::new(), found: String::new() };
        let mark = change("$.pupils[HS0002].subjects.TOAN.results.marks.hk1.tx[0]");
        assert_eq!(mark.pupil().expect("a pupil").to_string(), "HS0002");
        assert_eq!(mark.subject().expect("a subject").to_string(), "TOAN");
        let day = change("$.pupils[HS0002].attendance[3]");
        assert_eq!((day.part(), day.subject()), (Some("attendance"), None));
        assert_eq!(change("$.pupils[HS0002]").part(), None);
        assert_eq!(change("$.head_remarks[0].text").pupil(), None);
    }

    #[test]
    fn within_one_period_everything_counts_and_a_snapshot_never() {
        let mut again = book(Period::FirstTerm);
        again.pupils[0].birthplace = "Vinh".into();
        again.pupils.remove(1);
        let paths: Vec<String> =
            changes(&book(Period::FirstTerm), &again, None).into_iter().map(|change| change.path).collect();
        assert_eq!(paths, ["$.pupils[HS0001].birthplace", "$.pupils[HS0002]"]);
        let came = changes(&again, &book(Period::FirstTerm), None);
        assert_eq!(
            came[1],
            Change { path: "$.pupils[HS0002]".into(), locked: String::new(), found: "Trần Văn Ý".into() }
        );
        let mut snapshot = book(Period::Snapshot(1));
        marks(&mut snapshot, 0).hk1.gk = mark(0);
        assert_eq!(changes(&book(Period::FirstTerm), &snapshot, None), []);
    }
}
