//! By what an inspection was made: program, moments, rules, anchors. None of it comes from what is checked.

use school::digest::Sha256;
use school::moment::Moment;
use school::records::reader_frame::Policy;
use serde_json::{Value, json};
use verification::register::Checkpoint;

use super::{Both, both};
use crate::wording::NO_LEGAL_VALUE;

/// By what was judged.
#[derive(Debug, Clone)]
pub struct Grounds {
    /// When the check was made.
    pub checked: Moment,
    /// The moment at which validity was judged.
    pub judged: Moment,
    /// Program and version.
    pub program: String,
    /// The policy asked for.
    pub policy: Policy,
    /// True when the inspector named a folder of certificates instead of those shipped.
    pub own_anchors: bool,
    /// Name and digest of each anchor.
    pub anchors: Vec<(String, Sha256)>,
    /// Certificates that may complete a path.
    pub intermediates: usize,
    /// Revocation lists at hand beside the files.
    pub revocation_lists: usize,
    /// The school's certificate that the inspector named.
    pub school_certificate: Option<Sha256>,
    /// Answers fetched from certification authorities; nothing where none were asked for.
    pub fetched: Option<usize>,
    /// The checkpoint of the register that the inspector brought.
    pub checkpoint: Option<Checkpoint>,
}

impl Grounds {
    /// True when an anchor belongs to an invented authority.
    pub fn sample(&self) -> bool {
        // The names of invented authorities end as the notice on every page does.
        let mark = NO_LEGAL_VALUE.rsplit("– ").next().unwrap_or(NO_LEGAL_VALUE);
        self.anchors.iter().any(|(name, _)| name.contains(mark))
    }

    /// Label and value of each ground, without the anchors.
    pub fn rows(&self) -> Vec<(Both, Both)> {
        let same = |value: String| both(value.clone(), value);
        let policy = match self.policy {
            Policy::School => both("Quy tắc hồ sơ nhà trường", "school policy"),
            Policy::Foreign => {
                both("Quy tắc chung cho PDF (ISO 32000-2)", "general PDF policy (ISO 32000-2)")
            }
            Policy::ByContent => both(
                "Theo nội dung: hồ sơ có kế hoạch ký của trường theo quy tắc hồ sơ nhà trường, tệp khác theo quy tắc chung cho PDF",
                "by content: school policy where a signing plan is embedded, else the general PDF policy",
            ),
        };
        let anchors = if self.own_anchors {
            both("Thư mục do người kiểm tra chỉ định", "folder named by the inspector")
        } else {
            both(
                "Chứng thư gốc kèm theo chương trình, ghim theo SHA-256",
                "shipped with the program, pinned by SHA-256",
            )
        };
        let mut rows = vec![
            (both("Thời điểm kiểm tra", "Time of check"), same(self.checked.vietnamese())),
            (both("Xét hiệu lực tại thời điểm", "Validity judged at"), same(self.judged.vietnamese())),
            (both("Chương trình", "Program"), same(self.program.clone())),
            (both("Quy tắc kiểm tra", "Policy"), policy),
            (both("Nguồn chứng thư gốc", "Source of trust anchors"), anchors),
            (
                both("Dữ liệu kèm theo", "Also at hand"),
                both(
                    format!(
                        "{} chứng thư trung gian, {} danh sách thu hồi",
                        self.intermediates, self.revocation_lists
                    ),
                    format!("{} certificates, {} lists", self.intermediates, self.revocation_lists),
                ),
            ),
        ];
        let named = self.school_certificate.map_or_else(
            || {
                both(
                    "Không nêu; vai trò theo khai báo của trường",
                    "not named; roles as the school declares them",
                )
            },
            |digest| same(digest.to_string()),
        );
        rows.push((both("Chứng thư của nhà trường (SHA-256)", "The school's certificate (SHA-256)"), named));
        if let Some(fetched) = self.fetched {
            rows.push((
                both("Dữ liệu thu hồi lấy qua mạng", "Revocation data fetched"),
                both(format!("{fetched} tệp trả lời"), format!("{fetched} answers")),
            ));
        }
        if let Some(held) = &self.checkpoint {
            let (school, size, root) = (&held.school, held.size, held.root);
            rows.push((
                both("Điểm chốt sổ theo dõi đã giữ", "Checkpoint of the register that was kept"),
                both(
                    format!("{school}, {size} mục, mã gốc {root}"),
                    format!("{school}, {size} entries, root {root}"),
                ),
            ));
        }
        rows
    }

    /// As part of the attached report.
    pub fn to_json(&self) -> Value {
        let anchors: Vec<Value> =
            self.anchors.iter().map(|(name, sha256)| json!({"name": name, "sha256": sha256})).collect();
        json!({
            "checked_at": self.checked, "judged_at": self.judged, "program": self.program, "policy": self.policy,
            "anchors_from": if self.own_anchors { "inspector" } else { "program" }, "anchors": anchors,
            "intermediates": self.intermediates, "revocation_lists": self.revocation_lists,
            "school_certificate": self.school_certificate,
            "fetched": self.fetched,
            "checkpoint": self.checkpoint.as_ref().map(|held| json!({"size": held.size, "root": held.root})),
        })
    }
}
