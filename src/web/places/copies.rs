//! One copy of a medium: its papers, and what is done with it: put under a paper seal, opened, sealed again, handed
//! over, lost, damaged, replaced. Each is an entry of the register; the words lie beside it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::identifier::{PersonId, StickerNumber};
use school::limits::REASON_CHARACTERS;
use school::medium::CopyId;
use school::records::custody::HandOverOrder;
use school::roster::Roster;

use super::archive::shown;
use super::fields::Fields;
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, Handling, Office};
use crate::lifecycle::medium::{Command, CopyStage};
use crate::web::fault::Fault;
use crate::web::frame::{self, Title, back, en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::media;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];
const OFFICE: &[Role] = &[Role::Office];

/// What is done with a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Sticker,
    Open,
    Reseal,
    HandOver,
    Lose,
    Spoil,
    Migrate,
}

impl Deed {
    const ALL: [Self; 7] =
        [Self::Sticker, Self::Open, Self::Reseal, Self::HandOver, Self::Lose, Self::Spoil, Self::Migrate];

    const fn code(self) -> &'static str {
        match self {
            Self::Sticker => "dan",
            Self::Open => "mo",
            Self::Reseal => "dan-lai",
            Self::HandOver => "ban-giao",
            Self::Lose => "that-lac",
            Self::Spoil => "hong",
            Self::Migrate => "thay",
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Sticker => ("Dán niêm phong và cất", "Seal and store"),
            Self::Open => ("Mở niêm phong", "Open"),
            Self::Reseal => ("Dán niêm phong lại và cất", "Seal again"),
            Self::HandOver => ("Bàn giao hoặc trích xuất", "Hand over"),
            Self::Lose => ("Ghi là không tìm thấy", "Record as lost"),
            Self::Spoil => ("Ghi là hỏng, không đọc được", "Record as damaged"),
            Self::Migrate => ("Thay bằng bản sao khác", "Replace"),
        }
    }

    /// What may be done with a copy that stands there: the usual next step first.
    fn possible(stage: &CopyStage) -> Vec<Self> {
        use CopyStage::{Lost, Migrated, Opened, Spoiled, Stickered, Verified, Writing};
        match stage {
            Verified => vec![Self::Sticker, Self::HandOver, Self::Lose, Self::Spoil, Self::Migrate],
            Stickered { .. } => vec![Self::Open, Self::HandOver, Self::Lose, Self::Spoil, Self::Migrate],
            Opened { .. } => vec![Self::Reseal, Self::HandOver, Self::Lose, Self::Spoil, Self::Migrate],
            Writing => vec![Self::Lose, Self::Spoil],
            Lost => vec![Self::Migrate, Self::Spoil],
            Spoiled => vec![Self::Migrate],
            Migrated { .. } => Vec::new(),
        }
    }
}

/// The page of a copy.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(copy): Path<CopyId>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (known, others) = house.reading.look(|ledger| {
        let known = ledger.media.copy(&copy).cloned();
        let others = ledger.media.copies().filter(|(id, one)| *id != copy && one.stage.counts());
        (known, others.map(|(id, _)| id).collect::<Vec<_>>())
    });
    let known = known.ok_or_else(Fault::not_found)?;
    let of = copy.clone();
    let papers = match &known.stage {
        CopyStage::Writing => Vec::new(),
        // What was spoiled before it was ever read back has none.
        CopyStage::Spoiled | CopyStage::Lost | CopyStage::Migrated { .. } => {
            house.orders.ask(move |office, _| clerk::papers_of(office, &of)).await?.unwrap_or_default()
        }
        CopyStage::Verified | CopyStage::Stickered { .. } | CopyStage::Opened { .. } => {
            house.orders.ask(move |office, _| clerk::papers_of(office, &of)).await??
        }
    };
    let acts = visitor.role() == Some(Role::Office);
    let (_, year) = house.this_year().await?;
    let roster = &year.roster.1;
    let possible = if acts { Deed::possible(&known.stage) } else { Vec::new() };
    let content = html! {
        p { (media::copy(&copy, &known)) }
        @if !papers.is_empty() {
            h2 { "Giấy tờ để in" (en("Papers")) }
            ul { @for paper in &papers { li translate="no" { a href=(format!("/luu-tru/ban-sao/{copy}/{}", paper.name)) target="_blank" rel="noopener" { (paper_in_words(&paper.name)) } } } }
        }
        @for deed in &possible {
            // What everybody waits for is open; what changes a copy that lies where it belongs is asked for.
            @if matches!(deed, Deed::Sticker | Deed::Reseal) {
                section.card aria-labelledby=(deed.code()) {
                    h2 id=(deed.code()) { (deed.words().0) (en(deed.words().1)) }
                    (form(&copy, *deed, roster, &others))
                }
            } @else {
                details.card { summary { (deed.words().0) (en(deed.words().1)) } (form(&copy, *deed, roster, &others)) }
            }
        }
        @if acts && can_be_read(&known.stage) {
            div.row {
                a.button.quiet href=(format!("/luu-tru/doc-lai/{copy}")) { "Đọc lại bản sao này" (en("Read it again")) }
                a.button.quiet href=(format!("/luu-tru/bang-tay/{}", copy.medium)) { "Đọc lại bằng tay" (en("By hand")) }
            }
        }
        (back("/luu-tru", "Lưu trữ", "Archive"))
    };
    Ok(page(&house, &visitor, (&format!("Bản sao {copy}"), "Copy"), &content).into_response())
}

