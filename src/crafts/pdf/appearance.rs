//! What a signature looks like on its page: lines of text in the base's stamp fonts, within a frame or, where
//! the base holds a picture of the signer's hand or of the stamp, with that picture (NĐ 30/2020/NĐ-CP, Phụ lục I).

use pdf_writer::writers::Resources;
use pdf_writer::{Chunk, Content, Finish, Name, Rect, Ref, Str};
use school::identifier::PersonId;

use super::PdfFault;
use super::box_table::{BoxPicture, BoxPlace, BoxTable, Glyph, StampFont};
use super::font::{BOLD, REGULAR};

/// What stands in a signed box, line by line from the top. Long lines wrap, and all shrink together
/// until they fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appearance {
    /// Lines in Vietnamese, composed (NFC).
    pub lines: Vec<Line>,
    /// Whose it is.
    pub ink: Ink,
    /// The picture that the base holds for the signer in this box.
    pub picture: Option<Drawn>,
}

/// A picture of the base between the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Whose hand, or the stamp.
    pub person: PersonId,
    /// How many lines stand above a signature; those of a stamp all stand beside it.
    pub below: usize,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How heavy it is.
    pub weight: Weight,
    /// The text.
    pub text: String,
}

/// Weight of a line; regular lines are also a little smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// For time and place.
    Regular,
    /// For title and name.
    Bold,
}

/// The ink of an appearance (Nghị định 30/2020: persons sign in blue, the stamp is red).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// A person: dark blue with a thin frame.
    Person,
    /// The school's stamp: red with a double frame.
    Stamp,
}

impl Ink {
    /// DeviceRGB; the output intent of the base is sRGB.
    const fn colour(self) -> [f32; 3] {
        match self {
            Self::Person => [0.07, 0.16, 0.42],
            Self::Stamp => [0.78, 0.06, 0.09],
        }
    }

    /// Room between the edge of the box and its text, in points.
    const fn margin(self) -> f32 {
        match self {
            Self::Person => 4.0,
            Self::Stamp => 5.5,
        }
    }
}

const LARGEST_SIZE: f32 = 11.0;
const SMALLEST_SIZE: f32 = 4.0;
const SIZE_STEP: f32 = 0.25;
const REGULAR_SCALE: f32 = 0.86;
const LEADING: f32 = 1.22;
/// Extra room where the weight changes, so that the time stands apart from the name, in em.
const GAP: f32 = 0.18;
/// Ascent of a Vietnamese capital with two marks, such as Ẫ, in em.
const ASCENT: f32 = 0.9;
const DESCENT: f32 = 0.22;
/// How much less of the title and the name a round stamp reaches than of the signature between them, in points.
const ROUND_OF_STAMP: f32 = 9.0;
/// Room between a picture and its text, in points.
const BESIDE_PICTURE: f32 = 2.0;

/// A line as it is shown.
struct Row {
    weight: Weight,
    glyphs: Vec<Glyph>,
}

impl Row {
    fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum()
    }

    fn size(&self, size: f32) -> f32 {
        match self.weight {
            Weight::Regular => size * REGULAR_SCALE,
            Weight::Bold => size,
        }
    }
}

/// A part of a box: left, bottom, right, top.
type Area = [f32; 4];

/// Where lines stand in an area that is higher than they are.
#[derive(Clone, Copy)]
enum Upright {
    Top,
    Middle,
    Bottom,
}

