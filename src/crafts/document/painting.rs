//! The last step: page furniture, structure tree, attachments and metadata by krilla with its PDF/A-3a and
//! PDF/UA-1 validators on, then what is drawn. Deterministic: every date is the moment of the decision.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use school::moment::Moment;
use school::plan::Plan;
use school::roster::School;

use super::page_content::page_content;
use super::paper::{
    Align, Child, Column, Element, ElementId, Format, Furniture, Ink, MM, Mark, Owner, Paper, Style,
};
use super::{DocumentFault, Rendered, printed_words as words};
use crate::pdf;

const LANGUAGE: &str = "vi-VN";
const CREATOR: &str = concat!("niemphong ", env!("CARGO_PKG_VERSION"));

/// How an attachment relates to the document (ISO 19005-3, 6.8).
#[derive(Debug, Clone, Copy)]
pub(super) enum Relation {
    Source,
    Data,
    Supplement,
}

/// A file inside the PDF.
pub(super) struct Attachment {
    pub name: &'static str,
    pub description: &'static str,
    pub relation: Relation,
    pub bytes: Vec<u8>,
}

impl Attachment {
    /// JSON, but for the scan of a signature on paper.
    fn media_type(&self) -> &'static str {
        if self.name.ends_with(".png") { "image/png" } else { "application/json" }
    }
}

/// What a document is besides its pages.
pub(super) struct Publication<'a> {
    pub title: String,
    pub school: &'a School,
    pub plan: &'a Plan,
    pub decided: Moment,
    pub attachments: Vec<Attachment>,
}

/// Paints `paper`.
///
/// Errors: a box of the plan without exactly one place, text that the faces cannot print, a table
/// that is not regular, or a refusal of the PDF/A and PDF/UA validators.
pub(super) fn publish(mut paper: Paper, publication: Publication) -> Result<Rendered, DocumentFault> {
    let Publication { title, school, plan, decided, mut attachments } = publication;
    attachments.push(Attachment {
        name: school::plan::ATTACHMENT,
        description: words::ATTACHED_PLAN,
        relation: Relation::Supplement,
        bytes: school::records::canonical::to_bytes(plan)?,
    });
    let id = plan.dossier.as_str();
    let notices = if school.sample { vec![words::SAMPLE] } else { Vec::new() };
    let (author, made, is_stamped) = (school.name.as_str(), decided, true);
    let print = Print { title, author, id, notices, made, is_stamped, attachments };
    let pdf = paint(&mut paper, print)?;
    let places = ordered_places(&mut paper, plan)?;
    Ok(Rendered { pdf, places })
}

/// A document with its places drawn but nothing to be signed: no plan in it, no fields to come.
///
/// Errors: as [`publish`], without those about boxes.
pub(super) fn show(
    mut paper: Paper,
    publication: Publication,
    notice: Option<&'static str>,
) -> Result<Vec<u8>, DocumentFault> {
    let Publication { title, school, plan, decided, attachments } = publication;
    let notices = school.sample.then_some(words::SAMPLE).into_iter().chain(notice).collect();
    let id = plan.dossier.as_str();
    let (author, made, is_stamped) = (school.name.as_str(), decided, true);
    paint(&mut paper, Print { title, author, id, notices, made, is_stamped, attachments })
}

/// A document with one place and no plan: nothing of the school depends on it.
///
/// Errors: as [`publish`].
pub(super) fn rehearse(mut paper: Paper, print: Print) -> Result<Rendered, DocumentFault> {
    let pdf = paint(&mut paper, print)?;
    Ok(Rendered { pdf, places: std::mem::take(&mut paper.places) })
}

/// A document that nobody signs here: all that [`paint`] needs.
pub(super) struct Print<'a> {
    pub title: String,
    pub author: &'a str,
    /// At the foot of every page, and the id in the metadata.
    pub id: &'a str,
    /// At the head of every page: invented data, a preview.
    pub notices: Vec<&'static str>,
    /// The one date of the file.
    pub made: Moment,
    /// A printed copy gets the school's stamp over its pages.
    pub is_stamped: bool,
    pub attachments: Vec<Attachment>,
}

