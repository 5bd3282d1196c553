//! Chuẩn bị năm học: from an empty data folder to a school that is ready, and each later year from the one
//! before. The administrator fills it in step by step; every step can be left and come back to, and the page
//! says what is still missing. What it leads to is signed by principal and stamp ([`super::opening`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use school::identifier::{PersonId, SchoolYear};
use school::plan_choice::PlanChoice;
use school::roster::School;
use serde::Deserialize;

use super::opening::plans_table;
use super::own_rules::InForce;
use super::roster_table::{WrongLine, duty_words, people_text, teaching_text};
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk;
use crate::web::draft::{Draft, Lacking, OPTIONAL};
use crate::web::fault::Fault;
use crate::web::frame::{self, below, done, en, page, th};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::{self, Both, both};

pub(super) const MAY: &[Role] = &[Role::Admin];
pub(super) const HERE: &str = "/cau-hinh/nam-hoc";

/// The tables that are pasted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Who signs.
    People,
    /// Who teaches what.
    Teaching,
}

/// A table that could not be taken, as it was pasted, with what is wrong with it.
#[derive(Debug, Clone)]
pub struct RefusedTable {
    /// Which one.
    pub table: Table,
    /// What was pasted.
    pub text: String,
    /// What is wrong.
    pub wrong: Vec<WrongLine>,
}

/// Which refused table is shown again.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(rename = "tra-lai")]
    again: Option<String>,
}

/// Where the page shows a refused table again; the browser goes on to the form that it came from.
pub(super) fn shown_again(key: &str) -> String {
    format!("{HERE}?tra-lai={key}")
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(Asked { again }): Query<Asked>,
) -> Result<Response, Fault> {
    let session = visitor.needs(MAY)?;
    let refused = again.and_then(|key| house.refused_tables.shown(&visitor, &key));
    let refused = |table| refused.as_ref().filter(|one| one.table == table);
    let draft = house.draft()?;
    let in_force = house.this_year().await.ok();
    let content = match &draft {
        None => html! {
            p { "Trường mới đi từ đây đến lúc sẵn sàng ký: thông tin trường, người và phân công, kế hoạch ký, chứng thư CA, diễn tập, xác nhận, rồi Hiệu trưởng và con dấu ký." }
            (below("A new school goes from here to ready: school, people, plans, authorities, rehearsals, confirmation, and the signatures of principal and stamp."))
            @match &in_force {
                Some((year, of)) => {
                    p { "Năm học " (year) " đang dùng của " strong translate="no" { (of.roster.1.school.name) } "." (en("The year in force")) }
                    (next_year(SchoolYear::after(*year)))
                }
                None => { (school_form(None, &house)) }
            }
        },
        Some(draft) => {
            let is_open = in_force.as_ref().is_some_and(|(year, _)| *year >= draft.year);
            let lacking = draft.roster().err().unwrap_or_default();
            html! {
                @if is_open {
                    (done("Nhà trường đã sẵn sàng: năm học đã mở.", "The school is ready: the year is open."))
                    (next_year(SchoolYear::after(draft.year)))
                } @else {
                    (summary(&house, draft, &lacking))
                    (school_form(Some(draft), &house))
                    (people_form(draft, refused(Table::People)))
                    (own_account(draft, session.account.as_deref(), session.person.as_ref()))
                    (teaching_form(draft, refused(Table::Teaching)))
                    (plans_form(draft))
                    (authorities(&house))
                    (rehearsals(&house, draft))
                    (configured(&house)?)
                    (confirmation(draft, &lacking, session.person.is_some()))
                }
            }
        }
    };
    Ok(page(&house, &visitor, ("Chuẩn bị năm học", "Prepare the year"), &content).into_response())
}

fn next_year(year: SchoolYear) -> Markup {
    html! {
        form method="post" action=(format!("{HERE}/sau")) {
            input type="hidden" name="nam" value=(year);
            div.row { button type="submit" { "Chuẩn bị năm học " (year) (en("Prepare the next year")) } }
        }
    }
}

