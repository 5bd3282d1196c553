//! Acts, signed and used without any pause between.

use std::fs;
use std::path::Path;
use std::process::Command;

use school::act::{self, Act, Deed, TeachingPlace};
use school::deposit::DepositKind;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};
use school::identifier::SchoolYear;
use school::medium::Disc;

use super::pages::gives_account;
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, built_program, transcript};
use crate::accounts::{Accounts, Role};
use crate::clerk::{self, ClerkFault};
use crate::clock::now;
use crate::demo::class_6a1;
use crate::demo::school::{self as sample, written};
use crate::demo::staff::{
    DEPUTY, HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PHYSICAL_EDUCATION, PRINCIPAL, STAMP, StaffMember,
};
use crate::lifecycle::deposit::Late;

/// A colleague signs physical education in the place of its teacher, from now on.
fn ky_thay(school: &mut ScratchSchool) -> Act {
    let decided = now();
    let deed = Deed::KyThay {
        absent: written(PHYSICAL_EDUCATION.id),
        colleague: written(LITERATURE.id),
        from: decided,
        until: decided.plus_seconds(24 * 3600),
        reason: "Giáo viên nghỉ ốm dài ngày.".into(),
        places: vec![TeachingPlace { class: written(sample::CLASS), subject: Some(written("GDTC")) }],
    };
    Act {
        format: act::FORMAT.into(),
        school: written(sample::SCHOOL_CODE),
        roster: school.office.year(written(sample::YEAR)).expect("open").people().digest(),
        number: "13/QĐ-THCSHP".into(),
        decided,
        deed,
    }
}

#[test]
fn a_colleague_signs_in_the_very_second_in_which_the_act_came_into_force() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.sit(HOMEROOM.label, HOMEROOM.pin).expect("the turn of the teachers");
    let (year, act) = (written(sample::YEAR), ky_thay(&mut school));
    let act = clerk::propose_act(&mut school.office, year, &act).expect("proposed");

    // What a sitting of this second was judged in must not be what the next one is judged in.
    let second = now();
    while now() == second {
        std::hint::spin_loop();
    }
    school.sit(MATHEMATICS.label, MATHEMATICS.pin).expect("signed");
    school.signs_act(act, &PRINCIPAL);
    school.sit(LITERATURE.label, LITERATURE.pin).expect("signed");
    let sitting = school.last_sitting.as_ref().expect("a sitting");
    assert_eq!(sitting.not_signed.len(), 0, "{:?}", sitting.not_signed);
    assert!(sitting.signed.iter().any(|(_, name)| name.as_str() == "GVBM_GDTC"), "{:?}", sitting.signed);
    let shown = school.shown_on(&transcript());
    assert!(shown.contains("Ký thay"), "{shown}");
    assert!(!shown.contains("KT. HIỆU TRƯỞNG"), "{shown}");
}

/// The command that the page prints, run where its files were saved.
fn runs(command: &str, folder: &Path) -> bool {
    let done = Command::new("sh").args(["-c", command]).current_dir(folder).output().expect("a shell");
    done.status.success()
}

