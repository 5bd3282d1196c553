//! A school whose transcripts are made and signed in another program: they come in signed, are verified and
//! sealed, and no token of theirs is ever asked here.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::plan_choice::PlanChoice;

use super::plans::{only, with_documents};
use super::scratch_school::{ScratchSchool, book, built_program, recorded, transcript};
use crate::clerk::{self, Reception};
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, written};
use crate::demo::staff::{
    HOMEROOM, LITERATURE, MATHEMATICS, PHYSICAL_EDUCATION, PRINCIPAL, STAMP, StaffMember,
};
use crate::lifecycle::dossier::Stage;
use crate::wording;

/// The other program: it draws transcripts of its own and has them signed, in PDFs that know nothing of ours.
struct OtherProgram<'s> {
    school: &'s ScratchSchool,
    folder: tempfile::TempDir,
}

impl<'s> OtherProgram<'s> {
    fn beside(school: &'s ScratchSchool) -> Self {
        Self { school, folder: tempfile::tempdir().expect("a scratch folder") }
    }

    fn drawn(&self, pupil: &str) -> PathBuf {
        let key = DossierKey::new(written(YEAR), DossierOf::HocBa(written(pupil)), Period::FullYear);
        let (path, export) =
            (self.folder.path().join(format!("{}.pdf", key.id())), self.folder.path().join("6A1.json"));
        fs::write(&export, class_6a1::export()).expect("written");
        let mut command = Command::new(built_program());
        command.args(["render", "--kind", "hoc-ba", "--student", pupil, "-o"]).args([&path, &export]);
        let done = command.output().expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        path
    }

    fn signed(&self, member: &StaffMember, out: &str, files: &[PathBuf]) -> Vec<PathBuf> {
        let (pin, out) = (self.folder.path().join("pin"), self.folder.path().join(out));
        fs::write(&pin, format!("{}\n", member.pin)).expect("written");
        let surroundings = &self.school.surroundings;
        let mut command = Command::new(built_program());
        command.env("SOFTHSM2_CONF", surroundings.tokens.configuration()).arg("sign");
        command.arg("--out-dir").arg(&out).arg("--trust").arg(surroundings.authority.folder());
        command.arg("--module").arg(surroundings.tokens.module()).args(["--token", member.label]);
        command.args(["--field", member.label, "--pin-file"]).arg(pin).args(files);
        let done = command.output().expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        files.iter().map(|file| out.join(file.file_name().expect("a name"))).collect()
    }
}

fn code(reception: &Reception) -> &str {
    match reception {
        Reception::NotTaken(refusal) => refusal.code(),
        Reception::SignedElsewhere { .. } => "taken",
        Reception::KnownAlready { .. } => "known",
        other => panic!("{other:?}"),
    }
}

fn id_of(file: &Path) -> String {
    file.file_stem().expect("a name").to_string_lossy().into_owned()
}

