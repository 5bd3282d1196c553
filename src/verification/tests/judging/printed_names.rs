//! The name in a signature's box is the signer's, whoever reads it there.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::rig::document::{Pdf, Step};
use crate::rig::{BOXES, SCHOOL, codes, finds, judge};

/// The dossier with these words in the box of the subject teacher.
fn showing(words: &str) -> Pdf {
    BOXES.iter().enumerate().fold(SCHOOL.base(), |pdf, (index, name)| {
        let step = Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority);
        pdf.sign(if index == 0 { step.showing(words) } else { step })
    })
}

fn around(roster: bool) -> Circumstances {
    let mut around = Circumstances { policy: Policy::School, ..SCHOOL.circumstances() };
    if !roster {
        around.roster = None;
    }
    around
}

fn refused(report: &PdfReport) {
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(finds(report, "APPEARANCE_OTHER_NAME", "signature GVBM_TOAN"), "{:?}", codes(report));
}

#[test]
fn the_name_of_the_roster_stands_in_the_box() {
    for words in
        ["Trần Thị Thuỳ Dương", "Trần Thị Thuỳ Dương Giáo viên Đã ký lúc 08:15", "GV Trần Thị Thuỳ Dương"]
    {
        let report = judge(&showing(words).bytes, &around(true));
        assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]), "{words}");
    }
}

#[test]
fn the_name_of_another_person_in_the_box_is_refused() {
    for words in [
        "Nguyễn Văn Đạt",
        "Trần Thị Thuỳ Dương Nguyễn Văn Đạt",
        "Nguyễn Văn Đạt thay Trần Thị Thuỳ Dương",
        "Trần Thị Thuỳ Dươ",
        "Trần Thị Thuỳ",
        "Người lạ",
        "",
    ] {
        refused(&judge(&showing(words).bytes, &around(true)));
    }
}

#[test]
fn without_a_roster_the_name_of_the_certificate_stands_in_the_box() {
    for words in ["GVBM_TOAN", "gvbm_toan Giáo viên"] {
        assert_eq!(judge(&showing(words).bytes, &around(false)).verdict, Verdict::Valid, "{words}");
    }
    refused(&judge(&showing("Nguyễn Văn Đạt").bytes, &around(false)));
}

#[test]
fn a_foreign_file_may_show_what_it_likes() {
    let foreign = Circumstances { policy: Policy::Foreign, ..around(true) };
    assert_eq!(judge(&showing("Nguyễn Văn Đạt").bytes, &foreign).verdict, Verdict::Valid);
}
