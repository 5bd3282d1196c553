//! Roots of the past, whose chains use algorithms that are weak now: a path may end in one only for what is
//! older than its end.

use school::moment::Moment;

use crate::circumstances::LegacyAnchor;
use crate::pki::certificate::Certificate;
use crate::pki::path::{self, Path, Pool};
use crate::report::{Code, Trust};

/// A path that ends in a root of the past.
pub(crate) struct Past {
    pub path: Path,
    /// With that root as the only anchor.
    pub pool: Pool,
    pub until: Moment,
}

/// Only where no other root is reached: what a present root proves needs no legacy. Of several legacy roots
/// the one whose use had not ended at `signed`, else any.
pub(crate) fn find(
    leaf: &Certificate,
    recent: &Path,
    pool: &Pool,
    legacy: &[LegacyAnchor],
    control: Moment,
    signed: Option<Moment>,
) -> Option<Past> {
    if recent.fault != Some(Code::NoCertificateChainFound) {
        return None;
    }
    let mut found = legacy.iter().filter_map(|legacy| {
        let pool = pool.resting_on(&legacy.certificate)?;
        let path = path::find_of_the_past(leaf, &pool, control);
        (path.trust == Trust::Trusted).then_some(Past { path, pool, until: legacy.until })
    });
    let first = found.next()?;
    let in_use = |one: &Past| signed.is_some_and(|signed| signed < one.until);
    if in_use(&first) { Some(first) } else { Some(found.find(in_use).unwrap_or(first)) }
}
