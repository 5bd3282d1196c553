//! Reader.
use super::frame::FrameFault;
/// .
pub fn run() -> Result<(), FrameFault> {
    Ok(())
}
