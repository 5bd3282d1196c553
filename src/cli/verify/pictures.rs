//! Pages before and after a change, for the reports that show pictures. Every page is drawn by a reader
//! worker in its sandbox; what kills or hangs it costs that one picture.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::PathBuf;

use school::digest::Sha256;
use school::limits::{PDF_SIZE_BYTES, PICTURES_PER_FILE, PICTURES_PER_REPORT};
use school::records::reader_frame::Subject;
use serde_json::Value;

use super::readers::Job;
use super::revisions::lies_in;
use crate::process::reader_host::{Picture, Pictures, ReaderHost};
use crate::wording::inspection::{Absence, View, Views};

/// Longest name of a field that is shown.
const FIELD_CHARACTERS: usize = 64;

/// Draws pages as long as the report has room for them.
pub struct Pencil {
    reader: ReaderHost,
    left: usize,
}

/// A page that is to be drawn.
struct Wanted {
    page: u32,
    field: String,
    before_bytes: u64,
}

impl Pencil {
    /// Nothing is started before something has to be drawn.
    pub fn new() -> Self {
        Self { reader: ReaderHost::start(), left: PICTURES_PER_REPORT }
    }

    /// What there is to be seen of a judged file; nothing for an honest one.
    pub fn views(&mut self, job: &Job, report: &Value) -> Views {
        let is = |key: &str, value: &str| report.get(key).and_then(Value::as_str) == Some(value);
        if !is("type", "pdf") {
            return Views::default();
        }
        let named = named(report);
        let suspicious = is("modification", "suspicious");
        let last = last_intact(report);
        let absent = |absence| Views { absence: Some(absence), ..Views::default() };
        match (named.is_empty(), &last) {
            (true, _) if !suspicious && !is("integrity", "broken") => return Views::default(),
            (true, None) => return absent(Absence::ChangedInPlace),
            _ => {}
        }
        if job.subject == Some(Subject::Image) {
            return absent(Absence::InsideImage);
        }
        let Some((file, size_bytes)) = opened(job, report) else { return absent(Absence::NotTheSameFile) };
        if !named.is_empty() {
            return self.named(&file, named);
        }
        match last {
            // Bytes that no revision explains: another reader may show them, so the pages are looked at.
            Some((field, before_bytes)) if suspicious && before_bytes < size_bytes => {
                self.found_by_looking(&file, &field, before_bytes)
            }
            _ => absent(Absence::ChangedInPlace),
        }
    }

    fn named(&mut self, file: &File, named: Vec<Wanted>) -> Views {
        let mut views = Views::default();
        for wanted in named {
            // A file on which the reader hung or died has cost its time.
            let given_up = views.pages.last().is_some_and(|view: &View| view.pictures.is_none());
            if given_up || views.pages.len() >= PICTURES_PER_FILE || self.left == 0 {
                views.left_out += 1;
                continue;
            }
            self.left -= 1;
            let pictures = self.reader.draw(file, wanted.page, wanted.before_bytes).ok();
            views.pages.push(View { page: wanted.page, field: wanted.field, pictures });
        }
        views
    }

    fn found_by_looking(&mut self, file: &File, field: &str, before_bytes: u64) -> Views {
        let mut views = Views::default();
        for page in (1..).take(PICTURES_PER_FILE) {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            let pictures = self.reader.draw(file, page, before_bytes).ok();
            let given_up = pictures.is_none();
            let differs = match &pictures {
                Some(Pictures { before: Picture::NoPage, after: Picture::NoPage, .. }) => break,
                Some(Pictures { before, after, .. }) => before != after,
                None => true,
            };
            if differs {
                views.pages.push(View { page, field: field.to_owned(), pictures });
            }
            if given_up {
                break;
            }
        }
        if views.pages.is_empty() {
            views.absence = Some(Absence::LooksAlike);
        }
        views
    }
}

/// The pages that the judge names.
fn named(report: &Value) -> Vec<Wanted> {
    let all = report.get("changed_pages").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|one| {
        Some(Wanted {
            page: u32::try_from(one.get("page")?.as_u64()?).ok()?,
            field: shown(one.get("field")?.as_str()?),
            before_bytes: one.get("revision_end_bytes")?.as_u64()?,
        })
    })
    .collect()
}

/// Field and end of the last signature whose data are intact.
fn last_intact(report: &Value) -> Option<(String, u64)> {
    let all = report.get("signatures")?.as_array()?;
    let intact =
        all.iter().rev().find(|one| one.get("integrity").and_then(Value::as_str) == Some("intact"))?;
    Some((shown(intact.get("field")?.as_str()?), intact.get("revision_end_bytes")?.as_u64()?))
}

fn shown(field: &str) -> String {
    crafts::document::plain_text(field, FIELD_CHARACTERS)
}

/// The file of the report with its size, when it still has the digest that was judged.
fn opened(job: &Job, report: &Value) -> Option<(File, u64)> {
    let path = report.get("path").and_then(Value::as_str).map(PathBuf::from)?;
    let mut file = lies_in(job, &path).then(|| File::open(&path).ok()).flatten()?;
    let mut bytes = Vec::new();
    (&file).take(PDF_SIZE_BYTES).read_to_end(&mut bytes).ok()?;
    file.rewind().ok()?;
    let judged = report.get("sha256").and_then(Value::as_str)?;
    (Sha256::of(&bytes).to_string() == judged).then_some((file, bytes.len() as u64))
}
