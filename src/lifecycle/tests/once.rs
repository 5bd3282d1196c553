//! What may happen only once, and the stored names of all events.

use std::collections::BTreeSet;

use school::deposit::DepositKind;
use school::digest::Sha512;
use school::dossier::Period;
use school::limits::REFUSED_NAMED;
use school::medium::{CopyId, MediumKind};
use school::report::ReportKind;

use super::sample::{BOOK, DECISION, certificate, digest, id, name, now, plan, planned, written, year};
use crate::lifecycle::accounts::AccountChange;
use crate::lifecycle::calendar::{MovedDay, Rhythm};
use crate::lifecycle::event::{
    AnchorSource, Capacity, ClockWitness, Event, PartTaken, PlannedMedium, PrintedRevision, UncheckedBy,
};
use crate::lifecycle::round::{RoundNumber, Scope};
use crate::lifecycle::to_sign::{RefusedSignature, ToSign};

const ELSEWHERE: &str = "2025-2026_ca-nam_hoc-ba_HS0002";

/// One of each, all of different things.
fn every_event() -> Vec<Event> {
    let deposit = || written("HOAPHUONG_2025-2026_0001");
    vec![
        Event::Commissioned {
            school: written("HOAPHUONG"),
            principal: certificate("HT"),
            stamp: certificate("DAU"),
        },
        Event::YearOpened { year: year(), roster: digest("roster"), plans: digest("plans") },
        Event::ActProposed {
            act: digest("act"),
            year: year(),
            signers: vec![certificate("HT")],
            record: None,
        },
        Event::ActSigned { act: digest("act"), principal: None, stamp: Some(certificate("DAU2")) },
        Event::ActWithdrawn { act: digest("act taken back"), by: written("QT") },
        Event::ExportTaken { sha256: digest("export"), bytes: 6 },
        accepted("export"),
        Event::ExportParts { export: digest("part of a class"), parts: vec![part()] },
        Event::ExportKept { export: digest("report"), report: ReportKind::Conduct, year: year() },
        refused("flawed"),
        checked(),
        Event::DifferencesAccepted { export: digest("export"), record: digest("reason") },
        Event::BooksAccepted { differences: digest("differences"), record: digest("reason") },
        reviewed(true),
        Event::ReviewWaived { export: digest("export"), record: digest("reason") },
        base(BOOK),
        begun(),
        lost(),
        signed(BOOK, 1),
        closed(BOOK, 2),
        Event::SignedElsewhere {
            dossier: id(ELSEWHERE),
            sha256: digest("signed elsewhere"),
            plan: Box::new(plan(ELSEWHERE)),
            exports: vec![digest("export")],
            certificate: certificate("DAU"),
        },
        Event::DossierRefused { dossier: id(BOOK), signing_box: name("GVCN"), record: digest("reason") },
        Event::DossierResumed { dossier: id(BOOK), record: digest("answer") },
        Event::RoundOpened { round: RoundNumber(1), scope: round_scope(), record: None },
        Event::RoundClassLeftOut {
            round: RoundNumber(1),
            class: written("6A1"),
            period: Period::FullYear,
            record: None,
        },
        Event::RoundClosed { round: RoundNumber(1), record: None },
        signing_refused(),
        Event::TimestampMissing { dossier: id(BOOK) },
        super::correcting::opened("0001", "export", "other"),
        super::correcting::requested("0001"),
        super::correcting::refused("0001"),
        super::correcting::withdrawn("0002"),
        Event::CheckpointSigned {
            size: 9,
            checkpoint: digest("checkpoint"),
            certificate: certificate("HT"),
            signature: digest("signature"),
        },
        Event::CheckpointMissed { certificate: certificate("HT"), code: "token.gone".into() },
        planned(deposit(), vec![id(BOOK)]),
        Event::DepositBuilt {
            deposit: deposit(),
            tagmanifest_sha256: digest("tags"),
            tagmanifest_sha512: Sha512::of(b"tags"),
            record: None,
        },
        Event::DepositSealed { deposit: deposit(), seal: digest("seal"), record: None },
        Event::MediumAccepted {
            on: MediumKind::Optical,
            model: digest("model"),
            people: vec![written("VP")],
            record: digest("sheet"),
        },
        Event::TimeProven { deposit: deposit(), answer: digest("answer"), record: None },
        Event::ImageMade { deposit: deposit(), sha256: digest("image"), bytes: 5 },
        Event::ImageReadBack { deposit: deposit(), sha256: digest("image") },
        Event::MediumPlanned { set: vec![planned_medium()], software_agent: String::new(), record: None },
        Event::MediumSealed {
            medium: written("HOAPHUONG_VM_0001"),
            seal: digest("seal"),
            image: digest("image"),
            bytes: 5,
            record: None,
        },
        Event::MediumWriting {
            copy: copy(),
            on: MediumKind::Stick,
            device: digest("stick"),
            drive: None,
            record: None,
        },
        Event::MediumVerified { copy: copy(), sha256: digest("files"), by: None },
        Event::MediumStickered {
            copy: copy(),
            sticker: written("T-001"),
            people: vec![written("VP")],
            record: digest("place"),
        },
        Event::MediumOpened { copy: copy(), people: vec![written("VP")], record: digest("reason") },
        Event::MediumResealed {
            copy: copy(),
            old: written("T-001"),
            new: written("T-002"),
            people: vec![written("VP")],
            record: digest("place"),
        },
        Event::MediumHandedOver { copy: copy(), people: vec![written("VP")], record: digest("order") },
        Event::MediumChecked { copy: copy(), sha256: digest("files"), drive: None, by: None },
        Event::MediumMigrated { copy: copy(), to: written("HOAPHUONG_VM_0001-2"), record: digest("reason") },
        Event::MediumSpoiled { copy: copy(), code: "medium.differs".into(), record: None },
        Event::MediumLost { copy: copy(), record: digest("search") },
        Event::AnchorAdded { certificate: certificate("root"), by: AnchorSource::Configuration },
        Event::AnchorRemoved { certificate: certificate("root"), by: AnchorSource::Configuration },
        overwrite_refused(),
        Event::Rehearsed {
            person: written("CN"),
            certificate: certificate("CN"),
            token: digest("token"),
            page: Some(digest("page")),
            codes: Vec::new(),
        },
        Event::AuthorityProposed { certificate: certificate("CA"), self_issued: true, record: None },
        Event::AuthorityConfirmed {
            certificate: certificate("CA"),
            by: written("QT"),
            capacity: Capacity::Admin,
        },
        Event::AuthorityWithdrawn {
            certificate: certificate("CA"),
            by: written("HT"),
            capacity: Capacity::Principal,
            record: digest("why"),
        },
        Event::BindingsConfirmed { bindings: digest("bindings"), by: written("QT") },
        Event::ReaderAssigned {
            reader: "Reader 00 00".into(),
            screen: Some(written("van-phong-1")),
            record: None,
        },
        Event::TroubleReported { by: Some(written("VP")), record: digest("trouble") },
        Event::AccountChanged {
            change: AccountChange::Made,
            person: Some(written("CN")),
            roles: vec!["giao-vien".into()],
            by: Some(written("QT")),
            record: digest("account"),
        },
        Event::CalendarMoved {
            year: year(),
            rhythm: Rhythm::TwiceAMonth,
            days: vec![MovedDay { due: "signing".into(), from: None, until: written("2026-06-10") }],
            by: written("QT"),
        },
        Event::ArchiveRegulated {
            media: [MediumKind::Optical, MediumKind::Disk].into(),
            check_days: 365,
            by: written("QT"),
            record: digest("regulation"),
        },
        Event::AuthorityChosen { chosen: true, by: written("QT"), record: digest("address") },
        Event::DossiersPrinted {
            printed: vec![PrintedRevision { dossier: written(BOOK), sha256: digest("book") }],
            by: Some(written("VP")),
            record: digest("purpose"),
        },
        Event::LeaverHandedOver {
            given: vec![PrintedRevision { dossier: written(BOOK), sha256: digest("book") }],
            by: Some(written("VP")),
            record: digest("recipient"),
        },
        Event::RevocationUnchecked { certificate: certificate("CN"), decided: UncheckedBy::Signer },
        Event::ClockDoubted { clock: now(), expected: now(), code: "clock.jumped".into() },
        Event::ClockConfirmed { clock: now(), by: ClockWitness::Timestamp { token: digest("token") } },
        Event::ClockRead { clock: now(), expected: now(), by: written("HT") },
        Event::ClockConfirmed { clock: now(), by: ClockWitness::Ntp },
        Event::ClockConfirmed {
            clock: now(),
            by: ClockWitness::People { people: vec![written("HT"), written("QT")] },
        },
    ]
}

