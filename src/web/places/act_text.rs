//! What an act says, whole: in a sentence that can be read aloud, then line by line with everything that is signed.

use maud::{Markup, html};
use school::act::{Act, Deed, TeachingPlace};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use school::roster::Roster;

use super::subjects;
use crate::web::frame::{self, Title, below, en};

/// A person by name, where the roster knows them.
pub fn name(roster: &Roster, id: &PersonId) -> String {
    roster.person(id).map_or_else(|_| id.to_string(), |person| person.name.clone())
}

/// Whom an act names, so that nobody else of the same name is meant: `Hồ Thị Ngọc Quyên – Phó hiệu trưởng (NV08)`.
fn whom(roster: &Roster, id: &PersonId) -> String {
    roster
        .person(id)
        .map_or_else(|_| id.to_string(), |person| format!("{} – {} ({id})", person.name, person.title))
}

/// The boxes of a teacher in a class.
pub fn place(roster: &Roster, place: &TeachingPlace) -> String {
    match &place.subject {
        Some(subject) => format!("{} – môn {}", place.class, subjects::name(roster, subject)),
        None => format!("{} – chủ nhiệm", place.class),
    }
}

/// What a deed is called.
pub const fn called(deed: &Deed) -> Title<'static> {
    match deed {
        Deed::Delegation { .. } => ("Ủy quyền ký thay Hiệu trưởng (KT.)", "Delegation to a vice-principal"),
        Deed::KyThay { .. } => ("Ký thay giáo viên vắng mặt", "Signing for an absent teacher"),
        Deed::TokenReplaced { .. } => ("Thay USB token", "Replaced token"),
        Deed::PrincipalChanged { .. } => ("Hiệu trưởng mới", "New principal"),
        Deed::StampChanged { .. } => ("Con dấu mới", "New stamp"),
    }
}

/// Whom or what it is about, for a line of a list.
pub fn about(roster: &Roster, deed: &Deed) -> String {
    match deed {
        Deed::Delegation { to, .. } => name(roster, to),
        Deed::KyThay { absent, .. } => name(roster, absent),
        Deed::TokenReplaced { person, .. } => name(roster, person),
        Deed::PrincipalChanged { person, .. } => person.name.clone(),
        Deed::StampChanged { .. } => roster.school.name.clone(),
    }
}

/// The decision in one sentence.
fn sentence(roster: &Roster, deed: &Deed) -> (String, String) {
    let term = |from: Moment, until: Moment| {
        let (from, until) = (from.vietnamese(), until.vietnamese());
        (format!("từ {from} đến hết {until}"), format!("from {from} until {until}"))
    };
    match deed {
        Deed::Delegation { to, from, until, .. } => {
            let (to, (vi, en)) = (name(roster, to), term(*from, *until));
            (
                format!("{to} ký thay Hiệu trưởng (KT. HIỆU TRƯỞNG) {vi} trong các loại hồ sơ ghi dưới đây."),
                format!("{to} signs in the principal's place {en}, in the kinds of document named below."),
            )
        }
        Deed::KyThay { absent, colleague, from, until, .. } => {
            let (absent, colleague) = (name(roster, absent), name(roster, colleague));
            let (vi, en) = term(*from, *until);
            (
                format!("{colleague} ký thay {absent} {vi}, chỉ ở những ô chưa ký ghi dưới đây."),
                format!("{colleague} signs for {absent} {en}, only in the unsigned boxes named below."),
            )
        }
        Deed::TokenReplaced { person, from, .. } => {
            let (person, from) = (name(roster, person), from.vietnamese());
            (
                format!("{person} ký bằng USB token khác kể từ {from}; chữ ký trước đó vẫn có giá trị."),
                format!("{person} signs with another token since {from}; earlier signatures stand."),
            )
        }
        Deed::PrincipalChanged { person, from, .. } => {
            let (person, from) = (&person.name, from.vietnamese());
            (
                format!("{person} ký với tư cách Hiệu trưởng kể từ {from}; chữ ký trước đó vẫn có giá trị."),
                format!("{person} signs as principal since {from}; earlier signatures stand."),
            )
        }
        Deed::StampChanged { from, .. } => {
            let from = from.vietnamese();
            (
                format!(
                    "Nhà trường đóng dấu bằng con dấu mới kể từ {from}; dấu đã đóng trước đó vẫn có giá trị."
                ),
                format!("The school seals with a new stamp since {from}; earlier seals stand."),
            )
        }
    }
}

