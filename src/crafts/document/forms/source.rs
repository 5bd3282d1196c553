//! What the forms of a class are made from, and the two ways in which they leave: as a rendered document
//! whose places become boxes, or as a preview that nobody can sign.

use school::digest::Sha256;
use school::dossier::{DossierKey, DossierOf, Period};
use school::gradebook::{Gradebook, Pupil, Results, Subject, SubjectResults, SubjectRow};
use school::identifier::PersonId;
use school::moment::Moment;
use school::plan::Plan;
use school::roster::{Roster, School};
use school::scoring::Grade;

use super::super::look::{Align, Format, MM, Style};
use super::super::painting::{Attachment, Publication, publish, show};
use super::super::paper::{ElementId, Paper};
use super::super::{DocumentFault, Rendered, Supplemented, printed_words as words};
use super::corrected_version::CorrectedVersion;
use super::regulation::{Regulation, Stage};
use super::row;
use super::{
    ClassBook, class_book, enrolment_register, results_summary, review_lists, teacher_book, transcript,
};

/// A document made from a gradebook that names its export by digest and does not embed it.
#[derive(Debug, Clone, Copy)]
pub struct FromGradebook<'a> {
    /// The class.
    pub gradebook: &'a Gradebook,
    /// Digest of the bytes of the original export.
    pub export: Sha256,
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When the lock was decided: the date of the document.
    pub decided: Moment,
    /// The closed document of the year, for results after the summer.
    pub supplements: Option<Supplemented<'a>>,
    /// The version that this one corrects.
    pub corrects: Option<CorrectedVersion<'a>>,
}

/// A form that an export fills.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// Sổ theo dõi và đánh giá học sinh (theo lớp học).
    ClassBook(ClassBook<'a>),
    /// Học bạ.
    Transcript(FromGradebook<'a>),
    /// Sổ theo dõi và đánh giá học sinh (của giáo viên).
    TeacherBook(FromGradebook<'a>),
    /// Bảng tổng hợp kết quả đánh giá giáo dục.
    ResultsSummary(FromGradebook<'a>),
    /// Danh sách xét duyệt.
    ReviewLists(FromGradebook<'a>),
    /// Sổ đăng bộ.
    EnrolmentRegister(FromGradebook<'a>),
}

/// Why a form is shown without anything to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be looked at: every page says so.
    Preview,
    /// To be printed and filled in by hand (sổ trắng).
    Blank,
}

/// Draws a form that is not to be signed: as it will look, without plan, data and fields.
///
/// Errors: see [`DocumentFault`].
pub fn preview(form: &Form, purpose: Purpose) -> Result<Vec<u8>, DocumentFault> {
    let composed = match form {
        Form::ClassBook(input) => class_book::compose(input),
        Form::Transcript(input) => transcript::compose(input),
        Form::TeacherBook(input) => teacher_book::compose(input),
        Form::ResultsSummary(input) => results_summary::compose(input),
        Form::ReviewLists(input) => review_lists::compose(input),
        Form::EnrolmentRegister(input) => enrolment_register::compose(input),
    }?;
    composed.show(purpose)
}

/// Whether a gradebook holds no result yet: what is drawn from it is an empty book.
pub fn is_blank(gradebook: &Gradebook) -> bool {
    let nothing = |row: &SubjectRow| match &row.results {
        SubjectResults::Marks(results) => *results == Results::default(),
        SubjectResults::Levels(results) => *results == Results::default(),
        SubjectResults::Exempt => false,
    };
    gradebook.pupils.iter().all(|pupil| pupil.subjects.values().all(nothing))
}

/// What every sheet reads from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub gradebook: &'a Gradebook,
    pub roster: &'a Roster,
    pub plan: &'a Plan,
    pub decided: Moment,
    pub supplements: Option<Supplemented<'a>>,
    pub corrects: Option<CorrectedVersion<'a>>,
    pub regulation: Regulation,
    pub stage: Stage,
}

/// A line of a class list; without a pupil it is left to be written on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub number: usize,
    pub pupil: Option<&'a Pupil>,
}

/// Lines of a list that is printed before the pupils are known.
const BLANK_LINES: usize = 45;

/// A term of the school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermOf {
    First,
    Second,
}

impl TermOf {
    /// `HỌC KÌ I`.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::First => words::FIRST_TERM,
            Self::Second => words::SECOND_TERM,
        }
    }
}