#[test]
fn an_act_is_read_whole_before_and_after_it_is_signed_and_its_files_are_checked_with_openssl_alone() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    gives_account(school.folder(), "gv-van", Some(&LITERATURE), Role::Teacher);
    gives_account(school.folder(), "gv-toan", Some(&MATHEMATICS), Role::Teacher);
    let act = ky_thay(&mut school);
    let act = clerk::propose_act(&mut school.office, written(sample::YEAR), &act).expect("proposed");
    let page = format!("/van-ban/{act}");
    let whole = [
        "13/QĐ-THCSHP",
        PHYSICAL_EDUCATION.name,
        LITERATURE.name,
        "6A1 – môn Giáo dục thể chất",
        "Giáo viên nghỉ ốm dài ngày.",
        &act.to_string(),
    ];
    let (mut school, ()) = school.looked_at(|browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let text = browser.get_as(&office, &page).text;
        for words in whole.iter().chain(&["chờ ký", "Chưa có chữ ký nào"]) {
            assert!(text.contains(words), "{words}: {text}");
        }
        let json = browser.downloads(&office, &format!("{page}/{act}.json"));
        assert_eq!(Sha256::of(&json), act, "what will be signed");
        let unsigned = browser.get_as(&office, &format!("{page}/{act}.json.HieuTruong.p7s"));
        assert_eq!(unsigned.status, 404);
    });

    school.signs_act(act, &PRINCIPAL);
    school.sit(LITERATURE.label, LITERATURE.pin).expect("signed");
    let saved = tempfile::tempdir().expect("a folder");
    let (school, ()) = school.looked_at(|browser| {
        let office = browser.signs_in("van-phong", Role::Office);
        let text = browser.get_as(&office, &page).text;
        for words in whole.iter().chain(&["đang hiệu lực", PRINCIPAL.name]) {
            assert!(text.contains(words), "{words}: {text}");
        }
        let list = browser.get_as(&office, "/van-ban").text;
        let who = format!("{} ký thay {}", LITERATURE.name, PHYSICAL_EDUCATION.name);
        assert!(
            list.contains(&who) && list.contains("data-as=\"Đến hết\""),
            "who, for whom, until when: {list}"
        );
        let json = format!("{act}.json");
        let signature = format!("{json}.HieuTruong.p7s");
        for name in [&json, &signature] {
            assert!(text.contains(&format!("href=\"{page}/{name}\"")), "{name}: {text}");
            let bytes = browser.downloads(&office, &format!("{page}/{name}"));
            fs::write(saved.path().join(name), bytes).expect("saved");
        }
        let command = text.split("openssl cms").nth(1).and_then(|rest| rest.split('<').next());
        let command = format!("openssl cms{}", command.unwrap_or_else(|| panic!("a command: {text}")));
        assert!(runs(&command, saved.path()), "{command}");
        let other = fs::read_to_string(saved.path().join(&json)).expect("JSON").replace("GDTC", "TOAN");
        fs::write(saved.path().join(&json), other).expect("changed");
        assert!(!runs(&command, saved.path()), "another text has another signature");

        let signed_by_it = browser.get_as(&office, &format!("/ho-so/{}", transcript())).text;
        assert!(
            signed_by_it.contains(&format!("href=\"{page}\"")),
            "what rests on it leads to it: {signed_by_it}"
        );
        assert!(signed_by_it.contains("chương trình"), "what nobody did, the program did: {signed_by_it}");
        let named = browser.signs_in("gv-van", Role::Teacher);
        assert_eq!(browser.get_as(&named, &page).status, 200, "whom it names reads it");
        let other = browser.signs_in("gv-toan", Role::Teacher);
        for path in [page.clone(), format!("{page}/{json}")] {
            assert_eq!(browser.get_as(&other, &path).status, 403, "{path}");
        }

        let year = format!("/van-ban/nam-hoc/{}", sample::YEAR);
        let text = browser.get_as(&office, &year).text;
        assert!(text.contains(DEPUTY.name) && text.contains("Giáo dục thể chất"), "{text}");
        for name in ["roster.json", "plans.json"] {
            let bytes = browser.downloads(&office, &format!("{year}/{name}"));
            assert!(text.contains(&Sha256::of(&bytes).to_string()), "{name}");
            for by in ["HieuTruong", "ConDau"] {
                let signature = format!("{name}.{by}.p7s");
                let der = browser.downloads(&office, &format!("{year}/{signature}"));
                fs::write(saved.path().join(&signature), der).expect("saved");
                fs::write(saved.path().join(name), &bytes).expect("saved");
                let check = command.replace(&format!("{act}.json"), name).replace("HieuTruong", by);
                assert!(runs(&check, saved.path()), "{check}");
            }
        }
    });
    let accounts = Accounts::open(&school.folder().join("tai-khoan.sqlite")).expect("accounts");
    let downloads = accounts.accesses(100).expect("accesses");
    let of = |what: &str| downloads.iter().any(|one| one.what == "download" && one.of.contains(what));
    assert!(of(&format!("{act}.json")) && of("roster.json"), "{downloads:?}");
}

#[test]
fn a_vice_principal_to_whom_it_was_delegated_signs_as_such_and_the_paper_says_for_whom() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    for member in [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, HOMEROOM] {
        school.sit(member.label, member.pin).expect("signed");
    }
    let act = school.proposes_delegation("12/QĐ-THCSHP");
    gives_account(school.folder(), "van-phong", Some(&OFFICE), Role::Office);
    let said_of_transcript = |school: ScratchSchool| {
        school.looked_at(|browser| {
            let office = browser.signs_in("van-phong", Role::Office);
            let [stage, own] = ["/?loai=hoc-ba".to_owned(), format!("/ho-so/{}", transcript())]
                .map(|page| browser.get_as(&office, &page).text);
            (stage.contains("chờ người ký thay Hiệu trưởng"), own.contains("(ký thay Hiệu trưởng)"))
        })
    };
    let (mut school, said) = said_of_transcript(school);
    assert_eq!(said, (false, false), "the principal is waited for before the act is signed");
    school.signs_act(act, &PRINCIPAL);
    let (mut school, said) = said_of_transcript(school);
    assert_eq!(said, (true, true), "the deputy after it, and so it is said");
    school.sit(DEPUTY.label, DEPUTY.pin).expect("signed");
    let sitting = school.last_sitting.as_ref().expect("a sitting");
    assert!(sitting.signed.iter().any(|(of, name)| *of == transcript() && name.as_str() == "HieuTruong"));
    let shown = school.shown_on(&transcript());
    for line in ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG", DEPUTY.name] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

impl ScratchSchool {
    /// What another reader finds on the pages of the latest revision.
    fn shown_on(&self, dossier: &DossierId) -> String {
        let (number, _) = self.office.ledger().dossiers[dossier].latest();
        let file = self.folder().join(format!("kho/ho-so/{dossier}/{number:02}.pdf"));
        let shown = Command::new("pdftotext").arg("-layout").arg(file).arg("-").output().expect("pdftotext");
        assert!(shown.status.success());
        String::from_utf8(shown.stdout).expect("UTF-8")
    }

