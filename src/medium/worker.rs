//! `niemphong worker media`: the only process that opens a block device. It serves the core at the other end
//! of standard input, or, started by systemd, whoever may connect to its socket. Told to stop it stays with a core
//! that it serves: a disc that is not closed is lost.

use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rustix::net::sockopt::{socket_acceptconn, socket_peercred};
use school::digest::Sha256;
use school::medium::MediumKind;
use school::records::media_frame::{
    Answer, Content, Device, DeviceIdentity, Format, Holds, Order, OwnFileSystem, Place, Refused,
};

use super::device::{self, SameDisc, Seen};
use super::refusing::refused;
use super::watch::Watch;
use super::{copying, disk, optical, stick};
use crate::process::frame::{Channel, Frame, FrameFault};
use crate::process::worker;

/// How soon somebody who calls is heard, and a wish to stop.
const LISTEN_AGAIN: Duration = Duration::from_millis(100);

/// Serves until the other side closes; behind a socket of systemd's, until `stop` while nobody is served.
///
/// Errors: the channel broke, or another version of the program is at its other end.
pub fn run(stop: &AtomicBool) -> Result<(), FrameFault> {
    worker::forbid_core_dumps()?;
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    if !socket_acceptconn(&input).map_err(io::Error::from)? {
        return serve(&mut worker::own_channel()?);
    }
    let listener = UnixListener::from(input);
    listener.set_nonblocking(true)?;
    while !stop.load(Ordering::SeqCst) {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(nobody) if nobody.kind() == io::ErrorKind::WouldBlock => {
                std::thread::sleep(LISTEN_AGAIN);
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        stream.set_nonblocking(false)?;
        if !may_ask(&listener, &stream)? {
            tracing::warn!("somebody who does not own the socket was turned away");
            continue;
        }
        if let Err(fault) = serve(&mut Channel::new(stream)) {
            tracing::warn!(%fault, "a core left");
        }
    }
    Ok(())
}

/// Only the owner of the socket's file, and root.
fn may_ask(listener: &UnixListener, stream: &UnixStream) -> io::Result<bool> {
    let asks = socket_peercred(stream)?.uid.as_raw();
    let address = listener.local_addr()?;
    let owner = address.as_pathname().map(std::fs::metadata).transpose()?.map(|socket| socket.uid());
    Ok(asks == 0 || owner == Some(asks))
}

fn serve(channel: &mut Channel) -> Result<(), FrameFault> {
    loop {
        let frame = match channel.receive(None) {
            Err(FrameFault::Closed) => return Ok(()),
            frame => frame?,
        };
        let (answer, part) = carry_out(frame, channel).unwrap_or_else(|refusal| {
            tracing::info!(code = refusal.code, detail = refusal.detail, "refused");
            (Answer::Refused(refusal), None)
        });
        channel.send(&answer, part.as_deref(), None, None)?;
    }
}

fn carry_out(frame: Frame<Order>, channel: &mut Channel) -> Result<(Answer, Option<Vec<u8>>), Refused> {
    let Frame { message, part, file } = frame;
    match message {
        Order::Devices { own } => {
            let devices = device::all().iter().map(|seen| look(seen, &own)).collect();
            Ok((Answer::Devices { devices }, None))
        }
        Order::Write { device, own, content } => {
            let file = file.ok_or_else(|| refused("medium.order", "nothing to read from"))?;
            let list = part.as_ref().map_or(&[][..], |part| part.as_slice());
            let place = write(&device, &own, (content, file, list), &mut Watch::new(channel))?;
            Ok((Answer::Written { place }, None))
        }
        Order::ReadBack { device, place, expected_bytes } => {
            read_back(&device, place, expected_bytes, &mut Watch::new(channel))
        }
        Order::Go | Order::Cancel => Err(refused("medium.order", "nothing is being done")),
    }
}

fn look(seen: &Seen, own: &[OwnFileSystem]) -> Device {
    let (room, holds) = match (allowed(seen, own), seen.kind) {
        (Err(refusal), _) => (Err(refusal), Holds::default()),
        (Ok(()), MediumKind::Optical) => optical::probe(seen),
        (Ok(()), MediumKind::Stick) => stick::probe(seen),
        (Ok(()), MediumKind::Disk) => disk::probe(seen),
    };
    let (room_bytes, unusable) = room.map_or_else(|refusal| (0, Some(refusal)), |room| (room, None));
    let (kind, identity, node) = (seen.kind, seen.identity.clone(), seen.node.clone());
    Device { kind, identity, node, room_bytes, holds, unusable }
}

fn allowed(seen: &Seen, own: &[OwnFileSystem]) -> Result<(), Refused> {
    device::not_ours(seen, own)?;
    // The drive of a pressed disc says so too; what can be done with a disc tells its own status.
    if seen.read_only && seen.kind != MediumKind::Optical {
        return Err(refused("medium.write_protected", &seen.node));
    }
    Ok(())
}

fn write(
    identity: &DeviceIdentity,
    own: &[OwnFileSystem],
    (content, from, list): (Content, OwnedFd, &[u8]),
    watch: &mut Watch<'_>,
) -> Result<Place, Refused> {
    let seen = device::find(identity, SameDisc::Yes)?;
    allowed(&seen, own)?;
    // Whatever fails on a device that is gone, it failed because of that.
    write_on(&seen, (content, from, list), watch).map_err(|refusal| seen.or_gone(refusal))
}

fn write_on(
    seen: &Seen,
    (content, from, list): (Content, OwnedFd, &[u8]),
    watch: &mut Watch<'_>,
) -> Result<Place, Refused> {
    let optical = seen.kind == MediumKind::Optical;
    match content {
        Content::Image { sha256, bytes } if optical => {
            optical::write(seen, File::from(from), (sha256, bytes), watch)?;
            Ok(Place::Disc { bytes })
        }
        Content::Files { on, format, label } if !optical && on != MediumKind::Optical => {
            let files = copying::listed(list)?;
            let (source, what) =
                ((from.as_fd(), files.as_slice()), (plan(list, format), format, label.as_str()));
            if on == MediumKind::Stick {
                stick::write(seen, source, what, watch)?;
                Ok(Place::Root)
            } else {
                Ok(Place::Writing { number: disk::write(seen, source, what, watch)? })
            }
        }
        _ => Err(refused("medium.order", "not what this device takes")),
    }
}

/// What is to be written, in one digest: the same list in another format is another plan.
fn plan(list: &[u8], format: Format) -> Sha256 {
    Sha256::of(format!("{format:?}\n{}\n", Sha256::of(list)).as_bytes())
}

fn read_back(
    identity: &DeviceIdentity,
    place: Place,
    expected_bytes: u64,
    watch: &mut Watch<'_>,
) -> Result<(Answer, Option<Vec<u8>>), Refused> {
    let seen = device::find(identity, SameDisc::Any)?;
    read_from(&seen, place, expected_bytes, watch).map_err(|refusal| seen.or_gone(refusal))
}

fn read_from(
    seen: &Seen,
    place: Place,
    expected_bytes: u64,
    watch: &mut Watch<'_>,
) -> Result<(Answer, Option<Vec<u8>>), Refused> {
    let files = match (place, seen.kind) {
        (Place::Disc { bytes }, MediumKind::Optical) => {
            let (sha256, bytes) = optical::read_back(seen, bytes, watch)?;
            return Ok((Answer::ReadBack { image: Some(sha256), bytes }, None));
        }
        (Place::Root, MediumKind::Stick | MediumKind::Disk) => stick::read_back(seen, expected_bytes, watch)?,
        (Place::Writing { number }, MediumKind::Stick | MediumKind::Disk) => {
            disk::read_back(seen, number, expected_bytes, watch)?
        }
        _ => return Err(refused("medium.order", "no such place on this device")),
    };
    let list = serde_json::to_vec(&files).map_err(|error| refused("medium.order", error))?;
    let bytes = files.iter().map(|file| file.bytes).sum();
    Ok((Answer::ReadBack { image: None, bytes }, Some(list)))
}
