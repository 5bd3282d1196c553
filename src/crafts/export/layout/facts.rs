//! Facts about a table that stand around it: in the file's name, the sheet's name, on a cover sheet, or in
//! the rows above. What stands nearest counts; what stands elsewhere must not contradict it.

use std::collections::BTreeMap;

use school::dossier::Period;
use school::identifier::{ClassName, SchoolYear};

use crate::export::grid::Grid;
use crate::export::part::{CellPlace, When};

use super::declared;
use super::form::{Anchor, Layout, Place};
use super::pattern::Fact;

/// Facts with the place where each was found.
pub(super) type Facts = BTreeMap<Fact, (String, Option<CellPlace>)>;

/// Facts that hold for the whole file: from its name, and from cells of sheets that anchors name.
pub(super) fn of_file(layout: &Layout, grid: &Grid, file: &str) -> Facts {
    let mut facts = Facts::new();
    let declared = declared::period(file);
    let name = declared.map_or(file, |(_, name)| name);
    for anchor in layout.anchors.iter().filter(|anchor| anchor.place == Place::FileName) {
        add(&mut facts, anchor, name, None);
    }
    if let Some((period, _)) = declared {
        facts.insert(Fact::Period, (period.to_string(), None));
    }
    for (index, sheet) in grid.sheets.iter().enumerate() {
        let named = |anchor: &&Anchor| {
            anchor.place == Place::Cell && anchor.sheets.iter().any(|name| name.matches(&sheet.name))
        };
        let anchors: Vec<&Anchor> = layout.anchors.iter().filter(named).collect();
        if !anchors.is_empty() {
            facts.extend(of_rows(&anchors, grid, index, 0..sheet.rows()));
        }
    }
    facts
}

/// Facts in the name of a sheet.
pub(super) fn of_sheet_name(layout: &Layout, name: &str) -> Facts {
    let mut facts = Facts::new();
    for anchor in layout.anchors.iter().filter(|anchor| anchor.place == Place::SheetName) {
        add(&mut facts, anchor, name, None);
    }
    facts
}

/// Anchors that look into the cells of any sheet.
pub(super) fn of_any_cell(layout: &Layout) -> Vec<&Anchor> {
    layout.anchors.iter().filter(|anchor| anchor.place == Place::Cell && anchor.sheets.is_empty()).collect()
}

/// Facts in some rows of a sheet; later rows win.
pub(super) fn of_rows(anchors: &[&Anchor], grid: &Grid, index: usize, rows: std::ops::Range<u32>) -> Facts {
    let sheet = &grid.sheets[index];
    let mut facts = Facts::new();
    for (place, cell) in sheet.cells.range((rows.start, 0)..(rows.end, 0)) {
        let text = cell.value.shown();
        let at = Some(CellPlace(index as u16, place.0, place.1));
        for anchor in anchors {
            if add(&mut facts, anchor, &text, at) {
                break;
            }
            // A label alone: the fact stands in the next cell that holds something.
            let label = anchor.patterns.iter().find_map(|pattern| pattern.label_of(&text));
            let beside = sheet.row(place.0).find(|(column, _)| *column > place.1);
            if let (Some(fact), Some((column, value))) = (label, beside) {
                let at = CellPlace(index as u16, place.0, column);
                facts.insert(fact, (value.value.shown().trim().to_owned(), Some(at)));
                break;
            }
        }
    }
    facts
}

fn add(facts: &mut Facts, anchor: &Anchor, text: &str, at: Option<CellPlace>) -> bool {
    // The pattern that tells most.
    let found = anchor.patterns.iter().filter_map(|pattern| pattern.find(text)).max_by_key(Vec::len);
    match found {
        Some(found) => {
            facts.extend(found.into_iter().map(|(fact, value)| (fact, (value, at))));
            true
        }
        None => false,
    }
}

/// `2025 - 2026`, `2025_2026` and the like.
pub(super) fn year(text: &str) -> Option<SchoolYear> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 8).then(|| format!("{}-{}", &digits[..4], &digits[4..]).parse().ok()).flatten()
}

/// `6A1`, `6a1`, `Lớp 6A1`, `12.6` as `12-6`.
pub(super) fn class(text: &str) -> Option<ClassName> {
    let text = text.trim();
    let text = text.strip_prefix("Lớp").or_else(|| text.strip_prefix("lớp")).unwrap_or(text);
    let joined: String = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '.' | '/' | '_') { '-' } else { c.to_ascii_uppercase() })
        .collect();
    joined.parse().ok()
}

/// `HK1`, `ca-nam`, `sau-he`, `thoi-diem-3`, or a term.
pub(super) fn period(text: &str) -> Option<Period> {
    text.parse().ok().or_else(|| match super::value::term(text)? {
        When::Hk1 => Some(Period::FirstTerm),
        _ => Some(Period::FullYear),
    })
}

/// Whether two places say the same about a fact that must be one. Terms, months and subjects may change
/// from sheet to sheet: there the nearer place is more exact.
pub(super) fn agree(layouts: &super::Layouts, fact: Fact, one: &str, other: &str) -> bool {
    match fact {
        Fact::Year => year(one) == year(other),
        Fact::Class => class(one) == class(other),
        Fact::Subject => {
            let id = |name: &str| layouts.subjects().named(name).map(|subject| subject.id.clone());
            super::folded(one) == super::folded(other) || id(one).is_some() && id(one) == id(other)
        }
        Fact::Term => super::value::term(one) == super::value::term(other),
        Fact::Period => period(one) == period(other),
        _ => true,
    }
}
