//! What the server said about when to send again.

use core::time::Duration;

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

/// Where a hint was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HintSource {
    /// The `retry-after-ms` header.
    RetryAfterMs,
    /// The `retry-after` header.
    RetryAfter,
    /// A field of the body: `retry_after`, `RetryInfo.retryDelay`.
    Body,
    /// A sentence: "try again in 9.8s", "you will regain access on …".
    Text,
    /// The reset of a subscription's window.
    PlanWindow,
    /// The reset header of an empty bucket.
    RateLimitReset,
    /// The caller's own `classify` hook.
    Caller,
}

impl HintSource {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RetryAfterMs => "retry_after_ms",
            Self::RetryAfter => "retry_after",
            Self::Body => "body",
            Self::Text => "text",
            Self::PlanWindow => "plan_window",
            Self::RateLimitReset => "rate_limit_reset",
            Self::Caller => "caller",
        }
    }

    /// An instruction, except for the resets of buckets.
    pub const fn strength(self) -> Strength {
        match self {
            Self::RateLimitReset => Strength::Estimate,
            _ => Strength::Instruction,
        }
    }

    /// The source of that name; `None` for another name.
    pub fn from_wire(name: &str) -> Option<Self> {
        [Self::RetryAfterMs, Self::RetryAfter, Self::Body, Self::Text, Self::PlanWindow, Self::RateLimitReset, Self::Caller]
            .into_iter()
            .find(|source| source.as_str() == name)
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
