//! `niemphong render`: any form from any export, without the daemon and without anything to sign. Several
//! exports of one pupil become the transcript of a whole level; a roster alone becomes an empty book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crafts::document::{self, ClassBook, Form, FromGradebook, Purpose};
use crafts::export::{
    Assembled, Layouts, PartSubject, StoredPart, Subjects, Taken, Wanted, assemble, listed, periods,
};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period, TeacherBookOf};
use school::gradebook::{Assessment, FORMAT, Gradebook, LockClaim, Subject};
use school::identifier::{ClassName, SubjectId};
use school::limits::EXPORT_SIZE_BYTES;
use school::moment::Moment;
use school::plan::{Plan, Templates};
use school::records::canonical;
use school::roster::{self, Roster, School};

use crate::cli::arguments::RenderRequest;
use crate::cli::exit::Exit;
use crate::cli::verify::{OutputFault, write_new};
use crate::config::{Config, ConfigFault};
use crate::process::reader_host::{ReaderFault, ReaderHost};
use crate::{clock, terminal, wording};

/// A form cannot be shown.
#[derive(Debug, thiserror::Error)]
enum RenderFault {
    #[error("{} cannot be read", .0.display())]
    Unreadable(PathBuf, #[source] std::io::Error),
    #[error("the roster is none of format {}", roster::FORMAT)]
    Roster(#[source] Box<serde_json::Error>),
    #[error(transparent)]
    Config(#[from] ConfigFault),
    #[error(transparent)]
    Reader(#[from] ReaderFault),
    #[error("the export has {} problems", .0.len())]
    Export(Vec<school::records::reader_frame::ExportProblem>),
    #[error("{0}")]
    Asked(&'static str, &'static str),
    #[error(transparent)]
    Document(#[from] document::DocumentFault),
    #[error(transparent)]
    Output(#[from] OutputFault),
}

impl RenderFault {
    fn code(&self) -> &str {
        match self {
            Self::Unreadable(..) => "document.unreadable",
            Self::Roster(_) => "roster.unusable",
            Self::Config(fault) => fault.code(),
            Self::Reader(fault) => fault.code(),
            Self::Export(_) => "export.refused",
            Self::Asked(_, code) => code,
            Self::Document(_) => "document.not_rendered",
            Self::Output(fault) => fault.code(),
        }
    }
}

/// Draws what is asked for and writes it into a new file.
pub fn run(request: &RenderRequest) -> Exit {
    match render(request).and_then(|pdf| Ok(write_new(&request.out, &pdf)?)) {
        Ok(()) => Exit::Ok,
        Err(RenderFault::Export(problems)) => {
            let file = request.exports.first().map(|path| path.to_string_lossy().into_owned());
            terminal::note(&wording::inbox_refused(&file.unwrap_or_default(), &problems));
            Exit::Failure
        }
        Err(fault @ RenderFault::Asked(..)) => {
            super::failed(fault.code(), &fault);
            Exit::Usage
        }
        Err(fault) => super::failed(fault.code(), &fault),
    }
}

/// An export as it was read: its bytes, their digest, its gradebook.
struct Source {
    bytes: Vec<u8>,
    export: Sha256,
    gradebook: Gradebook,
}

fn render(request: &RenderRequest) -> Result<Vec<u8>, RenderFault> {
    let given = request.roster.as_deref().map(read_roster).transpose()?;
    let own = match &request.config {
        Some(config) => Config::read(config)?.own_layouts()?,
        None => Vec::new(),
    };
    let mut layouts = Layouts::shipped();
    for text in &own {
        // Each was tried when the configuration was read.
        layouts.add(text).map_err(|_| RenderFault::Asked("--config", "config.layout"))?;
    }
    let mut reader = ReaderHost::start().with_layouts(own);
    let decided = clock::now();
    let (mut sources, mut parts) = (Vec::new(), Vec::new());
    for path in &request.exports {
        let bytes = read(path)?;
        let (file, export) = (path.to_string_lossy(), Sha256::of(&bytes));
        match reader.export(&file, &bytes)?.map_err(RenderFault::Export)? {
            Taken::Gradebook(gradebook) => sources.push(Source { export, bytes, gradebook: *gradebook }),
            Taken::Parts(read) => {
                parts.extend(read.into_iter().map(|part| StoredPart { file: export, taken: decided, part }));
            }
            Taken::Report(_) => return Err(RenderFault::Asked("an export with marks", "export.no_marks")),
        }
    }
    if !parts.is_empty() {
        sources.push(assembled(&parts, given.as_ref(), layouts.subjects())?);
    }
    if sources.is_empty() {
        let blank = given.as_ref().zip(request.class.as_ref());
        let (roster, class) = blank
            .ok_or(RenderFault::Asked("an export, or a roster and a class", "document.nothing_given"))?;
        let gradebook = empty(roster, class, decided, layouts.subjects());
        sources.push(Source { bytes: Vec::new(), export: Sha256::of(b""), gradebook });
    }
    let kind = DocumentKind::from_code(&request.kind);
    if kind == Some(DocumentKind::HocBa) && sources.len() > 1 {
        return whole_transcript(request, &mut sources, given.as_ref(), decided);
    }
    let source = &sources[0];
    let gradebook = &source.gradebook;
    let unnamed = unnamed_roster(gradebook);
    let roster = given.as_ref().unwrap_or(&unnamed);
    let plan = plan(request, kind, roster, gradebook)?;
    let input = FromGradebook {
        gradebook,
        export: source.export,
        roster,
        plan: &plan,
        decided,
        supplements: None,
        corrects: None,
    };
    let export = source.bytes.as_slice();
    let form = match kind {
        Some(DocumentKind::SoDiem) => Form::ClassBook(ClassBook {
            gradebook,
            export,
            roster,
            plan: &plan,
            decided,
            supplements: None,
            corrects: None,
        }),
        Some(DocumentKind::HocBa) => Form::Transcript(input),
        Some(DocumentKind::SoDiemGv) => Form::TeacherBook(input),
        Some(DocumentKind::BangTongHop) => Form::ResultsSummary(input),
        Some(DocumentKind::DanhSachXetDuyet) => Form::ReviewLists(input),
        _ => Form::EnrolmentRegister(input),
    };
    // Without any result there is nothing that could be mistaken for a signed book: it is an empty one.
    let is_blank = document::is_blank(gradebook) && kind != Some(DocumentKind::SoDangBo);
    let purpose = if is_blank { Purpose::Blank } else { Purpose::Preview };
    Ok(document::preview(&form, purpose)?)
}

/// All years of a pupil, oldest first.
fn whole_transcript(
    request: &RenderRequest,
    sources: &mut [Source],
    given: Option<&Roster>,
    decided: Moment,
) -> Result<Vec<u8>, RenderFault> {
    sources.sort_by_key(|source| source.gradebook.year);
    let mut rosters = Vec::new();
    let mut plans = Vec::new();
    for Source { gradebook, .. } in sources.iter() {
        let unnamed = unnamed_roster(gradebook);
        let roster = given.map_or(unnamed, |given| Roster { year: gradebook.year, ..given.clone() });
        plans.push(plan(request, Some(DocumentKind::HocBa), &roster, gradebook)?);
        rosters.push(roster);
    }
    let years: Vec<FromGradebook> = sources
        .iter()
        .zip(rosters.iter().zip(&plans))
        .map(|(source, (roster, plan))| FromGradebook {
            gradebook: &source.gradebook,
            export: source.export,
            roster,
            plan,
            decided,
            supplements: None,
            corrects: None,
        })
        .collect();
    Ok(document::whole_transcript(&years)?)
}

/// The default plan of the form, so that every signing place is seen where it will be.
fn plan(
    request: &RenderRequest,
    kind: Option<DocumentKind>,
    roster: &Roster,
    gradebook: &Gradebook,
) -> Result<Plan, RenderFault> {
    let class = gradebook.class.clone();
    let subject = || {
        let first = gradebook.subjects.first().map(|subject| subject.id.clone());
        request.subject.clone().or(first).ok_or(RenderFault::Asked("--subject", "document.needs_subject"))
    };
    let of = match kind {
        Some(DocumentKind::SoDiem) => DossierOf::SoDiem(class),
        Some(DocumentKind::HocBa) => {
            let id = request.student.clone();
            DossierOf::HocBa(id.ok_or(RenderFault::Asked("--student", "document.needs_student"))?)
        }
        Some(DocumentKind::SoDiemGv) => {
            DossierOf::SoDiemGv(TeacherBookOf { class, subject: subject()?, teacher: None })
        }
        Some(DocumentKind::BangTongHop) => DossierOf::BangTongHop(class),
        Some(DocumentKind::DanhSachXetDuyet) => DossierOf::DanhSachXetDuyet(class),
        Some(DocumentKind::SoDangBo) => DossierOf::SoDangBo(class),
        Some(
            DocumentKind::QuyetDinhKhoa
            | DocumentKind::QuyetDinhMo
            | DocumentKind::BienBanNiemPhong
            | DocumentKind::PhieuDeNghiSua
            | DocumentKind::BienBanSuaChua
            | DocumentKind::TongHopSuaChua,
        )
        | None => {
            return Err(RenderFault::Asked("--kind", "document.not_of_an_export"));
        }
    };
    let subjects = roster.signing_subjects(&of, &gradebook.class, &gradebook.subject_ids());
    let key = DossierKey::new(gradebook.year, of, gradebook.period);
    let none = Sha256::of(b"");
    let expanded =
        Templates::default_for(gradebook.year).expand(&key, Some(&gradebook.class), &subjects, none, none);
    expanded.map_err(|_| RenderFault::Asked("--kind", "document.not_of_an_export"))
}

/// The gradebook that files of a vendor make together; only a roster says which subjects a class has. Of a list
/// of pupils alone it has no result yet.
fn assembled(parts: &[StoredPart], roster: Option<&Roster>, known: &Subjects) -> Result<Source, RenderFault> {
    let roster =
        roster.ok_or(RenderFault::Asked("these files need --roster", "document.parts_without_roster"))?;
    let source = |gradebook: Gradebook| {
        let bytes = canonical::to_bytes(&gradebook).unwrap_or_default();
        Source { export: Sha256::of(&bytes), bytes, gradebook }
    };
    for class in parts.iter().map(|part| &part.part.class) {
        let (mut begun, named) = (false, roster.parts(class));
        let subjects: Vec<SubjectId> = roster.subjects(class).map(|one| one.subject.clone()).collect();
        for period in periods(parts).into_iter().rev() {
            let subjects = Some(subjects.as_slice());
            let wanted = Wanted { school: &roster.school.code, period, subjects, parts: &named };
            match assemble(parts, &wanted) {
                Assembled::Whole { gradebook, .. } => return Ok(source(*gradebook)),
                Assembled::Contradictory(problems) => return Err(RenderFault::Export(problems)),
                Assembled::Waiting(_) => begun = true,
                Assembled::Nothing => {}
            }
        }
        if !begun {
            let of_class = |subject: &SubjectId| {
                let Subject { id, name, assessment, periods, parts } = subject_of(roster, subject, known);
                (PartSubject { id, name, assessment: Some(assessment), periods, parts }, assessment)
            };
            let subjects: Vec<_> = subjects.iter().map(of_class).collect();
            let (school, period) = (&roster.school.code, Period::FullYear);
            let wanted = Wanted { school, period, subjects: None, parts: &named };
            return listed(parts, &wanted, &subjects).map(source).map_err(RenderFault::Export);
        }
    }
    Err(RenderFault::Asked("the files of a whole class", "document.parts_missing"))
}

/// The book of a class before anything is recorded; subjects are those of the roster.
fn empty(roster: &Roster, class: &ClassName, now: Moment, known: &Subjects) -> Gradebook {
    Gradebook {
        format: FORMAT.into(),
        school: roster.school.code.clone(),
        year: roster.year,
        period: Period::FullYear,
        class: class.clone(),
        exported: now,
        lock: LockClaim { locked: false, at: None },
        subjects: roster.subjects(class).map(|one| subject_of(roster, &one.subject, known)).collect(),
        pupils: Vec::new(),
        head_remarks: Vec::new(),
        parts: Vec::new(),
    }
}

/// A subject as the roster describes it, else as the catalogue does.
fn subject_of(roster: &Roster, id: &SubjectId, known: &Subjects) -> Subject {
    let described = roster.curriculum.iter().find(|subject| subject.id == *id).cloned();
    described.unwrap_or_else(|| {
        let known = known.with_id(id);
        let parts = roster.assignments.iter().filter(|one| one.subject == *id).flat_map(|one| &one.parts);
        Subject {
            id: id.clone(),
            name: known.map_or_else(|| id.to_string(), |known| known.name.clone()),
            assessment: known.map_or(Assessment::Marks, |known| known.assessment),
            periods: None,
            parts: parts.map(|one| one.part.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
        }
    })
}

/// Names nobody: where a form prints a name there are dots.
fn unnamed_roster(gradebook: &Gradebook) -> Roster {
    let nobody = || gradebook.school.as_str().parse().ok();
    // A school's code is short, ASCII and never empty, as a person's id is.
    let nobody = || nobody().expect("a school code can be an id");
    Roster {
        format: roster::FORMAT.into(),
        school: School {
            code: gradebook.school.clone(),
            name: String::new(),
            authority: String::new(),
            place: "…………".into(),
            sample: false,
            ward: String::new(),
            province: String::new(),
            head_title: String::new(),
        },
        year: gradebook.year,
        people: Vec::new(),
        principal: nobody(),
        admin_board: nobody(),
        office: nobody(),
        stamp: nobody(),
        homerooms: BTreeMap::new(),
        assignments: Vec::new(),
        curriculum: Vec::new(),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, RenderFault> {
    let unreadable = |error| RenderFault::Unreadable(path.to_owned(), error);
    let file = fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(EXPORT_SIZE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > EXPORT_SIZE_BYTES {
        return Err(unreadable(std::io::Error::from(std::io::ErrorKind::FileTooLarge)));
    }
    Ok(bytes)
}

fn read_roster(path: &Path) -> Result<Roster, RenderFault> {
    serde_json::from_slice(&read(path)?).map_err(|error| RenderFault::Roster(Box::new(error)))
}
