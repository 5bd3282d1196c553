//! A school in a scratch folder, whose roster the test chooses. Every PKCS#11 call of its tokens is
//! written down by OpenSC's pkcs11-spy, so that "not even a login" can be counted.

mod offices;
mod register;
mod served;
mod spied_tokens;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use pkcs11_fault::Faults;
use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::identifier::PupilId;
use school::medium::Disc;
use school::plan::{BoxName, Templates};
use school::records::token_frame::TokenSeen;
use school::roster::Roster;
use tempfile::TempDir;
use zeroize::Zeroizing;

pub use self::offices::{Stamped, open_office};
use self::offices::{authorities, open_office_with};
pub use self::register::{recorded, register_entries};
pub use self::served::AtTheDesk;
pub use self::spied_tokens::SPY;
use self::spied_tokens::{calls_in, configured, host_of, read_spied, spied_host};
use super::pages::{self, Browser, module_of};
use super::shelf::Lent;
use crate::clerk::{
    self, AtToken, Authorities, ClerkFault, Left, Office, Reception, Seat, TimestampLimit, Watch,
};
use crate::clock;
use crate::demo::class_6a1;
use crate::demo::loopback::Loopback;
use crate::demo::school::{CLASS, YEAR, plans_of_few_kinds, roster_of_one_class, written};
use crate::demo::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PHYSICAL_EDUCATION, PRINCIPAL, REVIEWERS,
    STAFF_OF_ONE_CLASS, STAMP, StaffMember,
};
use crate::demo::surroundings::Surroundings;
use crate::intake::Inbox;
use crate::lifecycle::deposit::Late;
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::review::Part;
use crate::lifecycle::sitting::Sitting;
use crate::process::token_host::{PinEnvelope, TokenHost};
use crate::process::worker::Program;

/// The school, with roster and plans in force and one export accepted.
pub struct ScratchSchool {
    // Before the surroundings, which have to be free of it when they go back.
    pub loopback: Option<Loopback>,
    pub surroundings: Lent,
    pub office: Office,
    host: TokenHost,
    /// What people say when told that revocation cannot be checked.
    pub word: SignersWord,
    /// What the last visit of one person brought.
    pub last_sitting: Option<Sitting>,
    spied: TempDir,
    // Last, so that it is removed when everything in it is closed.
    folder: TempDir,
}

impl ScratchSchool {
    /// Opens the school. `other` may give a member of staff another certificate in the roster than the
    /// one on the member's own token.
    pub fn open(other: impl Fn(&Surroundings, &StaffMember) -> Option<Sha256>) -> Self {
        Self::with_plans(&plans_of_few_kinds(), other)
    }

    /// Opens the school with other plans of the year.
    pub fn with_plans(
        plans: &Templates,
        other: impl Fn(&Surroundings, &StaffMember) -> Option<Sha256>,
    ) -> Self {
        Self::with(plans, other, |_| {})
    }

