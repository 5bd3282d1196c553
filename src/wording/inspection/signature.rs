//! One signature in words: the row of Điều 6, 6.4 and what stands behind it.

use school::dossier::DossierOf;
use school::moment::Moment;
use school::plan::TIMESTAMP_FIELD;
use serde_json::Value;

use super::called::dossier;
use super::{Both, both, shown, text};

/// How a thing is marked, beside its words: never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Proven good.
    Good,
    /// Proven bad.
    Bad,
    /// Not proven.
    Open,
}

/// A signature in words.
pub struct Signature {
    /// Field or file.
    pub place: String,
    /// Role by the plan, where there is one.
    pub role: Option<Both>,
    /// Subject, with its organization.
    pub signer: String,
    /// Who issued the certificate.
    pub issuer: String,
    /// Organization that manages the certificate.
    pub managed_by: String,
    /// When, and by whose clock.
    pub time: Both,
    /// Whether what was signed is unchanged.
    pub integrity: (Mark, Both),
    /// Whether the certificate was valid when it signed.
    pub valid_then: (Mark, Both),
    /// From when to when the certificate is valid.
    pub validity: String,
    /// Serial of the certificate.
    pub serial: String,
    /// What follows from all of it.
    pub conclusion: (Mark, Both),
    /// Algorithm and level.
    pub technique: String,
    /// What of the file it covers.
    pub covers: Both,
    /// SHA-256 of the certificate.
    pub certificate: String,
}

impl Signature {
    /// In a file that was changed afterwards a signature stands for what it covers, not for the file.
    pub fn in_a_file(mut self, modification: &str) -> Self {
        if modification == "suspicious" && self.conclusion.0 == Mark::Good {
            self.conclusion.1 = both("Hợp lệ với phần đã ký", "Valid for what it covers");
        }
        self
    }
}

/// Puts a signature of a PDF or of a deposit into words. `judged` is the moment of judgement, `sealed` the
/// time of the deposit's seal.
pub fn signature(value: &Value, judged: Moment, sealed: Option<Moment>) -> Signature {
    let field = shown(value, "field");
    let place = if field.is_empty() { shown(value, "file") } else { field };
    let signer = match shown(value, "signer_organization") {
        organization if organization.is_empty() || organization == shown(value, "signer") => {
            or_dash(shown(value, "signer"))
        }
        organization => format!("{} ({organization})", shown(value, "signer")),
    };
    let integrity = match text(value, "integrity") {
        "intact" => (Mark::Good, both("Nguyên vẹn", "Intact")),
        _ => (Mark::Bad, both("Không còn nguyên vẹn", "Broken")),
    };
    let intact = integrity.0 == Mark::Good;
    let valid_then = valid_then(value, intact, judged);
    let mut technique = shown(value, "algorithm");
    for key in ["level", "digest"] {
        let more = shown(value, key);
        if !more.is_empty() {
            technique = if technique.is_empty() { more } else { format!("{technique}, {more}") };
        }
    }
    Signature {
        role: role(text(value, "role"), &place).map(|role| by_act(of_subject(role, value), value)),
        place,
        signer,
        issuer: or_dash(shown(value, "issuer")),
        managed_by: or_dash(shown(value, "issuer_organization")),
        time: time(value, sealed),
        conclusion: conclusion(value, intact, valid_then.0),
        integrity,
        valid_then,
        validity: validity(value),
        serial: or_dash(grouped(&shown(value, "serial"))),
        technique: or_dash(technique),
        covers: covers(value),
        certificate: or_dash(shown(value, "cert_sha256")),
    }
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".into() } else { text }
}

