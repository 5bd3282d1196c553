//! What lies in the inbox, and what was said of it.

use std::fs;
use std::time::{Duration, Instant};

use school::digest::Sha256;

use crate::clerk::{self, Reception};
use crate::demo::class_6a1;
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::export;
use crate::wording;

/// How long a file must stay the same; short, because nobody copies over a slow network here.
pub(super) const SETTLE: Duration = Duration::from_millis(150);
/// How long the inbox is given to take the export.
const INBOX_WAIT: Duration = Duration::from_secs(60);

impl Story {
    /// A snapshot, an export with mistakes in its form, and one whose mistake nobody sees yet.
    pub(super) fn take_first_exports(&mut self) -> Result<(), StoryFault> {
        let files = [
            (class_6a1::SNAPSHOT_FILE, class_6a1::snapshot()),
            ("6A1_ca-nam_loi.json", class_6a1::flawed_export()),
            (class_6a1::FIRST_EXPORT_FILE, class_6a1::first_export()),
        ];
        self.drop_into_inbox(&files)
    }

    pub(in crate::demo) fn drop_into_inbox(&mut self, files: &[(&str, Vec<u8>)]) -> Result<(), StoryFault> {
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
    pub(in crate::demo) fn drop_file(&self, name: &str, bytes: &[u8]) -> Result<(), StoryFault> {
        let path = self.inbox.folder().join(name);
        if !path.exists() {
            let hidden = self.inbox.folder().join(format!(".{name}"));
            fs::write(&hidden, bytes)?;
            fs::rename(&hidden, &path)?;
        }
        Ok(())
    }

    pub(in crate::demo) fn empty_inbox_until(
        &mut self,
        done: impl Fn(&Self) -> bool,
    ) -> Result<(), StoryFault> {
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

    pub(super) fn tell_reception(&self, name: &str, reception: &Reception) {
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
}
