//! An inspection as the input of the printed record, and as the JSON that travels in it.

use crafts::document::{InspectedObject, InspectedProblem, InspectedSignature, InspectionRecord};
use serde_json::{Value, json};

use super::item::Item;
use super::problem::Problem;
use super::signature::{Mark, Signature};
use super::{Both, Grounds, both, brief};

/// Valid things that get a sheet of their own; beyond that a school of 2,000 pupils would print a book.
const VALID_SHEETS: usize = 40;
/// Sheets at all.
const SHEETS: usize = 400;
/// Places of one problem in a row of the table.
const PLACES_OF_A_ROW: usize = 3;

/// The whole inspection as one object: `niemphong-inspection/1`.
pub fn report(reports: &[Value], grounds: &Grounds) -> Value {
    let mut all = grounds.to_json();
    all["format"] = "niemphong-inspection/1".into();
    all["reports"] = json!(reports);
    all
}

/// True for each thing that is shown in full: everything that is not valid, and a number of what is.
pub fn in_full(items: &[Item]) -> Vec<bool> {
    let (mut valid, mut sheets) = (0, 0);
    let choose = |item: &Item| {
        valid += usize::from(item.mark == Mark::Good);
        let chosen = sheets < SHEETS && (item.mark != Mark::Good || valid <= VALID_SHEETS);
        sheets += usize::from(chosen);
        chosen
    };
    items.iter().map(choose).collect()
}

/// Renders the record; `report` is the canonical JSON of [`report`].
///
/// Errors: see [`crafts::document::DocumentFault`].
pub fn sheet(
    reports: &[Value],
    grounds: &Grounds,
    report: &[u8],
) -> Result<Vec<u8>, crafts::document::DocumentFault> {
    let items: Vec<Item> = reports.iter().map(|one| Item::of(one, grounds.judged)).collect();
    let full = in_full(&items);
    let objects: Vec<_> = items.iter().zip(full).map(|(item, detailed)| object(item, detailed)).collect();
    let rows: Vec<_> = grounds.rows().into_iter().map(|(label, value)| (label.vi, value.vi)).collect();
    crafts::document::inspection_record(&InspectionRecord {
        checked: grounds.checked,
        conclusion: &brief(reports).vi,
        grounds: &rows,
        anchors: &grounds.anchors,
        sample: grounds.sample(),
        objects: &objects,
        report,
    })
}

fn object(item: &Item, detailed: bool) -> InspectedObject {
    let mut problems: Vec<InspectedProblem> = item.problems.iter().flat_map(rows).collect();
    if item.problems_left_out > 0 {
        let more = left_out(item.problems_left_out);
        problems.push(InspectedProblem {
            place: "…".into(),
            meaning: more.vi,
            cause: String::new(),
            action: String::new(),
            code: String::new(),
        });
    }
    InspectedObject {
        name: item.name.clone(),
        called: item.called.clone(),
        sentence: item.sentence.vi.clone(),
        facts: item.facts.iter().map(|(label, value)| (label.vi.clone(), value.clone())).collect(),
        signatures: item.signatures.iter().map(signature).collect(),
        problems,
        detailed,
    }
}

/// A row for every few places; what it means stands in the first.
fn rows(one: &Problem) -> Vec<InspectedProblem> {
    let row = |(number, place): (usize, Both)| {
        let said = |words: &Both, below: &str| if number == 0 { words.vi.clone() } else { below.to_owned() };
        InspectedProblem {
            place: place.vi,
            meaning: said(&one.meaning, "như dòng trên"),
            cause: said(&one.cause, ""),
            action: said(&one.action, ""),
            code: one.code.clone(),
        }
    };
    one.places_by(PLACES_OF_A_ROW).into_iter().enumerate().map(row).collect()
}

/// Says that there are more problems than are shown.
pub fn left_out(problems: usize) -> Both {
    both(
        format!("và {problems} vấn đề khác, xem kết quả dạng JSON"),
        format!("and {problems} more, see the JSON"),
    )
}

fn signature(one: &Signature) -> InspectedSignature {
    let place = match &one.role {
        Some(role) => format!("{} – {}", one.place, role.vi),
        None => one.place.clone(),
    };
    InspectedSignature {
        place,
        signer: one.signer.clone(),
        issuer: one.issuer.clone(),
        managed_by: one.managed_by.clone(),
        time: one.time.vi.clone(),
        integrity: one.integrity.1.vi.clone(),
        valid_then: one.valid_then.1.vi.clone(),
        validity: one.validity.clone(),
        serial: one.serial.clone(),
        conclusion: one.conclusion.1.vi.clone(),
        technique: one.technique.clone(),
        covers: one.covers.vi.clone(),
        certificate: one.certificate.clone(),
    }
}
