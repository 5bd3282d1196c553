//! What is drawn on a page, as the operators of its content stream (ISO 32000-1, Annex A). Everything stands
//! within marked content: the n-th piece that belongs to the structure tree has number n, the rest are
//! artifacts. Colours are those of the output intent, lengths are rounded to hundredths of a point.

use std::io::Write;

use super::faces::Faces;
use super::look::Ink;
use super::paper::{Furniture, Leaf, LinesMark, Mark, Owner, SquaresMark, TextMark};
use super::strokes::joined;
use crate::pdf;

/// The content of a page.
pub(super) fn page_content(leaf: &Leaf, faces: &mut Faces) -> Vec<u8> {
    let mut content = Content { out: Vec::with_capacity(1 << 14), height: leaf.format.height, pieces: 0 };
    for mark in &leaf.marks {
        match mark {
            Mark::Text(text) => content.text(text, faces),
            Mark::Lines(lines) => content.lines(lines),
            Mark::Squares(squares) => content.squares(squares),
        }
    }
    content.out
}

struct Content {
    out: Vec<u8>,
    /// Of the page: the origin of a paper is above, that of a page below.
    height: f32,
    /// Pieces that belong to the structure tree.
    pieces: u32,
}

impl Content {
    fn text(&mut self, mark: &TextMark, faces: &mut Faces) {
        let TextMark { owner, style, x, baseline, text, stretch } = mark;
        let shaped = faces.draw(style.weight, text, stretch / style.size);
        self.begin(*owner, "Span", shaped.says_otherwise.then_some(text));
        self.out.extend(match style.ink {
            Ink::Black => b"0 g".as_slice(),
            Ink::Grey => b"0.502 g",
            Ink::Red => b"0.753 0.063 0.094 rg",
        });
        self.out.extend(b" BT/");
        self.out.extend(pdf::resource(style.weight).bytes());
        self.number(style.size);
        self.out.extend(b" Tf 1 0 0 1");
        self.point(*x, *baseline);
        self.out.extend(b" Tm");
        for run in &shaped.runs {
            if run.rise != 0.0 {
                self.number(run.rise * style.size);
                self.out.extend(b" Ts");
            }
            self.out.push(b'[');
            self.out.extend_from_slice(&run.shown);
            self.out.extend(b"]TJ");
            if run.rise != 0.0 {
                self.out.extend(b" 0 Ts");
            }
        }
        self.out.extend(b" ET EMC\n");
    }

    fn lines(&mut self, mark: &LinesMark) {
        let strokes = if mark.dotted { mark.segments.clone() } else { joined(&mark.segments) };
        if strokes.is_empty() {
            return;
        }
        self.begin(Owner::Furniture(mark.kind), "Artifact", None);
        self.out.extend(match mark.ink {
            Ink::Black => b"0 G".as_slice(),
            Ink::Grey => b"0.502 G",
            Ink::Red => b"0.753 0.063 0.094 RG",
        });
        self.number(mark.width);
        self.out.extend(if mark.dotted { b" w 1 J[0.01 2.6]0 d".as_slice() } else { b" w 2 J[]0 d" });
        for [from_x, from_y, to_x, to_y] in strokes {
            self.point(from_x, from_y);
            self.out.extend(b" m");
            self.point(to_x, to_y);
            self.out.extend(b" l");
        }
        self.out.extend(b" S EMC\n");
    }

    /// One path, so that no reader shows seams between squares.
    fn squares(&mut self, mark: &SquaresMark) {
        self.begin(mark.owner, "P", None);
        self.out.extend(b"0 g");
        for [left, top, right, bottom] in &mark.squares {
            self.point(*left, *bottom);
            self.number(right - left);
            self.number(bottom - top);
            self.out.extend(b" re");
        }
        self.out.extend(b" f EMC\n");
    }

    fn begin(&mut self, owner: Owner, tag: &str, says: Option<&String>) {
        match owner {
            Owner::Content(_) => {
                let _ = write!(self.out, "/{tag}<</MCID {}", self.pieces);
                self.pieces += 1;
                if let Some(text) = says {
                    self.out.extend(b"/ActualText<FEFF");
                    text.encode_utf16().for_each(|unit| drop(write!(self.out, "{unit:04X}")));
                    self.out.push(b'>');
                }
                self.out.extend(b">>BDC ");
            }
            Owner::Furniture(kind) => self.out.extend(match kind {
                Furniture::Header => {
                    b"/Artifact<</Attached[/Top]/Subtype/Header/Type/Pagination>>BDC ".as_slice()
                }
                Furniture::Footer => b"/Artifact<</Attached[/Bottom]/Subtype/Footer/Type/Pagination>>BDC ",
                Furniture::Layout => b"/Artifact<</Type/Layout>>BDC ",
            }),
        }
    }

    fn point(&mut self, x: f32, y: f32) {
        self.number(x);
        self.number(self.height - y);
    }

    /// A space and a number, in hundredths.
    fn number(&mut self, value: f32) {
        let hundredths = (value * 100.0).round() as i64;
        let (sign, whole, rest) =
            (hundredths < 0, hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
        let sign = if sign { "-" } else { "" };
        let _ = match rest {
            0 => write!(self.out, " {sign}{whole}"),
            tens if tens % 10 == 0 => write!(self.out, " {sign}{whole}.{}", tens / 10),
            rest => write!(self.out, " {sign}{whole}.{rest:02}"),
        };
    }
}
