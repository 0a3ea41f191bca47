//! What Python has in hand, as the core's evidence: borrowed, not copied.

use holdoff::Evidence;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

/// `bytes` or `str`.
pub(crate) enum Text<'py> {
    Bytes(Bound<'py, PyBytes>),
    Str(Bound<'py, PyString>),
}

impl<'py> Text<'py> {
    /// Anything else says nothing: evidence is never a reason to fail.
    fn from(value: Bound<'py, PyAny>) -> Option<Self> {
        match value.cast_into::<PyBytes>() {
            Ok(bytes) => Some(Self::Bytes(bytes)),
            Err(other) => other.into_inner().cast_into::<PyString>().ok().map(Self::Str),
        }
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes.as_bytes(),
            // A lone surrogate has no UTF-8.
            Self::Str(text) => text.to_str().map(str::as_bytes).unwrap_or_default(),
        }
    }
}

/// Keeps what the evidence borrows.
pub(crate) struct Held<'py> {
    headers: Vec<(Text<'py>, Text<'py>)>,
    body: Option<Text<'py>>,
}

impl<'py> Held<'py> {
    pub(crate) fn new(headers: Option<&Bound<'py, PyList>>, body: Option<Bound<'py, PyAny>>) -> Self {
        let pair = |item: Bound<'py, PyAny>| {
            let item = item.cast_into::<PyTuple>().ok()?;
            Some((Text::from(item.get_item(0).ok()?)?, Text::from(item.get_item(1).ok()?)?))
        };
        let headers = headers.map(|list| list.iter().filter_map(pair).collect()).unwrap_or_default();
        Self { headers, body: body.and_then(Text::from) }
    }

    pub(crate) fn evidence(&self, status: Option<u16>) -> Evidence<'_> {
        let mut evidence = Evidence::new().headers(self.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())));
        if let Some(status) = status {
            evidence = evidence.status(status);
        }
        if let Some(body) = &self.body {
            evidence = evidence.body(body.as_bytes());
        }
        evidence
    }
}

/// The parts that come as text.
pub(crate) struct Said<'a> {
    pub(crate) classes: Option<&'a str>,
    pub(crate) text: Option<&'a str>,
    pub(crate) method: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
}

impl<'a> Said<'a> {
    pub(crate) fn add_to(&self, mut evidence: Evidence<'a>) -> Evidence<'a> {
        if let Some(classes) = self.classes {
            evidence = evidence.classes(classes);
        }
        if let Some(text) = self.text {
            evidence = evidence.text(text);
        }
        if let (Some(method), Some(url)) = (self.method, self.url) {
            evidence = evidence.request(method, url);
        }
        evidence
    }
}
