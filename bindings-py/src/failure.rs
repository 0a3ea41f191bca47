//! The diagnosis of one failed attempt.

use std::sync::Arc;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::evidence::Parts;
use crate::{fields, ms_down, seconds};

/// A diagnosis; fields become Python objects when they are asked for.
#[pyclass(frozen, name = "Failure", module = "holdoff._native")]
pub(crate) struct Failure(pub(crate) Arc<holdoff::Failure>);

#[pymethods]
impl Failure {
    #[getter]
    fn kind(&self) -> &'static str {
        self.0.kind.as_str()
    }

    #[getter]
    fn cause(&self) -> &'static str {
        self.0.cause.as_str()
    }

    #[getter]
    fn retryable(&self) -> bool {
        self.0.retryable
    }

    #[getter]
    fn status(&self) -> Option<u16> {
        self.0.status
    }

    #[getter]
    fn error_type(&self) -> Option<&str> {
        self.0.error_type.as_deref()
    }

    #[getter]
    fn error_code(&self) -> Option<&str> {
        self.0.error_code.as_deref()
    }

    #[getter]
    fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    #[getter]
    fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    #[getter]
    fn pointer(&self) -> Option<String> {
        self.0.pointer()
    }

    #[getter]
    fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    #[getter]
    fn provider(&self) -> &'static str {
        self.0.provider.as_str()
    }

    #[getter]
    fn retry_after(&self) -> Option<f64> {
        self.0.hint.map(|hint| seconds(hint.delay_ms))
    }

    #[getter]
    fn retry_at(&self) -> Option<f64> {
        self.0.retry_at_ms.map(seconds)
    }

    #[getter]
    fn maybe_processed(&self) -> bool {
        self.0.maybe_processed()
    }

    #[getter]
    fn fix(&self) -> &'static str {
        self.0.fix()
    }

    fn explain(&self) -> String {
        self.0.explain()
    }

    fn line(&self) -> String {
        self.0.line()
    }

    fn wire<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        fields::of_failure(&self.0, py)
    }

    #[staticmethod]
    fn from_wire(wire: &Bound<'_, PyDict>) -> PyResult<Self> {
        fields::failure(wire).map(|failure| Self(Arc::new(failure)))
    }
}

#[pyfunction]
#[pyo3(signature = (evidence, remote_tools, cancelled, committed, wall))]
pub(crate) fn diagnose(
    evidence: &Bound<'_, PyTuple>,
    remote_tools: bool,
    cancelled: bool,
    committed: bool,
    wall: f64,
) -> Failure {
    let parts = Parts::new(evidence);
    let evidence = parts.evidence(remote_tools, committed, ms_down(wall)).cancelled(cancelled);
    Failure(Arc::new(holdoff::diagnose(&evidence)))
}

/// What to think of where the service itself has failed for long; None where it has not.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "Python's list becomes this")]
pub(crate) fn lasting(failures: Vec<PyRef<'_, Failure>>, elapsed: f64) -> Option<&'static str> {
    holdoff::lasting(failures.iter().map(|failure| &*failure.0), std::time::Duration::from_millis(ms_down(elapsed)))
}
