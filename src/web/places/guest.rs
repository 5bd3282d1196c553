//! Who stands at a reader, and what waits for them there.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};
use school::identifier::{ClassName, PersonId};
use school::moment::Moment;

use crate::clerk::{YearInForce, offered};
use crate::clock;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::process::token_watch::Plugged;
use crate::web::fault::Fault;
use crate::web::frame::{self, en};
use crate::web::house::{House, holder};
use crate::web::places::ahead::Ahead;
use crate::web::places::desk::plugged;
use crate::web::places::refused;
use crate::web::places::stages::class_of;
use crate::web::places::subjects;
use crate::web::visitor::Visitor;
use crate::wording::{Both, both};

/// A person at the reader.
pub struct Guest {
    /// The token.
    pub plugged: Plugged,
    /// The certificate they sign with.
    pub certificate: Sha256,
    /// Who it is.
    pub person: PersonId,
    /// By name.
    pub name: String,
    /// With title.
    pub title: String,
    /// True for the stamp, which is nobody.
    pub is_stamp: bool,
    /// What waits for them.
    pub waiting: Vec<Waiting>,
    /// What comes later, and by when.
    pub ahead: Ahead,
    /// The visit that is under way.
    pub under_way: Option<u64>,
}

/// A dossier that waits for them.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Which.
    pub id: DossierId,
    /// Of which kind.
    pub kind: DocumentKind,
    /// Of which class.
    pub class: Option<ClassName>,
    /// Since when.
    pub since: Moment,
}

impl Guest {
    /// How the page greets them.
    pub fn greeting(&self) -> Markup {
        let (vi, english) =
            if self.is_stamp { ("Con dấu", "Stamp") } else { ("Chào thầy/cô", "Welcome") };
        html! { p.big { (vi) " " span translate="no" { (self.name) } (en(english)) } }
    }

    /// What waits, by kind.
    pub fn in_words(&self) -> Both {
        by_kind(&self.waiting)
    }
}

/// `45 học bạ, 2 sổ điểm lớp`.
pub fn by_kind<'w>(waiting: impl IntoIterator<Item = &'w Waiting>) -> Both {
    let mut counts: BTreeMap<DocumentKind, usize> = BTreeMap::new();
    waiting.into_iter().for_each(|one| *counts.entry(one.kind).or_default() += 1);
    let (vi, english): (Vec<_>, Vec<_>) = counts
        .iter()
        .map(|(kind, count)| {
            let (vi, english) = (frame::kind(*kind).to_lowercase(), frame::kind_en(*kind));
            (format!("{count} {vi}"), format!("{english} {count}"))
        })
        .unzip();
    both(vi.join(", "), english.join(", "))
}

/// What is left for somebody once a visit is over.
pub struct Left {
    waiting: usize,
    /// Refused in their turn, by them or whoever they stand in for, and waiting for an answer.
    pub refused: Vec<DossierId>,
}

impl Left {
    /// For whoever signs with this certificate.
    pub fn of(house: &House, year: &YearInForce, (person, certificate): (&PersonId, Sha256)) -> Self {
        let refused = house.reading.look(|ledger| {
            let of_year = ledger.dossiers.iter().filter(|(_, one)| one.key.year == year.roster.1.year);
            let refused = of_year.filter(|(_, one)| is_refused_in_turn_of(one, year, person));
            refused.map(|(id, _)| id.clone()).collect()
        });
        Self { waiting: waiting(house, year, certificate).len(), refused }
    }

    /// Whether they may go home.
    pub fn words(&self) -> Markup {
        html! {
            p {
                @match self.waiting {
                    0 => { "Không có hồ sơ nào đang chờ thầy/cô ký." (en("Nothing waits for you.")) }
                    many => { strong { (many) " hồ sơ" } " còn đang chờ thầy/cô ký." (en(&format!("Others that wait for you: {many}."))) }
                }
            }
        }
    }

    /// What was refused in their turn and is not theirs to wait for: counted, and for `own` eyes listed.
    ///
    /// Errors: those of reading the names.
    pub async fn refused(
        &self,
        house: &Arc<House>,
        visitor: &Visitor,
        year: &YearInForce,
        own: bool,
    ) -> Result<Markup, Fault> {
        let many = self.refused.len();
        if many == 0 {
            return Ok(Markup::default());
        }
        let listed =
            if own { refused::listed(house, visitor, year, &self.refused).await? } else { Markup::default() };
        Ok(html! {
            p { "Không ký: " strong { (many) " hồ sơ" } " ở lượt của thầy/cô đã bị từ chối, đang chờ ban quản trị trả lời." (en(&format!("Not signed: refused in your turn and waiting for an answer of the administrator: {many}."))) }
            (listed)
        })
    }
}

fn is_refused_in_turn_of(dossier: &Dossier, year: &YearInForce, person: &PersonId) -> bool {
    let Stage::Halted(halted) = &dossier.stage else { return false };
    let mut boxes = dossier.plan.turns.iter().flat_map(|turn| &turn.boxes);
    let theirs = boxes.find(|one| one.name == halted.signing_box);
    let people = year.people();
    theirs.is_some_and(|one| people.expected(dossier.key.kind(), one, clock::now()) == Some(person))
}

fn waiting(house: &House, year: &YearInForce, certificate: Sha256) -> Vec<Waiting> {
    house.reading.look(|ledger| {
        let mut all: Vec<Waiting> = Vec::new();
        for (id, _) in offered(ledger, year.roster.1.year, &year.people(), certificate) {
            // Several boxes of one document are one document.
            if all.last().is_some_and(|last| last.id == id) {
                continue;
            }
            let Some(dossier) = ledger.dossiers.get(&id) else { continue };
            let (kind, class) = (dossier.key.kind(), class_of(ledger, dossier));
            all.push(Waiting { kind, class, since: dossier.latest().1.recorded, id });
        }
        let place =
            |one: &Waiting| ledger.dossiers.get(&one.id).map(|of| subjects::place(&year.roster.1, &of.key));
        all.sort_by_cached_key(place);
        all
    })
}

/// The holder of a certificate on a token, with what waits for them.
pub fn guest(house: &House, year: &YearInForce, plugged: Plugged, certificate: Sha256) -> Option<Guest> {
    let (person, name, title) = holder(year, certificate, clock::now())?;
    let waiting = waiting(house, year, certificate);
    let under_way = house.visits.of(certificate);
    let is_stamp = person == year.roster.1.stamp;
    let ahead = house.reading.look(|ledger| Ahead::of_person(ledger, year, &person));
    Some(Guest { ahead, is_stamp, plugged, certificate, person, name, title, waiting, under_way })
}

/// Who plugged in at the visitor's screen with this certificate.
///
/// Errors: `web.unplugged`, `web.other_screen`, `web.unknown_holder`.
pub async fn guest_here(house: &Arc<House>, visitor: &Visitor, certificate: Sha256) -> Result<Guest, Fault> {
    let screen = visitor.needs_screen()?;
    let one = plugged(house, screen, certificate)?;
    let (_, year) = house.this_year().await?;
    let unknown = || Fault::of(StatusCode::FORBIDDEN, "web.unknown_holder");
    guest(house, &year, one, certificate).ok_or_else(unknown)
}
