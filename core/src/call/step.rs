//! What a call answers: the next step, why it waits or is over, and what does not fit its state.

use core::fmt;
use core::time::Duration;

use crate::engine::Route;
use crate::names::wire_names;

/// What the caller does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// Send the request, then tell the call how it ended.
    Send {
        /// The send's number, 1 the first.
        attempt: u32,
        /// Which of the client's routes to take; the first where there is one.
        route: Route,
        /// The longest this attempt may take; `None` leaves it to the client.
        timeout: Option<Duration>,
    },
    /// Do nothing until `until`, then poll again.
    Wait {
        /// On the clock of [`Now::mono_ms`](crate::Now::mono_ms). A poll before it answers the same `Wait`.
        until: u64,
        /// Why this long.
        source: DelaySource,
    },
    /// The call is over.
    Stop {
        /// Why.
        reason: StopReason,
        /// When sending again may be worth it, in milliseconds since the Unix epoch, where that is known.
        retry_at: Option<u64>,
    },
}

wire_names! {
    /// Why a wait is as long as it is.
    DelaySource {
        Backoff = "backoff", "the policy's backoff";
        Instruction = "instruction", "what the server, or a hook, asked for";
        Estimate = "estimate", "until the empty bucket is full again";
        Attempt = "attempt", "an attempt is in flight, and `until` is the end of its time";
    }
}

wire_names! {
    /// Why a call is over.
    StopReason {
        NotRetryable = "not_retryable", "sending it again would not help";
        AttemptsExhausted = "attempts_exhausted", "no attempt is left";
        DeadlineExceeded = "deadline_exceeded", "no time is left";
        RetryAfterTooLong = "retry_after_too_long", "the server asks for a longer wait than max_retry_after allows";
        ServerSaidNo = "server_said_no", "the server, or a retrying layer below, asked not to send it again";
        MaybeProcessed = "maybe_processed", "the server may have done the work already";
        Committed = "committed", "part of the answer has reached the caller";
        Cancelled = "cancelled", "the caller stopped";
        BudgetExhausted = "budget_exhausted", "too many calls are being sent again";
        CircuitOpen = "circuit_open", "the service has been failing for every caller";
        QueueFull = "queue_full", "too many calls are waiting";
        Finished = "finished", "it succeeded";
    }
}

/// A report that does not fit the call's state. Nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Misuse {
    /// No attempt is in flight: [`Call::poll`](crate::Call::poll) must have answered `Send` first.
    NothingInFlight,
    /// The call is over.
    Over,
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingInFlight => "no attempt is in flight: poll until it answers `Send`, then report how that ended",
            Self::Over => "the call is over: start another one",
        })
    }
}

impl core::error::Error for Misuse {}
