//! What the headers of an answer say, read once.
//!
//! Values are kept as slices and read when they are needed: most answers carry twelve rate-limit headers that nobody
//! asks for.

use crate::hint::{Hint, HintSource, When};
use crate::number::{decimal_ms, go_duration_ms, http_date_ms, integer, retry_after, rfc3339_ms};

/// What a body claims to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Content {
    #[default]
    Unsaid,
    Json,
    EventStream,
    AwsEventStream,
    Html,
    Other,
}

/// Who answered, as bits: several may be true at once.
pub(crate) mod clue {
    pub(crate) const ANTHROPIC: u8 = 1;
    pub(crate) const AWS: u8 = 1 << 1;
    pub(crate) const AZURE: u8 = 1 << 2;
    pub(crate) const CLOUDFLARE: u8 = 1 << 3;
    pub(crate) const CHALLENGE: u8 = 1 << 4;
    pub(crate) const ENVOY: u8 = 1 << 5;
    pub(crate) const OPENAI_STYLE: u8 = 1 << 6;
}

/// The buckets whose state may be in the headers; the name of one is what stands between prefix and `-remaining`.
const BUCKETS: usize = 12;

#[derive(Clone, Debug, Default)]
pub(crate) struct Headers<'a> {
    retry_after_ms: Option<&'a [u8]>,
    retry_after: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    pub(crate) should_retry: Option<bool>,
    pub(crate) request_id: Option<&'a [u8]>,
    pub(crate) aws_error_type: Option<&'a [u8]>,
    pub(crate) content: Content,
    pub(crate) clues: u8,
    /// `x-holdoff`, written by our own transports when they silence an outer loop.
    pub(crate) holdoff: Option<&'a [u8]>,
    /// The buckets with nothing left, as bits.
    empty: u16,
    resets: [Option<&'a [u8]>; BUCKETS],
    windows: [Window<'a>; 3],
    /// Whether any header was seen at all.
    pub(crate) any: bool,
}

/// A window of a subscription plan: five hours, seven days, or the one that counts.
#[derive(Clone, Copy, Debug, Default)]
struct Window<'a> {
    rejected: bool,
    reset: Option<&'a [u8]>,
}

impl<'a> Headers<'a> {
    /// Takes one header. Names compare case-insensitively; the last value of a name that comes twice counts.
    pub(crate) fn push(&mut self, name: &[u8], value: &'a [u8]) {
        self.any = true;
        let is = |known: &str| same(name, known);
        match name.len() {
            4 if is("date") => self.date = Some(value),
            6 if is("cf-ray") => self.clues |= clue::CLOUDFLARE,
            6 if is("server") => self.server(value),
            9 if is("x-holdoff") => self.holdoff = Some(value),
            10 if is("request-id") => {
                self.request_id = Some(value);
                self.clues |= clue::ANTHROPIC;
            }
            11 if is("retry-after") => self.retry_after = Some(value),
            12 if is("content-type") => self.content = content(value),
            12 if is("x-request-id") => {
                self.clues |= clue::OPENAI_STYLE;
                self.request_id = self.request_id.or(Some(value));
            }
            12 if is("cf-mitigated") => self.clues |= clue::CLOUDFLARE | clue::CHALLENGE,
            14 if is("retry-after-ms") => self.retry_after_ms = Some(value),
            14 if is("x-should-retry") => self.should_retry = boolean(value),
            15 if is("apim-request-id") => {
                self.clues |= clue::AZURE;
                self.request_id = self.request_id.or(Some(value));
            }
            16 if is("x-amzn-requestid") => {
                self.clues |= clue::AWS;
                self.request_id = self.request_id.or(Some(value));
            }
            16 if is("x-amzn-errortype") => {
                self.clues |= clue::AWS;
                self.aws_error_type = Some(value);
            }
            18 if is("x-envoy-overloaded") => self.clues |= clue::ENVOY,
            19 if is("x-ms-retry-after-ms") => self.retry_after_ms = self.retry_after_ms.or(Some(value)),
            _ => self.limits(name, value),
        }
    }

