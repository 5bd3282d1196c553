//! `DOC-TRUOC.txt`: how to check a medium with nothing of ours. Lines that begin with `$ ` are typed on Linux
//! or macOS, those with `> ` in PowerShell; the judges of `make test` follow the first ones word by word.

/// What the letter names.
#[derive(Debug, Clone, Copy)]
pub struct ReadFirst<'a> {
    /// Name of the medium, as its statement has it.
    pub medium: &'a str,
    /// Name of the school.
    pub school: &'a str,
    /// Folders of the deposits from the root of the medium.
    pub deposits: &'a [String],
    /// True where a timestamp lies beside each seal.
    pub timestamped: bool,
}

const SHA256: &str =
    "sha256sum -c --quiet manifest-sha256.txt && sha256sum -c --quiet tagmanifest-sha256.txt";
const SEAL: &str = "niem-phong/niem-phong.txt";

/// The letter: UTF-8 without a mark of order, lines ended as Windows ends them.
pub fn read_first(letter: &ReadFirst) -> Vec<u8> {
    let folders = letter.deposits.join(" ");
    let mut lines: Vec<String> = Vec::new();
    let mut say = |text: &str| lines.extend(text.lines().map(str::to_owned));
    say(&format!(
        "ĐỌC TRƯỚC (READ FIRST: English below)\n\
         \n\
         Đây là bản lưu trữ có niêm phong {} của {}.\n\
         Không được ghi thêm, sửa, đổi tên hoặc xóa bất kỳ tệp nào ở đây.\n\
         \n\
         1. XEM\n\
         - MUC-LUC.html (mở bằng trình duyệt) hoặc MUC-LUC.pdf: mục lục theo lớp, học sinh; mỗi dòng mở một tệp.\n\
         - Các gói lưu trữ nằm trong: {folders}\n\
         - Trong mỗi gói: data/ho-so là sổ điểm, học bạ, quyết định (PDF/A, đã ký số);\n\
         \u{20} niem-phong/bien-ban.pdf là biên bản niêm phong; niem-phong/so-theo-doi.jsonl là sổ theo dõi.\n",
        letter.medium, letter.school
    ));
    say("\n2. KIỂM TRA BẰNG TRÌNH DUYỆT, KHÔNG CẦN MẠNG\n\
         - Mở KIEM-TRA.html, chọn cả thư mục này. Trang này tìm hư hỏng và không gửi gì đi đâu.\n\
         - Trang nằm trên chính vật mang này nên không tự chứng minh được. Trước khi tin, so mã SHA-256 của\n\
         \u{20} KIEM-TRA.html với nhãn, hoặc dùng bản kiểm tra của riêng mình.\n\
         \n\
         3. KIỂM TRA TRÊN LINUX, macOS: gõ những dòng bắt đầu bằng $ (không gõ dấu $) trong thư mục này.\n\
         Trên macOS không có sha256sum: thay bằng shasum -a 256.\n\
         Không hiện gì, hoặc hiện đúng điều ghi bên dưới, là không thấy hư hỏng. Có dòng FAILED, \"No such file\"\n\
         hoặc \"HỎNG\" là có tệp hỏng hoặc thiếu.\n\
         \n\
         Mọi tệp của vật mang và của từng gói còn nguyên:");
    say(&format!("$ {SHA256} || echo HỎNG"));
    say(&format!("$ for goi in {folders}; do (cd \"$goi\" && {SHA256}) || echo \"HỎNG: $goi\"; done"));
    say(&format!(
        "\nMã niêm phong, phải bằng mã in trên nhãn và trong sổ theo dõi:\n\
         $ sha256sum {SEAL}\n\
         Bản kê tệp phải là bản đã niêm phong (hiện một dòng tagmanifest-sha256 cho vật mang và cho mỗi gói):\n\
         $ grep \"$(sha256sum < tagmanifest-sha256.txt | cut -c1-64)\" {SEAL} || echo HỎNG\n\
         $ for goi in {folders}; do (cd \"$goi\" && grep \"$(sha256sum < tagmanifest-sha256.txt | cut -c1-64)\" {SEAL}) \
         || echo \"HỎNG: $goi\"; done\n\
         \n\
         Chữ ký số của con dấu nhà trường trên niêm phong. Cần chứng thư gốc lấy từ nơi công bố của cơ quan chứng\n\
         thực (không lấy từ vật mang này), ghép vào một tệp tên ca.pem trong thư mục cá nhân của mình. Phải hiện\n\
         \"CAdES Verification successful\":"
    ));
    say(&for_each(&folders, &cms()));
    if letter.timestamped {
        say("\nDấu thời gian trên niêm phong. Phải hiện \"Verification: OK\":");
        say(&for_each(&folders, &timestamp()));
    }
    say(
        "\n4. KIỂM TRA TRÊN WINDOWS (chưa được thử trên máy Windows): mở PowerShell trong thư mục này, gõ những dòng bắt\n\
         đầu bằng > (không gõ dấu >). Không hiện gì là không thấy hư hỏng; mỗi tệp hỏng hoặc thiếu hiện một dòng.",
    );
    say(&format!(
        "> Get-Content manifest-sha256.txt,tagmanifest-sha256.txt | % {{ $ma,$tep = $_ -split '  ',2; if ((Get-FileHash \
         -Algorithm SHA256 -LiteralPath $tep).Hash -ne $ma) {{ \"HỎNG: $tep\" }} }}\n\
         Làm lại dòng trên trong thư mục của từng gói (cd tên-gói). Mã niêm phong để so với nhãn:\n\
         > Get-FileHash -Algorithm SHA256 {}",
        SEAL.replace('/', "\\")
    ));
    say("\n5. CHỮ KÝ TRONG TỆP PDF, BẰNG ADOBE READER (chưa được thử với Adobe Reader)\n\
         - Mở một tệp trong data/ho-so, mở bảng Signatures (Chữ ký).\n\
         - Lần đầu thường hiện \"At least one signature has problems\" và \"The signer's identity is unknown\": Adobe chưa\n\
         \u{20} biết cơ quan chứng thực của Việt Nam. Đó không phải là dấu hiệu hỏng.\n\
         - Dòng phải có ở mỗi chữ ký: \"Document has not been modified since this signature was applied\", hoặc ở chữ ký\n\
         \u{20} trước: những thay đổi sau đó chỉ là các chữ ký, dấu thời gian tiếp theo.\n\
         - Thêm chứng thư gốc lấy từ nơi công bố vào Trusted Certificates thì hiện \"Signed and all signatures are valid\".\n\
         - Trên Linux: pdfsig tệp.pdf (poppler). Nó chỉ xét chữ ký, không xét những gì được thêm sau chữ ký cuối.\n\
         \n\
         6. KIỂM TRA ĐẦY ĐỦ\n\
         - niemphong verify <thư mục này>, với chương trình lấy từ nguồn của mình, không lấy từ vật mang này.\n\
         - Khi có hư hỏng hoặc nghi ngờ: không sửa gì, giữ nguyên vật mang, lập biên bản, dùng bản lưu thứ hai.\n\
         \n\
         READ FIRST");
    say(&format!(
        "\nA sealed archive of a Vietnamese school ({}). Change, add, rename or delete nothing here.\n\
         - MUC-LUC.html, MUC-LUC.pdf: contents by class and pupil. Deposits: {folders}\n\
         - KIEM-TRA.html: opened in a browser, checks this whole folder offline and sends nothing. It lies on the\n\
         \u{20} medium itself: compare its SHA-256 with the label before you believe it.\n\
         - Lines beginning with $ are typed on Linux or macOS in this folder; no FAILED, no \"No such file\", no HỎNG\n\
         \u{20} means that nothing is damaged. The digest of {SEAL} must be the one on the label.\n\
         - ca.pem in your home folder: root certificates from their publishers, never from this medium.\n\
         - Lines beginning with > are for PowerShell (not yet tried on Windows).\n\
         - Adobe Reader (not yet tried) does not know the Vietnamese authorities at first and says that the identity of\n\
         \u{20} the signer is unknown; what counts is that the document was not modified.\n\
         - Full check: niemphong verify <this folder>, with your own copy of the program.",
        letter.medium
    ));
    (lines.join("\r\n") + "\r\n").into_bytes()
}

