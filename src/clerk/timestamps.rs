//! Timestamps as their authority gives them: only so many in a time, and not while it is away. What is over the
//! limit waits; a limit of twenty in twenty minutes is real, and it must not stop a school.

use std::collections::VecDeque;
use std::thread;
use std::time::Duration;

use crafts::signature::TOKEN_SIZE_BYTES;
use school::digest::Sha256;
use school::limits::{
    SIGNATURE_ROOM_BYTES, TIMESTAMP_PAUSE_MOST_S, TIMESTAMP_PAUSE_S, TIMESTAMP_TRIES, TIMESTAMP_TRY_AGAIN_MS,
};
use school::moment::Moment;

use crate::clerk::{ClerkFault, Office};
use crate::clock;
use crate::lifecycle::dossier::Stage;
use crate::network::{self, Network, NetworkFault};

/// How many timestamps the authority gives in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimestampLimit {
    /// So many.
    pub count: usize,
    /// In so many seconds.
    pub window_s: i64,
}

impl Default for TimestampLimit {
    fn default() -> Self {
        Self { count: 20, window_s: 20 * 60 }
    }
}

/// Room in a file for the tokens of an authority: as much as is usual, until one came that is larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenRoom(usize);

impl Default for TokenRoom {
    fn default() -> Self {
        Self(TOKEN_SIZE_BYTES)
    }
}

impl TokenRoom {
    /// Tokens of one authority differ by some octets: a serial number, a moment, the value of a signature.
    const SLACK_SIZE_BYTES: usize = 256;

    /// How many bytes it has.
    pub(super) const fn size_bytes(self) -> usize {
        self.0
    }

    /// The next one of this authority will be about as large.
    pub(super) fn learn(&mut self, token: &[u8]) {
        if token.len() > self.0 {
            self.0 = (token.len() + Self::SLACK_SIZE_BYTES).min(SIGNATURE_ROOM_BYTES);
        }
    }

    /// Errors: `timestamp.too_large`.
    pub(super) fn takes(self, token: &[u8]) -> Result<(), ClerkFault> {
        if token.len() <= self.0 {
            return Ok(());
        }
        let what = format!("a timestamp of {} bytes, room for {}", token.len(), self.0);
        Err(ClerkFault::NotNow { code: "timestamp.too_large", what })
    }
}

/// What is known of the authority.
#[derive(Debug, Default)]
pub(super) struct Timestamps {
    /// Its limit.
    pub limit: TimestampLimit,
    /// Its certificate, once it has stamped something.
    pub signer: Option<Vec<u8>>,
    /// Room for what it gives.
    pub room: TokenRoom,
    // When it was asked, oldest first; none before the register was looked into.
    asked: Option<VecDeque<Moment>>,
    // It was away so many times one after the other, and is asked again at that moment.
    away: Option<(u32, Moment)>,
}

impl Timestamps {
    /// When the authority can be asked next; nothing when it can be asked now.
    fn not_before(&mut self, now: Moment) -> Option<Moment> {
        if let Some((_, again)) = self.away
            && again > now
        {
            return Some(again);
        }
        let asked = self.asked.get_or_insert_default();
        while asked.front().is_some_and(|first| first.plus_seconds(self.limit.window_s) <= now) {
            asked.pop_front();
        }
        let over = asked.len().checked_sub(self.limit.count)?;
        asked.get(over).map(|first| first.plus_seconds(self.limit.window_s))
    }

    /// It did not answer: the next time it is given longer.
    fn is_away(&mut self, now: Moment) {
        let times = self.away.map_or(0, |(times, _)| times);
        let pause_s = (TIMESTAMP_PAUSE_S << times.min(16)).min(TIMESTAMP_PAUSE_MOST_S);
        self.away = Some((times + 1, now.plus_seconds(pause_s)));
    }

    /// Whether a token fits where `room` was left for it. After one that does not, the next one finds more room;
    /// where no file has so much, the authority is left alone for a while instead of being asked in vain each minute.
    ///
    /// Errors: `timestamp.too_large`.
    pub fn takes(&mut self, room: TokenRoom, token: &[u8]) -> Result<(), ClerkFault> {
        if token.len() > SIGNATURE_ROOM_BYTES {
            self.away = Some((0, clock::now().plus_seconds(TIMESTAMP_PAUSE_MOST_S)));
        }
        room.takes(token)
    }
}

impl Office {
    /// The limit of the timestamp authority, where it is not the usual one. One that was away is asked again.
    pub fn limit_timestamps(&mut self, limit: TimestampLimit) {
        self.timestamps.limit = limit;
        self.timestamps.away = None;
    }