    /// Opens the school with other plans and a roster that `adjust` changes.
    pub fn with(
        plans: &Templates,
        other: impl Fn(&Surroundings, &StaffMember) -> Option<Sha256>,
        adjust: impl FnOnce(&mut Roster),
    ) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let spied = tempfile::tempdir().expect("a scratch folder");
        let surroundings = Lent::to(folder.path(), &STAFF_OF_ONE_CLASS);
        let loopback = Loopback::start(Arc::clone(&surroundings.authority), clock::now).expect("a responder");
        let mut office = open_office(&surroundings, folder.path(), Stamped::Yes);
        let certificate = |member: &StaffMember| match other(&surroundings, member) {
            Some(certificate) => Ok(certificate),
            None => Ok(surroundings.authority.certificate(member)?.sha256),
        };
        let mut roster = roster_of_one_class(certificate).expect("a roster");
        adjust(&mut roster);
        let host = spied_host(&surroundings, spied.path());
        let (principal, stamp) =
            (roster_certificate(&roster, &PRINCIPAL), roster_certificate(&roster, &STAMP));
        clerk::commission(&mut office, &crate::demo::school::school().code, principal, stamp)
            .expect("commissioned");
        let mut school = Self {
            surroundings,
            loopback: Some(loopback),
            office,
            host,
            word: SignersWord::None,
            last_sitting: None,
            spied,
            folder,
        };
        school.open_year(&roster, plans);
        school.take_export();
        school
    }

    /// Roster and plans of a year come into force.
    pub fn open_year(&mut self, roster: &Roster, plans: &Templates) {
        for member in [&PRINCIPAL, &STAMP] {
            self.sign_year(member, roster, plans).expect("principal and stamp may");
        }
    }

    /// One of the staff signs roster and plans of a year, if they may.
    pub fn sign_year(
        &mut self,
        member: &StaffMember,
        roster: &Roster,
        plans: &Templates,
    ) -> Result<(), ClerkFault> {
        let certificate = roster_certificate(roster, member);
        let sign = |office: &mut Office, at: AtToken<'_>| clerk::sign_year(office, at, roster, plans);
        self.at_token((member, certificate), sign).map(drop)
    }

    /// Somebody does something at their token, with one login.
    pub fn at_token<T>(
        &mut self,
        (member, certificate): (&StaffMember, Sha256),
        deed: impl FnOnce(&mut Office, AtToken<'_>) -> T,
    ) -> T {
        let (seen, pin, word) = (self.seen(member.label), pin(member.pin), self.word);
        deed(&mut self.office, AtToken { host: &mut self.host, seen: &seen, certificate, pin, word })
    }

    fn take_export(&mut self) {
        self.drop_into_inbox(&class_6a1::export());
        assert_eq!(self.office.ledger().exports.accepted().count(), 1);
    }

    /// Drops an export into the inbox and has it taken.
    pub fn drop_into_inbox(&mut self, export: &[u8]) -> Reception {
        self.drop_named(class_6a1::EXPORT_FILE, export)
    }

    /// As [`Self::drop_into_inbox`], a file of this name.
    pub fn drop_named(&mut self, name: &str, bytes: &[u8]) -> Reception {
        let mut inbox = Inbox::open(&self.folder.path().join("hop-thu"), Duration::ZERO).expect("an inbox");
        std::fs::write(inbox.folder().join(name), bytes).expect("dropped");
        let mut receptions = clerk::empty_inbox(&mut self.office, &mut inbox).expect("taken");
        receptions.pop().expect("one file").1
    }

    /// Looked at, proposed, signed and closed: a decision that locks an export, or one pupil's part of it.
    pub fn lock(&mut self, number: &str, export: Sha256, pupil: Option<&PupilId>) -> DossierId {
        self.review(export);
        let number = written(number);
        let decision = clerk::propose_lock(&mut self.office, written(YEAR), number, &[export], pupil);
        self.decided();
        decision.expect("proposed")
    }

    /// Ban quản trị and the principal sign what waits for them, and it is closed.
    pub fn decided(&mut self) {
        for member in [ADMIN_BOARD, PRINCIPAL] {
            self.sit(member.label, member.pin).expect("signed");
        }
        clerk::close_signed(&mut self.office).expect("closed");
    }

    /// Documents are made, everybody signs in turn, and all are closed: how many were.
    pub fn make_and_sign(&mut self) -> usize {
        clerk::make_bases(&mut self.office).expect("made");
        let teachers = [MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION];
        let visits = [HOMEROOM].into_iter().chain(teachers).chain([HOMEROOM, PRINCIPAL, STAMP]);
        for member in visits {
            self.sit(member.label, member.pin).expect("signed");
        }
        clerk::close_signed(&mut self.office).expect("closed").len()
    }

    /// Everything that is closed goes into a sealed deposit, which the judge found valid whole.
    pub fn seal(&mut self) -> DepositId {
        self.seal_kind(DepositKind::Supplement)
    }

    /// A deposit of this kind, complete or not, planned, signed and sealed.
    pub fn seal_kind(&mut self, kind: DepositKind) -> DepositId {
        let deposit =
            clerk::plan_deposit(&mut self.office, written(YEAR), kind, Late::Follow, Disc::Dvd.bytes());
        let deposit = deposit.expect("planned");
        clerk::build_deposit(&mut self.office, &deposit).expect("built");
        for member in [OFFICE, PRINCIPAL] {
            self.sit(member.label, member.pin).expect("signed");
        }
        self.stamp(&deposit).expect("sealed");
        deposit
    }

    /// The stamp's login for a deposit.
    pub fn stamp(&mut self, deposit: &DepositId) -> Result<(), ClerkFault> {
        let certificate = self.surroundings.authority.certificate(&STAMP).expect("one of the staff").sha256;
        self.at_token((&STAMP, certificate), |office, at| clerk::seal(office, at, deposit))
    }

    /// While the office is closed, somebody works with the program; then it is opened again.
    pub fn step_out(self, work: impl FnOnce(&Path, &Surroundings)) -> Self {
        self.lend_office(|office, data, surroundings| {
            drop(office);
            work(data, surroundings);
        })
    }

    /// Lends the office to somebody who closes it, such as the pages; then it is opened again.
    pub fn lend_office(self, work: impl FnOnce(Office, &Path, &Surroundings)) -> Self {
        let Self { surroundings, loopback, office, host, word, last_sitting, spied, folder } = self;
        work(office, folder.path(), &surroundings);
        let office = open_office(&surroundings, folder.path(), Stamped::Yes);
        Self { surroundings, loopback, office, host, word, last_sitting, spied, folder }
    }

    /// The pages of this moment, as long as somebody looks at them.
    pub fn looked_at<T: Send>(self, look: impl FnOnce(Browser) -> T + Send) -> (Self, T) {
        let Self { surroundings, loopback, office, host, word, last_sitting, spied, folder } = self;
        let orders = tempfile::tempdir().expect("a scratch folder");
        let module = module_of(&surroundings, &Faults::in_folder(orders.path()));
        let seen = pages::look(office, folder.path(), module, look);
        let office = open_office(&surroundings, folder.path(), Stamped::Yes);
        (Self { surroundings, loopback, office, host, word, last_sitting, spied, folder }, seen)
    }

    /// The base of the decision that locks the export.
    pub fn propose_lock(&mut self) -> DossierId {
        let export = Sha256::of(&class_6a1::export());
        self.review(export);
        let early = clerk::propose_lock(&mut self.office, written(YEAR), written("0001"), &[export], None);
        assert_eq!(early.expect_err("a value differs").code(), "export.differs");
        clerk::accept_differences(&mut self.office, export, class_6a1::WHY_IT_STANDS).expect("recorded");
        clerk::propose_lock(&mut self.office, written(YEAR), written("0001"), &[export], None)
            .expect("proposed")
    }

    /// Every teacher finds their part of an export right.
    pub fn review(&mut self, export: Sha256) {
        for (subject, member) in REVIEWERS {
            let part = subject.map_or(Part::Homeroom, |subject| Part::Subject(written(subject)));
            clerk::review(&mut self.office, export, &part, &written(member.id), true, "").expect("recorded");
        }
    }

    /// From now on the fault-injecting module stands between worker and tokens, and a worker that says
    /// nothing for `wait` is given up.
    pub fn behind_faults(&mut self, wait: Duration) -> Faults {
        let faults = Faults::in_folder(self.spied.path());
        let tokens = &self.surroundings.tokens;
        let configuration = tokens.configuration().to_str().expect("a path in UTF-8").to_owned();
        let mut environment = faults.environment(tokens.module());
        environment.push(("SOFTHSM2_CONF".into(), configuration));
        let module = Faults::module().into_os_string();
        let program =
            Program::at(built_program(), ["worker".into(), "token".into(), "--module".into(), module]);
        let host = TokenHost::start_program(program.with_environment(&environment)).expect("a token worker");
        self.host = host.with_deadline(wait);
        faults
    }

    /// The office, and who reaches the tokens.
    pub fn office_and_host(&mut self) -> (&mut Office, &mut TokenHost) {
        (&mut self.office, &mut self.host)
    }

    /// What somebody sees when the token with this label is plugged in.
    pub fn seen(&mut self, label: &str) -> TokenSeen {
        let tokens = self.host.list().expect("a list");
        tokens.into_iter().find(|token| token.label == label).expect("a token of this label")
    }

    /// One visit, with the certificate that is on the token.
    pub fn sit(&mut self, label: &str, with_pin: &str) -> Result<usize, ClerkFault> {
        let token = self.seen(label);
        let certificate = token.certificates.first().expect("one certificate").sha256;
        let sitting = clerk::sit(&mut self.office, &mut self.host, &token, certificate, pin(with_pin))?;
        let signed = sitting.signed.len();
        self.last_sitting = Some(sitting);
        Ok(signed)
    }

    /// People who sign at the same time, each at a reader of their own.
    pub fn sit_together(&mut self, members: &[StaffMember], begun: impl FnMut(Watch)) -> Vec<Left> {
        let host = |_: &StaffMember| spied_host(&self.surroundings, self.spied.path());
        let hosts = members.iter().map(|member| (*member, host(member))).collect();
        self.sit_with(hosts, begun)
    }

    /// People who sign at the same time, with modules of the test's choice.
    pub fn sit_with(&mut self, hosts: Vec<(StaffMember, TokenHost)>, begun: impl FnMut(Watch)) -> Vec<Left> {
        let tokens = self.host.list().expect("a list");
        let seat = |(member, host): (StaffMember, TokenHost)| {
            let certificate =
                self.surroundings.authority.certificate(&member).expect("one of the staff").sha256;
            let seen = tokens.iter().find(|one| one.label == member.label).expect("a token").clone();
            Seat { host, seen, certificate, pin: pin(member.pin), word: self.word }
        };
        let seats = hosts.into_iter().map(seat).collect();
        clerk::sit_together(&mut self.office, seats, begun).expect("no fault of register or store")
    }

    /// The authorities answer again.
    pub fn connect(&mut self) {
        let authority = Arc::clone(&self.surroundings.authority);
        self.loopback = Some(Loopback::start(authority, clock::now).expect("a responder"));
        // What was away is not left alone any longer.
        self.office.limit_timestamps(TimestampLimit { count: 10_000, ..TimestampLimit::default() });
    }

    /// The PIN of a member, for one login.
    pub fn pin_of(&self, member: &StaffMember) -> PinEnvelope {
        pin(member.pin)
    }

    /// The module of the tokens, without the spy.
    pub fn plain_host(&self) -> TokenHost {
        let tokens = &self.surroundings.tokens;
        host_of(tokens.module(), vec![configured(&self.surroundings)])
    }

    /// The module of the tokens, which misbehaves as `faults` says.
    pub fn faulty_host(&self, faults: &Faults) -> TokenHost {
        let real = self.surroundings.tokens.module();
        let environment = [vec![configured(&self.surroundings)], faults.environment(real)].concat();
        host_of(&Faults::module(), environment)
    }

    /// The next day: another process opens the school, and has the authority's newest lists at hand.
    pub fn the_next_day(self) -> Self {
        let list =
            |name: &str| std::fs::read(self.surroundings.authority.folder().join(name)).expect("a list");
        let crls = vec![list("root.crl"), list("issuing.crl")];
        let authorities = Authorities { crls, ..authorities(&self.surroundings, Stamped::Yes) };
        self.opened_with(authorities)
    }

    /// The same school, which asks this address for timestamps.
    pub fn stamped_by(self, timestamp_url: String) -> Self {
        let authorities = authorities(&self.surroundings, Stamped::No);
        self.opened_with(Authorities { timestamp_url: Some(timestamp_url), ..authorities })
    }

    /// The next day, at a school that trusts the root and has heard of no other authority.
    pub fn knowing_the_root_alone(self) -> Self {
        let authorities =
            Authorities { intermediates: Vec::new(), ..authorities(&self.surroundings, Stamped::No) };
        self.opened_with(authorities)
    }

    fn opened_with(self, authorities: Authorities) -> Self {
        let Self { surroundings, loopback, office, host, word, last_sitting, spied, folder } = self;
        drop(office);
        let office = open_office_with(folder.path(), authorities);
        Self { surroundings, loopback, office, host, word, last_sitting, spied, folder }
    }

    /// The same school in a copy of its folder, as a second machine would find it.
    pub fn office_of_copy(&self, folder: &Path, stamped: Stamped) -> Office {
        open_office(&self.surroundings, folder, stamped)
    }

    /// Asks whether a member's certificate may sign a box.
    pub fn try_box(&mut self, dossier: &DossierId, of: &str, member: &StaffMember) -> Result<(), ClerkFault> {
        let der = self.surroundings.authority.certificate(member).expect("one of the staff").der.clone();
        let name: BoxName = written(of);
        clerk::try_box(&mut self.office, dossier, &name, &der).map(drop)
    }

    /// Where everything of the school is kept.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How often a PKCS#11 function was called so far, by any worker.
    pub fn calls(&self, function: &str) -> usize {
        calls_in(&self.spied(), function)
    }

    /// Everything that the spy wrote; PINs are in it.
    pub fn spied(&self) -> String {
        read_spied(self.spied.path())
    }

    /// Published revisions of a dossier beyond its base.
    pub fn signed_files(&self, dossier: &DossierId) -> usize {
        let folder = self.folder().join(format!("kho/ho-so/{dossier}"));
        let names = std::fs::read_dir(folder).expect("the dossier's folder");
        let names = names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.ends_with(".pdf") && name != "00.pdf").count()
    }
}

/// The class book of the school.
pub fn book() -> DossierId {
    DossierKey::new(written(YEAR), DossierOf::SoDiem(written(CLASS)), Period::FullYear).id()
}

/// The transcript of the first pupil.
pub fn transcript() -> DossierId {
    DossierKey::new(written(YEAR), DossierOf::HocBa(written("HS0001")), Period::FullYear).id()
}

fn roster_certificate(roster: &Roster, member: &StaffMember) -> Sha256 {
    roster.person(&written(member.id)).expect("in the roster").certificate
}

pub fn pin(text: &str) -> PinEnvelope {
    PinEnvelope::new(Zeroizing::new(text.as_bytes().to_vec()))
}

/// The program itself: a test is not it, and lies in the folder beside it. Cargo builds it for the
/// integration tests of the same run.
pub fn built_program() -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    let program = test.parent().and_then(Path::parent).map(|folder| folder.join("niemphong"));
    let program = program.expect("a test lies in deps/");
    assert!(program.exists(), "{} is missing; run: cargo build", program.display());
    program
}
