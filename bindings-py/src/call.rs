//! One call, from its first failure on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use holdoff::{DelaySource, Failure as CoreFailure, Hint, HintSource, Now, Step, StopReason};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyList};

use crate::evidence::{Held, Said};
use crate::failure::Failure;
use crate::{Policy, now, seconds};

/// What the drivers take for "the call is over".
const OVER: f64 = -1.0;

struct State {
    call: holdoff::Call,
    failure: Option<Arc<CoreFailure>>,
    source: Option<DelaySource>,
    stopped: Option<(StopReason, Option<u64>)>,
}

impl State {
    fn fail(&mut self, failure: CoreFailure, now: Now) -> f64 {
        // Nothing in flight: the call is over already, which the poll says.
        let _ = self.call.on_failure(None, &failure, now);
        self.failure = Some(Arc::new(failure));
        self.step(now)
    }

    fn step(&mut self, now: Now) -> f64 {
        match self.call.poll(None, now) {
            Step::Wait { until, source } => {
                self.source = Some(source);
                seconds(until.saturating_sub(now.mono_ms))
            }
            Step::Stop { reason, retry_at } => {
                self.stopped = Some((reason, retry_at));
                OVER
            }
            // A wait of nothing: the next attempt has begun. `resumed` asks for its time.
            _ => 0.0,
        }
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
    fn new(policy: &Policy, seed: u64, number: u64, mono: f64, wall: f64) -> Self {
        let now = now(mono, wall);
        let mut call = holdoff::Call::numbered(&policy.0, seed, number, now);
        call.poll(None, now);
        Self(Mutex::new(State { call, failure: None, source: None, stopped: None }))
    }

    #[pyo3(signature = (status, headers, body, classes, text, method, url, remote_tools, committed, mono, wall))]
    #[expect(clippy::too_many_arguments, reason = "positional scalars cross fastest, and the seam is private")]
    fn failed<'py>(
        &self,
        status: Option<u16>,
        headers: Option<&Bound<'py, PyList>>,
        body: Option<Bound<'py, PyAny>>,
        classes: Option<&str>,
        text: Option<&str>,
        method: Option<&str>,
        url: Option<&str>,
        remote_tools: bool,
        committed: bool,
        mono: f64,
        wall: f64,
    ) -> f64 {
        let now = now(mono, wall);
        let held = Held::new(headers, body);
        let evidence = held.evidence(status).remote_tools(remote_tools).committed(committed).wall_ms(now.wall_ms);
        let failure = holdoff::diagnose(&Said { classes, text, method, url }.add_to(evidence));
        self.state().fail(failure, now)
    }

    fn decide(&self, failure: &Failure, verdict: Option<&Bound<'_, PyAny>>, mono: f64, wall: f64) -> PyResult<f64> {
        let now = now(mono, wall);
        let mut failure = CoreFailure::clone(&failure.0);
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
                // Rounded up: a wait is never shortened.
                let hint = Hint::new(crate::ms_down((wait * 1_000.0).ceil() / 1_000.0 + 1e-7), HintSource::Caller);
                failure.overruled(true).with_hint(hint, now.wall_ms)
            };
        }
        Ok(self.state().fail(failure, now))
    }

    fn resumed(&self, mono: f64, wall: f64) -> f64 {
        let mut state = self.state();
        let mut now = now(mono, wall);
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
            Step::Stop { reason, retry_at } => {
                state.stopped = Some((reason, retry_at));
                OVER
            }
            _ => OVER,
        }
    }

    /// Content of the answer has reached the caller.
    fn content(&self) {
        self.state().call.on_content();
    }

    fn succeeded(&self, mono: f64, wall: f64) {
        let mut state = self.state();
        // Reported twice, or after a stop: the first report stands.
        let _ = state.call.on_success(None, holdoff::Usage::default(), now(mono, wall));
        state.step(now(mono, wall));
    }

    fn cancelled(&self, mono: f64, wall: f64) {
        let mut state = self.state();
        state.call.on_cancel(None, now(mono, wall));
        state.step(now(mono, wall));
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
        self.state().source.map(DelaySource::as_str)
    }

    #[getter]
    fn retry_at(&self) -> Option<f64> {
        self.state().stopped.and_then(|(_, retry_at)| retry_at).map(seconds)
    }

    #[getter]
    fn failure(&self) -> Option<Failure> {
        self.state().failure.clone().map(Failure)
    }
}

/// Seconds to the end of the attempt in flight.
fn remaining(until: u64, now: Now) -> f64 {
    if until == u64::MAX { f64::INFINITY } else { seconds(until.saturating_sub(now.mono_ms)) }
}
