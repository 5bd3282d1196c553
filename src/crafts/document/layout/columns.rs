//! Tables as the form draws them: heads as a tree, below each leaf the cells of one column.

use super::super::look::Column;
use super::super::paper::{ElementId, Paper};
use super::super::printed_words as words;
use super::super::table::{Cell, Table};

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::document) enum Width {
    /// In points.
    Points(f32),
    /// A share of what the columns in points leave.
    Share(f32),
}

/// All that is left, with other columns of that kind in equal parts.
pub(in crate::document) const REST: Width = Width::Share(1.0);

/// A share of what is left.
pub(in crate::document) const fn share(weight: f32) -> Width {
    Width::Share(weight)
}

impl From<f32> for Width {
    fn from(points: f32) -> Self {
        Self::Points(points)
    }
}

/// A column, or several under one head.
pub(in crate::document) struct Col<'a, R> {
    head: String,
    part: Part<'a, R>,
}

enum Part<'a, R> {
    Leaf(Leaf<'a, R>),
    Group(Vec<Col<'a, R>>),
}

struct Leaf<'a, R> {
    width: Width,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
    looks: Vec<fn(Cell) -> Cell>,
}

/// A column: its head, its width, what stands in the cell of a row.
pub(in crate::document) fn col<'a, R, C: Into<Cell>>(
    head: impl ToString,
    width: impl Into<Width>,
    cell: impl Fn(&R) -> C + 'a,
) -> Col<'a, R> {
    let leaf = Leaf { width: width.into(), cell: Box::new(move |row| cell(row).into()), looks: Vec::new() };
    Col { head: head.to_string(), part: Part::Leaf(leaf) }
}

/// Columns under one head.
pub(in crate::document) fn group<'a, R>(
    head: impl ToString,
    columns: impl IntoIterator<Item = Col<'a, R>>,
) -> Col<'a, R> {
    Col { head: head.to_string(), part: Part::Group(columns.into_iter().collect()) }
}

impl<R> Col<'_, R> {
    /// Its cells in bold.
    pub(in crate::document) fn bold(self) -> Self {
        self.looking(Cell::bold)
    }

    /// Its cells to the left.
    pub(in crate::document) fn left(self) -> Self {
        self.looking(Cell::left)
    }

    /// Its cells head their rows (TH with scope Row), to the left.
    pub(in crate::document) fn heads_rows(self) -> Self {
        self.looking(|cell| cell.left().heading_row())
    }

    fn looking(mut self, look: fn(Cell) -> Cell) -> Self {
        if let Part::Leaf(leaf) = &mut self.part {
            leaf.looks.push(look);
        }
        self
    }

    fn depth(&self) -> usize {
        match &self.part {
            Part::Leaf(_) => 1,
            Part::Group(columns) => 1 + columns.iter().map(Self::depth).max().unwrap_or(0),
        }
    }

    fn leaves(&self) -> Vec<&Leaf<'_, R>> {
        match &self.part {
            Part::Leaf(leaf) => vec![leaf],
            Part::Group(columns) => columns.iter().flat_map(Self::leaves).collect(),
        }
    }

    /// Puts the head into row `level` of `header`; a leaf reaches down to the last row.
    fn head_into(&self, level: usize, header: &mut [Vec<Cell>]) {
        let rows = header.len() - level;
        match &self.part {
            Part::Leaf(_) => header[level].push(Cell::head(&self.head).spanning(1, rows)),
            Part::Group(columns) => {
                header[level].push(Cell::head(&self.head).spanning(self.leaves().len(), 1));
                columns.iter().for_each(|column| column.head_into(level + 1, header));
            }
        }
    }
}

/// How close rows stand.
#[derive(Debug, Clone, Copy)]
pub(in crate::document) struct Rows {
    /// Size of the text.
    pub size: f32,
    /// Air above and below the text of a cell.
    pub air: f32,
    /// Least height of a row.
    pub height: f32,
    /// Air at the left and right of a cell.
    pub padding: f32,
    /// Whether the rows move together where that keeps the table on one page.
    pub yielding: bool,
}

impl Rows {
    /// Few rows.
    pub(in crate::document) const WIDE: Self =
        Self { size: 11.0, air: 2.5, height: 18.0, padding: 3.0, yielding: false };
    /// A class of `count` pupils: as a page takes some 40 of them, or closer.
    pub(in crate::document) fn of_class(count: usize) -> Self {
        let full = Self { size: 10.5, air: 0.6, height: 13.4, padding: 2.5, yielding: true };
        if count > 20 { full } else { Self::WIDE }
    }

    /// The same closer together, as long as it can be read: a class of 45 then keeps its list on one page, also
    /// with names that take two lines.
    fn closer(self) -> Option<Self> {
        let closer = Self { size: self.size - 0.5, air: 0.4, height: self.height - 0.8, ..self };
        (self.yielding && closer.size >= LEAST_SIZE).then_some(closer)
    }
}

