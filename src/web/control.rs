//! The control socket: a command of this computer, such as `niemphong sign`, orders over it what pages order by
//! their forms. Only the daemon's own account and root may connect; who signs is proven by token and PIN, as
//! at a page.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{fs, io};

use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::PersonId;
use school::limits::{CONTROL_WAIT_MS, CONTROLS_AT_ONCE, PROGRESS_EVERY_MS};
use school::moment::Moment;
use school::records::control_frame::{ControlAnswer, ControlOrder, Waits};
use tokio::net::UnixListener;
use tokio::runtime::Handle;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::fault::Fault;
use super::house::House;
use super::places::desk::{note_refused, plugged};
use super::visits::Visit;
use crate::clerk::{self, Actor, Office};
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::sitting::Progress;
use crate::process::frame::{Channel, FrameFault};
use crate::process::token_host::PinEnvelope;

/// After a failed accept, such as one for want of file descriptors.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// Opens the socket. Whoever listened there before is gone: the register has one owner.
///
/// Errors: the folder takes no socket, or something else has its name.
pub(super) fn listen(path: &Path) -> io::Result<UnixListener> {
    match fs::symlink_metadata(path) {
        Ok(there) if there.file_type().is_socket() => fs::remove_file(path)?,
        Ok(_) => return Err(ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Attends to commands until the runtime ends.
pub(super) async fn serve(house: Arc<House>, listener: UnixListener, owner: u32) {
    let places = Arc::new(Semaphore::new(CONTROLS_AT_ONCE));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_AGAIN).await;
            continue;
        };
        // The mode of the socket says the same; whoever came between its birth and its mode is told here.
        let is_ours = stream.peer_cred().is_ok_and(|peer| [owner, 0].contains(&peer.uid()));
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let stream = stream.into_std().and_then(|stream| stream.set_nonblocking(false).map(|()| stream));
        let (true, Ok(stream)) = (is_ours, stream) else { continue };
        let house = Arc::clone(&house);
        tokio::task::spawn_blocking(move || {
            attend(&house, Channel::new(stream));
            drop(place);
        });
    }
}

/// The account that a socket belongs to.
pub(super) fn owner_of(path: &Path) -> io::Result<u32> {
    fs::symlink_metadata(path).map(|there| there.uid())
}

fn attend(house: &House, mut channel: Channel) {
    let ended = loop {
        let frame = match channel.receive::<ControlOrder>(Some(deadline())) {
            Ok(frame) => frame,
            Err(fault) => break fault,
        };
        let answered = match frame.message {
            ControlOrder::Tokens { module } => tell(&mut channel, tokens(house, &module)),
            ControlOrder::Look { certificate, revisions } => {
                tell(&mut channel, look(house, certificate, revisions))
            }
            ControlOrder::LookAtClock => tell(&mut channel, clock(house, None)),
            ControlOrder::ConfirmClock { people, at } => tell(&mut channel, clock(house, Some((people, at)))),
            ControlOrder::Sign { certificate, dossiers, without_revocation } => {
                let word = if without_revocation { SignersWord::SignAnyway } else { SignersWord::None };
                match seat(house, certificate, &dossiers, (frame.part, word)) {
                    Ok(visit) => follow(house, &mut channel, visit, &dossiers),
                    Err(fault) => tell(&mut channel, Err(fault)),
                }
            }
        };
        if let Err(fault) = answered {
            break fault;
        }
    };
    if !matches!(ended, FrameFault::Closed) {
        tracing::warn!(%ended, "a command on the control socket");
    }
}

fn tell(channel: &mut Channel, answer: Result<ControlAnswer, Fault>) -> Result<(), FrameFault> {
    let answer = answer.unwrap_or_else(|fault| ControlAnswer::Refused { code: fault.code().to_owned() });
    channel.send(&answer, None, None, Some(deadline()))
}

fn tokens(house: &House, module: &str) -> Result<ControlAnswer, Fault> {
    if !house.tokens.watches(Path::new(module)) {
        return Err(Fault::of(StatusCode::CONFLICT, "daemon.other_module"));
    }
    let here = house.tokens_at(&house.settings.own_screen);
    Ok(ControlAnswer::Tokens { tokens: here.into_iter().map(|one| one.token).collect() })
}

