//! A request checked before it is sent: Python's objects as the core's tape, and its report back.

mod flatten;

use holdoff::credential::KeyContext;
use holdoff::request::{Endpoint, Finding, Model, Options, Report, Target};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use flatten::Flat;

/// Models that a caller adds, read once.
#[pyclass(frozen, name = "Models", module = "holdoff._native")]
pub(crate) struct Models(Vec<Model>);

#[pymethods]
impl Models {
    /// From a list of dicts.
    #[new]
    fn new(rows: &Bound<'_, PyAny>) -> PyResult<Self> {
        Model::read(&Flat::new(rows).tape()).map(Self).map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

/// What a check found; findings become Python objects when they are asked for.
#[pyclass(frozen, name = "Report", module = "holdoff._native")]
pub(crate) struct Checked(Report);

type Place = (Option<u32>, Option<u32>, Option<usize>);
type Row<'a> = (&'static str, &'static str, &'a str, &'a str, &'a str, &'a str, Place);

#[pymethods]
impl Checked {
    #[getter]
    fn ok(&self) -> bool {
        self.0.ok()
    }

    #[getter]
    fn omitted(&self) -> usize {
        self.0.omitted
    }

    /// Cause, severity, path, pointer, message, fix, (line, column, offset).
    fn findings(&self) -> Vec<Row<'_>> {
        self.0.findings.iter().map(row).collect()
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

fn row(finding: &Finding) -> Row<'_> {
    let place = (finding.line, finding.column, finding.offset);
    let (cause, severity) = (finding.cause.as_str(), finding.severity.as_str());
    (cause, severity, &finding.path, &finding.pointer, &finding.message, &finding.fix, place)
}

/// A target or endpoint by its name.
fn named<T>(what: &str, name: &str, value: Option<T>, names: impl Iterator<Item = &'static str>) -> PyResult<T> {
    value.ok_or_else(|| {
        let known: Vec<_> = names.collect();
        PyValueError::new_err(format!("`{what}` must be one of {}: got {name:?}", known.join(", ")))
    })
}

#[pyfunction]
#[pyo3(signature = (request, target, endpoint, api_version, betas, headers, models, sdk_params))]
#[expect(clippy::too_many_arguments, reason = "positional scalars cross fastest, and the seam is private")]
#[expect(clippy::needless_pass_by_value, reason = "Python's lists become these")]
pub(crate) fn validate(
    request: &Bound<'_, PyAny>,
    target: &str,
    endpoint: &str,
    api_version: Option<&str>,
    betas: Vec<String>,
    headers: Option<Vec<(String, String)>>,
    models: Option<&Models>,
    sdk_params: bool,
) -> PyResult<Checked> {
    let betas: Vec<&str> = betas.iter().map(String::as_str).collect();
    let headers: Option<Vec<(&str, &str)>> =
        headers.as_ref().map(|pairs| pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect());
    let mut options = Options::default();
    options.target = named("target", target, Target::from_wire(target), Target::ALL.iter().map(|one| one.as_str()))?;
    options.endpoint = named("endpoint", endpoint, Endpoint::from_wire(endpoint), Endpoint::ALL.iter().map(|one| one.as_str()))?;
    options.api_version = api_version;
    options.betas = &betas;
    options.headers = headers.as_deref();
    options.sdk_params = sdk_params;
    options.models = models.map_or(&[], |models| &models.0);
    let report = if let Ok(bytes) = request.cast::<PyBytes>() {
        holdoff::request::validate(bytes.as_bytes(), &options)
    } else if let Some(text) = request.cast::<PyString>().ok().and_then(|text| text.to_str().ok()) {
        holdoff::request::validate(text.as_bytes(), &options)
    } else {
        // A text with half of a surrogate pair has no UTF-8; it is reported as the object that it is.
        holdoff::request::check(&Flat::new(request).tape(), &options)
    };
    Ok(Checked(report))
}

/// Where a client with this base URL sends.
#[pyfunction]
pub(crate) fn target(base_url: &str) -> &'static str {
    Target::of_base_url(base_url).as_str()
}

/// What a request to this path calls; None where it is not checked.
#[pyfunction]
pub(crate) fn endpoint(path: &str) -> Option<&'static str> {
    Endpoint::of_path(path).map(Endpoint::as_str)
}

#[pyfunction]
#[pyo3(signature = (key, base_url, header))]
pub(crate) fn check_key(key: &str, base_url: Option<&str>, header: Option<&str>) -> Checked {
    Checked(holdoff::credential::check_key(key, &KeyContext { base_url, header }))
}
