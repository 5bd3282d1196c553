//! Head and stamp sign with pictures: where they stand on every form, and what the base holds ready.
#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code)]
mod support;

use crafts::document::{FromGradebook, SealingRecord};
use crafts::document::{Place, Rendered, sealing_record, transcript};
use crafts::pdf::{BoxTable, PackedPicture, Packing, illustrated_base, signing_base};
use school::digest::{Sha256, Sha512};
use school::plan::Plan;
use school::records::picture::Picture;
use school::roster::{PersonPicture, Roster};
use support::{DECIDED, FULL_YEAR, gradebook, plan, render_of_class, roster};

/// 36 mm and 38 mm of ink: a stamp, and a signature twice as wide as high.
fn pictures() -> [Picture; 2] {
    [(120, 120, 200), (120, 60, 40)].map(|(width, height, shade): (u16, u16, u8)| {
        let pixels = usize::from(width) * usize::from(height);
        Picture::new(width, height, [shade, 0, 90, 180].repeat(pixels)).unwrap()
    })
}

fn illustrated() -> Roster {
    let mut roster = roster(&gradebook(FULL_YEAR));
    let [stamp, hand] = pictures();
    for (id, picture, width_mm) in [("DAU", stamp, 36), ("HT01", hand, 38)] {
        let (sha256, width, height) = (picture.sha256(), picture.width(), picture.height());
        let person = roster.people.iter_mut().find(|person| person.id.as_str() == id).unwrap();
        person.picture = Some(PersonPicture { sha256, width, height, width_mm });
    }
    roster.check().unwrap();
    roster
}

fn transcript_of(roster: &Roster) -> (Rendered, Plan) {
    let book = gradebook(FULL_YEAR);
    let plan = plan(&book, &format!("2025-2026_ca-nam_hoc-ba_{}", book.pupils[0].id));
    let export = Sha256::of(FULL_YEAR);
    let from = FromGradebook {
        gradebook: &book,
        export,
        roster,
        plan: &plan,
        decided: DECIDED,
        supplements: None,
        corrects: None,
    };
    (transcript(&from).unwrap(), plan)
}

fn record_of(roster: &Roster) -> Rendered {
    let plan = plan(&gradebook(FULL_YEAR), "2025-2026_ca-nam_bien-ban-niem-phong_0001");
    sealing_record(&SealingRecord {
        deposit: "HOAPHUONG_2025-2026_0001",
        tagmanifest_sha256: Sha256::of(b"x"),
        tagmanifest_sha512: Sha512::of(b"x"),
        files: 1,
        bytes: 1,
        class_books: 0,
        transcripts: 0,
        corrections: 0,
        lock_decisions: 0,
        further: 0,
        roster,
        plan: &plan,
        decided: DECIDED,
    })
    .unwrap()
}

/// Forms that head and stamp sign, upright and lengthwise, two and three places in a row.
fn forms(roster: &Roster) -> Vec<Rendered> {
    let book = gradebook(FULL_YEAR);
    let of_class = |kind, owner: &str| render_of_class(&book, roster, kind, owner);
    vec![
        transcript_of(roster).0,
        record_of(roster),
        of_class("bang-tong-hop", book.class.as_str()),
        of_class("danh-sach-xet-duyet", book.class.as_str()),
        of_class("so-dang-bo", book.class.as_str()),
        of_class("so-diem-gv", &format!("{}_{}", book.class, book.subjects[0].id)),
    ]
}

fn place<'a>(rendered: &'a Rendered, name: &str) -> &'a Place {
    rendered.places.iter().find(|place| place.name.as_str() == name).unwrap()
}

#[test]
fn the_stamp_in_its_true_size_covers_the_left_third_of_the_signature_on_every_form() {
    for rendered in forms(&illustrated()) {
        let (head, stamp) = (place(&rendered, "HieuTruong"), place(&rendered, "ConDau"));
        assert_eq!(head.page, stamp.page);
        let (signature, mark) = (&head.pictures.of[0], &stamp.pictures.of[0]);
        assert!((mark.size[0] - 36.0 * 72.0 / 25.4).abs() < 0.01 && mark.size[0] == mark.size[1]);
        let [left, bottom, right, top] = head.rect;
        let signature_left = left + (right - left - signature.size[0]) / 2.0;
        let covered = stamp.rect[2] - signature_left;
        assert!((covered - signature.size[0] / 3.0).abs() < 0.1, "{covered}");
        assert!((head.pictures.covered - (stamp.rect[2] - left)).abs() < 0.1);
        assert!((bottom + top - stamp.rect[1] - stamp.rect[3]).abs() < 0.1, "at the same height");
        // The stamp's own words have room at its left, and both places lie on the page.
        assert!(stamp.rect[2] - stamp.rect[0] - mark.size[0] > 80.0 && stamp.rect[0] > 40.0);
    }
}

#[test]
fn without_pictures_places_are_what_they_were() {
    for rendered in forms(&roster(&gradebook(FULL_YEAR))) {
        let (head, stamp) = (place(&rendered, "HieuTruong"), place(&rendered, "ConDau"));
        assert!(head.rect[2] < stamp.rect[0], "side by side, the stamp at the right");
        for place in [head, stamp] {
            assert!((place.rect[3] - place.rect[1] - 62.0).abs() < 0.01);
            assert_eq!(place.pictures, Default::default());
        }
    }
}

#[test]
fn a_base_holds_the_pictures_that_its_boxes_name_and_is_not_made_without_them() {
    let (rendered, plan) = transcript_of(&illustrated());
    let missing = signing_base(&rendered, &plan, Packing::ObjectStreams).map(drop).unwrap_err();
    assert_eq!(missing.code(), "pdf.no_picture");
    let packed = pictures().map(|picture| PackedPicture::new(&picture));
    let base = illustrated_base(&rendered, &plan, &packed, Packing::ObjectStreams).unwrap();
    let again = BoxTable::from_json(&base.boxes.to_json()).unwrap();
    assert_eq!(again, base.boxes);
    let named: Vec<(&str, Vec<&str>)> = again
        .boxes
        .iter()
        .map(|one| (one.name.as_str(), one.pictures.iter().map(|picture| picture.person.as_str()).collect()))
        .filter(|(_, people): &(&str, Vec<&str>)| !people.is_empty())
        .collect();
    assert_eq!(named, [("HieuTruong", vec!["HT01"]), ("ConDau", vec!["DAU"])]);
}

#[test]
fn the_table_of_a_base_without_pictures_is_written_as_it_always_was() {
    let (rendered, plan) = transcript_of(&roster(&gradebook(FULL_YEAR)));
    let base = signing_base(&rendered, &plan, Packing::ObjectStreams).unwrap();
    let json = String::from_utf8(base.boxes.to_json()).unwrap();
    assert!(!json.contains("pictures") && !json.contains("covered"));
}
