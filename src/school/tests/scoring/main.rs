//! The rules of scoring: worked examples as tables, and against a slow implementation of its own.

mod against_the_slow_way;
mod books;
mod tables;
mod the_slow_way;
mod whole_books;
