//! Judges everything asked for, prints it and writes what was asked for beside it.

use school::records::reader_frame::Subject;
use serde_json::Value;

use super::pictures::Pencil;
use super::readers::{Job, NoAnswer, Outcome, judge_all};
use super::surroundings::surroundings;
use super::{OutputFault, fetching, likeness, outputs, revisions, subjects};
use crate::cli::arguments::VerifyRequest;
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::wording::inspection::{self as words, Grounds, Rows, Views};
use crate::{terminal, wording};

/// From so many files on, a terminal sees how far the check is.
const PROGRESS_FILES: usize = 4;

/// Judges everything asked for and prints it; the worst verdict decides the exit code.
pub fn run(request: &VerifyRequest) -> Exit {
    let (mut circumstances, mut grounds) = match surroundings(request) {
        Ok(surroundings) => surroundings,
        Err(fault) => return failed(fault.code(), &fault),
    };
    for output in [&request.html, &request.pdf].into_iter().flatten() {
        if let Err(fault) = outputs::is_free(output) {
            return failed(fault.code(), &fault);
        }
    }
    let jobs = jobs(request);
    if request.fetch {
        let before = circumstances.crls.len() + circumstances.ocsps.len();
        fetching::fetch(&jobs, &mut circumstances);
        grounds.fetched = Some(circumstances.crls.len() + circumstances.ocsps.len() - before);
    }
    let mut inspection = Inspection::new(request, &grounds);
    let many = jobs.len() >= PROGRESS_FILES;
    let done = |ready| {
        if many {
            terminal::progress(&words::progress(ready, jobs.len()));
        }
    };
    judge_all(&jobs, &circumstances, done, |index, outcome| {
        let last = jobs.get(index + 1).is_none_or(|next| next.argument != jobs[index].argument);
        inspection.take(&jobs[index], outcome, last);
    });
    inspection.finish()
}

/// What the arguments stand for, in their order.
fn jobs(request: &VerifyRequest) -> Vec<Job> {
    let mut jobs = Vec::new();
    for (argument, path) in request.paths.iter().enumerate() {
        match subjects::subjects(path) {
            Ok(found) if found.is_empty() => jobs.push(Job { argument, subject: None, path: path.clone() }),
            Ok(found) => jobs.extend(found.into_iter().map(|(subject, path)| Job {
                argument,
                subject: Some(subject),
                path,
            })),
            // The reader says, in its turn, what is wrong with it.
            Err(_) => jobs.push(Job { argument, subject: Some(Subject::Pdf), path: path.clone() }),
        }
    }
    jobs
}

/// One call of `verify` while it goes on.
struct Inspection<'a> {
    request: &'a VerifyRequest,
    grounds: &'a Grounds,
    exit: Exit,
    /// Reports of the argument that is being judged.
    group: Vec<Value>,
    /// All reports, where they are needed at the end.
    all: Vec<Value>,
    /// Reports of media, to be compared with each other at the end.
    media: Vec<Value>,
    /// Draws for the page, where one is wanted.
    pencil: Option<Pencil>,
    /// Pictures, one entry for each report of the group and of all before it.
    views: Vec<Views>,
}

impl<'a> Inspection<'a> {
    fn new(request: &'a VerifyRequest, grounds: &'a Grounds) -> Self {
        let pencil = request.html.as_ref().map(|_| Pencil::new());
        Self {
            request,
            grounds,
            exit: Exit::Ok,
            group: Vec::new(),
            all: Vec::new(),
            media: Vec::new(),
            pencil,
            views: Vec::new(),
        }
    }

