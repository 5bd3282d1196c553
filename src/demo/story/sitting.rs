//! A visit: one login, everything that waits for whoever came.

use school::digest::Sha256;
use school::records::token_frame::TokenSeen;
use zeroize::Zeroizing;

use crate::clerk::{self, AtToken, Seat};
use crate::demo::staff::StaffMember;
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::sitting::Sitting;
use crate::process::token_host::{PinEnvelope, TokenHost};

impl Story {
    /// One visit of one person: one login, everything that waits for them.
    pub(in crate::demo) fn sit(&mut self, member: &StaffMember) -> Result<(), StoryFault> {
        let certificate = self.surroundings.authority.certificate(member)?.sha256;
        let token = seen(&self.tokens, member)?;
        let sitting = clerk::sit(&mut self.office, &mut self.host, token, certificate, pin(member))?;
        self.tell_sitting(member, &sitting)
    }

    /// People who sign at the same time, each at a reader of their own: what one has signed, the next may sign.
    pub(super) fn sit_together(&mut self, members: &[&StaffMember]) -> Result<(), StoryFault> {
        let mut seats = Vec::new();
        for member in members {
            seats.push(Seat {
                host: self.second_host()?,
                seen: seen(&self.tokens, member)?.clone(),
                certificate: self.surroundings.authority.certificate(member)?.sha256,
                pin: pin(member),
                word: SignersWord::None,
            });
        }
        let mut watches = Vec::new();
        for left in clerk::sit_together(&mut self.office, seats, |watch| watches.push(watch))? {
            if let Some(fault) = left.refused {
                return Err(fault.into());
            }
            for member in members {
                if self.surroundings.authority.certificate(member)?.sha256 == left.sitting.certificate {
                    self.tell_sitting(member, &left.sitting)?;
                }
            }
        }
        if let Some(watch) = watches.last().filter(|_| members.len() > 1) {
            let saw = crate::wording::progress(&watch.progress());
            self.say(&saw.vi, &format!("what the last of them saw at the reader: {}", saw.en));
        }
        Ok(())
    }

    pub(super) fn tell_sitting(&self, member: &StaffMember, sitting: &Sitting) -> Result<(), StoryFault> {
        if sitting.signed.is_empty() && sitting.not_signed.is_empty() {
            return Ok(());
        }
        let words = crate::wording::sitting(sitting);
        self.say(&format!("{} ({}): {words}", member.name, member.label), "one login");
        if sitting.open() == 0 {
            return Ok(());
        }
        Err(StoryFault::Stuck(format!("{}: {words}", member.label)))
    }

    /// A token worker for another reader.
    pub(super) fn second_host(&self) -> Result<TokenHost, StoryFault> {
        let configuration = self.surroundings.tokens.configuration().to_string_lossy().into_owned();
        let environment = [("SOFTHSM2_CONF".to_owned(), configuration)];
        Ok(TokenHost::start(self.surroundings.tokens.module(), &environment)?)
    }
}

pub(super) fn seen<'t>(tokens: &'t [TokenSeen], member: &StaffMember) -> Result<&'t TokenSeen, StoryFault> {
    let found = tokens.iter().find(|token| token.label == member.label);
    found.ok_or_else(|| StoryFault::Stuck(format!("token {} is not there", member.label)))
}

pub(super) fn pin(member: &StaffMember) -> PinEnvelope {
    PinEnvelope::new(Zeroizing::new(member.pin.as_bytes().to_vec()))
}

/// Somebody at their token whom nobody told anything: the authorities of the demo always answer.
pub(super) fn at_token<'t>(
    host: &'t mut TokenHost,
    tokens: &'t [TokenSeen],
    member: &StaffMember,
    certificate: Sha256,
) -> Result<AtToken<'t>, StoryFault> {
    Ok(AtToken { host, seen: seen(tokens, member)?, certificate, pin: pin(member), word: SignersWord::None })
}
