//! What the module can be told to do. Stored as a JSON array, so that a person can write it, too.

use serde::{Deserialize, Serialize};

/// Which calls of a function are meant, counted in each process since the orders last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Every call.
    Always,
    /// This one, counted from 1, and once only: a worker that is started again is spared.
    Once(u64),
    /// This one and all after it.
    From(u64),
}

/// One misbehaviour. Functions are named as the standard does, tokens by their label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The token is pulled out. Sessions that were open then stay dead when it returns.
    Removed {
        /// Its label.
        label: String,
    },
    /// After so many wrong PINs the token is locked; before it, COUNT_LOW and FINAL_TRY are shown.
    PinTries {
        /// How many.
        tries: u32,
    },
    /// More flags in CK_TOKEN_INFO.
    TokenFlags {
        /// The token.
        label: String,
        /// The flags.
        flags: u64,
    },
    /// The token has a PIN pad, at which a person types this.
    PinPad {
        /// The token.
        label: String,
        /// What they type.
        pin: String,
    },
    /// The name of the reader that the token stands in.
    Reader {
        /// The token.
        label: String,
        /// `slotDescription`.
        name: String,
    },
    /// A mechanism that the token does not list.
    WithoutMechanism {
        /// CKM_….
        mechanism: u64,
    },
    /// Every signature has one bit wrong.
    WrongSignatures,
    /// The call takes longer.
    Slow {
        /// The function.
        function: String,
        /// By how much.
        wait_ms: u64,
    },
    /// The call does not return while this order stands.
    Hang {
        /// The function.
        function: String,
        /// Which call.
        when: When,
    },
    /// The process dies in the call.
    Abort {
        /// The function.
        function: String,
        /// Which call.
        when: When,
    },
    /// The call does nothing and answers this.
    Answer {
        /// The function.
        function: String,
        /// Which call.
        when: When,
        /// CKR_….
        value: u64,
    },
}
