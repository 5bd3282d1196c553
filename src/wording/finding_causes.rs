//! Why the judge probably finds what it finds in a PDF. A finding is a fact and a cause is a guess: it is worded as
//! one, accuses nobody, and where an accident and a forgery look alike it names both.

use verification::report::Code;

use crate::wording::Finding;

/// The probable cause of a finding, Vietnamese and English. One match, so that no new code goes without.
pub fn cause(code: Code) -> Finding {
    match code {
        Code::PdfTooLarge => (
            "Thường do chọn nhầm tệp, hoặc do tệp chứa nhiều ảnh quét.",
            "Mostly another file was chosen, or this one holds many scanned pictures.",
        ),
        Code::PdfHeader => (
            "Thường do chọn nhầm tệp có đuôi .pdf, hoặc tệp hỏng khi tải về hay khi chép.",
            "Mostly another kind of file is named .pdf, or the file was damaged while it was downloaded or copied.",
        ),
        Code::PdfStructure => (
            "Thường do tệp tải về hoặc chép chưa xong, hay vật mang bị lỗi; cũng có thể do tệp đã bị sửa.",
            "Mostly the download or copy was not finished, or the medium is failing; perhaps the file was edited.",
        ),
        Code::PdfLimit => (
            "Có thể do phần mềm tạo tệp ghi thừa quá nhiều, hoặc tệp được cố ý làm cho máy quá tải.",
            "The program that made it may write far too much, or the file may be meant to overload a computer.",
        ),
        Code::Linearized => (
            "Thường do tệp được lưu với tùy chọn xem nhanh trên mạng (Fast Web View).",
            "Mostly the file was saved with the option \"Fast Web View\".",
        ),
        Code::Encrypted => (
            "Thường do tệp được đặt mật khẩu mở, in hoặc sao chép khi lưu.",
            "Mostly a password for opening, printing or copying was set when it was saved.",
        ),
        Code::UnsupportedFilter => (
            "Thường do phần mềm tạo tệp dùng một cách nén ít gặp.",
            "Mostly the program that made the file packs it in an unusual way.",
        ),
        Code::HybridXref => (
            "Thường do phần mềm soạn thảo lưu tệp cho cả trình đọc cũ và mới; nếu có sau khi ký thì cũng có thể là cố ý.",
            "Mostly a word processor saved it for old and new readers alike; after a signature it may also be on purpose.",
        ),
        Code::UnsignedBytes => (
            "Thường do phần mềm hoặc dịch vụ gửi tệp ghi thêm vào cuối, hoặc lần lưu bị dở dang; cũng có thể do cố ý thêm nội dung sau khi ký.",
            "Mostly a program or mail service appended to it, or saving was cut short; perhaps content was added on purpose after signing.",
        ),
        Code::HiddenBytes => (
            "Có thể do phần mềm tạo tệp để lại dữ liệu cũ, hoặc do dữ liệu được chèn vào để dùng về sau.",
            "The program that made it may have left old data behind, or the data may have been put there for later use.",
        ),
        Code::DuplicateObject => (
            "Có thể do phần mềm tạo tệp có lỗi, hoặc do cố ý để mỗi trình đọc hiển thị một bản.",
            "The program that made it may be faulty, or readers may be meant to show one or the other.",
        ),
        Code::FreedObject => (
            "Thường do tệp được mở và lưu lại bằng phần mềm chỉnh sửa PDF; cũng có thể do cố ý bỏ nội dung đã ký.",
            "Mostly the file was opened and saved by a PDF editor; perhaps signed content was removed on purpose.",
        ),
        Code::XrefEntryOutside => (
            "Có thể do tệp được ghép bằng công cụ không đúng chuẩn, hoặc do cố ý trỏ sang nội dung khác.",
            "A tool that does not follow the standard may have joined files, or the index may be meant to lead to other content.",
        ),
        Code::ObjectMalformed => (
            "Thường do tệp hỏng khi chép, hoặc do phần mềm tạo tệp có lỗi.",
            "Mostly the file was damaged while it was copied, or the program that made it is faulty.",
        ),
        Code::SecondOpinionDiffers => (
            "Có thể do phần mềm tạo tệp viết không đúng chuẩn, hoặc do tệp được làm để mỗi trình đọc thấy một nội dung.",
            "The program that made it may not follow the standard, or readers may be meant to see different content.",
        ),
        Code::NoSignature => (
            "Thường do đây là bản chưa ký, hoặc bản được in hay chuyển đổi lại thành PDF nên mất chữ ký.",
            "Mostly this is the copy before signing, or it was printed or converted to PDF anew, which loses signatures.",
        ),
        Code::SignatureRemoved => (
            "Thường do phần mềm đọc PDF xóa chữ ký khi lưu lại tệp; cũng có thể do cố ý thay chữ ký.",
            "Mostly a PDF program cleared the signature when it saved the file; perhaps it was exchanged on purpose.",
        ),
        Code::SignatureWithoutField => (
            "Có thể do phần mềm ký ghi dở dang, hoặc do ô ký bị gỡ sau khi ký.",
            "The signing program may have been interrupted, or the field may have been removed after signing.",
        ),
        Code::SignatureMalformed => (
            "Thường do phần mềm ký không theo chuẩn, hoặc tệp hỏng sau khi ký.",
            "Mostly the signing program does not follow the standard, or the file was damaged after signing.",
        ),
        Code::FieldNames => (
            "Có thể do tệp được ghép từ hai tài liệu, hoặc do cố ý cho một chữ ký hiện ở hai chỗ.",
            "Two documents may have been joined, or one signature may be meant to show in two places.",
        ),
        Code::ByteRange => (
            "Thường do phần mềm ký có lỗi; cũng có thể do tệp bị sửa sau khi ký.",
            "Mostly the signing program is faulty; perhaps the file was changed after signing.",
        ),
        Code::ContentsHole => (
            "Có thể do phần mềm ký chừa chỗ sai, hoặc do cố ý chừa chỗ để thay nội dung.",
            "The signing program may have reserved the wrong place, or room may have been left to exchange content.",
        ),
        Code::ContentsNotCanonical => (
            "Thường do một phần mềm khác ghi lại tệp sau khi ký.",
            "Mostly another program wrote the file again after signing.",
        ),
        Code::ContentsPadding => (
            "Có thể do phần mềm ký để lại dữ liệu cũ trong chỗ dành cho chữ ký, hoặc do dữ liệu được chèn vào chỗ trống đó.",
            "The signing program may have left old data in the reserved place, or data may have been put into it.",
        ),
        Code::SignatureCoverage => (
            "Thường do phần mềm ký chỉ ký một phần tệp; cũng có thể do nội dung được chèn thêm sau khi ký.",
            "Mostly the signing program signed a part of the file only; perhaps content was inserted after signing.",
        ),
        Code::SubFilter => (
            "Thường do phần mềm ký dùng kiểu chữ ký cũ hoặc kiểu riêng của nhà cung cấp.",
            "Mostly the signing program uses an old kind of signature or one of its own.",
        ),
        Code::CmsNotDer => (
            "Thường do tệp hỏng sau khi ký, hoặc do phần mềm ký mã hóa không đúng chuẩn.",
            "Mostly the file was damaged after signing, or the signing program does not encode as the standard asks.",
        ),
        Code::CmsBer => (
            "Thường do phần mềm ký đời cũ ghi chữ ký theo cách này.",
            "Mostly an older signing program writes signatures in this way.",
        ),
        Code::CmsStructure => (
            "Thường do phần mềm ký dùng khuôn dạng riêng, hoặc dữ liệu chữ ký hỏng khi chép.",
            "Mostly the signing program has a form of its own, or the signature data were damaged while they were copied.",
        ),
        Code::CmsSigners => (
            "Thường do phần mềm ký gộp chữ ký của nhiều người vào một ô, hoặc để trống người ký.",
            "Mostly the signing program put several people's signatures into one field, or none.",
        ),
        Code::CmsEcontent => (
            "Có thể do chọn nhầm kiểu ký trong phần mềm ký, hoặc do chữ ký được lấy từ nơi khác ghép vào.",
            "Another kind of signing may have been chosen, or the signature may have been taken from elsewhere.",
        ),
        Code::CmsAttribute => (
            "Thường do phần mềm ký bỏ sót hoặc ghi lặp thông tin này.",
            "Mostly the signing program forgot this attribute or wrote it twice.",
        ),
        Code::CmsContentType => (
            "Thường do phần mềm ký đặt sai cấu hình, hoặc chữ ký vốn được làm cho loại dữ liệu khác.",
            "Mostly the signing program is set up wrongly, or the signature was made for another kind of data.",
        ),
        Code::CmsDigest => (
            "Thường do tệp được mở và lưu lại bằng phần mềm khác sau khi ký, hoặc hỏng khi chép; cũng có thể do cố ý sửa nội dung hay ghép chữ ký của tài liệu khác.",
            "Mostly another program saved the file after signing, or it was damaged while it was copied; perhaps content was changed on purpose, or the signature is of another document.",
        ),
        Code::CmsSigningCertificate => (
            "Có thể do phần mềm ký chọn nhầm khi người ký có nhiều chứng thư, hoặc do chứng thư đi kèm bị thay.",
            "The signing program may have taken another certificate of the signer, or the one inside may have been exchanged.",
        ),
        Code::CmsCertificateMissing => (
            "Thường do phần mềm ký được đặt ở chế độ không đính kèm chứng thư.",
            "Mostly the signing program is set not to include certificates.",
        ),
        Code::CmsUnusedCertificate => (
            "Thường do phần mềm ký đính kèm mọi chứng thư có trong USB token; cũng có thể do dữ liệu chữ ký bị hỏng, hoặc chứng thư được thêm vào sau.",
            "Mostly the signing program includes every certificate of the token; perhaps the data were damaged, or one was added later.",
        ),
        Code::CmsAlgorithm => (
            "Thường do phần mềm ký có lỗi; cũng có thể do dữ liệu chữ ký bị sửa.",
            "Mostly the signing program is faulty; perhaps the signature data were changed.",
        ),
        Code::CmsAlgorithmUnknown => (
            "Thường do người ký dùng thuật toán mới, hoặc thuật toán riêng của một nhà cung cấp.",
            "Mostly the signer uses a new algorithm, or one of a single vendor.",
        ),
        Code::CmsSignature => (
            "Có thể do dữ liệu chữ ký bị hỏng, hoặc do chữ ký hay chứng thư được lấy từ nơi khác ghép vào.",
            "The signature data may be damaged, or signature or certificate may have been taken from elsewhere.",
        ),
        Code::CmsSigningTime => (
            "Thường do phần mềm ký đời cũ, hoặc được đặt theo một chuẩn khác PAdES.",
            "Mostly an older signing program, or one that is set to another standard than PAdES.",
        ),
        Code::WeakDigest => (
            "Thường do phần mềm ký đời cũ còn dùng MD5 hoặc SHA-1.",
            "Mostly an older signing program still uses MD5 or SHA-1.",
        ),
        Code::WeakKey => (
            "Thường do chứng thư được cấp từ nhiều năm trước, hoặc do USB token thuộc loại có chip lỗi (ROCA).",
            "Mostly the certificate was issued many years ago, or the token has a flawed chip (ROCA).",
        ),
        Code::CertificateMalformed => (
            "Có thể do dữ liệu chữ ký bị hỏng, hoặc do chứng thư được cấp sai khuôn dạng.",
            "The signature data may be damaged, or the certificate may have been issued in the wrong form.",
        ),
        Code::KeyUsage => (
            "Thường do chọn nhầm chứng thư trong USB token, ví dụ chứng thư để đăng nhập hay mã hóa.",
            "Mostly another certificate of the token was chosen, such as one for signing in or for encryption.",
        ),
        Code::NoCertificateChainFound => (
            "Thường do máy đang kiểm tra chưa có chứng thư gốc hoặc chứng thư trung gian của nơi cấp; cũng có thể do chứng thư không phải của một nơi cấp được công nhận.",
            "Mostly this computer lacks the root or an intermediate certificate of the issuer; perhaps the issuer is not a recognized one.",
        ),
        Code::ChainConstraintsFailure => (
            "Thường do nơi cấp lập chứng thư sai quy tắc; cũng có thể do một chứng thư không được phép cấp chứng thư khác.",
            "Mostly the issuer made a certificate against the rules; perhaps one of the chain may not issue others.",
        ),
        Code::WeakChain => (
            "Thường do chứng thư được cấp từ thời còn dùng SHA-1 hoặc khóa ngắn.",
            "Mostly a certificate is from the time of SHA-1 or of short keys.",
        ),
        Code::LegacyAnchor => (
            "Thường do hồ sơ được ký khi hệ thống cũ còn được dùng.",
            "Mostly the document was signed while the old hierarchy was in use.",
        ),
        Code::LegacyAnchorClaimed => (
            "Thường do hồ sơ cũ được ký mà không gắn dấu thời gian; cũng có thể do đồng hồ máy ký bị đặt lùi.",
            "Mostly an old document was signed without a timestamp; perhaps the clock of the signing computer was set back.",
        ),
        Code::LegacyAnchorTooLate => (
            "Thường do người ký chưa đổi sang chứng thư của hệ thống hiện hành.",
            "Mostly the signer had not changed to a certificate of the present hierarchy.",
        ),
        Code::NotYetValid => (
            "Thường do đồng hồ của máy ký hoặc của máy đang kiểm tra chạy sai, hoặc do chọn thời điểm xét quá sớm.",
            "Mostly the clock of the signing or of this computer is wrong, or the check was asked for too early a moment.",
        ),
        Code::OutOfBoundsNoPoe => (
            "Thường do hồ sơ được ký mà không gắn dấu thời gian, nay chứng thư đã hết hạn; cũng có thể do ký sau khi chứng thư hết hạn.",
            "Mostly the document was signed without a timestamp and the certificate has expired since; perhaps it was signed after the end.",
        ),
        Code::RevokedNoPoe => (
            "Thường do chứng thư bị thu hồi khi đổi USB token hay đổi chức vụ, mà chữ ký không có dấu thời gian; cũng có thể do ký sau khi chứng thư bị thu hồi.",
            "Mostly it was revoked when a token or an office changed, and the signature has no timestamp; perhaps it was made after the revocation.",
        ),
        Code::TryLater => (
            "Thường do máy không nối mạng, máy chủ của nơi cấp không trả lời, hoặc tệp không mang theo dữ liệu thu hồi.",
            "Mostly this computer is offline, the issuer's server does not answer, or the file carries no revocation data.",
        ),
        Code::SigningTimeFuture => (
            "Thường do đồng hồ của một trong hai máy chạy sai hoặc sai múi giờ; cũng có thể do thời điểm được đặt tay.",
            "Mostly one of the two clocks or its time zone is wrong; perhaps the time was set by hand.",
        ),
        Code::SigningTimeAfterProof => {
            ("Thường do đồng hồ máy ký chạy nhanh.", "Mostly the clock of the signing computer was fast.")
        }
        Code::SigningTimeZone => (
            "Thường do máy ký ghi giờ Việt Nam nhưng khai là giờ quốc tế (UTC), hoặc ngược lại.",
            "Mostly the signing computer wrote Vietnamese time as universal time (UTC), or the other way round.",
        ),
        Code::TimestampStructure => (
            "Thường do máy chủ cấp dấu thời gian trả lời không đúng chuẩn, hoặc dữ liệu bị hỏng.",
            "Mostly the timestamp server does not follow the standard, or the data were damaged.",
        ),
        Code::TimestampRefused => (
            "Thường do hết hạn mức, máy chủ quá tải, hoặc máy chủ không nhận thuật toán này.",
            "Mostly the allowance is used up, the server is overloaded, or it does not take this algorithm.",
        ),
        Code::TimestampImprint => (
            "Thường do tệp được lưu lại sau khi gắn dấu thời gian; cũng có thể do dấu thời gian được lấy từ tài liệu khác.",
            "Mostly the file was saved again after the timestamp; perhaps the timestamp was taken from another document.",
        ),
        Code::TimestampSignature => (
            "Có thể do dữ liệu dấu thời gian bị hỏng, hoặc do dấu thời gian không phải của nơi cấp đã ghi.",
            "The data of the timestamp may be damaged, or it may not be of the authority that it names.",
        ),
        Code::TimestampKeyUsage => (
            "Thường do nơi cấp dùng nhầm chứng thư; cũng có thể do dấu thời gian không phải của một nơi cấp dấu thời gian.",
            "Mostly the authority used another certificate; perhaps the timestamp is not of a timestamp authority at all.",
        ),
        Code::TimestampUntrusted => (
            "Thường do máy đang kiểm tra chưa có chứng thư gốc của nơi cấp, hoặc chứng thư đó đã hết hạn hay bị thu hồi; cũng có thể do nơi cấp không được công nhận.",
            "Mostly this computer lacks the root of the authority, or its certificate is expired or revoked; perhaps the authority is not a recognized one.",
        ),
        Code::TimestampRevocationUnchecked => (
            "Thường do không có danh sách thu hồi của nơi cấp dấu thời gian trong tệp và trên máy này, hoặc máy không nối mạng.",
            "Mostly neither file nor computer has the authority's list, or this computer is offline.",
        ),
        Code::UnexplainedObject => (
            "Thường do tệp được chỉnh sửa hoặc lưu lại bằng phần mềm PDF sau khi ký; cũng có thể do cố ý sửa nội dung.",
            "Mostly a PDF program edited or saved the file after signing; perhaps content was changed on purpose.",
        ),
        Code::TrailerChanged => (
            "Thường do phần mềm PDF ghi lại cả tệp sau khi ký; cũng có thể do cố ý trỏ sang một tài liệu khác.",
            "Mostly a PDF program wrote the whole file anew after signing; perhaps it is meant to lead to another document.",
        ),
        Code::CatalogChanged => (
            "Thường do phần mềm PDF thêm thiết lập hiển thị khi lưu; cũng có thể do cố ý đổi cách hiển thị.",
            "Mostly a PDF program added settings when it saved; perhaps the way it shows was changed on purpose.",
        ),
        Code::FieldChanged => (
            "Thường do ô được điền hoặc xóa trong phần mềm đọc PDF sau khi ký; cũng có thể do cố ý sửa.",
            "Mostly a field was filled in or cleared in a PDF program after signing; perhaps it was changed on purpose.",
        ),
        Code::AppearanceChanged => (
            "Thường do một phần mềm ký khác vẽ lại ô ký; cũng có thể do hình được thay để che nội dung.",
            "Mostly another signing program drew the box anew; perhaps the picture was exchanged to cover content.",
        ),
        Code::AppearanceOtherName => (
            "Thường do phần mềm ký in tên theo cách khác, ví dụ tên đăng nhập; cũng có thể do cố ý ghi tên người khác.",
            "Mostly the signing program prints another form of the name, such as a user name; perhaps somebody else's name was put there on purpose.",
        ),
        Code::AppearanceOtherPicture => (
            "Thường do hình chữ ký hay hình dấu đã đổi mà danh sách nhân sự chưa cập nhật; cũng có thể do hình được lấy từ nơi khác.",
            "Mostly the picture changed and the roster did not follow; perhaps the picture was taken from elsewhere.",
        ),
        Code::AppearancePictureUnknown => (
            "Thường do chỉ kiểm tra một tệp riêng lẻ, không có danh sách nhân sự đi kèm.",
            "Mostly a single file is checked, without the roster of its school.",
        ),
        Code::LargeAppearance => (
            "Thường do biểu mẫu được thiết kế với ô lớn, hoặc phần mềm ký vẽ ô lớn; cũng có thể do cố ý che nội dung.",
            "Mostly the form was made with a large box, or the signing program draws one; perhaps content is covered on purpose.",
        ),
        Code::DssStructure => (
            "Thường do phần mềm khác thêm dữ liệu kiểm chứng không theo chuẩn; cũng có thể do dữ liệu khác được giấu vào đó.",
            "Mostly another program added validation data in its own way; perhaps something else is hidden there.",
        ),
        Code::VisibleUnsignedField => (
            "Thường do phần mềm vẽ ô cho dấu thời gian, hoặc ô ký được thêm mà chưa ký; cũng có thể do cố ý che nội dung.",
            "Mostly a program draws a box for its timestamp, or a field was added and not signed yet; perhaps content is covered on purpose.",
        ),
        Code::AnnotationAdded => (
            "Thường do ghi chú được thêm khi đọc tệp rồi lưu lại; cũng có thể do cố ý che nội dung.",
            "Mostly a remark was made while reading and then saved; perhaps content is covered on purpose.",
        ),
        Code::DocMdp => (
            "Thường do tệp được chỉnh sửa rồi lưu lại sau khi chứng nhận; cũng có thể do cố ý sửa phần đã chứng nhận.",
            "Mostly the file was edited and saved after its certification; perhaps what is certified was changed on purpose.",
        ),
        Code::FieldMdp => (
            "Thường do một phần mềm ký khác không giữ khóa của ô; cũng có thể do ô bị sửa sau khi khóa.",
            "Mostly another signing program does not keep the lock of a field; perhaps the field was changed after it was locked.",
        ),
        Code::Certification => (
            "Thường do tài liệu được ký lần đầu bằng một phần mềm khác.",
            "Mostly the first signature was made by another program.",
        ),
        Code::RevisionKind => (
            "Thường do tệp được mở và lưu lại bằng phần mềm khác giữa các lần ký; cũng có thể do cố ý thêm nội dung.",
            "Mostly another program opened and saved the file between signatures; perhaps content was added on purpose.",
        ),
        Code::RevisionOrder => (
            "Thường do ký thêm sau khi hồ sơ đã đóng, hoặc phần mềm khác thêm dấu thời gian quá sớm.",
            "Mostly somebody signed after the dossier was closed, or another program added a timestamp too early.",
        ),
        Code::PlanMissing => (
            "Thường do tệp không do hệ thống này lập, hoặc đã được chuyển đổi nên mất phần đính kèm.",
            "Mostly the file was not made by this system, or a conversion lost what was attached.",
        ),
        Code::PlanMalformed => (
            "Thường do phần đính kèm bị hỏng hoặc bị phần mềm khác ghi lại; cũng có thể do bị sửa tay.",
            "Mostly the attachment was damaged or written anew by another program; perhaps it was edited by hand.",
        ),
        Code::PlanFields => (
            "Thường do ô ký được thêm hoặc bớt bằng phần mềm khác; cũng có thể do kế hoạch ký trong tệp bị thay.",
            "Mostly another program added or removed fields; perhaps the plan in the file was exchanged.",
        ),
        Code::PlanOther => (
            "Thường do đối chiếu với kế hoạch của năm học khác, hoặc kế hoạch đã đổi sau khi lập tài liệu; cũng có thể do kế hoạch trong tệp bị thay.",
            "Mostly the plans at hand are of another year, or changed after the document was made; perhaps the plan in the file was exchanged.",
        ),
        Code::PlanOrder => (
            "Thường do tệp được ký ngoài hệ thống nên không theo lượt.",
            "Mostly the file was signed outside of the system, which keeps the turns.",
        ),
        Code::BoxMissing => (
            "Thường do người phụ trách ô này chưa ký, hoặc đây là bản được lấy ra trước khi ký xong.",
            "Mostly the person responsible has not signed yet, or this copy was taken before everybody had.",
        ),
        Code::RosterOther => (
            "Thường do tài liệu thuộc năm học khác, hoặc danh sách nhân sự đã được lập lại; cũng có thể do tài liệu không phải của trường này.",
            "Mostly the document is of another year, or the roster was made anew; perhaps it is not of this school.",
        ),
        Code::RosterFault => (
            "Thường do phân công chưa được ghi vào danh sách nhân sự, hoặc ghi sai lớp hay môn.",
            "Mostly an assignment is missing from the roster, or names another class or subject.",
        ),
        Code::WrongPerson => (
            "Thường do cắm nhầm USB token, hoặc ký thay mà không có văn bản đi kèm; cũng có thể do ký ngoài thẩm quyền.",
            "Mostly another token was plugged in, or a colleague signed without an act at hand; perhaps it was signed without authority.",
        ),
        Code::TokenNotInForce => (
            "Thường do ký bằng USB token cũ sau khi đã đổi, hoặc bằng token mới trước ngày được dùng.",
            "Mostly an old token was used after its replacement, or a new one before its day.",
        ),
        Code::DelegationOutside => (
            "Thường do văn bản ủy quyền đã hết hạn, hoặc không ghi loại hồ sơ này.",
            "Mostly the delegation had ended, or does not name this kind of document.",
        ),
        Code::KyThayOutside => (
            "Thường do văn bản giao ký thay đã hết hạn, hoặc ghi thiếu lớp hay môn.",
            "Mostly the act had ended, or does not name this class or subject.",
        ),
        Code::ActLater => (
            "Thường do văn bản được làm bổ sung sau khi đã ký; cũng có thể do đồng hồ của máy ký chạy sai.",
            "Mostly the act was made up after signing; perhaps the clock of the signing computer was wrong.",
        ),
        Code::ActByClaimedTime => (
            "Thường do chỉ kiểm tra một tệp riêng lẻ, không có sổ theo dõi để chứng minh thời điểm.",
            "Mostly a single file is checked, without a register that proves the time.",
        ),
        Code::ActUnproven => (
            "Thường do máy đang kiểm tra chưa có chứng thư gốc hay dữ liệu thu hồi của người ký văn bản.",
            "Mostly this computer lacks the root or the revocation data of whoever signed the act.",
        ),
        Code::ActNotInForce => (
            "Thường do lấy nhầm văn bản của trường hoặc năm học khác; cũng có thể do văn bản bị sửa sau khi ký.",
            "Mostly the act is of another school or year; perhaps it was changed after it was signed.",
        ),
        Code::SameSignerSeveralBoxes => (
            "Thường do một giáo viên dạy nhiều môn hoặc kiêm chủ nhiệm; cũng có thể do một người ký vào ô của nhiều người.",
            "Mostly one teacher has several subjects or is homeroom teacher as well; perhaps one person signed in the place of others.",
        ),
        Code::EmbeddedData => (
            "Thường do phần đính kèm bị phần mềm khác bỏ đi hoặc bị hỏng; cũng có thể do dữ liệu của hồ sơ khác được đặt vào.",
            "Mostly another program removed or damaged the attachment; perhaps data of another dossier were put in.",
        ),
        Code::PrintedOtherwise => (
            "Thường do tệp được lập bằng phần mềm khác, hoặc dữ liệu kèm theo không cùng bản với trang in; cũng có thể do trang in hay dữ liệu bị sửa trước khi ký.",
            "Mostly another program made the file, or the data are of another version than the pages; perhaps pages or data were changed before signing.",
        ),
        Code::PrintedNotRead => (
            "Thường do tệp được lập theo mẫu của một phiên bản khác, hoặc bằng phần mềm khác.",
            "Mostly the file follows the forms of another version, or was made by another program.",
        ),
        Code::FontLetters => (
            "Thường do tài liệu dùng phông chữ của phần mềm khác; cũng có thể do phông bị sửa để hiện chữ số khác.",
            "Mostly the document uses fonts of another program; perhaps a font was changed to show other digits.",
        ),
        Code::JavaScript => (
            "Thường do biểu mẫu có phần tự tính hoặc tự kiểm tra; cũng có thể do cố ý đổi nội dung hiển thị.",
            "Mostly the form calculates or checks by itself; perhaps it is meant to change what it shows.",
        ),
        Code::XfaForm => (
            "Thường do biểu mẫu được làm bằng phần mềm thiết kế biểu mẫu đời cũ.",
            "Mostly the form was made by an older program for designing forms.",
        ),
        Code::ExternalContent => (
            "Thường do phần mềm soạn thảo liên kết tới tệp khác thay vì nhúng vào; cũng có thể do cố ý để nội dung thay được về sau.",
            "Mostly a word processor links to another file instead of embedding it; perhaps it is meant to be exchanged later.",
        ),
        Code::OptionalContent => (
            "Thường do phần mềm vẽ hoặc dàn trang xuất ra các lớp; cũng có thể do cố ý giấu nội dung trong một lớp.",
            "Mostly a drawing or layout program writes layers; perhaps content is hidden in one on purpose.",
        ),
        Code::LaunchAction => (
            "Có thể do khi soạn tệp đã đặt nút mở chương trình, hoặc do tệp được làm để gây hại cho máy.",
            "A button that opens a program may have been put in, or the file may be meant to do harm.",
        ),
        Code::SchoolCertificate => (
            "Thường do chép nhầm mã chứng thư, hoặc trường đã đổi con dấu số; cũng có thể do tài liệu không phải của trường này.",
            "Mostly the fingerprint was copied wrongly, or the school has another stamp since; perhaps the document is not of this school.",
        ),
        Code::CheckpointNotCompared => (
            "Thường do chọn một tệp riêng lẻ thay vì cả gói lưu trữ.",
            "Mostly a single file was chosen in the place of its deposit.",
        ),
        Code::NotRegistered => (
            "Thường do đây là bản trước khi đóng hồ sơ, hoặc sổ theo dõi cũ hơn tệp; cũng có thể do tệp không do hệ thống của trường lập.",
            "Mostly this copy is from before the closing, or the register is older than the file; perhaps the school's system did not make it.",
        ),
    }
}
