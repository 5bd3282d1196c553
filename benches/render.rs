//! `cargo bench -p niemphong-crafts --bench render`: what rendering costs beside Typst in the same run, both as PDF/A-3a and
//! PDF/UA-1. What the peers set is read back from our own documents by their tags: every heading, paragraph, table and
//! cell of every sheet, so that a document of theirs holds what one of ours holds, and whole documents are compared.
//! Theirs have no places for signatures, no exact heights and widths and nothing embedded, which leans their way.
//!
//! The compiler of Typst comes as a wheel: `pip install --target target/typst-wheel typst`. LibreOffice is the
//! `soffice` of the path (`libreoffice-writer-nogui`); it writes PDF/A-3b with tags, less than is asked of the
//! others. Without one of them the other figures are printed and its absence is named.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crafts::document::{ClassBook, FromGradebook, class_book, transcript, whole_transcript};
use crafts::pdf::{Packing, signing_base};
use school::digest::Sha256;
use school::dossier::DossierKey;
use school::gradebook::Gradebook;
use school::identifier::SubjectId;
use school::moment::Moment;
use school::plan::{Plan, Templates};
use school::roster::Roster;
use serde_json::json;

const EXPORT: &[u8] = include_bytes!("../tests/fixtures/exports/7A3_ca-nam.json");
const DECIDED: Moment = Moment::from_unix(1_780_103_700);
const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.first().map(String::as_str) {
        None => measure(),
        // Processes of their own, because their peak of memory is measured.
        Some("book-60x20") => {
            let book = class_of(60, 20);
            render_book(&book, &roster(&book));
            say(&peak_of_this_process());
        }
        Some("base-60x20") => {
            let book = class_of(60, 20);
            base_of_book(&book, &roster(&book));
            say(&peak_of_this_process());
        }
        Some("bases") => {
            let book = class_of(45, 12);
            let roster = roster(&book);
            (0..200).for_each(|index| drop(base_of_transcript(&book, &roster, index % 45)));
            say(&peak_of_this_process());
        }
        Some("render-only") => {
            let book = class_of(45, 12);
            let roster = roster(&book);
            (0..400).for_each(|index| drop(ten_pages(&book, &roster, index % 45)));
            (0..20).for_each(|_| drop(render_book(&book, &roster)));
        }
        _ => {
            let book = class_of(45, 12);
            let roster = roster(&book);
            (0..200).for_each(|index| drop(ten_pages(&book, &roster, index % 45)));
            say(&peak_of_this_process());
        }
    }
}

fn say(line: &str) {
    writeln!(std::io::stdout().lock(), "{line}").unwrap();
}

/// The fixture's class with `pupils` pupils and `subjects` subjects, its own repeated under other codes.
fn class_of(pupils: usize, subjects: usize) -> Gradebook {
    let mut book: Gradebook = serde_json::from_slice(EXPORT).unwrap();
    let own = book.subjects.clone();
    book.subjects = (0..subjects).map(|index| own[index % own.len()].clone()).collect();
    for (index, subject) in book.subjects.iter_mut().enumerate() {
        subject.id = format!("M{index}").parse().unwrap();
    }
    let few = book.pupils.clone();
    book.pupils = (0..pupils)
        .map(|index| {
            let mut pupil = few[index % few.len()].clone();
            pupil.id = format!("HS{index:04}").parse().unwrap();
            let row = |at: usize| pupil.subjects[&own[at % own.len()].id].clone();
            pupil.subjects = (0..subjects).map(|at| (book.subjects[at].id.clone(), row(at))).collect();
            pupil
        })
        .collect();
    book
}

fn roster(book: &Gradebook) -> Roster {
    let person = |id: &str| json!({"id": id, "name": "Trịnh Thị Thu Hường", "title": "Giáo viên", "certificate": Sha256::of(id.as_bytes())});
    let assigned = book.subjects.iter().map(
        |subject| json!({"class": book.class, "subject": subject.id, "teacher": "GV01", "presiding": "GV01"}),
    );
    let people = ["GV01", "HT01", "DAU"].map(person);
    let assigned = assigned.collect::<Vec<_>>();
    serde_json::from_value(json!({
        "format": "niemphong-roster/1",
        "school": {"code": book.school, "name": "Trường THCS Hoa Phượng", "authority": "UBND phường Phượng Vĩ",
            "place": "Hải Phòng", "sample": false},
        "year": book.year, "people": people,
        "principal": "HT01", "admin_board": "HT01", "office": "HT01", "stamp": "DAU",
        "homerooms": {book.class.as_str(): "GV01"}, "assignments": assigned,
    }))
    .unwrap()
}

