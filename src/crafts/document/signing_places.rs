//! Rows of signature places: whose place it is, and below it nothing until it is signed.

use school::gradebook::Subject;
use school::plan::{Plan, SigningBox};
use school::role::Role;

use super::leaders::Leaders;
use super::paper::{Align, Column, Element, ElementId, LEADING, Paper, Style};
use super::printed_words as words;
use super::table::CellPlace;

/// Width of a place where the page has room for it.
pub(super) const PLACE_WIDTH: f32 = 170.0;
/// Height of a place.
pub(super) const PLACE_HEIGHT: f32 = 62.0;

const GAP: f32 = 9.0;
const CAPTION_SIZE: f32 = 11.5;
const NOTE_SIZE: f32 = 10.5;
/// Caption, note and a little air above the place.
const CAPTION_HEIGHT: f32 = (CAPTION_SIZE + NOTE_SIZE) * LEADING + 3.0;
const MOST_PER_ROW: usize = 3;

/// Height of a row of places without pictures.
pub(super) const ROW_HEIGHT: f32 = CAPTION_HEIGHT + PLACE_HEIGHT + GAP;
/// Room for a signature with a pen.
const PEN_HEIGHT: f32 = 44.0;
/// Height of a row that says where something is signed.
const REFERENCE_HEIGHT: f32 = (CAPTION_SIZE + NOTE_SIZE) * LEADING + 2.0;

/// Height of a repeated signing place: where it says where something is signed, or where a pen signs it.
pub(super) fn reference_height(paper: &Paper) -> f32 {
    if paper.by_hand { REFERENCE_HEIGHT + PEN_HEIGHT } else { REFERENCE_HEIGHT }
}

/// Height that places for `boxes` need.
pub(super) fn height(leaders: &Leaders, boxes: &[&SigningBox]) -> f32 {
    boxes.chunks(MOST_PER_ROW).map(|row| row_height(leaders, row) + GAP).sum()
}

fn row_height(leaders: &Leaders, row: &[&SigningBox]) -> f32 {
    CAPTION_HEIGHT + row.iter().map(|one| place_height(leaders, one)).fold(PLACE_HEIGHT, f32::max)
}

fn place_height(leaders: &Leaders, signing_box: &SigningBox) -> f32 {
    leaders.height(signing_box.role).unwrap_or(PLACE_HEIGHT)
}

/// The boxes of `plan` that belong to one subject.
pub(super) fn of_subject<'a>(plan: &'a Plan, subject: &Subject) -> Vec<&'a SigningBox> {
    let belongs = |one: &&SigningBox| one.subject.as_ref() == Some(&subject.id);
    plan.boxes().map(|(_, one)| one).filter(belongs).collect()
}

/// The boxes of `plan` that belong to no subject.
pub(super) fn of_document(plan: &Plan) -> Vec<&SigningBox> {
    plan.boxes().map(|(_, one)| one).filter(|one| one.subject.is_none()).collect()
}

/// The box of `plan` with this role that belongs to no subject.
pub(super) fn of_role(plan: &Plan, role: Role) -> Option<&SigningBox> {
    plan.boxes().map(|(_, one)| one).find(|one| one.role == role && one.subject.is_none())
}

/// What a screen reader says of the place.
pub(super) fn label(head: &str, signing_box: &SigningBox, subject: Option<&Subject>) -> String {
    words::place_label(signing_box.role, head, subject.map(|subject| subject.name.as_str()))
}

/// A place for the signature of the presiding teacher, to stand in a cell.
pub(super) fn in_cell(plan: &Plan, subject: &Subject, height: f32) -> Option<CellPlace> {
    of_subject(plan, subject).first().map(|signing_box| CellPlace {
        signing_box: (*signing_box).clone(),
        label: label("", signing_box, Some(subject)),
        height,
    })
}

/// Draws the places side by side in `column` at the current y, on a new page if they do not fit. Where head and
/// stamp sign with pictures the stamp stands left of the head and over the signature.
pub(super) fn draw(
    paper: &mut Paper,
    parent: ElementId,
    column: Column,
    boxes: &[&SigningBox],
    subject: Option<&Subject>,
) {
    let head = paper.head.clone();
    let captioned = |one: &SigningBox| {
        let (caption, note) = words::place_caption(one.role, &head);
        (caption, note.to_owned())
    };
    draw_as(paper, parent, column, boxes, captioned, |_| subject);
}

