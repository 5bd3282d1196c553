//! Fields of a form in which one name stands several times, as ticked boxes send it.

use axum::body::Bytes;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use maud::{Markup, html};
use school::limits::REASON_CHARACTERS;
use school::moment::Date;

use crate::web::fault::Fault;
use crate::web::frame::{en, plain};

/// The fields in their order.
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`.
    pub fn read(body: &Bytes) -> Result<Self, Fault> {
        let text = std::str::from_utf8(body).map_err(|_| Fault::form())?;
        // The same encoding as that of a query, and the same reader.
        let uri = Uri::builder().path_and_query(format!("/?{text}")).build().map_err(|_| Fault::form())?;
        let Query(pairs) = Query::try_from_uri(&uri).map_err(|_| Fault::form())?;
        Ok(Self(pairs))
    }

    /// Every value of a name.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The words of a reason, where there are any.
    ///
    /// Errors: `web.reason_missing`.
    pub fn words(&self, name: &str) -> Result<String, Fault> {
        let typed = self.one(name).unwrap_or_default().trim();
        let words: String = typed.chars().take(REASON_CHARACTERS).collect();
        let missing = || Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.reason_missing");
        if words.is_empty() { Err(missing()) } else { Ok(words) }
    }

    /// A day as people write it, `22/11/2026`, or as machines do, `2026-11-22`.
    ///
    /// Errors: `web.day`.
    pub fn day(&self, name: &str) -> Result<Date, Fault> {
        let unread = || Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.day");
        day(self.one(name).unwrap_or_default().trim()).ok_or_else(unread)
    }

    /// The first value of a name.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

fn day(written: &str) -> Option<Date> {
    let parts: Vec<&str> = written.split(['/', '.', '-', ' ']).collect();
    match parts[..] {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}").parse().ok(),
        _ => written.parse().ok(),
    }
}

/// As [`Fields::day`] reads it.
const DAY: &str = r"[0-9]{1,2}[\/.\- ][0-9]{1,2}[\/.\- ][0-9]{4}";

/// Where a day is written. Not the browser's own field: it shows the month first in a browser that speaks English,
/// and nothing on the page would tell.
pub fn day_input(name: &str, day: Option<Date>, label: Option<&str>) -> Markup {
    html! {
        input.day id=(name) type="text" name=(name) value=[day.map(Date::vietnamese)] required autocomplete="off" pattern=(DAY) title=(plain("ngày/tháng/năm", "day/month/year")) aria-label=[label];
        // In a table the head of the column says so.
        @if label.is_none() { span.hint { " ngày/tháng/năm" (en("day/month/year")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_stand_several_times_and_letters_come_as_they_were_typed() {
        let fields = Fields::read(&Bytes::from_static(b"lop=6A1&lop=6A2&ly_do=N%C6%A1i+sinh")).ok();
        let fields = fields.expect("a form");
        assert_eq!(fields.all("lop").collect::<Vec<_>>(), ["6A1", "6A2"]);
        assert_eq!(fields.one("ly_do"), Some("Nơi sinh"));
        assert_eq!(fields.one("khac"), None);
        assert!(Fields::read(&Bytes::from_static(b"\xff\xfe")).is_err());
    }

    #[test]
    fn a_day_is_read_day_first_whatever_stands_between() {
        let fields = |text: &str| Fields(vec![("den".to_owned(), text.to_owned())]);
        for written in ["08/11/2025", "8/11/2025", " 8.11.2025 ", "8-11-2025", "2025-11-08"] {
            let read = fields(written).day("den").ok();
            assert_eq!(read.map(Date::vietnamese).as_deref(), Some("08/11/2025"), "{written}");
        }
        for written in ["", "11/30/2025", "8/11", "8/11/25", "31/02/2025", "mai"] {
            let refused = fields(written).day("den").err();
            assert_eq!(refused.as_ref().map(Fault::code), Some("web.day"), "{written}");
        }
    }
}
