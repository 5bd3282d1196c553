//! Words for acts that are not proposed or not signed.

use super::{Words, words};

pub(super) fn act(code: &str) -> Option<Words> {
    Some(match code {
        "act.malformed" => words(
            "Văn bản chưa dùng được.",
            "Có thể vì số văn bản, lý do hoặc nơi dạy còn trống, ngày kết thúc đứng trước ngày bắt đầu, hoặc người được nêu không thể nêu ở đó (con dấu, người ngoài danh sách, một người ở cả hai phía).",
            "Vui lòng kiểm tra số văn bản, ngày bắt đầu, ngày kết thúc, lý do và những người có tên.",
            "The act cannot be used. Its number, reason or places may be empty, its dates may be turned round, or it may name somebody who cannot be meant there, such as the stamp or one person on both sides. Please check number, dates, reason and people.",
        ),
        "act.other_roster" => words(
            "Văn bản này được lập theo một danh sách nhân sự khác.",
            "Danh sách nhân sự đã được thay bằng bản khác sau khi văn bản này được soạn, hoặc văn bản thuộc về trường khác.",
            "Vui lòng lập lại văn bản theo danh sách nhân sự đang hiệu lực của năm học.",
            "The act speaks of another roster. The roster was changed after the act was written, or the act is of another school. Please write it again in the terms of the roster in force.",
        ),
        "act.too_early" => words(
            "Văn bản này chưa đến ngày trình.",
            "Ngày quyết định, hoặc ngày có hiệu lực của chứng thư Hiệu trưởng hay con dấu mới, còn ở tương lai; cũng có thể ngày bị ghi nhầm.",
            "Vui lòng trình lại văn bản vào đúng ngày đó.",
            "It is too early for this act. It was decided later than now, or its new certificate begins later; a date may also be mistyped. Please propose it on that day.",
        ),
        "act.over" => words(
            "Thời hạn của văn bản này đã qua.",
            "Ngày kết thúc ghi trong văn bản đứng trước hôm nay, thường do văn bản trình muộn hoặc ghi nhầm năm.",
            "Vui lòng lập văn bản mới với thời hạn đúng.",
            "What the act allows is over already. Its last day is before today, mostly because it came late or its year was mistyped. Please write another one.",
        ),
        "act.old_not_in_force" => words(
            "Chứng thư số cũ nêu trong văn bản không phải là chứng thư đang dùng.",
            "Thường do USB token đó đã được thay bằng một văn bản trước, hoặc vào ngày quyết định trường chưa có Hiệu trưởng hay con dấu đang hiệu lực.",
            "Vui lòng kiểm tra lại chứng thư của người có tên trong văn bản.",
            "The certificate that the act replaces is not the one in force. An earlier act may have replaced it already, or no principal or stamp was in force on that day. Please check the certificate of the person named.",
        ),
        "act.certificate_taken" => words(
            "Chứng thư số mới đã thuộc về một người trong trường.",
            "Thường do lúc chọn chứng thư mới, USB token đang cắm là của một đồng nghiệp hoặc vẫn là USB token cũ.",
            "Vui lòng chọn đúng USB token mới; mỗi người dùng một chứng thư riêng.",
            "The new certificate belongs to somebody of the school already. Mostly a colleague's token, or the old one, was plugged in when it was chosen. Please choose the right new token; everybody needs a certificate of their own.",
        ),
        "act.not_their_place" => words(
            "Giáo viên vắng mặt không phụ trách lớp hoặc môn nêu trong văn bản.",
            "Có thể vì chọn nhầm lớp hoặc môn, hoặc danh sách nhân sự đã ký giao phần đó cho người khác.",
            "Vui lòng kiểm tra lại lớp và môn theo bảng phân công.",
            "The absent teacher does not hold a place that the act names. The class or subject may be the wrong one, or the signed roster gives it to somebody else. Please check classes and subjects.",
        ),
        "act.unknown" => words(
            "Chưa có ai trình văn bản này.",
            "Có thể vì văn bản chỉ mới được soạn mà chưa trình, hoặc đường dẫn đang mở là của một văn bản khác.",
            "Vui lòng trình văn bản trước khi ký.",
            "Nobody proposed this act. It may only have been drawn up, or the address is that of another act. Please propose it before it is signed.",
        ),
        "act.in_force_already" => words(
            "Văn bản này đã đủ chữ ký và đang có hiệu lực.",
            "Người ký cuối cùng đã ký trước đó, có thể ở một cửa sổ hay màn hình khác.",
            "Không cần ký lại.",
            "The act is signed by all and in force. Its last signer signed before, perhaps at another screen. Nothing needs to be done.",
        ),
        "act.withdrawn" => words(
            "Văn bản này đã được rút lại trước khi đủ chữ ký.",
            "Người trình hoặc ban quản trị đã rút, có thể trong lúc trang này còn mở.",
            "Nếu vẫn cần, vui lòng lập văn bản mới.",
            "The act was taken back before everybody had signed it. Somebody who may do so took it back, perhaps while this page was open. Please write another one if it is still wanted.",
        ),
        "act.wrong_signer" => words(
            "Văn bản này chờ chữ ký của người khác.",
            "USB token đang cắm là của người không có tên trong văn bản, hoặc người này đã ký phần của mình rồi.",
            "Vui lòng để đúng người ký: Hiệu trưởng, hoặc con dấu khi thay Hiệu trưởng.",
            "The act waits for the signature of somebody else. The token is of a person whom it does not ask, or who has signed already. Please let the right one sign: the principal, or the stamp where the principal changes.",
        ),
        _ => return None,
    })
}