/// What is missing, in one list.
fn summary(house: &House, draft: &Draft, lacking: &[Lacking]) -> Markup {
    let confirmed = draft.roster().is_ok_and(|roster| {
        house.reading.look(|ledger| {
            let stands = clerk::bindings(&ledger.enrolment, &roster).ok().map(|(_, sha256)| sha256);
            ledger.commissioned.is_some() && stands.is_some() && ledger.enrolment.bindings == stands
        })
    });
    let unrehearsed: Vec<&str> = lacking.iter().filter_map(without_certificate).collect();
    let others = lacking.iter().filter(|one| without_certificate(one).is_none());
    html! {
        section.card aria-labelledby="con-thieu" {
            h2 #con-thieu { "Năm học " (draft.year) ", " span translate="no" { (draft.school.name) } (en("School year")) }
            @if confirmed {
                p { (Said::new(Colour::Good, ("đã xác nhận", "confirmed")).label()) " Việc tiếp theo: thoát phiên quản trị; Hiệu trưởng và con dấu ký tại trang " a href="/nam-hoc" { "Mở năm học" } "." (en("Next: leave the session; principal and stamp sign there.")) }
            } @else if lacking.is_empty() {
                p { (Said::new(Colour::Good, ("đủ", "complete")).label()) " Việc tiếp theo: " a href="#xac-nhan" { "xác nhận ở cuối trang" } "." (en("Next: confirm at the end of the page.")) }
            } @else {
                p { "Còn thiếu " (lacking.len()) " mục:" (en("Still missing")) }
                ul {
                    @if !unrehearsed.is_empty() { li { (unrehearsed.len()) " người chưa diễn tập nên chưa có chứng thư: " span translate="no" { (unrehearsed.join(", ")) } (en("They have not rehearsed, so have no certificate.")) } }
                    @for one in others { li { (lacking_words(one)) } }
                }
            }
        }
    }
}

/// Who has no certificate yet: most of a new school, told in one line.
fn without_certificate(one: &Lacking) -> Option<&str> {
    match one {
        Lacking::Certificate(name) => Some(name),
        _ => None,
    }
}

fn lacking_words(one: &Lacking) -> Both {
    match one {
        Lacking::Nobody(duty) => {
            let duty = duty_words(*duty);
            both(format!("chưa ai có nhiệm vụ {}", duty.vi), format!("nobody is {}", duty.en))
        }
        Lacking::Several(duty) => {
            let duty = duty_words(*duty);
            both(
                format!("nhiều dòng cùng có nhiệm vụ {}; chỉ để một", duty.vi),
                format!("several are {}; leave one", duty.en),
            )
        }
        Lacking::Certificate(name) => both(
            format!("{name} chưa diễn tập nên chưa có chứng thư"),
            "has not rehearsed, so has no certificate",
        ),
        Lacking::SameCertificate(one, other) => {
            both(format!("{one} và {other} dùng chung một chứng thư"), "two have the same certificate")
        }
        Lacking::StampIsAPerson => {
            both("con dấu không đứng ở chỗ của một người", "the stamp does not stand for a person")
        }
        Lacking::Teaching => both("chưa có phân công nào", "nobody teaches anything yet"),
        Lacking::Homeroom(class) => both(
            format!("lớp {class} chưa có giáo viên chủ nhiệm (dòng GVCN)"),
            "the class has no homeroom teacher (a line GVCN)",
        ),
        Lacking::Unknown(id) => both(
            format!("phân công nhắc đến {id} nhưng bảng người không có"),
            "an assignment names somebody who is not in the table of people",
        ),
    }
}

fn field(id: &str, name: &str, vi: &str, english: &str, value: &str, needed: bool) -> Markup {
    html! {
        label for=(id) { (vi) (en(english)) }
        input id=(id) type="text" name=(name) value=(value) required[needed] maxlength="100" autocomplete="off";
    }
}

