//! A pupil who leaves in mid-year, by the program alone: the same order until everything is signed, then the
//! transcript lies beside those of the years before.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::{PupilId, SchoolYear};
use school::plan::Templates;
use school::records::handover::{GivenAs, Recipient, Standing};

use super::archive::{archive, refused, succeeds, text};
use super::orders::shown;
use super::pages::gives_account;
use super::periods::{accept, class};
use super::scratch_school::{ScratchSchool, built_program, register_entries};
use crate::accounts::Role;
use crate::clerk::{self, Actor};
use crate::demo::class_6a1;
use crate::demo::school::{plans_of_few_kinds, written};
use crate::demo::staff::{ADMIN_BOARD, OFFICE};

const BEFORE: &str = "2024-2025";
const PUPIL: &str = "HS0001";

/// The school, where the pupil's transcript of the year before is signed and closed.
fn with_the_year_before() -> ScratchSchool {
    let mut roster = None;
    let mut school =
        ScratchSchool::with(&plans_of_few_kinds(), |_, _| None, |of_now| roster = Some(of_now.clone()));
    let year: SchoolYear = written(BEFORE);
    let mut roster = roster.expect("the roster of this year");
    roster.year = year;
    let kept = [DocumentKind::HocBa, DocumentKind::QuyetDinhKhoa];
    let mut plans = Templates::default_for(year);
    plans.templates.retain(|template| kept.contains(&template.kind));
    school.open_year(&roster, &plans);
    let mut earlier = class(Period::FullYear, "2025-05-25T16:42:10+07:00");
    earlier.year = year;
    earlier.head_remarks.clear();
    earlier.pupils.retain(|pupil| pupil.id.as_str() == PUPIL);
    earlier.pupils[0].attendance.clear();
    let export = accept(&mut school, &class_6a1::written_as_export(&earlier));
    school.review(export);
    clerk::propose_lock(&mut school.office, year, written("0001"), &[export], None).expect("proposed");
    school.decided();
    assert_eq!(school.make_and_sign(), 1);
    school
}

#[test]
fn one_order_until_the_transcript_lies_beside_those_of_the_years_before() {
    let mut school = with_the_year_before();
    let export = Sha256::of(&class_6a1::export());
    school.review(export);
    let folder = tempfile::tempdir().expect("a scratch folder");
    let out = folder.path().join("mang-theo");
    let order = |school: ScratchSchool| -> (ScratchSchool, Output) {
        let mut said = None;
        let school = school.step_out(|data, surroundings| {
            let (export, out) = (export.to_string(), out.to_str().expect("a path in UTF-8"));
            let of_pupil = ["--pupil", PUPIL, "--export", &export, "--decision", "0002", "--out-dir", out];
            let arguments = [&["leaver", "2025-2026"], &of_pupil[..]].concat();
            said = Some(archive(data, surroundings, &arguments, ""));
        });
        (school, said.expect("the program ran"))
    };
    let (mut school, deciding) = order(school);
    assert!(
        succeeds(&deciding).1.contains("2025-2026_ca-nam_quyet-dinh-khoa_0002"),
        "{}",
        text(&deciding.stderr)
    );
    assert!(!out.exists(), "nothing leaves before it is signed");
    school.decided();
    let (mut school, signing) = order(school);
    assert!(succeeds(&signing).1.contains("2025-2026_ca-nam_hoc-ba_HS0001"), "{}", text(&signing.stderr));
    assert_eq!(school.make_and_sign(), 1, "this pupil's transcript alone");
    let (school, ready) = order(school);
    succeeds(&ready);
    assert_eq!(laid(&out), ["2024-2025_ca-nam_hoc-ba_HS0001.pdf", "2025-2026_ca-nam_hoc-ba_HS0001.pdf"]);
    let (school, again) = order(school);
    succeeds(&again);
    let mut verify = Command::new(built_program());
    verify.args(["verify", "--trust"]).arg(school.surroundings.authority.folder());
    let judged = verify.arg(&out).output().expect("it runs");
    assert!(judged.status.success(), "{}", text(&judged.stdout));
    drop(school.step_out(|data, surroundings| {
        let nobody = [
            "leaver",
            "2025-2026",
            "--pupil",
            "HS9999",
            "--export",
            &export.to_string(),
            "--decision",
            "0003",
            "--out-dir",
            out.to_str().expect("a path in UTF-8"),
        ];
        refused(&archive(data, surroundings, &nobody, ""), 1, "export.no_such_pupil");
    }));
}

/// A value of a form on a page.
pub(super) fn value(page: &str, name: &str) -> String {
    let found =
        page.split(&format!("name=\"{name}\" value=\"")).nth(1).and_then(|rest| rest.split('"').next());
    found.unwrap_or_else(|| panic!("no {name}: {page}")).to_owned()
}

