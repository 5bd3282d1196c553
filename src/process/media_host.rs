//! The core's side of the media worker: says what goes where, hears how far it is, and gets back what was
//! read. Where systemd keeps a worker of its own, with the rights over devices that the core has not, that
//! one is called; elsewhere one is started.

use std::fs::File;
use std::ops::ControlFlow;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use school::digest::Sha256;
use school::limits::MEDIA_WAIT_MS;
use school::medium::MediumKind;
use school::records::media_frame::{
    Answer, Content, Device, DeviceIdentity, Format, FoundFile, Order, OwnFileSystem, Place, PlacedFile,
    Progress, Refused,
};

use super::frame::Frame;
use super::worker::{Program, Worker, WorkerFault};

/// Where the worker of systemd/niemphong-media.socket listens.
const SOCKET: &str = "/run/niemphong-media.sock";

/// Why nothing was written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail} {names:?}")]
pub struct MediaFault {
    code: String,
    names: Vec<String>,
    detail: String,
}

impl MediaFault {
    /// The stable code: those of the worker (`crate::medium`), and of its process `medium.worker_start`,
    /// `medium.worker_hung`, `medium.worker_lost`, `medium.worker_answer`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The files that it is about: what lies on a stick, what cannot be read.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn new(code: &str, detail: impl ToString) -> Self {
        Self { code: code.to_owned(), names: Vec::new(), detail: detail.to_string() }
    }
}

impl From<Refused> for MediaFault {
    fn from(Refused { code, names, detail }: Refused) -> Self {
        Self { code, names, detail }
    }
}

impl From<WorkerFault> for MediaFault {
    fn from(fault: WorkerFault) -> Self {
        let code = match fault {
            WorkerFault::NotStarted(_) => "medium.worker_start",
            WorkerFault::Hung => "medium.worker_hung",
            WorkerFault::Lost(_) => "medium.worker_lost",
        };
        Self::new(code, fault.detail())
    }
}

/// What was read back, from beginning to end, from the medium itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Of a disc.
    Image {
        /// Digest of its first `bytes` bytes.
        sha256: Sha256,
        /// How many could be read.
        bytes: u64,
    },
    /// Of a stick or of a folder of a disk: every file, in the order of their names.
    Files(Vec<FoundFile>),
}

/// Is told how far the worker is, and stops it with `Break`. A disc that is being written is lost then.
pub type OnProgress<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// The media worker, called or started at the first order and again after it hung or died.
pub struct MediaHost {
    program: Program,
    own: Vec<OwnFileSystem>,
    worker: Option<Worker>,
}

impl MediaHost {
    /// A worker that takes no device on which one of the open folders of `own` lies: data folder, inbox.
    ///
    /// Errors: `medium.worker_start` when one of them cannot be looked at.
    pub fn start(own: &[&File]) -> Result<Self, MediaFault> {
        Self::start_program(Program::this(["worker".into(), "media".into()]).apart(), own)
    }

    /// As [`Self::start`], with another way to start the worker.
    pub fn start_program(program: Program, own: &[&File]) -> Result<Self, MediaFault> {
        let own = own.iter().map(|folder| {
            let metadata =
                folder.metadata().map_err(|error| MediaFault::new("medium.worker_start", error))?;
            Ok(OwnFileSystem { device: metadata.dev() })
        });
        Ok(Self { program, own: own.collect::<Result<_, MediaFault>>()?, worker: None })
    }

    /// Every drive, stick and disk, and why one cannot be used.
    pub fn devices(&mut self) -> Result<Vec<Device>, MediaFault> {
        let order = Order::Devices { own: self.own.clone() };
        match self.call(&order, None, None, &mut |_| ControlFlow::Continue(()))?.message {
            Answer::Devices { devices } => Ok(devices),
            _ => Err(self.unexpected("another answer than to a look at the devices")),
        }
    }