impl<'a> Source<'a> {
    /// Roster and gradebook of one school and year, for the dossier that the plan names.
    pub(super) fn of(
        gradebook: &'a Gradebook,
        roster: &'a Roster,
        plan: &'a Plan,
        decided: Moment,
        (supplements, corrects): (Option<Supplemented<'a>>, Option<CorrectedVersion<'a>>),
    ) -> Result<(Self, DossierOf), DocumentFault> {
        super::super::letterhead::same_school(gradebook, roster)?;
        let other = || DocumentFault::OtherDossier(plan.dossier.clone());
        let key = DossierKey::from_id(plan.dossier.as_str()).map_err(|_| other())?;
        if key.year != gradebook.year || key.period != gradebook.period {
            return Err(other());
        }
        let regulation = Regulation::of(gradebook.year, &gradebook.class);
        let stage = Stage::of(&gradebook.class);
        Ok((Self { gradebook, roster, plan, decided, supplements, corrects, regulation, stage }, key.of))
    }

    pub(super) fn other_dossier(&self) -> DocumentFault {
        DocumentFault::OtherDossier(self.plan.dossier.clone())
    }

    pub(super) const fn school(&self) -> &'a School {
        &self.roster.school
    }

    /// A paper of this school; the first sheet decides its format.
    pub(super) fn paper(&self) -> Paper {
        let mut paper = Paper::of_roster(Format::BOOK, self.roster);
        paper.by_hand = self.is_blank();
        paper
    }

    /// Lines of the class list.
    pub(super) fn lines(&self) -> Vec<Line<'a>> {
        if self.gradebook.pupils.is_empty() {
            return (1..=BLANK_LINES).map(|number| Line { number, pupil: None }).collect();
        }
        let line = |(index, pupil)| Line { number: index + 1, pupil: Some(pupil) };
        self.gradebook.pupils.iter().enumerate().map(line).collect()
    }

    /// Terms that the document covers.
    pub(super) fn terms(&self) -> Vec<TermOf> {
        let both = match self.gradebook.period {
            Period::FirstTerm => false,
            Period::FullYear | Period::AfterSummer => true,
            Period::Snapshot(_) => self.gradebook.pupils.iter().any(row::has_second_term),
        };
        if both { vec![TermOf::First, TermOf::Second] } else { vec![TermOf::First] }
    }

    /// On a cover: which closed document these results after the summer belong to, which version it corrects, which
    /// signed document speaks for it.
    pub(super) fn supplement_line(&self, paper: &mut Paper, section: ElementId) {
        let column = paper.format().column().inset(8.0 * MM);
        if let Some(supplemented) = &self.supplements {
            supplemented.draw(paper, section, column);
        }
        if let Some(corrected) = &self.corrects {
            corrected.draw(paper, section, column);
        }
        if let Some(cited) = &self.plan.cites {
            let text = words::cites(cited.dossier.as_str(), &cited.sha256.to_string());
            paper.y += 6.0;
            paper.paragraph(section, Style::italic(11.0), column, Align::Centre, &text);
        }
    }

    /// Whether the class is of the last grade of the upper level.
    pub(super) fn ends_the_upper_level(&self) -> bool {
        self.has_year() && Grade::of(&self.gradebook.class).is_ok_and(|grade| grade.number() == 12)
    }

    /// Whether the class is of the first grade of its level: its pupils enter the register.
    pub(super) fn begins_the_level(&self) -> bool {
        Grade::of(&self.gradebook.class).is_ok_and(|grade| matches!(grade.number(), 6 | 10))
    }

    /// Whether nothing is recorded yet: a book in September, to be filled in by hand.
    pub(super) fn is_blank(&self) -> bool {
        is_blank(self.gradebook)
    }

    /// Whether results of the year are part of the document.
    pub(super) fn has_year(&self) -> bool {
        !matches!(self.gradebook.period, Period::FirstTerm | Period::Snapshot(_))
    }

    /// `Lớp 6A1 – Năm học 2025-2026 – Cả năm học`.
    pub(super) fn sheet_line(&self) -> String {
        let book = self.gradebook;
        words::sheet_line(book.class.as_str(), book.year, book.period)
    }

    /// `Hải Phòng, ngày 30 tháng 5 năm 2026`.
    /// Open in an empty book, which is signed by hand when it is full.
    pub(super) fn dated(&self) -> String {
        let place = &self.school().place;
        if self.is_blank() {
            return words::place_and_open_date(place);
        }
        words::place_and_date(place, self.decided.date().parts())
    }

    fn name_of(&self, id: &PersonId) -> &'a str {
        self.roster.person(id).map_or("", |person| &person.name)
    }

    /// Name of the homeroom teacher, empty where the roster knows none.
    pub(super) fn homeroom(&self) -> &'a str {
        self.roster.homerooms.get(&self.gradebook.class).map_or("", |id| self.name_of(id))
    }

    /// Names of everyone who teaches the subject.
    pub(super) fn teachers(&self, subject: &Subject) -> String {
        let assignment = self.roster.subjects(&self.gradebook.class).find(|one| one.subject == subject.id);
        let names = assignment.map(|one| one.teachers().map(|id| self.name_of(id)).collect::<Vec<_>>());
        names.unwrap_or_default().join(", ")
    }
}