/// Blocks of four digits, so that a long serial can break and be compared.
fn grouped(hex: &str) -> String {
    let letters: Vec<char> = hex.chars().collect();
    letters.chunks(4).map(|block| block.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

pub fn moment(value: Option<&Value>) -> Option<Moment> {
    value.and_then(Value::as_str).and_then(|text| text.parse().ok())
}

fn validity(value: &Value) -> String {
    let day = |index: usize| {
        moment(value.pointer(&format!("/cert_validity/{index}"))).map(|moment| moment.date().vietnamese())
    };
    match (day(0), day(1)) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        _ => "–".into(),
    }
}

fn role(code: &str, place: &str) -> Option<Both> {
    Some(match code {
        "gvcn" => both("Giáo viên chủ nhiệm", "homeroom teacher"),
        "gvbm" => both("Giáo viên bộ môn", "subject teacher"),
        "gvbm-chu-tri" => both("Giáo viên môn học", "presiding subject teacher"),
        "hieu-truong" => both("Hiệu trưởng", "principal"),
        "con-dau" => both("Con dấu của trường", "school stamp"),
        "ban-quan-tri" => both("Ban quản trị", "administration"),
        "van-phong" => both("Văn phòng", "office"),
        "" if place == TIMESTAMP_FIELD => both("Dấu thời gian của tài liệu", "document timestamp"),
        _ => return None,
    })
}

/// Of which subject, where the report was told its name ([`name_subjects`]): `Giáo viên môn Toán`.
fn of_subject(role: Both, value: &Value) -> Both {
    match text(value, "subject") {
        "" => role,
        subject => both(
            format!("{} môn {subject}", role.vi.trim_end_matches(" môn học").trim_end_matches(" bộ môn")),
            format!("{}, {subject}", role.en),
        ),
    }
}

/// What a signature of a deposit or a medium that lies in a file of its own was made over, by the place of that file.
pub fn signed_paper(place: &str) -> Option<Both> {
    let (folder, file) = place.rsplit_once('/')?;
    Some(match (folder.rsplit('/').next()?, file.split('.').next()?) {
        ("niem-phong", "niem-phong") => both("bản niêm phong", "the seal"),
        ("niem-phong", "checkpoint") => both("điểm chốt của sổ theo dõi", "checkpoint of the register"),
        ("nhan-su", "roster") => both("danh sách nhân sự", "the roster"),
        ("nhan-su", "plans") => both("kế hoạch ký", "the signing plans"),
        ("van-kien", _) => both("văn bản của trường", "an act of the school"),
        _ => return None,
    })
}

/// Tells a report the names of the subjects whose boxes are signed in it, and of the one that a teacher's book is of, as
/// the school calls them: the field of a box ends with the code of its subject, and with a number where the subject has
/// several teachers.
pub fn name_subjects<'n>(report: &mut Value, name: impl Fn(&str) -> Option<&'n str>) {
    if let Some(DossierOf::SoDiemGv(book)) = dossier(report).map(|key| key.of)
        && let Some(known) = name(book.subject.as_str())
    {
        report["plan"]["subject"] = known.into();
    }
    for one in report.get_mut("signatures").and_then(Value::as_array_mut).into_iter().flatten() {
        if text(one, "role").is_empty() {
            continue;
        }
        let field = shown(one, "field");
        let code = field.split_once('_').map_or("", |(_, code)| code);
        let unnumbered = code.rsplit_once('_').map_or("", |(code, _)| code);
        if let Some(known) = name(code).or_else(|| name(unnumbered)) {
            one["subject"] = known.into();
        }
    }
}

/// Who signs by an act of the school is shown as such.
fn by_act(role: Both, value: &Value) -> Both {
    let Some(act) = value.get("act").filter(|act| act.is_object()) else { return role };
    let number = shown(act, "number");
    let (vi, en) = match text(act, "kind") {
        "delegation" => ("ký thay hiệu trưởng theo ủy quyền", "by delegation"),
        "ky-thay" => ("ký thay", "for an absent colleague"),
        "token-replaced" => ("chứng thư đã thay", "by a replaced certificate"),
        "principal-changed" => ("hiệu trưởng mới", "new principal"),
        "stamp-changed" => ("con dấu mới", "new stamp"),
        _ => ("theo văn bản", "by an act"),
    };
    both(format!("{} ({vi}, văn bản số {number})", role.vi), format!("{} ({en}, act no. {number})", role.en))
}

