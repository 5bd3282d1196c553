//! Kiểm tra: drop PDFs, a folder or an image, and read the verdict. Nobody signs in for it, nothing is
//! recorded, and the files are gone once they were judged.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Component, Path as FilePath, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use openssl::hash::{MessageDigest, hash};
use openssl::nid::Nid;
use openssl::x509::X509;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::limits::{CHECKS_KEPT, IMAGE_WAIT_MS, READER_WAIT_MS, UPLOAD_FILES, UPLOAD_SIZE_BYTES};
use school::moment::Moment;
use school::records::reader_frame::{Circumstances, Policy, Subject};
use serde_json::Value;

use crate::clerk::{Office, YearInForce};
use crate::clock;
use crate::process::reader_host::ReaderHost;
use crate::web::fault::Fault;
use crate::web::frame::{below, en, page, th};
use crate::web::house::House;
use crate::web::places::dossier::reads;
use crate::web::places::overview::sees;
use crate::web::places::stages::{Colour, Said};
use crate::web::sessions::random_key;
use crate::web::visitor::Visitor;
use crate::wording::inspection::{Mark, Problem, Signature};
use crate::wording::{self, inspection};

/// What came of a check.
struct Found {
    brief: wording::Both,
    rows: Vec<Row>,
    record: String,
}

/// One judged thing.
struct Row {
    /// Its file, which is no word for people.
    name: String,
    /// What it says that it is, as papers are called; nothing where it says nothing.
    called: Option<String>,
    kind: wording::Both,
    colour: Colour,
    sentence: wording::Both,
    signatures: Vec<Signature>,
    problems: Vec<Problem>,
    problems_left_out: usize,
}

/// The latest results by a key that only their page knows.
pub struct Checks {
    reader: Mutex<ReaderHost>,
    kept: Mutex<BTreeMap<u64, (String, Arc<Found>)>>,
}

impl Checks {
    /// With readers like those of the office.
    pub fn beside(office: &Office) -> Self {
        Self { reader: Mutex::new(office.reader_beside()), kept: Mutex::default() }
    }

    /// A reader of its own for whoever asks.
    pub fn reader(&self) -> ReaderHost {
        self.reader.lock().unwrap_or_else(PoisonError::into_inner).beside()
    }

    fn keep(&self, found: Found) -> Option<String> {
        let key = random_key()?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let number = kept.last_key_value().map_or(1, |(last, _)| last + 1);
        kept.insert(number, (key.clone(), Arc::new(found)));
        while kept.len() > CHECKS_KEPT {
            kept.pop_first();
        }
        Some(key)
    }

    fn get(&self, key: &str) -> Option<Arc<Found>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.values().find(|(own, _)| own == key).map(|(_, found)| Arc::clone(found))
    }
}

/// Files of one upload; they are taken away when this is dropped.
struct Uploaded {
    folder: PathBuf,
    files: Vec<PathBuf>,
    bytes: usize,
}

impl Uploaded {
    fn begin(below: &FilePath) -> Result<Self, Fault> {
        let key = random_key().ok_or_else(Fault::busy)?;
        let folder = below.join(key);
        fs::create_dir_all(&folder).map_err(|_| Fault::busy())?;
        Ok(Self { folder, files: Vec::new(), bytes: 0 })
    }

    /// A new file below the folder, whatever its name says.
    fn create(&mut self, named: &str) -> Result<File, Fault> {
        if self.files.len() >= UPLOAD_FILES {
            return Err(too_large());
        }
        let name = inside(named).ok_or_else(Fault::form)?;
        let path = self.folder.join(&name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|_| Fault::form())?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(|_| Fault::form())?;
        self.files.push(name);
        Ok(file)
    }
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        // What cannot be taken away now lies in a folder that nothing else reads.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn too_large() -> Fault {
    Fault::of(StatusCode::PAYLOAD_TOO_LARGE, "web.too_large")
}

