//! What the server said about when to send again.

use core::time::Duration;

use crate::names::wire_names;

/// How strong a hint is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strength {
    /// The server named a wait: a floor, never shortened.
    Instruction,
    /// The time at which an empty bucket is *full* again: later than needed, so it replaces the backoff, is clipped to
    /// `max_delay`, and never stops a call.
    Estimate,
}

wire_names! {
    /// Where a hint was read.
    HintSource {
        /// The `retry-after-ms` header.
        RetryAfterMs = "retry_after_ms";
        /// The `retry-after` header.
        RetryAfter = "retry_after";
        /// A field of the body: `retry_after`, `RetryInfo.retryDelay`.
        Body = "body";
        /// A sentence: "try again in 9.8s", "you will regain access on …".
        Text = "text";
        /// The reset of a subscription's window.
        PlanWindow = "plan_window";
        /// The reset header of an empty bucket.
        RateLimitReset = "rate_limit_reset";
        /// The caller's own `classify` hook.
        Caller = "caller";
    }
}

impl HintSource {
    /// An instruction, except for the resets of buckets.
    pub const fn strength(self) -> Strength {
        match self {
            Self::RateLimitReset => Strength::Estimate,
            _ => Strength::Instruction,
        }
    }
}

/// A wait that was asked for, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Hint {
    /// Whole milliseconds from the moment of the failure, rounded up.
    pub delay_ms: u64,
    /// Where it was read; gives its strength.
    pub source: HintSource,
}

impl Hint {
    /// A hint of `delay_ms` milliseconds.
    pub const fn new(delay_ms: u64, source: HintSource) -> Self {
        Self { delay_ms, source }
    }

    /// The wait.
    pub const fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }

    /// Whether it is a floor.
    pub const fn is_instruction(&self) -> bool {
        matches!(self.source.strength(), Strength::Instruction)
    }
}

/// A point in time as a header writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Milliseconds from now.
    In(u64),
    /// Milliseconds since the Unix epoch.
    At(u64),
}

impl When {
    /// Milliseconds from `now_ms`; `None` for the past.
    pub(crate) fn delay_ms(self, now_ms: u64) -> Option<u64> {
        match self {
            Self::In(ms) => Some(ms),
            Self::At(at) => at.checked_sub(now_ms),
        }
    }
}