    fn server(&mut self, value: &[u8]) {
        if same(value, "cloudflare") {
            self.clues |= clue::CLOUDFLARE;
        } else if same(value, "envoy") || same(value, "istio-envoy") {
            self.clues |= clue::ENVOY;
        }
    }

    /// What tells of limits, or at least of Anthropic. Most other headers are told apart by their first letter.
    fn limits(&mut self, name: &[u8], value: &'a [u8]) {
        match name.first() {
            Some(b'a' | b'A') if after(name, "anthropic-").is_some() => {
                self.clues |= clue::ANTHROPIC;
                self.anthropic(name, value);
            }
            Some(b'x' | b'X') if let Some(rest) = after(name, "x-ratelimit-") => self.of_others(rest, value),
            Some(b'r' | b'R') if let Some(part) = after(name, "ratelimit-") => self.bucket(11, part, value),
            _ => {}
        }
    }

    /// `anthropic-ratelimit-…`, `anthropic-priority-…`, `anthropic-fast-…`.
    fn anthropic(&mut self, name: &[u8], value: &'a [u8]) {
        let (family, rest) = match () {
            () if let Some(rest) = after(name, "anthropic-ratelimit-unified-") => return self.window(rest, value),
            () if let Some(rest) = after(name, "anthropic-ratelimit-") => (0, rest),
            () if let Some(rest) = after(name, "anthropic-priority-") => (4, rest),
            () if let Some(rest) = after(name, "anthropic-fast-") => (6, rest),
            () => return,
        };
        let (bucket, part) = match rest.len() {
            0..=11 => return,
            _ if let Some(part) = after(rest, "requests-") => (0, part),
            _ if let Some(part) = after(rest, "tokens-") => (1, part),
            _ if let Some(part) = after(rest, "input-tokens-") => (if family == 0 { 2 } else { 0 }, part),
            _ if let Some(part) = after(rest, "output-tokens-") => (if family == 0 { 3 } else { 1 }, part),
            _ => return,
        };
        self.bucket(family + bucket, part, value);
    }

    /// What follows `x-ratelimit-`: `remaining-requests`, `reset`.
    fn of_others(&mut self, rest: &[u8], value: &'a [u8]) {
        let (part, unit) = match () {
            () if let Some(unit) = after(rest, "remaining") => (&b"remaining"[..], unit),
            () if let Some(unit) = after(rest, "reset") => (&b"reset"[..], unit),
            () => return,
        };
        let bucket = match unit {
            b"" => 10,
            _ if same(unit, "-requests") => 8,
            _ if same(unit, "-tokens") => 9,
            _ => return,
        };
        self.bucket(bucket, part, value);
    }

    fn bucket(&mut self, index: usize, part: &[u8], value: &'a [u8]) {
        let Some(reset) = self.resets.get_mut(index) else { return };
        if same(part, "remaining") {
            let is_empty = u16::from(integer(value) == Some(0));
            self.empty = self.empty & !(1 << index) | is_empty << index;
        } else if same(part, "reset") {
            *reset = Some(value);
        }
    }

    fn window(&mut self, rest: &[u8], value: &'a [u8]) {
        let (index, part) = match () {
            () if let Some(part) = after(rest, "5h-") => (1, part),
            () if let Some(part) = after(rest, "7d-") => (2, part),
            () => (0, rest),
        };
        let Some(window) = self.windows.get_mut(index) else { return };
        if same(part, "status") {
            window.rejected = same(value.trim_ascii(), "rejected");
        } else if same(part, "reset") {
            window.reset = Some(value);
        }
    }

    /// Whether a window of a subscription plan refused the call.
    pub(crate) fn plan_window_rejected(&self) -> bool {
        self.windows.iter().any(|window| window.rejected)
    }

    /// The wait that the headers ask for: `retry-after-ms`, else `retry-after`, else the latest reset of a refused plan
    /// window.
    ///
    /// Dates are read against the answer's own `date`, so that a wrong clock on this side does not matter.
    pub(crate) fn instruction(&self, wall_ms: u64) -> Option<Hint> {
        self.stated(wall_ms).or_else(|| self.plan_window(wall_ms))
    }

