//! Reads content streams and CMaps operator by operator (ISO 32000-2, 7.8.2 and 9.10.3), each with the
//! operands before it.

use crate::pdf::object::Object;
use crate::pdf::syntax::Parser;

/// Hands `act` each operator of `bytes` with its operands, at most `operands_most` of them. Nothing where it is no
/// such stream, is longer than `values_most`, or `act` gives nothing.
pub(crate) fn each_operator(
    bytes: &[u8],
    (values_most, operands_most): (usize, usize),
    mut act: impl FnMut(&[u8], &[Object]) -> Option<()>,
) -> Option<()> {
    let mut parser = Parser::at(bytes, 0);
    let mut operands: Vec<Object> = Vec::new();
    let mut left = values_most;
    loop {
        parser.blanks();
        let Some(next) = parser.peek() else { return operands.is_empty().then_some(()) };
        left = left.checked_sub(1)?;
        let is_word = next.is_ascii_alphabetic() || next == b'\'' || next == b'"';
        if is_word && !is_value(&parser) {
            act(parser.regular(), &operands)?;
            operands.clear();
        } else {
            if operands.len() == operands_most {
                return None;
            }
            operands.push(parser.value(0).ok()?);
        }
    }
}

/// The words that are values and no operators.
fn is_value(parser: &Parser<'_>) -> bool {
    let may_be = matches!(parser.peek(), Some(b't' | b'f' | b'n'));
    may_be && ["true", "false", "null"].iter().any(|word| parser.clone().keyword(word).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, most: (usize, usize)) -> Option<Vec<(String, usize)>> {
        let mut found = Vec::new();
        each_operator(text.as_bytes(), most, |operator, operands| {
            found.push((String::from_utf8(operator.to_vec()).ok()?, operands.len()));
            Some(())
        })?;
        Some(found)
    }

    #[test]
    fn operators_come_with_the_operands_before_them() {
        let read = read("/a<</MCID 3/B true>>BDC q 1 0 0 -1 0 8.5 cm(x)' [<00>2]TJ T* EMC", (99, 6));
        let expected = [("BDC", 2), ("q", 0), ("cm", 6), ("'", 1), ("TJ", 1), ("T*", 0), ("EMC", 0)];
        assert_eq!(read, Some(expected.map(|(operator, count)| (operator.to_owned(), count)).to_vec()));
    }

    #[test]
    fn what_has_no_end_or_no_bounds_is_not_read() {
        for (text, most) in [("1 2", (9, 6)), ("1 2 3 w", (9, 2)), ("q q q q", (3, 9)), ("(open", (9, 9))] {
            assert_eq!(read(text, most), None, "{text}");
        }
    }
}
