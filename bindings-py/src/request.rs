//! A request checked before it is sent: Python's objects as the core's tape, and its report back.

mod flatten;

use holdoff::credential::KeyContext;
use holdoff::request::{Endpoint, Finding, Model, Options, RepairOptions, Report, Target};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use flatten::{Flat, Held};

/// Models that a caller adds, read once.
#[pyclass(frozen, name = "Models", module = "holdoff._native")]
pub(crate) struct Models(Vec<Model>);

#[pymethods]
impl Models {
    /// From a list of dicts.
    #[new]
    fn new(rows: &Bound<'_, PyAny>) -> PyResult<Self> {
        Model::read(&Flat::new(rows, &mut Held::new()).tape).map(Self).map_err(|error| PyValueError::new_err(error.to_string()))
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

/// What a request is checked against, held for as long as the core looks at it.
struct Against<'a> {
    target: Target,
    endpoint: Endpoint,
    api_version: Option<&'a str>,
    betas: Vec<&'a str>,
    headers: Option<Vec<(&'a str, &'a str)>>,
    models: &'a [Model],
}

impl<'a> Against<'a> {
    fn new(
        target: &str,
        endpoint: &str,
        api_version: Option<&'a str>,
        betas: &'a [String],
        headers: Option<&'a [(String, String)]>,
        models: Option<&'a Models>,
    ) -> PyResult<Self> {
        Ok(Self {
            target: named("target", target, Target::from_wire(target), Target::ALL.iter().map(|one| one.as_str()))?,
            endpoint: named("endpoint", endpoint, Endpoint::from_wire(endpoint), Endpoint::ALL.iter().map(|one| one.as_str()))?,
            api_version,
            betas: betas.iter().map(String::as_str).collect(),
            headers: headers.map(|pairs| pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()),
            models: models.map_or(&[], |models| &models.0),
        })
    }

    fn options(&self) -> Options<'_> {
        let mut options = Options::default();
        options.target = self.target;
        options.endpoint = self.endpoint;
        options.api_version = self.api_version;
        options.betas = &self.betas;
        options.headers = self.headers.as_deref();
        options.models = self.models;
        options
    }
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
    betas: Option<Vec<String>>,
    headers: Option<Vec<(String, String)>>,
    models: Option<&Models>,
    sdk_params: bool,
) -> PyResult<Checked> {
    let against = Against::new(target, endpoint, api_version, betas.as_deref().unwrap_or_default(), headers.as_deref(), models)?;
    let mut options = against.options();
    options.sdk_params = sdk_params;
    let report = if let Ok(bytes) = request.cast::<PyBytes>() {
        holdoff::request::validate(bytes.as_bytes(), &options)
    } else if let Some(text) = request.cast::<PyString>().ok().and_then(|text| text.to_str().ok()) {
        holdoff::request::validate(text.as_bytes(), &options)
    } else {
        // A text with half of a surrogate pair has no UTF-8; it is reported as the object that it is.
        holdoff::request::check(&Flat::new(request, &mut Held::new()).tape, &options)
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

/// The patch as JSON, what is left after it, and the repaired text where the request is a text that changes.
#[pyfunction]
#[pyo3(signature = (request, target, endpoint, api_version, betas, headers, models, answer_missing_tools))]
#[expect(clippy::needless_pass_by_value, clippy::too_many_arguments, reason = "Python's arguments become these")]
pub(crate) fn repair(
    request: &Bound<'_, PyAny>,
    target: &str,
    endpoint: &str,
    api_version: Option<&str>,
    betas: Option<Vec<String>>,
    headers: Option<Vec<(String, String)>>,
    models: Option<&Models>,
    answer_missing_tools: bool,
) -> PyResult<(String, Checked, Option<String>)> {
    let against = Against::new(target, endpoint, api_version, betas.as_deref().unwrap_or_default(), headers.as_deref(), models)?;
    let options = against.options();
    let mut how = RepairOptions::default();
    how.answer_missing_tools = answer_missing_tools;
    let repair = if let Ok(bytes) = request.cast::<PyBytes>() {
        holdoff::request::repair(bytes.as_bytes(), &options, &how)
    } else if let Ok(text) = request.cast::<PyString>() {
        if let Ok(text) = text.to_str() {
            holdoff::request::repair(text.as_bytes(), &options, &how)
        } else {
            // Halves of surrogate pairs pass as bytes, which the core reads as the escapes they would be.
            let bytes = text.call_method1("encode", ("utf-8", "surrogatepass"))?.cast_into::<PyBytes>()?;
            holdoff::request::repair(bytes.as_bytes(), &options, &how)
        }
    } else {
        let mut held = Held::new();
        let flat = Flat::new(request, &mut held);
        let replaced = flat.replaced();
        let replaced: Vec<&str> = replaced.iter().map(String::as_str).collect();
        how.replaced = &replaced;
        holdoff::request::repair_tape(&flat.tape, &options, &how)
    };
    Ok((repair.patch_json(), Checked(repair.report), repair.text))
}

/// The object that `model_dump` makes of a model of pydantic; None for anything else.
#[pyfunction]
pub(crate) fn dumped<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    flatten::dumped(value)
}
