//! The state machine of one call.
//!
//! Two rules. One failure in, one decision out. After `Stop`, always `Stop`.
//!
//! ```text
//!            poll                on_failure                poll at `until`
//! Ready ───────────► InFlight ───────────────► Waiting ───────────────────► InFlight …
//!   │ deadline           │ on_success             │ deadline, on_cancel
//!   ▼                    ▼                        ▼
//! Stopped            Stopped(finished)         Stopped
//! ```

mod step;

use core::time::Duration;

pub use self::step::{DelaySource, Misuse, Step, StopReason};
use crate::backoff;
use crate::draw::{Draws, up_to};
use crate::engine::{Engine, Route, Usage};
use crate::failure::{Failure, Processed, Replay};
use crate::hint::Hint;
use crate::kind::ErrorKind;
use crate::policy::{Jitter, KIND_COUNT, MidStream, Policy, ResendAmbiguous};
use crate::time::Now;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    InFlight { until: u64 },
    Waiting { until: u64, source: DelaySource },
    Stopped { reason: StopReason },
}

/// One call: at most `max_attempts` sends and the waits between them.
///
/// Drive it by hand as the crate's front page shows, or through a binding's driver.
#[derive(Clone, Debug)]
pub struct Call {
    policy: Policy,
    draws: Draws,
    started_ms: u64,
    state: State,
    /// What goes along with `State::Stopped`; kept apart so that the states are told apart at a glance.
    retry_at: Option<u64>,
    attempt: u32,
    committed: bool,
    last_delay_ms: Option<u64>,
    source: Option<DelaySource>,
    failures_by_kind: [u32; KIND_COUNT],
}

impl Call {
    /// A call that begins now. `seed` is 0 to 2^53 − 1; a policy's own seed replaces it.
    ///
    /// Two calls with the same seed draw the same delays: give each call of a process its own
    /// [`number`](Self::numbered), or its own seed.
    pub const fn new(policy: &Policy, seed: u64, now: Now) -> Self {
        Self::numbered(policy, seed, 0, now)
    }

    /// The call of that number among those that share a seed.
    pub const fn numbered(policy: &Policy, seed: u64, number: u64, now: Now) -> Self {
        let seed = match policy.seed {
            Some(own) => own,
            None => seed,
        };
        Self {
            policy: *policy,
            draws: Draws::new(seed, number),
            started_ms: now.mono_ms,
            state: State::Ready,
            retry_at: None,
            attempt: 0,
            committed: false,
            last_delay_ms: None,
            source: None,
            failures_by_kind: [0; KIND_COUNT],
        }
    }

    /// The policy it follows.
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Sends so far.
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Where the wait after the last failure comes from, a wait of nothing included, which no step tells of. `None` before
    /// the first.
    pub const fn source(&self) -> Option<DelaySource> {
        self.source
    }

    /// The next step. Changes nothing until there is something to do, so that spurious polls are safe.
    ///
    /// Pass the engine that all calls of a client share, or `None`.
    #[inline]
    pub fn poll(&mut self, _engine: Option<&mut Engine>, now: Now) -> Step {
        match self.state {
            State::Waiting { until, source } if now.mono_ms < until => Step::Wait { until, source },
            State::Ready | State::Waiting { .. } => self.send(now),
            State::InFlight { until } => Step::Wait { until, source: DelaySource::Attempt },
            State::Stopped { reason } => Step::Stop { reason, retry_at: self.retry_at },
        }
    }

    fn send(&mut self, now: Now) -> Step {
        let left_ms = self.left_ms(now);
        // The first attempt of a call that has just begun has all of its time left, so this stops later ones only.
        if left_ms == Some(0) {
            return self.stop(StopReason::DeadlineExceeded, None);
        }
        self.attempt = self.attempt.saturating_add(1);
        let timeout_ms = match (self.policy.attempt_timeout_ms, left_ms) {
            (Some(bound), Some(left)) => Some(bound.min(left)),
            (bound, left) => bound.or(left),
        };
        let until = timeout_ms.map_or(u64::MAX, |ms| now.mono_ms.saturating_add(ms));
        self.state = State::InFlight { until };
        Step::Send { attempt: self.attempt, route: Route::default(), timeout: timeout_ms.map(Duration::from_millis) }
    }

