//! The round: documents are made, people are called to sign them, and come.

use std::collections::BTreeSet;

use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::identifier::ClassName;
use school::plan::BoxName;

use crate::clerk::{self, ClerkFault};
use crate::demo::school::{self as sample, written};
use crate::demo::staff::{self, StaffMember};
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::round::{RoundNumber, Scope};
use crate::wording::Called;

/// Who signs last. Their turns are left to whoever comes to the pages.
const LAST: [StaffMember; 3] = [staff::PRINCIPAL, staff::DEPUTY, staff::STAMP];

impl Story {
    /// Every box in the order of the plans; first somebody comes too early.
    pub(super) fn sign(&mut self) -> Result<(), StoryFault> {
        self.make_bases()?;
        self.principal_comes_too_early()?;
        let round = self.open_round()?;
        self.leave_out_second_class(round)?;
        loop {
            self.come_as_called(round)?;
            self.answer_refusal()?;
            self.come_as_called(round)?;
            let closed = clerk::close_signed(&mut self.office)?;
            if !closed.is_empty() {
                self.say(&format!("Đã đóng {} hồ sơ: DSS và dấu thời gian", closed.len()), "dossiers closed");
            }
            // What cites a closed class book is made now, and people come once more.
            if self.make_bases()? == 0 {
                break;
            }
        }
        if self.office.ledger().rounds.open().any(|(open, _)| open == round) {
            clerk::close_round(&mut self.office, round)?;
        }
        Ok(())
    }

    /// How many documents were made.
    pub(super) fn make_bases(&mut self) -> Result<usize, StoryFault> {
        let made = clerk::make_bases(&mut self.office)?.len();
        if made > 0 {
            self.say(&format!("Đã lập {made} hồ sơ PDF/A-3a có sẵn ô ký"), "signing bases rendered");
        }
        Ok(made)
    }

    /// A second class is locked and signed, but its last ones are not called.
    pub(super) fn sign_all_but_last_turns(&mut self) -> Result<(), StoryFault> {
        self.make_bases()?;
        let open = self.office.ledger().rounds.open().next().map(|(number, _)| number);
        let scope = Scope {
            year: written(sample::YEAR),
            classes: [written(sample::SECOND_CLASS)].into(),
            periods: [Period::FullYear].into(),
        };
        let round = open.map_or_else(|| clerk::open_round(&mut self.office, scope), Ok)?;
        loop {
            let called = clerk::round_work(&mut self.office, round)?.calls();
            let is_called = |member: &&StaffMember| called.iter().any(|id| id.as_str() == member.id);
            let members: Vec<&StaffMember> =
                staff::STAFF.iter().filter(|one| !LAST.contains(one)).filter(is_called).collect();
            if members.is_empty() {
                return Ok(());
            }
            self.sit_together(&members)?;
        }
    }

    /// The administrator opens the round of both classes, and sees how often people will come.
    pub(super) fn open_round(&mut self) -> Result<RoundNumber, StoryFault> {
        if let Some(known) = self.office.ledger().rounds.last() {
            return Ok(known);
        }
        let year = written(sample::YEAR);
        let classes = [sample::CLASS, sample::SECOND_CLASS].map(written).into();
        let scope = Scope { year, classes, periods: [Period::FullYear].into() };
        let round = clerk::open_round(&mut self.office, scope)?;
        let visits = clerk::round_work(&mut self.office, round)?.visits();
        let sum: usize = visits.values().sum();
        self.say(
            &format!("Mở đợt ký {round}: {} người, dự kiến {sum} lượt đến văn phòng", visits.len()),
            "the round is open",
        );
        Ok(round)
    }

    /// Nobody of the first class waits for the second one, whose book is not locked yet.
    pub(super) fn leave_out_second_class(&mut self, round: RoundNumber) -> Result<(), StoryFault> {
        if !self.office.ledger().rounds.open().any(|(open, _)| open == round) {
            return Ok(());
        }
        let late = clerk::round_work(&mut self.office, round)?.late().into_keys();
        let second = late.filter(|(class, ..)| class.as_str() == sample::SECOND_CLASS);
        let second: BTreeSet<(ClassName, Period)> =
            second.map(|(class, period, _)| (class, period)).collect();
        if !second.is_empty() {
            clerk::leave_out(&mut self.office, round, &Vec::from_iter(second))?;
            self.say(
                &format!("Lớp {} chưa khóa sổ: để lại đợt sau, để không ai phải chờ", sample::SECOND_CLASS),
                "the second class is left to a later round",
            );
        }
        Ok(())
    }

    /// People come as they are called, with as many readers as people, until nobody is left to be called.
    pub(in crate::demo) fn come_as_called(&mut self, round: RoundNumber) -> Result<(), StoryFault> {
        loop {
            self.deputy_refuses_one()?;
            let work = clerk::round_work(&mut self.office, round)?;
            let called = work.calls();
            if called.is_empty() {
                return Ok(());
            }
            let mut members = Vec::new();
            for person in &called {
                let member = staff::STAFF.iter().find(|member| member.id == person.to_string());
                let member =
                    member.ok_or_else(|| StoryFault::Stuck(format!("{person} is nobody of the staff")))?;
                if let Some(remaining) = work.remaining().get(person) {
                    let called =
                        if *member == staff::STAMP { Called::Stamp } else { Called::Person(member.name) };
                    self.say(&crate::wording::ready_message(called, remaining), "called");
                }
                members.push(member);
            }
            self.sit_together(&members)?;
        }
    }

    pub(super) fn principal_comes_too_early(&mut self) -> Result<(), StoryFault> {
        let book = DossierOf::SoDiem(written(sample::CLASS));
        let book: DossierId = DossierKey::new(written(sample::YEAR), book, Period::FullYear).id();
        let untouched = self.office.ledger().dossiers.get(&book).is_some_and(|one| one.signers().is_empty());
        if !untouched {
            return Ok(());
        }
        let certificate = self.surroundings.authority.certificate(&staff::PRINCIPAL)?.der.clone();
        let name: BoxName = written("HieuTruong");
        match clerk::try_box(&mut self.office, &book, &name, &certificate) {
            Err(ClerkFault::Signing(refusal)) => {
                let words = crate::wording::fault(refusal.code());
                self.say(
                    &format!("Hiệu trưởng thử ký sổ điểm sớm: {}", words.what_and_why_vi()),
                    "refused and recorded",
                );
                Ok(())
            }
            Err(fault) => Err(fault.into()),
            Ok(_) => Err(StoryFault::Stuck("the principal could sign before the teachers".into())),
        }
    }
}
