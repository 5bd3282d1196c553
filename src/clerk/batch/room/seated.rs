//! A person who sits at a reader.

use std::collections::{BTreeSet, VecDeque};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use crafts::cms::SignedAttributes;
use school::dossier::DossierId;
use school::limits::{SIGNING_AHEAD, SIGNING_AHEAD_MS, SIGNING_GROUP};
use school::plan::BoxName;
use school::records::token_frame::{Hash, KeyKind};

use super::CANCELLED;
use crate::clerk::batch::lane::Errand;
use crate::clerk::batch::seat::Watch;
use crate::clerk::checkpoints::{self, AskedCheckpoint};
use crate::clerk::sign::Identity;
use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::sitting::{AtReader, NotSigned, Progress, Sitting};
use crate::lifecycle::to_sign::ToSign;

/// A person who sits.
pub(super) struct Seated {
    pub(super) identity: Identity,
    pub(super) watch: Watch,
    /// The only dossiers that the person wants to sign in this visit; nothing means all.
    pub(super) only: Option<BTreeSet<DossierId>>,
    // None once there is nothing more to be done: the lane logs out.
    pub(super) errands: Option<Sender<Errand>>,
    /// The key, once logged in.
    pub(super) key: Option<KeyKind>,
    pub(super) begun: Instant,
    /// Open boxes.
    pub(super) queue: VecDeque<(DossierId, BoxName)>,
    /// Dossiers whose boxes others here sign first.
    pub(super) expected: BTreeSet<DossierId>,
    pub(super) at_token: usize,
    /// With the readers, or confirmed by them and not yet recorded.
    pub(super) in_judgement: usize,
    /// How long the token takes, on average of late.
    pub(super) pace: Option<Duration>,
    /// How long it signed in all, and since when.
    pub(super) busy: Duration,
    pub(super) first: Option<Instant>,
    /// What the token is asked for last.
    pub(super) checkpoint: Option<(AskedCheckpoint, SignedAttributes)>,
    pub(super) sitting: Sitting,
    pub(super) refused: Option<ClerkFault>,
}

impl Seated {
    pub(super) fn timed(&mut self, took: Duration) {
        let now = Instant::now();
        let first = *self.first.get_or_insert_with(|| now.checked_sub(took).unwrap_or(now));
        self.busy += took;
        (self.sitting.token_ms, self.sitting.span_ms) = (ms(self.busy), ms(now - first));
    }

    /// A box of this dossier is recorded.
    pub(super) fn recorded(&mut self, id: DossierId, name: BoxName) {
        self.in_judgement -= 1;
        self.sitting.signed.push((id, name));
        self.sitting.recorded_ms = ms(self.begun.elapsed());
    }

    pub(super) fn wants(&self, id: &DossierId) -> bool {
        is_wanted(self.only.as_ref(), id)
    }

    pub(super) fn goes_on(&self) -> bool {
        self.refused.is_none()
            && self.sitting.ended_early.is_none()
            && self.checkpoint.is_none()
            && self.errands.is_some()
            && !self.watch.is_cancelled()
    }

    pub(super) fn could_not(&self, id: &DossierId) -> bool {
        self.sitting.not_signed.iter().any(|one| one.dossier == *id)
    }

    /// How many documents may be before the token.
    pub(super) fn ahead(&self) -> usize {
        let in_time =
            self.pace.map_or(0, |pace| u128::from(SIGNING_AHEAD_MS) * 1000 / pace.as_micros().max(1));
        usize::try_from(in_time).unwrap_or(SIGNING_AHEAD).clamp(2, SIGNING_AHEAD)
    }

    /// How many documents may be before the token after the next group; nothing while it has enough. Whoever waits
    /// for the first ones waits for few. A token with many before it can wait for as many more, so that their
    /// flushes are shared.
    pub(super) fn most_at_token(&self) -> Option<usize> {
        let group = self.at_token.max(SIGNING_GROUP);
        (self.at_token * 2 <= self.ahead()).then(|| self.ahead().min(self.at_token + group))
    }

    /// The last thing that the token is asked for. A token that is gone cannot; that is an entry and no error.
    pub(super) fn ask_for_checkpoint(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        let certificate = self.sitting.certificate;
        let gone = self.sitting.ended_early.clone().filter(|code| code != CANCELLED);
        let asked = match gone {
            Some(code) => Err(code),
            None => self.checkpoint_of(office).map_err(|fault| fault.code().to_owned()),
        };
        match asked {
            Ok((asked, attributes)) => {
                if let Some(errands) = &self.errands {
                    // A lane ends only after its errands.
                    let _ = errands.send(Errand::Checkpoint { attributes: attributes.der().to_vec() });
                }
                self.checkpoint = Some((asked, attributes));
            }
            Err(code) => {
                checkpoints::missed(office, certificate, &code)?;
                self.errands = None;
            }
        }
        Ok(())
    }

    fn checkpoint_of(&self, office: &Office) -> Result<(AskedCheckpoint, SignedAttributes), ClerkFault> {
        let asked = AskedCheckpoint::of(office)?;
        let attributes = self.identity.detached(asked.text().as_bytes(), Hash::Sha512)?;
        Ok((asked, attributes))
    }

    /// What the person came for.
    pub(super) fn wanted(&self) -> ToSign {
        ToSign::visit(self.queue.iter().map(|(id, _)| id).chain(&self.expected))
    }

    pub(super) fn show(&self) {
        let Sitting { signed, not_signed, .. } = &self.sitting;
        let open = self.queue.len() + self.at_token + self.in_judgement + self.expected.len();
        let at_reader = match self.key {
            // Until the login it is what it was at first.
            None => self.watch.progress().at_reader,
            Some(_) if self.at_token == 0 && self.queue.is_empty() && !self.expected.is_empty() => {
                AtReader::WaitingForOthers
            }
            Some(_) => AtReader::Signing,
        };
        let (signed, not_signed) = (signed.len(), not_signed.len());
        let now =
            Progress { at_reader, signed, not_signed, ..Progress::at_first(signed + not_signed + open) };
        self.watch.show(now.paced(ms(self.begun.elapsed())));
    }
}

fn ms(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

pub(super) fn is_wanted(only: Option<&BTreeSet<DossierId>>, id: &DossierId) -> bool {
    only.is_none_or(|only| only.contains(id))
}

pub(super) fn not_signed(id: &DossierId, name: &BoxName, fault: &ClerkFault) -> NotSigned {
    NotSigned { dossier: id.clone(), signing_box: name.clone(), code: fault.code().to_owned() }
}
