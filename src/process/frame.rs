//! One message between core and worker: four bytes of big-endian header length, a JSON header
//! `{"v":1,"message":…,"part_bytes":n|null}`, then the binary part. At most one open file travels
//! with the first byte (SCM_RIGHTS, unix(7)).
//!
//! Binary parts hold PDFs, exports and the one PIN: their buffers are allocated once at their final
//! size, so that no stale copy stays behind, and wiped when dropped.

use std::io::{self, IoSlice, IoSliceMut, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, ReturnFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags,
};
use school::limits::{FRAME_HEADER_SIZE_BYTES, FRAME_PART_SIZE_BYTES};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Version of the frame's own shape. The messages in it have versions of their own, equal today.
pub const VERSION: u16 = 1;

/// A frame that could not be carried. The channel is of no use afterwards.
#[derive(Debug, thiserror::Error)]
pub enum FrameFault {
    /// The other side closed between two frames: the orderly end.
    #[error("the other side closed")]
    Closed,
    /// The deadline passed.
    #[error("no frame before the deadline")]
    Late,
    /// The other side closed inside a frame, or the socket failed.
    #[error("channel is broken")]
    Broken(#[source] io::Error),
    /// Header or part longer than the limits allow, or more than one file.
    #[error("frame is larger than allowed")]
    TooLarge,
    /// The header is not JSON of the expected message.
    #[error("frame header cannot be understood")]
    Malformed(#[source] serde_json::Error),
    /// The other side speaks another version.
    #[error("frame has version {0}, not {VERSION}")]
    OtherVersion(u16),
}

impl From<io::Error> for FrameFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Late,
            _ => Self::Broken(error),
        }
    }
}

/// A received frame.
pub struct Frame<M> {
    /// The message.
    pub message: M,
    /// The binary part.
    pub part: Option<Zeroizing<Vec<u8>>>,
    /// The open file.
    pub file: Option<OwnedFd>,
}

impl<M> Frame<M> {
    /// The part's bytes; none are like an empty part.
    pub fn bytes(&self) -> &[u8] {
        self.part.as_ref().map_or(&[], |part| part.as_slice())
    }
}

#[derive(Serialize)]
struct HeaderOut<'a, M> {
    v: u16,
    message: &'a M,
    part_bytes: Option<u64>,
}

/// The version is read before the message is, so that another version is told as such.
#[derive(Deserialize)]
struct VersionIn {
    v: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeaderIn<M> {
    #[serde(rename = "v")]
    _v: u16,
    message: M,
    part_bytes: Option<u64>,
}

/// One end of the socket between core and worker.
pub struct Channel {
    stream: UnixStream,
    // As the socket was told last; a new one waits for ever.
    read_wait: Option<Duration>,
    write_wait: Option<Duration>,
}

impl Channel {
    /// Over a connected socket.
    pub const fn new(stream: UnixStream) -> Self {
        Self { stream, read_wait: None, write_wait: None }
    }

    /// Sends one frame.
    ///
    /// Errors: [`FrameFault::Late`] when the other side does not read before the deadline.
    pub fn send(
        &mut self,
        message: &impl Serialize,
        part: Option<&[u8]>,
        file: Option<BorrowedFd<'_>>,
        deadline: Option<Instant>,
    ) -> Result<(), FrameFault> {
        let part_bytes = part.map(|part| part.len() as u64);
        if part_bytes.is_some_and(|bytes| bytes > FRAME_PART_SIZE_BYTES) {
            return Err(FrameFault::TooLarge);
        }
        let header = serde_json::to_vec(&HeaderOut { v: VERSION, message, part_bytes })
            .map_err(FrameFault::Malformed)?;
        let length = u32::try_from(header.len()).ok().filter(|length| *length <= FRAME_HEADER_SIZE_BYTES);
        let prefix = length.ok_or(FrameFault::TooLarge)?.to_be_bytes();
        // In one call: the other side is woken once, with everything there.
        let mut pieces = [&prefix, header.as_slice(), part.unwrap_or_default()].map(IoSlice::new);
        let mut pieces = pieces.as_mut_slice();
        let mut file = file;
        while pieces.iter().any(|piece| !piece.is_empty()) {
            self.wait_to_write(deadline)?;
            let sent = self.send_pieces(pieces, file.take())?;
            IoSlice::advance_slices(&mut pieces, sent);
        }
        Ok(())
    }

