//! The policy of a call: how often, how long, and what may be sent again.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::time::Duration;

use crate::draw::MAX_SEED;
use crate::kind::ErrorKind;
use crate::time::ms_up;

/// How a backoff is spread, in the words of the AWS article.
///
/// Source: <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Jitter {
    /// Anything from nothing to the backoff. The default: least work for the server, no waves.
    #[default]
    Full,
    /// Half the backoff, and anything up to the other half.
    Equal,
    /// Anything from `initial_delay` to three times the last delay.
    Decorrelated,
    /// The backoff itself. Callers that fail together come back together: for tests and single callers.
    None,
}

/// Whether a request that the server may have carried out already is sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResendAmbiguous {
    /// Never.
    No,
    /// Where it only costs money: inference calls without remote tools. Never a batch or another `POST` with effects.
    #[default]
    Yes,
    /// Always, effects or not.
    Always,
}

/// What happens to a stream that breaks after content has reached the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MidStream {
    /// The call stops as `committed`: nothing is said twice.
    #[default]
    Stop,
    /// The call is sent again from the start; the caller discards what it has.
    Restart,
    /// The call is sent again so that it goes on where it broke.
    Resume,
}

macro_rules! wire_names {
    ($type:ident, $expected:literal: $($variant:ident = $name:literal),*) => {
        impl $type {
            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The value of that name; `None` for another name.
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// The names there are, as an error says them.
            pub const EXPECTED: &'static str = $expected;
        }
    };
}

wire_names!(Jitter, "`full`, `equal`, `decorrelated` or `none`": Full = "full", Equal = "equal", Decorrelated = "decorrelated", None = "none");
wire_names!(ResendAmbiguous, "true, false or `always`": No = "false", Yes = "true", Always = "always");
wire_names!(MidStream, "`stop`, `restart` or `resume`": Stop = "stop", Restart = "restart", Resume = "resume");

/// A set of kinds.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Kinds(u32);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);

    /// Whether `kind` is in the set.
    pub const fn contains(self, kind: ErrorKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// The set with `kind` in it.
    #[must_use]
    pub const fn with(self, kind: ErrorKind) -> Self {
        Self(self.0 | (1 << kind as u32))
    }

    /// The kinds of the set, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = ErrorKind> {
        ErrorKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<ErrorKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = ErrorKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

pub(crate) const KIND_COUNT: usize = ErrorKind::ALL.len();

/// How a call is retried. A policy that exists is valid.
///
/// Defaults: 6 attempts in all; 1 s, doubling, to 60 s at most, full jitter; a server's wait is obeyed up to 120 s and
/// refused beyond; no deadline; an ambiguous inference call is sent again; name resolution is tried 3 times at most. Why
/// these, see the crate's front page.
///
/// ```
/// use core::time::Duration;
/// use holdoff::{ErrorKind, Policy};
///
/// let policy = Policy::builder()
///     .max_attempts(4)
///     .max_elapsed(Duration::from_secs(90))
///     .stop_kind(ErrorKind::Timeout)
///     .build()?;
/// assert_eq!(policy.max_attempts(), 4);
/// assert_eq!(policy.max_delay(), Duration::from_secs(60));
/// # Ok::<(), holdoff::PolicyError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    pub(crate) max_attempts: u32,
    pub(crate) initial_delay_ms: u64,
    pub(crate) multiplier: f64,
    pub(crate) max_delay_ms: u64,
    pub(crate) jitter: Jitter,
    pub(crate) max_retry_after_ms: Option<u64>,
    pub(crate) max_elapsed_ms: Option<u64>,
    pub(crate) attempt_timeout_ms: Option<u64>,
    pub(crate) resend_ambiguous: ResendAmbiguous,
    pub(crate) mid_stream: MidStream,
    pub(crate) retry_kinds: Kinds,
    pub(crate) stop_kinds: Kinds,
    /// Per kind, the most attempts; zero where the kind has no limit of its own.
    pub(crate) attempts_by_kind: [u32; KIND_COUNT],
    pub(crate) seed: Option<u64>,
}

impl Default for Policy {
    fn default() -> Self {
        let mut policy = Self {
            max_attempts: 6,
            initial_delay_ms: 1_000,
            multiplier: 2.0,
            max_delay_ms: 60_000,
            jitter: Jitter::Full,
            max_retry_after_ms: Some(120_000),
            max_elapsed_ms: None,
            attempt_timeout_ms: None,
            resend_ambiguous: ResendAmbiguous::Yes,
            mid_stream: MidStream::Stop,
            retry_kinds: Kinds::NONE,
            stop_kinds: Kinds::NONE,
            attempts_by_kind: [0; KIND_COUNT],
            seed: None,
        };
        policy.limit_kind(ErrorKind::Dns, 3);
        policy
    }
}

