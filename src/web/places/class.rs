//! One class before the principal: what a head wants to know of it, five transcripts drawn by lot, every pupil, and
//! two buttons. Refusing one pupil holds that transcript and nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierOf};
use school::gradebook::{Gradebook, Honour, Outcome, Pupil};
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::limits::REASON_CHARACTERS;
use school::scoring::Scheme;

use super::changed;
use super::fields::Fields;
use super::guest::{Guest, Waiting, by_kind, guest_here};
use super::pupils::Names;
use super::refused;
use super::signing::{choice, not_yet};
use super::stages::{self, Colour, Said};
use crate::clerk::{self, ClerkFault, YearInForce};
use crate::clock;
use crate::lifecycle::correction::Standing;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::ledger::Ledger;
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::{conduct_word, level_heads, outcome_words, period, study_word};

/// How many transcripts the principal is offered to open.
const RANDOM_TRANSCRIPTS: usize = 5;

/// A class as its documents stand.
struct Class {
    book: Arc<Gradebook>,
    /// Pupils whose values differ from the rules, and whether somebody said why.
    differing: (usize, bool),
    corrections: Vec<(String, bool)>,
    /// Whose signature is missing now, with how many documents wait for it.
    missing: BTreeMap<String, usize>,
    /// Refused documents, which wait for an answer.
    held: Vec<DossierId>,
    transcripts: BTreeMap<PupilId, (DossierId, Said)>,
}

impl Class {
    fn count(&self, wanted: &[Outcome]) -> usize {
        self.book.pupils.iter().filter(|one| one.outcome.is_some_and(|it| wanted.contains(&it))).count()
    }

    /// How many bear each title that the circular of the class has, and any other one that the export claims.
    fn honours(&self) -> String {
        let known = titles(Scheme::of(self.book.year, &self.book.class).ok());
        let counted = [Honour::XuatSac, Honour::Gioi, Honour::TienTien].into_iter().filter_map(|honour| {
            let many = self.book.pupils.iter().filter(|one| one.honour == Some(honour)).count();
            (many > 0 || known.contains(&honour)).then(|| format!("{} {many}", honour_word(honour)))
        });
        counted.collect::<Vec<_>>().join(", ")
    }
}

/// The titles that a circular has.
const fn titles(scheme: Option<Scheme>) -> &'static [Honour] {
    match scheme {
        Some(Scheme::Tt22) => &[Honour::XuatSac, Honour::Gioi],
        Some(Scheme::Tt58) => &[Honour::Gioi, Honour::TienTien],
        None => &[],
    }
}

const fn honour_word(honour: Honour) -> &'static str {
    match honour {
        Honour::XuatSac => "Xuất sắc",
        Honour::Gioi => "Giỏi",
        Honour::TienTien => "Tiên tiến",
    }
}

/// Reads a class, by the latest of its locked exports.
fn read(house: &House, year: &YearInForce, class: &ClassName) -> Result<Option<Class>, ClerkFault> {
    let number = year.roster.1.year;
    let latest = house.reading.look(|ledger| {
        let locked = ledger
            .exports
            .accepted()
            .filter(|(_, one)| one.year == number && one.class == *class && one.counts());
        let latest = locked.max_by_key(|(_, one)| one.period)?;
        let differing = latest.1.check.as_ref();
        let differing = differing.map_or((0, false), |one| (one.differing.len(), one.accepted.is_some()));
        Some((*latest.0, differing))
    });
    let Some((export, differing)) = latest else { return Ok(None) };
    let book = house.reading.gradebook(&export)?;
    Ok(Some(house.reading.look(|ledger| {
        let mut read = Class {
            book,
            differing,
            corrections: corrections(ledger, number, class),
            missing: BTreeMap::new(),
            held: Vec::new(),
            transcripts: BTreeMap::new(),
        };
        let of_class = ledger.dossiers.iter().filter(|(_, one)| {
            one.key.year == number
                && !matches!(one.stage, Stage::Withdrawn(_))
                && stages::class_of(ledger, one).as_ref() == Some(class)
        });
        for (id, dossier) in of_class {
            look_at(&mut read, ledger, (house, year), (id, dossier));
        }
        read
    })))
}

