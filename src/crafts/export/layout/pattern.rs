//! Patterns of a layout: words with `*` for anything and `{class}` and the like for a fact that is looked
//! for. Diacritics, case, white space and line breaks never count; in headers no sign does.

use std::collections::HashSet;

use school::limits;
use unicode_normalization::UnicodeNormalization;

/// A thing that a pattern can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::export) enum Fact {
    School,
    Year,
    Class,
    Subject,
    Term,
    Period,
    Month,
    CalendarYear,
    Exported,
    Locked,
    LockedAt,
    Number,
    /// Read over, such as a teacher's name.
    Other,
}

impl Fact {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "school" => Self::School,
            "year" => Self::Year,
            "class" => Self::Class,
            "subject" => Self::Subject,
            "term" => Self::Term,
            "period" => Self::Period,
            "month" => Self::Month,
            "calendar-year" => Self::CalendarYear,
            "exported" => Self::Exported,
            "locked" => Self::Locked,
            "locked-at" => Self::LockedAt,
            "n" => Self::Number,
            "other" => Self::Other,
            _ => return None,
        })
    }

    /// Whether `text` can be one at all; keeps a pattern from reading a class out of a sentence.
    fn accepts(self, text: &str) -> bool {
        let text = text.trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        match self {
            Self::Year => digits == 8 && text.chars().count() <= 13,
            // A grade, and something behind it that is no more of a number.
            Self::Class => {
                let grade: String = text.chars().take_while(char::is_ascii_digit).collect();
                let rest = &text[grade.len()..];
                text.chars().count() <= 12
                    && matches!(grade.parse(), Ok(1..=12_u8))
                    && rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '.' | '/'))
                    && rest.chars().all(|c| c.is_alphanumeric() || ". /-".contains(c))
            }
            Self::Term => super::value::term(text).is_some(),
            Self::Number | Self::Month => (1..=2).contains(&text.len()) && digits == text.len(),
            Self::CalendarYear => text.len() == 4 && digits == 4,
            _ => !text.is_empty(),
        }
    }
}

/// What a pattern looks past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum Past {
    /// White space.
    Space,
    /// Every sign that is neither letter nor digit.
    Signs,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(Vec<char>),
    Anything,
    Fact(Fact),
}

/// A pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) struct Pattern {
    /// As the layout writes it.
    text: String,
    pieces: Vec<Piece>,
    past: Past,
}

impl Pattern {
    /// Errors: the name of a fact that is none, or an open brace.
    pub(super) fn parse(text: &str, past: Past) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(['*', '{']) {
            words(&mut pieces, &rest[..start], past);
            if rest[start..].starts_with('*') {
                pieces.push(Piece::Anything);
                rest = &rest[start + 1..];
            } else {
                let end = rest[start..].find('}').ok_or_else(|| rest[start..].to_owned())? + start;
                let name = &rest[start + 1..end];
                pieces.push(Piece::Fact(Fact::named(name).ok_or_else(|| name.to_owned())?));
                rest = &rest[end + 1..];
            }
        }
        words(&mut pieces, rest, past);
        Ok(Self { text: text.to_owned(), pieces, past })
    }

    /// As the layout writes it.
    pub(in crate::export) fn text(&self) -> &str {
        &self.text
    }

    /// The facts that `text` gives, if all of it is as the pattern says.
    pub(in crate::export) fn find(&self, text: &str) -> Option<Vec<(Fact, String)>> {
        // Most cells differ in their first letter; a large sheet is asked millions of times.
        if let Some(Piece::Words(words)) = self.pieces.first()
            && first_letter(text, self.past) != words.first().copied()
        {
            return None;
        }
        let letters = letters(text, self.past);
        if letters.len() > limits::ANCHOR_CHARACTERS && !matches!(self.pieces.last(), Some(Piece::Anything)) {
            return None;
        }
        let mut found = Vec::new();
        let mut refused = HashSet::new();
        let letters = &letters[..letters.len().min(limits::ANCHOR_CHARACTERS)];
        self.fits(0, letters, 0, text, &mut found, &mut refused).then(|| {
            found.reverse();
            found
        })
    }

    pub(in crate::export) fn matches(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Whether the pattern is a label that is followed by one fact, and `text` is the label alone: the
    /// fact then stands in the next cell.
    pub(in crate::export) fn label_of(&self, text: &str) -> Option<Fact> {
        match self.pieces.as_slice() {
            [Piece::Words(label), Piece::Fact(fact)] => {
                let text: Vec<char> =
                    letters(text, self.past).into_iter().map(|(letter, _)| letter).collect();
                let bare = |letters: &[char]| {
                    letters.iter().filter(|c| c.is_alphanumeric()).copied().collect::<String>()
                };
                (!text.is_empty() && bare(&text) == bare(label)).then_some(*fact)
            }
            _ => None,
        }
    }

    fn fits(
        &self,
        piece: usize,
        letters: &[(char, usize)],
        at: usize,
        text: &str,
        found: &mut Vec<(Fact, String)>,
        refused: &mut HashSet<(usize, usize)>,
    ) -> bool {
        let Some(now) = self.pieces.get(piece) else { return at == letters.len() };
        if refused.contains(&(piece, at)) {
            return false;
        }
        let fits = match now {
            Piece::Words(words) => {
                let here = letters.get(at..at + words.len());
                let same = here.is_some_and(|here| here.iter().map(|(letter, _)| letter).eq(words.iter()));
                same && self.fits(piece + 1, letters, at + words.len(), text, found, refused)
            }
            Piece::Anything => {
                (at..=letters.len()).any(|end| self.fits(piece + 1, letters, end, text, found, refused))
            }
            Piece::Fact(fact) => (at + 1..=letters.len()).any(|end| {
                let from = letters[at].1;
                let to = letters.get(end).map_or(text.len(), |(_, place)| *place);
                let value = text[from..to].trim();
                let taken = fact.accepts(value) && self.fits(piece + 1, letters, end, text, found, refused);
                if taken {
                    found.push((*fact, value.to_owned()));
                }
                taken
            }),
        };
        if !fits {
            refused.insert((piece, at));
        }
        fits
    }
}

