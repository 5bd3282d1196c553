//! `make bench`: what one judgement costs, beside `pdfsig` and pyHanko in the same run, on signed files
//! that are made here with keys of their own. Chain and revocation are checked by us and by pyHanko, not
//! by `pdfsig -nocert`, which is its quickest way; changes after a signature by us and by pyHanko.
//! A document of ours with four signatures has at least 85 KB; the file of 60 KB is of strangers, signed
//! by pyHanko, and judged by the foreign policy.
//!
//! Three rounds, the others between ours, and of each the quickest: other work on the machine only ever
//! slows. Ratios are of processor time, which such work disturbs least; documents per second are beside.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/crafts/tests/rig/mod.rs"]
mod rig;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crafts::document::{Place, PlacePictures, Rendered};
use crafts::pdf::{Packing, SigningBase, signing_base};
use rig::paper;
use rig::pki::Pki;
use rig::steps::{Person, now, people, scratch, sign};
use school::digest::Sha256;
use school::dossier::DossierKey;
use school::plan::{Plan, Templates};
use school::records::reader_frame::Policy;
use school::records::token_frame::KeyKind;
use verification::circumstances::Circumstances;
use verification::pdf;
use verification::pki::Known;
use verification::report::Verdict;

const ROUNDS: usize = 3;
/// Different files of each size, so that nothing is measured that happens to lie in a cache.
const FILES: usize = 8;
/// Ticks of processor time are 10 ms: each round takes some fifty of them.
const OWN_TIMES: usize = 60;
const PDFSIG_TIMES: usize = 8;
const SIGNATURES: [usize; 3] = [4, 16, 51];
const FOREIGN_SIZE_BYTES: usize = 60_000;
/// Of our own files; nothing is filled up where a document is larger already.
const SIZES_BYTES: [usize; 2] = [0, 600_000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [] => measure(),
        // A process of its own, because its peak of memory is measured.
        [folder, files @ ..] => {
            let circumstances = circumstances(Path::new(folder), Policy::ByContent);
            judge_all(&circumstances, &files.iter().map(PathBuf::from).collect::<Vec<_>>(), 1);
            say(&peak_of_this_process());
        }
    }
}

fn say(line: &str) {
    writeln!(std::io::stdout().lock(), "{line}").unwrap();
}

fn measure() {
    let folder = scratch("bench-verify");
    say("making signed files");
    let pki = Pki::new(&folder);
    let mut people = signers(&pki, *SIGNATURES.iter().max().unwrap());
    let mut sized: Vec<(Policy, Vec<PathBuf>)> =
        foreign_set(&folder).map(|files| (Policy::Foreign, files)).into_iter().collect();
    sized.extend(
        SIZES_BYTES
            .map(|size| (Policy::School, set(&folder, &format!("{size}"), &pki, &mut people, 4, size))),
    );
    let counted: Vec<Vec<PathBuf>> =
        SIGNATURES.map(|count| set(&folder, &format!("x{count}"), &pki, &mut people, count, 0)).into();
    pki.crls();

    for (policy, files) in &sized {
        let circumstances = circumstances(&folder, *policy);
        let size = fs::metadata(&files[0]).unwrap().len();
        say(&format!("\n{} KB, 4 signatures, policy {policy:?}", size / 1000));
        let (mut own, mut alone) = (Cost::MOST, Cost::MOST);
        let (mut poppler, mut python) = (Cost::MOST, Some(Cost::MOST));
        for _ in 0..ROUNDS {
            own = own.least(judge_all(&circumstances, files, OWN_TIMES));
            alone = alone.least(judge_each_alone(&circumstances, files, OWN_TIMES / 3));
            poppler = poppler.least(pdfsig(files));
            python = python.and_then(|least| Some(least.least(pyhanko(&folder, files)?)));
        }
        say(&format!("  niemphong   {own}   {}", peak(&folder, &files[..1])));
        say(&format!("  each alone  {alone}"));
        say(&format!("  pdfsig      {poppler}   {:.1} x", poppler.cpu_s / own.cpu_s));
        match python {
            Some(python) => say(&format!("  pyHanko     {python}   {:.1} x", python.cpu_s / own.cpu_s)),
            None => say("  pyHanko     is not there: `make test` prepares it"),
        }
    }

    let circumstances = circumstances(&folder, Policy::School);
    say("\nby number of signatures, the same document");
    let mut four = None;
    for (files, count) in counted.iter().zip(SIGNATURES) {
        let cost = (0..ROUNDS).fold(Cost::MOST, |least, _| least.least(judge_all(&circumstances, files, 10)));
        let first = *four.get_or_insert(cost.cpu_s);
        say(&format!(
            "  {count:>2}: {} KB   {cost}   {:.1} x of 4   {}",
            fs::metadata(&files[0]).unwrap().len() / 1000,
            cost.cpu_s / first,
            peak(&folder, &files[..1])
        ));
    }
}

