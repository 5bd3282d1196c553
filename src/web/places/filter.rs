//! Which part of the school the overview and the lists behind its cells show: grade, class, subject, whoever is waited
//! for.

use std::collections::BTreeSet;

use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DocumentKind, Period};
use school::identifier::{ClassName, PersonId, SubjectId};
use school::moment::Moment;
use school::scoring::Grade;
use serde::Deserialize;

use crate::clerk::YearInForce;
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::export::Accepted;
use crate::lifecycle::ledger::Ledger;
use crate::web::frame::{self, en, plain};
use crate::web::places::stages::Said;
use crate::web::places::{stages, subjects};
use crate::wording;

/// What of the school is looked at.
#[derive(Debug, Default, Clone, Deserialize)]
pub struct Filter {
    khoi: Option<String>,
    lop: Option<String>,
    mon: Option<String>,
    nguoi: Option<String>,
    ky: Option<String>,
    loai: Option<String>,
    noi: Option<String>,
}

impl Filter {
    /// Whether anything was chosen.
    pub fn is_set(&self) -> bool {
        let all = [&self.khoi, &self.lop, &self.mon, &self.nguoi, &self.ky, &self.loai];
        all.iter().any(|one| one.as_deref().is_some_and(|text| !text.is_empty()))
    }

    /// Whether a document at this stage is part of it: a cell of the overview leads to those of its own stage.
    pub fn is_at(&self, said: &Said) -> bool {
        self.noi.as_deref().is_none_or(|wanted| wanted == said.words.0)
    }

    /// Whether one stage was asked for.
    pub const fn is_of_one_stage(&self) -> bool {
        self.noi.is_some()
    }

    fn class(&self) -> Option<ClassName> {
        self.lop.as_deref()?.parse().ok()
    }

    /// What a list of it is called: what was chosen, as far as it has a name.
    pub fn title(&self) -> (String, String) {
        let class = self.class().map(|class| (format!("lớp {class}"), format!("class {class}")));
        let kind = self.loai.as_deref().and_then(DocumentKind::from_code);
        let kind = kind.map(|kind| (frame::kind(kind).to_owned(), frame::kind_en(kind).to_owned()));
        let period = self.ky.as_deref().and_then(|text| text.parse::<Period>().ok());
        let period = period.map(|period| (frame::period(period), wording::period(period).en));
        let (vi, en): (Vec<_>, Vec<_>) = [class, kind, period].into_iter().flatten().unzip();
        match vi.is_empty() {
            true => ("Danh sách hồ sơ".to_owned(), "Documents".to_owned()),
            false => (format!("Hồ sơ {}", vi.join(" – ")), format!("Documents: {}", en.join(", "))),
        }
    }

    /// Whether a dossier is part of it.
    pub fn takes(&self, ledger: &Ledger, year: &YearInForce, dossier: &Dossier, at: Moment) -> bool {
        let class = stages::class_of(ledger, dossier);
        self.takes_cell(class.as_ref(), dossier.key.kind(), dossier.key.period)
            && self.subject().is_none_or(|subject| {
                dossier.plan.boxes().any(|(_, one)| one.subject.as_ref() == Some(&subject))
            })
            && self.person().is_none_or(|person| stages::waits_for(year, dossier, at).contains(&person))
    }

    /// The same of data that no documents are made of yet: they are what the class book will hold.
    pub fn takes_data(
        &self,
        ledger: &Ledger,
        year: &YearInForce,
        (export, one): (&Sha256, &Accepted),
        at: Moment,
    ) -> bool {
        let roster = &year.roster.1;
        self.takes_cell(Some(&one.class), DocumentKind::SoDiem, one.period)
            && self
                .subject()
                .is_none_or(|subject| roster.subjects(&one.class).any(|of| of.subject == subject))
            && self
                .person()
                .is_none_or(|person| stages::data_wait_for(ledger, year, (export, one), at).contains(&person))
    }

    fn takes_cell(&self, class: Option<&ClassName>, kind: DocumentKind, period: Period) -> bool {
        let of_class = |is: &dyn Fn(&ClassName) -> bool| class.is_some_and(is);
        chosen(&self.khoi).is_none_or(|grade| of_class(&|class| of_grade(class, grade)))
            && chosen(&self.lop).is_none_or(|text| of_class(&|class| class.as_str() == text))
            && chosen(&self.ky).is_none_or(|text| period.to_string() == text)
            && chosen(&self.loai).is_none_or(|text| kind.code() == text)
    }

    fn subject(&self) -> Option<SubjectId> {
        chosen(&self.mon)?.parse().ok()
    }

    fn person(&self) -> Option<PersonId> {
        chosen(&self.nguoi)?.parse().ok()
    }
}

/// What was chosen in a list; nothing where it stands on all.
fn chosen(value: &Option<String>) -> Option<&str> {
    value.as_deref().filter(|text| !text.is_empty())
}

fn grade_of(class: &ClassName) -> Option<u8> {
    Grade::of(class).ok().map(Grade::number)
}

fn of_grade(class: &ClassName, grade: &str) -> bool {
    grade_of(class).is_some_and(|one| one.to_string() == grade)
}

/// The form by which it is chosen.
pub fn filters(year: &YearInForce, filter: &Filter) -> Markup {
    let roster = &year.roster.1;
    let grades: BTreeSet<u8> = roster.homerooms.keys().filter_map(grade_of).collect();
    let is = |value: &Option<String>, text: &str| value.as_deref() == Some(text);
    let people = frame::in_order(roster);
    html! {
        form.row method="get" action="/" role="search" aria-label=(plain("Lọc", "Filter")) {
            div { label for="khoi" { "Khối" (en("Grade")) } select #khoi name="khoi" { option value="" { (plain("Tất cả", "All")) } @for one in &grades { option value=(one) selected[is(&filter.khoi, &one.to_string())] { (one) } } } }
            div { label for="lop" { "Lớp" (en("Class")) } select #lop name="lop" { option value="" { (plain("Tất cả", "All")) } @for one in roster.homerooms.keys() { option value=(one) selected[is(&filter.lop, one.as_str())] { (one) } } } }
            div { label for="mon" { "Môn" (en("Subject")) } select #mon name="mon" { option value="" { (plain("Tất cả", "All")) } @for one in subjects::taught(roster) { option translate="no" value=(one) selected[is(&filter.mon, one.as_str())] { (subjects::name(roster, one)) } } } }
            div { label for="nguoi" { "Đang chờ" (en("Waits for")) } select #nguoi name="nguoi" { option value="" { (plain("Mọi người", "Anybody")) } @for one in &people { option translate="no" value=(one.id) selected[is(&filter.nguoi, one.id.as_str())] { (one.name) } } } }
            button.quiet type="submit" { "Lọc" (en("Filter")) }
        }
    }
}