    fn take(&mut self, job: &Job, outcome: Outcome, last_of_argument: bool) {
        match outcome {
            Err(fault) => self.no_answer(&job.path, &fault),
            Ok(reports) => {
                for mut report in reports {
                    wording::fill(&mut report, &job.path);
                    self.worsen(exit_of(&report));
                    self.extract(job, &report);
                    if self.request.json {
                        terminal::data(&self.with_grounds(&report).to_string());
                    }
                    let views = self.pencil.as_mut().map(|pencil| pencil.views(job, &report));
                    self.views.push(views.unwrap_or_default());
                    if report["type"] == "medium" {
                        self.media.push(report.clone());
                    }
                    self.group.push(report);
                }
            }
        }
        if last_of_argument {
            self.print_group(job.argument);
        }
    }

    /// A line of JSON may travel without the others: each says by what it was checked.
    fn with_grounds(&self, report: &Value) -> Value {
        let mut line = report.clone();
        line["checked"] = self.grounds.to_json();
        line
    }

    fn worsen(&mut self, exit: Exit) {
        self.exit = self.exit.worst(exit);
    }

    /// A file without a verdict stands in every report as that: never left out, never good.
    fn no_answer(&mut self, path: &std::path::Path, fault: &NoAnswer) {
        let (code, exit) = match fault {
            NoAnswer::Nothing => {
                (OutputFault::Nothing.code(), failed(OutputFault::Nothing.code(), &OutputFault::Nothing))
            }
            NoAnswer::Unopened(fault) => (fault.code(), failed(fault.code(), fault)),
            NoAnswer::Reader(fault) => (fault.code(), failed(fault.code(), fault)),
        };
        self.worsen(exit);
        self.views.push(Views::default());
        self.group.push(words::unread(path, code));
    }

    fn extract(&mut self, job: &Job, report: &Value) {
        let Some(folder) = &self.request.extract else { return };
        match revisions::extract(folder, job, report) {
            Ok(files) => files.iter().for_each(|file| {
                let name = file.to_string_lossy();
                terminal::note(&crafts::document::plain_text(
                    &name,
                    school::limits::PROBLEM_PLACE_CHARACTERS,
                ));
            }),
            Err(fault) => {
                let exit = failed(fault.code(), &fault);
                self.worsen(exit);
            }
        }
    }

    fn print_group(&mut self, argument: usize) {
        let reports = std::mem::take(&mut self.group);
        if !self.request.json {
            let rows = if self.request.details { Rows::Full } else { Rows::Brief };
            let path =
                self.request.paths.get(argument).map(|path| path.to_string_lossy()).unwrap_or_default();
            terminal::data(&words::group(&path, &reports, rows, self.grounds.judged));
        }
        if self.request.html.is_some() || self.request.pdf.is_some() {
            self.all.extend(reports);
        }
    }

    /// Media in one hand tell more than each alone.
    fn compare_media(&mut self) {
        let compared = likeness::compare_all(&mut self.media);
        if compared.contradicted {
            self.worsen(Exit::Invalid);
        }
        if self.request.json {
            compared.objects.iter().for_each(|object| terminal::data(&object.to_string()));
        } else {
            compared.lines.iter().for_each(|line| terminal::data(line));
        }
        for medium in &self.media {
            let mut same = self.all.iter_mut().filter(|report| report["path"] == medium["path"]);
            if let Some(report) = same.find(|report| report["type"] == "medium") {
                *report = medium.clone();
            }
        }
    }

    fn finish(mut self) -> Exit {
        let grounds = self.grounds;
        self.compare_media();
        if !self.request.json {
            terminal::data(&words::grounds(grounds));
        }
        let html =
            self.request.html.as_ref().map(|path| outputs::html(path, &self.all, &self.views, grounds));
        let pdf = self.request.pdf.as_ref().map(|path| outputs::pdf(path, &self.all, grounds));
        for fault in [html, pdf].into_iter().flatten().filter_map(Result::err) {
            let exit = failed(fault.code(), &fault);
            self.worsen(exit);
        }
        self.exit
    }
}

fn exit_of(report: &Value) -> Exit {
    match report.get("verdict").and_then(Value::as_str) {
        Some("valid") => Exit::Ok,
        Some("indeterminate") => Exit::NotVerifiable,
        _ => Exit::Invalid,
    }
}