impl Policy {
    /// A builder that starts from the defaults.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder { policy: Self::default(), fault: None }
    }

    /// A builder that starts from this policy.
    pub const fn to_builder(self) -> PolicyBuilder {
        PolicyBuilder { policy: self, fault: None }
    }

    /// Sends allowed in total, the first included.
    pub const fn max_attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The first backoff.
    pub const fn initial_delay(&self) -> Duration {
        Duration::from_millis(self.initial_delay_ms)
    }

    /// The growth from one backoff to the next.
    pub const fn multiplier(&self) -> f64 {
        self.multiplier
    }

    /// The longest delay that no instruction of the server asked for.
    pub const fn max_delay(&self) -> Duration {
        Duration::from_millis(self.max_delay_ms)
    }

    /// How a backoff is spread.
    pub const fn jitter(&self) -> Jitter {
        self.jitter
    }

    /// The longest wait that is obeyed when the server asks for it; `None` obeys any.
    pub fn max_retry_after(&self) -> Option<Duration> {
        self.max_retry_after_ms.map(Duration::from_millis)
    }

    /// The end of the whole call: attempts and waits together; `None` has no end.
    pub fn max_elapsed(&self) -> Option<Duration> {
        self.max_elapsed_ms.map(Duration::from_millis)
    }

    /// The bound on one attempt; `None` leaves it to the client.
    pub fn attempt_timeout(&self) -> Option<Duration> {
        self.attempt_timeout_ms.map(Duration::from_millis)
    }

    /// Whether a request that the server may have carried out already is sent again.
    pub const fn resend_ambiguous(&self) -> ResendAmbiguous {
        self.resend_ambiguous
    }

    /// What happens to a stream that breaks after content has reached the caller.
    pub const fn mid_stream(&self) -> MidStream {
        self.mid_stream
    }

    /// Kinds that are sent again although their rows say no.
    pub const fn retry_kinds(&self) -> Kinds {
        self.retry_kinds
    }

    /// Kinds that stop a call although their rows say otherwise.
    pub const fn stop_kinds(&self) -> Kinds {
        self.stop_kinds
    }

    /// The most attempts that may fail with `kind`; `None` where the kind has no limit of its own.
    pub fn attempts_of(&self, kind: ErrorKind) -> Option<u32> {
        self.attempts_by_kind.get(kind as usize).copied().filter(|limit| *limit > 0)
    }

    /// The seed that replaces the driver's own; `None` takes one from the operating system.
    pub const fn seed(&self) -> Option<u64> {
        self.seed
    }

    pub(crate) fn limit_kind(&mut self, kind: ErrorKind, attempts: u32) {
        if let Some(limit) = self.attempts_by_kind.get_mut(kind as usize) {
            *limit = attempts;
        }
    }
}

/// Makes a [`Policy`]. Each method replaces one default; [`build`](Self::build) checks them together.
#[derive(Clone, Debug)]
#[must_use]
pub struct PolicyBuilder {
    policy: Policy,
    /// The first thing that no later setting can mend.
    fault: Option<PolicyError>,
}

