//! Trợ giúp: one page, a part for each role, offline.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::accounts::Role;
use crate::web::frame::{self, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// The page: the visitor's own role first.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Response {
    let mut roles = Role::ALL.to_vec();
    roles.sort_by_key(|role| Some(*role) != visitor.role());
    let content = html! {
        @for role in roles {
            section.card aria-labelledby=(role.code()) {
                h2 id=(role.code()) { (frame::role(role).0) " " span.en lang="en" { (frame::role(role).1) } }
                (of(role))
                p.en lang="en" { (in_english(role)) }
            }
        }
        section.card aria-labelledby="su-co" {
            h2 #su-co { "Khi có sự cố" (frame::en("Trouble")) }
            p { "Mỗi thông báo có ba phần: điều đã xảy ra, việc cần làm ngay và mã lỗi. Ghi lại mã lỗi khi gọi người quản trị, hoặc chọn Báo sự cố ở cuối trang: sổ theo dõi giữ nguyên văn. Không rút USB token khi màn hình ghi “ĐỪNG RÚT”; nếu lỡ rút, những hồ sơ đã ký vẫn giữ nguyên, cắm lại và ký tiếp." }
            p.en lang="en" { "Every message says what happened, what to do now, and a code. What was signed stays signed, whatever is unplugged." }
        }
    };
    page(&house, &visitor, ("Trợ giúp", "Help"), &content).into_response()
}

fn of(role: Role) -> Markup {
    match role {
        Role::Teacher => html! {
            ol {
                li { strong { "Soát trước: " } "đăng nhập bằng phiếu một lần hoặc tài khoản, mở Soát trước, so từng lớp với sổ của mình, chọn Đúng hoặc Có sai. Làm được trên điện thoại." }
                li { strong { "Ký: " } "khi nhà trường mời, đến máy văn phòng, cắm USB token, xem lời chào và số hồ sơ, nhập mã PIN một lần." }
                li { "Muốn xem từng hồ sơ hoặc chọn ký một số hồ sơ: chọn “Mở danh sách bằng mã PIN”." }
                li { "Chờ đến khi màn hình ghi " strong { "RÚT ĐƯỢC RỒI" } " mới rút USB token." }
                li { "Thấy hồ sơ chưa đúng: mở hồ sơ, ghi lý do từ chối; chỉ hồ sơ đó dừng lại." }
            }
        },
        Role::Principal => html! {
            ol {
                li { strong { "Khóa sổ: " } "xem khác biệt so với quy định, ghi lý do chấp nhận nếu đúng; ký quyết định khóa sổ ở trang Ký." }
                li { strong { "Ủy quyền, ký thay: " } "lập văn bản ở trang Đợt ký, ký bằng USB token ở màn hình ký; rút lại được khi chưa ký." }
                li { strong { "Ký duyệt: " } "cắm USB token, mở danh sách, xem trang từng lớp và năm học bạ ngẫu nhiên, ký từng lớp hoặc tất cả bằng một lần nhập mã PIN." }
                li { strong { "Từ chối một học bạ: " } "mở hồ sơ và ghi lý do; các hồ sơ khác vẫn ký." }
            }
        },
        Role::Office => html! {
            ol {
                li { strong { "Đợt ký: " } "mời người theo danh sách, chép sẵn lời mời." }
                li { strong { "Lưu trữ: " } "làm theo ô Việc tiếp theo: lập danh mục, đóng gói, ký biên bản, niêm phong bằng con dấu, rồi lập vật mang, ghi vào đĩa, USB hoặc ổ cứng và đọc lại, in nhãn, dán tem niêm phong." }
                li { strong { "Tra cứu: " } "gõ tên không dấu để thấy mọi hồ sơ của một học sinh; in bản giấy thì chọn hồ sơ, ghi mục đích, rồi mở tệp cho máy in; mã in có sẵn ở chân mỗi trang." }
            }
        },
        Role::Admin => html! {
            ol {
                li { strong { "Chuẩn bị năm học: " } "dán bảng người và phân công, chọn kế hoạch ký, nạp chứng thư CA, cho mọi người diễn tập, xác nhận; Hiệu trưởng và con dấu ký tại trang Mở năm học." }
                li { strong { "Cấu hình: " } "tài khoản, phiếu một lần, phiên, màn hình ký và đầu đọc." }
                li { strong { "Đợt ký: " } "mở và đóng đợt." }
                li { strong { "Học sinh chuyển đi: " } "trưởng ban quản trị mở Khóa sổ, chọn lớp, rồi chọn học sinh." }
                li { "Phiên quản trị không xem điểm và không ký; muốn ký thì đăng nhập lại trong vai trò của mình." }
            }
        },
        Role::Inspector => html! {
            ol {
                li { strong { "Kiểm tra: " } "không cần đăng nhập; thả tệp PDF, ảnh đĩa hoặc cả thư mục." }
                li { "Đọc câu kết luận trước, rồi từng chữ ký; in biên bản đầy đủ." }
                li { "Không tin phần mềm này: trên mỗi đĩa có " code { "DOC-TRUOC.txt" } " chỉ cách kiểm tra bằng công cụ khác." }
            }
        },
    }
}

const fn in_english(role: Role) -> &'static str {
    match role {
        Role::Teacher => {
            "Review each class against your own book, on a phone too. When the school calls, plug in, read who is greeted and what waits, type the PIN once, and unplug when the screen says so. A document that is wrong is refused with a reason; the others go on."
        }
        Role::Principal => {
            "Look at what differs from the rules and let it stand with a reason, or not; sign the lock, then class by class, with five transcripts drawn at random to read. Refusing one holds up no other. Delegation and signing for somebody absent are acts on the page of rounds."
        }
        Role::Office => {
            "Call people with the message that stands ready. In the archive follow “Next”: plan, pack, sign the record, seal, write and read back, print label and slip. Search finds any pupil without marks; a print is an entry with a purpose, and its code stands at the foot of each page."
        }
        Role::Admin => {
            "Set up the year: people, assignments, plans, authorities, rehearsals, confirmation. Accounts, slips, sessions and screens are under Set up. An administrator’s session reads no marks and signs nothing; sign in again in your own role to sign."
        }
        Role::Inspector => {
            "Drop PDFs, a folder or a disc image without signing in; read the sentence first, then each signature; print the full record. Every disc says in DOC-TRUOC.txt how to check it with other people’s tools."
        }
    }
}
