//! The story of two classes from their exports to the sealed image, told through the doors that every
//! school uses. Started again in the same folder it goes on where it was, also after a kill.

mod acts;
mod fault;
mod inbox;
mod locking;
mod opening;
mod refusal;
mod round;
mod sealing;
mod sitting;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use school::deposit::{DepositId, DepositKind};
use school::medium::MediumId;
use school::plan::Templates;
use school::plan_choice::PlanChoice;
use school::records::token_frame::TokenSeen;
use school::regulation::Preset;

pub use self::fault::StoryFault;
use self::inbox::SETTLE;
use crate::clerk::{self, Actor, Authorities, Office, TimestampLimit};
use crate::clock;
use crate::demo::loopback::Loopback;
use crate::demo::surroundings::Surroundings;
use crate::demo::{class_6a1, class_6a2, correction, elsewhere, school as sample, staff};
use crate::intake::Inbox;
use crate::lifecycle::deposit::{Late, Stage};
use crate::lifecycle::medium;
use crate::process::reader_host::ReaderHost;
use crate::process::token_host::TokenHost;
use crate::terminal;

/// Tells the story in `dir`, of a school that chose these plans in the place of the default ones.
pub fn tell(dir: &Path, plans: &[PlanChoice]) -> Result<(), StoryFault> {
    let mut story = up_to_the_corrected_class(dir, plans)?;
    story.review(&class_6a2::export(), &staff::REVIEWERS_OF_6A2, None)?;
    story.lock("0003", &[class_6a1::export(), class_6a2::export()])?;
    story.agree_on_acts()?;
    elsewhere::tell(&mut story)?;
    story.sign()?;
    let deposit = story.seal_kind(DepositKind::Year, Late::WaitedFor)?;
    correction::tell(&mut story)?;
    let medium = story.seal_medium()?;
    story.end(dir, &deposit, &medium);
    Ok(())
}

/// The school is commissioned; the first class was locked, opened again because something was wrong, and looked at anew.
fn up_to_the_corrected_class(dir: &Path, plans: &[PlanChoice]) -> Result<Story, StoryFault> {
    let mut story = Story::begin(dir, plans)?;
    story.commission()?;
    story.take_first_exports()?;
    story.review(&class_6a1::first_export(), &staff::REVIEWERS, Some(staff::PHYSICAL_EDUCATION))?;
    story.lock("0001", &[class_6a1::first_export()])?;
    story.reopen()?;
    story.review(&class_6a1::export(), &staff::REVIEWERS, None)?;
    Ok(story)
}

/// What is left for people at the pages: the last turns are open, and the invented authority answers.
pub struct Scene {
    /// The office.
    pub office: Office,
    /// Tokens and certificates.
    pub surroundings: Surroundings,
    /// The inbox.
    pub inbox: Inbox,
    /// The authority at work.
    pub loopback: Loopback,
}

/// Tells the story in `dir` up to the last turns of the second class: the first one is signed, sealed and on
/// the image of a disc.
pub fn leave_last_turns(dir: &Path, plans: &[PlanChoice]) -> Result<Scene, StoryFault> {
    let mut story = up_to_the_corrected_class(dir, plans)?;
    story.lock("0003", &[class_6a1::export()])?;
    story.agree_on_acts()?;
    let deposits = &story.office.ledger().deposits;
    if !deposits.values().any(|one| matches!(one.stage, Stage::Sealed { .. })) {
        elsewhere::tell(&mut story)?;
        story.sign()?;
        story.seal_kind(DepositKind::Year, Late::Follow)?;
        story.seal_medium()?;
    }
    story.review(&class_6a2::export(), &staff::REVIEWERS_OF_6A2, None)?;
    story.lock("0004", &[class_6a2::export()])?;
    elsewhere::tell(&mut story)?;
    story.sign_all_but_last_turns()?;
    let Story { office, surroundings, inbox, _loopback: loopback, .. } = story;
    Ok(Scene { office, surroundings, inbox, loopback })
}

