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
            }
        }
        section.card aria-labelledby="su-co" {
            h2 #su-co { "Khi có sự cố" }
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
                li { strong { "Tra cứu: " } "gõ tên không dấu để thấy mọi hồ sơ của một học sinh; in bản giấy thì chọn hồ sơ, ghi mục đích, rồi ghi mã in lên bản giấy." }
            }
        },
        Role::Admin => html! {
            ol {
                li { strong { "Chuẩn bị năm học: " } "dán bảng người và phân công, chọn kế hoạch ký, nạp chứng thư CA, cho mọi người diễn tập, xác nhận; Hiệu trưởng và con dấu ký tại trang Mở năm học." }
                li { strong { "Cấu hình: " } "tài khoản, phiếu một lần, phiên, màn hình ký và đầu đọc." }
                li { strong { "Đợt ký: " } "mở và đóng đợt." }
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