fn words(pieces: &mut Vec<Piece>, text: &str, past: Past) {
    let letters: Vec<char> = letters(text, past).into_iter().map(|(letter, _)| letter).collect();
    if !letters.is_empty() {
        pieces.push(Piece::Words(letters));
    }
}

/// Letters without marks and case, each with the place in `text` where it begins.
fn letters(text: &str, past: Past) -> Vec<(char, usize)> {
    let mut letters = Vec::new();
    for (place, letter) in text.char_indices() {
        for bare in bare(letter) {
            let counts = match past {
                Past::Space => !bare.is_whitespace(),
                Past::Signs => bare.is_alphanumeric(),
            };
            if counts {
                letters.push((bare, place));
            }
        }
    }
    letters
}

fn first_letter(text: &str, past: Past) -> Option<char> {
    let counts = |letter: &char| match past {
        Past::Space => !letter.is_whitespace(),
        Past::Signs => letter.is_alphanumeric(),
    };
    text.chars().flat_map(bare).find(counts)
}

fn bare(letter: char) -> impl Iterator<Item = char> {
    let letter = match letter {
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        other => other,
    };
    letter.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).flat_map(char::to_lowercase)
}

/// A text without marks, case and signs, for comparing.
pub(in crate::export) fn folded(text: &str) -> String {
    letters(text, Past::Signs).into_iter().map(|(letter, _)| letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Option<Vec<(Fact, String)>> {
        Pattern::parse(pattern, Past::Space).expect("a pattern").find(text)
    }

    #[test]
    fn facts_are_found_whatever_case_marks_and_line_breaks_are() {
        let expected = vec![(Fact::Subject, "Ngữ văn".to_owned()), (Fact::Class, "6A1".to_owned())];
        assert_eq!(found("Môn {subject} Lớp {class}", "MÔN Ngữ văn\nlớp 6A1"), Some(expected));
        let name = "SO_GOI_TEN_GHI_DIEM_6A1_2025-2026_HKII.xlsx";
        let expected = vec![
            (Fact::Class, "6A1".to_owned()),
            (Fact::Year, "2025-2026".to_owned()),
            (Fact::Term, "HKII".to_owned()),
        ];
        assert_eq!(found("SO_GOI_TEN_GHI_DIEM_{class}_{year}_{term}.*", name), Some(expected));
        assert_eq!(found("Lớp: {class}", "Lớp: học sinh giỏi toàn trường"), None);
    }

    #[test]
    fn headers_match_without_any_sign() {
        let header = Pattern::parse("ĐĐGgk", Past::Signs).expect("a pattern");
        assert!(header.matches("ĐĐG\ngk") && header.matches("đđg-GK.") && !header.matches("ĐĐGck"));
    }

    #[test]
    fn a_label_alone_points_to_the_next_cell() {
        let label = Pattern::parse("Môn học: {subject}", Past::Space).expect("a pattern");
        assert_eq!(label.label_of("Môn học"), Some(Fact::Subject));
        assert_eq!(label.label_of("Môn học: Toán"), None);
    }

    #[test]
    fn hostile_text_does_not_take_long() {
        let pattern = Pattern::parse("*a*a*a*a*a*a*{subject}*a*{other}b", Past::Space).expect("a pattern");
        assert_eq!(pattern.find(&"a".repeat(30_000)), None);
        assert_eq!(pattern.find(&"a".repeat(150)), None);
    }

    #[test]
    fn an_unknown_fact_is_refused() {
        assert_eq!(Pattern::parse("Lớp {lop}", Past::Space), Err("lop".into()));
    }
}
