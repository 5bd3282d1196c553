//! Media and their copies: every stage with every command, the calendar, and what counts as archived.

use school::deposit::{DepositId, DepositKind};
use school::medium::{CopyId, MediumId, MediumKind};
use school::moment::Moment;
use school::regulation::{Preset, Regulation};

use super::sample::{Story, digest, planned as planned_deposit, written};
use crate::lifecycle::deposit::Step;
use crate::lifecycle::event::{Event, PlannedMedium};
use crate::lifecycle::evidence::CopyReadBack;
use crate::lifecycle::medium::{
    Command, Content, CopyRefusal, CopyStage, Next, Planning, Stage, ask_to_plan, ask_to_seal, corrections,
    decide, due, in_discs, next, room_bytes, standing,
};

const DEPOSIT: &str = "HOAPHUONG_2025-2026_0001";
const FIRST: &str = "HOAPHUONG_VM_0001";
const DAY_SECONDS: i64 = 24 * 3600;

fn planned(medium: &str, deposits: &[&str]) -> Event {
    let deposits = deposits.iter().map(|one| written(one)).collect();
    Event::MediumPlanned {
        set: vec![PlannedMedium { medium: written(medium), deposits }],
        software_agent: "niemphong 0".into(),
        record: None,
    }
}

fn sealed(medium: &str) -> Event {
    Event::MediumSealed {
        medium: written(medium),
        seal: digest(medium),
        image: digest("image"),
        bytes: 5,
        record: None,
    }
}

fn image(of: &str) -> Content {
    Content::Image { sha256: digest(of), bytes: 5 }
}

fn read_back() -> CopyReadBack {
    CopyReadBack::compare(&image("image"), &image("image")).expect("equal")
}

fn begin(on: MediumKind, device: &str) -> Command {
    Command::Begin { on, device: digest(device), drive: None }
}

fn confirm() -> Command {
    Command::Confirm { read_back: read_back(), by: written("VP") }
}

fn check() -> Command {
    Command::Check { read_back: read_back(), drive: None, by: written("VP") }
}

fn sticker(number: &str) -> Command {
    Command::Sticker { sticker: written(number), people: vec![written("VP")], record: digest("place") }
}

fn open() -> Command {
    Command::Open { people: vec![written("VP")], record: digest("reason") }
}

fn reseal(number: &str) -> Command {
    Command::Reseal { sticker: written(number), people: vec![written("VP")], record: digest("place") }
}

fn migrate(to: &str) -> Command {
    Command::Migrate { to: written(to), record: digest("reason") }
}

fn spoil() -> Command {
    Command::Spoil { code: "medium.differs".into() }
}

fn lose() -> Command {
    Command::Lose { record: digest("search") }
}

impl Story {
    /// Decides a command about a copy and lets it happen.
    fn copy(&mut self, copy: &str, command: Command) -> Moment {
        let event = decide(&self.ledger.media, &written(copy), command).expect(copy);
        self.happens(event)
    }

    fn refused(&self, copy: &str, command: Command) -> &'static str {
        decide(&self.ledger.media, &written(copy), command).expect_err(copy).code()
    }

    /// A copy that was written and read back.
    fn verified(&mut self, copy: &str, on: MediumKind, device: &str) -> Moment {
        self.copy(copy, begin(on, device));
        self.copy(copy, confirm())
    }

    fn stage(&self, copy: &str) -> CopyStage {
        self.ledger.media.copy(&written::<CopyId>(copy)).expect("a copy").stage.clone()
    }
}

/// One sealed medium with the deposit of these tests.
fn one_medium() -> Story {
    let mut story = Story::default();
    story.happens(planned(FIRST, &[DEPOSIT]));
    story.happens(sealed(FIRST));
    story
}

/// Every command once, each in its column; one that is not listed here does not compile.
fn every_command() -> [Command; 10] {
    let hand_over = Command::HandOver { people: vec![written("VP")], record: digest("order") };
    let commands = [
        begin(MediumKind::Optical, "drive"),
        confirm(),
        sticker("T-009"),
        open(),
        reseal("T-009"),
        hand_over,
        check(),
        migrate("HOAPHUONG_VM_0002-1"),
        spoil(),
        lose(),
    ];
    let columns = commands.each_ref().map(|command| match command {
        Command::Begin { .. } => 0,
        Command::Confirm { .. } => 1,
        Command::Sticker { .. } => 2,
        Command::Open { .. } => 3,
        Command::Reseal { .. } => 4,
        Command::HandOver { .. } => 5,
        Command::Check { .. } => 6,
        Command::Migrate { .. } => 7,
        Command::Spoil { .. } => 8,
        Command::Lose { .. } => 9,
    });
    assert_eq!(columns, std::array::from_fn(|column| column));
    commands
}

