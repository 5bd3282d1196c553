//! The function list that is handed out: every function of PKCS#11 2.40, each through [`enter`].
#![allow(
    unsafe_code,
    non_snake_case,
    clippy::missing_safety_doc,
    reason = "the standard's names and its C calls"
)]

use std::os::raw::c_void;
use std::path::Path;
use std::sync::OnceLock;

use cryptoki_sys::*;

use crate::calls::{self, enter, faults, is_dead, is_removed, orders, slot_of};
use crate::faults::MODULE_VARIABLE;
use crate::orders::Fault;

/// The wrapped module and the list that stands before it.
struct Wrapped {
    real: CK_FUNCTION_LIST,
    ours: CK_FUNCTION_LIST,
    _library: cryptoki_sys::Pkcs11,
}

// SAFETY: function pointers, never changed after they were made; the modules lock for themselves.
unsafe impl Send for Wrapped {}
// SAFETY: as above.
unsafe impl Sync for Wrapped {}

static WRAPPED: OnceLock<Wrapped> = OnceLock::new();

fn wrapped() -> &'static Wrapped {
    WRAPPED.get_or_init(|| {
        let path = std::env::var_os(MODULE_VARIABLE).expect("PKCS11_FAULT_MODULE names a module");
        // SAFETY: loading a PKCS#11 module is what this package is for.
        let library = unsafe { cryptoki_sys::Pkcs11::new(Path::new(&path)) }.expect("the module loads");
        let mut list = std::ptr::null_mut();
        let list_of = library.C_GetFunctionList.as_ref().expect("a PKCS#11 module");
        // SAFETY: one pointer is written; the list lives as long as the library.
        let real = unsafe {
            assert_eq!(list_of(&mut list), CKR_OK);
            *list
        };
        let mut ours = real;
        pass_on(&mut ours);
        ours.C_GetFunctionList = Some(C_GetFunctionList);
        ours.C_GetSlotList = Some(C_GetSlotList);
        ours.C_GetSlotInfo = Some(C_GetSlotInfo);
        ours.C_GetTokenInfo = Some(C_GetTokenInfo);
        ours.C_GetMechanismList = Some(C_GetMechanismList);
        ours.C_OpenSession = Some(C_OpenSession);
        ours.C_Login = Some(C_Login);
        ours.C_Sign = Some(C_Sign);
        Wrapped { real, ours, _library: library }
    })
}

/// The real function, or the standard's answer where the module has none.
macro_rules! real {
    ($name:ident($($argument:expr),*)) => {
        match wrapped().real.$name {
            // SAFETY: the caller's own arguments, handed on unchanged or as the standard allows.
            Some(call) => unsafe { call($($argument),*) },
            None => CKR_FUNCTION_NOT_SUPPORTED,
        }
    };
}

fn passed(function: &'static str, alive: Result<(), CK_RV>, real: impl FnOnce() -> CK_RV) -> CK_RV {
    match enter(function).and(alive) {
        Ok(()) => real(),
        Err(value) => value,
    }
}

/// Whether a session may still be used; what happened meanwhile counts, too.
fn alive(session: CK_SESSION_HANDLE) -> Result<(), CK_RV> {
    let dead = slot_of(session).is_some_and(|slot| {
        forget(slot);
        is_dead(session, &label(slot))
    });
    if dead { Err(CKR_DEVICE_REMOVED) } else { Ok(()) }
}

fn present(slot: CK_SLOT_ID) -> Result<(), CK_RV> {
    forget(slot);
    if is_removed(&label(slot)) { Err(CKR_TOKEN_NOT_PRESENT) } else { Ok(()) }
}

fn forget(slot: CK_SLOT_ID) {
    if calls::is_to_be_forgotten(slot, &label(slot)) {
        real!(C_CloseAllSessions(slot));
    }
}

fn label(slot: CK_SLOT_ID) -> String {
    calls::label(slot, || {
        let mut token = CK_TOKEN_INFO::default();
        match real!(C_GetTokenInfo(slot, &mut token)) {
            CKR_OK => String::from_utf8_lossy(&token.label).trim_end().to_owned(),
            _ => String::new(),
        }
    })
}