/// Paints `paper` as a file.
///
/// Errors: as [`publish`], without those about boxes.
pub(super) fn paint(paper: &mut Paper, print: Print) -> Result<Vec<u8>, DocumentFault> {
    furnish(paper, &print);
    paper.resolve()?;
    let builder = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1);
    let configuration = builder.finish().map_err(|error| DocumentFault::Refused(format!("{error:?}")))?;
    // What it would pack is thrown away: the pages are drawn afterwards.
    let settings =
        SerializeSettings { configuration, compress_content_streams: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let identifiers = count_pieces(&mut document, paper)?;
    document.set_tag_tree(tag_tree(paper, identifiers));
    document.set_outline(outline(paper));
    attach(&mut document, &print)?;
    document.set_metadata(
        Metadata::new()
            .title(print.title)
            .authors(vec![print.author.to_owned()])
            .language(LANGUAGE.to_owned())
            .creator(CREATOR.to_owned())
            .producer(CREATOR.to_owned())
            .document_id(print.id.to_owned())
            .creation_date(date(print.made)),
    );
    let counted = document.finish().map_err(|error| DocumentFault::Refused(format!("{error:?}")))?;
    let Paper { leaves, faces, .. } = paper;
    let contents: Vec<Vec<u8>> = leaves.iter().map(|leaf| page_content(leaf, faces)).collect();
    pdf::drawn(&counted, &contents, &faces.drawn()).map_err(|fault| DocumentFault::Refused(fault.to_string()))
}

/// Page number and id at the foot, the notice of an invented school at the head.
fn furnish(paper: &mut Paper, print: &Print) {
    let total = paper.leaves.len();
    for page in 0..total {
        let format = paper.leaves[page].format;
        let aside = paper.leaves.split_off(page + 1);
        let column = format.column();
        let baseline = format.height - 9.0 * MM;
        let line = baseline - 13.0;
        paper.lines(Ink::Grey, 0.5, vec![[column.x, line, column.x + column.width, line]]);
        let text = words::page_of(page + 1, total, print.id);
        let style = Style::regular(9.5);
        paper.furniture_line(Furniture::Footer, style, column, Align::Centre, baseline, &text);
        notices(paper, &format, &print.notices);
        if print.is_stamped {
            across_pages(paper, &format);
        }
        paper.leaves.extend(aside);
    }
}

/// Notices side by side at the head.
fn notices(paper: &mut Paper, format: &Format, notices: &[&str]) {
    let style = Style::bold(10.5).in_ink(Ink::Red);
    let column = format.column();
    let (top, height, air, apart) = (6.0 * MM, 17.0, 28.0, 10.0);
    let widths: Vec<f32> =
        notices.iter().map(|notice| paper.faces.width(style.weight, style.size, notice) + air).collect();
    let whole = widths.iter().sum::<f32>() + apart * notices.len().saturating_sub(1) as f32;
    let mut x = column.x + (column.width - whole) / 2.0;
    for (notice, width) in notices.iter().zip(widths) {
        let strip = Column { x, width };
        paper.frame(Ink::Red, 0.8, [x, top, x + width, top + height]);
        paper.furniture_line(Furniture::Header, style, strip, Align::Centre, top + 12.2, notice);
        x += width + apart;
    }
}

/// A place at the right edge for the part of the stamp that reaches over all pages (dấu giáp lai) of a
/// printed copy.
fn across_pages(paper: &mut Paper, format: &Format) {
    let (width, half, size) = (10.5 * MM, 16.0 * MM, 6.0);
    let (left, middle) = (format.width - width, format.height / 2.0);
    let (top, bottom) = (middle - half, middle + half);
    paper.lines(
        Ink::Grey,
        0.4,
        vec![[left, top, format.width, top], [left, top, left, bottom], [left, bottom, format.width, bottom]],
    );
    let strip = Column { x: left, width };
    for (line, text) in words::ACROSS_PAGES.iter().enumerate() {
        let baseline = top + size + 2.0 + line as f32 * (size + 1.0);
        let style = Style::regular(size).in_ink(Ink::Grey);
        paper.furniture_line(Furniture::Layout, style, strip, Align::Centre, baseline, text);
    }
}

/// Exactly one place per box of the plan, in its order.
fn ordered_places(paper: &mut Paper, plan: &Plan) -> Result<Vec<super::rendered::Place>, DocumentFault> {
    let mut ordered = Vec::new();
    for (_, signing_box) in plan.boxes() {
        let at = paper.places.iter().position(|place| place.name == signing_box.name);
        let at = at.ok_or_else(|| DocumentFault::NoPlace(signing_box.name.clone()))?;
        ordered.push(paper.places.remove(at));
    }
    match paper.places.first() {
        Some(surplus) => Err(DocumentFault::SurplusPlace(surplus.name.clone())),
        None => Ok(ordered),
    }
}