// ---------------------------------------------------------------- the judges

/// Of one document, in seconds.
#[derive(Clone, Copy)]
struct Cost {
    wall_s: f64,
    cpu_s: f64,
}

impl Cost {
    const MOST: Self = Self { wall_s: f64::INFINITY, cpu_s: f64::INFINITY };

    fn least(self, other: Self) -> Self {
        Self { wall_s: self.wall_s.min(other.wall_s), cpu_s: self.cpu_s.min(other.cpu_s) }
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            to,
            "{:8.1} documents/s ({:8.1} per cpu-s), {:8.3} ms cpu each",
            1.0 / self.wall_s,
            1.0 / self.cpu_s,
            1000.0 * self.cpu_s
        )
    }
}

fn timed(documents: usize, act: impl FnOnce()) -> Cost {
    let (begun, cpu) = (Instant::now(), cpu_s());
    act();
    let documents = documents as f64;
    Cost { wall_s: begun.elapsed().as_secs_f64() / documents, cpu_s: (cpu_s() - cpu) / documents }
}

/// Processor time of this process and of its children that ended, from proc_pid_stat(5).
fn cpu_s() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = &stat[stat.rfind(')').unwrap() + 2..];
    // utime, stime, cutime and cstime are fields 14 to 17; the text begins with field 3. 100 ticks a second.
    let ticks =
        after_name.split(' ').skip(11).take(4).map(|field| field.parse::<f64>().unwrap()).sum::<f64>();
    ticks / 100.0
}

fn circumstances(folder: &Path, policy: Policy) -> Circumstances {
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    Circumstances {
        anchors: vec![read("root.crt")],
        intermediates: vec![read("issuing.crt")],
        crls: vec![read("root.crl"), read("issuing.crl")],
        ..Circumstances::alone(policy, now())
    }
}

/// Judges every file `times` times; it is read anew each time, as the others do.
fn judge_all(circumstances: &Circumstances, files: &[PathBuf], times: usize) -> Cost {
    timed(times * files.len(), || {
        for file in files.iter().cycle().take(times * files.len()) {
            let report = pdf::judge(&fs::read(file).unwrap(), circumstances, None);
            assert_eq!(report.verdict, Verdict::Valid, "{}: {:?}", file.display(), report.problems);
        }
    })
}

/// As [`judge_all`], but nothing that one judgement read and checked is there for the next: what files
/// of strangers cost, who share no signer.
fn judge_each_alone(circumstances: &Circumstances, files: &[PathBuf], times: usize) -> Cost {
    timed(times * files.len(), || {
        for file in files.iter().cycle().take(times * files.len()) {
            let circumstances = Circumstances { known: Known::default(), ..circumstances.clone() };
            let report = pdf::judge(&fs::read(file).unwrap(), &circumstances, None);
            assert_eq!(report.verdict, Verdict::Valid, "{}: {:?}", file.display(), report.problems);
        }
    })
}

fn pdfsig(files: &[PathBuf]) -> Cost {
    timed(PDFSIG_TIMES * files.len(), || {
        for file in files.iter().cycle().take(PDFSIG_TIMES * files.len()) {
            let said = Command::new("pdfsig").arg("-nocert").arg(file).output().unwrap();
            let said = String::from_utf8_lossy(&said.stdout).into_owned();
            assert_eq!(said.matches("Signature is Valid.").count(), 4, "{said}");
        }
    })
}

/// In one process that has loaded pyHanko before it looks at its clock; `None` without it.
fn pyhanko(folder: &Path, files: &[PathBuf]) -> Option<Cost> {
    let done = python("pyhanko_loop.py").arg(folder).args(files).output().ok()?;
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
    let mut numbers = said.split_whitespace().map(|number| number.parse::<f64>().unwrap());
    Some(Cost { wall_s: numbers.next()?, cpu_s: numbers.next()? })
}

/// A script of this folder, run by the Python that `make test` prepares.
fn python(script: &str) -> Command {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from);
    let mut python = Command::new(target.join("judges/venv/bin/python"));
    python.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(script));
    python
}