/// What nobody finds, what is damaged and what has gone elsewhere is put into no reader.
pub(super) const fn can_be_read(stage: &CopyStage) -> bool {
    !matches!(stage, CopyStage::Lost | CopyStage::Spoiled | CopyStage::Migrated { .. })
}

/// `Biên bản niêm phong, mục 710 của sổ theo dõi`.
fn paper_in_words(name: &str) -> String {
    let record = name.strip_prefix("bien-ban_").and_then(|rest| rest.split_once('_'));
    match (name, record) {
        ("nhan", _) => "Nhãn dán".into(),
        ("phieu-niem-phong", _) => "Phiếu niêm phong".into(),
        (_, Some((entry, kind))) => {
            let of = match kind {
                "niem-phong" => " niêm phong",
                "mo-niem-phong" => " mở niêm phong",
                "niem-phong-lai" => " niêm phong lại",
                "giao-nhan" => " giao nhận",
                _ => "",
            };
            format!("Biên bản{of}, mục {entry} của sổ theo dõi")
        }
        _ => name.to_owned(),
    }
}

/// The form of a deed. Fields have the deed in their ids, because several forms stand on the page.
fn form(copy: &CopyId, deed: Deed, roster: &Roster, others: &[CopyId]) -> Markup {
    let code = deed.code();
    let line =
        |name: &str, vi: &str, english: &str, needed: bool| line((code, name), (vi, english), needed, "");
    html! {
        form method="post" action=(format!("/luu-tru/ban-sao/{copy}")) {
            input type="hidden" name="viec" value=(code);
            @match deed {
                Deed::Sticker | Deed::Reseal => {
                    (line("so", "Số trên tem niêm phong", "Number on the seal", true))
                    (line("loi", "Cất ở đâu", "Where it is kept", true))
                }
                Deed::Open => { (line("loi", "Lý do mở", "Why", true)) }
                Deed::HandOver => {
                    (order_lines(code, ""))
                    (line("gi", "Giao gì: cả bản sao, hay những tệp nào", "What: the copy or which files", true))
                }
                Deed::Lose => { (line("loi", "Ai đã tìm, tìm ở đâu", "Who looked where", true)) }
                Deed::Spoil => { p { "Bản sao hỏng vẫn được giữ và không tính là đã lưu trữ nữa. Ghi một bản khác rồi thay." (en("A damaged copy is kept and counts no more. Write another one, then replace it.")) } }
                Deed::Migrate => {
                    @if others.is_empty() { p { "Chưa có bản sao nào khác giữ được các lưu trữ này." (en("No other copy holds these deposits yet.")) } }
                    label for="thay-bang" { "Bản sao thay thế, đã đọc lại khớp" (en("The other copy")) }
                    select #thay-bang name="thay" required translate="no" { @if others.len() > 1 { (frame::to_choose()) } @for other in others { option value=(other) { (other) } } }
                    (line("loi", "Lý do", "Why", true))
                }
            }
            @if matches!(deed, Deed::Sticker | Deed::Open | Deed::Reseal | Deed::HandOver) {
                (witness(code, roster))
            }
            div.row { button type="submit" { (deed.words().0) (en(deed.words().1)) } }
        }
    }
}

/// A line of words in a form; several forms of a page have it under ids of their own.
fn line((code, name): (&str, &str), (vi, english): Title<'_>, needed: bool, said: &str) -> Markup {
    let id = format!("{code}-{name}");
    html! { label for=(id) { (vi) (en(english)) } input id=(id) type="text" name=(name) value=(said) required[needed] maxlength=(REASON_CHARACTERS) autocomplete="off"; }
}