/// Writes the content of an appearance that fills its box.
///
/// Errors: [`PdfFault::Unprintable`], [`PdfFault::NoRoom`]; [`PdfFault::NoPicture`] when the base holds no
/// picture of this person in this box.
pub(super) fn content(
    appearance: &Appearance,
    table: &BoxTable,
    place: &BoxPlace,
) -> Result<Vec<u8>, PdfFault> {
    let [left, bottom, right, top] = place.rect;
    let (width, height) = (right - left, top - bottom);
    let [red, green, blue] = appearance.ink.colour();
    let mut content = Content::new();
    content.save_state();
    // The picture comes first, so that it covers no text.
    let areas = match &appearance.picture {
        None => vec![frame(&mut content, appearance, (width, height), place.covered)],
        Some(drawn) => {
            let picture = place.picture_of(&drawn.person).ok_or(PdfFault::NoPicture)?;
            let corner = corner(appearance.ink, picture, (width, height));
            draw(&mut content, picture, corner);
            around(appearance.ink, picture, place, (width, height))
        }
    };
    content.set_fill_rgb(red, green, blue);
    let at = appearance.picture.as_ref().map_or(0, |drawn| drawn.below.min(appearance.lines.len()));
    let parts = match appearance.ink {
        Ink::Person if appearance.picture.is_some() => {
            let (above, below) = appearance.lines.split_at(at);
            vec![(above, Upright::Bottom), (below, Upright::Top)]
        }
        _ => vec![(&appearance.lines[..], Upright::Middle)],
    };
    for ((lines, upright), area) in parts.into_iter().zip(areas) {
        let middle = match upright {
            Upright::Middle => (area[0] + area[2]) / 2.0,
            // Below each other with the signature.
            Upright::Top | Upright::Bottom => width / 2.0,
        };
        write_lines(&mut content, lines, table, area, (upright, middle))?;
    }
    content.restore_state();
    Ok(content.finish().into_vec())
}

/// Draws the frame of an appearance without a picture; returns what is left for its lines. Where the stamp will
/// cover the left of a box there is no frame and no text.
fn frame(content: &mut Content, appearance: &Appearance, (width, height): (f32, f32), covered: f32) -> Area {
    let [red, green, blue] = appearance.ink.colour();
    content.set_stroke_rgb(red, green, blue);
    if covered == 0.0 {
        let mut frame = |inset: f32, line_width: f32| {
            content.set_line_width(line_width);
            content.rect(inset, inset, width - 2.0 * inset, height - 2.0 * inset).stroke();
        };
        match appearance.ink {
            Ink::Person => frame(0.5, 0.6),
            Ink::Stamp => {
                frame(0.8, 1.4);
                frame(2.8, 0.5);
            }
        }
    }
    let margin = appearance.ink.margin();
    [covered + margin, margin, width - margin, height - margin]
}

/// Lower left corner of a picture: a signature in the middle of its box, the stamp at the right of its own.
fn corner(ink: Ink, picture: &BoxPicture, (width, height): (f32, f32)) -> [f32; 2] {
    let [across, high] = picture.size;
    let left = match ink {
        Ink::Person => (width - across) / 2.0,
        Ink::Stamp => width - across,
    };
    [left, (height - high) / 2.0].map(hundredths)
}

fn draw(content: &mut Content, picture: &BoxPicture, [left, bottom]: [f32; 2]) {
    let [across, high] = picture.size;
    content.save_state().transform([across, 0.0, 0.0, high, left, bottom]);
    content.x_object(Name(picture.person.as_str().as_bytes())).restore_state();
}

/// What a picture leaves for text: above and below a signature, there as far as the round of the stamp will not
/// cover it, and at the left of a stamp.
fn around(ink: Ink, picture: &BoxPicture, place: &BoxPlace, (width, height): (f32, f32)) -> Vec<Area> {
    let [across, high] = picture.size;
    let margin = ink.margin() / 2.0;
    match ink {
        Ink::Person => {
            let half = (height + high) / 2.0 + BESIDE_PICTURE;
            let left = margin.max(place.covered - ROUND_OF_STAMP);
            vec![[left, half, width - margin, height - margin], [left, margin, width - margin, height - half]]
        }
        Ink::Stamp => vec![[margin, margin, width - across - 2.0 * BESIDE_PICTURE, height - margin]],
    }
}

