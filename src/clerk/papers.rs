//! Papers of the archive, printed from the register and the records beside it: the same again whenever asked.

use std::sync::Arc;

use crafts::document::{
    Attendee, CopyOnPaper, LabelSize, MediumLabel, MediumRecord, Occasion, Part, RegisterBook, RegisterRow,
    SealSlip, medium_label, medium_record, register_book as book, seal_slip,
};
use crafts::guide::checking_page_digest;
use school::digest::Sha256;
use school::identifier::PersonId;
use school::medium::{CopyId, MediumKind};
use school::moment::Moment;
use school::records::custody::Custody;
use school::roster::Roster;

use crate::clerk::office::YearInForce;
use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::archive_book::copy_of;
use crate::lifecycle::deposit::sealing_record;
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::medium::{CopyStage, Medium, MediumCopy, Stage};
use crate::lifecycle::to_sign::{RefusedSignature, ToSign};
use crate::wording::archive_book as wording;
use crate::wording::fault;

/// What the label is called among the papers of a copy.
pub const LABEL: &str = "nhan";

/// In the name of the record of something that was handed over.
const HANDED_OVER: &str = "giao-nhan";

fn record_name(entry: u64, kind: &str) -> String {
    format!("bien-ban_{entry}_{kind}")
}

/// What the record of handing over is called among the papers of a copy, by its entry.
pub fn hand_over_record(entry: u64) -> String {
    record_name(entry, HANDED_OVER)
}

/// A paper, to be printed.
pub struct PrintedPaper {
    /// What tells it from the others of its copy: part of a file name.
    pub name: String,
    /// The paper.
    pub pdf: Vec<u8>,
}

/// Label, seal slip, and the record of everything that was done with a copy.
///
/// Errors: the register knows no such copy; it was not read back yet.
pub fn papers_of(office: &mut Office, id: &CopyId) -> Result<Vec<PrintedPaper>, ClerkFault> {
    let year = office.latest_year()?;
    let roster = &year.roster.1;
    let found = Found::of(office, id)?;
    let (years, name) = (years(found.medium), id.medium.to_string());
    let on_paper = CopyOnPaper {
        school: &roster.school,
        medium: &name,
        copy: id.number.number(),
        kind: found.copy.on,
        years: &years,
        seal: found.seal,
        bytes: found.bytes,
        verified: found.verified,
    };
    let sticker = match &found.copy.stage {
        CopyStage::Stickered { sticker } | CopyStage::Opened { sticker } => Some(sticker.to_string()),
        _ => None,
    };
    let set = (found.medium.part.1 > 1).then_some(found.medium.part);
    let label = MediumLabel {
        copy: on_paper,
        entry: found.medium.register_size.saturating_sub(1),
        certificate: roster.person(&roster.stamp)?.certificate,
        checking_page: checking_page_digest(),
        sticker: sticker.as_deref(),
        of_set: set.map(|(one, all)| (small(one), small(all))),
    };
    let slip = SealSlip { copy: on_paper, sticker: sticker.as_deref(), signers: &[] };
    let mut papers = vec![
        PrintedPaper { name: LABEL.into(), pdf: medium_label(&label, LabelSize::of(found.copy.on))? },
        PrintedPaper { name: "phieu-niem-phong".into(), pdf: seal_slip(&slip)? },
    ];
    let deposits: Vec<String> = found.medium.deposits.iter().map(ToString::to_string).collect();
    let mut read_back = found.image;
    // Why it was opened stands on the paper of its sealing again, too.
    let mut opened = String::new();
    for entry in office.ledger().book.of_copy(id) {
        if let Event::MediumVerified { sha256, .. } | Event::MediumChecked { sha256, .. } = &entry.event {
            read_back = *sha256;
        }
        let Some((words, people)) = words_of(office, &entry.event)? else { continue };
        let Some((kind, occasion)) = occasion(&entry.event, &words, &opened, office, id) else { continue };
        let record = MediumRecord {
            copy: on_paper,
            number: &entry.seq.to_string(),
            at: entry.time,
            read_back,
            deposits: &deposits,
            occasion,
            people: &attendees(roster, people, &words),
        };
        let name = record_name(entry.seq, kind);
        papers.push(PrintedPaper { name, pdf: medium_record(&record)? });
        if matches!(entry.event, Event::MediumOpened { .. }) {
            opened.clone_from(&words.reason);
        }
    }
    Ok(papers)
}