fn school_form(draft: Option<&Draft>, house: &House) -> Markup {
    let school = draft.map(|one| &one.school);
    let of = |part: fn(&School) -> &str| school.map(part).unwrap_or_default();
    let year = draft.map(|one| one.year.to_string()).unwrap_or_default();
    let code = school.map(|one| one.code.to_string()).unwrap_or_default();
    html! {
        section.card aria-labelledby="truong" {
            h2 #truong { "1. Trường" (en("School")) }
            @if house.settings.sample { p.hint { "Đây là trường mẫu: mọi trang in đều ghi không có giá trị pháp lý." (en("A sample school: every paper says that it has no legal value.")) } }
            form method="post" action=(format!("{HERE}/truong#truong")) {
                (field("t-ten", "ten", "Tên trường", "Name", of(|one| &one.name), true))
                (field("t-ma", "ma", "Mã trường, chữ không dấu và chữ số", "Code, plain letters and digits", &code, true))
                (field("t-cap", "cap_tren", "Cơ quan cấp trên, như in trên quyết định", "Authority above, as printed", of(|one| &one.authority), true))
                (field("t-noi", "noi", "Nơi ghi ngày tháng, ví dụ Hải Phòng", "Place that dates name", of(|one| &one.place), true))
                (field("t-phuong", "phuong", "Xã, phường như in trên bìa", "Ward as printed", of(|one| &one.ward), false))
                (field("t-tinh", "tinh", "Tỉnh, thành phố như in trên bìa", "Province as printed", of(|one| &one.province), false))
                (field("t-dau", "nguoi_dung_dau", "Chức danh người đứng đầu nếu không phải Hiệu trưởng", "Title of the head, if another", of(|one| &one.head_title), false))
                (field("t-nam", "nam", "Năm học, ví dụ 2026-2027", "School year", &year, true))
                div.row { button type="submit" { "Lưu thông tin trường" (en("Save")) } }
            }
        }
    }
}

fn wrong_lines(lines: &[WrongLine]) -> Markup {
    html! {
        div.notice.bad role="alert" {
            p { strong { "Chưa lưu: " (lines.len()) " dòng cần sửa." } (en("Not saved: these lines need a change.")) }
            ul { @for one in lines { li { "Dòng " (one.line) ": " (one.wrong.words()) } } }
        }
    }
}

fn people_form(draft: &Draft, refused: Option<&RefusedTable>) -> Markup {
    let text = refused.map_or_else(|| people_text(draft), |one| one.text.clone());
    html! {
        section.card aria-labelledby="nguoi" {
            h2 #nguoi { "2. Người" (en("People")) }
            p { "Chép bảng từ Excel rồi dán vào đây, mỗi người một dòng: mã; họ và tên; chức danh; nhiệm vụ. Nhiệm vụ là Hiệu trưởng, Ban quản trị, Văn phòng hoặc Con dấu; nhiều nhiệm vụ nối bằng dấu +. Con dấu là một dòng riêng mang tên trường." }
            (below("Paste the table from a spreadsheet, a person a line: code; name; title; duties. Duties are principal, board, office or stamp in Vietnamese as above, several joined by +. The stamp is a line of its own with the name of the school."))
            @if let Some(one) = refused { (wrong_lines(&one.wrong)) }
            form method="post" action=(format!("{HERE}/nguoi#nguoi")) {
                label for="bang-nguoi" { "Bảng người" (en("Table of people")) }
                textarea.table #bang-nguoi name="bang" rows="10" required spellcheck="false" { (text) }
                div.row { button type="submit" { "Lưu bảng người" (en("Save")) } a.button.quiet href="/cau-hinh/hinh" { "Hình chữ ký và hình dấu" (en("Signatures and stamp")) } }
            }
        }
    }
}

