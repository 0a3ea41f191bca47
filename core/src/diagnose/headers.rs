//! What the headers of an answer say, read once.
//!
//! Values are kept as slices and read when they are needed: most answers carry twelve rate-limit headers that nobody
//! asks for.

use crate::ascii;
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
/// The longest name that means something is shorter than this.
const LONGEST: usize = 64;

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
    ///
    /// Most headers mean nothing here. Length and first letter let them pass at the cost of a few instructions.
    pub(crate) fn push(&mut self, name: &[u8], value: &'a [u8]) {
        self.any = true;
        let Some(first) = name.first() else { return };
        let is = |known: &str| same(name, known);
        match (name.len(), first | 0x20) {
            (4, b'd') if is("date") => self.date = Some(value),
            (6, b'c') if is("cf-ray") => self.clues |= clue::CLOUDFLARE,
            (6, b's') if is("server") => self.server(value),
            (9, b'x') if is("x-holdoff") => self.holdoff = Some(value),
            (10, b'r') if is("request-id") => {
                self.request_id = Some(value);
                self.clues |= clue::ANTHROPIC;
            }
            (11, b'r') if is("retry-after") => self.retry_after = Some(value),
            (12, b'c') if is("content-type") => self.content = content(value),
            (12, b'c') if is("cf-mitigated") => self.clues |= clue::CLOUDFLARE | clue::CHALLENGE,
            (12, b'x') if is("x-request-id") => self.id_of(clue::OPENAI_STYLE, value),
            (14, b'r') if is("retry-after-ms") => self.retry_after_ms = Some(value),
            (14, b'x') if is("x-should-retry") => self.should_retry = boolean(value),
            (15, b'a') if is("apim-request-id") => self.id_of(clue::AZURE, value),
            (16, b'x') if is("x-amzn-requestid") => self.id_of(clue::AWS, value),
            (16, b'x') if is("x-amzn-errortype") => {
                self.clues |= clue::AWS;
                self.aws_error_type = Some(value);
            }
            (18, b'x') if is("x-envoy-overloaded") => self.clues |= clue::ENVOY,
            (19, b'x') if is("x-ms-retry-after-ms") => self.retry_after_ms = self.retry_after_ms.or(Some(value)),
            (11.., b'a' | b'x' | b'r') => self.limits(name, value),
            _ => {}
        }
    }

    /// An id of the request under another name than Anthropic's, which counts before them.
    fn id_of(&mut self, clue: u8, value: &'a [u8]) {
        self.clues |= clue;
        self.request_id = self.request_id.or(Some(value));
    }

    fn server(&mut self, value: &[u8]) {
        match value.len() {
            10 if same(value, "cloudflare") => self.clues |= clue::CLOUDFLARE,
            5 if same(value, "envoy") => self.clues |= clue::ENVOY,
            11 if same(value, "istio-envoy") => self.clues |= clue::ENVOY,
            _ => {}
        }
    }

    /// What tells of limits, or at least of Anthropic.
    #[inline(never)]
    fn limits(&mut self, name: &[u8], value: &'a [u8]) {
        // Nearly all names come in lower case, so only one that means nothing is looked at again.
        if !self.lower_case_limits(name, value) && may_hold_capitals(name) {
            let mut lower = [0; LONGEST];
            if let Some(lower) = lower.get_mut(..name.len()) {
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                self.lower_case_limits(lower, value);
            }
        }
    }

    /// Whether the name means something, in lower case as it is.
    fn lower_case_limits(&mut self, name: &[u8], value: &'a [u8]) -> bool {
        if let Some(rest) = name.strip_prefix(b"anthropic-") {
            self.clues |= clue::ANTHROPIC;
            self.anthropic(rest, value)
        } else if let Some(rest) = name.strip_prefix(b"x-ratelimit-") {
            self.of_others(rest, value)
        } else if let Some(part) = name.strip_prefix(b"ratelimit-") {
            self.bucket(11, part, value)
        } else {
            false
        }
    }

    /// What follows `anthropic-`: `ratelimit-…`, `priority-…`, `fast-…`.
    fn anthropic(&mut self, rest: &[u8], value: &'a [u8]) -> bool {
        let (family, rest) = match () {
            () if let Some(rest) = rest.strip_prefix(b"ratelimit-") => (0, rest),
            () if let Some(rest) = rest.strip_prefix(b"priority-") => (4, rest),
            () if let Some(rest) = rest.strip_prefix(b"fast-") => (6, rest),
            () => return false,
        };
        let (bucket, part) = match () {
            () if let Some(part) = rest.strip_prefix(b"requests-") => (0, part),
            () if let Some(part) = rest.strip_prefix(b"tokens-") => (1, part),
            () if let Some(part) = rest.strip_prefix(b"input-tokens-") => (if family == 0 { 2 } else { 0 }, part),
            () if let Some(part) = rest.strip_prefix(b"output-tokens-") => (if family == 0 { 3 } else { 1 }, part),
            () if let Some(part) = rest.strip_prefix(b"unified-")
                && family == 0 =>
            {
                return self.window(part, value);
            }
            () => return false,
        };
        self.bucket(family + bucket, part, value)
    }

    /// What follows `x-ratelimit-`: `remaining-requests`, `reset`.
    fn of_others(&mut self, rest: &[u8], value: &'a [u8]) -> bool {
        let (part, unit) = match () {
            () if let Some(unit) = rest.strip_prefix(b"remaining") => (&b"remaining"[..], unit),
            () if let Some(unit) = rest.strip_prefix(b"reset") => (&b"reset"[..], unit),
            () => return false,
        };
        let bucket = match unit {
            b"" => 10,
            b"-requests" => 8,
            b"-tokens" => 9,
            _ => return false,
        };
        self.bucket(bucket, part, value)
    }

    fn bucket(&mut self, index: usize, part: &[u8], value: &'a [u8]) -> bool {
        let Some(reset) = self.resets.get_mut(index) else { return false };
        match part {
            b"remaining" => {
                let is_empty = u16::from(integer(value) == Some(0));
                self.empty = self.empty & !(1 << index) | is_empty << index;
            }
            b"reset" => *reset = Some(value),
            _ => return false,
        }
        true
    }

    fn window(&mut self, rest: &[u8], value: &'a [u8]) -> bool {
        let (index, part) = match () {
            () if let Some(part) = rest.strip_prefix(b"5h-") => (1, part),
            () if let Some(part) = rest.strip_prefix(b"7d-") => (2, part),
            () => (0, rest),
        };
        let Some(window) = self.windows.get_mut(index) else { return false };
        match part {
            b"status" => window.rejected = same(value.trim_ascii(), "rejected"),
            b"reset" => window.reset = Some(value),
            _ => return false,
        }
        true
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
        if !self.plan_window_rejected() {
            return None;
        }
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

/// Whether they are the same but for case; `known` is in lower case. Where `known` stands in the code the compiler compares
/// the letters all at once.
#[expect(clippy::inline_always, reason = "a call would compare byte after byte")]
#[inline(always)]
fn same(text: &[u8], known: &str) -> bool {
    let case = |known: u8| if known.is_ascii_lowercase() { 0x20 } else { 0 };
    let letters = text.iter().zip(known.as_bytes());
    text.len() == known.len() && letters.fold(0, |differ, (byte, known)| differ | ((byte | case(*known)) ^ known)) == 0
}

/// Whether any byte is between `@` and `_`, eight at a time: of what stands in names, the capitals are and `_` is.
fn may_hold_capitals(name: &[u8]) -> bool {
    let any = |eight: &[u8; 8]| {
        let bits = u64::from_ne_bytes(*eight);
        bits & !(bits << 1) & 0x4040_4040_4040_4040 != 0
    };
    let (eights, _) = name.as_chunks::<8>();
    eights.iter().any(any) || name.last_chunk::<8>().is_none_or(any)
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
    // What most answers say, to the letter.
    if value == b"application/json" {
        return Content::Json;
    }
    let kind = value.split(|byte| *byte == b';').next().unwrap_or(value).trim_ascii();
    let is = |known: &str| same(kind, known);
    let ends = |known: &str| ascii::ends_with(kind, known);
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