fn look_at(
    read: &mut Class,
    ledger: &Ledger,
    (house, year): (&House, &YearInForce),
    (id, dossier): (&DossierId, &Dossier),
) {
    if matches!(dossier.stage, Stage::Halted(_)) {
        read.held.push(id.clone());
    }
    let mut waited: Vec<String> = dossier
        .open_boxes()
        .iter()
        .filter_map(|one| stages::expected(year, dossier.key.kind(), one, clock::now()))
        .map(|(_, name)| name)
        .collect();
    waited.sort();
    waited.dedup();
    waited.into_iter().for_each(|name| *read.missing.entry(name).or_default() += 1);
    if let DossierOf::HocBa(pupil) = &dossier.key.of
        && dossier.key.period == read.book.period
    {
        let said = stages::of(ledger, &house.settings.regulation, (year, clock::now()), (id, dossier));
        read.transcripts.insert(pupil.clone(), (id.clone(), said));
    }
}

/// Correction cases of a class by number, and whether each is still under way.
fn corrections(ledger: &Ledger, year: SchoolYear, class: &ClassName) -> Vec<(String, bool)> {
    let of_class = |export: &Sha256| {
        ledger.exports.accepted().any(|(known, one)| known == export && one.class == *class)
    };
    let cases = ledger.corrections.of_year(year).filter(|case| of_class(&case.before));
    let over = [Standing::CarriedOut, Standing::Refused, Standing::Withdrawn];
    cases.map(|case| (case.id.number.to_string(), !over.contains(&case.standing(ledger)))).collect()
}

/// The guest at the reader who is also signed in as themselves.
async fn own_guest(
    house: &Arc<House>,
    visitor: &Visitor,
    certificate: Sha256,
    class: &ClassName,
) -> Result<Guest, Fault> {
    let guest = guest_here(house, visitor, certificate).await?;
    if visitor.is(&guest.person) {
        Ok(guest)
    } else {
        Err(Fault::SignIn(format!("/ky/{certificate}/lop/{class}")))
    }
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, class)): Path<(Sha256, ClassName)>,
) -> Result<Response, Fault> {
    let guest = own_guest(&house, &visitor, certificate, &class).await?;
    let (_, year) = house.this_year().await?;
    let (reading, of_year, of) = (Arc::clone(&house), Arc::clone(&year), class.clone());
    let known = tokio::task::spawn_blocking(move || read(&reading, &of_year, &of)).await;
    let known = known.map_err(|_| Fault::busy())??;
    house.note(&visitor, "view", format!("lop/{class}"))?;
    let mine: Vec<&Waiting> = guest.waiting.iter().filter(|one| one.class.as_ref() == Some(&class)).collect();
    let transcripts: Vec<&Waiting> =
        mine.iter().filter(|one| one.kind == DocumentKind::HocBa).copied().collect();
    let held = match &known {
        Some(known) => refused::listed(&house, &visitor, &year, &known.held).await?,
        None => Markup::default(),
    };
    let listed: Vec<DossierId> = mine.iter().map(|one| one.id.clone()).collect();
    let names = Names::of(&house, &visitor, &listed).await?;
    let changed = changed::since_before(&house, &visitor, mine.iter().map(|one| &one.id)).await?;
    let (of_class, of_all) = (by_kind(mine.iter().copied()), guest.in_words());
    let content = html! {
        p.way { a href=(format!("/ky/{certificate}")) { "← Tất cả hồ sơ đang chờ" (en("All that waits")) } }
        @match &known {
            None => p { "Lớp này chưa có dữ liệu đã khóa." (en("No data of this class are locked yet.")) },
            Some(known) => {
                (facts(known))
                @if !known.held.is_empty() {
                    div.notice.open role="note" {
                        p { strong { (known.held.len()) " hồ sơ của lớp bị từ chối, đang chờ ban quản trị trả lời" } ", không nằm trong lần ký này:" }
                        (below("Refused, waiting for an answer of the administrator, and not signed this time:"))
                        (held)
                    }
                }
                (changed)
                (of_the_whole_class(&names, &mine))
                (samples(&names, &transcripts))
            }
        }
        @if mine.is_empty() {
            p { "Không có hồ sơ nào của lớp đang chờ thầy/cô ký." (en("Nothing of this class waits for you.")) }
        } @else {
            form method="post" action=(format!("/ky/{certificate}/chon")) {
                @for one in &mine { input type="hidden" name="ho_so" value=(one.id); }
                div.row {
                    button type="submit" { "Ký lớp này: " (of_class.vi) (en(&format!("Sign this class: {}", of_class.en))) }
                    a.button.quiet href=(format!("/ky/{certificate}#tat-ca")) { "Ký tất cả các lớp: " (of_all.vi) (en(&format!("Sign all classes: {}", of_all.en))) }
                }
                (not_yet())
            }
        }
        @if let Some(known) = &known {
            (refusal(&format!("/ky/{certificate}/lop/{class}/tu-choi"), &names, &transcripts))
            (pupils(known))
        }
        (choice(certificate, &mine, &names))
    };
    Ok(page(&house, &visitor, (&format!("Lớp {class}"), "Class"), &content).into_response())
}

