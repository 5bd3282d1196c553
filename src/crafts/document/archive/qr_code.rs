//! A QR code as vectors: sharp at any size, with words for those who cannot see it.
//! Source: ISO/IEC 18004.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use super::super::DocumentFault;
use super::super::paper::{Element, ElementId, Paper};

/// Light modules around the code, without which cameras do not find it.
const QUIET_MODULES: i32 = 4;

/// Runs of text: hexadecimal digests in upper case take two thirds of the room of other text.
pub(super) enum Run {
    Text(String),
    Digits(String),
}

/// Draws the code of `runs` in the square with its upper left corner at x, y; `alt` is read aloud.
pub(super) fn draw(
    paper: &mut Paper,
    parent: ElementId,
    [x, y]: [f32; 2],
    side: f32,
    runs: &[Run],
    alt: String,
) {
    let segments: Vec<QrSegment> = runs
        .iter()
        .map(|run| match run {
            Run::Text(text) => QrSegment::make_bytes(text.as_bytes()),
            Run::Digits(text) => QrSegment::make_alphanumeric(text),
        })
        .collect();
    let made = QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        None,
        true,
    );
    let Ok(code) = made else {
        return paper.fail(DocumentFault::TooTall(alt));
    };
    let modules = code.size();
    let step = side / (modules + 2 * QUIET_MODULES) as f32;
    let at = |module: i32| (module + QUIET_MODULES) as f32 * step;
    let mut squares = Vec::new();
    for row in 0..modules {
        let mut column = 0;
        while column < modules {
            let first = column;
            while column < modules && code.get_module(column, row) {
                column += 1;
            }
            if column > first {
                squares.push([x + at(first), y + at(row), x + at(column), y + at(row + 1)]);
            }
            column += 1;
        }
    }
    let figure = paper.open(parent, Element::Figure { alt });
    paper.squares(figure, squares);
}
