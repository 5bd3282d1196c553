//! Why something is probably wrong with a deposit, its register or its medium: guesses, worded as such, that accuse
//! nobody; where an accident and a forgery look alike both are named.

use verification::deposit::Code;

use crate::wording::Finding;

/// The probable cause of a finding, Vietnamese and English. One match, so that no new code goes without.
pub fn cause(code: Code) -> Finding {
    match code {
        Code::Unreadable => (
            "Thường do vật mang bị xước hoặc lỗi, hoặc máy này không có quyền đọc tệp.",
            "Mostly the medium is scratched or failing, or this computer may not read the file.",
        ),
        Code::TooLarge => (
            "Thường do chép nhầm tệp khác vào; cũng có thể do tệp được làm cho máy quá tải.",
            "Mostly another file was copied there; perhaps it is meant to overload a computer.",
        ),
        Code::TooManyFiles => (
            "Thường do chọn thư mục cha còn chứa nhiều thứ khác.",
            "Mostly the folder above was chosen, which holds other things as well.",
        ),
        Code::NotABag => (
            "Thường do chọn thư mục cha hay thư mục con thay cho thư mục của gói, hoặc chép thiếu tệp bagit.txt.",
            "Mostly a folder above or below was chosen, or bagit.txt was not copied.",
        ),
        Code::NameRefused => (
            "Thường do tệp được đổi tên bằng tay, hoặc chép từ nơi khác vào.",
            "Mostly a file was renamed by hand, or copied there from elsewhere.",
        ),
        Code::NameTwice => (
            "Thường do chép qua hệ thống phân biệt chữ hoa và chữ thường; cũng có thể do thêm tệp có tên gần giống.",
            "Mostly it was copied by a system that tells the cases apart; perhaps a file with a similar name was added.",
        ),
        Code::EmptyFolder => (
            "Thường do phần mềm chép tự tạo thư mục, hoặc tệp bên trong đã bị xóa.",
            "Mostly a program that copies made the folder, or the files in it were deleted.",
        ),
        Code::UnlistedFile => (
            "Thường do máy tính tự tạo (Thumbs.db, desktop.ini, .DS_Store) hoặc do chép nhầm; cũng có thể do cố ý thêm.",
            "Mostly a computer made it by itself (Thumbs.db, desktop.ini, .DS_Store), or it was copied by mistake; perhaps it was added on purpose.",
        ),
        Code::UnknownPlace => (
            "Thường do tệp bị di chuyển hoặc đổi tên; cũng có thể do tệp lạ được thêm vào gói.",
            "Mostly a file was moved or renamed; perhaps a foreign file was added.",
        ),
        Code::TagFileMissing => (
            "Thường do chép thiếu hoặc xóa nhầm; cũng có thể do cố ý bỏ đi.",
            "Mostly it was not copied, or deleted by mistake; perhaps it was removed on purpose.",
        ),
        Code::BagInfo => (
            "Thường do tệp bag-info.txt bị mở và lưu lại; cũng có thể do bị sửa.",
            "Mostly bag-info.txt was opened and saved again; perhaps it was changed.",
        ),
        Code::PayloadOxum => (
            "Thường do chép thiếu, chép thừa hoặc chép chưa xong.",
            "Mostly too little or too much was copied, or copying was not finished.",
        ),
        Code::ManifestMalformed => (
            "Thường do bảng kê bị mở và lưu lại bằng chương trình soạn thảo, hoặc hỏng khi chép.",
            "Mostly an editor opened and saved the manifest, or it was damaged while it was copied.",
        ),
        Code::PayloadMissing => (
            "Thường do chép thiếu, xóa nhầm hoặc vật mang lỗi; cũng có thể do hồ sơ bị cố ý bỏ ra.",
            "Mostly it was not copied, deleted by mistake, or the medium is failing; perhaps it was taken out on purpose.",
        ),
        Code::PayloadExtra => (
            "Thường do chép nhầm tệp vào gói; cũng có thể do hồ sơ được cố ý thêm vào.",
            "Mostly a file was copied there by mistake; perhaps a document was added on purpose.",
        ),
        Code::PayloadAltered => (
            "Thường do tệp bị mở và lưu lại, hỏng khi chép hoặc vật mang lỗi; cũng có thể do nội dung bị cố ý sửa.",
            "Mostly it was opened and saved, damaged while it was copied, or the medium is failing; perhaps the content was changed on purpose.",
        ),
        Code::TagmanifestList => (
            "Thường do gói được đóng bằng phần mềm khác; cũng có thể do bảng kê bị sửa.",
            "Mostly another program packed the deposit; perhaps the list was changed.",
        ),
        Code::TagAltered => (
            "Thường do tệp kê khai bị mở và lưu lại, hoặc hỏng khi chép; cũng có thể do cố ý sửa.",
            "Mostly the tag file was opened and saved, or damaged while it was copied; perhaps it was changed on purpose.",
        ),
        Code::SealMissing => (
            "Thường do chép thiếu thư mục niem-phong, hoặc gói chưa được niêm phong xong; cũng có thể do bị bỏ đi.",
            "Mostly the folder niem-phong was not copied, or the deposit was not sealed to the end; perhaps it was removed.",
        ),
        Code::StatementMalformed => (
            "Thường do bản niêm phong bị mở và lưu lại bằng chương trình soạn thảo, hoặc hỏng khi chép.",
            "Mostly an editor opened and saved the seal statement, or it was damaged while it was copied.",
        ),
        Code::StatementDeposit => (
            "Thường do tệp niêm phong của hai gói bị chép lẫn; cũng có thể do bị tráo.",
            "Mostly the seals of two deposits were mixed up; perhaps they were exchanged.",
        ),
        Code::StatementTagmanifest => (
            "Thường do bảng kê bị lưu lại hoặc chép lẫn từ gói khác; cũng có thể do bị thay sau khi niêm phong.",
            "Mostly the tag manifest was saved again or is of another deposit; perhaps it was exchanged after sealing.",
        ),
        Code::StatementRecord => (
            "Thường do biên bản bị lưu lại hoặc chép lẫn từ gói khác; cũng có thể do bị thay sau khi niêm phong.",
            "Mostly the record was saved again or is of another deposit; perhaps it was exchanged after sealing.",
        ),
        Code::StatementRoster => (
            "Thường do danh sách nhân sự bị lưu lại hoặc chép lẫn từ gói khác; cũng có thể do bị thay sau khi niêm phong.",
            "Mostly the roster was saved again or is of another deposit; perhaps it was exchanged after sealing.",
        ),
        Code::StatementPlans => (
            "Thường do kế hoạch ký bị lưu lại hoặc chép lẫn từ gói khác; cũng có thể do bị thay sau khi niêm phong.",
            "Mostly the plans were saved again or are of another deposit; perhaps they were exchanged after sealing.",
        ),
        Code::StatementCheckpoint => (
            "Thường do điểm chốt bị lưu lại hoặc chép lẫn từ gói khác; cũng có thể do bị thay sau khi niêm phong.",
            "Mostly the checkpoint was saved again or is of another deposit; perhaps it was exchanged after sealing.",
        ),
        Code::SignatureBroken => (
            "Thường do tệp được lưu lại sau khi ký, hoặc tệp chữ ký bị chép lẫn; cũng có thể do nội dung bị sửa.",
            "Mostly the file was saved again after signing, or signatures were mixed up; perhaps the content was changed.",
        ),
        Code::SignatureDigest => {
            ("Thường do chữ ký được tạo bằng phần mềm khác.", "Mostly another program made the signature.")
        }
        Code::SealSigner => (
            "Thường do cắm nhầm USB token khi niêm phong, hoặc con dấu đã đổi mà thiếu văn bản; cũng có thể do gói không phải của trường.",
            "Mostly another token was plugged in for sealing, or the stamp changed without an act at hand; perhaps the deposit is not of the school.",
        ),
        Code::SealNotTheSchool => (
            "Thường do chép nhầm mã chứng thư, hoặc trường đã đổi con dấu số; cũng có thể do gói không phải của trường này.",
            "Mostly the fingerprint was copied wrongly, or the school has another stamp since; perhaps the deposit is not of this school.",
        ),
        Code::TimestampMissing => (
            "Thường do lúc niêm phong chưa có nơi cấp dấu thời gian hoặc không liên lạc được; cũng có thể do tệp dấu thời gian bị chép thiếu.",
            "Mostly there was no timestamp authority at sealing, or it did not answer; perhaps its file was not copied.",
        ),
        Code::TimestampBroken => (
            "Thường do tệp dấu thời gian hỏng khi chép, hoặc lẫn với gói khác; cũng có thể do niêm phong bị thay sau đó.",
            "Mostly the timestamp was damaged while it was copied, or is of another deposit; perhaps the seal was exchanged later.",
        ),
        Code::TimestampNotTrusted => (
            "Thường do máy đang kiểm tra chưa có chứng thư gốc của nơi cấp; cũng có thể do nơi cấp không được công nhận.",
            "Mostly this computer lacks the root of the authority; perhaps the authority is not a recognized one.",
        ),
        Code::CertificateMalformed => (
            "Thường do tệp chữ ký hỏng khi chép, hoặc chứng thư được cấp sai khuôn dạng.",
            "Mostly the signature was damaged while it was copied, or the certificate was issued in the wrong form.",
        ),
        Code::CertificateNotTrusted => (
            "Thường do máy đang kiểm tra chưa có chứng thư gốc hoặc chứng thư trung gian; cũng có thể do chứng thư không phải của một nơi cấp được công nhận.",
            "Mostly this computer lacks the root or an intermediate certificate; perhaps the issuer is not a recognized one.",
        ),
        Code::CertificateRevoked => (
            "Thường do chứng thư cũ được dùng tiếp sau khi đã đổi USB token; cũng có thể do token đã mất bị dùng lại.",
            "Mostly an old certificate was used after the token was replaced; perhaps a lost token was used.",
        ),
        Code::RevocationUnchecked => (
            "Thường do không có danh sách thu hồi còn hạn đi kèm, hoặc máy đang kiểm tra không nối mạng.",
            "Mostly no fresh revocation list is at hand, or this computer is offline.",
        ),
        Code::CertificateNotInValidity => (
            "Thường do không có dấu thời gian nên phải xét vào hôm nay, khi chứng thư đã hết hạn; cũng có thể do ký ngoài thời hạn.",
            "Mostly there is no timestamp, so that today counts, and the certificate has expired; perhaps it was signed outside of the validity.",
        ),
        Code::CertificateMayNotSign => (
            "Thường do chọn nhầm chứng thư trong USB token, ví dụ chứng thư để đăng nhập.",
            "Mostly another certificate of the token was chosen, such as one for signing in.",
        ),
        Code::CertificateWeak => (
            "Thường do chứng thư được cấp từ nhiều năm trước, hoặc do USB token thuộc loại có chip lỗi.",
            "Mostly the certificate was issued many years ago, or the token has a flawed chip.",
        ),
        Code::RecordDeposit => (
            "Thường do biên bản của hai gói bị chép lẫn; cũng có thể do biên bản bị thay.",
            "Mostly the records of two deposits were mixed up; perhaps the record was exchanged.",
        ),
        Code::RecordIncomplete => (
            "Thường do gói được chép ra khi biên bản còn chờ chữ ký.",
            "Mostly the deposit was copied while its record still waited for signatures.",
        ),
        Code::RecordData => (
            "Thường do biên bản thuộc một lần đóng gói trước; cũng có thể do gói bị thay đổi sau khi lập biên bản.",
            "Mostly the record is of an earlier packing; perhaps the deposit was changed after the record was made.",
        ),
        Code::DocumentInvalid => (
            "Thường do tệp hỏng khi chép hoặc bị lưu lại sau khi ký; cũng có thể do nội dung bị cố ý sửa.",
            "Mostly the file was damaged while it was copied or saved again after signing; perhaps it was changed on purpose.",
        ),
        Code::DocumentIndeterminate => (
            "Thường do thiếu chứng thư gốc, dữ liệu thu hồi hoặc bằng chứng thời gian.",
            "Mostly a root certificate, revocation data or a proof of time is missing.",
        ),
        Code::DocumentIncomplete => (
            "Thường do đây là bản được lấy ra trước khi ký xong, hoặc được ký ngoài hệ thống.",
            "Mostly this copy was taken before everybody had signed, or it was signed outside of the system.",
        ),
        Code::DocumentName => (
            "Thường do tệp bị đổi tên; cũng có thể do hai hồ sơ bị tráo chỗ cho nhau.",
            "Mostly the file was renamed; perhaps two documents were exchanged.",
        ),
        Code::DocumentData => (
            "Thường do phần mềm khác bỏ mất phần đính kèm; cũng có thể do dữ liệu của hồ sơ khác được đặt vào.",
            "Mostly another program lost the attachment; perhaps data of another dossier were put in.",
        ),
        Code::NoDossier => {
            ("Thường do chép thiếu thư mục data/ho-so.", "Mostly the folder data/ho-so was not copied.")
        }
        Code::NotRegistered => (
            "Thường do đây là bản trước khi đóng hồ sơ; cũng có thể do tệp không do hệ thống của trường lập.",
            "Mostly this copy is from before the closing; perhaps the school's system did not make it.",
        ),
        Code::ExportName => (
            "Thường do bản gốc bị đổi tên hoặc bị mở và lưu lại; cũng có thể do bị sửa.",
            "Mostly the export was renamed, or opened and saved again; perhaps it was changed.",
        ),
        Code::ExportNotLocked => (
            "Thường do chép thiếu quyết định khóa sổ, hoặc quyết định chưa ký đủ; cũng có thể do bản gốc bị thay sau khi khóa.",
            "Mostly the lock decision was not copied or is not signed by all; perhaps the export was exchanged after the lock.",
        ),
        Code::ExportMissing => (
            "Thường do chép thiếu thư mục data/ban-goc; cũng có thể do bản gốc bị bỏ đi.",
            "Mostly the folder data/ban-goc was not copied; perhaps the export was removed.",
        ),
        Code::Supplement => (
            "Thường do hồ sơ cả năm ở đây không phải là bản mà kết quả sau hè dựa vào; cũng có thể do hồ sơ bị thay.",
            "Mostly the document of the year here is another version than the one it rests on; perhaps a document was exchanged.",
        ),
        Code::Gradebook => (
            "Thường do tệp dữ liệu bị lưu lại hoặc chép lẫn từ lớp khác; cũng có thể do điểm bị sửa.",
            "Mostly the data were saved again or are of another class; perhaps marks were changed.",
        ),
        Code::TranscriptMarks => (
            "Thường do học bạ được lập từ một bản xuất khác của sổ điểm; cũng có thể do điểm bị sửa.",
            "Mostly the transcript was made from another export of the gradebook; perhaps marks were changed.",
        ),
        Code::ClosingReport => (
            "Thường do chép thiếu thư mục data/kiem-tra, hoặc kết quả của hai hồ sơ bị chép lẫn.",
            "Mostly the folder data/kiem-tra was not copied, or the reports of two documents were mixed up.",
        ),
        Code::DepositPlan => (
            "Thường do sổ theo dõi ở đây là của một lần lập khác; cũng có thể do thông tin của gói bị sửa.",
            "Mostly the register here is of another time; perhaps what the deposit says of itself was changed.",
        ),
        Code::DepositContent => (
            "Thường do chép thiếu hoặc chép thừa hồ sơ; cũng có thể do hồ sơ được thêm hay bớt sau khi lập danh mục.",
            "Mostly a document too few or too many was copied; perhaps one was added or taken out after the list was made.",
        ),
        Code::DepositIncomplete => (
            "Thường do hồ sơ còn chờ chữ ký khi lập gói, hoặc nằm ở một gói bổ sung.",
            "Mostly the document still waited for signatures, or lies in a supplement.",
        ),
        Code::Corrects => (
            "Thường do gói giữ bản trước được nêu thiếu hoặc nêu sai; cũng có thể do sổ theo dõi ở đây là bản cũ.",
            "Mostly the earlier deposit was left out or named wrongly; perhaps the register here is an older copy.",
        ),
        Code::Correction => (
            "Thường do giấy tờ được lập trước khi giá trị thay đổi lần cuối; cũng có thể do điểm được sửa ngoài thủ tục.",
            "Mostly the paper was made before the values changed for the last time; perhaps marks were changed outside of the procedure.",
        ),
        Code::CorrectedVersion => (
            "Thường do bản sửa dựa vào một bản chưa phải là bản ký cuối; cũng có thể do bản sửa được lập ngoài thủ tục.",
            "Mostly it rests on a version that is not the last one signed; perhaps it was made outside of the procedure.",
        ),
        Code::Description => (
            "Thường do tệp mô tả bị mở và lưu lại, hoặc chép thiếu thư mục data/mo-ta.",
            "Mostly a description was opened and saved again, or the folder data/mo-ta was not copied.",
        ),
        Code::ReasonMissing => (
            "Thường do chép thiếu thư mục data/ly-do; cũng có thể do lý do bị bỏ đi.",
            "Mostly the folder data/ly-do was not copied; perhaps the words were removed.",
        ),
        Code::ReasonName => (
            "Thường do tệp lý do bị đổi tên hoặc lưu lại; cũng có thể do lời trong tệp bị sửa.",
            "Mostly the file was renamed or saved again; perhaps its words were changed.",
        ),
        Code::RosterMalformed => (
            "Thường do danh sách của trường hoặc năm học khác được chép vào, hay tệp bị mở và lưu lại.",
            "Mostly the roster of another school or year was copied there, or it was opened and saved again.",
        ),
        Code::PlansMalformed => (
            "Thường do kế hoạch của năm học khác được chép vào, hay tệp bị mở và lưu lại.",
            "Mostly the plans of another year were copied there, or the file was opened and saved again.",
        ),
        Code::StaffSignatureMissing => (
            "Thường do chép thiếu tệp chữ ký .p7s, hoặc danh sách chưa được ký đủ.",
            "Mostly a .p7s file was not copied, or the list was not signed by both.",
        ),
        Code::StaffSigner => (
            "Thường do hiệu trưởng hoặc con dấu đã đổi chứng thư; cũng có thể do danh sách không phải của trường.",
            "Mostly principal or stamp has another certificate since; perhaps the list is not of the school.",
        ),
        Code::NotCommissioned => (
            "Thường do chứng thư đã đổi mà sổ ở đây chưa ghi; cũng có thể do sổ theo dõi hoặc danh sách nhân sự bị thay.",
            "Mostly a certificate changed and the register here does not say so yet; perhaps register or roster was exchanged.",
        ),
        Code::OtherRoster => (
            "Thường do bản mang theo là của năm học khác hoặc lần lập khác; cũng có thể do danh sách ở đây bị thay.",
            "Mostly the roster that you brought is of another year or version; perhaps the one here was exchanged.",
        ),
        Code::OtherPlans => (
            "Thường do bản mang theo là của năm học khác hoặc lần lập khác; cũng có thể do kế hoạch ở đây bị thay.",
            "Mostly the plans that you brought are of another year or version; perhaps those here were exchanged.",
        ),
        Code::RegisterLine => (
            "Thường do sổ bị mở và lưu lại bằng chương trình soạn thảo, hoặc hỏng khi chép; cũng có thể do một mục bị sửa.",
            "Mostly an editor opened and saved the register, or it was damaged while it was copied; perhaps an entry was changed.",
        ),
        Code::RegisterSequence => (
            "Thường do tệp sổ bị cắt cụt hoặc ghép từ hai bản; cũng có thể do có mục bị bỏ đi.",
            "Mostly the file was cut short or joined from two copies; perhaps an entry was removed.",
        ),
        Code::RegisterChain => (
            "Thường do tệp sổ bị lưu lại hoặc ghép từ hai bản; cũng có thể do một mục bị cố ý sửa.",
            "Mostly the file was saved again or joined from two copies; perhaps an entry was changed on purpose.",
        ),
        Code::RegisterEntry => (
            "Thường do mục được ghi bởi một phiên bản khác của chương trình; cũng có thể do mục bị sửa.",
            "Mostly another version of the program wrote the entry; perhaps the entry was changed.",
        ),
        Code::CheckpointMalformed => (
            "Thường do tệp checkpoint.txt bị mở và lưu lại, hoặc hỏng khi chép.",
            "Mostly checkpoint.txt was opened and saved again, or damaged while it was copied.",
        ),
        Code::CheckpointSize => (
            "Thường do sổ và điểm chốt được chép vào hai thời điểm khác nhau; cũng có thể do có mục bị thêm hoặc bỏ.",
            "Mostly register and checkpoint were copied at two times; perhaps entries were added or removed.",
        ),
        Code::CheckpointRoot => (
            "Thường do sổ ở đây là bản khác với bản đã chốt; cũng có thể do một mục bị cố ý sửa.",
            "Mostly the register here is another copy than the one of the checkpoint; perhaps an entry was changed on purpose.",
        ),
        Code::ActName => (
            "Thường do văn bản bị đổi tên, lưu lại hoặc chép thiếu; cũng có thể do văn bản bị sửa.",
            "Mostly the act was renamed, saved again or not copied; perhaps it was changed.",
        ),
        Code::ActMalformed => (
            "Thường do văn bản được lập bằng phần mềm khác, hoặc ghi nhầm mã người.",
            "Mostly another program made the act, or it names people by wrong codes.",
        ),
        Code::ActOtherRoster => (
            "Thường do văn bản của năm học hoặc trường khác bị chép lẫn vào.",
            "Mostly an act of another year or school was copied there.",
        ),
        Code::ActSigner => (
            "Thường do ký bằng USB token đã thay, hoặc trước ngày người ký nhận nhiệm vụ; cũng có thể do văn bản không phải của trường.",
            "Mostly a replaced token was used, or the signer was not in office yet; perhaps the act is not of the school.",
        ),
        Code::ActNotRegistered => (
            "Thường do sổ theo dõi ở đây cũ hơn văn bản; cũng có thể do văn bản được lập ngoài hệ thống.",
            "Mostly the register here is older than the act; perhaps the act was made outside of the system.",
        ),
        Code::RegisterCited => (
            "Thường do sổ theo dõi ở đây là bản cũ; cũng có thể do tệp được dẫn chiếu bị thay.",
            "Mostly the register here is an older copy; perhaps the cited file was exchanged.",
        ),
        Code::RegisterClosing => (
            "Thường do tệp sổ được ghép từ hai bản; cũng có thể do mục ghi chữ ký bị bỏ đi.",
            "Mostly the register was joined from two copies; perhaps entries of signatures were removed.",
        ),
        Code::RegisterShortened => (
            "Thường do đây là bản chép cũ hơn điểm chốt; cũng có thể do các mục sau bị bỏ đi.",
            "Mostly this copy is older than the checkpoint; perhaps later entries were left out.",
        ),
        Code::RegisterRewritten => (
            "Có thể do sổ được lập lại sau sự cố, hoặc điểm chốt đã giữ là của bản chạy thử; cũng có thể do cố ý viết lại.",
            "The register may have been begun anew after a failure, or the checkpoint may be of a trial; perhaps it was rewritten on purpose.",
        ),
        Code::SittingCheckpoint => (
            "Thường do sổ được khôi phục từ một bản sao lưu cũ; cũng có thể do có mục bị sửa hoặc bỏ đi.",
            "Mostly the register was restored from an older backup; perhaps entries were changed or removed.",
        ),
        Code::HeldCheckpointSchool => (
            "Thường do chọn nhầm tệp khi giữ điểm chốt của nhiều trường.",
            "Mostly another file was chosen where checkpoints of several schools are kept.",
        ),
        Code::HeldCheckpointSignature => (
            "Thường do tệp điểm chốt bị mở và lưu lại, hoặc chữ ký của hai điểm chốt bị lẫn; cũng có thể do điểm chốt bị sửa.",
            "Mostly the checkpoint was opened and saved again, or two signatures were mixed up; perhaps it was changed.",
        ),
        Code::HeldCheckpointSigner => (
            "Thường do người ký đã đổi chứng thư, hoặc không còn trong danh sách nhân sự; cũng có thể do điểm chốt không phải của trường.",
            "Mostly the signer has another certificate since, or left the roster; perhaps the checkpoint is not of the school.",
        ),
        Code::CheckpointSigner => (
            "Thường do người ký thuộc danh sách nhân sự của năm học khác; cũng có thể do điểm chốt không phải của trường.",
            "Mostly the signer stands in the roster of another year; perhaps the checkpoint is not of the school.",
        ),
        Code::RegisterUnsigned => (
            "Thường do chỉ chép tệp sổ mà không chép điểm chốt và chữ ký đi kèm.",
            "Mostly the register was copied without its checkpoint and signature.",
        ),
        Code::RegisterTail => (
            "Thường do sổ được chép ra khi có mục mới mà chưa ai ký điểm chốt.",
            "Mostly entries were added and nobody had signed a checkpoint when the register was copied.",
        ),
        Code::RegisterNotConfirmed => (
            "Thường do chép nhầm mã chứng thư, hoặc điểm chốt ở đây do người khác của trường ký, không phải con dấu.",
            "Mostly the fingerprint was copied wrongly, or somebody else of the school than the stamp signed the checkpoint.",
        ),
        Code::CheckpointSchool => {
            ("Thường do tệp của hai trường bị chép lẫn.", "Mostly files of two schools were mixed up.")
        }
        Code::DepositNotRegistered => (
            "Thường do sổ theo dõi ở đây cũ hơn gói lưu trữ; cũng có thể do gói không do hệ thống của trường lập.",
            "Mostly the register here is older than the deposit; perhaps the school's system did not make it.",
        ),
        Code::DepositRegisteredOtherwise => (
            "Thường do gói được niêm phong lại mà đây là bản cũ; cũng có thể do gói bị thay.",
            "Mostly the deposit was sealed again and this is the older one; perhaps it was exchanged.",
        ),
        Code::ImageUnreadable => (
            "Thường do đĩa xước, ghi chưa xong hoặc tệp .iso tải về chưa đủ; cũng có thể do đây không phải là ảnh đĩa.",
            "Mostly the disc is scratched or was not finished, or the .iso was not downloaded whole; perhaps it is no image.",
        ),
        Code::ImageWithoutJoliet => (
            "Thường do ảnh đĩa được tạo lại bằng phần mềm khác.",
            "Mostly another program made the image anew.",
        ),
        Code::ImageTruncated => {
            ("Thường do ghi hoặc chép chưa xong.", "Mostly writing or copying was not finished.")
        }
        Code::ImageTail => (
            "Thường do phần mềm ghi hoặc ổ đọc thêm vùng đệm vào cuối; cũng có thể do dữ liệu được thêm vào.",
            "Mostly a writing program or drive added padding; perhaps data were added.",
        ),
        Code::ImageDirectory => (
            "Thường do đĩa xước hoặc ảnh đĩa hỏng khi chép; cũng có thể do thư mục bị sửa.",
            "Mostly the disc is scratched, or the image was damaged while it was copied; perhaps the directory was changed.",
        ),
        Code::ImageExtent => (
            "Thường do ảnh đĩa bị cắt cụt khi chép; cũng có thể do vị trí của tệp bị sửa.",
            "Mostly the image was cut short while it was copied; perhaps the place of a file was changed.",
        ),
        Code::ImageOverlap => (
            "Thường do phần mềm tạo ảnh đĩa ghi các tệp giống nhau vào một chỗ; cũng có thể do ảnh đĩa bị sửa.",
            "Mostly the program that made the image stores equal files once; perhaps the image was changed.",
        ),
        Code::ImageTreesDiffer => (
            "Thường do ảnh đĩa được sửa bằng phần mềm chỉ cập nhật một trong hai danh mục; cũng có thể do cố ý.",
            "Mostly a program changed the image and updated one of its two lists only; perhaps it is on purpose.",
        ),
        Code::ImageSlack => (
            "Thường do phần mềm ghi không xóa trắng phần thừa; cũng có thể do dữ liệu được giấu vào đó.",
            "Mostly the writing program does not clear what is left of a block; perhaps data are hidden there.",
        ),
        Code::ImageUnused => (
            "Thường do phần mềm ghi để lại dữ liệu của tệp đã bỏ; cũng có thể do dữ liệu được giấu vào đó.",
            "Mostly the writing program left data of a removed file; perhaps data are hidden there.",
        ),
        Code::StatementMedium => (
            "Thường do tệp niêm phong của hai vật mang bị chép lẫn; cũng có thể do bị tráo.",
            "Mostly the seals of two media were mixed up; perhaps they were exchanged.",
        ),
        Code::MediumDeposits => (
            "Thường do chép thiếu hoặc chép thừa một gói; cũng có thể do một gói bị thay sau khi niêm phong.",
            "Mostly a deposit too few or too many was copied; perhaps one was exchanged after sealing.",
        ),
        Code::MediumOtherSchool => {
            ("Thường do gói của hai trường bị chép lẫn.", "Mostly deposits of two schools were mixed up.")
        }
        Code::MediumNotPlanned => (
            "Thường do sổ theo dõi được chép từ vật mang khác; cũng có thể do sổ bị thay.",
            "Mostly the register was copied from another medium; perhaps it was exchanged.",
        ),
        Code::DepositRegister => (
            "Thường do sổ được khôi phục từ một bản sao lưu cũ giữa hai lần lưu trữ; cũng có thể do cố ý viết lại.",
            "Mostly the register was restored from an older backup between two archivings; perhaps it was rewritten on purpose.",
        ),
        Code::MediumWithoutDeposit => (
            "Thường do chép thiếu thư mục data, hoặc chọn nhầm vật mang.",
            "Mostly the folder data was not copied, or another medium was chosen.",
        ),
        Code::DepositInvalid => (
            "Thường do một tệp trong gói hỏng khi chép hoặc bị lưu lại; cũng có thể do cố ý sửa.",
            "Mostly a file in it was damaged while it was copied or saved again; perhaps it was changed on purpose.",
        ),
        Code::DepositIndeterminate => (
            "Thường do khi kiểm tra thiếu chứng thư gốc, dữ liệu thu hồi hoặc bằng chứng thời gian cho gói.",
            "Mostly a root certificate, revocation data or a proof of time for the deposit is missing.",
        ),
        Code::DepositFolder => {
            ("Thường do thư mục được đổi tên khi chép.", "Mostly the folder was renamed while it was copied.")
        }
        Code::TooManyProblems => (
            "Thường do một nguyên nhân chung, ví dụ chọn nhầm thư mục hoặc vật mang hỏng nặng.",
            "Mostly they have one cause, such as another folder or a badly damaged medium.",
        ),
    }
}