fn look(house: &House, certificate: Sha256, revisions: Vec<Sha256>) -> Result<ControlAnswer, Fault> {
    let one = plugged(house, &house.settings.own_screen, certificate)?;
    let on_token = one.token.certificates.iter().find(|on| on.sha256 == certificate);
    let der = on_token.and_then(|on| STANDARD.decode(&on.der).ok()).ok_or_else(Fault::form)?;
    let looked = house.orders.ask(move |office, _| {
        let waits = |revision: &Sha256| {
            let id = clerk::dossier_of(office, revision)?;
            clerk::box_for(office, &id, &der).map(|_| id)
        };
        let waits = revisions.iter().map(waits);
        waits
            .map(|asked| asked.map_or_else(|fault| Waits::Not(fault.code().to_owned()), Waits::For))
            .collect()
    });
    Ok(ControlAnswer::Looked { documents: Handle::current().block_on(looked)? })
}

/// What the clock shows, once two people confirmed it, where they do.
fn clock(house: &House, confirmed: Option<([PersonId; 2], Moment)>) -> Result<ControlAnswer, Fault> {
    let looked = house.orders.ask(move |office, _| {
        if let Some(([first, second], at)) = confirmed {
            clerk::confirm_clock(office, [&first, &second], at)?;
        }
        clerk::look_at_clock(office)
    });
    Ok(ControlAnswer::Clock { now: Handle::current().block_on(looked)?? })
}

/// The number of the visit.
fn seat(
    house: &House,
    certificate: Sha256,
    dossiers: &[DossierId],
    (pin, word): (Option<Zeroizing<Vec<u8>>>, SignersWord),
) -> Result<u64, Fault> {
    let screen = &house.settings.own_screen;
    let only: BTreeSet<DossierId> = dossiers.iter().cloned().collect();
    let seated = || {
        let one = plugged(house, screen, certificate)?;
        let pin = match pin {
            _ if one.token.pin_pad => PinEnvelope::pin_pad(),
            Some(typed) => PinEnvelope::new(typed),
            None => return Err(Fault::of(StatusCode::CONFLICT, "token.pin_length")),
        };
        let who = (one, certificate);
        let seated = house.seat(Actor::of_command(), who, screen.clone(), Some(only.clone()), (pin, word));
        let number = Handle::current().block_on(seated)?;
        number.ok_or_else(|| Fault::of(StatusCode::CONFLICT, "web.nothing_waits"))
    };
    seated().inspect_err(|fault| {
        if fault.is_of_page() {
            let came_for = move |office: &mut Office| clerk::came_for(office, certificate, Some(&only));
            note_refused(house, Some(Actor::of_command()), (certificate, came_for), fault);
        }
    })
}

/// Tells how far the sitting is, then what it brought. A command that is gone is a person who stops.
fn follow(
    house: &House,
    channel: &mut Channel,
    number: u64,
    dossiers: &[DossierId],
) -> Result<(), FrameFault> {
    let visit = loop {
        let Some(visit) = house.visits.get(number) else {
            return tell(channel, Err(Fault::of(StatusCode::CONFLICT, "signing.interrupted")));
        };
        if visit.is_over() {
            break visit;
        }
        let Progress { signed, of, .. } = visit.watch.progress();
        tell(channel, Ok(ControlAnswer::Progress { signed, of })).inspect_err(|_| visit.watch.cancel())?;
        std::thread::sleep(Duration::from_millis(PROGRESS_EVERY_MS));
    };
    if let Some(code) = visit.refused {
        return tell(channel, Ok(ControlAnswer::Refused { code }));
    }
    for dossier in dossiers {
        match brought(house, &visit, dossier) {
            Ok((field, pdf)) => {
                let answer = ControlAnswer::Signed { dossier: dossier.clone(), field };
                channel.send(&answer, Some(&pdf), None, Some(deadline()))?;
            }
            Err(code) => {
                tell(channel, Ok(ControlAnswer::NotSigned { dossier: dossier.clone(), code }))?;
            }
        }
    }
    tell(channel, Ok(ControlAnswer::Over))
}

/// The field that a visit filled in a dossier and its latest revision, or the code of the reason why not.
fn brought(house: &House, visit: &Visit, dossier: &DossierId) -> Result<(String, Vec<u8>), String> {
    let sitting = visit.sitting.as_ref().ok_or("signing.interrupted")?;
    let Some((_, field)) = sitting.signed.iter().find(|(signed, _)| signed == dossier) else {
        let why = sitting.not_signed.iter().find(|one| one.dossier == *dossier).map(|one| one.code.clone());
        return Err(why.or(sitting.ended_early.clone()).unwrap_or_else(|| "signing.interrupted".into()));
    };
    let latest = house.reading.look(|ledger| ledger.dossiers.get(dossier).map(|one| one.latest().0));
    let pdf = house.reading.revision(dossier, latest.ok_or("dossier.unknown")?);
    Ok((field.to_string(), pdf.map_err(|fault| fault.code().to_owned())?))
}

fn deadline() -> Instant {
    Instant::now() + Duration::from_millis(CONTROL_WAIT_MS)
}
