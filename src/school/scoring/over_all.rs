//! What is judged over all subjects of a pupil: study, conduct, average, outcome, title, absence.

use super::Scheme;
use super::ability::ability;
use super::cell::{Cell, Value, When};
use super::checked::{Findings, Place, terms};
use super::conduct_of_year::conduct_of_year;
use super::outcome::{Ending, outcome};
use super::standing::Standing;
use super::study_level::study_level;
use super::subject_check::Standings;
use super::title::title;
use crate::dossier::Period;
use crate::gradebook::{AbsenceKind, Conduct, Gradebook, Mark, Pupil, Study, YearOf};

/// Judges `pupil` from the standings over all subjects.
pub(super) fn judge(
    book: &Gradebook,
    rules: Scheme,
    pupil: &Pupil,
    standings: &Standings,
    findings: &mut Findings,
) {
    let place = Place { pupil, subject: None };
    let study = study(book, rules, place, standings, findings);
    let conduct = conduct(book, rules, place, findings);
    ending(book, rules, place, standings, (study, conduct), findings);
    absence(place, findings);
}

/// The levels of study as far as they are known: recomputed, else as claimed.
fn study(
    book: &Gradebook,
    rules: Scheme,
    place: Place,
    standings: &Standings,
    findings: &mut Findings,
) -> YearOf<Study> {
    let claimed = &place.pupil.study;
    let mut known = YearOf::EMPTY;
    let mut one = |when, standing: Option<&Standing>, claim: Option<Study>, average: Option<Mark>| {
        let (expected, mean) = level(rules, standing);
        findings.compare(place, Cell::Study(when), expected.map(Value::Study), claim.map(Value::Study));
        let at = Cell::Average(when);
        match rules {
            Scheme::Tt58 => findings.compare(place, at, mean.map(Value::Mark), average.map(Value::Mark)),
            // There is no such average any more.
            Scheme::Tt22 => findings.compare_exactly(place, at, None, average.map(Value::Mark)),
        }
        expected.or(claim)
    };
    let averages = &place.pupil.averages;
    for when in terms(book.period) {
        match when {
            When::Hk1 => known.hk1 = one(*when, standings.hk1.as_ref(), claimed.hk1, averages.hk1),
            _ => known.hk2 = one(*when, standings.hk2.as_ref(), claimed.hk2, averages.hk2),
        }
    }
    if book.period != Period::FirstTerm {
        known.year = one(When::Year, standings.year.as_ref(), claimed.year, averages.year);
    }
    let after = standings.retest.as_ref();
    if after.is_some() || claimed.retest.is_some() || averages.retest.is_some() {
        // Who was not assessed again has no level after the summer.
        match after {
            Some(after) => {
                known.retest = one(When::Retest, Some(after), claimed.retest, averages.retest);
            }
            None => {
                let claim = claimed.retest.map(Value::Study);
                findings.compare_exactly(place, Cell::Study(When::Retest), None, claim);
            }
        }
    }
    known
}

fn level(rules: Scheme, standing: Option<&Standing>) -> (Option<Study>, Option<Mark>) {
    match (rules, standing) {
        (_, None) => (None, None),
        (Scheme::Tt22, Some(standing)) => (study_level(standing), None),
        (Scheme::Tt58, Some(standing)) => {
            let ability = ability(standing);
            (ability.map(|one| one.study), ability.map(|one| one.average))
        }
    }
}

/// Conduct of terms and summer is a judgement; only that of the year follows from the terms.
fn conduct(book: &Gradebook, rules: Scheme, place: Place, findings: &mut Findings) -> YearOf<Conduct> {
    let claimed = place.pupil.conduct;
    let mut judged = |when, claim: Option<Conduct>| match claim {
        None => findings.misses(place, Cell::Conduct(when)),
        Some(level) if !rules.knows_conduct(level) => {
            findings.differs(place, Cell::Conduct(when), None, Some(Value::Conduct(level)));
        }
        Some(_) => {}
    };
    for when in terms(book.period) {
        judged(*when, if *when == When::Hk1 { claimed.hk1 } else { claimed.hk2 });
    }
    if claimed.retest.is_some() {
        judged(When::Retest, claimed.retest);
    }
    let mut known = claimed;
    if book.period != Period::FirstTerm {
        let expected = match (claimed.hk1, claimed.hk2) {
            (Some(hk1), Some(hk2)) => conduct_of_year(rules, hk1, hk2),
            _ => None,
        };
        match expected {
            Some(_) => {
                let at = Cell::Conduct(When::Year);
                let value = |level: Option<Conduct>| level.map(Value::Conduct);
                findings.compare(place, at, value(expected), value(claimed.year));
            }
            None => judged(When::Year, claimed.year),
        }
        known.year = expected.or(claimed.year);
    }
    known
}

fn ending(
    book: &Gradebook,
    rules: Scheme,
    place: Place,
    standings: &Standings,
    (study, conduct): (YearOf<Study>, YearOf<Conduct>),
    findings: &mut Findings,
) {
    if matches!(book.period, Period::Snapshot(_)) {
        // Nothing has ended yet.
        return;
    }
    let pupil = place.pupil;
    let (claimed, titled) = (pupil.outcome.map(Value::Outcome), pupil.honour.map(Value::Honour));
    if book.period == Period::FirstTerm {
        findings.compare_exactly(place, Cell::Outcome, None, claimed);
        let by_term = match (rules, study.hk1, conduct.hk1, &standings.hk1) {
            (Scheme::Tt58, Some(study), Some(conduct), Some(hk1)) => title(rules, study, conduct, hk1),
            _ => None,
        };
        findings.compare_exactly(place, Cell::Honour, by_term.map(Value::Honour), titled);
        return;
    }
    let (Some(year), Some(behaved)) = (study.year, conduct.year) else {
        return findings.compare(place, Cell::Outcome, None, claimed);
    };
    let summer_is_over =
        book.period == Period::AfterSummer || study.retest.is_some() || conduct.retest.is_some();
    let after_summer = (study.retest.unwrap_or(year), conduct.retest.unwrap_or(behaved));
    let ending = Ending {
        study: year,
        conduct: behaved,
        absent: pupil.absence.total(),
        after_summer: summer_is_over.then_some(after_summer),
    };
    let expected = Some(Value::Outcome(outcome(rules, &ending)));
    findings.compare(place, Cell::Outcome, expected, claimed);
    if let Some(standing) = &standings.year {
        let expected = title(rules, year, behaved, standing).map(Value::Honour);
        findings.compare_exactly(place, Cell::Honour, expected, titled);
    }
}

/// Where absence was recorded day by day, the totals are its sums.
fn absence(place: Place, findings: &mut Findings) {
    let pupil = place.pupil;
    if pupil.attendance.is_empty() {
        return;
    }
    let days = |kind: AbsenceKind| {
        let days = pupil.attendance.iter().flat_map(|month| month.days.values());
        let count = days.filter(|day| **day == kind).count();
        Some(Value::Count(u16::try_from(count).unwrap_or(u16::MAX)))
    };
    let (excused, unexcused) = (days(AbsenceKind::Excused), days(AbsenceKind::Unexcused));
    let total = |days: u16| Some(Value::Count(days));
    findings.compare_exactly(place, Cell::Excused, excused, total(pupil.absence.excused));
    findings.compare_exactly(place, Cell::Unexcused, unexcused, total(pupil.absence.unexcused));
}
