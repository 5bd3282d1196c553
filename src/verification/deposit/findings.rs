//! Collects problems; the verdict is that of the worst.

use school::limits;

use super::code::Code;
use crate::report::{Problem, Verdict};

/// Problems in the order in which they were found, at most [`limits::PROBLEMS`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Findings {
    problems: Vec<Problem>,
    worst: Option<Code>,
}

impl Findings {
    /// Adds a problem at a file, entry or line. Long places are cut: they come from strangers.
    pub fn add(&mut self, code: Code, place: impl Into<String>) {
        if self.worst.is_none_or(|worst| rank(code.verdict()) > rank(worst.verdict())) {
            self.worst = Some(code);
        }
        if self.problems.len() < limits::PROBLEMS {
            self.problems.push(problem(code, place.into()));
        } else if self.problems.len() == limits::PROBLEMS {
            self.problems.push(problem(Code::TooManyProblems, String::new()));
        }
    }

    /// Valid without any problem, else the verdict of the worst.
    pub fn verdict(&self) -> Verdict {
        self.worst.map_or(Verdict::Valid, Code::verdict)
    }

    /// The first code among those that weigh most.
    pub fn worst(&self) -> Option<Code> {
        self.worst
    }

    /// The problems, words empty.
    pub fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

fn problem(code: Code, place: String) -> Problem {
    let place = match place.char_indices().nth(limits::PROBLEM_PLACE_CHARACTERS) {
        Some((cut, _)) => format!("{}…", &place[..cut]),
        None => place,
    };
    Problem { code: code.as_str().into(), place, vi: String::new(), en: String::new() }
}

/// How bad a verdict is; the worst of a set is the verdict of the set.
pub(crate) fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Valid => 0,
        Verdict::Indeterminate => 1,
        Verdict::Unsigned | Verdict::Invalid => 2,
        Verdict::Malformed => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_decides_whatever_the_order() {
        let mut findings = Findings::default();
        assert_eq!(findings.verdict(), Verdict::Valid);
        findings.add(Code::TimestampMissing, "");
        assert_eq!(findings.verdict(), Verdict::Indeterminate);
        findings.add(Code::PayloadAltered, "data/x");
        findings.add(Code::RevocationUnchecked, "");
        assert_eq!(findings.verdict(), Verdict::Invalid);
        assert_eq!(findings.worst(), Some(Code::PayloadAltered));
    }

    #[test]
    fn a_hostile_deposit_cannot_make_the_report_grow_without_end() {
        let mut findings = Findings::default();
        for _ in 0..2 * limits::PROBLEMS {
            findings.add(Code::TimestampMissing, "ố".repeat(10_000));
        }
        findings.add(Code::NotABag, "");
        assert_eq!(findings.verdict(), Verdict::Malformed);
        let problems = findings.into_problems();
        assert_eq!(problems.len(), limits::PROBLEMS + 1);
        assert!(problems.iter().all(|problem| problem.place.len() < 1_000));
    }
}
