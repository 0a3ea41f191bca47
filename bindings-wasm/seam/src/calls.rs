//! The calls under way, by number.

use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::mem::take;
use core::time::Duration;

use holdoff::{Call, DelaySource, Failure, Hint, HintSource, Now, Policy, Step, StopReason, Usage};

use crate::json::{Object, record};
use crate::{ASK, GONE, OVER, now, number, whole};

/// The flag of an attempt that failed after a wait whose end nobody reported: see [`Calls::failed`].
const RESUMED: u32 = 8;
/// The flag of an attempt whose content has reached the caller.
const COMMITTED: u32 = 2;
/// How many diagnoses are kept.
const KEPT: usize = 8;

struct State {
    call: Call,
    /// The id of its policy.
    policy: u32,
    failures: Vec<Arc<Failure>>,
    stopped: Option<(StopReason, Option<u64>)>,
}

impl State {
    fn report(&mut self, failure: &Failure, now: Now) -> f64 {
        // Nothing in flight: the call is over already, which the poll says.
        let _ = self.call.on_failure(None, failure, now);
        self.step(now)
    }

    /// The driver has waited: clocks with fractions may still show the last millisecond as not over.
    fn resume(&mut self, mut now: Now) -> Now {
        if let Step::Wait { until, source } = self.call.poll(None, now)
            && source != DelaySource::Attempt
        {
            now.mono_ms = now.mono_ms.max(until);
        }
        now
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

/// A diagnosis that stands for all evidence like its own.
struct Kept {
    id: u32,
    failure: Arc<Failure>,
}

/// The policy that was read last.
struct Read {
    id: u32,
    bits: Vec<u64>,
    policy: Policy,
}

/// The calls that have failed at least once and are not over.
///
/// A number that names no call answers "over": wrong use is a value, here as in the core.
#[derive(Default)]
pub struct Calls {
    states: Vec<Option<State>>,
    free: Vec<u32>,
    kept: [Option<Kept>; KEPT],
    /// The diagnoses kept so far: the last one's id. Ids are not used again.
    ids: u32,
    policy: Option<Read>,
    /// The policies read so far: the last one's id.
    policies: u32,
    /// An empty list of the call that ended last, for the next one.
    spare: Vec<Arc<Failure>>,
}

impl Calls {
    /// None under way.
    pub const fn new() -> Self {
        Self {
            states: Vec::new(),
            free: Vec::new(),
            kept: [const { None }; KEPT],
            ids: 0,
            policy: None,
            policies: 0,
            spare: Vec::new(),
        }
    }

    fn state(&mut self, call: u32) -> Option<&mut State> {
        self.states.get_mut(call as usize)?.as_mut()
    }

    /// A call whose first attempt has been sent: its number. It keeps its place until [`end`](Self::end).
    ///
    /// # Errors
    ///
    /// What [`policy`](crate::policy()) says of the numbers.
    pub fn begin(&mut self, policy: &[f64], seed: f64, nth: f64, mono: f64, wall: f64) -> Result<u32, String> {
        let (id, policy) = self.policy(policy)?;
        Ok(self.place(id, policy, seed, nth, now(mono, wall)))
    }

    /// [`begin`](Self::begin) with the policy of this id; `None` where another one has been read since.
    pub fn begin_under(&mut self, policy: u32, seed: f64, nth: f64, mono: f64, wall: f64) -> Option<u32> {
        let read = self.policy.as_ref().filter(|read| read.id == policy)?.policy;
        Some(self.place(policy, read, seed, nth, now(mono, wall)))
    }

    /// The id of a call's policy, for [`begin_under`](Self::begin_under).
    pub fn policy_of(&mut self, call: u32) -> u32 {
        self.state(call).map_or(0, |state| state.policy)
    }

    fn place(&mut self, id: u32, policy: Policy, seed: f64, nth: f64, now: Now) -> u32 {
        let mut call = Call::numbered(&policy, whole(seed), whole(nth), now);
        call.poll(None, now);
        let state = Some(State { call, policy: id, failures: take(&mut self.spare), stopped: None });
        if let Some(place) = self.free.pop()
            && let Some(slot) = self.states.get_mut(place as usize)
        {
            *slot = state;
            return place;
        }
        self.states.push(state);
        u32::try_from(self.states.len()).unwrap_or(u32::MAX) - 1
    }

    /// The policy of these numbers, and its id. Most calls share one, so the last one read is at hand.
    fn policy(&mut self, packed: &[f64]) -> Result<(u32, Policy), String> {
        let same =
            |bits: &[u64]| bits.len() == packed.len() && bits.iter().zip(packed).all(|(bits, number)| *bits == number.to_bits());
        if let Some(read) = self.policy.as_ref().filter(|read| same(&read.bits)) {
            return Ok((read.id, read.policy));
        }
        let policy = crate::policy(packed)?;
        // Ids are not used again before all the others.
        self.policies = self.policies.wrapping_add(1);
        let bits = packed.iter().map(|number| number.to_bits()).collect();
        self.policy = Some(Read { id: self.policies, bits, policy });
        Ok((self.policies, policy))
    }

    /// The attempt in flight failed: milliseconds to wait, [`OVER`], or with `ask` [`ASK`]: then
    /// [`decide`](Self::decide) it.
    ///
    /// Of the flags, [`Given`](crate::Given) reads its own. Where no time bounds the attempts, [`resumed`](Self::resumed)
    /// has nothing to say: the driver leaves it out, and `flags` has 8 when the next one fails.
    pub fn failed(&mut self, call: u32, failure: Failure, flags: u32, ask: bool, mono: f64, wall: f64) -> f64 {
        self.report(call, Arc::new(failure), flags, ask, mono, wall)
    }

    fn report(&mut self, call: u32, failure: Arc<Failure>, flags: u32, ask: bool, mono: f64, wall: f64) -> f64 {
        let Some(state) = self.state(call) else { return OVER };
        if flags & RESUMED != 0 {
            let now = state.resume(now(mono, wall));
            state.call.poll(None, now);
        }
        if flags & COMMITTED != 0 {
            state.call.on_content();
        }
        let answer = if ask { ASK } else { state.report(&failure, now(mono, wall)) };
        state.failures.push(failure);
        answer
    }

    /// Keeps the last diagnosis: its id for [`again`](Self::again), or -1 where another instant may make another one of the
    /// same evidence.
    pub fn keep(&mut self, call: u32) -> f64 {
        let Some(failure) = self.state(call).and_then(|state| state.failures.last().cloned()) else { return OVER };
        // A hint may count from now, or to a date; a date that was past without being one is past from now on.
        if failure.hint.is_some() || self.ids == u32::MAX {
            return OVER;
        }
        self.ids += 1;
        let id = self.ids;
        if let Some(slot) = self.kept.get_mut(id as usize % KEPT) {
            *slot = Some(Kept { id, failure });
        }
        f64::from(id)
    }

    /// [`failed`](Self::failed) with the evidence of a diagnosis that was kept, or with one that differs from it only in
    /// ids; [`GONE`] where it is kept no longer: then nothing has changed, and the evidence is needed.
    pub fn again(&mut self, call: u32, id: u32, flags: u32, ask: bool, mono: f64) -> f64 {
        let kept = self.kept.get(id as usize % KEPT).and_then(Option::as_ref).filter(|kept| kept.id == id);
        let Some(failure) = kept.map(|kept| Arc::clone(&kept.failure)) else { return GONE };
        self.report(call, failure, flags, ask, mono, 0.0)
    }

    /// Decides about the last failure. `verdict` is the caller's own: NaN leaves it to the policy, -1 is no, -2 is yes,
    /// anything else is milliseconds to wait.
    pub fn decide(&mut self, call: u32, verdict: f64, mono: f64, wall: f64) -> f64 {
        let Some(state) = self.state(call) else { return OVER };
        let Some(failure) = state.failures.last().map(|failure| Failure::clone(failure)) else { return OVER };
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
        let now = state.resume(now(mono, wall));
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

    /// The attempt in flight succeeded. A call that nothing more is asked of may just be [ended](Self::end).
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
        self.state(call)?.failures.last().map(|failure| record(failure))
    }

    /// How it went in `elapsed` milliseconds: `reason`, `retry_at` and `lasting` (a service's trouble that lasts), missing
    /// where there is none. The failures are left to `diagnose`, for when somebody asks.
    pub fn story(&mut self, call: u32, elapsed: f64) -> Option<String> {
        let state = self.state(call)?;
        let failures = state.failures.iter().map(AsRef::as_ref);
        Some(
            Object::new()
                .text("reason", state.stopped.map(|stopped| stopped.0.as_str()))
                .whole("retry_at", state.stopped.and_then(|stopped| stopped.1))
                .text("lasting", holdoff::lasting(failures, Duration::from_millis(whole(elapsed))))
                .end(),
        )
    }

    /// Forgets the call: its number may name another one from now on.
    pub fn end(&mut self, call: u32) {
        if self.state(call).is_some()
            && let Some(slot) = self.states.get_mut(call as usize)
        {
            if let Some(mut state) = slot.take() {
                state.failures.clear();
                self.spare = state.failures;
            }
            self.free.push(call);
        }
    }
}

impl core::fmt::Debug for Calls {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Calls({})", self.states.len() - self.free.len())
    }
}
