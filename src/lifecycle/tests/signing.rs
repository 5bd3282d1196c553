//! May this certificate sign this box now? Every stage of a class book with every box.

use verification::pki::Standing;
use verification::report::{Revocation, Trust};

use super::sample::{
    BOOK, Story, book_signed_by, by_roster, certificate, digest, holder, id, name, now, plan, roster,
    roster_digest, standing,
};
use crate::lifecycle::dossier::{
    Dossier, Refusal, RevocationPolicy, SignersWord, Stage, Unchecked, ask_to_sign, check_standing,
};
use crate::lifecycle::event::UncheckedBy;

const BOXES: [&str; 5] = ["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong", "ConDau"];

/// The answer in one word, asked with the certificate of the box's holder.
fn answer(dossier: &Dossier, of: &str) -> String {
    let (_, signing_box) = dossier.plan.find(&name(of)).expect("a box of the plan");
    let by_holder = standing(holder(signing_box));
    match ask_to_sign(
        dossier,
        &name(of),
        (&by_roster(roster_digest(), &roster()), now()),
        (&by_holder, Unchecked::Refused),
    ) {
        Ok(permit) if permit.certifies() => format!("certifies {}", permit.revision()),
        Ok(permit) => format!("signs {}", permit.revision()),
        Err(Refusal::NotYourTurn { waiting_for, .. }) => format!("after {waiting_for}"),
        Err(Refusal::AlreadySigned(_)) => "signed".into(),
        Err(refusal) => refusal.code().into(),
    }
}

#[test]
fn every_box_of_a_class_book_has_its_answer_in_every_stage() {
    let table: [(&[&str], [&str; 5]); 7] = [
        (&[], ["certifies 1", "after GVCN", "after GVCN", "after GVCN", "after GVCN"]),
        (&["GVCN"], ["signed", "signs 2", "signs 2", "after GVBM_TOAN", "after GVBM_TOAN"]),
        (&["GVCN", "GVBM_TOAN"], ["signed", "signed", "signs 3", "after GVBM_VAN", "after GVBM_VAN"]),
        (&["GVCN", "GVBM_VAN"], ["signed", "signs 3", "signed", "after GVBM_TOAN", "after GVBM_TOAN"]),
        (&["GVCN", "GVBM_VAN", "GVBM_TOAN"], ["signed", "signed", "signed", "signs 4", "after HieuTruong"]),
        (
            &["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong"],
            ["signed", "signed", "signed", "signed", "signs 5"],
        ),
        (&BOXES, ["signed"; 5]),
    ];
    for (signed, expected) in table {
        let dossier = book_signed_by(signed);
        assert_eq!(BOXES.map(|one| answer(&dossier, one)), expected, "after {signed:?}");
    }
}

#[test]
fn nobody_signs_a_closed_dossier() {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.sign(BOOK, &BOXES);
    story.close(BOOK);
    let closed = &story.ledger.dossiers[&id(BOOK)];
    assert!(matches!(closed.stage, Stage::Closed(_)));
    assert_eq!(BOXES.map(|one| answer(closed, one)), ["signed"; 5]);
}

#[test]
fn a_dossier_closed_too_early_lets_nobody_sign_either() {
    // No step of the clerk does this; a register from elsewhere may say it.
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.sign(BOOK, &["GVCN"]);
    story.close(BOOK);
    let closed = &story.ledger.dossiers[&id(BOOK)];
    for one in BOXES {
        let answer = answer(closed, one);
        assert!(!answer.starts_with("signs") && !answer.starts_with("certifies"), "{one}: {answer}");
    }
}

#[test]
fn a_permit_is_for_the_latest_revision_the_box_and_the_certificate_that_were_asked_for() {
    let dossier = book_signed_by(&["GVCN"]);
    let asked = name("GVBM_VAN");
    let permit = ask_to_sign(
        &dossier,
        &asked,
        (&by_roster(roster_digest(), &roster()), now()),
        (&standing(certificate("VAN")), Unchecked::Refused),
    );
    let permit = permit.expect("it is the turn of the teachers");
    assert_eq!(permit.over(), digest(&format!("{BOOK} 1")));
    assert_eq!((&permit.signing_box().name, permit.certificate()), (&asked, certificate("VAN")));
}

fn refusal(dossier: &Dossier, of: &str, standing: &Standing) -> &'static str {
    let asked = ask_to_sign(
        dossier,
        &name(of),
        (&by_roster(roster_digest(), &roster()), now()),
        (standing, Unchecked::Refused),
    );
    asked.expect_err("refused").code()
}

#[test]
fn a_box_of_another_plan_is_no_box() {
    let refused = refusal(&book_signed_by(&[]), "BanQuanTri", &standing(certificate("QT")));
    assert_eq!(refused, "signing.no_such_box");
}

