//! Deposits: what goes in, what is waited for, and every step at every stage.

use std::collections::BTreeMap;

use school::deposit::{DepositId, DepositKind};
use school::digest::Sha512;
use school::dossier::{DocumentKind, Period};
use school::identifier::{ClassName, PupilId};
use school::plan::Templates;

use super::sample::{BOOK, DECISION, Story, digest, id, planned, roster, written, year};
use crate::lifecycle::deposit::{
    Absent, Command, DepositRefusal, Expected, Late, Missing, Next, Record, Room, Stage, Step, ask,
    ask_to_plan, next,
};
use crate::lifecycle::event::Event;

const BOXES: [&str; 5] = ["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong", "ConDau"];
const TRANSCRIPT: &str = "2025-2026_ca-nam_hoc-ba_HS0001";
const FIRST: &str = "HOAPHUONG_2025-2026_0001";

/// A disc without end.
const ENDLESS: Room<'_> = Room { bytes: u64::MAX, taken_by: &|_| 1 };

/// Plans of class books and transcripts alone.
fn plans() -> Templates {
    let default = Templates::default_for(year());
    let kept = |kind| matches!(kind, DocumentKind::SoDiem | DocumentKind::HocBa);
    let templates = default.templates.into_iter().filter(|one| kept(one.kind)).collect();
    Templates { templates, ..default }
}

fn take(story: &mut Story, export: &str, class: &str, period: Period) {
    story.happens(Event::ExportTaken { sha256: digest(export), bytes: 6 });
    story.happens(Event::ExportAccepted {
        export: digest(export),
        gradebook: digest("gradebook"),
        year: year(),
        class: written(class),
        period,
    });
}

/// The class 6A1: data locked, the class book closed.
fn class_closed() -> Story {
    let mut story = Story::default();
    take(&mut story, "export", "6A1", Period::FullYear);
    story.base(DECISION, vec![digest("export")]);
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    story.close(DECISION);
    close(&mut story, BOOK);
    story
}

fn close(story: &mut Story, dossier: &str) {
    story.base(dossier, vec![digest("export")]);
    story.sign(dossier, &BOXES);
    story.close(dossier);
}

fn transcript(story: &mut Story) {
    story.base(TRANSCRIPT, vec![digest("export")]);
    story.sign(TRANSCRIPT, &["GVBM_TOAN", "GVBM_VAN", "GVCN", "HieuTruong", "ConDau"]);
    story.close(TRANSCRIPT);
}

fn pupils() -> BTreeMap<ClassName, Vec<PupilId>> {
    BTreeMap::from([(written("6A1"), vec![written("HS0001")])])
}

fn plan(
    story: &Story,
    kind: DepositKind,
    late: Late,
) -> Result<(Vec<String>, Vec<DepositId>, bool), DepositRefusal> {
    let (roster, plans, pupils) = (roster(), plans(), pupils());
    let expected = Expected { roster: &roster, plans: &plans, pupils: &pupils };
    let content = ask_to_plan(&story.ledger, year(), kind, &expected, late, ENDLESS)?;
    let dossiers = content.dossiers.iter().map(ToString::to_string).collect();
    Ok((dossiers, content.corrects, content.complete))
}

fn missing(story: &Story, classes: &[&str]) -> Vec<Missing> {
    let (mut roster, plans, pupils) = (roster(), plans(), pupils());
    roster.homerooms.extend(classes.iter().map(|class| (written(class), written("CN"))));
    Expected { roster: &roster, plans: &plans, pupils: &pupils }.missing(&story.ledger, Period::FullYear)
}

fn what_next(story: &Story) -> Next {
    next(&story.ledger, year(), &missing(story, &[]))
}

fn seal(story: &mut Story, deposit: &str, dossiers: &[&str]) {
    let dossiers = dossiers.iter().map(|one| super::sample::id(one)).collect();
    seal_as(story, deposit, planned(written(deposit), dossiers));
}

fn seal_as(story: &mut Story, deposit: &str, planned: Event) {
    let id: DepositId = written(deposit);
    story.happens(planned);
    story.happens(Event::DepositBuilt {
        deposit: id.clone(),
        tagmanifest_sha256: digest("tags"),
        tagmanifest_sha512: Sha512::of(b"tags"),
        record: None,
    });
    story.happens(Event::DepositSealed { deposit: id, seal: digest("seal"), record: None });
}

#[test]
fn a_year_is_refused_as_complete_with_the_list_of_what_is_missing() {
    let mut story = class_closed();
    let absent = |what| Missing { class: Some(written("6A1")), what };
    let not_made = absent(Absent::NotMade(id(TRANSCRIPT)));
    let refused = plan(&story, DepositKind::Year, Late::WaitedFor);
    assert_eq!(refused, Err(DepositRefusal::Incomplete(vec![not_made])));
    story.base(TRANSCRIPT, vec![digest("export")]);
    assert_eq!(missing(&story, &[]), [absent(Absent::NotClosed(id(TRANSCRIPT)))]);
    let unlocked = Missing { class: Some(written("6A2")), what: Absent::LockedData };
    assert!(missing(&story, &["6A2"]).contains(&unlocked));
    assert_eq!(missing(&Story::default(), &[]), [absent(Absent::LockedData)]);
}