impl<'a> Line<'a> {
    /// What `pick` says of the pupil, nothing on an empty line.
    pub(super) fn text(&self, pick: impl Fn(&'a Pupil) -> String) -> String {
        self.pupil.map(pick).unwrap_or_default()
    }

    pub(super) fn name(&self) -> String {
        self.text(|pupil| pupil.name.clone())
    }

    pub(super) fn born(&self) -> String {
        self.text(|pupil| pupil.born.vietnamese())
    }
}

/// A document whose pages are laid out.
pub(super) struct Composed<'a> {
    pub paper: Paper,
    pub title: String,
    pub source: Source<'a>,
    pub attachments: Vec<Attachment>,
}

impl Composed<'_> {
    /// As a document to be signed.
    pub(super) fn publish(mut self) -> Result<Rendered, DocumentFault> {
        let Source { gradebook, roster, plan, corrects, .. } = self.source;
        if let Some(corrected) = &corrects {
            corrected.sheet(&mut self.paper, gradebook);
            self.attachments.push(corrected.attachment()?);
        }
        gradebook.pupils.iter().try_for_each(|pupil| row::every_row(pupil, &gradebook.subjects))?;
        let supplements = self.source.supplements;
        let (paper, mut publication) = self.split();
        if let Some(supplemented) = supplements {
            publication.attachments.push(supplemented.attachment()?);
        }
        let rendered = publish(paper, publication)?;
        // A place that nobody holds would wait for ever.
        for (_, signing_box) in plan.boxes() {
            roster.holder(signing_box)?;
        }
        Ok(rendered)
    }

    pub(super) fn show(self, purpose: Purpose) -> Result<Vec<u8>, DocumentFault> {
        let (paper, publication) = self.split();
        let publication = Publication { attachments: Vec::new(), ..publication };
        let notice = match purpose {
            Purpose::Preview => Some(words::PREVIEW),
            Purpose::Blank => None,
        };
        show(paper, publication, notice)
    }
}

impl<'a> Composed<'a> {
    fn split(self) -> (Paper, Publication<'a>) {
        let Source { roster, plan, decided, .. } = self.source;
        let (title, attachments) = (self.title, self.attachments);
        (self.paper, Publication { title, school: &roster.school, plan, decided, attachments })
    }
}
