//! At a reader: the token that is plugged in, and the one form in which a PIN is typed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::ScreenId;
use school::limits::PIN_SIZE_BYTES;
use school::records::token_frame::PinState;
use zeroize::{Zeroize, Zeroizing};

use crate::accounts::Role;
use crate::clerk::{self, Actor, AtToken, ClerkFault, Office};
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::to_sign::ToSign;
use crate::process::token_host::{PinEnvelope, TokenHost};
use crate::process::token_watch::Plugged;
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en};
use crate::web::house::House;
use crate::web::owner::StepsFor;
use crate::web::visitor::Visitor;
use crate::wording;

/// The token at this screen that holds a certificate.
///
/// Errors: `web.unplugged`; `web.other_screen` when it stands in a reader of another one.
pub fn plugged(house: &House, screen: &ScreenId, certificate: Sha256) -> Result<Plugged, Fault> {
    let holds = |one: &Plugged| one.token.certificates.iter().any(|on| on.sha256 == certificate);
    if let Some(found) = house.tokens_at(screen).into_iter().find(holds) {
        return Ok(found);
    }
    let elsewhere = house.tokens.sight().tokens.iter().any(holds);
    let code = if elsewhere { "web.other_screen" } else { "web.unplugged" };
    Err(Fault::of(StatusCode::CONFLICT, code))
}

/// A form that was sent in order to sign something that is no visit.
pub struct SignForm<'f> {
    /// With which certificate.
    pub certificate: Sha256,
    /// What.
    pub to_sign: ToSign,
    /// In which roles; in none where the token alone says who it is.
    pub may: &'f [Role],
    /// Where it is sent: there whoever may decide is asked whether to sign where revocation cannot be checked.
    pub order: &'f str,
    /// The page that follows.
    pub done: &'f str,
}

/// Does one thing at a token, with one login on the order of whoever typed the PIN.
///
/// Errors: those of [`plugged`] and of who may; whatever stands against the login or the deed. Each is an entry.
pub async fn signs<T: Send + 'static>(
    house: &House,
    visitor: &Visitor,
    form: SignForm<'_>,
    typed: Typed,
    deed: impl FnOnce(&mut StepsFor, AtToken<'_>) -> Result<T, ClerkFault> + Send + 'static,
) -> Result<Response, Fault> {
    let SignForm { certificate, to_sign, may, order, done } = form;
    // From the first step on the office records what it refuses.
    let begun = Arc::<AtomicBool>::default();
    let begins = Arc::clone(&begun);
    let tried = async {
        let one = plugged(house, visitor.needs_screen()?, certificate)?;
        if !may.is_empty() {
            visitor.needs(may)?;
        }
        let (word, pin) = (typed.word, typed.for_token(&one)?);
        let token = one.token.clone();
        let deed = move |steps: &mut StepsFor, host: &mut TokenHost| {
            begins.store(true, Ordering::Relaxed);
            deed(steps, AtToken { host, seen: &token, certificate, pin, word })
        };
        house.at_token(visitor.actor(), (&one, certificate), deed).await
    };
    match tried.await {
        Ok(_) => Ok(Redirect::to(done).into_response()),
        // The PIN was not used.
        Err(fault) if fault.code() == UNDECIDED => Ok(Redirect::to(&question_at(order)).into_response()),
        Err(fault) => {
            if !begun.load(Ordering::Relaxed) {
                note_refused(
                    house,
                    visitor.actor_at_screen(),
                    (certificate, |_: &mut Office| to_sign),
                    &fault,
                );
            }
            Err(fault)
        }
    }
}

