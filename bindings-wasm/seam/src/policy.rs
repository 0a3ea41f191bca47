//! A policy as the numbers that cross.

use alloc::string::{String, ToString};
use core::time::Duration;

use holdoff::{ErrorKind, Jitter, MidStream, Policy, ResendAmbiguous};

use crate::whole;

/// The values of `jitter`, in the order of their numbers.
pub(crate) const JITTERS: [Jitter; 4] = [Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::None];
/// The values of `mid_stream`, in the order of their numbers.
pub(crate) const MID_STREAMS: [MidStream; 3] = [MidStream::Stop, MidStream::Restart, MidStream::Resume];
const RESENDS: [ResendAmbiguous; 3] = [ResendAmbiguous::No, ResendAmbiguous::Yes, ResendAmbiguous::Always];

/// How many numbers stand before the limits of the kinds.
const HEAD: usize = 13;

/// The policy of these numbers: `max_attempts`, `initial_delay`, `multiplier`, `max_delay`, `jitter`,
/// `max_retry_after`, `max_elapsed`, `attempt_timeout`, `resend_ambiguous`, `mid_stream`, `retry_kinds`, `stop_kinds`,
/// `seed`, then the limit of each kind. Names are places in their lists, sets of kinds are bits, NaN and what is missing
/// are "none", and a limit of 0 is none.
///
/// # Errors
///
/// What the core says of a setting that cannot be meant.
pub fn policy(packed: &[f64]) -> Result<Policy, String> {
    let at = |place: usize| packed.get(place).copied().unwrap_or(f64::NAN);
    let ms = |place: usize| Duration::from_millis(whole(at(place)));
    let bound = |place: usize| (!at(place).is_nan()).then(|| ms(place));
    let attempts = |value: f64| u32::try_from(whole(value)).unwrap_or(u32::MAX);
    let mut builder = Policy::builder()
        .max_attempts(attempts(at(0)))
        .initial_delay(ms(1))
        .multiplier(at(2))
        .max_delay(ms(3))
        .jitter(place(&JITTERS, at(4)).unwrap_or(Jitter::Full))
        .max_retry_after(bound(5))
        .max_elapsed(bound(6))
        .attempt_timeout(bound(7))
        .resend_ambiguous(place(&RESENDS, at(8)).unwrap_or(ResendAmbiguous::Yes))
        .mid_stream(place(&MID_STREAMS, at(9)).unwrap_or(MidStream::Stop))
        .seed((!at(12).is_nan()).then(|| whole(at(12))))
        .no_attempts_by_kind();
    for (index, kind) in ErrorKind::ALL.iter().enumerate() {
        let chosen = |set: f64| whole(set) >> index & 1 == 1;
        if chosen(at(10)) {
            builder = builder.retry_kind(*kind);
        }
        if chosen(at(11)) {
            builder = builder.stop_kind(*kind);
        }
        let limit = at(HEAD + index);
        if limit > 0.0 {
            builder = builder.attempts_of(*kind, attempts(limit));
        }
    }
    builder.build().map_err(|error| error.to_string())
}

fn place<T: Copy>(list: &[T], at: f64) -> Option<T> {
    list.get(usize::try_from(whole(at)).ok()?).copied()
}
