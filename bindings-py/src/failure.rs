//! The diagnosis of one failed attempt.

use std::sync::Arc;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::evidence::{Held, Said};
use crate::{ms_down, seconds, to_json};

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

    fn wire(&self) -> PyResult<String> {
        to_json(&*self.0)
    }

    #[staticmethod]
    fn from_wire(wire: &str) -> PyResult<Self> {
        serde_json::from_str(wire)
            .map(|failure| Self(Arc::new(failure)))
            .map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

#[pyfunction]
#[pyo3(signature = (status, headers, body, classes, text, method, url, remote_tools, cancelled, committed, wall))]
#[expect(clippy::too_many_arguments, reason = "positional scalars cross fastest, and the seam is private")]
pub(crate) fn diagnose<'py>(
    status: Option<u16>,
    headers: Option<&Bound<'py, PyList>>,
    body: Option<Bound<'py, PyAny>>,
    classes: Option<&str>,
    text: Option<&str>,
    method: Option<&str>,
    url: Option<&str>,
    remote_tools: bool,
    cancelled: bool,
    committed: bool,
    wall: f64,
) -> Failure {
    let held = Held::new(headers, body);
    let evidence =
        held.evidence(status).remote_tools(remote_tools).cancelled(cancelled).committed(committed).wall_ms(ms_down(wall));
    let evidence = Said { classes, text, method, url }.add_to(evidence);
    Failure(Arc::new(holdoff::diagnose(&evidence)))
}