/// Nothing is told: the surroundings stand, and a school that nobody has set up.
pub fn leave_everything(dir: &Path) -> Result<Scene, StoryFault> {
    let Story { office, surroundings, inbox, _loopback: loopback, .. } = Story::begin(dir, &[])?;
    Ok(Scene { office, surroundings, inbox, loopback })
}

pub(super) struct Story {
    begun: Instant,
    pub(super) dir: PathBuf,
    plans: Templates,
    pub(super) surroundings: Surroundings,
    _loopback: Loopback,
    pub(super) office: Office,
    host: TokenHost,
    tokens: Vec<TokenSeen>,
    inbox: Inbox,
}

impl Story {
    fn begin(dir: &Path, plans: &[PlanChoice]) -> Result<Self, StoryFault> {
        let begun = Instant::now();
        terminal::data(sample::NO_LEGAL_VALUE);
        let surroundings = Surroundings::found(dir, clock::now())?;
        let loopback = Loopback::start(Arc::clone(&surroundings.authority), clock::now)?;
        let authority = &surroundings.authority;
        let authorities = Authorities {
            anchors: vec![authority.root().der.clone()],
            // The issuing CA is loaded by people, when the first token is rehearsed.
            intermediates: Vec::new(),
            crls: Vec::new(),
            timestamp_url: Some(authority.tsa_url()),
        };
        let mut office = Office::open(dir, ReaderHost::start(), authorities)?;
        office.works_for(Some(Actor::of_command()));
        // The invented authority gives as many as are asked for.
        office.limit_timestamps(TimestampLimit { count: 10_000, ..TimestampLimit::default() });
        clerk::resume(&mut office)?;
        let configuration = surroundings.tokens.configuration().to_string_lossy().into_owned();
        let environment = [("SOFTHSM2_CONF".to_owned(), configuration)];
        let mut host = TokenHost::start(surroundings.tokens.module(), &environment)?;
        let tokens = host.list()?;
        let inbox = Inbox::open(&dir.join("hop-thu"), SETTLE)?;
        let plans = plans.iter().fold(sample::plans(), |all, choice| all.choose(*choice));
        let dir = dir.to_owned();
        let story =
            Self { begun, dir, plans, surroundings, _loopback: loopback, office, host, tokens, inbox };
        story.say(
            &format!("Trường mẫu, {} USB token mềm, CA/OCSP/TSA mẫu đã sẵn sàng", staff::STAFF.len()),
            "school, tokens and authorities are ready",
        );
        Ok(story)
    }

    pub(super) fn say(&self, vi: &str, en: &str) {
        terminal::data(&format!("{:7.2} s  {vi} / {en}", self.begun.elapsed().as_secs_f64()));
    }

    fn end(&self, dir: &Path, id: &DepositId, medium: &MediumId) {
        let stands = medium::standing(&self.office.ledger().media, id, &Preset::KonTum.into());
        self.say(
            &format!("Lưu trữ {id}: chưa lưu trữ: {}/{} vật mang", stands.independent, stands.required),
            "not archived yet",
        );
        self.say(
            &format!(
                "{} điểm chốt của sổ theo dõi do người ký xác nhận",
                clerk::checkpoint_signatures(&self.office).len()
            ),
            "checkpoints signed at the end of sittings",
        );
        let stamp = self.surroundings.authority.certificate(&staff::STAMP).map(|one| one.sha256.to_string());
        let dir = dir.display();
        terminal::data(&format!(
            "\nHồ sơ đã ký / signed documents: {dir}/kho/ho-so\n\
             Lưu trữ đã niêm phong / sealed deposit: {dir}/kho/luu-tru/{id}\n\
             Vật mang đã niêm phong / sealed medium: {dir}/kho/anh-dia/{medium}.iso\n\
             Kiểm tra / verify:\n  \
             niemphong verify --trust {dir}/pki --school-cert {} {dir}/kho/anh-dia/{medium}.iso\n\
             Mã PIN mẫu / sample PINs: {}",
            stamp.unwrap_or_default(),
            staff::STAFF.map(|one| format!("{} {}", one.label, one.pin)).join(", "),
        ));
    }
}
