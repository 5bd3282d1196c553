//! The core's side of the reader worker: hands over bytes or an open file, gets data back. A file on
//! which the reader hangs or dies costs that one answer; the next call starts a new reader.

use std::fs::File;
use std::os::fd::{AsFd, AsRawFd};
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::export::Taken;
use crafts::pdf::Unfilled;
use school::limits::{PICTURE_SIDE_PIXELS, READER_WAIT_MS};
use school::moment::Moment;
use school::records::reader_frame::{
    Answer, Appending, Area, BesideRegister, Circumstances, ExportProblem, Order, Sight, Subject,
};
use verification::pki::{Authority, Standing};
use verification::report::PdfReport;

use super::frame::Frame;
use super::worker::{Program, Worker, WorkerFault};

/// A timestamp that is intact and over its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// genTime.
    pub time: Moment,
    /// Its authority is trusted.
    pub trusted: bool,
    /// And known not to be revoked.
    pub unrevoked: bool,
}

/// Why the reader gave no answer. It says nothing about the file, least of all that it is good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct ReaderFault {
    code: String,
    detail: String,
}

impl ReaderFault {
    /// The stable code: `reader.order`, `reader.file`, `reader.certificate`, `reader.timestamp`,
    /// `reader.result`, and of the worker itself `reader.worker_start`, `reader.worker_hung`, `reader.worker_lost`,
    /// `reader.worker_answer`.
    pub fn code(&self) -> &str {
        &self.code
    }

    fn new(code: &str, detail: impl ToString) -> Self {
        Self { code: code.to_owned(), detail: detail.to_string() }
    }
}

impl From<WorkerFault> for ReaderFault {
    fn from(fault: WorkerFault) -> Self {
        let code = match fault {
            WorkerFault::NotStarted(_) => "reader.worker_start",
            WorkerFault::Hung => "reader.worker_hung",
            WorkerFault::Lost(_) => "reader.worker_lost",
        };
        Self::new(code, fault.detail())
    }
}

/// A page before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    /// As the signer saw it.
    pub before: Picture,
    /// As the file shows it.
    pub after: Picture,
    /// Where the two differ, in thousandths of the page.
    pub difference: Option<Area>,
}

/// What became of drawing one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// A PNG file.
    Png {
        /// Its bytes.
        png: Vec<u8>,
        /// Width and height in pixels.
        size: (u16, u16),
        /// False when a font or an image of the page could not be drawn.
        complete: bool,
    },
    /// There is no such page.
    NoPage,
    /// It could not be drawn.
    NotDrawn,
}

/// How every PNG file begins: nothing else is handed on from a process that has read hostile bytes.
const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Picture {
    /// Takes the bytes of a picture from the front of `rest`; nothing when they are not there.
    fn cut(sight: Sight, rest: &mut &[u8]) -> Option<Self> {
        match sight {
            Sight::NoPage => Some(Self::NoPage),
            Sight::NotDrawn => Some(Self::NotDrawn),
            Sight::Picture { png_bytes, width, height, complete } => {
                let (png, after) = rest.split_at_checked(usize::try_from(png_bytes).ok()?)?;
                *rest = after;
                let bounded =
                    (1..=PICTURE_SIDE_PIXELS).contains(&width) && (1..=PICTURE_SIDE_PIXELS).contains(&height);
                (bounded && png.starts_with(PNG_HEAD)).then(|| Self::Png {
                    png: png.to_vec(),
                    size: (width, height),
                    complete,
                })
            }
        }
    }
}

/// A file with something appended.
#[derive(Debug)]
pub enum Appended {
    /// Finished.
    Whole(Vec<u8>),
    /// Waits for its CMS.
    Unfilled(Unfilled),
}

fn judging(subject: Subject) -> Order {
    Order::Judge { subject, beside: BesideRegister::default() }
}