fn planned_medium() -> PlannedMedium {
    PlannedMedium {
        medium: written("HOAPHUONG_VM_0001"),
        deposits: vec![written("HOAPHUONG_2025-2026_0001")],
    }
}

fn copy() -> CopyId {
    written("HOAPHUONG_VM_0001-1")
}

fn accepted(export: &str) -> Event {
    Event::ExportAccepted {
        export: digest(export),
        gradebook: digest("gradebook"),
        year: year(),
        class: written("6A1"),
        period: Period::FullYear,
    }
}

fn round_scope() -> Scope {
    Scope { year: year(), classes: [written("6A1")].into(), periods: [Period::FullYear].into() }
}

fn part() -> PartTaken {
    PartTaken { part: digest("part"), year: year(), class: written("6A1"), is_final: true }
}

fn refused(export: &str) -> Event {
    Event::ExportRefused { export: digest(export), codes: vec!["export.missing".into()] }
}

fn checked() -> Event {
    Event::ExportChecked {
        export: digest("export"),
        check: digest("check"),
        report: digest("report"),
        differing: vec![written("HS0001")],
        gaps: 2,
    }
}

fn reviewed(right: bool) -> Event {
    let subject = Some(written("TOAN"));
    Event::ExportReviewed { export: digest("export"), subject, person: written("NV02"), right, record: None }
}