    /// The principal delegates the transcripts to the vice-principal, from now on and for a day.
    pub(super) fn proposes_delegation(&mut self, number: &str) -> Sha256 {
        let (year, decided) = (written::<SchoolYear>(sample::YEAR), now());
        let act = Act {
            format: act::FORMAT.into(),
            school: written(sample::SCHOOL_CODE),
            roster: self.office.year(year).expect("open").people().digest(),
            number: number.into(),
            decided,
            deed: Deed::Delegation {
                to: written(DEPUTY.id),
                from: decided,
                until: decided.plus_seconds(24 * 3600),
                scope: vec![DocumentKind::HocBa],
            },
        };
        clerk::propose_act(&mut self.office, year, &act).expect("proposed")
    }

    fn certificate(&self, member: &StaffMember) -> Sha256 {
        self.surroundings.authority.certificate(member).expect("one of the staff").sha256
    }

    fn signs_act(&mut self, act: Sha256, member: &StaffMember) {
        self.tries_act(act, member).expect("signed");
    }

    pub(super) fn tries_act(&mut self, act: Sha256, member: &StaffMember) -> Result<(), ClerkFault> {
        let certificate = self.certificate(member);
        self.at_token((member, certificate), |office, at| clerk::sign_act(office, at, act))
    }
}

#[test]
fn an_act_that_is_signed_in_the_second_of_the_planning_goes_into_the_next_deposit_and_this_one_is_sealed() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.drop_into_inbox(&class_6a1::snapshot());
    let act = school.proposes_delegation("14/QĐ-THCSHP");
    // From the beginning of a second on, there is time for all three in it.
    let second = now();
    while now() == second {
        std::hint::spin_loop();
    }
    let (year, kind) = (written(sample::YEAR), written::<DepositKind>("thoi-diem-1"));
    let deposit = clerk::plan_deposit(&mut school.office, year, kind, Late::Follow, Disc::Dvd.bytes());
    let deposit = deposit.expect("planned");
    clerk::build_deposit(&mut school.office, &deposit).expect("built");
    school.signs_act(act, &PRINCIPAL);
    school.stamp(&deposit).expect("sealed as it was built");
    let acts = school.folder().join(format!("kho/luu-tru/{deposit}/data/van-kien"));
    assert!(!acts.exists(), "it came after the content was fixed");
}

/// The new stamp lies on a token that the roster gives to nobody.
#[test]
fn a_stamp_that_came_after_the_last_deposit_seals_a_medium_that_whoever_knows_either_stamp_confirms() {
    let lost = |_: &_, member: &StaffMember| (member.id == DEPUTY.id).then(|| Sha256::of(b"another token"));
    let mut school = ScratchSchool::open(lost);
    school.drop_into_inbox(&class_6a1::snapshot());
    let year: SchoolYear = written(sample::YEAR);
    let kind: DepositKind = written("thoi-diem-1");
    let deposit = clerk::plan_deposit(&mut school.office, year, kind, Late::Follow, Disc::Dvd.bytes());
    let deposit = deposit.expect("planned");
    clerk::build_deposit(&mut school.office, &deposit).expect("built");
    school.stamp(&deposit).expect("sealed");

    let second = now();
    while now() == second {
        std::hint::spin_loop();
    }
    let (old, new) = (school.certificate(&STAMP), school.certificate(&DEPUTY));
    let act = Act {
        format: act::FORMAT.into(),
        school: written(sample::SCHOOL_CODE),
        roster: school.office.year(year).expect("open").people().digest(),
        number: "15/QĐ-THCSHP".into(),
        decided: now(),
        deed: Deed::StampChanged { old, new, from: now() },
    };
    let act = clerk::propose_act(&mut school.office, year, &act).expect("proposed");
    school.signs_act(act, &PRINCIPAL);
    school.signs_act(act, &DEPUTY);

    let medium = clerk::plan_media(&mut school.office, &[], Disc::Dvd.bytes()).expect("planned").remove(0);
    let sealed = school.at_token((&DEPUTY, new), |office, at| clerk::seal_medium(office, at, &medium));
    sealed.expect("the judge found the image in order");

    let desk = school.leave();
    let image = std::fs::read_dir(desk.folder.path().join("kho/anh-dia")).expect("images");
    let image = image.map(|entry| entry.expect("an image").path()).next().expect("one");
    let verdict = |named: Sha256| {
        let mut verify = Command::new(built_program());
        verify.arg("verify").arg("--trust").arg(desk.surroundings.authority.folder());
        let judged =
            verify.args(["--school-cert", &named.to_string()]).arg(&image).output().expect("it runs");
        (judged.status.code(), String::from_utf8_lossy(&judged.stdout).into_owned())
    };
    for named in [old, new] {
        let (exit, said) = verdict(named);
        assert_eq!(exit, Some(0), "{said}");
    }
    let (exit, said) = verdict(Sha256::of(b"another school"));
    assert_eq!(exit, Some(3), "{said}");
}
