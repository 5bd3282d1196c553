//! Tables that are regular by construction check: every row covers every column exactly once
//! (ISO 14289-1, 7.5), every header cell has a scope, header rows are repeated after a page break
//! as furniture. krilla checks none of this.

use school::plan::SigningBox;

use super::DocumentFault;
use super::faces::{Line, Weight};
use super::paper::{Align, Column, Element, ElementId, Furniture, Ink, Paper, Style};
use super::rendered::PlacePictures;

/// Smallest size to which a cell shrinks before words are broken.
const LEAST_SIZE: f32 = 6.5;
const LINE_WIDTH: f32 = 0.5;
/// How many rows at least stand above what follows the table on its page.
const LAST_ROWS: usize = 3;
const CELL_LEADING: f32 = 1.15;

/// A place for a signature inside a cell.
#[derive(Debug, Clone)]
pub(super) struct CellPlace {
    pub signing_box: SigningBox,
    pub label: String,
    pub height: f32,
}

/// One cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    weight: Weight,
    align: Align,
    columns: usize,
    rows: usize,
    heads_row: bool,
    /// Crossed out in red: a value that was corrected.
    struck: bool,
    place: Option<Box<CellPlace>>,
    /// Stands for the text: on which page this box is signed.
    refers: Option<Box<SigningBox>>,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Cell {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            weight: Weight::Regular,
            align: Align::Centre,
            columns: 1,
            rows: 1,
            heads_row: false,
            struck: false,
            place: None,
            refers: None,
        }
    }

    /// A header cell, in bold.
    pub(super) fn head(text: impl Into<String>) -> Self {
        Self::new(text).bold()
    }

    pub(super) fn bold(mut self) -> Self {
        self.weight = Weight::Bold;
        self
    }

    pub(super) fn left(mut self) -> Self {
        self.align = Align::Left;
        self
    }

    /// Spans columns and, in header rows, rows.
    pub(super) fn spanning(mut self, columns: usize, rows: usize) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    /// Heads its row: the name of the pupil or the subject.
    pub(super) fn heading_row(mut self) -> Self {
        self.heads_row = true;
        self
    }

    /// Crossed out in red, as a correction by hand is.
    pub(super) fn struck(mut self) -> Self {
        self.struck = true;
        self
    }

    pub(super) fn with_place(mut self, place: Option<CellPlace>) -> Self {
        self.place = place.map(Box::new);
        self
    }

    /// Says on which page `to` is signed.
    pub(super) fn referring(to: Option<&SigningBox>) -> Self {
        Self { refers: to.cloned().map(Box::new), ..Self::new("") }
    }
}

/// A table ready to be drawn.
pub(super) struct Table {
    /// What a screen reader says of the table.
    pub summary: String,
    /// Printed above the repeated header rows on further pages.
    pub continued: String,
    pub x: f32,
    pub widths: Vec<f32>,
    pub size: f32,
    /// Air at the left and right of a cell.
    pub padding: f32,
    /// Air above and below the text of a cell.
    pub air: f32,
    /// Least height of a body row.
    pub row_height: f32,
    /// Height below the table that its last rows must share a page with: a signature never stands
    /// on a page without a row of what is signed.
    pub followed_by: f32,
    pub header: Vec<Vec<Cell>>,
    pub rows: Vec<Vec<Cell>>,
}

struct SetCell<'a> {
    cell: &'a Cell,
    column: usize,
    size: f32,
    lines: Vec<Line>,
    height: f32,
}

/// A table whose text is set: how tall everything is.
pub(super) struct SetTable<'a> {
    header: Vec<Vec<SetCell<'a>>>,
    header_heights: Vec<f32>,
    rows: Vec<(Vec<SetCell<'a>>, f32)>,
}

impl SetTable<'_> {
    /// Height of the table on one page.
    pub(super) fn height(&self) -> f32 {
        self.header_heights.iter().chain(self.rows.iter().map(|(_, height)| height)).sum()
    }
}

/// Column at which each cell of each row begins, or nothing when a column is left out or covered twice.
fn grid(rows: &[Vec<Cell>], columns: usize) -> Option<Vec<Vec<usize>>> {
    let mut open = vec![0_usize; columns];
    let mut starts = Vec::with_capacity(rows.len());
    for row in rows {
        let mut taken: Vec<bool> = open.iter().map(|rows_left| *rows_left > 0).collect();
        open.iter_mut().for_each(|rows_left| *rows_left = rows_left.saturating_sub(1));
        let mut row_starts = Vec::with_capacity(row.len());
        for cell in row {
            let start = taken.iter().position(|covered| !covered)?;
            for column in start..start + cell.columns {
                if *taken.get(column)? {
                    return None;
                }
                taken[column] = true;
                open[column] = cell.rows.checked_sub(1)?;
            }
            row_starts.push(start);
        }
        if taken.iter().any(|covered| !covered) {
            return None;
        }
        starts.push(row_starts);
    }
    open.iter().all(|rows_left| *rows_left == 0).then_some(starts)
}

impl Table {
    /// The strip that the table takes.
    pub(super) fn column(&self) -> Column {
        Column { x: self.x, width: self.widths.iter().sum() }
    }

