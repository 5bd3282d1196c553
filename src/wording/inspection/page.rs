//! The inspection as one self-contained page: no script, nothing fetched, Vietnamese first and English
//! second, good to read aloud and to print. maud escapes every value that stands in it.
//!
//! Source: WCAG 2.2 (1.3.1 headings and table headers, 1.4.1 colour, 1.4.3 contrast, 3.1.2 language of parts).

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::item::Item;
use super::problem::Problem;
use super::record::{in_full, left_out};
use super::signature::{Mark, Signature};
use super::{Both, Grounds, Views, brief};
use crate::wording::{NO_LEGAL_VALUE, NO_LEGAL_VALUE_EN, both};

/// Nothing may be loaded or run, whatever a value might smuggle in.
const POLICY: &str =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#111;--paper:#fff;--quiet:#444;--line:#666;--head:#eee;--good:#0b5d1e;--bad:#9b1c1c;--open:#6b4300;--link:#0b3d91}
@media screen and (prefers-color-scheme:dark){:root{--ink:#eee;--paper:#16181b;--quiet:#bbb;--line:#888;--head:#2a2d31;--good:#7ddc93;--bad:#ff9d9d;--open:#f0c060;--link:#9cc2ff}}
body{margin:0 auto;max-width:80rem;padding:1.5rem;font:1rem/1.5 'Times New Roman','Liberation Serif',serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.7rem;text-align:center;margin:.5rem 0}h2{font-size:1.3rem;margin:2rem 0 .5rem}h3{font-size:1.1rem;margin:1.5rem 0 .25rem;overflow-wrap:anywhere}
h4{font-size:1rem;margin:1rem 0 .25rem}
a{color:var(--link)}
[lang=en]{color:var(--quiet);font-style:italic;font-size:.92em}
.second{display:block}
.verdict{font-weight:bold;font-size:1.1rem;border:2px solid;padding:.4rem .8rem;margin:.5rem 0}
.verdict [lang=en],td [lang=en]{font-weight:normal}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}
.sample{border:2px solid;color:var(--bad);text-align:center;font-weight:bold;padding:.3rem}
.wide{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
.wide table{min-width:46rem}.wide.many table{min-width:72rem}
caption{text-align:left;font-weight:bold;padding:.3rem 0}
th,td{border:1px solid var(--line);padding:.3rem .45rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{background:var(--head)}tbody th{font-weight:bold}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem;margin:.5rem 0 1.5rem}
figure{margin:0}figcaption{font-weight:bold;padding:.3rem 0}figcaption [lang=en]{font-weight:normal}
.sheet{position:relative;border:1px solid var(--line);line-height:0;background:#fff}.sheet img{width:100%;height:auto}
.frame{position:absolute;border:3px dashed #c00000;margin:-4px;padding:1px}
code{font-family:'Liberation Mono','DejaVu Sans Mono',monospace;font-size:.85em;overflow-wrap:anywhere}
@page{size:A4 landscape;margin:15mm}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10pt}.wide{overflow:visible}.wide table,.wide.many table{min-width:0}table{font-size:8.5pt}tr,.pair{break-inside:avoid}h2,h3,h4,caption,thead,thead tr{break-after:avoid}.pair{grid-template-columns:1fr 1fr}.sheet{display:inline-block}.sheet img{width:auto;max-width:100%;max-height:140mm}}
";

/// The page over all reports, in their order; `views` stand in the same order.
pub fn page(reports: &[Value], views: &[Views], grounds: &Grounds) -> String {
    let items: Vec<Item> = reports.iter().map(|one| Item::of(one, grounds.judged)).collect();
    let full = in_full(&items);
    let worst = [Mark::Bad, Mark::Open].into_iter().find(|mark| items.iter().any(|item| item.mark == *mark));
    let worst = if items.is_empty() { Mark::Open } else { worst.unwrap_or(Mark::Good) };
    let title = both("Biên bản kiểm tra chữ ký số", "Report on digital signatures");
    let markup = html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title.to_string()) " – " (grounds.checked.vietnamese()) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    @if grounds.sample() { p.sample { (NO_LEGAL_VALUE) (second(NO_LEGAL_VALUE_EN)) } }
                    h1 { (twice(&title)) }
                    @match items.as_slice() {
                        [one] => (verdict(one.mark, &one.sentence)),
                        _ => (verdict(worst, &brief(reports))),
                    }
                    (made(grounds))
                    @if items.len() > 1 { (table_of_items(&items, &full)) }
                    @if full.iter().any(|shown| *shown) {
                        h2 { "Chi tiết từng đối tượng" (second("Each object in detail")) }
                    }
                    @for (index, (item, _)) in items.iter().zip(&full).enumerate().filter(|(_, (_, shown))| **shown) {
                        (section(index + 1, item, views.get(index), items.len() > 1))
                    }
                    h2 #can-cu { "Căn cứ kiểm tra" (second("Grounds of the check")) }
                    (table_of_grounds(grounds))
                }
            }
        }
    };
    markup.into_string()
}