/// Sổ theo dõi lưu trữ, as the register stands now.
pub fn register_book(office: &mut Office) -> Result<Vec<u8>, ClerkFault> {
    let year = office.latest_year()?;
    let roster = &year.roster.1;
    let mut rows = Vec::new();
    for entry in &office.ledger().book.rows {
        rows.push(row(office, roster, entry)?);
    }
    let input = RegisterBook {
        school: &roster.school,
        printed: clock::now(),
        state: office.tree_head(),
        rows: &rows,
    };
    Ok(book(&input)?)
}

struct Found<'a> {
    medium: &'a Medium,
    copy: &'a MediumCopy,
    seal: Sha256,
    image: Sha256,
    bytes: u64,
    verified: Moment,
}

impl<'a> Found<'a> {
    fn of(office: &'a Office, id: &CopyId) -> Result<Self, ClerkFault> {
        let media = &office.ledger().media;
        let refused = |code| ClerkFault::NotNow { code, what: id.to_string() };
        let medium = media.get(&id.medium).ok_or_else(|| refused("medium.unknown"))?;
        let copy = media.copy(id).ok_or_else(|| refused("medium.no_copy"))?;
        let Stage::Sealed { seal, image, bytes } = medium.stage else {
            return Err(refused("medium.not_sealed"));
        };
        let verified = copy.read_back.ok_or_else(|| refused("medium.wrong_stage"))?;
        Ok(Self { medium, copy, seal, image, bytes, verified })
    }
}

fn years(medium: &Medium) -> String {
    let mut years: Vec<String> = medium.deposits.iter().map(|deposit| deposit.year().to_string()).collect();
    years.dedup();
    years.join(", ")
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The words and people of an entry about keeping; none for others.
fn words_of<'a>(office: &Office, event: &'a Event) -> Result<Option<(Custody, &'a [PersonId])>, ClerkFault> {
    let (people, record): (&[PersonId], _) = match event {
        Event::MediumStickered { people, record, .. }
        | Event::MediumOpened { people, record, .. }
        | Event::MediumResealed { people, record, .. }
        | Event::MediumHandedOver { people, record, .. } => (people, record),
        _ => return Ok(None),
    };
    let bytes = office.store.read_verified(&names::record(record), *record)?;
    let words = serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "custody" })?;
    Ok(Some((words, people)))
}

fn occasion<'a>(
    event: &'a Event,
    words: &'a Custody,
    opened: &'a str,
    office: &'a Office,
    id: &'a CopyId,
) -> Option<(&'static str, Occasion<'a>)> {
    let storage = &words.storage;
    Some(match event {
        Event::MediumStickered { sticker, .. } => {
            ("niem-phong", Occasion::Sealed { sticker: sticker.as_str(), storage })
        }
        Event::MediumOpened { .. } => {
            let sticker = last_sticker(office, id, event);
            ("mo-niem-phong", Occasion::Opened { sticker, reason: &words.reason })
        }
        Event::MediumResealed { old, new, .. } => {
            let (old, new) = (old.as_str(), new.as_str());
            ("niem-phong-lai", Occasion::Resealed { old, new, reason: opened, storage })
        }
        Event::MediumHandedOver { .. } => {
            let order = words.order.as_ref()?;
            let handed = Occasion::HandedOver {
                ordered: &order.ordered,
                purpose: &order.purpose,
                recipient: &order.recipient,
                what: &order.what,
                until: &order.until,
            };
            (HANDED_OVER, handed)
        }
        _ => return None,
    })
}

/// The paper seal that an opening broke: the last one before it.
fn last_sticker<'a>(office: &'a Office, id: &'a CopyId, opening: &Event) -> &'a str {
    let before = office.ledger().book.of_copy(id).take_while(|entry| entry.event != *opening);
    let stickers = before.filter_map(|entry| match &entry.event {
        Event::MediumStickered { sticker, .. } | Event::MediumResealed { new: sticker, .. } => {
            Some(sticker.as_str())
        }
        _ => None,
    });
    stickers.last().unwrap_or_default()
}

