//! What Python has in hand, as the core's evidence: borrowed, not copied.

use holdoff::Evidence;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString, PyTuple};

/// `(status, headers, body, classes, text, method, url)`, as `_evidence.py` reads it. The tuple keeps what is borrowed.
///
/// What has another type than it should says nothing: evidence is never a reason to fail.
pub(crate) struct Parts<'a, 'py> {
    parts: &'a Bound<'py, PyTuple>,
    /// A list may change under our hands; a tuple of what was in it does not.
    headers: Option<Bound<'py, PyTuple>>,
}

impl<'a, 'py> Parts<'a, 'py> {
    pub(crate) fn new(parts: &'a Bound<'py, PyTuple>) -> Self {
        let headers = item(parts, 1).and_then(|list| list.cast::<PyList>().ok()).map(|list| list.to_tuple());
        Self { parts, headers }
    }

    pub(crate) fn evidence(&self, remote_tools: bool, committed: bool, wall_ms: u64) -> Evidence<'_> {
        let mut evidence = Evidence::new().remote_tools(remote_tools).committed(committed).wall_ms(wall_ms);
        if let Some(headers) = &self.headers {
            let triples = headers.iter_borrowed().next().is_some_and(|first| first.len().is_ok_and(|length| length == 3));
            evidence = if triples {
                evidence.headers(headers.iter_borrowed().filter_map(of_triple))
            } else {
                evidence.headers(headers.iter_borrowed().filter_map(of_pair))
            };
        }
        if let Some(status) = item(self.parts, 0).and_then(|status| status.extract().ok()) {
            evidence = evidence.status(status);
        }
        if let Some(body) = item(self.parts, 2).and_then(|body| body.extract::<Text<'_>>().ok()) {
            evidence = evidence.body(body.0);
        }
        if let Some(classes) = self.text(3) {
            evidence = evidence.classes(classes);
        }
        if let Some(text) = self.text(4) {
            evidence = evidence.text(text);
        }
        if let (Some(method), Some(url)) = (self.text(5), self.text(6)) {
            evidence = evidence.request(method, url);
        }
        evidence
    }

    fn text(&self, index: usize) -> Option<&'a str> {
        item(self.parts, index)?.extract().ok()
    }
}

/// The entry at that place; `None` for Python's `None` as well.
fn item<'a, 'py>(tuple: &'a Bound<'py, PyTuple>, index: usize) -> Option<Borrowed<'a, 'py, PyAny>> {
    tuple.get_borrowed_item(index).ok().filter(|item| !item.is_none())
}

/// Name and value of one header.
fn of_pair<'a>(header: Borrowed<'a, '_, PyAny>) -> Option<(&'a [u8], &'a [u8])> {
    let (name, value): (Text<'a>, Text<'a>) = header.extract().ok()?;
    Some((name.0, value.0))
}

/// The same from what httpx keeps: the name, the name in lower case, the value.
fn of_triple<'a>(header: Borrowed<'a, '_, PyAny>) -> Option<(&'a [u8], &'a [u8])> {
    let (_, name, value): (Ignored, Text<'a>, Text<'a>) = header.extract().ok()?;
    Some((name.0, value.0))
}

/// `bytes`, or a `str` as UTF-8; one with a lone surrogate has none, and is empty.
struct Text<'a>(&'a [u8]);

impl<'a, 'py> FromPyObject<'a, 'py> for Text<'a> {
    type Error = PyErr;

    fn extract(value: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match value.extract() {
            Ok(bytes) => Ok(Self(bytes)),
            Err(_) => Ok(Self(value.cast::<PyString>()?.extract::<&str>().map(str::as_bytes).unwrap_or_default())),
        }
    }
}

struct Ignored;

impl<'py> FromPyObject<'_, 'py> for Ignored {
    type Error = std::convert::Infallible;

    fn extract(_: Borrowed<'_, 'py, PyAny>) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}
