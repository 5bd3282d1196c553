//! The layout language: a form is written as it reads. Headings, dotted lines and numbered points are
//! blocks of a [`Paper`](super::paper::Paper); a table is a tree of [`Col`]umns, each with its head, its
//! width and what its cells say, so that a changed column is one changed line.

mod blocks;
mod columns;

pub(super) use columns::{Col, Grid, REST, Rows, col, group, share};