fn attendees(roster: &Roster, people: &[PersonId], words: &Custody) -> Vec<Attendee> {
    let order = words.order.as_ref();
    let first = if order.is_some() { Part::Giver } else { Part::Performer };
    let person = |(index, id): (usize, &PersonId)| {
        let known = roster.person(id);
        Attendee {
            name: known.as_ref().map_or_else(|_| id.to_string(), |person| person.name.clone()),
            title: known.map(|person| person.title.clone()).unwrap_or_default(),
            part: if index == 0 { first } else { Part::Witness },
        }
    };
    let mut all: Vec<Attendee> = people.iter().enumerate().map(person).collect();
    if let Some(order) = order {
        // Their name is written by hand: whoever comes for it.
        all.push(Attendee { name: String::new(), title: order.recipient.clone(), part: Part::Receiver });
    }
    all
}

fn row(office: &Office, roster: &Roster, entry: &Entry) -> Result<RegisterRow, ClerkFault> {
    let mut row = RegisterRow {
        time: Some(entry.time),
        reason: wording::what(&entry.event).to_owned(),
        ..RegisterRow::default()
    };
    match &entry.event {
        Event::DepositSealed { deposit, seal, .. } => {
            let files = office.ledger().deposits.get(deposit).map_or(0, |known| known.dossiers.len());
            row.files = wording::files(&deposit.to_string(), files);
            row.sha256 = Some(*seal);
            // Who signed its record with their own hand; the stamp is nobody's.
            let record = office.ledger().dossiers.get(&sealing_record(deposit).id());
            let signed = record.map(Dossier::signers).unwrap_or_default();
            let people = signed.iter().filter_map(|by| roster.holder_of_certificate(by));
            let mut names = people.filter(|one| one.id != roster.stamp).map(|one| one.name.clone());
            row.performer = names.next().unwrap_or_default();
            row.witnesses = names.collect::<Vec<_>>().join(", ");
        }
        Event::OverwriteRefused { name, sha256 } => {
            row.files.clone_from(name);
            row.sha256 = Some(*sha256);
        }
        Event::SigningRefused(RefusedSignature { to_sign, code, .. }) => {
            match to_sign {
                ToSign::Deposit { deposit } => row.files = deposit.to_string(),
                ToSign::Medium { medium } => row.medium = medium.to_string(),
                _ => {}
            }
            row.reason = wording::because(&row.reason, fault(code).what_vi);
        }
        Event::MediumVerified { sha256, by, .. } | Event::MediumChecked { sha256, by, .. } => {
            row.sha256 = Some(*sha256);
            let by = by
                .as_ref()
                .map(|by| roster.person(by).map_or_else(|_| by.to_string(), |one| one.name.clone()));
            row.performer = by.unwrap_or_default();
        }
        Event::MediumStickered { sticker, .. } => row.sticker = sticker.to_string(),
        Event::MediumResealed { old, new, .. } => row.sticker = wording::from_to(old.as_str(), new.as_str()),
        _ => {}
    }
    if let Some(copy) = copy_of(&entry.event) {
        let media = &office.ledger().media;
        let deposits = media.get(&copy.medium).map(|medium| medium.deposits.as_slice()).unwrap_or_default();
        row.files = deposits.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let on = media.copy(copy).map_or(MediumKind::Optical, |known| known.on);
        row.medium = wording::on(&copy.to_string(), on);
    }
    if let Some((words, people)) = words_of(office, &entry.event)? {
        let mut names = attendees(roster, people, &Custody { order: None, ..words.clone() }).into_iter();
        row.performer = names.next().map(|one| one.name).unwrap_or_default();
        row.witnesses = names.map(|one| one.name).collect::<Vec<_>>().join(", ");
        row.storage = words.storage;
        let said = words.order.map_or(words.reason, |order| wording::order(&order));
        if !said.is_empty() {
            row.reason = wording::because(&row.reason, &said);
        }
    }
    Ok(row)
}

impl Office {
    /// The newest school year that was opened: its roster heads papers that belong to no year.
    ///
    /// Errors: no year was opened yet.
    pub(super) fn latest_year(&mut self) -> Result<Arc<YearInForce>, ClerkFault> {
        let newest = self.ledger().years.keys().next_back().copied();
        let newest =
            newest.ok_or(ClerkFault::NotNow { code: "year.not_open", what: "no school year".into() })?;
        self.year(newest)
    }
}