    /// The attempt in flight failed.
    ///
    /// # Errors
    ///
    /// [`Misuse`] when no attempt is in flight; the call's state is as before.
    pub fn on_failure(&mut self, _engine: Option<&mut Engine>, failure: &Failure, now: Now) -> Result<(), Misuse> {
        self.in_flight()?;
        match self.wait_after(failure, now) {
            Ok((delay_ms, source)) => {
                self.last_delay_ms = Some(delay_ms);
                self.source = Some(source);
                self.state = State::Waiting { until: now.mono_ms.saturating_add(delay_ms), source };
            }
            Err(reason) => {
                self.stop(reason, failure.retry_at_ms);
            }
        }
        Ok(())
    }

    /// Content of the answer has reached the caller: from now on a broken stream is the caller's to handle, unless the
    /// policy's `mid_stream` says otherwise.
    pub const fn on_content(&mut self) {
        self.committed = true;
    }

    /// The attempt in flight succeeded: the next step is `Stop` with `finished`.
    ///
    /// # Errors
    ///
    /// [`Misuse`] when no attempt is in flight; the call's state is as before.
    pub fn on_success(&mut self, _engine: Option<&mut Engine>, _usage: Usage, _now: Now) -> Result<(), Misuse> {
        self.in_flight()?;
        self.stop(StopReason::Finished, None);
        Ok(())
    }

    /// The caller gives up, in flight or waiting. Does nothing to a call that is over.
    pub fn on_cancel(&mut self, _engine: Option<&mut Engine>, _now: Now) {
        if !matches!(self.state, State::Stopped { .. }) {
            self.stop(StopReason::Cancelled, None);
        }
    }

    const fn in_flight(&self) -> Result<(), Misuse> {
        if matches!(self.state, State::InFlight { .. }) {
            return Ok(());
        }
        Err(if matches!(self.state, State::Stopped { .. }) { Misuse::Over } else { Misuse::NothingInFlight })
    }

    fn stop(&mut self, reason: StopReason, retry_at: Option<u64>) -> Step {
        self.state = State::Stopped { reason };
        self.retry_at = retry_at;
        Step::Stop { reason, retry_at }
    }

    /// Milliseconds to the deadline; `None` without one.
    fn left_ms(&self, now: Now) -> Option<u64> {
        let elapsed = now.mono_ms.saturating_sub(self.started_ms);
        self.policy.max_elapsed_ms.map(|longest| longest.saturating_sub(elapsed))
    }

    /// How long to wait after a failure, or why not to. The order of the reasons is the order of their strength.
    fn wait_after(&mut self, failure: &Failure, now: Now) -> Result<(u64, DelaySource), StopReason> {
        if failure.kind == ErrorKind::Cancelled {
            return Err(StopReason::Cancelled);
        }
        if self.committed && self.policy.mid_stream == MidStream::Stop {
            return Err(StopReason::Committed);
        }
        let instruction = failure.hint.filter(Hint::is_instruction);
        let longest_ms = self.policy.max_retry_after_ms;
        let too_long = |hint: Hint| longest_ms.is_some_and(|longest| hint.delay_ms > longest);
        if !self.worth_sending_again(failure) {
            return Err(StopReason::NotRetryable);
        }
        if failure.forbidden {
            return Err(StopReason::ServerSaidNo);
        }
        if !self.may_resend(failure) {
            return Err(StopReason::MaybeProcessed);
        }
        if self.attempts_used_up(failure.kind) {
            return Err(StopReason::AttemptsExhausted);
        }
        if instruction.is_some_and(too_long) {
            return Err(StopReason::RetryAfterTooLong);
        }
        self.delay(failure.hint, now)
    }