fn base(dossier: &str) -> Event {
    let (sha256, boxes) = (digest("base"), digest("boxes"));
    Event::DossierBase {
        dossier: id(dossier),
        sha256,
        boxes,
        plan: Box::new(plan(dossier)),
        exports: Vec::new(),
        pupil: None,
        supplements: None,
        corrects: Vec::new(),
        record: None,
    }
}

fn begun() -> Event {
    let (signing_box, certificate) = (name("GVCN"), certificate("CN"));
    Event::SigningBegun { dossier: id(BOOK), signing_box, certificate, over: digest("base") }
}

fn lost() -> Event {
    let (signing_box, certificate) = (name("GVCN"), certificate("CN"));
    Event::AttemptLost { dossier: id(BOOK), signing_box, certificate, code: "token.gone".into() }
}

fn signed(dossier: &str, revision: u32) -> Event {
    Event::DossierSigned {
        dossier: id(dossier),
        revision,
        signing_box: name("GVCN"),
        certificate: certificate("CN"),
        sha256: digest("signed"),
    }
}

fn closed(dossier: &str, revision: u32) -> Event {
    Event::DossierClosed { dossier: id(dossier), revision, sha256: digest("closed") }
}

fn signing_refused() -> Event {
    Event::SigningRefused(RefusedSignature {
        to_sign: ToSign::place(&id(BOOK), &name("HieuTruong")),
        certificate: certificate("HT"),
        code: "signing.not_your_turn".into(),
        record: None,
    })
}

fn overwrite_refused() -> Event {
    Event::OverwriteRefused { name: "goc/a.json".into(), sha256: digest("other") }
}

