//! How the program ends while a medium is being written: a disc is finished, because one that was begun is lost
//! otherwise; sticks, disks and readings are stopped, because they go on another time.

use std::time::{Duration, Instant};

use super::house::House;
use super::owner::Owner;
use crate::clerk::ClerkFault;
use crate::process::systemd;

/// No disc takes longer to be written, closed and read back; a drive that hangs is given up much sooner.
const LONGEST: Duration = Duration::from_secs(3 * 60 * 60);
/// How often systemd hears that it goes on, and for how long it is to wait from then.
const TOLD_EVERY: Duration = Duration::from_secs(10);
const ASKED_FOR: Duration = Duration::from_secs(60);
/// How soon the end of a disc is seen.
const WAIT: Duration = Duration::from_millis(100);

/// After the wish to stop: lets the owner work until no disc would be lost. The pages show how far it is.
///
/// Errors: register or store failed.
pub fn wind_down(house: &House, owner: &mut Owner) -> Result<(), ClerkFault> {
    let begun = Instant::now();
    let mut told: Option<Instant> = None;
    while house.burns.wind_down() && begun.elapsed() < LONGEST {
        if told.is_none_or(|at| at.elapsed() >= TOLD_EVERY) {
            tracing::info!("stops once the medium that is being written is finished or left in order");
            systemd::extend_stop(ASKED_FOR, "a medium is being finished");
            told = Some(Instant::now());
        }
        owner.turn(WAIT)?;
    }
    Ok(())
}
