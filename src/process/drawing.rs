//! Draws one page of a PDF twice, as a signer saw it and as the file shows it now. Runs in the reader's
//! sandbox. Pictures help an inspector to see what the judge found; no verdict rests on them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings};
use school::limits::PICTURE_SIDE_PIXELS;
use school::records::reader_frame::{Area, Sight};

/// Two drawings and their PNG files, one after the other.
pub struct Drawing {
    /// As the signer saw the page.
    pub before: Sight,
    /// As the file shows it.
    pub after: Sight,
    /// Where the two differ.
    pub difference: Option<Area>,
    /// The PNG files.
    pub png: Vec<u8>,
}

/// Draws `page` (the first is 1) of `before` and of `after`.
pub fn draw(before: &[u8], after: &[u8], page: u32) -> Drawing {
    let (before, after) = (picture(before, page), picture(after, page));
    let difference = match (&before, &after) {
        (Seen::Page(before, _), Seen::Page(after, _)) => difference(before, after),
        _ => None,
    };
    let mut png = Vec::new();
    let before = before.into_sight(&mut png);
    let after = after.into_sight(&mut png);
    Drawing { before, after, difference, png }
}

enum Seen {
    /// The picture, and whether everything in it was drawn.
    Page(Pixmap, bool),
    NoPage,
    Not,
}

impl Seen {
    fn into_sight(self, png: &mut Vec<u8>) -> Sight {
        let (picture, complete) = match self {
            Self::Page(picture, complete) => (picture, complete),
            Self::NoPage => return Sight::NoPage,
            Self::Not => return Sight::NotDrawn,
        };
        let (width, height) = (picture.width(), picture.height());
        match picture.into_png() {
            Ok(bytes) => {
                png.extend_from_slice(&bytes);
                Sight::Picture { png_bytes: bytes.len() as u64, width, height, complete }
            }
            Err(_) => Sight::NotDrawn,
        }
    }
}

fn picture(pdf: &[u8], page: u32) -> Seen {
    // Hostile bytes in a program of others: its panic is "not drawn". What kills the process instead costs
    // this answer, and the core says so.
    let bytes = pdf.to_vec();
    catch_unwind(AssertUnwindSafe(move || rendered(bytes, page))).unwrap_or(Seen::Not)
}

fn rendered(bytes: Vec<u8>, page: u32) -> Seen {
    let Ok(pdf) = Pdf::new(bytes) else { return Seen::Not };
    let index = usize::try_from(page).ok().and_then(|page| page.checked_sub(1));
    let Some(page) = index.and_then(|index| pdf.pages().get(index)) else { return Seen::NoPage };
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !(longest.is_finite() && width >= 1.0 && height >= 1.0) {
        return Seen::Not;
    }
    let scale = f32::from(PICTURE_SIDE_PIXELS) / longest;
    // The longer side is at most PICTURE_SIDE_PIXELS, so both fit.
    let pixels = |points: f32| ((points * scale) as u16).clamp(1, PICTURE_SIDE_PIXELS);
    let missing = Arc::new(AtomicBool::new(false));
    let sink = Arc::clone(&missing);
    let interpreting = InterpreterSettings {
        warning_sink: Arc::new(move |_| sink.store(true, Ordering::Relaxed)),
        ..InterpreterSettings::default()
    };
    let rendering = RenderSettings {
        x_scale: scale,
        y_scale: scale,
        width: Some(pixels(width)),
        height: Some(pixels(height)),
        bg_color: WHITE,
    };
    let picture = hayro::render(page, &RenderCache::new(), &interpreting, &rendering);
    Seen::Page(picture, !missing.load(Ordering::Relaxed))
}

/// The smallest area that holds every pixel that differs; the whole page when the sizes differ.
fn difference(before: &Pixmap, after: &Pixmap) -> Option<Area> {
    let (width, height) = (before.width(), before.height());
    if (width, height) != (after.width(), after.height()) {
        return Some(Area { left: 0, top: 0, right: 1000, bottom: 1000 });
    }
    let mut found: Option<(u16, u16, u16, u16)> = None;
    for (row, y) in (0..height).enumerate() {
        for (column, x) in (0..width).enumerate() {
            let at = row * usize::from(width) + column;
            if before.data().get(at) != after.data().get(at) {
                let (left, top, right, bottom) = found.unwrap_or((x, y, x, y));
                found = Some((left.min(x), top.min(y), right.max(x), bottom.max(y)));
            }
        }
    }
    let thousandths =
        |pixel: u16, of: u16| u16::try_from(u32::from(pixel) * 1000 / u32::from(of)).unwrap_or(1000);
    found.map(|(left, top, right, bottom)| Area {
        left: thousandths(left, width),
        top: thousandths(top, height),
        right: thousandths(right + 1, width),
        bottom: thousandths(bottom + 1, height),
    })
}