/// The stored name; the match makes the compiler ask for a new event here and in [`every_event`].
fn kind(event: &Event) -> &'static str {
    match event {
        Event::Commissioned { .. } => "commissioned",
        Event::YearOpened { .. } => "year.opened",
        Event::ActProposed { .. } => "act.proposed",
        Event::ActSigned { .. } => "act.signed",
        Event::ActWithdrawn { .. } => "act.withdrawn",
        Event::ExportTaken { .. } => "export.taken",
        Event::ExportAccepted { .. } => "export.accepted",
        Event::ExportParts { .. } => "export.parts",
        Event::ExportKept { .. } => "export.kept",
        Event::ExportRefused { .. } => "export.refused",
        Event::ExportChecked { .. } => "export.checked",
        Event::DifferencesAccepted { .. } => "export.differences-accepted",
        Event::BooksAccepted { .. } => "export.books-accepted",
        Event::ExportReviewed { .. } => "export.reviewed",
        Event::ReviewWaived { .. } => "export.review-waived",
        Event::DossierBase { .. } => "dossier.base",
        Event::SigningBegun { .. } => "dossier.signing",
        Event::AttemptLost { .. } => "dossier.attempt-lost",
        Event::DossierSigned { .. } => "dossier.signed",
        Event::DossierClosed { .. } => "dossier.closed",
        Event::SignedElsewhere { .. } => "dossier.signed-elsewhere",
        Event::DossierRefused { .. } => "dossier.refused",
        Event::DossierResumed { .. } => "dossier.resumed",
        Event::RoundOpened { .. } => "round.opened",
        Event::RoundClassLeftOut { .. } => "round.class-left-out",
        Event::RoundClosed { .. } => "round.closed",
        Event::SigningRefused(_) => "signing.refused",
        Event::RevocationUnchecked { .. } => "signing.revocation-unchecked",
        Event::ClockDoubted { .. } => "clock.doubted",
        Event::ClockRead { .. } => "clock.read",
        Event::ClockConfirmed { .. } => "clock.confirmed",
        Event::CheckpointSigned { .. } => "checkpoint.signed",
        Event::CheckpointMissed { .. } => "checkpoint.missed",
        Event::CorrectionOpened { .. } => "correction.opened",
        Event::CorrectionRequested { .. } => "correction.requested",
        Event::CorrectionRefused { .. } => "correction.refused",
        Event::CorrectionWithdrawn { .. } => "correction.withdrawn",
        Event::TimestampMissing { .. } => "dossier.timestamp-missing",
        Event::DepositPlanned { .. } => "deposit.planned",
        Event::DepositBuilt { .. } => "deposit.built",
        Event::DepositSealed { .. } => "deposit.sealed",
        Event::MediumAccepted { .. } => "medium.accepted",
        Event::TimeProven { .. } => "deposit.time-proven",
        Event::ImageMade { .. } => "image.made",
        Event::ImageReadBack { .. } => "image.read-back",
        Event::MediumPlanned { .. } => "medium.planned",
        Event::MediumSealed { .. } => "medium.sealed",
        Event::MediumWriting { .. } => "medium.writing",
        Event::MediumVerified { .. } => "medium.verified",
        Event::MediumStickered { .. } => "medium.stickered",
        Event::MediumOpened { .. } => "medium.opened",
        Event::MediumResealed { .. } => "medium.resealed",
        Event::MediumHandedOver { .. } => "medium.handed-over",
        Event::MediumChecked { .. } => "medium.checked",
        Event::MediumMigrated { .. } => "medium.migrated",
        Event::MediumSpoiled { .. } => "medium.spoiled",
        Event::MediumLost { .. } => "medium.lost",
        Event::AnchorAdded { .. } => "anchor.added",
        Event::AnchorRemoved { .. } => "anchor.removed",
        Event::OverwriteRefused { .. } => "overwrite.refused",
        Event::Rehearsed { .. } => "enrolment.rehearsed",
        Event::AuthorityProposed { .. } => "enrolment.authority-proposed",
        Event::AuthorityConfirmed { .. } => "enrolment.authority-confirmed",
        Event::AuthorityWithdrawn { .. } => "enrolment.authority-withdrawn",
        Event::BindingsConfirmed { .. } => "enrolment.bindings-confirmed",
        Event::ReaderAssigned { .. } => "reader.assigned",
        Event::DossiersPrinted { .. } => "dossier.printed",
        Event::LeaverHandedOver { .. } => "leaver.handed-over",
        Event::TroubleReported { .. } => "trouble.reported",
        Event::AccountChanged { .. } => "account.changed",
        Event::CalendarMoved { .. } => "calendar.moved",
        Event::ArchiveRegulated { .. } => "archive.regulated",
        Event::AuthorityChosen { .. } => "timestamp.authority-chosen",
    }
}

