//! A pupil who leaves in mid-year, by the program alone: the same order until everything is signed, then the
//! transcript lies beside those of the years before.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use school::digest::Sha256;
use school::dossier::{DocumentKind, Period};
use school::identifier::SchoolYear;
use school::plan::Templates;

use super::archive::{archive, refused, succeeds, text};
use super::periods::{accept, class};
use super::scratch_school::{ScratchSchool, built_program};
use crate::clerk;
use crate::demo::class_6a1;
use crate::demo::school::{plans_of_few_kinds, written};

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

fn laid(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