/// The name of a file as a path that stays inside its folder; nothing for one that does not.
fn inside(named: &str) -> Option<PathBuf> {
    let path = FilePath::new(named);
    let plain = |part: Component<'_>| matches!(part, Component::Normal(name) if !name.as_encoded_bytes().contains(&b'\\'));
    let depth = path.components().count();
    let fits =
        (1..=school::limits::FOLDER_DEPTH).contains(&depth) && named.len() <= 1_000 && !named.contains('\0');
    (fits && path.components().all(plain)).then(|| path.to_owned())
}

/// The page.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Response {
    let content = html! {
        p { "Thả tệp PDF, ảnh đĩa (.iso) hoặc cả thư mục lưu trữ vào đây. Không cần đăng nhập; tệp được xóa ngay sau khi kiểm tra." }
        (below("Drop PDFs, a disc image or the folder of a deposit. No sign-in; the files are gone once they were judged."))
        div.cards {
            section.card aria-labelledby="tep" {
                h2 #tep { "Tệp PDF hoặc ảnh đĩa" (en("Files")) }
                form method="post" action="/kiem-tra" enctype="multipart/form-data" {
                    label for="chon-tep" { "Chọn một hay nhiều tệp" (en("One or more files")) }
                    input #chon-tep type="file" name="tep" accept=".pdf,.iso" multiple required;
                    div.row { button type="submit" { "Kiểm tra" (en("Verify")) } }
                }
            }
            section.card aria-labelledby="thu-muc" {
                h2 #thu-muc { "Thư mục lưu trữ" (en("Folder of a deposit")) }
                form method="post" action="/kiem-tra" enctype="multipart/form-data" {
                    label for="chon-thu-muc" { "Chọn thư mục trên đĩa hoặc USB" (en("A folder on the medium")) }
                    input #chon-thu-muc type="file" name="tep" webkitdirectory multiple required;
                    div.row { button type="submit" { "Kiểm tra cả thư mục" (en("Verify the folder")) } }
                }
            }
        }
        p.hint { "Cả ổ hoặc đĩa lớn: dùng lệnh " code { "niemphong verify" } " hoặc tệp " code { "KIEM-TRA.html" } " nằm ngay trên đĩa." (en("A whole drive or a large disc: that command, or that file on the disc itself.")) }
    };
    page(&house, &visitor, ("Kiểm tra chữ ký số", "Verify signatures"), &content).into_response()
}

/// Takes an upload and judges it.
pub async fn upload(State(house): State<Arc<House>>, mut parts: Multipart) -> Result<Response, Fault> {
    let _turn =
        house.uploads.try_acquire().map_err(|_| Fault::of(StatusCode::TOO_MANY_REQUESTS, "web.too_many"))?;
    let broken = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => Fault::form(),
    };
    let mut uploaded = Uploaded::begin(&house.settings.folder.join("kiem-tra"))?;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let Some(name) = part.file_name().map(str::to_owned).filter(|name| !name.is_empty()) else {
            continue;
        };
        let mut file = uploaded.create(&name)?;
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            uploaded.bytes += chunk.len();
            if uploaded.bytes > UPLOAD_SIZE_BYTES {
                return Err(too_large());
            }
            file.write_all(&chunk).map_err(|_| Fault::busy())?;
        }
    }
    if uploaded.files.is_empty() {
        return Err(Fault::form());
    }
    let jobs = jobs(&uploaded);
    // What lies here may be of any school and year: its boxes are called as the latest year calls them.
    let subjects = house.this_year().await.map(|(_, year)| named(&year)).unwrap_or_default();
    let found = judge(&house, jobs, subjects).await?;
    drop(uploaded);
    let key = house.checks.keep(found).ok_or_else(Fault::busy)?;
    Ok(Redirect::to(&format!("/kiem-tra/{key}")).into_response())
}