fn write_lines(
    content: &mut Content,
    lines: &[Line],
    table: &BoxTable,
    [left, bottom, right, top]: Area,
    (upright, middle): (Upright, f32),
) -> Result<(), PdfFault> {
    let lines: Vec<Row> = lines.iter().map(|line| row(line, table)).collect::<Result<_, PdfFault>>()?;
    let spaces = [table.regular.glyph(' '), table.bold.glyph(' ')].map(|glyph| glyph.map(|glyph| glyph.cid));
    let (size, rows) = fit(&lines, (right - left, top - bottom), spaces).ok_or(PdfFault::NoRoom)?;
    let height = total_height(&rows, size);
    let mut baseline = match upright {
        Upright::Top => top,
        Upright::Middle => (top + bottom + height) / 2.0,
        Upright::Bottom => bottom + height,
    };
    for (index, row) in rows.iter().enumerate() {
        let row_size = row.size(size);
        baseline -= descent_to(&rows, index, size);
        let face = match row.weight {
            Weight::Regular => REGULAR,
            Weight::Bold => BOLD,
        };
        let codes: Vec<u8> = row.glyphs.iter().flat_map(|glyph| glyph.cid.to_be_bytes()).collect();
        let width = row.width() * row_size;
        let start = (middle - width / 2.0).min(right - width).max(left);
        content.begin_text().set_font(face, row_size);
        content.next_line(hundredths(start), hundredths(baseline)).show(Str(&codes)).end_text();
    }
    Ok(())
}

/// Writes the Form XObject with a content made by [`content`]. Its resources name every picture that the empty box
/// named: to EU DSS one that is gone is an undefined change, whoever signed.
pub(super) fn write(chunk: &mut Chunk, object: Ref, content: &[u8], table: &BoxTable, place: &BoxPlace) {
    let [left, bottom, right, top] = place.rect;
    let mut form = chunk.form_xobject(object, content);
    form.bbox(Rect::new(0.0, 0.0, right - left, top - bottom));
    let mut resources = form.resources();
    let mut fonts = resources.fonts();
    fonts.pair(REGULAR, table.regular.object.reference());
    fonts.pair(BOLD, table.bold.object.reference());
    fonts.finish();
    write_pictures(&mut resources, place);
}

/// Names the pictures of a box in the resources of its appearance.
pub(super) fn write_pictures(resources: &mut Resources<'_>, place: &BoxPlace) {
    if place.pictures.is_empty() {
        return;
    }
    let mut pictures = resources.x_objects();
    for picture in &place.pictures {
        pictures.pair(Name(picture.person.as_str().as_bytes()), picture.object.reference());
    }
}

fn row(line: &Line, table: &BoxTable) -> Result<Row, PdfFault> {
    let face: &StampFont = match line.weight {
        Weight::Regular => &table.regular,
        Weight::Bold => &table.bold,
    };
    let glyph = |character| face.glyph(character).ok_or(PdfFault::Unprintable { character });
    let glyphs = line.text.chars().map(glyph).collect::<Result<_, _>>()?;
    Ok(Row { weight: line.weight, glyphs })
}

/// The largest size at which everything fits, with the rows that result.
fn fit(lines: &[Row], (width, height): (f32, f32), spaces: [Option<u16>; 2]) -> Option<(f32, Vec<Row>)> {
    let mut size = LARGEST_SIZE;
    while size >= SMALLEST_SIZE {
        let wrapped = |line: &Row| wrap_evenly(line, width / line.size(size), spaces);
        let rows: Option<Vec<Vec<Row>>> = lines.iter().map(wrapped).collect();
        if let Some(rows) = rows {
            let rows: Vec<Row> = rows.into_iter().flatten().collect();
            if total_height(&rows, size) <= height {
                return Some((size, rows));
            }
        }
        size -= SIZE_STEP;
    }
    None
}

/// How far the baseline of a row lies below the former one, or below the top of the text.
fn descent_to(rows: &[Row], index: usize, size: f32) -> f32 {
    let row = &rows[index];
    let em = match index.checked_sub(1).map(|above| rows[above].weight) {
        None => ASCENT,
        Some(above) if above == row.weight => LEADING,
        Some(_) => LEADING + GAP,
    };
    row.size(size) * em
}