/// The entry of a form that was sent in order to sign and came to nothing before the office was asked, which records
/// what it refuses itself: who was at the screen, with which certificate, what was to be signed, and why not.
///
/// No entry is made of a browser that is no screen (no `actor`): nobody can sign there, and nobody fills the register
/// from there. None of a form that is not filled in (no PIN, no such page), of being asked to sign in first, nor of an
/// office without time, which does what it was asked to all the same. A page that is only looked at is no form; a
/// rehearsal and a sign-in by token sign nothing of the school.
///
/// Whoever is refused does not wait for it: told they are even where the office has no time for them.
pub fn note_refused(
    house: &House,
    actor: Option<Actor>,
    (certificate, to_sign): (Sha256, impl FnOnce(&mut Office) -> ToSign + Send + 'static),
    fault: &Fault,
) {
    let Fault::Code(_, code) = fault else { return };
    let is_no_refusal = ["web.pin_empty", "web.form", "web.not_found", "web.busy"].contains(&code.as_str());
    let (Some(actor), false) = (actor, is_no_refusal) else { return };
    let code = code.clone();
    house.orders.leave(actor, move |office| {
        let to_sign = to_sign(office);
        clerk::note_refused(office, to_sign, certificate, &code);
    });
}

/// Nobody can say whether the certificate was revoked, and the school lets the signer decide.
pub const UNDECIDED: &str = "signing.revocation_undecided";

/// Where whoever sent the form `order` is asked whether to sign all the same.
pub fn question_at(order: &str) -> String {
    format!("{order}/{ALL_THE_SAME}")
}

/// The question: whoever was told goes back to `wait`, or types the PIN once more. `follows` says what comes of it.
pub fn question(
    (order, wait): (&str, &str),
    plugged: &Plugged,
    follows: &Markup,
    (vi, english): (&str, &str),
) -> Markup {
    html! {
        (frame::words(UNDECIDED))
        p { "Mã PIN chưa được dùng. Chưa có gì được ký." (en("The PIN was not used. Nothing was signed.")) }
        div.row { a.button href=(wait) { "Không ký, thử lại khi có mạng" (en("Do not sign, try again later")) } }
        section.card aria-labelledby="van-ky" {
            h2 #van-ky { "Vẫn ký khi chưa kiểm tra được?" (en("Sign all the same?")) }
            (follows)
            (with_checkpoint())
            (pin_form(&question_at(order), plugged, vi, english))
        }
    }
}

/// What every sitting ends with, said before the PIN.
pub fn with_checkpoint() -> Markup {
    html! {
        p { (wording::with_checkpoint()) }
        p.hint { "Điểm chốt không phải điểm số, cũng không phải hồ sơ: đó là mã của sổ theo dõi lúc này. Nhờ chữ ký đó, sau này ai sửa thứ đã ghi là lộ ngay." (en("The checkpoint is no document and no mark but the register's fingerprint now: once signed, a change to what was recorded would show.")) }
    }
}

/// A certificate on a token at this screen.
pub struct Shown {
    /// SHA-256 of its DER.
    pub sha256: Sha256,
    /// Whose it is.
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// The token, as its vendor and its label call it.
    pub token: String,
}

/// The certificates at this screen that can sign, read by the reader: what stands on a token is a stranger's bytes.
///
/// Errors: this browser is no screen.
pub async fn certificates_here(house: &Arc<House>, visitor: &Visitor) -> Result<Vec<Shown>, Fault> {
    let tokens = house.tokens_at(visitor.at_screen()?);
    let circumstances = house.orders.ask(|office, _| office.circumstances_of_inspection()).await??;
    let mut reader = house.checks.reader();
    let read = tokio::task::spawn_blocking(move || {
        let mut shown = Vec::new();
        for one in tokens {
            for certificate in &one.token.certificates {
                let der = STANDARD.decode(&certificate.der).unwrap_or_default();
                let Ok(standing) = reader.standing(&circumstances, &der) else { continue };
                if standing.may_sign {
                    shown.push(Shown {
                        sha256: certificate.sha256,
                        subject: standing.subject,
                        issuer: standing.issuer,
                        token: format!("{} ({})", one.token.label, one.token.identity.serial),
                    });
                }
            }
        }
        shown
    });
    read.await.map_err(|_| Fault::busy())
}

/// The form for a PIN, into which is typed at once. It is sent as plain text, so that nothing on its way has to decode
/// it; no browser is asked to keep it. A token with a PIN pad takes the PIN itself: there is nothing to type here.
pub fn pin_form(action: &str, plugged: &Plugged, vi: &str, english: &str) -> Markup {
    form_of_pin(action, plugged, (vi, english), true)
}

/// The same below what is read first: whoever has just typed the PIN in order to read does not type it into this one by
/// mistake.
pub fn pin_form_below(action: &str, plugged: &Plugged, vi: &str, english: &str) -> Markup {
    form_of_pin(action, plugged, (vi, english), false)
}

fn form_of_pin(action: &str, plugged: &Plugged, (vi, english): (&str, &str), at_once: bool) -> Markup {
    let last = plugged.token.pin == PinState::FinalTry;
    let locked = plugged.token.pin == PinState::Locked;
    html! {
        @if locked {
            (frame::words("token.pin_locked"))
        } @else {
            @if last { (frame::words("token.pin_final_try")) }
            @if plugged.token.pin == PinState::CountLow {
                div.notice.open role="note" { p { strong { "Đã có lần nhập sai mã PIN." } " Vui lòng nhập thật chắc chắn; nhập sai thêm nhiều lần USB token sẽ bị khóa." } (below("A wrong PIN was typed before; more of them lock the token.")) }
            }
            form method="post" action=(if last { format!("{action}/{LAST_TRY}") } else { format!("{action}/{PIN}") }) enctype="text/plain" {
                @if plugged.token.pin_pad {
                    p { "USB token này có bàn phím riêng. Bấm nút dưới đây, rồi " strong { "nhập mã PIN trên bàn phím của thiết bị" } " và đợi trang này trả lời." (en("This token has a PIN pad: press the button, then type the PIN at the device and wait for this page.")) }
                } @else {
                    label for="pin" { "Mã PIN của USB token" (en("PIN of the token")) }
                    input #pin.pin type="password" name="pin" inputmode="numeric" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" required autofocus[at_once];
                    p.hint { "Đã thấy USB token " span translate="no" { (plugged.token.label) } " ở màn hình này. Mã PIN chỉ đi đến USB token, không được lưu ở đâu." (en("The token is seen at this screen. The PIN goes to the token only and is kept nowhere.")) }
                }
                @if last { label.tick { input type="checkbox" required; span { "Tôi biết đây là lần thử cuối cùng" (en("I know that this is the last try")) } } }
                div.row { button type="submit" { (vi) (en(english)) } }
            }
        }
    }
}

/// Where a form with a PIN is sent.
const PIN: &str = "pin";
/// Where a form is sent whose writer said that they know of the last try.
const LAST_TRY: &str = "lan-cuoi";

/// What stands before them where the signer was told that revocation cannot be checked.
const ALL_THE_SAME: &str = "chua-kiem-tra";

/// True for a path at which a PIN is taken.
pub fn takes_pin(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| [PIN, LAST_TRY].contains(&last))
}

