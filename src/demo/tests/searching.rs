//! Looking somebody up at the pages: every document in which they stand, and nothing of anybody else.

use std::collections::BTreeSet;

use pkcs11_fault::Faults;
use school::dossier::{DocumentKind, DossierId};

use super::correcting::{carry_out, corrected, opened, sit};
use super::pages::{Browser, look, module_of};
use super::periods::{accept, full_year};
use super::scratch_school::ScratchSchool;
use super::whole_school::{gives_the_head_an_account, head_signs_in};
use crate::clerk;
use crate::demo::school::{YEAR, plans, written};
use crate::demo::staff::{ADMIN_BOARD, OFFICE, PRINCIPAL, STAMP};
use crate::lifecycle::dossier::Dossier;

/// Two pupils whose documents of every kind are signed and sealed, then a mark of the first one corrected and the
/// correction summed up.
fn with_a_correction() -> ScratchSchool {
    let mut school = ScratchSchool::with_plans(&plans(), |_, _| None);
    let export = accept(&mut school, &full_year());
    school.lock("0001", export, None);
    clerk::make_bases(&mut school.office).expect("made");
    school.sit(OFFICE.label, OFFICE.pin).expect("the enrolment register is signed");
    school.make_and_sign();
    school.seal();
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    carry_out(&mut school, &case);
    school.make_and_sign();
    clerk::sum_corrections(&mut school.office, written(YEAR)).expect("summed up");
    sit(&mut school, &[ADMIN_BOARD, PRINCIPAL, STAMP]);
    school
}

/// Documents that a page leads to.
fn documents_on(page: &str) -> BTreeSet<String> {
    let links = page.split("href=\"/ho-so/").skip(1);
    links.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

fn found(browser: &Browser, cookies: &str, asked: &str) -> (BTreeSet<String>, String) {
    let answer = browser.get_as(cookies, &format!("/tra-cuu?{asked}"));
    assert_eq!(answer.status, 200, "{asked}: {}", answer.text);
    (documents_on(&answer.text), answer.text)
}

#[test]
fn a_pupil_is_found_in_every_document_and_version_and_in_the_papers_of_the_own_correction_alone() {
    let school = with_a_correction();
    let of_others = |id: &DossierId, one: &Dossier, pupil: &str| match one.key.kind() {
        DocumentKind::QuyetDinhKhoa | DocumentKind::QuyetDinhMo | DocumentKind::BienBanNiemPhong => true,
        DocumentKind::HocBa => !id.as_str().contains(pupil),
        DocumentKind::PhieuDeNghiSua | DocumentKind::BienBanSuaChua | DocumentKind::TongHopSuaChua => {
            pupil != "HS0001"
        }
        _ => false,
    };
    let dossiers = &school.office.ledger().dossiers;
    let expected = |pupil: &str| -> BTreeSet<String> {
        let own = dossiers.iter().filter(|(id, one)| !of_others(id, one, pupil));
        own.map(|(id, _)| id.to_string()).collect()
    };
    let (first, second) = (expected("HS0001"), expected("HS0002"));
    for kind in DocumentKind::ALL {
        let decides =
            [DocumentKind::QuyetDinhKhoa, DocumentKind::QuyetDinhMo, DocumentKind::BienBanNiemPhong];
        let has = first.iter().any(|id| id.contains(&format!("_{}_", kind.code())));
        assert_eq!(has, !decides.contains(&kind), "the sample has a {}", kind.code());
    }
    assert!(first.contains("2025-2026_ca-nam_bang-tong-hop_6A1_v2"), "{first:?}");
    let folder = school.folder().to_owned();
    gives_the_head_an_account(&folder);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let cookies = head_signs_in(&browser);
        let (by_name, page) = found(&browser, &cookies, "ten=nguyen+hoang+thien+an");
        assert_eq!(by_name, first);
        assert!(
            page.contains("HOAPHUONG_2025-2026_0001"),
            "the deposit that holds the first versions: {page}"
        );
        assert!(page.contains("Sổ điểm giáo viên 6A1 Toán"), "a book by the name of its subject: {page}");
        assert_eq!(found(&browser, &cookies, "ma=HS0001").0, first, "by the code alone");
        assert_eq!(found(&browser, &cookies, "ma=HS0002").0, second);
        assert_eq!(found(&browser, &cookies, "ten=hs000").0, &first | &second, "by a part of the code");
        assert_eq!(found(&browser, &cookies, "ma=HS000").0, BTreeSet::new(), "a code is whole");
        assert_eq!(browser.get("/tra-cuu?ma=HS0001").status, 303, "nobody without signing in");
    });
}
