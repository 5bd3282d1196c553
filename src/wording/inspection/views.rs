//! Pages before and after a change, in pictures and in words: what an inspector sees at once, and where to
//! look. A page that could not be drawn is said to be so.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use school::plan::TIMESTAMP_FIELD;
use school::records::reader_frame::Area;

use super::page::{second, twice};
use super::{Both, both};
use crate::process::reader_host::{Picture, Pictures};

/// What there is to be seen of the pages of one file.
#[derive(Debug, Clone, Default)]
pub struct Views {
    /// Pages in their order.
    pub pages: Vec<View>,
    /// Pages that differ and were not drawn.
    pub left_out: usize,
    /// Why there is nothing to compare, where there should be.
    pub absence: Option<Absence>,
}

/// One page that a signer saw otherwise.
#[derive(Debug, Clone)]
pub struct View {
    /// The page, the first is 1.
    pub page: u32,
    /// Field of the signer, harmless.
    pub field: String,
    /// The drawings; nothing when the drawing program gave no answer.
    pub pictures: Option<Pictures>,
}

/// Why there are no pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// The signed bytes were changed where they stand: the file holds no earlier state.
    ChangedInPlace,
    /// The file lies in an image and has no path of its own.
    InsideImage,
    /// It could not be read a second time, or it is another file now.
    NotTheSameFile,
    /// A later change is suspicious, but the first pages look alike.
    LooksAlike,
}

impl Absence {
    fn words(self) -> Both {
        match self {
            Self::ChangedInPlace => both(
                "Không có hình so sánh: dữ liệu đã ký bị sửa tại chỗ nên trong tệp không còn bản trước khi sửa. Vui lòng so với bản lưu khác của hồ sơ này.",
                "No pictures to compare: the signed data were changed in place, so the file holds no earlier state. Please compare it with another copy of this document.",
            ),
            Self::InsideImage => both(
                "Không có hình so sánh: tệp nằm trong ảnh đĩa. Vui lòng chép tệp ra khỏi đĩa rồi kiểm tra lại tệp đó.",
                "No pictures to compare: the file lies in an image. Please copy it from the disc and check the copy.",
            ),
            Self::NotTheSameFile => both(
                "Không có hình so sánh: không đọc lại được tệp, hoặc tệp đã đổi sau khi kiểm tra. Vui lòng kiểm tra lại.",
                "No pictures to compare: the file could not be read again, or it changed after the check. Please check it again.",
            ),
            Self::LooksAlike => both(
                "Các trang được vẽ trông giống bản đã ký; thay đổi nằm ở chỗ không nhìn thấy trên các trang này. Tệp vẫn không hợp lệ.",
                "The pages that were drawn look as they were signed; the change lies where these pages do not show it. The file is invalid all the same.",
            ),
        }
    }
}

impl Views {
    /// True when there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.left_out == 0 && self.absence.is_none()
    }

    /// The part of the page of a report.
    pub fn markup(&self) -> Markup {
        let more = (self.left_out > 0).then(|| {
            both(
                format!("Còn {} trang khác với bản đã ký, không vẽ ở đây.", self.left_out),
                format!("{} more pages differ and are not drawn here.", self.left_out),
            )
        });
        html! {
            h4 { "Trang trước và sau khi bị thay đổi" (second("Pages before and after the change")) }
            @if let Some(absence) = self.absence { p { (twice(&absence.words())) } }
            @for view in &self.pages { (view.markup()) }
            @if let Some(more) = &more { p { (twice(more)) } }
        }
    }
}

impl View {
    /// What is to be seen, in words: for those who see no pictures, and to know where to look.
    pub fn words(&self) -> Both {
        let page = self.page;
        let Both { vi: signed_vi, en: signed_en } = self.signed();
        let Some(pictures) = &self.pictures else {
            return both(
                format!(
                    "Trang {page} khác với {signed_vi}, nhưng không vẽ được thành hình. Vui lòng mở bản trích (--extract) để so."
                ),
                format!(
                    "Page {page} differs from {signed_en}, but could not be drawn. Please open the extracted revision (--extract) to compare."
                ),
            );
        };
        match (&pictures.before, &pictures.after) {
            (Picture::NoPage, Picture::NoPage) | (Picture::NotDrawn, _) | (_, Picture::NotDrawn) => both(
                format!(
                    "Trang {page} khác với {signed_vi}, nhưng không vẽ được đủ hai hình để so. Vui lòng mở bản trích (--extract) để so."
                ),
                format!(
                    "Page {page} differs from {signed_en}, but the two pictures could not be drawn. Please open the extracted revision (--extract) to compare."
                ),
            ),
            (Picture::NoPage, Picture::Png { .. }) => both(
                format!("Trang {page} được thêm vào: {signed_vi} không có trang này."),
                format!("Page {page} was added: {signed_en} has no such page."),
            ),
            (Picture::Png { .. }, Picture::NoPage) => both(
                format!("Trang {page} đã mất: {signed_vi} có trang này, tệp hiện nay thì không."),
                format!("Page {page} is gone: {signed_en} has it, the file now has not."),
            ),
            (Picture::Png { .. }, Picture::Png { .. }) => match pictures.difference {
                Some(area) => both(
                    format!("Trang {page} khác với {signed_vi}: {}.", where_vi(area)),
                    format!("Page {page} differs from {signed_en}: {}.", where_en(area)),
                ),
                None => both(
                    format!(
                        "Trang {page} được ghi lại sau {signed_vi}; hai hình vẽ giống nhau nên không in ở đây."
                    ),
                    format!(
                        "Page {page} was written anew after {signed_en}; both pictures look alike and are not shown."
                    ),
                ),
            },
        }
    }