/// A stage that is not listed here does not compile.
const fn named(stage: &CopyStage) -> &'static str {
    match stage {
        CopyStage::Writing => "writing",
        CopyStage::Verified => "verified",
        CopyStage::Stickered { .. } => "stickered",
        CopyStage::Opened { .. } => "opened",
        CopyStage::Migrated { .. } => "migrated",
        CopyStage::Spoiled => "spoiled",
        CopyStage::Lost => "lost",
    }
}

/// The stage that a command leads to, or the code of its refusal.
fn answer(story: &mut Story, copy: &str, command: Command) -> Result<&'static str, &'static str> {
    let event = decide(&story.ledger.media, &written(copy), command).map_err(|refusal| refusal.code())?;
    story.happens(event);
    Ok(named(&story.stage(copy)))
}

#[test]
fn every_stage_of_a_copy_answers_every_command() {
    let copy = "HOAPHUONG_VM_0001-1";
    const NO: Result<&str, &str> = Err("medium.wrong_stage");
    const BEGUN: Result<&str, &str> = Err("medium.not_next");
    let (seen, sealed_up, opened) = (Ok("verified"), Ok("stickered"), Ok("opened"));
    let (replaced, spoiled, lost) = (Ok("migrated"), Ok("spoiled"), Ok("lost"));
    let replace = || migrate("HOAPHUONG_VM_0002-1");
    for (stage, way, expected) in [
        ("writing", vec![], [BEGUN, seen, NO, NO, NO, NO, NO, NO, spoiled, lost]),
        ("verified", vec![confirm()], [BEGUN, NO, sealed_up, NO, NO, seen, seen, replaced, spoiled, lost]),
        (
            "stickered",
            vec![confirm(), sticker("T-001")],
            [BEGUN, NO, NO, opened, NO, sealed_up, sealed_up, replaced, spoiled, lost],
        ),
        (
            "opened",
            vec![confirm(), sticker("T-001"), open()],
            [BEGUN, NO, NO, NO, sealed_up, opened, opened, replaced, spoiled, lost],
        ),
        ("spoiled", vec![spoil()], [BEGUN, NO, NO, NO, NO, NO, NO, replaced, NO, NO]),
        ("lost", vec![lose()], [BEGUN, NO, NO, NO, NO, NO, seen, replaced, spoiled, NO]),
        ("migrated", vec![confirm(), replace()], [BEGUN, NO, NO, NO, NO, NO, NO, NO, NO, NO]),
    ] {
        let reached = || {
            let mut story = one_medium();
            story.happens(planned("HOAPHUONG_VM_0002", &[DEPOSIT]));
            story.happens(sealed("HOAPHUONG_VM_0002"));
            story.verified("HOAPHUONG_VM_0002-1", MediumKind::Stick, "replacement");
            story.copy(copy, begin(MediumKind::Optical, "drive"));
            for command in &way {
                story.copy(copy, command.clone());
            }
            story
        };
        assert_eq!(named(&reached().stage(copy)), stage);
        assert_eq!(every_command().map(|command| answer(&mut reached(), copy, command)), expected, "{stage}");
    }
}

/// What planning media comes to, in short.
fn plans(story: &Story, wanted: &[&str]) -> Result<String, &'static str> {
    let wanted: Vec<DepositId> = wanted.iter().map(|one| written(one)).collect();
    let planning = ask_to_plan(&story.ledger.media, &story.ledger.deposits, &wanted);
    let named = |all: Vec<String>| all.join(" ");
    let in_short = |planning: Planning| match planning {
        Planning::UnderWay(set) => {
            format!("under way: {}", named(set.iter().map(ToString::to_string).collect()))
        }
        Planning::New(of) => format!("new: {}", named(of.iter().map(ToString::to_string).collect())),
    };
    planning.map(in_short).map_err(|refusal| refusal.code())
}

