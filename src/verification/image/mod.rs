//! Reads an ISO 9660 image with Joliet names and judges the deposits on it.

use serde_json::Value;

use crate::circumstances::Circumstances;
use crate::files::ReadAt;

/// Judges an image: one object for the image, then the objects of each deposit on it.
pub fn judge(_image: &dyn ReadAt, _circumstances: &Circumstances) -> Vec<Value> {
    todo!()
}