#[test]
fn a_complete_year_holds_every_document_with_the_decisions_it_rests_on() {
    let mut story = class_closed();
    transcript(&mut story);
    assert_eq!(what_next(&story), Next::Plan(DepositKind::Year));
    let (dossiers, corrects, complete) = plan(&story, DepositKind::Year, Late::WaitedFor).expect("complete");
    assert_eq!((dossiers.len(), corrects, complete), (3, Vec::new(), true), "{dossiers:?}");
}

#[test]
fn one_late_class_blocks_nothing_and_follows_in_a_supplement_with_its_decision_again() {
    let mut story = class_closed();
    // The only class is late: nothing of it goes in, not even its decision.
    let nothing = plan(&story, DepositKind::Year, Late::Follow);
    assert_eq!(nothing, Err(DepositRefusal::Nothing(DepositKind::Year)));
    // What was closed of it was deposited all the same; its transcript follows.
    seal(&mut story, FIRST, &[BOOK, DECISION]);
    transcript(&mut story);
    let (dossiers, _, complete) =
        plan(&story, DepositKind::Supplement, Late::WaitedFor).expect("a supplement");
    assert_eq!(dossiers, [TRANSCRIPT, DECISION], "judged by what lies in it, so the decision lies in both");
    assert!(complete, "with it everything is there");
}

#[test]
fn a_year_too_large_for_a_disc_is_split_by_class_and_the_last_part_completes_it() {
    const BOOK_OF_SECOND: &str = "2025-2026_ca-nam_so-diem_6A2";
    let mut story = class_closed();
    transcript(&mut story);
    take(&mut story, "second", "6A2", Period::FullYear);
    story.base("2025-2026_ca-nam_quyet-dinh-khoa_0002", vec![digest("second")]);
    story.sign("2025-2026_ca-nam_quyet-dinh-khoa_0002", &["BanQuanTri", "HieuTruong"]);
    story.close("2025-2026_ca-nam_quyet-dinh-khoa_0002");
    story.base(BOOK_OF_SECOND, vec![digest("second")]);
    story.sign(BOOK_OF_SECOND, &BOXES);
    story.close(BOOK_OF_SECOND);
    let mut roster = roster();
    roster.homerooms.insert(written("6A2"), written("CN"));
    let (plans, pupils) = (plans(), pupils());
    let expected = Expected { roster: &roster, plans: &plans, pupils: &pupils };
    let plan = |story: &Story, kind, bytes| {
        let room = Room { bytes, taken_by: &|_| 100 };
        let content = ask_to_plan(&story.ledger, year(), kind, &expected, Late::WaitedFor, room)?;
        Ok((content.dossiers.iter().map(ToString::to_string).collect::<Vec<_>>(), content.complete))
    };
    // Five documents, room for four: the second class is not cut.
    let (first, complete) = plan(&story, DepositKind::Year, 400).expect("the first part");
    assert!(first.contains(&BOOK.to_owned()) && first.contains(&TRANSCRIPT.to_owned()), "{first:?}");
    assert!(!first.contains(&BOOK_OF_SECOND.to_owned()) && !complete, "{first:?}");
    let all = plan(&story, DepositKind::Year, 500).expect("all of it");
    assert_eq!((all.0.len(), all.1), (5, true));
    let dossiers = first.iter().map(|one| id(one)).collect();
    let planned = Event::DepositPlanned {
        deposit: written(FIRST),
        dossiers,
        software_agent: String::new(),
        deposit_kind: DepositKind::Year,
        exports: Vec::new(),
        corrects: Vec::new(),
        complete,
        record: None,
    };
    seal_as(&mut story, FIRST, planned);
    assert_eq!(what_next(&story), Next::Plan(DepositKind::Supplement));
    let (second, complete) = plan(&story, DepositKind::Supplement, 400).expect("the second part");
    assert!(second.contains(&BOOK_OF_SECOND.to_owned()) && !second.contains(&BOOK.to_owned()), "{second:?}");
    assert!(complete, "with it the year is whole");
    assert_eq!(
        plan(&story, DepositKind::Supplement, 99),
        Err(DepositRefusal::NoRoom { bytes: 99 }),
        "nothing is better than a deposit of nothing"
    );
}