/// A reader behind a process of its own, started at the first call and again after it hung or died.
pub struct ReaderHost {
    program: Program,
    worker: Option<Worker>,
    /// What this worker was told last of what surrounds its judgements.
    told: Option<Circumstances>,
    layouts: Vec<String>,
}

impl ReaderHost {
    /// A reader of this program.
    pub fn start() -> Self {
        Self::start_program(Program::this(["worker".into(), "reader".into()]))
    }

    /// As [`Self::start`], with another way to start the worker.
    pub const fn start_program(program: Program) -> Self {
        Self { program, worker: None, told: None, layouts: Vec::new() }
    }

    /// Another reader of the same program, to work beside this one.
    pub fn beside(&self) -> Self {
        Self { layouts: self.layouts.clone(), ..Self::start_program(self.program.clone()) }
    }

    /// Layouts and subjects of the school, as TOML, which every export is read by.
    pub fn with_layouts(mut self, layouts: Vec<String>) -> Self {
        self.layouts = layouts;
        self
    }

    /// The school's own layouts and catalogues that exports are read with.
    pub fn own_layouts(&self) -> &[String] {
        &self.layouts
    }

    /// Reads an export of any kind; `file` is its name without a path. The inner error lists everything
    /// that is wrong with it.
    pub fn export(
        &mut self,
        file: &str,
        bytes: &[u8],
    ) -> Result<Result<Taken, Vec<ExportProblem>>, ReaderFault> {
        let order = Order::Export { file: file.to_owned(), layouts: self.layouts.clone() };
        let frame = self.call(&order, Some(bytes), None, READER_WAIT_MS)?;
        match frame.message {
            Answer::Export => self.json(frame.bytes()).map(|book| Ok(Taken::Gradebook(book))),
            Answer::Parts => self.json(frame.bytes()).map(|parts| Ok(Taken::Parts(parts))),
            Answer::Report(report) => Ok(Ok(Taken::Report(report))),
            Answer::ExportRefused { problems } => Ok(Err(problems)),
            _ => Err(self.unexpected("another answer than to an export")),
        }
    }

    /// Judges a PDF that is in memory, for whoever reads its report here.
    pub fn judge_pdf(
        &mut self,
        circumstances: &Circumstances,
        bytes: &[u8],
    ) -> Result<Box<PdfReport>, ReaderFault> {
        let frame = self.call_in(circumstances, &judging(Subject::Pdf), Some(bytes), None, READER_WAIT_MS)?;
        self.report(frame)
    }

    /// As [`Self::judge_pdf`], of an open file.
    pub fn judge_open_pdf(
        &mut self,
        circumstances: &Circumstances,
        file: &File,
    ) -> Result<Box<PdfReport>, ReaderFault> {
        let frame = self.call_in(circumstances, &judging(Subject::Pdf), None, Some(file), READER_WAIT_MS)?;
        self.report(frame)
    }

