//! The core's side of the reader worker.
