//! Where a dossier stands, as people say it: who is waited for, since when.

use maud::{Markup, html};
use school::dossier::{DocumentKind, DossierId};
use school::identifier::{ClassName, PersonId};
use school::moment::Moment;
use school::plan::SigningBox;
use school::regulation::Regulation;
use school::role::Role;

use crate::clerk::YearInForce;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::{deposit, medium};

/// How urgent it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colour {
    /// Nobody has to do anything.
    Good,
    /// Somebody is waited for.
    Open,
    /// Somebody has to decide.
    Bad,
    /// There is nothing yet.
    Quiet,
}

impl Colour {
    const fn class(self) -> &'static str {
        match self {
            Self::Good => "stage good",
            Self::Open => "stage open",
            Self::Bad => "stage bad",
            Self::Quiet => "stage none",
        }
    }
}

/// A stage in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Said {
    /// How it looks.
    pub colour: Colour,
    /// `chờ GVBM 5/12`.
    pub words: String,
}

impl Said {
    /// A stage with these words.
    pub fn new(colour: Colour, words: impl Into<String>) -> Self {
        Self { colour, words: words.into() }
    }

    /// As a small label.
    pub fn label(&self) -> Markup {
        html! { span class=(self.colour.class()) { (self.words) } }
    }
}

/// A role at a signing place in words.
pub const fn role(role: Role) -> &'static str {
    match role {
        Role::Gvcn => "GVCN",
        Role::Gvbm => "GVBM",
        Role::GvbmChuTri => "GVBM chủ trì",
        Role::HieuTruong => "Hiệu trưởng",
        Role::ConDau => "đóng dấu",
        Role::BanQuanTri => "Ban quản trị",
        Role::VanPhong => "văn phòng",
        Role::NguoiDeNghi => "người đề nghị",
    }
}

/// Where a dossier stands.
pub fn of(ledger: &Ledger, configured: &Regulation, id: &DossierId, dossier: &Dossier) -> Said {
    match &dossier.stage {
        Stage::AwaitingTurn(awaiting) => {
            let turn = dossier.plan.turns.get(awaiting.turn).map_or(0, |turn| turn.boxes.len());
            let first = awaiting.open.first().map_or("", |one| role(one.role));
            let signed = turn.saturating_sub(awaiting.open.len());
            let count = if turn > 1 { format!(" {signed}/{turn}") } else { String::new() };
            Said::new(Colour::Open, format!("chờ {first}{count}"))
        }
        Stage::Halted(_) => Said::new(Colour::Bad, "cần xử lý"),
        // The timestamp of the seal covers it: it is not closed by one of its own.
        Stage::Signed(_) if dossier.key.kind() == DocumentKind::BienBanNiemPhong => {
            Said::new(Colour::Good, "đã ký")
        }
        Stage::Signed(_) => Said::new(Colour::Open, "đã ký, chờ đóng"),
        Stage::Withdrawn(_) => Said::new(Colour::Quiet, "đã thu hồi"),
        Stage::Closed(_) => match ledger.deposit_of(id) {
            Some(deposit)
                if medium::standing(&ledger.media, deposit, ledger.own_rules.regulation(configured))
                    .is_archived() =>
            {
                Said::new(Colour::Good, "đã lưu trữ")
            }
            Some(deposit) if is_sealed(ledger, deposit) => Said::new(Colour::Good, "đã niêm phong"),
            _ => Said::new(Colour::Good, "đã ký"),
        },
    }
}

fn is_sealed(ledger: &Ledger, deposit: &school::deposit::DepositId) -> bool {
    ledger.deposits.get(deposit).is_some_and(|one| matches!(one.stage, deposit::Stage::Sealed { .. }))
}

/// The class that a document is of; decisions and sealing records are of none.
pub fn class_of(ledger: &Ledger, dossier: &Dossier) -> Option<ClassName> {
    let kind = dossier.key.kind();
    if matches!(
        kind,
        DocumentKind::QuyetDinhKhoa | DocumentKind::QuyetDinhMo | DocumentKind::BienBanNiemPhong
    ) {
        return None;
    }
    let of_box = dossier.plan.boxes().find_map(|(_, one)| one.class.clone());
    of_box.or_else(|| {
        let export = dossier.exports.first()?;
        ledger.exports.accepted().find(|(sha256, _)| *sha256 == export).map(|(_, one)| one.class.clone())
    })
}

/// Who is expected to sign an open box, by name.
pub fn expected(
    year: &YearInForce,
    kind: DocumentKind,
    one: &SigningBox,
    at: Moment,
) -> Option<(PersonId, String)> {
    let people = year.people();
    let id = people.expected(kind, one, at)?;
    let person =
        year.roster.1.people.iter().find(|person| person.id == *id).or_else(|| people.principal(at))?;
    Some((id.clone(), person.name.clone()))
}

/// Whether a document is one that `person` signs, has signed, or signs for somebody: what a teacher may see.
pub fn concerns(year: &YearInForce, dossier: &Dossier, person: &PersonId, at: Moment) -> bool {
    let people = year.people();
    let kind = dossier.key.kind();
    dossier.plan.boxes().any(|(_, one)| {
        let holder = people.holder(one, at).is_some_and(|holder| holder.id == *person);
        holder || people.expected(kind, one, at) == Some(person)
    })
}
