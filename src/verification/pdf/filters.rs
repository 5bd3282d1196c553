//! Unpacks streams that the judge must read (ISO 32000-2, 7.4): the filters for octets, with PNG predictors,
//! within a budget for the whole file, so that no small file unpacks without end.

use std::borrow::Cow;
use std::io::Read;

use school::limits::PDF_STREAM_SIZE_BYTES;

use crate::pdf::decoders;
use crate::pdf::object::{Dictionary, Object};

/// The filters for octets.
const KNOWN: [&str; 5] = ["FlateDecode", "LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode"];
/// Most filters of one stream.
const FILTERS: usize = 4;

/// Why a stream cannot be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotUnpacked {
    /// It is damaged, or would exceed the budget.
    #[error("the stream is damaged or unpacks too far")]
    Octets,
    /// It has a filter that is not known here, or names its filters in a way that is not read.
    #[error("the stream has a filter that is not known")]
    Filter,
}

/// How many bytes may still be unpacked.
#[derive(Debug)]
pub(crate) struct Budget {
    left_bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left_bytes: PDF_STREAM_SIZE_BYTES }
    }
}

impl Budget {
    pub const fn left_bytes(&self) -> usize {
        self.left_bytes
    }

    /// Counts what was unpacked elsewhere.
    pub const fn charge(&mut self, bytes: usize) {
        self.left_bytes = self.left_bytes.saturating_sub(bytes);
    }

    /// Unpacks the octets of a stream by its dictionary. Only direct /Filter and /DecodeParms.
    pub fn unpack(&mut self, dictionary: &Dictionary, stored: &[u8]) -> Result<Vec<u8>, NotUnpacked> {
        let one = |value: Option<&Object>| match value {
            None | Some(Object::Null) => Ok(Vec::new()),
            Some(Object::Array(values)) => Ok(values.clone()),
            Some(Object::Reference(_)) => Err(NotUnpacked::Filter),
            Some(value) => Ok(vec![value.clone()]),
        };
        let (filters, parameters) = (one(dictionary.get("Filter"))?, one(dictionary.get("DecodeParms"))?);
        // Said before any octet is looked at: a filter that is not known is never mistaken for damage.
        let is_known = |filter: &Object| KNOWN.iter().any(|known| filter.is_name(known));
        if filters.len() > FILTERS || !filters.iter().all(is_known) {
            return Err(NotUnpacked::Filter);
        }
        if filters.is_empty() {
            self.take(stored.len())?;
        }
        let mut plain = Cow::Borrowed(stored);
        for (index, filter) in filters.iter().enumerate() {
            let parameters = match parameters.get(index) {
                None | Some(Object::Null) => None,
                Some(Object::Dictionary(parameters)) => Some(parameters),
                Some(_) => return Err(NotUnpacked::Filter),
            };
            plain = Cow::Owned(self.step(filter, parameters, &plain)?);
        }
        Ok(plain.into_owned())
    }

    fn step(
        &mut self,
        filter: &Object,
        parameters: Option<&Dictionary>,
        stored: &[u8],
    ) -> Result<Vec<u8>, NotUnpacked> {
        let Object::Name(name) = filter else { return Err(NotUnpacked::Filter) };
        let limit = self.left_bytes;
        let plain = match &**name {
            b"FlateDecode" => return unpredict(self.inflate(stored)?, parameters),
            b"LZWDecode" => {
                let early = match parameters.and_then(|one| one.get("EarlyChange")) {
                    None | Some(Object::Integer(1)) => true,
                    Some(Object::Integer(0)) => false,
                    Some(_) => return Err(NotUnpacked::Octets),
                };
                decoders::lzw(stored, early, limit)
            }
            b"ASCIIHexDecode" => decoders::hexadecimal(stored, limit),
            b"ASCII85Decode" => decoders::base_85(stored, limit),
            b"RunLengthDecode" => decoders::run_length(stored, limit),
            _ => return Err(NotUnpacked::Filter),
        };
        let plain = plain.ok_or(NotUnpacked::Octets)?;
        self.take(plain.len())?;
        if &**name == b"LZWDecode" { unpredict(plain, parameters) } else { Ok(plain) }
    }

    fn take(&mut self, bytes: usize) -> Result<(), NotUnpacked> {
        self.left_bytes = self.left_bytes.checked_sub(bytes).ok_or(NotUnpacked::Octets)?;
        Ok(())
    }

    fn inflate(&mut self, stored: &[u8]) -> Result<Vec<u8>, NotUnpacked> {
        let mut plain = Vec::new();
        let limit = self.left_bytes as u64 + 1;
        let read = flate2::read::ZlibDecoder::new(stored).take(limit).read_to_end(&mut plain);
        read.map_err(|_| NotUnpacked::Octets)?;
        self.take(plain.len())?;
        Ok(plain)
    }
}

/// Reverses PNG prediction (7.4.4.4). Each row carries its own predictor.
fn unpredict(plain: Vec<u8>, parameters: Option<&Dictionary>) -> Result<Vec<u8>, NotUnpacked> {
    let Some(parameters) = parameters else { return Ok(plain) };
    let number = |key, default: i64| match parameters.get(key) {
        None => Ok(default),
        Some(value) => value.integer().filter(|n| (1..=1 << 20).contains(n)).ok_or(NotUnpacked::Octets),
    };
    let predictor = number("Predictor", 1)?;
    if predictor == 1 {
        return Ok(plain);
    }
    if predictor < 10 {
        return Err(NotUnpacked::Octets);
    }
    let bits = number("Colors", 1)?.saturating_mul(number("BitsPerComponent", 8)?);
    let row_bits =
        usize::try_from(bits.saturating_mul(number("Columns", 1)?)).map_err(|_| NotUnpacked::Octets)?;
    let sample = usize::try_from(bits).map_err(|_| NotUnpacked::Octets)?.div_ceil(8);
    let row_bytes = row_bits.div_ceil(8);
    if row_bytes == 0 || !plain.len().is_multiple_of(row_bytes + 1) {
        return Err(NotUnpacked::Octets);
    }
    let mut out = Vec::with_capacity(plain.len());
    let mut above = vec![0u8; row_bytes];
    for row in plain.chunks_exact(row_bytes + 1) {
        let mut current = row[1..].to_vec();
        for i in 0..row_bytes {
            let left = if i >= sample { current[i - sample] } else { 0 };
            let up = above[i];
            let corner = if i >= sample { above[i - sample] } else { 0 };
            let guess = match row[0] {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => paeth(left, up, corner),
                _ => return Err(NotUnpacked::Octets),
            };
            current[i] = current[i].wrapping_add(guess);
        }
        out.extend_from_slice(&current);
        above = current;
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let distance = |value: u8| (estimate - i16::from(value)).abs();
    let (l, u, c) = (distance(left), distance(up), distance(corner));
    if l <= u && l <= c {
        left
    } else if u <= c {
        up
    } else {
        corner
    }
}