pub fn second(en: &str) -> Markup {
    html! { " " span.second lang="en" { (en) } }
}

pub fn twice(words: &Both) -> Markup {
    html! { (words.vi) @if words.en != words.vi && !words.en.is_empty() { (second(&words.en)) } }
}

const fn class(mark: Mark) -> (&'static str, &'static str) {
    match mark {
        Mark::Good => ("good", "✓"),
        Mark::Bad => ("bad", "✗"),
        Mark::Open => ("open", "?"),
    }
}

fn marked(mark: Mark, words: &Both) -> Markup {
    let (class, sign) = class(mark);
    html! { span class=(class) { span aria-hidden="true" { (sign) " " } (words.vi) } (second(&words.en)) }
}

fn verdict(mark: Mark, words: &Both) -> Markup {
    let (class, sign) = class(mark);
    html! {
        p class=(format!("verdict {class}")) {
            span aria-hidden="true" { (sign) " " } (words.vi) (second(&words.en))
        }
    }
}

/// When and by what, in one line; the whole stands at the end.
fn made(grounds: &Grounds) -> Markup {
    let (checked, program) = (grounds.checked.vietnamese(), &grounds.program);
    html! {
        p {
            "Kiểm tra lúc " (checked) " bằng " (program) "; "
            a href="#can-cu" { "chứng thư gốc và quy tắc ở cuối trang" } "."
            (second(&format!("Checked at {checked} by {program}; anchors and rules stand at the end.")))
        }
    }
}

fn heads(heads: &[(&str, &str)]) -> Markup {
    html! { thead { tr { @for (vi, en) in heads { th scope="col" { (vi) (second(en)) } } } } }
}

/// A table that a keyboard can scroll where it is wider than the screen.
fn wide(class: &str, label: &str, of: Option<usize>, table: &Markup) -> Markup {
    // Each region has its own name, for those who go from one to the next by ear.
    let label = of.map_or_else(|| label.to_owned(), |number| format!("{label}, {number}"));
    html! { div class=(class) role="region" tabindex="0" aria-label=(label) { (table) } }
}

fn table_of_items(items: &[Item], full: &[bool]) -> Markup {
    let table = html! {
        table {
            caption { "Đối tượng đã kiểm tra" (second("Objects checked")) }
            (heads(&[("Số TT", "No."), ("Đối tượng", "Object"), ("Loại", "Kind"), ("Kết luận", "Verdict")]))
            tbody {
                @for (index, (item, shown)) in items.iter().zip(full).enumerate() {
                    tr {
                        td { (index + 1) }
                        th scope="row" translate="no" {
                            @if *shown { a href=(format!("#d{}", index + 1)) { (item.name) } } @else { (item.name) }
                            @if let Some(called) = &item.called { br; (called) }
                        }
                        td { (twice(&item.kind)) }
                        td { (marked(item.mark, &item.sentence)) }
                    }
                }
            }
        }
    };
    wide("wide", "Đối tượng đã kiểm tra / Objects checked", None, &table)
}

