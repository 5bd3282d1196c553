//! A mark that was signed turns out wrong: the case, its papers, the new versions, the deposit; and every way
//! in which it comes to nothing.

use std::fs;
use std::process::Command;

use crafts::document::PaperWitness;
use school::deposit::DepositKind;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, Period};

use super::orders::shown;
use super::pages::gives_account;
use super::periods::{accept, class, full_year};
use super::refusals::refused;
use super::scratch_school::{ScratchSchool, book, recorded, transcript};
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, Reception};
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, written};
use crate::demo::staff::{
    ADMIN_BOARD, DEPUTY, HOMEROOM, LITERATURE, MATHEMATICS, PRINCIPAL, STAMP, StaffMember,
};
use crate::lifecycle::correction::{CaseId, Standing};
use crate::lifecycle::deposit::{Next, next};
use crate::lifecycle::dossier::Stage;

const REASON: &str = "Nhập nhầm điểm so với bài kiểm tra.";

/// The same class with a mark of the first pupil corrected, and what follows from it.
pub(super) fn corrected(exported: &str) -> Vec<u8> {
    let mut right = class_6a1::corrected_gradebook();
    right.pupils.truncate(2);
    right.exported = written(exported);
    class_6a1::written_as_export(&right)
}

pub(super) fn opened(school: &mut ScratchSchool, export: &[u8]) -> CaseId {
    match school.drop_into_inbox(export) {
        Reception::Correction { case, changes, .. } => {
            assert!(changes.iter().all(|change| change.what.starts_with("Toán, ")), "{changes:?}");
            let note = school.folder().join(format!("hop-thu/da-nhan/{}.txt", class_6a1::EXPORT_FILE));
            assert!(note.exists());
            case
        }
        other => panic!("{other:?}"),
    }
}

/// Two pupils, everything signed and closed.
pub(super) fn signed() -> ScratchSchool {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    school.lock("0001", export, None);
    assert_eq!(school.make_and_sign(), 5);
    school
}

pub(super) fn sit(school: &mut ScratchSchool, members: &[StaffMember]) {
    for member in members {
        assert_eq!(school.sit(member.label, member.pin).expect("signed"), 1, "{}", member.name);
    }
    clerk::close_signed(&mut school.office).expect("closed");
}

fn request(school: &mut ScratchSchool, case: &CaseId) -> Result<DossierId, ClerkFault> {
    clerk::request_correction(&mut school.office, case, &written(MATHEMATICS.id), REASON)
}

fn record(school: &mut ScratchSchool, case: &CaseId) -> Result<DossierId, ClerkFault> {
    clerk::record_correction(&mut school.office, case, &[])
}

fn standing(school: &ScratchSchool, case: &CaseId) -> Standing {
    clerk::correction(&school.office, case).expect("a case").standing
}

fn version(of: &DossierId, number: u16) -> DossierId {
    written(&format!("{of}_v{number}"))
}

pub(super) fn carry_out(school: &mut ScratchSchool, case: &CaseId) {
    request(school, case).expect("asked");
    sit(school, &[MATHEMATICS, PRINCIPAL]);
    record(school, case).expect("recorded");
    sit(school, &[MATHEMATICS, ADMIN_BOARD, PRINCIPAL]);
    assert_eq!(standing(school, case), Standing::CarriedOut);
}

