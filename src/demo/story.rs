//! The story of two classes from their exports to the sealed image, told through the doors that every
//! school uses. Started again in the same folder it goes on where it was, also after a kill.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use school::act::{self, Act, Deed, TeachingPlace};
use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::identifier::ClassName;
use school::medium::{Disc, MediumId};
use school::plan::{BoxName, Templates};
use school::plan_choice::PlanChoice;
use school::records::token_frame::TokenSeen;
use school::regulation::Preset;
use school::role::Role;
use school::roster::Roster;
use zeroize::Zeroizing;

use crate::accounts::AccountFault;
use crate::clerk::{
    self, Actor, AtToken, Authorities, ClerkFault, Office, Reception, Rehearsing, Seat, TimestampLimit,
};
use crate::clock;
use crate::demo::loopback::Loopback;
use crate::demo::school::written;
use crate::demo::staff::{self, STAFF, StaffMember};
use crate::demo::surroundings::Surroundings;
use crate::demo::{DemoFault, class_6a1, class_6a2, correction, elsewhere, pictures, school as sample};
use crate::intake::{Inbox, InboxFault};
use crate::lifecycle::act as acts;
use crate::lifecycle::deposit::{Late, Stage};
use crate::lifecycle::dossier::{self, Dossier, SignersWord};
use crate::lifecycle::event::Capacity;
use crate::lifecycle::export;
use crate::lifecycle::medium;
use crate::lifecycle::review::Part;
use crate::lifecycle::round::{RoundNumber, Scope};
use crate::lifecycle::sitting::Sitting;
use crate::process::reader_host::ReaderHost;
use crate::process::token_host::{PinEnvelope, TokenHost};
use crate::terminal;
use crate::web::PagesFault;
use crate::wording::{self, Called};

/// How long a file must stay the same; short, because nobody copies over a slow network here.
const SETTLE: Duration = Duration::from_millis(150);
/// How long the inbox is given to take the export.
const INBOX_WAIT: Duration = Duration::from_secs(60);

