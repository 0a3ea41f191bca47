//! What JavaScript has in hand, as the core's evidence.

use alloc::string::String;

use holdoff::{Evidence, Failure, diagnose};

use crate::whole;

/// What is known of a failed attempt, as it crosses. Texts that are not known are `None`.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "the bindings write it as a literal")]
pub struct Given {
    /// The HTTP status; 0 for none.
    pub status: u16,
    /// Names and values of headers by turns, separated by NUL, which no header can hold.
    pub headers: Option<String>,
    /// The body.
    pub body: Option<String>,
    /// The classes of the error and its causes, one a line.
    pub classes: Option<String>,
    /// What they say.
    pub text: Option<String>,
    /// The request's method.
    pub method: Option<String>,
    /// The request's URL or path.
    pub url: Option<String>,
    /// Bits: 1 the request names remote tools, 2 content has reached the caller, 4 the caller stopped.
    pub flags: u32,
}

impl Given {
    /// The diagnosis, as of `wall` (Unix milliseconds).
    pub fn diagnose(&self, wall: f64) -> Failure {
        let flag = |bit: u32| self.flags & bit != 0;
        let mut evidence = Evidence::new().wall_ms(whole(wall)).remote_tools(flag(1)).committed(flag(2)).cancelled(flag(4));
        if self.status != 0 {
            evidence = evidence.status(self.status);
        }
        if let Some(headers) = &self.headers {
            let mut parts = headers.split('\0');
            while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
                evidence = evidence.header(name, value);
            }
        }
        if let Some(body) = &self.body {
            evidence = evidence.body(body);
        }
        if let Some(classes) = &self.classes {
            evidence = evidence.classes(classes);
        }
        if let Some(text) = &self.text {
            evidence = evidence.text(text);
        }
        if let (Some(method), Some(url)) = (&self.method, &self.url) {
            evidence = evidence.request(method, url);
        }
        diagnose(&evidence)
    }
}