    /// Sets the text of every cell; nothing, and the paper fails, where the cells do not make a table.
    pub(super) fn set_whole(&self, paper: &mut Paper) -> Option<SetTable<'_>> {
        let starts = (grid(&self.header, self.widths.len()), grid(&self.rows, self.widths.len()));
        let (Some(header_starts), Some(row_starts)) = starts else {
            paper.fail(DocumentFault::IrregularTable(self.summary.clone()));
            return None;
        };
        let header: Vec<_> =
            self.header.iter().zip(&header_starts).map(|(row, at)| self.set_header(paper, row, at)).collect();
        let mut rows = Vec::with_capacity(self.rows.len());
        for (row, at) in self.rows.iter().zip(&row_starts) {
            let set = self.set(paper, row, at, self.size);
            let height = self.row_height(&set);
            rows.push((set, height));
        }
        Some(SetTable { header_heights: header_heights(&header), header, rows })
    }

    /// Draws the table at the current y of `paper`, over as many pages as it needs.
    pub(super) fn draw(&self, paper: &mut Paper, parent: ElementId) {
        if let Some(set) = self.set_whole(paper) {
            self.draw_set(paper, parent, &set);
        }
    }

    /// As [`Self::draw`], of text that is set already.
    pub(super) fn draw_set(&self, paper: &mut Paper, parent: ElementId, set: &SetTable) {
        let SetTable { header, header_heights: heights, rows } = set;
        let table = paper.open(parent, Element::Table { summary: self.summary.clone() });
        let head = paper.open(table, Element::TableHead);
        let first_row = rows.first().map_or(0.0, |(_, height)| *height);
        if paper.room() < heights.iter().sum::<f32>() + first_row {
            paper.turn();
        }
        let mut lines = Vec::new();
        self.draw_header(paper, Some(head), header, heights, &mut lines);
        let body = paper.open(table, Element::TableBody);
        for (index, (set, height)) in rows.iter().enumerate() {
            let height = *height;
            let left = rows.len() - index;
            let together = if left == LAST_ROWS && index > 0 {
                height * LAST_ROWS as f32 + self.followed_by
            } else {
                height
            };
            if paper.room() < together {
                paper.lines(Ink::Black, LINE_WIDTH, std::mem::take(&mut lines));
                paper.turn();
                self.running_title(paper);
                self.draw_header(paper, None, header, heights, &mut lines);
            }
            if paper.room() < height {
                paper.fail(DocumentFault::TooTall(self.summary.clone()));
                return;
            }
            let row = paper.open(body, Element::Row);
            for cell in set {
                let kind = if cell.cell.heads_row {
                    Element::RowHeader
                } else {
                    Element::Cell { columns: cell.cell.columns as u32 }
                };
                let element = paper.open(row, kind);
                self.draw_cell(paper, Some(element), cell, height, &mut lines);
            }
            paper.y += height;
        }
        paper.lines(Ink::Black, LINE_WIDTH, lines);
    }

    /// Says at the top of a further page of what it is the continuation.
    pub(super) fn running_title(&self, paper: &mut Paper) {
        let style = Style::italic(self.size + 0.5);
        let column = paper.format().column();
        let baseline = paper.y + style.size;
        paper.furniture_line(Furniture::Header, style, column, Align::Left, baseline, &self.continued);
        paper.y += style.size * 1.6;
    }

    /// Header rows: elements of the tree the first time, furniture when they are repeated.
    fn draw_header(
        &self,
        paper: &mut Paper,
        head: Option<ElementId>,
        header: &[Vec<SetCell>],
        heights: &[f32],
        lines: &mut Vec<[f32; 4]>,
    ) {
        let left = self.x;
        let right = left + self.widths.iter().sum::<f32>();
        lines.push([left, paper.y, right, paper.y]);
        for (index, row) in header.iter().enumerate() {
            let row_element = head.map(|head| paper.open(head, Element::Row));
            for cell in row {
                let (columns, rows) = (cell.cell.columns as u32, cell.cell.rows as u32);
                let element = row_element.map(|row| paper.open(row, Element::ColumnHeader { columns, rows }));
                let height = heights[index..index + cell.cell.rows].iter().sum();
                self.draw_cell(paper, element, cell, height, lines);
            }
            paper.y += heights[index];
        }
    }

    /// A header row, all of its cells in the size that the widest word of any of them allows.
    fn set_header<'a>(&self, paper: &mut Paper, row: &'a [Cell], starts: &[usize]) -> Vec<SetCell<'a>> {
        let set = self.set(paper, row, starts, self.size - 0.5);
        let least = set.iter().map(|cell| cell.size).fold(self.size, f32::min);
        self.set(paper, row, starts, least)
    }

    fn set<'a>(
        &self,
        paper: &mut Paper,
        row: &'a [Cell],
        starts: &[usize],
        full_size: f32,
    ) -> Vec<SetCell<'a>> {
        let set_one = |(cell, column): (&'a Cell, &usize)| {
            let width = self.width(*column, cell) - 2.0 * self.padding;
            let size = paper.faces.size_for_words(cell.weight, full_size, LEAST_SIZE, width, &cell.text);
            let lines = if cell.text.is_empty() {
                Vec::new()
            } else {
                match cell.align {
                    Align::Centre => paper.faces.wrap_evenly(cell.weight, size, width, &cell.text),
                    _ => paper.faces.wrap(cell.weight, size, width, 0.0, &cell.text),
                }
            };
            let text = lines.len() as f32 * size * CELL_LEADING;
            let text = if cell.refers.is_some() { size * CELL_LEADING } else { text };
            let place = cell.place.as_ref().map_or(0.0, |place| place.height);
            SetCell { cell, column: *column, size, lines, height: text.max(place) + 2.0 * self.air }
        };
        row.iter().zip(starts).map(set_one).collect()
    }

    fn width(&self, start: usize, cell: &Cell) -> f32 {
        self.widths[start..start + cell.columns].iter().sum()
    }

    fn row_height(&self, row: &[SetCell]) -> f32 {
        row.iter().map(|cell| cell.height).fold(self.row_height, f32::max)
    }

    fn draw_cell(
        &self,
        paper: &mut Paper,
        element: Option<ElementId>,
        cell: &SetCell,
        height: f32,
        lines: &mut Vec<[f32; 4]>,
    ) {
        let left = self.x + self.widths[..cell.column].iter().sum::<f32>();
        let right = left + self.width(cell.column, cell.cell);
        let (top, bottom) = (paper.y, paper.y + height);
        lines.push([right, top, right, bottom]);
        lines.push([left, bottom, right, bottom]);
        if cell.column == 0 {
            lines.push([left, top, left, bottom]);
        }
        let column = Column { x: left, width: right - left }.inset(self.padding);
        let step = cell.size * CELL_LEADING;
        // Letters reach about 0.7 em above the baseline and 0.2 em below it: optically centred.
        let block = step * cell.lines.len().saturating_sub(1) as f32;
        let mut baseline = top + (height - block) / 2.0 + cell.size * 0.25 + cell.size * 0.08;
        let ink = if cell.cell.struck { Ink::Red } else { Ink::Black };
        let style = Style { weight: cell.cell.weight, size: cell.size, ink };
        for line in &cell.lines {
            let text = if line.goes_on { format!("{} ", line.text) } else { line.text.clone() };
            match element {
                Some(element) => paper.line(element, style, column, cell.cell.align, baseline, &text),
                None => {
                    let align = cell.cell.align;
                    paper.furniture_line(Furniture::Header, style, column, align, baseline, &text);
                }
            }
            if cell.cell.struck {
                let half = paper.faces.width(style.weight, style.size, &line.text) / 2.0;
                let (middle, y) = (column.x + column.width / 2.0, baseline - cell.size * 0.28);
                paper.lines(Ink::Red, 0.8, vec![[middle - half, y, middle + half, y]]);
            }
            baseline += step;
        }
        if let (Some(to), Some(element)) = (&cell.cell.refers, element) {
            let style = Style::italic((cell.size - 1.0).max(LEAST_SIZE));
            paper.refer_at(element, style, column, top + height / 2.0 + style.size * 0.33, to);
        }
        if let (Some(place), Some(element)) = (&cell.cell.place, element) {
            let top = top + (height - place.height) / 2.0;
            let rect = [column.x, top, column.x + column.width, top + place.height];
            paper.place(element, &place.signing_box, place.label.clone(), rect, PlacePictures::default());
        }
    }
}

