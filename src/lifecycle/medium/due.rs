//! The calendar of checks: discs, sticks and disks age, and nobody sees it from outside.

use school::medium::CopyId;
use school::moment::Moment;

use super::Media;

const DAY_SECONDS: i64 = 24 * 3600;

/// A copy that is to be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The copy.
    pub copy: CopyId,
    /// When it was last read from beginning to end.
    pub read_back: Moment,
    /// When it is, or was, due.
    pub at: Moment,
}

/// Copies that are due until `until`, the longest overdue first. Those of which nothing depends any more
/// (spoiled, lost, replaced) and those never read back are not among them.
pub fn due(media: &Media, until: Moment, every_days: u16) -> Vec<Due> {
    let mut due: Vec<Due> = media
        .copies()
        .filter(|(_, copy)| copy.stage.counts() || matches!(copy.stage, super::CopyStage::Opened { .. }))
        .filter_map(|(id, copy)| {
            let read_back = copy.read_back?;
            let at = read_back.plus_seconds(i64::from(every_days) * DAY_SECONDS);
            (at <= until).then_some(Due { copy: id, read_back, at })
        })
        .collect();
    due.sort_by(|one, other| (one.at, &one.copy).cmp(&(other.at, &other.copy)));
    due
}
