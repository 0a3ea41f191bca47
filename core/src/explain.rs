//! A diagnosis in words: a few lines for a person, one line for a log.

use alloc::format;
use alloc::string::String;
use core::fmt::Write as _;
use core::time::Duration;

use crate::cause::Cause;
use crate::diagnose::printable;
use crate::failure::{Failure, Processed};
use crate::kind::ErrorKind;
use crate::lookup::link;

/// A duration as a person says it: `350 ms`, `3.2 s`, `2 min 5 s`, `3 h 40 min`, `2 d 4 h`. Rounded up.
///
/// ```
/// use core::time::Duration;
///
/// assert_eq!(holdoff::spoken(Duration::from_millis(12_400)), "12.4 s");
/// ```
pub fn spoken(duration: Duration) -> String {
    let ms = crate::time::ms_up(duration);
    let seconds = ms.div_ceil(1_000);
    let pair = |big: u64, name: &str, small: u64, lesser: &str| {
        if small == 0 { format!("{big} {name}") } else { format!("{big} {name} {small} {lesser}") }
    };
    match ms {
        0..1_000 => format!("{ms} ms"),
        1_000..60_000 => {
            let tenths = ms.div_ceil(100);
            if tenths.is_multiple_of(10) { format!("{} s", tenths / 10) } else { format!("{}.{} s", tenths / 10, tenths % 10) }
        }
        60_000..3_600_000 => pair(seconds / 60, "min", seconds % 60, "s"),
        3_600_000..86_400_000 => pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min"),
        _ => pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h"),
    }
}

/// A Unix time as `2026-11-24 03:00:21 UTC`.
pub(crate) fn dated(unix_ms: u64) -> String {
    let (year, month, day, seconds) = crate::number::civil(unix_ms / 1_000);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02} UTC", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// What to think of where the service itself has failed for long: it no longer passes by itself.
///
/// `failures` are those of one call, in order, and `elapsed` what the call has taken. `None` unless the last five or more,
/// or two or more over at least three minutes, were the service's own (overloaded, internal, bad gateway, unavailable).
///
/// ```
/// use core::time::Duration;
/// use holdoff::{Cause, Failure, lasting};
///
/// let failures = vec![Failure::new(Cause::ApiInternalError); 6];
/// assert!(lasting(&failures, Duration::from_secs(30)).is_some_and(|advice| advice.contains("status page")));
/// assert_eq!(lasting(&failures[..2], Duration::from_secs(3)), None);
/// ```
pub fn lasting<'a, I>(failures: I, elapsed: Duration) -> Option<&'static str>
where
    I: IntoIterator<Item = &'a Failure, IntoIter: DoubleEndedIterator>,
{
    const MANY: usize = 5;
    const LONG: Duration = Duration::from_mins(3);
    let of_service =
        |kind| matches!(kind, ErrorKind::Overloaded | ErrorKind::Internal | ErrorKind::BadGateway | ErrorKind::Unavailable);
    let mut failures = failures.into_iter().rev().peekable();
    let last = failures.peek().map(|failure| failure.kind)?;
    let count = failures.take_while(|failure| of_service(failure.kind)).count();
    let lasts = count >= MANY || (count >= 2 && elapsed >= LONG);
    lasts.then_some(match last {
        ErrorKind::Overloaded => {
            "this has lasted too long to pass by itself: see the status page (https://status.claude.com), send fewer at a time, \
             move what is not urgent to batches, or use other capacity (another model, region or cloud)"
        }
        _ => {
            "this has lasted too long to pass by itself: see the status page (https://status.claude.com), try a smaller payload \
             and smaller tool schemas, or use other capacity (another model, region or cloud)"
        }
    })
}

