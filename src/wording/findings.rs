//! What people read about a finding of the judge: two sentences, what happened and what to do now.

use verification::report::Code;

/// The words for a code: Vietnamese, English.
pub fn words(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::PdfTooLarge => (
            "Tệp lớn hơn mức phần mềm có thể kiểm tra. Hãy kiểm tra lại xem đây có đúng là tệp cần xác minh không.",
            "The file is larger than what can be checked. Please make sure that it is the file you mean.",
        ),
        Code::PdfHeader => (
            "Tệp không bắt đầu như một tài liệu PDF. Hãy lấy lại tệp gốc từ nơi lưu trữ.",
            "The file does not begin as a PDF document. Please fetch the original file again.",
        ),
        Code::PdfStructure => (
            "Cấu trúc của tệp PDF bị hỏng, không đọc được trọn vẹn. Hãy lấy lại tệp gốc từ nơi lưu trữ.",
            "The structure of the PDF is damaged and cannot be read whole. Please fetch the original file again.",
        ),
        Code::PdfLimit => (
            "Tệp PDF chứa quá nhiều thành phần hoặc giải nén quá lớn. Không nên mở tệp này; hãy hỏi nơi đã gửi tệp.",
            "The PDF holds too many parts or unpacks too far. Please do not open it; ask whoever sent it.",
        ),
        Code::Linearized => (
            "Tệp PDF thuộc loại tối ưu cho trang mạng mà phần mềm chưa đọc được. Hãy dùng thêm một phần mềm xác minh khác cho tệp này.",
            "The PDF is linearized in a way that is not understood yet. Please use another verifier for this file as well.",
        ),
        Code::Encrypted => (
            "Tệp PDF được mã hóa nên không kiểm tra được. Hãy xin bản không mã hóa từ nơi phát hành.",
            "The PDF is encrypted and cannot be checked. Please ask the issuer for a copy without encryption.",
        ),
        Code::UnsupportedFilter => (
            "Tệp PDF được nén theo cách mà phần mềm không đọc được nên chưa kiểm tra hết. Hãy dùng thêm một phần mềm xác minh khác cho tệp này.",
            "The PDF is packed in a way that is not read here, so not all of it was checked. Please use another verifier for this file as well.",
        ),
        Code::HybridXref => (
            "Tệp PDF có hai bảng tra cứu, phần mềm cũ và mới có thể hiển thị nội dung khác nhau. Nếu dấu hiệu này có từ trước chữ ký đầu tiên, hãy xem tệp bằng phần mềm mới; nếu không, không nên tin nội dung hiển thị của tệp này.",
            "The PDF carries two indexes, so that old and new readers may show two contents. Where this was so before the first signature, please look at the file with a recent reader; otherwise please do not rely on what it shows.",
        ),
        Code::UnsignedBytes => (
            "Sau phần đã ký có thêm dữ liệu không được chữ ký nào bảo vệ. Hãy dùng bản gốc trong kho lưu trữ thay cho tệp này.",
            "Data was added that no signature protects. Please use the original from the archive instead of this file.",
        ),
        Code::HiddenBytes => (
            "Trong tệp có đoạn dữ liệu không thuộc thành phần nào của tài liệu. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "The file holds bytes that belong to no part of the document. Please compare it with the original from the archive.",
        ),
        Code::DuplicateObject => (
            "Một thành phần của tài liệu xuất hiện hai lần trong cùng một phiên bản. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "A part of the document stands twice in one revision. Please compare it with the original from the archive.",
        ),
        Code::FreedObject => (
            "Một thành phần của tài liệu đã bị xóa sau khi ký. Hãy dùng bản gốc trong kho lưu trữ.",
            "A part of the document was removed after signing. Please use the original from the archive.",
        ),
        Code::XrefEntryOutside => (
            "Bảng tra cứu của tài liệu trỏ ra ngoài phiên bản của nó. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "The index of a revision points outside of it. Please compare it with the original from the archive.",
        ),
        Code::ObjectMalformed => (
            "Một thành phần của tài liệu không đọc được. Hãy lấy lại tệp gốc từ nơi lưu trữ.",
            "A part of the document cannot be read. Please fetch the original file again.",
        ),
        Code::SecondOpinionDiffers => (
            "Một bộ đọc độc lập hiểu tài liệu này theo cách khác. Không nên tin nội dung hiển thị; hãy so sánh với bản gốc.",
            "An independent reader understands the document differently. Please do not rely on what it shows; compare it with the original.",
        ),
        Code::NoSignature => (
            "Tệp chưa có chữ ký số nào. Nếu tài liệu phải được ký, hãy tìm bản đã ký.",
            "The file carries no signature. If it should be signed, please look for the signed copy.",
        ),
        Code::SignatureRemoved => (
            "Một chữ ký đã có trước đó bị gỡ bỏ hoặc thay thế. Hãy dùng bản gốc trong kho lưu trữ.",
            "An earlier signature was removed or replaced. Please use the original from the archive.",
        ),
        Code::SignatureWithoutField => (
            "Có dữ liệu chữ ký không gắn với ô ký nào. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "There is signature data that no field holds. Please compare it with the original from the archive.",
        ),
        Code::SignatureMalformed => (
            "Chữ ký hoặc ô ký không đúng khuôn dạng. Hãy yêu cầu người ký ký lại trên bản gốc.",
            "A signature or its field has the wrong form. Please ask the signer to sign the original again.",
        ),
        Code::FieldNames => (
            "Có hai ô ký trùng tên hoặc dùng chung một chữ ký. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "Two fields share a name or a signature. Please compare it with the original from the archive.",
        ),
        Code::ByteRange => (
            "Phạm vi mà chữ ký bảo vệ được khai báo không hợp lệ. Không nên tin chữ ký này; hãy xin lại bản ký đúng.",
            "The range that the signature protects is declared wrongly. Please do not rely on this signature; ask for a proper copy.",
        ),
        Code::ContentsHole => (
            "Chữ ký chừa ra nhiều hơn chỗ của chính nó, phần đó có thể bị sửa. Không nên tin chữ ký này; hãy xin lại bản ký đúng.",
            "The signature leaves out more than its own place. Please do not rely on this signature; ask for a proper copy.",
        ),
        Code::ContentsNotCanonical => (
            "Cách ghi chữ ký trong tệp đã bị thay đổi. Hãy dùng bản gốc trong kho lưu trữ.",
            "The way the signature is written was changed. Please use the original from the archive.",
        ),
        Code::ContentsPadding => (
            "Sau chữ ký có dữ liệu thừa. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "Extra data follows the signature. Please compare it with the original from the archive.",
        ),
        Code::SignatureCoverage => (
            "Chữ ký không bảo vệ trọn vẹn phiên bản của nó. Không nên tin chữ ký này; hãy xin lại bản ký đúng.",
            "The signature does not protect the whole of its revision. Please do not rely on it; ask for a proper copy.",
        ),
        Code::SubFilter => (
            "Loại chữ ký này không được chấp nhận. Hãy yêu cầu ký lại theo chuẩn PAdES.",
            "This kind of signature is not accepted. Please ask for a PAdES signature.",
        ),
        Code::CmsNotDer => (
            "Dữ liệu chữ ký bị hỏng hoặc không đúng chuẩn mã hóa. Hãy lấy lại tệp gốc từ nơi lưu trữ.",
            "The signature data is damaged or not encoded as required. Please fetch the original file again.",
        ),
        Code::CmsBer => (
            "Chữ ký được ghi theo cách mã hóa BER cũ; phần mềm đã đọc lại chặt chẽ và xét như thường. Khi cần nộp lưu trữ, hãy yêu cầu bản ký theo đúng chuẩn PAdES.",
            "The signature is encoded as BER; it was read strictly and judged as usual. For archiving, please ask for a copy signed as PAdES demands.",
        ),
        Code::CmsStructure => (
            "Cấu trúc của chữ ký không đúng chuẩn. Hãy lấy lại tệp gốc hoặc yêu cầu ký lại.",
            "The structure of the signature does not follow the standard. Please fetch the original or ask for a new signature.",
        ),
        Code::CmsSigners => (
            "Chữ ký không có đúng một người ký. Hãy yêu cầu mỗi người ký vào ô của mình.",
            "The signature does not have exactly one signer. Please ask each person to sign in their own box.",
        ),
        Code::CmsEcontent => (
            "Chữ ký mang theo nội dung riêng thay vì ký nội dung của tài liệu. Không nên tin chữ ký này; hãy yêu cầu ký lại.",
            "The signature carries content of its own instead of signing the document. Please do not rely on it; ask for a new signature.",
        ),
        Code::CmsAttribute => (
            "Chữ ký thiếu hoặc lặp một thông tin bắt buộc. Hãy yêu cầu người ký ký lại.",
            "The signature lacks or repeats a required attribute. Please ask the signer to sign again.",
        ),
        Code::CmsContentType => (
            "Chữ ký khai báo sai loại nội dung. Hãy yêu cầu người ký ký lại.",
            "The signature declares another kind of content. Please ask the signer to sign again.",
        ),
        Code::CmsDigest => (
            "Nội dung đã bị thay đổi sau khi ký. Hãy dùng bản gốc trong kho lưu trữ và báo cho nhà trường.",
            "The content was changed after it was signed. Please use the original from the archive and tell the school.",
        ),
        Code::CmsSigningCertificate => (
            "Chữ ký chỉ định một chứng thư khác với chứng thư đi kèm. Không nên tin chữ ký này; hãy yêu cầu ký lại.",
            "The signature names another certificate than the one inside. Please do not rely on it; ask for a new signature.",
        ),
        Code::CmsCertificateMissing => (
            "Chữ ký không kèm chứng thư của người ký. Hãy yêu cầu người ký ký lại với chứng thư đi kèm.",
            "The signer's certificate is not inside the signature. Please ask for a signature that includes it.",
        ),
        Code::CmsUnusedCertificate => (
            "Trong chữ ký có chứng thư không thuộc chuỗi của người ký. Hãy so sánh với bản gốc trong kho lưu trữ.",
            "The signature holds a certificate that is not part of the signer's chain. Please compare it with the original from the archive.",
        ),
        Code::CmsAlgorithm => (
            "Các thuật toán ghi trong chữ ký không thống nhất với nhau. Hãy yêu cầu ký lại bằng thuật toán theo quy định.",
            "The algorithms of the signature disagree. Please ask for a signature with permitted algorithms.",
        ),
        Code::CmsAlgorithmUnknown => (
            "Chữ ký dùng thuật toán mà chương trình này chưa biết, nên chưa thể kết luận. Hãy kiểm tra bằng phần mềm của nơi đã ký, hoặc yêu cầu ký lại bằng thuật toán theo quy định.",
            "The signature uses an algorithm that this program does not know, so nothing can be said of it. Please check it with the software of whoever signed, or ask for a signature with permitted algorithms.",
        ),
        Code::CmsSignature => (
            "Giá trị chữ ký không khớp với chứng thư của người ký. Không nên tin chữ ký này; hãy dùng bản gốc trong kho lưu trữ.",
            "The signature value does not belong to the signer's certificate. Please do not rely on it; use the original from the archive.",
        ),
        Code::CmsSigningTime => (
            "Chữ ký ghi thời gian ở chỗ mà chuẩn PAdES không cho phép. Hãy yêu cầu ký lại bằng phần mềm đúng chuẩn.",
            "The signature states a time where PAdES does not allow it. Please ask for a signature by conforming software.",
        ),
        Code::WeakDigest => (
            "Chữ ký dùng hàm băm đã lỗi thời. Hãy yêu cầu ký lại bằng SHA-256 trở lên.",
            "The signature uses an outdated digest. Please ask for a signature with SHA-256 or better.",
        ),
        Code::WeakKey => (
            "Khóa của người ký quá ngắn, hoặc do loại chip có lỗi tạo ra nên người khác có thể tính ra khóa. Hãy liên hệ nhà cung cấp chữ ký số để đổi khóa.",
            "The signer's key is too short, or was made by a flawed chip so that others can compute it. Please ask the certificate provider for another key.",
        ),
        Code::CertificateMalformed => (
            "Chứng thư không đọc được. Hãy liên hệ nhà cung cấp chữ ký số.",
            "A certificate cannot be read. Please contact the certificate provider.",
        ),
        Code::KeyUsage => (
            "Chứng thư này không được cấp để ký. Hãy dùng chứng thư chữ ký số của người ký.",
            "The certificate was not issued for signing. Please use the signer's signing certificate.",
        ),
        Code::NoCertificateChainFound => (
            "Chưa tìm được đường tin cậy từ chứng thư đến cơ quan chứng thực gốc. Hãy bổ sung chứng thư gốc đáng tin cậy rồi kiểm tra lại.",
            "No path leads from the certificate to a trusted root. Please provide the trusted root and check again.",
        ),
        Code::ChainConstraintsFailure => (
            "Chuỗi chứng thư vi phạm một ràng buộc của chuẩn. Hãy liên hệ nhà cung cấp chữ ký số.",
            "The certificate chain breaks a rule of the standard. Please contact the certificate provider.",
        ),
        Code::WeakChain => (
            "Một chứng thư trong chuỗi dùng thuật toán hoặc khóa quá yếu. Hãy liên hệ nhà cung cấp chữ ký số.",
            "A certificate of the chain uses a weak algorithm or key. Please contact the certificate provider.",
        ),
        Code::LegacyAnchor => (
            "Chứng thư thuộc hệ thống chứng thực cũ dùng thuật toán SHA-1; chữ ký được chứng minh có trước ngày hệ thống này ngừng được chấp nhận. Không cần làm gì thêm; hãy giữ nguyên bằng chứng thời gian của hồ sơ.",
            "The certificate belongs to an old hierarchy that used SHA-1; the signature is proven to be older than the end of its use. Nothing needs to be done; please keep the proof of time.",
        ),
        Code::LegacyAnchorClaimed => (
            "Chứng thư thuộc hệ thống chứng thực cũ dùng thuật toán SHA-1; chỉ có thời gian do người ký khai báo cho thấy đã ký trước ngày ngừng chấp nhận. Hãy tìm dấu thời gian hoặc niêm phong đi kèm hồ sơ.",
            "The certificate belongs to an old hierarchy that used SHA-1; only the signer's own clock says that it signed before the end of its use. Please look for a timestamp or seal.",
        ),
        Code::LegacyAnchorTooLate => (
            "Chứng thư chỉ dẫn đến chứng thư gốc cũ (SHA-1), và chữ ký không cũ hơn ngày gốc này ngừng được chấp nhận. Không nên tin chữ ký này; hãy yêu cầu ký lại bằng chứng thư hiện hành.",
            "The certificate leads only to an old root (SHA-1), and the signature is not older than the end of its use. Please do not rely on it; ask for a signature with a present certificate.",
        ),
        Code::NotYetValid => (
            "Tại thời điểm xét, chứng thư chưa có hiệu lực. Hãy kiểm tra đồng hồ và thời điểm ký.",
            "The certificate was not valid yet at the moment judged. Please check the clock and the time of signing.",
        ),
        Code::OutOfBoundsNoPoe => (
            "Chứng thư đã hết hạn và không có bằng chứng là đã ký trước đó. Hãy tìm dấu thời gian hoặc niêm phong đi kèm hồ sơ.",
            "The certificate has expired, and nothing proves that it signed before. Please look for a timestamp or seal kept with the file.",
        ),
        Code::RevokedNoPoe => (
            "Chứng thư đã bị thu hồi và không có bằng chứng là đã ký trước đó. Hãy tìm dấu thời gian hoặc niêm phong đi kèm hồ sơ.",
            "The certificate was revoked, and nothing proves that it signed before. Please look for a timestamp or seal kept with the file.",
        ),
        Code::TryLater => (
            "Chưa kiểm tra được chứng thư có bị thu hồi hay không. Hãy bổ sung dữ liệu CRL hoặc OCSP rồi kiểm tra lại.",
            "Whether the certificate was revoked could not be checked. Please provide CRL or OCSP data and check again.",
        ),
        Code::SigningTimeFuture => (
            "Thời điểm ký do máy người ký khai báo nằm ở tương lai. Hãy kiểm tra đồng hồ của máy ký và của máy đang kiểm tra.",
            "The time that the signer's computer claims has not come yet. Please check the clocks of the signing and of this computer.",
        ),
        Code::SigningTimeAfterProof => (
            "Máy người ký khai báo thời điểm sau khi dấu thời gian đã chứng minh chữ ký tồn tại. Hãy tin dấu thời gian.",
            "The signer's computer claims a time after the one that a timestamp proves. Please rely on the timestamp.",
        ),
        Code::SigningTimeZone => (
            "Thời điểm do máy người ký khai báo lệch 6 đến 8 giờ so với thời điểm đã chứng minh. Hãy tin dấu thời gian.",
            "The claimed time differs from the proven one by 6 to 8 hours. Please rely on the timestamp.",
        ),
        Code::TimestampStructure => (
            "Dấu thời gian không đúng khuôn dạng. Hãy xin dấu thời gian mới nếu hồ sơ còn mở.",
            "The timestamp does not have the required form. Please request a new one if the dossier is still open.",
        ),
        Code::TimestampRefused => (
            "Máy chủ cấp dấu thời gian đã từ chối yêu cầu. Hãy thử lại sau hoặc liên hệ nhà cung cấp dấu thời gian.",
            "The timestamp server refused the request. Please try again later or contact the provider.",
        ),
        Code::TimestampImprint => (
            "Dấu thời gian được cấp cho nội dung khác. Nội dung có thể đã bị thay đổi; hãy dùng bản gốc trong kho lưu trữ.",
            "The timestamp is over other content. The content may have been changed; please use the original from the archive.",
        ),
        Code::TimestampSignature => (
            "Chữ ký của dấu thời gian không đúng. Hãy dùng bản gốc trong kho lưu trữ.",
            "The signature of the timestamp is wrong. Please use the original from the archive.",
        ),
        Code::TimestampKeyUsage => (
            "Chứng thư cấp dấu thời gian không được cấp cho việc đó. Hãy liên hệ nhà cung cấp dấu thời gian.",
            "The certificate behind the timestamp is not for timestamping. Please contact the timestamp provider.",
        ),
        Code::TimestampUntrusted => (
            "Chưa tin cậy được nơi cấp dấu thời gian. Hãy bổ sung chứng thư gốc của nơi cấp rồi kiểm tra lại.",
            "The issuer of the timestamp cannot be trusted yet. Please provide its root and check again.",
        ),
        Code::TimestampRevocationUnchecked => (
            "Chưa kiểm tra được chứng thư cấp dấu thời gian có bị thu hồi hay không. Khi cần chắc chắn hơn, hãy bổ sung dữ liệu CRL của nơi cấp.",
            "Whether the timestamp's certificate was revoked could not be checked. For more certainty, please provide the issuer's CRL.",
        ),
        Code::UnexplainedObject => (
            "Sau khi ký, tài liệu bị sửa ở chỗ không được phép. Hãy dùng bản gốc trong kho lưu trữ và báo cho nhà trường.",
            "After signing the document was changed where it may not be. Please use the original from the archive and tell the school.",
        ),
        Code::TrailerChanged => (
            "Sau khi ký, phần gốc của tài liệu bị đổi sang chỗ khác. Hãy dùng bản gốc trong kho lưu trữ.",
            "After signing the root of the document was changed. Please use the original from the archive.",
        ),
        Code::CatalogChanged => (
            "Sau khi ký, thiết lập chung của tài liệu bị thay đổi. Hãy dùng bản gốc trong kho lưu trữ.",
            "After signing the catalog of the document was changed. Please use the original from the archive.",
        ),
        Code::FieldChanged => (
            "Sau khi ký, một ô của biểu mẫu bị thay đổi trái phép. Hãy dùng bản gốc trong kho lưu trữ.",
            "After signing a field was changed without permission. Please use the original from the archive.",
        ),
        Code::AppearanceChanged => (
            "Hình hiển thị của một chữ ký không đúng với ô đã dành sẵn. Hãy dùng bản gốc trong kho lưu trữ.",
            "The appearance of a signature is not that of its reserved box. Please use the original from the archive.",
        ),
        Code::AppearanceOtherName => (
            "Chữ trong ô ký không ghi tên người đã ký, có ghi tên người khác hoặc không đọc được. Đừng tin tên in trong ô này; hãy xem tên người ký trong kết quả kiểm tra và hỏi nhà trường.",
            "The words in a signature's box do not name the signer, name somebody else, or cannot be read. Do not rely on the name in the box; see the signer in this report and ask the school.",
        ),
        Code::AppearanceOtherPicture => (
            "Hình chữ ký hoặc hình dấu trong ô ký không phải hình mà danh sách nhân sự đã ký ghi cho người ký, hoặc không có sẵn trong ô trước khi ký. Đừng tin hình này; hãy xem tên người ký trong kết quả kiểm tra và hỏi nhà trường.",
            "The picture in a signature's box is not the one that the signed roster names for the signer, or was not ready there before signing. Do not rely on the picture; see the signer in this report and ask the school.",
        ),
        Code::AppearancePictureUnknown => (
            "Trong ô ký có hình chữ ký hoặc hình dấu; không có danh sách nhân sự để đối chiếu hình này là của ai. Hình không làm chứng cho chữ ký số; muốn đối chiếu, vui lòng kiểm tra cùng thư mục lưu trữ hoặc dùng --papers.",
            "A signature's box shows a picture of a signature or stamp, and there is no roster to say whose it is. The picture proves nothing; to compare it, please verify within its deposit or use --papers.",
        ),
        Code::LargeAppearance => (
            "Ô của một chữ ký sau, hoặc một ô biểu mẫu được điền sau khi ký, chiếm từ một phần tư trang trở lên và có thể che nội dung mà người ký trước đã thấy. Vui lòng xem hình trang trước và sau (--html), hoặc mở bản trích của người ký trước (--extract) để so sánh.",
            "The box of a later signature, or a field that was filled in after signing, takes a quarter of its page or more and may cover what earlier signers saw. Please look at the pages before and after (--html), or open the extracted revision of the earlier signer (--extract) and compare.",
        ),
        Code::DssStructure => (
            "Phần dữ liệu kiểm chứng đi kèm chứa thành phần lạ. Hãy dùng bản gốc trong kho lưu trữ.",
            "The validation data in the file holds something else. Please use the original from the archive.",
        ),
        Code::VisibleUnsignedField => (
            "Sau khi ký, một ô hiển thị mà không có người nào ký đã được thêm hoặc được đóng dấu thời gian; ô này có thể che nội dung. Không nên tin nội dung hiển thị; hãy dùng bản gốc.",
            "After signing a visible field that no person signed was added or given a timestamp; it may cover content. Please do not rely on what it shows; use the original.",
        ),
        Code::AnnotationAdded => (
            "Sau khi ký, một chú thích đã được thêm; người chứng nhận cho phép chú thích, nhưng chú thích có thể che nội dung. Vui lòng xem hình trang trước và sau (--html), hoặc mở bản trích của người ký (--extract).",
            "After signing a remark was added; the certification allows remarks, but a remark may cover content. Please look at the pages before and after (--html), or open the extracted revision (--extract).",
        ),
        Code::DocMdp => (
            "Tài liệu bị sửa theo cách mà chữ ký chứng nhận không cho phép. Hãy dùng bản gốc trong kho lưu trữ.",
            "The document was changed in a way that its certification forbids. Please use the original from the archive.",
        ),
        Code::FieldMdp => (
            "Một ô đã khóa bị thay đổi, hoặc khóa của ô không khớp với chữ ký. Hãy dùng bản gốc trong kho lưu trữ.",
            "A locked field was changed, or its lock differs from the signature. Please use the original from the archive.",
        ),
        Code::Certification => (
            "Chữ ký chứng nhận không nằm ở chữ ký đầu tiên như quy định. Hãy lập lại tài liệu và ký lại từ đầu.",
            "The certification is not with the first signature as required. Please make the document anew and sign again.",
        ),
        Code::RevisionKind => (
            "Có một lần cập nhật không phải là ký, dữ liệu kiểm chứng hay dấu thời gian. Hãy dùng bản gốc trong kho lưu trữ và báo cho nhà trường.",
            "A revision is no signature, no validation data and no timestamp. Please use the original from the archive and tell the school.",
        ),
        Code::RevisionOrder => (
            "Thứ tự ký, dữ liệu kiểm chứng và dấu thời gian không đúng. Hãy dùng bản gốc trong kho lưu trữ.",
            "Signatures, validation data and timestamp stand in the wrong order. Please use the original from the archive.",
        ),
        Code::PlanMissing => (
            "Tài liệu không mang kế hoạch ký của nhà trường. Nếu đây không phải tài liệu của hệ thống, hãy kiểm tra theo chính sách chung.",
            "The document carries no signing plan of the school. If it is not one of ours, please check it by the foreign policy.",
        ),
        Code::PlanMalformed => (
            "Kế hoạch ký trong tài liệu không đọc được. Hãy dùng bản gốc trong kho lưu trữ.",
            "The signing plan in the document cannot be read. Please use the original from the archive.",
        ),
        Code::PlanFields => (
            "Các ô ký không khớp với kế hoạch ký. Hãy lập lại tài liệu từ hệ thống.",
            "The fields do not agree with the signing plan. Please make the document anew from the system.",
        ),
        Code::PlanOther => (
            "Kế hoạch ký trong tài liệu khác với kế hoạch đã ban hành của nhà trường. Hãy đối chiếu với kế hoạch ký của năm học.",
            "The plan in the document is not the one that the school has issued. Please compare it with the plans of the school year.",
        ),
        Code::PlanOrder => (
            "Một ô được ký khi lượt trước chưa ký đủ. Hãy lập lại tài liệu và ký đúng thứ tự.",
            "A box was signed before the turn before it was complete. Please make the document anew and sign in order.",
        ),
        Code::BoxMissing => (
            "Còn một ô chưa có chữ ký. Hãy mời người phụ trách ô này ký.",
            "A box has no signature yet. Please ask the person responsible to sign.",
        ),
        Code::RosterOther => (
            "Tài liệu chỉ đến một danh sách nhân sự khác với danh sách đang có. Hãy dùng danh sách nhân sự của đúng năm học.",
            "The document names another roster than the one at hand. Please use the roster of the right school year.",
        ),
        Code::RosterFault => (
            "Danh sách nhân sự không có người giữ ô ký này. Hãy đối chiếu với danh sách nhân sự đã ký của năm học.",
            "The roster names nobody for this box. Please compare it with the signed roster of the year.",
        ),
        Code::WrongPerson => (
            "Ô này được ký bằng chứng thư của người khác. Hãy mời đúng người được phân công ký lại trên bản mới.",
            "This box was signed with another person's certificate. Please ask the person assigned to sign a new copy.",
        ),
        Code::SameSignerSeveralBoxes => (
            "Một chứng thư đã ký ở nhiều ô của nhiều vai trò; không có danh sách nhân sự để đối chiếu nên vai trò chỉ theo khai báo của trường. Hãy kiểm tra cả gói lưu trữ có danh sách nhân sự.",
            "One certificate signed several boxes of several roles; no roster is at hand, so the roles are only as the school declares. Please check the whole deposit with its roster.",
        ),
        Code::PrintedOtherwise => (
            "Trang in ghi khác với dữ liệu kèm trong chính hồ sơ (điểm, mức đánh giá, họ tên hoặc kết quả). Không nên dựa vào hồ sơ này; hãy yêu cầu nhà trường đối chiếu với sổ điểm gốc.",
            "A page prints otherwise than the data that the document itself embeds (mark, level, name or outcome). Do not rely on it; ask the school to compare it with the original gradebook.",
        ),
        Code::PrintedNotRead => (
            "Không đọc được chữ trên trang theo cách các mẫu của nhà trường được in, nên chưa so sánh được trang in với dữ liệu kèm theo. Hãy tự đối chiếu trang in với dữ liệu.",
            "The pages are not drawn as the school's forms are, so print and embedded data could not be compared. Please compare them yourself.",
        ),
        Code::FontLetters => (
            "Phông chữ trong hồ sơ vẽ chữ số khác với phông của các mẫu nhà trường: số nhìn thấy có thể khác số mà máy đọc được. Hãy tự đối chiếu các số trên trang với dữ liệu kèm theo.",
            "A font of this document draws a digit otherwise than the fonts of the school's forms: the number you see may not be the number that programs read. Compare the numbers on the page with the embedded data yourself.",
        ),
        Code::EmbeddedData => (
            "Dữ liệu kèm trong hồ sơ bị thiếu, không đọc được hoặc là của hồ sơ khác. Không nên dựa vào dữ liệu này; hãy dùng bản gốc trong kho lưu trữ.",
            "The data embedded in the document are missing, unreadable or of another dossier. Please do not rely on them; use the original from the archive.",
        ),
        Code::JavaScript => (
            "Tệp có thể tự chạy mã JavaScript và đổi nội dung hiển thị. Không nên chỉ tin vào màn hình; hãy xin bản không chứa mã.",
            "The file can run JavaScript and change what it shows. Please do not rely on the screen alone; ask for a copy without code.",
        ),
        Code::XfaForm => (
            "Tệp mang biểu mẫu XFA, có phần mềm hiển thị khác với trang PDF. Không nên chỉ tin vào màn hình; hãy xin bản PDF thường.",
            "The file carries an XFA form, which some programs show in the place of its pages. Please do not rely on the screen alone; ask for a plain PDF.",
        ),
        Code::ExternalContent => (
            "Một phần nội dung hiển thị nằm ở tệp khác, không được chữ ký nào bảo vệ và có thể bị thay. Không nên tin phần đó; hãy yêu cầu bản có đủ nội dung trong một tệp.",
            "A part of what is shown lies in another file, which no signature protects and anybody may exchange. Please do not rely on it; ask for a copy that holds everything in one file.",
        ),
        Code::OptionalContent => (
            "Tệp có các lớp nội dung bật tắt được, mỗi phần mềm có thể hiển thị khác nhau. Hãy xem mọi lớp trước khi tin nội dung hiển thị.",
            "The file has layers that can be shown and hidden, so that programs may show different content. Please look at every layer before relying on it.",
        ),
        Code::LaunchAction => (
            "Tệp có thể khởi chạy chương trình khác trên máy. Không nên mở tệp này ngoài môi trường an toàn; hãy hỏi nơi đã gửi tệp.",
            "The file can start another program. Please do not open it outside of a safe place; ask whoever sent it.",
        ),
        Code::TokenNotInForce => (
            "Ô này được ký bằng chứng thư của đúng người nhưng không còn, hoặc chưa, được dùng vào thời điểm ký. Hãy đối chiếu với văn bản thay chứng thư của nhà trường.",
            "This box was signed with a certificate of the right person that was no longer, or not yet, in use. Please compare it with the school's act of replacement.",
        ),
        Code::DelegationOutside => (
            "Người được ủy quyền đã ký ngoài thời hạn hoặc ngoài loại hồ sơ được ủy quyền. Hãy đối chiếu với văn bản ủy quyền của hiệu trưởng.",
            "The delegate signed outside of the dates or kinds of document of the delegation. Please compare it with the principal's act.",
        ),
        Code::KyThayOutside => (
            "Người ký thay đã ký ngoài thời hạn, lớp hoặc môn được giao ký thay. Hãy đối chiếu với văn bản giao ký thay của hiệu trưởng.",
            "The colleague signed outside of the dates, class or subject of the act. Please compare it with the principal's act.",
        ),
        Code::ActLater => (
            "Văn bản cho phép chữ ký này được lập hoặc ghi sổ sau khi đã ký. Không nên tin chữ ký này; hãy yêu cầu nhà trường giải trình.",
            "The act that would allow this signature was made or registered after it. Please do not rely on the signature; ask the school.",
        ),
        Code::ActByClaimedTime => (
            "Chữ ký đúng theo một văn bản của nhà trường, xét theo thời điểm do máy người ký khai báo. Khi cần chắc chắn hơn, hãy kiểm tra cả gói lưu trữ có sổ theo dõi.",
            "The signature is right by an act of the school, by the time that the signer's computer claims. For more certainty, please check the whole deposit with its register.",
        ),
        Code::ActUnproven => (
            "Chữ ký dựa vào một văn bản mà chứng thư ký văn bản đó chưa được chứng minh. Hãy bổ sung chứng thư gốc và dữ liệu thu hồi rồi kiểm tra lại.",
            "The signature rests on an act whose own signer could not be proven. Please provide roots and revocation data and check again.",
        ),
        Code::ActNotInForce => (
            "Có một văn bản đi kèm không có hiệu lực: sai chữ ký, sai trường hoặc sai danh sách nhân sự. Không nên dựa vào văn bản này; hãy đối chiếu với bản gốc tại trường.",
            "An act at hand is not in force: wrongly signed, or of another school or roster. Please do not rely on it; compare it with the original at the school.",
        ),
        Code::SchoolCertificate => (
            "Con dấu trong tài liệu không phải chứng thư của nhà trường đã nêu. Hãy đối chiếu mã chứng thư với nhà trường.",
            "The stamp in the document is not the school's certificate that was named. Please compare the fingerprint with the school.",
        ),
        Code::CheckpointNotCompared => (
            "Có nêu điểm chốt của sổ theo dõi nhưng tệp riêng lẻ không mang sổ theo dõi để so sánh. Hãy kiểm tra cả gói lưu trữ hoặc ảnh đĩa.",
            "A checkpoint was given, but a single file carries no register to compare with it. Please check the whole deposit or image.",
        ),
        Code::NotRegistered => (
            "Sổ theo dõi không ghi nhận tệp này. Hãy tìm bản đã đóng hồ sơ trong kho lưu trữ.",
            "The register does not know this file. Please look for the closed copy in the archive.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_two_sentences_in_both_languages() {
        for code in Code::ALL {
            let (vi, en) = words(*code);
            for text in [vi, en] {
                assert!(text.matches(['.', ';']).count() >= 2 && text.ends_with('.'), "{code}: {text}");
            }
        }
    }
}
