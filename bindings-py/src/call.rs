//! One call, from its first failure on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use holdoff::{DelaySource, Failure as CoreFailure, Hint, HintSource, Now, Step, StopReason};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyTuple};

use crate::evidence::Parts;
use crate::failure::Failure;
use crate::{Policy, ms_down, seconds};

/// What the drivers take for "the call is over".
const OVER: f64 = -1.0;

struct State {
    call: holdoff::Call,
    /// The time of the last report that came with both clocks.
    told: Now,
    failures: Vec<Arc<CoreFailure>>,
    waits: Vec<f64>,
    stopped: Option<(StopReason, Option<u64>)>,
}

impl State {
    /// Decides about `failure`, which `found` is what has been diagnosed of.
    fn fail(&mut self, failure: &CoreFailure, now: Now) -> f64 {
        self.told = now;
        // Nothing in flight: the call is over already, which the poll says.
        let _ = self.call.on_failure(None, failure, now);
        let delay = match self.call.poll(None, now) {
            Step::Wait { until, .. } => seconds(until.saturating_sub(now.mono_ms)),
            step @ Step::Stop { .. } => return self.over(step),
            // A wait of nothing: the next attempt has begun. `resumed` asks for its time.
            _ => 0.0,
        };
        self.waits.push(delay);
        delay
    }

    /// Keeps how the call has ended, where `step` says so.
    fn over(&mut self, step: Step) -> f64 {
        if let Step::Stop { reason, retry_at } = step {
            self.stopped = Some((reason, retry_at));
        }
        OVER
    }

    /// The time at `mono`: the wall clock has gone on by as much.
    fn at(&self, mono: f64) -> Now {
        let mono_ms = ms_down(mono);
        let gone = mono_ms.saturating_sub(self.told.mono_ms);
        Now { mono_ms, wall_ms: self.told.wall_ms.saturating_add(gone) }
    }
}

/// A call whose first attempt has been sent.
#[pyclass(frozen, name = "Call", module = "holdoff._native")]
pub(crate) struct Call(Mutex<State>);

impl Call {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Call {
    #[new]
    fn new(policy: &Policy, seed: u64, number: u64, mono: f64) -> Self {
        let now = Now { mono_ms: ms_down(mono), wall_ms: 0 };
        let mut call = holdoff::Call::numbered(&policy.0, seed, number, now);
        call.poll(None, now);
        Self(Mutex::new(State { call, told: now, failures: Vec::new(), waits: Vec::new(), stopped: None }))
    }

    #[pyo3(signature = (evidence, remote_tools, committed, mono, wall))]
    fn failed(&self, evidence: &Bound<'_, PyTuple>, remote_tools: bool, committed: bool, mono: f64, wall: f64) -> f64 {
        let now = crate::now(mono, wall);
        let parts = Parts::new(evidence);
        let failure = holdoff::diagnose(&parts.evidence(remote_tools, committed, now.wall_ms));
        let mut state = self.state();
        let delay = state.fail(&failure, now);
        state.failures.push(Arc::new(failure));
        delay
    }

    fn decide(&self, failure: &Failure, verdict: Option<&Bound<'_, PyAny>>, mono: f64, wall: f64) -> PyResult<f64> {
        let now = crate::now(mono, wall);
        let found = &failure.0;
        let mut failure = CoreFailure::clone(found);
        if let Some(verdict) = verdict {
            failure = if let Ok(retry) = verdict.cast::<PyBool>() {
                failure.overruled(retry.is_true())
            } else {
                let wait: f64 = verdict.extract().map_err(|_| {
                    PyTypeError::new_err(format!("classify must return None, a bool, or seconds: got {}", verdict.get_type()))
                })?;
                if !wait.is_finite() || wait < 0.0 {
                    return Err(PyTypeError::new_err(format!("classify must return seconds of at least 0: got {wait}")));
                }
                let hint = Hint::new(crate::ms_up(wait), HintSource::Caller);
                failure.overruled(true).with_hint(hint, now.wall_ms)
            };
        }
        let mut state = self.state();
        let delay = state.fail(&failure, now);
        state.failures.push(Arc::clone(found));
        Ok(delay)
    }

    fn resumed(&self, mono: f64) -> f64 {
        let mut state = self.state();
        let mut now = state.at(mono);
        // The driver has waited: float clocks may still show the last millisecond as not over.
        if let Step::Wait { until, source } = state.call.poll(None, now) {
            if source == DelaySource::Attempt {
                return remaining(until, now);
            }
            now.mono_ms = now.mono_ms.max(until);
        }
        match state.call.poll(None, now) {
            Step::Send { timeout, .. } => timeout.map_or(f64::INFINITY, |longest| longest.as_secs_f64()),
            Step::Wait { until, .. } => remaining(until, now),
            step => state.over(step),
        }
    }

    /// Content of the answer has reached the caller.
    fn content(&self) {
        self.state().call.on_content();
    }

    fn succeeded(&self, mono: f64) {
        let mut state = self.state();
        let now = state.at(mono);
        // Reported twice, or after a stop: the first report stands.
        let _ = state.call.on_success(None, holdoff::Usage::default(), now);
        let step = state.call.poll(None, now);
        state.over(step);
    }

    fn cancelled(&self, mono: f64) {
        let mut state = self.state();
        let now = state.at(mono);
        state.call.on_cancel(None, now);
        let step = state.call.poll(None, now);
        state.over(step);
    }

    #[getter]
    fn attempt(&self) -> u32 {
        self.state().call.attempt()
    }

    #[getter]
    fn reason(&self) -> Option<&'static str> {
        self.state().stopped.map(|(reason, _)| reason.as_str())
    }

    #[getter]
    fn source(&self) -> Option<&'static str> {
        self.state().call.source().map(DelaySource::as_str)
    }

    #[getter]
    fn retry_at(&self) -> Option<f64> {
        self.state().stopped.and_then(|(_, retry_at)| retry_at).map(seconds)
    }

    #[getter]
    fn failure(&self) -> Option<Failure> {
        self.state().failures.last().cloned().map(Failure)
    }

    #[getter]
    fn failures(&self) -> Vec<Failure> {
        self.state().failures.iter().cloned().map(Failure).collect()
    }

    #[getter]
    fn waits(&self) -> Vec<f64> {
        self.state().waits.clone()
    }
}

/// Seconds to the end of the attempt in flight.
fn remaining(until: u64, now: Now) -> f64 {
    if until == u64::MAX { f64::INFINITY } else { seconds(until.saturating_sub(now.mono_ms)) }
}
