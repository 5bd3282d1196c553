//! Pictures of signatures and of the stamp in signed boxes: they prove nothing, and none may deceive.

use std::sync::LazyLock;

use school::digest::Sha256;
use school::records::picture::Picture;
use school::roster::PersonPicture;
use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::rig::document::{Pdf, Ready, Step, image};
use crate::rig::{BOXES, SCHOOL, codes, finds, judge};

/// Three different hands: the principal's, a deputy's, and the stamp.
static HANDS: LazyLock<[Picture; 3]> = LazyLock::new(|| [40, 90, 200].map(drawn));

fn drawn(shade: u8) -> Picture {
    let pixel = |at: u16| if at.is_multiple_of(3) { [shade, 0, 160, 255] } else { [255, 255, 255, 0] };
    Picture::new(20, 16, (0..320).flat_map(pixel).collect()).unwrap()
}

/// The roster at hand with these pictures by person.
fn around(pictures: &[(&str, &Picture)]) -> Circumstances {
    let (digest, mut roster) = SCHOOL.roster.clone();
    for (id, picture) in pictures {
        let (width, height) = (picture.width(), picture.height());
        let named = PersonPicture { sha256: picture.sha256(), width, height, width_mm: 36 };
        roster
            .people
            .iter_mut()
            .filter(|one| one.id.as_str() == *id)
            .for_each(|one| one.picture = Some(named));
    }
    Circumstances { policy: Policy::School, roster: Some((digest, roster)), ..SCHOOL.circumstances() }
}

fn school() -> Circumstances {
    around(&[("HT01", &HANDS[0]), ("GV02", &HANDS[1]), ("CD01", &HANDS[2])])
}

fn ready<'a>() -> [Ready<'a>; 3] {
    [("HieuTruong", "HT01", &HANDS[0]), ("HieuTruong", "GV02", &HANDS[1]), ("ConDau", "CD01", &HANDS[2])]
}

const UPRIGHT: &str = "q q 40 0 0 32 5 5 cm /HT01 Do Q {} Q";

/// The dossier in which the principal's box is drawn like this. Resources are named by `/NAME n`, where n counts
/// the pictures of the base.
fn signed(pictures: &[Ready<'_>], content: &str, resources: &str) -> Pdf {
    let base = Pdf::illustrated(&SCHOOL.plan, pictures);
    let mut named = resources.to_owned();
    for (index, object) in base.pictures.iter().enumerate() {
        named = named.replace(&format!("#{index}"), &format!("{object} 0 R"));
    }
    BOXES.iter().fold(base, |pdf, name| {
        let step = Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority);
        pdf.sign(if *name == "HieuTruong" { step.drawing(content, &named) } else { step })
    })
}

#[track_caller]
fn refused(report: &PdfReport, code: &str) {
    assert_eq!(report.verdict, Verdict::Invalid, "{:?}", codes(report));
    assert!(finds(report, code, "signature HieuTruong"), "{:?}", report.problems);
}

#[test]
fn the_picture_that_the_roster_names_for_the_signer_stands_in_the_box() {
    let report = judge(&signed(&ready(), UPRIGHT, "/HT01 #0").bytes, &school());
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]), "{:?}", report.problems);
}

#[test]
fn without_a_roster_it_is_told_that_nobody_can_say_whose_picture_it_is() {
    let unknown = Circumstances { roster: None, ..school() };
    let report = judge(&signed(&ready(), UPRIGHT, "/HT01 #0").bytes, &unknown);
    assert_eq!(report.verdict, Verdict::Valid);
    assert!(finds(&report, "APPEARANCE_PICTURE_UNKNOWN", "signature HieuTruong"));
}

#[test]
fn the_picture_of_another_person_or_of_another_box_is_refused() {
    let other = "APPEARANCE_OTHER_PICTURE";
    // The deputy's hand under the principal's certificate, though it was ready in this box.
    refused(&judge(&signed(&ready(), &UPRIGHT.replace("HT01", "GV02"), "/GV02 #1").bytes, &school()), other);
    // The same under the principal's name; the stamp of the other box under any name.
    refused(&judge(&signed(&ready(), UPRIGHT, "/HT01 #1").bytes, &school()), other);
    refused(&judge(&signed(&ready(), UPRIGHT, "/HT01 #2").bytes, &school()), other);
    refused(&judge(&signed(&ready(), &UPRIGHT.replace("HT01", "CD01"), "/CD01 #2").bytes, &school()), other);
    let unknown = Circumstances { roster: None, ..school() };
    refused(&judge(&signed(&ready(), UPRIGHT, "/HT01 #2").bytes, &unknown), other);
}