#[test]
fn a_wrong_mark_walks_from_the_changed_export_to_a_sealed_deposit_of_new_versions() {
    let mut school = signed();
    let first = school.seal();
    let old = |school: &ScratchSchool| {
        let folder = school.folder().join(format!("kho/ho-so/{}", book()));
        let mut files: Vec<_> =
            fs::read_dir(folder).expect("a folder").map(|one| one.expect("a file").path()).collect();
        files.sort();
        files.iter().map(|file| Sha256::of(&fs::read(file).expect("read"))).collect::<Vec<_>>()
    };
    let before = old(&school);
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    assert_eq!(standing(&school, &case), Standing::Opened);

    let colleague = clerk::request_correction(&mut school.office, &case, &written(LITERATURE.id), REASON);
    refused(colleague, "không thuộc trách nhiệm");
    refused(record(&mut school, &case), "Phiếu đề nghị sửa chưa có đủ chữ ký");
    let asked = request(&mut school, &case).expect("asked");
    assert_eq!(request(&mut school, &case).expect("asked once"), asked);
    refused(school.try_box(&asked, "HieuTruong", &PRINCIPAL), "Chưa đến lượt ký");
    refused(school.try_box(&asked, "NguoiDeNghi_TOAN", &LITERATURE), "");
    sit(&mut school, &[MATHEMATICS]);
    refused(record(&mut school, &case), "Phiếu đề nghị sửa chưa có đủ chữ ký");
    sit(&mut school, &[PRINCIPAL]);
    let recorded = record(&mut school, &case).expect("recorded");
    assert_eq!(clerk::make_bases(&mut school.office).expect("nothing to do"), [], "the record is not signed");
    refused(school.try_box(&recorded, "BanQuanTri", &ADMIN_BOARD), "Chưa đến lượt ký");
    sit(&mut school, &[MATHEMATICS, ADMIN_BOARD, PRINCIPAL]);
    let late = clerk::withdraw_correction(&mut school.office, &case, &written(ADMIN_BOARD.id), REASON);
    refused(late, "đã có đủ chữ ký");

    // The other pupil's transcript prints nothing of it.
    assert_eq!(school.make_and_sign(), 4, "class book, transcript, summary, lists");
    let dossiers = &school.office.ledger().dossiers;
    for of in [book(), transcript()] {
        assert_eq!(dossiers[&version(&of, 2)].corrects, std::slice::from_ref(&of));
        assert_eq!(dossiers[&of].corrected_by.as_ref(), Some(&recorded));
        assert!(matches!(dossiers[&of].stage, Stage::Closed(_)));
    }
    assert!(!dossiers.keys().any(|id| id.to_string().contains("HS0002_v2")));
    assert_eq!(old(&school), before, "not a byte of the old one changed");

    let year = written(YEAR);
    let missing = clerk::missing(&mut school.office, year, Period::FullYear).expect("asked");
    assert_eq!(missing.len(), 1, "the summary of corrections: {missing:?}");
    let summary = clerk::sum_corrections(&mut school.office, year).expect("summed up");
    assert_eq!(clerk::sum_corrections(&mut school.office, year).expect("the same"), summary);
    sit(&mut school, &[ADMIN_BOARD, PRINCIPAL, STAMP]);
    refused(clerk::sum_corrections(&mut school.office, year), "Không có sửa chữa nào mới");
    assert_eq!(next(school.office.ledger(), year, &[]), Next::Plan(DepositKind::Correction));

    let second = school.seal_kind(DepositKind::Correction);
    let sealed = &school.office.ledger().deposits[&second];
    assert_eq!((&sealed.corrects, sealed.complete), (&vec![first], true));
    let kinds: Vec<DocumentKind> =
        sealed.dossiers.iter().map(|id| school.office.ledger().dossiers[id].key.kind()).collect();
    for kind in [
        DocumentKind::PhieuDeNghiSua,
        DocumentKind::BienBanSuaChua,
        DocumentKind::TongHopSuaChua,
        DocumentKind::QuyetDinhKhoa,
    ] {
        assert!(kinds.contains(&kind), "{} is missing", kind.code());
    }
    assert_eq!(kinds.len(), 4 + 4, "and the four new versions");

    // What was corrected can be corrected again: the third version names the second.
    let mut again = class_6a1::corrected_gradebook();
    again.pupils.truncate(2);
    again.pupils[0].remark = "Nhận xét được ghi lại.".into();
    let case = match school.drop_into_inbox(&class_6a1::written_as_export(&again)) {
        Reception::Correction { case, .. } => case,
        other => panic!("{other:?}"),
    };
    clerk::request_correction(&mut school.office, &case, &written(HOMEROOM.id), REASON).expect("asked");
    sit(&mut school, &[HOMEROOM, PRINCIPAL]);
    let recorded = watched_by_somebody_without_a_token(&mut school, &case);
    sit(&mut school, &[HOMEROOM, ADMIN_BOARD, PRINCIPAL]);
    says_who_signed_on_paper(&school, &recorded);
    let made = clerk::make_bases(&mut school.office).expect("made");
    assert!(made.contains(&version(&book(), 3)), "{made:?}");
    assert_eq!(school.office.ledger().dossiers[&version(&book(), 3)].corrects, [version(&book(), 2)]);
    school.make_and_sign();
    let third = school.seal_kind(DepositKind::Correction);
    let sealed = &school.office.ledger().deposits[&third];
    assert_eq!(
        (sealed.corrects.as_slice(), sealed.complete),
        ([second].as_slice(), false),
        "not summed up yet"
    );
}

const SCAN: &[u8] = b"\x89PNG\r\n\x1a\n the sheet that was signed by hand";

fn watched_by_somebody_without_a_token(school: &mut ScratchSchool, case: &CaseId) -> DossierId {
    let witness =
        |scan| PaperWitness { name: "Lò Thị Khuyên", title: "Đại diện cha mẹ học sinh", scan };
    let no_scan = clerk::record_correction(&mut school.office, case, &[witness(b"%PDF-1.7")]);
    assert!(no_scan.is_err(), "a scan is a PNG");
    clerk::record_correction(&mut school.office, case, &[witness(SCAN)]).expect("recorded")
}

