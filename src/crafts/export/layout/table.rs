//! Finds the tables of a sheet by their headers. A sheet may hold several below each other.

use std::collections::BTreeSet;

use crate::export::grid::Sheet;

use super::form::{Anchor, Column, SheetRule};
use super::pattern::Fact;

/// A table: its header, its rows, and which column is what.
#[derive(Debug)]
pub(super) struct Table {
    /// First row of the header.
    pub top: u32,
    /// Rows with values, in order; blank ones left out.
    pub rows: Vec<u32>,
    pub columns: Vec<Found>,
    /// Columns that hold values and that the layout does not know, with their headers.
    pub unknown: Vec<(u32, String)>,
    /// Columns that stand for what another column stands for already.
    pub twice: Vec<u32>,
}

/// A column that was found.
#[derive(Debug)]
pub(super) struct Found {
    pub column: u32,
    /// Which column of the rule.
    pub rule: usize,
    pub facts: Vec<(Fact, String)>,
    /// Which of several columns of the rule, from 0.
    pub ordinal: u32,
}

/// Every table of `sheet` that has the required columns of `rule`.
pub(super) fn tables(sheet: &Sheet, rule: &SheetRule, anchors: &[&Anchor]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut row = 0;
    while row < sheet.rows() {
        let Some(mut header) = header(sheet, rule, row) else {
            row += 1;
            continue;
        };
        // A title above a header of several rows looks like a first row of it: the lowest window that fits counts.
        for below in 1..rule.header_rows {
            if let Some(lower) = self::header(sheet, rule, row + below) {
                (header, row) = (lower, row + below);
                break;
            }
        }
        let first = row + rule.header_rows;
        let rows = rows(sheet, rule, anchors, first, &header.columns);
        row = rows.last().map_or(first, |last| last + 1);
        let holds = |column: u32| rows.iter().any(|row| sheet.value(*row, column).is_some());
        let unknown = header.unknown.into_iter().filter(|(column, _)| holds(*column)).collect();
        tables.push(Table {
            top: first - rule.header_rows,
            rows,
            columns: header.columns,
            unknown,
            twice: header.twice,
        });
    }
    tables
}

/// The required columns that are absent in the row that comes nearest to a header, and how many there are.
pub(super) fn nearest<'a>(sheet: &Sheet, rule: &'a SheetRule) -> (usize, Vec<&'a str>) {
    let mut best: (usize, Vec<&str>) = (0, required(rule).map(|column| column.label.as_str()).collect());
    for row in 0..sheet.rows().min(ROWS_OF_HEADERS) {
        let paths = paths(sheet, rule.header_rows, row);
        let (there, absent): (Vec<&Column>, Vec<&Column>) =
            required(rule).partition(|column| paths.iter().any(|(_, path)| fits(column, path).is_some()));
        if there.len() > best.0 {
            best = (there.len(), absent.into_iter().map(|column| column.label.as_str()).collect());
        }
    }
    best
}

/// Where a header is looked for when it is only to be named in a refusal.
const ROWS_OF_HEADERS: u32 = 40;

struct HeaderRow {
    columns: Vec<Found>,
    unknown: Vec<(u32, String)>,
    twice: Vec<u32>,
}

fn required(rule: &SheetRule) -> impl Iterator<Item = &Column> {
    rule.columns.iter().filter(|column| column.required)
}

fn fits(column: &Column, path: &[String]) -> Option<Vec<(Fact, String)>> {
    column.headers.iter().find_map(|header| header.find(path))
}