    /// When the authority can be asked next; nothing when it can be asked now. What was stamped before the
    /// last start counts too: the register knows when.
    pub(super) fn timestamps_not_before(&mut self) -> Option<Moment> {
        if self.timestamps.asked.is_none() {
            let closed = self.ledger().dossiers.values().filter(|one| matches!(one.stage, Stage::Closed(_)));
            let mut asked: Vec<Moment> = closed.map(|one| one.latest().1.recorded).collect();
            asked.sort_unstable();
            self.timestamps.asked = Some(asked.into());
        }
        self.timestamps.not_before(clock::now())
    }
}

/// A timestamp over `imprint`: the token alone, and the whole response. Whether the limit allows it is asked
/// before; a seal is never kept waiting for it.
pub(super) fn stamp_time(office: &mut Office, imprint: &Sha256) -> Result<(Vec<u8>, Vec<u8>), ClerkFault> {
    let Some(url) = office.authorities.timestamp_url.clone() else {
        return Err(ClerkFault::NotNow { code: "timestamp.none_configured", what: "timestamp".into() });
    };
    let (network, asked) = (office.network.clone(), office.timestamps.asked.get_or_insert_default());
    let answered = ask(&network, &url, imprint, || asked.push_back(clock::now()));
    if matches!(answered, Err(ClerkFault::Network(_))) {
        office.timestamps.is_away(clock::now());
    }
    let (token, response) = answered?;
    office.timestamps.away = None;
    office.timestamps.signer = Some(crafts::cms::timestamp_signer(&token)?);
    office.timestamps.room.learn(&token);
    Ok((token, response))
}

/// Asks an authority for a timestamp over `imprint`, again where it may be otherwise in a moment; `before` is called
/// at each question. The token alone, and the whole response.
pub(super) fn ask(
    network: &Network,
    url: &str,
    imprint: &Sha256,
    mut before: impl FnMut(),
) -> Result<(Vec<u8>, Vec<u8>), ClerkFault> {
    let mut tries_left = TIMESTAMP_TRIES;
    loop {
        let nonce = network::nonce()?;
        let request = crafts::cms::timestamp_request(imprint, nonce)?;
        before();
        tries_left -= 1;
        match network.timestamp(url, &request) {
            Ok(response) => {
                return Ok((crafts::cms::timestamp_token(&response, imprint, nonce)?, response));
            }
            Err(fault) if tries_left > 0 && passes(&fault) => {
                tracing::warn!(%fault, tries_left, "no timestamp");
                thread::sleep(Duration::from_millis(
                    TIMESTAMP_TRY_AGAIN_MS << (TIMESTAMP_TRIES - tries_left),
                ));
            }
            Err(fault) => return Err(fault.into()),
        }
    }
}

/// Whether it may be otherwise in a moment.
fn passes(fault: &NetworkFault) -> bool {
    match fault {
        NetworkFault::Unreachable(_) => true,
        NetworkFault::Status(status) => *status == 429 || *status >= 500,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment::from_unix(1_780_103_700);

    #[test]
    fn what_is_over_the_limit_waits_until_the_oldest_is_out_of_the_window() {
        let limit = TimestampLimit { count: 3, window_s: 600 };
        let mut stamps = Timestamps { limit, ..Timestamps::default() };
        for second in [0, 10, 20] {
            let now = NOW.plus_seconds(second);
            assert_eq!(stamps.not_before(now), None);
            stamps.asked.get_or_insert_default().push_back(now);
        }
        assert_eq!(stamps.not_before(NOW.plus_seconds(30)), Some(NOW.plus_seconds(600)));
        assert_eq!(stamps.not_before(NOW.plus_seconds(600)), None);
        // Seals are never kept waiting, so that more may have been asked for than the limit.
        stamps.asked.get_or_insert_default().extend([NOW.plus_seconds(30); 3]);
        assert_eq!(stamps.not_before(NOW.plus_seconds(600)), Some(NOW.plus_seconds(630)));
    }

    #[test]
    fn an_authority_that_is_away_is_given_longer_each_time() {
        let mut stamps = Timestamps::default();
        let mut pauses = Vec::new();
        for _ in 0..8 {
            stamps.is_away(NOW);
            let again = stamps.not_before(NOW).expect("later");
            pauses.push(again.unix() - NOW.unix());
        }
        assert!(pauses.is_sorted() && pauses[0] == TIMESTAMP_PAUSE_S, "{pauses:?}");
        assert_eq!(pauses[7], TIMESTAMP_PAUSE_MOST_S);
    }
}