/// What the files of an upload are: a deposit or medium as a whole, else each file.
fn jobs(uploaded: &Uploaded) -> Vec<(Subject, PathBuf, String)> {
    let tops: std::collections::BTreeSet<PathBuf> = uploaded
        .files
        .iter()
        .filter(|one| one.components().count() > 1)
        .filter_map(|one| one.components().next().map(|first| PathBuf::from(first.as_os_str())))
        .collect();
    if let [top] = tops.iter().collect::<Vec<_>>()[..] {
        let folder = uploaded.folder.join(top);
        let sealed = ["bagit.txt", "bag-info.txt", "niem-phong", "data", "ho-so"];
        if sealed.iter().any(|one| folder.join(one).exists()) {
            return vec![(Subject::Folder, folder, top.to_string_lossy().into_owned())];
        }
    }
    let subject = |one: &PathBuf| {
        let image = one.extension().is_some_and(|end| end.eq_ignore_ascii_case("iso"));
        let subject = if image { Subject::Image } else { Subject::Pdf };
        (subject, uploaded.folder.join(one), one.to_string_lossy().into_owned())
    };
    uploaded.files.iter().map(subject).collect()
}

/// Judges a closed document of the school.
pub async fn of_dossier(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<DossierId>,
) -> Result<Response, Fault> {
    visitor.needs_session()?;
    let dossier =
        house.reading.look(|ledger| ledger.dossiers.get(&id).cloned()).ok_or_else(Fault::not_found)?;
    let year = house.year(dossier.key.year).await?;
    // The verdict says whose document it is.
    if !reads(&visitor) || !sees(&visitor, &year, &dossier, clock::now()) {
        return Err(Fault::not_allowed());
    }
    house.note(&visitor, "check", &id)?;
    let (number, _) = dossier.latest();
    let path = house.reading.place(&crate::lifecycle::event::revision_name(&id, number))?;
    let found = judge(&house, vec![(Subject::Pdf, path, format!("{id}.pdf"))], named(&year)).await?;
    let key = house.checks.keep(found).ok_or_else(Fault::busy)?;
    Ok(Redirect::to(&format!("/kiem-tra/{key}")).into_response())
}

/// Subjects by their codes.
type Subjects = BTreeMap<String, String>;

/// As a year calls them.
fn named(year: &YearInForce) -> Subjects {
    let curriculum = year.roster.1.curriculum.iter();
    curriculum.map(|one| (one.id.to_string(), one.name.clone())).collect()
}

async fn judge(
    house: &Arc<House>,
    jobs: Vec<(Subject, PathBuf, String)>,
    subjects: Subjects,
) -> Result<Found, Fault> {
    let circumstances = house.orders.ask(|office, _| office.circumstances_of_inspection()).await??;
    let reader = house.checks.reader();
    let judged =
        tokio::task::spawn_blocking(move || judge_all(reader, &circumstances, jobs, &subjects)).await;
    judged.map_err(|_| Fault::busy())
}

fn judge_all(
    mut reader: ReaderHost,
    circumstances: &Circumstances,
    jobs: Vec<(Subject, PathBuf, String)>,
    subjects: &Subjects,
) -> Found {
    let mut reports: Vec<Value> = Vec::new();
    for (subject, path, name) in jobs {
        let wait_ms = if subject == Subject::Pdf { READER_WAIT_MS } else { IMAGE_WAIT_MS };
        let judged = match File::open(&path) {
            Ok(file) => reader
                .judge_file(subject, circumstances, &file, wait_ms)
                .map_err(|fault| fault.code().to_owned()),
            Err(_) => Err("reader.file".to_owned()),
        };
        match judged {
            Ok(found) => reports.extend(found.into_iter().map(|mut report| {
                wording::fill(&mut report, FilePath::new(&name));
                inspection::name_subjects(&mut report, |code| subjects.get(code).map(String::as_str));
                report
            })),
            Err(code) => reports.push(inspection::unread(FilePath::new(&name), &code)),
        }
    }
    let grounds = grounds(circumstances);
    let mut rows: Vec<Row> = reports.iter().map(|report| row(report, circumstances.at)).collect();
    // What is not in order is what the reader came for: it does not stand behind what is.
    rows.sort_by_key(|row| Reverse(row.colour));
    Found { brief: inspection::brief(&reports), rows, record: inspection::page(&reports, &[], &grounds) }
}