fn table_of_grounds(grounds: &Grounds) -> Markup {
    html! {
        table {
            caption { "Chương trình, thời điểm và quy tắc" (second("Program, moments and rules")) }
            (heads(&[("Nội dung", "Item"), ("Giá trị", "Value")]))
            tbody { @for (label, value) in grounds.rows() { tr { th scope="row" { (twice(&label)) } td { (twice(&value)) } } } }
        }
        @if grounds.anchors.is_empty() {
            p { "Không có chứng thư gốc nào được tin cậy khi kiểm tra." (second("No certificate was trusted.")) }
        } @else {
            table {
                caption { "Chứng thư gốc được tin cậy khi kiểm tra" (second("Trust anchors used")) }
                (heads(&[("Chứng thư gốc", "Anchor"), ("SHA-256 của chứng thư", "SHA-256 of the certificate")]))
                tbody {
                    @for (name, digest) in &grounds.anchors {
                        tr { th scope="row" translate="no" { (crafts::document::plain_text(name, super::SHOWN_CHARACTERS)) } td { code { (digest) } } }
                    }
                }
            }
        }
    }
}

/// `among`: other things stand on the page, and the verdict on this one does not yet.
fn section(number: usize, item: &Item, views: Option<&Views>, among: bool) -> Markup {
    let views = views.filter(|views| !views.is_empty());
    html! {
        section id=(format!("d{number}")) {
            h3 translate="no" { (number) ". " (item.name) }
            @if let Some(called) = &item.called { p translate="no" { (called) } }
            @if among { (verdict(item.mark, &item.sentence)) }
            @if !item.signatures.is_empty() { (table_of_signatures(number, item)) }
            @if !item.problems.is_empty() { (table_of_problems(number, item)) }
            @if let Some(views) = views { (views.markup()) }
            h4 { "Chi tiết kỹ thuật" (second("Technical details")) }
            @if !item.signatures.is_empty() { (table_of_techniques(number, item)) }
            table {
                caption { "Về đối tượng" (second("About the object")) }
                (heads(&[("Nội dung", "Item"), ("Giá trị", "Value")]))
                tbody { @for (label, value) in &item.facts { tr { th scope="row" { (twice(label)) } td { code { (value) } } } } }
            }
        }
    }
}

fn place(one: &Signature) -> Markup {
    html! { th scope="row" { (one.place) @if let Some(role) = &one.role { br; (twice(role)) } } }
}

/// A row per signature, in the order of Điều 6, 6.4.
fn table_of_signatures(number: usize, item: &Item) -> Markup {
    let columns = [
        ("Ô ký", "Field"),
        ("Kết luận", "Conclusion"),
        ("Chủ thể ký", "Signer"),
        ("Cơ quan cấp chứng thư", "Issued by"),
        ("Đơn vị quản lý chứng thư", "Managed by"),
        ("Thời điểm ký hoặc dấu thời gian", "Time of signing or timestamp"),
        ("Toàn vẹn", "Integrity"),
        ("Hợp lệ tại thời điểm ký", "Valid when signed"),
        ("Thời hạn hiệu lực chứng thư", "Validity of the certificate"),
        ("Số chứng thư (serial)", "Serial"),
    ];
    let row = |one: &Signature| {
        html! {
            tr {
                (place(one))
                td { (marked(one.conclusion.0, &one.conclusion.1)) }
                td translate="no" { (one.signer) }
                td translate="no" { (one.issuer) }
                td translate="no" { (one.managed_by) }
                td { (twice(&one.time)) }
                td { (marked(one.integrity.0, &one.integrity.1)) }
                td { (marked(one.valid_then.0, &one.valid_then.1)) }
                td { (one.validity) }
                td { code { (one.serial) } }
            }
        }
    };
    let table = html! {
        table {
            caption { "Chữ ký" (second("Signatures")) }
            (heads(&columns))
            tbody { @for one in &item.signatures { (row(one)) } }
        }
    };
    wide("wide many", "Chữ ký / Signatures", Some(number), &table)
}

fn table_of_techniques(number: usize, item: &Item) -> Markup {
    let columns = [
        ("Ô ký", "Field"),
        ("Thuật toán và mức PAdES", "Algorithm and PAdES level"),
        ("Phạm vi chữ ký", "Covers"),
        ("SHA-256 của chứng thư người ký", "SHA-256 of the signer's certificate"),
    ];
    let table = html! {
        table {
            caption { "Chữ ký, chi tiết kỹ thuật" (second("Signatures, technical")) }
            (heads(&columns))
            tbody {
                @for one in &item.signatures {
                    tr { (place(one)) td { (one.technique) } td { (twice(&one.covers)) } td { code { (one.certificate) } } }
                }
            }
        }
    };
    wide("wide", "Chữ ký, chi tiết kỹ thuật / Signatures, technical details", Some(number), &table)
}

