//! Trợ giúp: one page, a part for each role, offline.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use school::dossier::DocumentKind;

use crate::accounts::Role;
use crate::web::frame::{self, below, en, page};
use crate::web::house::House;
use crate::web::languages::{Languages, shown};
use crate::web::visitor::Visitor;
use crate::wording::{both, terms};

/// The page: the visitor's own role first.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Response {
    let mut roles = Role::ALL.to_vec();
    roles.sort_by_key(|role| Some(*role) != visitor.role());
    let content = html! {
        @for role in roles {
            section.card aria-labelledby=(role.code()) {
                h2 id=(role.code()) { (frame::role(role).0) (en(frame::role(role).1)) }
                ol { @for (found_by, vi, english) in of(role) { li { strong { (found_by) } (vi) (en(english)) } } }
            }
        }
        section.card aria-labelledby="su-co" {
            h2 #su-co { "Khi có sự cố" (en("Trouble")) }
            p { "Mỗi thông báo có bốn phần: điều đã xảy ra, nguyên nhân thường gặp, việc cần làm ngay và mã lỗi. Ghi lại mã lỗi khi gọi người quản trị, hoặc chọn Báo sự cố ở cuối trang: sổ theo dõi giữ nguyên văn. Không rút USB token khi màn hình ghi “ĐỪNG RÚT”; nếu lỡ rút, những hồ sơ đã ký vẫn giữ nguyên, cắm lại và ký tiếp." }
            (below("Every message says what happened, its probable cause, what to do now, and a code. What was signed stays signed, whatever is unplugged."))
        }
        @if shown() == Languages::Both { (words_of_documents()) }
    };
    page(&house, &visitor, ("Trợ giúp", "Help"), &content).into_response()
}

/// Names of documents and words of the forms, which every page shows as paper has them.
fn words_of_documents() -> Markup {
    let kinds = DocumentKind::ALL.map(|kind| both(frame::kind(kind), frame::kind_en(kind)));
    html! {
        section.card aria-labelledby="tu-ngu" {
            h2 #tu-ngu { "Từ trên hồ sơ" (en("Words of the documents")) }
            p { "Tên hồ sơ và từ của biểu mẫu giữ nguyên như trên giấy ở mọi trang." (en("Names of documents and words of the forms stay as on paper on every page; this is what they mean.")) }
            h3 { "Hồ sơ" (en("Documents")) }
            ul { @for one in kinds { li { (one) } } }
            h3 { "Mức, danh hiệu, chữ viết tắt" (en("Levels, titles, abbreviations")) }
            ul { @for one in terms() { li { (one) } } }
        }
    }
}