/// The story could not be told to its end. Started again, it goes on.
#[derive(Debug, thiserror::Error)]
pub enum StoryFault {
    /// The surroundings.
    #[error(transparent)]
    Surroundings(#[from] DemoFault),
    /// A step of the clerk.
    #[error(transparent)]
    Clerk(#[from] ClerkFault),
    /// A token.
    #[error(transparent)]
    Token(#[from] crate::process::token_host::TokenRefusal),
    /// The inbox.
    #[error(transparent)]
    Inbox(#[from] InboxFault),
    /// The accounts of the pages.
    #[error(transparent)]
    Accounts(#[from] AccountFault),
    /// The pages.
    #[error(transparent)]
    Pages(#[from] PagesFault),
    /// A file could not be written.
    #[error("a file of the demo could not be written")]
    File(#[from] std::io::Error),
    /// Something did not come about in its time.
    #[error("{0}")]
    Stuck(String),
}

impl StoryFault {
    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Surroundings(fault) => fault.code(),
            Self::Clerk(fault) => fault.code(),
            Self::Token(refusal) => refusal.code(),
            Self::Inbox(_) => "inbox.unusable",
            Self::Accounts(fault) => fault.code(),
            Self::Pages(fault) => fault.code(),
            Self::File(_) => "demo.file",
            Self::Stuck(_) => "demo.stuck",
        }
    }
}

/// Tells the story in `dir`, of a school that chose these plans in the place of the default ones.
pub fn tell(dir: &Path, plans: &[PlanChoice]) -> Result<(), StoryFault> {
    let mut story = Story::begin(dir, plans)?;
    story.commission()?;
    story.take_first_exports()?;
    story.review(&class_6a1::first_export(), &staff::REVIEWERS, Some(staff::PHYSICAL_EDUCATION))?;
    story.lock("0001", &[class_6a1::first_export()])?;
    story.reopen()?;
    story.review(&class_6a1::export(), &staff::REVIEWERS, None)?;
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

/// Who signs last. Their turns are left to whoever comes to the pages.
const LAST: [StaffMember; 3] = [staff::PRINCIPAL, staff::DEPUTY, staff::STAMP];

/// Tells the story in `dir` up to the last turns of the second class: the first one is signed, sealed and on
/// the image of a disc.
pub fn leave_last_turns(dir: &Path, plans: &[PlanChoice]) -> Result<Scene, StoryFault> {
    let mut story = Story::begin(dir, plans)?;
    story.commission()?;
    story.take_first_exports()?;
    story.review(&class_6a1::first_export(), &staff::REVIEWERS, Some(staff::PHYSICAL_EDUCATION))?;
    story.lock("0001", &[class_6a1::first_export()])?;
    story.reopen()?;
    story.review(&class_6a1::export(), &staff::REVIEWERS, None)?;
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

    /// Roster and plans, signed by principal and stamp.
    fn commission(&mut self) -> Result<(), StoryFault> {
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
    fn enrol(&mut self, roster: &Roster) -> Result<(), StoryFault> {
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

    /// A token worker for another reader.
    fn second_host(&self) -> Result<TokenHost, StoryFault> {
        let configuration = self.surroundings.tokens.configuration().to_string_lossy().into_owned();
        let environment = [("SOFTHSM2_CONF".to_owned(), configuration)];
        Ok(TokenHost::start(self.surroundings.tokens.module(), &environment)?)
    }

    /// A snapshot, an export with mistakes in its form, and one whose mistake nobody sees yet.
    fn take_first_exports(&mut self) -> Result<(), StoryFault> {
        let files = [
            (class_6a1::SNAPSHOT_FILE, class_6a1::snapshot()),
            ("6A1_ca-nam_loi.json", class_6a1::flawed_export()),
            (class_6a1::FIRST_EXPORT_FILE, class_6a1::first_export()),
        ];
        self.drop_into_inbox(&files)
    }

    pub(super) fn drop_into_inbox(&mut self, files: &[(&str, Vec<u8>)]) -> Result<(), StoryFault> {
        let taken = |story: &Self, bytes: &[u8]| {
            let stage = story.office.ledger().exports.stage(&Sha256::of(bytes));
            matches!(stage, Some(export::Stage::Accepted(_) | export::Stage::Refused(_)))
        };
        for (name, bytes) in files.iter().filter(|(_, bytes)| !taken(self, bytes)) {
            self.drop_file(name, bytes)?;
        }
        self.empty_inbox_until(|story| files.iter().all(|(_, bytes)| taken(story, bytes)))
    }

    /// As a careful copying program does: complete under another name, then renamed.
    pub(super) fn drop_file(&self, name: &str, bytes: &[u8]) -> Result<(), StoryFault> {
        let path = self.inbox.folder().join(name);
        if !path.exists() {
            let hidden = self.inbox.folder().join(format!(".{name}"));
            fs::write(&hidden, bytes)?;
            fs::rename(&hidden, &path)?;
        }
        Ok(())
    }

    pub(super) fn empty_inbox_until(&mut self, done: impl Fn(&Self) -> bool) -> Result<(), StoryFault> {
        let until = Instant::now() + INBOX_WAIT;
        loop {
            for (name, reception) in clerk::empty_inbox(&mut self.office, &mut self.inbox)? {
                self.tell_reception(&name, &reception);
            }
            if done(self) && !self.inbox.is_waiting() {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(StoryFault::Stuck("the inbox did not take the files".into()));
            }
            std::thread::sleep(SETTLE / 3);
        }
    }

    fn tell_reception(&self, name: &str, reception: &Reception) {
        match reception {
            Reception::Accepted { class, period, note, .. } => {
                let of = wording::period_within(*period).vi;
                let rules = if note.is_none() {
                    "khớp quy định tính điểm"
                } else {
                    "có khác biệt hoặc còn thiếu"
                };
                self.say(
                    &format!("Đã nhận {name}: lớp {class}, {of}; {rules}"),
                    "export taken and recomputed",
                );
            }
            Reception::Parts { classes, .. } => {
                self.say(&format!("{name}: một phần của {} lớp", classes.len()), "parts of classes");
            }
            Reception::Kept { report, .. } => {
                let (vi, en) = wording::report_kept(report.kind);
                self.say(&format!("{name}: {vi}"), en);
            }
            Reception::Correction { case, changes, .. } => self.say(
                &format!("{name}: {} giá trị đã ký bị sửa, mở hồ sơ sửa chữa {case}", changes.len()),
                "a correction case is opened",
            ),
            Reception::SignedElsewhere { dossier, .. } => self.say(
                &format!("Đã nhận {name}: học bạ {dossier} đã ký ở nơi khác, đã kiểm tra"),
                "a transcript that was signed elsewhere, verified and registered",
            ),
            Reception::NotTaken(refusal) => self.say(
                &format!("Không nhận {name}, xem hop-thu/loi/{name}.txt"),
                &format!("not taken: {}", refusal.code()),
            ),
            Reception::KnownAlready { .. } => self.say(&format!("{name} đã nhận trước đó"), "known already"),
            Reception::Refused { problems, .. } => self.say(
                &format!("Không nhận {name}: {} chỗ cần sửa, xem hop-thu/loi/{name}.txt", problems.len()),
                "refused with every problem",
            ),
            Reception::TooLarge => self.say(&format!("Không nhận {name}: quá lớn"), "too large"),
        }
    }

    /// Teachers look, ban quản trị proposes, the principal signs, the decision is closed.
    fn lock(&mut self, number: &str, exports: &[Vec<u8>]) -> Result<(), StoryFault> {
        let exports: Vec<Sha256> = exports.iter().map(|export| Sha256::of(export)).collect();
        for export in &exports {
            self.explain(*export)?;
        }
        let proposed =
            clerk::propose_lock(&mut self.office, written(sample::YEAR), written(number), &exports, None)?;
        self.decide(&proposed, "Quyết định khóa sổ đã ký và đóng", "the lock decision is closed")
    }

    /// A pupil who came in mid-term has one regular mark more: the principal says why it stands.
    pub(super) fn explain(&mut self, export: Sha256) -> Result<(), StoryFault> {
        let open = match self.office.ledger().exports.stage(&export) {
            Some(export::Stage::Accepted(accepted)) => {
                let check = accepted.check.as_ref();
                check.is_some_and(|check| !check.differing.is_empty() && check.accepted.is_none())
            }
            _ => false,
        };
        if open {
            clerk::accept_differences(&mut self.office, export, class_6a1::WHY_IT_STANDS)?;
            self.say(
                "Một giá trị khác quy định: Hiệu trưởng ghi lý do chấp nhận",
                "the principal recorded why a difference stands",
            );
        }
        Ok(())
    }

    fn decide(&mut self, decision: &DossierId, vi: &str, en: &str) -> Result<(), StoryFault> {
        self.sit(&staff::ADMIN_BOARD)?;
        self.sit(&staff::PRINCIPAL)?;
        if !clerk::close_signed(&mut self.office)?.is_empty() {
            self.say(&format!("{vi}: {decision}"), en);
        }
        Ok(())
    }

    /// Each teacher compares an export with what they recorded themselves. `away`: one of them is on
    /// leave, and the principal says why it goes on without the answer.
    fn review(
        &mut self,
        export: &[u8],
        reviewers: &[(Option<&str>, StaffMember)],
        away: Option<StaffMember>,
    ) -> Result<(), StoryFault> {
        let export = Sha256::of(export);
        let reviewed = |story: &Self| match story.office.ledger().exports.stage(&export) {
            Some(export::Stage::Accepted(accepted)) => accepted.review.answers().len(),
            _ => 0,
        };
        if reviewed(self) > 0 {
            return Ok(());
        }
        let there = reviewers.iter().filter(|(_, member)| Some(*member) != away);
        for (subject, member) in there {
            let part = subject.map_or(Part::Homeroom, |subject| Part::Subject(written(subject)));
            clerk::review(&mut self.office, export, &part, &written(member.id), true)?;
        }
        if let Some(member) = away {
            let reason = format!("{} nghỉ ốm; Tổ trưởng đã đối chiếu sổ điểm cá nhân.", member.name);
            clerk::waive_review(&mut self.office, export, &reason)?;
        }
        let (answers, of) = (reviewed(self), reviewers.len());
        self.say(&format!("Giáo viên soát trước: {answers}/{of} xác nhận đúng"), "teachers looked first");
        Ok(())
    }

    /// A wrong birthplace is seen after the lock and before anybody signed: mở sổ, a corrected export,
    /// and a lock of its own for it.
    fn reopen(&mut self) -> Result<(), StoryFault> {
        let first = Sha256::of(&class_6a1::first_export());
        let reason = "Nơi sinh của học sinh HS0003 ghi sai, phát hiện khi đối chiếu hồ sơ.";
        let proposed = clerk::propose_reopening(
            &mut self.office,
            written(sample::YEAR),
            written("0002"),
            &[first],
            reason,
        )?;
        self.decide(&proposed, "Quyết định mở sổ đã ký và đóng", "the reopening decision is closed")?;
        let both =
            [(class_6a1::EXPORT_FILE, class_6a1::export()), (class_6a2::EXPORT_FILE, class_6a2::export())];
        self.drop_into_inbox(&both)
    }

    /// The principal delegates the transcripts to the vice-principal; a colleague signs for a teacher who is
    /// on leave. Both decisions bear the moment of the lock, so that a story that goes on finds the same ones.
    fn agree_on_acts(&mut self) -> Result<(), StoryFault> {
        let (year, lock) = (written(sample::YEAR), "2025-2026_ca-nam_quyet-dinh-khoa_0003");
        let ledger = self.office.ledger();
        let locked = ledger.dossiers.iter().find(|(id, _)| id.to_string() == lock);
        let decided = locked.map(|(_, lock)| lock.latest().1.recorded);
        let roster = ledger.years.get(&year).map(|(roster, _)| *roster);
        let (Some(decided), Some(roster)) = (decided, roster) else {
            return Err(StoryFault::Stuck("nothing is locked".into()));
        };
        let until = decided.plus_seconds(60 * 24 * 3600);
        let act = |number: &str, deed| Act {
            format: act::FORMAT.into(),
            school: written(sample::SCHOOL_CODE),
            roster,
            number: number.into(),
            decided,
            deed,
        };
        let delegation = Deed::Delegation {
            to: written(staff::DEPUTY.id),
            from: decided,
            until,
            scope: vec![DocumentKind::HocBa],
        };
        let ky_thay = Deed::KyThay {
            absent: written(staff::PHYSICAL_EDUCATION.id),
            colleague: written(staff::LITERATURE.id),
            from: decided,
            until,
            reason: "Giáo viên nghỉ ốm dài ngày.".into(),
            places: [sample::CLASS, sample::SECOND_CLASS]
                .map(|class| TeachingPlace { class: written(class), subject: Some(written("GDTC")) })
                .into(),
        };
        let mut waiting = Vec::new();
        for act in [act("12/QĐ-THCSHP", delegation), act("13/QĐ-THCSHP", ky_thay)] {
            let act = clerk::propose_act(&mut self.office, year, &act)?;
            if matches!(self.office.ledger().acts.stage(&act), Some(acts::Stage::Proposed { .. })) {
                waiting.push(act);
            }
        }
        if waiting.is_empty() {
            return Ok(());
        }
        let principal = self.surroundings.authority.certificate(&staff::PRINCIPAL)?.sha256;
        for act in waiting {
            let at = at_token(&mut self.host, &self.tokens, &staff::PRINCIPAL, principal)?;
            clerk::sign_act(&mut self.office, at, act)?;
        }
        self.say(
            "Hiệu trưởng ký văn bản ủy quyền cho Phó Hiệu trưởng và văn bản ký thay một giáo viên nghỉ ốm",
            "a delegation and a ký thay are in force",
        );
        Ok(())
    }

    /// The transcript about which the vice-principal has a question.
    fn doubted(&self) -> DossierId {
        DossierKey::new(written(sample::YEAR), DossierOf::HocBa(written("HS0005")), Period::FullYear).id()
    }

    /// Only this one stands still; the vice-principal signs all others.
    fn deputy_refuses_one(&mut self) -> Result<(), StoryFault> {
        let doubted = self.doubted();
        let known = self.office.ledger().dossiers.get(&doubted);
        let open = known.map(Dossier::open_boxes).unwrap_or_default();
        let answered = known.is_some_and(|one| one.answered);
        if answered || !open.iter().any(|one| one.role == Role::HieuTruong) {
            return Ok(());
        }
        let reason = "Xin đối chiếu lại nơi sinh với giấy khai sinh.";
        clerk::refuse(&mut self.office, &doubted, &written(staff::DEPUTY.id), reason)?;
        self.say(
            &format!("Phó Hiệu trưởng chưa ký {doubted}, có ghi lý do; các hồ sơ khác vẫn ký"),
            "one document is refused and waits for an answer",
        );
        Ok(())
    }

    fn answer_refusal(&mut self) -> Result<(), StoryFault> {
        let doubted = self.doubted();
        let stage = self.office.ledger().dossiers.get(&doubted).map(|one| &one.stage);
        if !matches!(stage, Some(dossier::Stage::Halted(_))) {
            return Ok(());
        }
        let answer = "Đã đối chiếu giấy khai sinh: nơi sinh đúng.";
        clerk::resume_refused(&mut self.office, &doubted, &written(staff::ADMIN_BOARD.id), answer)?;
        self.say("Ban quản trị đã trả lời, hồ sơ tiếp tục", "the refusal is answered");
        Ok(())
    }

    /// Every box in the order of the plans; first somebody comes too early.
    fn sign(&mut self) -> Result<(), StoryFault> {
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
    fn make_bases(&mut self) -> Result<usize, StoryFault> {
        let made = clerk::make_bases(&mut self.office)?.len();
        if made > 0 {
            self.say(&format!("Đã lập {made} hồ sơ PDF/A-3a có sẵn ô ký"), "signing bases rendered");
        }
        Ok(made)
    }

    /// A second class is locked and signed, but its last ones are not called.
    fn sign_all_but_last_turns(&mut self) -> Result<(), StoryFault> {
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
    fn open_round(&mut self) -> Result<RoundNumber, StoryFault> {
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
    fn leave_out_second_class(&mut self, round: RoundNumber) -> Result<(), StoryFault> {
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
    pub(super) fn come_as_called(&mut self, round: RoundNumber) -> Result<(), StoryFault> {
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

    fn principal_comes_too_early(&mut self) -> Result<(), StoryFault> {
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

    /// One visit of one person: one login, everything that waits for them.
    pub(super) fn sit(&mut self, member: &StaffMember) -> Result<(), StoryFault> {
        let certificate = self.surroundings.authority.certificate(member)?.sha256;
        let token = seen(&self.tokens, member)?;
        let sitting = clerk::sit(&mut self.office, &mut self.host, token, certificate, pin(member))?;
        self.tell_sitting(member, &sitting)
    }

    fn tell_sitting(&self, member: &StaffMember, sitting: &Sitting) -> Result<(), StoryFault> {
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

    /// People who sign at the same time, each at a reader of their own: what one has signed, the next may sign.
    fn sit_together(&mut self, members: &[&StaffMember]) -> Result<(), StoryFault> {
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

    /// A deposit: packed, recorded by văn phòng and principal, sealed in one login of the stamp.
    pub(super) fn seal_kind(&mut self, kind: DepositKind, late: Late) -> Result<DepositId, StoryFault> {
        let sealed = self
            .office
            .ledger()
            .deposits
            .iter()
            .find(|(_, one)| one.kind == kind && matches!(one.stage, Stage::Sealed { .. }));
        if let Some((id, _)) = sealed {
            return Ok(id.clone());
        }
        let id = clerk::plan_deposit(&mut self.office, written(sample::YEAR), kind, late, Disc::Dvd.bytes())?;
        clerk::build_deposit(&mut self.office, &id)?;
        self.say(&format!("Đã đóng gói lưu trữ {id}, lập biên bản niêm phong"), "bag packed");
        self.sit(&staff::OFFICE)?;
        self.sit(&staff::PRINCIPAL)?;
        let certificate = self.surroundings.authority.certificate(&staff::STAMP)?.sha256;
        let at = at_token(&mut self.host, &self.tokens, &staff::STAMP, certificate)?;
        clerk::seal(&mut self.office, at, &id)?;
        self.say(
            "Đã niêm phong bằng con dấu, có dấu thời gian, bộ kiểm tra xác nhận toàn bộ",
            "sealed and judged",
        );
        Ok(id)
    }

    /// The medium: planned, sealed in one login of the stamp, its image judged whole and read back.
    fn seal_medium(&mut self) -> Result<MediumId, StoryFault> {
        let media = &self.office.ledger().media;
        let sealed = media.iter().find(|(_, one)| matches!(one.stage, medium::Stage::Sealed { .. }));
        if let Some((id, _)) = sealed {
            return Ok(id.clone());
        }
        let planned = clerk::plan_media(&mut self.office, &[], Disc::Dvd.bytes())?;
        let Some(id) = planned.into_iter().next() else {
            return Err(StoryFault::Stuck("no medium was planned".into()));
        };
        self.say(&format!("Đã lập vật mang {id}"), "medium planned");
        let certificate = self.surroundings.authority.certificate(&staff::STAMP)?.sha256;
        let at = at_token(&mut self.host, &self.tokens, &staff::STAMP, certificate)?;
        clerk::seal_medium(&mut self.office, at, &id)?;
        if let Some(medium::Stage::Sealed { image, bytes, .. }) =
            self.office.ledger().media.get(&id).map(|one| &one.stage)
        {
            self.say(
                &format!("Vật mang đã niêm phong; ảnh đĩa {bytes} byte, đã đọc lại và kiểm tra toàn bộ, SHA-256 {image}"),
                "medium sealed, image judged and read back",
            );
        }
        Ok(id)
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

fn seen<'t>(tokens: &'t [TokenSeen], member: &StaffMember) -> Result<&'t TokenSeen, StoryFault> {
    let found = tokens.iter().find(|token| token.label == member.label);
    found.ok_or_else(|| StoryFault::Stuck(format!("token {} is not there", member.label)))
}

fn pin(member: &StaffMember) -> PinEnvelope {
    PinEnvelope::new(Zeroizing::new(member.pin.as_bytes().to_vec()))
}

/// Somebody at their token whom nobody told anything: the authorities of the demo always answer.
fn at_token<'t>(
    host: &'t mut TokenHost,
    tokens: &'t [TokenSeen],
    member: &StaffMember,
    certificate: Sha256,
) -> Result<AtToken<'t>, StoryFault> {
    Ok(AtToken { host, seen: seen(tokens, member)?, certificate, pin: pin(member), word: SignersWord::None })
}