fn plan(book: &Gradebook, of: &str) -> Plan {
    let key = DossierKey::from_id(&format!("{}_{}_{of}", book.year, book.period)).unwrap();
    let digest = Sha256::of(b"");
    let subjects: Vec<SubjectId> = book.subject_ids();
    Templates::default_for(book.year).expand(&key, Some(&book.class), &subjects, digest, digest).unwrap()
}

fn render_book(book: &Gradebook, roster: &Roster) -> Vec<u8> {
    let plan = plan(book, &format!("so-diem_{}", book.class));
    let supplements = None;
    let input = ClassBook {
        gradebook: book,
        export: EXPORT,
        roster,
        plan: &plan,
        decided: DECIDED,
        supplements,
        corrects: None,
    };
    class_book(&input).unwrap().pdf
}

fn base_of_book(book: &Gradebook, roster: &Roster) -> Vec<u8> {
    let plan = plan(book, &format!("so-diem_{}", book.class));
    let supplements = None;
    let input = ClassBook {
        gradebook: book,
        export: EXPORT,
        roster,
        plan: &plan,
        decided: DECIDED,
        supplements,
        corrects: None,
    };
    signing_base(&class_book(&input).unwrap(), &plan, Packing::ObjectStreams).unwrap().pdf
}

fn base_of_transcript(book: &Gradebook, roster: &Roster, pupil: usize) -> Vec<u8> {
    let plan = plan(book, &format!("hoc-ba_{}", book.pupils[pupil].id));
    let input = from(book, roster, &plan);
    signing_base(&transcript(&input).unwrap(), &plan, Packing::ObjectStreams).unwrap().pdf
}

fn from<'a>(book: &'a Gradebook, roster: &'a Roster, plan: &'a Plan) -> FromGradebook<'a> {
    let export = Sha256::of(EXPORT);
    FromGradebook {
        gradebook: book,
        export,
        roster,
        plan,
        decided: DECIDED,
        supplements: None,
        corrects: None,
    }
}

/// Cover, guide, personal page and four years of two pages: eleven.
fn ten_pages(book: &Gradebook, roster: &Roster, pupil: usize) -> Vec<u8> {
    let plan = plan(book, &format!("hoc-ba_{}", book.pupils[pupil].id));
    whole_transcript(&[from(book, roster, &plan); 4]).unwrap()
}

/// Wall clock and processor time of `act`, the least of some rounds.
fn cost<T>(mut act: impl FnMut() -> T) -> (f64, f64, T) {
    let mut least = (f64::INFINITY, f64::INFINITY);
    let mut last = None;
    for _ in 0..ROUNDS {
        let (begun, cpu) = (Instant::now(), cpu_s());
        last = Some(act());
        least = (least.0.min(begun.elapsed().as_secs_f64()), least.1.min(cpu_s() - cpu));
    }
    (least.0, least.1, last.unwrap())
}

