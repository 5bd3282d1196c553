//! The workbook template: sheets, headers and labels are those of the layout that reads it, so that the two
//! cannot drift apart. Empty for a school to fill, or filled from a gradebook.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook, Worksheet, XlsxError};
use school::gradebook::{
    AbsenceKind, Assessment, Gradebook, Guardian, Mark, Personal, Pupil, Results, Subject, SubjectResults,
    SubjectRow, Term, YearOf,
};
use school::limits;
use serde::Serialize;

use crate::export::part::When;

use super::form::{Column, Layout, Rows, SheetRule};
use super::pattern::Fact;
use super::value;

const LAYOUT: &str = include_str!("../../../../config/layouts/niemphong-workbook.toml");
/// The month that an empty template shows, to be copied and renamed.
const SAMPLE_MONTH: &str = "2025-09";

/// The template could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFault {
    /// The workbook.
    #[error("the workbook cannot be written")]
    Workbook(#[from] XlsxError),
    /// The layout of the template.
    #[error(transparent)]
    Layout(#[from] super::LayoutFault),
}

/// The bytes of the template. `guidance` stands on its first sheet, line by line.
///
/// Errors: when the workbook cannot be made.
pub fn template(filled: Option<&Gradebook>, guidance: &[&str]) -> Result<Vec<u8>, TemplateFault> {
    let layout = Layout::parse(LAYOUT)?;
    let mut book = Workbook::new();
    for rule in &layout.sheets {
        if rule.rows == Rows::Nothing {
            for name in &rule.names {
                let sheet = book.add_worksheet();
                sheet.set_name(name.text())?;
                match facts(&layout, name.text()) {
                    facts if facts.is_empty() => cover(sheet, guidance)?,
                    facts => labels(sheet, &facts, filled)?,
                }
            }
        } else if rule.columns.iter().any(|column| column.field == "day") {
            let months = months(filled);
            for month in months {
                let sheet = book.add_worksheet();
                sheet.set_name(rule.names[0].text().replace('*', &month))?;
                table(sheet, rule, &attendance_rows(rule, filled, &month))?;
            }
        } else {
            let sheet = book.add_worksheet();
            sheet.set_name(rule.names[0].text())?;
            table(sheet, rule, &rows(rule, filled))?;
        }
    }
    Ok(book.save_to_buffer()?)
}

fn cover(sheet: &mut Worksheet, guidance: &[&str]) -> Result<(), XlsxError> {
    let wrapped = Format::new().set_text_wrap();
    sheet.set_column_width(0, 110)?;
    for (row, line) in (0..).zip(guidance) {
        let format = if row == 0 { Format::new().set_bold() } else { wrapped.clone() };
        sheet.write_string_with_format(row, 0, *line, &format)?;
    }
    Ok(())
}

/// Labels of the key sheets: what is about the lock stands on the last of them, all else on the first.
fn facts(layout: &Layout, sheet: &str) -> Vec<(String, Fact)> {
    let Some(anchor) =
        layout.anchors.iter().find(|anchor| anchor.sheets.iter().any(|name| name.text() == sheet))
    else {
        return Vec::new();
    };
    let lock = anchor.sheets.last().is_some_and(|last| last.text() == sheet);
    let label = |text: &str| {
        let (label, fact) = text.split_once('{')?;
        let fact = Fact::named(fact.trim_end_matches('}'))?;
        let about_lock = matches!(fact, Fact::Locked | Fact::LockedAt);
        (about_lock == lock).then(|| (label.trim().trim_end_matches(':').to_owned(), fact))
    };
    anchor.patterns.iter().filter_map(|pattern| label(pattern.text())).collect()
}

fn labels(
    sheet: &mut Worksheet,
    facts: &[(String, Fact)],
    filled: Option<&Gradebook>,
) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 24)?.set_column_width(1, 32)?;
    for (row, (label, fact)) in (0..).zip(facts) {
        sheet.write_string_with_format(row, 0, label, &Format::new().set_bold())?;
        if *fact == Fact::Locked {
            let choices = DataValidation::new().allow_list_strings(&["Có", "Không"])?;
            sheet.add_data_validation(row, 1, row, 1, &choices)?;
        }
        let text = filled.map(|book| match fact {
            Fact::School => book.school.to_string(),
            Fact::Year => book.year.to_string(),
            Fact::Class => book.class.to_string(),
            Fact::Period => book.period.to_string(),
            Fact::Exported => book.exported.to_string(),
            Fact::Locked => (if book.lock.locked { "Có" } else { "Không" }).to_owned(),
            Fact::LockedAt => book.lock.at.map(|at| at.to_string()).unwrap_or_default(),
            _ => String::new(),
        });
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            sheet.write_string(row, 1, text)?;
        }
    }
    Ok(())
}

