//! What the caller has in hand after a failed attempt.

use core::fmt;

use super::headers::Headers;

/// Everything a caller knows of a failed attempt. All of it is optional; the more there is, the surer the diagnosis.
///
/// ```
/// use holdoff::{Evidence, ErrorKind, diagnose};
///
/// let evidence = Evidence::new()
///     .status(429)
///     .header("retry-after", "3")
///     .body(br#"{"type":"error","error":{"type":"rate_limit_error","message":"slow down"}}"#);
/// let failure = diagnose(&evidence);
/// assert_eq!(failure.kind, ErrorKind::RateLimit);
/// assert_eq!(failure.retry_after().map(|wait| wait.as_secs()), Some(3));
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Evidence<'a> {
    pub(crate) status: Option<u16>,
    pub(crate) headers: Headers<'a>,
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) classes: Option<&'a str>,
    pub(crate) text: Option<&'a str>,
    pub(crate) method: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) remote_tools: bool,
    pub(crate) cancelled: bool,
    pub(crate) committed: bool,
    pub(crate) wall_ms: u64,
}

/// What there is and how long it is, and none of the texts: they may hold keys and prompts.
impl fmt::Debug for Evidence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("status", &self.status)
            .field("headers", &self.headers.any)
            .field("body_bytes", &self.body.map(<[u8]>::len))
            .field("classes_bytes", &self.classes.map(str::len))
            .field("text_bytes", &self.text.map(str::len))
            .field("url_bytes", &self.url.map(str::len))
            .field("remote_tools", &self.remote_tools)
            .field("cancelled", &self.cancelled)
            .field("committed", &self.committed)
            .field("wall_ms", &self.wall_ms)
            .finish_non_exhaustive()
    }
}

impl<'a> Evidence<'a> {
    /// No evidence.
    pub fn new() -> Self {
        Self::default()
    }

    /// The HTTP status of the answer.
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// One header of the answer. Names compare case-insensitively.
    pub fn header(mut self, name: &(impl AsRef<[u8]> + ?Sized), value: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.headers.push(name.as_ref(), value.as_ref());
        self
    }

    /// Headers of the answer.
    pub fn headers<N, V>(mut self, headers: impl IntoIterator<Item = (N, &'a V)>) -> Self
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]> + ?Sized + 'a,
    {
        for (name, value) in headers {
            self.headers.push(name.as_ref(), value.as_ref());
        }
        self
    }

    /// The body of the answer: whole, cut short, or not even UTF-8.
    pub fn body(mut self, body: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        self.body = Some(body.as_ref());
        self
    }

    /// The classes of the error that was raised, outermost first, following its causes, one a line: `module.Class`, or
    /// `module.Class:CODE` where it carries a code such as `ECONNRESET`.
    pub const fn classes(mut self, classes: &'a str) -> Self {
        self.classes = Some(classes);
        self
    }

    /// What the error says, or a line of a log.
    pub const fn text(mut self, text: &'a str) -> Self {
        self.text = Some(text);
        self
    }

    /// The request's method and its URL or path: they tell what sending it twice would do.
    pub const fn request(mut self, method: &'a str, url: &'a str) -> Self {
        self.method = Some(method);
        self.url = Some(url);
        self
    }

    /// The request names `mcp_servers` or a `container`: remote tools would run again.
    pub const fn remote_tools(mut self, remote_tools: bool) -> Self {
        self.remote_tools = remote_tools;
        self
    }

    /// The caller stopped the attempt.
    pub const fn cancelled(mut self, cancelled: bool) -> Self {
        self.cancelled = cancelled;
        self
    }

    /// The answer had begun: a break now is a broken stream.
    pub const fn committed(mut self, committed: bool) -> Self {
        self.committed = committed;
        self
    }

    /// The caller's wall clock in milliseconds since the Unix epoch: dates are read against it where the answer has no
    /// `date` of its own.
    pub const fn wall_ms(mut self, wall_ms: u64) -> Self {
        self.wall_ms = wall_ms;
        self
    }
}