/// A table of `R`s.
pub(in crate::document) struct Grid<'a, R> {
    /// What a screen reader says of the table; with "tiếp theo" above further pages.
    pub title: String,
    pub columns: Vec<Col<'a, R>>,
    pub rows: Rows,
    /// Height below the table that its last rows must share a page with.
    pub followed_by: f32,
}

impl<R> Grid<'_, R> {
    /// Draws the table over the whole width.
    pub(in crate::document) fn draw(&self, paper: &mut Paper, section: ElementId, rows: &[R]) -> Column {
        if self.rows.yielding {
            let room = paper.room() - self.followed_by;
            let heads = self.columns.iter().map(Col::depth).max().unwrap_or(1) as f32;
            let mut measure = Some(self.rows);
            while let Some(this) = measure {
                // Setting text is what tables cost: what cannot fit with its header in single lines is not set.
                if rows.len() as f32 * this.height + heads * this.size <= room {
                    let table = self.table(paper, rows, this);
                    if let Some(set) = table.set_whole(paper).filter(|set| set.height() <= room) {
                        table.draw_set(paper, section, &set);
                        return table.column();
                    }
                }
                measure = this.closer();
            }
        }
        let table = self.table(paper, rows, self.rows);
        table.draw(paper, section);
        table.column()
    }

    fn table(&self, paper: &Paper, rows: &[R], measure: Rows) -> Table {
        let strip = paper.format().column();
        let leaves: Vec<&Leaf<R>> = self.columns.iter().flat_map(Col::leaves).collect();
        let widths = widths(&leaves, strip.width);
        let width: f32 = widths.iter().sum();
        let cells = |row: &R| -> Vec<Cell> {
            let cell = |leaf: &&Leaf<R>| leaf.looks.iter().fold((leaf.cell)(row), |cell, look| look(cell));
            leaves.iter().map(cell).collect()
        };
        let mut header = vec![Vec::new(); self.columns.iter().map(Col::depth).max().unwrap_or(1)];
        self.columns.iter().for_each(|column| column.head_into(0, &mut header));
        Table {
            summary: self.title.clone(),
            continued: words::continued(&self.title),
            x: strip.x + (strip.width - width) / 2.0,
            widths,
            size: measure.size,
            padding: measure.padding,
            air: measure.air,
            row_height: measure.height,
            followed_by: self.followed_by,
            header,
            rows: rows.iter().map(cells).collect(),
        }
    }
}

/// Widths in points. Where the columns in points alone are too wide, all give way alike.
fn widths<R>(leaves: &[&Leaf<R>], whole: f32) -> Vec<f32> {
    let points: f32 =
        leaves.iter().map(|leaf| if let Width::Points(width) = leaf.width { width } else { 0.0 }).sum();
    let shares: f32 =
        leaves.iter().map(|leaf| if let Width::Share(weight) = leaf.width { weight } else { 0.0 }).sum();
    // A share is never less than what two words need.
    let least = shares * LEAST_SHARE;
    let shrink = if points + least > whole { (whole - least) / points } else { 1.0 };
    let rest = whole - points * shrink;
    let width = |leaf: &&Leaf<R>| match leaf.width {
        Width::Points(width) => width * shrink,
        Width::Share(weight) => rest * weight / shares,
    };
    leaves.iter().map(width).collect()
}

const LEAST_SHARE: f32 = 40.0;

/// Smallest text of rows that moved together.
const LEAST_SIZE: f32 = 9.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn columns<'a>() -> Vec<Col<'a, usize>> {
        vec![
            col("Số TT", 30.0, |row: &usize| row.to_string()),
            group(
                "Điểm",
                [
                    group("ĐĐGtx", (1..=2).map(|n| col(n, 20.0, move |row: &usize| (row * n).to_string()))),
                    col("ĐTB", share(2.0), |_: &usize| ""),
                ],
            ),
            col("Ghi chú", REST, |_: &usize| ""),
        ]
    }

    #[test]
    fn heads_of_a_tree_fill_the_rows_above_their_columns() {
        let columns = columns();
        let mut header = vec![Vec::new(); columns.iter().map(Col::depth).max().unwrap_or(1)];
        columns.iter().for_each(|column| column.head_into(0, &mut header));
        assert_eq!(header.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2, 2]);
    }

    #[test]
    fn what_columns_in_points_leave_is_shared_and_never_overrun() {
        let columns = columns();
        let leaves: Vec<_> = columns.iter().flat_map(Col::leaves).collect();
        assert_eq!(widths(&leaves, 370.0), [30.0, 20.0, 20.0, 200.0, 100.0]);
        assert!((widths(&leaves, 150.0).iter().sum::<f32>() - 150.0).abs() < 0.01);
    }
}