#[test]
fn what_was_given_to_whom_is_an_entry_that_names_nobody_and_a_record_that_both_sides_sign() {
    let mut school = with_the_year_before();
    let export = Sha256::of(&class_6a1::export());
    school.review(export);
    let (year, pupil): (SchoolYear, PupilId) = (written("2025-2026"), written(PUPIL));
    let leaves = |school: &mut ScratchSchool| {
        clerk::hand_over(&mut school.office, year, written("0002"), export, &pupil).expect("ordered");
    };
    let own = DossierKey::new(year, DossierOf::HocBa(pupil.clone()), Period::FullYear);
    let (by, name) = (Actor::new("van-phong", "van-phong", None), "Trần Thị Phụ Huynh".to_owned());
    let to = Recipient { name, standing: Standing::Family };
    leaves(&mut school);
    let early = |school: &mut ScratchSchool| {
        let given = clerk::record_handover(&mut school.office, &own, &by, (to.clone(), GivenAs::Files));
        given.expect_err("nothing is signed").code().to_owned()
    };
    assert_eq!(early(&mut school), "leaver.stays", "the decision is not signed");
    school.decided();
    assert_eq!(early(&mut school), "leaver.not_signed");
    leaves(&mut school);
    assert_eq!(school.make_and_sign(), 1);
    for (name, person, role) in [
        ("van-phong", Some(&OFFICE), Role::Office),
        ("quan-tri", Some(&ADMIN_BOARD), Role::Admin),
        ("thanh-tra", None, Role::Inspector),
    ] {
        gives_account(school.folder(), name, person, role);
    }
    shown(school, |folder, browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let (admin, inspector) =
            (browser.signs_in("quan-tri", Role::Admin), browser.signs_in("thanh-tra", Role::Inspector));
        let page = format!("/khoa-so/{export}/chuyen-di");
        let give = format!("{page}/da-giao");
        let mark = value(&browser.get_as(&office, &page).text, "lan");
        let form = format!("hoc_sinh={PUPIL}&nguoi_nhan=Tran+Thi+Phu+Huynh&la=family&bang=files&lan={mark}");
        for others in [&admin, &inspector] {
            assert_eq!(browser.sends(others, &give, &form).refusal(), "web.not_allowed");
        }
        for _ in 0..2 {
            let given = browser.sends(&office, &give, &form);
            assert_eq!((given.status, &given.to), (303, &page), "{}", given.text);
        }
        let entries = register_entries(folder);
        let given: Vec<_> = entries.iter().filter(|one| one["kind"] == "leaver.handed-over").collect();
        assert_eq!(given.len(), 1, "sent twice, given once");
        let other = form.replace(&mark, "another-form");
        for (form, code) in [(other.clone(), "already_given"), (other.replace(PUPIL, "HS0002"), "stays")] {
            let refused = browser.sends(&office, &give, &form);
            assert_eq!(refused.refusal(), format!("leaver.{code}"), "{}", refused.text);
        }
        assert!(
            !browser.get_as(&office, &page).text.contains("name=\"nguoi_nhan\""),
            "nothing is left to give"
        );
        let body = &given[0]["body"];
        assert_eq!(body["by"], OFFICE.id);
        let documents: Vec<_> = body["given"].as_array().expect("documents").iter().collect();
        let ids: Vec<_> = documents.iter().filter_map(|one| one["dossier"].as_str()).collect();
        assert_eq!(ids, ["2024-2025_ca-nam_hoc-ba_HS0001", "2025-2026_ca-nam_hoc-ba_HS0001"]);
        for one in &documents {
            let dossier = folder.join("kho/ho-so").join(one["dossier"].as_str().expect("a dossier"));
            let latest = laid(&dossier).into_iter().rfind(|name| name.ends_with(".pdf")).expect("a revision");
            let digest = Sha256::of(&fs::read(dossier.join(latest)).expect("a file")).to_string();
            assert_eq!(one["sha256"], digest.as_str(), "each as it stood");
        }
        assert!(!given[0].to_string().contains("Tran Thi"), "the entry names nobody: {}", given[0]);
        let record = format!("kho/ly-do/{}.json", body["record"].as_str().expect("a record"));
        let words = fs::read_to_string(folder.join(record)).expect("its words");
        assert!(words.contains("Tran Thi Phu Huynh") && words.contains("\"family\""), "{words}");

        let told = browser.get_as(&office, &page).text;
        assert!(told.contains("2 hồ sơ") && told.contains("Tran Thi Phu Huynh"), "{told}");
        let paper = told.split("href=\"/bien-ban-giao/").nth(1).and_then(|rest| rest.split('"').next());
        let paper = format!("/bien-ban-giao/{}", paper.expect("its record"));
        let history = format!("/ho-so/{}", ids[0]);
        for reader in [&office, &inspector] {
            let printed = browser.get_as(reader, &paper);
            assert!(printed.status == 200 && printed.text.contains("%PDF-"), "{}", printed.status);
            let text = browser.get_as(reader, &history).text;
            assert!(text.contains("Giao cho học sinh chuyển đi") && text.contains(&paper), "{text}");
        }
        assert_eq!(browser.get_as(&admin, &paper).status, 403);
        for path in [&page, &history] {
            let text = browser.get_as(&admin, path).text;
            assert!(text.contains("iao") && !text.contains("Tran Thi"), "{text}");
        }
    });
}

fn laid(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
