//! Fields of a form in which one name stands several times, as ticked boxes send it.

use axum::body::Bytes;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use school::limits::REASON_CHARACTERS;

use crate::web::fault::Fault;

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

    /// The first value of a name.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
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
}