fn row(report: &Value, judged: Moment) -> Row {
    let item = inspection::Item::of(report, judged);
    Row {
        name: item.name,
        called: item.called,
        kind: item.kind,
        colour: colour(item.mark),
        sentence: item.sentence,
        signatures: item.signatures,
        problems: item.problems,
        problems_left_out: item.problems_left_out,
    }
}

fn grounds(circumstances: &Circumstances) -> inspection::Grounds {
    let anchors = circumstances.anchors.iter().filter_map(|one| STANDARD.decode(one).ok());
    inspection::Grounds {
        checked: circumstances.at,
        judged: circumstances.at,
        program: concat!("niemphong ", env!("CARGO_PKG_VERSION")).to_owned(),
        policy: Policy::ByContent,
        own_anchors: false,
        anchors: anchors.map(|der| (name_of(&der), Sha256::of(&der))).collect(),
        intermediates: circumstances.intermediates.len(),
        revocation_lists: circumstances.crls.len(),
        school_certificate: circumstances.school_certificate,
        fetched: None,
        checkpoint: None,
    }
}

/// The common name of whom a certificate is for.
pub(super) fn name_of(der: &[u8]) -> String {
    let Ok(certificate) = X509::from_der(der) else { return String::new() };
    let name = certificate.subject_name().entries_by_nid(Nid::COMMONNAME).next();
    name.and_then(|name| name.data().to_string().ok()).unwrap_or_default()
}

/// What a check brought.
pub async fn result(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(key): Path<String>,
) -> Result<Response, Fault> {
    let found = house.checks.get(&key).ok_or_else(Fault::not_found)?;
    let worst = found.rows.iter().map(|row| row.colour).max().unwrap_or(Colour::Open);
    let content = html! {
        div class=(worst.notice()) role="status" { p.big { (found.brief.vi) } (below(&found.brief.en)) }
        div.row {
            a.button href=(format!("/kiem-tra/{key}/bien-ban")) target="_blank" rel="noopener" { "Biên bản đầy đủ để in" (en("Full report")) }
            a.button.quiet href="/kiem-tra" { "Kiểm tra tệp khác" (en("Verify another")) }
        }
        @for (number, row) in found.rows.iter().enumerate() { (one(&format!("ho-so-{number}"), row)) }
    };
    Ok(page(&house, &visitor, ("Kết quả kiểm tra", "Verdict"), &content).into_response())
}

const fn colour(mark: Mark) -> Colour {
    match mark {
        Mark::Good => Colour::Good,
        Mark::Bad => Colour::Bad,
        Mark::Open => Colour::Open,
    }
}

fn conclusion(signature: &Signature) -> Said {
    let (mark, words) = &signature.conclusion;
    Said::new(colour(*mark), (&words.vi, &words.en))
}