fn sealed_deposit(deposit: &str) -> [Event; 2] {
    let id: DepositId = written(deposit);
    let seal = Event::DepositSealed { deposit: id.clone(), seal: digest("deposit"), record: None };
    [planned_deposit(id, Vec::new()), seal]
}

#[test]
fn media_are_planned_for_sealed_deposits_and_a_set_under_way_stays_the_one() {
    const SECOND: &str = "HOAPHUONG_2025-2026_0002";
    const UNSEALED: &str = "HOAPHUONG_2025-2026_0003";
    let (stamp, other) = (Some(digest("stamp")), digest("other"));
    // Which deposits and media there are; what comes of planning for all that wait, for the first deposit, for one
    // that is not sealed and for one that nobody knows; what comes of sealing by the stamp and by somebody else.
    type Plans = [Result<&'static str, &'static str>; 4];
    type Seals = [Result<Step, &'static str>; 2];
    const NOT_YET: Result<&str, &str> = Err("deposit.not_sealed");
    const UNKNOWN: Result<&str, &str> = Err("deposit.unknown");
    const FOR_FIRST: Result<&str, &str> = Ok("new: HOAPHUONG_2025-2026_0001");
    const SET: Result<&str, &str> = Ok("under way: HOAPHUONG_VM_0001 HOAPHUONG_VM_0002");
    let no_medium: Seals = [Err("medium.unknown"); 2];
    let waits: Seals = [Ok(Step::Take), Err("school.other_signers")];
    let two = || Event::MediumPlanned {
        set: [(FIRST, DEPOSIT), ("HOAPHUONG_VM_0002", SECOND)]
            .map(|(medium, deposit)| PlannedMedium {
                medium: written(medium),
                deposits: vec![written(deposit)],
            })
            .into(),
        software_agent: "niemphong 0".into(),
        record: None,
    };
    let mut deposits: Vec<Event> = [SECOND, DEPOSIT].into_iter().flat_map(sealed_deposit).collect();
    deposits.push(planned_deposit(written(UNSEALED), Vec::new()));
    let after = |more: Vec<Event>| [deposits.clone(), more].concat();
    let for_all = Ok("new: HOAPHUONG_2025-2026_0001 HOAPHUONG_2025-2026_0002");
    let (first, second) = (|| sealed(FIRST), || sealed("HOAPHUONG_VM_0002"));
    let cases: [(&str, Vec<Event>, Plans, Seals); 5] = [
        ("nothing", Vec::new(), [Err("medium.nothing"), UNKNOWN, UNKNOWN, UNKNOWN], no_medium),
        ("deposits", after(Vec::new()), [for_all, FOR_FIRST, NOT_YET, UNKNOWN], no_medium),
        ("a set is planned", after(vec![two()]), [SET; 4], waits),
        ("half of it is sealed", after(vec![two(), first()]), [SET; 4], [Ok(Step::Taken); 2]),
        (
            "all of it is sealed",
            after(vec![two(), first(), second()]),
            [Err("medium.nothing"), FOR_FIRST, NOT_YET, UNKNOWN],
            [Ok(Step::Taken); 2],
        ),
    ];
    for (case, events, planned, seals) in cases {
        let mut story = Story::default();
        for event in events {
            story.happens(event);
        }
        let wanted: [&[&str]; 4] = [&[], &[DEPOSIT], &[UNSEALED], &["HOAPHUONG_2025-2026_0009"]];
        let found = wanted.map(|wanted| plans(&story, wanted));
        assert_eq!(found, planned.map(|one| one.map(str::to_owned)), "{case}");
        let seal = |certificate| {
            let asked = ask_to_seal(&story.ledger.media, &written(FIRST), (certificate, stamp));
            asked.map_err(|refusal| refusal.code())
        };
        assert_eq!([seal(digest("stamp")), seal(other)], seals, "{case}");
    }
}

#[test]
fn a_deposit_that_is_named_twice_goes_on_a_medium_once_and_a_school_without_a_stamp_seals_nothing() {
    let mut story = Story::default();
    for event in sealed_deposit(DEPOSIT) {
        story.happens(event);
    }
    assert_eq!(plans(&story, &[DEPOSIT, DEPOSIT]), Ok(format!("new: {DEPOSIT}")));
    story.happens(planned(FIRST, &[DEPOSIT]));
    let asked = ask_to_seal(&story.ledger.media, &written(FIRST), (digest("stamp"), None));
    assert_eq!(asked, Err(CopyRefusal::OtherStamp(written(FIRST))));
}

#[test]
fn every_stage_of_a_medium_answers_every_command_about_its_first_copy() {
    const NONE: Result<&str, &str> = Err("medium.no_copy");
    let mut planned_only = Story::default();
    planned_only.happens(planned(FIRST, &[DEPOSIT]));
    for (stage, story, begins, then) in [
        ("unknown", Story::default(), Err("medium.unknown"), Next::Plan),
        ("planned", planned_only, Err("medium.not_sealed"), Next::Seal(written(FIRST))),
        ("sealed", one_medium(), Ok("writing"), Next::Write(written(FIRST), MediumKind::Optical)),
    ] {
        let media = &story.ledger.media;
        // A stage that is not listed here does not compile.
        let found = match media.get(&written::<MediumId>(FIRST)).map(|medium| &medium.stage) {
            None => "unknown",
            Some(Stage::Planned) => "planned",
            Some(Stage::Sealed { .. }) => "sealed",
        };
        assert_eq!(found, stage);
        let now = Moment::from_unix(1_780_000_100);
        assert_eq!(next(media, &[written(DEPOSIT)], &Preset::KonTum.into(), (now, 365)), then, "{stage}");
        for command in every_command() {
            let expected = if matches!(command, Command::Begin { .. }) { begins } else { NONE };
            let found = decide(media, &written("HOAPHUONG_VM_0001-1"), command.clone());
            let found = found.map(|_| "writing").map_err(|refusal| refusal.code());
            assert_eq!(found, expected, "{stage}: {command:?}");
        }
    }
}

#[test]
fn a_copy_is_written_only_of_a_sealed_medium_and_copies_are_numbered_one_by_one() {
    let mut story = Story::default();
    let disc = || begin(MediumKind::Optical, "drive");
    assert_eq!(story.refused("HOAPHUONG_VM_0001-1", disc()), "medium.unknown");
    story.happens(planned(FIRST, &[DEPOSIT]));
    assert_eq!(story.refused("HOAPHUONG_VM_0001-1", disc()), "medium.not_sealed");
    story.happens(sealed(FIRST));
    assert_eq!(story.refused("HOAPHUONG_VM_0001-2", disc()), "medium.not_next");
    assert_eq!(story.refused("HOAPHUONG_VM_0001-1", spoil()), "medium.no_copy");
    story.copy("HOAPHUONG_VM_0001-1", disc());
    assert_eq!(story.refused("HOAPHUONG_VM_0001-1", disc()), "medium.not_next");
    // The disc is blank no longer, whatever the drive says after a kill.
    assert_eq!(story.refused("HOAPHUONG_VM_0001-2", disc()), "medium.device_known");
    story.copy("HOAPHUONG_VM_0001-2", begin(MediumKind::Optical, "the next disc"));
}

#[test]
fn another_drive_that_reads_a_disc_is_remembered() {
    let mut story = one_medium();
    let drive = |drive: &str| Command::Check {
        read_back: read_back(),
        drive: Some(digest(drive)),
        by: written("VP"),
    };
    let second = |story: &Story| {
        story.ledger.media.copy(&written::<CopyId>("HOAPHUONG_VM_0001-1")).expect("a copy").second_drive
    };
    let (device, first) = (digest("first drive, first disc"), Some(digest("first drive")));
    story.copy("HOAPHUONG_VM_0001-1", Command::Begin { on: MediumKind::Optical, device, drive: first });
    story.copy("HOAPHUONG_VM_0001-1", confirm());
    story.copy("HOAPHUONG_VM_0001-1", drive("first drive"));
    assert_eq!(second(&story), None);
    let at = story.copy("HOAPHUONG_VM_0001-1", drive("second drive"));
    story.copy("HOAPHUONG_VM_0001-1", drive("first drive"));
    assert_eq!(second(&story), Some(at));
}

#[test]
fn a_known_stick_is_never_written_again_and_a_disk_takes_each_medium_once() {
    let mut story = one_medium();
    story.verified("HOAPHUONG_VM_0001-1", MediumKind::Stick, "stick");
    story.verified("HOAPHUONG_VM_0001-2", MediumKind::Disk, "disk");
    story.happens(planned("HOAPHUONG_VM_0002", &["HOAPHUONG_2026-2027_0001"]));
    story.happens(sealed("HOAPHUONG_VM_0002"));
    assert_eq!(
        story.refused("HOAPHUONG_VM_0001-3", begin(MediumKind::Stick, "stick")),
        "medium.device_known"
    );
    assert_eq!(
        story.refused("HOAPHUONG_VM_0002-1", begin(MediumKind::Stick, "stick")),
        "medium.device_known"
    );
    assert_eq!(story.refused("HOAPHUONG_VM_0002-1", begin(MediumKind::Stick, "disk")), "medium.device_known");
    assert_eq!(story.refused("HOAPHUONG_VM_0001-3", begin(MediumKind::Disk, "disk")), "medium.device_known");
    story.verified("HOAPHUONG_VM_0002-1", MediumKind::Disk, "disk");
    // A copy that failed there leaves its folder, and the next one goes beside it.
    story.copy("HOAPHUONG_VM_0002-1", spoil());
    story.verified("HOAPHUONG_VM_0002-2", MediumKind::Disk, "disk");
}

#[test]
fn a_paper_seal_has_a_number_of_its_own_and_somebody_who_put_it_there() {
    let mut story = one_medium();
    for (copy, device) in [("HOAPHUONG_VM_0001-1", "a"), ("HOAPHUONG_VM_0001-2", "b")] {
        story.verified(copy, MediumKind::Stick, device);
    }
    story.copy("HOAPHUONG_VM_0001-1", sticker("T-001"));
    assert_eq!(story.refused("HOAPHUONG_VM_0001-2", sticker("T-001")), "medium.sticker_used");
    let nobody = Command::Sticker { sticker: written("T-002"), people: Vec::new(), record: digest("place") };
    assert_eq!(story.refused("HOAPHUONG_VM_0001-2", nobody), "medium.nobody");
    story.copy("HOAPHUONG_VM_0001-1", open());
    assert_eq!(story.stage("HOAPHUONG_VM_0001-1"), CopyStage::Opened { sticker: written("T-001") });
    assert_eq!(story.refused("HOAPHUONG_VM_0001-1", reseal("T-001")), "medium.sticker_used");
    story.copy("HOAPHUONG_VM_0001-1", reseal("T-003"));
    assert_eq!(story.stage("HOAPHUONG_VM_0001-1"), CopyStage::Stickered { sticker: written("T-003") });
    // A broken seal's number does not come back on another copy.
    assert_eq!(story.refused("HOAPHUONG_VM_0001-2", sticker("T-001")), "medium.sticker_used");
}

#[test]
fn what_replaces_a_copy_holds_all_of_its_deposits_and_was_read_back() {
    let mut story = one_medium();
    story.verified("HOAPHUONG_VM_0001-1", MediumKind::Optical, "drive");
    story.happens(planned("HOAPHUONG_VM_0002", &["HOAPHUONG_2026-2027_0001"]));
    story.happens(sealed("HOAPHUONG_VM_0002"));
    story.verified("HOAPHUONG_VM_0002-1", MediumKind::Optical, "disc 2");
    story.copy("HOAPHUONG_VM_0001-2", begin(MediumKind::Optical, "disc 3"));
    for other in ["HOAPHUONG_VM_0002-1", "HOAPHUONG_VM_0001-2", "HOAPHUONG_VM_0001-1", "HOAPHUONG_VM_0009-1"]
    {
        assert_eq!(story.refused("HOAPHUONG_VM_0001-1", migrate(other)), "medium.no_replacement", "{other}");
    }
    story.copy("HOAPHUONG_VM_0001-2", confirm());
    story.copy("HOAPHUONG_VM_0001-1", migrate("HOAPHUONG_VM_0001-2"));
}

#[test]
fn other_bytes_are_no_read_back() {
    let other = CopyReadBack::compare(&image("image"), &image("flipped"));
    assert_eq!(other.expect_err("other bytes").codes, ["READ_BACK_DIFFERS"]);
    let shorter = Content::Image { sha256: digest("image"), bytes: 4 };
    assert!(CopyReadBack::compare(&image("image"), &shorter).is_err());
    let files = |names: &[&str]| {
        Content::Files(names.iter().map(|name| ((*name).to_owned(), (digest(name), 1))).collect())
    };
    for wrong in [files(&["a"]), files(&["a", "b", "c"]), image("image")] {
        assert!(CopyReadBack::compare(&files(&["a", "b"]), &wrong).is_err());
    }
    let mut changed = files(&["b", "c", "d", "e", "f"]);
    if let Content::Files(of) = &mut changed {
        of.insert("b".to_owned(), (digest("flipped"), 1));
    }
    let told = files(&["a", "b"]).differences(&changed);
    assert_eq!(told, "missing a, changed b, extra c, and 3 more", "a person has to know where to look");
    assert_eq!(image("image").differences(&image("flipped")), "image: other bytes");
    let lines = format!("{}  a\n{}  b\n", digest("a"), digest("b"));
    let same = CopyReadBack::compare(&files(&["a", "b"]), &files(&["b", "a"])).expect("equal");
    assert_eq!(same.sha256(), digest(&lines));
}

#[test]
fn archived_needs_every_kind_of_the_regulation_on_two_independent_things_that_were_read_back() {
    let kon_tum: Regulation = Preset::KonTum.into();
    let mut story = one_medium();
    let of = |story: &Story| standing(&story.ledger.media, &written(DEPOSIT), &kon_tum);
    assert_eq!(of(&story).missing, [MediumKind::Optical, MediumKind::Disk].into());
    story.copy("HOAPHUONG_VM_0001-1", begin(MediumKind::Optical, "drive"));
    assert_eq!(of(&story).missing.len(), 2, "written is not archived");
    story.copy("HOAPHUONG_VM_0001-1", confirm());
    assert_eq!(of(&story).missing, [MediumKind::Disk].into());
    story.verified("HOAPHUONG_VM_0001-2", MediumKind::Optical, "disc 2");
    assert!(!of(&story).is_archived(), "two discs are two things, but no disk");
    story.verified("HOAPHUONG_VM_0001-3", MediumKind::Disk, "disk");
    assert!(of(&story).is_archived());
    assert_eq!(of(&story).copies.len(), 3);
    story.copy("HOAPHUONG_VM_0001-3", lose());
    assert!(!of(&story).is_archived(), "what is lost counts no longer");
    story.copy("HOAPHUONG_VM_0001-3", check());
    assert!(of(&story).is_archived(), "found and read again");
}

#[test]
fn two_folders_of_one_disk_are_one_thing() {
    let only_disk = Regulation::new([MediumKind::Disk]).expect("a kind");
    let mut story = one_medium();
    story.happens(planned("HOAPHUONG_VM_0002", &[DEPOSIT]));
    story.happens(sealed("HOAPHUONG_VM_0002"));
    story.verified("HOAPHUONG_VM_0001-1", MediumKind::Disk, "disk");
    story.verified("HOAPHUONG_VM_0002-1", MediumKind::Disk, "disk");
    let stands = standing(&story.ledger.media, &written(DEPOSIT), &only_disk);
    assert_eq!((stands.copies.len(), stands.independent, stands.is_archived()), (2, 1, false));
    story.verified("HOAPHUONG_VM_0002-2", MediumKind::Disk, "another disk");
    assert!(standing(&story.ledger.media, &written(DEPOSIT), &only_disk).is_archived());
}

#[test]
fn the_calendar_asks_for_each_copy_a_year_after_it_was_last_read() {
    let mut story = one_medium();
    let first = story.verified("HOAPHUONG_VM_0001-1", MediumKind::Optical, "drive");
    story.verified("HOAPHUONG_VM_0001-2", MediumKind::Optical, "disc 2");
    story.copy("HOAPHUONG_VM_0001-3", begin(MediumKind::Optical, "disc 3"));
    let due_until = |story: &Story, until: Moment| -> Vec<String> {
        due(&story.ledger.media, until, 365).iter().map(|one| one.copy.to_string()).collect()
    };
    let year_later = first.plus_seconds(365 * DAY_SECONDS);
    assert!(due_until(&story, year_later.plus_seconds(-1)).is_empty());
    assert_eq!(due_until(&story, year_later), ["HOAPHUONG_VM_0001-1"]);
    let later = year_later.plus_seconds(DAY_SECONDS);
    assert_eq!(due_until(&story, later), ["HOAPHUONG_VM_0001-1", "HOAPHUONG_VM_0001-2"]);
    story.copy("HOAPHUONG_VM_0001-1", check());
    story.copy("HOAPHUONG_VM_0001-2", spoil());
    assert!(due_until(&story, year_later.plus_seconds(1)).is_empty());
}

#[test]
fn a_set_is_one_planning_and_its_media_are_numbered() {
    let mut story = Story::default();
    let of = |medium: &str, deposit: &str| PlannedMedium {
        medium: written(medium),
        deposits: vec![written(deposit)],
    };
    story.happens(Event::MediumPlanned {
        set: vec![of(FIRST, DEPOSIT), of("HOAPHUONG_VM_0002", "HOAPHUONG_2025-2026_0002")],
        software_agent: "niemphong 0".into(),
        record: None,
    });
    let second = &story.ledger.media[&written("HOAPHUONG_VM_0002")];
    assert_eq!((second.set.to_string().as_str(), second.part, second.register_size), (FIRST, (2, 2), 1));
    assert_eq!(second.stage, Stage::Planned);
}

#[test]
fn deposits_are_spread_over_discs_in_their_order_and_never_cut() {
    let deposits: Vec<_> = [(1, 40), (2, 50), (3, 30), (4, 80)]
        .map(|(n, bytes)| (written(&format!("H_2025-2026_{n:04}")), bytes))
        .into();
    let discs = in_discs(&deposits, 10, 100).expect("they fit");
    let numbers: Vec<Vec<u16>> =
        discs.iter().map(|disc| disc.iter().map(|id| id.number()).collect()).collect();
    assert_eq!(numbers, [vec![1, 2], vec![3], vec![4]]);
    let small = in_discs(&deposits, 10, 80);
    assert_eq!(small, Err(CopyRefusal::TooSmall { needed_bytes: 90, room_bytes: 80 }));
    assert_eq!(room_bytes([1, 2_048, 2_049]), 4 * 2_048 + 164, "whole sectors and two in a hundred");
}

#[test]
fn a_medium_tells_which_older_versions_are_corrected_and_never_what_came_after_it() {
    let mut story = Story::default();
    let transcripts = ["2025-2026_ca-nam_hoc-ba_HS0001", "2025-2026_ca-nam_hoc-ba_HS0002"];
    let deposits = ["HOAPHUONG_2025-2026_0001", "HOAPHUONG_2025-2026_0002", "HOAPHUONG_2025-2026_0003"];
    let holds: [&[&str]; 3] = [&transcripts, &["2025-2026_ca-nam_hoc-ba_HS0002_v2"], &[]];
    let media = ["HOAPHUONG_VM_0001", "HOAPHUONG_VM_0002", "HOAPHUONG_VM_0003", "HOAPHUONG_VM_0004"];
    for (deposit, dossiers) in deposits.into_iter().zip(holds) {
        story.happens(Event::DepositPlanned {
            deposit: written(deposit),
            dossiers: dossiers.iter().map(|one| written(one)).collect(),
            software_agent: String::new(),
            deposit_kind: DepositKind::Year,
            exports: Vec::new(),
            corrects: Vec::new(),
            complete: false,
            record: None,
        });
        story.happens(Event::DepositSealed {
            deposit: written(deposit),
            seal: digest(deposit),
            record: None,
        });
    }
    // The original, the correction, something else, and the original copied once more.
    for (medium, deposit) in media.into_iter().zip([deposits[0], deposits[1], deposits[2], deposits[0]]) {
        story.happens(planned(medium, &[deposit]));
        story.happens(sealed(medium));
    }
    let told = |medium: &str| {
        let told = corrections(&story.ledger.media, &story.ledger.deposits, &written(medium));
        let words = told.iter().map(|one| {
            let held = one.older.1.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{} {held} -> {} {}", one.older.0, one.newer.0, one.newer.1)
        });
        words.collect::<Vec<_>>()
    };
    let corrected = format!("{} {} -> {}_v2 {}", transcripts[1], deposits[0], transcripts[1], deposits[1]);
    assert_eq!(told(media[0]), Vec::<String>::new(), "nothing was corrected when it was planned");
    assert_eq!(told(media[1]), std::slice::from_ref(&corrected), "it brings the correction");
    assert_eq!(told(media[2]), Vec::<String>::new(), "it has nothing to do with it");
    assert_eq!(told(media[3]), [corrected], "it holds the older version again");
}