#[test]
fn a_correction_is_a_deposit_of_its_own_that_names_the_one_it_corrects() {
    let second = "2025-2026_ca-nam_so-diem_6A1_v2";
    let mut story = class_closed();
    transcript(&mut story);
    seal(&mut story, FIRST, &[BOOK, DECISION, TRANSCRIPT]);
    assert_eq!(what_next(&story), Next::Media);
    close(&mut story, second);
    assert_eq!(what_next(&story), Next::Plan(DepositKind::Correction));
    let refused = plan(&story, DepositKind::Supplement, Late::Follow);
    assert_eq!(
        refused,
        Err(DepositRefusal::Nothing(DepositKind::Supplement)),
        "a correction is no supplement"
    );
    let (dossiers, corrects, complete) = plan(&story, DepositKind::Correction, Late::Follow).expect("it");
    assert_eq!(
        (dossiers, corrects, complete),
        (vec![DECISION.into(), second.into()], vec![written(FIRST)], true)
    );
}

#[test]
fn a_snapshot_holds_unlocked_data_of_its_point_in_time_once() {
    let mut story = Story::default();
    take(&mut story, "first", "6A1", Period::Snapshot(1));
    take(&mut story, "second", "6A1", Period::Snapshot(2));
    assert_eq!(what_next(&story), Next::Plan(DepositKind::Snapshot(1)));
    let (roster, plans, pupils) = (roster(), plans(), pupils());
    let expected = Expected { roster: &roster, plans: &plans, pupils: &pupils };
    let ask = |story: &Story, n| {
        ask_to_plan(&story.ledger, year(), DepositKind::Snapshot(n), &expected, Late::WaitedFor, ENDLESS)
            .map(|content| (content.exports, content.dossiers.len(), content.complete))
    };
    assert_eq!(ask(&story, 1), Ok((vec![digest("first")], 0, false)));
    story.happens(Event::DepositPlanned {
        deposit: written(FIRST),
        dossiers: Vec::new(),
        software_agent: String::new(),
        deposit_kind: DepositKind::Snapshot(1),
        exports: vec![digest("first")],
        corrects: Vec::new(),
        complete: false,
        record: None,
    });
    assert_eq!(ask(&story, 2), Err(DepositRefusal::UnderWay(written(FIRST))));
    story.happens(Event::DepositSealed { deposit: written(FIRST), seal: digest("seal"), record: None });
    assert_eq!(ask(&story, 1), Err(DepositRefusal::Nothing(DepositKind::Snapshot(1))));
    assert_eq!(ask(&story, 2), Ok((vec![digest("second")], 0, false)));
}

/// Stage, records, command, outcome.
type Row<'a> = (&'a Option<Stage>, &'a [Record], Command, Result<Step, &'a str>);

#[test]
fn every_step_at_every_stage_has_its_outcome() {
    use Command::{Build, Seal, Write};
    use Record::{NotMade, Signed, WaitsForPeople, WaitsForStamp};
    use Step::{Take, Taken};
    let id: DepositId = written(FIRST);
    let built = || Stage::Built { tagmanifest_sha256: digest("t"), tagmanifest_sha512: Sha512::of(b"t") };
    let (none, planned) = (None, Some(Stage::Planned));
    let (built, sealed) = (Some(built()), Some(Stage::Sealed { seal: digest("s") }));
    let table: Vec<Row> = vec![
        (&none, &ALL, Build, Err("deposit.unknown")),
        (&none, &ALL, Seal, Err("deposit.unknown")),
        (&none, &ALL, Write, Err("deposit.unknown")),
        (&planned, &ALL, Build, Ok(Take)),
        (&planned, &ALL, Seal, Err("deposit.not_built")),
        (&planned, &ALL, Write, Err("deposit.not_sealed")),
        (&built, &[NotMade], Build, Ok(Take)),
        (&built, &[Record::None, WaitsForPeople, WaitsForStamp, Signed], Build, Ok(Taken)),
        (&built, &[Record::None, WaitsForStamp, Signed], Seal, Ok(Take)),
        (&built, &[NotMade], Seal, Err("deposit.not_built")),
        (&built, &[WaitsForPeople], Seal, Err("deposit.record_open")),
        (&built, &ALL, Write, Err("deposit.not_sealed")),
        (&sealed, &ALL, Build, Ok(Taken)),
        (&sealed, &ALL, Seal, Ok(Taken)),
        (&sealed, &ALL, Write, Ok(Take)),
    ];
    let mut pairs = 0;
    for (stage, records, command, outcome) in table {
        for record in records {
            let found = ask(&id, stage.as_ref(), *record, command).map_err(|refusal| refusal.code());
            assert_eq!(found, outcome, "{stage:?} {record:?} {command:?}");
            pairs += 1;
        }
    }
    assert_eq!(pairs, 4 * ALL.len() * 3, "every stage, record and command");
}

const ALL: [Record; 5] =
    [Record::None, Record::NotMade, Record::WaitsForPeople, Record::WaitsForStamp, Record::Signed];