impl PolicyBuilder {
    /// Sends allowed in total, the first included: 1 never sends again. Default 6.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.policy.max_attempts = attempts;
        self
    }

    /// The first backoff. Default 1 s.
    pub fn initial_delay(mut self, delay: Duration) -> Self {
        self.policy.initial_delay_ms = ms_up(delay);
        self
    }

    /// The growth from one backoff to the next, at least 1. Default 2.
    pub const fn multiplier(mut self, multiplier: f64) -> Self {
        self.policy.multiplier = multiplier;
        self
    }

    /// The longest delay that no instruction of the server asked for. Default 60 s.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.policy.max_delay_ms = ms_up(delay);
        self
    }

    /// How a backoff is spread. Default [`Jitter::Full`].
    pub const fn jitter(mut self, jitter: Jitter) -> Self {
        self.policy.jitter = jitter;
        self
    }

    /// The longest wait that is obeyed when the server asks for it; a longer one stops the call. Default 120 s.
    pub fn max_retry_after(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.policy.max_retry_after_ms = longest.into().map(ms_up);
        self
    }

    /// The end of the whole call. Default none.
    pub fn max_elapsed(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.policy.max_elapsed_ms = longest.into().map(ms_up);
        self
    }

    /// The bound on one attempt. Default none.
    pub fn attempt_timeout(mut self, longest: impl Into<Option<Duration>>) -> Self {
        self.policy.attempt_timeout_ms = longest.into().map(ms_up);
        self
    }

    /// Whether a request that the server may have carried out already is sent again. Default [`ResendAmbiguous::Yes`].
    pub const fn resend_ambiguous(mut self, resend: ResendAmbiguous) -> Self {
        self.policy.resend_ambiguous = resend;
        self
    }

    /// What happens to a stream that breaks after content has reached the caller. Default [`MidStream::Stop`].
    pub const fn mid_stream(mut self, mid_stream: MidStream) -> Self {
        self.policy.mid_stream = mid_stream;
        self
    }

    /// Adds a kind that is sent again although its row says no.
    pub const fn retry_kind(mut self, kind: ErrorKind) -> Self {
        self.policy.retry_kinds = self.policy.retry_kinds.with(kind);
        self
    }

    /// Adds a kind that stops a call although its row says otherwise. It wins over `retry_kind`.
    pub const fn stop_kind(mut self, kind: ErrorKind) -> Self {
        self.policy.stop_kinds = self.policy.stop_kinds.with(kind);
        self
    }

    /// The most attempts that may fail with `kind`. Default: `dns` 3.
    pub fn attempts_of(mut self, kind: ErrorKind, attempts: u32) -> Self {
        if attempts == 0 && self.fault.is_none() {
            self.fault = Some(PolicyError::new("attempts_by_kind", format!("{kind}: {attempts}"), "at least 1 for each kind"));
        }
        self.policy.limit_kind(kind, attempts);
        self
    }

    /// Removes every limit of a kind's own, the default for `dns` included.
    pub const fn no_attempts_by_kind(mut self) -> Self {
        self.policy.attempts_by_kind = [0; KIND_COUNT];
        self
    }

    /// A fixed seed, 0 to 2^53 − 1: the same calls wait the same milliseconds. For tests and replays. Default none.
    pub fn seed(mut self, seed: impl Into<Option<u64>>) -> Self {
        self.policy.seed = seed.into();
        self
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] names the first setting that cannot be meant: no attempt at all, a growth below 1 or not a
    /// number, a cap below the first backoff, a deadline or time-out of zero, a seed above 2^53 − 1.
    pub fn build(self) -> Result<Policy, PolicyError> {
        let Self { policy, fault } = self;
        if let Some(fault) = fault {
            return Err(fault);
        }
        if policy.max_attempts == 0 {
            return Err(PolicyError::new("max_attempts", "0", "at least 1: the first send counts"));
        }
        if !(policy.multiplier >= 1.0 && policy.multiplier.is_finite()) {
            return Err(PolicyError::new(
                "multiplier",
                Said::Factor(policy.multiplier.to_bits()),
                "a finite number of at least 1",
            ));
        }
        if policy.max_delay_ms < policy.initial_delay_ms {
            return Err(PolicyError::new(
                "max_delay",
                Said::Ms(policy.max_delay_ms),
                Said::AboveInitial(policy.initial_delay_ms),
            ));
        }
        for (field, value) in [("max_elapsed", policy.max_elapsed_ms), ("attempt_timeout", policy.attempt_timeout_ms)] {
            if value == Some(0) {
                return Err(PolicyError::new(field, "0", "more than 0, or none for no bound"));
            }
        }
        if let Some(seed) = policy.seed.filter(|seed| *seed > MAX_SEED) {
            return Err(PolicyError::new("seed", Said::Number(seed), "0 to 2^53 - 1"));
        }
        Ok(policy)
    }
}

/// A setting that cannot be meant. Names the field, what it got, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    field: Cow<'static, str>,
    got: Said,
    needs: Said,
}

/// A part of an error, put into words when they are read: a program that only asks whether there is one carries no
/// code for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Text(Cow<'static, str>),
    Number(u64),
    Ms(u64),
    /// The bits of a float.
    Factor(u64),
    /// At least the first backoff, which is this.
    AboveInitial(u64),
}

impl From<&'static str> for Said {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Ms(ms) => write!(f, "{ms} ms"),
            Self::Factor(bits) => factor(f, f64::from_bits(*bits)),
            Self::AboveInitial(ms) => write!(f, "at least initial_delay, which is {ms} ms"),
        }
    }
}

/// To three places, and not `{}`: printing floats to the last digit is a twentieth of a wasm module.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn factor(f: &mut fmt::Formatter<'_>, factor: f64) -> fmt::Result {
    if !factor.is_finite() {
        return f.write_str(if factor.is_nan() { "NaN" } else { "infinity" });
    }
    let thousandths = (factor.abs() * 1_000.0) as u64;
    let sign = if factor < 0.0 { "-" } else { "" };
    write!(f, "{sign}{}", thousandths / 1_000)?;
    match thousandths % 1_000 {
        0 => Ok(()),
        tenths if tenths.is_multiple_of(100) => write!(f, ".{}", tenths / 100),
        hundredths if hundredths.is_multiple_of(10) => write!(f, ".{:02}", hundredths / 10),
        rest => write!(f, ".{rest:03}"),
    }
}

impl PolicyError {
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, got: impl Into<Said>, needs: impl Into<Said>) -> Self {
        Self { field: field.into(), got: got.into(), needs: needs.into() }
    }

    /// The field's name, such as `"max_delay"`.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` must be {}: got {}", self.field, self.needs, self.got)
    }
}

impl core::error::Error for PolicyError {}