#[test]
fn the_stored_name_of_an_event_never_changes_and_reads_back() {
    let mut kinds = BTreeSet::new();
    for event in every_event() {
        let stored = serde_json::to_value(&event).expect("a stored form");
        assert_eq!(stored["kind"], kind(&event));
        assert_eq!(serde_json::from_value::<Event>(stored).expect("read back"), event);
        kinds.insert(kind(&event));
    }
    assert_eq!(kinds.len(), 73, "one of each");
}

#[test]
fn every_record_that_an_event_names_is_known_to_travel_with_the_register() {
    for event in every_event() {
        let stored = serde_json::to_value(&event).expect("a stored form");
        let named = stored["body"].get("record").and_then(|record| record.as_str().map(str::to_owned));
        assert_eq!(event.record().map(|record| record.to_string()), named, "{stored}");
    }
}

/// What the program does by itself, and what its signers' tokens prove.
const NOBODYS_DEEDS: [&str; 20] = [
    "export.taken",
    "export.accepted",
    "export.parts",
    "export.kept",
    "export.refused",
    "export.checked",
    "dossier.closed",
    "dossier.timestamp-missing",
    "clock.doubted",
    "image.made",
    "image.read-back",
    "anchor.added",
    "anchor.removed",
    "overwrite.refused",
    // Signed by principal and stamp, whose certificates are the entry, or were confirmed by name before.
    "commissioned",
    "year.opened",
    "act.signed",
    "clock.confirmed",
    // Read back by whoever wrote it; registers of 0.1.0 do not say who.
    "medium.verified",
    "medium.checked",
];

#[test]
fn every_act_of_a_person_is_an_entry_that_names_them() {
    for mut event in every_event() {
        if let Some(order) = event.order() {
            *order = Some(digest("order"));
        }
        let stored = serde_json::to_value(&event).expect("a stored form");
        let kind = kind(&event);
        let names = ["by", "person", "people", "certificate", "record"];
        let named = names.iter().any(|name| !stored["body"][name].is_null());
        let is_base_of_a_lock = kind == "dossier.base";
        assert!(named || is_base_of_a_lock || NOBODYS_DEEDS.contains(&kind), "{stored}");
    }
}

#[test]
fn a_decision_names_who_proposed_it_and_the_documents_of_a_lock_nobody() {
    let mut decision = base(DECISION);
    assert!(decision.order().is_some());
    assert!(base(BOOK).order().is_none());
}

#[test]
fn a_register_of_the_first_version_names_nobody_who_ordered_something_and_still_reads() {
    let older = [
        r#"{"kind":"round.opened","body":{"round":1,"scope":{"year":"2025-2026","classes":["6A1"],"periods":["ca-nam"]}}}"#,
        r#"{"kind":"round.closed","body":{"round":1}}"#,
        r#"{"kind":"reader.assigned","body":{"reader":"Reader 00 00","screen":"van-phong-1"}}"#,
        r#"{"kind":"medium.planned","body":{"set":[],"software_agent":"niemphong 0.1.0"}}"#,
    ];
    for line in older {
        let read: Event = serde_json::from_str(line).expect("it still reads");
        assert_eq!(read.record(), None);
        assert_eq!(serde_json::to_string(&read).expect("a stored form"), line, "and is written as it was");
    }
}

/// What may be refused, with the fields that tell it apart in the register.
fn everything_to_sign() -> [(ToSign, &'static [&'static str]); 6] {
    let deposit = written("HOAPHUONG_2025-2026_0001");
    [
        (ToSign::place(&id(BOOK), &name("HieuTruong")), &["dossier", "box"]),
        (ToSign::visit([&id(BOOK), &id(ELSEWHERE), &id(BOOK)]), &["documents", "dossiers"]),
        (ToSign::Act { act: digest("act") }, &["act"]),
        (
            ToSign::Year { year: year(), roster: digest("roster"), plans: digest("plans") },
            &["year", "roster", "plans"],
        ),
        (ToSign::Deposit { deposit }, &["deposit"]),
        (ToSign::Medium { medium: written("HOAPHUONG_VM_0001") }, &["medium"]),
    ]
}

