//! Chooses the layout of a file: the one whose required columns are all there and that knows most of what
//! stands in it.

use std::collections::BTreeSet;

use school::identifier::SchoolYear;
use school::limits;
use school::records::reader_frame::ExportProblem;
use school::report::{Report, ReportKind};

use crate::export::grid::Grid;
use crate::export::part::Part;
use crate::export::sheet_problem::SheetCode;

use super::declared;
use super::facts;
use super::form::{Layout, Rows, SheetRule};
use super::pattern::Fact;
use super::rows::Reading;
use super::shipped::Layouts;
use super::table::{self, Table};

/// What a grid was read into.
pub(in crate::export) enum Read {
    /// The parts of each class that it is about.
    Parts(Vec<Part>),
    /// A report without marks.
    Report(Report),
}

/// Reads a grid by the layout that fits it.
///
/// Shape: `file` is the name of the file, without a path; years, classes, subjects and terms may stand in it.
/// Errors: every problem with the cell where it stands; `sheet.no_layout` when no layout fits.
pub(in crate::export) fn read(
    layouts: &Layouts,
    grid: &Grid,
    file: &str,
) -> Result<Read, Vec<ExportProblem>> {
    let mut fitting: Vec<(usize, &Layout, Tables)> = layouts
        .iter()
        .filter_map(|layout| tables(layout, grid).map(|tables| (known(&tables), layout, tables)))
        .collect();
    fitting.sort_by_key(|(known, ..)| std::cmp::Reverse(*known));
    let Some((most, layout, tables)) = fitting.first() else { return Err(vec![no_layout(layouts, grid)]) };
    if let Some((_, other, _)) = fitting.get(1).filter(|(known, ..)| known == most) {
        let found = format!("{} / {}", layout.name, other.name);
        return Err(vec![problem(SheetCode::LayoutAmbiguous, found)]);
    }
    match layout.report {
        Some(kind) => report(kind, layout, tables, grid, file).map(Read::Report),
        None => parts(layouts, layout, tables, grid, file).map(Read::Parts),
    }
}

/// Tables with the sheet and the rule they belong to.
type Tables<'a> = Vec<(usize, &'a SheetRule, Table)>;

fn tables<'a>(layout: &'a Layout, grid: &Grid) -> Option<Tables<'a>> {
    let anchors = facts::of_any_cell(layout);
    let mut tables = Vec::new();
    for (index, sheet) in grid.sheets.iter().enumerate() {
        let rule = layout.sheets.iter().find(|rule| rule.names.iter().any(|name| name.matches(&sheet.name)));
        if let Some(rule) = rule.filter(|rule| rule.rows != Rows::Nothing) {
            tables.extend(table::tables(sheet, rule, &anchors).into_iter().map(|table| (index, rule, table)));
        }
    }
    let there = |rule: &SheetRule| {
        rule.rows == Rows::Nothing
            || rule.optional
            || tables.iter().any(|(_, found, _)| std::ptr::eq(*found, rule))
    };
    (!tables.is_empty() && layout.sheets.iter().all(there)).then_some(tables)
}

/// How much a layout knows: columns that it reads, less those with values that it does not know.
fn known(tables: &Tables) -> usize {
    let read: usize = tables.iter().map(|(_, _, table)| table.columns.len()).sum();
    let unread: usize = tables.iter().map(|(_, _, table)| table.unknown.len() + table.twice.len()).sum();
    (read * 2).saturating_sub(unread)
}

fn parts(
    layouts: &Layouts,
    layout: &Layout,
    tables: &Tables,
    grid: &Grid,
    file: &str,
) -> Result<Vec<Part>, Vec<ExportProblem>> {
    let mut reading = Reading::new(layouts, layout, grid, file);
    let of_file = facts::of_file(layout, grid, file);
    if let Some((declared, _)) = declared::period(file)
        && let Some((stated, at)) = of_file.get(&Fact::Period)
        && facts::period(stated) != Some(declared)
    {
        let place = at.map_or_else(String::new, |at| grid.sheets[usize::from(at.0)].place(at.1, at.2));
        reading.problem(SheetCode::FactContradicts, place, format!("{stated} / {declared}"));
    }
    let anchors = facts::of_any_cell(layout);
    // Subjects that the file lists are known before anything is read about them.
    let mut order: Vec<&(usize, &SheetRule, Table)> = tables.iter().collect();
    order.sort_by_key(|(_, rule, _)| rule.rows != Rows::Subjects);
    for (index, rule, table) in order {
        let sheet = &grid.sheets[*index];
        let mut here = of_file.clone();
        let near = facts::of_sheet_name(layout, &sheet.name);
        let nearest = facts::of_rows(&anchors, grid, *index, 0..table.top);
        for found in [near, nearest] {
            for (fact, (text, at)) in found {
                if let Some((before, _)) = here.get(&fact)
                    && !facts::agree(layouts, fact, before, &text)
                {
                    let place = at.map_or_else(|| sheet.name.clone(), |at| sheet.place(at.1, at.2));
                    reading.problem(SheetCode::FactContradicts, place, format!("{text} / {before}"));
                }
                here.insert(fact, (text, at));
            }
        }
        reading.table(*index, rule, table, &here);
    }
    reading.into_parts()
}

/// A report is kept whole, so only its year is asked for. A column that it should not have may hold marks, and
/// the file would be taken for what it is not.
fn report(
    kind: ReportKind,
    layout: &Layout,
    tables: &Tables,
    grid: &Grid,
    file: &str,
) -> Result<Report, Vec<ExportProblem>> {
    let anchors = facts::of_any_cell(layout);
    let mut stated = vec![facts::of_file(layout, grid, file)];
    let mut problems = Vec::new();
    for (index, _, table) in tables {
        stated.push(facts::of_rows(&anchors, grid, *index, 0..table.top));
        let sheet = &grid.sheets[*index];
        problems.extend(table.unknown.iter().map(|(column, header)| ExportProblem {
            path: sheet.place(table.top, *column),
            ..problem(SheetCode::UnknownColumn, header.clone())
        }));
    }
    let years: BTreeSet<SchoolYear> = stated
        .iter()
        .filter_map(|facts| facts.get(&Fact::Year))
        .filter_map(|(text, _)| facts::year(text))
        .collect();
    let shown =
        |years: &BTreeSet<SchoolYear>| years.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ");
    match years.len() {
        0 => problems.push(problem(SheetCode::FactMissing, "{year}".into())),
        1 => {}
        _ => problems.push(problem(SheetCode::FactContradicts, shown(&years))),
    }
    problems.truncate(limits::EXPORT_PROBLEMS);
    match years.first() {
        Some(year) if problems.is_empty() => Ok(Report { kind, year: *year }),
        _ => Err(problems),
    }
}

fn problem(code: SheetCode, found: String) -> ExportProblem {
    ExportProblem { code: code.as_str().into(), path: String::new(), found }
}

/// Names the layout that came nearest and the columns that it misses.
fn no_layout(layouts: &Layouts, grid: &Grid) -> ExportProblem {
    let mut best: Option<(usize, String)> = None;
    for layout in layouts.iter() {
        for rule in layout.sheets.iter().filter(|rule| rule.rows == Rows::Pupils) {
            for sheet in &grid.sheets {
                let (there, absent) = table::nearest(sheet, rule);
                if there > best.as_ref().map_or(0, |(there, _)| *there) {
                    best = Some((there, format!("{}: {}", layout.name, absent.join(", "))));
                }
            }
        }
    }
    problem(SheetCode::NoLayout, best.map(|(_, found)| found).unwrap_or_default())
}