/// Counts the pieces of each page that belong to the structure tree, in the order in which
/// [`page_content`] writes them.
fn count_pieces(document: &mut Document, paper: &Paper) -> Result<Vec<Option<Identifier>>, DocumentFault> {
    let mut identifiers: Vec<Option<Identifier>> = (0..paper.contents).map(|_| None).collect();
    for leaf in &paper.leaves {
        let Format { width, height, .. } = leaf.format;
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| DocumentFault::Refused("page without an area".into()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in &leaf.marks {
            let (owner, tag) = match mark {
                Mark::Text(text) => (text.owner, ContentTag::Span(SpanTag::empty())),
                Mark::Squares(squares) => (squares.owner, ContentTag::Other),
                Mark::Lines(_) => continue,
            };
            if let Owner::Content(content) = owner {
                identifiers[content] = Some(surface.start_tagged(tag));
                surface.end_tagged();
            }
        }
        surface.finish();
        page.finish();
    }
    Ok(identifiers)
}

fn tag_tree(paper: &Paper, mut identifiers: Vec<Option<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    for root in &paper.roots {
        tree.push(group(paper, *root, &mut identifiers));
    }
    tree
}

fn group(paper: &Paper, id: ElementId, identifiers: &mut [Option<Identifier>]) -> TagGroup {
    let branch = &paper.branches[id.0];
    let mut group = TagGroup::new(tag(&branch.element));
    for child in &branch.children {
        match child {
            Child::Element(element) => group.push(self::group(paper, *element, identifiers)),
            Child::Content(content) => {
                if let Some(identifier) = identifiers[*content].take() {
                    group.push(identifier);
                }
            }
        }
    }
    group
}

fn tag(element: &Element) -> TagKind {
    let span = |count: u32| NonZeroU32::new(count).filter(|count| count.get() > 1);
    match element {
        Element::Section => Tag::Section.into(),
        Element::Heading { level, title } => {
            Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(title.clone())).into()
        }
        Element::Paragraph => Tag::P.into(),
        Element::Table { summary } => Tag::Table.with_summary(Some(summary.clone())).into(),
        Element::TableHead => Tag::THead.into(),
        Element::TableBody => Tag::TBody.into(),
        Element::Row => Tag::TR.into(),
        Element::ColumnHeader { columns, rows } => {
            Tag::TH(TableHeaderScope::Column).with_col_span(span(*columns)).with_row_span(span(*rows)).into()
        }
        Element::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Element::Cell { columns } => Tag::TD.with_col_span(span(*columns)).into(),
        Element::Figure { alt } => Tag::Figure(Some(alt.clone())).into(),
    }
}

fn outline(paper: &Paper) -> Outline {
    let mut outline = Outline::new();
    for (title, page, y) in &paper.outline {
        let destination = XyzDestination::new(*page, Point::from_xy(0.0, *y));
        outline.push_child(OutlineNode::new(title.clone(), destination));
    }
    outline
}

fn attach(document: &mut Document, print: &Print) -> Result<(), DocumentFault> {
    for attachment in &print.attachments {
        document
            .embed_file(EmbeddedFile {
                path: attachment.name.to_owned(),
                mime_type: MimeType::new(attachment.media_type()),
                description: Some(attachment.description.to_owned()),
                association_kind: match attachment.relation {
                    Relation::Source => AssociationKind::Source,
                    Relation::Data => AssociationKind::Data,
                    Relation::Supplement => AssociationKind::Supplement,
                },
                data: attachment.bytes.clone().into(),
                modification_date: Some(date(print.made)),
                compress: Some(true),
                location: None,
            })
            .ok_or_else(|| DocumentFault::Refused(format!("attached twice: {}", attachment.name)))?;
    }
    Ok(())
}

fn date(moment: Moment) -> DateTime {
    let (year, month, day) = moment.date().parts();
    let (hour, minute, second) = moment.time_of_day();
    DateTime::new(u16::try_from(year).unwrap_or_default())
        .month(month)
        .day(day)
        .hour(hour)
        .minute(minute)
        .second(second)
        .utc_offset_hour(7)
        .utc_offset_minute(0)
}