fn total_height(rows: &[Row], size: f32) -> f32 {
    let descents: f32 = (0..rows.len()).map(|index| descent_to(rows, index, size)).sum();
    descents + rows.last().map_or(0.0, |row| row.size(size) * DESCENT)
}

/// Breaks a line as [`wrap`] does, into rows of about the same length: an honest half instead of a
/// name that leaves its last word alone.
fn wrap_evenly(line: &Row, width: f32, spaces: [Option<u16>; 2]) -> Option<Vec<Row>> {
    let mut rows = wrap(line, width, spaces)?;
    let count = rows.len();
    let mut narrower = width;
    while count > 1 && narrower > width / 2.0 {
        narrower *= 0.96;
        match wrap(line, narrower, spaces) {
            Some(tried) if tried.len() == count => rows = tried,
            _ => break,
        }
    }
    Some(rows)
}

/// Breaks a line between words into rows of at most `width` em; none if one word is wider.
fn wrap(line: &Row, width: f32, spaces: [Option<u16>; 2]) -> Option<Vec<Row>> {
    let is_space = |glyph: &Glyph| spaces.contains(&Some(glyph.cid));
    let mut rows: Vec<Row> = Vec::new();
    let mut current = Row { weight: line.weight, glyphs: Vec::new() };
    let mut gap: Vec<Glyph> = Vec::new();
    for word in line.glyphs.chunk_by(|one, next| is_space(one) == is_space(next)) {
        if is_space(&word[0]) {
            gap = word.to_vec();
            continue;
        }
        let advance = |glyphs: &[Glyph]| glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
        if advance(word) > width {
            return None;
        }
        if !current.glyphs.is_empty() && current.width() + advance(&gap) + advance(word) > width {
            rows.push(std::mem::replace(&mut current, Row { weight: line.weight, glyphs: Vec::new() }));
        } else if !current.glyphs.is_empty() {
            current.glyphs.append(&mut gap);
        }
        current.glyphs.extend_from_slice(word);
    }
    if !current.glyphs.is_empty() {
        rows.push(current);
    }
    Some(rows)
}

fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A face in which every glyph is half an em wide and the space has CID 1.
    fn line(text: &str) -> Row {
        let cid = |letter: u8| if letter == b' ' { 1 } else { u16::from(letter) };
        let glyphs = text.bytes().map(|letter| Glyph { cid: cid(letter), advance: 0.5 }).collect();
        Row { weight: Weight::Bold, glyphs }
    }

    fn lengths(rows: &[Row]) -> Vec<usize> {
        rows.iter().map(|row| row.glyphs.len()).collect()
    }

    const SPACES: [Option<u16>; 2] = [Some(1), Some(1)];

    #[test]
    fn a_short_line_keeps_the_largest_size() {
        let (size, rows) = fit(&[line("Dao Van An")], (100.0, 40.0), SPACES).expect("room");
        assert_eq!((size, lengths(&rows)), (LARGEST_SIZE, vec![10]));
    }

    #[test]
    fn a_long_name_breaks_into_even_rows() {
        let rows = wrap_evenly(&line("Truong Trung hoc co so Hoa Phuong"), 14.0, SPACES).expect("room");
        assert_eq!(lengths(&rows), [16, 16]);
    }

    #[test]
    fn rows_never_leave_their_room() {
        let name = line("Cong Tang Ton Nu Hoang Ngoc Quynh Thuy Khanh Truong Phuong Thao");
        for (width, height) in [(150.0, 60.0), (90.0, 40.0), (60.0, 62.0)] {
            let lines = [line("GIAO VIEN"), Row { weight: Weight::Bold, glyphs: name.glyphs.clone() }];
            let (size, rows) = fit(&lines, (width, height), SPACES).expect("room");
            assert!(total_height(&rows, size) <= height);
            assert!(rows.iter().all(|row| row.width() * row.size(size) <= width + 0.01), "{width}");
        }
        assert!(fit(&[line(&"W".repeat(300))], (150.0, 60.0), SPACES).is_none());
    }
}
