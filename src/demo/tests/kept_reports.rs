//! A report of school software that holds no marks comes into the inbox beside the exports.

use pkcs11_fault::Faults;
use school::digest::Sha256;
use school::report::{Report, ReportKind};

use super::pages::{look, module_of};
use super::scratch_school::{ScratchSchool, recorded};
use super::whole_school::{gives_the_head_an_account, head_signs_in};
use crate::clerk::{self, Reception};
use crate::demo::school::{YEAR, written};

const REPORT: &[u8] = include_bytes!("../../../tests/fixtures/spreadsheets/vnedu-ne-nep.xls");
const NAME: &str =
    "Bao_cao_ne_nep_chi_tiet_hs_tu_ngay_2025-9-8__den_2025-9-14_lop_Tat_ca_khoi_12_2025_2026.xls";

#[test]
fn a_report_of_conduct_is_kept_as_it_came_and_a_page_says_what_it_is() {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = Sha256::of(REPORT);
    let report = Report { kind: ReportKind::Conduct, year: written(YEAR) };
    assert_eq!(school.drop_named(NAME, REPORT), Reception::Kept { export, report });
    assert_eq!(school.drop_named("again.xls", REPORT), Reception::KnownAlready { export });
    let folder = school.folder().to_owned();
    let inbox = folder.join("hop-thu/da-nhan");
    assert_eq!(std::fs::read(inbox.join(NAME)).expect("kept in the inbox"), REPORT);
    let note = std::fs::read_to_string(inbox.join(format!("{NAME}.txt"))).expect("a note");
    assert!(note.contains("Báo cáo nề nếp: không có điểm"), "{note}");
    assert_eq!(recorded(&folder, "export.kept"), 1);
    let stored = std::fs::read(folder.join(format!("kho/goc/{export}.json"))).expect("kept in the store");
    assert_eq!(stored, REPORT, "byte for byte");

    // Nobody is asked to lock, to look at or to sign anything.
    let exports = &school.office.ledger().exports;
    assert!(exports.waiting(written(YEAR)).all(|(waiting, _)| *waiting != export));
    assert_eq!(exports.kept(written(YEAR)).len(), 1);
    let locked = clerk::propose_lock(&mut school.office, written(YEAR), written("0001"), &[export], None);
    assert_eq!(locked.map_err(|fault| fault.code().to_owned()), Err("export.not_accepted".to_owned()));
    assert!(school.office.ledger().dossiers.is_empty(), "no document comes of it");

    gives_the_head_an_account(&folder);
    let orders = tempfile::tempdir().expect("a scratch folder");
    let module = module_of(&school.surroundings, &Faults::in_folder(orders.path()));
    look(school.office, &folder, module, |browser| {
        let page = browser.get_as(&head_signs_in(&browser), "/khoa-so").text;
        let words = "Báo cáo nề nếp: không có điểm, được giữ nguyên, không lập sổ từ tệp này";
        assert!(page.contains(words), "{page}");
        assert!(!page.contains(&export.to_string()), "it cannot be ticked: {page}");
    });
}
