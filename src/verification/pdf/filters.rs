//! Unpacks streams that the judge must read (ISO 32000-2, 7.4): Flate with PNG predictors, within a
//! budget for the whole file, so that no small file unpacks without end.

use std::io::Read;

use school::limits::PDF_STREAM_SIZE_BYTES;

use crate::pdf::object::{Dictionary, Object};

/// A stream that cannot be unpacked, or would exceed the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stream cannot be unpacked")]
pub(crate) struct NotUnpacked;

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
    /// Unpacks the octets of a stream by its dictionary. Only direct /Filter and /DecodeParms.
    pub fn unpack(&mut self, dictionary: &Dictionary, stored: &[u8]) -> Result<Vec<u8>, NotUnpacked> {
        let (filter, parameters) = match (dictionary.get("Filter"), dictionary.get("DecodeParms")) {
            (Some(Object::Array(filters)), parameters) => match (filters.as_slice(), parameters) {
                ([], _) => (None, None),
                ([one], Some(Object::Array(parameters))) => (Some(one), parameters.first()),
                ([one], parameters) => (Some(one), parameters),
                _ => return Err(NotUnpacked),
            },
            (filter, parameters) => (filter, parameters),
        };
        let plain = match filter {
            None => {
                self.take(stored.len())?;
                stored.to_vec()
            }
            Some(name) if name.is_name("FlateDecode") => self.inflate(stored)?,
            Some(_) => return Err(NotUnpacked),
        };
        match parameters {
            Some(Object::Dictionary(parameters)) if filter.is_some() => unpredict(plain, parameters),
            _ => Ok(plain),
        }
    }

    fn take(&mut self, bytes: usize) -> Result<(), NotUnpacked> {
        self.left_bytes = self.left_bytes.checked_sub(bytes).ok_or(NotUnpacked)?;
        Ok(())
    }

    fn inflate(&mut self, stored: &[u8]) -> Result<Vec<u8>, NotUnpacked> {
        let mut plain = Vec::new();
        let limit = self.left_bytes as u64 + 1;
        let read = flate2::read::ZlibDecoder::new(stored).take(limit).read_to_end(&mut plain);
        read.map_err(|_| NotUnpacked)?;
        self.take(plain.len())?;
        Ok(plain)
    }
}

/// Reverses PNG prediction (7.4.4.4). Each row carries its own predictor.
fn unpredict(plain: Vec<u8>, parameters: &Dictionary) -> Result<Vec<u8>, NotUnpacked> {
    let number = |key, default: i64| match parameters.get(key) {
        None => Ok(default),
        Some(value) => value.integer().filter(|n| (1..=1 << 20).contains(n)).ok_or(NotUnpacked),
    };
    let predictor = number("Predictor", 1)?;
    if predictor == 1 {
        return Ok(plain);
    }
    if predictor < 10 {
        return Err(NotUnpacked);
    }
    let bits = number("Colors", 1)?.saturating_mul(number("BitsPerComponent", 8)?);
    let row_bits = usize::try_from(bits.saturating_mul(number("Columns", 1)?)).map_err(|_| NotUnpacked)?;
    let sample = usize::try_from(bits).map_err(|_| NotUnpacked)?.div_ceil(8);
    let row_bytes = row_bits.div_ceil(8);
    if row_bytes == 0 || !plain.len().is_multiple_of(row_bytes + 1) {
        return Err(NotUnpacked);
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
                _ => return Err(NotUnpacked),
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
