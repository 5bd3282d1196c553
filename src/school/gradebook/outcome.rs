//! What a school year ends with for a pupil.

use serde::{Deserialize, Serialize};

/// Whether the pupil moves up, as the export claims it (TT 22/2021, Đ.12; TT 58/2011, Đ.15). In the
/// last year of a level moving up means that the programme is completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Được lên lớp.
    Promoted,
    /// Được lên lớp after training or assessment in the summer.
    PromotedAfterSummer,
    /// Không được lên lớp.
    Retained,
    /// Training or assessment in the summer decides.
    ToRetest,
}
