//! What happens to a call before it reaches the real module, and which tokens and sessions live.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cryptoki_sys::*;

use crate::faults::{FOLDER_VARIABLE, Faults};
use crate::orders::{Fault, When};

/// What this process knows of its module's life.
#[derive(Default)]
pub(crate) struct Desk {
    text: String,
    orders: Vec<Fault>,
    counts: BTreeMap<&'static str, u64>,
    // Slot, and how often its token had been pulled when the session was opened.
    sessions: BTreeMap<CK_SESSION_HANDLE, (CK_SLOT_ID, usize)>,
    labels: BTreeMap<CK_SLOT_ID, String>,
}

/// A session that was closed behind the scenes: it is dead for ever.
const FORGOTTEN: usize = usize::MAX;

static DESK: Mutex<Option<Desk>> = Mutex::new(None);

/// The folder that the environment names.
pub(crate) fn faults() -> Faults {
    let folder = std::env::var_os(FOLDER_VARIABLE).expect("PKCS11_FAULT_FOLDER names a folder");
    Faults::in_folder(folder.as_ref())
}

fn with_desk<T>(act: impl FnOnce(&mut Desk) -> T) -> T {
    let mut desk: MutexGuard<'_, Option<Desk>> = DESK.lock().unwrap_or_else(PoisonError::into_inner);
    let desk = desk.get_or_insert_with(Desk::default);
    let text = faults().orders();
    if text != desk.text {
        desk.orders = if text.is_empty() { Vec::new() } else { serde_json::from_str(&text).expect("orders") };
        desk.text = text;
        desk.counts.clear();
    }
    act(desk)
}

/// The orders in force.
pub(crate) fn orders() -> Vec<Fault> {
    with_desk(|desk| desk.orders.clone())
}

/// Counts the call and does to it what is ordered; `Err` is the answer instead of the real one.
pub(crate) fn enter(function: &'static str) -> Result<(), CK_RV> {
    let faults = faults();
    faults.called(function);
    let (orders, count) = with_desk(|desk| {
        let count = desk.counts.entry(function).or_default();
        *count += 1;
        (desk.orders.clone(), *count)
    });
    let meant = |named: &str, when: When, order: &Fault| {
        named == function
            && match when {
                When::Always => true,
                When::Once(nth) => nth == count && faults.first_time(&format!("{order:?}")),
                When::From(first) => count >= first,
            }
    };
    for order in &orders {
        match order {
            Fault::Slow { function: named, wait_ms } if named == function => {
                std::thread::sleep(Duration::from_millis(*wait_ms));
            }
            Fault::Hang { function: named, when } if meant(named, *when, order) => {
                while with_desk(|desk| desk.orders.contains(order)) {
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
            Fault::Abort { function: named, when } if meant(named, *when, order) => std::process::abort(),
            Fault::Answer { function: named, when, value } if meant(named, *when, order) => {
                return Err(*value);
            }
            _ => {}
        }
    }
    Ok(())
}

/// The label of the token in a slot, kept because a pulled token cannot be asked.
pub(crate) fn label(slot: CK_SLOT_ID, ask: impl FnOnce() -> String) -> String {
    if let Some(known) = with_desk(|desk| desk.labels.get(&slot).cloned()) {
        return known;
    }
    let asked = ask();
    with_desk(|desk| desk.labels.insert(slot, asked.clone()));
    asked
}

/// True while the token with this label is pulled out.
pub(crate) fn is_removed(label: &str) -> bool {
    orders().iter().any(|order| matches!(order, Fault::Removed { label: removed } if removed == label))
}

/// A session was opened in the slot of the token with this label.
pub(crate) fn opened(session: CK_SESSION_HANDLE, slot: CK_SLOT_ID, label: &str) {
    let removals = faults().removals(label);
    with_desk(|desk| desk.sessions.insert(session, (slot, removals)));
}

/// The slot of a session.
pub(crate) fn slot_of(session: CK_SESSION_HANDLE) -> Option<CK_SLOT_ID> {
    with_desk(|desk| desk.sessions.get(&session).map(|(slot, _)| *slot))
}

/// True for a session whose token was pulled at any time since it was opened, also if it is back.
pub(crate) fn is_dead(session: CK_SESSION_HANDLE, label: &str) -> bool {
    let opened_at = with_desk(|desk| desk.sessions.get(&session).map(|(_, removals)| *removals));
    opened_at.is_some_and(|removals| removals != faults().removals(label))
}

/// True once after each removal: what was open in the slot is to be closed behind the scenes, because
/// a token that loses its power forgets its login.
pub(crate) fn is_to_be_forgotten(slot: CK_SLOT_ID, label: &str) -> bool {
    let removals = faults().removals(label);
    with_desk(|desk| {
        let dead = desk.sessions.values_mut().filter(|(of, opened_at)| *of == slot && *opened_at < removals);
        dead.fold(false, |_, (_, opened_at)| {
            *opened_at = FORGOTTEN;
            true
        })
    })
}
