//! Where a dossier stands, as people say it: who is waited for, since when.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, Owner};
use school::identifier::{ClassName, PersonId};
use school::moment::Moment;
use school::natural_order;
use school::plan::SigningBox;
use school::regulation::Regulation;
use school::role::Role;

use crate::clerk::YearInForce;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::export::Accepted;
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::{deposit, export, medium};
use crate::web::frame::en;

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

    /// A notice that looks like it.
    pub const fn notice(self) -> &'static str {
        match self {
            Self::Good => "notice good",
            Self::Open | Self::Quiet => "notice open",
            Self::Bad => "notice bad",
        }
    }
}

/// A stage in words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Said {
    /// How it looks.
    pub colour: Colour,
    /// `chờ GVBM 5/12`, `waits for subject teachers 5/12`.
    pub words: (String, String),
}

impl Said {
    /// A stage with these words.
    pub fn new(colour: Colour, (vi, en): (&str, &str)) -> Self {
        Self { colour, words: (vi.to_owned(), en.to_owned()) }
    }

    /// As a small label, of several that stand alike.
    pub fn of(&self, count: usize) -> Markup {
        let several = (count > 1).then(|| format!("{count} × "));
        html! { span class=(self.colour.class()) { (several.unwrap_or_default()) (self.words.0) (en(&self.words.1)) } }
    }

    /// As a small label.
    pub fn label(&self) -> Markup {
        html! { span class=(self.colour.class()) { (self.words.0) (en(&self.words.1)) } }
    }
}

/// A role at a signing place in words.
pub const fn role(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Gvcn => ("GVCN", "homeroom teacher"),
        Role::Gvbm => ("GVBM", "subject teachers"),
        Role::GvbmChuTri => ("GVBM chủ trì", "leading teacher"),
        Role::HieuTruong => ("Hiệu trưởng", "principal"),
        Role::ConDau => ("đóng dấu", "stamp"),
        Role::BanQuanTri => ("Ban quản trị", "board"),
        Role::VanPhong => ("văn phòng", "office"),
        Role::NguoiDeNghi => ("người đề nghị", "applicant"),
    }
}

/// Whether somebody else than its holder is expected at a place: an act in force lets them sign for the holder.
fn is_for_somebody(year: &YearInForce, kind: DocumentKind, one: &SigningBox, at: Moment) -> bool {
    let people = year.people();
    let holder = people.holder(one, at).map(|person| &person.id);
    holder.is_some() && people.expected(kind, one, at) != holder
}

/// As whom somebody is expected at a place: `GVCN`, `ký thay Hiệu trưởng`.
pub fn awaited_as(year: &YearInForce, kind: DocumentKind, one: &SigningBox, at: Moment) -> (String, String) {
    let (vi, english) = role(one.role);
    match is_for_somebody(year, kind, one, at) {
        true => (format!("ký thay {vi}"), format!("for the {english}")),
        false => (vi.to_owned(), english.to_owned()),
    }
}