fn time(value: &Value, sealed: Option<Moment>) -> Both {
    let told = moment(value.get("signed_at"));
    match (told, text(value, "time_source"), sealed) {
        (Some(at), "timestamp", _) => both(
            format!("trước {} (dấu thời gian chứng minh)", at.vietnamese()),
            "before then, proven by a timestamp",
        ),
        (Some(at), _, _) => {
            let vi = format!("{} (theo máy người ký, chưa chứng minh)", at.vietnamese());
            both(vi, "claimed by the signer")
        }
        (None, _, Some(at)) => {
            let vi = format!("trước {} (dấu thời gian niêm phong)", at.vietnamese());
            both(vi, "before then, by the timestamp of the seal")
        }
        (None, _, None) => both("Không rõ", "Unknown"),
    }
}

/// Validity at the moment of signing as far as it is proven; without proof of that moment the validity
/// is that of the moment of the check, and the words say so.
fn valid_then(value: &Value, intact: bool, judged: Moment) -> (Mark, Both) {
    if !intact {
        return (Mark::Bad, both("Không: chữ ký không khớp dữ liệu", "No: the signature does not match"));
    }
    let proven = value.get("poe").is_some_and(Value::is_object) || text(value, "time_source") == "timestamp";
    let told = moment(value.pointer("/poe/time")).or_else(|| moment(value.get("signed_at")));
    let control = if proven { told.unwrap_or(judged) } else { judged };
    let limits = [0, 1].map(|index| moment(value.pointer(&format!("/cert_validity/{index}"))));
    if let [Some(from), Some(to)] = limits
        && !(from..=to).contains(&control)
    {
        return if proven {
            (Mark::Bad, both("Không: ngoài thời hạn của chứng thư", "No: outside the certificate's validity"))
        } else {
            let vi = "Chưa chứng minh được: ngoài thời hạn chứng thư, không có dấu thời gian";
            (Mark::Open, both(vi, "Not proven: outside the certificate's validity, no timestamp"))
        };
    }
    match (text(value, "trust"), text(value, "revocation")) {
        ("untrusted", _) => (
            Mark::Open,
            both(
                "Chưa chứng minh được: không dẫn tới chứng thư gốc tin cậy",
                "Not proven: no path to a trust anchor",
            ),
        ),
        ("trusted", "revoked") => (
            Mark::Bad,
            both("Không chứng minh được: chứng thư đã bị thu hồi", "Not proven: the certificate is revoked"),
        ),
        ("trusted", "revoked-after-poe") => (
            Mark::Good,
            both(
                "Có: chứng thư bị thu hồi sau thời điểm ký đã được chứng minh",
                "Yes: revoked only after the proven time",
            ),
        ),
        ("trusted", "good") if proven => {
            (Mark::Good, both("Có: còn hạn, chưa bị thu hồi", "Yes: within validity, not revoked"))
        }
        ("trusted", "good") => (
            Mark::Good,
            both(
                "Có, xét tại thời điểm kiểm tra: chưa bị thu hồi",
                "Yes, at the time of the check: not revoked",
            ),
        ),
        ("trusted", _) => {
            (Mark::Open, both("Chưa kiểm tra được tình trạng thu hồi", "Revocation could not be checked"))
        }
        _ => {
            (Mark::Open, both("Chưa chứng minh được: không có chứng thư gốc", "Not proven: no trust anchors"))
        }
    }
}

fn conclusion(value: &Value, intact: bool, valid_then: Mark) -> (Mark, Both) {
    let mark = match text(value, "indication") {
        "TOTAL-PASSED" => Mark::Good,
        "TOTAL-FAILED" => Mark::Bad,
        "INDETERMINATE" => Mark::Open,
        // Signatures of a deposit carry no indication of their own.
        _ if !intact => Mark::Bad,
        _ if valid_then == Mark::Good => Mark::Good,
        _ => Mark::Open,
    };
    (
        mark,
        match mark {
            Mark::Good => both("Hợp lệ", "Valid"),
            Mark::Bad => both("Không hợp lệ", "Invalid"),
            Mark::Open => both("Chưa kết luận được", "Undetermined"),
        },
    )
}

