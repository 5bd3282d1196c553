//! The older filters of streams (ISO 32000-2, 7.4.2 to 7.4.5): hexadecimal, base 85, run lengths, LZW. Each
//! gives at most `limit` octets; nothing where the octets are no such coding or unpack further.

use weezl::decode::Decoder;
use weezl::{BitOrder, LzwStatus};

use crate::pdf::syntax::is_space;

/// Octets that one step of LZW may give.
const PIECE_BYTES: usize = 64 * 1024;

/// ASCIIHexDecode, ended by `>`.
pub(crate) fn hexadecimal(stored: &[u8], limit: usize) -> Option<Vec<u8>> {
    let digits = ended(stored, b">")?;
    let digits = digits.iter().filter(|byte| !is_space(**byte));
    let digits: Vec<u8> =
        digits.map(|byte| char::from(*byte).to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    let plain: Vec<u8> =
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
    (plain.len() <= limit).then_some(plain)
}

/// ASCII85Decode, ended by `~>`.
pub(crate) fn base_85(stored: &[u8], limit: usize) -> Option<Vec<u8>> {
    let text = ended(stored, b"~>")?;
    let mut plain = Vec::new();
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for byte in text.iter().copied().filter(|byte| !is_space(*byte)) {
        match byte {
            b'z' if group.is_empty() => plain.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => return None,
        }
        if group.len() == 5 {
            plain.extend(quad(&group)?);
            group.clear();
        }
        if plain.len() > limit {
            return None;
        }
    }
    match group.len() {
        0 => {}
        // One digit alone is no octet.
        1 => return None,
        digits => {
            group.resize(5, 84);
            plain.extend(&quad(&group)?[..digits - 1]);
        }
    }
    (plain.len() <= limit).then_some(plain)
}

fn quad(digits: &[u8]) -> Option<[u8; 4]> {
    let number = digits.iter().fold(0u64, |sum, digit| sum * 85 + u64::from(*digit));
    u32::try_from(number).ok().map(u32::to_be_bytes)
}

/// What stands before the end marker, behind which nothing but white space may follow.
fn ended<'a>(stored: &'a [u8], marker: &[u8]) -> Option<&'a [u8]> {
    let end = stored.windows(marker.len()).position(|window| window == marker)?;
    stored[end + marker.len()..].iter().all(|byte| is_space(*byte)).then(|| &stored[..end])
}

/// RunLengthDecode, ended by 128.
pub(crate) fn run_length(stored: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let mut rest = stored;
    loop {
        let (length, tail) = rest.split_first()?;
        match usize::from(*length) {
            128 => return Some(plain),
            length @ 0..=127 => {
                plain.extend_from_slice(tail.get(..=length)?);
                rest = &tail[length + 1..];
            }
            length => {
                let (octet, tail) = tail.split_first()?;
                plain.resize(plain.len() + 257 - length, *octet);
                rest = tail;
            }
        }
        if plain.len() > limit {
            return None;
        }
    }
}

/// LZWDecode up to its end code; `early`: codes grow one code early, as they do by default.
pub(crate) fn lzw(stored: &[u8], early: bool, limit: usize) -> Option<Vec<u8>> {
    let mut decoder =
        if early { Decoder::with_tiff_size_switch(BitOrder::Msb, 8) } else { Decoder::new(BitOrder::Msb, 8) };
    let mut plain = Vec::new();
    let mut rest = stored;
    let mut piece = vec![0; PIECE_BYTES.min(limit.saturating_add(1))];
    loop {
        let step = decoder.decode_bytes(rest, &mut piece);
        plain.extend_from_slice(piece.get(..step.consumed_out)?);
        rest = rest.get(step.consumed_in..)?;
        if plain.len() > limit {
            return None;
        }
        match step.status.ok()? {
            LzwStatus::Done => return Some(plain),
            LzwStatus::Ok => {}
            // It ended before its end code.
            LzwStatus::NoProgress => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_coding_gives_what_was_coded() {
        assert_eq!(hexadecimal(b"48 6f\n61 7>", 10).as_deref(), Some(b"Hoap".as_slice()));
        assert_eq!(base_85(b"87cURD]i,\"Ebo80~>\n", 20).as_deref(), Some(b"Hello World!".as_slice()));
        assert_eq!(base_85(b"z!!~>", 20).as_deref(), Some([0; 5].as_slice()));
        assert_eq!(
            run_length(&[2, b'a', b'b', b'c', 254, b'x', 128], 10).as_deref(),
            Some(b"abcxxx".as_slice())
        );
        // The example of 7.4.4.2.
        let coded = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        let plain = [45, 45, 45, 45, 45, 65, 45, 45, 45, 66];
        assert_eq!(lzw(&coded, true, 10).as_deref(), Some(plain.as_slice()));
    }

    #[test]
    fn nothing_unpacks_further_than_its_limit() {
        let bomb = [[129, b'x'].repeat(1_000), vec![128]].concat();
        assert!(run_length(&bomb, 128_000).is_some() && run_length(&bomb, 127_999).is_none());
        assert!(hexadecimal(b"4848>", 1).is_none() && base_85(b"zzzz~>", 15).is_none());
        let mut encoder = weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8);
        let coded = encoder.encode(&vec![7; 300_000]).expect("coded");
        assert!(lzw(&coded, true, 300_000).is_some_and(|plain| plain == vec![7; 300_000]));
        assert!(lzw(&coded, true, 299_999).is_none() && coded.len() < 3_000);
    }

    #[test]
    fn what_is_no_such_coding_is_not_guessed() {
        for stored in [&b"4x>"[..], b"48", b"48> 48"] {
            assert_eq!(hexadecimal(stored, 10), None);
        }
        for stored in [&b"!!"[..], b"!~>", b"s8W-\"~>", b"!z!!~>", b"v!!!!~>"] {
            assert_eq!(base_85(stored, 10), None, "{}", String::from_utf8_lossy(stored));
        }
        assert_eq!(run_length(&[2, b'a'], 10), None);
        assert_eq!(run_length(&[0, b'a'], 10), None);
        assert_eq!(lzw(&[0x80, 0x0b, 0x60, 0x50], true, 10), None);
    }
}
