//! The policy of a call: how often, how long, and what may be sent again.

mod builder;
mod choices;
mod fault;

use core::time::Duration;

pub use self::builder::PolicyBuilder;
pub use self::choices::{Jitter, Kinds, MidStream, ResendAmbiguous};
pub use self::fault::PolicyError;
use crate::kind::ErrorKind;

pub(crate) const KIND_COUNT: usize = ErrorKind::ALL.len();

/// How a call is retried. A policy that exists is valid.
///
/// Defaults: 6 attempts in all; 1 s, doubling, to 60 s at most, full jitter; a server's wait is obeyed up to 120 s and
/// refused beyond; no deadline; an ambiguous inference call is sent again; name resolution is tried 3 times at most. Why
/// these, see the crate's front page.
///
/// ```
/// use core::time::Duration;
/// use holdoff::{ErrorKind, Policy};
///
/// let policy = Policy::builder()
///     .max_attempts(4)
///     .max_elapsed(Duration::from_secs(90))
///     .stop_kind(ErrorKind::Timeout)
///     .build()?;
/// assert_eq!(policy.max_attempts(), 4);
/// assert_eq!(policy.max_delay(), Duration::from_secs(60));
/// # Ok::<(), holdoff::PolicyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    pub(crate) max_attempts: u32,
    pub(crate) initial_delay_ms: u64,
    pub(crate) multiplier: f64,
    pub(crate) max_delay_ms: u64,
    pub(crate) jitter: Jitter,
    pub(crate) max_retry_after_ms: Option<u64>,
    pub(crate) max_elapsed_ms: Option<u64>,
    pub(crate) attempt_timeout_ms: Option<u64>,
    pub(crate) resend_ambiguous: ResendAmbiguous,
    pub(crate) mid_stream: MidStream,
    pub(crate) retry_kinds: Kinds,
    pub(crate) stop_kinds: Kinds,
    /// Per kind, the most attempts; zero where the kind has no limit of its own.
    pub(crate) attempts_by_kind: [u32; KIND_COUNT],
    pub(crate) seed: Option<u64>,
}

impl Default for Policy {
    fn default() -> Self {
        let mut policy = Self {
            max_attempts: 6,
            initial_delay_ms: 1_000,
            multiplier: 2.0,
            max_delay_ms: 60_000,
            jitter: Jitter::Full,
            max_retry_after_ms: Some(120_000),
            max_elapsed_ms: None,
            attempt_timeout_ms: None,
            resend_ambiguous: ResendAmbiguous::Yes,
            mid_stream: MidStream::Stop,
            retry_kinds: Kinds::NONE,
            stop_kinds: Kinds::NONE,
            attempts_by_kind: [0; KIND_COUNT],
            seed: None,
        };
        policy.limit_kind(ErrorKind::Dns, 3);
        policy
    }
}

impl Policy {
    /// A builder that starts from the defaults.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder { policy: Self::default(), fault: None }
    }

    /// A builder that starts from this policy.
    pub const fn to_builder(self) -> PolicyBuilder {
        PolicyBuilder { policy: self, fault: None }
    }

    /// Sends allowed in total, the first included.
    pub const fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The first backoff.
    pub const fn initial_delay(&self) -> Duration {
        Duration::from_millis(self.initial_delay_ms)
    }

    /// The growth from one backoff to the next.
    pub const fn multiplier(&self) -> f64 {
        self.multiplier
    }

    /// The longest delay that no instruction of the server asked for.
    pub const fn max_delay(&self) -> Duration {
        Duration::from_millis(self.max_delay_ms)
    }

    /// How a backoff is spread.
    pub const fn jitter(&self) -> Jitter {
        self.jitter
    }

    /// The longest wait that is obeyed when the server asks for it; `None` obeys any.
    pub fn max_retry_after(&self) -> Option<Duration> {
        self.max_retry_after_ms.map(Duration::from_millis)
    }

    /// The end of the whole call: attempts and waits together; `None` has no end.
    pub fn max_elapsed(&self) -> Option<Duration> {
        self.max_elapsed_ms.map(Duration::from_millis)
    }

    /// The bound on one attempt; `None` leaves it to the client.
    pub fn attempt_timeout(&self) -> Option<Duration> {
        self.attempt_timeout_ms.map(Duration::from_millis)
    }

    /// Whether a request that the server may have carried out already is sent again.
    pub const fn resend_ambiguous(&self) -> ResendAmbiguous {
        self.resend_ambiguous
    }

    /// What happens to a stream that breaks after content has reached the caller.
    pub const fn mid_stream(&self) -> MidStream {
        self.mid_stream
    }

    /// Kinds that are sent again although their rows say no.
    pub const fn retry_kinds(&self) -> Kinds {
        self.retry_kinds
    }

    /// Kinds that stop a call although their rows say otherwise.
    pub const fn stop_kinds(&self) -> Kinds {
        self.stop_kinds
    }

    /// The most attempts that may fail with `kind`; `None` where the kind has no limit of its own.
    pub fn attempts_of(&self, kind: ErrorKind) -> Option<u32> {
        self.attempts_by_kind.get(kind as usize).copied().filter(|limit| *limit > 0)
    }

    /// The seed that replaces the driver's own; `None` takes one from the operating system.
    pub const fn seed(&self) -> Option<u64> {
        self.seed
    }

    pub(crate) fn limit_kind(&mut self, kind: ErrorKind, attempts: u32) {
        if let Some(limit) = self.attempts_by_kind.get_mut(kind as usize) {
            *limit = attempts;
        }
    }
}