/// As [`draw`], with captions and notes of the form's own, and a subject for each place.
pub(super) fn draw_as<'s>(
    paper: &mut Paper,
    parent: ElementId,
    column: Column,
    boxes: &[&SigningBox],
    captioned: impl Fn(&SigningBox) -> (String, String),
    subject: impl Fn(&SigningBox) -> Option<&'s Subject>,
) {
    let boxes = seen(paper, boxes);
    for row in boxes.chunks(MOST_PER_ROW) {
        let height = row_height(&paper.leaders, row);
        if paper.room() < height {
            paper.turn();
        }
        let top = paper.y;
        let paired = row.windows(2).position(is_pair).and_then(|head| {
            let strips = [head, head + 1].map(|index| column.part(index, row.len(), GAP));
            let both = Column { x: strips[0].x, width: strips[1].x + strips[1].width - strips[0].x };
            let pair = paper.leaders.pair(both, strips[0].width.min(PLACE_WIDTH))?;
            Some((head, pair))
        });
        for (index, signing_box) in row.iter().enumerate() {
            let strip = column.part(index, row.len(), GAP);
            let width = strip.width.min(PLACE_WIDTH);
            let alone = Column { x: strip.x + (strip.width - width) / 2.0, width };
            let (above, place, pair) = match &paired {
                Some((head, pair)) if index == *head => (pair.head, pair.head, Some(pair)),
                Some((head, pair)) if index == head + 1 => (pair.stamp_caption, pair.stamp, Some(pair)),
                _ => (strip, alone, None),
            };
            paper.y = top;
            let (title, note) = captioned(signing_box);
            let note = if paper.by_hand { words::by_hand(signing_box.role).to_owned() } else { note };
            caption(paper, parent, above, (title, note));
            let upper = top + CAPTION_HEIGHT;
            let lower = upper + place_height(&paper.leaders, signing_box);
            let rect = [place.x, upper, place.x + place.width, lower];
            let label = label(&paper.head, signing_box, subject(signing_box));
            let element =
                if paper.signed_in.is_some() { paper.open(parent, Element::Paragraph) } else { parent };
            let pictures = paper.leaders.pictures(signing_box.role, pair);
            paper.place(element, signing_box, label, rect, pictures);
        }
        paper.y = top + height + GAP;
    }
}

/// The places that a paper shows: a stamp that is put over a signature with a pen has none of its own.
fn seen<'a>(paper: &Paper, boxes: &[&'a SigningBox]) -> Vec<&'a SigningBox> {
    boxes.iter().copied().filter(|one| !paper.by_hand || one.role != Role::ConDau).collect()
}

fn is_pair(two: &[&SigningBox]) -> bool {
    matches!(two, [head, stamp] if head.role == Role::HieuTruong && stamp.role == Role::ConDau)
}

/// At a repeated signing place: whose it is and on which page it is signed.
pub(super) fn refer(paper: &mut Paper, parent: ElementId, column: Column, boxes: &[&SigningBox]) {
    refer_as(paper, parent, column, boxes, str::to_owned);
}

/// As [`refer`], with a caption of the form's own made from the usual one.
pub(super) fn refer_as(
    paper: &mut Paper,
    parent: ElementId,
    column: Column,
    boxes: &[&SigningBox],
    captioned: impl Fn(&str) -> String,
) {
    let top = paper.y;
    let mut below = top;
    let boxes = seen(paper, boxes);
    for (index, signing_box) in boxes.iter().enumerate() {
        let strip = column.part(index, boxes.len(), GAP);
        paper.y = top;
        let (title, _) = words::place_caption(signing_box.role, &paper.head);
        paper.paragraph(parent, Style::bold(CAPTION_SIZE), strip, Align::Centre, &captioned(&title));
        if paper.by_hand {
            let note = words::by_hand(signing_box.role);
            paper.paragraph(parent, Style::italic(NOTE_SIZE), strip, Align::Centre, note);
            paper.y += PEN_HEIGHT;
        } else {
            paper.refer(parent, Style::italic(NOTE_SIZE), strip, signing_box);
        }
        below = below.max(paper.y);
    }
    paper.y = below;
}

fn caption(paper: &mut Paper, parent: ElementId, strip: Column, (title, note): (String, String)) {
    let paragraph = paper.open(parent, Element::Paragraph);
    paper.flow(paragraph, Style::bold(CAPTION_SIZE), strip, Align::Centre, 0.0, &title);
    let paragraph = paper.open(parent, Element::Paragraph);
    paper.flow(paragraph, Style::italic(NOTE_SIZE), strip, Align::Centre, 0.0, &note);
}