fn facts(class: &Class) -> Markup {
    let (differing, explained) = class.differing;
    let under_way = class.corrections.iter().filter(|(_, open)| *open).count();
    html! {
        dl {
            dt { "Sĩ số" (en("Pupils")) } dd { (class.book.pupils.len()) " học sinh" (en("pupils")) }
            dt { "Số liệu của" (en("Data of")) } dd { (period(class.book.period)) }
            dt { "Được lên lớp" (en("Promoted")) } dd { (class.count(&[Outcome::Promoted, Outcome::PromotedAfterSummer])) }
            dt { "Chờ rèn luyện, kiểm tra lại trong hè" (en("Again in the summer")) } dd { (class.count(&[Outcome::ToRetest])) }
            dt { "Không được lên lớp" (en("Not promoted")) } dd { (class.count(&[Outcome::Retained])) }
            dt { "Danh hiệu" (en("Honours")) } dd translate="no" { (class.honours()) }
            dt { "Khác biệt so với quy định" (en("Not by the rules")) } dd {
                @match (differing, explained) {
                    (0, _) => { "không có" (en("none")) }
                    (many, true) => { (many) " học sinh, Hiệu trưởng đã ghi lý do" (en("pupils, with the principal's reason")) }
                    (many, false) => { (many) " học sinh, chưa có lý do" (en("pupils, no reason yet")) }
                }
            }
            dt { "Hồ sơ sửa chữa" (en("Corrections")) } dd {
                @if class.corrections.is_empty() { "không có" (en("none")) } @else {
                    (class.corrections.iter().map(|(number, _)| number.as_str()).collect::<Vec<_>>().join(", "))
                    @if under_way > 0 { " – " (under_way) " đang xử lý" (en("under way")) }
                }
            }
            dt { "Chữ ký còn thiếu ở lượt này, theo số hồ sơ" (en("Missing in this turn, by documents")) } dd {
                @if class.missing.is_empty() { "không còn" (en("none")) } @else {
                    @for (at, (name, many)) in frame::by_given_name(&class.missing, |(name, _)| name.as_str()).into_iter().enumerate() { @if at > 0 { "; " } span translate="no" { (name) } ": " (many) }
                }
            }
        }
    }
}

/// What is read before the pupils' own documents: the class book and the lists.
fn of_the_whole_class(names: &Names, mine: &[&Waiting]) -> Markup {
    let whole: Vec<_> = mine.iter().filter(|one| one.kind != DocumentKind::HocBa).collect();
    html! {
        @if !whole.is_empty() {
            h2 { "Hồ sơ chung của lớp" (en("Of the whole class")) }
            ul { @for one in whole { li translate="no" { a href=(format!("/ho-so/{}", one.id)) { (names.get(&one.id)) } } } }
        }
    }
}

fn samples(names: &Names, transcripts: &[&Waiting]) -> Markup {
    let drawn = random_of(transcripts, RANDOM_TRANSCRIPTS);
    html! {
        @if !drawn.is_empty() {
            h2 { "Học bạ rút ngẫu nhiên để xem, mở ở tab mới" (en("Random transcripts to read, in new tabs")) }
            ul { @for one in drawn { li translate="no" { a href=(format!("/ho-so/{}", one.id)) target="_blank" rel="noopener" { (names.get(&one.id)) } } } }
        }
    }
}

/// Others at each look, so that nobody knows beforehand which ones are read.
fn random_of<'w>(all: &[&'w Waiting], many: usize) -> Vec<&'w Waiting> {
    let mut left = all.to_vec();
    let mut chosen = Vec::new();
    while chosen.len() < many && !left.is_empty() {
        let mut byte = [0; 8];
        if openssl::rand::rand_bytes(&mut byte).is_err() {
            break;
        }
        let at = usize::try_from(u64::from_le_bytes(byte) % left.len() as u64).unwrap_or_default();
        chosen.push(left.swap_remove(at));
    }
    chosen
}

