//! The head of an object stream (ISO 32000-2, 7.5.7): which member stands where among its octets.

use std::collections::BTreeSet;
use std::ops::Range;

use school::limits::PDF_OBJECTS;

use crate::pdf::syntax::Parser;

/// The members that a head lists.
#[derive(Debug)]
pub(crate) struct Head {
    /// Number and offset of each.
    members: Vec<(u32, usize)>,
    end: usize,
    /// Nothing but white space stands before the first member that the head does not list.
    is_tight: bool,
}

impl Head {
    /// Reads the head of `count` members before `first`.
    pub fn read(octets: &[u8], count: usize, first: usize) -> Option<Self> {
        if count > PDF_OBJECTS || first > octets.len() {
            return None;
        }
        let mut table = Parser::at(&octets[..first], 0);
        let mut members = Vec::new();
        for _ in 0..count {
            table.blanks();
            let number = u32::try_from(table.unsigned().ok()?).ok()?;
            table.blanks();
            members.push((number, first.checked_add(usize::try_from(table.unsigned().ok()?).ok()?)?));
        }
        table.blanks();
        let begins = members.first().map_or(octets.len(), |(_, at)| *at).min(octets.len());
        let mut between = Parser::at(&octets[..begins], first);
        between.blanks();
        let is_tight = table.at == first && between.at == begins.max(first);
        Some(Self { members, end: octets.len(), is_tight })
    }

    /// Where the member at `position` stands, if it has this number.
    pub fn member(&self, position: usize, number: u32) -> Option<Range<usize>> {
        let (named, at) = *self.members.get(position)?;
        let next = self.members.get(position + 1).map_or(self.end, |(_, next)| *next);
        (named == number && at <= next && next <= self.end).then_some(at..next)
    }

    /// True when these positions are all members, and nothing stands beside them.
    pub fn names_all(&self, named: &[(usize, u32)]) -> bool {
        let positions: BTreeSet<usize> = named.iter().map(|(position, _)| *position).collect();
        self.is_tight && positions.len() == self.members.len()
    }
}