/// A line of an act: what it is called, what it says, and that in English where it is more than names.
type Line = (Title<'static>, String, String);

fn lines(roster: &Roster, deed: &Deed) -> Vec<Line> {
    let line = |label, value| (label, value, String::new());
    let from = |from: Moment| line(("Từ", "From"), from.vietnamese());
    let until = |until: Moment| line(("Đến hết", "Until"), until.vietnamese());
    let certificate = |label, certificate: &Sha256| line(label, certificate.to_string());
    match deed {
        Deed::Delegation { to, from: begins, until: ends, scope } => vec![
            line(("Người được ủy quyền", "Delegate"), whom(roster, to)),
            from(*begins),
            until(*ends),
            (
                ("Loại hồ sơ", "Documents"),
                scope.iter().map(|kind| frame::kind(*kind).to_lowercase()).collect::<Vec<_>>().join("; "),
                scope.iter().map(|kind| frame::kind_en(*kind).to_lowercase()).collect::<Vec<_>>().join("; "),
            ),
        ],
        Deed::KyThay { absent, colleague, from: begins, until: ends, reason, places } => vec![
            line(("Giáo viên vắng mặt", "Absent teacher"), whom(roster, absent)),
            line(("Người ký thay", "Colleague who signs"), whom(roster, colleague)),
            from(*begins),
            until(*ends),
            line(
                ("Ô ký: lớp và môn", "Boxes: class and subject"),
                places.iter().map(|one| place(roster, one)).collect::<Vec<_>>().join("; "),
            ),
            line(("Lý do", "Reason"), reason.clone()),
        ],
        Deed::TokenReplaced { person, old, new, from: begins } => vec![
            line(("Người", "Person"), whom(roster, person)),
            certificate(("Chứng thư cũ", "Old certificate"), old),
            certificate(("Chứng thư mới", "New certificate"), new),
            from(*begins),
        ],
        Deed::PrincipalChanged { person, old, from: begins } => vec![
            line(
                ("Hiệu trưởng mới", "New principal"),
                format!("{} – {} ({})", person.name, person.title, person.id),
            ),
            certificate(("Chứng thư trước đây", "Certificate before"), old),
            certificate(("Chứng thư từ nay", "Certificate from now on"), &person.certificate),
            from(*begins),
        ],
        Deed::StampChanged { old, new, from: begins } => vec![
            line(("Con dấu", "Stamp"), roster.school.name.clone()),
            certificate(("Chứng thư trước đây", "Certificate before"), old),
            certificate(("Chứng thư từ nay", "Certificate from now on"), new),
            from(*begins),
        ],
    }
}

/// The whole text.
pub fn text(roster: &Roster, act: &Act) -> Markup {
    let (vi, english) = sentence(roster, &act.deed);
    html! {
        section.card aria-labelledby="toan-van" {
            p translate="no" { (roster.school.authority) " · " strong { (roster.school.name) } }
            h2 #toan-van { "Văn bản số " span translate="no" { (act.number) } (en("Full text")) }
            p.big translate="no" { (vi) }
            (below(&english))
            dl {
                dt { "Lập lúc" (en("Decided")) } dd { (act.decided.vietnamese()) }
                @for (label, value, english) in lines(roster, &act.deed) {
                    dt { (label.0) (en(label.1)) }
                    dd { @match value.parse::<Sha256>() {
                        Ok(digest) => code { (digest) },
                        Err(_) => { span translate="no" { (value) } @if !english.is_empty() { (en(&english)) } },
                    } }
                }
                dt { "Nói theo danh sách nhân sự có SHA-256" (en("In the terms of the roster")) } dd { code { (act.roster) } }
                dt { "Mã trường, mẫu" (en("School, format")) } dd { code { (act.school) " · " (act.format) } }
            }
        }
    }
}
