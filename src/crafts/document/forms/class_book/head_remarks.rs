//! Sheet 12: nhận xét của Hiệu trưởng, month by month.

use school::role::Role;

use super::super::super::layout::{Grid, REST, Rows, col};
use super::super::super::look::Format;
use super::super::super::paper::Paper;
use super::super::super::signing_places;
use super::super::super::table::Cell;
use super::super::source::Source;

/// Months of a school year in their order.
const MONTHS: [u8; 12] = [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8];

struct Remark {
    month: u8,
    text: String,
}

/// The twelve rows; a row with a remark says on which page the head signed the book.
pub(super) fn draw(paper: &mut Paper, source: &Source) {
    let head = paper.head.to_uppercase();
    let title = format!("NHẬN XÉT CỦA {head} VỀ SỬ DỤNG {}", source.regulation.book_title());
    let section = paper.sheet(Format::BOOK, &title);
    paper.gap(10.0);
    let rows: Vec<Remark> = MONTHS
        .into_iter()
        .map(|month| {
            let of_month = source.gradebook.head_remarks.iter().filter(|one| one.month.month() == month);
            let text = of_month.map(|one| one.text.clone()).collect::<Vec<_>>().join(" ");
            Remark { month, text }
        })
        .collect();
    let signs = signing_places::of_role(source.plan, Role::HieuTruong);
    let columns = vec![
        col("Tháng", 46.0, |remark: &Remark| remark.month.to_string()).heads_rows(),
        col("Nhận xét", REST, |remark: &Remark| remark.text.clone()).left(),
        col("Ký tên, đóng dấu", 140.0, |remark: &Remark| {
            Cell::referring(signs.filter(|_| !remark.text.is_empty()))
        }),
    ];
    let look = Rows { height: 44.0, size: 12.0, ..Rows::WIDE };
    Grid { title, columns, rows: look, followed_by: 0.0 }.draw(paper, section, &rows);
}