fn ordered<T>(wanted: impl Fn(&Fault) -> Option<T>) -> Option<T> {
    orders().iter().find_map(wanted)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn C_GetFunctionList(list: *mut *mut CK_FUNCTION_LIST) -> CK_RV {
    // SAFETY: the caller gives room for one pointer; nobody writes through it (PKCS#11 2.40, 5.3).
    unsafe { *list = std::ptr::from_ref(&wrapped().ours).cast_mut() };
    CKR_OK
}

/// Writes a list after the convention of the standard: the count alone, or list and count.
unsafe fn give<T: Copy>(found: &[T], room: *mut T, count: *mut CK_ULONG) -> CK_RV {
    // SAFETY: the caller states in `count` how many fit into `room`.
    unsafe {
        let fits = *count as usize >= found.len();
        *count = found.len() as CK_ULONG;
        match room.is_null() {
            true => CKR_OK,
            false if !fits => CKR_BUFFER_TOO_SMALL,
            false => {
                std::ptr::copy_nonoverlapping(found.as_ptr(), room, found.len());
                CKR_OK
            }
        }
    }
}

unsafe extern "C" fn C_GetSlotList(
    only_present: CK_BBOOL,
    room: *mut CK_SLOT_ID,
    count: *mut CK_ULONG,
) -> CK_RV {
    passed("C_GetSlotList", Ok(()), || {
        let mut found = [0; 64];
        let mut length = 64;
        let value = real!(C_GetSlotList(only_present, found.as_mut_ptr(), &mut length));
        if value != CKR_OK {
            return value;
        }
        let mut found = found[..length as usize].to_vec();
        if only_present != CK_FALSE {
            found.retain(|slot| present(*slot).is_ok());
        }
        // SAFETY: the caller's own room and count.
        unsafe { give(&found, room, count) }
    })
}

unsafe extern "C" fn C_GetSlotInfo(slot: CK_SLOT_ID, about: *mut CK_SLOT_INFO) -> CK_RV {
    passed("C_GetSlotInfo", Ok(()), || {
        let value = real!(C_GetSlotInfo(slot, about));
        if value != CKR_OK {
            return value;
        }
        // SAFETY: filled in by the real module just now.
        let about = unsafe { &mut *about };
        about.flags |= CKF_REMOVABLE_DEVICE | CKF_HW_SLOT;
        let label = label(slot);
        if is_removed(&label) {
            about.flags &= !CKF_TOKEN_PRESENT;
        }
        let named = ordered(|order| match order {
            Fault::Reader { label: of, name } if *of == label => Some(name.clone()),
            _ => None,
        });
        if let Some(name) = named {
            about.slotDescription.fill(b' ');
            about.slotDescription[..name.len()].copy_from_slice(name.as_bytes());
        }
        value
    })
}

unsafe extern "C" fn C_GetTokenInfo(slot: CK_SLOT_ID, about: *mut CK_TOKEN_INFO) -> CK_RV {
    passed("C_GetTokenInfo", present(slot), || {
        let value = real!(C_GetTokenInfo(slot, about));
        if value != CKR_OK {
            return value;
        }
        let label = label(slot);
        let mut flags = 0;
        for order in orders() {
            match order {
                Fault::PinTries { tries } => {
                    let wrong = faults().wrong_pins(&label);
                    flags |= if wrong > 0 { CKF_USER_PIN_COUNT_LOW } else { 0 };
                    flags |= if wrong + 1 == tries { CKF_USER_PIN_FINAL_TRY } else { 0 };
                    flags |= if wrong >= tries { CKF_USER_PIN_LOCKED } else { 0 };
                }
                Fault::PinPad { label: of, .. } if of == label => flags |= CKF_PROTECTED_AUTHENTICATION_PATH,
                Fault::TokenFlags { label: of, flags: more } if of == label => flags |= more,
                _ => {}
            }
        }
        // SAFETY: filled in by the real module just now.
        unsafe { (*about).flags |= flags };
        value
    })
}

unsafe extern "C" fn C_GetMechanismList(
    slot: CK_SLOT_ID,
    room: *mut CK_MECHANISM_TYPE,
    count: *mut CK_ULONG,
) -> CK_RV {
    passed("C_GetMechanismList", present(slot), || {
        let mut found = [0; 512];
        let mut length = 512;
        let value = real!(C_GetMechanismList(slot, found.as_mut_ptr(), &mut length));
        if value != CKR_OK {
            return value;
        }
        let hidden = |listed: &CK_MECHANISM_TYPE| {
            ordered(|order| match order {
                Fault::WithoutMechanism { mechanism } if *mechanism == *listed => Some(()),
                _ => None,
            })
        };
        let mut found = found[..length as usize].to_vec();
        found.retain(|listed| hidden(listed).is_none());
        // SAFETY: the caller's own room and count.
        unsafe { give(&found, room, count) }
    })
}

unsafe extern "C" fn C_OpenSession(
    slot: CK_SLOT_ID,
    flags: CK_FLAGS,
    application: *mut c_void,
    notify: CK_NOTIFY,
    session: *mut CK_SESSION_HANDLE,
) -> CK_RV {
    passed("C_OpenSession", present(slot), || {
        let value = real!(C_OpenSession(slot, flags, application, notify, session));
        if value == CKR_OK {
            // SAFETY: written by the real module just now.
            calls::opened(unsafe { *session }, slot, &label(slot));
        }
        value
    })
}

unsafe extern "C" fn C_Login(
    session: CK_SESSION_HANDLE,
    user: CK_USER_TYPE,
    pin: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    passed("C_Login", alive(session), || {
        let label = slot_of(session).map(label).unwrap_or_default();
        let tries = ordered(|order| match order {
            Fault::PinTries { tries } => Some(*tries),
            _ => None,
        });
        if tries.is_some_and(|tries| faults().wrong_pins(&label) >= tries) {
            return CKR_PIN_LOCKED;
        }
        let pad = ordered(|order| match order {
            Fault::PinPad { label: of, pin } if *of == label => Some(pin.clone().into_bytes()),
            _ => None,
        });
        let value = match pad {
            Some(mut typed) if pin.is_null() => {
                real!(C_Login(session, user, typed.as_mut_ptr(), typed.len() as CK_ULONG))
            }
            _ => real!(C_Login(session, user, pin, length)),
        };
        match value {
            CKR_PIN_INCORRECT => faults().set_wrong_pins(&label, faults().wrong_pins(&label) + 1),
            CKR_OK => faults().set_wrong_pins(&label, 0),
            _ => {}
        }
        value
    })
}

unsafe extern "C" fn C_Sign(
    session: CK_SESSION_HANDLE,
    data: *mut CK_BYTE,
    data_length: CK_ULONG,
    signature: *mut CK_BYTE,
    length: *mut CK_ULONG,
) -> CK_RV {
    passed("C_Sign", Ok(()), || {
        // After the wait of a slow token: it may have been pulled in the middle.
        if let Err(value) = alive(session) {
            return value;
        }
        let value = real!(C_Sign(session, data, data_length, signature, length));
        let wrong = ordered(|order| matches!(order, Fault::WrongSignatures).then_some(()));
        if value == CKR_OK && wrong.is_some() && !signature.is_null() {
            // SAFETY: the real module wrote `length` bytes there.
            unsafe { *signature.add(*length as usize - 1) ^= 1 };
        }
        value
    })
}

/// Functions that only pass through [`enter`]: of a session, of a slot, of the module.
macro_rules! passed_on {
    (
        session { $($s:ident($s1:ident: $st:ty $(, $sa:ident: $sat:ty)*);)* }
        slot { $($t:ident($t1:ident: $tt:ty $(, $ta:ident: $tat:ty)*);)* }
        module { $($m:ident($($ma:ident: $mat:ty),*);)* }
    ) => {
        $(unsafe extern "C" fn $s($s1: $st $(, $sa: $sat)*) -> CK_RV {
            passed(stringify!($s), alive($s1), || real!($s($s1 $(, $sa)*)))
        })*
        $(unsafe extern "C" fn $t($t1: $tt $(, $ta: $tat)*) -> CK_RV {
            passed(stringify!($t), present($t1), || real!($t($t1 $(, $ta)*)))
        })*
        $(unsafe extern "C" fn $m($($ma: $mat),*) -> CK_RV {
            passed(stringify!($m), Ok(()), || real!($m($($ma),*)))
        })*
        fn pass_on(list: &mut CK_FUNCTION_LIST) {
            $(list.$s = Some($s);)*
            $(list.$t = Some($t);)*
            $(list.$m = Some($m);)*
        }
    };
}

#[rustfmt::skip]
passed_on! {
    session {
        C_InitPIN(a: CK_SESSION_HANDLE, b: *mut CK_UTF8CHAR, c: CK_ULONG);
        C_SetPIN(a: CK_SESSION_HANDLE, b: *mut CK_UTF8CHAR, c: CK_ULONG, d: *mut CK_UTF8CHAR, e: CK_ULONG);
        C_CloseSession(a: CK_SESSION_HANDLE);
        C_GetSessionInfo(a: CK_SESSION_HANDLE, b: *mut CK_SESSION_INFO);
        C_GetOperationState(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: *mut CK_ULONG);
        C_SetOperationState(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: CK_OBJECT_HANDLE, e: CK_OBJECT_HANDLE);
        C_Logout(a: CK_SESSION_HANDLE);
        C_CreateObject(a: CK_SESSION_HANDLE, b: *mut CK_ATTRIBUTE, c: CK_ULONG, d: *mut CK_OBJECT_HANDLE);
        C_CopyObject(a: CK_SESSION_HANDLE, b: CK_OBJECT_HANDLE, c: *mut CK_ATTRIBUTE, d: CK_ULONG, e: *mut CK_OBJECT_HANDLE);
        C_DestroyObject(a: CK_SESSION_HANDLE, b: CK_OBJECT_HANDLE);
        C_GetObjectSize(a: CK_SESSION_HANDLE, b: CK_OBJECT_HANDLE, c: *mut CK_ULONG);
        C_GetAttributeValue(a: CK_SESSION_HANDLE, b: CK_OBJECT_HANDLE, c: *mut CK_ATTRIBUTE, d: CK_ULONG);
        C_SetAttributeValue(a: CK_SESSION_HANDLE, b: CK_OBJECT_HANDLE, c: *mut CK_ATTRIBUTE, d: CK_ULONG);
        C_FindObjectsInit(a: CK_SESSION_HANDLE, b: *mut CK_ATTRIBUTE, c: CK_ULONG);
        C_FindObjects(a: CK_SESSION_HANDLE, b: *mut CK_OBJECT_HANDLE, c: CK_ULONG, d: *mut CK_ULONG);
        C_FindObjectsFinal(a: CK_SESSION_HANDLE);
        C_EncryptInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE);
        C_Encrypt(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_EncryptUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_EncryptFinal(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: *mut CK_ULONG);
        C_DecryptInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE);
        C_Decrypt(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_DecryptUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_DecryptFinal(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: *mut CK_ULONG);
        C_DigestInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM);
        C_Digest(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_DigestUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG);
        C_DigestKey(a: CK_SESSION_HANDLE, b: CK_OBJECT_HANDLE);
        C_DigestFinal(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: *mut CK_ULONG);
        C_SignInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE);
        C_SignUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG);
        C_SignFinal(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: *mut CK_ULONG);
        C_SignRecoverInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE);
        C_SignRecover(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_VerifyInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE);
        C_Verify(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: CK_ULONG);
        C_VerifyUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG);
        C_VerifyFinal(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG);
        C_VerifyRecoverInit(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE);
        C_VerifyRecover(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_DigestEncryptUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_DecryptDigestUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_SignEncryptUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_DecryptVerifyUpdate(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG, d: *mut CK_BYTE, e: *mut CK_ULONG);
        C_GenerateKey(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: *mut CK_ATTRIBUTE, d: CK_ULONG, e: *mut CK_OBJECT_HANDLE);
        C_GenerateKeyPair(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: *mut CK_ATTRIBUTE, d: CK_ULONG, e: *mut CK_ATTRIBUTE, f: CK_ULONG, g: *mut CK_OBJECT_HANDLE, h: *mut CK_OBJECT_HANDLE);
        C_WrapKey(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE, d: CK_OBJECT_HANDLE, e: *mut CK_BYTE, f: *mut CK_ULONG);
        C_UnwrapKey(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE, d: *mut CK_BYTE, e: CK_ULONG, f: *mut CK_ATTRIBUTE, g: CK_ULONG, h: *mut CK_OBJECT_HANDLE);
        C_DeriveKey(a: CK_SESSION_HANDLE, b: *mut CK_MECHANISM, c: CK_OBJECT_HANDLE, d: *mut CK_ATTRIBUTE, e: CK_ULONG, f: *mut CK_OBJECT_HANDLE);
        C_SeedRandom(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG);
        C_GenerateRandom(a: CK_SESSION_HANDLE, b: *mut CK_BYTE, c: CK_ULONG);
        C_GetFunctionStatus(a: CK_SESSION_HANDLE);
        C_CancelFunction(a: CK_SESSION_HANDLE);
    }
    slot {
        C_GetMechanismInfo(a: CK_SLOT_ID, b: CK_MECHANISM_TYPE, c: *mut CK_MECHANISM_INFO);
        C_InitToken(a: CK_SLOT_ID, b: *mut CK_UTF8CHAR, c: CK_ULONG, d: *mut CK_UTF8CHAR);
        C_CloseAllSessions(a: CK_SLOT_ID);
    }
    module {
        C_Initialize(a: *mut c_void);
        C_Finalize(a: *mut c_void);
        C_GetInfo(a: *mut CK_INFO);
        C_WaitForSlotEvent(a: CK_FLAGS, b: *mut CK_SLOT_ID, c: *mut c_void);
    }
}