    fn now_ms(&self, wall_ms: u64) -> u64 {
        self.date.and_then(http_date_ms).unwrap_or(wall_ms)
    }

    fn stated(&self, wall_ms: u64) -> Option<Hint> {
        // A `retry-after-ms` of zero falls through: a finer header that says nothing must not hide the coarser one.
        if let Some(ms) = self.retry_after_ms.and_then(|value| decimal_ms(value, 1)).filter(|ms| *ms > 0) {
            return Some(Hint::new(ms, HintSource::RetryAfterMs));
        }
        let delay = match retry_after(self.retry_after?)? {
            When::In(ms) => ms,
            at @ When::At(_) => at.delay_ms(self.now_ms(wall_ms))?,
        };
        Some(Hint::new(delay, HintSource::RetryAfter))
    }

    fn plan_window(&self, wall_ms: u64) -> Option<Hint> {
        let rejected = self.windows.iter().filter(|window| window.rejected);
        // `unified-reset` alone belongs to whichever window was refused.
        let resets = rejected.filter_map(|window| window.reset.or(self.windows.first()?.reset));
        let latest = resets.filter_map(integer).max()?;
        let delay = latest.saturating_mul(1_000).checked_sub(self.now_ms(wall_ms))?;
        Some(Hint::new(delay, HintSource::PlanWindow))
    }

    /// The estimate that they allow: the latest reset of an empty bucket.
    pub(crate) fn empty_bucket(&self, wall_ms: u64) -> Option<Hint> {
        if self.empty == 0 {
            return None;
        }
        let empty = self.resets.iter().enumerate().filter(|(index, _)| self.empty & 1 << index != 0);
        let whens = empty.filter_map(|(index, reset)| {
            let reset = (*reset)?;
            if index < 8 { rfc3339_ms(reset).map(When::At) } else { reset_of_others(reset) }
        });
        let latest = whens.filter_map(|when| when.delay_ms(self.now_ms(wall_ms))).max();
        latest.map(|delay| Hint::new(delay, HintSource::RateLimitReset))
    }
}

/// A reset of the `x-ratelimit-` and `ratelimit-` families: a Go duration, seconds from now, or a Unix time in seconds
/// or milliseconds, told apart by size.
fn reset_of_others(value: &[u8]) -> Option<When> {
    const A_YEAR_S: u64 = 366 * 86_400;
    const IN_MS: u64 = 100_000_000_000;
    if let Some(ms) = decimal_ms(value, 1_000) {
        let seconds = ms / 1_000;
        return Some(match seconds {
            0..A_YEAR_S => When::In(ms),
            A_YEAR_S..IN_MS => When::At(ms),
            _ => When::At(seconds),
        });
    }
    go_duration_ms(value).map(When::In).or_else(|| rfc3339_ms(value).map(When::At))
}

fn after<'b>(text: &'b [u8], prefix: &str) -> Option<&'b [u8]> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    same(head, prefix).then_some(rest)
}

/// Whether they are the same but for case. Nearly all names come in lower case, and the exact comparison with a text of
/// a known length takes a few instructions.
#[inline]
fn same(text: &[u8], known: &str) -> bool {
    text == known.as_bytes() || text.eq_ignore_ascii_case(known.as_bytes())
}

fn boolean(value: &[u8]) -> Option<bool> {
    let value = value.trim_ascii();
    if same(value, "true") {
        Some(true)
    } else if same(value, "false") {
        Some(false)
    } else {
        None
    }
}

fn content(value: &[u8]) -> Content {
    let kind = value.split(|byte| *byte == b';').next().unwrap_or(value).trim_ascii();
    let is = |known: &str| same(kind, known);
    let ends = |known: &str| {
        kind.len() >= known.len() && kind.iter().rev().zip(known.bytes().rev()).all(|(a, b)| a.eq_ignore_ascii_case(&b))
    };
    if is("application/json") || ends("+json") {
        Content::Json
    } else if is("text/event-stream") {
        Content::EventStream
    } else if is("application/vnd.amazon.eventstream") {
        Content::AwsEventStream
    } else if is("text/html") || is("application/xhtml+xml") {
        Content::Html
    } else {
        Content::Other
    }
}
