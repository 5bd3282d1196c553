//! Makes statements of the rows of a table.

use std::collections::{BTreeMap, HashMap};

use school::gradebook::LockClaim;
use school::identifier::{ClassName, SchoolYear};
use school::limits;
use school::moment::Moment;
use school::records::reader_frame::ExportProblem;

use crate::export::grid::{CellValue, Grid, Sheet};
use crate::export::part::{self, CellPlace, Part, PartPupil, PartSubject};
use crate::export::sheet_problem::SheetCode;

use super::cell::CellOf;
use super::facts::{self, Facts};
use super::form::{Layout, Rows, SheetRule};
use super::pattern::Fact;
use super::shipped::Layouts;
use super::subjects::Subjects;
use super::table::{Found, Table};
use super::value;

/// Reads tables of one file into parts, one for each class.
pub(super) struct Reading<'a> {
    pub(super) layouts: &'a Layouts,
    layout: &'a Layout,
    pub(super) grid: &'a Grid,
    file: &'a str,
    is_final: bool,
    parts: BTreeMap<(SchoolYear, ClassName), Part>,
    /// Pupils of each part by what names them.
    known: HashMap<(ClassName, String), u16>,
    /// Subjects that the file itself lists.
    pub(super) listed: Vec<PartSubject>,
    problems: Vec<ExportProblem>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(layouts: &'a Layouts, layout: &'a Layout, grid: &'a Grid, file: &'a str) -> Self {
        let warns = |text: &String| layout.not_final.iter().any(|warning| warning.matches(text));
        let is_final =
            !grid.sheets.iter().flat_map(|sheet| sheet.cells.values()).any(|cell| warns(&cell.value.shown()));
        Self {
            layouts,
            layout,
            grid,
            file,
            is_final,
            parts: BTreeMap::new(),
            known: HashMap::new(),
            listed: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The parts, or everything that is wrong.
    pub(super) fn into_parts(self) -> Result<Vec<Part>, Vec<ExportProblem>> {
        if self.problems.is_empty() { Ok(self.parts.into_values().collect()) } else { Err(self.problems) }
    }

    pub(super) fn problem(&mut self, code: SheetCode, place: String, found: impl Into<String>) {
        if self.problems.len() < limits::EXPORT_PROBLEMS {
            let found: String = found.into().chars().take(SHOWN_CHARACTERS).collect();
            self.problems.push(ExportProblem { code: code.as_str().into(), path: place, found });
        }
    }

    pub(super) fn table(&mut self, index: usize, rule: &'a SheetRule, table: &Table, facts: &Facts) {
        let sheet = &self.grid.sheets[index];
        for (column, header) in &table.unknown {
            self.problem(SheetCode::UnknownColumn, sheet.place(table.top, *column), header.as_str());
        }
        for column in &table.twice {
            self.problem(
                SheetCode::DuplicateColumn,
                sheet.place(table.top, *column),
                sheet.text(table.top, *column),
            );
        }
        for found in &table.columns {
            if !rule.columns[found.rule].cached {
                self.formulas(sheet, table, found.column);
            }
        }
        match rule.rows {
            Rows::Pupils => self.pupils(index, rule, table, facts),
            Rows::Subjects => self.subjects(index, rule, table),
            Rows::Months => self.months(index, rule, table, facts),
            Rows::Nothing => {}
        }
    }

    fn formulas(&mut self, sheet: &Sheet, table: &Table, column: u32) {
        for row in &table.rows {
            if sheet.cells.get(&(*row, column)).is_some_and(|cell| cell.formula) {
                self.problem(SheetCode::Formula, sheet.place(*row, column), sheet.text(*row, column));
            }
        }
    }

    fn subjects(&mut self, index: usize, rule: &SheetRule, table: &Table) {
        let sheet = &self.grid.sheets[index];
        for row in &table.rows {
            let text = |field: &str| {
                let found = table.columns.iter().find(|found| rule.columns[found.rule].field == field);
                found
                    .map(|found| (found.column, sheet.text(*row, found.column).trim().to_owned()))
                    .filter(|(_, text)| !text.is_empty())
            };
            let Some((column, name)) = text("subject.name") else { continue };
            let known = self.layouts.subjects.named(&name);
            let id = match text("subject.id") {
                Some((_, id)) => id.parse().ok(),
                None => known.map(|known| known.id.clone()).or_else(|| Subjects::code_of(&name)),
            };
            let Some(id) = id else {
                self.problem(SheetCode::NotACode, sheet.place(*row, column), name);
                continue;
            };
            let assessment = match text("subject.assessment") {
                Some((column, word)) => match value::word("subject.assessment", &word) {
                    Some("marks") => Some(school::gradebook::Assessment::Marks),
                    Some(_) => Some(school::gradebook::Assessment::Levels),
                    None => {
                        self.problem(SheetCode::NotAWord, sheet.place(*row, column), word);
                        None
                    }
                },
                None => known.map(|known| known.assessment),
            };
            let parts = text("subject.parts").map_or_else(Vec::new, |(_, parts)| {
                parts.split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
            });
            let periods = text("subject.periods").and_then(|(_, periods)| periods.parse().ok());
            self.listed.push(PartSubject { id, name, assessment, periods, parts });
        }
    }

    fn months(&mut self, index: usize, rule: &SheetRule, table: &Table, facts: &Facts) {
        let sheet = &self.grid.sheets[index];
        let Some((year, class)) = self.class_of(sheet, table.top, facts, None) else { return };
        let column = |field: &str| table.columns.iter().find(|found| rule.columns[found.rule].field == field);
        for row in &table.rows {
            let at = |found: Option<&Found>| {
                found.map(|found| sheet.text(*row, found.column).trim().to_owned()).unwrap_or_default()
            };
            let (month, text) = (at(column("month")), at(column("month-text")));
            if !month.is_empty() && !text.is_empty() {
                let month = month_of(&month, year).unwrap_or(month);
                self.part(year, &class, facts).head_remarks.push((month, text));
            }
        }
    }

    fn pupils(&mut self, index: usize, rule: &'a SheetRule, table: &Table, facts: &Facts) {
        let sheet = &self.grid.sheets[index];
        let mut seen: HashMap<String, u32> = HashMap::new();
        for row in &table.rows {
            let Some(pupil) = self.identity(index, rule, table, *row) else { continue };
            let class_column = table.columns.iter().find(|found| rule.columns[found.rule].field == "class");
            let own_class = class_column
                .and_then(|found| sheet.value(*row, found.column).map(|value| (found.column, value.shown())));
            let Some((year, class)) = self.class_of(sheet, *row, facts, own_class) else {
                // The same fact is missing for every row.
                return;
            };
            let subject_column =
                table.columns.iter().find(|found| rule.columns[found.rule].field == "subject");
            let own_subject = subject_column
                .map(|found| sheet.text(*row, found.column))
                .filter(|text| !text.trim().is_empty());
            let history = rule.columns.iter().any(|column| column.field.starts_with("history."));
            let key = format!("{}|{}", identity_key(&pupil), own_subject.clone().unwrap_or_default());
            if let Some(first) =
                seen.insert(key, *row).filter(|_| !history && !identity_key(&pupil).ends_with("||"))
            {
                let earlier = sheet.place(first, pupil.at.2);
                self.problem(SheetCode::DuplicatePupil, sheet.place(*row, pupil.at.2), earlier);
                continue;
            }
            let number = self.pupil(year, &class, facts, pupil);
            // Also a subject whose marks are all still to come is in the file.
            let marked =
                rule.columns.iter().any(|column| matches!(column.field.as_str(), "tx" | "gk" | "ck"));
            if let Some((name, _)) = facts.get(&Fact::Subject).filter(|_| marked) {
                self.subject(year, &class, facts, name);
            }
            for found in &table.columns {
                let column = &rule.columns[found.rule];
                if let Some(value) = sheet.value(*row, found.column) {
                    let cell = CellOf { index, row: *row, found, column, value, rule };
                    self.cell(year, &class, number, &cell, facts, own_subject.as_deref());
                }
            }
        }
    }

    /// Who a row is about.
    fn identity(&mut self, index: usize, rule: &SheetRule, table: &Table, row: u32) -> Option<PartPupil> {
        let sheet = &self.grid.sheets[index];
        let mut pupil = PartPupil {
            moet_id: None,
            pupil_id: None,
            name: String::new(),
            born: None,
            number: None,
            at: CellPlace(index as u16, row, table.columns.first().map_or(0, |found| found.column)),
        };
        let (mut family, mut given) = (String::new(), String::new());
        for found in &table.columns {
            let column = &rule.columns[found.rule];
            let Some(value) = sheet.value(row, found.column) else { continue };
            let place = || sheet.place(row, found.column);
            match column.field.as_str() {
                "moet-id" | "pupil-id" => {
                    let code = value::code(value, column.digits)
                        .filter(|code| code.parse::<school::identifier::PupilId>().is_ok());
                    match code {
                        None => self.problem(SheetCode::NotACode, place(), value.shown()),
                        Some(code) if column.field == "moet-id" => pupil.moet_id = Some(code),
                        Some(code) => pupil.pupil_id = Some(code),
                    }
                }
                "name" => {
                    pupil.name = spaced(&value.shown());
                    pupil.at.2 = found.column;
                }
                "family-name" => family = spaced(&value.shown()),
                "given-name" => {
                    given = spaced(&value.shown());
                    pupil.at.2 = found.column;
                }
                "born" => match value::date(value) {
                    Some(date) => pupil.born = Some(date),
                    None => self.problem(SheetCode::NotADate, place(), value.shown()),
                },
                "number" => pupil.number = value::count(value),
                _ => {}
            }
        }
        if pupil.name.is_empty() {
            pupil.name = spaced(&format!("{family} {given}"));
        }
        if pupil.name.is_empty() && pupil.moet_id.is_none() && pupil.pupil_id.is_none() {
            let first =
                sheet.row(row).next().map(|(column, cell)| (column, cell.value.shown())).unwrap_or_default();
            self.problem(SheetCode::RowWithoutName, sheet.place(row, first.0), first.1);
            return None;
        }
        if let Some(control) = pupil.name.chars().find(|c| c.is_control()) {
            let code = format!("U+{:04X}", u32::from(control));
            let problem = ExportProblem {
                code: crate::export::ProblemCode::ControlCharacter.as_str().into(),
                path: sheet.place(row, pupil.at.2),
                found: code,
            };
            self.problems.push(problem);
            return None;
        }
        Some(pupil)
    }

    /// Year and class that a row is about; what is missing is a problem.
    fn class_of(
        &mut self,
        sheet: &Sheet,
        row: u32,
        facts: &Facts,
        own: Option<(u32, String)>,
    ) -> Option<(SchoolYear, ClassName)> {
        let year = facts.get(&Fact::Year).and_then(|(text, _)| facts::year(text));
        let around = facts.get(&Fact::Class).and_then(|(text, _)| facts::class(text));
        let class = match own {
            Some((column, text)) => match facts::class(&text) {
                Some(own) => {
                    if around.as_ref().is_some_and(|around| *around != own) {
                        self.problem(SheetCode::FactContradicts, sheet.place(row, column), text);
                        return None;
                    }
                    Some(own)
                }
                None => {
                    self.problem(SheetCode::NotACode, sheet.place(row, column), text);
                    return None;
                }
            },
            None => around,
        };
        match (year, class) {
            (Some(year), Some(class)) => Some((year, class)),
            (year, class) => {
                let missing = [year.is_none().then_some("{year}"), class.is_none().then_some("{class}")];
                let missing: Vec<&str> = missing.into_iter().flatten().collect();
                self.problem(SheetCode::FactMissing, sheet.place(row, 0), missing.join(" "));
                None
            }
        }
    }

    pub(super) fn part(&mut self, year: SchoolYear, class: &ClassName, facts: &Facts) -> &mut Part {
        let (layout, file, is_final) = (self.layout, self.file, self.is_final);
        let listed = &self.listed;
        let sheets = &self.grid.sheets;
        self.parts.entry((year, class.clone())).or_insert_with(|| {
            let text = |fact: Fact| facts.get(&fact).map(|(text, _)| text.trim());
            let at = text(Fact::LockedAt).and_then(moment);
            let locked = text(Fact::Locked).and_then(|text| value::flag(&CellValue::Text(text.into())).ok());
            Part {
                format: part::FORMAT.into(),
                layout: layout.id.clone(),
                file: file.to_owned(),
                witness: layout.witness,
                is_final,
                whole: layout.whole,
                year,
                class: class.clone(),
                school: text(Fact::School).and_then(|text| text.parse().ok()),
                period: text(Fact::Period).and_then(facts::period),
                exported: text(Fact::Exported).and_then(moment),
                lock: locked.map(|locked| LockClaim { locked, at }),
                sheets: sheets.iter().map(|sheet| sheet.name.clone()).collect(),
                subjects: listed.clone(),
                pupils: Vec::new(),
                statements: Vec::new(),
                head_remarks: Vec::new(),
            }
        })
    }

    fn pupil(&mut self, year: SchoolYear, class: &ClassName, facts: &Facts, pupil: PartPupil) -> u16 {
        let key = (class.clone(), format!("{}|{:?}", identity_key(&pupil), pupil.number));
        if let Some(number) = self.known.get(&key) {
            return *number;
        }
        let pupils = &mut self.part(year, class, facts).pupils;
        pupils.push(pupil);
        let number = (pupils.len() - 1) as u16;
        self.known.insert(key, number);
        number
    }
}

/// Characters of an offending value that are shown.
const SHOWN_CHARACTERS: usize = 60;

fn identity_key(pupil: &PartPupil) -> String {
    let code = pupil.moet_id.as_deref().unwrap_or_default();
    let own = pupil.pupil_id.as_deref().unwrap_or_default();
    if code.is_empty() && own.is_empty() {
        let born = pupil.born.map(|born| born.to_string()).unwrap_or_default();
        // Without code and date of birth two pupils may share a name; who is meant is told later.
        return if born.is_empty() { format!("{}||", pupil.name) } else { format!("{}|{born}", pupil.name) };
    }
    format!("{code}|{own}")
}

/// Words with one space between; line breaks inside of a cell are spaces.
pub(super) fn spaced(text: &str) -> String {
    text.split([' ', '\n', '\r', '\t', '\u{A0}'])
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn moment(text: &str) -> Option<Moment> {
    text.parse().ok()
}

/// `9`, `Tháng 9`, `09/2025` or `2025-09` as `2025-09`; a month without a year belongs to the school year.
pub(super) fn month_of(text: &str, year: SchoolYear) -> Option<String> {
    let numbers: Vec<u32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let (calendar, month) = match numbers.as_slice() {
        [month] => (None, *month),
        [first, second] if *first > 12 => (Some(*first), *second),
        [first, second] => (Some(*second), *first),
        _ => return None,
    };
    let begins = u32::from(year.begins());
    let calendar = calendar.unwrap_or(if month >= 8 { begins } else { begins + 1 });
    (1..=12).contains(&month).then(|| format!("{calendar}-{month:02}"))
}