    /// Waits for one frame, for ever without a deadline.
    ///
    /// Errors: [`FrameFault::Closed`] when the other side left between frames.
    pub fn receive<M: DeserializeOwned>(
        &mut self,
        deadline: Option<Instant>,
    ) -> Result<Frame<M>, FrameFault> {
        self.wait_to_read(deadline)?;
        let mut prefix = [0; 4];
        let (read, file) = self.receive_with_file(&mut prefix)?;
        if read == 0 {
            return Err(FrameFault::Closed);
        }
        self.read_exact(&mut prefix[read..], deadline)?;
        let length = u32::from_be_bytes(prefix);
        if length > FRAME_HEADER_SIZE_BYTES {
            return Err(FrameFault::TooLarge);
        }
        let header = self.read_vec(u64::from(length), deadline)?;
        let version: VersionIn = serde_json::from_slice(&header).map_err(FrameFault::Malformed)?;
        if version.v != VERSION {
            return Err(FrameFault::OtherVersion(version.v));
        }
        let header: HeaderIn<M> = serde_json::from_slice(&header).map_err(FrameFault::Malformed)?;
        if header.part_bytes.is_some_and(|bytes| bytes > FRAME_PART_SIZE_BYTES) {
            return Err(FrameFault::TooLarge);
        }
        let part = header.part_bytes.map(|bytes| self.read_vec(bytes, deadline)).transpose()?;
        Ok(Frame { message: header.message, part, file })
    }

    fn send_pieces(&self, pieces: &[IoSlice<'_>], file: Option<BorrowedFd<'_>>) -> Result<usize, FrameFault> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = SendAncillaryBuffer::new(&mut space);
        let files = file.map(|file| [file]);
        if let Some(files) = &files
            && !control.push(SendAncillaryMessage::ScmRights(files))
        {
            return Err(FrameFault::TooLarge);
        }
        retry(|| rustix::net::sendmsg(&self.stream, pieces, &mut control, SendFlags::NOSIGNAL))
    }

    fn receive_with_file(&self, bytes: &mut [u8]) -> Result<(usize, Option<OwnedFd>), FrameFault> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let received = retry(|| {
            let mut pieces = [IoSliceMut::new(bytes)];
            rustix::net::recvmsg(&self.stream, &mut pieces, &mut control, RecvFlags::CMSG_CLOEXEC)
        })?;
        let mut files: Vec<OwnedFd> = control
            .drain()
            .filter_map(|message| match message {
                RecvAncillaryMessage::ScmRights(files) => Some(files),
                _ => None,
            })
            .flatten()
            .collect();
        // Alignment can leave room for a second descriptor; it would be nobody's, so it is refused.
        if files.len() > 1 || received.flags.contains(ReturnFlags::CTRUNC) {
            return Err(FrameFault::TooLarge);
        }
        Ok((received.bytes, files.pop()))
    }

    fn read_vec(
        &mut self,
        size_bytes: u64,
        deadline: Option<Instant>,
    ) -> Result<Zeroizing<Vec<u8>>, FrameFault> {
        let size = usize::try_from(size_bytes).map_err(|_| FrameFault::TooLarge)?;
        let mut bytes = Zeroizing::new(Vec::new());
        // Asked for first: under the reader's memory limit a refusal must not abort without words.
        bytes.try_reserve_exact(size).map_err(|_| FrameFault::TooLarge)?;
        bytes.resize(size, 0);
        self.read_exact(&mut bytes, deadline)?;
        Ok(bytes)
    }

