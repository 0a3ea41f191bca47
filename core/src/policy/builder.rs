//! A policy in the making, and the check of what it says.

use alloc::format;
use core::time::Duration;

use super::fault::Said;
use super::{Jitter, KIND_COUNT, MidStream, Policy, PolicyError, ResendAmbiguous};
use crate::draw::MAX_SEED;
use crate::kind::ErrorKind;
use crate::time::ms_up;

/// Makes a [`Policy`]. Each method replaces one default; [`build`](Self::build) checks them together.
#[derive(Clone, Debug)]
#[must_use]
pub struct PolicyBuilder {
    pub(super) policy: Policy,
    /// The first thing that no later setting can mend.
    pub(super) fault: Option<PolicyError>,
}

impl PolicyBuilder {
    /// Sends allowed in total, the first included: 1 never sends again. Default 6.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.policy.max_attempts = attempts;
        self
    }

    /// The first backoff. Default 1 s.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.policy.initial_delay_ms = ms_up(delay);
        self
    }

    /// The growth from one backoff to the next, at least 1. Default 2.
    pub const fn multiplier(mut self, multiplier: f64) -> Self {
        self.policy.multiplier = multiplier;
        self
    }

    /// The longest delay that no instruction of the server asked for. Default 60 s.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.policy.max_delay_ms = ms_up(delay);
        self
    }

    /// How a backoff is spread. Default [`Jitter::Full`].
    pub const fn jitter(mut self, jitter: Jitter) -> Self {
        self.policy.jitter = jitter;
        self
    }

    /// The longest wait that is obeyed when the server asks for it; a longer one stops the call. Default 120 s.
    pub fn max_retry_after(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.policy.max_retry_after_ms = longest.into().map(ms_up);
        self
    }

    /// The end of the whole call. Default none.
    pub fn max_elapsed(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.policy.max_elapsed_ms = longest.into().map(ms_up);
        self
    }

    /// The bound on one attempt. Default none.
    pub fn attempt_timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.policy.attempt_timeout_ms = longest.into().map(ms_up);
        self
    }

    /// Whether a request that the server may have carried out already is sent again. Default [`ResendAmbiguous::Yes`].
    pub const fn resend_ambiguous(mut self, resend: ResendAmbiguous) -> Self {
        self.policy.resend_ambiguous = resend;
        self
    }

    /// What happens to a stream that breaks after content has reached the caller. Default [`MidStream::Stop`].
    pub const fn mid_stream(mut self, mid_stream: MidStream) -> Self {
        self.policy.mid_stream = mid_stream;
        self
    }

    /// Adds a kind that is sent again although its row says no.
    pub const fn retry_kind(mut self, kind: ErrorKind) -> Self {
        self.policy.retry_kinds = self.policy.retry_kinds.with(kind);
        self
    }

    /// Adds a kind that stops a call although its row says otherwise. It wins over `retry_kind`.
    pub const fn stop_kind(mut self, kind: ErrorKind) -> Self {
        self.policy.stop_kinds = self.policy.stop_kinds.with(kind);
        self
    }

    /// The most attempts that may fail with `kind`. Default: `dns` 3.
    pub fn attempts_of(mut self, kind: ErrorKind, attempts: u32) -> Self {
        if attempts == 0 && self.fault.is_none() {
            self.fault = Some(PolicyError::new("attempts_by_kind", format!("{kind}: {attempts}"), "at least 1 for each kind"));
        }
        self.policy.limit_kind(kind, attempts);
        self
    }

    /// Removes every limit of a kind's own, the default for `dns` included.
    pub const fn no_attempts_by_kind(mut self) -> Self {
        self.policy.attempts_by_kind = [0; KIND_COUNT];
        self
    }

    /// A fixed seed, 0 to 2^53 − 1: the same calls wait the same milliseconds. For tests and replays. Default none.
    pub fn seed(mut self, seed: impl Into<Option<u64>>) -> Self {
        self.policy.seed = seed.into();
        self
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] names the first setting that cannot be meant: no attempt at all, a growth below 1 or not a
    /// number, a cap below the first backoff, a deadline or time-out of zero, a seed above 2^53 − 1.
    pub fn build(self) -> Result<Policy, PolicyError> {
        let Self { policy, fault } = self;
        if let Some(fault) = fault {
            return Err(fault);
        }
        if policy.max_attempts == 0 {
            return Err(PolicyError::new("max_attempts", "0", "at least 1: the first send counts"));
        }
        if !(policy.multiplier >= 1.0 && policy.multiplier.is_finite()) {
            return Err(PolicyError::new(
                "multiplier",
                Said::Factor(policy.multiplier.to_bits()),
                "a finite number of at least 1",
            ));
        }
        if policy.max_delay_ms < policy.initial_delay_ms {
            return Err(PolicyError::new(
                "max_delay",
                Said::Ms(policy.max_delay_ms),
                Said::AboveInitial(policy.initial_delay_ms),
            ));
        }
        for (field, value) in [("max_elapsed", policy.max_elapsed_ms), ("attempt_timeout", policy.attempt_timeout_ms)] {
            if value == Some(0) {
                return Err(PolicyError::new(field, "0", "more than 0, or none for no bound"));
            }
        }
        if let Some(seed) = policy.seed.filter(|seed| *seed > MAX_SEED) {
            return Err(PolicyError::new("seed", Said::Number(seed), "0 to 2^53 - 1"));
        }
        Ok(policy)
    }
}