fn teaching_form(draft: &Draft, refused: Option<&RefusedTable>) -> Markup {
    let text = refused.map_or_else(|| teaching_text(draft), |one| one.text.clone());
    html! {
        section.card aria-labelledby="phan-cong" {
            h2 #phan-cong { "3. Phân công" (en("Who teaches what")) }
            p { "Mỗi dòng: lớp; môn; giáo viên (mã hoặc họ tên, nhiều người nối bằng dấu +); người ký học bạ nếu khác người đầu. Giáo viên chủ nhiệm ghi môn là GVCN. Thứ tự môn là thứ tự in." }
            (below("A line each: class; subject; teachers (code or name, joined by +); who signs the transcripts if not the first. GVCN in the place of a subject is the homeroom teacher. Subjects are printed in this order."))
            @if let Some(one) = refused { (wrong_lines(&one.wrong)) }
            form method="post" action=(format!("{HERE}/phan-cong#phan-cong")) {
                label for="bang-phan-cong" { "Bảng phân công" (en("Table of assignments")) }
                textarea.table #bang-phan-cong name="bang" rows="10" required spellcheck="false" { (text) }
                div.row { button type="submit" { "Lưu bảng phân công" (en("Save")) } }
            }
        }
    }
}

/// Who signs by a plan that ships.
pub fn plan_words(choice: PlanChoice) -> Both {
    let turns = wording::turns(choice.turns());
    match choice {
        PlanChoice::TranscriptSignedElsewhere => both(
            format!("Ký ở phần mềm khác, tại đây chỉ kiểm tra và niêm phong; phải có chữ ký {}", turns.vi),
            format!("Signed in another program, verified and sealed here; must be signed by {}", turns.en),
        ),
        _ => turns,
    }
}

fn plans_form(draft: &Draft) -> Markup {
    let plans = draft.templates();
    let kinds: BTreeSet<_> = PlanChoice::ALL.iter().map(|one| one.kind()).collect();
    html! {
        section.card aria-labelledby="ke-hoach" {
            h2 #ke-hoach { "4. Kế hoạch ký" (en("Plans")) }
            form method="post" action=(format!("{HERE}/ke-hoach#ke-hoach")) {
                @for kind in kinds {
                    fieldset { legend { (frame::kind(kind)) (en(frame::kind_en(kind))) }
                        @for choice in PlanChoice::ALL.into_iter().filter(|one| one.kind() == kind) {
                            @let chosen = plans.templates.iter().any(|one| one.kind == kind && one.turns == choice.turns());
                            label.tick { input type="radio" name=(kind.code()) value=(choice) checked[chosen]; span { (plan_words(choice)) } }
                        }
                    }
                }
                fieldset { legend { "Hồ sơ khác mà trường lập" (en("Other documents the school keeps")) }
                    @for kind in OPTIONAL {
                        label.tick { input type="checkbox" name="lap" value=(kind.code()) checked[!draft.left_out.contains(&kind)]; (frame::kind(kind)) (en(frame::kind_en(kind))) }
                    }
                }
                div.row { button type="submit" { "Lưu kế hoạch ký" (en("Save")) } }
            }
            details { summary { "Thứ tự ký của mọi hồ sơ" (en("Who signs what, in which order")) } (plans_table(&plans)) }
        }
    }
}

fn authorities(house: &House) -> Markup {
    let (all, trusted) = house.reading.look(|ledger| {
        (ledger.enrolment.authorities.len(), ledger.enrolment.confirmed_authorities().count())
    });
    html! {
        section.card aria-labelledby="ca" {
            h2 #ca { "5. Chứng thư CA" (en("Authorities")) }
            p { "CA đi kèm chương trình có sẵn. Đã nạp thêm " (all) ", được tin cậy " (trusted) "." (en("Those shipped are there. Loaded and trusted besides")) }
            @if all > trusted { p { "Hiệu trưởng xác nhận trong phiên của mình: tạo tài khoản vai trò Hiệu trưởng ở trang " a href="/cau-hinh" { "Cấu hình" } "." (en("The principal confirms in a session of their own: make them an account under Set up.")) } }
            p { a.button.quiet href="/cau-hinh/ca" { "Nạp và xác nhận" (en("Load and confirm")) } }
        }
    }
}

fn rehearsals(house: &House, draft: &Draft) -> Markup {
    let with = draft.people.iter().filter(|one| one.certificate.is_some()).count();
    let sight = house.tokens.sight();
    html! {
        section.card aria-labelledby="dien-tap" {
            h2 #dien-tap { "6. Diễn tập" (en("Rehearsals")) }
            p { (with) "/" (draft.people.len()) " người đã có chứng thư; " (sight.tokens.len()) " USB token đang cắm." (en("People with a certificate; tokens plugged in")) }
            p { a.button.quiet href="/dien-tap" { "Đến trang diễn tập" (en("Rehearse")) } }
        }
    }
}