fn table_of_problems(number: usize, item: &Item) -> Markup {
    let columns = [
        ("Nơi", "Where"),
        ("Điều phát hiện", "What it means"),
        ("Nguyên nhân có thể có", "Probable cause"),
        ("Việc cần làm", "What to do"),
        ("Mã", "Code"),
    ];
    let row = |one: &Problem| {
        html! {
            tr {
                th scope="row" { (twice(&one.place())) }
                td { (twice(&one.meaning)) }
                td { (twice(&one.cause)) }
                td { (twice(&one.action)) }
                td { code { (one.code) } }
            }
        }
    };
    let more = (item.problems_left_out > 0).then(|| left_out(item.problems_left_out));
    let table = html! {
        table {
            caption { "Vấn đề phát hiện" (second("Problems found")) }
            (heads(&columns))
            tbody { @for one in &item.problems { (row(one)) } }
        }
    };
    html! { (wide("wide", "Vấn đề phát hiện / Problems", Some(number), &table)) @if let Some(more) = &more { p { (twice(more)) } } }
}

#[cfg(test)]
mod tests {
    use school::moment::Moment;
    use school::records::reader_frame::Policy;
    use serde_json::json;

    use super::super::both;
    use super::*;

    fn grounds() -> Grounds {
        Grounds {
            checked: Moment::from_unix(1_795_402_800),
            judged: Moment::from_unix(1_795_402_800),
            program: "niemphong 0.1.0".into(),
            policy: Policy::ByContent,
            own_anchors: false,
            anchors: Vec::new(),
            intermediates: 0,
            revocation_lists: 0,
            school_certificate: None,
            checkpoint: None,
            fetched: None,
        }
    }

    #[test]
    fn hostile_names_stay_text_and_turn_nothing() {
        let report = json!({
            "type": "pdf", "path": "<script>alert(1)</script>\u{202E}.pdf", "verdict": "invalid", "sentence": "KHÔNG HỢP LỆ",
            "signatures": [{"field": "\"><img src=x onerror=1>", "signer": "\u{2066}A\u{1b}[31m", "integrity": "broken"}],
            "problems": [{"code": "<b>", "where": "</td><style>", "vi": "Hỏng. Hãy hỏi.", "en": "Broken. Please ask."}],
        });
        let page = page(&[report], &[], &grounds());
        for banned in ["<script", "<img", "<b>", "</td><style>", "\u{202E}", "\u{2066}", "\u{1b}"] {
            assert!(!page.contains(banned), "{banned:?}");
        }
        assert!(page.contains("&lt;script&gt;") && page.contains("[U+202E]") && page.contains("[U+001B]"));
    }

    #[test]
    fn the_verdict_stands_before_everything_else_and_nothing_is_fetched() {
        let report = json!({"type": "pdf", "path": "a.pdf", "verdict": "valid", "sentence": "HỢP LỆ – 1 chữ ký", "problems": []});
        let page = page(&[report], &[], &grounds());
        let at = |text: &str| page.find(text).unwrap_or(usize::MAX);
        assert!(at("HỢP LỆ – 1 chữ ký") < at("<table"), "{page}");
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"vi\">") && page.contains("lang=\"en\""));
        for banned in ["http://", "https://", "src=", "url(", "@import", "<link"] {
            assert!(!page.contains(banned), "{banned}");
        }
    }

    #[test]
    fn an_inspection_of_nothing_is_not_called_valid() {
        assert!(!page(&[], &[], &grounds()).contains("verdict good"));
    }

    #[test]
    fn of_many_valid_documents_only_some_are_shown_in_full_and_every_other_one_is() {
        let one = |index: usize, verdict: &str| json!({"type": "pdf", "path": format!("{index}.pdf"), "verdict": verdict, "sentence": "", "problems": []});
        let mut reports: Vec<Value> = (0..100).map(|index| one(index, "valid")).collect();
        reports.push(one(100, "invalid"));
        let page = page(&reports, &[], &grounds());
        assert!(page.contains("id=\"d101\"") && !page.contains("id=\"d100\""));
        assert!(page.contains("99.pdf"));
    }

    #[test]
    fn both_are_the_same_words_once() {
        assert_eq!(twice(&both("PDF/A", "PDF/A")).into_string(), "PDF/A");
    }
}