#[test]
fn a_base_that_names_another_roster_is_not_signed() {
    let dossier = book_signed_by(&[]);
    let by_holder = standing(certificate("CN"));
    let asked = ask_to_sign(
        &dossier,
        &name("GVCN"),
        (&by_roster(digest("roster of today"), &roster()), now()),
        (&by_holder, Unchecked::Refused),
    );
    assert_eq!(asked.expect_err("refused"), Refusal::OtherRoster);
}

#[test]
fn only_the_holder_of_a_box_may_sign_it() {
    let dossier = book_signed_by(&["GVCN"]);
    for other in ["CN", "VAN", "QT", "VP", "HT", "DAU"] {
        let refused = refusal(&dossier, "GVBM_TOAN", &standing(certificate(other)));
        assert_eq!(refused, "signing.wrong_person", "{other}");
    }
}

#[test]
fn a_box_that_the_roster_gives_to_nobody_is_signed_by_nobody() {
    let mut roster = roster();
    roster.homerooms.clear();
    let by_holder = standing(certificate("CN"));
    let asked = ask_to_sign(
        &book_signed_by(&[]),
        &name("GVCN"),
        (&by_roster(roster_digest(), &roster), now()),
        (&by_holder, Unchecked::Refused),
    );
    assert_eq!(asked.expect_err("refused").code(), "signing.wrong_person");
}

/// Everything that can be wrong with a certificate, one at a time.
fn flawed() -> Vec<(&'static str, Standing)> {
    let good = || standing(certificate("CN"));
    vec![
        ("signing.certificate_expired", Standing { in_validity: false, ..good() }),
        ("signing.certificate_revoked", Standing { revocation: Revocation::Revoked, ..good() }),
        ("signing.certificate_revoked", Standing { revocation: Revocation::RevokedAfterPoe, ..good() }),
        ("signing.unknown_ca", Standing { trust: Trust::Untrusted, ..good() }),
        ("signing.unknown_ca", Standing { trust: Trust::Unknown, ..good() }),
        ("signing.certificate_may_not_sign", Standing { may_sign: false, ..good() }),
        ("signing.certificate_may_not_sign", Standing { strong: false, ..good() }),
        ("signing.revocation_unchecked", Standing { revocation: Revocation::Unchecked, ..good() }),
    ]
}

#[test]
fn a_certificate_with_any_single_flaw_is_refused_for_that_flaw() {
    check_standing(&standing(certificate("CN")), Unchecked::Refused).expect("without a flaw");
    let dossier = book_signed_by(&[]);
    for (code, standing) in flawed() {
        assert_eq!(refusal(&dossier, "GVCN", &standing), code);
        assert_eq!(check_standing(&standing, Unchecked::Refused).expect_err("refused").code(), code);
    }
}

#[test]
fn who_comes_too_early_is_told_so_and_not_that_the_certificate_is_at_fault() {
    let dossier = book_signed_by(&[]);
    for (_, standing) in flawed() {
        assert_eq!(refusal(&dossier, "HieuTruong", &standing), "signing.not_your_turn");
        assert_eq!(refusal(&book_signed_by(&["GVCN"]), "GVCN", &standing), "signing.already_signed");
        let stranger = Standing { certificate: certificate("VP"), ..standing };
        assert_eq!(refusal(&dossier, "GVCN", &stranger), "signing.wrong_person");
    }
}

#[test]
fn the_open_boxes_are_those_of_the_first_turn_that_is_not_complete() {
    let open = |signed: &[&str]| -> Vec<String> {
        book_signed_by(signed).open_boxes().iter().map(|one| one.name.to_string()).collect()
    };
    assert_eq!(open(&[]), ["GVCN"]);
    assert_eq!(open(&["GVCN"]), ["GVBM_TOAN", "GVBM_VAN"]);
    assert_eq!(open(&["GVCN", "GVBM_VAN"]), ["GVBM_TOAN"]);
    assert_eq!(open(&BOXES), [""; 0]);
    assert_eq!(plan(BOOK).turns.len(), 4);
}

#[test]
fn revocation_that_cannot_be_checked_is_refused_asked_about_or_allowed_as_the_school_says() {
    use RevocationPolicy::{Allow, Ask, Refuse};
    use SignersWord::SignAnyway;
    let unchecked = Standing { revocation: Revocation::Unchecked, ..standing(certificate("CN")) };
    let asked = |policy: RevocationPolicy, word| {
        check_standing(&unchecked, policy.with(word)).map_err(|refusal| refusal.code())
    };
    for word in [SignersWord::None, SignAnyway] {
        assert_eq!(asked(Refuse, word), Err("signing.revocation_unchecked"));
        assert_eq!(asked(Allow, word), Ok(()));
    }
    assert_eq!(asked(Ask, SignersWord::None), Err("signing.revocation_undecided"));
    assert_eq!(asked(Ask, SignAnyway), Ok(()));
    assert_eq!(Ask.with(SignAnyway), Unchecked::Allowed(UncheckedBy::Signer));
    // Nobody decides about a certificate that is revoked.
    let revoked = Standing { revocation: Revocation::Revoked, ..standing(certificate("CN")) };
    assert!(check_standing(&revoked, Allow.with(SignAnyway)).is_err());
}
