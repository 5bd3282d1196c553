//! The message that calls a person to sign, to be copied into whatever the school writes with: no marks, no
//! name of a pupil, nothing that a stranger could use.

use school::dossier::DocumentKind;

use crate::lifecycle::round::Remaining;

/// What people call a kind of document.
const fn kind(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::SoDiem => "sổ điểm lớp",
        DocumentKind::HocBa => "học bạ",
        DocumentKind::QuyetDinhKhoa => "quyết định khóa sổ",
        DocumentKind::QuyetDinhMo => "quyết định mở sổ",
        DocumentKind::BienBanNiemPhong => "biên bản niêm phong",
        DocumentKind::SoDiemGv => "sổ điểm giáo viên",
        DocumentKind::BangTongHop => "bảng tổng hợp",
        DocumentKind::DanhSachXetDuyet => "danh sách xét duyệt",
        DocumentKind::SoDangBo => "sổ đăng bộ",
        DocumentKind::PhieuDeNghiSua => "phiếu đề nghị sửa",
        DocumentKind::BienBanSuaChua => "biên bản sửa chữa",
        DocumentKind::TongHopSuaChua => "bảng tổng hợp sửa chữa",
    }
}

/// Who is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called<'a> {
    /// A person, by name.
    Person(&'a str),
    /// Whoever keeps the stamp, which is nobody's name.
    Stamp,
}

/// The message to somebody for whom everything of this visit is ready.
pub fn ready_message(called: Called<'_>, remaining: &Remaining) -> String {
    let parts = remaining.ready.iter().map(|(of, count)| format!("{count} {}", kind(*of)));
    let parts = parts.collect::<Vec<_>>().join(", ");
    let ready = remaining.ready();
    let more = more(remaining);
    match called {
        Called::Person(name) => format!(
            "Kính gửi thầy/cô {name}: {ready} hồ sơ đã sẵn sàng để ký ({parts}). \
             Xin mời thầy/cô mang USB token đến văn phòng, chỉ cần nhập mã PIN một lần. {}",
            more.unwrap_or_else(|| "Sau lần này thầy/cô không còn hồ sơ nào trong đợt.".into()),
        ),
        Called::Stamp => format!(
            "Kính gửi người được giao giữ con dấu: {ready} hồ sơ đã sẵn sàng để đóng dấu ({parts}). \
             Xin mang USB token của con dấu đến văn phòng, chỉ cần nhập mã PIN một lần. {}",
            more.unwrap_or_else(|| "Sau lần này không còn hồ sơ nào trong đợt chờ con dấu.".into()),
        ),
    }
}

/// What comes to them in another visit; nothing where this one is the last.
fn more(remaining: &Remaining) -> Option<String> {
    let others = (remaining.later > 0).then(|| format!("{} hồ sơ chờ người khác ký trước", remaining.later));
    let classes: Vec<String> = remaining.unmade.iter().map(ToString::to_string).collect();
    let unmade = (!classes.is_empty()).then(|| format!("hồ sơ chưa lập của lớp {}", classes.join(", ")));
    let both: Vec<String> = [others, unmade].into_iter().flatten().collect();
    (!both.is_empty()).then(|| format!("Còn {}; nhà trường sẽ mời sau.", both.join(" và ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_how_many_of_what_and_whether_there_is_more() {
        let mut remaining = Remaining::default();
        remaining.ready.insert(DocumentKind::HocBa, 45);
        remaining.ready.insert(DocumentKind::SoDiem, 1);
        let message = ready_message(Called::Person("Vũ Ngọc Diễm Hằng"), &remaining);
        assert!(message.starts_with("Kính gửi thầy/cô Vũ Ngọc Diễm Hằng: 46 hồ sơ đã sẵn sàng"), "{message}");
        assert!(message.contains("(1 sổ điểm lớp, 45 học bạ)") && message.contains("không còn"), "{message}");
        remaining.later = 3;
        for called in [Called::Person("Vũ Ngọc Diễm Hằng"), Called::Stamp] {
            assert!(ready_message(called, &remaining).contains("Còn 3 hồ sơ"));
        }
    }

    #[test]
    fn documents_that_are_not_made_yet_are_said_with_their_classes() {
        let classes = ["6A2", "6A10"].map(|class| class.parse().expect("a class"));
        let mut remaining = Remaining { unmade: classes.into(), ..Remaining::default() };
        let said = |remaining: &Remaining| ready_message(Called::Person("Vũ Ngọc Diễm Hằng"), remaining);
        assert!(said(&remaining).ends_with("Còn hồ sơ chưa lập của lớp 6A2, 6A10; nhà trường sẽ mời sau."));
        remaining.later = 3;
        let both =
            "Còn 3 hồ sơ chờ người khác ký trước và hồ sơ chưa lập của lớp 6A2, 6A10; nhà trường sẽ mời sau.";
        assert!(said(&remaining).ends_with(both), "{}", said(&remaining));
    }

    #[test]
    fn the_stamp_is_not_greeted_as_a_teacher() {
        for later in [0, 2] {
            let message = ready_message(Called::Stamp, &Remaining { later, ..Remaining::default() });
            assert!(!message.contains("thầy/cô") && message.contains("con dấu"), "{message}");
        }
    }
}