#[test]
fn a_refusal_says_what_was_to_be_signed_by_whom_and_why_not_and_reads_back() {
    for (to_sign, fields) in everything_to_sign() {
        let code = "token.pin_incorrect".to_owned();
        let (certificate, record) = (certificate("HT"), Some(digest("order")));
        let refused = RefusedSignature { to_sign, certificate, code, record };
        let mut stored = serde_json::to_value(Event::SigningRefused(refused.clone())).expect("a stored form");
        let said: BTreeSet<&str> =
            stored["body"].as_object().expect("fields").keys().map(|one| &**one).collect();
        assert_eq!(
            said,
            fields.iter().copied().chain(["certificate", "code", "record"]).collect(),
            "{stored}"
        );
        assert_eq!(
            serde_json::from_value::<Event>(stored.clone()).expect("read"),
            Event::SigningRefused(refused)
        );
        stored["body"]["pin"] = "1234".into();
        assert!(serde_json::from_value::<Event>(stored).is_err(), "nothing else stands there");
    }
}

#[test]
fn a_refused_visit_names_each_document_once_and_as_many_as_a_line_of_the_register_holds() {
    let many: Vec<_> = (0..1_300).map(|one| id(&format!("2025-2026_ca-nam_hoc-ba_HS{one:04}"))).collect();
    let ToSign::Visit { documents, dossiers } = ToSign::visit(many.iter().chain(&many)) else {
        panic!("a visit");
    };
    assert_eq!((documents, dossiers.as_slice()), (1_300, &many[..REFUSED_NAMED]));
}

#[test]
fn a_refusal_of_an_older_register_is_one_of_a_document() {
    let older = format!(
        r#"{{"kind":"signing.refused","body":{{"dossier":"{BOOK}","box":"HieuTruong","certificate":"{}","code":"signing.not_your_turn"}}}}"#,
        certificate("HT")
    );
    let read: Event = serde_json::from_str(&older).expect("it still reads");
    assert_eq!(read, signing_refused());
    assert_eq!(serde_json::to_string(&read).expect("a stored form"), older, "and is written as it was");
}

#[test]
fn a_deposit_that_an_older_register_planned_was_whatever_had_been_closed() {
    let older = r#"{"kind":"deposit.planned","body":{"deposit":"HOAPHUONG_2025-2026_0001","dossiers":[],"software_agent":"niemphong 0.1.0"}}"#;
    let read: Event = serde_json::from_str(older).expect("it still reads");
    let Event::DepositPlanned { deposit_kind, complete, .. } = read else { panic!("{read:?}") };
    assert_eq!((deposit_kind, complete), (DepositKind::Supplement, false));
}

#[test]
fn different_happenings_have_different_names_so_that_none_blocks_another() {
    let mut events = every_event();
    let other_year =
        Event::YearOpened { year: written("2026-2027"), roster: digest("r"), plans: digest("p") };
    let other_export = Event::ExportTaken { sha256: digest("flawed"), bytes: 6 };
    let other_deposit = planned(written("HOAPHUONG_2025-2026_0002"), Vec::new());
    events.extend([other_year, other_export, other_deposit, base(DECISION), signed(DECISION, 1)]);
    let names: Vec<String> = events.iter().filter_map(Event::once).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{names:#?}");
}

#[test]
fn what_excludes_each_other_has_one_name() {
    let once = |event: Event| event.once().expect("it happens once");
    assert_eq!(once(base(BOOK)), once(signed(BOOK, 0)), "the base is revision 0");
    assert_eq!(once(signed(BOOK, 3)), once(closed(BOOK, 3)), "a revision is one file");
}

#[test]
fn an_export_that_was_refused_may_be_accepted_later_but_each_only_once() {
    let once = |event: Event| event.once().expect("it happens once");
    assert_ne!(once(accepted("export")), once(refused("export")));
    assert_eq!(once(accepted("export")), once(accepted("export")));
    assert_eq!(once(refused("export")), once(refused("export")));
}

#[test]
fn refusals_may_happen_again_and_again() {
    assert_eq!((signing_refused().once(), overwrite_refused().once()), (None, None));
    assert_eq!((begun().once(), lost().once()), (None, None), "a lost signature is made again");
}