fn cms() -> String {
    format!(
        "openssl cms -verify -binary -cades -purpose any -inform DER -CAfile ~/ca.pem -in {SEAL}.p7s -content {SEAL} \
         -out /dev/null"
    )
}

fn timestamp() -> String {
    format!("openssl ts -verify -in {SEAL}.p7s.tsr -data {SEAL}.p7s -CAfile ~/ca.pem")
}

/// A command for the seal of the medium and for that of each deposit.
fn for_each(folders: &str, command: &str) -> String {
    format!(
        "$ {command} || echo HỎNG\n$ for goi in {folders}; do (cd \"$goi\" && {command}) || echo \"HỎNG: $goi\"; done"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(timestamped: bool) -> String {
        let deposits =
            ["data/HOAPHUONG_2025-2026_0001".to_owned(), "data/HOAPHUONG_2025-2026_0002".to_owned()];
        let letter = ReadFirst {
            medium: "HOAPHUONG_VM_0001",
            school: "Trường THCS Hoa Phượng",
            deposits: &deposits,
            timestamped,
        };
        String::from_utf8(read_first(&letter)).expect("UTF-8")
    }

    #[test]
    fn every_line_ends_as_windows_ends_lines_and_stays_readable_there() {
        let letter = letter(true);
        assert!(letter.ends_with("\r\n") && !letter.replace("\r\n", "").contains(['\r', '\n', '\t']));
        let widest =
            letter.lines().filter(|line| !line.starts_with(['$', '>'])).map(|line| line.chars().count());
        assert!(widest.max().is_some_and(|characters| characters <= 130), "{letter}");
    }

    #[test]
    fn a_medium_without_timestamps_does_not_ask_for_one() {
        assert!(letter(true).contains("openssl ts"));
        assert!(!letter(false).contains("openssl ts"));
    }

    #[test]
    fn lines_for_windows_and_adobe_say_that_they_are_untried() {
        let letter = letter(true);
        for untried in ["chưa được thử trên máy Windows", "chưa được thử với Adobe Reader"]
        {
            assert!(letter.contains(untried), "{untried}");
        }
    }
}