    fn read_exact(&mut self, mut bytes: &mut [u8], deadline: Option<Instant>) -> Result<(), FrameFault> {
        while !bytes.is_empty() {
            // Each piece gets what is left, so that a slow trickle cannot stretch the whole.
            self.wait_to_read(deadline)?;
            match self.stream.read(bytes) {
                Ok(0) => return Err(FrameFault::Broken(io::ErrorKind::UnexpectedEof.into())),
                Ok(read) => bytes = &mut bytes[read..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn wait_to_read(&mut self, deadline: Option<Instant>) -> Result<(), FrameFault> {
        let wait = remaining(deadline)?;
        if wait != self.read_wait {
            self.stream.set_read_timeout(wait)?;
            self.read_wait = wait;
        }
        Ok(())
    }

    fn wait_to_write(&mut self, deadline: Option<Instant>) -> Result<(), FrameFault> {
        let wait = remaining(deadline)?;
        if wait != self.write_wait {
            self.stream.set_write_timeout(wait)?;
            self.write_wait = wait;
        }
        Ok(())
    }
}

impl AsFd for Channel {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

/// What is left until the deadline; `None` waits for ever.
fn remaining(deadline: Option<Instant>) -> Result<Option<Duration>, FrameFault> {
    let Some(deadline) = deadline else { return Ok(None) };
    let left = deadline.saturating_duration_since(Instant::now());
    // A timeout of zero would mean "for ever" to the kernel.
    if left.is_zero() { Err(FrameFault::Late) } else { Ok(Some(left)) }
}

fn retry<T>(mut call: impl FnMut() -> rustix::io::Result<T>) -> Result<T, FrameFault> {
    loop {
        match call() {
            Err(rustix::io::Errno::INTR) => {}
            done => return done.map_err(|errno| io::Error::from(errno).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::io::Write;

    use super::*;

    fn pair() -> (Channel, Channel) {
        let (ours, theirs) = UnixStream::pair().expect("socketpair");
        (Channel::new(ours), Channel::new(theirs))
    }

    fn soon() -> Option<Instant> {
        Some(Instant::now() + Duration::from_secs(5))
    }

    #[test]
    fn message_part_and_open_file_arrive_together() {
        let (mut ours, mut theirs) = pair();
        let mut file = tempfile::tempfile().expect("file");
        file.write_all(b"in the file").expect("writes");
        ours.send(&"hello", Some(b"part"), Some(file.as_fd()), soon()).expect("sends");
        let frame: Frame<String> = theirs.receive(soon()).expect("receives");
        assert_eq!((frame.message.as_str(), frame.bytes()), ("hello", b"part".as_slice()));
        let received = File::from(frame.file.expect("a file"));
        assert_eq!(received.metadata().expect("stat").len(), 11);
    }

    #[test]
    fn another_version_is_refused_before_its_message_is_read() {
        let (ours, mut theirs) = pair();
        let header = br#"{"v":2,"message":{"unheard":"of"},"part_bytes":null}"#;
        let mut stream = ours.stream;
        stream.write_all(&(header.len() as u32).to_be_bytes()).expect("writes");
        stream.write_all(header).expect("writes");
        let refused = theirs.receive::<String>(soon()).err();
        assert!(matches!(refused, Some(FrameFault::OtherVersion(2))));
    }

    #[test]
    fn sizes_above_the_limits_are_refused_before_anything_is_allocated() {
        let (ours, mut theirs) = pair();
        let mut stream = ours.stream;
        stream.write_all(&u32::MAX.to_be_bytes()).expect("writes");
        assert!(matches!(theirs.receive::<String>(soon()), Err(FrameFault::TooLarge)));

        let (ours, mut theirs) = pair();
        let mut stream = ours.stream;
        let header = format!(r#"{{"v":1,"message":"m","part_bytes":{}}}"#, FRAME_PART_SIZE_BYTES + 1);
        stream.write_all(&(header.len() as u32).to_be_bytes()).expect("writes");
        stream.write_all(header.as_bytes()).expect("writes");
        assert!(matches!(theirs.receive::<String>(soon()), Err(FrameFault::TooLarge)));
    }

    #[test]
    fn leaving_between_frames_is_an_end_and_inside_a_frame_a_fault() {
        let (ours, mut theirs) = pair();
        drop(ours);
        assert!(matches!(theirs.receive::<String>(soon()), Err(FrameFault::Closed)));

        let (ours, mut theirs) = pair();
        let mut stream = ours.stream;
        stream.write_all(&[0, 0]).expect("writes");
        drop(stream);
        assert!(matches!(theirs.receive::<String>(soon()), Err(FrameFault::Broken(_))));
    }

    #[test]
    fn silence_ends_at_the_deadline() {
        let (_ours, mut theirs) = pair();
        let deadline = Some(Instant::now() + Duration::from_millis(20));
        assert!(matches!(theirs.receive::<String>(deadline), Err(FrameFault::Late)));
    }
}