/// What a role does, step by step: the place or the word that it is found by, Vietnamese, English.
const fn of(role: Role) -> &'static [(&'static str, &'static str, &'static str)] {
    match role {
        Role::Teacher => &[
            (
                "Soát trước: ",
                "đăng nhập bằng phiếu một lần hoặc tài khoản, mở Soát trước, so từng lớp với sổ của mình, chọn Đúng hoặc Có sai. Soát chưa phải là ký; đổi câu trả lời được cho đến khi khóa sổ. Có sai thì sửa trong phần mềm quản lý điểm và báo văn phòng xuất lại. Làm được trên điện thoại.",
                "Review: sign in, compare each class with your own book, choose right or wrong. It signs nothing and may be changed until the lock; what is wrong you mend where marks are kept, and the office exports again. It works on a phone.",
            ),
            (
                "Phiếu một lần: ",
                "diễn tập đạt xong thì lấy phiếu ngay ở màn hình đó, nhập mã trên điện thoại; điện thoại giữ đăng nhập 30 ngày, không cần mật khẩu. Mất điện thoại thì báo quản trị, hoặc dùng phiếu mới: máy cũ tự thoát.",
                "One-time slip: taken at the screen after a rehearsal that passed; your phone stays signed in for 30 days. If you lose it, tell the administrator or use a new slip: the old one is signed out.",
            ),
            (
                "Ký: ",
                "khi nhà trường mời, đến máy văn phòng, cắm USB token, xem lời chào và số hồ sơ, nhập mã PIN một lần.",
                "Sign: when the school calls, plug in at the office, read who is greeted and what waits, type the PIN once.",
            ),
            (
                "",
                "Muốn xem từng hồ sơ hoặc chọn ký một số hồ sơ: chọn “Xem từng hồ sơ trước khi ký”.",
                "To read each document or sign only some: open the list with the PIN.",
            ),
            (
                "RÚT ĐƯỢC RỒI: ",
                "chờ đến khi màn hình ghi như vậy mới rút USB token.",
                "Unplug only when the screen says that you may.",
            ),
            (
                "",
                "Thấy hồ sơ chưa đúng: mở hồ sơ, ghi lý do từ chối; chỉ hồ sơ đó dừng lại.",
                "A document that is wrong is refused with a reason; the others go on.",
            ),
        ],
        Role::Principal => &[
            (
                "Khóa sổ: ",
                "xem khác biệt so với quy định, ghi lý do chấp nhận nếu đúng; ký quyết định khóa sổ ở trang Ký.",
                "Lock: look at what differs from the rules, let it stand with a reason; sign the decision under Sign.",
            ),
            (
                "Ủy quyền, ký thay: ",
                "lập văn bản ở trang Đợt ký, ký bằng USB token ở màn hình ký; rút lại được khi chưa ký.",
                "Delegation, signing for somebody absent: acts, proposed under Rounds and signed at a screen.",
            ),
            (
                "Ký duyệt: ",
                "cắm USB token, mở danh sách, xem trang từng lớp và 5 học bạ ngẫu nhiên, ký từng lớp hoặc tất cả bằng một lần nhập mã PIN. Chưa nhập mã PIN ở bước ký thì chưa ký gì.",
                "Approve: open the list, read each class and five transcripts drawn at random, sign with one PIN. Nothing is signed before the PIN is typed at that step.",
            ),
            (
                "Từ chối một học bạ: ",
                "ở trang của lớp hoặc ở trang của hồ sơ, ghi lý do; ban quản trị trả lời; các hồ sơ khác vẫn ký.",
                "Refuse one transcript with a reason, at its class or on its own page; the administrator answers, and the others are signed.",
            ),
            (
                "USB token bị rút giữa chừng: ",
                "hồ sơ đã ký vẫn giữ nguyên; cắm lại, chờ trang báo đã thấy USB token, bấm Ký tiếp và nhập mã PIN một lần nữa.",
                "A token that was pulled: what is signed stays; plug it in, wait until the page says that it is seen, go on with the PIN.",
            ),
            (
                "Kết quả: ",
                "trang sau khi ký nói đã ký bao nhiêu, còn gì chờ, hồ sơ nào bị từ chối; xem lại được ở trang Ký.",
                "The result says how many were signed, what still waits and what was refused; it can be read again under Sign.",
            ),
        ],
        Role::Office => &[
            (
                "Đợt ký: ",
                "mời người theo danh sách, chép sẵn lời mời.",
                "Rounds: call people with the message that stands ready.",
            ),
            (
                "Lưu trữ: ",
                "làm theo ô Việc tiếp theo: lập danh mục, đóng gói, ký biên bản, niêm phong bằng con dấu, rồi lập vật mang, ghi vào đĩa, USB hoặc ổ cứng và đọc lại, in nhãn, dán tem niêm phong.",
                "Archive: follow “Next”: plan, pack, sign the record, seal, write and read back, print label and slip.",
            ),
            (
                "Tra cứu: ",
                "gõ tên không dấu để thấy mọi hồ sơ của một học sinh; in bản giấy thì chọn hồ sơ, ghi mục đích, rồi mở tệp cho máy in; mã in có sẵn ở chân mỗi trang.",
                "Search: any pupil without marks; to print, choose documents and say what for. The code stands on each page.",
            ),
        ],
        Role::Admin => &[
            (
                "Chuẩn bị năm học: ",
                "dán bảng người và phân công, chọn kế hoạch ký, nạp chứng thư CA, cho mọi người diễn tập, xác nhận; Hiệu trưởng và con dấu ký tại trang Mở năm học.",
                "Prepare the year: people, assignments, plans, authorities, rehearsals, confirmation; principal and stamp sign.",
            ),
            (
                "Cấu hình: ",
                "tài khoản, phiếu một lần, phiên, màn hình ký và đầu đọc.",
                "Set up: accounts, slips, sessions, screens and readers.",
            ),
            (
                "Đợt ký: ",
                "mở và đóng đợt; lớp nào còn chậm lâu thì để lại đợt sau, để những người khác được mời.",
                "Rounds: open and close them; leave a class that is late for long to a later round, so that others are called.",
            ),
            (
                "Học sinh chuyển đi: ",
                "trưởng ban quản trị mở Khóa sổ, chọn lớp, rồi chọn học sinh.",
                "A pupil who leaves: the head of the board opens Lock, the class, then the pupil.",
            ),
            (
                "",
                "Phiên quản trị không xem điểm và không ký; muốn ký thì đăng nhập lại trong vai trò của mình.",
                "An administrator’s session reads no marks and signs nothing; sign in again in your own role to sign.",
            ),
        ],
        Role::Inspector => &[
            (
                "Tra cứu, Khóa sổ, Lưu trữ: ",
                "xem mọi hồ sơ của một học sinh hay một lớp, số liệu đã khóa và báo cáo kiểm tra, gói lưu trữ và vật mang; không sửa, không ký gì. Mỗi lần xem đều được ghi lại.",
                "Search, Lock, Archive: every document, the locked data with the check report, deposits and media; nothing is changed or signed. Every look is noted.",
            ),
            (
                "In: ",
                "chọn hồ sơ ở trang Tra cứu, ghi mục đích; sổ theo dõi ghi tài khoản đã in.",
                "Print: choose documents under Search and say what for; the register names the account.",
            ),
            (
                "Kiểm tra: ",
                "không cần đăng nhập; thả tệp PDF, ảnh đĩa hoặc cả thư mục.",
                "Verify: without signing in; drop PDFs, a disc image or a folder.",
            ),
            (
                "",
                "Đọc câu kết luận trước, rồi từng chữ ký; in biên bản đầy đủ.",
                "Read the sentence first, then each signature; print the full record.",
            ),
            (
                "Lượt xem: ",
                "ai đã xem, tải về hoặc in dữ liệu của học sinh.",
                "Accesses: who read, downloaded or printed data of pupils.",
            ),
            (
                "DOC-TRUOC.txt: ",
                "nếu không tin phần mềm này, tệp đó trên mỗi đĩa chỉ cách kiểm tra bằng công cụ khác.",
                "The file on every disc that says how to check it with other people’s tools.",
            ),
        ],
    }
}
