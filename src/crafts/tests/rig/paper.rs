//! A transcript of two pages, rendered as PDF/A-3a and PDF/UA-1 as the product's documents are.

use std::num::NonZeroU16;

use crafts::document::{Place, PlacePictures, Rendered};
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use school::digest::Sha256;
use school::dossier::DossierKey;
use school::plan::{Plan, Templates};
use school::records::canonical;

const REGULAR: &[u8] = include_bytes!("../../../../vendor/liberation/LiberationSerif-Regular.ttf");

/// The plan of the transcript: subject teacher, homeroom teacher, principal, stamp.
pub fn plan() -> Plan {
    let key = DossierKey::from_id("2025-2026_ca-nam_hoc-ba_HS0001").unwrap();
    let (class, subject) = ("6A1".parse().unwrap(), "TOAN".parse().unwrap());
    let digest = Sha256::of(b"the roster and plans of this test");
    Templates::default_for(key.year).expand(&key, Some(&class), &[subject], digest, digest).unwrap()
}

/// The transcript with its places: two boxes on the first page, two on the second.
pub fn transcript(plan: &Plan) -> Rendered {
    let settings = SerializeSettings {
        configuration: ConfigurationBuilder::new()
            .with_archival_validator(Archival::A3_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .unwrap(),
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let mut tree = TagTree::new().with_lang(Some("vi-VN".into()));
    let mut outline = Outline::new();
    let pages = [
        ("HỌC BẠ – Lớp 6", ["Họ và tên: Nguyễn Thị Thuỳ Dương", "Toán: 8,5   Ngữ văn: 7,8"]),
        ("XÁC NHẬN", ["Kết quả học tập cả năm: Khá", "Chữ ký số của nhà trường ở các ô dưới đây."]),
    ];
    for (index, (title, lines)) in pages.into_iter().enumerate() {
        let mut page = document.start_page_with(PageSettings::from_wh(595.28, 841.89).unwrap());
        let mut surface = page.surface();
        let mut section = TagGroup::new(Tag::Section);
        let mut heading = TagGroup::new(Tag::Hn(NonZeroU16::new(1).unwrap(), Some(title.to_owned())));
        heading.push(text(&mut surface, 16.0, 90.0, title));
        section.push(heading);
        for (row, line) in lines.into_iter().enumerate() {
            let mut paragraph = TagGroup::new(Tag::P);
            paragraph.push(text(&mut surface, 12.0, 130.0 + 24.0 * row as f32, line));
            section.push(paragraph);
        }
        surface.finish();
        page.finish();
        tree.push(section);
        outline.push_child(OutlineNode::new(
            title.to_owned(),
            XyzDestination::new(index, Point::from_xy(0.0, 0.0)),
        ));
    }
    attach_plan(&mut document, plan);
    document.set_metadata(
        Metadata::new()
            .title("Học bạ".into())
            .language("vi-VN".into())
            .document_id("2025-2026_ca-nam_hoc-ba_HS0001".into())
            .creation_date(date()),
    );
    document.set_outline(outline);
    document.set_tag_tree(tree);
    Rendered { pdf: document.finish().unwrap(), places: places(plan) }
}

fn places(plan: &Plan) -> Vec<Place> {
    let spots = [
        (0, [60.0, 420.0, 250.0, 490.0], "Chữ ký số của giáo viên bộ môn"),
        (0, [345.0, 420.0, 535.0, 490.0], "Chữ ký số của giáo viên chủ nhiệm"),
        (1, [345.0, 420.0, 535.0, 500.0], "Chữ ký số của hiệu trưởng"),
        (1, [150.0, 425.0, 330.0, 495.0], "Chữ ký số của nhà trường"),
    ];
    let place = |((_, one), (page, rect, label)): ((usize, &school::plan::SigningBox), _)| Place {
        name: one.name.clone(),
        label: String::from(label),
        page,
        rect,
        pictures: PlacePictures::default(),
    };
    plan.boxes()
        .zip(spots.map(|(page, rect, label): (usize, [f32; 4], &str)| (page, rect, label)))
        .map(place)
        .collect()
}

fn attach_plan(document: &mut Document, plan: &Plan) {
    document
        .embed_file(EmbeddedFile {
            path: school::plan::ATTACHMENT.into(),
            mime_type: MimeType::new("application/json"),
            description: Some("Kế hoạch ký".into()),
            association_kind: AssociationKind::Data,
            data: canonical::to_bytes(plan).unwrap().into(),
            modification_date: Some(date()),
            compress: None,
            location: None,
        })
        .unwrap();
}

fn date() -> DateTime {
    DateTime::new(2026).month(5).day(30).hour(8).minute(0).second(0).utc_offset_hour(7).utc_offset_minute(0)
}

fn text(surface: &mut Surface, size: f32, y: f32, text: &str) -> krilla::tagging::Identifier {
    let face = rustybuzz::Face::from_slice(REGULAR, 0).unwrap();
    let em = face.units_per_em() as f32;
    let mut buffer = rustybuzz::UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(&face, &[], buffer);
    let infos = shaped.glyph_infos();
    let end_of = |index: usize| infos.get(index + 1).map_or(text.len(), |next| next.cluster as usize);
    let glyphs: Vec<KrillaGlyph> = (0..infos.len())
        .map(|index| {
            let (info, position) = (infos[index], shaped.glyph_positions()[index]);
            let range = info.cluster as usize..end_of(index);
            let [advance, right, up] =
                [position.x_advance, position.x_offset, position.y_offset].map(|units| units as f32 / em);
            KrillaGlyph::new(GlyphId::new(info.glyph_id), advance, right, up, 0.0, range, None)
        })
        .collect();
    let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    let font = Font::new(REGULAR.to_vec().into(), 0).unwrap();
    surface.draw_glyphs(Point::from_xy(60.0, y), &glyphs, font, text, size, false);
    surface.end_tagged();
    identifier
}