#[test]
fn transcripts_that_were_signed_elsewhere_are_verified_registered_and_sealed_and_never_signed_here() {
    let plans = only(&[DocumentKind::SoDiem, DocumentKind::HocBa]);
    let mut school = with_documents(&plans.choose(PlanChoice::TranscriptSignedElsewhere), |_| {});
    let transcripts = |school: &ScratchSchool| {
        let dossiers = school.office.ledger().dossiers.values();
        dossiers.filter(|one| one.key.kind() == DocumentKind::HocBa).count()
    };
    assert_eq!(transcripts(&school), 0, "another program makes them");

    let pupils: Vec<String> =
        class_6a1::gradebook().pupils.iter().map(|pupil| pupil.id.to_string()).collect();
    let other = OtherProgram::beside(&school);
    let drawn: Vec<PathBuf> = pupils.iter().map(|pupil| other.drawn(pupil)).collect();
    let by_principal = other.signed(&PRINCIPAL, "ht", &drawn);
    let whole = other.signed(&STAMP, "dau", &by_principal);
    let stamp_first = other.signed(&STAMP, "dau-truoc", &drawn[..1]);
    let wrong_order = other.signed(&PRINCIPAL, "nguoc", &stamp_first);
    let by_deputy = other.signed(&STAMP, "thay", &other.signed(&HOMEROOM, "cn", &drawn[..1]));
    let read = |path: &PathBuf| fs::read(path).expect("signed");
    let files: Vec<(String, Vec<u8>)> = whole.iter().map(|file| (id_of(file), read(file))).collect();
    let mut changed = files[0].1.clone();
    changed[2_000] ^= 1;
    let first = format!("{}.pdf", files[0].0);
    let refused = [
        (first.as_str(), read(&drawn[0]), "elsewhere.not_confirmed"),
        (&first, read(&by_principal[0]), "elsewhere.signature_missing"),
        (&first, read(&wrong_order[0]), "elsewhere.signature_missing"),
        (&first, read(&by_deputy[0]), "elsewhere.signature_missing"),
        (&first, changed, "elsewhere.not_confirmed"),
        ("hoc-ba.pdf", files[0].1.clone(), "elsewhere.name"),
        ("2025-2026_ca-nam_so-diem_6A1.pdf", files[0].1.clone(), "elsewhere.name"),
        ("2024-2025_ca-nam_hoc-ba_HS0001.pdf", files[0].1.clone(), "elsewhere.not_by_plan"),
        ("2025-2026_ca-nam_hoc-ba_HS9999.pdf", files[0].1.clone(), "elsewhere.not_locked"),
        ("2025-2026_HK1_hoc-ba_HS0001.pdf", files[0].1.clone(), "elsewhere.not_locked"),
        ("2025-2026_ca-nam_hoc-ba_HS0001_v2.pdf", files[0].1.clone(), "elsewhere.standing"),
    ];
    drop(other);
    for (name, bytes, expected) in &refused {
        let reception = school.drop_named(name, bytes);
        assert_eq!(code(&reception), *expected, "{name}: {reception:?}");
        let Reception::NotTaken(refusal) = reception else { unreachable!("its code was read") };
        let note = wording::inbox_not_taken(name, &refusal);
        assert!(
            note.contains("Nguyên nhân:") && note.contains("Việc cần làm:") && note.contains(expected),
            "{note}"
        );
        let kept = fs::read_dir(school.folder().join("hop-thu/loi")).expect("a folder");
        let mut kept = kept.map(|entry| fs::read(entry.expect("an entry").path()).expect("readable"));
        assert!(kept.any(|one| one == *bytes), "{name}: nothing is lost");
    }
    assert_eq!((transcripts(&school), recorded(school.folder(), "dossier.signed-elsewhere")), (0, 0));

    let (logins, signatures) = (school.calls("C_Login"), school.calls("C_Sign"));
    for (id, bytes) in &files {
        let reception = school.drop_named(&format!("{id}.pdf"), bytes);
        assert_eq!(code(&reception), "taken", "{id}: {reception:?}");
    }
    assert_eq!(code(&school.drop_named("lan-nua.pdf", &files[0].1)), "known");
    assert_eq!(code(&school.drop_named(&first, &refused[2].1)), "elsewhere.standing");
    assert_eq!((transcripts(&school), recorded(school.folder(), "dossier.signed-elsewhere")), (12, 12));
    assert_eq!((school.calls("C_Login"), school.calls("C_Sign")), (logins, signatures), "no token was asked");
    assert!(matches!(school.office.ledger().dossiers[&transcript()].stage, Stage::Closed(_)));
    assert!(clerk::make_bases(&mut school.office).expect("nothing to be made").is_empty());
    clerk::resume(&mut school.office).expect("a start after it changes nothing");

    for member in [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP] {
        school.sit(member.label, member.pin).expect("signed");
        let sitting = school.last_sitting.take().expect("a sitting");
        let signed: BTreeSet<_> = sitting.signed.into_iter().map(|(dossier, _)| dossier).collect();
        assert_eq!(signed, [book()].into(), "{}: the class book alone", member.label);
    }
    assert_eq!(clerk::close_signed(&mut school.office).expect("closed"), [book()]);
    let deposit = school.seal();
    for (id, bytes) in &files {
        let sealed = school.folder().join(format!("kho/luu-tru/{deposit}/data/ho-so/{id}.pdf"));
        assert_eq!(Sha256::of(&fs::read(sealed).expect("sealed")), Sha256::of(bytes), "{id}: byte for byte");
    }
    // A stranger with the program alone, and no network: revocation data lie beside the seal.
    school.loopback = None;
    let mut verify = Command::new(built_program());
    verify.args(["verify", "--json", "--trust"]).arg(school.surroundings.authority.folder());
    let done = verify.arg(school.folder().join(format!("kho/luu-tru/{deposit}"))).output().expect("runs");
    let said = String::from_utf8(done.stdout).expect("text");
    let objects: Vec<serde_json::Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of_pupils = objects.iter().filter(|one| one["path"].as_str().is_some_and(|p| p.contains("hoc-ba")));
    let verdicts: Vec<_> = of_pupils.map(|one| one["verdict"].clone()).collect();
    assert_eq!(verdicts, vec!["valid"; 12], "{said}");
    assert_eq!(done.status.code(), Some(0), "{said}");
}
