//! Words of `niemphong archive`: where the archive of a year stands, and what comes next.

use school::deposit::{DepositId, DepositKind};
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::moment::Moment;

use crate::lifecycle::deposit::{Absent, Deposit, Missing, Next, Stage};

/// Where no roster was signed yet.
pub const NO_YEAR: &str = "Chưa mở năm học nào. / No school year is open yet.";

/// A document without which it does not go on.
pub fn waits_to_be_signed(dossier: &DossierId) -> String {
    format!(
        "Hồ sơ {dossier} đang chờ ký; ký xong hãy chạy lại lệnh này. / It waits for its signatures; then please ask again."
    )
}

/// The heading of a year.
pub fn of_year(year: SchoolYear) -> String {
    format!("Năm học {year}")
}

/// One line for a deposit: its name, what it is for, where it stands.
pub fn deposit(id: &DepositId, deposit: &Deposit) -> String {
    let stands = match &deposit.stage {
        Stage::Planned => "đã lập danh mục",
        Stage::Built { .. } => "đã đóng gói, chờ niêm phong",
        Stage::Sealed { .. } => "đã niêm phong",
    };
    let complete = if deposit.complete { ", hoàn tất năm học" } else { "" };
    format!("{id} ({}{complete}): {stands}", kind(deposit.kind))
}

/// A kind of deposit.
pub fn kind(kind: DepositKind) -> String {
    match kind {
        DepositKind::Year => "cả năm".into(),
        DepositKind::FirstTerm => "học kỳ I".into(),
        DepositKind::Snapshot(n) => format!("thời điểm {n}"),
        DepositKind::Supplement => "bổ sung".into(),
        DepositKind::Correction => "sửa chữa".into(),
    }
}

/// One line for what is missing of a period.
pub fn missing(missing: &Missing) -> String {
    let of = missing.class.as_ref().map_or_else(|| "của trường".to_owned(), |class| format!("lớp {class}"));
    match &missing.what {
        Absent::LockedData => format!("Còn thiếu, {of}: dữ liệu chưa khóa / data not locked"),
        Absent::NotMade(id) => format!("Còn thiếu, {of}: chưa lập {id} / not made"),
        Absent::NotClosed(id) => format!("Còn thiếu, {of}: {id} chưa ký xong / not closed"),
        Absent::NotSummed(id) => {
            format!(
                "Còn thiếu, {of}: {id} chưa có trong bảng tổng hợp sửa chữa đã ký / not in a signed summary"
            )
        }
    }
}

/// What is not listed one by one.
pub fn more_missing(count: usize) -> String {
    format!("Còn thiếu {count} mục khác / {count} more are missing")
}

/// Who is awaited.
pub fn waits_for(name: &str, title: &str) -> String {
    format!("Đang chờ: {name} ({title}) / waiting for {name}")
}

/// A later proof of time was kept.
pub fn time_proven(deposit: &DepositId, time: Moment) -> String {
    format!("{deposit}: đã có dấu thời gian bổ sung {}, sẽ ghi ra vật mang tiếp theo.", time.vietnamese())
}

/// Asks for the PIN of a token.
pub fn ask_pin(name: &str, label: &str) -> String {
    format!("Mã PIN của USB token {label} ({name}) / PIN of this token:")
}

/// The next step, as a sentence and as a command; `awaited`: name and title of who signs next.
pub fn next(year: SchoolYear, next: &Next, awaited: Option<(&str, &str)>) -> String {
    let who = awaited.map_or_else(String::new, |(name, title)| format!(" Người ký: {name} ({title})."));
    let sign = "--module <thư viện PKCS#11> --token <nhãn hoặc số hiệu>";
    match next {
        Next::Build(id) => {
            format!("Việc tiếp theo: đóng gói và lập biên bản niêm phong.\n  niemphong archive build {id}")
        }
        Next::SignRecord(id) => {
            format!("Việc tiếp theo: ký biên bản niêm phong.{who}\n  niemphong archive seal {id} {sign}")
        }
        Next::Seal(id) => {
            format!("Việc tiếp theo: đóng dấu niêm phong.{who}\n  niemphong archive seal {id} {sign}")
        }
        Next::Plan(kind) => format!(
            "Việc tiếp theo: lập danh mục lưu trữ ({}).\n  niemphong archive plan {year} --kind {kind}",
            self::kind(*kind)
        ),
        Next::Complete => format!(
            "Việc tiếp theo: hoàn tất các hồ sơ còn thiếu. Lớp đã đủ có thể lưu trữ trước:\n  \
             niemphong archive plan {year} --partial"
        ),
        Next::Media => "Hồ sơ đã ký xong của năm học đã niêm phong đủ; tiếp theo là vật mang.".into(),
        Next::Nothing => "Chưa có hồ sơ nào để lưu trữ.".into(),
    }
}
