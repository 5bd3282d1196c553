//! Spreadsheets of school software: each kind that is known is read from a file made here, parts become
//! gradebooks, and everything hostile is refused with its code.

mod classes;
mod hostile;
mod kinds;
mod sheets;
mod workbook;
