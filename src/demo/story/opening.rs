//! How the school begins: everybody rehearses, roster and plans are signed.

use school::roster::Roster;

use crate::clerk::{self, Office, Rehearsing};
use crate::clock;
use crate::demo::pictures;
use crate::demo::school::{self as sample, written};
use crate::demo::staff::{self, STAFF};
use crate::demo::story::sitting::{at_token, pin, seen};
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::event::Capacity;

impl Story {
    /// Roster and plans, signed by principal and stamp.
    pub(super) fn commission(&mut self) -> Result<(), StoryFault> {
        let authority = &self.surroundings.authority;
        let principal = authority.certificate(&staff::PRINCIPAL)?.sha256;
        let stamp = authority.certificate(&staff::STAMP)?.sha256;
        clerk::commission(&mut self.office, &sample::school().code, principal, stamp)?;
        let mut roster = self.surroundings.roster()?;
        if self.office.ledger().years.contains_key(&roster.year) {
            return Ok(());
        }
        pictures::name_in(&mut self.office, &mut roster)?;
        self.enrol(&roster)?;
        for (member, certificate) in [(&staff::PRINCIPAL, principal), (&staff::STAMP, stamp)] {
            let at = at_token(&mut self.host, &self.tokens, member, certificate)?;
            clerk::sign_year(&mut self.office, at, &roster, &self.plans)?;
        }
        self.say(
            "Hiệu trưởng và con dấu đã ký danh sách nhân sự và kế hoạch ký",
            "roster and plans are in force",
        );
        Ok(())
    }

    /// Everyone rehearses at the office's screen; the CA that nobody knows is loaded and confirmed first.
    pub(super) fn enrol(&mut self, roster: &Roster) -> Result<(), StoryFault> {
        let screen = written("van-phong-1");
        for member in &STAFF {
            let person = roster.people.iter().find(|person| person.id.as_str() == member.id);
            let person = person.ok_or_else(|| StoryFault::Stuck(format!("{} has no place", member.id)))?;
            let waiting = self.office.ledger().enrolment.without_green_rehearsal([person], clock::now());
            if waiting.is_empty() {
                continue;
            }
            let token = seen(&self.tokens, member)?;
            clerk::take_reader(&mut self.office, &token.reader, &screen)?;
            let role = staff::role(member);
            let who = Rehearsing { school: &roster.school, person, role, screen: &screen };
            let mut rehearse =
                |office: &mut Office| clerk::rehearse(office, &mut self.host, token, who, pin(member));
            let mut outcome = rehearse(&mut self.office)?;
            if outcome.codes == ["rehearsal.authority_unknown"] {
                // This token brings no CA certificate, so it comes from a file of the authority.
                outcome.proposed = clerk::propose_authorities(
                    &mut self.office,
                    &self.surroundings.authority.issuing()?.der,
                )?;
                for certificate in outcome.proposed {
                    let typed = certificate.to_string();
                    let both =
                        [(&roster.admin_board, Capacity::Admin), (&roster.principal, Capacity::Principal)];
                    for by in both {
                        clerk::confirm_authority(&mut self.office, certificate, &typed, by)?;
                    }
                }
                outcome = rehearse(&mut self.office)?;
            }
            if let (None, Some(code)) = (outcome.page, outcome.codes.first()) {
                return Err(StoryFault::Stuck(format!("the rehearsal of {} is red: {code}", member.id)));
            }
        }
        clerk::confirm_bindings(&mut self.office, roster, &roster.admin_board)?;
        self.say(
            &format!(
                "CA đã được nạp và xác nhận; {} người và con dấu đã diễn tập, gắn kết đã được xác nhận",
                STAFF.len() - 1
            ),
            "the CA is confirmed, everyone has rehearsed, bindings are confirmed",
        );
        Ok(())
    }
}
