//! Pending.
pub fn of_code(_code: &str) -> Option<crate::wording::Finding> {
    None
}
