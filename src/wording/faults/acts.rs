//! Words for acts that are not proposed or not signed.

use super::{Words, words};

pub(super) fn act(code: &str) -> Option<Words> {
    Some(match code {
        "act.malformed" => words(
            "Văn bản chưa đầy đủ hoặc nêu người không thể nêu ở đó.",
            "Vui lòng kiểm tra số văn bản, ngày bắt đầu, ngày kết thúc, lý do và những người có tên.",
            "The act is incomplete or names somebody who cannot be meant. Please check number, dates, reason and people.",
        ),
        "act.other_roster" => words(
            "Văn bản này được lập theo một danh sách nhân sự khác.",
            "Vui lòng lập lại văn bản theo danh sách nhân sự đang hiệu lực của năm học.",
            "The act speaks of another roster. Please write it again in the terms of the roster in force.",
        ),
        "act.too_early" => words(
            "Ngày quyết định, hoặc ngày có hiệu lực của chứng thư Hiệu trưởng hay con dấu mới, còn ở tương lai.",
            "Vui lòng trình lại văn bản vào đúng ngày đó.",
            "The act was decided later than now, or its new certificate begins later. Please propose it on that day.",
        ),
        "act.over" => words(
            "Thời hạn của văn bản này đã qua.",
            "Vui lòng lập văn bản mới với thời hạn đúng.",
            "What the act allows is over already. Please write another one.",
        ),
        "act.old_not_in_force" => words(
            "Chứng thư số cũ nêu trong văn bản không phải là chứng thư đang dùng.",
            "Vui lòng kiểm tra lại chứng thư của người có tên trong văn bản.",
            "The certificate that the act replaces is not the one in force. Please check it.",
        ),
        "act.certificate_taken" => words(
            "Chứng thư số mới đã thuộc về một người trong trường.",
            "Vui lòng chọn đúng USB token mới; mỗi người dùng một chứng thư riêng.",
            "The new certificate belongs to somebody already. Everybody needs one of their own.",
        ),
        "act.not_their_place" => words(
            "Giáo viên vắng mặt không phụ trách lớp hoặc môn nêu trong văn bản.",
            "Vui lòng kiểm tra lại lớp và môn theo bảng phân công.",
            "The absent teacher does not hold a place that the act names. Please check classes and subjects.",
        ),
        "act.unknown" => words(
            "Chưa có ai trình văn bản này.",
            "Vui lòng trình văn bản trước khi ký.",
            "Nobody proposed this act. Please propose it before it is signed.",
        ),
        "act.in_force_already" => words(
            "Văn bản này đã đủ chữ ký và đang có hiệu lực.",
            "Không cần ký lại.",
            "The act is signed by all and in force. Nothing needs to be done.",
        ),
        "act.withdrawn" => words(
            "Văn bản này đã được rút lại trước khi đủ chữ ký.",
            "Nếu vẫn cần, vui lòng lập văn bản mới.",
            "The act was taken back before everybody had signed it. Please write another one if it is still wanted.",
        ),
        "act.wrong_signer" => words(
            "Văn bản này chờ chữ ký của người khác.",
            "Vui lòng để đúng người ký: Hiệu trưởng, hoặc con dấu khi thay Hiệu trưởng.",
            "The act waits for the signature of somebody else.",
        ),
        _ => return None,
    })
}