/// Heights of header rows: what their own cells need, the last row of a span taking what is missing.
fn header_heights(header: &[Vec<SetCell>]) -> Vec<f32> {
    let own = |row: &Vec<SetCell>| {
        row.iter().filter(|cell| cell.cell.rows == 1).map(|cell| cell.height).fold(0.0, f32::max)
    };
    let mut heights: Vec<f32> = header.iter().map(own).collect();
    for (index, row) in header.iter().enumerate() {
        for cell in row.iter().filter(|cell| cell.cell.rows > 1) {
            let last = index + cell.cell.rows - 1;
            let missing = cell.height - heights[index..=last].iter().sum::<f32>();
            if missing > 0.0 {
                heights[last] += missing;
            }
        }
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_leaves_out_or_overruns_a_column_is_no_table() {
        let cells = |count: usize| (0..count).map(|_| Cell::new("")).collect::<Vec<_>>();
        assert!(grid(&[cells(3), cells(3)], 3).is_some());
        assert!(grid(&[cells(3), cells(2)], 3).is_none());
        assert!(grid(&[cells(4)], 3).is_none());
        assert!(grid(&[vec![Cell::new("").spanning(2, 1), Cell::new("").spanning(2, 1)]], 3).is_none());
    }

    #[test]
    fn spans_over_rows_count_in_the_rows_below() {
        let top = vec![Cell::new("").spanning(1, 2), Cell::new("").spanning(2, 1)];
        let below = vec![Cell::new(""), Cell::new("")];
        assert_eq!(grid(&[top.clone(), below.clone()], 3), Some(vec![vec![0, 1], vec![1, 2]]));
        assert!(grid(&[below, top], 3).is_none());
    }
}
