//! Findings of a judgement and how much each weighs.

use crate::report::{Code, Problem};

/// What a finding does to the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Worth telling; changes nothing.
    Note,
    /// Something is not proven.
    Unproven,
    /// Something is proven wrong.
    Wrong,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub code: Code,
    pub place: String,
    pub weight: Weight,
}

/// Most findings of one code: a hostile file may hold millions, and fifty tell enough.
const FINDINGS_PER_CODE: usize = 50;

/// Everything found so far, in the order of finding, nothing twice.
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    pub fn add(&mut self, weight: Weight, code: Code, place: impl Into<String>) {
        let finding = Finding { code, place: place.into(), weight };
        let alike = self.list.iter().filter(|one| (one.code, one.weight) == (code, weight));
        if alike.count() < FINDINGS_PER_CODE && !self.list.contains(&finding) {
            self.list.push(finding);
        }
    }

    pub fn wrong(&mut self, code: Code, place: impl Into<String>) {
        self.add(Weight::Wrong, code, place);
    }

    pub fn unproven(&mut self, code: Code, place: impl Into<String>) {
        self.add(Weight::Unproven, code, place);
    }

    pub fn note(&mut self, code: Code, place: impl Into<String>) {
        self.add(Weight::Note, code, place);
    }

    /// Adds what another judgement found.
    pub fn append(&mut self, other: &Self) {
        for finding in &other.list {
            self.add(finding.weight, finding.code, finding.place.clone());
        }
    }

    pub fn worst(&self) -> Option<Weight> {
        self.list.iter().map(|finding| finding.weight).max()
    }

    /// The first code of this weight.
    pub fn first(&self, weight: Weight) -> Option<Code> {
        self.list.iter().find(|finding| finding.weight == weight).map(|finding| finding.code)
    }

    pub fn has(&self, weight: Weight, codes: &[Code]) -> bool {
        self.list.iter().any(|finding| finding.weight == weight && codes.contains(&finding.code))
    }

    pub fn into_problems(self) -> Vec<Problem> {
        let problem = |finding: Finding| Problem {
            code: finding.code.as_str().to_owned(),
            place: finding.place,
            vi: String::new(),
            en: String::new(),
        };
        self.list.into_iter().map(problem).collect()
    }
}