#[test]
fn a_base_with_another_picture_than_the_roster_names_is_refused() {
    // For instance one with words in it: what pictures show is not read, only compared.
    let words = drawn(41);
    let pictures = [("HieuTruong", "HT01", &words)];
    refused(&judge(&signed(&pictures, UPRIGHT, "/HT01 #0").bytes, &school()), "APPEARANCE_OTHER_PICTURE");
    refused(&judge(&signed(&ready(), UPRIGHT, "/HT01 #0").bytes, &around(&[])), "APPEARANCE_OTHER_PICTURE");
}

#[test]
fn a_picture_that_came_with_the_signature_is_refused() {
    let base = Pdf::illustrated(&SCHOOL.plan, &ready());
    let before = ["GVBM_TOAN", "GVCN"]
        .iter()
        .fold(base, |pdf, name| pdf.sign(Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority)));
    let mut added = before.clone();
    let number = before.next_number();
    let [image, mask] = image(&HANDS[0], number + 1);
    added.append(&[(number, image), (number + 1, mask)]);
    let step = Step::signature("HieuTruong", SCHOOL.holder("HieuTruong"), &SCHOOL.authority);
    let file = added.sign(step.drawing(UPRIGHT, &format!("/HT01 {number} 0 R")));
    let report = judge(&file.bytes, &school());
    refused(&report, "APPEARANCE_OTHER_PICTURE");
}

#[test]
fn a_picture_that_is_exchanged_in_a_later_revision_is_refused() {
    let signed = signed(&ready(), UPRIGHT, "/HT01 #0");
    for number in [signed.pictures[0], signed.pictures[0] + 1] {
        let mut file = signed.clone();
        let planes = image(&HANDS[1], signed.pictures[0] + 1);
        let plane = planes[(number - signed.pictures[0]) as usize].clone();
        file.append(&[(number, plane)]);
        let report = judge(&file.bytes, &school());
        assert_eq!(report.verdict, Verdict::Invalid, "object {number}");
    }
}

#[test]
fn an_image_that_shows_other_pixels_than_it_holds_is_refused() {
    // Each of the same length, so that every offset stays true.
    for (from, to) in [
        ("/Type /XObject /Subtype /Image /Width 20", "/Decode [1 0]  /Subtype /Image /Width 20"),
        ("/Type /XObject /Subtype /Image /Width 20", "/Mask 4 0 R    /Subtype /Image /Width 20"),
        ("/Subtype /Image /Width 20 /Height 16", "/Subtype /Image /Width 16 /Height 20"),
        ("/Subtype /Image /Width", "/Subtype /Form  /Width"),
    ] {
        assert_eq!(from.len(), to.len());
        let mut pdf = Pdf::illustrated(&SCHOOL.plan, &ready());
        let at = pdf.bytes.windows(from.len()).position(|part| part == from.as_bytes()).unwrap();
        pdf.bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        let object = pdf.pictures[0];
        let file = BOXES.iter().fold(pdf, |pdf, name| {
            let step = Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority);
            let drawn = *name == "HieuTruong";
            pdf.sign(if drawn { step.drawing(UPRIGHT, &format!("/HT01 {object} 0 R")) } else { step })
        });
        refused(&judge(&file.bytes, &school()), "APPEARANCE_OTHER_PICTURE");
    }
}

#[test]
fn a_picture_that_covers_the_words_or_leaves_its_box_is_refused() {
    for content in [
        "q {} q 40 0 0 32 5 5 cm /HT01 Do Q Q",
        "q q 40 0 0 32 5 5 cm /HT01 Do Q q 40 0 0 32 60 5 cm /HT01 Do Q {} Q",
        "q q 40 0 0 60 5 5 cm /HT01 Do Q {} Q",
        "q q 40 0 0 32 -5 5 cm /HT01 Do Q {} Q",
        "q q 40 0 0 -32 5 40 cm /HT01 Do Q {} Q",
        "q q 0 40 32 0 5 5 cm /HT01 Do Q {} Q",
        "q q 40 0 0 32 5 5 cm /HT01 Do {} Q Q",
        "q q .1 0 0 .1 0 0 cm {} Q q 40 0 0 32 5 5 cm /HT01 Do Q Q",
        "q 40 0 0 32 5 5 cm 1 0 0 1 0 0 cm /HT01 Do Q {}",
        "q /HT01 Do Q {}",
    ] {
        let report = judge(&signed(&ready(), content, "/HT01 #0").bytes, &school());
        refused(&report, "APPEARANCE_OTHER_NAME");
    }
}

#[test]
fn the_digest_of_a_picture_is_that_of_its_stored_form() {
    assert_eq!(HANDS[0].sha256(), Sha256::of(&HANDS[0].to_bytes()));
    assert_ne!(HANDS[0].sha256(), HANDS[1].sha256());
}