/// Peak of memory of a process that judges these files.
fn peak(folder: &Path, files: &[PathBuf]) -> String {
    let done = Command::new(std::env::current_exe().unwrap()).arg(folder).args(files).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

fn peak_of_this_process() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    format!("peak {:.1} MiB", kib / 1024.0)
}

// ---------------------------------------------------------------- the files

/// As many people as there are boxes, each with a certificate of their own.
fn signers(pki: &Pki, count: usize) -> Vec<Person> {
    let mut all = people(pki);
    let four = people(pki);
    for index in all.len()..count {
        let (name, _, appearance, _) = &four[0];
        // The names of people live as long as the measurement.
        let person: &'static str = Box::leak(format!("Giáo viên {index}").into_boxed_str());
        let signer = pki.signer(&format!("person{index}"), person, KeyKind::Rsa);
        let mut appearance = appearance.clone();
        appearance.lines[1].text = person.into();
        all.push((name.clone(), signer, appearance, person));
    }
    all
}

/// Small files with four signatures by the same people that pyHanko made and signed; `None` without it.
fn foreign_set(folder: &Path) -> Option<Vec<PathBuf>> {
    let files = (0..FILES).map(|index| {
        let path = folder.join(format!("foreign-{index}.pdf"));
        let size = FOREIGN_SIZE_BYTES.to_string();
        let done = python("pyhanko_sign.py").arg(folder).arg(&path).arg(size).output().ok()?;
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        Some(path)
    });
    files.collect()
}

/// Signed files with `count` signatures each, filled up to about `size_bytes` where they are smaller.
fn set(
    folder: &Path,
    name: &str,
    pki: &Pki,
    people: &mut [Person],
    count: usize,
    size_bytes: usize,
) -> Vec<PathBuf> {
    let plan = plan(count);
    let plain = signed(&plan, 0, pki, people).len();
    let filler_bytes = size_bytes.saturating_sub(plain);
    let files = (0..FILES).map(|index| {
        let path = folder.join(format!("{name}-{index}.pdf"));
        fs::write(&path, signed(&plan, filler_bytes, pki, people)).unwrap();
        path
    });
    files.collect()
}

/// A transcript with so many boxes: a teacher for each subject, homeroom teacher, principal, stamp.
fn plan(boxes: usize) -> Plan {
    let key = DossierKey::from_id("2025-2026_ca-nam_hoc-ba_HS0001").unwrap();
    let class = "6A1".parse().unwrap();
    let subjects: Vec<_> = (0..boxes - 3).map(|index| format!("MON{index}").parse().unwrap()).collect();
    let digest = Sha256::of(b"the roster and plans of this measurement");
    Templates::default_for(key.year).expand(&key, Some(&class), &subjects, digest, digest).unwrap()
}

fn signed(plan: &Plan, filler_bytes: usize, pki: &Pki, people: &mut [Person]) -> Vec<u8> {
    let base = base(plan, filler_bytes);
    let mut file = base.pdf.clone();
    for (index, (person, (_, one))) in people.iter_mut().zip(plan.boxes()).enumerate() {
        person.0 = one.name.clone();
        file = sign(&file, &base, pki, person, index == 0).unwrap();
    }
    file
}

fn base(plan: &Plan, filler_bytes: usize) -> SigningBase {
    let rendered = paper::transcript(plan);
    let place = |(index, (_, one)): (usize, (usize, &school::plan::SigningBox))| {
        let (left, bottom) = (20.0 + 185.0 * (index % 3) as f32, 20.0 + 45.0 * (index / 3) as f32);
        let rect = [left, bottom, left + 180.0, bottom + 42.0];
        Place {
            name: one.name.clone(),
            label: format!("Ô ký {index}"),
            page: 1,
            rect,
            pictures: PlacePictures::default(),
        }
    };
    let places = plan.boxes().enumerate().map(place).collect();
    let pdf = if filler_bytes == 0 { rendered.pdf } else { filled(&rendered.pdf, filler_bytes) };
    signing_base(&Rendered { pdf, places }, plan, Packing::Classic).unwrap()
}

/// With a stream that nothing can make smaller, as a scanned picture would be.
fn filled(pdf: &[u8], filler_bytes: usize) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    let mut filler = vec![0; filler_bytes];
    openssl::rand::rand_bytes(&mut filler).unwrap();
    let filler = document.add_object(lopdf::Stream::new(lopdf::Dictionary::new(), filler));
    document.catalog_mut().unwrap().set("Filler", filler);
    let mut out = Vec::new();
    document.save_to(&mut out).unwrap();
    out
}
