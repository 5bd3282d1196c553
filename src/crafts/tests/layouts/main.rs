//! Spreadsheets of school software: each kind that is known is read from a file made here, and everything
//! hostile is refused with its code.

mod hostile;
mod kinds;
mod sheets;