/// On whose order something leaves the archive, what for, for whom.
pub(super) fn order_lines(code: &str, purpose: &str) -> Markup {
    html! {
        p.hint { "Không gì của kho lưu trữ rời trường mà không có lệnh. Biên bản bàn giao in được ngay sau khi ghi." (en("Nothing of the archive leaves without an order. The record can be printed at once.")) }
        (line((code, "lenh"), ("Ai ra lệnh, số và ngày của lệnh", "Ordered by, number and day"), true, ""))
        (line((code, "muc-dich"), ("Mục đích", "What for"), true, purpose))
        (line((code, "nhan"), ("Người nhận", "Recipient"), true, ""))
        (line((code, "den"), ("Ngày trả lại, để trống nếu không trả", "Day of return, empty for none"), false, ""))
    }
}

/// The order that a form says, for what is given.
pub(super) fn ordered(fields: &Fields, what: String) -> Result<HandOverOrder, Fault> {
    Ok(HandOverOrder {
        ordered: fields.words("lenh")?,
        purpose: fields.words("muc-dich")?,
        recipient: fields.words("nhan")?,
        what,
        until: fields.words("den").unwrap_or_default(),
        documents: Vec::new(),
    })
}

/// Who watches.
pub(super) fn witness(code: &str, roster: &Roster) -> Markup {
    let id = format!("{code}-chung-kien");
    html! {
        label for=(id) { "Người chứng kiến" (en("Witness")) }
        select id=(id) name="chung_kien" required translate="no" { (frame::to_choose()) @for person in frame::by_given_name(roster.people.iter().filter(|one| one.id != roster.stamp && one.id != roster.office), |one| &one.name) { option value=(person.id) { (person.name) " – " (person.title) } } }
    }
}

/// Who watched, as the form says.
pub(super) fn who_watched(fields: &Fields) -> Result<PersonId, Fault> {
    fields.one("chung_kien").and_then(|id| id.parse().ok()).ok_or_else(Fault::form)
}

/// Records what was done with a copy.
pub async fn act(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(copy): Path<CopyId>,
    body: Bytes,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(OFFICE)?;
    let fields = Fields::read(&body)?;
    let deed = Deed::ALL.into_iter().find(|one| fields.one("viec") == Some(one.code()));
    let done = done(deed.ok_or_else(Fault::form)?, &fields)?;
    let of = copy.clone();
    house.orders.ask_for(visitor.actor(), move |office, _| done.carry_out(office, &of, by)).await??;
    Ok(Redirect::to(&format!("/luu-tru/ban-sao/{copy}")).into_response())
}

/// What a form says was done.
enum Done {
    Handled(Handling, PersonId),
    Lost(String),
    Damaged,
    Replaced(CopyId, String),
}

fn done(deed: Deed, fields: &Fields) -> Result<Done, Fault> {
    let words = || fields.words("loi");
    let sticker = || fields.one("so").and_then(|text| text.trim().parse().ok()).ok_or_else(Fault::form);
    let handled = |handling| -> Result<Done, Fault> { Ok(Done::Handled(handling, who_watched(fields)?)) };
    match deed {
        Deed::Sticker => {
            let sticker: StickerNumber = sticker()?;
            handled(Handling::Sticker { sticker, storage: words()? })
        }
        Deed::Open => handled(Handling::Open { reason: words()? }),
        Deed::Reseal => handled(Handling::Reseal { sticker: sticker()?, storage: words()? }),
        Deed::HandOver => handled(Handling::HandOver(ordered(fields, fields.words("gi")?)?)),
        Deed::Lose => Ok(Done::Lost(words()?)),
        Deed::Spoil => Ok(Done::Damaged),
        Deed::Migrate => {
            let to = fields.one("thay").and_then(|id| id.parse().ok()).ok_or_else(Fault::form)?;
            Ok(Done::Replaced(to, words()?))
        }
    }
}

impl Done {
    fn carry_out(self, office: &mut Office, copy: &CopyId, by: PersonId) -> Result<(), ClerkFault> {
        match self {
            Self::Handled(handling, witness) => {
                clerk::handle(office, copy, handling, Some(by), &[witness]).map(drop)
            }
            Self::Lost(words) => {
                let record = clerk::keep_words(office, copy, &by, &words)?;
                clerk::act_on_copy(office, copy, Command::Lose { record })
            }
            Self::Damaged => {
                let code = "medium.reported_damaged".into();
                clerk::act_on_copy(office, copy, Command::Spoil { code })
            }
            Self::Replaced(to, words) => {
                let record = clerk::keep_words(office, copy, &by, &words)?;
                clerk::act_on_copy(office, copy, Command::Migrate { to, record })
            }
        }
    }
}

/// One paper of a copy.
pub async fn paper(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((copy, name)): Path<(CopyId, String)>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let papers = house.orders.ask(move |office, _| clerk::papers_of(office, &copy)).await??;
    let found = papers.into_iter().find(|paper| paper.name == name);
    found.map(|paper| shown(paper.pdf)).ok_or_else(Fault::not_found)
}