impl Failure {
    /// One line for a log: kind, cause, status, wait, request id, and the server's message.
    ///
    /// Never holds a key. Of the message it has the server's own words: quotations of more than one word, documents, and
    /// queries of URLs are left out, since a server may repeat the request in them; it is cut at 200 bytes.
    pub fn line(&self) -> String {
        let mut line = format!("{} ({})", self.kind, self.cause);
        if let Some(status) = self.status {
            let _ = write!(line, " status={status}");
        }
        if let Some(wait) = self.retry_after() {
            let _ = write!(line, " retry_after={}", spoken(wait));
        }
        if let Some(id) = &self.request_id {
            let _ = write!(line, " request_id={}", printable(id, 128));
        }
        if let Some(message) = self.said() {
            let _ = write!(line, ": {}", printable(message, 200));
        }
        line
    }

    /// A few lines for a person: what went wrong, whose fault it is, whether and when to send again, how to fix it.
    ///
    /// Never holds a key, and of the message what [`line`](Self::line) has, up to 400 bytes.
    pub fn explain(&self) -> String {
        self.explain_with(self.cause.meaning(), self.cause.fix())
    }

    /// [`explain`](Self::explain) with other words for what it means and how to fix it: for translations, and for builds
    /// that keep the words elsewhere.
    pub fn explain_with(&self, meaning: &str, fix: &str) -> String {
        let mut text = match self.status {
            Some(status) => format!("{} (HTTP {status}): {meaning}.", self.kind),
            None => format!("{}: {meaning}.", self.kind),
        };
        if let Some(message) = self.said() {
            let _ = write!(text, "\n  said:    {}", printable(message, 400));
        }
        if let Some(field) = &self.field {
            let _ = write!(text, "\n  where:   {}", printable(field, 200));
        }
        if let (Some(actual), Some(limit)) = (self.actual, self.limit) {
            let _ = write!(text, "\n  numbers: {actual}, allowed {limit}");
        }
        let _ = write!(text, "\n  fault:   {}", self.kind.fault().as_str());
        let _ = write!(text, "\n  retry:   {}", self.advice());
        let _ = write!(text, "\n  fix:     {fix}");
        if self.processed != Processed::No {
            text.push_str("\n  beware:  the server may have done, and billed, the work already");
        }
        if let Some(link) = link(self.kind) {
            let _ = write!(text, "\n  see:     {link}");
        }
        if let Some(id) = &self.request_id {
            let _ = write!(text, "\n  request: {}", printable(id, 128));
        }
        text
    }

    /// The words that are the server's or a library's. A text in which nothing was recognized may be anybody's.
    pub(crate) fn said(&self) -> Option<&str> {
        let anybodys = self.cause == Cause::Unrecognized && self.status.is_none();
        self.message.as_deref().filter(|message| !message.is_empty() && !anybodys)
    }

    fn advice(&self) -> String {
        let when = match (self.hint, self.retry_at_ms) {
            (Some(hint), Some(at)) if hint.delay_ms > 60_000 => format!("in {} (at {})", spoken(hint.delay()), dated(at)),
            (Some(hint), _) => format!("in {}", spoken(hint.delay())),
            (None, _) => String::new(),
        };
        match (self.retryable, when.is_empty()) {
            (true, true) => "yes, with backoff".into(),
            (true, false) => format!("yes, {when}"),
            (false, false) => format!("not now; {when}"),
            (false, true) if self.forbidden => "no: the server, or a retrying layer below, said so".into(),
            (false, true) if self.kind == ErrorKind::Cancelled => "no: it was stopped on purpose".into(),
            (false, true) => "no: the same request would end the same way".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken_as_people_do() {
        for (ms, said) in [
            (350, "350 ms"),
            (3_000, "3 s"),
            (3_210, "3.3 s"),
            (125_000, "2 min 5 s"),
            (13_262_000, "3 h 41 min"),
            (86_400_000, "1 d"),
            (187_200_000, "2 d 4 h"),
        ] {
            assert_eq!(spoken(Duration::from_millis(ms)), said);
        }
    }

    #[test]
    fn dates_are_utc() {
        assert_eq!(dated(784_111_777_000), "1994-11-06 08:49:37 UTC");
    }
}
