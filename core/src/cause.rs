//! The catalogue of causes: what went wrong, and how to fix it.
//!
//! One entry is one thing to fix. It is the same entry whether a server's answer named it or a check found it before
//! the request was sent. The rows stand in [`table`]; this file gives them their shape.

use core::fmt;

use crate::kind::ErrorKind;

#[path = "cause_table.rs"]
mod table;

pub use table::Cause;

/// Whether the same request is worth sending again, as a cause sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Retry {
    /// As its kind says.
    ByKind,
    /// Yes, whatever its kind says.
    Yes,
    /// No, whatever its kind says.
    No,
}

/// What the server has done with the request, as a cause sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// As the evidence says: a time-out or a lost connection may hide finished work.
    ByEvidence,
    /// Certainly nothing: safe to send again.
    None,
    /// Certainly all of it: sending again would do it twice.
    Done,
}

/// What a row says to a person.
#[cfg(feature = "texts")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts {
    pub(crate) looks: &'static str,
    pub(crate) means: &'static str,
    pub(crate) fix: &'static str,
}

/// One row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) slug: &'static str,
    pub(crate) kind: ErrorKind,
    pub(crate) retry: Retry,
    pub(crate) effect: Effect,
    #[cfg(feature = "texts")]
    pub(crate) texts: Texts,
}

/// Gives a table of causes its enum, its rows, and the way back from a slug.
macro_rules! causes {
    (@effect) => { $crate::cause::Effect::ByEvidence };
    (@effect $effect:ident) => { $crate::cause::Effect::$effect };
    ($($variant:ident = $slug:literal, $kind:ident, $retry:ident $(, effect $effect:ident)?,
        looks: $looks:literal, means: $means:literal, fix: $fix:literal;)*) => {
        /// An entry of the catalogue of causes.
        ///
        /// [`as_str`](Self::as_str) is its name on every wire, in kebab-case. The catalogue grows and is never renamed,
        /// so a `match` needs a default arm.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u16)]
        pub enum Cause {
            $(#[doc = concat!("`", $slug, "`: ", $means, ". Fix: ", $fix, ".")] $variant,)*
        }

        impl Cause {
            /// Every cause, in the order of the catalogue.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub(crate) const fn row(self) -> &'static $crate::cause::Row {
                match self {
                    $(Self::$variant => &$crate::cause::Row {
                        slug: $slug,
                        kind: $crate::kind::ErrorKind::$kind,
                        retry: $crate::cause::Retry::$retry,
                        effect: causes!(@effect $($effect)?),
                        #[cfg(feature = "texts")]
                        texts: $crate::cause::Texts { looks: $looks, means: $means, fix: $fix },
                    },)*
                }
            }
        }
    };
}
pub(crate) use causes;

impl Cause {
    /// The name on the wire, such as `"orphan-tool-use"`.
    pub const fn as_str(self) -> &'static str {
        self.row().slug
    }

    /// The kind of failure it shows as.
    pub const fn kind(self) -> ErrorKind {
        self.row().kind
    }

    /// Whether sending the same request again is worth it.
    pub const fn retryable(self) -> bool {
        match self.row().retry {
            Retry::ByKind => self.row().kind.retryable(),
            Retry::Yes => true,
            Retry::No => false,
        }
    }

    /// What a server or library says when this is the cause; an example, empty where nothing is said.
    #[cfg(feature = "texts")]
    pub const fn looks(self) -> &'static str {
        self.row().texts.looks
    }

    /// What it means, in one sentence without a full stop.
    ///
    /// Without the feature `texts`, what its kind means.
    pub const fn meaning(self) -> &'static str {
        #[cfg(feature = "texts")]
        return self.row().texts.means;
        #[cfg(not(feature = "texts"))]
        self.kind().meaning()
    }

    /// How to fix it, in one sentence without a full stop.
    ///
    /// Without the feature `texts`, what to do about its kind.
    pub const fn fix(self) -> &'static str {
        #[cfg(feature = "texts")]
        return self.row().texts.fix;
        #[cfg(not(feature = "texts"))]
        self.kind().action()
    }

    /// The cause of that name on the wire; `None` for a name that is not in the catalogue.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.as_str() == name)
    }

    /// The entry for a failure of which nothing but its kind is known.
    pub const fn unspecified(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::InvalidRequest => Self::UnspecifiedBadRequest,
            ErrorKind::Authentication => Self::AuthenticationFailed,
            ErrorKind::Billing => Self::BillingProblem,
            ErrorKind::QuotaExhausted => Self::AllowanceUsedUp,
            ErrorKind::Permission => Self::PermissionDenied,
            ErrorKind::NotFound => Self::EndpointNotFound,
            ErrorKind::Conflict => Self::ConflictingChange,
            ErrorKind::RequestTooLarge => Self::RequestTooLarge,
            ErrorKind::ContentFiltered => Self::ContentFilterOutputBlocked,
            ErrorKind::RateLimit => Self::RateLimitedUnspecified,
            ErrorKind::Overloaded => Self::ApiOverloaded,
            ErrorKind::Internal => Self::ApiInternalError,
            ErrorKind::BadGateway => Self::BadGateway502,
            ErrorKind::Unavailable => Self::ServiceUnavailable,
            ErrorKind::Timeout => Self::RequestTimedOut,
            ErrorKind::Connection => Self::ConnectionFailed,
            ErrorKind::StreamInterrupted => Self::StreamEndedEarly,
            ErrorKind::Dns => Self::DnsNotFound,
            ErrorKind::Tls => Self::TlsVerifyFailed,
            ErrorKind::Proxy => Self::ProxyRefused,
            ErrorKind::Cancelled => Self::UserAbort,
            ErrorKind::Unknown => Self::Unrecognized,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