    /// The state that is compared with.
    fn signed(&self) -> Both {
        if self.field == TIMESTAMP_FIELD {
            both("bản đã có dấu thời gian", "the timestamped state")
        } else {
            both(format!("bản {} đã ký", self.field), format!("what {} signed", self.field))
        }
    }

    fn markup(&self) -> Markup {
        let signed = self.signed();
        let pictures = self.pictures.as_ref().filter(|pictures| pictures.before != pictures.after);
        html! {
            p { (twice(&self.words())) }
            @if let Some(Pictures { before, after, difference }) = pictures {
                div.pair {
                    (figure(
                        before,
                        *difference,
                        &both(format!("Trang {} trong {}", self.page, signed.vi), format!("Page {} in {}", self.page, signed.en)),
                        &both("Bản đã ký không có trang này.", "What was signed has no such page."),
                    ))
                    (figure(
                        after,
                        *difference,
                        &both(format!("Trang {} trong tệp hiện nay", self.page), format!("Page {} as the file shows it now", self.page)),
                        &both("Tệp hiện nay không còn trang này.", "The file has no such page any more."),
                    ))
                }
            }
        }
    }
}

fn figure(picture: &Picture, difference: Option<Area>, caption: &Both, no_page: &Both) -> Markup {
    html! {
        figure {
            figcaption { (twice(caption)) }
            @match picture {
                Picture::Png { png, size: (width, height), complete } => {
                    div.sheet {
                        img alt=(caption.vi) width=(width) height=(height)
                            src=(format!("data:image/png;base64,{}", STANDARD.encode(png)));
                        @if let Some(area) = difference {
                            span.frame aria-hidden="true" style=(frame(area)) {}
                        }
                    }
                    @if !complete {
                        p {
                            "Một phông chữ hoặc hình ảnh của trang này không vẽ được."
                            (second("A font or an image of this page could not be drawn."))
                        }
                    }
                }
                Picture::NoPage => p { (twice(no_page)) },
                Picture::NotDrawn => p { "Không vẽ được trang này." (second("This page could not be drawn.")) },
            }
        }
    }
}

/// Position in thousandths as CSS; numbers only.
fn frame(area: Area) -> String {
    let percent = |thousandths: u16| format!("{}.{}%", thousandths / 10, thousandths % 10);
    format!(
        "left:{};top:{};width:{};height:{}",
        percent(area.left),
        percent(area.top),
        percent(area.right.saturating_sub(area.left)),
        percent(area.bottom.saturating_sub(area.top))
    )
}

fn is_whole(area: Area) -> bool {
    area.bottom.saturating_sub(area.top) > 900 && area.right.saturating_sub(area.left) > 900
}

fn where_vi(area: Area) -> String {
    if is_whole(area) {
        return "khác trên gần như cả trang".into();
    }
    let (top, bottom) = (area.top / 10, area.bottom.div_ceil(10));
    format!("chỗ khác nằm trong khung đỏ, từ {top} % đến {bottom} % chiều cao trang tính từ trên xuống")
}

fn where_en(area: Area) -> String {
    if is_whole(area) {
        return "nearly the whole page".into();
    }
    let (top, bottom) = (area.top / 10, area.bottom.div_ceil(10));
    format!("within the red frame, {top} % to {bottom} % of the height from the top")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(byte: u8) -> Picture {
        Picture::Png { png: vec![byte], size: (707, 1000), complete: true }
    }

    fn view(before: Picture, after: Picture, difference: Option<Area>) -> View {
        View { page: 2, field: "GVCN".into(), pictures: Some(Pictures { before, after, difference }) }
    }

    #[test]
    fn a_difference_is_shown_twice_and_told_in_words() {
        let area = Area { left: 100, top: 205, right: 500, bottom: 311 };
        let page = view(png(1), png(2), Some(area)).markup().into_string();
        assert_eq!(page.matches("<img ").count(), 2);
        assert!(page.contains("từ 20 % đến 32 % chiều cao trang"), "{page}");
        assert!(page.contains("left:10.0%;top:20.5%;width:40.0%;height:10.6%"), "{page}");
        assert!(page.contains("alt=\"Trang 2 trong bản GVCN đã ký\""), "{page}");
    }

    #[test]
    fn what_could_not_be_drawn_is_said_and_shows_no_picture() {
        let lost = View { page: 1, field: "GVCN".into(), pictures: None };
        for view in [lost, view(png(1), png(1), None)] {
            let page = view.markup().into_string();
            assert!(!page.contains("<img") && page.contains("<p>"), "{page}");
        }
        let half = view(Picture::NotDrawn, png(2), None).markup().into_string();
        assert!(half.contains("Không vẽ được trang này") && half.matches("<img").count() == 1, "{half}");
    }

    #[test]
    fn a_page_that_came_or_went_is_said() {
        let area = None;
        assert!(view(Picture::NoPage, png(1), area).words().vi.contains("được thêm vào"));
        assert!(view(png(1), Picture::NoPage, area).words().vi.contains("đã mất"));
    }
}
