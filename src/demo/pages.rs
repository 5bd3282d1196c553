//! `niemphong demo` without `--once`: the pages of the invented school on this computer, with the last turns
//! open, until it is told to stop.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use school::identifier::PersonId;
use school::plan_choice::PlanChoice;
use school::regulation::Preset;

use super::school::{assignments, written};
use super::staff::{
    ADMIN_BOARD, DEPUTY, HOMEROOM, LITERATURE, OFFICE, PRINCIPAL, SPARE, STAFF, STAMP, StaffMember,
};
use super::story::{Scene, StoryFault, leave_everything, leave_last_turns};
use crate::accounts::{Account, Accounts, Role};
use crate::clerk::{self, AccountDeed, Office};
use crate::clock;
use crate::lifecycle::accounts::AccountChange;
use crate::lifecycle::dossier::RevocationPolicy;
use crate::process::control;
use crate::process::token_module::TokenModule;
use crate::process::token_watch::TokenWatch;
use crate::process::worker::Program;
use crate::terminal;
use crate::web::{House, Listen, Pages, Settings, stop_on_signal, wind_down};

/// One password for all accounts of the invented school. It protects nothing.
const PASSWORD: &str = "hoa-phuong-mau";

/// Accounts of the invented school: name, whose, roles. Teachers come with slips and tokens.
const ACCOUNTS: [(&str, Option<StaffMember>, &[Role]); 8] = [
    ("quan-tri", None, &[Role::Admin]),
    ("ban-quan-tri", Some(ADMIN_BOARD), &[Role::Admin, Role::Office]),
    ("hieu-truong", Some(PRINCIPAL), &[Role::Principal]),
    ("pho-hieu-truong", Some(DEPUTY), &[Role::Principal]),
    ("van-phong", Some(OFFICE), &[Role::Office]),
    ("gvcn", Some(HOMEROOM), &[Role::Teacher]),
    ("gv-van", Some(LITERATURE), &[Role::Teacher]),
    ("thanh-tra", None, &[Role::Inspector]),
];

/// How soon a signal or a file is seen while no page orders anything.
const ORDER_WAIT: Duration = Duration::from_millis(200);
/// How often the inbox is looked into.
const INBOX_EVERY: Duration = Duration::from_secs(1);

/// What the demo leaves to whoever comes to its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// The last turns of the second class, a medium to burn; of a school that chose these plans in the place of the
    /// default ones.
    LastTurns(Vec<PlanChoice>),
    /// Everything: there are tokens and an authority, and a data folder with nothing in it.
    Everything,
}

/// The tokens that the pages see.
#[derive(Debug, Default)]
pub struct TokensShown {
    /// What stands between the pages and the sample tokens.
    pub module: Option<PathBuf>,
    /// Whether there are those of [`SPARE`] beside those of the staff.
    pub spare: bool,
}

/// Tells the story as far as it is not left to others and shows the pages on `port` of this computer.
pub fn serve(dir: &Path, port: u16, left: Left, shown: TokensShown) -> Result<(), StoryFault> {
    // Before anything is opened: a signal that comes meanwhile ends it in the same way.
    let (_runtime, stop) = stop_on_signal()?;
    let Scene { mut office, surroundings, mut inbox, loopback: _loopback } = match &left {
        Left::LastTurns(plans) => leave_last_turns(dir, plans)?,
        Left::Everything => leave_everything(dir)?,
    };
    // As a school may decide: whoever signs is asked where nobody can say whether a certificate was revoked.
    office.decide_on_unchecked(RevocationPolicy::Ask);
    if shown.spare {
        surroundings.add_spare_tokens(clock::now())?;
    }
    let timestamp_url = surroundings.authority.tsa_url();
    let accounts = Accounts::open(&dir.join("tai-khoan.sqlite"))?;
    if matches!(left, Left::LastTurns(_)) {
        open_accounts(&mut office, &accounts)?;
    }
    let settings = Settings {
        names: Vec::new(),
        addresses: Vec::new(),
        network_port: None,
        own_screen: written("van-phong-1"),
        regulation: Preset::KonTum.into(),
        check_days: 365,
        control: dir.join(control::SOCKET),
        sample: true,
        timestamp_url: Some(timestamp_url),
        mounts: vec![dir.join("thiet-bi/gan")],
        inbox: Some(inbox.folder().to_owned()),
        // A burner, a stick and a disk made of files: what a newcomer writes lies in the folder.
        media: Some(Program::this([
            "worker".into(),
            "sample-media".into(),
            "--folder".into(),
            dir.join("thiet-bi").into_os_string(),
        ])),
        folder: dir.join("trang"),
    };
    let module = shown.module.unwrap_or_else(|| surroundings.tokens.module().to_owned());
    let arguments = ["worker".into(), "token".into(), "--module".into(), module.clone().into_os_string()];
    let configuration = surroundings.tokens.configuration().to_string_lossy().into_owned();
    let environment = [("SOFTHSM2_CONF".to_owned(), configuration)];
    let program = Program::this(arguments).with_environment(&environment);
    let tokens = Arc::new(TokenWatch::over(vec![TokenModule::with_program(module, program)]));
    let (house, mut owner) = House::around(office, dir, accounts, tokens, settings)?;
    let listen = Listen { own: (std::net::Ipv4Addr::LOCALHOST, port).into(), network: None };
    let pages = Pages::open(Arc::clone(&house), listen)?;
    match left {
        Left::LastTurns(_) => invite(dir, &pages, shown.spare),
        Left::Everything => invite_to_set_up(dir, &pages),
    }
    open_in_browser(&format!("http://{}/", pages.address()));
    let mut due = Instant::now();
    while !stop.load(Ordering::SeqCst) {
        owner.turn(ORDER_WAIT)?;
        if !owner.is_signing() && Instant::now() >= due {
            clerk::empty_inbox(owner.office(), &mut inbox)?;
            due = Instant::now() + INBOX_EVERY;
        }
    }
    wind_down(&house, &mut owner)?;
    drop(pages);
    Ok(())
}

