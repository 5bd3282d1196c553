//! Quy chế lưu trữ và dấu thời gian: what the school decides for itself in the place of its configuration file.
//! Each decision is an entry of the register with who recorded it, and is in force at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::limits::REASON_CHARACTERS;
use school::medium::MediumKind;
use school::moment::Moment;
use school::regulation::{Preset, Regulation};
use serde::Deserialize;

use super::fields::Fields;
use crate::accounts::Role;
use crate::clerk::{self, Authority};
use crate::web::fault::Fault;
use crate::web::frame::{self, back, en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording::{self, Both};

const MAY: &[Role] = &[Role::Admin, Role::Principal];
const HERE: &str = "/cau-hinh/quy-che";

/// Regulations that are known by name, as people cite them.
const PRESETS: [(&str, Preset); 3] = [
    ("Kế hoạch 2024-2025 của THCS Thiên Hương, mục 2.2", Preset::ThienHuong),
    ("Quy chế kèm QĐ 251/2020 của THCS Mạo Khê II, Điều 9", Preset::MaoKheII),
    ("Hướng dẫn 2020-2021 của Sở GDĐT Kon Tum, mục II.1", Preset::KonTum),
];

/// When, by whom, in which words.
type Decided = (Moment, String, String);

/// What is in force: of the archive, and who stamps the time; each with who decided it, unless the configuration did.
pub struct InForce {
    regulation: Regulation,
    check_days: u16,
    authority: Option<String>,
    archive_by: Option<Decided>,
    authority_by: Option<Decided>,
}

impl InForce {
    /// As the register and the configuration say.
    ///
    /// Errors: a record cannot be read.
    pub fn of(house: &House) -> Result<Self, Fault> {
        let settings = &house.settings;
        let (regulation, check_days, archive, authority) = house.reading.look(|ledger| {
            let own = &ledger.own_rules;
            let regulation = own.regulation(&settings.regulation).clone();
            (regulation, own.check_days(settings.check_days), own.archive.clone(), own.authority.clone())
        });
        let words = |record| house.reading.reason(&record).map(|read| read.reason);
        let archive_by = match archive {
            Some(own) => Some((own.at, house.called(&own.by), words(own.record)?)),
            None => None,
        };
        let (authority, authority_by) = match authority {
            Some(own) => {
                let said = words(own.record)?;
                let why = if own.chosen { String::new() } else { said.clone() };
                (own.chosen.then_some(said), Some((own.at, house.called(&own.by), why)))
            }
            None => (settings.timestamp_url.clone(), None),
        };
        Ok(Self { regulation, check_days, authority, archive_by, authority_by })
    }

    /// Both, as a list.
    pub fn shown(&self) -> Markup {
        let kinds = Both::list(self.regulation.kinds().map(wording::media::kind));
        html! {
            dl {
                dt { "Vật mang mà quy chế đòi hỏi" (en("Media that the regulation asks for")) }
                dd {
                    p { (kinds.vi) "; đọc lại sau " (self.check_days) " ngày" (en(&format!("{}; read again after {} days", kinds.en, self.check_days))) }
                    (decided(self.archive_by.as_ref()))
                }
                dt { "Dịch vụ dấu thời gian" (en("Timestamp service")) }
                dd {
                    p { @match &self.authority {
                        Some(url) => code { (url) },
                        None => { "chưa có: hồ sơ đóng không kèm bằng chứng thời gian, lưu trữ chưa niêm phong được" (en("none: documents close without a proof of time, nothing can be sealed")) }
                    } }
                    (decided(self.authority_by.as_ref()))
                }
            }
        }
    }
}

/// Who decided it.
fn decided(by: Option<&Decided>) -> Markup {
    html! {
        @match by {
            Some((at, by, words)) => {
                @if !words.is_empty() { p translate="no" { "“" (words) "”" } }
                p.hint { span translate="no" { (by) } " ghi vào sổ theo dõi lúc " (at.vietnamese()) (en("recorded in the register by them and then")) }
            },
            None => p.hint { "Theo tệp cấu hình của máy chủ" (en("From the configuration of the server")) },
        }
    }
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let in_force = InForce::of(&house)?;
    let chosen: BTreeSet<MediumKind> = in_force.regulation.kinds().collect();
    let content = html! {
        (in_force.shown())
        @if visitor.needs_person(MAY).is_err() { (frame::words("account.no_person")) }
        section.card aria-labelledby="luu-tru" {
            h2 #luu-tru { "Vật mang theo quy chế của trường" (en("Media of the regulation")) }
            p { "Một hồ sơ được tính là đã lưu trữ khi nằm trên mọi loại vật mang ở đây, ít nhất hai vật độc lập, đã đọc lại khớp." (en("Archived is what lies on every kind named here, at least two independent ones, read back.")) }
            form method="post" action=(format!("{HERE}/luu-tru")) {
                fieldset { legend { "Loại vật mang" (en("Kinds of medium")) }
                    @for kind in MediumKind::ALL { label.tick { input type="checkbox" name="loai" value=(kind) checked[chosen.contains(&kind)]; (wording::media::kind(kind)) } }
                }
                label for="ngay" { "Đọc lại mỗi bản sao sau bao nhiêu ngày" (en("Days until a copy is read again")) }
                input #ngay type="number" name="ngay" min="30" max="1100" required value=(in_force.check_days);
                label for="quy-che" { "Quy chế nào, số và điều" (en("Which regulation")) }
                input #quy-che type="text" name="quy_che" list="quy-che-mau" maxlength=(REASON_CHARACTERS) required autocomplete="off" value=[in_force.archive_by.as_ref().map(|(.., words)| words)];
                datalist #quy-che-mau { @for (words, _) in &PRESETS { option value=(words) {} } }
                details { summary { "Quy chế của các trường và Sở đã biết" (en("Known regulations")) }
                    ul { @for (words, preset) in PRESETS { li { span translate="no" { (words) } ": " (Both::list(Regulation::from(preset).kinds().map(wording::media::kind))) } } }
                }
                div.row { button type="submit" { "Ghi vào sổ theo dõi" (en("Record")) } }
            }
        }
        section.card aria-labelledby="thoi-gian" {
            h2 #thoi-gian { "Dịch vụ dấu thời gian" (en("Timestamp authority")) }
            form method="post" action=(format!("{HERE}/thoi-gian")) {
                label for="dia-chi" { "Địa chỉ, như nhà cung cấp ghi; để trống nếu trường chưa dùng" (en("Address; empty for none")) }
                input #dia-chi type="text" name="dia_chi" inputmode="url" maxlength="200" autocomplete="off" spellcheck="false" value=(in_force.authority.clone().unwrap_or_default());
                label for="vi-sao" { "Nếu để trống: vì sao" (en("If none: why")) }
                input #vi-sao type="text" name="vi_sao" maxlength=(REASON_CHARACTERS) autocomplete="off";
                div.row { button type="submit" { "Ghi vào sổ theo dõi" (en("Record")) } a.button.quiet href="/cau-hinh/suc-khoe" { "Thử xem có trả lời không" (en("Try it")) } }
            }
        }
        (back("/cau-hinh/nam-hoc", "Chuẩn bị năm học", "Prepare the year"))
    };
    Ok(page(&house, &visitor, ("Quy chế lưu trữ và dấu thời gian", "Regulation and timestamps"), &content)
        .into_response())
}

/// Records the regulation.
pub async fn regulate(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let fields = Fields::read(&body)?;
    let media: Result<BTreeSet<MediumKind>, _> = fields.all("loai").map(str::parse).collect();
    let media = media.map_err(|_| Fault::form())?;
    let days: u16 = fields.one("ngay").and_then(|text| text.trim().parse().ok()).ok_or_else(Fault::form)?;
    let words = fields.words("quy_che")?;
    let done = house.orders.ask(move |office, _| clerk::regulate_archive(office, (media, days), &by, &words));
    done.await??;
    Ok(Redirect::to(HERE).into_response())
}

/// An address, or why there is none.
#[derive(Deserialize)]
pub struct AuthorityForm {
    dia_chi: String,
    vi_sao: String,
}

/// Records who stamps the time.
pub async fn choose_authority(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<AuthorityForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let (address, why) = (form.dia_chi.trim(), form.vi_sao.trim());
    let authority = match (address, why) {
        ("", "") => {
            return Err(Fault::of(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing"));
        }
        ("", why) => Authority::None(why.chars().take(REASON_CHARACTERS).collect()),
        (address, _) => Authority::At(address.to_owned()),
    };
    house.orders.ask(move |office, _| clerk::choose_authority(office, &authority, &by)).await??;
    Ok(Redirect::to(HERE).into_response())
}
