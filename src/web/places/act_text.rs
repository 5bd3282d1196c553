//! What an act says, whole: in a sentence that can be read aloud, then line by line with everything that is signed.

use maud::{Markup, html};
use school::act::{Act, Deed, TeachingPlace};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use school::roster::Roster;

use super::subjects;
use crate::web::frame::{self, Title, below, en};
use crate::wording::{Both, both};

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

/// Who signs, and for whom, for a line of a list.
pub fn about(roster: &Roster, deed: &Deed) -> Both {
    let signs_for = |who: &PersonId, whom: &PersonId| {
        let (who, whom) = (name(roster, who), name(roster, whom));
        both(format!("{who} ký thay {whom}"), format!("{who} signs for {whom}"))
    };
    match deed {
        Deed::Delegation { to, .. } => {
            let to = name(roster, to);
            both(format!("{to} ký thay Hiệu trưởng"), format!("{to} signs for the principal"))
        }
        Deed::KyThay { absent, colleague, .. } => signs_for(colleague, absent),
        Deed::TokenReplaced { person, .. } => Both::same(name(roster, person)),
        Deed::PrincipalChanged { person, .. } => Both::same(person.name.clone()),
        Deed::StampChanged { .. } => Both::same(roster.school.name.clone()),
    }
}

/// From when, and until when where it ends.
pub fn term(deed: &Deed) -> (String, Option<String>) {
    match deed {
        Deed::Delegation { from, until, .. } | Deed::KyThay { from, until, .. } => {
            (since(*from), Some(until_end_of(*until)))
        }
        Deed::TokenReplaced { from, .. }
        | Deed::PrincipalChanged { from, .. }
        | Deed::StampChanged { from, .. } => (since(*from), None),
    }
}

/// The day where a day was meant: what begins with a day has no time of its own.
fn since(from: Moment) -> String {
    if from.begins_a_day() { from.date().vietnamese() } else { from.vietnamese() }
}

/// The same of an end.
fn until_end_of(until: Moment) -> String {
    if until.ends_a_day() { until.date().vietnamese() } else { until.vietnamese() }
}

/// The decision in one sentence.
fn sentence(roster: &Roster, deed: &Deed) -> (String, String) {
    let (vi, en) = match term(deed) {
        (from, Some(until)) => (format!("từ {from} đến hết {until}"), format!("from {from} until {until}")),
        (from, None) => (format!("từ {from}"), format!("since {from}")),
    };
    match deed {
        Deed::Delegation { to, .. } => {
            let to = name(roster, to);
            (
                format!("{to} ký thay Hiệu trưởng (KT. HIỆU TRƯỞNG) {vi} trong các loại hồ sơ ghi dưới đây."),
                format!("{to} signs in the principal's place {en}, in the kinds of document named below."),
            )
        }
        Deed::KyThay { absent, colleague, .. } => {
            let (absent, colleague) = (name(roster, absent), name(roster, colleague));
            (
                format!("{colleague} ký thay {absent} {vi}, chỉ ở những ô chưa ký ghi dưới đây."),
                format!("{colleague} signs for {absent} {en}, only in the unsigned boxes named below."),
            )
        }
        Deed::TokenReplaced { person, .. } => {
            let person = name(roster, person);
            (
                format!("{person} ký bằng USB token khác kể {vi}; chữ ký trước đó vẫn có giá trị."),
                format!("{person} signs with another token {en}; earlier signatures stand."),
            )
        }
        Deed::PrincipalChanged { person, .. } => {
            let person = &person.name;
            (
                format!("{person} ký với tư cách Hiệu trưởng kể {vi}; chữ ký trước đó vẫn có giá trị."),
                format!("{person} signs as principal {en}; earlier signatures stand."),
            )
        }
        Deed::StampChanged { .. } => (
            format!("Nhà trường đóng dấu bằng con dấu mới kể {vi}; dấu đã đóng trước đó vẫn có giá trị."),
            format!("The school seals with a new stamp {en}; earlier seals stand."),
        ),
    }
}

/// A line of an act: what it is called, what it says, and that in English where it is more than names.
type Line = (Title<'static>, String, String);

fn lines(roster: &Roster, deed: &Deed) -> Vec<Line> {
    let line = |label, value| (label, value, String::new());
    let from = |from: Moment| line(("Từ", "From"), since(from));
    let until = |until: Moment| line(("Đến hết", "Until"), until_end_of(until));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_of_whole_days_names_days_and_another_one_its_moment() {
        let at = |text: &str| text.parse::<Moment>().expect("a moment");
        let of = |from: &str| Deed::Delegation {
            to: "NV08".parse().expect("a person"),
            from: at(from),
            until: at("2026-06-30T23:59:59+07:00"),
            scope: Vec::new(),
        };
        let until = Some("30/06/2026".to_owned());
        assert_eq!(term(&of("2026-05-30T00:00:00+07:00")), ("30/05/2026".to_owned(), until.clone()));
        let at_once = term(&of("2026-05-30T03:06:03+07:00"));
        assert_eq!(at_once, ("30/05/2026 03:06:03 (UTC+7)".to_owned(), until));
    }
}