fn covers(value: &Value) -> Both {
    let bytes = value.get("revision_end_bytes").and_then(Value::as_u64);
    match (text(value, "covers"), bytes) {
        ("whole-file", _) => both("Toàn bộ tệp", "The whole file"),
        (_, Some(bytes)) => {
            both(format!("{bytes} byte đầu của tệp"), format!("The first {bytes} bytes of the file"))
        }
        _ => both("Toàn bộ tệp nêu tên", "The whole of the file named"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_signed_beside_documents_is_called_by_words() {
        let paper = |place: &str| signed_paper(place).map(|words| words.vi);
        assert_eq!(paper("niem-phong/niem-phong.txt.p7s").as_deref(), Some("bản niêm phong"));
        assert_eq!(paper("data/nhan-su/roster.json.HieuTruong.p7s").as_deref(), Some("danh sách nhân sự"));
        assert_eq!(paper("data/van-kien/3661.json.ConDau.p7s").as_deref(), Some("văn bản của trường"));
        assert_eq!(paper("GVBM_TOAN"), None, "a box of a document is called by its role");
        assert_eq!(paper("ho-so/niem-phong.p7s"), None);
    }

    fn told(change: impl FnOnce(&mut Value)) -> Signature {
        let mut value = json!({
            "field": "HieuTruong", "role": "hieu-truong", "signer": "Lê Thị Thu", "issuer": "CA", "serial": "0A1B2C",
            "cert_validity": ["2026-01-01T00:00:00+07:00", "2029-01-01T00:00:00+07:00"],
            "signed_at": "2026-11-23T09:00:00+07:00", "time_source": "timestamp",
            "poe": {"time": "2026-11-23T09:00:00+07:00", "source": "document-timestamp"},
            "integrity": "intact", "trust": "trusted", "revocation": "good", "indication": "TOTAL-PASSED",
        });
        change(&mut value);
        signature(&value, Moment::from_unix(1_795_402_800), None)
    }

    #[test]
    fn what_could_not_be_checked_is_never_said_to_be_valid() {
        for (key, value) in [
            ("revocation", "unchecked"),
            ("revocation", "revoked"),
            ("trust", "untrusted"),
            ("trust", "unknown"),
            ("integrity", "broken"),
            ("revocation", "something new"),
        ] {
            let shown = told(|report| report[key] = value.into());
            assert_ne!(shown.valid_then.0, Mark::Good, "{key} {value}");
        }
        assert_eq!(told(|_| {}).valid_then.0, Mark::Good);
    }

    #[test]
    fn a_box_of_a_subject_is_called_by_its_role_and_subject_where_the_school_is_known() {
        let names = [("TOAN", "Toán"), ("LSDL", "Lịch sử và Địa lí")];
        let called = |field: &str, role: &str| {
            let mut report = json!({"signatures": [{"field": field, "role": role}]});
            name_subjects(&mut report, |code| {
                names.iter().find(|(own, _)| *own == code).map(|(_, name)| *name)
            });
            let shown = signature(&report["signatures"][0], Moment::from_unix(1_795_402_800), None);
            (shown.role.map(|role| role.vi).unwrap_or_default(), shown.place)
        };
        let own = |words: &str, field: &str| (words.to_owned(), field.to_owned());
        assert_eq!(called("GVBM_TOAN", "gvbm"), own("Giáo viên môn Toán", "GVBM_TOAN"));
        let second = called("GVBM_LSDL_2", "gvbm-chu-tri");
        assert_eq!(second, own("Giáo viên môn Lịch sử và Địa lí", "GVBM_LSDL_2"));
        assert_eq!(
            called("GVBM_NHAC", "gvbm").0,
            "Giáo viên bộ môn",
            "a subject that the school does not have"
        );
        assert_eq!(called("HieuTruong", "hieu-truong").0, "Hiệu trưởng");
        assert_eq!(called("Ky_TOAN", "").0, "", "a field of a stranger's file is nobody's box");
    }

    #[test]
    fn a_time_outside_of_the_certificate_is_not_valid_then() {
        let late = told(|report| report["cert_validity"][1] = "2026-10-01T00:00:00+07:00".into());
        assert_eq!(late.valid_then.0, Mark::Bad);
    }

    #[test]
    fn a_claimed_time_is_called_claimed() {
        let shown = told(|report| {
            report["time_source"] = "claimed".into();
            report["poe"] = Value::Null;
        });
        assert!(shown.time.vi.contains("chưa chứng minh"), "{}", shown.time.vi);
        assert!(shown.valid_then.1.vi.contains("thời điểm kiểm tra"), "{}", shown.valid_then.1.vi);
    }
}
