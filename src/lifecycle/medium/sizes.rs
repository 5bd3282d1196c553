//! How deposits are spread over discs. A deposit is never cut: every disc is readable and sealed alone.

use school::deposit::DepositId;

use super::CopyRefusal;

/// A sector of a disc, which no two files share.
const SECTOR_BYTES: u64 = 2_048;

/// The room that files of these lengths take: each to the end of its sector, and two in a hundred for the
/// directories of two trees.
pub fn room_bytes(lengths: impl IntoIterator<Item = u64>) -> u64 {
    let files: u64 = lengths.into_iter().map(|length| length.next_multiple_of(SECTOR_BYTES)).sum();
    files + files.div_ceil(50)
}

/// Spreads deposits, given with the room that each takes, over discs with `room` bytes of which `own` are
/// needed for the pages and the register of each; in their order, so that the deposits of a year stand
/// together.
///
/// Errors: [`CopyRefusal::TooSmall`] when a deposit alone does not fit.
pub fn in_discs(
    deposits: &[(DepositId, u64)],
    own: u64,
    room: u64,
) -> Result<Vec<Vec<DepositId>>, CopyRefusal> {
    let mut discs: Vec<Vec<DepositId>> = Vec::new();
    let mut left = 0;
    for (deposit, needed) in deposits {
        let alone = own.saturating_add(*needed);
        if alone > room {
            return Err(CopyRefusal::TooSmall { needed_bytes: alone, room_bytes: room });
        }
        match discs.last_mut() {
            Some(disc) if *needed <= left => {
                disc.push(deposit.clone());
                left -= needed;
            }
            _ => {
                discs.push(vec![deposit.clone()]);
                left = room - alone;
            }
        }
    }
    Ok(discs)
}
