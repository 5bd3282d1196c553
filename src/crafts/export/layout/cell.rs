//! What one cell of a pupil's row says.

use school::dossier::Period;
use school::identifier::{ClassName, SchoolYear, SubjectId};
use school::limits;

use crate::export::grid::CellValue;
use crate::export::part::{CellPlace, PartSubject, Statement, Value, When};
use crate::export::sheet_problem::SheetCode;

use super::facts::{self, Facts};
use super::field::Sort;
use super::form::{Column, SheetRule};
use super::pattern::Fact;
use super::rows::{Reading, month_of, spaced};
use super::subjects::Subjects;
use super::table::Found;
use super::value;

/// A cell with all that is known about its place.
pub(super) struct CellOf<'a> {
    pub index: usize,
    pub row: u32,
    pub found: &'a Found,
    pub column: &'a Column,
    pub value: &'a CellValue,
    pub rule: &'a SheetRule,
}

impl Reading<'_> {
    pub(super) fn cell(
        &mut self,
        year: SchoolYear,
        class: &ClassName,
        pupil: u16,
        cell: &CellOf,
        facts: &Facts,
        own_subject: Option<&str>,
    ) {
        let (column, value) = (cell.column, cell.value);
        let at = CellPlace(cell.index as u16, cell.row, cell.found.column);
        let place = self.grid.sheets[cell.index].place(cell.row, cell.found.column);
        if let CellValue::Error(error) = value {
            self.problem(SheetCode::CellError, place, error.clone());
            return;
        }
        let mut index = cell.found.ordinal;
        let mut when = column
            .when
            .or(cell.rule.when)
            .or_else(|| facts.get(&Fact::Term).and_then(|(text, _)| value::term(text)))
            .or_else(|| after_summer(facts).then_some(When::Retest));
        let mut subject = None;
        let values: Vec<Value> = match column.sort {
            Sort::Identity | Sort::Fact | Sort::OfSubject | Sort::HeadRemark | Sort::Kept => return,
            Sort::Text | Sort::Remark | Sort::SubjectText => {
                let text = spaced(&value.shown());
                if text.is_empty() { Vec::new() } else { vec![Value::Text(text)] }
            }
            Sort::Date => match value::date(value) {
                Some(date) => vec![Value::Text(date.to_string())],
                None => return self.problem(SheetCode::NotADate, place, value.shown()),
            },
            Sort::Count => match value::count(value) {
                Some(count) => vec![Value::Count(count)],
                None => return self.problem(SheetCode::NotAWord, place, value.shown()),
            },
            Sort::Flag => match value::flag(value) {
                Ok(true) => vec![Value::Flag],
                Ok(false) => Vec::new(),
                Err(()) => return self.problem(SheetCode::NotAWord, place, value.shown()),
            },
            Sort::Gender | Sort::Word => {
                let field = if column.sort == Sort::Gender { "gender" } else { column.field.as_str() };
                match value::word(field, &value.shown()) {
                    Some(word) => vec![Value::Text(word.into())],
                    None => return self.problem(SheetCode::NotAWord, place, value.shown()),
                }
            }
            Sort::Day => match day(value, facts, &cell.found.facts, year) {
                Some((day, Some(word))) => {
                    index = day;
                    vec![Value::Text(word.into())]
                }
                Some((_, None)) => Vec::new(),
                None => return self.problem(SheetCode::NotAWord, place, value.shown()),
            },
            Sort::Result if column.split => match value::results(value) {
                Ok(values) => values,
                Err(()) => return self.problem(SheetCode::NotAMark, place, value.shown()),
            },
            Sort::Result => match value::result(value) {
                Ok(value) => value.into_iter().collect(),
                Err(()) => return self.problem(SheetCode::NotAMark, place, value.shown()),
            },
        };
        if values.is_empty() {
            return;
        }
        let of_subject = matches!(column.sort, Sort::Result | Sort::SubjectText) && column.field != "average"
            || column.field == "exempt";
        if of_subject {
            let here = cell
                .found
                .facts
                .iter()
                .find(|(fact, _)| *fact == Fact::Subject)
                .map(|(_, name)| name.as_str());
            let name = here
                .or(column.subject.as_deref())
                .or(own_subject)
                .or_else(|| facts.get(&Fact::Subject).map(|(text, _)| text.as_str()));
            let Some(name) = name else { return self.problem(SheetCode::FactMissing, place, "{subject}") };
            match self.subject(year, class, facts, name) {
                Some(id) => subject = Some(id),
                None => return self.problem(SheetCode::NotACode, place, name),
            }
        }
        let timed = of_subject || matches!(column.field.as_str(), "study" | "conduct" | "average");
        when = match (column.field.as_str(), when) {
            _ if !timed => None,
            ("exempt", _) | ("subject-remark", None) => None,
            // A remark of the first term and one of the year are two remarks; the later one is printed.
            ("subject-remark", Some(When::Hk1)) => Some(When::Hk1),
            ("subject-remark", Some(_)) => Some(When::Year),
            (_, None) => return self.problem(SheetCode::FactMissing, place, "{term}"),
            (_, when) => when,
        };
        if column.field == "tx" && index as usize + values.len() > limits::TX_PER_TERM {
            return self.problem(SheetCode::TooManyMarks, place, value.shown());
        }
        let history = column.field.starts_with("history.");
        if history {
            let same = |statement: &&Statement| statement.pupil == pupil && statement.field == column.field;
            index = self.part(year, class, facts).statements.iter().filter(same).count() as u32;
        }
        for (offset, value) in values.into_iter().enumerate() {
            let statement = Statement {
                pupil,
                field: column.field.clone(),
                subject: subject.clone(),
                when,
                index: index + offset as u32,
                value,
                at,
            };
            let statements = &mut self.part(year, class, facts).statements;
            if statements.len() < limits::STATEMENTS {
                statements.push(statement);
            }
        }
    }

    pub(super) fn subject(
        &mut self,
        year: SchoolYear,
        class: &ClassName,
        facts: &Facts,
        name: &str,
    ) -> Option<SubjectId> {
        let wanted = super::folded(name);
        let listed = self.listed.iter().find(|subject| {
            super::folded(&subject.name) == wanted || super::folded(subject.id.as_str()) == wanted
        });
        let subject = match (listed, self.layouts.subjects.named(name)) {
            (Some(listed), _) => listed.clone(),
            (None, Some(known)) => PartSubject {
                id: known.id.clone(),
                name: known.name.clone(),
                assessment: Some(known.assessment),
                periods: None,
                parts: Vec::new(),
            },
            (None, None) => PartSubject {
                id: Subjects::code_of(name)?,
                name: spaced(name),
                assessment: None,
                periods: None,
                parts: Vec::new(),
            },
        };
        let id = subject.id.clone();
        let subjects = &mut self.part(year, class, facts).subjects;
        if !subjects.iter().any(|known| known.id == id) {
            subjects.push(subject);
        }
        Some(id)
    }
}

/// Whether the file was declared to come after the summer: what it says of no other time is a new assessment.
fn after_summer(facts: &Facts) -> bool {
    let period = facts.get(&Fact::Period).and_then(|(text, _)| facts::period(text));
    period == Some(Period::AfterSummer)
}

/// A day's absence: the day as `20250917`, and `p` or `k`; a cell that marks presence says nothing.
fn day(
    value: &CellValue,
    facts: &Facts,
    of_header: &[(Fact, String)],
    year: SchoolYear,
) -> Option<(u32, Option<&'static str>)> {
    let month = facts.get(&Fact::Month).map(|(text, _)| text.clone())?;
    let calendar = facts.get(&Fact::CalendarYear).map(|(text, _)| format!(" {text}")).unwrap_or_default();
    let month = month_of(&format!("{month}{calendar}"), year)?;
    let number = of_header.iter().find(|(fact, _)| *fact == Fact::Number)?;
    let day: u32 = number.1.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month: u32 = month.replace('-', "").parse().ok()?;
    let word = match super::folded(&value.shown()).as_str() {
        "p" | "cp" => Some("p"),
        "k" | "kp" => Some("k"),
        "" | "x" | "c" => None,
        _ => return None,
    };
    Some((month * 100 + day, word))
}
