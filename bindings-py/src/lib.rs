//! The native module of the Python package `holdoff`: conversions, and nothing else.
//!
//! Public types, exceptions and docstrings are Python source; `_native.pyi` is the stub of this seam. Times cross as
//! seconds in floats, since that is what Python's clocks give.

mod call;
mod evidence;
mod failure;
mod fields;
mod request;

use holdoff::{Cause, ErrorKind, Key, Policy as CorePolicy, StopReason};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A checked policy.
#[pyclass(frozen, name = "Policy", module = "holdoff._native")]
pub(crate) struct Policy(pub(crate) CorePolicy);

#[pymethods]
impl Policy {
    #[new]
    fn new(fields: &Bound<'_, PyDict>) -> PyResult<Self> {
        fields::policy(fields).map(Self)
    }

    fn wire<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        fields::of_policy(&self.0, py)
    }

    #[getter]
    fn max_elapsed(&self) -> Option<f64> {
        self.0.max_elapsed().map(|longest| longest.as_secs_f64())
    }

    #[getter]
    fn attempt_timeout(&self) -> Option<f64> {
        self.0.attempt_timeout().map(|longest| longest.as_secs_f64())
    }
}

/// Seconds to whole milliseconds, rounded down; what is not a positive number is 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and NaN is 0")]
pub(crate) const fn ms_down(seconds: f64) -> u64 {
    (seconds * 1_000.0) as u64
}

/// Seconds to whole milliseconds, rounded up: a wait is never shortened. A float that stands a hair above a whole
/// millisecond (64.653 s times 1,000) is that millisecond, as in the package's own `seconds_of`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and NaN is 0")]
pub(crate) fn ms_up(seconds: f64) -> u64 {
    let ms = seconds * 1_000.0;
    let near = ms.round();
    if (ms - near).abs() < 1e-6 { near as u64 } else { ms.ceil() as u64 }
}

/// Whole milliseconds to seconds.
#[expect(clippy::cast_precision_loss, reason = "waits are far below 2^53 ms")]
pub(crate) const fn seconds(ms: u64) -> f64 {
    ms as f64 / 1_000.0
}

pub(crate) fn now(mono: f64, wall: f64) -> holdoff::Now {
    holdoff::Now { mono_ms: ms_down(mono), wall_ms: ms_down(wall) }
}

type Entry = (&'static str, bool, &'static str, Option<&'static str>);

#[pyfunction]
#[pyo3(signature = (status, error_type, error_code, kind, cause))]
fn lookup(
    status: Option<u16>,
    error_type: Option<&str>,
    error_code: Option<&str>,
    kind: Option<&str>,
    cause: Option<&str>,
) -> Option<Entry> {
    let key = match (status, error_type, error_code, kind, cause) {
        (Some(status), ..) => Key::Status(status),
        (_, Some(name), ..) => Key::ErrorType(name),
        (_, _, Some(code), ..) => Key::ErrorCode(code),
        (_, _, _, Some(kind), _) => Key::Kind(ErrorKind::from_wire(kind)?),
        (.., cause) => Key::Cause(Cause::from_wire(cause?)?),
    };
    holdoff::lookup(key).map(|entry| (entry.meaning, entry.retryable, entry.action, entry.link))
}

type Row = (&'static str, String, &'static str, bool, &'static str, Option<&'static str>);

#[pyfunction]
fn table() -> Vec<Row> {
    holdoff::table()
        .into_iter()
        .map(|row| (row.column, row.key, row.entry.meaning, row.entry.retryable, row.entry.action, row.entry.link))
        .collect()
}

#[pyfunction]
fn kinds() -> Vec<&'static str> {
    ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect()
}

#[pyfunction]
fn causes() -> Vec<&'static str> {
    Cause::ALL.iter().map(|cause| cause.as_str()).collect()
}

#[pyfunction]
fn stop_reasons() -> Vec<(&'static str, &'static str)> {
    StopReason::ALL.iter().map(|reason| (reason.as_str(), reason.meaning())).collect()
}

/// A seed from the operating system.
#[pyfunction]
fn entropy() -> PyResult<u64> {
    let bits =
        getrandom::u64().map_err(|error| PyOSError::new_err(format!("no randomness from the operating system: {error}")))?;
    Ok(bits & holdoff::MAX_SEED)
}

#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::call::Call;
    #[pymodule_export]
    use super::failure::{Failure, diagnose, lasting};
    #[pymodule_export]
    use super::request::{Checked, Models, check_key, dumped, endpoint, repair, target, validate};
    #[pymodule_export]
    use super::{Policy, causes, entropy, kinds, lookup, stop_reasons, table};

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