fn header(sheet: &Sheet, rule: &SheetRule, row: u32) -> Option<HeaderRow> {
    let paths = paths(sheet, rule.header_rows, row);
    let there = |column: &Column| paths.iter().any(|(_, path)| fits(column, path).is_some());
    if !required(rule).all(there) {
        return None;
    }
    let mut found = HeaderRow { columns: Vec::new(), unknown: Vec::new(), twice: Vec::new() };
    let mut taken: BTreeSet<(usize, Vec<(Fact, String)>)> = BTreeSet::new();
    // The column whose header stretches to the right, with its path.
    let mut open: Option<(usize, Vec<String>, u32, u32)> = None;
    for (column, path) in &paths {
        if let Some((rule_index, above, ordinal, last)) = &mut open {
            let stretches = path == above
                || (path.last().is_some_and(String::is_empty) && parents(path) == parents(above));
            if stretches && *column == *last + 1 {
                *ordinal += 1;
                *last = *column;
                found.columns.push(Found {
                    column: *column,
                    rule: *rule_index,
                    facts: Vec::new(),
                    ordinal: *ordinal,
                });
                continue;
            }
            open = None;
        }
        if path.iter().all(String::is_empty) {
            continue;
        }
        let known =
            rule.columns.iter().enumerate().find_map(|(index, column)| Some((index, fits(column, path)?)));
        let Some((index, facts)) = known else {
            let header = path.iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" / ");
            let last = path.iter().rev().find(|text| !text.is_empty());
            let ignored = rule
                .ignore
                .iter()
                .any(|pattern| pattern.matches(&header) || last.is_some_and(|text| pattern.matches(text)));
            if !ignored {
                found.unknown.push((*column, header));
            }
            continue;
        };
        let ordinal = facts.iter().find(|(fact, _)| *fact == Fact::Number);
        let ordinal = ordinal.and_then(|(_, n)| n.parse::<u32>().ok()).map_or(0, |n| n.saturating_sub(1));
        // The number in the list stands on both halves of a double page.
        if !taken.insert((index, facts.clone())) {
            if rule.columns[index].field != "number" {
                found.twice.push(*column);
            }
            continue;
        }
        if rule.columns[index].many {
            open = Some((index, path.clone(), ordinal, *column));
        }
        found.columns.push(Found { column: *column, rule: index, facts, ordinal });
    }
    let has = |wanted: &Column| {
        found.columns.iter().any(|found| std::ptr::eq(&raw const rule.columns[found.rule], wanted))
    };
    required(rule).all(has).then_some(found)
}

fn parents(path: &[String]) -> &[String] {
    &path[..path.len().saturating_sub(1)]
}

/// The header texts of every column of a row, from above; a text that is merged downwards stands once.
fn paths(sheet: &Sheet, header_rows: u32, top: u32) -> Vec<(u32, Vec<String>)> {
    let last =
        (top..top + header_rows).filter_map(|row| sheet.row(row).last().map(|(column, _)| column)).max();
    let Some(last) = last else { return Vec::new() };
    let mut paths: Vec<(u32, Vec<String>)> = Vec::new();
    for column in 0..=last {
        let mut path: Vec<String> = Vec::new();
        let mut above = None;
        for row in top..top + header_rows {
            let origin = sheet.shown_at(row, column);
            let text = if above == Some(origin) || origin.0 < top {
                String::new()
            } else {
                sheet.text(origin.0, origin.1)
            };
            above = Some(origin);
            path.push(text.trim().to_owned());
        }
        // Without merged ranges (CSV, OpenDocument) a group's name stands over its first column only.
        if sheet.merges.is_empty() && path.last().is_some_and(|text| !text.is_empty()) {
            for level in 0..path.len().saturating_sub(1) {
                if path[level].is_empty()
                    && let Some((_, left)) = paths.last()
                    && left.last().is_some_and(|text| !text.is_empty())
                {
                    path[level] = left[level].clone();
                }
            }
        }
        paths.push((column, path));
    }
    paths
}

/// Rows below a header, until a footer, an anchor of the next table, another header, or two blank rows.
fn rows(sheet: &Sheet, rule: &SheetRule, anchors: &[&Anchor], first: u32, columns: &[Found]) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut blank = 0;
    for row in first..sheet.rows() {
        let texts: Vec<String> = sheet.row(row).map(|(_, cell)| cell.value.shown()).collect();
        let read = columns.iter().any(|found| sheet.value(row, found.column).is_some());
        if texts.iter().all(|text| text.trim().is_empty()) {
            blank += 1;
            if blank == 2 {
                break;
            }
            continue;
        }
        // Only a row that names nobody can end the table by its words: a remark may say anything.
        let named = columns.iter().any(|found| {
            let names = matches!(
                rule.columns[found.rule].field.as_str(),
                "name" | "given-name" | "pupil-id" | "moet-id"
            );
            names && sheet.value(row, found.column).is_some()
        });
        let footer = texts.first().is_some_and(|text| rule.footer.iter().any(|footer| footer.matches(text)));
        let anchor = !named
            && anchors.iter().any(|anchor| {
                let finds = |text: &String| {
                    anchor
                        .patterns
                        .iter()
                        .any(|pattern| pattern.find(text).is_some_and(|found| !found.is_empty()))
                };
                texts.iter().any(finds)
            });
        if footer || anchor || !read || header(sheet, rule, row).is_some() {
            break;
        }
        blank = 0;
        rows.push(row);
    }
    rows
}
