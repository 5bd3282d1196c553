//! `MUC-LUC.html`: class, pupil, file, with links that work from the medium itself. No script; nothing is
//! fetched. maud escapes every value that stands in it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use school::digest::Sha256;

use super::{
    CORRECTED, CORRECTED_STAYS, Contents, ListedClass, ListedCorrection, ListedDeposit, ListedFile, names,
};

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#111;--paper:#fff;--quiet:#444;--line:#666;--head:#eee;--bad:#9b1c1c;--link:#0b3d91}
@media screen and (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#16181b;--quiet:#bbb;--line:#888;--head:#2a2d31;--bad:#ff9d9d;--link:#9cc2ff}}
body{margin:0 auto;max-width:64rem;padding:1.5rem;font:1rem/1.5 'Times New Roman','Liberation Serif',serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.7rem;margin:.5rem 0;text-align:center}h2{font-size:1.35rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}h3{font-size:1.15rem;margin:1.5rem 0 .25rem}
a{color:var(--link)}[lang=en]{color:var(--quiet);font-style:italic;font-size:.92em}.second{display:block}
.sample{border:2px solid;color:var(--bad);text-align:center;font-weight:bold;padding:.3rem}
th [lang=en],caption [lang=en],h2 [lang=en],h3 [lang=en]{font-weight:normal}.corrected{font-weight:bold;color:var(--bad)}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1rem}
.files{padding-left:1.2rem}.pupils ul{list-style:none;margin:0;padding:0}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{background:var(--head)}tbody th{font-weight:normal}.number{width:2rem}
code{font-family:'Liberation Mono','DejaVu Sans Mono',monospace;font-size:.85em;overflow-wrap:anywhere}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10pt}tr{break-inside:avoid}h2,h3,caption,thead{break-after:avoid}}
";

/// The page, UTF-8.
pub fn contents_page(contents: &Contents) -> Vec<u8> {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::of(STYLE.as_bytes()).as_bytes())
    );
    let page = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Mục lục – " (contents.medium) " – " (contents.school.name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    @if contents.school.sample { p.sample { "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" (en("Sample data, no legal value")) } }
                    h1 { "Mục lục" span.second lang="en" { "Contents" } }
                    p {
                        (contents.school.name) ". Vật mang " strong { (contents.medium) } ", lập "
                        (contents.planned.vietnamese()) ". "
                        "Kiểm tra: " a href=(names::CHECKING_PAGE) { (names::CHECKING_PAGE) } "; hướng dẫn: "
                        a href=(names::READ_FIRST) { (names::READ_FIRST) } "; bản in: "
                        a href=(names::CONTENTS_PAPER) { (names::CONTENTS_PAPER) } "."
                        span.second lang="en" { "Every line opens a file of this medium. Nothing is sent anywhere." }
                    }
                    @if !contents.corrected.is_empty() { (of_corrections(contents.corrected)) }
                    @for (number, deposit) in contents.deposits.iter().enumerate() { (of_deposit(number + 1, deposit)) }
                }
            }
        }
    };
    page.into_string().into_bytes()
}

fn of_corrections(corrected: &[ListedCorrection]) -> Markup {
    html! {
        h2 { (CORRECTED) (en("Corrected documents")) }
        p { (CORRECTED_STAYS) (en("The correction stands in the place of the old version, which is kept.")) }
        table.pupils {
            thead { tr { th scope="col" { "Bản cũ" (en("Old version")) } th scope="col" { "Được thay bằng" (en("Replaced by")) } } }
            tbody { @for one in corrected {
                @let [older, newer] = one.in_words();
                tr { th scope="row" { (older) } td { (newer) } }
            } }
        }
    }
}

fn of_deposit(number: usize, deposit: &ListedDeposit) -> Markup {
    let seal = deposit.seal.to_string();
    html! {
        h2 { "Gói lưu trữ " (deposit.deposit) (en("Deposit")) }
        p {
            "Năm học " (deposit.year()) ", " (deposit.count()) " tệp. Mã niêm phong (SHA-256): "
            code { (grouped(&seal)) }
            (en("School year, files, digest of the seal"))
            @if let Some(earlier) = &deposit.corrects {
                br; span.corrected { "Gói sửa chữa, thay cho những tệp cùng tên của gói " (earlier) " (gói cũ vẫn được lưu)." (en("Corrects files of the same name; the old deposit is kept.")) }
            }
        }
        @if !deposit.files.is_empty() {
            h3 { "Chung cả gói" (en("Of the whole deposit")) }
            (list(deposit, &deposit.files))
        }
        @if deposit.classes.len() > 1 {
            nav aria-label={ "Các lớp của gói / Classes of deposit " (deposit.deposit) } {
                ul { @for class in &deposit.classes { li { a href={ "#" (anchor(number, class)) } { "Lớp " (class.class) } } } }
            }
        }
        @for class in &deposit.classes { (of_class(number, deposit, class)) }
    }
}

fn of_class(number: usize, deposit: &ListedDeposit, class: &ListedClass) -> Markup {
    let pupils = class.by_given_name();
    html! {
        h3 id=(anchor(number, class)) { "Lớp " (class.class) (en("Class")) }
        @if !class.files.is_empty() { (list(deposit, &class.files)) }
        @if !pupils.is_empty() {
            table.pupils {
                caption { "Học sinh lớp " (class.class) " có hồ sơ riêng: " (pupils.len()) (en("Pupils with documents of their own")) }
                thead { tr {
                    th.number scope="col" { "STT" (en("No.")) } th scope="col" { "Họ và tên" (en("Name")) }
                    th scope="col" { "Mã học sinh" (en("Code")) } th scope="col" { "Tệp" (en("Files")) }
                } }
                tbody {
                    @for (index, pupil) in pupils.iter().enumerate() {
                        tr {
                            td { (index + 1) } th scope="row" { (pupil.name) } td { (pupil.pupil) }
                            td { (list(deposit, &pupil.files)) }
                        }
                    }
                }
            }
        }
    }
}

/// English in small print.
fn en(english: &str) -> Markup {
    html! { " " span lang="en" { (english) } }
}

fn list(deposit: &ListedDeposit, files: &[ListedFile]) -> Markup {
    html! {
        ul.files {
            @for file in files {
                li {
                    a href={ (deposit.folder) "/" (file.place) } { (file.what.title()) }
                    " (" (size(file.bytes)) ")"
                    @if let Some(correction) = file.what.correction() { " " span.corrected { (correction) } }
                }
            }
        }
    }
}

fn anchor(number: usize, class: &ListedClass) -> String {
    format!("goi-{number}-lop-{}", class.class)
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} byte"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Blocks of eight digits, so that two people can compare a digest aloud.
fn grouped(hex: &str) -> String {
    let blocks: Vec<&str> = (0..hex.len()).step_by(8).filter_map(|at| hex.get(at..at + 8)).collect();
    blocks.join(" ")
}
