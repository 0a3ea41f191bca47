//! The calls under way, by number.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use holdoff::{Call, DelaySource, Failure, Hint, HintSource, Now, Policy, Step, StopReason, Usage};

use crate::json::{Object, list, record};
use crate::{ASK, OVER, now, number, whole};

struct State {
    call: Call,
    failures: Vec<Failure>,
    stopped: Option<(StopReason, Option<u64>)>,
}

impl State {
    fn report(&mut self, failure: &Failure, now: Now) -> f64 {
        // Nothing in flight: the call is over already, which the poll says.
        let _ = self.call.on_failure(None, failure, now);
        self.step(now)
    }

    fn step(&mut self, now: Now) -> f64 {
        match self.call.poll(None, now) {
            Step::Wait { until, .. } => number(until.saturating_sub(now.mono_ms)),
            Step::Stop { reason, retry_at } => {
                self.stopped = Some((reason, retry_at));
                OVER
            }
            // A wait of nothing: the next attempt has begun. `resumed` asks for its time.
            _ => 0.0,
        }
    }
}

/// The calls that have failed at least once and are not over.
///
/// A number that names no call answers "over": wrong use is a value, here as in the core.
#[derive(Default)]
pub struct Calls {
    states: Vec<Option<State>>,
    free: Vec<u32>,
}

impl Calls {
    /// None under way.
    pub const fn new() -> Self {
        Self { states: Vec::new(), free: Vec::new() }
    }

    fn state(&mut self, call: u32) -> Option<&mut State> {
        self.states.get_mut(call as usize)?.as_mut()
    }

    /// A call whose first attempt has been sent: its number. It keeps its place until [`end`](Self::end).
    pub fn begin(&mut self, policy: &Policy, seed: f64, nth: f64, mono: f64, wall: f64) -> u32 {
        let now = now(mono, wall);
        let mut call = Call::numbered(policy, whole(seed), whole(nth), now);
        call.poll(None, now);
        let state = Some(State { call, failures: Vec::new(), stopped: None });
        if let Some(place) = self.free.pop()
            && let Some(slot) = self.states.get_mut(place as usize)
        {
            *slot = state;
            return place;
        }
        self.states.push(state);
        u32::try_from(self.states.len()).unwrap_or(u32::MAX) - 1
    }

    /// The attempt in flight failed: milliseconds to wait, [`OVER`], or with `ask` [`ASK`]: then
    /// [`decide`](Self::decide) it.
    pub fn failed(&mut self, call: u32, failure: Failure, committed: bool, ask: bool, mono: f64, wall: f64) -> f64 {
        let Some(state) = self.state(call) else { return OVER };
        if committed {
            state.call.on_content();
        }
        let answer = if ask { ASK } else { state.report(&failure, now(mono, wall)) };
        state.failures.push(failure);
        answer
    }

    /// Decides about the last failure. `verdict` is the caller's own: NaN leaves it to the policy, -1 is no, -2 is yes,
    /// anything else is milliseconds to wait.
    pub fn decide(&mut self, call: u32, verdict: f64, mono: f64, wall: f64) -> f64 {
        let Some(state) = self.state(call) else { return OVER };
        let Some(failure) = state.failures.last().cloned() else { return OVER };
        let now = now(mono, wall);
        let failure = match verdict {
            _ if verdict.is_nan() => failure,
            0.0.. => failure.overruled(true).with_hint(Hint::new(whole(verdict), HintSource::Caller), now.wall_ms),
            _ => failure.overruled(verdict < -1.5),
        };
        state.report(&failure, now)
    }

    /// After the wait: milliseconds the next attempt may take, infinity for no bound, or [`OVER`].
    pub fn resumed(&mut self, call: u32, mono: f64, wall: f64) -> f64 {
        let Some(state) = self.state(call) else { return OVER };
        let mut now = now(mono, wall);
        // The driver has waited: clocks with fractions may still show the last millisecond as not over.
        if let Step::Wait { until, source } = state.call.poll(None, now)
            && source != DelaySource::Attempt
        {
            now.mono_ms = now.mono_ms.max(until);
        }
        match state.call.poll(None, now) {
            Step::Send { timeout, .. } => timeout.map_or(f64::INFINITY, |longest| longest.as_secs_f64() * 1_000.0),
            Step::Wait { until: u64::MAX, .. } => f64::INFINITY,
            Step::Wait { until, .. } => number(until.saturating_sub(now.mono_ms)),
            Step::Stop { reason, retry_at } => {
                state.stopped = Some((reason, retry_at));
                OVER
            }
            _ => OVER,
        }
    }

    /// Content of the answer has reached the caller.
    pub fn content(&mut self, call: u32) {
        if let Some(state) = self.state(call) {
            state.call.on_content();
        }
    }

    /// The attempt in flight succeeded.
    pub fn succeeded(&mut self, call: u32, mono: f64, wall: f64) {
        if let Some(state) = self.state(call) {
            // Reported twice, or after a stop: the first report stands.
            let _ = state.call.on_success(None, Usage::default(), now(mono, wall));
            state.step(now(mono, wall));
        }
    }

    /// The caller gave up.
    pub fn cancelled(&mut self, call: u32, mono: f64, wall: f64) {
        if let Some(state) = self.state(call) {
            state.call.on_cancel(None, now(mono, wall));
            state.step(now(mono, wall));
        }
    }

    /// Sends so far.
    pub fn attempt(&mut self, call: u32) -> u32 {
        self.state(call).map_or(0, |state| state.call.attempt())
    }

    /// Where the last wait came from.
    pub fn source(&mut self, call: u32) -> Option<&'static str> {
        self.state(call)?.call.source().map(DelaySource::as_str)
    }

    /// The last failure, as [`record`] writes it.
    pub fn failure(&mut self, call: u32) -> Option<String> {
        self.state(call)?.failures.last().map(record)
    }

    /// How it went in `elapsed` milliseconds: `reason`, `retry_at` and `lasting` (a service's trouble that lasts), missing
    /// where there is none, and all `failures`.
    pub fn story(&mut self, call: u32, elapsed: f64) -> Option<String> {
        let state = self.state(call)?;
        let failures = list(state.failures.iter().map(record));
        Some(
            Object::new()
                .text("reason", state.stopped.map(|stopped| stopped.0.as_str()))
                .whole("retry_at", state.stopped.and_then(|stopped| stopped.1))
                .text("lasting", holdoff::lasting(&state.failures, Duration::from_millis(whole(elapsed))))
                .raw("failures", &failures)
                .end(),
        )
    }

    /// Forgets the call: its number may name another one from now on.
    pub fn end(&mut self, call: u32) {
        if self.state(call).is_some()
            && let Some(slot) = self.states.get_mut(call as usize)
        {
            *slot = None;
            self.free.push(call);
        }
    }
}

impl core::fmt::Debug for Calls {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Calls({})", self.states.len() - self.free.len())
    }
}
