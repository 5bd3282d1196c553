//! Many reports in few words: the summary of a folder, a deposit or a whole inspection, and the text
//! that `niemphong verify` prints.

use std::fmt::Write;

use school::moment::Moment;
use serde_json::Value;

use super::called::of_type;
use super::item::{Item, mark};
use super::signature::Mark;
use super::{Both, both, shown, text};

/// How the reports of one argument are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Of valid things only the sentence.
    Brief,
    /// Everything.
    Full,
}

/// `14/14 hồ sơ hợp lệ`, and how many are otherwise. Documents are counted where there are any, else
/// everything.
pub fn brief<'a>(reports: impl IntoIterator<Item = &'a Value>) -> Both {
    let all: Vec<&Value> = reports.into_iter().collect();
    let documents: Vec<&Value> =
        all.iter().copied().filter(|one| matches!(text(one, "type"), "pdf" | "unread")).collect();
    let (counted, noun) = if documents.is_empty() {
        (&all, both("đối tượng", "objects"))
    } else {
        (&documents, both("hồ sơ", "documents"))
    };
    let count = |wanted: Mark| counted.iter().filter(|one| mark(one) == wanted).count();
    let (good, bad, open) = (count(Mark::Good), count(Mark::Bad), count(Mark::Open));
    let mut vi = format!("{good}/{} {} hợp lệ", counted.len(), noun.vi);
    let mut en = format!("{good}/{} {} valid", counted.len(), noun.en);
    for (number, words) in
        [(bad, both("không hợp lệ", "not valid")), (open, both("chưa kết luận được", "undetermined"))]
    {
        if number > 0 {
            let _ = write!(vi, ", {number} {}", words.vi);
            let _ = write!(en, ", {number} {}", words.en);
        }
    }
    // What is judged besides the documents must not hide behind their count.
    let besides =
        all.iter().filter(|one| mark(one) != Mark::Good && !matches!(text(one, "type"), "pdf" | "unread"));
    if !documents.is_empty() {
        for one in besides {
            let kind = of_type(text(one, "type"));
            let _ = write!(vi, "; {}: {}", kind.vi.to_lowercase(), verdict(one).vi);
            let _ = write!(en, "; {}: {}", kind.en.to_lowercase(), verdict(one).en);
        }
    }
    both(vi, en)
}

fn verdict(report: &Value) -> Both {
    match mark(report) {
        Mark::Good => both("hợp lệ", "valid"),
        Mark::Bad => both("không hợp lệ", "not valid"),
        Mark::Open => both("chưa kết luận được", "undetermined"),
    }
}

/// The text of everything that one argument named: for one thing its report, for many the summary first
/// and then what is not valid, or everything.
pub fn group(argument: &str, reports: &[Value], rows: Rows, judged: Moment) -> String {
    let argument = crafts::document::plain_text(argument, super::SHOWN_CHARACTERS);
    let item = |report: &Value| Item::of(report, judged);
    if let [one] = reports {
        return text::whole(&item(one), rows);
    }
    let Some((head, rest)) = reports.split_first() else { return argument };
    // A deposit or a medium says its own verdict first; a plain folder has none.
    let has_head = matches!(text(head, "type"), "bag" | "medium");
    let mut out = String::new();
    if has_head {
        let _ =
            writeln!(out, "{}\n  {}\n  {}", shown(head, "path"), shown(head, "sentence"), brief(reports).vi);
        out.push_str(&text::body(&item(head), rows));
    } else {
        let _ = writeln!(out, "{argument}\n  {}", brief(reports).vi);
    }
    let rest = if has_head { rest } else { reports };
    for report in rest {
        if rows == Rows::Full || mark(report) != Mark::Good {
            let _ = writeln!(out, "\n{}", text::whole(&item(report), rows));
        }
    }
    out.trim_end().to_owned()
}

/// A line of progress.
pub fn progress(done: usize, of: usize) -> String {
    format!("Đã kiểm tra {done}/{of} …")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pdf(name: &str, verdict: &str) -> Value {
        json!({"type": "pdf", "path": name, "verdict": verdict, "sentence": format!("CÂU {verdict}"), "problems": []})
    }

    #[test]
    fn a_folder_says_its_count_first_and_then_only_what_is_not_valid() {
        let reports = [pdf("a.pdf", "valid"), pdf("b.pdf", "invalid"), pdf("c.pdf", "indeterminate")];
        let shown = group("hoc-ba", &reports, Rows::Brief, Moment::from_unix(0));
        assert!(
            shown.starts_with("hoc-ba\n  1/3 hồ sơ hợp lệ, 1 không hợp lệ, 1 chưa kết luận được\n"),
            "{shown}"
        );
        assert!(!shown.contains("a.pdf") && shown.contains("b.pdf") && shown.contains("c.pdf"), "{shown}");
        assert!(group("hoc-ba", &reports, Rows::Full, Moment::from_unix(0)).contains("a.pdf"));
    }

    #[test]
    fn a_broken_register_does_not_hide_behind_sound_documents() {
        let register = json!({"type": "register", "path": "so-theo-doi.jsonl", "verdict": "invalid"});
        let shown = brief(&[pdf("a.pdf", "valid"), register]).vi;
        assert!(shown.starts_with("1/1 hồ sơ hợp lệ; ") && shown.contains("không hợp lệ"), "{shown}");
    }
}