fn refusal(action: &str, names: &Names, transcripts: &[&Waiting]) -> Markup {
    html! {
        @if !transcripts.is_empty() {
            details {
                summary { "Từ chối ký học bạ của một học sinh" (en("Refuse one pupil's transcript")) }
                form method="post" action=(action) {
                    p { "Chỉ học bạ này dừng lại chờ ban quản trị trả lời; cả lớp vẫn ký. Lý do được ghi vào sổ theo dõi và không rút lại được." (en("This one alone stops and waits for an answer of the administrator; the reason is recorded and cannot be taken back.")) }
                    label for="hoc-sinh" { "Học sinh" (en("Pupil")) }
                    select #hoc-sinh name="ho_so" required { (frame::to_choose()) @for one in transcripts { option translate="no" value=(one.id) { (names.get(&one.id)) } } }
                    label for="ly-do" { "Lý do" (en("Reason")) }
                    textarea #ly-do name="ly_do" maxlength=(REASON_CHARACTERS) required {}
                    div.row { button.danger type="submit" { "Từ chối ký học bạ này, ghi lý do" (en("Refuse with a reason")) } }
                }
            }
        }
    }
}

fn pupils(class: &Class) -> Markup {
    let honour = |pupil: &Pupil| pupil.honour.map_or("–", honour_word);
    let study = |pupil: &Pupil| pupil.study.year.or(pupil.study.hk1).map_or("–", study_word);
    let conduct = |pupil: &Pupil| pupil.conduct.year.or(pupil.conduct.hk1).map_or("–", conduct_word);
    let outcome = |pupil: &Pupil| pupil.outcome.map_or_else(|| "–".to_owned(), |one| outcome_words(one).vi);
    let none = Said::new(Colour::Quiet, ("chưa lập", "not made"));
    let heads = level_heads(Scheme::worded(class.book.year, &class.book.class));
    html! {
        h2 { "Từng học sinh" (en("Every pupil")) }
        div.wide tabindex="0" { table.stack {
            caption { (class.book.pupils.len()) " học sinh" (en("pupils")) }
            thead { tr { (th("Học sinh", "Pupil")) (th(heads.study.0, heads.study.1)) (th(heads.conduct.0, heads.conduct.1)) (th("Lên lớp", "Promotion")) (th("Danh hiệu", "Honour")) (th("Học bạ", "Transcript")) } }
            tbody { @for (number, pupil) in (1..).zip(&class.book.pupils) {
                @let transcript = class.transcripts.get(&pupil.id);
                tr {
                    th.whole translate="no" scope="row" { @match transcript { Some((id, _)) => a href=(format!("/ho-so/{id}")) { (number) ". " (pupil.name) }, None => { (number) ". " (pupil.name) } } span.hint { (pupil.id) } }
                    td translate="no" data-as=(heads.study.0) { (study(pupil)) } td translate="no" data-as=(heads.conduct.0) { (conduct(pupil)) } td translate="no" data-as="Lên lớp" { (outcome(pupil)) } td translate="no" data-as="Danh hiệu" { (honour(pupil)) }
                    td data-as="Học bạ" { (transcript.map_or(&none, |(_, said)| said).label()) }
                }
            } }
        } }
    }
}

/// Refuses one transcript of the class and stays there.
pub async fn refuse(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, class)): Path<(Sha256, ClassName)>,
    body: Bytes,
) -> Result<Response, Fault> {
    let guest = own_guest(&house, &visitor, certificate, &class).await?;
    let fields = Fields::read(&body)?;
    let id: DossierId = fields.one("ho_so").and_then(|id| id.parse().ok()).ok_or_else(Fault::form)?;
    if !guest.waiting.iter().any(|one| one.id == id) {
        return Err(Fault::not_found());
    }
    let words = fields.words("ly_do")?;
    house.orders.ask(move |office, _| clerk::refuse(office, &id, &guest.person, &words)).await??;
    Ok(Redirect::to(&format!("/ky/{certificate}/lop/{class}")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_titles_of_the_circular_are_counted_for_a_class() {
        let titles_of = |year: &str| {
            let (year, class) = (year.parse().expect("a year"), "6A1".parse().expect("a class"));
            titles(Scheme::of(year, &class).ok()).iter().map(|one| honour_word(*one)).collect::<Vec<_>>()
        };
        assert_eq!(titles_of("2025-2026"), ["Xuất sắc", "Giỏi"]);
        assert_eq!(titles_of("2020-2021"), ["Giỏi", "Tiên tiến"]);
    }
}
