//! Học bạ of one pupil: cover, guide, personal page, and for each school year a left and a right page
//! (DOMAIN, 2.3). What is signed is one year: [`transcript`]. [`whole_transcript`] puts the years of a
//! level together for printing. Holds that pupil's data only (invariant 11).

mod cover;
mod guide;
mod left_page;
mod personal_page;
mod right_page;

use school::digest::Sha256;
use school::dossier::{DossierOf, Period};
use school::gradebook::{Pupil, Subject};
use school::identifier::{ClassName, SchoolCode, SchoolYear};
use school::records::canonical;
use serde::Serialize;

use super::super::painting::{Attachment, Print, Relation, paint};
use super::super::{DocumentFault, Rendered, printed_words as words};
use super::source::{Composed, FromGradebook, Source};

/// The attached data, `niemphong-transcript/1`.
#[derive(Serialize)]
struct TranscriptData<'a> {
    format: &'static str,
    export: Sha256,
    school: &'a SchoolCode,
    year: SchoolYear,
    period: Period,
    class: &'a ClassName,
    subjects: &'a [Subject],
    pupil: &'a Pupil,
}

/// Renders the transcript of one pupil for one period. The pupil is the one whom the plan's dossier names.
///
/// Errors: see [`DocumentFault`].
pub fn transcript(input: &FromGradebook) -> Result<Rendered, DocumentFault> {
    compose(input)?.publish()
}

/// Draws the transcript of a pupil over all years of a level, oldest first, to be printed: each signing
/// place names the dossier of its year, where the signature is. Cover and personal page are those of the last year.
///
/// Errors: see [`DocumentFault`]; [`DocumentFault::NothingToShow`] without a year.
pub fn whole_transcript(years: &[FromGradebook]) -> Result<Vec<u8>, DocumentFault> {
    let last = years.last().ok_or(DocumentFault::NothingToShow)?;
    let (source, pupil) = opened(last)?;
    let mut paper = source.paper();
    paper.signed_in = Some(source.plan.dossier.to_string());
    let mut own = Vec::with_capacity(years.len());
    for year in years {
        own.push(personal_page::schooling(&opened(year)?.0));
    }
    let span = words::school_years(years[0].gradebook.year, last.gradebook.year);
    cover::draw(&mut paper, &source, pupil, &[span.to_uppercase()]);
    guide::draw(&mut paper, source.regulation);
    personal_page::draw(&mut paper, &source, pupil, own);
    for year in years {
        let (source, pupil) = opened(year)?;
        paper.signed_in = Some(source.plan.dossier.to_string());
        left_page::draw(&mut paper, &source, pupil)?;
        right_page::draw(&mut paper, &source, pupil);
    }
    let school = source.school();
    let print = Print {
        title: words::whole_transcript_title(&pupil.name, pupil.id.as_str()),
        author: &school.name,
        id: &words::whole_transcript_id(pupil.id.as_str(), &span),
        notices: school.sample.then_some(words::SAMPLE).into_iter().chain([words::COLLECTED]).collect(),
        made: source.decided,
        is_stamped: true,
        attachments: Vec::new(),
    };
    paint(&mut paper, print)
}

pub(super) fn compose<'a>(input: &FromGradebook<'a>) -> Result<Composed<'a>, DocumentFault> {
    let (source, pupil) = opened(input)?;
    let mut paper = source.paper();
    let (year, period) = (source.gradebook.year, source.gradebook.period);
    cover::draw(&mut paper, &source, pupil, &[words::school_year(year), words::period(period)]);
    guide::draw(&mut paper, source.regulation);
    personal_page::draw(&mut paper, &source, pupil, vec![personal_page::schooling(&source)]);
    left_page::draw(&mut paper, &source, pupil)?;
    right_page::draw(&mut paper, &source, pupil);
    let gradebook = source.gradebook;
    let data = TranscriptData {
        format: "niemphong-transcript/1",
        export: input.export,
        school: &gradebook.school,
        year: gradebook.year,
        period: gradebook.period,
        class: &gradebook.class,
        subjects: &gradebook.subjects,
        pupil,
    };
    let attachments = vec![Attachment {
        name: "du-lieu.json",
        description: words::ATTACHED_PUPIL,
        relation: Relation::Data,
        bytes: canonical::to_bytes(&data)?,
    }];
    let title = words::transcript_document_title(&pupil.name, pupil.id.as_str(), gradebook.year);
    Ok(Composed { paper, title, source, attachments })
}

fn opened<'a>(input: &FromGradebook<'a>) -> Result<(Source<'a>, &'a Pupil), DocumentFault> {
    let FromGradebook { gradebook, roster, plan, decided, supplements, corrects, .. } = *input;
    let (source, of) = Source::of(gradebook, roster, plan, decided, (supplements, corrects))?;
    let DossierOf::HocBa(id) = of else { return Err(source.other_dossier()) };
    let pupil = gradebook.pupils.iter().find(|pupil| pupil.id == id);
    Ok((source, pupil.ok_or_else(|| DocumentFault::NoSuchPupil(plan.dossier.clone()))?))
}
