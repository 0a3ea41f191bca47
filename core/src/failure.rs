//! What one attempt ended in.

use alloc::boxed::Box;
use core::fmt;
use core::time::Duration;

use crate::cause::Cause;
use crate::diagnose::printable;
use crate::hint::Hint;
use crate::kind::ErrorKind;
use crate::names::wire_names;
use crate::provider::Provider;

wire_names! {
    /// Whether the server has carried the request out.
    #[derive(Default)]
    Processed {
        /// No: it was refused, or never arrived.
        #[default]
        No = "no";
        /// Perhaps: it was sent, and the answer was lost.
        Maybe = "maybe";
        /// Yes: sending it again would do it twice.
        Yes = "yes";
    }
}

wire_names! {
    /// What sending the request twice would do.
    #[derive(Default)]
    Replay {
        /// Nothing: it reads, counts, or deletes what would be gone already.
        Harmless = "harmless";
        /// Cost money: an inference call, or a call of which nothing is known.
        #[default]
        Billed = "billed";
        /// Something that cannot be taken back: it creates a batch or another resource, or runs remote tools.
        Effects = "effects";
    }
}

/// The diagnosis of one failed attempt: what went wrong, whose fault it is, and what the server asked for.
///
/// Made by [`diagnose`](crate::diagnose()). It holds no header, no key and no request. Of the server's texts it keeps the
/// message, which may repeat a part of the request; what is printed of it does not.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Failure {
    /// The class of failure.
    pub kind: ErrorKind,
    /// The catalogue entry: what went wrong and how to fix it.
    pub cause: Cause,
    /// Whether sending the same request again within about ten minutes is worth it.
    pub retryable: bool,
    /// Whether it is worth sending again once the hint has passed, however long that is.
    pub after_hint: bool,
    /// The server forbade another send: `x-should-retry: false`.
    pub forbidden: bool,
    /// The HTTP status, where there was one; for an error inside a stream, the status it would have had.
    pub status: Option<u16>,
    /// `error.type` as the server wrote it.
    pub error_type: Option<Box<str>>,
    /// `error.details.error_code` as the server wrote it.
    pub error_code: Option<Box<str>>,
    /// The server's message, unwrapped, without keys. It may repeat what was sent: print [`line`](Self::line) instead.
    pub message: Option<Box<str>>,
    /// The dotted path of the field at fault, such as `messages.3.content.0`.
    pub field: Option<Box<str>>,
    /// The number that was too high, where the message names one.
    pub actual: Option<u64>,
    /// The number it should not have passed.
    pub limit: Option<u64>,
    /// The request's id, for the service's support.
    pub request_id: Option<Box<str>>,
    /// Who answered.
    pub provider: Provider,
    /// What the server said about when.
    pub hint: Option<Hint>,
    /// The instant the hint names, in milliseconds since the Unix epoch.
    pub retry_at_ms: Option<u64>,
    /// Whether the server has carried the request out.
    pub processed: Processed,
    /// What sending it twice would do.
    pub replay: Replay,
    /// Attempts that a retrying layer below has made already, where it said so.
    pub inner_attempts: Option<u32>,
}

/// Every field that says something, and of the server's texts what [`line`](Failure::line) prints of them.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |text: &Option<Box<str>>| text.as_deref().map(|text| printable(text, 200));
        f.debug_struct("Failure")
            .field("kind", &self.kind)
            .field("cause", &self.cause)
            .field("retryable", &self.retryable)
            .field("after_hint", &self.after_hint)
            .field("forbidden", &self.forbidden)
            .field("status", &self.status)
            .field("error_type", &text(&self.error_type))
            .field("error_code", &text(&self.error_code))
            .field("message", &self.said().map(|said| printable(said, 200)))
            .field("field", &text(&self.field))
            .field("actual", &self.actual)
            .field("limit", &self.limit)
            .field("request_id", &text(&self.request_id))
            .field("provider", &self.provider)
            .field("hint", &self.hint)
            .field("retry_at_ms", &self.retry_at_ms)
            .field("processed", &self.processed)
            .field("replay", &self.replay)
            .field("inner_attempts", &self.inner_attempts)
            .finish()
    }
}

impl Failure {
    /// A failure of which nothing but its cause is known.
    ///
    /// ```
    /// use holdoff::{Cause, ErrorKind, Failure};
    ///
    /// let failure = Failure::new(Cause::ApiOverloaded);
    /// assert_eq!(failure.kind, ErrorKind::Overloaded);
    /// assert!(failure.retryable);
    /// ```
    pub const fn new(cause: Cause) -> Self {
        let retryable = cause.retryable();
        Self {
            kind: cause.kind(),
            cause,
            retryable,
            after_hint: retryable,
            forbidden: false,
            status: None,
            error_type: None,
            error_code: None,
            message: None,
            field: None,
            actual: None,
            limit: None,
            request_id: None,
            provider: Provider::Unknown,
            hint: None,
            retry_at_ms: None,
            processed: Processed::No,
            replay: Replay::Billed,
            inner_attempts: None,
        }
    }

    /// The wait the server asked for, or estimated.
    pub fn retry_after(&self) -> Option<Duration> {
        self.hint.map(|hint| hint.delay())
    }

    /// Whether the server may have carried the request out.
    pub fn maybe_processed(&self) -> bool {
        self.processed != Processed::No
    }

    /// The field at fault as an RFC 6901 pointer into the request's JSON, such as `/messages/3/content/0`.
    ///
    /// `None` where no field is known, and where it is none of the body's: a header.
    pub fn pointer(&self) -> Option<alloc::string::String> {
        crate::pointer::of_path(self.field.as_deref()?)
    }

    /// How to fix it, in one sentence.
    pub const fn fix(&self) -> &'static str {
        self.cause.fix()
    }

    /// The failure with a hint, as of `wall_ms` (Unix milliseconds).
    #[must_use]
    pub const fn with_hint(mut self, hint: Hint, wall_ms: u64) -> Self {
        self.hint = Some(hint);
        self.retry_at_ms = Some(wall_ms.saturating_add(hint.delay_ms));
        self
    }

    /// The failure as the caller's own `classify` sees it: worth sending again or not, whatever the tables say.
    ///
    /// A server's `x-should-retry: false`, a cancel, and work that is known to be done stand all the same.
    #[must_use]
    pub const fn overruled(mut self, retryable: bool) -> Self {
        self.retryable = retryable;
        self.after_hint = retryable;
        self
    }
}
