//! Words of `niemphong archive media`: where media, copies and deposits stand, and what is due.

use school::deposit::DepositId;
use school::medium::{CopyId, MediumId, MediumKind};

use crate::lifecycle::medium::{CopyStage, Due, Medium, MediumCopy, Next, Stage, Standing};

/// A kind of medium as people call it.
pub const fn kind(kind: MediumKind) -> &'static str {
    match kind {
        MediumKind::Optical => "đĩa quang",
        MediumKind::Stick => "USB",
        MediumKind::Disk => "ổ cứng rời chuyên dụng",
    }
}

/// One line for a medium: its name, its place in its set, where it stands, what comes next.
pub fn medium(id: &MediumId, medium: &Medium) -> String {
    let (part, of) = medium.part;
    let stands = match &medium.stage {
        Stage::Planned => "đã lập; tiếp theo: niêm phong bằng con dấu".to_owned(),
        Stage::Sealed { seal, .. } => {
            format!("đã niêm phong, mã băm {seal}; tiếp theo: ghi bản sao và đọc lại")
        }
    };
    let deposits: Vec<String> = medium.deposits.iter().map(ToString::to_string).collect();
    format!("{id} ({part}/{of}): {}: {stands}", deposits.join(", "))
}

/// One line for a copy.
pub fn copy(id: &CopyId, copy: &MediumCopy) -> String {
    let stands = match &copy.stage {
        CopyStage::Writing => "đang ghi, chưa đọc lại: chưa được coi là đã lưu".to_owned(),
        CopyStage::Verified => "đã đọc lại và khớp; tiếp theo: dán tem niêm phong".to_owned(),
        CopyStage::Stickered { sticker } => format!("đã dán tem niêm phong {sticker}"),
        CopyStage::Opened { sticker } => format!("đã mở tem {sticker}; tiếp theo: niêm phong lại"),
        CopyStage::Migrated { to } => format!("đã được thay bằng {to}, vẫn giữ"),
        CopyStage::Spoiled => "hỏng, vẫn giữ".to_owned(),
        CopyStage::Lost => "không tìm thấy".to_owned(),
    };
    let read =
        copy.read_back.map_or_else(String::new, |at| format!("; đọc lại gần nhất {}", at.vietnamese()));
    format!("{id}, {}: {stands}{read}", kind(copy.on))
}

/// One line for a deposit by the school's regulation.
pub fn standing(id: &DepositId, standing: &Standing) -> String {
    if standing.is_archived() {
        return format!("{id}: đã lưu trữ trên {} vật mang độc lập", standing.independent);
    }
    let missing: Vec<&str> = standing.missing.iter().map(|one| kind(*one)).collect();
    let lacks =
        if missing.is_empty() { String::new() } else { format!("; còn thiếu: {}", missing.join(", ")) };
    format!("{id}: chưa lưu trữ: {}/{} vật mang độc lập{lacks}", standing.independent, standing.required)
}

/// The next step, as a sentence and as a command.
pub fn next(next: &Next) -> String {
    match next {
        Next::Plan => {
            "Việc tiếp theo: lập vật mang cho các gói đã niêm phong.\n  niemphong archive media plan".into()
        }
        Next::Seal(id) => format!(
            "Việc tiếp theo: niêm phong vật mang bằng con dấu.\n  niemphong archive media seal {id} \
             --module <thư viện PKCS#11> --token <nhãn hoặc số hiệu>"
        ),
        Next::Write(id, on) => {
            let by_hand = if *on == MediumKind::Optical { String::new() } else { by_hand(id, *on) };
            format!(
                "Việc tiếp theo: ghi một bản ra {}, đọc lại ngay sau khi ghi.\n  niemphong archive devices\n  \
                 niemphong archive write {id} --device <tên thiết bị>{by_hand}",
                kind(*on)
            )
        }
        Next::GoOn(copy, MediumKind::Optical) => format!(
            "Việc tiếp theo: đĩa {copy} đã bắt đầu ghi mà chưa được đọc lại. Cho chính đĩa ấy vào ổ để đọc; \
             không đọc được thì ghi nhận hỏng.\n  niemphong archive check {copy} --device <tên ổ>\n  \
             niemphong archive media spoiled {copy}"
        ),
        Next::GoOn(copy, on) => format!(
            "Việc tiếp theo: ghi tiếp {on} {copy} còn dở, trên đúng thiết bị ấy.\n  \
             niemphong archive write {medium} --device <tên thiết bị>\n\
             Nếu chép bằng tay: chép đủ các tập tin trong danh sách, ngắt ra, cắm lại rồi đọc lại; chưa đọc lại là \
             chưa lưu.\n  niemphong archive media files {medium}\n  \
             niemphong archive media read-back {copy} <thư mục của {on}>\n\
             Không tiếp tục được thì ghi nhận hỏng.\n  niemphong archive media spoiled {copy}",
            on = kind(*on),
            medium = copy.medium
        ),
        Next::Sticker(copy) => format!(
            "Việc tiếp theo: in nhãn và phiếu niêm phong của {copy}, dán tem rồi ghi nhận.\n  \
             niemphong archive papers {copy} -o <thư mục>\n  niemphong archive sticker {copy} <số tem> \
             --storage <nơi cất> --witness <mã người chứng kiến>"
        ),
        Next::Reseal(copy) => format!(
            "Việc tiếp theo: niêm phong lại {copy} sau khi mở.\n  niemphong archive reseal {copy} <số tem mới> \
             --storage <nơi cất> --witness <mã người chứng kiến>"
        ),
        Next::Check(due) => {
            format!("{}.\n  niemphong archive check {} --device <tên thiết bị>", self::due(due), due.copy)
        }
        Next::Nothing => "Đã lưu trữ đủ theo quy chế của trường. Việc tiếp theo: in sổ theo dõi lưu trữ.\n  \
            niemphong register print -o <tập tin PDF>"
            .into(),
    }
}

/// How a stick or disk is filled where this computer cannot write it.
fn by_hand(medium: &MediumId, on: MediumKind) -> String {
    format!(
        "\nMáy chủ không ghi được thì chép bằng tay, bắt đầu bằng:\n  \
         niemphong archive media begin {medium} --on {on} --device <số hiệu thiết bị>"
    )
}

/// Asks for the PIN of the stamp's token.
pub fn ask_stamp_pin(label: &str) -> String {
    format!("Mã PIN của USB token con dấu {label} / PIN of the stamp's token:")
}

/// One line for a copy that is to be read again.
pub fn due(due: &Due) -> String {
    format!(
        "Đến hạn đọc lại {}: lần gần nhất {}, hạn {}",
        due.copy,
        due.read_back.vietnamese(),
        due.at.date().vietnamese()
    )
}
