//! Papers that are signed as canonical JSON, to take along: the exact bytes, the signatures over them, and how anybody
//! checks them without this program.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::clerk::SignedPaper;
use crate::web::fault::Fault;
use crate::web::frame::{en, plain};
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// The papers with their digests and files, each below `path`.
pub fn section(papers: &[SignedPaper], path: &str) -> Markup {
    let signed = papers.iter().flat_map(|paper| {
        let made = paper.signatures.iter().filter(|one| one.der.is_some());
        made.map(move |one| (paper, one))
    });
    let first = signed.clone().next();
    html! {
        section.card aria-labelledby="tep-da-ky" {
            h2 #tep-da-ky { "Tệp được ký" (en("The signed files")) }
            @for paper in papers {
                dl { dt { "SHA-256 của " code { (paper.name) } (en("digest of the signed bytes")) } dd { code { (paper.sha256) } } }
                div.row {
                    (file(path, &paper.name, ("Tải văn bản (JSON)", "Download the text")))
                    @for one in paper.signatures.iter().filter(|one| one.der.is_some()) { (file(path, &one.name, ("Tải chữ ký (.p7s)", "Download the signature"))) }
                }
            }
            @if let Some((paper, signature)) = first {
                p { "Ai có các tệp này cũng kiểm tra được bằng OpenSSL, không cần chương trình này; " code { "-cades -purpose any -CAfile ca.pem" } " thay cho " code { "-noverify" } " để kiểm tra cả cơ quan cấp chứng thư:" (en("Anybody can check these files with OpenSSL and without this program; the longer options in the place of -noverify check the authority too.")) }
                pre tabindex="0" aria-label=(plain("Lệnh kiểm tra", "Command")) { code translate="no" { "openssl cms -verify -binary -inform DER -noverify \\\n  -in " (signature.name) " \\\n  -content " (paper.name) " -out /dev/null" } }
            } @else {
                p.hint { "Chưa có chữ ký nào." (en("No signature yet.")) }
            }
        }
    }
}

fn file(path: &str, name: &str, (vi, english): (&str, &str)) -> Markup {
    html! { a.button.quiet href=(format!("{path}/{name}")) download=(name) { (vi) " " small { (ending(name)) } (en(english)) } }
}

/// Which of the files it is: of two signatures whose, of two papers which.
fn ending(name: &str) -> &str {
    let parts: Vec<_> = name.rsplitn(3, '.').collect();
    match parts.as_slice() {
        ["p7s", by, _] => by,
        _ => name.split('.').next().filter(|stem| stem.len() < 20).unwrap_or_default(),
    }
}

/// Sends a file of these papers, and notes it.
///
/// Errors: there is none of this name.
pub fn send(
    house: &House,
    visitor: &Visitor,
    papers: impl IntoIterator<Item = SignedPaper>,
    name: &str,
) -> Result<Response, Fault> {
    let mut files = papers.into_iter().flat_map(|paper| {
        let signatures = paper.signatures.into_iter();
        let signed = signatures.filter_map(|one| Some((one.name, one.der?, "application/pkcs7-signature")));
        std::iter::once((paper.name, paper.bytes, "application/json")).chain(signed)
    });
    let (name, bytes, kind) = files.find(|(known, ..)| known == name).ok_or_else(Fault::not_found)?;
    house.note(visitor, "download", format!("van-ban/{name}"))?;
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition.map_err(|_| Fault::not_found())?),
    ];
    Ok((headers, bytes).into_response())
}