/// The signed record names the witness as one who signed on paper, and has the scan in it.
fn says_who_signed_on_paper(school: &ScratchSchool, record: &DossierId) {
    let number = school.office.ledger().dossiers[record].latest().0;
    let pdf = school.folder().join(format!("kho/ho-so/{record}/{number:02}.pdf"));
    let by = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).output().expect("poppler-utils");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8_lossy(&done.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let path = pdf.to_str().expect("a path");
    let said = by("pdftotext", &[path, "-"]);
    for words in
        ["Người chứng kiến ký trên giấy (không phải chữ ký số)", "Lò Thị Khuyên (Đại diện cha mẹ học sinh)"]
    {
        assert!(said.contains(words), "{words:?} is not in {said}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    by("pdfdetach", &["-saveall", "-o", folder.path().to_str().expect("a path"), path]);
    let attached = fs::read_dir(folder.path()).expect("saved").map(|one| fs::read(one.expect("one").path()));
    assert!(attached.map(|bytes| bytes.expect("read")).any(|bytes| bytes == SCAN), "the scan is in it");
}

#[test]
fn a_case_that_is_refused_or_taken_back_stays_in_sight_and_touches_nothing() {
    let mut school = signed();
    let export = corrected("2026-06-08T09:20:00+07:00");
    let case = opened(&mut school, &export);
    let principal = written(PRINCIPAL.id);
    let early = clerk::refuse_correction(&mut school.office, &case, &principal, REASON);
    refused(early, "Chưa có phiếu đề nghị sửa");
    // Words that no font of ours can print leave nothing behind.
    let unprintable =
        clerk::request_correction(&mut school.office, &case, &written(MATHEMATICS.id), "Lý do 漢");
    assert_eq!(unprintable.expect_err("refused").code(), "document.not_rendered");
    let asked = request(&mut school, &case).expect("asked");
    match school.drop_into_inbox(&corrected("2026-06-09T10:00:00+07:00")) {
        Reception::Refused { problems, .. } => {
            assert!(problems.iter().all(|one| one.code == "export.correction_under_way"), "{problems:?}");
        }
        other => panic!("{other:?}"),
    }
    sit(&mut school, &[MATHEMATICS]);
    let other = clerk::refuse_correction(&mut school.office, &case, &written(ADMIN_BOARD.id), REASON);
    refused(other, "không thuộc trách nhiệm");
    clerk::refuse_correction(&mut school.office, &case, &principal, "Bài kiểm tra không khớp.")
        .expect("refused");
    assert_eq!(standing(&school, &case), Standing::Refused);
    refused(school.try_box(&asked, "HieuTruong", &PRINCIPAL), "");
    refused(request(&mut school, &case), "Hồ sơ sửa chữa này đã kết thúc");

    assert!(matches!(school.drop_into_inbox(&export), Reception::KnownAlready { .. }));
    let second = clerk::open_correction(&mut school.office, Sha256::of(&export)).expect("opened again");
    assert_eq!(second.to_string(), "0002/2025-2026");
    let teacher = written(MATHEMATICS.id);
    clerk::withdraw_correction(&mut school.office, &second, &teacher, REASON).expect("taken back");
    assert_eq!(standing(&school, &second), Standing::Withdrawn);
    let nothing = clerk::open_correction(&mut school.office, Sha256::of(&full_year()));
    refused(nothing, "không có giá trị nào khác");

    assert_eq!(clerk::make_bases(&mut school.office).expect("nothing to do"), []);
    assert!(school.office.ledger().dossiers.values().all(|one| one.corrected_by.is_none()));
    let year = written(YEAR);
    assert_eq!(clerk::missing(&mut school.office, year, Period::FullYear).expect("asked"), []);
    clerk::sum_corrections(&mut school.office, year).expect("both are summed up");
    sit(&mut school, &[ADMIN_BOARD, PRINCIPAL, STAMP]);
    school.seal();
}

#[test]
fn a_kill_between_the_register_and_a_name_loses_no_paper_of_a_correction() {
    let mut school = signed();
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    // A file where the folder of the paper must come: the entry is written, the name cannot be given.
    let stops = |school: &mut ScratchSchool,
                 paper: &str,
                 step: &dyn Fn(&mut ScratchSchool) -> Result<DossierId, ClerkFault>| {
        let place = school.folder().join(format!("kho/ho-so/{paper}"));
        fs::write(&place, b"").expect("in the way");
        step(school).expect_err("stopped");
        fs::remove_file(&place).expect("out of the way");
        clerk::resume(&mut school.office).expect("resumed");
        assert!(place.join("00.pdf").exists(), "{paper}");
        assert_eq!(step(school).expect("done before").to_string(), paper);
    };
    stops(&mut school, "2025-2026_ca-nam_phieu-de-nghi-sua_0001", &|school| request(school, &case));
    sit(&mut school, &[MATHEMATICS, PRINCIPAL]);
    stops(&mut school, "2025-2026_ca-nam_bien-ban-sua-chua_0001", &|school| record(school, &case));
    sit(&mut school, &[MATHEMATICS, ADMIN_BOARD, PRINCIPAL]);
    let place = school.folder().join(format!("kho/ho-so/{}", version(&book(), 2)));
    fs::write(&place, b"").expect("in the way");
    clerk::make_bases(&mut school.office).expect_err("stopped");
    fs::remove_file(&place).expect("out of the way");
    clerk::resume(&mut school.office).expect("resumed");
    assert_eq!(school.make_and_sign(), 4, "every new version, once");
}

#[test]
fn a_document_that_is_half_signed_when_it_is_corrected_is_signed_no_further() {
    let mut school = ScratchSchool::open(|_, _| None);
    let export = accept(&mut school, &full_year());
    school.lock("0001", export, None);
    clerk::make_bases(&mut school.office).expect("made");
    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("signed");
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    request(&mut school, &case).expect("asked");
    let members = [MATHEMATICS, PRINCIPAL];
    members.iter().for_each(|one| assert!(school.sit(one.label, one.pin).expect("signed") > 0));
    clerk::close_signed(&mut school.office).expect("closed");
    record(&mut school, &case).expect("recorded");
    let members = [MATHEMATICS, ADMIN_BOARD, PRINCIPAL];
    members.iter().for_each(|one| assert!(school.sit(one.label, one.pin).expect("signed") > 0));
    clerk::close_signed(&mut school.office).expect("closed");
    assert_eq!(standing(&school, &case), Standing::CarriedOut);
    let later = school.try_box(&transcript(), "GVBM_VAN", &LITERATURE);
    assert!(matches!(later, Err(ClerkFault::Signing(refusal)) if refusal.code() == "signing.withdrawn"));
    school.make_and_sign();
    let ledger = school.office.ledger();
    assert_eq!(ledger.dossiers[&version(&transcript(), 2)].corrects, [transcript()]);
    let deposit = school.seal();
    let held = &school.office.ledger().deposits[&deposit].dossiers;
    assert!(!held.contains(&transcript()) && held.contains(&version(&transcript(), 2)));
}

#[test]
fn a_correction_of_data_that_were_corrected_rests_on_both_records() {
    let mut school = signed();
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    carry_out(&mut school, &case);
    // Nobody has signed a new version yet: still a correction, never a reopening.
    let back = opened(
        &mut school,
        &class_6a1::written_as_export(&class(Period::FullYear, "2026-06-10T08:00:00+07:00")),
    );
    carry_out(&mut school, &back);
    school.make_and_sign();
    let deposit = school.seal();
    let held = school.office.ledger().deposits[&deposit].dossiers.iter().map(ToString::to_string);
    let records = held.filter(|id| id.contains("bien-ban-sua-chua")).count();
    assert_eq!(records, 2);
}

#[test]
fn whoever_stands_in_for_the_principal_is_offered_no_refusal_that_is_the_principals() {
    let mut school = signed();
    let case = opened(&mut school, &corrected("2026-06-08T09:20:00+07:00"));
    let asks = written(MATHEMATICS.id);
    clerk::request_correction(&mut school.office, &case, &asks, "Nhập nhầm điểm.").expect("asked");
    for (name, person) in [("hieu-truong", &PRINCIPAL), ("pho", &DEPUTY)] {
        gives_account(school.folder(), name, Some(person), Role::Principal);
    }
    let page = format!("/sua-chua/{}/{}", case.year, case.number);
    shown(school, |folder, browser| {
        let offered = |name: &str| {
            let cookies = browser.signs_in(name, Role::Principal);
            let text = browser.get_as(&cookies, &page).text;
            assert!(text.contains("Nhập nhầm điểm."), "both read it: {text}");
            (text.contains("Không đồng ý sửa"), cookies)
        };
        let (of_deputy, deputy) = offered("pho");
        let (of_principal, principal) = offered("hieu-truong");
        assert!(of_principal && !of_deputy);
        let refuse = |cookies: &str| {
            browser.sends(cookies, &format!("{page}/khong-dong-y"), "ly_do=%C4%90i%E1%BB%83m+%C4%91%C3%BAng.")
        };
        assert_eq!(refuse(&deputy).refusal(), "web.not_allowed");
        assert_eq!(recorded(folder, "correction.refused"), 0);
        assert_eq!(refuse(&principal).status, 303);
        assert_eq!(recorded(folder, "correction.refused"), 1);
    });
}