/// A PIN as it was typed, if one was, whether its writer said that they know of the last try, and what they said when
/// told that revocation cannot be checked. Every order that asks for a PIN is taken at two paths, and at two more where
/// the question comes up, which differ in this.
pub struct Typed {
    pin: Option<Zeroizing<Vec<u8>>>,
    knows_of_last_try: bool,
    /// What the signer said about revocation.
    pub word: SignersWord,
}

impl Typed {
    /// What goes to the token: it takes its last try from nobody who did not name it. Where the PIN is typed at the
    /// token's own pad, nothing of what was typed here goes there.
    ///
    /// Errors: `web.pin_empty` where nothing was typed for a token without a pad.
    pub fn for_token(self, plugged: &Plugged) -> Result<PinEnvelope, Fault> {
        let pin = match self.pin {
            _ if plugged.token.pin_pad => PinEnvelope::pin_pad(),
            Some(typed) => PinEnvelope::new(typed),
            None => return Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "web.pin_empty")),
        };
        Ok(if self.knows_of_last_try { pin.at_final_try_of(&plugged.token.identity.serial) } else { pin })
    }
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Fault;

    async fn from_request(request: Request, _: &S) -> Result<Self, Fault> {
        let mut path = request.uri().path().rsplit('/');
        let knows_of_last_try = path.next() == Some(LAST_TRY);
        let was_told = path.next() == Some(ALL_THE_SAME);
        let word = if was_told { SignersWord::SignAnyway } else { SignersWord::None };
        Ok(Self { pin: read_typed(request.into_body()).await?, knows_of_last_try, word })
    }
}

/// The body of a PIN route: `pin=` and what was typed, or nothing. It is not looked into further; what the program
/// held of it is wiped.
///
/// Errors: `web.form` for anything else, and for something longer than a PIN.
async fn read_typed(body: Body) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
    let bytes = to_bytes(body, PIN_SIZE_BYTES + b"pin=\r\n".len()).await.map_err(|_| Fault::form())?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let typed = bytes.strip_prefix(b"pin=").map(|rest| rest.strip_suffix(b"\r\n").unwrap_or(rest));
    let typed = typed.map(|typed| Zeroizing::new(typed.to_vec()));
    if let Ok(mut buffer) = bytes.try_into_mut() {
        buffer.as_mut().zeroize();
    }
    let typed = typed.ok_or_else(Fault::form)?;
    Ok(Some(typed).filter(|typed| !typed.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &'static [u8]) -> Result<Option<Vec<u8>>, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        match runtime.block_on(read_typed(Body::from(body))) {
            Ok(typed) => Ok(typed.map(|typed| typed.to_vec())),
            Err(Fault::Code(_, code)) => Err(code),
            Err(Fault::SignIn(_)) => Err("sign in".into()),
        }
    }

    #[test]
    fn a_pin_is_taken_as_it_was_typed() {
        assert_eq!(read(b"pin=12 34%+&=\r\n"), Ok(Some(b"12 34%+&=".to_vec())));
        assert_eq!((read(b"pin=\r\n"), read(b"")), (Ok(None), Ok(None)), "what a form without a PIN sends");
        assert_eq!(read(b"ma=1234\r\n"), Err("web.form".into()));
        let long = vec![b'1'; PIN_SIZE_BYTES + 20].leak();
        assert_eq!(read(long), Err("web.form".into()));
    }
}