/// Several files may be one document: each is named by both.
fn one(id: &str, row: &Row) -> Markup {
    html! {
        section.card aria-labelledby=(format!("{id} {id}-tep")) {
            div class=(row.colour.notice()) { p { strong { (row.sentence) } } }
            h2 id=(id) {
                @match &row.called {
                    Some(called) => { span translate="no" { (called) } (en(&row.kind.en)) }
                    None => { (row.kind) }
                }
            }
            p.hint id=(format!("{id}-tep")) { "Tệp " span translate="no" { (row.name) } (en("File")) }
            @if !row.signatures.is_empty() {
                div.wide tabindex="0" { table.stack {
                    thead { tr { (th("Vai trò", "Role")) (th("Người ký", "Signer")) (th("Ký lúc", "Signed at")) (th("Kết luận", "Verdict")) } }
                    tbody { @for one in &row.signatures { tr {
                        td.whole {
                            @match (&one.role, inspection::signed_paper(&one.place)) {
                                (Some(role), Some(paper)) => { (role) ": " (paper) p.hint { code { (one.place) } } }
                                (Some(role), None) => { (role) " (" code { (one.place) } ")" }
                                (None, Some(paper)) => { (paper) p.hint { code { (one.place) } } }
                                (None, None) => { code { (one.place) } }
                            }
                        }
                        td.whole data-as="Người ký" { strong translate="no" { (one.signer) } } td.whole data-as="Ký lúc" { (one.time) } td.whole data-as="Kết luận" { (conclusion(one).label()) }
                    } } }
                } }
            }
            @if !row.problems.is_empty() {
                @if row.colour == Colour::Good { h3 { "Lưu ý" (en("Notes")) } } @else { h3 { "Vấn đề" (en("Problems")) } }
                ul { @for problem in &row.problems { li { (found(problem)) } } }
                @if row.problems_left_out > 0 { p { (inspection::left_out(row.problems_left_out)) } }
            }
        }
    }
}

/// What was found in a line; where, why it probably is so and what to do now folded up below it.
fn found(problem: &Problem) -> Markup {
    let times = problem.places.len();
    html! {
        (problem.meaning.vi) (en(&problem.meaning.en))
        @if times > 1 { " × " (times) }
        details {
            summary { "Vì sao, và cần làm gì" (en("Why, and what to do")) }
            p {
                strong { "Nguyên nhân có thể có:" } " " (problem.cause.vi) br;
                strong { "Việc cần làm:" } " " (problem.action.vi)
                (en(&problem.explained_in_english()))
            }
            p.hint { "Nơi:" (en("Where")) " " (problem.place()) }
            p.code { "Mã" (en("Code")) ": " code { (problem.code) } }
        }
    }
}

/// The full report, a page that stands for itself: it is saved and printed as it is.
pub async fn record(State(house): State<Arc<House>>, Path(key): Path<String>) -> Result<Response, Fault> {
    let found = house.checks.get(&key).ok_or_else(Fault::not_found)?;
    let policy = format!(
        "default-src 'none'; img-src data:; style-src '{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        style_hash(&found.record).ok_or_else(Fault::not_found)?
    );
    let policy = HeaderValue::from_str(&policy).map_err(|_| Fault::not_found())?;
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], Html(found.record.clone())).into_response())
}

/// The digest of the one style sheet in a page, as a policy names it.
fn style_hash(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<style>")?;
    let (style, _) = rest.split_once("</style>")?;
    let digest = hash(MessageDigest::sha256(), style.as_bytes()).ok()?;
    Some(format!("sha256-{}", STANDARD.encode(digest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_uploaded_files_stay_inside_their_folder() {
        assert_eq!(inside("a.pdf"), Some(PathBuf::from("a.pdf")));
        assert_eq!(inside("lan-1/data/ho-so/a.pdf"), Some(PathBuf::from("lan-1/data/ho-so/a.pdf")));
        for outside in ["../a.pdf", "/etc/passwd", "a/../../b", "..\\..\\a.pdf", "", ".", "a\0b"] {
            assert_eq!(inside(outside), None, "{outside:?}");
        }
    }

    #[test]
    fn an_upload_is_gone_when_it_was_judged() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut uploaded = Uploaded::begin(dir.path()).expect("a folder");
        uploaded.create("a/b.pdf").expect("a file").write_all(b"%PDF").expect("written");
        assert!(uploaded.create("a/b.pdf").is_err(), "no file takes the place of another");
        let folder = uploaded.folder.clone();
        drop(uploaded);
        assert!(!folder.exists());
    }
}
