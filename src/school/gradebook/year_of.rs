//! A value by term and year.

use serde::{Deserialize, Serialize};

/// One value for each term, for the year, and after the summer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearOf<T> {
    /// First term.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub hk1: Option<T>,
    /// Second term; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub hk2: Option<T>,
    /// The year; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub year: Option<T>,
    /// After training or assessment in the summer; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub retest: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> YearOf<T> {
    /// Nothing known.
    pub const EMPTY: Self = Self { hk1: None, hk2: None, year: None, retest: None };

    /// Whether nothing is known.
    pub const fn is_empty(&self) -> bool {
        self.hk1.is_none() && self.hk2.is_none() && self.year.is_none() && self.retest.is_none()
    }
}

impl<T> Default for YearOf<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}