/// Where a dossier stands. `year` may be another one than the dossier's, whose acts say nothing of it then.
pub fn of(
    ledger: &Ledger,
    configured: &Regulation,
    (year, at): (&YearInForce, Moment),
    (id, dossier): (&DossierId, &Dossier),
) -> Said {
    let kind = dossier.key.kind();
    match &dossier.stage {
        Stage::AwaitingTurn(_) if ledger.found_wrong(dossier).is_some() => {
            Said::new(Colour::Bad, ("có sai, chưa ký được", "something is wrong"))
        }
        Stage::AwaitingTurn(awaiting) => {
            let turn = dossier.plan.turns.get(awaiting.turn).map_or(0, |turn| turn.boxes.len());
            let first = awaiting.open.first().map_or(("", ""), |one| role(one.role));
            let signed = turn.saturating_sub(awaiting.open.len());
            let count = if turn > 1 { format!(" {signed}/{turn}") } else { String::new() };
            let own_year = year.roster.1.year == dossier.key.year;
            let others = own_year && awaiting.open.iter().all(|one| is_for_somebody(year, kind, one, at));
            let who = match others {
                true => (format!("người ký thay {}", first.0), format!("whoever signs for the {}", first.1)),
                false => (first.0.to_owned(), first.1.to_owned()),
            };
            Said::new(Colour::Open, (&format!("chờ {}{count}", who.0), &format!("waits for {}", who.1)))
        }
        Stage::Halted(_) => Said::new(Colour::Bad, ("cần xử lý", "to be settled")),
        // The timestamp of the seal covers it: it is not closed by one of its own.
        Stage::Signed(_) if kind == DocumentKind::BienBanNiemPhong => {
            Said::new(Colour::Good, ("đã ký", "signed"))
        }
        Stage::Signed(_) => Said::new(Colour::Open, ("đã ký, chờ đóng", "signed, not closed")),
        Stage::Withdrawn(_) => Said::new(Colour::Quiet, ("đã thu hồi", "withdrawn")),
        Stage::Closed(_) => match ledger.deposit_of(id) {
            Some(deposit)
                if medium::standing(&ledger.media, deposit, ledger.own_rules.regulation(configured))
                    .is_archived() =>
            {
                Said::new(Colour::Good, ("đã lưu trữ", "archived"))
            }
            Some(deposit) if is_sealed(ledger, deposit) => {
                Said::new(Colour::Good, ("đã niêm phong", "sealed"))
            }
            _ => Said::new(Colour::Good, ("đã ký", "signed")),
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
    of_box.or_else(|| match ledger.exports.stage(dossier.exports.first()?)? {
        export::Stage::Accepted(accepted) => Some(accepted.class.clone()),
        _ => None,
    })
}

/// Data of a class that the roster of the year does not have: nobody can be asked about them.
pub fn no_class_of_the_year() -> Said {
    Said::new(Colour::Bad, ("không có lớp này trong năm học", "no class of the year"))
}

/// The order in which decisions and records are listed: decisions first, those to lock and to open as they are numbered
/// together, then each kind by its number; the latest first.
pub fn by_number(one: &DossierKey, other: &DossierKey) -> Ordering {
    let place = |key: &DossierKey| {
        let kind = key.kind();
        let decides = matches!(kind, DocumentKind::QuyetDinhKhoa | DocumentKind::QuyetDinhMo);
        (!decides, (!decides).then_some(kind))
    };
    let number = |key: &DossierKey| match key.owner() {
        Owner::Number(number) => number.to_string(),
        Owner::Class(_) | Owner::Pupil(_) | Owner::Book(_) => String::new(),
    };
    let numbers = natural_order::compare(&number(other), &number(one));
    place(one).cmp(&place(other)).then(numbers).then_with(|| other.cmp(one))
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

/// Whose signature a document waits for now.
pub fn waits_for(year: &YearInForce, dossier: &Dossier, at: Moment) -> BTreeSet<PersonId> {
    let people = year.people();
    let open = dossier.open_boxes().iter();
    open.filter_map(|one| people.expected(dossier.key.kind(), one, at)).cloned().collect()
}

/// Whom data without documents wait for: whoever has not looked at them; then ban quản trị, who proposes the lock,
/// and whoever signs the decision.
pub fn data_wait_for(
    ledger: &Ledger,
    year: &YearInForce,
    (export, one): (&Sha256, &Accepted),
    at: Moment,
) -> BTreeSet<PersonId> {
    let roster = &year.roster.1;
    if one.review.check(roster, &one.class).is_err() {
        return one.review.awaited(roster, &one.class).into_iter().cloned().collect();
    }
    let decides = |dossier: &&Dossier| {
        dossier.key.kind() == DocumentKind::QuyetDinhKhoa && dossier.exports.contains(export)
    };
    let is_open = |one: &&Dossier| !matches!(one.stage, Stage::Closed(_) | Stage::Withdrawn(_));
    match ledger.dossiers.values().filter(decides).find(is_open) {
        Some(decision) => waits_for(year, decision, at),
        None => BTreeSet::from([roster.admin_board.clone()]),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_listed_by_their_number_the_latest_first_and_records_after_them() {
        let wanted = [
            "2025-2026_ca-nam_quyet-dinh-mo_0010",
            "2025-2026_ca-nam_quyet-dinh-khoa_0004",
            "2025-2026_ca-nam_quyet-dinh-khoa_3",
            "2025-2026_ca-nam_quyet-dinh-mo_0002",
            "2025-2026_ca-nam_quyet-dinh-khoa_0001",
            "2025-2026_ca-nam_bien-ban-niem-phong_0002",
            "2025-2026_ca-nam_bien-ban-niem-phong_0001",
        ];
        let key = |id: &&str| DossierKey::from_id(id).expect("an id");
        let mut mixed: Vec<DossierKey> = wanted.iter().rev().map(key).collect();
        mixed.swap(0, 4);
        mixed.sort_by(by_number);
        assert_eq!(mixed, wanted.iter().map(key).collect::<Vec<_>>());
    }
}
