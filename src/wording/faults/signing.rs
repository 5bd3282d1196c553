//! Words for signatures that are refused or cannot be placed.

use super::{Words, words};

pub(super) fn signing(code: &str) -> Option<Words> {
    Some(match code {
        "signing.not_your_turn" => words(
            "Chưa đến lượt ký: người ký trước trong trình tự chưa ký xong.",
            "Vui lòng chờ đến lượt; chương trình sẽ mời khi mọi chữ ký trước đã đủ.",
            "It is not this signer's turn yet: earlier boxes of the plan are still open.",
        ),
        "signing.wrong_person" => words(
            "Ô ký này thuộc về người khác theo danh sách nhân sự đã ký của trường.",
            "Vui lòng để đúng người ký bằng USB token của chính mình; ký thay cần văn bản do Hiệu trưởng ký.",
            "The box belongs to another person by the signed roster. Only that person may sign it, or who a signed act names.",
        ),
        "signing.halted" => words(
            "Một người ký đã từ chối hồ sơ này kèm lý do; hồ sơ đang dừng.",
            "Vui lòng chờ ban quản trị trả lời; các hồ sơ khác vẫn ký bình thường.",
            "A signer refused this document with a reason, and it waits for an answer. Other documents go on.",
        ),
        "signing.not_halted" => words(
            "Không có ai từ chối hồ sơ này.",
            "Không cần trả lời.",
            "Nobody refused this document. Nothing needs to be answered.",
        ),
        "signing.nothing_to_refuse" => words(
            "Hồ sơ này hiện không chờ chữ ký của người từ chối.",
            "Vui lòng chọn lại hồ sơ trong danh sách chờ ký.",
            "The document does not wait for this person's signature now. Please choose one that does.",
        ),
        "signing.outside_act" => words(
            "Văn bản ủy quyền hoặc ký thay không bao gồm hồ sơ này hoặc thời điểm này.",
            "Vui lòng kiểm tra thời hạn và phạm vi của văn bản, hoặc trình văn bản mới để Hiệu trưởng ký.",
            "The delegation or ký thay does not cover this document or this moment. Please check dates and scope.",
        ),
        "signing.certificate_replaced" => words(
            "USB token này đã được thay bằng USB token khác.",
            "Vui lòng dùng USB token mới.",
            "Another token took the place of this one. Please use the new one.",
        ),
        "signing.already_signed" => words(
            "Ô ký này đã được ký.",
            "Không cần ký lại.",
            "The box is signed already. Nothing needs to be done.",
        ),
        "signing.withdrawn" => words(
            "Hồ sơ này đã được thu hồi khi mở sổ, trước khi có người ký.",
            "Vui lòng chọn bản lập lại sau lần khóa sổ mới.",
            "The document was withdrawn when its data were reopened. Please choose the version made after the new lock.",
        ),
        "signing.being_reopened" => words(
            "Hiệu trưởng đã ký quyết định mở sổ dữ liệu của hồ sơ này.",
            "Vui lòng chờ bản lập lại sau lần khóa sổ mới.",
            "The principal has signed a decision that reopens the data of this document. Please wait for the next version.",
        ),
        "signing.signed_meanwhile" => words(
            "Từ khi đề nghị mở sổ, đã có người ký hồ sơ lập từ dữ liệu này.",
            "Không mở sổ được nữa; thay đổi được xử lý theo thủ tục sửa chữa.",
            "Since the reopening was proposed somebody has signed a document made from the data. It is a matter of correction now.",
        ),
        "signing.no_such_box" => words(
            "Hồ sơ này không có ô ký như yêu cầu.",
            "Vui lòng chọn lại hồ sơ và ô ký.",
            "The document has no such box. Please choose again.",
        ),
        "signing.other_roster" => words(
            "Hồ sơ được lập theo danh sách nhân sự khác với danh sách đang hiệu lực.",
            "Vui lòng báo người quản trị kiểm tra danh sách nhân sự của năm học.",
            "The document was made under another roster than the one in force. Please tell the administrator.",
        ),
        "signing.certificate_expired" => words(
            "Chứng thư số đã hết hạn hoặc chưa đến ngày có hiệu lực.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số để gia hạn rồi ký sau.",
            "The certificate is outside its validity. Please have it renewed.",
        ),
        "signing.certificate_revoked" => words(
            "Chứng thư số đã bị thu hồi.",
            "Không được ký bằng chứng thư này; vui lòng liên hệ nhà cung cấp chữ ký số và người quản trị.",
            "The certificate is revoked and cannot be used for signing.",
        ),
        "signing.unknown_ca" => words(
            "Chứng thư số do một tổ chức mà nhà trường chưa tin cậy cấp.",
            "Vui lòng báo người quản trị kiểm tra và nạp chứng thư của tổ chức chứng thực.",
            "The certificate leads to no CA that the school trusts. Please tell the administrator.",
        ),
        "signing.certificate_may_not_sign" => words(
            "Chứng thư số này không được phép dùng để ký, hoặc khóa quá yếu.",
            "Vui lòng liên hệ nhà cung cấp chữ ký số.",
            "Key usage or key strength of the certificate do not allow signing.",
        ),
        "signing.revocation_unchecked" => words(
            "KHÔNG KIỂM TRA ĐƯỢC THU HỒI: không lấy được thông tin thu hồi chứng thư số.",
            "Vui lòng kiểm tra kết nối mạng của máy chủ rồi thử lại.",
            "Revocation of the certificate could not be checked. Please check the network and try again.",
        ),
        "signing.revocation_undecided" => words(
            "KHÔNG KIỂM TRA ĐƯỢC THU HỒI: không lấy được thông tin thu hồi chứng thư số; trường để người ký quyết định.",
            "Vui lòng thử lại khi có mạng, hoặc chọn ký khi chưa kiểm tra được; lựa chọn sẽ được ghi vào sổ theo dõi.",
            "Revocation could not be checked, and the school lets the signer decide. Try again, or sign all the same: it is recorded.",
        ),
        "signing.file_differs" => words(
            "Tệp hồ sơ trên máy chủ không còn đúng là bản đã ghi trong sổ theo dõi.",
            "Không ký hồ sơ này; vui lòng báo ngay người quản trị để kiểm tra ổ đĩa và khôi phục bản đúng.",
            "The file is not the revision that the register knows. It is not signed; please tell the administrator at once.",
        ),
        "signing.earlier_signatures" => words(
            "Các chữ ký đã có trong hồ sơ không còn được xác nhận khi kiểm tra lại ngay trước khi ký.",
            "Không ký hồ sơ này; vui lòng báo người quản trị. Các hồ sơ khác vẫn ký bình thường.",
            "The signatures in the document were judged again and are not confirmed. It is not signed; others go on.",
        ),
        "signing.cancelled" => words(
            "Người ký đã dừng phiên ký trước khi ký hết; hồ sơ chưa ký vẫn giữ nguyên.",
            "Khi muốn ký tiếp, vui lòng cắm USB token và nhập mã PIN.",
            "The signer ended the sitting before everything was signed. The rest waits unchanged for the next PIN.",
        ),
        "signing.interrupted" => words(
            "Chương trình bị ngắt khi USB token đang ký; hồ sơ vẫn giữ nguyên trạng thái trước đó.",
            "Vui lòng cắm USB token và nhập mã PIN để ký lại hồ sơ này.",
            "The program was interrupted while the token signed; the document is unchanged. It is signed after a new PIN.",
        ),
        "signing.room_full" => words(
            "Đã đủ số người có thể ký cùng lúc.",
            "Vui lòng chờ một người ký xong rồi nhập mã PIN.",
            "As many people sign as can at the same time. Please wait until one of them is done.",
        ),
        "signing.sits_already" => words(
            "Chứng thư số này đang được dùng cho một lần ký hoặc diễn tập khác.",
            "Vui lòng chờ lần đó kết thúc; USB token có bàn phím riêng có thể đang đợi mã PIN.",
            "Somebody signs or rehearses with this certificate already. Please wait until that is over; a token with a PIN pad may be waiting for its PIN.",
        ),
        "signing.file_malformed" => words(
            "Tệp không phải là PDF đọc được trọn vẹn; tệp phải sửa chữa mới đọc được thì không được ký.",
            "Vui lòng xuất lại tệp PDF từ chương trình đã tạo ra nó rồi ký bản mới.",
            "The file is no PDF that can be read whole; a file that needs repair is not signed. Please export it again.",
        ),
        "signing.file_too_large" => words(
            "Tệp lớn hơn 100 MB.",
            "Vui lòng tách tài liệu hoặc giảm kích thước ảnh trong tệp rồi ký.",
            "The file has more than 100 MB. Please split it or make its pictures smaller.",
        ),
        "signing.file_broken" => words(
            "Chữ ký đã có trong tệp không còn nguyên vẹn, hoặc tệp đã bị sửa sau khi ký.",
            "Không ký tiếp lên tệp này; vui lòng lấy lại bản gốc và kiểm tra bằng lệnh verify.",
            "Earlier signatures of the file are broken, or it was changed after them. Please obtain the original.",
        ),
        "signing.file_has_plan" => words(
            "Tệp là hồ sơ của niemphong và mang kế hoạch ký của trường.",
            "Vui lòng ký hồ sơ này tại máy chủ của trường, nơi trình tự ký được bảo đảm (niemphong sign --data).",
            "The file carries a signing plan of a school. Please sign it through the school's own server, which keeps the order.",
        ),
        "signing.not_registered" => words(
            "Tệp không phải bản mới nhất của hồ sơ nào trong sổ theo dõi của trường.",
            "Vui lòng lấy bản mới nhất của hồ sơ trên máy chủ; tệp ngoài sổ thì ký không kèm --data.",
            "The file is the latest revision of no document in the school's register. Please take the latest one.",
        ),
        "signing.nothing_open" => words(
            "Hồ sơ này không còn ô ký nào đang chờ.",
            "Không cần ký thêm.",
            "No box of the document is open. Nothing needs to be signed.",
        ),
        "signing.file_encrypted" => words(
            "Tệp PDF đã được mã hóa.",
            "Vui lòng lưu một bản không đặt mật khẩu rồi ký bản đó.",
            "The PDF is encrypted. Please save a copy without a password and sign that.",
        ),
        "signing.file_forbids" => words(
            "Một chữ ký có trước không cho phép ký thêm vào ô này.",
            "Vui lòng liên hệ người đã ký trước nếu tài liệu cần thêm chữ ký.",
            "An earlier signature forbids to sign this field. Please ask its signer.",
        ),
        "signing.file_seed_value" => words(
            "Ô ký đòi hỏi một kiểu chữ ký mà chương trình không tạo.",
            "Vui lòng chọn ô khác hoặc hỏi người lập tài liệu.",
            "The field demands a kind of signature that this program does not make. Please choose another field.",
        ),
        "signing.file_field_filled" => words(
            "Ô ký được chọn đã có chữ ký.",
            "Vui lòng chọn ô khác bằng --field.",
            "The chosen field is signed already. Please choose another one with --field.",
        ),
        "signing.file_no_field" => words(
            "Tệp không có ô ký mang tên đã chọn, hoặc ô đó không phải ô ký.",
            "Vui lòng kiểm tra lại tên ô, hoặc bỏ --field để chương trình tự chọn.",
            "There is no signature field of this name. Please check the name, or leave --field out.",
        ),
        "signing.file_unsigned" => words(
            "Tệp chưa có chữ ký nào nên không có gì để bổ sung.",
            "Vui lòng ký tệp trước.",
            "The file has no signature that could be extended. Please sign it first.",
        ),
        "signing.not_placed" | "signing.cms" => words(
            "Không đặt được chữ ký vào hồ sơ; hồ sơ vẫn giữ nguyên trạng thái trước đó.",
            "Vui lòng ghi lại mã lỗi và báo cho người quản trị.",
            "The signature could not be placed; the document is unchanged. Please tell the administrator.",
        ),
        _ => return None,
    })
}