/// What the school keeps its archive by, and who stamps the time.
fn configured(house: &House) -> Result<Markup, Fault> {
    Ok(html! {
        section.card aria-labelledby="quy-che" {
            h2 #quy-che { "7. Quy chế lưu trữ và dấu thời gian" (en("Regulation and timestamps")) }
            (InForce::of(house)?.shown())
            p { a.button.quiet href="/cau-hinh/quy-che" { "Đổi theo quy chế của trường" (en("Change it")) } }
        }
    })
}

/// The register names who decides: an account of the administrator is somebody's.
fn own_account(draft: &Draft, account: Option<&str>, person: Option<&PersonId>) -> Markup {
    html! {
        @if let (None, Some(account)) = (person, account) && !draft.people.is_empty() {
            section.card aria-labelledby="toi" {
                h2 #toi { "Tài khoản quản trị này là của ai?" (en("Whose account is this?")) }
                p { "Sổ theo dõi ghi tên người quyết định và người xác nhận." (en("The register names who decides and confirms.")) }
                form method="post" action=(format!("{HERE}/toi-la")) {
                    input type="hidden" name="ten" value=(account);
                    label for="toi-la" { "Tôi là" (en("I am")) }
                    select #toi-la name="nguoi" required translate="no" { (frame::to_choose()) @for one in frame::by_given_name(&draft.people, |one| &one.name) { option value=(one.id) { (one.name) " – " (one.title) } } }
                    div.row { button type="submit" { "Gắn tài khoản" (en("Bind the account")) } }
                }
            }
        }
    }
}

fn confirmation(draft: &Draft, lacking: &[Lacking], is_somebody: bool) -> Markup {
    html! {
        section.card aria-labelledby="xac-nhan" {
            h2 #xac-nhan { "8. Xác nhận" (en("Confirm")) }
            @if !draft.people.is_empty() {
                div.wide tabindex="0" { table {
                    caption { "Ai ký bằng chứng thư nào" (en("Who signs with which certificate")) }
                    thead { tr { (th("Họ và tên", "Name")) (th("Chức danh, nhiệm vụ", "Title, duties")) (th("Chứng thư", "Certificate")) } }
                    tbody { @for one in &draft.people { tr {
                        td translate="no" { (one.name) } td { span translate="no" { (one.title) } @if !one.duties.is_empty() { p.hint { "Nhiệm vụ: " (Both::list(one.duties.iter().map(|duty| duty_words(*duty)))) } } }
                        td { @match one.certificate { Some(certificate) => code { (certificate) }, None => { "chưa diễn tập" (en("not rehearsed")) } } }
                    } } }
                } }
            }
            @if !is_somebody && draft.people.is_empty() { p { "Lưu bảng người trước; sau đó trang hỏi tài khoản quản trị này là của ai." (en("Save the table of people first; then the page asks whose account this is.")) } }
            @else if !is_somebody { p { "Tài khoản quản trị này chưa gắn với ai: " a href="#toi" { "chọn người" } "." (en("This account is nobody’s yet: choose whose.")) } }
            @else if lacking.is_empty() {
                p { strong { "Chứng thư của Hiệu trưởng và con dấu được ghi vào sổ theo dõi một lần; " } "từ đó chỉ văn bản có chữ ký mới thay được. Vui lòng đối chiếu từng dòng." (en("The certificates of principal and stamp go into the register once; later only a signed act replaces them. Compare every line.")) }
                form method="post" action=(format!("{HERE}/xac-nhan")) {
                    label.tick { input type="checkbox" required; "Tôi đã đối chiếu từng người với chứng thư của họ" (en("I have compared each person with their certificate")) }
                    div.row { button type="submit" { "Xác nhận" (en("Confirm")) } }
                }
            } @else { p { "Xác nhận được khi không còn mục nào thiếu ở đầu trang." (en("Possible when nothing at the top of the page is missing.")) } }
        }
    }
}