    /// Judges an open PDF, image, drive or folder. `wait_ms` because an archive takes as long as its
    /// medium is slow.
    pub fn judge_file(
        &mut self,
        subject: Subject,
        circumstances: &Circumstances,
        file: &File,
        wait_ms: u64,
    ) -> Result<Vec<serde_json::Value>, ReaderFault> {
        if subject == Subject::Folder && file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return self.in_folder(file).judge(subject, circumstances, file, wait_ms);
        }
        self.judge(subject, circumstances, file, wait_ms)
    }

    /// A reader of its own for one folder: the sandbox of another can no longer be opened for it.
    fn in_folder(&self, folder: &File) -> Self {
        // The new process has the same descriptors until it becomes the program.
        let place = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
        Self::start_program(self.program.clone().in_folder("--folder".into(), place))
    }

    fn judge(
        &mut self,
        subject: Subject,
        circumstances: &Circumstances,
        file: &File,
        wait_ms: u64,
    ) -> Result<Vec<serde_json::Value>, ReaderFault> {
        let frame = self.call_in(circumstances, &judging(subject), None, Some(file), wait_ms)?;
        self.reports(frame)
    }

    /// Judges an open register that lies outside of a deposit, with what lies beside it.
    pub fn judge_register(
        &mut self,
        circumstances: &Circumstances,
        beside: BesideRegister,
        file: &File,
        wait_ms: u64,
    ) -> Result<Vec<serde_json::Value>, ReaderFault> {
        let order = Order::Judge { subject: Subject::Register, beside };
        let frame = self.call_in(circumstances, &order, None, Some(file), wait_ms)?;
        self.reports(frame)
    }

    /// Draws a page of an open PDF as its beginning of `before_bytes` shows it, and as the whole does.
    ///
    /// Errors: as for a judgement; a file that kills the reader costs this answer.
    pub fn draw(&mut self, file: &File, page: u32, before_bytes: u64) -> Result<Pictures, ReaderFault> {
        let order = Order::Draw { page, before_bytes };
        let frame = self.call(&order, None, Some(file), READER_WAIT_MS)?;
        let Answer::Drawn { before, after, difference } = frame.message else {
            return Err(self.unexpected("another answer than to a drawing"));
        };
        let mut rest = frame.bytes();
        let pictures = [before, after].map(|sight| Picture::cut(sight, &mut rest));
        match pictures {
            [Some(before), Some(after)] if rest.is_empty() => Ok(Pictures { before, after, difference }),
            _ => Err(self.unexpected("not the pictures of the answer")),
        }
    }

    /// How a signer's certificate stands (invariant 4).
    ///
    /// Errors: `reader.certificate` when it is none.
    pub fn standing(
        &mut self,
        circumstances: &Circumstances,
        certificate_der: &[u8],
    ) -> Result<Standing, ReaderFault> {
        let frame =
            self.call_in(circumstances, &Order::Standing, Some(certificate_der), None, READER_WAIT_MS)?;
        match frame.message {
            Answer::Standing => self.json(frame.bytes()),
            _ => Err(self.unexpected("another answer than to a standing")),
        }
    }

    /// What a timestamp token, or the answer that it comes in, says of `content`.
    ///
    /// Errors: `reader.timestamp` when it does not stand.
    pub fn timestamp(
        &mut self,
        circumstances: &Circumstances,
        token: &[u8],
        content: &[u8],
    ) -> Result<Stamp, ReaderFault> {
        let order = Order::Timestamp { content: STANDARD.encode(content) };
        let frame = self.call_in(circumstances, &order, Some(token), None, READER_WAIT_MS)?;
        match frame.message {
            Answer::Stamped { time, trusted, unrevoked } => Ok(Stamp { time, trusted, unrevoked }),
            _ => Err(self.unexpected("another answer than to a timestamp")),
        }
    }

    /// Appends to a PDF that is none of ours; the inner error is the craft's code, such as `pdf.encrypted`.
    pub fn append(&mut self, file: &[u8], what: Appending) -> Result<Result<Appended, String>, ReaderFault> {
        let frame = self.call(&Order::Append { what }, Some(file), None, READER_WAIT_MS)?;
        let Frame { message, part, .. } = frame;
        let contents = match message {
            Answer::NotAppended { code, detail } => {
                tracing::warn!(code, detail, "nothing was appended");
                return Ok(Err(code));
            }
            Answer::Appended { contents } => contents,
            _ => return Err(self.unexpected("another answer than to an appending")),
        };
        let whole = part.map(|mut part| std::mem::take(&mut *part)).unwrap_or_default();
        let Some((start, end)) = contents else {
            // Whatever else it answers, what stands is what was sent.
            return if whole.starts_with(file) && whole.len() > file.len() {
                Ok(Ok(Appended::Whole(whole)))
            } else {
                Err(self.unexpected("not the file with a revision behind it"))
            };
        };
        let place = usize::try_from(start).ok().zip(usize::try_from(end).ok());
        match place.map(|(start, end)| Unfilled::received(file, whole, start..end)) {
            Some(Ok(unfilled)) => Ok(Ok(Appended::Unfilled(unfilled))),
            _ => Err(self.unexpected("not the file with a revision behind it")),
        }
    }

    /// Certificates of authorities in what a person or a token brought.
    pub fn authorities(&mut self, file: &[u8]) -> Result<Vec<Authority>, ReaderFault> {
        let frame = self.call(&Order::Authorities, Some(file), None, READER_WAIT_MS)?;
        match frame.message {
            Answer::Authorities => self.json(frame.bytes()),
            _ => Err(self.unexpected("another answer than authorities")),
        }
    }

    /// The process id of the worker that runs now.
    #[allow(dead_code, reason = "the tests of a worker's life ask for it")]
    pub fn worker_id(&self) -> Option<u32> {
        self.worker.as_ref().and_then(Worker::id)
    }

    /// Has the worker read what surrounds the judgements to come, unless it knows; a first one is started for it.
    pub fn surround(&mut self, circumstances: &Circumstances, wait_ms: u64) -> Result<(), ReaderFault> {
        if self.worker.is_some() && self.told.as_ref() == Some(circumstances) {
            return Ok(());
        }
        self.told = None;
        let order = Order::Surround { circumstances: Box::new(circumstances.clone()) };
        let answer = self.call(&order, None, None, wait_ms.min(READER_WAIT_MS))?;
        if answer.message != Answer::Surrounded {
            return Err(self.unexpected("another answer than to circumstances"));
        }
        self.told = Some(circumstances.clone());
        Ok(())
    }

    /// As [`Self::call`], in these circumstances.
    fn call_in(
        &mut self,
        circumstances: &Circumstances,
        order: &Order,
        part: Option<&[u8]>,
        file: Option<&File>,
        wait_ms: u64,
    ) -> Result<Frame<Answer>, ReaderFault> {
        self.surround(circumstances, wait_ms)?;
        self.call(order, part, file, wait_ms)
    }

    fn call(
        &mut self,
        order: &Order,
        part: Option<&[u8]>,
        file: Option<&File>,
        wait_ms: u64,
    ) -> Result<Frame<Answer>, ReaderFault> {
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => {
                self.told = None;
                Worker::start(&self.program)?
            }
        };
        // On a fault the worker is dropped here and the next call starts another.
        let answer = worker.call(order, part, file.map(AsFd::as_fd), Duration::from_millis(wait_ms))?;
        self.worker = Some(worker);
        match answer.message {
            Answer::Refused { code, detail } => Err(ReaderFault { code, detail }),
            message => Ok(Frame { message, ..answer }),
        }
    }

    fn reports(&mut self, frame: Frame<Answer>) -> Result<Vec<serde_json::Value>, ReaderFault> {
        if frame.message != Answer::Judged {
            return Err(self.unexpected("another answer than to a judgement"));
        }
        let lines = frame.bytes().split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let reports: Result<Vec<_>, _> = lines.map(serde_json::from_slice).collect();
        match reports {
            // Missing evidence is never success (invariant 8).
            Ok(reports) if !reports.is_empty() => Ok(reports),
            _ => Err(self.unexpected("no reports")),
        }
    }

    fn report(&mut self, frame: Frame<Answer>) -> Result<Box<PdfReport>, ReaderFault> {
        match frame.message {
            Answer::Judged => self.json(frame.bytes()).map(Box::new),
            _ => Err(self.unexpected("another answer than to a judgement")),
        }
    }

    fn json<T: serde::de::DeserializeOwned>(&mut self, bytes: &[u8]) -> Result<T, ReaderFault> {
        serde_json::from_slice(bytes).map_err(|_| self.unexpected("not the JSON of the answer"))
    }

    /// A reader that answers something else may have been taken over by the file: it is not used again.
    fn unexpected(&mut self, what: &str) -> ReaderFault {
        self.worker = None;
        ReaderFault::new("reader.worker_answer", what)
    }
}
