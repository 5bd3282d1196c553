//! Deeds at a token that are no visit, while nobody can say whether a certificate was revoked: an act, the roster of a
//! year, a place of a sealing record, a seal.

use pkcs11_fault::Faults;
use school::deposit::{DepositId, DepositKind};
use school::medium::Disc;

use super::pages::{gives_account, look, module_of};
use super::refusals::with_documents;
use super::scratch_school::{ScratchSchool, recorded, register_entries};
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault};
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, plans_of_few_kinds, written};
use crate::demo::staff::{PRINCIPAL, STAFF_OF_ONE_CLASS};
use crate::lifecycle::deposit::Late;
use crate::lifecycle::dossier::RevocationPolicy::{self, Allow, Ask, Refuse};
use crate::lifecycle::dossier::SignersWord::{self, None as Nothing, SignAnyway};

/// What comes of a deed, and who decided so where it was done.
const OUTCOMES: [(RevocationPolicy, SignersWord, Result<&str, &str>); 5] = [
    (Refuse, Nothing, Err("signing.revocation_unchecked")),
    (Refuse, SignAnyway, Err("signing.revocation_unchecked")),
    (Ask, Nothing, Err("signing.revocation_undecided")),
    (Ask, SignAnyway, Ok("signer")),
    (Allow, Nothing, Ok("policy")),
];

impl ScratchSchool {
    /// Has a deed done in every one of [`OUTCOMES`], and looks what was recorded and whether a token was touched.
    #[track_caller]
    fn does(&mut self, name: &str, deed: impl Fn(&mut Self) -> Result<(), ClerkFault>) {
        for (policy, word, outcome) in OUTCOMES {
            self.office.decide_on_unchecked(policy);
            self.word = word;
            let (logins, before) = (self.calls("C_Login"), self.who_decided());
            let done = deed(self).map_err(|fault| fault.code().to_owned());
            let (case, new) =
                (format!("{name}, {policy:?}, {word:?}"), self.who_decided().split_off(before.len()));
            match outcome {
                Ok(decided) => assert_eq!((done, new), (Ok(()), vec![decided.to_owned()]), "{case}"),
                Err(code) => {
                    assert_eq!((done, new), (Err(code.to_owned()), vec![]), "{case}");
                    assert_eq!(self.calls("C_Login"), logins, "{case}: the token was not touched");
                }
            }
        }
    }

    /// Who decided each time that something is signed all the same.
    fn who_decided(&self) -> Vec<String> {
        let entries = register_entries(self.folder()).into_iter();
        let decided = entries.filter(|entry| entry["kind"] == "signing.revocation-unchecked");
        decided.map(|one| one["body"]["decided"].as_str().expect("text").to_owned()).collect()
    }

    fn planned(&mut self, kind: DepositKind) -> DepositId {
        let deposit =
            clerk::plan_deposit(&mut self.office, written(YEAR), kind, Late::Follow, Disc::Dvd.bytes());
        let deposit = deposit.expect("planned");
        clerk::build_deposit(&mut self.office, &deposit).expect("built");
        deposit
    }

    /// Whoever is due signs their place of the sealing record.
    fn signs_record(&mut self, deposit: &DepositId) -> Result<(), ClerkFault> {
        let next = clerk::next_signer(&mut self.office, deposit)?.expect("somebody is due");
        let member = STAFF_OF_ONE_CLASS.iter().find(|one| one.name == next.name).expect("one of the staff");
        let place = next.signing_box.expect("a place of the record");
        self.at_token((member, next.certificate), |office, at| {
            clerk::sign_record(office, at, &place, deposit)
        })
    }
}

#[test]
fn acts_and_rosters_are_signed_without_revocation_only_where_policy_or_signer_decided_so() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.loopback = None;
    let delegation = school.proposes_delegation("12/QĐ-THCSHP");
    school.does("act", |school| school.tries_act(delegation, &PRINCIPAL).or_else(in_force_already));
    let mut roster = school.office.year(written(YEAR)).expect("open").roster.1.clone();
    roster.year = written("2026-2027");
    school.does("roster", |school| school.sign_year(&PRINCIPAL, &roster, &plans_of_few_kinds()));
}