    /// Burns `image` and closes the disc.
    ///
    /// Errors: `medium.not_blank`, `medium.too_small`, `medium.unplugged` and the others of the worker.
    pub fn write_image(
        &mut self,
        device: &DeviceIdentity,
        image: &File,
        sha256: Sha256,
        bytes: u64,
        progress: OnProgress<'_>,
    ) -> Result<Place, MediaFault> {
        self.write(device, Content::Image { sha256, bytes }, image.as_fd(), None, progress)
    }

    /// Writes files to a stick that holds none, or into the next folder of a dedicated disk, and detaches it.
    /// Their places are relative to the open `folder`. Doing it again with the same list goes on where an
    /// interrupted writing stopped.
    ///
    /// Errors: `medium.holds_files`, `medium.too_small`, `medium.write_protected` and the others of the worker.
    pub fn write_files(
        &mut self,
        device: &DeviceIdentity,
        (on, format, label): (MediumKind, Format, &str),
        folder: &File,
        files: &[PlacedFile],
        progress: OnProgress<'_>,
    ) -> Result<Place, MediaFault> {
        let list =
            serde_json::to_vec(files).map_err(|error| MediaFault::new("medium.worker_answer", error))?;
        let content = Content::Files { on, format, label: label.to_owned() };
        self.write(device, content, folder.as_fd(), Some(&list), progress)
    }

    /// Reads a copy from beginning to end. What it should be is compared by whoever asks.
    ///
    /// Errors: `medium.read_error` with the names of what cannot be read; `medium.no_device`.
    pub fn read_back(
        &mut self,
        device: &DeviceIdentity,
        place: Place,
        expected_bytes: u64,
        progress: OnProgress<'_>,
    ) -> Result<Found, MediaFault> {
        let order = Order::ReadBack { device: device.clone(), place, expected_bytes };
        let frame = self.call(&order, None, None, progress)?;
        match frame.message {
            Answer::ReadBack { image: Some(sha256), bytes } => Ok(Found::Image { sha256, bytes }),
            Answer::ReadBack { image: None, .. } => match serde_json::from_slice(frame.bytes()) {
                Ok(files) => Ok(Found::Files(files)),
                Err(_) => Err(self.unexpected("not a list of files")),
            },
            _ => Err(self.unexpected("another answer than to reading back")),
        }
    }

    fn write(
        &mut self,
        device: &DeviceIdentity,
        content: Content,
        from: BorrowedFd<'_>,
        list: Option<&[u8]>,
        progress: OnProgress<'_>,
    ) -> Result<Place, MediaFault> {
        let order = Order::Write { device: device.clone(), own: self.own.clone(), content };
        match self.call(&order, list, Some(from), progress)?.message {
            Answer::Written { place } => Ok(place),
            _ => Err(self.unexpected("another answer than to writing")),
        }
    }

    fn call(
        &mut self,
        order: &Order,
        part: Option<&[u8]>,
        file: Option<BorrowedFd<'_>>,
        progress: OnProgress<'_>,
    ) -> Result<Frame<Answer>, MediaFault> {
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.worker()?,
        };
        let wait = Duration::from_millis(MEDIA_WAIT_MS);
        let mut answer: Frame<Answer> = worker.call(order, part, file, wait)?;
        while let Answer::Progress(now) = &answer.message {
            let next = if progress(*now).is_break() { Order::Cancel } else { Order::Go };
            answer = worker.call(&next, None, None, wait)?;
        }
        self.worker = Some(worker);
        match answer.message {
            Answer::Refused(refused) => Err(refused.into()),
            message => Ok(Frame { message, ..answer }),
        }
    }

    fn worker(&self) -> Result<Worker, WorkerFault> {
        let socket = Path::new(SOCKET);
        if socket.exists() { Worker::connect(socket) } else { Worker::start(&self.program) }
    }

    /// A worker that answers something else is not used again.
    fn unexpected(&mut self, what: &str) -> MediaFault {
        self.worker = None;
        MediaFault::new("medium.worker_answer", what)
    }
}
