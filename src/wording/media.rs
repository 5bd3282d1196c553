//! Words of `niemphong archive media`: where media, copies and deposits stand, and what is due.

use school::medium::{CopyId, MediumId, MediumKind};
use school::moment::Moment;

use super::{Both, both};
use crate::lifecycle::medium::{CopyStage, Due, Medium, MediumCopy, Next, Stage, Standing};

/// A kind of medium as people call it.
pub fn kind(kind: MediumKind) -> Both {
    match kind {
        MediumKind::Optical => both("đĩa quang", "optical disc"),
        MediumKind::Stick => Both::same("USB"),
        MediumKind::Disk => both("ổ cứng rời chuyên dụng", "dedicated external disk"),
    }
}

/// One line for a medium: its name, its place in its set, where it stands, what comes next.
pub fn medium(id: &MediumId, medium: &Medium) -> Both {
    let (part, of) = medium.part;
    let stands = match &medium.stage {
        Stage::Planned => {
            both("đã lập; tiếp theo: niêm phong bằng con dấu", "planned; next: seal it with the stamp")
        }
        Stage::Sealed { seal, .. } => both(
            format!("đã niêm phong, mã băm {seal}; tiếp theo: ghi bản sao và đọc lại"),
            "sealed; next: write copies and read them back",
        ),
    };
    let deposits: Vec<String> = medium.deposits.iter().map(ToString::to_string).collect();
    let head = format!("{id} ({part}/{of}): {}", deposits.join(", "));
    both(format!("{head}: {}", stands.vi), stands.en)
}

/// One line for a copy.
pub fn copy(id: &CopyId, copy: &MediumCopy) -> Both {
    let stands = match &copy.stage {
        CopyStage::Writing => both(
            "đang ghi, chưa đọc lại: chưa được coi là đã lưu",
            "being written, not read back: does not count yet",
        ),
        CopyStage::Verified => both(
            "đã đọc lại và khớp; tiếp theo: dán tem niêm phong",
            "read back, equal; next: put it under a paper seal",
        ),
        CopyStage::Stickered { sticker } => {
            both(format!("đã dán tem niêm phong {sticker}"), format!("under paper seal {sticker}"))
        }
        CopyStage::Opened { sticker } => both(
            format!("đã mở tem {sticker}; tiếp theo: niêm phong lại"),
            format!("seal {sticker} opened; next: seal it again"),
        ),
        CopyStage::Migrated { to } => {
            both(format!("đã được thay bằng {to}, vẫn giữ"), format!("replaced by {to}, kept"))
        }
        CopyStage::Spoiled => both("hỏng, vẫn giữ", "damaged, kept"),
        CopyStage::Lost => both("không tìm thấy", "lost"),
    };
    let (read_vi, read_en) = copy.read_back.map(Moment::vietnamese).map_or_else(Default::default, |at| {
        (format!("; đọc lại gần nhất {at}"), format!("; last read back {at}"))
    });
    let kind = kind(copy.on);
    both(format!("{id}, {}: {}{read_vi}", kind.vi, stands.vi), format!("{}: {}{read_en}", kind.en, stands.en))
}

/// How a deposit stands by the school's regulation.
pub fn standing(standing: &Standing) -> Both {
    let Standing { independent, required, missing, .. } = standing;
    if standing.is_archived() {
        return both(
            format!("đã lưu trữ trên {independent} vật mang độc lập"),
            format!("archived on {independent} independent media"),
        );
    }
    // A kind that is missing is a medium that is missing; those that may be of any kind stand behind them.
    let any = required.saturating_sub(*independent).saturating_sub(missing.len());
    let kinds = missing
        .iter()
        .map(|one| kind(*one))
        .map(|one| both(format!("1 {}", one.vi), format!("1 {}", one.en)));
    let any = (any > 0).then(|| both(format!("{any} vật mang độc lập"), format!("{any} independent media")));
    let lacks = Both::list(kinds.chain(any));
    both(
        format!("chưa lưu trữ, đang có {independent} vật mang độc lập; còn thiếu: {}", lacks.vi),
        format!("not archived, on {independent} independent media; missing: {}", lacks.en),
    )
}

