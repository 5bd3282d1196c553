//! A clerk who knows the program by what it prints and by nothing else: asks `niemphong archive`, types the commands
//! of the next step as they are printed, and fills their gaps with what lies on the table.

use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use super::archive::{register, succeeds, text};
use super::scratch_school::{AtTheDesk, built_program};
use crate::demo::staff::{PRINCIPAL, STAFF_OF_ONE_CLASS, STAMP, StaffMember};

const NEXT: &str = "Việc tiếp theo";
/// More steps than any way has; a way without an end is a fault.
const STEPS: usize = 40;

/// The clerk, with a folder for what is printed.
pub(super) struct Clerk<'a> {
    desk: &'a AtTheDesk,
    configuration: Option<PathBuf>,
    pub papers: TempDir,
    /// What was typed, and what the program said beside its data.
    pub typed: Vec<(String, String)>,
    stickers: u32,
}

impl<'a> Clerk<'a> {
    pub fn at(desk: &'a AtTheDesk) -> Self {
        let papers = tempfile::tempdir().expect("a folder");
        Self { desk, configuration: None, papers, typed: Vec::new(), stickers: 0 }
    }

    /// By a configuration instead of a data folder; no PIN is asked for on that way.
    pub fn with_configuration(self, configuration: PathBuf) -> Self {
        Self { configuration: Some(configuration), ..self }
    }

    /// Does step after step until the program asks for this, and returns what it says then.
    #[track_caller]
    pub fn follow_until(&mut self, words: &str) -> String {
        let mut step = self.asks();
        for _ in 0..STEPS {
            if step.contains(words) {
                return step;
            }
            step = self.does(&step).unwrap_or_else(|| self.asks());
        }
        panic!("{words:?} never came: {:#?}", self.typed)
    }

    /// The step that `niemphong archive` alone names.
    pub fn asks(&mut self) -> String {
        let said = succeeds(&self.types(&[], "")).0;
        step(&said).unwrap_or_else(|| panic!("no step is named: {said}"))
    }

    /// Types the commands of a step; the step that follows, as soon as the program names one.
    #[track_caller]
    pub fn does(&mut self, of: &str) -> Option<String> {
        let who = signer(of);
        for command in commands(of) {
            let words: Vec<String> = command.iter().map(|word| self.filled(word, of, &who)).collect();
            let (_, said) = succeeds(&self.typed_words(&words, who.pin));
            if let Some(next) = step(&said) {
                return Some(next);
            }
        }
        None
    }

    /// Types one command of a step that offers several ways: the one that begins with `verb`.
    #[track_caller]
    pub fn does_one(&mut self, of: &str, verb: &[&str], gaps: &[(&str, &str)]) -> (String, String) {
        let command = commands(of).into_iter().find(|words| words[1..].starts_with(&owned(verb)));
        let mut command = command.unwrap_or_else(|| panic!("{verb:?} is not offered: {of}"));
        for word in &mut command {
            if let Some((_, value)) = gaps.iter().find(|(gap, _)| gap == word) {
                *word = (*value).to_owned();
            }
        }
        succeeds(&self.typed_words(&command, ""))
    }

    /// A command after `niemphong archive`, typed as it is.
    fn types(&mut self, words: &[&str], pin: &str) -> Output {
        let output = match &self.configuration {
            Some(configuration) => self.by_configuration(configuration, words),
            None => self.desk.run(words, pin),
        };
        self.typed.push((words.join(" "), text(&output.stderr)));
        output
    }

    fn by_configuration(&self, configuration: &Path, words: &[&str]) -> Output {
        let mut program = std::process::Command::new(built_program());
        program.args(["archive", "--config"]).arg(configuration);
        program.arg("--trust").arg(self.desk.surroundings.authority.folder());
        program.args(words).output().expect("it runs")
    }

    fn typed_words(&mut self, words: &[String], pin: &str) -> Output {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["archive", rest @ ..] => self.types(rest, pin),
            ["register", rest @ ..] => {
                let output = register(self.desk, rest);
                self.typed.push((words.join(" "), text(&output.stderr)));
                output
            }
            _ => panic!("no command of this program: {words:?}"),
        }
    }

    /// A word of a command, its gap filled with what the clerk sees or decides.
    fn filled(&mut self, word: &str, step: &str, who: &StaffMember) -> String {
        let path = |path: &Path| path.to_str().expect("a path").to_owned();
        match word {
            "<thư viện PKCS#11>" => path(self.desk.surroundings.tokens.module()),
            "<nhãn hoặc số hiệu>" => who.label.to_owned(),
            "<tên thiết bị>" => self.device(step),
            "<thư mục>" => path(self.papers.path()),
            "<tập tin PDF>" => path(&self.book()),
            "<số tem>" => {
                self.stickers += 1;
                format!("T-{:04}", self.stickers)
            }
            "<nơi cất>" => "Tủ hồ sơ số 2, phòng văn thư".into(),
            "<mã người chứng kiến>" => PRINCIPAL.id.to_owned(),
            gap if gap.starts_with('<') => panic!("{gap} is asked for, and nobody knows what that is"),
            word => word.to_owned(),
        }
    }

    /// Where the printed book goes.
    pub fn book(&self) -> PathBuf {
        self.papers.path().join("so-theo-doi.pdf")
    }

    /// The device of the kind that the step names, as the list of devices calls it.
    fn device(&mut self, step: &str) -> String {
        let (list, _) = succeeds(&self.types(&["devices"], ""));
        let line = list.lines().find(|line| {
            let mut parts = line.split(", ").skip(1);
            line.contains("ghi được") && parts.next().is_some_and(|kind| step.contains(kind))
        });
        let line = line.unwrap_or_else(|| panic!("nothing in {list} can be used for: {step}"));
        line.split(',').next().unwrap_or_default().to_owned()
    }
}

/// The last step that is named.
fn step(said: &str) -> Option<String> {
    said.rfind(NEXT).map(|at| said[at..].to_owned())
}

/// Whose token a step asks for: the person whom it names, else the stamp's.
fn signer(step: &str) -> StaffMember {
    STAFF_OF_ONE_CLASS.into_iter().find(|member| step.contains(member.name)).unwrap_or(STAMP)
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The commands of a step, by words; a gap is one word.
fn commands(step: &str) -> Vec<Vec<String>> {
    let typed = step.lines().filter_map(|line| line.strip_prefix("  niemphong "));
    let words = |line: &str| {
        let mut words = Vec::new();
        let mut rest = line.trim();
        while !rest.is_empty() {
            let end = if rest.starts_with('<') { rest.find('>').map(|at| at + 1) } else { rest.find(' ') };
            let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
            words.push(word.to_owned());
            rest = after.trim_start();
        }
        words
    };
    typed.map(words).collect()
}

/// The configuration of a school whose data lie in `data`: as it is shipped, with other values for these keys.
pub(super) fn configuration(data: &Path, inbox: &Path, values: &[(&str, &str)]) -> PathBuf {
    let template = std::process::Command::new(built_program()).args(["config", "template"]).output();
    let template = text(&template.expect("it runs").stdout);
    let lines = template.lines().map(|line| {
        let key = line.split_once(" = ").map_or("", |(key, _)| key);
        match key {
            "data" => format!("data = {data:?}"),
            "inbox" => format!("inbox = {inbox:?}"),
            _ => values
                .iter()
                .find(|(other, _)| *other == key)
                .map_or_else(|| line.to_owned(), |(key, value)| format!("{key} = {value}")),
        }
    });
    let path = data.join("niemphong.toml");
    std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).expect("written");
    path
}