fn open_accounts(office: &mut Office, accounts: &Accounts) -> Result<(), StoryFault> {
    for (name, member, roles) in ACCOUNTS {
        let name = name.parse()?;
        if !accounts.all()?.iter().any(|one| one.name == name) {
            let person: Option<PersonId> = member.map(|member| written(member.id));
            let deed = AccountDeed {
                change: AccountChange::Made,
                account: name.to_string(),
                person: person.clone(),
                roles: roles.iter().map(|role| role.code().to_owned()).collect(),
            };
            clerk::record_account(office, deed, ("niemphong demo", None))?;
            let account = Account { name, person, roles: roles.iter().copied().collect(), closed: false };
            accounts.create(&account, PASSWORD)?;
        }
    }
    Ok(())
}

/// Address, PINs, and the tables that a school would have in its spreadsheets.
fn invite_to_set_up(dir: &Path, pages: &Pages) {
    let people = STAFF.map(|one| format!("{}; {}; {}; {}", one.id, one.name, one.title, duty(&one)));
    let assignments: Vec<String> = assignments()
        .into_iter()
        .map(|(class, subject, teachers)| format!("{class}; {subject}; {}", teachers.join(" + ")))
        .collect();
    terminal::data(&format!(
        "\nTrường mới, chưa có gì / a new school with nothing in it:\n\n    http://{address}/\n\n\
         Bảng người / people:\n{people}\n\nBảng phân công / who teaches what:\n{assignments}\n\n\
         Chứng thư CA / authority: {dir}/pki/issuing.crt.pem\n\
         Mã PIN mẫu / sample PINs: {pins}\n\
         Dừng bằng Ctrl+C / stop with Ctrl+C",
        address = pages.address(),
        people = people.join("\n"),
        assignments = assignments.join("\n"),
        dir = dir.display(),
        pins = pins(),
    ));
}

fn duty(member: &StaffMember) -> &'static str {
    match *member {
        PRINCIPAL => "Hiệu trưởng",
        ADMIN_BOARD => "Ban quản trị",
        OFFICE => "Văn phòng",
        STAMP => "Con dấu",
        _ => "",
    }
}

fn pins() -> String {
    STAFF.map(|one| format!("{} {}", one.label, one.pin)).join(", ")
}

/// At a desk the browser opens by itself; elsewhere, and where there is none, the printed address is enough.
fn open_in_browser(address: &str) {
    let at_desk =
        ["DISPLAY", "WAYLAND_DISPLAY"].map(std::env::var_os).into_iter().flatten().any(|one| !one.is_empty());
    if !at_desk || !terminal::is_read() {
        return;
    }
    let mut opening = Command::new("xdg-open");
    // In a group of its own: Ctrl+C here does not close it.
    opening.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    std::thread::spawn(move || opening.status());
}

/// Address, PINs, accounts, and three things to try.
fn invite(dir: &Path, pages: &Pages, spare: bool) {
    let dir = dir.display();
    let more = if spare { SPARE.as_slice() } else { &[] };
    let pins: Vec<String> =
        STAFF.iter().chain(more).map(|one| format!("{} {}", one.label, one.pin)).collect();
    let pins = pins.join(", ");
    let accounts = ACCOUNTS.map(|(name, ..)| name).join(", ");
    terminal::data(&format!(
        "\nMở trong trình duyệt trên máy này / open in a browser on this computer:\n\n    http://{address}/\n\n\
         Ba việc thử ngay / three things to try:\n  \
         1. Ký: http://{address}/ky – chọn {deputy} ({deputy_pin}), rồi {head} ({head_pin}), rồi con dấu ({stamp_pin}). Muốn từ chối một hồ sơ: đăng nhập hieu-truong, mở hồ sơ, ghi lý do; các hồ sơ khác vẫn ký được.\n     \
         Sign the last turns: vice-principal, principal, stamp, each with one PIN. One that is refused with a reason holds up no other.\n  \
         2. Ghi đĩa: đăng nhập van-phong, trang Lưu trữ, bấm “Ghi rồi đọc lại”; đĩa, USB và ổ cứng mẫu nằm trong {dir}/thiet-bi.\n     \
         Burn a disc or write a stick and see it read back, as the office; both lie in that folder.\n  \
         3. Kiểm tra: chép tệp có số lớn nhất trong {dir}/kho/ho-so/2025-2026_ca-nam_so-diem_6A1 (sổ điểm đã ký xong), sửa một byte của bản chép rồi thả vào http://{address}/kiem-tra.\n     \
         Copy the last file of that folder, a signed class book, change one byte of the copy and see it refused.\n\n\
         Tài khoản mẫu / sample accounts: {accounts}; mật khẩu / password: {PASSWORD}\n\
         Mã PIN mẫu / sample PINs: {pins}\n\
         Hồ sơ PDF / documents: {dir}/kho/ho-so · Ảnh đĩa đã niêm phong / sealed image: {dir}/kho/anh-dia\n\
         Hộp thư / inbox: {dir}/hop-thu\n\
         Dừng bằng Ctrl+C / stop with Ctrl+C",
        address = pages.address(),
        deputy = DEPUTY.name,
        deputy_pin = DEPUTY.pin,
        head = PRINCIPAL.name,
        head_pin = PRINCIPAL.pin,
        stamp_pin = STAMP.pin,
    ));
}