/// The next step, as a sentence and as a command.
pub fn next(next: &Next) -> String {
    match next {
        Next::Plan => "Việc tiếp theo: lập vật mang cho các gói đã niêm phong. / Next: plan media.\n  \
             niemphong archive media plan"
            .into(),
        Next::Seal(id) => format!(
            "Việc tiếp theo: niêm phong vật mang bằng con dấu. / Next: seal the medium with the stamp.\n  \
             niemphong archive media seal {id} --module <thư viện PKCS#11> --token <nhãn hoặc số hiệu>"
        ),
        Next::Write(id, on) => {
            let by_hand = if *on == MediumKind::Optical { String::new() } else { by_hand(id, *on) };
            let on = kind(*on);
            format!(
                "Việc tiếp theo: ghi một bản ra {}, đọc lại ngay sau khi ghi. / Next: write a copy on {} and read \
                 it back.\n  niemphong archive devices\n  \
                 niemphong archive write {id} --device <tên thiết bị>{by_hand}",
                on.vi, on.en
            )
        }
        Next::GoOn(copy, MediumKind::Optical) => format!(
            "Việc tiếp theo: đĩa {copy} đã bắt đầu ghi mà chưa được đọc lại. Cho chính đĩa ấy vào ổ để đọc; \
             không đọc được thì ghi nhận hỏng. / Next: read that disc; if it cannot be read, record it as \
             damaged.\n  niemphong archive check {copy} --device <tên ổ>\n  \
             niemphong archive media spoiled {copy}"
        ),
        Next::GoOn(copy, on) => format!(
            "Việc tiếp theo: ghi tiếp {on} {copy} còn dở, trên đúng thiết bị ấy. / Next: go on writing on the same \
             device.\n  niemphong archive write {medium} --device <tên thiết bị>\n\
             Nếu chép bằng tay: chép đủ các tập tin trong danh sách, ngắt ra, cắm lại rồi đọc lại; chưa đọc lại là \
             chưa lưu. / By hand: copy every listed file, plug it in again, read it back.\n  \
             niemphong archive media files {medium}\n  \
             niemphong archive media read-back {copy} <thư mục của {on}>\n\
             Không tiếp tục được thì ghi nhận hỏng. / If neither goes on, record it as damaged.\n  \
             niemphong archive media spoiled {copy}",
            on = kind(*on).vi,
            medium = copy.medium
        ),
        Next::Sticker(copy) => format!(
            "Việc tiếp theo: in nhãn và phiếu niêm phong của {copy}, dán tem rồi ghi nhận. / Next: print label and \
             slip, put the seal on, record it.\n  \
             niemphong archive papers {copy} -o <thư mục>\n  niemphong archive sticker {copy} <số tem> \
             --storage <nơi cất> --witness <mã người chứng kiến>"
        ),
        Next::Reseal(copy) => format!(
            "Việc tiếp theo: niêm phong lại {copy} sau khi mở. / Next: seal it again.\n  \
             niemphong archive reseal {copy} <số tem mới> \
             --storage <nơi cất> --witness <mã người chứng kiến>"
        ),
        Next::Check(due) => {
            format!("{}\n  niemphong archive check {} --device <tên thiết bị>", self::due(due), due.copy)
        }
        Next::Nothing => "Đã lưu trữ đủ theo quy chế của trường. Việc tiếp theo: in sổ theo dõi lưu trữ. / Archived as \
            the regulation asks. Next: print the register of the archive.\n  niemphong register print -o <tập tin PDF>"
            .into(),
    }
}

/// How a stick or disk is filled where this computer cannot write it.
fn by_hand(medium: &MediumId, on: MediumKind) -> String {
    format!(
        "\nMáy chủ không ghi được thì chép bằng tay, bắt đầu bằng / if this computer cannot write it, by hand:\n  \
         niemphong archive media begin {medium} --on {on} --device <số hiệu thiết bị>"
    )
}

/// Asks for the PIN of the stamp's token.
pub fn ask_stamp_pin(label: &str) -> String {
    format!("Mã PIN của USB token con dấu {label} / PIN of the stamp's token:")
}

/// One line for a copy that is to be read again.
pub fn due(due: &Due) -> Both {
    let (copy, last, until) = (&due.copy, due.read_back.vietnamese(), due.at.date().vietnamese());
    both(
        format!("Đến hạn đọc lại {copy}: lần gần nhất {last}, hạn {until}"),
        format!("{copy} is due to be read again: last {last}, until {until}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_that_is_not_archived_says_what_is_missing() {
        let said = |independent, missing: &[MediumKind]| {
            let missing = missing.iter().copied().collect();
            standing(&Standing { copies: Vec::new(), missing, independent, required: 2 })
        };
        let (disc, disk) = (MediumKind::Optical, MediumKind::Disk);
        for (independent, missing, lacks) in [
            (0, vec![disc, disk], "1 đĩa quang, 1 ổ cứng rời chuyên dụng"),
            (0, vec![disc], "1 đĩa quang, 1 vật mang độc lập"),
            (1, vec![disc], "1 đĩa quang"),
            (1, vec![], "1 vật mang độc lập"),
            (2, vec![disc], "1 đĩa quang"),
        ] {
            let wanted = format!("chưa lưu trữ, đang có {independent} vật mang độc lập; còn thiếu: {lacks}");
            assert_eq!(said(independent, &missing).vi, wanted);
        }
        let english = "not archived, on 2 independent media; missing: 1 optical disc";
        assert_eq!(said(2, &[disc]).en, english);
        assert_eq!(said(2, &[]).vi, "đã lưu trữ trên 2 vật mang độc lập");
    }
}
