//! Words for everything that can be wrong with a deposit, its register or its medium: what was found,
//! and where it helps what to do now. The file or entry is shown beside them.

use verification::deposit::Code;

/// What to do with a deposit that was changed: the same advice wherever bytes differ.
macro_rules! use_other_copy {
    ($vi:literal, $en:literal) => {
        (
            concat!($vi, " Vui lòng giữ nguyên vật mang này và đối chiếu với bản lưu thứ hai."),
            concat!($en, " Keep this medium as it is and compare it with the second copy."),
        )
    };
}

/// Vietnamese and English words for a finding. One match, so that a new code cannot be forgotten.
pub fn words(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::Unreadable => use_other_copy!("Không đọc được tệp.", "The file cannot be read."),
        Code::TooLarge => (
            "Tệp lớn hơn mức cho phép. Vui lòng không mở tệp này và đối chiếu với bản lưu thứ hai.",
            "The file is larger than allowed. Do not open it; compare it with the second copy.",
        ),
        Code::TooManyFiles => (
            "Có quá nhiều tệp. Vui lòng chọn đúng thư mục của gói lưu trữ.",
            "There are too many files. Choose the folder of the deposit itself.",
        ),
        Code::NotABag => (
            "Thư mục này không phải gói lưu trữ BagIt 1.0. Vui lòng chọn đúng thư mục của gói lưu trữ.",
            "This folder is no BagIt 1.0 bag. Choose the folder of the deposit itself.",
        ),
        Code::NameRefused => (
            "Tên tệp có ký tự hoặc độ dài mà không phải hệ thống nào cũng lưu được. Vui lòng không đổi tên tệp và đối chiếu với bản lưu thứ hai.",
            "The file name has characters or a length that not every system can store. Do not rename it; compare it with the second copy.",
        ),
        Code::NameTwice => use_other_copy!(
            "Hai tên tệp chỉ khác nhau ở chữ hoa và chữ thường.",
            "Two file names differ only in upper and lower case."
        ),
        Code::EmptyFolder => use_other_copy!(
            "Thư mục rỗng không thuộc gói lưu trữ.",
            "The empty folder does not belong to the deposit."
        ),
        Code::UnlistedFile => (
            "Tệp này không thuộc gói lưu trữ đã niêm phong. Vui lòng không mở tệp này và đối chiếu với bản lưu thứ hai.",
            "The file does not belong to the sealed deposit. Do not open it; compare it with the second copy.",
        ),
        Code::UnknownPlace => (
            "Tệp nằm ở vị trí hoặc mang tên không theo quy định của gói lưu trữ. Vui lòng không di chuyển tệp và đối chiếu với bản lưu thứ hai.",
            "The file lies in a place, or has a name, that a deposit does not provide for. Do not move it; compare it with the second copy.",
        ),
        Code::TagFileMissing => {
            use_other_copy!("Thiếu tệp kê khai của gói lưu trữ.", "A tag file of the deposit is missing.")
        }
        Code::BagInfo => use_other_copy!(
            "Thông tin gói lưu trữ thiếu, lặp lại hoặc không khớp với niêm phong.",
            "The deposit's metadata are missing, repeated, or do not agree with the seal."
        ),
        Code::PayloadOxum => use_other_copy!(
            "Số tệp hoặc tổng dung lượng không khớp với thông tin đã kê khai.",
            "Number or total size of the files differs from what was declared."
        ),
        Code::ManifestMalformed => {
            use_other_copy!("Bảng kê mã băm không đúng định dạng.", "The manifest is malformed.")
        }
        Code::PayloadMissing => {
            use_other_copy!("Thiếu tệp có trong bảng kê.", "A file named by the manifest is missing.")
        }
        Code::PayloadExtra => {
            use_other_copy!("Tệp không có trong bảng kê.", "The file is not named by the manifest.")
        }
        Code::PayloadAltered => use_other_copy!(
            "Nội dung tệp đã thay đổi so với bảng kê.",
            "The content of the file differs from the manifest."
        ),
        Code::TagmanifestList => use_other_copy!(
            "Bảng kê tệp kê khai không liệt kê đúng các tệp quy định.",
            "The tag manifest does not list exactly the agreed tag files."
        ),
        Code::TagAltered => use_other_copy!("Tệp kê khai đã bị thay đổi.", "A tag file was changed."),
        Code::SealMissing => use_other_copy!("Thiếu tệp của niêm phong.", "A file of the seal is missing."),
        Code::StatementMalformed => {
            use_other_copy!("Bản niêm phong không đúng định dạng.", "The seal statement is malformed.")
        }
        Code::StatementDeposit => (
            "Bản niêm phong là của gói lưu trữ khác. Vui lòng tìm bản niêm phong của đúng gói này ở bản lưu thứ hai.",
            "The seal statement is of another deposit. Look for the seal of this deposit in the second copy.",
        ),
        Code::StatementTagmanifest => use_other_copy!(
            "Bảng kê không phải bảng kê đã niêm phong.",
            "The tag manifest is not the one that was sealed."
        ),
        Code::StatementRecord => use_other_copy!(
            "Biên bản niêm phong không phải bản đã niêm phong.",
            "The sealing record is not the one that was sealed."
        ),
        Code::StatementRoster => use_other_copy!(
            "Danh sách nhân sự không phải bản đã niêm phong.",
            "The roster is not the one that was sealed."
        ),
        Code::StatementPlans => use_other_copy!(
            "Kế hoạch ký không phải bản đã niêm phong.",
            "The signing plans are not the ones that were sealed."
        ),
        Code::StatementCheckpoint => use_other_copy!(
            "Điểm chốt sổ theo dõi không phải bản đã niêm phong.",
            "The checkpoint of the register is not the one that was sealed."
        ),
        Code::SignatureBroken => use_other_copy!(
            "Chữ ký số kèm theo bị hỏng hoặc không phải của tệp này.",
            "The detached signature is broken or not over this file."
        ),
        Code::SignatureDigest => (
            "Chữ ký số dùng thuật toán băm khác quy định. Vui lòng hỏi nhà trường chữ ký này được tạo bằng phần mềm nào.",
            "The detached signature uses another digest than agreed. Ask the school which program made the signature.",
        ),
        Code::SealSigner => (
            "Niêm phong không do con dấu nêu trong danh sách nhân sự ký. Vui lòng không dựa vào niêm phong này và hỏi nhà trường.",
            "The seal is not signed by the stamp that the roster names. Do not rely on the seal; ask the school.",
        ),
        Code::SealNotTheSchool => (
            "Niêm phong không do chứng thư số mà Quý vị nêu ký. Vui lòng kiểm tra lại chứng thư số của nhà trường.",
            "The seal is not signed by the certificate that you named. Check the school's certificate.",
        ),
        Code::TimestampMissing => (
            "Niêm phong chưa có dấu thời gian nên chưa chứng minh được thời điểm. Vui lòng hỏi nhà trường về bằng chứng thời gian bổ sung, hoặc kiểm tra cùng vật mang mới hơn.",
            "The seal has no timestamp, so nothing proves its time. Ask the school for a later proof of time, or check it together with a newer medium.",
        ),
        Code::TimestampBroken => use_other_copy!(
            "Dấu thời gian bị hỏng hoặc không phải của niêm phong này.",
            "The timestamp is broken or not over this seal."
        ),
        Code::TimestampNotTrusted => (
            "Chưa xác lập được tin cậy đối với nơi cấp dấu thời gian. Vui lòng bổ sung chứng thư gốc.",
            "The timestamp authority does not lead to a trusted root. Add the root certificate.",
        ),
        Code::CertificateMalformed => use_other_copy!(
            "Không đọc được chứng thư số của người ký.",
            "A signer's certificate cannot be read."
        ),
        Code::CertificateNotTrusted => (
            "Chưa xác lập được tin cậy đối với chứng thư số của người ký. Vui lòng bổ sung chứng thư gốc.",
            "A signer's certificate does not lead to a trusted root. Add the root certificate.",
        ),
        Code::CertificateRevoked => (
            "Chứng thư số của người ký đã bị thu hồi trước thời điểm được chứng minh. Vui lòng không dựa vào chữ ký này và hỏi nhà trường vì sao chứng thư bị thu hồi.",
            "A signer's certificate was revoked before the proven time. Do not rely on the signature; ask the school why the certificate was revoked.",
        ),
        Code::RevocationUnchecked => (
            "Chưa kiểm tra được tình trạng thu hồi chứng thư số của người ký. Vui lòng bổ sung danh sách thu hồi.",
            "Revocation of a signer's certificate could not be checked. Add the revocation list.",
        ),
        Code::CertificateNotInValidity => (
            "Thời điểm được chứng minh nằm ngoài thời hạn của chứng thư số của người ký. Vui lòng tìm dấu thời gian hoặc bằng chứng thời gian bổ sung.",
            "The proven time is outside the validity of a signer's certificate. Look for a timestamp or a later proof of time.",
        ),
        Code::CertificateMayNotSign => (
            "Chứng thư số của người ký không dùng để ký số. Vui lòng không dựa vào chữ ký này và hỏi nhà trường.",
            "A signer's certificate is not meant for signatures. Do not rely on the signature; ask the school.",
        ),
        Code::CertificateWeak => (
            "Khóa hoặc thuật toán của chứng thư số của người ký không đủ mạnh. Vui lòng hỏi nhà trường và nơi cấp chứng thư.",
            "Key or algorithms of a signer's certificate are too weak. Ask the school and the issuer of the certificate.",
        ),
        Code::RecordDeposit => (
            "Biên bản niêm phong là của gói lưu trữ khác. Vui lòng tìm biên bản của đúng gói này ở bản lưu thứ hai.",
            "The sealing record is of another deposit. Look for the record of this deposit in the second copy.",
        ),
        Code::RecordIncomplete => (
            "Biên bản niêm phong chưa đủ chữ ký hoặc ký sai thứ tự. Vui lòng hỏi nhà trường biên bản đã ký đủ.",
            "The sealing record lacks signatures or was signed out of order. Ask the school for the record that all have signed.",
        ),
        Code::RecordData => use_other_copy!(
            "Số liệu trong biên bản niêm phong không khớp với gói lưu trữ.",
            "What the sealing record states does not agree with the deposit."
        ),
        Code::DocumentInvalid => (
            "Tài liệu không hợp lệ. Vui lòng xem lý do ở kết quả kiểm tra của tài liệu đó.",
            "The document is not valid. Read in its own result why.",
        ),
        Code::DocumentIndeterminate => (
            "Chưa đủ căn cứ để kết luận tài liệu hợp lệ. Vui lòng xem lý do ở kết quả kiểm tra của tài liệu đó.",
            "The document could not be proven valid. Read in its own result why.",
        ),
        Code::DocumentIncomplete => (
            "Tài liệu chưa đủ chữ ký hoặc ký sai thứ tự theo kế hoạch ký. Vui lòng hỏi nhà trường bản đã ký đủ.",
            "The document lacks signatures of its plan or was signed out of order. Ask the school for the copy that all have signed.",
        ),
        Code::DocumentName => (
            "Tên tệp không phải mã hồ sơ ghi trong tài liệu. Vui lòng không đổi tên tệp và đối chiếu với bản lưu thứ hai.",
            "The file is named after another dossier than the document names. Do not rename it; compare it with the second copy.",
        ),
        Code::DocumentData => use_other_copy!(
            "Dữ liệu đính kèm trong tài liệu bị thiếu, không đọc được hoặc của hồ sơ khác.",
            "The data inside the document are missing, unreadable or of another dossier."
        ),
        Code::NoDossier => (
            "Gói lưu trữ không có hồ sơ nào. Vui lòng kiểm tra đã chép đủ thư mục data/ho-so chưa.",
            "The deposit holds no document. Check that the folder data/ho-so was copied.",
        ),
        Code::NotRegistered => (
            "Sổ theo dõi không ghi nhận tệp này là bản cuối của hồ sơ. Vui lòng đối chiếu với bản lưu thứ hai và hỏi nhà trường.",
            "The register does not know this file as the final one of its dossier. Compare it with the second copy and ask the school.",
        ),
        Code::ExportName => use_other_copy!(
            "Tên bản gốc không khớp với mã băm của nội dung.",
            "The original export is not named by the digest of its content."
        ),
        Code::ExportNotLocked => (
            "Không có quyết định khóa sổ hợp lệ nào nêu bản gốc này. Vui lòng hỏi nhà trường quyết định khóa sổ của lớp này.",
            "No valid lock decision names this export. Ask the school for the lock decision of this class.",
        ),
        Code::ExportMissing => use_other_copy!(
            "Bản gốc mà tài liệu dựa vào không có trong gói lưu trữ.",
            "The export behind the document is not in the deposit."
        ),
        Code::Supplement => (
            "Hồ sơ sau hè bổ sung cho một hồ sơ cả năm khác với hồ sơ đã đóng. Vui lòng hỏi nhà trường kết quả này bổ sung cho hồ sơ nào.",
            "The results after the summer supplement another document than the closed one. Ask the school which document these results supplement.",
        ),
        Code::Gradebook => use_other_copy!(
            "Dữ liệu sổ điểm bị thiếu, không đúng định dạng hoặc không khớp với sổ của lớp.",
            "The gradebook is missing, malformed, or does not agree with the class book."
        ),
        Code::TranscriptMarks => (
            "Điểm hoặc thông tin của học sinh trong học bạ không giống sổ điểm của chính bản gốc mà học bạ dựa vào. Không dùng học bạ này; vui lòng hỏi nhà trường.",
            "Marks or particulars of the pupil in the transcript are not those of the gradebook of its own export. Do not use this transcript; ask the school.",
        ),
        Code::ClosingReport => use_other_copy!(
            "Kết quả kiểm tra khi khép hồ sơ bị thiếu, không đọc được hoặc của tệp khác.",
            "The report of the dossier's closing is missing, unreadable or of another file."
        ),
        Code::DepositPlan => (
            "Sổ theo dõi không lập gói lưu trữ này, hoặc lập với loại, phần sửa chữa hay mức hoàn tất khác. Vui lòng đối chiếu với bản lưu thứ hai và hỏi nhà trường.",
            "The register did not plan this deposit, or planned it as another kind, with other corrections or another completeness. Compare it with the second copy and ask the school.",
        ),
        Code::DepositContent => use_other_copy!(
            "Hồ sơ hoặc tệp gốc không khớp với danh mục mà sổ theo dõi đã lập cho gói này.",
            "A document or export does not agree with what the register planned for this deposit."
        ),
        Code::DepositIncomplete => (
            "Gói ghi là năm học đã hoàn tất, nhưng chưa gói nào có hồ sơ này. Vui lòng hỏi nhà trường hồ sơ này nằm ở gói nào.",
            "The deposit says that the year is complete, but no deposit so far holds this document. Ask the school in which deposit it lies.",
        ),
        Code::Corrects => (
            "Gói chứa bản sửa của hồ sơ nhưng không nêu đúng gói giữ bản trước đó. Vui lòng hỏi nhà trường gói nào giữ bản trước khi sửa.",
            "A corrected document is here, but the deposit that holds the version before it is not named rightly. Ask the school which deposit holds the version before it.",
        ),
        Code::Correction => (
            "Phiếu đề nghị sửa, biên bản sửa chữa hoặc bảng tổng hợp sửa chữa không đúng với các giá trị đã sửa. Không dùng bản sửa này; vui lòng hỏi nhà trường.",
            "A paper of a correction does not agree with the values that were changed. Do not use the corrected version; ask the school.",
        ),
        Code::CorrectedVersion => (
            "Bản sửa của hồ sơ không nêu đúng bản đã ký trước nó hoặc không có biên bản sửa chữa. Không dùng bản này; vui lòng hỏi nhà trường.",
            "A corrected version does not name the signed version before it, or no record of correction allows it. Do not use it; ask the school.",
        ),
        Code::Description => use_other_copy!(
            "Bản mô tả hồ sơ thiếu hoặc không khớp với tệp và sổ theo dõi.",
            "The description of a document is missing or does not agree with file and register."
        ),
        Code::ReasonMissing => use_other_copy!(
            "Thiếu lý do bằng lời mà sổ theo dõi đã ghi mã băm.",
            "Words that the register names by their digest are missing."
        ),
        Code::ReasonName => use_other_copy!(
            "Tệp lý do không mang đúng mã băm của nó, hoặc sổ theo dõi không ghi nhận tệp này.",
            "A file with words is not named by its digest, or the register does not know it."
        ),
        Code::RosterMalformed => use_other_copy!(
            "Danh sách nhân sự không đúng định dạng hoặc không phải của trường và năm học này.",
            "The roster is malformed or not of this school and year."
        ),
        Code::PlansMalformed => use_other_copy!(
            "Kế hoạch ký không đúng định dạng hoặc không phải của năm học này.",
            "The signing plans are malformed or not of this year."
        ),
        Code::StaffSignatureMissing => (
            "Thiếu chữ ký của hiệu trưởng hoặc con dấu trên danh sách nhân sự hay kế hoạch ký. Vui lòng tìm tệp chữ ký .p7s ở bản lưu thứ hai.",
            "Roster or plans lack the signature of principal or stamp. Look for the .p7s file in the second copy.",
        ),
        Code::StaffSigner => (
            "Danh sách nhân sự hoặc kế hoạch ký không do hiệu trưởng và con dấu đã nêu ký. Vui lòng không dựa vào danh sách hay kế hoạch này và hỏi nhà trường.",
            "Roster or plans are not signed by the principal and stamp that the roster names. Do not rely on them; ask the school.",
        ),
        Code::NotCommissioned => (
            "Sổ theo dõi không xác nhận chứng thư số của hiệu trưởng và con dấu. Vui lòng đối chiếu mã chứng thư với nhà trường.",
            "The register does not confirm the certificates of principal and stamp. Compare the fingerprints with the school.",
        ),
        Code::OtherRoster => (
            "Danh sách nhân sự không phải bản mà Quý vị cung cấp. Vui lòng kiểm tra bản mang theo có đúng năm học không; nếu đúng, hãy hỏi nhà trường.",
            "The roster is not the one that you brought. Check that yours is of the right year; if it is, ask the school.",
        ),
        Code::OtherPlans => (
            "Kế hoạch ký không phải bản mà Quý vị cung cấp. Vui lòng kiểm tra bản mang theo có đúng năm học không; nếu đúng, hãy hỏi nhà trường.",
            "The signing plans are not the ones that you brought. Check that yours are of the right year; if they are, ask the school.",
        ),
        Code::RegisterLine => use_other_copy!(
            "Một dòng của sổ theo dõi không đúng định dạng.",
            "A line of the register is malformed."
        ),
        Code::RegisterSequence => use_other_copy!(
            "Số thứ tự trong sổ theo dõi không liên tục.",
            "The numbers of the register have a gap."
        ),
        Code::RegisterChain => use_other_copy!(
            "Một mục của sổ theo dõi không nối tiếp mục trước.",
            "An entry does not follow from the one before it."
        ),
        Code::RegisterEntry => (
            "Một mục của sổ theo dõi thiếu nội dung bắt buộc. Vui lòng kiểm tra lại bằng phiên bản mới nhất của chương trình, rồi đối chiếu với bản lưu thứ hai.",
            "An entry of the register lacks what its kind must say. Check again with the latest version of the program, then compare with the second copy.",
        ),
        Code::CheckpointMalformed => use_other_copy!(
            "Điểm chốt sổ theo dõi không đúng định dạng.",
            "The checkpoint of the register is malformed."
        ),
        Code::CheckpointSize => use_other_copy!(
            "Sổ theo dõi có số mục khác với điểm chốt.",
            "The register has another number of entries than its checkpoint."
        ),
        Code::CheckpointRoot => use_other_copy!(
            "Sổ theo dõi không phải bản đã chốt.",
            "The register is not the one of its checkpoint."
        ),
        Code::ActName => (
            "Văn bản không mang tên theo mã băm của mình, hoặc có chữ ký mà thiếu văn bản. Vui lòng đối chiếu với bản lưu thứ hai.",
            "An act is not named by its digest, or a signature lies there without its act. Compare with the second copy.",
        ),
        Code::ActMalformed => (
            "Văn bản không đúng định dạng, tự mâu thuẫn hoặc nêu người không có trong danh sách nhân sự. Vui lòng yêu cầu nhà trường lập lại.",
            "An act is malformed, contradicts itself, or names people whom the roster does not have. Ask the school to make it anew.",
        ),
        Code::ActOtherRoster => (
            "Văn bản thuộc trường khác hoặc danh sách nhân sự khác. Vui lòng đối chiếu với hồ sơ của đúng năm học.",
            "An act is of another school or of another roster. Compare it with the papers of the right year.",
        ),
        Code::ActSigner => (
            "Văn bản không được ký bởi đúng người phải ký (hiệu trưởng đương nhiệm, con dấu). Vui lòng không dựa vào văn bản này và báo cho cơ quan quản lý.",
            "An act is not signed by those who must sign it (the principal in office, the stamp). Do not rely on it; tell the authority.",
        ),
        Code::ActNotRegistered => (
            "Sổ theo dõi không ghi nhận văn bản này. Vui lòng không dựa vào văn bản này và yêu cầu nhà trường giải trình.",
            "The register does not know this act. Do not rely on it; ask the school.",
        ),
        Code::RegisterCited => (
            "Hồ sơ dẫn chiếu một tệp mà trước đó sổ theo dõi không ghi là đã đóng. Vui lòng không dùng bản này và báo cho cơ quan quản lý.",
            "A document cites a file that the register does not close before. Do not rely on this copy; tell the authority.",
        ),
        Code::RegisterClosing => (
            "Sổ theo dõi ghi hồ sơ đã đóng nhưng trước đó không ghi đủ các chữ ký của hồ sơ. Vui lòng không dùng bản này và báo cho cơ quan quản lý.",
            "The register closes a dossier without naming its signatures before. Do not rely on this copy; tell the authority.",
        ),
        Code::RegisterShortened => (
            "Sổ theo dõi ở đây có ít mục hơn điểm chốt đã giữ. Nếu vật mang được lập trước ngày của điểm chốt, hãy đối chiếu với điểm chốt của thời gian đó; nếu không, vui lòng báo cho cơ quan quản lý.",
            "The register here has fewer entries than the checkpoint that was kept. If the medium was made before that checkpoint, compare it with one of its own time; else tell the authority.",
        ),
        Code::RegisterRewritten => (
            "Các mục đầu của sổ theo dõi không phải là các mục đã chốt trước đây. Vui lòng giữ nguyên vật mang này và báo cho cơ quan quản lý.",
            "The first entries of the register are not those that were proven earlier. Keep this medium as it is and tell the authority.",
        ),
        Code::SittingCheckpoint => use_other_copy!(
            "Sổ theo dõi trên vật mang không nối tiếp điểm chốt mà người ký đã ký khi kết thúc lượt ký.",
            "The register on the medium does not continue a checkpoint that a signer signed at the end of a sitting."
        ),
        Code::HeldCheckpointSchool => (
            "Điểm chốt đã giữ là của sổ theo dõi trường khác. Vui lòng chọn đúng điểm chốt của trường này.",
            "The checkpoint that was kept is of another school's register. Choose the one of this school.",
        ),
        Code::HeldCheckpointSignature => (
            "Chữ ký giữ cùng điểm chốt bị hỏng hoặc không phải của điểm chốt này, nên điểm chốt chưa được chứng minh. Vui lòng tìm lại bản điểm chốt gốc cùng chữ ký của nó.",
            "The signature kept with the checkpoint is broken or not over it, so the checkpoint is not proven. Find the original with its signature.",
        ),
        Code::HeldCheckpointSigner => (
            "Điểm chốt đã giữ do một chứng thư ký mà danh sách nhân sự và sổ theo dõi đều không nêu. Vui lòng hỏi nơi đã giao điểm chốt này.",
            "The checkpoint that was kept is signed by a certificate that neither roster nor register names. Ask whoever handed it over.",
        ),
        Code::CheckpointSigner => (
            "Điểm chốt đặt cạnh sổ do một chứng thư ký mà sổ theo dõi và danh sách nhân sự đều không nêu. Vui lòng hỏi nhà trường ai đã ký.",
            "The checkpoint beside the register is signed by a certificate that neither register nor roster names. Ask the school who signed it.",
        ),
        Code::RegisterUnsigned => (
            "Không có điểm chốt nào được ký hoặc đã giữ để chứng minh các mục này là sổ của trường; nối tiếp nhau đúng thôi chưa đủ. Vui lòng đặt checkpoint.txt và checkpoint.txt.p7s cạnh tệp sổ, hoặc dùng --checkpoint với điểm chốt đã giữ.",
            "No checkpoint that somebody signed or kept proves that these entries are the school's register; that they follow from each other is not enough. Put checkpoint.txt and checkpoint.txt.p7s beside it, or name a checkpoint that was kept with --checkpoint.",
        ),
        Code::RegisterTail => (
            "Từ mục này trở đi chưa có điểm chốt nào chứng minh: chỉ các mục trước đó là chắc chắn. Vui lòng yêu cầu nhà trường ký điểm chốt mới.",
            "From this entry on no checkpoint proves anything yet: only the entries before it are certain. Ask the school for a newer signed checkpoint.",
        ),
        Code::RegisterNotConfirmed => (
            "Không có điểm chốt nào được ký bằng chứng thư của trường mà bạn đã nêu. Vui lòng kiểm tra mã chứng thư trên nhãn, hoặc dùng điểm chốt do con dấu ký.",
            "No checkpoint is signed by the school's certificate that you named. Check the code on the label, or use a checkpoint that the stamp signed.",
        ),
        Code::CheckpointSchool => (
            "Điểm chốt là của sổ theo dõi trường khác. Vui lòng chọn đúng sổ và điểm chốt của trường này.",
            "The checkpoint is of another school's register. Choose register and checkpoint of one school.",
        ),
        Code::DepositNotRegistered => (
            "Sổ theo dõi không ghi nhận gói lưu trữ này. Vui lòng đối chiếu với bản lưu thứ hai và hỏi nhà trường.",
            "The register does not know this deposit. Compare it with the second copy and ask the school.",
        ),
        Code::DepositRegisteredOtherwise => use_other_copy!(
            "Sổ theo dõi ghi nhận gói lưu trữ này với mã băm khác.",
            "The register knows this deposit with other digests."
        ),
        Code::ImageUnreadable => use_other_copy!(
            "Không đọc được ảnh đĩa theo chuẩn ISO 9660.",
            "The image cannot be read as ISO 9660."
        ),
        Code::ImageWithoutJoliet => (
            "Ảnh đĩa không có tên tệp Joliet. Vui lòng dùng ảnh đĩa gốc của nhà trường.",
            "The image has no Joliet names. Use the original image of the school.",
        ),
        Code::ImageTruncated => use_other_copy!("Ảnh đĩa bị cụt.", "The image is cut short."),
        Code::ImageTail => use_other_copy!(
            "Sau phần cuối của ảnh đĩa còn có dữ liệu khác.",
            "Other data lies behind the end of the image."
        ),
        Code::ImageDirectory => {
            use_other_copy!("Một thư mục trên ảnh đĩa bị hỏng.", "A directory of the image is damaged.")
        }
        Code::ImageExtent => {
            use_other_copy!("Tệp nằm ngoài phạm vi ảnh đĩa.", "The file lies outside the image.")
        }
        Code::ImageOverlap => use_other_copy!(
            "Hai tệp trên ảnh đĩa chồng lên nhau.",
            "Two files of the image lie over each other."
        ),
        Code::ImageTreesDiffer => use_other_copy!(
            "Windows và hệ thống khác sẽ thấy các tệp khác nhau trên ảnh đĩa này.",
            "Windows and other systems would see different files on this image."
        ),
        Code::ImageSlack => use_other_copy!(
            "Có dữ liệu nằm sau phần cuối của một tệp, ngoài phạm vi niêm phong.",
            "Something lies behind the end of a file, where no seal covers it."
        ),
        Code::ImageUnused => use_other_copy!(
            "Có dữ liệu ở chỗ không thuộc tệp hay thư mục nào trên ảnh đĩa, ngoài phạm vi niêm phong.",
            "Something lies where no file and no directory of the image is, and where no seal covers it."
        ),
        Code::StatementMedium => (
            "Bản niêm phong là của vật mang khác. Vui lòng tìm bản niêm phong của đúng vật mang này.",
            "The seal statement is of another medium. Look for the seal of this very medium.",
        ),
        Code::MediumDeposits => use_other_copy!(
            "Các gói lưu trữ trên vật mang không đúng với niêm phong của vật mang.",
            "The deposits on the medium are not those that its seal names."
        ),
        Code::MediumOtherSchool => (
            "Gói lưu trữ này là của trường khác với trường niêm phong vật mang. Vui lòng hỏi nhà trường vì sao gói này nằm ở đây.",
            "The deposit is of another school than the one that sealed the medium. Ask the school why the deposit lies here.",
        ),
        Code::MediumNotPlanned => use_other_copy!(
            "Sổ theo dõi trên vật mang không kết thúc bằng việc lập chính vật mang này.",
            "The register does not end with the planning of this medium and its deposits."
        ),
        Code::DepositRegister => use_other_copy!(
            "Sổ theo dõi của vật mang không nối tiếp sổ theo dõi trong gói lưu trữ.",
            "The register of the medium does not continue the one in the deposit."
        ),
        Code::MediumWithoutDeposit => (
            "Trên vật mang không có gói lưu trữ nào. Vui lòng kiểm tra đã chọn đúng vật mang và chép đủ thư mục data chưa.",
            "There is no deposit on the medium. Check that it is the right medium and that the folder data was copied.",
        ),
        Code::DepositInvalid => (
            "Một gói lưu trữ trên vật mang không hợp lệ. Vui lòng xem lý do ở kết quả của gói đó.",
            "A deposit on the medium is not valid. Read in its own result why.",
        ),
        Code::DepositIndeterminate => (
            "Một gói lưu trữ trên vật mang chưa kết luận được. Vui lòng xem lý do ở kết quả của gói đó.",
            "A deposit on the medium could not be proven valid. Read in its own result why.",
        ),
        Code::DepositFolder => (
            "Thư mục không mang tên của gói lưu trữ bên trong. Vui lòng đối chiếu với nhãn và không đổi tên thư mục trên vật mang.",
            "The folder is not named after the deposit in it. Compare it with the label; do not rename the folder on the medium.",
        ),
        Code::TooManyProblems => (
            "Còn nhiều vấn đề khác không được liệt kê. Vui lòng xử lý những vấn đề đã nêu rồi kiểm tra lại.",
            "There are more problems than are listed. Deal with those that are listed, then check again.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_words_in_both_languages() {
        for code in Code::ALL {
            let (vi, en) = words(*code);
            assert!(vi.ends_with('.') && en.ends_with('.'), "{code:?}");
            assert!(!vi.is_ascii() && en.is_ascii(), "{code:?}");
        }
    }
}