/// The second login that is let in finds the act signed by the first one.
fn in_force_already(fault: ClerkFault) -> Result<(), ClerkFault> {
    if fault.code() == "act.in_force_already" { Ok(()) } else { Err(fault) }
}

#[test]
fn places_of_a_sealing_record_are_signed_without_revocation_only_where_policy_or_signer_decided_so() {
    let mut school = with_documents(ScratchSchool::open(|_, _| None));
    school.make_and_sign();
    let deposit = school.planned(DepositKind::Supplement);
    school.loopback = None;
    // Văn phòng signs where the signer decides, the principal where the policy does.
    school.does("sealing record", |school| school.signs_record(&deposit));
    assert_eq!(school.recorded_refusals().len(), 3, "each refusal is an entry");
    school.connect();
    school.stamp(&deposit).expect("sealed");
}

#[test]
fn nobody_is_asked_for_the_pin_of_the_stamp_while_a_seal_could_carry_no_revocation_data() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.drop_into_inbox(&class_6a1::snapshot());
    let deposit = school.planned(written("thoi-diem-1"));
    school.loopback = None;
    let logins = school.calls("C_Login");
    for policy in [Refuse, Ask, Allow] {
        school.office.decide_on_unchecked(policy);
        let refused = school.stamp(&deposit).map_err(|fault| fault.code().to_owned());
        assert_eq!(refused, Err("signing.revocation_unchecked".into()), "{policy:?}");
    }
    assert_eq!((school.calls("C_Login"), school.who_decided()), (logins, vec![]));
    school.connect();
    school.stamp(&deposit).expect("sealed");
}

#[test]
fn whoever_signs_an_act_is_told_that_revocation_cannot_be_checked_and_decides_before_the_pin_is_used() {
    let mut school = ScratchSchool::open(|_, _| None);
    let act = school.proposes_delegation("12/QĐ-THCSHP");
    school.loopback = None;
    school.office.decide_on_unchecked(Ask);
    let folder = school.folder().to_owned();
    gives_account(&folder, "hieu-truong", Some(&PRINCIPAL), Role::Principal);
    let certificate = school.surroundings.authority.certificate(&PRINCIPAL).expect("one of the staff").sha256;
    let orders = tempfile::tempdir().expect("a scratch folder");
    let faults = Faults::in_folder(orders.path());
    let module = module_of(&school.surroundings, &faults);
    look(school.office, &folder, module, |browser| {
        let head = browser.signs_in("hieu-truong", Role::Principal);
        let page = format!("/van-ban/{act}");
        let asks = browser.until_as(&head, &page, "name=\"pin\"");
        assert!(asks.contains("ký điểm chốt của sổ theo dõi"), "announced before the PIN: {asks}");
        let asked = browser.types_pin_as(&head, &format!("{page}/ky/{certificate}/pin"), PRINCIPAL.pin);
        assert_eq!(asked.status, 303, "{}", asked.text);
        assert_eq!(asked.to, format!("{page}/ky/{certificate}/chua-kiem-tra"));
        let question = browser.get_as(&head, &asked.to).text;
        for words in [
            "KHÔNG KIỂM TRA ĐƯỢC THU HỒI",
            "Mã PIN chưa được dùng",
            "Vẫn ký văn bản",
            "12/QĐ-THCSHP",
            "điểm chốt",
        ] {
            assert!(question.contains(words), "{words}: {question}");
        }
        let entries = || recorded(&folder, "signing.revocation-unchecked");
        assert_eq!((entries(), faults.calls("C_Login")), (0, 0), "the token was not touched");
        let signed = browser.types_pin_as(&head, &format!("{}/pin", asked.to), PRINCIPAL.pin);
        assert_eq!((signed.status, signed.to.as_str()), (303, page.as_str()), "{}", signed.text);
        assert!(browser.get_as(&head, &page).text.contains("đang hiệu lực"));
        assert_eq!((entries(), faults.calls("C_Login")), (1, 1), "what the signer decided is an entry");
    });
}