/// A cell of the template.
enum Cell {
    Empty,
    Text(String),
    Number(f64),
}

impl Cell {
    fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// Headers of a column: `HKI TX{n}` stands for five columns, a bare `{n}` for the days of a month.
fn headers(column: &Column) -> Vec<String> {
    let count = match column.field.as_str() {
        "day" => 31,
        "tx" => limits::TX_PER_TERM,
        _ => return vec![column.label.clone()],
    };
    (1..=count).map(|n| column.label.replace("{n}", &n.to_string())).collect()
}

fn table(sheet: &mut Worksheet, rule: &SheetRule, rows: &[Vec<Vec<Cell>>]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    let mut at: u16 = 0;
    for (index, column) in rule.columns.iter().enumerate() {
        for (ordinal, header) in headers(column).iter().enumerate() {
            match header.parse::<f64>() {
                Ok(number) => sheet.write_number_with_format(0, at, number, &bold)?,
                Err(_) => sheet.write_string_with_format(0, at, header, &bold)?,
            };
            if let Some(validation) = validation(column, at)? {
                sheet.add_data_validation(1, at, ROWS, at, &validation)?;
            }
            for (row, cells) in (1..).zip(rows) {
                match cells.get(index).and_then(|cells| cells.get(ordinal)) {
                    Some(Cell::Text(text)) => sheet.write_string(row, at, text)?,
                    Some(Cell::Number(number)) => sheet.write_number(row, at, *number)?,
                    Some(Cell::Empty) | None => continue,
                };
            }
            at += 1;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Rows that the validation covers: 100 pupils with 40 subjects.
const ROWS: u32 = (limits::PUPILS_PER_CLASS * limits::SUBJECTS_PER_CLASS) as u32;

fn validation(column: &Column, at: u16) -> Result<Option<DataValidation>, XlsxError> {
    let list = |words: &[&str]| DataValidation::new().allow_list_strings(words).map(Some);
    if let Some((_, words)) = value::WORDS.iter().find(|(field, _)| *field == column.field) {
        let words: Vec<&str> = words.iter().map(|(_, shown)| *shown).collect();
        return list(&words);
    }
    match column.field.as_str() {
        "exempt" => list(&["x"]),
        "day" => list(&["P", "K"]),
        "tx" | "gk" | "ck" | "result" | "average" => {
            let cell = crate::export::grid::address(1, u32::from(at));
            let rule = format!(
                "=OR(AND(ISNUMBER({cell}),{cell}>=0,{cell}<=10,ROUND({cell},1)={cell}),{cell}=\"Đ\",{cell}=\"CĐ\")"
            );
            Ok(Some(DataValidation::new().allow_custom(Formula::new(rule))))
        }
        _ => Ok(None),
    }
}

fn months(filled: Option<&Gradebook>) -> Vec<String> {
    let mut months: Vec<String> = filled
        .iter()
        .flat_map(|book| &book.pupils)
        .flat_map(|pupil| &pupil.attendance)
        .map(|month| month.month.to_string())
        .collect();
    months.sort();
    months.dedup();
    if months.is_empty() { vec![SAMPLE_MONTH.to_owned()] } else { months }
}

fn attendance_rows(rule: &SheetRule, filled: Option<&Gradebook>, month: &str) -> Vec<Vec<Vec<Cell>>> {
    let Some(book) = filled else { return Vec::new() };
    let row = |pupil: &Pupil| {
        let attendance = pupil.attendance.iter().find(|attendance| attendance.month.to_string() == month)?;
        let cells = rule.columns.iter().map(|column| match column.field.as_str() {
            "pupil-id" => vec![Cell::of(pupil.id.to_string())],
            _ => (1..=31_u8)
                .map(|day| {
                    let kind = attendance
                        .days
                        .iter()
                        .find(|(known, _)| u8::from(**known) == day)
                        .map(|(_, kind)| kind);
                    kind.map_or(Cell::Empty, |kind| {
                        Cell::of(if *kind == AbsenceKind::Excused { "P" } else { "K" })
                    })
                })
                .collect(),
        });
        Some(cells.collect())
    };
    book.pupils.iter().filter_map(row).collect()
}

fn rows(rule: &SheetRule, filled: Option<&Gradebook>) -> Vec<Vec<Vec<Cell>>> {
    let Some(book) = filled else { return Vec::new() };
    let has = |field: &str| rule.columns.iter().any(|column| column.field == field);
    let of = |cell: &dyn Fn(&Column) -> Vec<Cell>| rule.columns.iter().map(cell).collect::<Vec<_>>();
    if rule.rows == Rows::Subjects {
        return book
            .subjects
            .iter()
            .map(|subject| of(&|column| vec![of_subject(subject, &column.field)]))
            .collect();
    }
    if rule.rows == Rows::Months {
        let month = |column: &Column, remark: &school::gradebook::HeadRemark| {
            vec![Cell::of(if column.field == "month" {
                remark.month.to_string()
            } else {
                remark.text.clone()
            })]
        };
        return book.head_remarks.iter().map(|remark| of(&|column| month(column, remark))).collect();
    }
    let numbered = (1_u16..).zip(&book.pupils);
    if has("subject") {
        let pairs =
            book.pupils.iter().flat_map(|pupil| book.subjects.iter().map(move |subject| (pupil, subject)));
        return pairs
            .filter_map(|(pupil, subject)| Some((pupil, subject, pupil.subjects.get(&subject.id)?)))
            .flat_map(|(pupil, subject, row)| {
                // A phân môn has a row of its own, under its name.
                let part = |(name, results): (&String, &SubjectResults)| {
                    let results = results.clone();
                    (name.clone(), SubjectRow { results, remark: String::new(), parts: BTreeMap::new() })
                };
                let parts = row.parts.iter().map(part);
                std::iter::once((subject.id.to_string(), row.clone()))
                    .chain(parts)
                    .map(|(name, row)| {
                        of(&|column| match column.field.as_str() {
                            "pupil-id" => vec![Cell::of(pupil.id.to_string())],
                            "subject" => vec![Cell::of(name.as_str())],
                            _ => of_row(&row, column),
                        })
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    if has("history.year") {
        let years = |pupil: &Pupil| {
            pupil.personal.as_ref().map(|personal| personal.history.clone()).unwrap_or_default()
        };
        return book
            .pupils
            .iter()
            .flat_map(|pupil| years(pupil).into_iter().map(move |year| (pupil, year)))
            .map(|(pupil, year)| {
                of(&|column| {
                    vec![Cell::of(match column.field.as_str() {
                        "history.year" => year.year.to_string(),
                        "history.class" => year.class.clone(),
                        "history.school" => year.school.clone(),
                        "history.province" => year.province.clone(),
                        _ => pupil.id.to_string(),
                    })]
                })
            })
            .collect();
    }
    numbered.map(|(number, pupil)| of(&|column| vec![of_pupil(number, pupil, column)])).collect()
}

fn of_subject(subject: &Subject, field: &str) -> Cell {
    match field {
        "subject.id" => Cell::of(subject.id.to_string()),
        "subject.name" => Cell::of(subject.name.as_str()),
        "subject.assessment" => Cell::of(shown(
            "subject.assessment",
            if subject.assessment == Assessment::Marks { "marks" } else { "levels" },
        )),
        "subject.periods" => subject.periods.map_or(Cell::Empty, |periods| Cell::Number(f64::from(periods))),
        _ => Cell::of(subject.parts.join("; ")),
    }
}

fn of_row(row: &SubjectRow, column: &Column) -> Vec<Cell> {
    match (column.field.as_str(), &row.results) {
        ("subject-remark", _) => vec![Cell::of(row.remark.as_str())],
        ("exempt", SubjectResults::Exempt) => vec![Cell::of("x")],
        ("exempt", _) | (_, SubjectResults::Exempt) => vec![Cell::Empty],
        (_, SubjectResults::Marks(results)) => of_results(results, column, |mark| tenths(*mark)),
        (_, SubjectResults::Levels(results)) => {
            of_results(results, column, |level| Cell::of(level.to_string()))
        }
    }
}

fn tenths(mark: Mark) -> Cell {
    Cell::Number(f64::from(mark.tenths()) / 10.0)
}

fn of_results<T>(results: &Results<T>, column: &Column, cell: impl Fn(&T) -> Cell) -> Vec<Cell> {
    let one = |value: Option<&T>| vec![value.map_or(Cell::Empty, &cell)];
    let term: Option<&Term<T>> = match column.when {
        Some(When::Hk1) => Some(&results.hk1),
        Some(When::Hk2) => results.hk2.as_ref(),
        Some(When::Year) => return one(results.year.as_ref()),
        Some(When::Retest) => return one(results.retest.as_ref()),
        None => None,
    };
    let Some(term) = term else { return Vec::new() };
    match column.field.as_str() {
        "tx" => term.tx.iter().map(cell).collect(),
        "gk" => one(term.gk.as_ref()),
        "ck" => one(term.ck.as_ref()),
        _ => one(term.result.as_ref()),
    }
}

fn of_pupil(number: u16, pupil: &Pupil, column: &Column) -> Cell {
    let personal = pupil.personal.clone().unwrap_or_default();
    match column.field.as_str() {
        "number" => Cell::Number(f64::from(number)),
        "pupil-id" => Cell::of(pupil.id.to_string()),
        "name" => Cell::of(pupil.name.as_str()),
        "born" => Cell::of(pupil.born.vietnamese()),
        "gender" => word("gender", Some(&pupil.gender)),
        "birthplace" => Cell::of(pupil.birthplace.as_str()),
        "absence.excused" => Cell::Number(f64::from(pupil.absence.excused)),
        "absence.unexcused" => Cell::Number(f64::from(pupil.absence.unexcused)),
        "outcome" => word("outcome", pupil.outcome.as_ref()),
        "honour" => word("honour", pupil.honour.as_ref()),
        "remark" => Cell::of(pupil.remark.as_str()),
        "awards" => Cell::of(pupil.awards.as_str()),
        "certificates" => Cell::of(pupil.certificates.as_str()),
        "summer" => Cell::of(pupil.summer.as_str()),
        "study" => word("study", at(&pupil.study, column.when)),
        "conduct" => word("conduct", at(&pupil.conduct, column.when)),
        "average" => at(&pupil.averages, column.when).map_or(Cell::Empty, |mark| tenths(*mark)),
        field => of_personal(&personal, field),
    }
}

fn at<T>(values: &YearOf<T>, when: Option<When>) -> Option<&T> {
    match when? {
        When::Hk1 => values.hk1.as_ref(),
        When::Hk2 => values.hk2.as_ref(),
        When::Year => values.year.as_ref(),
        When::Retest => values.retest.as_ref(),
    }
}

fn of_personal(personal: &Personal, field: &str) -> Cell {
    let of = |guardian: &Guardian, key: &str| {
        Cell::of(match key {
            "name" => guardian.name.as_str(),
            "occupation" => &guardian.occupation,
            "phone" => &guardian.phone,
            _ => &guardian.email,
        })
    };
    match field.split_once('.') {
        Some(("father", key)) => return of(&personal.father, key),
        Some(("mother", key)) => return of(&personal.mother, key),
        Some(("guardian", key)) => return of(&personal.guardian, key),
        _ => {}
    }
    match field {
        "ethnicity" => Cell::of(personal.ethnicity.as_str()),
        "nationality" => Cell::of(personal.nationality.as_str()),
        "address" => Cell::of(personal.address.as_str()),
        "priority" => Cell::of(personal.priority.as_str()),
        "register-number" => Cell::of(personal.register_number.as_str()),
        "national-id" => Cell::of(personal.national_id.as_str()),
        "notes" => Cell::of(personal.notes.as_str()),
        "from-school" => Cell::of(personal.from_school.as_str()),
        "entered" => personal.entered.map_or(Cell::Empty, |date| Cell::of(date.vietnamese())),
        _ => Cell::Empty,
    }
}

/// A word of the regulation as people write it; its code is its stored form.
fn word<T: Serialize>(field: &str, of: Option<&T>) -> Cell {
    let code =
        of.and_then(|of| serde_json::to_value(of).ok()).and_then(|json| json.as_str().map(str::to_owned));
    code.map_or(Cell::Empty, |code| Cell::of(shown(field, &code)))
}

fn shown(field: &str, code: &str) -> &'static str {
    let words = value::WORDS.iter().find(|(name, _)| *name == field).map_or(&[][..], |(_, words)| *words);
    words.iter().find(|(known, _)| *known == code).map_or("", |(_, shown)| shown)
}