    fn worth_sending_again(&self, failure: &Failure) -> bool {
        if self.policy.stop_kinds.contains(failure.kind) {
            return false;
        }
        failure.after_hint || self.policy.retry_kinds.contains(failure.kind)
    }

    fn may_resend(&self, failure: &Failure) -> bool {
        let resend = self.policy.resend_ambiguous;
        match (failure.processed, failure.replay) {
            (Processed::No, _) | (Processed::Maybe, Replay::Harmless) => true,
            (Processed::Maybe, Replay::Billed) => resend != ResendAmbiguous::No,
            (Processed::Maybe, Replay::Effects) => resend == ResendAmbiguous::Always,
            // Work that is known to be done is never done again on purpose.
            (Processed::Yes, _) => false,
        }
    }

    fn attempts_used_up(&mut self, kind: ErrorKind) -> bool {
        let mut used_up = self.attempt >= self.policy.max_attempts;
        if let Some(limit) = self.policy.attempts_of(kind)
            && let Some(failures) = self.failures_by_kind.get_mut(kind as usize)
        {
            *failures = failures.saturating_add(1);
            used_up |= *failures >= limit;
        }
        used_up
    }

    #[expect(clippy::inline_always, reason = "every failure comes through here, once")]
    #[inline(always)]
    fn delay(&self, hint: Option<Hint>, now: Now) -> Result<(u64, DelaySource), StopReason> {
        let policy = &self.policy;
        let jittered = policy.jitter != Jitter::None;
        let ceiling_ms = backoff::ceiling_ms(policy, self.attempt);
        // Nothing may start at the deadline itself, so the last instant is one millisecond before it.
        let room_ms = match self.left_ms(now) {
            Some(left) => Some(left.checked_sub(1).ok_or(StopReason::DeadlineExceeded)?),
            None => None,
        };
        // The earliest delay, how far beyond it the draw may go, and whether the earliest may be cut to the time left.
        let (floor_ms, spread_ms, hard, source) = match hint {
            // An instruction is a floor: never earlier, and never the same instant for everyone.
            Some(hint) if hint.is_instruction() && hint.delay_ms > 0 => {
                let spread = ceiling_ms.max(hint.delay_ms / 10);
                (hint.delay_ms, if jittered { spread } else { 0 }, true, DelaySource::Instruction)
            }
            // An estimate replaces the backoff. It is cut to ten elevenths of the cap before a tenth is drawn on top, so
            // that callers who meet the cap do not meet each other there.
            Some(hint) if !hint.is_instruction() && hint.delay_ms > 0 => {
                let most = if jittered { below_cap(policy.max_delay_ms) } else { policy.max_delay_ms };
                let estimate = hint.delay_ms.min(most);
                let spread = (estimate / 10).min(policy.max_delay_ms - estimate);
                (estimate, if jittered { spread } else { 0 }, false, DelaySource::Estimate)
            }
            // A wait of zero says "now": no floor, and the backoff still keeps callers apart.
            Some(_) | None => {
                let (floor, spread) = backoff::range_ms(policy, ceiling_ms, self.last_delay_ms);
                (floor, spread, !jittered, DelaySource::Backoff)
            }
        };
        let (floor_ms, spread_ms) = match room_ms {
            None => (floor_ms, spread_ms),
            Some(room) if floor_ms > room && hard => return Err(StopReason::DeadlineExceeded),
            Some(room) => {
                let floor = if hard { floor_ms } else { floor_ms.min(below_cap(room)) };
                (floor, spread_ms.min(room - floor))
            }
        };
        let drawn = up_to(spread_ms, self.draws.of(self.attempt));
        Ok((floor_ms.saturating_add(drawn), source))
    }
}

/// Ten elevenths: with a tenth on top it reaches the cap and does not pass it.
const fn below_cap(cap_ms: u64) -> u64 {
    cap_ms - cap_ms / 11
}