fn measure() {
    let load = fs::read_to_string("/proc/loadavg").unwrap();
    say(&format!("load of the machine before: {}", load.trim()));
    let folder = std::env::temp_dir().join(format!("niemphong-bench-render-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let book = class_of(45, 10);
    let people = roster(&book);
    // Ten of them, because a tick of the clock is a sixth of one.
    let (wall, own_book, mut books) =
        cost(|| (0..10).map(|_| render_book(&book, &people)).collect::<Vec<_>>());
    let (wall, own_book, pdf) = (wall / 10.0, own_book / 10.0, books.remove(0));
    let pages = pages_of(&pdf);
    say(&format!("class book, 45 pupils x 10 subjects, {pages} pages, A-3a + UA-1"));
    say(&format!(
        "  niemphong  {wall:6.3} s, {own_book:6.3} cpu-s, {:.2} ms cpu a page",
        ms(own_book, pages)
    ));
    let (_, packed, base) = cost(|| base_of_book(&book, &people));
    say(&format!("  with signing base, packed: {packed:6.3} cpu-s, {} bytes", base.len()));
    compare(&folder, &[pdf], own_book * 1000.0);

    let class = class_of(45, 12);
    let people = roster(&class);
    let (wall, own, documents) =
        cost(|| (0..200).map(|index| ten_pages(&class, &people, index % 45)).collect::<Vec<_>>());
    let pages = pages_of(&documents[0]);
    let each = ms(own, pages * 200);
    say(&format!("200 transcripts of {pages} pages, A-3a + UA-1"));
    say(&format!("  niemphong  {wall:6.3} s, {own:6.3} cpu-s, {each:.2} ms cpu a page"));
    let (two, _, ()) = cost(|| on_two(200, |index| drop(ten_pages(&class, &people, index % 45))));
    say(&format!("  on two cores {two:6.3} s: {:.2} x", wall / two));
    compare(&folder, &documents[..20], own * 1000.0 / 200.0);
    say(&format!(
        "  packed signing base of one year: {} bytes",
        base_of_transcript(&class, &people, 0).len()
    ));

    let whole = class_of(45, 12);
    let people = roster(&whole);
    let begun = Instant::now();
    on_two(920, |index| {
        if index < 20 {
            drop(base_of_book(&whole, &people));
        } else {
            drop(base_of_transcript(&whole, &people, index % 45));
        }
    });
    let wall = begun.elapsed().as_secs_f64();
    say(&format!(
        "900 transcripts and 20 class books of 45 x 12 with signing bases on two cores: {wall:.2} s"
    ));
    for name in ["book-60x20", "base-60x20", "transcripts", "bases"] {
        let done = Command::new(std::env::current_exe().unwrap()).arg(name).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        say(&format!("{name}: {}", String::from_utf8_lossy(&done.stdout).trim()));
    }
    let load = fs::read_to_string("/proc/loadavg").unwrap();
    say(&format!("load of the machine after: {}", load.trim()));
    fs::remove_dir_all(&folder).unwrap();
}

fn ms(cpu_s: f64, pages: usize) -> f64 {
    cpu_s * 1000.0 / pages as f64
}

/// The same documents by the peers, a process for each of them; the start of LibreOffice is not counted.
fn compare(folder: &Path, own: &[Vec<u8>], document_ms: f64) {
    for (index, pdf) in own.iter().enumerate() {
        fs::write(folder.join(format!("own-{index}.pdf")), pdf).unwrap();
    }
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let peer = |name: &str| {
        let mut command = Command::new("python3");
        command.arg(house.join("benches").join(format!("{name}_loop.py")));
        command
    };
    let count = own.len().to_string();
    let mut typst = peer("typst");
    typst.arg(house.join("target/typst-wheel")).arg(folder).arg(&count);
    let mut libreoffice = peer("libreoffice");
    libreoffice.arg(folder).arg(&count);
    for (name, command) in [("typst", &mut typst), ("libreoffice", &mut libreoffice)] {
        told_by(name, command, own.len(), document_ms);
    }
}

/// Runs a peer's loop, which prints wall clock, processor time, pages and peak memory.
fn told_by(name: &str, loop_: &mut Command, count: usize, own_ms: f64) {
    let done = loop_.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let mut numbers = said.split_whitespace().map_while(|number| number.parse::<f64>().ok());
    match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
        (Some(wall), Some(cpu), Some(pages), Some(peak)) => say(&format!(
            "  {name:<11}{wall:6.3} s, {cpu:6.3} cpu-s, {pages} pages, {:.2} ms cpu a page, peak {peak:.0} MiB: {:.1} x a document",
            cpu * 1000.0 / pages,
            cpu * 1000.0 / count as f64 / own_ms
        )),
        _ => say(&format!("  {name} is not there: {}", String::from_utf8_lossy(&done.stderr).trim())),
    }
}

fn on_two(count: usize, act: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        return;
                    }
                    act(index);
                }
            });
        }
    });
}

fn pages_of(pdf: &[u8]) -> usize {
    String::from_utf8_lossy(pdf)
        .matches("/Type/Page/")
        .count()
        .max(String::from_utf8_lossy(pdf).lines().filter(|line| line.trim() == "/Type /Page").count())
}

/// Processor time of this process with its threads, in seconds.
fn cpu_s() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks = |at: usize| fields[at].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_of_this_process() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    format!("peak {:.1} MiB", kib / 1024.0)
}
